"""In high contrast nothing is told by a tint: what is off, open, chosen or beside each other has its own line."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QStyleHints
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from csa_desk.ui.look import apply_look, color, look
from csa_desk.ui.palette import ratio, tokens
from csa_desk.ui.shell.navigation import Rail
from csa_desk.ui.stylesheet import style_sheet
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.choices import Option, RadioOption
from csa_desk.ui.widgets.pick_list import Pick, PickList
from csa_desk.ui.widgets.progress import ProgressBar


@pytest.fixture(autouse=True)
def contrast(qapp: QApplication) -> Iterator[None]:
    """High contrast for each test here, light again after it."""
    apply_look(qapp, "contrast")
    yield
    apply_look(qapp, "light")


def colours(widget: QWidget) -> set[str]:
    """Every colour of a widget's picture."""
    image = widget.grab().toImage()
    return {
        image.pixelColor(x, y).name().upper() for x in range(image.width()) for y in range(image.height())
    }


def at(widget: QWidget, place: QPoint) -> QColor:
    """The colour of one place of a widget's picture."""
    return widget.grab().toImage().pixelColor(place)


@pytest.mark.parametrize("kind", ["primary", "secondary", "danger", "quiet"])
def test_a_button_that_is_off_has_neither_the_ink_nor_the_line_of_one_that_is_on(
    qtbot: QtBot, kind: str
) -> None:
    button = Button("Save", kind)  # type: ignore[arg-type]
    qtbot.addWidget(button)
    button.setEnabled(False)
    have = tokens("contrast")
    shown = colours(button)
    assert shown.isdisjoint({have["text"], have["link"], have["line"], have["primary"], have["danger"]})
    assert max(ratio(colour, have["surface"]) for colour in shown) >= 4.5


def test_an_option_that_is_off_is_grey(qtbot: QtBot) -> None:
    option = RadioOption(Option("a", "Somebody"), "button")
    qtbot.addWidget(option)
    option.setEnabled(False)
    assert tokens("contrast")["text"] not in colours(option)


def test_what_is_open_is_an_empty_part_of_the_bar_with_a_line_round_it(qtbot: QtBot) -> None:
    bar = ProgressBar()
    qtbot.addWidget(bar)
    bar.set_parts(10, 0, 30)
    bar.resize(400, 12)
    bar.show()
    assert at(bar, QPoint(50, bar.height() // 2 - 1)) == color("primary")
    assert at(bar, QPoint(300, bar.height() // 2 - 1)) == color("surface")
    assert color("line").name().upper() in colours(bar)


def test_the_rail_ends_with_a_line(qtbot: QtBot) -> None:
    rail = Rail("Eastmere", training=False)
    qtbot.addWidget(rail)
    rail.resize(rail.sizeHint().width(), 700)
    assert at(rail, QPoint(rail.width() - 1, 400)) == color("line")


def test_the_chosen_row_of_a_list_has_a_line_round_it(qtbot: QtBot) -> None:
    listed = PickList("Services")
    qtbot.addWidget(listed)
    listed.resize(300, 300)
    listed.set_picks([Pick("a", "One", "about"), Pick("b", "Two", "about")])
    listed.choose("a")
    listed.show()
    row = listed.visualRect(listed.model().index(0, 0))
    assert at(listed.viewport(), QPoint(row.right(), row.center().y())) == color("primary")
    other = listed.visualRect(listed.model().index(1, 0))
    assert at(listed.viewport(), QPoint(other.right(), other.center().y())) != color("primary")


def test_the_chosen_line_of_a_menu_has_a_bar() -> None:
    rule = style_sheet(tokens("contrast"), 1, 2).split("QMenu::item:selected {")[1].split("}")[0]
    assert f"border-left: 4px solid {tokens('contrast')['primary']}" in rule


def test_the_systems_wish_for_contrast_is_followed_only_where_the_system_decides(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Wish:
        def contrastPreference(self) -> Qt.ContrastPreference:
            return Qt.ContrastPreference.HighContrast

    monkeypatch.setattr(QStyleHints, "accessibility", lambda self: Wish())
    apply_look(qapp, "system")
    assert look().scheme == "contrast"
    apply_look(qapp, "dark")
    assert look().scheme == "dark"
