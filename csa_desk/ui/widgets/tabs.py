"""Tabs of a child.

Tabs([(key, words), ...])    a QTabBar: arrow keys, role tab list; .chosen(str key)  .choose(key)  .key
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QTabBar, QWidget

from csa_desk.ui.look import color, px, type_font


class Tabs(QTabBar):
    """Words in a row; the one in use is bold over a line of three pixels."""

    chosen = Signal(str)

    def __init__(self, tabs: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = [key for key, _ in tabs]
        self._hover = -1
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        for place, (_, words) in enumerate(tabs):
            self.addTab(words.replace("&", "&&"))
            self.setAccessibleTabName(place, words)
        self.currentChanged.connect(self._changed)

    @property
    def key(self) -> str:
        """The key of the tab in use; empty if there are none."""
        place = self.currentIndex()
        return self._keys[place] if place >= 0 else ""

    def choose(self, key: str) -> None:
        """Go to a tab; ``ValueError`` for a key there is no tab for."""
        self.setCurrentIndex(self._keys.index(key))

    def _changed(self, place: int) -> None:
        self.chosen.emit(self._keys[place])

    def _said(self, place: int) -> str:
        return self.accessibleTabName(place)

    def tabSizeHint(self, index: int) -> QSize:
        """Room for the words in bold, so that choosing moves nothing."""
        wide = QFontMetrics(type_font("strong")).horizontalAdvance(self._said(index))
        return QSize(wide + px(28), px(44))

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Tabs are never cut; those that do not fit are reached by arrows."""
        return self.tabSizeHint(index)

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the look changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Darken the words under the pointer."""
        super().mouseMoveEvent(event)
        self._hover = self.tabAt(event.position().toPoint())
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """No words are under the pointer now."""
        super().leaveEvent(event)
        self._hover = -1
        self.update()

    def ring_rect(self) -> QRect:
        """Where the focus ring goes: round the tab in use."""
        return self.tabRect(self.currentIndex()).adjusted(px(6), px(6), -px(6), -px(6))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw words and line."""
        painter = QPainter(self)
        for place in range(self.count()):
            rect = self.tabRect(place)
            now = place == self.currentIndex()
            painter.setFont(type_font("strong" if now else "body"))
            painter.setPen(color("text" if now or place == self._hover else "muted"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._said(place))
            if now:
                line = QRect(rect.left() + px(12), rect.bottom() - px(3) + 1, rect.width() - px(24), px(3))
                painter.fillRect(line, color("primary"))
        painter.end()
