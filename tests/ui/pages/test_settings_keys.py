"""Settings: passphrase, recovery and practitioners, worked by name and key over a real vault."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from csa_desk.casework import practitioners, recovery
from csa_desk.casework.practitioners import add_practitioner, deriving_for
from csa_desk.errors import WrongPassphraseError
from csa_desk.store.check import check
from csa_desk.store.opening import Opener
from csa_desk.ui.pages.settings.page import SettingsPage
from csa_desk.ui.pages.settings.panels import WordsPanel
from tests.ui.pages.screen import Screen

NEW = "nine patient herons wade at dusk"
HERS = "copper lantern drifts over moorland"


def page(screen: Screen) -> SettingsPage:
    assert isinstance(screen.page, SettingsPage)
    return screen.page


def fill(screen: Screen, name: str, text: str) -> None:
    field = next(
        widget
        for kind in (QLineEdit, QPlainTextEdit)
        for widget in screen.page.findChildren(kind)
        if widget.isVisible() and widget.accessibleName().startswith(name)
    )
    field.setFocus()
    field.clear()
    screen.write(text)


def until_said(screen: Screen, words: str) -> None:
    screen.qtbot.waitUntil(lambda: words in screen.words(), timeout=10_000)


@pytest.fixture
def settings(screen: Screen) -> Screen:
    screen.go("settings")
    return screen


def test_a_new_passphrase_is_chosen_with_the_one_that_stands(
    settings: Screen, folder: Path, opener: Opener, passphrase: str
) -> None:
    settings.press("Choose a new passphrase")
    settings.press("Change the passphrase")
    assert "Type the passphrase you have now" in settings.words()
    fill(settings, "Your passphrase now", "not this one at all")
    fill(settings, "New passphrase", "short")
    fill(settings, "The same once more", "short")
    settings.press("Change the passphrase")
    assert "too short" in settings.words()
    fill(settings, "New passphrase", NEW)
    fill(settings, "The same once more", NEW + "x")
    settings.press("Change the passphrase")
    assert "not the same" in settings.words()
    fill(settings, "The same once more", NEW)
    settings.press("Change the passphrase")
    until_said(settings, "not your passphrase as it is now")
    fill(settings, "Your passphrase now", passphrase)
    settings.press("Change the passphrase")
    until_said(settings, "Your passphrase is changed")
    opener.unlock(folder, NEW)
    with pytest.raises(WrongPassphraseError):
        opener.unlock(folder, passphrase)
    assert not settings.desk.vault.drafts("")


def test_a_passphrase_of_a_colleague_is_refused_beside_its_field(settings: Screen, passphrase: str) -> None:
    desk = settings.desk
    add_practitioner(desk, "Jo Adeyemi", deriving_for(desk, HERS, "Jo Adeyemi")())
    settings.press("Choose a new passphrase")
    fill(settings, "Your passphrase now", passphrase)
    fill(settings, "New passphrase", HERS)
    fill(settings, "The same once more", HERS)
    settings.press("Change the passphrase")
    until_said(settings, "cannot be used in this vault")
    assert page(settings).passphrase.panel is not None


def test_where_a_passphrase_may_be_known_everything_is_made_new(
    settings: Screen, folder: Path, opener: Opener, passphrase: str
) -> None:
    before = settings.desk.vault.opened
    settings.press("My passphrase may be known")
    fill(settings, "Your passphrase now", passphrase)
    fill(settings, "New passphrase", NEW)
    fill(settings, "The same once more", NEW)
    settings.press("Make everything new")
    until_said(settings, "the words of your new recovery sheet")
    panel = page(settings).passphrase.panel
    assert isinstance(panel, WordsPanel)
    words = panel._papers[0][1]
    assert f"Word 3: {words.split()[2]}" in settings.words()
    until_said(settings, "Your recovery sheet: made, not tried out yet")
    settings.press("I have written them down")
    vault = settings.desk.vault
    assert vault.opened.data_keys != before.data_keys
    assert vault.opened.own.signer.public_hex != before.own.signer.public_hex
    assert check(vault).findings == ()
    for secret in (NEW, words):
        opener.unlock(folder, secret)
    with pytest.raises(WrongPassphraseError):
        opener.unlock(folder, passphrase)


def test_a_sheet_is_made_written_down_and_tried_out(settings: Screen, tmp_path: Path) -> None:
    settings.press("Make a new recovery sheet")
    settings.press("Make the sheet")
    until_said(settings, "Write these words on paper")
    panel = page(settings).recovery.panel
    assert isinstance(panel, WordsPanel)
    words = panel._papers[0][1].split()
    fill(settings, "Save as a text file instead: where?", str(tmp_path / "sheet.txt"))
    settings.press("Save the words")
    assert words[15] in (tmp_path / "sheet.txt").read_text("utf-8")
    settings.press("Now try it out")
    slip = " ".join([*words[:6], words[6][:-1] + "q", *words[7:]])
    fill(settings, "The words on your paper", slip)
    settings.press("Try them out")
    until_said(settings, f"Word 7 on the recovery sheet was mistyped: it should be “{words[6]}”")
    fill(settings, "The words on your paper", " ".join(words).upper())
    settings.press("Try them out")
    until_said(settings, "It works.")
    assert "recovery proved on 24 November 2026" in settings.words()


def test_shares_are_made_for_three_people_and_two_are_tried_out(settings: Screen) -> None:
    settings.press("Make the service")
    settings.press("Make the shares")
    until_said(settings, "Share 1 of 3")
    panel = page(settings).recovery.panel
    assert isinstance(panel, WordsPanel)
    papers = [words for _, words in panel._papers]
    settings.press("I have written it down")
    settings.press("I have written it down")
    assert "Share 3 of 3" in settings.words()
    settings.press("Now try two of them out")
    fill(settings, "The words of one share", papers[0])
    fill(settings, "The words of another share", papers[0])
    settings.press("Try them out")
    until_said(settings, "the same share twice")
    fill(settings, "The words of another share", papers[2])
    settings.press("Try them out")
    until_said(settings, "It works.")
    ways = {way.kind: way for way in recovery.ways_back(settings.desk)}
    assert (ways["shares"].made, ways["shares"].due) == (True, False)


def test_a_way_back_is_asked_for_again_after_a_quarter(screen: Screen, clock: "Callable") -> None:
    screen.go("today")
    assert "Try out a way back in" in screen.words()
    vault = screen.desk.vault
    letter = recovery.slots.letters_of(vault, vault.practitioner)["sheet"]
    recovery.proved(screen.desk, replace(vault.opened, letter=letter))
    screen.go("today")
    assert "Try out a way back in" not in screen.words()
    clock.advance(days=90)  # type: ignore[attr-defined]
    screen.go("today")
    screen.press("Try out a way back in")
    assert "time to try again" in screen.words()


def test_a_practitioner_is_added_changed_and_removed(settings: Screen, folder: Path, opener: Opener) -> None:
    settings.press("Add a practitioner")
    fill(settings, "Their name", "אורי <b>כהן</b> & Łuc")
    page(settings).practitioners.panel.form.set_value("profession", "therapist")  # type: ignore[union-attr]
    fill(settings, "Their passphrase", HERS)
    fill(settings, "The same once more", HERS)
    settings.press("Add them")
    until_said(settings, "can open this vault now")
    assert "אורי <b>כהן</b> & Łuc" in settings.words()
    her = opener.unlock(folder, HERS).opened.own.practitioner
    settings.press("Change אורי")
    settings.press("Yes")
    settings.press("Save")
    rows = {row.person.id: row.person for row in practitioners.practitioners(settings.desk)}
    assert (rows[her].profession, rows[her].administrator) == ("therapist", True)
    salt = settings.desk.vault.header.databases
    settings.press("Remove אורי")
    assert "Copies of the vault that they took before" in settings.words()
    page(settings).practitioners.panel.send.click()  # type: ignore[union-attr]
    until_said(settings, "is removed.")
    assert settings.desk.vault.header.databases != salt
    assert "Left on 24 November 2026" in settings.words()
    with pytest.raises(WrongPassphraseError):
        opener.unlock(folder, HERS)
    assert check(settings.desk.vault).findings == ()


def test_the_only_one_who_looks_after_the_vault_cannot_stop_doing_so(settings: Screen) -> None:
    settings.press("Change")
    settings.press("No")
    settings.press("Save")
    assert "Somebody has to administer this vault" in settings.words()


def test_the_key_is_changed_while_another_page_is_worked_on(settings: Screen) -> None:
    salt = settings.desk.vault.header.databases
    settings.press("Change the vault’s key")
    settings.press("Change the key")
    change = settings.inside.session.key_change
    assert change.running
    settings.go("today")
    settings.desk.vault.keep_draft("somewhere", "typed meanwhile", 3)
    settings.qtbot.waitUntil(lambda: not change.running, timeout=10_000)
    assert settings.desk.vault.header.databases != salt
    assert settings.desk.vault.drafts("somewhere")["somewhere"].text == "typed meanwhile"
    assert check(settings.desk.vault).findings == ()


def test_who_does_not_look_after_the_vault_sees_colleagues_and_changes_nothing(
    screen: Screen,
) -> None:
    desk = screen.desk
    add_practitioner(desk, "Jo Adeyemi", deriving_for(desk, HERS, "Jo")(), administrator=True)
    practitioners.change_practitioner(desk, desk.vault.practitioner, administrator=False)
    screen.go("settings")
    said = screen.words()
    assert "Jo Adeyemi" in said
    for words in ("Add a practitioner", "Remove Jo", "Change the vault’s key", "Make the service"):
        assert words not in said
    assert "Choose a new passphrase" in said


def test_tab_goes_through_what_opened_and_on_to_what_stands_below(settings: Screen) -> None:
    settings.press("Choose a new passphrase")
    settings.named("Keep the one I have").setFocus()
    settings.key(Qt.Key.Key_Tab)
    assert page(settings).isAncestorOf(QApplication.focusWidget())
    assert QApplication.focusWidget().accessibleName() == "Try out your recovery sheet"
    settings.press("Keep the one I have")
    settings.named("My passphrase may be known").setFocus()
    settings.key(Qt.Key.Key_Tab)
    assert QApplication.focusWidget().accessibleName() == "Try out your recovery sheet"
