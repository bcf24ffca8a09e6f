"""Beside the tasks: where to carry on, and what the desk noticed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csa_desk.casework.noticing import Noticed
from csa_desk.casework.resuming import CarryOn
from csa_desk.ui.look import px
from csa_desk.ui.shell.place import Place
from csa_desk.ui.widgets.boxes import Card, TintCard
from csa_desk.ui.widgets.buttons import Button, LinkButton
from csa_desk.ui.widgets.marks import IconMark
from csa_desk.ui.widgets.text import Words

ICONS = {
    "contact": "shield-warning",
    "review": "calendar-blank",
    "removal": "hourglass-medium",
    "keeping": "clock-countdown",
    "directory": "phone-call",
    "backup": "copy",
    "guidance": "clock-counter-clockwise",
    "recovery": "lock-key",
}


class CarryOnCard(TintCard):
    """Where one stopped, and the way back to the very field."""

    asked = Signal(Place)

    def __init__(self, where: CarryOn) -> None:
        super().__init__("Carry on where you stopped", "bookmark-simple")
        self._place = Place(where.page, where.case, where.item, where.field, where.cursor)
        self.add(Words(where.title, "h2"))
        self.add(Words(where.about))
        self.button = Button("Continue", "primary")
        self.button.setAccessibleDescription(where.title)
        self.button.clicked.connect(self._go)
        self.body.addSpacing(px(4))
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def _go(self) -> None:
        self.asked.emit(self._place)


class NeedsALook(Card):
    """What was noticed, each with a way on; where nothing was, it says so."""

    asked = Signal(Place)

    def __init__(self, found: Sequence[Noticed]) -> None:
        super().__init__("Needs a look")
        self.body.setSpacing(px(12))
        if not found:
            self.add(Words("Nothing needs a look just now.", "body", "muted"))
        for item in found:
            self.add(_Line(item, self))

    def go(self, place: Place) -> None:
        """Go where a line points."""
        self.asked.emit(place)


class _Line(QWidget):
    def __init__(self, item: Noticed, card: NeedsALook) -> None:
        super().__init__()
        self._card = card
        self._place = Place(item.page, item.case, item.item)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(12))
        # The title is a link with a hit area of its own: the icon stands beside its words.
        mark = QVBoxLayout()
        mark.setContentsMargins(0, px(6), 0, 0)
        mark.addWidget(IconMark(ICONS[item.kind], "warn"), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(mark)
        column = QVBoxLayout()
        column.setSpacing(0)
        link = LinkButton(item.title, "strong", underline=False)
        link.setAccessibleDescription(item.about)
        link.clicked.connect(self._go)
        column.addWidget(link)
        column.addWidget(Words(item.about, "small", "muted"))
        row.addLayout(column, 1)

    def _go(self) -> None:
        self._card.go(self._place)
