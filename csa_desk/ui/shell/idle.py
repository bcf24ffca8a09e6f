"""Nobody at the keyboard: a last visible minute, then the lock.

This version counts keys, clicks and movements inside the program; the whole computer's idle time comes with the
vault issue, behind the same signals.
"""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

_WAKES = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.InputMethod,
)
LAST_SECONDS = 60


class IdleWatch(QObject):
    """Counts whole seconds without input."""

    last_seconds = Signal(int)  # seconds left, in the last minute; 0 when somebody came back
    idle = Signal()

    def __init__(self, minutes: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._limit = minutes * 60
        self._passed = 0
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
        self._passed = 0
        if self._warned:
            self._warned = False
            self.last_seconds.emit(0)

    def tick(self) -> None:
        """A second has passed."""
        self._passed += 1
        left = self._limit - self._passed
        if left <= 0:
            self._timer.stop()
            self.idle.emit()
        elif left <= LAST_SECONDS:
            self._warned = True
            self.last_seconds.emit(left)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See every input of the program; take nothing away."""
        if event.type() in _WAKES:
            self.wake()
        return super().eventFilter(watched, event)
