"""An action of the plan as a row: what, who leads, by when, how far. Pressing it opens its editor in its place.

ActionHead()                     the words over the columns
ActionRow(action, service)       .clicked   .moved(int steps)  Alt+Up, Alt+Down   .show_action(action, service)
ActionBlock(row)                 the row with its editor under it: .open_editor(widget)  .close_editor()  .editor
"""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from csa_desk.casework.planning import NEEDS_A_LEAD, status_words
from csa_desk.records.dates import short
from csa_desk.records.plan import Action, ActionStatus
from csa_desk.ui import icons
from csa_desk.ui.look import color, px
from csa_desk.ui.widgets.boxes import Rule
from csa_desk.ui.widgets.buttons import PaintedButton
from csa_desk.ui.widgets.marks import Chip, IconMark, Tone
from csa_desk.ui.widgets.paint import box
from csa_desk.ui.widgets.text import Words

WIDTHS = (("Who leads", 140), ("By when", 86), ("Status", 112))
LEFT, CARET = 46, 44
_STACKED_UNDER = 640
_TONES: dict[str, Tone] = {
    ActionStatus.NOT_STARTED: "plain",
    ActionStatus.BOOKED: "ok",
    ActionStatus.GOING_ON: "info",
    ActionStatus.DONE: "ok",
    ActionStatus.STOPPED: "outline",
}
_OVER = (ActionStatus.DONE, ActionStatus.STOPPED)


class ActionHead(QFrame):
    """The names of the columns; gone where the rows are stacked."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(px(LEFT), px(6), px(CARET), px(6))
        row.setSpacing(px(12))
        row.addWidget(Words("Action", "small-strong", "muted"), 1)
        self._labels: list[Words] = []
        for words, wide in WIDTHS:
            label = Words(words, "small-strong", "muted", wrap=False)
            label.setMinimumWidth(px(wide))
            label.setMaximumWidth(px(wide))
            self._labels.append(label)
            row.addWidget(label)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sunken ground from edge to edge."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("sunken"))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Without columns there is nothing to name."""
        super().resizeEvent(event)
        stacked = self.width() < px(_STACKED_UNDER)
        for label in self._labels:
            label.setVisible(not stacked)


class ActionRow(PaintedButton):
    """One action; the whole row is the target."""

    moved = Signal(int)

    def __init__(self, action: Action, service: str) -> None:
        super().__init__(action.what)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.opened = False
        self._opens = True
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(px(LEFT), px(10), px(CARET), px(10))
        self._row.setSpacing(px(12))
        words = QVBoxLayout()
        words.setSpacing(px(2))
        self._what = Words("", "strong")
        words.addWidget(self._what)
        self._service_line = QWidget()
        line = QHBoxLayout(self._service_line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(6))
        line.addWidget(IconMark("address-book", "muted", 16))
        self._service = Words("", "small", "muted")
        line.addWidget(self._service, 1)
        words.addWidget(self._service_line)
        self._row.addLayout(words, 1)
        details = QHBoxLayout()
        details.setSpacing(px(12))
        self._lead = Words()
        self._when = Words()
        self._chip = Chip("")
        self._cells: list[QWidget] = []
        for widget in (self._lead, self._when, self._chip):
            holder = QWidget()
            inside = QHBoxLayout(holder)
            inside.setContentsMargins(0, 0, 0, 0)
            if widget is self._chip:
                inside.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
                inside.addStretch(1)
            else:
                inside.addWidget(widget)
            self._cells.append(holder)
            details.addWidget(holder)
        self._row.addLayout(details)
        self._stacked = False
        self._fit()
        self.show_action(action, service)

    def show_action(self, action: Action, service: str) -> None:
        """Show the action as it is saved now."""
        self.action = action
        self._what.set_words(action.what)
        self._service.set_words(service)
        self._service_line.setVisible(bool(service))
        self._lead.set_words(action.lead_name or "Nobody yet")
        self._lead.set_tone("text" if action.lead_name else "muted")
        self._when.set_words(short(action.by_when) if action.by_when else "Ongoing")
        if not action.lead_name and action.status not in _OVER:
            self._chip.set(NEEDS_A_LEAD, "warn")
        else:
            self._chip.set(status_words(action.status), _TONES.get(action.status, "plain"))
        said = [action.what, f"Led by {action.lead_name}" if action.lead_name else "Nobody leads yet"]
        said += [f"By {short(action.by_when)}" if action.by_when else "Ongoing", self._chip.text(), service]
        self.setAccessibleName(". ".join(part for part in said if part))
        if self._opens:
            self.setAccessibleDescription("Opens to change it. Alt with the arrows up and down moves it")
        self.updateGeometry()

    def only_read(self) -> None:
        """For who may read the plan and not change it: no caret, nothing to press."""
        self._opens = False
        self.setAccessibleDescription("")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_opened(self, opened: bool) -> None:
        """Turn the caret."""
        self.opened = opened
        self.update()

    def _fit(self) -> None:
        way = QBoxLayout.Direction.TopToBottom if self._stacked else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(way)
        self._row.setSpacing(px(4 if self._stacked else 12))
        for (_, wide), cell in zip(WIDTHS, self._cells, strict=True):
            cell.setMinimumWidth(0 if self._stacked else px(wide))
            cell.setMaximumWidth(16_777_215 if self._stacked else px(wide))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the details under the words where they do not fit beside them."""
        super().resizeEvent(event)
        stacked = self.width() < px(_STACKED_UNDER)
        if stacked != self._stacked:
            self._stacked = stacked
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt with an arrow moves the action."""
        if event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() in (
            Qt.Key.Key_Up,
            Qt.Key.Key_Down,
        ):
            self.moved.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """What the layout asks for, at least a row."""
        return self._row.sizeHint().expandedTo(QSize(px(200), px(44)))

    def minimumSizeHint(self) -> QSize:
        """Narrow where it must be; the height follows from the width."""
        return QSize(px(180), px(44))

    def hasHeightForWidth(self) -> bool:
        """The words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height at this width, at least a row."""
        return max(px(44), self._row.heightForWidth(width))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground under the pointer and the caret."""
        painter = QPainter(self)
        if self.opened:
            painter.fillRect(self.rect(), color("sunken"))
        elif self.hovered or self.isDown():
            box(painter, self.rect().adjusted(px(4), px(3), -px(4), -px(3)), px(6), "sunken")
        if not self._opens:
            painter.end()
            return
        side = px(18)
        place = QRect(self.width() - px(16) - side, (self.height() - side) // 2, side, side)
        icons.draw(painter, "caret-up" if self.opened else "caret-down", "muted", place)
        painter.end()


class ActionBlock(QWidget):
    """A row and, while it is open, its editor."""

    def __init__(self, row: ActionRow) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.row = row
        self.editor: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(row)
        self._column.addWidget(Rule())

    def open_editor(self, editor: QWidget) -> None:
        """Put the editor under the row."""
        self.editor = editor
        self._column.insertWidget(1, editor)
        editor.show()
        self.row.set_opened(True)

    def close_editor(self) -> None:
        """Take the editor away."""
        if self.editor is not None:
            self.editor.hide()
            self._column.removeWidget(self.editor)
            self.editor.deleteLater()
            self.editor = None
            self.row.set_opened(False)
