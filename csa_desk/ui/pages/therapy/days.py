"""Days to therapy: need agreed, offered, first session, with the days between and why they passed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from csa_desk.casework import stages
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.rights import Right
from csa_desk.casework.stages import TherapyStep
from csa_desk.records.dates import short
from csa_desk.ui.look import px
from csa_desk.ui.pages.asking_card import WHOLE_DAY, AskingCard
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.marks import Count, IconMark
from csa_desk.ui.widgets.text import Words


class DaysCard(AskingCard):
    """A side card that records steps in its place. ``recorded`` tells that a step was added."""

    recorded = Signal()

    def __init__(self, session: Session, file: CaseFile) -> None:
        super().__init__(session, f"{file.case.id}/therapy-step", "Days to therapy", count=0)
        self.file = file
        self._count = self.findChild(Count)
        self.show_steps()
        self.add_link("Record a step", self.open_form, Right.JOURNEY)

    def show_steps(self) -> None:
        """Show what is recorded now."""
        column = self.anew(10)
        steps = stages.days_to_therapy(self.session.desk, self.file)
        today = self.session.desk.today
        for step in steps:
            column.addLayout(self._row(step, today))
        whole = sum(step.gap or 0 for step in steps)
        if self._count is not None:
            self._count.set(str(whole), "tint")
            self._count.setAccessibleName(f"{whole} days")
            self._count.setVisible(any(step.gap is not None for step in steps))

    def _row(self, step: TherapyStep, today: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(10))
        happened = bool(step.on) and step.on <= today
        icon, token = ("check-circle", "primary") if happened else ("circle", "muted")
        row.addWidget(
            IconMark(icon, token, 20, "fill" if happened else "regular"), 0, Qt.AlignmentFlag.AlignTop
        )
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Words(step.title, "strong"))
        about = self._gap(step) if step.on else "Not recorded"
        if about:
            words.addWidget(Words(about, "small", "muted"))
        row.addLayout(words, 1)
        if step.on:
            row.addWidget(Words(short(step.on), "small", "muted", wrap=False), 0, Qt.AlignmentFlag.AlignTop)
        return row

    @staticmethod
    def _gap(step: TherapyStep) -> str:
        if step.gap is None:
            return step.reason
        days = "1 day" if step.gap == 1 else f"{step.gap} days"
        return f"After {days}: {step.reason}" if step.reason else f"After {days}"

    # --- recording ------------------------------------------------------------------------------------------

    def open_form(self) -> None:
        """Begin recording the first step that is missing."""
        if self.asks is not None:
            return
        form = Form()
        steps = stages.days_to_therapy(self.session.desk, self.file)
        options = tuple(Option(step.step, step.title) for step in steps)
        form.add(FieldSpec("step", "Which step", "one_of", options=options))
        form.add(FieldSpec("on", "On", "date", partial=False, not_known=False))
        form.add(FieldSpec("reason", "Why it took this long", "line", optional=True, width="full"))
        form.set_value("step", next((step.step for step in steps if not step.on), steps[-1].step))
        form.set_value("on", self.session.desk.today)
        self.ask(form, "new", "Record it", "Do not record", self._record)
        form.focus_on("step")

    def _record(self) -> None:
        form = self.asks
        if form is None or not self.complete({"on": WHOLE_DAY}):
            return
        values = {key: str(value) for key, value in form.values().items()}
        made = self.session.attempt(
            stages.record_therapy_step,
            self.session.desk,
            self.file,
            values["step"],
            values["on"],
            values["reason"],
        )
        if made is not None:
            self.file.therapy_dates.append(made)
            self.close_form()
            self.show_steps()
            self.recorded.emit()
