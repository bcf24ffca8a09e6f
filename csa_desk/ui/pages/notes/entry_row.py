"""One sealed entry in a list: that it is there, by whom and when; opened by choice, folded again on leaving.

EntryRow(session, file, entry)
    .add_asked(str entry)   to write what puts it right
The words are opened when somebody asks for them, and are in no label before.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from csa_desk.casework import notes
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.histories import local
from csa_desk.casework.notes import Entry, State
from csa_desk.casework.rights import Right
from csa_desk.records.dates import spoken
from csa_desk.records.sealed import SEALED_FIELDS
from csa_desk.ui.look import px
from csa_desk.ui.pages.half_typed import give_up
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.flow import FlowLayout, PairLayout
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.marks import Chip
from csa_desk.ui.widgets.text import Words

LABELS = {
    "day": "Day",
    "words": "Words",
    "asked_before": "Asked just before",
    "time": "Time",
    "place": "Place",
    "told_to": "Told to",
    "told_when": "Told when",
}
_HARD = "May be hard to read, so it is folded."


class EntryRow(QWidget):
    """See the module."""

    add_asked = Signal(str)

    def __init__(self, session: Session, file: CaseFile, entry: Entry) -> None:
        super().__init__()
        self.session, self.file, self.entry = session, file, entry
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(px(20), px(12), px(20), px(12))
        self._column.setSpacing(px(8))
        then = local(entry.written)
        self.title = f"{spoken(then.date().isoformat())}, {then:%H:%M}"
        self.setAccessibleName(f"{self.title}, written by {entry.author_name}")
        said = QVBoxLayout()
        said.setSpacing(px(4))
        said.addWidget(Words(self.title, "strong"))
        said.addWidget(Words(self._about(), "small", "muted"))
        chips = FlowLayout(gap=8, row_gap=4)
        for chip in self._chips():
            chips.addWidget(chip)
        said.addLayout(chips)
        row = PairLayout(gap=12, row_gap=8)
        row.addLayout(said)
        self.buttons = FlowLayout(gap=8, row_gap=8)
        row.addLayout(self.buttons)
        self._column.addLayout(row)
        self._open_button: Button | None = None
        self._form: Form | None = None
        self._words = QWidget()
        self._words_column = QVBoxLayout(self._words)
        self._words_column.setContentsMargins(0, 0, 0, 0)
        self._words_column.setSpacing(px(8))
        self._words.hide()
        self._column.addWidget(self._words)
        if entry.state != State.SEALED and session.may(Right.OPEN_SEALED):
            self._open_button = Button("Open it", icon="caret-down", small=True)
            self._open_button.setAccessibleName(f"Open what is sealed: {self.title}")
            self._open_button.setAccessibleDescription(_HARD)
            self._open_button.clicked.connect(self._turn)
            self.buttons.addWidget(self._open_button)
        # Who can neither read it nor wrote it has nothing to put right.
        knows = entry.state != State.SEALED or entry.author == session.desk.vault.practitioner
        if knows and session.may(Right.SEAL):
            add = Button("Put it right", "quiet", small=True)
            add.setAccessibleName(f"Put it right: {self.title}")
            add.clicked.connect(self._ask_add)
            self.buttons.addWidget(add)
        if session.desk.vault.drafts(f"{self._reason_prefix}/"):
            self._ask_reason()

    def _about(self) -> str:
        entry = self.entry
        said = f"Written by {entry.author_name}."
        if entry.taken_in_by:
            said += f" Taken in by {entry.taken_in_by}."
        if entry.state == State.SEALED:
            said += f" Ask {entry.author_name} or somebody who holds it if you need to know."
        elif entry.state == State.OPEN:
            said += f" {_HARD}"
        return said

    def _chips(self) -> list[Chip]:
        entry = self.entry
        found = {
            State.OPEN: Chip("Open to you", "ok", "lock-simple-open"),
            State.WITH_REASON: Chip("Opens with a reason", "info", "lock-key"),
            State.SEALED: Chip("Sealed", "sealed", "lock-simple"),
        }
        chips = [found[entry.state]]
        if entry.hours_left is not None:
            hours = "1 hour" if entry.hours_left == 1 else f"{entry.hours_left} hours"
            chips.append(Chip(f"Closes to you in {hours}", "warn", "clock-countdown"))
        if not entry.signed:
            chips.append(Chip("Not signed by its author", "outline"))
        if entry.corrects:
            chips.append(Chip("Puts an earlier one right", "plain"))
        return chips

    def _ask_add(self) -> None:
        self.add_asked.emit(self.entry.id)

    # --- opening --------------------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        """Whether the words show."""
        return not self._words.isHidden() and self._form is None

    @property
    def _reason_prefix(self) -> str:
        return f"{self.file.case.id}/opening/{self.entry.id}"

    def _turn(self) -> None:
        if not self._words.isHidden():
            self.fold()
        elif self.entry.state == State.WITH_REASON:
            self._ask_reason()
        else:
            self._show("")

    def _ask_reason(self) -> None:
        self._clear()
        self._form = Form()
        hint = "It stands in the history for everybody. Write nothing of what is sealed"
        self._form.add(FieldSpec("reason", "Why is it opened?", "line", hint, width="full"))
        self._words_column.addWidget(self._form)
        press = Button("Open it with this reason", small=True)
        press.clicked.connect(self._with_reason)
        self._words_column.addWidget(press, 0, Qt.AlignmentFlag.AlignLeft)
        self.session.watch_form(self._form, self._reason_prefix)
        self._words.show()
        self._say_button("Do not open it", "caret-up")
        self._form.focus_on("reason")

    def _with_reason(self) -> None:
        if self._form is None:
            return
        reason = str(self._form.value("reason") or "").strip()
        if not reason:
            self._form.set_error("reason", "Say why it is opened")
            self._form.focus_on("reason")
            return
        self._show(reason)

    def _show(self, reason: str) -> None:
        words = self.session.attempt(notes.open_entry, self.session.desk, self.file, self.entry.id, reason)
        if words is None:
            return
        if self._form is not None:
            give_up(self.session, self._form)
        self._clear()
        for name in SEALED_FIELDS[self.entry.name]:
            text = words.get(name, "")
            if text:
                self._words_column.addWidget(Words(LABELS[name], "small", "muted"))
                shown = Words(spoken(text) if name == "day" else text)
                shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                self._words_column.addWidget(shown)
        self._words.show()
        self._say_button("Fold it away", "caret-up")
        if self._open_button is not None:
            self._open_button.setFocus()

    def fold(self) -> None:
        """The words go again, out of every label too."""
        if self._form is not None:
            give_up(self.session, self._form)
        self._clear()
        self._words.hide()
        self._say_button("Open it", "caret-down")

    def _clear(self) -> None:
        self._form = None
        while (item := self._words_column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                if isinstance(old, Words):
                    old.set_words("")
                old.hide()
                old.deleteLater()

    def _say_button(self, words: str, icon: str) -> None:
        if self._open_button is not None:
            self._open_button.set_words(words)
            self._open_button.set_icon(icon)
            self._open_button.setAccessibleName(f"{words}: {self.title}")

    def hideEvent(self, event: QHideEvent) -> None:
        """Fold when the page is left; a minimised window is not left."""
        super().hideEvent(event)
        if not event.spontaneous() and self.is_open:
            self.fold()
