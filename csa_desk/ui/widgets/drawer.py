"""A heading that opens: what is under it is made when it is first opened.

Drawer(title, about="", count=None, inset=20)   .opening  once, before the first opening: fill .body then
                                      .add(widget)  .set_open(bool)  .is_open  .mark(chip)
"""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from csa_desk.ui import icons
from csa_desk.ui.look import px
from csa_desk.ui.widgets.buttons import PaintedButton
from csa_desk.ui.widgets.marks import Chip, Count
from csa_desk.ui.widgets.paint import box
from csa_desk.ui.widgets.text import Words


class _Handle(PaintedButton):
    """The heading: whole row is the target, caret at the left."""

    def __init__(self, title: str, about: str, count: int | None, inset: int) -> None:
        super().__init__(title)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        row = QHBoxLayout(self)
        self._inset = inset
        row.setContentsMargins(px(inset + 26), px(10), px(inset), px(10))
        row.setSpacing(px(10))
        column = QVBoxLayout()
        column.setSpacing(px(1))
        column.addWidget(Words(title, "strong", "link"))
        if about:
            column.addWidget(Words(about, "small", "muted"))
        row.addLayout(column, 1)
        self.row = row
        if count is not None:
            row.addWidget(Count(count), 0, Qt.AlignmentFlag.AlignVCenter)
        self._said = ", ".join(
            part for part in (title, about, str(count) if count is not None else "") if part
        )
        self.open = False
        self.say()

    def mark(self, chip: Chip) -> None:
        """Put a state at the right."""
        self.row.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
        self._said = f"{self._said}, {chip.text()}"
        self.say()

    def say(self) -> None:
        """Name and state for readers."""
        self.setAccessibleName(self._said)
        self.setAccessibleDescription("Open" if self.open else "Closed")
        self.update()

    def sizeHint(self) -> QSize:
        """What the words need, at least a row."""
        layout = self.layout()
        hint = layout.sizeHint() if layout is not None else QSize()
        return hint.expandedTo(QSize(px(160), px(44)))

    def minimumSizeHint(self) -> QSize:
        """The words wrap."""
        layout = self.layout()
        return QSize(layout.minimumSize().width() if layout is not None else 0, px(44))

    def hasHeightForWidth(self) -> bool:
        """The words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height at this width."""
        layout = self.layout()
        return max(px(44), layout.heightForWidth(width) if layout is not None else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the quiet ground under the pointer and the caret."""
        painter = QPainter(self)
        if self.hovered or self.isDown():
            aside = px(4) if self._inset else 0
            box(painter, self.rect().adjusted(aside, px(3), -aside, -px(3)), px(6), "sunken")
        side = px(18)
        place = QRect(px(self._inset), (self.height() - side) // 2, side, side)
        icons.draw(painter, "caret-down" if self.open else "caret-right", "link", place, "bold")
        painter.end()


class Drawer(QWidget):
    """Closed at first; opening and closing keeps the focus on the heading."""

    opening = Signal()

    def __init__(
        self,
        title: str,
        about: str = "",
        count: int | None = None,
        inset: int = 20,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.handle = _Handle(title, about, count, inset)
        self.handle.clicked.connect(self._turn)
        column.addWidget(self.handle)
        self._inside = QWidget()
        self.body = QVBoxLayout(self._inside)
        self.body.setContentsMargins(px(inset + 26), px(2), px(inset), px(16))
        self.body.setSpacing(px(12))
        self._inside.hide()
        column.addWidget(self._inside)
        self._filled = False

    @property
    def is_open(self) -> bool:
        """Whether what is under the heading is shown."""
        return self.handle.open

    def add(self, widget: QWidget) -> None:
        """Put a widget at the end of what is under the heading."""
        self.body.addWidget(widget)

    def mark(self, chip: Chip) -> None:
        """Put a state at the right of the heading."""
        self.handle.mark(chip)

    def set_open(self, on: bool) -> None:
        """Open or close it."""
        if on and not self._filled:
            self._filled = True
            self.opening.emit()
        self.handle.open = on
        self.handle.say()
        self._inside.setVisible(on)

    def _turn(self) -> None:
        self.set_open(not self.is_open)
