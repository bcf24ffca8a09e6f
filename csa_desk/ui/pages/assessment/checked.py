"""Parts of *Check your answers*: what is odd, and one row for each answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from csa_desk.casework.answers import AssessmentView, QuestionView, Standing
from csa_desk.casework.asking import Asking, ago, not_known_yet, to_check_words
from csa_desk.records.assessment import AnswerState
from csa_desk.ui.look import color, look, px
from csa_desk.ui.pages.assessment.known import folded
from csa_desk.ui.widgets.buttons import LinkButton
from csa_desk.ui.widgets.marks import IconMark
from csa_desk.ui.widgets.paint import box, corners
from csa_desk.ui.widgets.text import Words

# More than these of one kind are told as a number.
MOST = 4
_BESIDE = 520
_COUNTS = {1: "One thing", 2: "Two things", 3: "Three things", 4: "Four things", 5: "Five things"}


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something to look at before signing off: a sentence, and the row or section it is about."""

    sentence: str
    section: str
    key: str = ""


def oddities(shown: AssessmentView) -> list[Oddity]:
    """Missing in sections that were started, to check, and answers kept that do not apply now."""
    found: list[Oddity] = []
    for section in shown.sections:
        open_ = [item for item in section.asked if item.standing == Standing.OPEN]
        started = any(item.answer is not None for item in section.standing_now)
        if started and open_:
            things = (
                "1 question is still open" if len(open_) == 1 else f"{len(open_)} questions are still open"
            )
            found.append(Oddity(f"{section.title}: {things}", section.section.id, open_[0].key))
    found = _some(found, "more pages with open questions")
    found += _some(
        [
            Oddity(f"{item.text} {_why(item)}", section.section.id, item.key)
            for section in shown.sections
            for item in section.asked
            if item.standing == Standing.TO_CHECK
        ],
        "more to check, marked below",
    )
    found += _some(
        [
            Oddity(f"{item.text} Answered, but it does not apply now", section.section.id, item.key)
            for section in shown.sections
            for item in section.asked
            if item.standing == Standing.HIDDEN and item.answer is not None
        ],
        "more that do not apply now, marked below",
    )
    return found


def _some(all_: list[Oddity], rest: str) -> list[Oddity]:
    if len(all_) <= MOST:
        return all_
    left = all_[MOST - 1 :]
    return [*all_[: MOST - 1], Oddity(f"And {len(left)} {rest}", left[0].section, left[0].key)]


def _why(item: QuestionView) -> str:
    if not_known_yet(item):
        return "Not known yet"
    return f"Told {ago(item.age_days)}, not checked" if item.age_days is not None else "Day not known"


class Oddities(QFrame):
    """What to look at before signing off: each line goes to its row."""

    asked = Signal(object)  # Oddity

    def __init__(self, found: Sequence[Oddity]) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._found = list(found)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(14), px(20), px(12))
        column.setSpacing(0)
        count = _COUNTS.get(len(self._found), f"{len(self._found)} things")
        title = f"{count} to look at before you sign off"
        self.setAccessibleName(title)
        column.addWidget(Words(title, "strong"))
        for number, oddity in enumerate(self._found):
            row = QHBoxLayout()
            row.setSpacing(px(8))
            mark = Words(str(number + 1), "strong", wrap=False)
            mark.setMinimumWidth(px(20))
            mark.setContentsMargins(0, px(6), 0, 0)
            row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
            link = LinkButton(oddity.sentence, "body", "text")
            link.setProperty("number", number)
            link.clicked.connect(self._go)
            if not number:
                self.first = link
            row.addWidget(link, 100)
            row.addStretch(1)
            column.addLayout(row)

    def _go(self) -> None:
        link = self.sender()
        if link is not None:
            self.asked.emit(self._found[int(link.property("number"))])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the amber ground and its straight bar."""
        painter = QPainter(self)
        edge = "warn_bar" if look().scheme == "contrast" else ""
        box(painter, self.rect(), px(8), "warn_bg", edge, look().hairline)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(QRect(0, 0, px(4), self.height()))
        painter.fillPath(corners(self.rect(), px(6), top=True, bottom=True), color("warn_bar"))
        painter.end()


class CheckRow(QWidget):
    """One answer: question, value, source, Change; one under the other where it is narrow."""

    def __init__(self, asking: Asking, item: QuestionView) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(px(20), px(5), px(20), px(5))
        self._row.setSpacing(px(16))
        question = item.text
        if item.question.subject in ("carer", "sibling"):
            question = f"{item.subject_name}: {item.text}"
        name = Words(question, "strong")
        # The link has six pixels to hit above and below: its words stand level with the others.
        name.setContentsMargins(0, px(4), 0, px(4))
        self._row.addWidget(name, 5, Qt.AlignmentFlag.AlignTop)
        middle = QVBoxLayout()
        middle.setContentsMargins(0, px(4), 0, px(4))
        middle.setSpacing(px(2))
        answer = item.answer
        if answer is None:
            middle.addWidget(Words("Not answered yet", "body", "muted"))
        elif folded(item):
            line = QHBoxLayout()
            line.setSpacing(px(8))
            line.addWidget(IconMark("eye-slash", "muted", 18), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(Words("Folded away", "body", "muted"), 1)
            middle.addLayout(line)
        else:
            quiet = answer.state != AnswerState.ANSWERED
            middle.addWidget(Words(item.shown, "body", "muted" if quiet else "text"))
        warning = ""
        if item.standing == Standing.TO_CHECK:
            warning = to_check_words(item)
        elif item.standing == Standing.HIDDEN:
            warning = "Does not apply now. The answer is kept"
        if warning:
            line = QHBoxLayout()
            line.setSpacing(px(6))
            line.addWidget(IconMark("warning", "warn", 16, "bold"), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(Words(warning, "small-strong", "warn"), 1)
            middle.addLayout(line)
        # Not by its alignment, which would hold a long answer to the height of two lines.
        middle.addStretch(1)
        self._row.addLayout(middle, 6)
        origin = asking.origin(answer) if answer is not None else None
        source = Words(f"{origin.who}, {origin.when}" if origin is not None else "", "small", "muted")
        source.setContentsMargins(0, px(6), 0, px(4))
        self._row.addWidget(source, 3, Qt.AlignmentFlag.AlignTop)
        self.change = LinkButton("Change" if answer is not None else "Answer")
        self.change.setAccessibleDescription(question)
        self._row.addWidget(self.change, 0, Qt.AlignmentFlag.AlignTop)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One under the other where it is narrow."""
        super().resizeEvent(event)
        beside = self.width() >= px(_BESIDE)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if way != self._row.direction():
            self._row.setDirection(way)
            self._row.setSpacing(px(16 if beside else 2))
