"""Options to choose from and the buttons that show them: rows, boxes and squares, for one of several or for many.

RadioOption, CheckOption   a painted option; which one is pressed is for :mod:`csa_desk.ui.widgets.choices` to know
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy

from csa_desk.ui.look import color, look, px, type_font, type_metrics
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
            metrics = type_metrics("small-strong")
            return QSize(metrics.horizontalAdvance(self.option.words) + 2 * px(13) + 2, px(36))
        wide = type_metrics("body").horizontalAdvance(self.option.words)
        if self.option.hint:
            wide = max(wide, type_metrics("small").horizontalAdvance(self.option.hint))
        wide += self._left() + px(16) + 2
        return QSize(wide, self.height(wide))

    def least(self) -> QSize:
        """The smallest width: rows wrap, the others do not."""
        full = self.size()
        return QSize(min(full.width(), px(160)), full.height()) if self.shape == "row" else full

    def _areas(self, width: int) -> tuple[int, int]:
        room = QRect(0, 0, max(1, width - self._left() - px(16)), 100_000)
        flags = int(Qt.TextFlag.TextWordWrap)
        main = type_metrics("body").boundingRect(room, flags, breakable(self.option.words)).height()
        hint = 0
        if self.option.hint:
            metrics = type_metrics("small")
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
