"""One entry of the directory at the right: every fact with its freshness, whom to ask, and *I checked this today*."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from csa_desk.casework.directory_entry import EntryView, Fact, Person, check_entry
from csa_desk.casework.directory_freshness import HOW_CHECKED
from csa_desk.casework.rights import Right
from csa_desk.casework.same_entries import also_listed
from csa_desk.records.directory import Agency, Service
from csa_desk.ui.look import px
from csa_desk.ui.pages.directory.freshness import FreshMark
from csa_desk.ui.pages.directory.parts import EntryParts
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Banner, Card, QuietBox, Rule
from csa_desk.ui.widgets.buttons import Button, LinkButton
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.flow import FlowLayout
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.marks import Chip
from csa_desk.ui.widgets.rows import TaskRow
from csa_desk.ui.widgets.text import Words

_NAME_WIDE = 116


class FactLine(QWidget):
    """A fact: its name muted, its words, how fresh it is."""

    def __init__(self, fact: Fact, this_year: str) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, px(9), 0, px(9))
        row.setSpacing(px(12))
        name = Words(fact.name, "small", "muted")
        name.setMinimumWidth(px(_NAME_WIDE))
        name.setMaximumWidth(px(_NAME_WIDE))
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Words(fact.words), 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(FreshMark(fact.freshness, fact.checked_on, this_year), 0, Qt.AlignmentFlag.AlignTop)


class EntryCard(Card):
    """The card of an entry. ``checked`` carries its id after somebody made sure of it."""

    checked = Signal(str)
    change_asked = Signal(object, object, object)

    def __init__(self, session: Session, view: EntryView) -> None:
        super().__init__()
        self.session = session
        self._entry = view.entry
        self._year = session.desk.today[:4]
        self.setAccessibleName(view.entry.name)
        self._title(view)
        for fact in view.facts:
            self._fact(fact)
        if view.not_known:
            self.body.addSpacing(px(4))
            names = ", ".join(name[:1].lower() + name[1:] for name in view.not_known)
            self.add(Words(f"Not known: {names}. Ask when you are in touch.", "small", "muted"))
        for person in view.people:
            self._person(person)
        if view.offers:
            self._offers(view)
        self.parts = EntryParts(session, view.entry.record, self)
        self.parts.asked.connect(self.change_asked)
        self.body.addSpacing(px(8))
        self.check_button = Button("I checked this today", "primary", "phone")
        self.check_button.clicked.connect(self.open_check)
        self.change_button = Button("Change", "secondary", "pencil-simple")
        self.change_button.setAccessibleName(f"Change {view.entry.name}")
        self.change_button.clicked.connect(self._change)
        holder = QWidget()
        buttons = FlowLayout(holder, 12, 8)
        for button in (self.check_button, self.change_button):
            session.offer(button, Right.LOAD_DIRECTORY)
            buttons.addWidget(button)
        self.add(holder)
        self._box: QWidget | None = None
        self.form: Form | None = None
        self.save_button: Button | None = None

    def _title(self, view: EntryView) -> None:
        record = view.entry.record
        self.body.setSpacing(px(2))
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(Words(view.entry.name, "h2"), 1)
        kind = "Agency" if isinstance(record, Agency) else "Service"
        row.addWidget(Chip(kind, "plain"), 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        if isinstance(record, Service) and view.entry.agency:
            link = LinkButton(view.entry.agency, icon="buildings")
            link.clicked.connect(self._to_agency)
            self.add(link)
        for other in also_listed(self.session.desk, record.id):
            link = LinkButton(f"Also listed as {other.name}", icon="git-merge")
            link.setProperty("entry", other.record.id)
            link.clicked.connect(self._to_offer)
            self.add(link)
        if view.about:
            self.add(Words(view.about, "body", "muted"))
        self.body.addSpacing(px(8))
        if view.status:
            self.add(Banner("warn", view.status, icon="warning"))
        if view.alert:
            self.add(Banner("info", "They say:", view.alert, icon="info"))
        self.checked_words = Words(view.checked, "small", "muted")
        self.add(self.checked_words)
        self.body.addSpacing(px(6))

    def _fact(self, fact: Fact) -> None:
        self.body.addWidget(Rule())
        self.body.addWidget(FactLine(fact, self._year))

    def _person(self, person: Person) -> None:
        self.body.addWidget(Rule())
        self.body.addSpacing(px(10))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(Words(person.name, "strong"), 1)
        if person.role_mailbox:
            row.addWidget(Chip("Shared mailbox", "tint", "envelope-simple"), 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        for fact in person.facts:
            self.body.addWidget(FactLine(fact, self._year))

    def _offers(self, view: EntryView) -> None:
        self.body.addWidget(Rule())
        self.body.addSpacing(px(10))
        self.add(Words("What they offer", "strong"))
        for offer in view.offers:
            row = TaskRow(offer.name)
            row.setProperty("entry", offer.record.id)
            row.clicked.connect(self._to_offer)
            self.add(row)

    def _to_agency(self) -> None:
        record = self._entry.record
        if isinstance(record, Service):
            self.session.go(Place("directory", item=record.agency))

    def _to_offer(self) -> None:
        row = self.sender()
        if row is not None:
            self.session.go(Place("directory", item=str(row.property("entry"))))

    def _change(self) -> None:
        record = self._entry.record
        self.change_asked.emit(type(record), record, None)

    # --- I checked this today -------------------------------------------------------------------------------

    def open_check(self) -> None:
        """Open the card with the two fields."""
        if self._box is not None:
            return
        self.check_button.hide()
        box = QuietBox()
        box.body.setSpacing(px(12))
        box.add(Words("I checked this today", "h3"))
        self.form = Form()
        ways = [Option(key, words) for key, words in HOW_CHECKED]
        self.form.add(FieldSpec("how", "How did you check it?", "row", options=ways))
        self.form.add(
            FieldSpec(
                "changed",
                "What has changed?",
                "lines",
                hint="Leave it empty if everything here is right",
                lines=2,
                optional=True,
            )
        )
        box.add(self.form)
        row = QHBoxLayout()
        row.setSpacing(px(12))
        self.save_button = Button("Save this check", "primary", "check")
        self.save_button.clicked.connect(self.save_check)
        row.addWidget(self.save_button)
        leave = Button("Leave it", "quiet")
        leave.clicked.connect(self.close_check)
        row.addWidget(leave)
        row.addStretch(1)
        box.body.addLayout(row)
        self._box = box
        self.add(box)
        self.session.watch_form(self.form, f"directory/{self._entry.record.id}")
        self.form.focus_on("how")

    def close_check(self) -> None:
        """Put the card away; what was typed is given up."""
        if self._box is None or self.form is None:
            return
        # Hiding says the last of the typing, so the draft is dropped after it.
        self._box.hide()
        self.session.drop_draft(self.form, "changed")
        self._box.deleteLater()
        self._box = self.form = self.save_button = None
        self.check_button.show()
        self.check_button.setFocus()

    def save_check(self) -> None:
        """Write who checked it, when and how."""
        if self.form is None:
            return
        how, changed = str(self.form.value("how")), str(self.form.value("changed"))
        if not how:
            self.form.set_error("how", "Say how you checked it")
            self.form.focus_on("how")
            return
        found = self.session.attempt(check_entry, self.session.desk, self._entry, how, changed)
        if found is not None:
            self.close_check()
            self.checked.emit(found.record.id)
