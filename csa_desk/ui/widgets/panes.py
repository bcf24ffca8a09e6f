"""Two panes under a fixed head: a list at the left that scrolls itself, what is chosen in it at the right.

Pane()                      a scrolling column: .main (QVBoxLayout)  .add(widget)  .clear()  .finish()
TwoPanes(left, right, back, left_width=368)
    beside each other; under 1000 px of window one at a time, with a link ``back`` to the list
    .show_right()  .show_left()  .narrow  .narrowed(bool)
"""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from csa_desk.ui.look import px
from csa_desk.ui.widgets.buttons import LinkButton
from csa_desk.ui.widgets.page import Scrolled, Sheet

WIDEST = 1120
NARROW = 932
# Inside the scrolling pane, so that the focus ring of what stands at its edge is not cut.
RING = 8


def side_margin(width: int) -> int:
    """The margin at the sides of a page whose content is this wide."""
    return px(24 if width < px(NARROW) else 36)


class Pane(Scrolled):
    """A column that scrolls up and down."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        page = Sheet()
        page.setObjectName("pageBody")
        self.main = QVBoxLayout(page)
        self.main.setSpacing(px(16))
        self._side = px(RING)
        self.setWidget(page)
        self._fit()

    def add(self, widget: QWidget) -> None:
        """Put a widget at the end."""
        self.main.addWidget(widget)

    def finish(self) -> None:
        """After the last add: what is left stays empty at the foot."""
        self.main.addStretch(1)

    def set_side(self, margin: int) -> None:
        """How far the right edge of what is inside stands from the pane's: the scroll bar is in this margin."""
        self._side = margin
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The scroll bar came or went."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        bar = self.width() - self.viewport().width()
        self.main.setContentsMargins(px(RING), 0, max(px(RING), self._side - bar), px(24))

    def clear(self) -> None:
        """Take everything out and go to the top."""
        while (item := self.main.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.verticalScrollBar().setValue(0)


class TwoPanes(QWidget):
    """List and detail."""

    narrowed = Signal(bool)

    def __init__(
        self, left: QWidget, right: Pane, back: str, left_width: int = 368, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.narrow = False
        self._left, self._left_width = left, left_width
        self._right_asked = False
        self._content = QWidget()
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        policy.setHorizontalStretch(1)
        self._content.setSizePolicy(policy)
        outer.addWidget(self._content)
        outer.addStretch(0)
        self._row = QHBoxLayout(self._content)
        self._row.setSpacing(px(20 - RING))
        self._pane = right
        self._right = QWidget()
        column = QVBoxLayout(self._right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        self.back = LinkButton(back, icon="arrow-left")
        self.back.clicked.connect(self.show_left)
        top = QHBoxLayout()
        top.setContentsMargins(px(RING), 0, 0, 0)
        top.addWidget(self.back)
        top.addStretch(1)
        column.addLayout(top)
        column.addWidget(right, 1)
        self._row.addWidget(left)
        self._row.addWidget(self._right, 1)
        self._fit()

    def show_right(self) -> None:
        """Where only one has room, show what was chosen."""
        self._right_asked = True
        self._fit()

    def show_left(self) -> None:
        """Where only one has room, show the list."""
        self._right_asked = False
        self._fit()
        if self.narrow:
            self._left.setFocus()

    def _fit(self) -> None:
        narrow = self.width() < px(NARROW)
        margin = side_margin(self.width())
        # A pane keeps room for the focus ring inside its own edges.
        alone = narrow and not self._right_asked
        left = margin - px(RING) if narrow and self._right_asked else margin
        self._row.setContentsMargins(left, px(4), margin if alone else 0, px(20))
        self._pane.set_side(margin)
        self._content.setMaximumWidth(px(WIDEST) + 2 * margin)
        self._left.setMinimumWidth(0 if narrow else px(self._left_width))
        self._left.setMaximumWidth(px(WIDEST) if narrow else px(self._left_width))
        self._left.setVisible(not narrow or not self._right_asked)
        self._right.setVisible(not narrow or self._right_asked)
        self.back.setVisible(narrow)
        if narrow != self.narrow:
            self.narrow = narrow
            self.narrowed.emit(narrow)

    def minimumSizeHint(self) -> QSize:
        """Both sides scroll: a low window leaves them little and is not made taller."""
        return QSize(super().minimumSizeHint().width(), px(90))

    def hasHeightForWidth(self) -> bool:
        """What is inside scrolls."""
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the panes to the width."""
        super().resizeEvent(event)
        self._fit()
