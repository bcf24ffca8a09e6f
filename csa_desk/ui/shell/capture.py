"""Live vaults are kept out of screenshots and shared screens, where the system can do that (design §9)."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from csa_desk.ui.shell.computer import Computer

LOOK_MS = 200


class CaptureGuard(QObject):
    """Hides every window of the program: lists that drop down and tips are windows of their own.

    They are looked for by the clock, because a filter on every event of the program would cost each page.
    """

    def __init__(self, computer: Computer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._computer = computer
        self._on = False
        self._done: list[tuple[QWidget, int]] = []
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    @property
    def on(self) -> bool:
        """Whether windows are hidden now."""
        return self._on

    def set_on(self, on: bool) -> None:
        """Hide windows from now on, or show them all again."""
        on = on and self._computer.can_hide_windows
        if on == self._on:
            return
        self._on = on
        if on:
            self.look()
            self._timer.start()
        else:
            self._timer.stop()
            for window, _ in self._standing():
                self._computer.hide_window(window, False)
            self._done.clear()

    def look(self) -> None:
        """Hide what has opened since; a window made anew by the system is hidden anew."""
        self._done = self._standing()
        for window in QApplication.topLevelWidgets():
            if window.isVisible() and (window, int(window.winId())) not in self._done:
                self._computer.hide_window(window, True)
                self._done.append((window, int(window.winId())))

    def _standing(self) -> list[tuple[QWidget, int]]:
        return [(window, number) for window, number in self._done if isValid(window)]
