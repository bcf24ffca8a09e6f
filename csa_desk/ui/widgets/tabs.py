"""Tabs of a child.

Tabs([(key, words), ...])    a QTabBar: arrow keys, role tab list; .chosen(str key)  .choose(key)  .key
    .more    the button at the end, shown where there is no room for all; it opens a menu of the others
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QTabBar, QWidget

from csa_desk.ui import icons
from csa_desk.ui.look import color, px, type_font, type_metrics
from csa_desk.ui.widgets.buttons import PaintedButton
from csa_desk.ui.widgets.paint import box


class _More(PaintedButton):
    """Words and a caret, as tall and as quiet as a tab."""

    def sizeHint(self) -> QSize:
        """Room for words and caret."""
        wide = type_metrics("body").horizontalAdvance(self.words)
        return QSize(wide + px(14 + 6 + 16 + 14), px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw words and caret."""
        painter = QPainter(self)
        if self.hovered or self.isDown():
            box(painter, self.rect().adjusted(px(4), px(4), -px(4), -px(4)), px(6), "sunken")
        painter.setFont(type_font("body"))
        painter.setPen(color("text" if self.hovered else "muted"))
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(self.rect().adjusted(px(14), 0, 0, 0), left, self.words)
        side = px(16)
        place = QRect(self.width() - px(14) - side, (self.height() - side) // 2, side, side)
        icons.draw(painter, "caret-down", "muted", place, "bold")
        painter.end()


class Tabs(QTabBar):
    """Words in a row; the one in use is bold over a line of three pixels."""

    chosen = Signal(str)

    def __init__(self, tabs: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = [key for key, _ in tabs]
        self._hover = -1
        self._fitting = True
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.more = _More("More", self)
        self.more.hide()
        self.more.clicked.connect(self._open_menu)
        self._menu = QMenu(self)
        self._menu.triggered.connect(self._picked)
        for place, (_, words) in enumerate(tabs):
            self.addTab(words.replace("&", "&&"))
            self.setAccessibleTabName(place, words)
        self._fitting = False
        self.currentChanged.connect(self._changed)

    @property
    def key(self) -> str:
        """The key of the tab in use; empty if there are none."""
        place = self.currentIndex()
        return self._keys[place] if place >= 0 else ""

    def choose(self, key: str) -> None:
        """Go to a tab; ``ValueError`` for a key there is no tab for."""
        self._go(self._keys.index(key))

    def _go(self, place: int) -> None:
        self.setTabVisible(place, True)
        self.setCurrentIndex(place)
        self._fit()

    def _changed(self, place: int) -> None:
        self.chosen.emit(self._keys[place])

    def _said(self, place: int) -> str:
        return self.accessibleTabName(place)

    # --- room -----------------------------------------------------------------------------------------------

    def tabSizeHint(self, index: int) -> QSize:
        """Room for the words in bold, so that choosing moves nothing."""
        wide = type_metrics("strong").horizontalAdvance(self._said(index))
        return QSize(wide + px(28), px(44))

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Tabs are never cut; those that do not fit are under *More*."""
        return self.tabSizeHint(index)

    def sizeHint(self) -> QSize:
        """All tabs in a row."""
        return QSize(sum(self.tabSizeHint(place).width() for place in range(self.count())), px(44))

    def minimumSizeHint(self) -> QSize:
        """The widest tab and *More*."""
        widest = max((self.tabSizeHint(place).width() for place in range(self.count())), default=0)
        return QSize(widest + self.more.sizeHint().width(), px(44))

    def _shown(self) -> set[int]:
        """The tabs there is room for: the first ones, and always the one in use."""
        wide = [self.tabSizeHint(place).width() for place in range(self.count())]
        if sum(wide) <= self.width():
            return set(range(self.count()))
        now = self.currentIndex()
        room = self.width() - self.more.sizeHint().width() - (wide[now] if now >= 0 else 0)
        shown = {now}
        for place, needed in enumerate(wide):
            if place == now:
                continue
            if needed > room:
                break
            room -= needed
            shown.add(place)
        return shown

    def _fit(self) -> None:
        """Show what there is room for; the rest goes under *More*."""
        if self._fitting:
            return
        self._fitting = True
        shown = self._shown()
        for place in range(self.count()):
            if self.isTabVisible(place) != (place in shown):
                self.setTabVisible(place, place in shown)
        cut = len(shown) < self.count()
        if cut:
            end = max((self.tabRect(place).right() + 1 for place in shown), default=0)
            self.more.setGeometry(QRect(QPoint(end, 0), self.more.sizeHint()))
            others = [self._said(place) for place in range(self.count()) if place not in shown]
            self.more.setAccessibleDescription(", ".join(others))
        self.more.setVisible(cut)
        self._fitting = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the tabs to the width."""
        super().resizeEvent(event)
        self._fit()

    def tabLayoutChange(self) -> None:
        """Tabs have their places anew: when the bar is first shown, and when the look changes."""
        super().tabLayoutChange()
        self._fit()

    # --- the others -----------------------------------------------------------------------------------------

    def _open_menu(self) -> None:
        self._menu.clear()
        for place in range(self.count()):
            if not self.isTabVisible(place):
                action = QAction(self._said(place).replace("&", "&&"), self._menu)
                action.setData(place)
                self._menu.addAction(action)
        self._menu.setActiveAction(self._menu.actions()[0])
        self._menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _picked(self, action: QAction) -> None:
        self._go(int(action.data()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go through all tabs, also through those under *More*."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
        elif 0 <= self.currentIndex() + step < self.count():
            self._go(self.currentIndex() + step)

    # --- looks ----------------------------------------------------------------------------------------------

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
            if not self.isTabVisible(place):
                continue
            rect = self.tabRect(place)
            now = place == self.currentIndex()
            painter.setFont(type_font("strong" if now else "body"))
            painter.setPen(color("text" if now or place == self._hover else "muted"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._said(place))
            if now:
                line = QRect(rect.left() + px(12), rect.bottom() - px(3) + 1, rect.width() - px(24), px(3))
                painter.fillRect(line, color("primary"))
        painter.end()
