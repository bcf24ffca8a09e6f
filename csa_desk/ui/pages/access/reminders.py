"""What the law on records asks, beside the work: each line with where it comes from and how well it is known."""

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from csa_desk.casework.access_request import Reminder
from csa_desk.ui.look import px
from csa_desk.ui.widgets.boxes import Card
from csa_desk.ui.widgets.marks import LongChip
from csa_desk.ui.widgets.text import Words


class ReminderLine(QWidget):
    """A title, a few sentences, the ground; and *Check before relying* where that is so."""

    def __init__(self, told: Reminder) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(4), 0, px(4))
        column.setSpacing(px(2))
        column.addWidget(Words(told.title, "strong"))
        column.addWidget(Words(told.text))
        column.addWidget(Words(told.ground.line, "small", "muted"))
        if told.ground.note:
            column.addWidget(LongChip(told.ground.note, "warn", "warning"))


class RemindersCard(Card):
    """Reminders under one title."""

    def __init__(self, title: str, told: list[Reminder]) -> None:
        super().__init__(title, level="h3")
        for one in told:
            self.add(ReminderLine(one))
