"""Windows: session and power messages to the window, the time of the last input, exclusion from capture.

What the messages mean is here and tested; the calls themselves are in :class:`WindowsCalls` and were never run
(docs/not-run.md).
"""

import ctypes
import sys
import uuid
from ctypes import wintypes
from typing import Any, Protocol

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from csa_desk.ui.shell.computer import Computer, Leaving

WM_POWERBROADCAST, WM_WTSSESSION_CHANGE = 0x0218, 0x02B1
PBT_APMSUSPEND, PBT_POWERSETTINGCHANGE = 0x0004, 0x8013
WTS_CONSOLE_DISCONNECT, WTS_REMOTE_DISCONNECT, WTS_SESSION_LOCK = 0x2, 0x4, 0x7
LID_SWITCH = uuid.UUID("ba3e0f4d-b817-4094-a2d1-d56379e6a0f3")
WDA_NONE, WDA_MONITOR, WDA_EXCLUDEFROMCAPTURE = 0x0, 0x1, 0x11
_SESSION = {
    WTS_SESSION_LOCK: Leaving.SCREEN,
    WTS_CONSOLE_DISCONNECT: Leaving.USER,
    WTS_REMOTE_DISCONNECT: Leaving.USER,
}


class Calls(Protocol):
    """What is asked of Windows."""

    def ticks(self) -> int:
        """Milliseconds since the start of Windows, 32 bits."""

    def last_input(self) -> int | None:
        """The same count at the last input of any program."""

    def listen(self, window: int) -> bool:
        """Have session and lid messages sent to a window."""

    def deafen(self, window: int) -> None:
        """Have them sent no longer."""

    def power_setting(self, address: int) -> tuple[uuid.UUID, int]:
        """What a power message points to: which setting, and its value."""

    def set_affinity(self, window: int, affinity: int) -> bool:
        """Who may see a window; whether Windows took it."""


class WindowsComputer(Computer):
    """Reads the messages that Windows sends to the program's window."""

    can_hide_windows = True
    tells_idle = True

    def __init__(self, calls: Calls, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._calls = calls
        self._window = 0
        self._lid_known = False
        self._listening = False
        self._filter = _Filter(self)
        app = QCoreApplication.instance()
        if app is not None:
            app.installNativeEventFilter(self._filter)

    def watch(self, window: QWidget) -> None:
        """Ask for the messages of this window."""
        self._window = int(window.winId())
        self._listening = self._calls.listen(self._window)

    def heard(self, message: int, what: int, more: int) -> None:
        """A message of Windows: its number, ``wParam`` and ``lParam``."""
        if message == WM_WTSSESSION_CHANGE and what in _SESSION:
            self.left.emit(_SESSION[what])
        elif message == WM_POWERBROADCAST and what == PBT_APMSUSPEND:
            self.left.emit(Leaving.SLEEP)
        elif message == WM_POWERBROADCAST and what == PBT_POWERSETTINGCHANGE:
            setting, value = self._calls.power_setting(more)
            if setting == LID_SWITCH:
                # The first one only tells how the lid stands.
                if self._lid_known and value == 0:
                    self.left.emit(Leaving.LID)
                self._lid_known = True

    def tells(self) -> frozenset[Leaving]:
        """Sleep is told to every window; the rest once Windows was asked for it."""
        return frozenset(Leaving) if self._listening else frozenset({Leaving.SLEEP})

    def idle_seconds(self) -> float | None:
        """Since the last input of any program; the count of Windows starts anew every 49 days."""
        last = self._calls.last_input()
        return None if last is None else ((self._calls.ticks() - last) % 2**32) / 1000

    def hide_window(self, window: QWidget, on: bool) -> bool:
        """Windows before 10 (2004) only knows a black picture in place of the window."""
        number = int(window.winId())
        if not on:
            return self._calls.set_affinity(number, WDA_NONE)
        wanted = (WDA_EXCLUDEFROMCAPTURE, WDA_MONITOR)
        return any(self._calls.set_affinity(number, affinity) for affinity in wanted)

    def close(self) -> None:
        """Listen no longer."""
        app = QCoreApplication.instance()
        if app is not None:
            app.removeNativeEventFilter(self._filter)
        if self._listening:
            self._calls.deafen(self._window)
            self._listening = False


class _Filter(QAbstractNativeEventFilter):
    """Sees every message of the program and takes none away."""

    def __init__(self, computer: WindowsComputer) -> None:
        super().__init__()
        self._computer = computer

    def nativeEventFilter(self, kind: QByteArray | bytes, message: int) -> object:  # type: ignore[override]
        """Hand the two that count on."""
        if bytes(kind) == b"windows_generic_MSG":  # type: ignore[arg-type]
            found = wintypes.MSG.from_address(int(message))
            if found.message in (WM_POWERBROADCAST, WM_WTSSESSION_CHANGE):
                self._computer.heard(found.message, int(found.wParam or 0), int(found.lParam or 0))
        return False, 0


class _LastInput(ctypes.Structure):
    _fields_ = (("size", wintypes.UINT), ("time", wintypes.DWORD))


def _library(name: str) -> Any:
    """A library of Windows. Raises ``OSError`` on any other system."""
    if sys.platform == "win32":
        return ctypes.WinDLL(name)
    raise OSError(f"{name} is a library of Windows")


class WindowsCalls:
    """The calls themselves, by ctypes."""

    def __init__(self) -> None:
        self._lid: int | None = None
        self._user, self._kernel, self._sessions = (
            _library("user32"),
            _library("kernel32"),
            _library("wtsapi32"),
        )
        handle, number = wintypes.HANDLE, wintypes.DWORD
        self._user.RegisterPowerSettingNotification.restype = handle
        self._user.RegisterPowerSettingNotification.argtypes = (handle, ctypes.c_void_p, number)
        self._user.UnregisterPowerSettingNotification.argtypes = (handle,)
        self._user.SetWindowDisplayAffinity.argtypes = (wintypes.HWND, number)
        self._kernel.GetTickCount.restype = number
        self._sessions.WTSRegisterSessionNotification.argtypes = (wintypes.HWND, number)
        self._sessions.WTSUnRegisterSessionNotification.argtypes = (wintypes.HWND,)

    def ticks(self) -> int:
        """GetTickCount."""
        return int(self._kernel.GetTickCount())

    def last_input(self) -> int | None:
        """GetLastInputInfo."""
        found = _LastInput(ctypes.sizeof(_LastInput), 0)
        return int(found.time) if self._user.GetLastInputInfo(ctypes.byref(found)) else None

    def listen(self, window: int) -> bool:
        """WTSRegisterSessionNotification for this session, and the lid switch."""
        wanted = ctypes.create_string_buffer(LID_SWITCH.bytes_le, 16)
        self._lid = self._user.RegisterPowerSettingNotification(window, wanted, 0)
        return bool(self._sessions.WTSRegisterSessionNotification(window, 0))

    def deafen(self, window: int) -> None:
        """Both again."""
        self._sessions.WTSUnRegisterSessionNotification(window)
        if self._lid:
            self._user.UnregisterPowerSettingNotification(self._lid)

    def power_setting(self, address: int) -> tuple[uuid.UUID, int]:
        """POWERBROADCAST_SETTING: a GUID, the length of the data, the data."""
        raw = ctypes.string_at(address, 24)
        return uuid.UUID(bytes_le=raw[:16]), int.from_bytes(raw[20:24], "little")

    def set_affinity(self, window: int, affinity: int) -> bool:
        """SetWindowDisplayAffinity."""
        return bool(self._user.SetWindowDisplayAffinity(window, affinity))
