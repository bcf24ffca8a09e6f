"""What belongs to an entry: rules of access, ways to refer, roles, contacts, places; each opens to be changed."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from csa_desk.casework.directory_editing import attached
from csa_desk.casework.directory_fields import CALLED
from csa_desk.casework.directory_freshness import freshness
from csa_desk.casework.directory_words import about_of, title_of
from csa_desk.casework.rights import Right
from csa_desk.records.directory import AgencyRole, Contact, InDirectory, Location, Service
from csa_desk.records.directory_facts import Agreement, CoLocation, Criterion, ReferralRoute
from csa_desk.ui.look import px
from csa_desk.ui.pages.directory.freshness import sign
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Card, Rule
from csa_desk.ui.widgets.buttons import LinkButton
from csa_desk.ui.widgets.flow import FlowLayout
from csa_desk.ui.widgets.rows import TaskRow
from csa_desk.ui.widgets.text import Words

_HEADINGS: dict[type[InDirectory], str] = {
    Criterion: "Who may come",
    ReferralRoute: "How one gets there",
    AgencyRole: "Roles",
    CoLocation: "Who sits with them",
    Agreement: "Agreements",
    Contact: "People and mailboxes",
    Location: "Places",
}
# What can be added to an entry.
_OF_SERVICE = (Criterion, ReferralRoute, Contact, Location, AgencyRole, CoLocation)
_OF_AGENCY = (Service, Contact, AgencyRole, ReferralRoute)


class EntryParts(QObject):
    """Fills a card. ``asked`` carries the kind, the record or None for a new one, and the owner."""

    asked = Signal(object, object, object)

    def __init__(self, session: Session, owner: InDirectory, card: Card) -> None:
        super().__init__(card)
        self.session = session
        self.owner = owner
        self._may = session.may(Right.LOAD_DIRECTORY)
        self._shown: list[InDirectory] = []
        for kind, records in attached(session.desk, owner).items():
            # People and places stand above as facts; here they are only to be changed.
            if records and (self._may or kind not in (Contact, Location)):
                card.add(Rule())
                card.body.addSpacing(px(8))
                card.add(Words(_HEADINGS[kind], "strong"))
                for record in records:
                    card.add(self._row(record))
        if self._may:
            card.add(Rule())
            card.body.addSpacing(px(8))
            holder = QWidget()
            flow = FlowLayout(holder, 20, 4)
            for kind in _OF_SERVICE if isinstance(owner, Service) else _OF_AGENCY:
                called = CALLED[kind]
                link = LinkButton(f"Add {'an' if called[0] in 'aeiou' else 'a'} {called}", icon="plus")
                link.setProperty("kind", kind.KIND)
                link.clicked.connect(self._add)
                flow.addWidget(link)
            card.add(holder)
        self._kinds = {kind.KIND: kind for kind in (*_OF_SERVICE, *_OF_AGENCY)}

    def _row(self, record: InDirectory) -> QWidget:
        desk = self.session.desk
        _, fresh, _ = sign(freshness(desk, record.checked_on), record.checked_on, desk.today[:4])
        about = about_of(desk, record)
        row = TaskRow(title_of(desk, record) or CALLED[type(record)], about, when=fresh, chevron=self._may)
        row.setProperty("number", len(self._shown))
        self._shown.append(record)
        if self._may:
            row.clicked.connect(self._change)
        return row

    def _change(self) -> None:
        row = self.sender()
        if row is not None:
            record = self._shown[int(row.property("number"))]
            self.asked.emit(type(record), record, self.owner)

    def _add(self) -> None:
        link = self.sender()
        if link is not None:
            self.asked.emit(self._kinds[str(link.property("kind"))], None, self.owner)
