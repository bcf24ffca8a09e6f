"""How a lock goes: each trigger, long work, words that nothing takes, the covers, windows kept out of pictures."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from csa_desk import settings
from csa_desk.casework.desk import Desk
from csa_desk.content.reading import Packs
from csa_desk.errors import DeskError
from csa_desk.paths import resource
from csa_desk.settings import Settings
from csa_desk.store import stash
from csa_desk.store.header import VaultKind
from csa_desk.store.opening import Opener
from csa_desk.ui.look import apply_look
from csa_desk.ui.shell.capture import CaptureGuard
from csa_desk.ui.shell.computer import Leaving
from csa_desk.ui.shell.inside import Inside
from csa_desk.ui.shell.long_work import Stopped
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.window import DeskWindow
from csa_desk.ui.widgets.boxes import Banner
from csa_desk.ui.widgets.buttons import LinkButton
from tests.conftest import PASSPHRASE
from tests.ui.pages.sitting import CTRL, add_rowan, focused, hit, letters, value_of
from tests.ui.shell.told import ToldComputer

WORDS = "She draws fo"
FIELD = "What is Rowan good at or proud of?"


class Sitting:
    """One computer, one vault with one child. A lock throws the window away; ``unlock`` makes the next."""

    def __init__(self, opener: Opener, folder: Path, qtbot: QtBot, code: str) -> None:
        self.opener, self.folder, self.qtbot, self.code = opener, folder, qtbot, code
        self.locks: list[str] = []
        self.computer = ToldComputer()
        self.window: DeskWindow

    def unlock(self) -> None:
        """Type the passphrase into a new window."""
        self.computer = ToldComputer()
        self.window = DeskWindow(
            self.opener.local_data,
            self._opener,
            self._relaunch,
            chosen=self.folder,
            make_computer=self._computer,
        )
        self.qtbot.addWidget(self.window)
        with self.qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        with self.qtbot.waitSignal(self.window.unlocked, timeout=20_000):
            letters(PASSPHRASE)
            hit(Qt.Key.Key_Return)

    def end(self) -> None:
        """Close the window, also one that holds words."""
        if self.window.inside is not None and not self.window.close():
            self.inside.session.close()
            self.window.inside = None

    def write(self) -> None:
        """Half a word into a question, the cursor two letters before its end."""
        self.inside.go(Place("section", self.code, "strengths", "child/good-at"))
        letters(WORDS)
        hit(Qt.Key.Key_Left)
        hit(Qt.Key.Key_Left)
        letters("x")

    def is_as_before(self) -> bool:
        """The same words, the same field, the same cursor."""
        field = focused()
        return (
            isinstance(field, QPlainTextEdit)
            and field.accessibleName() == FIELD
            and field.toPlainText() == "She draws xfo"
            and field.textCursor().position() == len("She draws x")
        )

    @property
    def inside(self) -> Inside:
        assert self.window.inside is not None
        return self.window.inside

    def words(self) -> str:
        """What can be read over everything else."""
        cover = self.inside._lock_cover
        found = [label for label in cover.findChildren(QLabel) if label.isVisible()]
        return "\n".join(label.accessibleName() or label.text() for label in found)

    def _opener(self) -> Opener:
        return self.opener

    def _computer(self) -> ToldComputer:
        return self.computer

    def _relaunch(self, _folder: Path | None, why: str) -> None:
        self.locks.append(why)
        self.window.hide()


@pytest.fixture
def sitting(opener: Opener, folder: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Sitting]:
    with opener.open(folder, PASSPHRASE) as vault:
        code = add_rowan(Desk(vault, Packs(resource("content")))).code
    found = Sitting(opener, folder, qtbot, code)
    found.unlock()
    yield found
    found.end()
    apply_look(qapp)


# --- triggers -------------------------------------------------------------------------------------------------


def press_lock_key(sitting: Sitting) -> None:
    hit(Qt.Key.Key_L, CTRL)


def click_lock(sitting: Sitting) -> None:
    item = sitting.inside.rail._lock
    QTest.mouseClick(item, Qt.MouseButton.LeftButton)


def nobody_there(sitting: Sitting) -> None:
    sitting.computer.idle = 300.0
    sitting.inside._idle._clock = _long_after
    sitting.inside._idle.tick()


def _long_after() -> float:
    return 10.0**9


def hidden_too_long(sitting: Sitting) -> None:
    hit(Qt.Key.Key_F12)
    sitting.inside._cover.too_long.emit()


def close_window(sitting: Sitting) -> None:
    sitting.window.close()


def screen(sitting: Sitting) -> None:
    sitting.computer.left.emit(Leaving.SCREEN)


def sleep(sitting: Sitting) -> None:
    sitting.computer.left.emit(Leaving.SLEEP)


def lid(sitting: Sitting) -> None:
    sitting.computer.left.emit(Leaving.LID)


def user(sitting: Sitting) -> None:
    sitting.computer.left.emit(Leaving.USER)


Trigger = Callable[[Sitting], None]
TRIGGERS: tuple[Trigger, ...] = (
    press_lock_key, click_lock, nobody_there, hidden_too_long, close_window, screen, sleep, lid, user,
)  # fmt: skip


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_every_trigger_brings_back_the_same_words_field_and_cursor(
    sitting: Sitting, trigger: Trigger
) -> None:
    sitting.write()
    trigger(sitting)
    sitting.qtbot.waitUntil(lambda: sitting.window.inside is None)
    assert sitting.computer.closed
    sitting.unlock()
    assert sitting.is_as_before()


@pytest.mark.parametrize("trigger", [press_lock_key, nobody_there, sleep, close_window])
def test_a_trigger_keeps_the_words_of_a_pulled_stick(sitting: Sitting, trigger: Trigger) -> None:
    sitting.write()
    pulled = sitting.folder.with_name("pulled")
    sitting.folder.rename(pulled)
    trigger(sitting)
    assert sitting.window.inside is None
    pulled.rename(sitting.folder)
    sitting.unlock()
    assert sitting.is_as_before()


def test_a_screen_that_locks_while_another_program_is_in_front_still_comes_back_to_the_field(
    sitting: Sitting,
) -> None:
    sitting.write()
    other = QWidget()
    sitting.qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    sitting.qtbot.waitUntil(other.isActiveWindow)
    screen(sitting)
    other.hide()
    sitting.unlock()
    assert sitting.is_as_before()


def test_a_list_that_is_open_does_not_hold_the_lock(sitting: Sitting) -> None:
    sitting.inside.go(Place("team", sitting.code))
    box = QComboBox(sitting.inside)
    box.addItems(["a", "b"])
    box.show()
    box.showPopup()
    assert QApplication.activePopupWidget() is not None
    screen(sitting)
    assert sitting.window.inside is None
    assert QApplication.activePopupWidget() is None


def test_two_triggers_at_once_lock_once(sitting: Sitting) -> None:
    inside = sitting.inside
    sleep(sitting)
    inside.lock("lid")
    assert sitting.locks == ["sleep"]


def test_hiding_gives_the_keyboard_back_where_it_was_and_no_key_gets_past(sitting: Sitting) -> None:
    sitting.write()
    hit(Qt.Key.Key_F12)
    hit(Qt.Key.Key_2, CTRL)
    assert sitting.inside.page is not None
    assert sitting.inside.page.place.page == "section"
    hit(Qt.Key.Key_F12)
    assert sitting.is_as_before()


# --- long work ------------------------------------------------------------------------------------------------


class Work:
    """Long work that a test lets end, or that ends when it is told to stop."""

    def __init__(self) -> None:
        self.may_end = threading.Event()
        self.at_safe_point = threading.Event()
        self.running = threading.Event()
        self.was_stopped = False
        self.results: list[object] = []

    def __call__(self, stopped: Stopped) -> str:
        self.running.set()
        while not self.may_end.wait(0.005):
            if stopped() and self.at_safe_point.is_set():
                self.was_stopped = True
                break
        return "done"

    def done(self, result: object, _fault: DeskError | None) -> None:
        self.results.append(result)


@pytest.fixture
def work(sitting: Sitting) -> Iterator[Work]:
    found = Work()
    assert sitting.inside.session.long_work.run("The key of the vault is being changed", found, found.done)
    assert found.running.wait(10)
    yield found
    found.may_end.set()
    sitting.qtbot.waitUntil(
        lambda: sitting.window.inside is None or not sitting.inside.session.long_work.words
    )


def test_idle_time_covers_at_once_and_waits_for_long_work(sitting: Sitting, work: Work) -> None:
    sitting.write()
    nobody_there(sitting)
    assert sitting.locks == []
    assert "The key of the vault is being changed." in sitting.words()
    assert sitting.inside._lock_cover.geometry() == sitting.inside.rect()
    hit(Qt.Key.Key_2, CTRL)
    hit(Qt.Key.Key_F12)
    assert sitting.inside._lock_cover.isVisible()
    assert sitting.inside.page is not None
    assert sitting.inside.page.place.page == "section"
    work.may_end.set()
    sitting.qtbot.waitUntil(lambda: sitting.locks == ["idle"])
    assert (work.was_stopped, work.results) == (False, ["done"])
    sitting.unlock()
    assert sitting.is_as_before()


@pytest.mark.parametrize("trigger", [press_lock_key, screen, sleep, lid, user, close_window])
def test_any_other_trigger_stops_long_work_at_a_safe_point(
    sitting: Sitting, work: Work, trigger: Trigger
) -> None:
    sitting.write()
    trigger(sitting)
    assert "stopped at a safe point" in sitting.words()
    assert sitting.locks == []
    work.at_safe_point.set()
    sitting.qtbot.waitUntil(lambda: sitting.window.inside is None)
    assert work.was_stopped
    sitting.unlock()
    assert sitting.is_as_before()


def test_who_comes_back_to_a_cover_that_waits_can_hurry_it(sitting: Sitting, work: Work) -> None:
    nobody_there(sitting)
    assert focused().accessibleName() == "Stop it and finish locking"
    hit(Qt.Key.Key_Tab)
    assert focused().accessibleName() == "Stop it and finish locking", "Tab stays on the cover"
    hit(Qt.Key.Key_Space)
    work.at_safe_point.set()
    sitting.qtbot.waitUntil(lambda: sitting.locks == ["key"])
    assert work.was_stopped


def test_one_long_work_at_a_time(sitting: Sitting, work: Work) -> None:
    assert not sitting.inside.session.long_work.run("Another", work, work.done)
    work.may_end.set()
    sitting.qtbot.waitUntil(lambda: not sitting.inside.session.long_work.words)


# --- words that nothing takes ---------------------------------------------------------------------------------


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


# --- pictures -------------------------------------------------------------------------------------------------


def test_a_live_vault_is_kept_out_of_pictures_and_its_lists_too(sitting: Sitting) -> None:
    assert sitting.computer.hidden == {"DeskWindow": True}
    popup = QComboBox()
    sitting.qtbot.addWidget(popup)
    popup.show()
    sitting.qtbot.waitUntil(lambda: sitting.computer.hidden.get("QComboBox") is True)


def test_the_setting_lets_it_be_seen(sitting: Sitting) -> None:
    sitting.inside.session.settings = Settings(hide_from_capture=False)
    sitting.inside.session.changed.emit()
    assert sitting.computer.hidden == {"DeskWindow": False}
    assert not settings.read(sitting.opener.local_data).hide_from_capture


def test_a_page_stays_where_a_setting_changes_that_it_does_not_show_in_its_look(sitting: Sitting) -> None:
    sitting.inside.go(Place("settings"))
    page, session = sitting.inside.page, sitting.inside.session
    session.settings = session.settings.with_further_vault(sitting.folder.with_name("restored.csadesk"))
    session.changed.emit()
    assert sitting.inside.page is page
    assert len(settings.read(sitting.opener.local_data).vaults) == 2
    session.settings = replace(session.settings, text_size=130)
    session.changed.emit()
    assert sitting.inside.page is not page


def test_what_was_noticed_can_be_set_aside_once_read(sitting: Sitting) -> None:
    sitting.inside.notice("Something was noticed. Look at it.")
    sitting.inside.notice("It can only be read.", stays=True)
    told = {made.accessibleName(): made for made in sitting.inside.findChildren(Banner)}
    gone, stays = told["Something was noticed. Look at it."], told["It can only be read."]
    sitting.qtbot.waitUntil(stays.isVisible)
    links = [
        made
        for made in sitting.inside.findChildren(LinkButton)
        if made.accessibleName() == "I have read this"
    ]
    assert [gone.isAncestorOf(link) for link in links] == [True]
    links[0].click()
    assert not gone.isVisible()
    assert stays.isVisible()
    assert sitting.inside.page is not None
    assert sitting.inside.page.isAncestorOf(focused())


def test_training_can_be_shown(opener: Opener, tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> None:
    folder = tmp_path / "practice.csadesk"
    opener.create(folder, PASSPHRASE, kind=VaultKind.TRAINING)
    found = Sitting(opener, folder, qtbot, "")
    found.unlock()
    assert found.computer.hidden == {}
    found.end()
    apply_look(qapp)


def test_where_windows_cannot_be_hidden_nothing_is_claimed(qtbot: QtBot) -> None:
    computer = ToldComputer()
    computer.can_hide_windows = False
    guard = CaptureGuard(computer)
    guard.set_on(True)
    assert not guard.on
    assert computer.hidden == {}
