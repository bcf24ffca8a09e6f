"""Where the case is, and moving it to another stage, in its place with a date."""

from PySide6.QtCore import Signal

from csa_desk.casework import stages
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.rights import Right
from csa_desk.content.models import say
from csa_desk.records.dates import spoken
from csa_desk.ui.pages.asking_card import WHOLE_DAY, AskingCard
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.text import Words


class StageCard(AskingCard):
    """A side card; ``moved(stage)`` tells that the case is at another stage."""

    moved = Signal(str)

    def __init__(self, session: Session, file: CaseFile) -> None:
        super().__init__(session, f"{file.case.id}/stage", "Where the case is", level="h3")
        self.file = file
        now = file.stage_now()
        if now is None:
            self.add(Words("No stage is recorded yet.", "body", "muted"))
        else:
            self.add(Words(say(stages.stage_named(session.desk, now.stage).title), "strong"))
            self.add(Words(f"Since {spoken(now.since)}", "small", "muted"))
        self.add_link("Move to another stage", self.open_form, Right.JOURNEY)

    def open_form(self) -> None:
        """Ask which stage, and since when."""
        if self.asks is not None:
            return
        form = Form()
        found = sorted(self.session.desk.packs.stages.stage, key=lambda item: item.order)
        options = tuple(Option(item.id, say(item.title)) for item in found if item.shown)
        form.add(FieldSpec("stage", "The case is now at", "pick", options=options, width="full"))
        form.add(FieldSpec("since", "Since", "date", partial=False, not_known=False))
        form.set_value("since", self.session.desk.today)
        note = "The stage before it ends on that day. Its marks stay."
        self.ask(form, "new", "Move the case", "Leave it", self._move, note)
        form.focus_on("stage")

    def _move(self) -> None:
        form = self.asks
        if form is None or not self.complete({"stage": "Choose the stage", "since": WHOLE_DAY}):
            return
        stage, since = str(form.value("stage")), str(form.value("since"))
        if self.session.attempt(stages.set_stage, self.session.desk, self.file, stage, since) is not None:
            self.close_form()
            self.moved.emit(stage)
