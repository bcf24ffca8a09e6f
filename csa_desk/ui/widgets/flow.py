"""Rows that give way where it is narrow. All lengths are pixels at 100 %.

FlowLayout(parent=None, gap=8, row_gap=8)   a row that wraps: what does not fit goes to the next line
PairLayout(parent=None, gap=16, row_gap=8, least=240, middle=False)
    two items: the first takes the room, the second stands at its right, or below it where both have too little
"""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLayoutItem, QWidget

from csa_desk.ui.look import px


class FlowLayout(QHBoxLayout):
    """Places its items from left to right, in as many lines as the width needs.

    Items are kept by the box layout it is made from: a Python ``itemAt`` that gives ``None`` past the end
    miscounts references in PySide6 6.12 and ends the process.
    """

    # On the class too: while a page is freed, Python may take an object's own attributes before Qt has asked for the
    # last time how large it is.
    _gap = _row_gap = 8

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

    def minimumHeightForWidth(self, width: int) -> int:
        """The same: a line that is squeezed would be cut."""
        return self.heightForWidth(width)

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
                low = bool(item.alignment() & Qt.AlignmentFlag.AlignBottom)
                down = (deep - size.height()) // (1 if low else 2)
                item.setGeometry(QRect(QPoint(left, top + down), size))


class PairLayout(QHBoxLayout):
    """What is said, and what can be done with it: beside each other, or one under the other.

    ``least`` is what the first keeps beside the second; ``middle`` puts a second that is lower on its middle line.
    Made from a box layout for the reason that FlowLayout gives.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        gap: int = 16,
        row_gap: int = 8,
        least: int = 240,
        *,
        middle: bool = False,
    ) -> None:
        self._heights: dict[int, int] = {}
        super().__init__()
        self._gap, self._row_gap, self._least, self._middle = gap, row_gap, least, middle
        self.setContentsMargins(0, 0, 0, 0)
        if parent is not None:
            parent.setLayout(self)

    def hasHeightForWidth(self) -> bool:
        """Words wrap, and the second may go below."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height at this width; kept until something in it changes, since a page asks many times."""
        known = self._heights.get(width)
        if known is None:
            known = self._heights[width] = self._place(QRect(0, 0, width, 0), move=False)
        return known

    def invalidate(self) -> None:
        """Something in it has changed."""
        self._heights.clear()
        super().invalidate()

    def minimumHeightForWidth(self, width: int) -> int:
        """The same: nothing in it may be squeezed."""
        return self.heightForWidth(width)

    def sizeHint(self) -> QSize:
        """Both beside each other."""
        hints = [item.sizeHint() for item in self._shown()]
        wide = sum(hint.width() for hint in hints) + (px(self._gap) if len(hints) > 1 else 0)
        return self._with_margins(wide, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        """One under the other."""
        hints = [item.minimumSize() for item in self._shown()]
        wide = max((hint.width() for hint in hints), default=0)
        return self._with_margins(wide, max((hint.height() for hint in hints), default=0))

    def setGeometry(self, rect: QRect) -> None:
        """Move both to their places."""
        QLayout.setGeometry(self, rect)
        self._place(rect, move=True)

    def _shown(self) -> list[QLayoutItem]:
        items = (self.itemAt(place) for place in range(self.count()))
        return [item for item in items if item is not None and not item.isEmpty()]

    def _with_margins(self, wide: int, high: int) -> QSize:
        edge = self.contentsMargins()
        return QSize(wide + edge.left() + edge.right(), high + edge.top() + edge.bottom())

    def _place(self, rect: QRect, *, move: bool) -> int:
        edge = self.contentsMargins()
        inside = rect.marginsRemoved(edge)
        shown = self._shown()
        deep = 0
        if len(shown) > 1:
            deep = self._both(shown[0], shown[1], inside, move=move)
        elif shown:
            deep = _height(shown[0], inside.width())
            if move:
                shown[0].setGeometry(
                    QRect(inside.topLeft(), QSize(inside.width(), max(deep, inside.height())))
                )
        return deep + edge.top() + edge.bottom()

    def _both(self, first: QLayoutItem, second: QLayoutItem, inside: QRect, *, move: bool) -> int:
        wide = min(second.sizeHint().width(), inside.width())
        left = inside.width() - wide - px(self._gap)
        if left < min(first.sizeHint().width(), max(px(self._least), first.minimumSize().width())):
            high, low = _height(first, inside.width()), _height(second, wide)
            if move:
                first.setGeometry(QRect(inside.left(), inside.top(), inside.width(), high))
                top = inside.top() + high + px(self._row_gap)
                second.setGeometry(QRect(inside.left(), top, wide, low))
            return high + px(self._row_gap) + low
        high, low = _height(first, left), _height(second, wide)
        deep = max(high, low)
        if move:
            deep = max(deep, inside.height())
            at = inside.left() + left + px(self._gap)
            down = (deep - low) // 2 if self._middle else 0
            over = (deep - high) // 2 if self._middle else 0
            first.setGeometry(QRect(inside.left(), inside.top() + over, left, high if over else deep))
            second.setGeometry(QRect(at, inside.top() + down, wide, low))
        return deep


def _height(item: QLayoutItem, width: int) -> int:
    """How high an item is at this width."""
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
