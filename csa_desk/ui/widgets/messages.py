"""Messages of a page.

ErrorSummary()          .show_problems([(key, sentence), ...])  takes the focus; empty hides; .asked(str key)
Toast(parent)           .say(words, undo="Undo")  bottom left of the parent, 8 s or until the focus leaves it;
                        .undone  .close_now()     only for what can be undone
Saved()                 the mark at the top right: .set_saved("10:42")  .set_draft()  .set_failed(words)
                        .keep_place()     takes its room before there is anything to say
Empty(title, about, icon)   an empty place: what it is for; .add(widget) for its button and other ways in
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QPainter,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from csa_desk.ui.look import look, px, type_metrics
from csa_desk.ui.widgets.buttons import LinkButton
from csa_desk.ui.widgets.marks import IconMark
from csa_desk.ui.widgets.paint import box
from csa_desk.ui.widgets.text import Words

_TOAST_STAYS = 8000


def announce(widget: QWidget, words: str) -> None:
    """Have a screen reader say it when it is next silent."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))


class ErrorSummary(QFrame):
    """What is wrong with a form that is sent at once; each line goes to its field."""

    asked = Signal(str)
    ring_gap = 7

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("box", "error")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(14))
        column.setSpacing(px(8))
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(IconMark("warning-circle", "danger", 24, "bold"))
        row.addWidget(Words("There is a problem", "h2"), 1)
        column.addLayout(row)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        column.addLayout(self._lines)
        self.hide()

    def show_problems(self, problems: Sequence[tuple[str, str]]) -> None:
        """Show these lines and take the focus; with none, go away."""
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for key, sentence in problems:
            line = LinkButton(sentence, "strong", "danger")
            line.setProperty("fieldKey", key)
            line.clicked.connect(self._go)
            self._lines.addWidget(line)
        sentences = ". ".join(sentence for _, sentence in problems)
        self.setAccessibleName(f"There is a problem. {sentences}")
        self.setVisible(bool(problems))
        if problems:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self) -> None:
        line = self.sender()
        if isinstance(line, LinkButton):
            self.asked.emit(str(line.property("fieldKey")))


class Toast(QFrame):
    """A line at the bottom left that something was done and can be undone."""

    undone = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(20), px(4), px(20), px(4))
        row.setSpacing(px(14))
        row.addWidget(IconMark("check-circle", "on_toast", 22, "fill"))
        self._words = Words("", "body", "on_toast", wrap=False)
        row.addWidget(self._words, 1)
        self._undo = LinkButton("Undo", "strong", "on_toast")
        self._undo.clicked.connect(self._undone)
        row.addWidget(self._undo)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TOAST_STAYS)
        self._timer.timeout.connect(self.close_now)
        parent.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        self.hide()

    def say(self, words: str, undo: str = "Undo") -> None:
        """Show it for eight seconds, and have it read politely."""
        self._words.set_words(words)
        self._undo.set_words(undo)
        self._undo.setVisible(bool(undo))
        self.setAccessibleName(words)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        announce(self, f"{words}. {undo}" if undo else words)

    def close_now(self) -> None:
        """Take it away."""
        self._timer.stop()
        self.hide()

    def _undone(self) -> None:
        self.close_now()
        self.undone.emit()

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        # Someone who reached it with the keyboard is not hurried; leaving it ends it.
        if old is self._undo and new is not self._undo:
            self.close_now()
        elif new is self._undo:
            self._timer.stop()

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        self._words.ensurePolished()
        self.adjustSize()
        size = self.sizeHint().boundedTo(QSize(parent.width() - 2 * px(16), parent.height()))
        self.resize(size.expandedTo(QSize(0, px(44))))
        self.move(px(36), parent.height() - self.height() - px(24))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom left when the page changes its size."""
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        """Measure again, now that the words have their type."""
        super().showEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dark ground."""
        painter = QPainter(self)
        box(painter, self.rect(), px(8), "toast", "line_strong" if look().scheme == "contrast" else "", 2)
        painter.end()


class Saved(QWidget):
    """The quiet mark at the top right: nothing to save, nothing to lose."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(6))
        self._icon = IconMark("check", "ok", 16, "bold")
        self._words = Words("", "small", "muted", wrap=False)
        row.addWidget(self._icon)
        row.addWidget(self._words)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.hide()

    def keep_place(self) -> None:
        """Take its room from the beginning, so that nothing moves when it appears."""
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        usual = type_metrics("small").horizontalAdvance("Saved 00:00")
        self._words.setMinimumWidth(usual + px(2))

    def _set(self, icon: str, token: str, words: str, tone: str) -> None:
        self._icon.set_icon(icon, token)
        self._words.set_words(words)
        self._words.set_tone(tone)
        self.setAccessibleName(words)
        self.show()

    def set_saved(self, time: str) -> None:
        """Everything is saved; ``time`` as *10:42*."""
        self._set("check", "ok", f"Saved {time}", "muted")

    def set_draft(self) -> None:
        """Something is half written and kept."""
        self._set("pencil-simple", "muted", "Draft kept", "muted")

    def set_failed(self, words: str) -> None:
        """Something could not be written; say what to do."""
        self._set("warning", "warn", words, "warn")


class Empty(QFrame):
    """An empty place says what it is for, and offers the way on."""

    def __init__(self, title: str, about: str, icon: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(px(36), px(36), px(36), px(36))
        self.body.setSpacing(px(12))
        centre = Qt.AlignmentFlag.AlignHCenter
        if icon:
            self.body.addWidget(IconMark(icon, "primary", 48), 0, centre)
        for words, role, tone in ((title, "h2", "text"), (about, "body", "muted")):
            if words:
                label = Words(words, role, tone)
                label.setAlignment(centre)
                self.body.addWidget(label)

    def add(self, widget: QWidget) -> None:
        """Put a button or a link in the middle below."""
        self.body.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
