"""A row that wraps: what does not fit goes to the next line.

FlowLayout(parent=None, gap=8, row_gap=8)   pixels at 100 %; a QLayout with height-for-width
"""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLayoutItem, QWidget

from csa_desk.ui.look import px


class FlowLayout(QHBoxLayout):
    """Places its items from left to right, in as many lines as the width needs.

    Items are kept by the box layout it is made from: a Python ``itemAt`` that gives ``None`` past the end
    miscounts references in PySide6 6.12 and ends the process.
    """

    def __init__(self, parent: QWidget | None = None, gap: int = 8, row_gap: int = 8) -> None:
        super().__init__()
        self._gap, self._row_gap = gap, row_gap
        self.setContentsMargins(0, 0, 0, 0)
        if parent is not None:
            parent.setLayout(self)

    def expandingDirections(self) -> Qt.Orientation:
        """It takes what it is given."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """It wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines at this width."""
        return self._place(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        """Everything on one line."""
        hints = [item.sizeHint() for item in self._shown()]
        wide = sum(hint.width() for hint in hints) + px(self._gap) * max(0, len(hints) - 1)
        return self._with_margins(QSize(wide, max((hint.height() for hint in hints), default=0)))

    def minimumSize(self) -> QSize:
        """The widest single item."""
        hints = [item.minimumSize() for item in self._shown()]
        wide = max((hint.width() for hint in hints), default=0)
        return self._with_margins(QSize(wide, max((hint.height() for hint in hints), default=0)))

    def setGeometry(self, rect: QRect) -> None:
        """Move every item to its place."""
        QLayout.setGeometry(self, rect)
        self._place(rect, move=True)

    def _shown(self) -> list[QLayoutItem]:
        items = (self.itemAt(place) for place in range(self.count()))
        return [item for item in items if item is not None and not item.isEmpty()]

    def _with_margins(self, size: QSize) -> QSize:
        edge = self.contentsMargins()
        return size + QSize(edge.left() + edge.right(), edge.top() + edge.bottom())

    def _place(self, rect: QRect, *, move: bool) -> int:
        edge = self.contentsMargins()
        inside = rect.marginsRemoved(edge)
        left, top, deep = inside.left(), inside.top(), 0
        line: list[tuple[QLayoutItem, int, QSize]] = []
        for item in self._shown():
            hint = item.sizeHint()
            size = QSize(min(hint.width(), inside.width()), hint.height())
            if item.hasHeightForWidth():
                size.setHeight(item.heightForWidth(size.width()))
            if line and left + size.width() > inside.left() + inside.width():
                self._settle(line, top, deep, move=move)
                left, top, deep, line = inside.left(), top + deep + px(self._row_gap), 0, []
            line.append((item, left, size))
            left += size.width() + px(self._gap)
            deep = max(deep, size.height())
        self._settle(line, top, deep, move=move)
        return top + deep - rect.top() + edge.bottom()

    @staticmethod
    def _settle(line: list[tuple[QLayoutItem, int, QSize]], top: int, deep: int, *, move: bool) -> None:
        if move:
            for item, left, size in line:
                item.setGeometry(QRect(QPoint(left, top + (deep - size.height()) // 2), size))
