"""The half-teal page that unlock, lock and first run share: panel at the left, a form at the right."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csa_desk.ui.look import color, px
from csa_desk.ui.widgets.page import PageBody
from csa_desk.ui.widgets.rail_item import paint_mark
from csa_desk.ui.widgets.text import Words

PANEL_FROM = 900


class Panel(QWidget):
    """The full teal (or plum) panel with quiet arcs and two lines."""

    def __init__(self, title: str, lines: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(px(48), px(40), px(48), px(48))
        head = QHBoxLayout()
        head.addSpacing(px(56))
        head.addWidget(Words("CSA Desk", "h3", "rail_text"), 1)
        column.addLayout(head)
        column.addStretch(1)
        column.addWidget(Words(title, "display", "rail_text"))
        column.addSpacing(px(8))
        column.addWidget(Words(lines, "lead", "rail_muted"))
        column.addStretch(2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, mark and arcs."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), color("rail"))
        pen = QPen(color("rail_active"), px(14))
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for step in range(4):
            radius = px(120 + 70 * step)
            path = QPainterPath()
            path.addEllipse(self.rect().bottomRight(), radius, radius)
            painter.drawPath(path)
        paint_mark(painter, QRect(px(48), px(34), px(36), px(36)))
        painter.end()


class Entrance(QWidget):
    """Panel and a scrolling column; the panel drops away in a narrow window."""

    def __init__(self, title: str, lines: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._panel = Panel(title, lines)
        row.addWidget(self._panel, 5)
        self.body = PageBody()
        row.addWidget(self.body, 7)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Room for the form first."""
        super().resizeEvent(event)
        self._panel.setVisible(self.width() >= px(PANEL_FROM))
