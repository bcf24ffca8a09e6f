"""Working the window by key events alone: where the focus is, what it is called, what is typed."""

from functools import partial

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from csa_desk.ui.widgets.form import Field

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
MOST_STOPS = 300


def _seen(window: QWidget) -> None:
    here = QApplication.focusWidget()
    if here is None:
        return
    whole = here.rect()
    if isinstance(here, QPlainTextEdit) and here.height() > window.height() // 2:
        whole = here.cursorRect()
    hidden = covered(here, whole)
    assert not hidden, f"{here.accessibleName()!r} ({type(here).__name__}) has the focus, but {hidden}"
    question, room = _question(here)
    if question is not None and room:
        hidden = covered(question.label, question.label.rect())
        assert not hidden, f"the question {question.label.words!r} cannot be seen: {hidden}"


def _question(widget: QWidget) -> tuple[Field | None, bool]:
    """The field a widget is in, and whether its label has room with it where the page scrolls."""
    field: Field | None = None
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        field = above if isinstance(above, Field) else field
        above = above.parentWidget()
    if field is None or not field.label.isVisible() or above is None:
        return None, False
    bottom = widget.mapTo(field, QPoint(0, widget.height())).y()
    return field, bottom <= above.viewport().height()


def covered(widget: QWidget, part: QRect) -> str:
    """What of a part of a widget cannot be seen, in words; empty where all of it is in sight."""
    above: QWidget | None = widget
    while above is not None:
        where = QRect(widget.mapTo(above, part.topLeft()), part.size())
        if not above.rect().contains(where):
            return f"{where} reaches out of {type(above).__name__} {above.rect()}"
        above = None if above.isWindow() else above.parentWidget()
    return ""


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
        self.look()

    def type(self, text: str) -> None:
        """Letters, one by one."""
        for letter in text:
            QTest.keyClick(self.focus, letter)
        QApplication.sendPostedEvents()
        self.look()

    def look(self) -> None:
        """What has the focus must be seen whole, once the page has scrolled to it: after every key."""
        here = QApplication.focusWidget()
        if here is not None and isValid(self.window) and self.window.isAncestorOf(here):
            self.qtbot.waitUntil(partial(_seen, self.window), timeout=2_000)

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
