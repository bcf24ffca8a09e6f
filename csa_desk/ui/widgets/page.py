"""The body of a page: one vertical scroll area, content at most 1120 wide and at the left.

PageBody(side_width=0, side_when_narrow="below", widest=1120)
    .main (QVBoxLayout, gap 16)   .side (QVBoxLayout or None)   .add(widget)  .add_side(widget)
    .add_top(widget)   above both columns: the page's title
    .finish()          after the last add: what is left stays empty at the foot
    .narrow            True under 1000 px of window (at 100 %); .narrowed(bool) when it changes
    side_when_narrow: "below" puts the side column under the main one, "hidden" takes it away
PageTitle(title, about="")      h1 and a line under it; .trailing for buttons, which go below where it is narrow
Section(title, *widgets)        an h2 with things under it
"""

from typing import Literal

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from csa_desk.ui.look import px
from csa_desk.ui.widgets.flow import FlowLayout, PairLayout
from csa_desk.ui.widgets.form import Field
from csa_desk.ui.widgets.text import Words

_WIDEST = 1120
# The window is narrow under 1000: less the collapsed rail of 68.
_NARROW = 932


class Sheet(QWidget):
    """What scrolls: its height follows from its width, never from the labels' guesses at a minimum."""

    def minimumSizeHint(self) -> QSize:
        """None: it is as wide as the viewport, and the scroll area asks for the height at that width.

        What folds where it is narrow has another least width then: a sheet that insisted on it would be made
        wider and narrower for ever.
        """
        return QSize(0, 0)

    def heightForWidth(self, width: int) -> int:
        """The same with and without scroll bar, which stands in the margin.

        Else there are heights at which the bar would come and go for ever.
        """
        viewport = self.parentWidget()
        return super().heightForWidth(viewport.width() if viewport is not None else width)


