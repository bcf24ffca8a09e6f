"""Settings: saved on leaving a field, the look at once, and what the program is made of."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget

from csa_desk import __version__
from csa_desk.casework import service
from csa_desk.casework.about import parts
from csa_desk.casework.desk import Desk
from csa_desk.errors import InputError
from csa_desk.ui.pages.settings.index import SECTIONS
from csa_desk.ui.pages.settings.page import SettingsPage
from tests.ui.pages.screen import ODD_NAMES, Screen


def page(screen: Screen) -> SettingsPage:
    assert isinstance(screen.page, SettingsPage)
    return screen.page


def line(screen: Screen, name: str) -> QLineEdit:
    found = screen.named(name, QLineEdit)
    assert isinstance(found, QLineEdit)
    return found


def replace(screen: Screen, name: str, text: str) -> None:
    """Go to a line, type over what is there, and leave it."""
    line(screen, name).setFocus()
    line(screen, name).selectAll()
    screen.write(text)
    screen.key(Qt.Key.Key_Tab)


def test_the_own_service_is_saved_field_by_field(screen: Screen) -> None:
    screen.go("settings")
    replace(screen, "Name of your service", "Eastmere & Wrenfield")
    replace(screen, "Who leads on safeguarding", "Sam Okafor 01632 960 500")
    screen.press("Wales")
    kept = screen.desk.own_service()
    assert (kept.name, kept.safeguarding_lead, kept.nation) == (
        "Eastmere & Wrenfield",
        "Sam Okafor 01632 960 500",
        "wales",
    )
    assert "Saved" in screen.words()
    assert not screen.desk.vault.drafts("settings/")


def test_the_name_of_the_service_cannot_be_emptied(screen: Screen) -> None:
    service.change_service(screen.desk, name="Eastmere")
    screen.go("settings")
    line(screen, "Name of your service").setFocus()
    line(screen, "Name of your service").selectAll()
    screen.key(Qt.Key.Key_Delete)
    screen.key(Qt.Key.Key_Tab)
    assert "This cannot be empty" in screen.words()
    assert screen.desk.own_service().name == "Eastmere"
    with pytest.raises(InputError):
        service.change_service(screen.desk, name=" ")


def test_the_profile_keeps_lists_and_dates(screen: Screen) -> None:
    screen.go("settings")
    screen.press("Therapist")
    screen.write("Play therapy diploma\n\nEMDR, lefel dŵr", into="Qualifications")
    field = screen.named("Qualifications", QPlainTextEdit)
    assert isinstance(field, QPlainTextEdit)
    screen.key(Qt.Key.Key_Tab)
    profile = page(screen).profile
    stops = profile.field("register_expiry").control.stops()
    for stop, text in zip(stops, ("3", "November", "2027"), strict=False):
        stop.setFocus()
        screen.write(text)
    line(screen, "Who supervises you").setFocus()
    kept = screen.desk.practitioner()
    assert kept.profession == "therapist"
    assert kept.qualifications == ("Play therapy diploma", "EMDR, lefel dŵr")
    assert kept.register_expiry == "2027-11-03"
    assert kept.administrator
    with pytest.raises(InputError):
        service.change_profile(screen.desk, dbs_date="31 June")


def test_the_look_changes_the_settings_and_tells_the_window(screen: Screen) -> None:
    screen.go("settings")
    told: list[int] = []
    screen.inside.session.changed.connect(lambda: told.append(1))
    screen.press("150 %")
    screen.press("Dark")
    replace(screen, "Minutes until it locks", "3")
    chosen = screen.inside.session.settings
    assert (chosen.text_size, chosen.scheme, chosen.idle_minutes) == (150, "dark", 3)
    assert len(told) >= 3


@pytest.mark.parametrize("typed", ["0", "16", "soon"])
def test_minutes_out_of_range_are_refused(screen: Screen, typed: str) -> None:
    screen.go("settings")
    before = screen.inside.session.settings.idle_minutes
    replace(screen, "Minutes until it locks", typed)
    assert page(screen).lock.form.field("idle_minutes").error
    assert screen.inside.session.settings.idle_minutes == before


def test_after_a_change_of_look_the_keyboard_stays_where_it_was(screen: Screen) -> None:
    screen.go("settings")
    button = screen.named("130 %")
    button.setFocus()
    screen.press("130 %")
    assert page(screen).place.field == "text_size"
    screen.inside.go(page(screen).place)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert page(screen).look.field("text_size").isAncestorOf(focused)


def test_about_says_version_place_and_licences(screen: Screen) -> None:
    screen.go("settings")
    words = screen.words()
    assert __version__ in words
    assert str(screen.desk.vault.folder) in words
    assert "no connection" in words
    screen.press("What it is made of")
    assert all(part.name in screen.words() for part in parts())
    screen.press("Phosphor")
    assert "MIT License" in screen.words()


def test_every_licence_that_is_shipped_is_there() -> None:
    assert all(part.text.is_file() for part in parts() if part.text is not None)


@pytest.mark.parametrize("name", [*ODD_NAMES, "long " * 2000])
def test_odd_words_are_kept_as_they_are(screen: Screen, name: str) -> None:
    screen.go("settings")
    screen.write(name, into="Who to call out of hours")
    screen.key(Qt.Key.Key_Tab)
    assert screen.desk.own_service().out_of_hours == name.strip()
    screen.go("settings")
    assert line(screen, "Who to call out of hours").text() == name.strip()


def test_a_vault_that_cannot_be_written_says_so(desk: Desk, screen: Screen) -> None:
    screen.go("settings")
    desk.vault.read_only = True
    replace(screen, "Phone", "01632 960 111")
    desk.vault.read_only = False
    assert desk.own_service().phone == ""


def test_the_rail_says_the_new_name_of_the_service_at_once(screen: Screen) -> None:
    screen.go("settings")
    replace(screen, "Name of your service", "Wrenfield House")
    assert screen.named("Desk, Wrenfield House", QLabel).isVisible()


def test_the_index_leads_to_every_section_and_stays_in_sight(screen: Screen) -> None:
    screen.inside.resize(1280, 800)
    screen.go("settings")
    shown = page(screen)
    assert shown.beside.isVisible()
    assert not shown.above.isVisible()
    assert list(shown.beside.links) == list(shown.sections)
    for key, link in shown.beside.links.items():
        link.click()
        screen.settle()
        screen.qtbot.waitUntil(lambda key=key: _is_in_sight(shown, key))  # type: ignore[misc]
        focused = QApplication.focusWidget()
        assert focused is not None
        stops = [found for found in shown.sections[key].findChildren(QWidget) if found.focusPolicy()]
        assert shown.sections[key].isAncestorOf(focused) or not stops
        assert link.visibleRegion().boundingRect().height() == link.height(), "the index scrolled away"


def _is_in_sight(shown: SettingsPage, key: str) -> bool:
    top = shown.sections[key].mapTo(shown.body.viewport(), QPoint(0, 0)).y()
    return -2 <= top < shown.body.viewport().height() - 40


def test_in_a_narrow_window_the_index_is_at_the_top(screen: Screen) -> None:
    screen.inside.resize(900, 600)
    screen.go("settings")
    screen.settle()
    shown = page(screen)
    assert shown.above.isVisible()
    assert not shown.beside.isVisible()
    screen.press("Go to Vault check")
    screen.qtbot.waitUntil(lambda: _is_in_sight(shown, "check"))
    assert QApplication.focusWidget() is shown.check.check


def test_a_place_with_a_section_opens_there(screen: Screen) -> None:
    for key in SECTIONS:
        screen.go("settings", item=key)
        shown = page(screen)
        screen.qtbot.waitUntil(lambda shown=shown, key=key: _is_in_sight(shown, key))  # type: ignore[misc]
