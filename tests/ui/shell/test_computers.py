"""What each system tells, made of its own messages. The calls themselves need the system (docs/not-run.md)."""

import ctypes
import uuid
from collections.abc import Callable
from ctypes import wintypes

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from csa_desk.ui.shell.computer import Computer, Leaving
from csa_desk.ui.shell.computer_linux import IdleCounter
from csa_desk.ui.shell.computer_macos import CAN_SLEEP, WILL_SLEEP, MacComputer
from csa_desk.ui.shell.computer_windows import (
    LID_SWITCH,
    PBT_APMSUSPEND,
    PBT_POWERSETTINGCHANGE,
    WDA_EXCLUDEFROMCAPTURE,
    WDA_MONITOR,
    WDA_NONE,
    WM_POWERBROADCAST,
    WM_WTSSESSION_CHANGE,
    WTS_SESSION_LOCK,
    WindowsComputer,
)


def heard(computer: Computer) -> list[str]:
    """Every leaving a computer tells, from now on."""
    found: list[str] = []
    computer.left.connect(found.append)
    return found


# --- Linux ----------------------------------------------------------------------------------------------------


class Counter:
    """A desktop's counter, read once a second."""

    def __init__(self, *values: int | None) -> None:
        self.values = list(values)
        self.now = 0.0
        self.counter = IdleCounter(self.read, self.clock)

    def read(self) -> int | None:
        return self.values.pop(0)

    def clock(self) -> float:
        self.now += 1.0
        return self.now

    def all(self) -> list[float | None]:
        return [self.counter.seconds() for _ in range(len(self.values))]


def test_a_counter_is_believed_once_it_ran_with_the_clock() -> None:
    assert Counter(0, 0, 400, 1400, 2400, 3).all() == [None, None, None, 1.4, 2.4, 0.003]


@pytest.mark.parametrize("values", [[0] * 400, list(range(400)), [7_000_000] * 10, [5, 9_000_000, 3]])
def test_a_counter_that_stands_or_runs_at_another_pace_is_never_believed(values: list[int]) -> None:
    assert set(Counter(*values).all()) == {None}


def test_a_counter_that_stops_to_answer_is_asked_no_more() -> None:
    found = Counter(0, 1000, None, 2000)
    assert [found.counter.seconds() for _ in range(3)] == [None, 1.0, None]
    assert found.counter.seconds() is None
    assert found.values == [2000]


# --- Windows --------------------------------------------------------------------------------------------------


class Windows:
    """What Windows would answer."""

    def __init__(self) -> None:
        self.now, self.last = 5_000, 2_000
        self.setting = (LID_SWITCH, 0)
        self.takes = {WDA_EXCLUDEFROMCAPTURE, WDA_MONITOR, WDA_NONE}
        self.asked: list[int] = []
        self.listening: list[int] = []

    def ticks(self) -> int:
        return self.now

    def last_input(self) -> int | None:
        return self.last

    def listen(self, window: int) -> bool:
        self.listening.append(window)
        return True

    def deafen(self, window: int) -> None:
        self.listening.remove(window)

    def power_setting(self, address: int) -> tuple[uuid.UUID, int]:
        return self.setting

    def set_affinity(self, window: int, affinity: int) -> bool:
        self.asked.append(affinity)
        return affinity in self.takes


@pytest.fixture
def windows(qtbot: QtBot) -> Windows:
    return Windows()


def test_windows_messages_say_how_somebody_leaves(windows: Windows) -> None:
    computer = WindowsComputer(windows)
    found = heard(computer)
    computer.heard(WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK, 1)
    computer.heard(WM_WTSSESSION_CHANGE, 0x2, 1)
    computer.heard(WM_WTSSESSION_CHANGE, 0x4, 1)
    computer.heard(WM_WTSSESSION_CHANGE, 0x8, 1)  # unlocked
    computer.heard(WM_POWERBROADCAST, PBT_APMSUSPEND, 0)
    computer.heard(WM_POWERBROADCAST, 0x12, 0)  # resumed
    assert found == ["screen", "user", "user", "sleep"]
    computer.close()


