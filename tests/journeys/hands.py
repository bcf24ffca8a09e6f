"""Working the window by key events alone: where the focus is, what it is called, what is typed."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
MOST_STOPS = 300


class Hands:
    """Two hands on a keyboard."""

    def __init__(self, window: QWidget, qtbot: QtBot) -> None:
        self.window = window
        self.qtbot = qtbot

    @property
    def focus(self) -> QWidget:
        """What has the focus."""
        widget = QApplication.focusWidget()
        assert widget is not None, "nothing has the focus"
        return widget

    @property
    def name(self) -> str:
        """What a screen reader calls it."""
        return self.focus.accessibleName()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key."""
        QTest.keyClick(self.focus, key, modifier)
        QApplication.sendPostedEvents()

    def type(self, text: str) -> None:
        """Letters, one by one."""
        for letter in text:
            QTest.keyClick(self.focus, letter)
        QApplication.sendPostedEvents()

    def tab_to(self, name: str, *, back: bool = False) -> None:
        """Tab until what has the focus is called so, or begins so."""
        met = []
        for _ in range(MOST_STOPS):
            if self.name.startswith(name):
                return
            met.append(self.name)
            self.key(Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab)
        raise AssertionError(f"no tab stop is called {name!r}; met {met[:60]}")

    def fill(self, name: str, text: str) -> None:
        """Tab to a field and type."""
        self.tab_to(name)
        self.type(text)

    def press(self, name: str) -> None:
        """Tab to a button, link, row or option and press Space."""
        self.tab_to(name)
        self.key(Qt.Key.Key_Space)
