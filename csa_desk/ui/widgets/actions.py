"""What a card offers to be done: one thing may be loud, the rest are links beside it.

Action(words)                 a link; .set_kind("primary" | "secondary" | "danger" | "link"); boxes wrap too
Actions()                     a row that wraps; .add(action)
    .put_first(action, kind)  the next step: drawn as a button and put before the others; None makes all of them links
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from csa_desk.ui.look import color, look, px, type_font
from csa_desk.ui.widgets.buttons import LinkButton, box_tokens
from csa_desk.ui.widgets.flow import FlowLayout
from csa_desk.ui.widgets.paint import box

Kind = Literal["primary", "secondary", "danger", "link"]
_INSET, _TALL = 19, 44


class Action(LinkButton):
    """A link that can become a button whose words wrap: which of several is the next step changes with the vault."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        self.kind: Kind = "link"
        super().__init__(words, parent=parent)

    def set_kind(self, kind: Kind) -> None:
        """How loud it is."""
        self.kind = kind
        self._role = "small" if kind == "link" else "strong"
        self.updateGeometry()
        self.update()

    def _area(self, width: int) -> QRect:
        return super()._area(width if self.kind == "link" else width - 2 * px(_INSET))

    def sizeHint(self) -> QSize:
        """The words on one line, with room round them where it is a button."""
        hint = super().sizeHint()
        if self.kind == "link":
            return hint
        return QSize(hint.width() + 2 * px(_INSET), max(px(_TALL), hint.height() + px(4)))

    def heightForWidth(self, width: int) -> int:
        """The height of the wrapped words with what is round them."""
        if self.kind == "link":
            return super().heightForWidth(width)
        return max(px(_TALL), self._area(width).height() + px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A link, or a box with the words in its middle."""
        if self.kind == "link":
            super().paintEvent(event)
            return
        painter = QPainter(self)
        fill, edge, ink = box_tokens(self, self.kind)
        box(painter, self.rect(), px(6), fill, edge, look().hairline)
        painter.setFont(type_font(self._role))
        painter.setPen(color(ink))
        inside = self.rect().adjusted(px(_INSET) - 1, 0, 1 - px(_INSET), 0)
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), self._shown())
        painter.end()


def loudest(actions: Sequence[Action]) -> Action | None:
    """Where the keyboard starts: on the next step, else on what is outlined, else on the first of all."""
    for kind in ("primary", "danger", "secondary"):
        found = next((action for action in actions if action.kind == kind), None)
        if found is not None:
            return found
    return actions[0] if actions else None


class Actions(QWidget):
    """The row at the foot of a card."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._flow = FlowLayout(self, 20, 6)
        self._made: list[Action] = []

    def add(self, action: Action) -> None:
        """Put one more at the end."""
        self._made.append(action)
        self._flow.addWidget(action)

    def put_first(self, first: Action | None, kind: Kind = "primary") -> None:
        """Draw the next step as a button before the others, which are links; the keyboard comes to it first too."""
        order = sorted(self._made, key=lambda action: action is not first)
        for action in order:
            action.set_kind(kind if action is first else "link")
            self._flow.removeWidget(action)
            self._flow.addWidget(action)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
