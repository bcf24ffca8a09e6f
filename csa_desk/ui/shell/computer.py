"""The computer the program runs on: whether anybody uses it, and when they leave it (design §9).

One seam for every system. The window listens to :attr:`Computer.left` and asks :meth:`Computer.idle_seconds`; what
stands behind is chosen by :func:`this_computer`. A computer that tells nothing is the class itself: the program then
counts its own keys and clicks.
"""

import sys
from enum import StrEnum

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget


class Leaving(StrEnum):
    """How somebody leaves the computer. The value is also the reason a lock gives."""

    SCREEN = "screen"
    SLEEP = "sleep"
    LID = "lid"
    USER = "user"


class Computer(QObject):
    """A computer that tells nothing, and what every other one can do."""

    left = Signal(str)  # a Leaving: lock now

    tells_idle = False
    """Whether the time without input on the whole computer is told now."""
    can_hide_windows = False
    """Whether windows can be kept out of screenshots and shared screens."""

    def watch(self, window: QWidget) -> None:
        """The program's window, for systems that tell a window."""

    def tells(self) -> frozenset[Leaving]:
        """What of leaving is told on this computer."""
        return frozenset()

    def idle_seconds(self) -> float | None:
        """Seconds without input on the whole computer; ``None`` where it does not tell."""
        return None

    def may_sleep(self) -> None:
        """Everything is covered and kept: a computer that waits with its sleep need not wait longer."""

    def hide_window(self, window: QWidget, on: bool) -> bool:
        """Keep a window out of screenshots and shared screens, or not; whether the system took it."""
        return False

    def close(self) -> None:
        """Listen no longer."""


def this_computer() -> Computer:
    """What this system tells. Never raises: where something is missing, less is told."""
    if sys.platform == "win32":
        from csa_desk.ui.shell.computer_windows import WindowsCalls, WindowsComputer

        return WindowsComputer(WindowsCalls())
    if sys.platform == "darwin":
        from csa_desk.ui.shell.computer_macos import MacCalls, MacComputer

        return MacComputer(MacCalls())
    from csa_desk.ui.shell.computer_linux import LinuxComputer

    return LinuxComputer()
