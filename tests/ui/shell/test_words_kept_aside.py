"""A pulled stick or a full disk at the lock: the words wait, sealed, on this computer until the vault takes them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from csa_desk.casework.desk import Desk
from csa_desk.content.reading import Packs
from csa_desk.paths import resource
from csa_desk.settings import Settings
from csa_desk.store.opening import Opener
from csa_desk.store.vault import OpenVault
from csa_desk.ui.look import apply_look
from csa_desk.ui.shell.inside import Inside
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.form import FieldSpec, Form

PREFIX = "case/new"
SECRET = "Lives with Nan in Kestrel Row"


class Place:
    """One computer and one vault on a stick: unlock, type, lock, pull the stick, fill its disk."""

    def __init__(self, opener: Opener, folder: Path, passphrase: str, qtbot: QtBot) -> None:
        self.opener, self.folder, self.passphrase, self.qtbot = opener, folder, passphrase, qtbot
        self.pulled = folder.with_name("pulled.csadesk")
        self.full = False
        self.vault: OpenVault
        self.session: Session
        self.form: Form

    def unlock(self) -> None:
        """Open the vault as the window does, with a form on the screen."""
        self.vault = self.opener.open(self.folder, self.passphrase)
        if self.full:
            self.vault._connection.exec_driver_sql(
                "CREATE TEMP TRIGGER full_disk BEFORE INSERT ON main.draft "
                "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
            )
            self.vault._connection.rollback()
        desk = Desk(self.vault, Packs(resource("content")))
        self.session = Session(desk, Settings(), self.opener.local_data)
        self.session.take_back()
        self.inside = Inside(self.session)
        self.qtbot.addWidget(self.inside)
        self.form = Form()
        self.form.add(FieldSpec("home", "Where they live", "lines"))
        self.form.add(FieldSpec("school", "School"))
        self.session.watch_form(self.form, PREFIX)
        self.qtbot.addWidget(self.form)
        with self.qtbot.waitExposed(self.form):
            self.form.show()

    def write(self, words: str, key: str = "home") -> None:
        """Type into a field."""
        for letter in words:
            QTest.keyClick(self.form.field(key).control.stops()[0], letter)

    def lock(self) -> None:
        """As the Lock key does."""
        self.inside.lock("key")

    def stashed(self) -> list[Path]:
        """What lies sealed on this computer."""
        return list(self.opener.local_data.rglob("*.stash"))

    def plain(self) -> bool:
        """Whether the words can be read in any file of the computer or the stick."""
        return any(
            SECRET.encode() in path.read_bytes() for path in self.folder.parent.rglob("*") if path.is_file()
        )


@pytest.fixture
def place(opener: Opener, folder: Path, passphrase: str, qtbot: QtBot, qapp: QApplication) -> Iterator[Place]:
    apply_look(qapp, "light")
    made = Place(opener, folder, passphrase, qtbot)
    made.unlock()
    yield made
    made.session.close()


def test_a_stick_pulled_before_the_lock_loses_no_word(place: Place) -> None:
    place.write(SECRET)
    place.folder.rename(place.pulled)
    place.lock()
    assert len(place.stashed()) == 1
    assert not place.plain()
    place.pulled.rename(place.folder)
    place.unlock()
    assert place.form.value("home") == SECRET
    assert place.vault.drafts()[f"{PREFIX}/home"].text == SECRET
    assert place.stashed() == []
    assert not place.plain()


def test_a_vault_that_still_takes_nothing_opens_shows_the_words_and_keeps_them_again(place: Place) -> None:
    place.write(SECRET)
    place.folder.rename(place.pulled)
    place.lock()
    place.pulled.rename(place.folder)
    place.full = True
    place.unlock()
    assert place.form.value("home") == SECRET
    place.write("Oakridge", "school")
    place.lock()
    assert len(place.stashed()) == 1
    place.full = False
    place.unlock()
    assert (place.form.value("home"), place.form.value("school")) == (SECRET, "Oakridge")
    assert place.stashed() == []


def test_words_given_up_while_they_wait_do_not_come_back(place: Place) -> None:
    place.write(SECRET)
    place.folder.rename(place.pulled)
    place.lock()
    place.pulled.rename(place.folder)
    place.full = True
    place.unlock()
    place.vault._connection.exec_driver_sql("DROP TRIGGER full_disk")
    place.vault._connection.rollback()
    place.session.drop_draft(place.form, "home")
    place.form.set_value("home", "")
    place.lock()
    assert place.stashed() == []
    place.full = False
    place.unlock()
    assert place.form.value("home") == ""


def test_a_lock_with_everything_kept_puts_nothing_aside(place: Place) -> None:
    place.write(SECRET)
    place.lock()
    assert place.stashed() == []
    place.unlock()
    assert place.form.value("home") == SECRET
