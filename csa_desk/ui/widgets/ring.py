"""The focus ring: one overlay per window that follows the keyboard.

    FocusRing(window)     once per window; 3 px amber outside, 1.5 px line in the text colour, 4 px off

It hides on a mouse press and comes back with the next move of the focus by key. A widget can say where its
ring goes with ``ring_rect() -> QRect`` (a tab bar: the tab), ``ring_gap`` and ``ring_radius`` in pixels at 100 %.
"""

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from shiboken6 import isValid

from csa_desk.ui.look import color, px

_FOLLOW = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.LayoutRequest)


class FocusRing(QWidget):
    """A see-through widget over the whole window that draws one ring."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setObjectName("focusRing")
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self._gap, self._radius = 4, 6
        self._area = QRect()
        self._clip = QRect()
        window.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        self.hide()

    @property
    def target(self) -> QWidget | None:
        """The widget the ring is round; ``None`` while it is hidden."""
        return self._target if self.isVisible() else None

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        self._forget()
        window = self.parentWidget()
        by_mouse = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        if new is None or window is None or new.window() is not window or by_mouse:
            self.hide()
            return
        self._target = new
        above: QWidget | None = new
        while above is not None and above is not window:
            above.installEventFilter(self)
            self._watched.append(above)
            above = above.parentWidget()
        self._follow()

    def _forget(self) -> None:
        for widget in self._watched:
            # A page that was left may be gone by now, and its filters with it.
            if isValid(widget):
                widget.removeEventFilter(self)
        self._watched.clear()
        self._target = None

    def _follow(self) -> None:
        window, target = self.parentWidget(), self._target
        if window is None or target is None or not target.isVisible():
            self.hide()
            return
        asked = getattr(target, "ring_rect", None)
        inside = asked() if callable(asked) else target.rect()
        self._gap = int(getattr(target, "ring_gap", 4))
        self._radius = int(getattr(target, "ring_radius", 6))
        self._area = QRect(target.mapTo(window, inside.topLeft()), inside.size())
        self._clip = window.rect()
        above = target.parentWidget()
        while above is not None and above is not window:
            if isinstance(above.parentWidget(), QScrollArea):
                self._clip &= QRect(above.mapTo(window, above.rect().topLeft()), above.size())
            above = above.parentWidget()
        self.setGeometry(window.rect())
        self.raise_()
        self.show()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the target when it or what holds it moves; hide on a mouse press."""
        kind = event.type()
        ours = watched is self._target
        if kind == QEvent.Type.MouseButtonPress or (kind == QEvent.Type.Hide and ours):
            self.hide()
        elif kind == QEvent.Type.KeyRelease and ours and hasattr(self._target, "ring_rect"):
            # Arrows inside a control move its ring, and bring it back after a mouse press.
            self._follow()
        elif kind in _FOLLOW and self.isVisible():
            self._follow()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dark line next to the control and the amber round it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(self._clip)
        gap = px(self._gap)
        outer = QRectF(self._area).adjusted(-gap, -gap, gap, gap)
        radius = px(self._radius) + gap
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color("focus"), 3))
        painter.drawRoundedRect(outer.adjusted(1.5, 1.5, -1.5, -1.5), radius - 1.5, radius - 1.5)
        painter.setPen(QPen(color("focus_inner"), 1.5))
        line = outer.adjusted(3.75, 3.75, -3.75, -3.75)
        painter.drawRoundedRect(line, radius - 3.75, radius - 3.75)
        painter.end()
