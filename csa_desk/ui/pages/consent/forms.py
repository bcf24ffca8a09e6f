"""The two forms of the consent page: a decision about sharing, and sharing without consent.

    DecisionForm(session, file, recipient="", purpose="support", subject="child")
    WithoutConsentForm(session, file)
Both: ``saved(name)`` after it is recorded, ``closed()``, ``save_button``, ``focus()``.
"""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Literal, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from csa_desk.casework import consenting, team
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.category_words import CATEGORY_WORDS
from csa_desk.casework.consent_words import CAPACITY_WORDS, PURPOSE_WORDS
from csa_desk.casework.shapes import ConsentShape
from csa_desk.records.assessment import CHILD_SUBJECT
from csa_desk.records.consent import Decision, Purpose
from csa_desk.ui.look import px
from csa_desk.ui.pages.completing import Completing
from csa_desk.ui.pages.half_typed import give_up
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Card
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.messages import ErrorSummary
from csa_desk.ui.widgets.text import Words
from csa_desk.ui.widgets.text_fields import PersonChoice

DECISION, WITHOUT = "decision", "without"
CATEGORIES = tuple(Option(key, words) for key, words in CATEGORY_WORDS.items())
PURPOSES = tuple(Option(key, words) for key, words in PURPOSE_WORDS.items())
_DECISIONS = (Option(Decision.GIVEN, "Yes, share"), Option(Decision.REFUSED, "No, do not share"))


def known_agencies(file: CaseFile, present: Sequence[str]) -> list[Option]:
    """Everybody a decision was made about, and every agency in the team."""
    known = {item.name: Option(item.id, item.name) for item in consenting.recipients(file)}
    for name in present:
        known.setdefault(name, Option("", name))
    return list(known.values())


def deciders(file: CaseFile) -> tuple[Option, ...]:
    """Who can decide: the child and the carers."""
    names = [file.child.name or file.called]
    names += [file.person_name(item.person) for item in file.carers]
    return tuple(Option(name, name) for name in dict.fromkeys(names) if name)


def name_of(value: object) -> str:
    """The name in a person field."""
    return value.name if isinstance(value, PersonChoice) else str(value or "")


class _Sent(Card):
    """A form that is sent at once."""

    saved = Signal(str)
    closed = Signal()

    def __init__(self, session: Session, file: CaseFile, title: str, key: str, save: str) -> None:
        super().__init__(title)
        self.session = session
        self.file = file
        self.body.setSpacing(px(18))
        self.summary = ErrorSummary()
        self.summary.asked.connect(self._to_field)
        self.add(self.summary)
        self.form = Form()
        self.add(self.form)
        self._fields()
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self.save_button = Button(save, "primary")
        self.save_button.clicked.connect(self._send)
        stop = Button("Do not record", "quiet")
        stop.clicked.connect(self.close_form)
        row.addWidget(self.save_button)
        row.addWidget(stop)
        row.addStretch(1)
        self.body.addLayout(row)
        session.watch_form(self.form, f"{file.case.id}/consent/{key}", whole=True)

    @abstractmethod
    def _fields(self) -> None:
        """Put the questions into the form."""

    @abstractmethod
    def _problems(self) -> list[tuple[str, str]]:
        """What is missing, by field."""

    @abstractmethod
    def _record(self) -> str:
        """Record it; the recipient's name, or empty where it was refused."""

    def focus(self) -> None:
        """Start at the first field that is empty."""
        self.form.focus_on("categories" if name_of(self.form.value("recipient")) else "recipient")

    def put_away(self) -> None:
        """Go away with nothing dropped: what was typed is kept as a draft."""
        self.form.flush()
        self.closed.emit()

    def close_form(self) -> None:
        """Give up what was typed."""
        give_up(self.session, self.form)
        self.closed.emit()

    def _to_field(self, key: str) -> None:
        self.form.focus_on(key)

    def _send(self) -> None:
        self.form.flush()
        problems = self.form.check()
        wrong = {key for key, _ in problems}
        for key, sentence in self._problems():
            if key not in wrong:
                self.form.set_error(key, sentence)
                problems.append((key, sentence))
        self.summary.show_problems(problems)
        if problems:
            return
        name = self._record()
        if name:
            give_up(self.session, self.form)
            self.saved.emit(name)

    def _recipient_field(self, label: str) -> None:
        names = [item.agency_name for item in team.present(self.session.desk, self.file) if item.agency_name]
        field = self.form.add(FieldSpec("recipient", label, "person", "An agency, as in the directory"))
        Completing(self.session, field, "agency", known_agencies(self.file, names))

    def _categories_field(self, label: str) -> None:
        self.form.add(FieldSpec("categories", label, "many_of", options=CATEGORIES))

    def _chosen(self) -> list[str]:
        found = self.form.value("categories")
        return [str(item) for item in found] if isinstance(found, tuple) else []

    def _text(self, key: str) -> str:
        return str(self.form.value(key) or "")


