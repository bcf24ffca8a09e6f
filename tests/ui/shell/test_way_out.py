"""A damaged vault at the unlock window: the way past it is offered there; and closing makes a backup first."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from csa_desk.records import assessment, cases
from csa_desk.store import backing_up
from csa_desk.store.manifest import BACKUPS, backups_in
from csa_desk.store.opening import Opener
from csa_desk.ui.look import apply_look
from csa_desk.ui.shell.unlock import UnlockPage
from csa_desk.ui.shell.window import DeskWindow


@pytest.fixture
def filled(folder: Path, opener: Opener, passphrase: str) -> Path:
    """A closed vault with answers and a backup."""
    with opener.open(folder, passphrase) as vault:
        with vault.write() as writing:
            writing.put(cases.Case(id="c", code="4F7K2M"))
            for number in range(20):
                writing.put(assessment.Answer(id=f"a{number}", case="c", value="said " * 300))
        backing_up.make(vault)
    return folder


@pytest.fixture
def window(filled: Path, opener: Opener, qtbot: QtBot, qapp: QApplication) -> Iterator[DeskWindow]:
    """The window at its unlock page for that vault."""
    made = DeskWindow(opener.local_data, lambda: opener, lambda _folder, _why: None, chosen=filled)
    qtbot.addWidget(made)
    made.show()
    yield made
    if made.inside is not None:
        made.inside.session.close()
    made.runner.close()
    apply_look(qapp)


def page_of(window: DeskWindow) -> UnlockPage:
    assert isinstance(window.entrance, UnlockPage)
    return window.entrance


def unlock(window: DeskWindow, passphrase: str) -> None:
    page = page_of(window)
    page.form.set_value("passphrase", passphrase)
    page.button.click()


def words(window: DeskWindow) -> str:
    labels = [label for label in window.findChildren(QLabel) if label.isVisible()]
    return "\n".join(label.accessibleName() or label.text() for label in labels)


def button(window: DeskWindow, name: str) -> QAbstractButton | None:
    found = [
        one
        for one in window.findChildren(QAbstractButton)
        if one.isVisible() and one.accessibleName() == name
    ]
    return found[0] if found else None


def spoil(folder: Path) -> None:
    content = bytearray((folder / "case.db").read_bytes())
    for start in range(4096, len(content) // 2, 4096):
        content[start + 9] ^= 1
    (folder / "case.db").write_bytes(content)


@pytest.mark.parametrize("way", ["Restore the latest backup", "Save what can be read"])
def test_after_damage_the_unlock_window_makes_a_new_vault_beside_and_opens_it(
    window: DeskWindow, filled: Path, passphrase: str, qtbot: QtBot, way: str
) -> None:
    spoil(filled)
    before = (filled / "case.db").read_bytes()
    with qtbot.waitSignal(window.refused, timeout=20_000):
        unlock(window, passphrase)
    assert "is damaged" in words(window)
    assert "The latest backup is of 24 November 2026" in words(window)
    found = button(window, way)
    assert found is not None
    found.click()
    assert "Type the passphrase" in words(window), "it is not kept after a refusal"
    page = page_of(window)
    page.form.set_value("passphrase", passphrase)
    found.click()
    qtbot.waitUntil(lambda: page_of(window) is not page, timeout=20_000)
    assert "The new vault is in" in words(window)
    assert (filled / "case.db").read_bytes() == before
    with qtbot.waitSignal(window.unlocked, timeout=20_000):
        unlock(window, passphrase)
    assert window.inside is not None
    assert len(window.inside.session.desk.vault.read.find(assessment.Answer)) == 20


def test_a_wrong_passphrase_offers_no_way_past_it(window: DeskWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.refused, timeout=20_000):
        unlock(window, "another long passphrase")
    assert button(window, "Restore the latest backup") is None


def test_closing_makes_a_backup_first_and_a_second_wish_to_close_waits_for_none(
    window: DeskWindow,
    filled: Path,
    opener: Opener,
    passphrase: str,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def enter() -> None:
        with qtbot.waitSignal(window.unlocked, timeout=20_000):
            unlock(window, passphrase)

    enter()
    add(window, "p")
    assert not window.close()
    assert "A backup is being made" in words(window)
    qtbot.waitUntil(lambda: window.inside is None, timeout=20_000)
    assert not window.isVisible()
    (newest,) = backups_in(filled / BACKUPS)
    with opener.open(newest.folder, passphrase) as copy:
        assert copy.read.get(cases.Person, "p") is not None

    window.show_unlock(chosen=filled)
    window.show()
    enter()
    add(window, "q")
    monkeypatch.setattr(backing_up, "make", slowly(backing_up.make))
    assert not window.close()
    found = button(window, "Close now, without it")
    assert found is not None
    window.close()
    qtbot.waitUntil(lambda: window.inside is None, timeout=20_000)
    assert [backup.folder for backup in backups_in(filled / BACKUPS)] == [newest.folder]
    assert not list((filled / BACKUPS).glob("*.new"))
    with opener.open(filled, passphrase) as vault:
        assert vault.read.get(cases.Person, "q") is not None


def test_a_vault_that_nothing_was_added_to_closes_at_once(
    window: DeskWindow, filled: Path, passphrase: str, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.unlocked, timeout=20_000):
        unlock(window, passphrase)
    assert window.inside is not None
    session = window.inside.session
    with qtbot.waitSignal(session.backups.ended, timeout=20_000):
        session.backups.start()
    assert window.close()
    assert len(backups_in(filled / BACKUPS)) == 1


def add(window: DeskWindow, person: str) -> None:
    assert window.inside is not None
    with window.inside.session.desk.vault.write() as writing:
        writing.put(cases.Person(id=person, name="Rowan"))


def slowly(make: Callable) -> Callable:
    """A backup that waits until it is stopped."""

    def made(vault, *, progress, cancelled):  # type: ignore[no-untyped-def]
        vault.stopping.wait(20)
        return make(vault, progress=progress, cancelled=cancelled)

    return made
