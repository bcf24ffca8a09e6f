"""An answer that is known or to be checked, folded to a row: question, answer, source, and what can be done with it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from csa_desk.casework.answers import QuestionView, Standing
from csa_desk.casework.asking import Asking, not_known_yet, to_check_words
from csa_desk.records.assessment import AnswerState
from csa_desk.records.dates import spoken
from csa_desk.ui.look import px
from csa_desk.ui.pages.assessment.origin import ALT, source_chip
from csa_desk.ui.widgets.boxes import FoldedText
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.flow import FlowLayout
from csa_desk.ui.widgets.marks import Chip
from csa_desk.ui.widgets.rows import KnownRow
from csa_desk.ui.widgets.text import set_tip

CHANGE, STILL_RIGHT = "change", "still-right"
_LINE = 75


def folded(item: QuestionView) -> bool:
    """Whether the answer may be hard to read and so stays folded away."""
    return item.question.fold and item.answer is not None and item.answer.state == AnswerState.ANSWERED


def fold_line(asking: Asking, item: QuestionView) -> str:
    """``May be hard to read, so it is folded. 6 lines, 9 October 2026, from Rowan.``"""
    if item.answer is None:
        return ""
    lines = sum(1 + len(line) // _LINE for line in item.shown.splitlines()) or 1
    count = "1 line" if lines == 1 else f"{lines} lines"
    who = asking.origin(item.answer).who
    return f"May be hard to read, so it is folded. {count}, {spoken(item.answer.told_on)}, source: {who}."


class KnownAnswer(QWidget):
    """One row. Made anew whenever its answer changes."""

    pressed = Signal(str)  # CHANGE or STILL_RIGHT

    def __init__(self, asking: Asking, item: QuestionView) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.item = item
        answer = item.answer
        unknown = not_known_yet(item)
        check = item.standing == Standing.TO_CHECK
        state = (
            Chip(to_check_words(item), "warn", "clock-counter-clockwise")
            if check
            else Chip("Known, do not ask again", "ok", "check")
        )
        self.change = Button("Answer it" if unknown else "Change", "quiet", small=True)
        self.change.setAccessibleDescription(item.text)
        self.change.clicked.connect(self._change)
        self.right: Button | None = None
        if check and not unknown:
            self.right = Button("Still right", icon="check", small=True)
            self.right.setAccessibleDescription(f"{item.text} {'' if folded(item) else item.shown}".strip())
            set_tip(self.right, f"Still right ({ALT}+R)")
            self.right.clicked.connect(self._right)
        buttons = [self.change, *([self.right] if self.right is not None else [])]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        if folded(item):
            column.setContentsMargins(px(20), px(14), px(20), px(12))
            column.setSpacing(px(8))
            column.addWidget(FoldedText(item.text, fold_line(asking, item), item.shown))
            foot = QWidget()
            flow = FlowLayout(foot, 8, 4)
            flow.addWidget(state)
            for button in buttons:
                flow.addWidget(button)
            column.addWidget(foot)
            return
        row = KnownRow(
            item.text, item.shown, source_chip(asking.origin(answer)) if answer is not None else None
        )
        row.add_right(state)
        row.add_right(*buttons)
        line = QHBoxLayout()
        line.addWidget(row)
        column.addLayout(line)

    def focus(self) -> None:
        """Go to what is most likely wanted."""
        (self.right or self.change).setFocus()

    def _change(self) -> None:
        self.pressed.emit(CHANGE)

    def _right(self) -> None:
        self.pressed.emit(STILL_RIGHT)
