"""The week at a glance: five days, what is due on each."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from csa_desk.ui.look import px
from csa_desk.ui.pages.today.days import DAYS, long_day
from csa_desk.ui.widgets.boxes import Card, frame
from csa_desk.ui.widgets.text import Words

MOST = 2
# A day needs this much beside the others, else the words would stand one by one.
_DAY_ROOM = 150
_HEAD = 76


class WeekStrip(Card):
    """Five days beside each other, or one under the other where there is no room; today is tinted."""

    def __init__(self, days: Sequence[date], today: date, due: Mapping[str, Sequence[str]]) -> None:
        super().__init__(flush=True)
        self.setAccessibleName("This week")
        holder = QWidget()
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom, holder)
        self._row.setContentsMargins(px(10), px(8), px(10), px(8))
        self._row.setSpacing(px(4))
        self._days = [_Day(day, due.get(day.isoformat(), ()), now=day == today) for day in days]
        for day in self._days:
            self._row.addWidget(day.box, 1)
        self.add(holder)
        self._beside = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other only where every day has room for its words."""
        super().resizeEvent(event)
        beside = self.width() >= len(self._days) * px(_DAY_ROOM)
        if beside != self._beside:
            self._beside = beside
            self._row.setDirection(_way(beside))
            for day in self._days:
                day.set_beside(beside)


class _Day:
    """One day: its name over what is due on it, or before it."""

    def __init__(self, day: date, whats: Sequence[str], *, now: bool) -> None:
        self.box = frame("tint") if now else QFrame()
        self.box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        said = "; ".join(whats) if whats else "nothing due"
        self.box.setAccessibleName(f"{long_day(day)}: {said}")
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self.box)
        self._layout.setContentsMargins(px(10), px(6), px(8), px(6))
        self._layout.setSpacing(px(2))
        self._head = QWidget()
        self._head.setMinimumWidth(px(_HEAD))
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(px(6))
        ink = "on_tint" if now else "muted"
        name = Words(DAYS[day.weekday()][:3], "small-strong", ink, wrap=False)
        number = Words(str(day.day), "strong", "on_tint" if now else "text", wrap=False)
        for words in (name, number):
            head.addWidget(words, 0, Qt.AlignmentFlag.AlignBaseline)
        head.addStretch(1)
        self._layout.addWidget(self._head, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(px(2))
        for what in whats[:MOST]:
            column.addWidget(Words(what, "small"))
        if len(whats) > MOST:
            column.addWidget(Words(f"and {len(whats) - MOST} more", "small", "muted"))
        if not whats:
            column.addWidget(Words("Nothing due", "small", "muted"))
        column.addStretch(1)
        self._layout.addLayout(column, 1)

    def set_beside(self, beside: bool) -> None:
        """Whether the other days stand beside it."""
        self._layout.setDirection(_way(not beside))


def _way(beside: bool) -> QBoxLayout.Direction:
    return QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
