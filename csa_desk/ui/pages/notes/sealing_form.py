"""The form of something that is sealed at once: a therapy note, what a child told, a restricted note.

SealingForm(session, file, name, corrects="")
    .sealed(str name)  .closed()   .save_button  .focus()  .put_away()
What is typed is kept sealed, in the compartment it will go to; nothing of it is ever kept in clear text.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from csa_desk.casework import notes
from csa_desk.casework.casefile import CaseFile
from csa_desk.content.models import Unit
from csa_desk.records.dates import is_ahead
from csa_desk.records.sealed import SEALED_FIELDS, CompartmentName
from csa_desk.store import sealed_drafts
from csa_desk.ui.look import px
from csa_desk.ui.pages.half_typed import give_up
from csa_desk.ui.pages.notes.telling import next_step
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import QuietBox
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.flow import FlowLayout
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.messages import ErrorSummary
from csa_desk.ui.widgets.text import Words

_TITLES = {
    CompartmentName.THERAPY: "A therapy note",
    CompartmentName.DISCLOSURE: "What {called} has told",
    CompartmentName.SAFEGUARDING: "A restricted note",
}
_PRESS = {
    CompartmentName.THERAPY: "Sign this note",
    CompartmentName.DISCLOSURE: "Seal it",
    CompartmentName.SAFEGUARDING: "Seal it",
}
_DAY = FieldSpec("day", "Which day?", "date", partial=False, not_known=False)
_FIELDS: dict[str, tuple[FieldSpec, ...]] = {
    CompartmentName.THERAPY: (
        _DAY,
        FieldSpec("words", "Note", "lines", "What the work was, and how it went", lines=8),
    ),
    CompartmentName.DISCLOSURE: (
        FieldSpec(
            "words",
            "The exact words",
            "lines",
            "Word for word, as they were said. Tidy nothing, and add nothing of your own",
            lines=5,
        ),
        FieldSpec(
            "asked_before",
            "What was asked just before?",
            "lines",
            "The question as you asked it. If nothing was asked, say so",
            lines=2,
        ),
        _DAY,
        FieldSpec("time", "At what time?", "line", "As near as you know, such as 14:05", width="code"),
        FieldSpec("place", "Where were you?", "line", width="name"),
        FieldSpec("told_to", "Who have you told?", "line", "Such as your safeguarding lead", optional=True),
        FieldSpec("told_when", "When did you tell them?", "line", optional=True),
    ),
    CompartmentName.SAFEGUARDING: (
        _DAY,
        FieldSpec("words", "Note", "lines", "Only what must stay with a few", lines=6),
    ),
}


class SealingForm(QuietBox):
    """See the module."""

    sealed = Signal(str)
    closed = Signal()

    def __init__(self, session: Session, file: CaseFile, name: str, corrects: str = "") -> None:
        super().__init__()
        self.session = session
        self.file = file
        self.name = name
        self.corrects = corrects
        self.body.setSpacing(px(16))
        self.summary = ErrorSummary()
        self.summary.asked.connect(self._to_field)
        self.add(Words(_TITLES[CompartmentName(name)].format(called=file.called), "h3"))
        if corrects:
            self.add(Words("The earlier words stay as they are. This stands beside them.", "small", "muted"))
        self.add(self.summary)
        if name == CompartmentName.DISCLOSURE:
            self.add(Words(next_step(session), "body"))
        self.form = Form()
        self.add(self.form)
        for spec in _FIELDS[name]:
            self.form.add(spec)
        self.form.set_value("day", session.desk.today)
        self.add(Words(self._kept_words(), "small", "muted"))
        row = FlowLayout(gap=8, row_gap=8)
        self.save_button = Button(_PRESS[CompartmentName(name)], "primary", "lock-simple")
        self.save_button.clicked.connect(self._send)
        later = Button("Keep it for later")
        later.clicked.connect(self.put_away)
        drop = Button("Throw it away", "quiet")
        drop.clicked.connect(self._throw_away)
        for button in (self.save_button, later, drop):
            row.addWidget(button)
        holder = QVBoxLayout()
        holder.addLayout(row)
        self.body.addLayout(holder)
        self.prefix = sealed_drafts.prefix(file.case.id, name, notes.editor_for(corrects))
        session.watch_form(self.form, self.prefix, whole=True)

    def _kept_words(self) -> str:
        if self.name == CompartmentName.THERAPY:
            hours = self.session.desk.packs.settings.value("therapy-note-record", Unit.HOURS)
            return (
                "Until you sign it, what you type is kept sealed. "
                f"Left for more than {hours} hours, it becomes part of the record at your next unlock."
            )
        return "What you type is kept sealed from the first letter. Once sealed nothing can be changed; you can add."

    def focus(self) -> None:
        """Start at the words."""
        self.form.focus_on("words")

    def put_away(self) -> None:
        """Go away with nothing dropped: what was typed stays, sealed, to go on with."""
        self.form.flush()
        self.session.drafts.flush()
        self.closed.emit()

    def _throw_away(self) -> None:
        give_up(self.session, self.form)
        self.closed.emit()

    def _to_field(self, key: str) -> None:
        self.form.focus_on(key)

    def _send(self) -> None:
        problems = self.form.check()
        wrong = {key for key, _ in problems}
        for key, sentence in self._problems():
            if key not in wrong:
                self.form.set_error(key, sentence)
                problems.append((key, sentence))
        self.summary.show_problems(problems)
        if problems:
            return
        words = {name: str(self.form.value(name) or "") for name in SEALED_FIELDS[self.name]}
        verb = notes.WRITERS[CompartmentName(self.name)]
        made = self.session.attempt(verb, self.session.desk, self.file, words, corrects=self.corrects)
        if made is not None:
            give_up(self.session, self.form)
            self.sealed.emit(self.name)

    def _problems(self) -> list[tuple[str, str]]:
        found = []
        if not str(self.form.value("words") or "").strip():
            found.append(("words", "Write the words"))
        day = str(self.form.value("day") or "")
        if not day:
            found.append(("day", "Write the day"))
        elif is_ahead(day, self.session.desk.today):
            found.append(("day", "This day is still to come"))
        return found
