"""macOS: distributed notifications, the power root, the session's dictionary; all of them C, by ctypes.

What is made of the answers is here and tested; the calls themselves are in :class:`MacCalls` and were never run
(docs/not-run.md).
"""

import ctypes
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from csa_desk.ui.shell.computer import Computer, Leaving

CAN_SLEEP, WILL_SLEEP = 0xE0000270, 0xE0000280
LOOK_MS = 2000
NOT_SHARED, SHARED_READ_ONLY = 0, 1


class Calls(Protocol):
    """What is asked of macOS."""

    def listen(self, screen_locked: Callable[[], None], power: Callable[[int, int], None]) -> None:
        """Hear of the locked screen, and of sleep with a number to answer it by."""

    def allow_sleep(self, number: int) -> None:
        """Answer that the computer may sleep."""

    def deafen(self) -> None:
        """Hear no longer."""

    def on_console(self) -> bool | None:
        """Whether this user's session is the one on the screen; ``None`` where it is not told."""

    def idle_seconds(self) -> float:
        """Seconds since the last input of any program."""

    def set_sharing(self, view: int, sharing: int) -> bool:
        """Who may see the window of a view; whether there is such a window."""


class MacComputer(Computer):
    """Locked screen, sleep (also by the lid), another user."""

    can_hide_windows = True
    tells_idle = True

    def __init__(self, calls: Calls, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._calls = calls
        self._sleep: int | None = None
        self._was_on_console = True
        calls.listen(self._screen_locked, self._power)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def _screen_locked(self) -> None:
        self.left.emit(Leaving.SCREEN)

    def _power(self, kind: int, number: int) -> None:
        if kind == CAN_SLEEP:
            self._calls.allow_sleep(number)
        elif kind == WILL_SLEEP:
            # The computer waits up to half a minute for the answer, which replacing the process gives as well.
            self._sleep = number
            self.left.emit(Leaving.SLEEP)

    def look(self) -> None:
        """Whether somebody else has the screen: of this nothing is told unasked."""
        here = self._calls.on_console()
        if here is False and self._was_on_console:
            self.left.emit(Leaving.USER)
        self._was_on_console = here is not False

    def may_sleep(self) -> None:
        """Answer the sleep that waits."""
        if self._sleep is not None:
            number, self._sleep = self._sleep, None
            self._calls.allow_sleep(number)

    def tells(self) -> frozenset[Leaving]:
        """A closed lid is a sleep here, or no leaving where a screen is plugged in."""
        return frozenset({Leaving.SCREEN, Leaving.SLEEP, Leaving.USER})

    def idle_seconds(self) -> float | None:
        """Since the last input of any program."""
        return self._calls.idle_seconds()

    def hide_window(self, window: QWidget, on: bool) -> bool:
        """By the sharing of its window."""
        return self._calls.set_sharing(int(window.winId()), NOT_SHARED if on else SHARED_READ_ONLY)

    def close(self) -> None:
        """Listen no longer."""
        self._timer.stop()
        self.may_sleep()
        self._calls.deafen()


_UTF8 = 0x08000100
_DELIVER_AT_ONCE = 4
_ANY_INPUT = 0xFFFFFFFF
_HARDWARE = 1
_Notified = ctypes.CFUNCTYPE(
    None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p
)
_Powered = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_uint32, ctypes.c_uint32, ctypes.c_void_p)
_FRAMEWORKS = "/System/Library/Frameworks/{0}.framework/{0}"


