"""Drawing that several widgets share: rounded boxes, marks, bars. Colours are palette tokens.

box(painter, rect, radius, fill, border, width)     a rounded box; token "" draws none
corners(rect, radius, top, bottom) -> QPainterPath  only the named pair of corners rounded
tick(painter, square, chosen) / dot(painter, square, chosen)   check and radio marks
"""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from csa_desk.ui.icons import draw
from csa_desk.ui.look import color, look, px


def box(painter: QPainter, rect: QRect, radius: float, fill: str, border: str = "", width: float = 1) -> None:
    """Fill and edge a rounded box; the edge lies inside ``rect``. Lengths are device-independent pixels."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(color(fill) if fill else Qt.BrushStyle.NoBrush)
    if border:
        painter.setPen(QPen(color(border), width))
        half = width / 2
        painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), radius - half, radius - half)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(rect), radius, radius)
    painter.restore()


def corners(rect: QRect, radius: float, *, top: bool = False, bottom: bool = False) -> QPainterPath:
    """A box with the top, the bottom or no corners rounded."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    area = QRectF(rect)
    path.addRoundedRect(area, radius, radius)
    if not top:
        path.addRect(area.adjusted(0, 0, 0, -area.height() / 2))
    if not bottom:
        path.addRect(area.adjusted(0, area.height() / 2, 0, 0))
    return path.simplified()


def tick(painter: QPainter, square: QRect, *, chosen: bool) -> None:
    """A check mark: an empty box, or a filled one with a tick."""
    if chosen:
        box(painter, square, px(5), "primary")
        inset = square.width() // 7
        draw(painter, "check", "on_primary", square.adjusted(inset, inset, -inset, -inset), "bold")
    else:
        box(painter, square, px(5), "surface", "line_strong", 1.5 * look().hairline)


def dot(painter: QPainter, square: QRect, *, chosen: bool) -> None:
    """A radio mark: a ring, filled in the middle if chosen."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = QPointF(QRectF(square).center())
    pen = 2.0 if chosen else 1.5 * look().hairline
    painter.setPen(QPen(color("primary" if chosen else "line_strong"), pen))
    painter.setBrush(color("surface"))
    reach = square.width() / 2 - pen / 2
    painter.drawEllipse(middle, reach, reach)
    if chosen:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("primary"))
        painter.drawEllipse(middle, reach / 2, reach / 2)
    painter.restore()
