"""How a lock goes: each trigger, long work, the covers."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from csa_desk.errors import DeskError
from csa_desk.ui.shell.long_work import Stopped
from csa_desk.ui.shell.place import Place
from tests.ui.pages.sitting import CTRL, focused, hit
from tests.ui.shell.locks import (
    TRIGGERS,
    Sitting,
    Trigger,
    close_window,
    lid,
    nobody_there,
    press_lock_key,
    screen,
    sleep,
    user,
)


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