class MacCalls:
    """The calls themselves, by ctypes; the run loop that Qt runs on macOS delivers what is heard."""

    def __init__(self) -> None:
        self._core = ctypes.CDLL(_FRAMEWORKS.format("CoreFoundation"))
        self._graphics = ctypes.CDLL(_FRAMEWORKS.format("CoreGraphics"))
        self._kit = ctypes.CDLL(_FRAMEWORKS.format("IOKit"))
        self._objects = ctypes.CDLL("/usr/lib/libobjc.A.dylib")
        whole, core = ctypes.c_void_p, self._core
        core.CFStringCreateWithCString.restype = whole
        core.CFStringCreateWithCString.argtypes = (whole, ctypes.c_char_p, ctypes.c_uint32)
        core.CFNotificationCenterGetDistributedCenter.restype = whole
        core.CFNotificationCenterAddObserver.argtypes = (whole, whole, _Notified, whole, whole, ctypes.c_long)
        core.CFNotificationCenterRemoveEveryObserver.argtypes = (whole, whole)
        core.CFRunLoopGetMain.restype = whole
        core.CFRunLoopAddSource.argtypes = (whole, whole, whole)
        core.CFDictionaryGetValue.restype = whole
        core.CFDictionaryGetValue.argtypes = (whole, whole)
        core.CFBooleanGetValue.argtypes = (whole,)
        core.CFRelease.argtypes = (whole,)
        self._graphics.CGEventSourceSecondsSinceLastEventType.restype = ctypes.c_double
        self._graphics.CGEventSourceSecondsSinceLastEventType.argtypes = (ctypes.c_int32, ctypes.c_uint32)
        self._graphics.CGSessionCopyCurrentDictionary.restype = whole
        kit = self._kit
        kit.IORegisterForSystemPower.restype = ctypes.c_uint32
        kit.IORegisterForSystemPower.argtypes = (
            whole,
            ctypes.POINTER(whole),
            _Powered,
            ctypes.POINTER(ctypes.c_uint32),
        )
        kit.IONotificationPortGetRunLoopSource.restype = whole
        kit.IONotificationPortGetRunLoopSource.argtypes = (whole,)
        kit.IOAllowPowerChange.argtypes = (ctypes.c_uint32, ctypes.c_long)
        kit.IODeregisterForSystemPower.argtypes = (ctypes.POINTER(ctypes.c_uint32),)
        self._objects.sel_registerName.restype = whole
        self._objects.sel_registerName.argtypes = (ctypes.c_char_p,)
        self._root = 0
        self._notifier = ctypes.c_uint32(0)
        self._kept: list[object] = []

    def _words(self, text: str) -> int | None:
        found: int | None = self._core.CFStringCreateWithCString(None, text.encode(), _UTF8)
        return found

    def listen(self, screen_locked: Callable[[], None], power: Callable[[int, int], None]) -> None:
        """CFNotificationCenter for the screen, IORegisterForSystemPower for sleep."""

        def notified(*_: object) -> None:
            screen_locked()

        def powered(_context: object, _service: int, kind: int, number: int | None) -> None:
            power(kind, number or 0)

        heard, told = _Notified(notified), _Powered(powered)
        port = ctypes.c_void_p()
        # Kept: macOS calls them as long as the program runs.
        self._kept += [heard, told, port]
        centre = self._core.CFNotificationCenterGetDistributedCenter()
        name = self._words("com.apple.screenIsLocked")
        self._core.CFNotificationCenterAddObserver(centre, id(self), heard, name, None, _DELIVER_AT_ONCE)
        self._root = self._kit.IORegisterForSystemPower(
            None, ctypes.byref(port), told, ctypes.byref(self._notifier)
        )
        if self._root:
            modes = ctypes.c_void_p.in_dll(self._core, "kCFRunLoopCommonModes")
            source = self._kit.IONotificationPortGetRunLoopSource(port)
            self._core.CFRunLoopAddSource(self._core.CFRunLoopGetMain(), source, modes)

    def allow_sleep(self, number: int) -> None:
        """IOAllowPowerChange."""
        if self._root:
            self._kit.IOAllowPowerChange(self._root, number)

    def deafen(self) -> None:
        """Both again."""
        centre = self._core.CFNotificationCenterGetDistributedCenter()
        self._core.CFNotificationCenterRemoveEveryObserver(centre, id(self))
        if self._root:
            self._kit.IODeregisterForSystemPower(ctypes.byref(self._notifier))
            self._root = 0

    def on_console(self) -> bool | None:
        """CGSessionCopyCurrentDictionary."""
        session = self._graphics.CGSessionCopyCurrentDictionary()
        if not session:
            return None
        name = self._words("kCGSSessionOnConsoleKey")
        found = self._core.CFDictionaryGetValue(session, name)
        here = bool(self._core.CFBooleanGetValue(found)) if found else None
        for done in (name, session):
            self._core.CFRelease(done)
        return here

    def idle_seconds(self) -> float:
        """CGEventSourceSecondsSinceLastEventType over every kind of input."""
        return float(self._graphics.CGEventSourceSecondsSinceLastEventType(_HARDWARE, _ANY_INPUT))

    def set_sharing(self, view: int, sharing: int) -> bool:
        """``[[view window] setSharingType: sharing]``."""
        send = self._objects.objc_msgSend
        asks = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)
        sets = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong)
        address = ctypes.cast(send, ctypes.c_void_p).value or 0
        window = asks(address)(view, self._objects.sel_registerName(b"window"))
        if not window:
            return False
        sets(address)(window, self._objects.sel_registerName(b"setSharingType:"), sharing)
        return True
