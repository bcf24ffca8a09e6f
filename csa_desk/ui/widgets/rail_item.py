"""What stands in the rail at the left.

RailItem(words, icon, keys="", count=0)   .set_current(bool) .set_count(int) .set_narrow(bool)
                                          .set_side_words(str) "F12", or the last seconds before the lock
Brand(name, vault)                        the mark, *Desk* and the vault's name; .set_narrow
Plate(training)                           *Live vault* or the amber *Training: invented data*; .set_narrow
RailRule()                                a line across the rail
"""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from csa_desk.ui import icons
from csa_desk.ui.look import color, look, px, type_font, type_metrics
from csa_desk.ui.widgets.buttons import PaintedButton
from csa_desk.ui.widgets.paint import box
from csa_desk.ui.widgets.text import set_tip

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class RailItem(PaintedButton):
    """One place to go: icon, words, a count or a key at the right."""

    def __init__(
        self, words: str, icon: str, keys: str = "", count: int = 0, parent: QWidget | None = None
    ) -> None:
        self._keys, self._side, self._count = keys, "", count
        self._current = self._narrow = False
        super().__init__(words, parent)
        self._icon = icons.known(icon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name()

    def set_current(self, current: bool) -> None:
        """Mark it as the place where the user is."""
        self._current = current
        self._name()
        self.update()

    def set_count(self, count: int) -> None:
        """Show how many things wait there; 0 shows nothing."""
        self._count = count
        self._name()
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """Icon alone, with the words as tooltip."""
        self._narrow = narrow
        self.update()

    def set_side_words(self, words: str) -> None:
        """Small words at the right."""
        self._side = words
        self._name()
        self.update()

    def _name(self) -> None:
        said = [
            self.words,
            str(self._count) if self._count else "",
            self._side if self._side != self._keys else "",
        ]
        self.setAccessibleName(", ".join(part for part in said if part))
        self.setAccessibleDescription("You are here" if self._current else "")
        set_tip(self, f"{self.words} ({self._keys})" if self._keys else self.words)

    def sizeHint(self) -> QSize:
        """Forty-four high."""
        return QSize(px(192), px(44))

    def minimumSizeHint(self) -> QSize:
        """As narrow as the rail becomes."""
        return QSize(px(44), px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, bar, icon, words and what stands at the right."""
        painter = QPainter(self)
        if self._current or self.hovered:
            box(painter, self.rect(), px(6), "rail_active")
        if self._current:
            bar = QRect(0, px(10), px(4), self.height() - 2 * px(10))
            box(painter, bar, px(2), "focus" if look().scheme == "contrast" else "rail_text")
        ink = "rail_text" if self._current or self.hovered or look().scheme == "contrast" else "rail_muted"
        side = px(22)
        left = (self.width() - side) // 2 if self._narrow else px(11)
        place = QRect(left, (self.height() - side) // 2, side, side)
        icons.draw(painter, self._icon, ink, place, "fill" if self._current else "regular")
        if not self._narrow:
            self._words_and_side(painter)
        elif self._count:
            self._badge(painter, self.corner(place))
        painter.end()

    def corner(self, icon: QRect) -> QRect:
        """Where the count stands on the icon of a narrow rail: at its corner, and whole where the rail is low."""
        wide = max(px(20), type_metrics("micro").horizontalAdvance(str(self._count)) + px(8))
        left = min(icon.right() - px(6), self.width() - wide)
        return QRect(left, max(0, icon.top() - px(10)), wide, min(px(18), self.height()))

    def _words_and_side(self, painter: QPainter) -> None:
        side = str(self._count) if self._count else self._side
        small = type_metrics("small")
        taken = (max(px(24), small.horizontalAdvance(side) + px(12)) + px(10)) if side else px(8)
        font = type_font("strong" if self._current else "body")
        room = QRect(px(45), 0, self.width() - px(45) - taken, self.height())
        line = QFontMetrics(font).elidedText(self.words, Qt.TextElideMode.ElideRight, room.width())
        painter.setFont(font)
        painter.setPen(color("rail_text"))
        painter.drawText(room, _LEFT, line)
        if self._count:
            high = px(20)
            wide = max(px(24), type_metrics("micro").horizontalAdvance(side) + px(14))
            self._badge(painter, QRect(self.width() - px(10) - wide, (self.height() - high) // 2, wide, high))
        elif side:
            painter.setFont(type_font("small"))
            painter.setPen(color("rail_muted"))
            painter.drawText(self.rect().adjusted(0, 0, -px(10), 0), _RIGHT, side)

    def _badge(self, painter: QPainter, rect: QRect) -> None:
        box(painter, rect, rect.height() / 2, "rail_text")
        painter.setFont(type_font("micro"))
        painter.setPen(color("rail"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(self._count))


def paint_mark(painter: QPainter, square: QRect) -> None:
    """The mark: two arcs over a point and a line, light on the rail's colour reversed."""
    box(painter, square, square.width() / 5, "rail_text")
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    unit = square.width() / 32
    middle = QPointF(square.left() + 16 * unit, square.top() + 21 * unit)
    pen = QPen(color("rail"), 2.6 * unit)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for reach in (11.0, 6.5):
        around = QRectF(
            middle.x() - reach * unit, middle.y() - reach * unit, 2 * reach * unit, 2 * reach * unit
        )
        painter.drawArc(around, 0, 180 * 16)
    painter.drawLine(
        QPointF(square.left() + 5 * unit, square.top() + 25.5 * unit),
        QPointF(square.left() + 27 * unit, square.top() + 25.5 * unit),
    )
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color("rail"))
    painter.drawEllipse(middle, 2.6 * unit, 2.6 * unit)
    painter.restore()


class Brand(QLabel):
    """The mark, the neutral name and the vault."""

    def __init__(self, name: str, vault: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._said, self._narrow = name, False
        self.set_vault(vault)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_vault(self, vault: str) -> None:
        """Whose vault it is."""
        self._vault = vault
        self.setText(f"{self._said}, {vault}")
        self.setAccessibleName(f"{self._said}, {vault}")
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """The mark alone."""
        self._narrow = narrow
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines beside the mark."""
        return QSize(px(192), px(50))

    def minimumSizeHint(self) -> QSize:
        """The mark."""
        return QSize(px(40), px(50))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        side = px(32)
        left = (self.width() - side) // 2 if self._narrow else px(4)
        paint_mark(painter, QRect(left, (self.height() - side) // 2, side, side))
        if not self._narrow:
            half = self.height() // 2
            lines = ((self._said, "strong", "rail_text", 2), (self._vault, "small", "rail_muted", half))
            for words, role, ink, top in lines:
                font = type_font(role)
                room = QRect(px(46), top, self.width() - px(46), half - 2)
                painter.setFont(font)
                painter.setPen(color(ink))
                line = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
                painter.drawText(room, _LEFT, line)
        painter.end()


class Plate(QLabel):
    """Live or training; never out of sight."""

    def __init__(self, training: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._training, self._narrow = training, False
        self.setText("Training: invented data" if training else "Live vault")
        self.setAccessibleName(self.text())
        set_tip(self, self.text())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_narrow(self, narrow: bool) -> None:
        """The icon alone."""
        self._narrow = narrow
        self.update()

    def sizeHint(self) -> QSize:
        """A low box."""
        return QSize(px(192), px(28))

    def minimumSizeHint(self) -> QSize:
        """The icon."""
        return QSize(px(44), px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw an amber plate, or a thin outline."""
        painter = QPainter(self)
        ink = "on_plate" if self._training else "rail_text"
        fill, edge = ("plate", "") if self._training else ("", "rail_muted")
        box(painter, self.rect(), px(5), fill, edge, look().hairline)
        side = px(16)
        left = (self.width() - side) // 2 if self._narrow else px(9)
        place = QRect(left, (self.height() - side) // 2, side, side)
        icons.draw(painter, "student" if self._training else "lock-key", ink, place, "bold")
        if not self._narrow:
            font = type_font("micro")
            room = self.rect().adjusted(px(31), 0, -px(4), 0)
            painter.setFont(font)
            painter.setPen(color(ink))
            line = QFontMetrics(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, _LEFT, line)
        painter.end()


class RailRule(QWidget):
    """A line across the rail."""

    def sizeHint(self) -> QSize:
        """A line with room above and below."""
        return QSize(px(40), px(17))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line."""
        painter = QPainter(self)
        token = "line" if look().scheme == "contrast" else "rail_active"
        painter.fillRect(0, self.height() // 2, self.width(), look().hairline, color(token))
        painter.end()
