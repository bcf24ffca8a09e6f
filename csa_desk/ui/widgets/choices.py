"""Choosing from options.

    Option(key, words, hint="")
    OneOf(options, inline=False)      value "" or a key; radio rows, two columns from five options
    ManyOf(options, inline=False)     value: tuple of keys in the order of the options
    ButtonRow(options)                value "" or a key; radio buttons drawn as a row of buttons
    YES_NO: the three options yes, no, not_known

One Tab stop for a radio group, arrows inside. A click, Space or Enter says ``chosen()`` at once; arrows move
the choice, which counts when the group is left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from csa_desk.ui.look import color, look, px, type_font
from csa_desk.ui.widgets.control import Control
from csa_desk.ui.widgets.flow import FlowLayout
from csa_desk.ui.widgets.paint import box, dot, tick
from csa_desk.ui.widgets.text import breakable

Shape = Literal["row", "button", "square"]
_WRAP = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
_FORWARD = (Qt.Key.Key_Down, Qt.Key.Key_Right)
_BACK = (Qt.Key.Key_Up, Qt.Key.Key_Left)


@dataclass(frozen=True)
class Option:
    """One thing to choose: its key, its words and perhaps a hint in small type."""

    key: str
    words: str
    hint: str = ""


if TYPE_CHECKING:
    _Button = QAbstractButton
else:
    # The Qt class comes with each kind of button: PySide makes no object of two of them.
    _Button = object

YES_NO = (Option("yes", "Yes"), Option("no", "No"), Option("not_known", "Not known"))


class _Painted:
    """How an option looks, for radio and check buttons alike."""

    def __init__(self, option: Option, shape: Shape) -> None:
        self.option = option
        self.shape = shape
        self.hovered = False

    def settle(self, button: QAbstractButton) -> None:
        """Set name, hand cursor and size policy."""
        button.setText(self.option.words.replace("&", "&&"))
        button.setAccessibleName(self.option.words)
        button.setAccessibleDescription(self.option.hint)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        wide = QSizePolicy.Policy.Preferred if self.shape == "row" else QSizePolicy.Policy.Maximum
        policy = QSizePolicy(wide, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(self.shape == "row")
        button.setSizePolicy(policy)

    def _left(self) -> int:
        return px(14 + 22 + 12)

    def size(self) -> QSize:
        """The size at rest: rows 44 high, buttons 36, squares 46 by 44."""
        if self.shape == "square":
            return QSize(px(46), px(44))
        if self.shape == "button":
            # The chosen one is bold: room for that, so that choosing moves nothing.
            metrics = QFontMetrics(type_font("small-strong"))
            return QSize(metrics.horizontalAdvance(self.option.words) + 2 * px(13) + 2, px(36))
        wide = QFontMetrics(type_font("body")).horizontalAdvance(self.option.words)
        if self.option.hint:
            wide = max(wide, QFontMetrics(type_font("small")).horizontalAdvance(self.option.hint))
        wide += self._left() + px(16) + 2
        return QSize(wide, self.height(wide))

    def least(self) -> QSize:
        """The smallest width: rows wrap, the others do not."""
        full = self.size()
        return QSize(min(full.width(), px(160)), full.height()) if self.shape == "row" else full

    def _areas(self, width: int) -> tuple[int, int]:
        room = QRect(0, 0, max(1, width - self._left() - px(16)), 100_000)
        flags = int(Qt.TextFlag.TextWordWrap)
        main = (
            QFontMetrics(type_font("body")).boundingRect(room, flags, breakable(self.option.words)).height()
        )
        hint = 0
        if self.option.hint:
            metrics = QFontMetrics(type_font("small"))
            hint = metrics.boundingRect(room, flags, breakable(self.option.hint)).height()
        return main, hint

    def height(self, width: int) -> int:
        """The height of the wrapped words, at least a row's."""
        main, hint = self._areas(width)
        return max(px(44), main + hint + px(20))

    def paint(self, button: QAbstractButton, *, round_mark: bool) -> None:
        """Draw the whole option."""
        painter = QPainter(button)
        if self.shape == "row":
            self._paint_row(painter, button, round_mark=round_mark)
        else:
            self._paint_button(painter, button)
        painter.end()

    def _paint_row(self, painter: QPainter, button: QAbstractButton, *, round_mark: bool) -> None:
        rect, on = button.rect(), button.isChecked()
        wrong = bool(button.property("wrong"))
        fill = "tint" if on else "sunken" if self.hovered or not button.isEnabled() else "surface"
        edge = "primary" if on else "danger" if wrong else _edge(button)
        box(painter, rect, px(6), fill, edge, 2 if on else look().hairline)
        side = px(22)
        mark = QRect(px(14), (rect.height() - side) // 2, side, side)
        (dot if round_mark else tick)(painter, mark, chosen=on)
        main, hint = self._areas(rect.width())
        top = (rect.height() - main - hint) // 2
        room = rect.width() - self._left() - px(8)
        painter.setFont(type_font("body"))
        painter.setPen(color("text" if button.isEnabled() else "disabled"))
        painter.drawText(QRect(self._left(), top, room, main), _WRAP, breakable(self.option.words))
        if hint:
            painter.setFont(type_font("small"))
            painter.setPen(color("muted"))
            painter.drawText(QRect(self._left(), top + main, room, hint), _WRAP, breakable(self.option.hint))

    def _paint_button(self, painter: QPainter, button: QAbstractButton) -> None:
        on = button.isChecked()
        fill = "primary" if on else "sunken" if self.hovered or not button.isEnabled() else "surface"
        edge = "" if on else "danger" if button.property("wrong") else _edge(button)
        box(painter, button.rect(), px(6), fill, edge, look().hairline)
        big = self.shape == "square"
        painter.setFont(
            type_font(("strong" if on else "body") if big else ("small-strong" if on else "small"))
        )
        painter.setPen(color("on_primary" if on else "text" if button.isEnabled() else "disabled"))
        painter.drawText(button.rect(), Qt.AlignmentFlag.AlignCenter, self.option.words)


def _edge(button: QAbstractButton) -> str:
    return "disabled" if look().scheme == "contrast" and not button.isEnabled() else "line_strong"


class _OptionButton(_Button):
    """What a radio button and a check box have in common: how they look and what they answer to."""

    round_mark = True
    option: Option
    _look: _Painted

    def settle(self, option: Option, shape: Shape) -> None:
        """Take on an option; called once, at the making."""
        self.option = option
        self._look = _Painted(option, shape)
        self._look.settle(self)

    def sizeHint(self) -> QSize:
        """As painted."""
        return self._look.size()

    def minimumSizeHint(self) -> QSize:
        """As painted, wrapped."""
        return self._look.least()

    def hasHeightForWidth(self) -> bool:
        """Rows wrap."""
        return self._look.shape == "row"

    def heightForWidth(self, width: int) -> int:
        """The height of the wrapped row."""
        return self._look.height(width)

    def hitButton(self, pos: object) -> bool:
        """The whole of it is the target."""
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that the pointer is over it."""
        self._look.hovered = self.isEnabled()
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Show that the pointer has gone."""
        self._look.hovered = False
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        self._look.paint(self, round_mark=self.round_mark)


class RadioOption(_OptionButton, QRadioButton):
    """One radio button, painted as a row, a button or a square."""

    moved = Signal(int)

    def __init__(self, option: Option, shape: Shape) -> None:
        super().__init__()
        self.settle(option, shape)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows ask the group to move."""
        if event.key() in _FORWARD or event.key() in _BACK:
            self.moved.emit(1 if event.key() in _FORWARD else -1)
        else:
            super().keyPressEvent(event)


class CheckOption(_OptionButton, QCheckBox):
    """One check box, painted as a row."""

    round_mark = False

    def __init__(self, option: Option) -> None:
        super().__init__()
        self.settle(option, "row")


class _Grid(QWidget):
    """Options in one column, or in two from five options where the width allows."""

    def __init__(self, buttons: Sequence[QWidget]) -> None:
        super().__init__()
        self._buttons = list(buttons)
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(px(8))
        self._arrange(2 if len(self._buttons) >= 5 else 1)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for button in self._buttons:
            self._grid.removeWidget(button)
        for place, button in enumerate(self._buttons):
            self._grid.addWidget(button, place // columns, place % columns)
        for column in (0, 1):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def minimumSizeHint(self) -> QSize:
        """One column is always possible."""
        wide = max((button.minimumSizeHint().width() for button in self._buttons), default=0)
        return QSize(wide, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Go to one column where two would be cramped."""
        super().resizeEvent(event)
        self._arrange(2 if len(self._buttons) >= 5 and self.width() >= px(480) else 1)


class _Choices(Control):
    """Shared by the groups: laying the buttons out and naming them."""

    _buttons: "Sequence[RadioOption] | Sequence[CheckOption]"

    def name_stops(self, label: str, description: str) -> None:
        """The group has the question's name; each button has its own words, and the question as description."""
        self.setAccessibleName(label)
        self.setAccessibleDescription(description)
        for button in self._buttons:
            about = (label, button.option.hint, description)
            button.setAccessibleDescription(". ".join(part for part in about if part))

    def set_wrong(self, wrong: bool) -> None:
        """A missing choice is told by bar and sentence; the rows stay as they are."""

    def _place(self, buttons: Sequence[QWidget], *, inline: bool) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        if inline:
            holder = QWidget()
            flow = FlowLayout(holder, 8, 8)
            for button in buttons:
                flow.addWidget(button)
            outer.addWidget(holder)
        else:
            outer.addWidget(_Grid(buttons))


class OneOf(_Choices):
    """Radio rows; the value is the key of the chosen option, or empty."""

    def __init__(self, options: Sequence[Option], *, inline: bool = False, shape: Shape = "row") -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._buttons = [RadioOption(option, shape) for option in options]
        for button in self._buttons:
            self._group.addButton(button)
            button.moved.connect(self._move)
            button.clicked.connect(self.chosen)
        self._place(self._buttons, inline=inline or shape != "row")
        self._one_stop()

    def draft(self) -> tuple[str, int]:
        """The key of the chosen option."""
        return next((button.option.key for button in self._buttons if button.isChecked()), ""), 0

    def restore(self, text: str, cursor: int) -> None:
        """Choose by key."""
        self._choose(text)

    def value(self) -> object:
        """The key, or empty."""
        return self.draft()[0]

    def set_value(self, value: object) -> None:
        """Choose by key; an empty or unknown key chooses nothing."""
        self._choose(value)

    def _choose(self, key: object) -> None:
        self._group.setExclusive(False)
        for button in self._buttons:
            button.setChecked(button.option.key == key)
        self._group.setExclusive(True)
        self._one_stop()

    def stops(self) -> list[QWidget]:
        """All buttons, the chosen one first."""
        chosen: list[QWidget] = [button for button in self._buttons if button.isChecked()]
        return chosen + [button for button in self._buttons if not button.isChecked()]

    def _one_stop(self) -> None:
        chosen = next((button for button in self._buttons if button.isChecked()), self._buttons[0])
        for button in self._buttons:
            stop = Qt.FocusPolicy.StrongFocus if button is chosen else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(stop)

    def _move(self, step: int) -> None:
        here = next((place for place, button in enumerate(self._buttons) if button.hasFocus()), 0)
        self._go(here if self.value() == "" and not step else (here + step) % len(self._buttons))

    def _go(self, place: int) -> None:
        button = self._buttons[place]
        button.setChecked(True)
        self._one_stop()
        button.setFocus(Qt.FocusReason.TabFocusReason)


class ButtonRow(OneOf):
    """Radio buttons drawn as buttons: who is telling you, map or table, services or roles."""

    def __init__(self, options: Sequence[Option]) -> None:
        super().__init__(options, shape="button")


class ManyOf(_Choices):
    """Check rows; the value is a tuple of the ticked keys, in the order of the options."""

    def __init__(self, options: Sequence[Option], *, inline: bool = False) -> None:
        super().__init__()
        self._buttons = [CheckOption(option) for option in options]
        for button in self._buttons:
            button.clicked.connect(self.chosen)
        self._place(self._buttons, inline=inline)

    def value(self) -> object:
        """The ticked keys."""
        return tuple(button.option.key for button in self._buttons if button.isChecked())

    def set_value(self, value: object) -> None:
        """Tick by keys; unknown keys are left out."""
        keys = set(value) if isinstance(value, tuple | list | set | frozenset) else set()
        for button in self._buttons:
            button.setChecked(button.option.key in keys)

    def draft(self) -> tuple[str, int]:
        """The ticked keys, one on a line; the cursor is the number of the box with the focus."""
        here = next((place for place, button in enumerate(self._buttons) if button.hasFocus()), 0)
        return "\n".join(button.option.key for button in self._buttons if button.isChecked()), here

    def restore(self, text: str, cursor: int) -> None:
        """Tick by keys; typing goes on at the same box."""
        self.set_value(text.split("\n"))
        self.setFocusProxy(self._buttons[max(0, min(cursor, len(self._buttons) - 1))])

    def stops(self) -> list[QWidget]:
        """All check boxes."""
        return list(self._buttons)
