"""A computer that tells what a test lets it tell."""

from PySide6.QtWidgets import QWidget

from csa_desk.ui.shell.computer import Computer, Leaving


class ToldComputer(Computer):
    """Tells of everything; remembers what was asked of it."""

    tells_idle = True
    can_hide_windows = True

    def __init__(self) -> None:
        super().__init__()
        self.idle: float | None = None
        self.sleeps = 0
        self.closed = False
        self.hidden: dict[str, bool] = {}

    def tells(self) -> frozenset[Leaving]:
        """All of it."""
        return frozenset(Leaving)

    def idle_seconds(self) -> float | None:
        """As the test says."""
        return self.idle

    def may_sleep(self) -> None:
        """Counted."""
        self.sleeps += 1

    def hide_window(self, window: QWidget, on: bool) -> bool:
        """Remembered by the window's class."""
        self.hidden[type(window).__name__] = on
        return True

    def close(self) -> None:
        """Remembered."""
        self.closed = True
