"""Days to therapy: need agreed, offered, first session, with the days between and why they passed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csa_desk.casework import stages
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.stages import TherapyStep
from csa_desk.records.dates import short
from csa_desk.ui.look import px
from csa_desk.ui.pages.half_typed import give_up
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Card
from csa_desk.ui.widgets.buttons import Button, LinkButton
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.marks import Count, IconMark
from csa_desk.ui.widgets.text import Words


class DaysCard(Card):
    """A side card that records steps in its place. ``recorded`` tells that a step was added."""

    recorded = Signal()

    def __init__(self, session: Session, file: CaseFile) -> None:
        super().__init__("Days to therapy", count=0)
        self.session = session
        self.file = file
        self._count = self.findChild(Count)
        self._holder: QWidget | None = None
        self._form: Form | None = None
        self._panel: QWidget | None = None
        self._ask = LinkButton("Record a step")
        self._ask.clicked.connect(self.open_form)
        self.show_steps()
        self.body.addWidget(self._ask, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def prefix(self) -> str:
        """Where its drafts are kept."""
        return f"{self.file.case.id}/therapy-step"

    def show_steps(self) -> None:
        """Show what is recorded now."""
        if self._holder is not None:
            self._holder.hide()
            self.body.removeWidget(self._holder)
            self._holder.deleteLater()
        self._holder = QWidget()
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        steps = stages.days_to_therapy(self.session.desk, self.file)
        today = self.session.desk.today
        for step in steps:
            column.addLayout(self._row(step, today))
        whole = sum(step.gap or 0 for step in steps)
        if self._count is not None:
            self._count.set(str(whole), "tint")
            self._count.setAccessibleName(f"{whole} days")
            self._count.setVisible(any(step.gap is not None for step in steps))
        self.body.insertWidget(0, self._holder)

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
        if self._panel is not None:
            return
        self._ask.hide()
        self._panel = QWidget()
        column = QVBoxLayout(self._panel)
        column.setContentsMargins(0, px(8), 0, 0)
        column.setSpacing(px(12))
        self._form = Form()
        steps = stages.days_to_therapy(self.session.desk, self.file)
        options = tuple(Option(step.step, step.title) for step in steps)
        self._form.add(FieldSpec("step", "Which step", "one_of", options=options))
        self._form.add(FieldSpec("on", "On", "date", partial=False, not_known=False))
        self._form.add(FieldSpec("reason", "Why it took this long", "line", optional=True, width="full"))
        self._form.set_value("step", next((step.step for step in steps if not step.on), steps[-1].step))
        self._form.set_value("on", self.session.desk.today)
        column.addWidget(self._form)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        save = Button("Record it", small=True)
        save.clicked.connect(self._record)
        stop = Button("Do not record", "quiet", small=True)
        stop.clicked.connect(self.close_form)
        row.addWidget(save)
        row.addWidget(stop)
        row.addStretch(1)
        column.addLayout(row)
        self.body.addWidget(self._panel)
        self._panel.show()
        self.session.watch_form(self._form, f"{self.prefix}/new")
        self._form.focus_on("step")

    def close_form(self) -> None:
        """Give up what was typed."""
        if self._panel is None or self._form is None:
            return
        give_up(self.session, self._form)
        self._panel.hide()
        self.body.removeWidget(self._panel)
        self._panel.deleteLater()
        self._panel = self._form = None
        self._ask.show()
        self._ask.setFocus()

    def _record(self) -> None:
        form = self._form
        if form is None:
            return
        form.flush()
        faults = form.check()
        values = {key: str(value) for key, value in form.values().items()}
        if not faults and not values["on"]:
            form.set_error("on", "Write day, month and year")
            faults = [("on", "")]
        if faults:
            form.focus_on(faults[0][0])
            return
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
