"""Where the case is, and moving it to another stage, in its place with a date."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csa_desk.casework import stages
from csa_desk.casework.casefile import CaseFile
from csa_desk.content.models import say
from csa_desk.records.dates import spoken
from csa_desk.ui.look import px
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Card
from csa_desk.ui.widgets.buttons import Button, LinkButton
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.text import Words


class StageCard(Card):
    """A side card; ``moved(stage)`` tells that the case is at another stage."""

    moved = Signal(str)

    def __init__(self, session: Session, file: CaseFile) -> None:
        super().__init__("Where the case is", level="h3")
        self.session = session
        self.file = file
        now = file.stage_now()
        if now is None:
            self.add(Words("No stage is recorded yet.", "body", "muted"))
        else:
            self.add(Words(say(stages.stage_named(session.desk, now.stage).title), "strong"))
            self.add(Words(f"Since {spoken(now.since)}", "small", "muted"))
        self._ask = LinkButton("Move to another stage")
        self._ask.clicked.connect(self.open_form)
        self.body.addWidget(self._ask, 0, Qt.AlignmentFlag.AlignLeft)
        self._panel: QWidget | None = None
        self._form: Form | None = None

    def open_form(self) -> None:
        """Ask which stage, and since when."""
        if self._panel is not None:
            return
        self._ask.hide()
        self._panel = QWidget()
        column = QVBoxLayout(self._panel)
        column.setContentsMargins(0, px(8), 0, 0)
        column.setSpacing(px(12))
        self._form = Form()
        found = sorted(self.session.desk.packs.stages.stage, key=lambda item: item.order)
        options = tuple(Option(item.id, say(item.title)) for item in found if item.shown)
        self._form.add(FieldSpec("stage", "The case is now at", "pick", options=options, width="full"))
        self._form.add(FieldSpec("since", "Since", "date", partial=False, not_known=False))
        self._form.set_value("since", self.session.desk.today)
        column.addWidget(self._form)
        column.addWidget(Words("The stage before it ends on that day. Its marks stay.", "small", "muted"))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        save = Button("Move the case", small=True)
        save.clicked.connect(self._move)
        stop = Button("Leave it", "quiet", small=True)
        stop.clicked.connect(self.close_form)
        row.addWidget(save)
        row.addWidget(stop)
        row.addStretch(1)
        column.addLayout(row)
        self.body.addWidget(self._panel)
        self._panel.show()
        self._form.focus_on("stage")

    def close_form(self) -> None:
        """Leave the case where it is."""
        if self._panel is not None:
            self._panel.hide()
            self.body.removeWidget(self._panel)
            self._panel.deleteLater()
            self._panel = self._form = None
            self._ask.show()
            self._ask.setFocus()

    def _move(self) -> None:
        form = self._form
        if form is None:
            return
        faults = form.check()
        stage, since = str(form.value("stage")), str(form.value("since"))
        for key, value, sentence in (
            ("stage", stage, "Choose the stage"),
            ("since", since, "Write day, month and year"),
        ):
            if not value and not form.field(key).error:
                form.set_error(key, sentence)
                faults.append((key, sentence))
        if faults:
            form.focus_on(faults[0][0])
            return
        if self.session.attempt(stages.set_stage, self.session.desk, self.file, stage, since) is not None:
            self.moved.emit(stage)
