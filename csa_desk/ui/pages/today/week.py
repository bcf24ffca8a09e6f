"""The week at a glance: five days, what is due on each."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from csa_desk.ui.look import px
from csa_desk.ui.pages.today.days import DAYS, long_day
from csa_desk.ui.widgets.boxes import Card, frame
from csa_desk.ui.widgets.text import Elided, Words

MOST = 2


class WeekStrip(Card):
    """Five days beside each other; today is tinted."""

    def __init__(self, days: Sequence[date], today: date, due: Mapping[str, Sequence[str]]) -> None:
        super().__init__(flush=True)
        self.setAccessibleName("This week")
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(px(10), px(8), px(10), px(8))
        row.setSpacing(px(4))
        for day in days:
            row.addWidget(_day(day, due.get(day.isoformat(), ()), now=day == today), 1)
        self.add(holder)


def _day(day: date, whats: Sequence[str], *, now: bool) -> QFrame:
    made = frame("tint") if now else QFrame()
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    said = "; ".join(whats) if whats else "nothing due"
    made.setAccessibleName(f"{long_day(day)}: {said}")
    column = QVBoxLayout(made)
    column.setContentsMargins(px(10), px(8), px(8), px(8))
    column.setSpacing(px(2))
    head = QHBoxLayout()
    head.setSpacing(px(6))
    ink = "on_tint" if now else "muted"
    head.addWidget(
        Words(DAYS[day.weekday()][:3], "small-strong", ink, wrap=False), 0, Qt.AlignmentFlag.AlignBaseline
    )
    head.addWidget(
        Words(str(day.day), "strong", "on_tint" if now else "text", wrap=False),
        0,
        Qt.AlignmentFlag.AlignBaseline,
    )
    head.addStretch(1)
    column.addLayout(head)
    for what in whats[:MOST]:
        column.addWidget(Elided(what, "small", "text"))
    if len(whats) > MOST:
        column.addWidget(Elided(f"and {len(whats) - MOST} more", "small", "muted"))
    if not whats:
        column.addWidget(Elided("Nothing due", "small", "muted"))
    column.addStretch(1)
    return made
