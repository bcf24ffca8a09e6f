"""Nobody at the computer: a last visible minute, then the lock.

The whole computer's idle time counts where the system tells it; elsewhere the keys, clicks and movements inside the
program do.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from csa_desk.ui.shell.computer import Computer

_WAKES = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.InputMethod,
)
LAST_SECONDS = 60


def since_start() -> float:
    """Seconds that go on while the computer sleeps, where the system has such a clock."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)


class IdleWatch(QObject):
    """Looks each second how long nobody was there. After a sleep it sees the time that was slept."""

    last_seconds = Signal(int)  # seconds left, in the last minute; 0 when somebody came back
    idle = Signal()

    def __init__(
        self,
        minutes: int,
        computer: Computer,
        parent: QObject | None = None,
        *,
        clock: Callable[[], float] = since_start,
    ) -> None:
        super().__init__(parent)
        self._limit = minutes * 60
        self._computer = computer
        self._clock = clock
        self._since = clock()
        self._warned = False
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.tick)
        self._timer.start()

    def set_minutes(self, minutes: int) -> None:
        """Change the limit."""
        self._limit = minutes * 60
        self.wake()

    def wake(self) -> None:
        """Somebody is there."""
        self._since = self._clock()
        if self._warned:
            self._warned = False
            self.last_seconds.emit(0)

    def rest(self) -> None:
        """Look no longer."""
        self._timer.stop()

    def resume(self) -> None:
        """Look again, from now on."""
        self.wake()
        self._timer.start()

    def tick(self) -> None:
        """Look."""
        passed = self._clock() - self._since
        told = self._computer.idle_seconds()
        if told is not None:
            passed = min(passed, told)
        left = round(self._limit - passed)
        if left <= 0:
            self.rest()
            self.idle.emit()
        elif left <= LAST_SECONDS:
            self._warned = True
            self.last_seconds.emit(left)
        elif self._warned:
            self._warned = False
            self.last_seconds.emit(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See every input of the program; take nothing away."""
        if event.type() in _WAKES:
            self.wake()
        return super().eventFilter(watched, event)
