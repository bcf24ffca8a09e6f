"""Colours are readable, every scheme is whole, and fonts and icons are there."""

import pytest
from PySide6.QtGui import QFontMetricsF, QRawFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from csa_desk.paths import resource
from csa_desk.ui import fonts, icons
from csa_desk.ui.look import apply_look, look, px
from csa_desk.ui.palette import PAIRS, Scheme, mix, ratio, tokens
from csa_desk.ui.stylesheet import style_sheet

SCHEMES: list[tuple[Scheme, bool]] = [(s, t) for s in ("light", "dark", "contrast") for t in (False, True)]


@pytest.mark.parametrize(("scheme", "training"), SCHEMES)
def test_every_listed_pair_is_readable(scheme: Scheme, training: bool) -> None:
    have = tokens(scheme, training=training)
    weak = [
        (f, b, round(ratio(have[f], have[b]), 2)) for f, b, least in PAIRS if ratio(have[f], have[b]) < least
    ]
    assert weak == []


def test_measured_figures_are_those_of_the_reference() -> None:
    light, dark = tokens("light"), tokens("dark")
    assert ratio(light["text"], light["canvas"]) == pytest.approx(14.4, abs=0.1)
    assert ratio(light["muted"], light["tint"]) == pytest.approx(5.8, abs=0.1)
    assert ratio(dark["on_primary"], dark["primary"]) == pytest.approx(7.6, abs=0.1)
    assert ratio(light["warn_bar"], light["warn_bg"]) == pytest.approx(3.3, abs=0.1)


@pytest.mark.parametrize(("scheme", "training"), SCHEMES)
def test_the_focus_ring_shows_on_every_ground(scheme: Scheme, training: bool) -> None:
    have = tokens(scheme, training=training)
    for ground in ("canvas", "surface", "sunken", "tint", "rail"):
        assert max(ratio(have[line], have[ground]) for line in ("focus", "focus_inner")) >= 3


def test_training_changes_the_hue_and_nothing_of_the_text() -> None:
    live, training = tokens("light"), tokens("light", training=True)
    assert training["rail"] != live["rail"]
    assert training["text"] == live["text"]


def test_mix_goes_from_one_to_the_other() -> None:
    assert mix("#000000", "#FFFFFF", 0) == "#000000"
    assert mix("#000000", "#FFFFFF", 0.5) == "#808080"


def test_the_sheet_has_no_unqualified_rule_and_names_no_unknown_token(qapp: QApplication) -> None:
    sheet = style_sheet(tokens("dark"), 1.5, 1)
    assert "$" not in sheet
    assert not any(line.startswith(("background", "color", "*")) for line in sheet.splitlines())


def test_text_size_multiplies_lengths(qapp: QApplication) -> None:
    apply_look(qapp, "light", False, 150)
    assert px(20) == 30
    assert qapp.font().pixelSize() == 24
    apply_look(qapp, "light")
    assert look().scale == 1
    with pytest.raises(ValueError, match="Text size"):
        apply_look(qapp, "light", False, 120)


def test_weights_differ_and_figures_are_equally_wide(qapp: QApplication) -> None:
    fonts.load()
    widths = [QFontMetricsF(fonts.font(role)).horizontalAdvance("Weight") for role in ("body", "strong")]
    assert widths[0] < widths[1]
    metrics = QFontMetricsF(fonts.font("body"))
    assert len({metrics.horizontalAdvance(figure) for figure in "0123456789"}) == 1
    assert metrics.height() == pytest.approx(22.8, abs=0.1)


@pytest.mark.parametrize("name", fonts.SANS_FILES)
def test_the_font_has_the_letters_of_welsh_and_polish(qapp: QApplication, name: str) -> None:
    raw = QRawFont(str(resource("fonts", name)), 16)
    assert [letter for letter in "ŵŷŴŶŁłźșţ£€→–’“·" if not raw.supportsCharacter(ord(letter))] == []


def test_fallbacks_have_other_scripts(qapp: QApplication) -> None:
    other = QRawFont(str(resource("fonts", "DeskFallback-Regular.ttf")), 16)
    assert all(other.supportsCharacter(ord(letter)) for letter in "אשم\ufee3Яж")
    emoji = QRawFont(str(resource("fonts", "DeskEmoji-Regular.ttf")), 16)
    assert emoji.supportsCharacter(0x1F600)


def test_icons_take_the_colour_of_their_token(qapp: QApplication) -> None:
    apply_look(qapp, "light")
    made = icons.pixmap("circle", "danger", 20, "fill", 2.0)
    assert made.width() == 40
    assert made.toImage().pixelColor(20, 20).name().upper() == tokens("light")["danger"]
    with pytest.raises(FileNotFoundError):
        icons.pixmap("no-such-icon", "text", 20)


def test_the_look_follows_a_change_at_once(qapp: QApplication, qtbot: QtBot) -> None:
    from csa_desk.ui.look import watch

    with qtbot.waitSignal(watch().changed):
        apply_look(qapp, "dark")
    assert look().scheme == "dark"
    apply_look(qapp, "light")
