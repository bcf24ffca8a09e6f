"""Words that neither the vault nor this computer takes at a lock: they stay under a cover that says so."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from csa_desk.store import stash
from tests.conftest import PASSPHRASE
from tests.ui.pages.sitting import focused, hit, letters, value_of
from tests.ui.shell.locks import Sitting, Trigger, close_window, nobody_there, press_lock_key, sleep


class Nowhere:
    """Neither the stick nor this computer's disk takes anything."""

    def __init__(self, sitting: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
        self._sitting, self._patch = sitting, monkeypatch
        self._pulled = sitting.folder.with_name("pulled")

    def begin(self) -> None:
        self._sitting.folder.rename(self._pulled)
        self._patch.setattr(stash, "write_whole", _no_room)

    def stick_is_back(self) -> None:
        self._pulled.rename(self._sitting.folder)

    def room_is_back(self) -> None:
        self._patch.undo()


def _no_room(path: Path, _content: bytes) -> None:
    raise OSError(28, "No space left on device", str(path))


@pytest.fixture
def nowhere(sitting: Sitting, monkeypatch: pytest.MonkeyPatch) -> Nowhere:
    return Nowhere(sitting, monkeypatch)


@pytest.mark.parametrize("trigger", [press_lock_key, nobody_there, sleep, close_window])
def test_words_that_nothing_takes_stay_under_a_cover_that_says_so(
    sitting: Sitting, nowhere: Nowhere, trigger: Trigger
) -> None:
    sitting.write()
    nowhere.begin()
    trigger(sitting)
    assert sitting.locks == []
    assert sitting.window.isVisible()
    assert "Nothing takes your last words" in sitting.words()
    assert sitting.inside._lock_cover.geometry() == sitting.inside.rect()
    assert sitting.window.windowTitle() == "Desk"
    assert focused().accessibleName() == "Passphrase"
    assert sitting.computer.sleeps > 0, "the computer is not kept from its sleep"


@pytest.mark.parametrize("back", ["stick_is_back", "room_is_back"])
def test_as_soon_as_something_takes_them_the_lock_is_finished(
    sitting: Sitting, nowhere: Nowhere, back: str
) -> None:
    sitting.write()
    nowhere.begin()
    press_lock_key(sitting)
    sitting.inside._locking._again.setInterval(5)
    getattr(nowhere, back)()
    sitting.qtbot.waitUntil(lambda: sitting.locks == ["key"])
    if back == "room_is_back":
        nowhere.stick_is_back()
    sitting.unlock()
    assert sitting.is_as_before()


def test_the_passphrase_brings_the_words_back_and_typing_goes_on(sitting: Sitting, nowhere: Nowhere) -> None:
    sitting.write()
    nowhere.begin()
    press_lock_key(sitting)
    cover = sitting.inside._lock_cover
    letters("not the passphrase")
    hit(Qt.Key.Key_Return)
    sitting.qtbot.waitUntil(lambda: "does not open this vault" in sitting.words())
    assert cover.isVisible()
    letters(PASSPHRASE)
    hit(Qt.Key.Key_Return)
    sitting.qtbot.waitUntil(lambda: not cover.isVisible())
    assert sitting.is_as_before()
    assert cover.form.value("passphrase") == ""
    letters("y")
    nowhere.stick_is_back()
    hit(Qt.Key.Key_Tab)
    assert value_of(sitting.inside.session.desk, sitting.code, "child/good-at") == "She draws xyfo"
    press_lock_key(sitting)
    assert sitting.locks == ["key"]


def test_the_window_closes_for_good_once_the_words_are_kept(sitting: Sitting, nowhere: Nowhere) -> None:
    sitting.write()
    nowhere.begin()
    assert not sitting.window.close()
    sitting.inside._locking._again.setInterval(5)
    nowhere.stick_is_back()
    sitting.qtbot.waitUntil(lambda: not sitting.window.isVisible())
    assert sitting.locks == [], "it ended; no new process"
    sitting.unlock()
    assert sitting.is_as_before()


def test_a_lock_with_nothing_typed_needs_no_disk(sitting: Sitting, nowhere: Nowhere) -> None:
    nowhere.begin()
    press_lock_key(sitting)
    assert sitting.locks == ["key"]