def test_windows_tells_first_how_the_lid_stands_and_then_that_it_closed(windows: Windows) -> None:
    computer = WindowsComputer(windows)
    found = heard(computer)
    computer.heard(WM_POWERBROADCAST, PBT_POWERSETTINGCHANGE, 64)
    assert found == [], "docked with a closed lid from the start"
    windows.setting = (LID_SWITCH, 1)
    computer.heard(WM_POWERBROADCAST, PBT_POWERSETTINGCHANGE, 64)
    windows.setting = (uuid.UUID(int=5), 0)
    computer.heard(WM_POWERBROADCAST, PBT_POWERSETTINGCHANGE, 64)
    assert found == []
    windows.setting = (LID_SWITCH, 0)
    computer.heard(WM_POWERBROADCAST, PBT_POWERSETTINGCHANGE, 64)
    assert found == ["lid"]
    computer.close()


def test_a_message_as_windows_lays_it_out_is_read(windows: Windows) -> None:
    computer = WindowsComputer(windows)
    found = heard(computer)
    message = wintypes.MSG()
    message.message, message.wParam = WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK
    taken = computer._filter.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(message))
    assert found == ["screen"]
    assert taken == (False, 0)
    assert computer._filter.nativeEventFilter(b"xcb_generic_event_t", 0) == (False, 0)
    computer.close()


def test_windows_counts_since_the_last_input_of_any_program_also_when_its_count_starts_anew(
    windows: Windows,
) -> None:
    computer = WindowsComputer(windows)
    assert computer.idle_seconds() == 3.0
    windows.now, windows.last = 500, 2**32 - 1_500
    assert computer.idle_seconds() == 2.0
    computer.close()


def test_windows_says_only_what_it_took(windows: Windows, qtbot: QtBot) -> None:
    computer = WindowsComputer(windows)
    assert computer.tells() == {Leaving.SLEEP}
    window = QWidget()
    qtbot.addWidget(window)
    computer.watch(window)
    assert computer.tells() == frozenset(Leaving)
    computer.close()
    assert windows.listening == []


def test_an_older_windows_blackens_the_window_where_it_cannot_leave_it_out(
    windows: Windows, qtbot: QtBot
) -> None:
    computer, window = WindowsComputer(windows), QWidget()
    qtbot.addWidget(window)
    assert computer.hide_window(window, True)
    windows.takes = {WDA_MONITOR, WDA_NONE}
    assert computer.hide_window(window, True)
    assert computer.hide_window(window, False)
    assert windows.asked == [WDA_EXCLUDEFROMCAPTURE, WDA_EXCLUDEFROMCAPTURE, WDA_MONITOR, WDA_NONE]
    windows.takes = set()
    assert not computer.hide_window(window, True)
    computer.close()


# --- macOS ----------------------------------------------------------------------------------------------------


class Mac:
    """What macOS would answer."""

    def __init__(self) -> None:
        self.allowed: list[int] = []
        self.console: bool | None = True
        self.sharing: list[int] = []
        self.deaf = False

    def listen(self, screen_locked: Callable[[], None], power: Callable[[int, int], None]) -> None:
        self.screen_locked, self.power = screen_locked, power

    def allow_sleep(self, number: int) -> None:
        self.allowed.append(number)

    def deafen(self) -> None:
        self.deaf = True

    def on_console(self) -> bool | None:
        return self.console

    def idle_seconds(self) -> float:
        return 4.5

    def set_sharing(self, view: int, sharing: int) -> bool:
        self.sharing.append(sharing)
        return True


@pytest.fixture
def mac(qtbot: QtBot) -> Mac:
    return Mac()


def test_a_mac_waits_with_its_sleep_until_it_is_told(mac: Mac) -> None:
    computer = MacComputer(mac)
    found = heard(computer)
    mac.power(CAN_SLEEP, 7)
    assert (mac.allowed, found) == ([7], [])
    mac.power(WILL_SLEEP, 8)
    assert (mac.allowed, found) == ([7], ["sleep"])
    computer.may_sleep()
    computer.may_sleep()
    assert mac.allowed == [7, 8]
    computer.close()
    assert mac.deaf


def test_a_mac_tells_of_the_locked_screen_and_of_another_user_once(mac: Mac) -> None:
    computer = MacComputer(mac)
    found = heard(computer)
    mac.screen_locked()
    mac.console = False
    computer.look()
    computer.look()
    mac.console = None
    computer.look()
    mac.console = False
    computer.look()
    assert found == ["screen", "user", "user"]
    assert computer.idle_seconds() == 4.5
    computer.close()


def test_a_mac_keeps_a_window_to_itself_and_shares_it_again(mac: Mac, qtbot: QtBot) -> None:
    computer, window = MacComputer(mac), QWidget()
    qtbot.addWidget(window)
    computer.hide_window(window, True)
    computer.hide_window(window, False)
    assert mac.sharing == [0, 1]
    computer.close()
