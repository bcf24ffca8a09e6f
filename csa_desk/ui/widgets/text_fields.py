"""Inputs for words. All are plain text, private to input methods, and left by Tab.

    LineText(width="full", secret=False, figures=False)   value str; secret has a Show button
    GrowingText(lines=3)                                  value str; grows with its content, never scrolls itself
    PersonText(options)                                   value PersonChoice(key, name); free text has key ""
    PickOne(options)                                      value "" or a key; one of a long list, in a drop-down
    SearchLine()                                          a magnifying glass before the words
Widths: full, name (360), code (180), year (88), day (64).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from csa_desk.ui import icons
from csa_desk.ui.look import px, type_metrics
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.control import Control, keep_private

WIDTHS = {"full": 0, "name": 360, "code": 180, "year": 88, "day": 64}


@dataclass(frozen=True)
class PersonChoice:
    """A person or agency: the key of the list entry, or empty for a name that was typed."""

    key: str = ""
    name: str = ""


class LineText(Control):
    """One line of words; a secret one shows dots and has a button to look."""

    def __init__(self, width: str = "full", *, secret: bool = False, figures: bool = False) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        self.line = QLineEdit()
        self.line.setDragEnabled(False)
        keep_private(self.line)
        wide = WIDTHS[width]
        if wide:
            self.line.setMaximumWidth(px(wide))
            self.line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row.addWidget(self.line, 1000)
        self._figures = figures
        self._show: Button | None = None
        if secret:
            self.line.setEchoMode(QLineEdit.EchoMode.Password)
            self._show = Button("Show", icon="eye")
            self._show.clicked.connect(self._turn)
            row.addWidget(self._show)
        if wide:
            row.addStretch(1)
        self.line.textEdited.connect(self._edited)
        self.line.returnPressed.connect(self.chosen)

    def _edited(self, text: str) -> None:
        self.typed.emit(text, self.line.cursorPosition())

    def _turn(self) -> None:
        hidden = self.line.echoMode() == QLineEdit.EchoMode.Password
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        if self._show is not None:
            self._show.set_words("Hide" if hidden else "Show")
            self._show.set_icon("eye-slash" if hidden else "eye")

    def value(self) -> object:
        """The words without blanks at the ends; a secret is given exactly as typed."""
        return self.line.text() if self._show is not None else self.line.text().strip()

    def set_value(self, value: object) -> None:
        """Show words."""
        self.line.setText("" if value is None else str(value))

    def draft(self) -> tuple[str, int]:
        """The words as typed; a secret is never a draft."""
        return ("", 0) if self._show is not None else (self.line.text(), self.line.cursorPosition())

    def restore(self, text: str, cursor: int) -> None:
        """Put the words and the cursor back."""
        self.line.setText(text)
        self.line.setCursorPosition(cursor)

    def fault(self) -> str:
        """A number must be figures."""
        words = self.line.text().strip()
        if self._figures and words and not (words.isascii() and words.isdigit()):
            return "Use figures only, such as 12"
        return ""

    def stops(self) -> list[QWidget]:
        """The line, and the button of a secret."""
        return [self.line, *([self._show] if self._show is not None else [])]

    def name_stops(self, label: str, description: str) -> None:
        """The button keeps its own name."""
        self.line.setAccessibleName(label)
        self.line.setAccessibleDescription(description)
        if self._show is not None:
            self._show.setAccessibleDescription(label)

    def forget_typing(self) -> None:
        """Setting the text drops the history of a line."""
        cursor = self.line.cursorPosition()
        self.line.setText(self.line.text())
        self.line.setCursorPosition(cursor)


class _PlainEdit(QPlainTextEdit):
    """A text that is as high as its words and lets the page scroll."""

    left = Signal()

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._least = lines
        self._high = -1
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        keep_private(self)
        self.document().documentLayout().documentSizeChanged.connect(self._measure)
        self.cursorPositionChanged.connect(self._keep_in_sight)

    def sizeHint(self) -> QSize:
        """As high as the words, at least as high as the lines asked for."""
        lines = max(self._least, round(self.document().size().height()))
        line = type_metrics("body").lineSpacing()
        margins = round(2 * self.document().documentMargin())
        return QSize(px(360), lines * line + margins + 2 * px(6) + 2 * 2)

    def minimumSizeHint(self) -> QSize:
        """The same height; narrow where it must be."""
        return QSize(px(120), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrapping anew can need another height."""
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        high = self.sizeHint().height()
        if high != self._high:
            self._high = high
            self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the look changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page scrolls, not the field."""
        event.ignore()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Only words."""
        return source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste the words alone, without format and without control signs."""
        words = source.text().replace("\r\n", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
        self.insertPlainText("".join(sign for sign in words if sign == "\n" or sign == "\t" or sign >= " "))

    def _keep_in_sight(self) -> None:
        if not self.hasFocus():
            return
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        page = above.widget() if isinstance(above, QScrollArea) else None
        if isinstance(above, QScrollArea) and page is not None:
            spot: QPoint = self.viewport().mapTo(page, self.cursorRect().center())
            above.ensureVisible(spot.x(), spot.y(), 0, px(48))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that it was left."""
        super().focusOutEvent(event)
        self.left.emit()