class Scrolled(QScrollArea):
    """Scrolls up and down only, and keeps what has the focus in sight, with the question it belongs to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pageScroll")
        # For a widget Qt made itself PySide looks through, and so loads, every class of widget: 10 ms of the start.
        viewport = QWidget()
        viewport.setAutoFillBackground(True)
        self.setViewport(viewport)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # What was just built or opened gets its height in several passes: the focus is followed through them, until
        # somebody scrolls.
        self._follows = False
        self.verticalScrollBar().rangeChanged.connect(self._grown)
        self.verticalScrollBar().actionTriggered.connect(self.let_go)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        # Later: what was just opened has no place yet. Never under a pressed mouse: its click would be lost.
        page = self.widget()
        if new is None or page is None or not page.isAncestorOf(new):
            return
        self._follows = not QApplication.mouseButtons()
        if self._follows:
            QTimer.singleShot(0, self, self.see_focus)

    def _grown(self) -> None:
        if self._follows:
            self.see_focus()

    def let_go(self) -> None:
        """Something else is to be seen: the focus is not followed until it moves again."""
        self._follows = False

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling goes before following the focus."""
        self.let_go()
        super().wheelEvent(event)

    def see_focus(self) -> None:
        """Bring what has the focus into sight: its question too, where both have room."""
        here, page = QApplication.focusWidget(), self.widget()
        shown = self.viewport().height()
        if here is None or page is None or not page.isAncestorOf(here) or here.height() > shown:
            return
        top = here.mapTo(page, QPoint(0, 0)).y()
        bottom = top + here.height()
        field = here.parentWidget()
        while field is not None and field is not page and not isinstance(field, Field):
            field = field.parentWidget()
        if isinstance(field, Field):
            asked = field.mapTo(page, QPoint(0, 0)).y()
            top = asked if bottom - asked <= shown else top
        margin = min(px(32), (shown - (bottom - top)) // 2)
        bar = self.verticalScrollBar()
        if top - margin < bar.value():
            bar.setValue(top - margin)
        elif bottom + margin > bar.value() + shown:
            bar.setValue(bottom + margin - shown)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Bring what gets the focus by Tab into sight at once."""
        moved = super().focusNextPrevChild(next)
        if moved:
            self.see_focus()
        return moved


class PageBody(Scrolled):
    """Scrolls up and down, and folds its side column away."""

    narrowed = Signal(bool)

    def __init__(
        self,
        side_width: int = 0,
        side_when_narrow: Literal["below", "hidden"] = "below",
        parent: QWidget | None = None,
        *,
        widest: int = _WIDEST,
    ) -> None:
        super().__init__(parent)
        self.narrow = False
        self._when_narrow = side_when_narrow
        self._widest = widest
        self._below: bool | None = None
        self._page = Sheet()
        self._page.setObjectName("pageBody")
        outer = QHBoxLayout(self._page)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._content = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHorizontalStretch(1)
        policy.setHeightForWidth(True)
        self._content.setSizePolicy(policy)
        outer.addWidget(self._content)
        outer.addStretch(0)
        self._whole = QVBoxLayout(self._content)
        self._whole.setSpacing(px(16))
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(px(24))
        self._whole.addLayout(self._columns, 1)
        self.main = QVBoxLayout()
        self.main.setSpacing(px(16))
        self._columns.addLayout(self.main, 1)
        self._foot = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)
        self.side: QVBoxLayout | None = None
        self._side: QWidget | None = None
        if side_width:
            self._side = QWidget()
            self._side_width = px(side_width)
            self.side = QVBoxLayout(self._side)
            self.side.setContentsMargins(0, 0, 0, 0)
            self.side.setSpacing(px(16))
            self._side.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            self._columns.addWidget(self._side)
        self.setWidget(self._page)
        self._fit()
        self.viewport().installEventFilter(self)

    def add(self, widget: QWidget) -> None:
        """Put a widget at the end of the main column."""
        self.main.addWidget(widget)

    def add_top(self, widget: QWidget) -> None:
        """Put a widget above both columns, under those put there before."""
        self._whole.insertWidget(self._whole.count() - 1, widget)

    def add_side(self, widget: QWidget) -> None:
        """Put a widget at the end of the side column; ``ValueError`` if the page has none."""
        if self.side is None:
            raise ValueError("This page has no side column")
        self.side.addWidget(widget)

    def finish(self) -> None:
        """Keep cards at the top of both columns."""
        self.main.addItem(self._foot)
        if self.side is not None:
            self.side.addStretch(1)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the columns when the width changes."""
        if event.type() == QEvent.Type.Resize and watched is self.viewport():
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        narrow = self.width() < px(_NARROW)
        margin = px(24 if narrow else 36)
        # The scroll bar stands in the margin, so that cards end where the header ends.
        bar = self.width() - self.viewport().width()
        self._whole.setContentsMargins(margin, px(20), max(px(8), margin - bar), px(28))
        self._content.setMaximumWidth(px(self._widest) + 2 * margin)
        if self._side is not None:
            beside = not narrow
            way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
            # One under the other, only the last column may take height that is left over.
            below = narrow and self._when_narrow == "below"
            if self._below != below:
                self._below = below
                grows = QSizePolicy.Policy.Fixed if below else QSizePolicy.Policy.Expanding
                self._foot.changeSize(0, 0, QSizePolicy.Policy.Minimum, grows)
                self._columns.setStretch(0, 0 if below else 1)
                self.main.invalidate()
            self._columns.setDirection(way)
            self._side.setMinimumWidth(self._side_width if beside else 0)
            self._side.setMaximumWidth(self._side_width if beside else px(_WIDEST))
            self._side.setVisible(beside or self._when_narrow == "below")
        if narrow != self.narrow:
            self.narrow = narrow
            self.narrowed.emit(narrow)


class PageTitle(QWidget):
    """The one h1 of a page, a line under it, and room for buttons at the right."""

    def __init__(self, title: str, about: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = PairLayout(self, row_gap=12, middle=True)
        column = QVBoxLayout()
        column.setSpacing(px(2))
        self.title = Words(title, "h1")
        column.addWidget(self.title)
        self.about = Words(about, "body", "muted")
        column.addWidget(self.about)
        row.addLayout(column)
        # Shown only once it has a parent: before that it would open a window of its own and take the focus.
        self.about.setVisible(bool(about))
        self.trailing = FlowLayout()
        row.addLayout(self.trailing)

    def set_about(self, about: str) -> None:
        """Change the line under the title."""
        self.about.set_words(about)
        self.about.setVisible(bool(about))


class Section(QWidget):
    """A heading with things under it, outside a card."""

    def __init__(self, title: str, *widgets: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(px(8))
        self.body.addWidget(Words(title, "h2"))
        for widget in widgets:
            self.body.addWidget(widget)