class DecisionForm(_Sent):
    """Somebody said yes or no to sharing some kinds of information with one agency."""

    def __init__(
        self,
        session: Session,
        file: CaseFile,
        recipient: str = "",
        purpose: str = Purpose.SUPPORT,
        subject: str = CHILD_SUBJECT,
    ) -> None:
        super().__init__(session, file, "Record a decision", DECISION, "Record this decision")
        if recipient:
            # Asked for on a card: it goes before what was half filled in.
            for key, value in (("recipient", recipient), ("purpose", purpose), ("subject", subject)):
                self.form.set_value(key, value)

    def _fields(self) -> None:
        form, file = self.form, self.file
        self._recipient_field("Who would be told?")
        whose = [Option(CHILD_SUBJECT, file.called)]
        whose += [Option(item.id, file.person_name(item.person) or item.relation) for item in file.carers]
        form.add(FieldSpec("subject", "About whom?", "row", options=tuple(whose)))
        form.add(FieldSpec("decision", "What was decided?", "row", options=_DECISIONS))
        self._categories_field("Which kinds of information?")
        form.add(FieldSpec("purpose", "For what?", "pick", options=PURPOSES))
        form.add(FieldSpec("by", "Who decided?", "person", options=deciders(file)))
        capacity = tuple(Option(key, words) for key, words in CAPACITY_WORDS.items())
        form.add(FieldSpec("capacity", "Why can they decide?", "one_of", options=capacity))
        hint = "Such as: face to face with pictures, by phone, a signed form"
        form.add(FieldSpec("how", "How did they say it?", "line", hint, width="full", optional=True))
        form.add(FieldSpec("on", "When", "date", partial=False, not_known=False))
        hint = "After this day nothing is shared any more"
        form.add(FieldSpec("until", "Until", "date", hint, partial=False, not_known=False, optional=True))
        form.set_value("purpose", Purpose.SUPPORT)
        form.set_value("subject", CHILD_SUBJECT)
        form.set_value("decision", Decision.GIVEN)
        form.set_value("on", self.session.desk.today)

    def _problems(self) -> list[tuple[str, str]]:
        found = []
        if not name_of(self.form.value("recipient")):
            found.append(("recipient", "Write who would be told"))
        if not self._chosen():
            found.append(("categories", "Choose at least one kind of information"))
        if not name_of(self.form.value("by")):
            found.append(("by", "Write who decided"))
        if not self._text("on"):
            found.append(("on", "Write the day it was decided"))
        if self._text("on") > self.session.desk.today:
            found.append(("on", "This day is still to come"))
        return found

    def _record(self) -> str:
        shape = ConsentShape(
            recipient=name_of(self.form.value("recipient")),
            categories=self._chosen(),
            purpose=self._text("purpose") or Purpose.SUPPORT,
            decision=cast("Literal['given', 'refused']", self._text("decision") or "given"),
            subject=self._text("subject") or CHILD_SUBJECT,
            by=name_of(self.form.value("by")),
            capacity=self._text("capacity"),
            how=self._text("how"),
            on=self._text("on"),
            until=self._text("until"),
        )
        made = self.session.attempt(consenting.decide, self.session.desk, self.file, shape)
        return made.recipient_name if made is not None else ""


class WithoutConsentForm(_Sent):
    """Sharing although nobody agreed: only on a lawful basis, with a reason, and it stays in the history."""

    def __init__(self, session: Session, file: CaseFile) -> None:
        super().__init__(session, file, "Share without consent", WITHOUT, "Record this sharing")

    def _fields(self) -> None:
        form = self.form
        about = (
            "Share the least that is needed. Ask your safeguarding lead if you can. "
            "Tell the family, unless that is not safe."
        )
        self.body.insertWidget(0, Words(about, "body", "muted"))
        self._recipient_field("Who is told?")
        self._categories_field("Which kinds of information?")
        form.add(FieldSpec("purpose", "For what?", "pick", options=PURPOSES))
        form.set_value("purpose", Purpose.SAFEGUARDING)
        hint = f"Such as: to protect {self.file.called} from serious harm; a court ordered it"
        form.add(FieldSpec("basis", "Lawful basis", "line", hint, width="full"))
        form.add(FieldSpec("reason", "Why now, and why this much", "lines", lines=2))
        form.add(FieldSpec("consulted", "Who was asked first", "line", optional=True))
        hint = "Who was told, or why nobody was"
        form.add(FieldSpec("told", "Was the family told?", "line", hint, width="full"))
        hint = "After this day nothing is shared any more"
        form.add(FieldSpec("until", "Until", "date", hint, partial=False, not_known=False, optional=True))

    def _problems(self) -> list[tuple[str, str]]:
        found = []
        if not name_of(self.form.value("recipient")):
            found.append(("recipient", "Write who is told"))
        if not self._chosen():
            found.append(("categories", "Choose at least one kind of information"))
        for key, sentence in (
            ("basis", "Write on what lawful basis"),
            ("reason", "Write the reason"),
            ("told", "Write who was told, or why nobody was"),
        ):
            if not self._text(key):
                found.append((key, sentence))
        return found

    def _record(self) -> str:
        made = self.session.attempt(
            consenting.share_without_consent,
            self.session.desk,
            self.file,
            name_of(self.form.value("recipient")),
            self._chosen(),
            basis=self._text("basis"),
            reason=self._text("reason"),
            consulted=self._text("consulted"),
            told=self._text("told"),
            purpose=self._text("purpose") or Purpose.SAFEGUARDING,
            until=self._text("until"),
        )
        return made.recipient_name if made is not None else ""