class GrowingText(Control):
    """Several lines of words; Tab leaves."""

    def __init__(self, lines: int = 3) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.edit = _PlainEdit(lines)
        self._quiet = False
        column.addWidget(self.edit)
        self.edit.textChanged.connect(self._changed)

    def _changed(self) -> None:
        if not self._quiet:
            text, cursor = self.draft()
            self.typed.emit(text, cursor)

    def value(self) -> object:
        """The words without blanks at the ends."""
        return self.edit.toPlainText().strip()

    def set_value(self, value: object) -> None:
        """Show words."""
        self._quiet = True
        self.edit.setPlainText("" if value is None else str(value))
        self._quiet = False

    def draft(self) -> tuple[str, int]:
        """The words as typed and the place of the cursor."""
        return self.edit.toPlainText(), self.edit.textCursor().position()

    def restore(self, text: str, cursor: int) -> None:
        """Put the words and the cursor back."""
        self.set_value(text)
        place = self.edit.textCursor()
        place.setPosition(max(0, min(cursor, self.edit.document().characterCount() - 1)))
        self.edit.setTextCursor(place)

    def stops(self) -> list[QWidget]:
        """The text."""
        return [self.edit]

    def forget_typing(self) -> None:
        """Drop the undo history."""
        self.edit.document().clearUndoRedoStacks()


class PersonText(LineText):
    """A name with a list to choose from; any other name may be typed."""

    def __init__(self, options: Sequence[Option] = (), width: str = "name") -> None:
        super().__init__(width)
        self._options: list[Option] = []
        self._names = QStringListModel(self)
        self._completer = QCompleter(self._names, self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        popup = QListView()
        popup.setObjectName("completions")
        popup.setAccessibleName("Names that match")
        self._completer.setPopup(popup)
        self._completer.activated.connect(self.chosen)
        self.line.setCompleter(self._completer)
        self._restored: list[Option] = []
        self.offer(options)

    @property
    def words(self) -> str:
        """The name as it stands in the line."""
        return self.line.text().strip()

    def offer(self, options: Sequence[Option]) -> None:
        """Offer these people and agencies; the hint is shown after the name."""
        self._options = list(options)
        self._names.setStringList([option.words for option in options])

    def value(self) -> object:
        """Whom it names; the key only where the words are exactly those of one entry."""
        name = self.words
        keys = [option.key for option in self._options if option.words == name]
        keys = keys or [option.key for option in self._restored if option.words == name]
        return PersonChoice(keys[0] if len(keys) == 1 else "", name)

    def draft(self) -> tuple[str, int]:
        """The name as typed and, on a second line, the key where it names an entry."""
        text, cursor = super().draft()
        choice = self.value()
        key = choice.key if isinstance(choice, PersonChoice) else ""
        return (f"{text}\n{key}" if key else text), cursor

    def restore(self, text: str, cursor: int) -> None:
        """Put the name back; an entry is known again before it is offered again."""
        name, _, key = text.partition("\n")
        self._restored = [Option(key, name.strip())] if key else []
        super().restore(name, cursor)

    def set_value(self, value: object) -> None:
        """Show a person or agency."""
        name = value.name if isinstance(value, PersonChoice) else ("" if value is None else str(value))
        self.line.setText(name)


class _Drop(QComboBox):
    """A drop-down that paints its caret and leaves the wheel to the page."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn only while it has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the caret over the styled field."""
        super().paintEvent(event)
        side = px(16)
        place = QRect(self.width() - px(14) - side, (self.height() - side) // 2, side, side)
        painter = QPainter(self)
        icons.draw(painter, "caret-down", "text" if self.isEnabled() else "disabled", place, "bold")
        painter.end()


class PickOne(Control):
    """One of a long list in a drop-down."""

    def __init__(self, options: Sequence[Option], width: str = "name") -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.drop = _Drop()
        self.drop.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.drop.setMinimumContentsLength(8)
        self.drop.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.drop.addItem("Choose", "")
        for option in options:
            self.drop.addItem(option.words, option.key)
        wide = WIDTHS[width]
        self.drop.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row.addWidget(self.drop, 1000)
        if wide:
            self.drop.setMaximumWidth(px(wide))
            row.addStretch(1)
        self.drop.activated.connect(self.chosen)

    def value(self) -> object:
        """The key, or empty."""
        return self.draft()[0]

    def set_value(self, value: object) -> None:
        """Choose by key; an unknown key chooses nothing."""
        self.drop.setCurrentIndex(max(0, self.drop.findData(value)))

    def draft(self) -> tuple[str, int]:
        """The key."""
        return str(self.drop.currentData() or ""), 0

    def restore(self, text: str, cursor: int) -> None:
        """Choose by key."""
        self.set_value(text)

    def stops(self) -> list[QWidget]:
        """The drop-down."""
        return [self.drop]


class SearchLine(QLineEdit):
    """The search line of a page; Escape clears it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("searching", True)
        self.setAccessibleName(name)
        keep_private(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape clears what is typed; with nothing typed it is left to the page."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.textEdited.emit("")
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the glass before the words."""
        super().paintEvent(event)
        side = px(16)
        painter = QPainter(self)
        place = QRect(px(8), (self.height() - side) // 2, side, side)
        icons.draw(painter, "magnifying-glass", "muted", place, "bold")
        painter.end()
