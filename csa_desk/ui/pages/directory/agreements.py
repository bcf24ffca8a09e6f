"""When it is stuck, and what was agreed: ways to escalate by area, and agreements between agencies."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from csa_desk.casework.directory_editing import put_back_entry, record_of
from csa_desk.casework.directory_fields import FIELDS
from csa_desk.casework.directory_freshness import freshness
from csa_desk.casework.directory_words import about_of, title_of
from csa_desk.casework.rights import Right
from csa_desk.errors import InputError
from csa_desk.records.directory import InDirectory
from csa_desk.records.directory_facts import Agreement, EscalationRoute
from csa_desk.ui.pages.directory.editing import NEW, EntryForm
from csa_desk.ui.pages.directory.freshness import sign
from csa_desk.ui.pages.directory.under import UnderDirectory
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Card
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.messages import Empty
from csa_desk.ui.widgets.rows import TaskRow
from csa_desk.ui.widgets.text import Words

_PARTS: tuple[tuple[type[InDirectory], str, str, str], ...] = (
    (
        EscalationRoute,
        "When agencies disagree, or nothing happens",
        "No way to escalate is entered. Add your local policy, the LADO, and who answers out of hours.",
        "Add a way to escalate",
    ),
    (
        Agreement,
        "What agencies agreed",
        "No agreement is entered. Add who shares what with whom, and when it is to be looked at again.",
        "Add an agreement",
    ),
)


class AgreementsPage(UnderDirectory):
    """Both lists; each row opens to be changed."""

    def __init__(self, session: Session, place: Place) -> None:
        super().__init__(session, place, "When it is stuck, and what was agreed")
        self._may = session.may(Right.LOAD_DIRECTORY)
        self.editing: EntryForm | None = None
        self._rows: dict[int, InDirectory] = {}
        self.cards: list[Card] = []
        self.add_buttons: list[Button] = []
        for kind, title, nothing, add in _PARTS:
            self.body.add(self._part(kind, title, nothing, add))
        self.body.finish()

    def _part(self, kind: type[InDirectory], title: str, nothing: str, add: str) -> Card:
        desk = self.session.desk
        records = sorted(desk.vault.read.find(kind), key=lambda item: title_of(desk, item).casefold())
        card = Card(title, count=len(records) or None, flush=True)
        for record in records:
            _, fresh, _ = sign(freshness(desk, record.checked_on), record.checked_on, desk.today[:4])
            late = isinstance(record, Agreement) and bool(record.review) and record.review <= desk.today
            made = TaskRow(
                title_of(desk, record),
                about_of(desk, record),
                warning="It is time to look at this again." if late else "",
                when=fresh,
                chevron=self._may,
            )
            made.setProperty("number", len(self._rows))
            self._rows[len(self._rows)] = record
            if self._may:
                made.clicked.connect(self._change)
            card.add_row(made)
        if not records:
            card.add_row(Empty(nothing, ""))
        if self._may:
            button = Button(add, "secondary", "plus", small=True)
            button.setProperty("kind", kind.KIND)
            button.clicked.connect(self._add)
            self.add_buttons.append(button)
            holder = QWidget()
            line = QHBoxLayout(holder)
            line.addWidget(button)
            line.addStretch(1)
            card.add_row(holder)
        elif not records:
            card.add_row(Words(self.session.desk.why_not(Right.LOAD_DIRECTORY), "small", "muted"))
        self.cards.append(card)
        return card

    def focus_first(self) -> None:
        """The way back, or the form that stands open."""
        if self.editing is not None:
            self.editing.focus_first()
        else:
            self.back.setFocus()

    def primary(self) -> QWidget | None:
        """The form's own button while one is open."""
        return self.editing.save_button if self.editing is not None else None

    def return_to(self, key: str) -> None:
        """The form that stood open."""
        if key.startswith("directory/edit/") and self.editing is None:
            kind, number = key.split("/")[2:4]
            wanted = next((one for one in FIELDS if kind == one.KIND), None)
            try:
                record = record_of(self.session.desk, number) if number != NEW else None
            except InputError:
                return
            if wanted is not None:
                self.open_edit(wanted, record)

    def open_edit(self, kind: type[InDirectory], record: InDirectory | None) -> None:
        """The form in place of the lists."""
        for card in self.cards:
            card.hide()
        self.editing = EntryForm(self.session, kind, record)
        self.editing.saved.connect(self._again)
        self.editing.closed.connect(self._again)
        self.editing.gone.connect(self._gone)
        self.body.add(self.editing)
        self.editing.focus_first()

    def _change(self) -> None:
        row = self.sender()
        if row is not None:
            record = self._rows[int(row.property("number"))]
            self.open_edit(type(record), record)

    def _add(self) -> None:
        button = self.sender()
        if button is not None:
            kind = next(one for one in FIELDS if str(button.property("kind")) == one.KIND)
            self.open_edit(kind, None)

    def _again(self) -> None:
        self.session.go(Place("agreements"))

    def _gone(self, record: InDirectory) -> None:
        session = self.session

        def undo() -> None:
            session.attempt(put_back_entry, session.desk, record)
            session.go(Place("agreements"))

        self._again()
        session.toast("Taken out.", undo)
