"""What one recipient may have today, and taking it back in its place."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from csa_desk.casework import consenting
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.category_words import CATEGORY_WORDS, category_words, in_words
from csa_desk.casework.consent_words import consequence, purpose_words
from csa_desk.casework.consenting import Allowed
from csa_desk.casework.rights import Right
from csa_desk.casework.shapes import ConsentShape
from csa_desk.records.consent import ConsentDecision, Decision
from csa_desk.records.dates import spoken
from csa_desk.ui.look import px
from csa_desk.ui.pages.consent.forms import deciders, name_of
from csa_desk.ui.pages.half_typed import give_up
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Card, QuietBox
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.flow import FlowLayout
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.marks import Chip
from csa_desk.ui.widgets.text import Words


class RecipientCard(Card):
    """``withdrawn(name)`` after a withdrawal; ``change_asked(name, purpose, subject)``; ``opened(card)``."""

    withdrawn = Signal(str)
    opened = Signal(object)
    change_asked = Signal(str, str, str)

    def __init__(self, session: Session, file: CaseFile, today: Allowed) -> None:
        about = "" if today.subject == "child" else f", about {file.subject_name(today.subject)}"
        super().__init__(f"{today.recipient.name}{about}", note=f"For {purpose_words(today.purpose).lower()}")
        self.session = session
        self.file = file
        self.today = today
        self.body.setSpacing(px(10))
        self._panel: QuietBox | None = None
        if today.agreed:
            self._kinds("May have, by consent", today.agreed, "ok", "check")
        if today.lawful:
            self._kinds("May have without consent", today.lawful, "info", "scales")
        if not today.categories:
            self.add(Words(f"Nothing today. {self._last_word()}".strip()))
        rest = {str(key) for key in CATEGORY_WORDS} - today.categories
        if today.categories and rest:
            self.add(Words(f"Nothing else: {in_words(rest).lower()}.", "small", "muted"))
        until = self._until()
        if until:
            self.add(Words(f"Until {spoken(until)}.", "small", "muted"))
        self._foot()

    @property
    def key(self) -> str:
        """What tells this card from the others; no content."""
        return f"{self.today.recipient.id}-{self.today.purpose}-{self.today.subject}"

    def _kinds(self, title: str, kinds: frozenset[str], tone: str, icon: str) -> None:
        self.add(Words(title, "small-strong", "muted"))
        holder = QWidget()
        holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        flow = FlowLayout(holder, 8, 6)
        for key in CATEGORY_WORDS:
            if str(key) in kinds:
                flow.addWidget(Chip(category_words(key), tone, icon))  # type: ignore[arg-type]
        self.add(holder)

    def _mine(self) -> list[ConsentDecision]:
        """The decisions this card stands for, in the order they were recorded."""
        who = (self.today.recipient.id, self.today.purpose, self.today.subject)
        return [item for item in self.file.consents if (item.recipient, item.purpose, item.subject) == who]

    def _last_word(self) -> str:
        said = self._mine()
        if not said:
            return ""
        last = said[-1]
        if last.decision == Decision.GIVEN:
            return f"It was agreed until {spoken(last.until)}." if last.until else ""
        by = f" by {last.by_name}" if last.by_name else ""
        said_so = "Refused" if last.decision == Decision.REFUSED else "Withdrawn"
        return f"{said_so}{by} on {spoken(last.on)}."

    def _until(self) -> str:
        today = self.session.desk.today
        days = [
            item.until for item in self._mine() if item.decision == Decision.GIVEN and item.until >= today
        ]
        return min(days, default="") if self.today.agreed else ""

    def _foot(self) -> None:
        self._withdraw_button: Button | None = None
        if not self.session.may(Right.CONSENT):
            return
        row = QHBoxLayout()
        row.setSpacing(px(8))
        change = Button("Record another decision", small=True)
        change.setAccessibleDescription(self.today.recipient.name)
        change.clicked.connect(self._change)
        row.addWidget(change)
        if self.today.agreed:
            self._withdraw_button = Button("Withdraw", "danger", small=True)
            self._withdraw_button.setAccessibleDescription(self.today.recipient.name)
            self._withdraw_button.clicked.connect(self.ask_withdraw)
            row.addWidget(self._withdraw_button)
        row.addStretch(1)
        self.body.addLayout(row)

    def _change(self) -> None:
        self.change_asked.emit(self.today.recipient.name, self.today.purpose, self.today.subject)

    # --- taking back ----------------------------------------------------------------------------------------

    def ask_withdraw(self) -> None:
        """Ask what is taken back and by whom, and say what that does."""
        if self._panel is not None:
            return
        self._panel = QuietBox()
        self._panel.body.setSpacing(px(14))
        self.form = Form()
        options = tuple(
            Option(str(key), words) for key, words in CATEGORY_WORDS.items() if str(key) in self.today.agreed
        )
        self.form.add(FieldSpec("categories", "What is taken back?", "many_of", options=options))
        self.form.add(FieldSpec("by", "Who takes it back?", "person", options=deciders(self.file)))
        self.form.add(FieldSpec("reason", "What they said", "line", width="full", optional=True))
        self.form.set_value("categories", tuple(self.today.agreed))
        self.form.answered.connect(self._say)
        self._panel.add(self.form)
        self.words = Words("", "strong")
        self._panel.add(self.words)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        sure = Button("Withdraw consent", "danger")
        sure.clicked.connect(self._withdraw)
        keep = Button("Keep it")
        keep.clicked.connect(self.keep)
        row.addWidget(sure)
        row.addWidget(keep)
        row.addStretch(1)
        self._panel.body.addLayout(row)
        self.add(self._panel)
        self._panel.show()
        self.session.watch_form(self.form, f"{self.file.case.id}/withdraw/{self.key}", whole=True)
        self._say("", None)
        self.form.focus_on("by")
        self.opened.emit(self)

    def keep(self) -> None:
        """Leave everything as it is; what was typed is given up."""
        if self._panel is not None:
            give_up(self.session, self.form)
            self.put_away()

    def put_away(self) -> None:
        """Close the question with nothing dropped: what was typed is kept as a draft."""
        if self._panel is not None:
            self.form.flush()
            self._panel.hide()
            self.body.removeWidget(self._panel)
            self._panel.deleteLater()
            self._panel = None
            if self._withdraw_button is not None:
                self._withdraw_button.setFocus()

    def _chosen(self) -> list[str]:
        found = self.form.value("categories")
        return [str(item) for item in found] if isinstance(found, tuple) else []

    def _say(self, _key: str, _value: object) -> None:
        self.words.set_words(consequence(self.file, self.today, self._chosen()))

    def _withdraw(self) -> None:
        self.form.flush()
        by = name_of(self.form.value("by"))
        self.form.set_error("categories", "" if self._chosen() else "Choose what is taken back")
        self.form.set_error("by", "" if by else "Write who takes it back")
        if not self._chosen() or not by:
            self.form.focus_on("categories" if not self._chosen() else "by")
            return
        shape = ConsentShape(
            recipient=self.today.recipient.name,
            categories=self._chosen(),
            purpose=self.today.purpose,
            subject=self.today.subject,
            by=by,
            reason=str(self.form.value("reason") or ""),
        )
        desk, name = self.session.desk, self.today.recipient.name
        made = self.session.attempt(consenting.withdraw, desk, self.file, name, self._chosen(), shape)
        if made is not None:
            give_up(self.session, self.form)
            self.withdrawn.emit(name)
