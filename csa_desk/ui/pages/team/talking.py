"""What is worth talking about in the team: gaps, overlaps, contacts without a date; one next step each."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csa_desk.casework.team import Remark
from csa_desk.ui.look import px
from csa_desk.ui.widgets.boxes import Card, Rule
from csa_desk.ui.widgets.buttons import LinkButton
from csa_desk.ui.widgets.marks import IconMark
from csa_desk.ui.widgets.text import Words

# kind: icon, token, what it is called, the next step
_KINDS = {
    "gap": ("warning", "warn", "Gap", "Name someone"),
    "overlap": ("users-three", "info", "Overlap", "Change who leads"),
    "no-date": ("calendar-blank", "info", "No date", "Set a new date"),
}


class TalkingCard(Card):
    """A side card; it points out and never scores."""

    asked = Signal(str, str)  # kind, and the need or member it starts with
    stuck = Signal()

    def __init__(self, *, steps: bool = True) -> None:
        super().__init__("Worth talking about")
        self._steps = steps
        self._holder: QWidget | None = None
        self.body.setSpacing(px(12))
        self.set_width(288)

    def set_width(self, wide: int) -> None:
        """A side card of this width at 100 %, or as wide as the page with 0."""
        self.setMinimumWidth(px(wide))
        self.setMaximumWidth(px(wide) if wide else 16_777_215)

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        """Replace what stands in it."""
        if self._holder is not None:
            self._holder.hide()
            self._holder.deleteLater()
        self._holder = QWidget()
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        for number, remark in enumerate(remarks):
            if number:
                column.addWidget(Rule())
            column.addLayout(self._entry(remark))
        if not remarks:
            column.addWidget(Words("Nothing stands out today.", "body", "muted"))
        column.addWidget(Rule())
        stuck = LinkButton("When agencies disagree, or nothing happens", "small")
        stuck.clicked.connect(self.stuck)
        column.addWidget(stuck)
        column.addStretch(1)
        self.add(self._holder)

    def _entry(self, remark: Remark) -> QHBoxLayout:
        icon, token, called, step = _KINDS[remark.kind]
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(IconMark(icon, token, weight="bold"), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        about = remark.about if remark.kind == "no-date" else remark.about[:1].lower() + remark.about[1:]
        words.addWidget(Words(f"{called}: {about}", "strong"))
        words.addWidget(Words(remark.sentence, "small", "muted"))
        link = LinkButton(step)
        link.setAccessibleDescription(f"{called}: {remark.about}. {remark.sentence}")
        link.setProperty("kind", remark.kind)
        link.setProperty("start", remark.need if remark.kind == "gap" else remark.member)
        link.clicked.connect(self._follow)
        if self._steps:
            words.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        row.addLayout(words, 1)
        return row

    def _follow(self) -> None:
        link = self.sender()
        if link is not None:
            self.asked.emit(str(link.property("kind")), str(link.property("start")))
