"""Settings: backups, the second folder, restoring beside, looking the vault through, saving what can be read."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit

from csa_desk.casework import backups
from csa_desk.casework.noticing import needs_a_look
from csa_desk.records import assessment, cases
from csa_desk.store.manifest import BACKUPS
from csa_desk.store.opening import Opener
from csa_desk.ui.pages.settings.page import SettingsPage
from tests.ui.pages.screen import Screen


@pytest.fixture
def settings(screen: Screen) -> Screen:
    """The page, over a vault with a few answers."""
    with screen.desk.vault.write() as writing:
        writing.put(cases.Case(id="c", code="4F7K2M"))
        for number in range(20):
            writing.put(assessment.Answer(id=f"a{number}", case="c", value="said " * 300))
    screen.go("settings", item="backups")
    return screen


def page_of(screen: Screen) -> SettingsPage:
    assert isinstance(screen.page, SettingsPage)
    return screen.page


def back_up(screen: Screen) -> None:
    keeper = screen.inside.session.backups
    with screen.qtbot.waitSignal(keeper.ended, timeout=20_000):
        screen.press("Back up now")
    screen.settle()


def wait_for_work(screen: Screen, press: str) -> None:
    with screen.qtbot.waitSignal(screen.inside.session.long_work.ended, timeout=20_000):
        screen.press(press)
    screen.settle()


def fill(screen: Screen, name: str, text: str) -> None:
    field = screen.named(name, QLineEdit)
    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.selectAll()
    field.insert(text)
    field.textEdited.emit(text)


def test_a_backup_is_made_and_told_with_its_moment(settings: Screen) -> None:
    assert "No backup yet" in settings.words()
    back_up(settings)
    assert "The backup is made and proved." in settings.words()
    assert "Last proved backup: 24 November 2026" in settings.words()
    assert "Nothing was added since" in settings.words()
    assert len(backups.standing(settings.desk).backups) == 1


def test_a_second_folder_is_written_too_and_its_absence_is_told_and_stops_nothing(
    settings: Screen, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    settings.press("Choose a second folder")
    fill(settings, "Second folder", str(stick))
    settings.press("Use this folder")
    assert "There is no folder at that place" in settings.words()
    stick.mkdir()
    settings.press("Use this folder")
    assert "The second folder is remembered." in settings.words()
    assert "on the same disk as the vault" in settings.words()
    back_up(settings)
    assert "in the second one" in settings.words()
    stick.rename(tmp_path / "pulled")
    with settings.desk.vault.write() as writing:
        writing.put(cases.Person(id="p", name="Rowan"))
    back_up(settings)
    assert "not there just now" in settings.words()
    now = backups.standing(settings.desk)
    assert (now.current, now.second_there) == (True, False)
    (tmp_path / "pulled").rename(stick)
    assert backups.standing(settings.desk).second_there


def test_a_backup_is_restored_beside_and_the_open_vault_goes_on(
    settings: Screen, opener: Opener, passphrase: str
) -> None:
    back_up(settings)
    folder = settings.desk.vault.folder
    settings.press("Restore a backup beside this vault")
    settings.press("Restore it")
    assert "Type the passphrase you had" in settings.words()
    fill(settings, "Passphrase", passphrase)
    wait_for_work(settings, "Restore it")
    made = folder.with_name("desk-restored.csadesk")
    assert f"The restored vault is in {made}" in settings.words().replace("\u200b", "")
    assert str(made) in settings.inside.session.settings.vaults
    with opener.open(made, passphrase) as new:
        assert len(new.read.find(assessment.Answer)) == 20
    with settings.desk.vault.write() as writing:
        writing.put(cases.Person(id="p", name="Rowan"))


def test_a_wrong_passphrase_restores_nothing_and_says_which_one_is_meant(settings: Screen) -> None:
    back_up(settings)
    settings.press("Restore a backup beside this vault")
    fill(settings, "Passphrase", "another long passphrase")
    wait_for_work(settings, "Restore it")
    assert "Nothing was restored." in settings.words()
    assert "the passphrase you had when it was made" in settings.words()


def test_a_whole_vault_is_said_to_be_whole_and_the_deep_check_counts_the_backups(settings: Screen) -> None:
    back_up(settings)
    wait_for_work(settings, "Check this vault")
    assert "All is as it was written" in settings.words()
    assert "Save what can be read" not in settings.words()
    wait_for_work(settings, "Check the backups")
    assert "1 backup was read and proved." in settings.words()


def test_a_damaged_page_is_told_in_plain_words_and_what_can_be_read_is_saved(
    settings: Screen, opener: Opener, passphrase: str
) -> None:
    folder = settings.desk.vault.folder
    path = folder / "case.db"
    content = bytearray(path.read_bytes())
    content[len(content) - 4096 * 3 + 50] ^= 1
    path.write_bytes(content)
    wait_for_work(settings, "Check this vault")
    assert "wrong" in settings.words()
    assert "save what can be read into a new vault" in settings.words()
    settings.press("Save what can be read into a new vault")
    fill(settings, "Your passphrase", passphrase)
    wait_for_work(settings, "Save what can be read")
    made = folder.with_name("desk-saved.csadesk")
    assert "The new vault is in" in settings.words()
    with opener.open(made, passphrase) as new:
        assert len(new.read.find(assessment.Answer)) >= 15


def test_today_says_when_it_is_time_for_a_backup_and_where_the_stick_is_missing(
    settings: Screen, tmp_path: Path
) -> None:
    desk = settings.desk
    assert not [item for item in needs_a_look(desk) if item.kind == "backup"]
    desk.clock.set(2026, 12, 5)  # type: ignore[attr-defined]
    assert [item.title for item in needs_a_look(desk) if item.kind == "backup"] == ["It is time for a backup"]
    settings.go("today")
    settings.press("It is time for a backup")
    assert page_of(settings).backups.make.hasFocus()
    back_up(settings)
    assert not [item for item in needs_a_look(desk) if item.kind == "backup"]
    (tmp_path / "stick").mkdir()
    backups.choose_second(desk, str(tmp_path / "stick"))
    (tmp_path / "stick").rmdir()
    assert [item.title for item in needs_a_look(desk) if item.kind == "backup"] == [
        "The second folder for backups is missing"
    ]


def test_once_a_day_a_backup_is_made_at_a_quiet_moment_and_a_lock_waits_for_none(settings: Screen) -> None:
    keeper, vault = settings.inside.session.backups, settings.desk.vault
    with settings.qtbot.waitSignal(keeper.ended, timeout=20_000):
        keeper.look()
    keeper.look()
    assert keeper.words == "", "nothing was added, and it is of today"
    settings.desk.clock.advance(days=1, hours=1)  # type: ignore[attr-defined]
    keeper.look()
    assert keeper.words == "", "nothing was added"
    with vault.write() as writing:
        writing.put(cases.Person(id="p", name="Rowan"))
    settings.inside.session.drafts.keep("c/x", "typing", 3)
    keeper.look()
    assert keeper.words == "", "somebody is typing"
    settings.inside.session.drafts.flush()
    keeper.look()
    assert keeper.words.startswith("A backup is being made")
    keeper.close()
    assert not list((vault.folder / BACKUPS).glob("*.new"))


def test_only_who_may_is_offered_it(settings: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(settings.desk), "rights", frozenset({"open-files", "look-up", "back-up"}))
    settings.go("settings")
    words = settings.words()
    assert "Back up now" in words
    for offered in ("second folder, such as", "Restore a backup", "Check this vault"):
        assert offered not in words
