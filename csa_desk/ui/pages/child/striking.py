"""Text that stands in the wrong child's file: one change, taken out, and where wished entered in the right file."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from csa_desk.casework import removals
from csa_desk.casework.casefile import open_file
from csa_desk.casework.children import child_choices
from csa_desk.casework.histories import Change, changes, local
from csa_desk.casework.moving import MOVABLE
from csa_desk.casework.struck_seal import CANNOT, about_seal
from csa_desk.records.dates import spoken
from csa_desk.ui.look import px
from csa_desk.ui.pages.child.header import StripHeader
from csa_desk.ui.pages.child.history import field_line
from csa_desk.ui.pages.half_typed import give_up
from csa_desk.ui.pages.removals.card import waits_words
from csa_desk.ui.shell.page import Page
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Banner, BannerTone, Card
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.messages import Empty
from csa_desk.ui.widgets.page import PageBody, PageTitle
from csa_desk.ui.widgets.text import Words

WHAT_HAPPENS = "It is hidden at once: nobody finds it on a page, in a search or in a print."
LATER = "also-later"


class StrikePage(Page):
    """A page inside the history tab."""

    rail = "children"

    def __init__(self, session: Session, place: Place) -> None:
        super().__init__(session, place)
        self.file = session.file(place.case, fresh=True)
        self._back = Place("history", self.file.code)
        self.column.addWidget(StripHeader(session, self.file, "History", self._back))
        self.body = PageBody(widest=860)
        self.column.addWidget(self.body, 1)
        title = PageTitle("This is in the wrong child’s file")
        title.set_about(f"{WHAT_HAPPENS} {waits_words(session.desk.days('removal-wait'))}")
        self.body.add_top(title)
        found = next((item for item in changes(session.desk, self.file) if item.revision == place.item), None)
        self.form = Form()
        self.send: Button | None = None
        self._later: tuple[str, ...] = ()
        if found is None or not removals.can_strike(found):
            empty = Card()
            empty.add(
                Empty(
                    "Nothing to take out", "That change is not in this child’s file any more.", "check-circle"
                )
            )
            self.body.add(empty)
        else:
            self._show(found)
        self.body.finish()

    def _show(self, found: Change) -> None:
        card = Card(found.title, level="h3")
        card.add(Words(f"{found.who}, {spoken(local(found.at).date().isoformat())}", "small", "muted"))
        for field in found.fields:
            card.add(field_line(field))
        first, rest = about_seal(self.session.desk, self.file, found)
        if first:
            tone: BannerTone = "warn" if first == CANNOT else "info"
            card.add(Banner(tone, first, rest, icon="lock-simple"))
        self.body.add(card)
        self._later = removals.later_changes(self.session.desk, self.file, self.place.item)
        self._ask(found.kind)
        asked = Card()
        asked.add(self.form)
        self.body.add(asked)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(12))
        self.send = Button("Take it out of this file", "primary")
        self.send.clicked.connect(self._strike)
        stop = Button("Leave it here", "quiet")
        stop.clicked.connect(self._leave)
        line.addWidget(self.send)
        line.addWidget(stop)
        line.addStretch(1)
        self.body.main.addWidget(row, 0, Qt.AlignmentFlag.AlignLeft)
        prefix = f"{self.file.case.id}/strike/{self.place.item[:16]}"
        self.session.watch_form(self.form, prefix, whole=True)

    def focus_first(self) -> None:
        """The first question."""
        if self.send is None:
            self.body.setFocus()
        else:
            self.form.focus_on(self.form.fields[0].key)

    def primary(self) -> QWidget | None:
        """Taking it out."""
        return self.send

    def _ask(self, kind: str) -> None:
        if self._later:
            count = len(self._later)
            words = "1 later change" if count == 1 else f"{count} later changes"
            label = f"{words} to the same words: also about the other child?"
            options = (Option("yes", "Yes, take them out too"), Option("no", "No, they belong here"))
            self.form.add(FieldSpec(LATER, label, "one_of", options=options))
            self.form.set_value(LATER, "yes")
        if kind in MOVABLE:
            others = [
                Option(number, words)
                for number, words in child_choices(self.session.desk)
                if number != self.file.case.id
            ]
            hint = "The words are entered there as something new. Neither file names the other child."
            self.form.add(
                FieldSpec("into", "Whose file is it?", "pick", hint, options=tuple(others), optional=True)
            )
        self.form.add(
            FieldSpec(
                "reason",
                "Why is it taken out?",
                "line",
                "Name nobody: this reason stays when the words are gone.",
                width="full",
            )
        )

    def _strike(self) -> None:
        self.form.flush()
        said = {key: str(value or "") for key, value in self.form.values().items()}
        if not said["reason"].strip():
            self.form.set_error("reason", "Say why it is taken out")
            self.form.focus_on("reason")
            return
        wanted = [self.place.item, *(self._later if said.get(LATER) == "yes" else ())]
        if self.session.attempt(self._take_out, wanted, said["reason"], said.get("into", "")) is not None:
            give_up(self.session, self.form)
            self.session.changed.emit()
            self.session.go(Place("keeping", self.file.code))
            self.session.toast("Hidden. It waits to be taken out for good")

    def _take_out(self, revisions: list[str], reason: str, into: str) -> str:
        desk = self.session.desk
        other = open_file(desk, into) if into else None
        return removals.strike(desk, self.file, revisions, reason, into=other).id

    def _leave(self) -> None:
        give_up(self.session, self.form)
        self.session.go(self._back)
