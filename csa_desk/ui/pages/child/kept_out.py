"""Who is kept out of this child's file, and, for who may decide it, keeping out and letting in: in the page."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from csa_desk.casework import keeping_out
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.histories import local
from csa_desk.casework.keeping_out import Outside
from csa_desk.casework.rights import Right
from csa_desk.records.dates import spoken
from csa_desk.ui.pages.asking_card import AskingCard
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.buttons import LinkButton
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.text import Words

_REASON = {"reason": "Give a reason. It stands in the history"}


class KeptOutCard(AskingCard):
    """A side card of the history tab."""

    def __init__(self, session: Session, file: CaseFile) -> None:
        super().__init__(session, f"{file.case.id}/kept-out", "Who does not see this file", level="h3")
        self.file = file
        self._lets_in = ""
        self.show_out()
        self.add_link("Keep somebody out", self.open_form, Right.KEEP_OUT)
        if session.may(Right.KEEP_OUT) and self.half_asked == "new":
            self.open_form()

    def show_out(self) -> None:
        """Show who is kept out now."""
        column = self.anew(10)
        found = keeping_out.outside(self.session.desk, self.file)
        for item in found:
            self._line(column, item)
        if not found:
            column.addWidget(Words("Nobody is kept out.", "body", "muted"))

    def _line(self, column: QVBoxLayout, item: Outside) -> None:
        column.addWidget(Words(item.name, "strong"))
        since = spoken(local(item.since).date().isoformat())
        column.addWidget(Words(f"Since {since}, decided by {item.by}: {item.reason}", "small", "muted"))
        if self.session.may(Right.KEEP_OUT):
            link = LinkButton("Let in again")
            link.setAccessibleDescription(item.name)
            link.clicked.connect(partial(self._ask_let_in, item))
            column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)

    def open_form(self) -> None:
        """Ask who, and why."""
        if self.asks is not None:
            return
        form = Form()
        people = keeping_out.who_sees(self.session.desk, self.file)
        options = tuple(Option(number, name) for number, name in people)
        form.add(FieldSpec("who", "Who is to be kept out?", "pick", options=options, width="full"))
        form.add(
            FieldSpec("reason", "Why?", "lines", lines=2, hint="Everybody who sees this file can read it")
        )
        note = keeping_out.HIDDEN_NOT_LOCKED
        self.ask(form, "new", "Keep them out", "Leave it", self._keep_out, note)
        form.focus_on("who")

    def _ask_let_in(self, item: Outside) -> None:
        if self.asks is not None:
            self.close_form()
        form = Form()
        form.add(FieldSpec("reason", f"Why may {item.name} see it again?", "lines", lines=2))
        self._lets_in = item.practitioner
        self.ask(form, "again", "Let them in", "Leave it", self._let_in)
        form.focus_on("reason")

    def _keep_out(self) -> None:
        form = self.asks
        if form is None or not self.complete({"who": "Choose who is meant", **_REASON}):
            return
        who, reason = str(form.value("who")), str(form.value("reason"))
        verb = keeping_out.keep_out
        if self.session.attempt(verb, self.session.desk, self.file.code, who, reason) is not None:
            self._done(who)

    def _let_in(self) -> None:
        form = self.asks
        if form is None or not self.complete(_REASON):
            return
        verb, reason = keeping_out.let_in, str(form.value("reason"))
        if self.session.attempt(verb, self.session.desk, self.file.code, self._lets_in, reason) is not None:
            self._done("")

    def _done(self, who: str) -> None:
        self.close_form()
        if who == self.session.desk.vault.practitioner:
            self.session.leave_file()
            return
        self.show_out()
