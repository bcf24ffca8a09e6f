"""The directory: search on each key over services and agencies; the list at the left, the entry at the right."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from csa_desk.casework import directory
from csa_desk.casework.directory import Entry
from csa_desk.casework.directory_entry import entry_of, view_entry
from csa_desk.casework.directory_filter import Filter, narrowed
from csa_desk.casework.directory_freshness import freshness
from csa_desk.casework.rights import Right
from csa_desk.casework.same_entries import listed_once
from csa_desk.errors import InputError
from csa_desk.records.directory import Service
from csa_desk.ui.look import look, px
from csa_desk.ui.pages.directory.doing import Doing
from csa_desk.ui.pages.directory.entry import EntryCard
from csa_desk.ui.pages.directory.filtering import FilterCard
from csa_desk.ui.pages.directory.freshness import sign
from csa_desk.ui.pages.directory.importing import ImportCard, ImportReport
from csa_desk.ui.pages.directory.switch import SERVICES, DirectoryHead
from csa_desk.ui.shell.page import Page
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Rule
from csa_desk.ui.widgets.buttons import Button, LinkButton
from csa_desk.ui.widgets.messages import Empty, Saved
from csa_desk.ui.widgets.panes import Pane, TwoPanes
from csa_desk.ui.widgets.pick_list import Pick, PickList
from csa_desk.ui.widgets.text import Words
from csa_desk.ui.widgets.text_fields import SearchLine

MOST = 200
# The entry follows the list a moment later, so that arrows and typing never wait for it.
_FOLLOWS = 90
_LOW = 320


class DirectoryPage(Page):
    """Services and agencies of this vault."""

    rail = "directory"

    def __init__(self, session: Session, place: Place) -> None:
        super().__init__(session, place)
        self._shown = ""
        self.card: EntryCard | None = None
        self.importing: ImportCard | None = None
        self.doing = Doing(self)
        self.wanted = Filter()
        self._filtering = False
        self.empty: QFrame | None = None
        self.empty_button: Button | None = None
        self.head = DirectoryHead(session, SERVICES)
        self.column.addWidget(self.head)
        self.saved = Saved()
        session.saved.connect(self.saved.set_saved)
        self.head.trailing.insertWidget(0, self.saved, 0, Qt.AlignmentFlag.AlignVCenter)
        self._may = session.may(Right.LOAD_DIRECTORY)
        self.add_button = Button("Add", "secondary", "plus", small=True)
        self.add_button.clicked.connect(self.doing.open_adding)
        self.more_button = Button("More", "secondary", "dots-three", small=True)
        self.more_button.clicked.connect(self.doing.open_more)
        self.search = SearchLine("Search services and agencies")
        self.search.textEdited.connect(self._searched)
        self.search.returnPressed.connect(self._go_on)
        line = QHBoxLayout()
        line.setSpacing(px(8))
        line.addWidget(self.search, 1)
        line.addWidget(self.add_button)
        line.addWidget(self.more_button)
        self.head.below.addLayout(line)
        self.results = PickList("Services and agencies")
        self.results.chosen.connect(self._moved)
        self.results.entered_key.connect(self._entered)
        self.count = Words("", "small-strong")
        self.pane = Pane()
        self.panes = TwoPanes(self._left(), self.pane, "All results")
        self.column.addWidget(self.panes, 1)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_FOLLOWS)
        self._wait.timeout.connect(self.show_chosen)
        self.column.addStretch(0)
        self._searched("")
        if place.item:
            self.begin_at(place.item)
        else:
            self.show_chosen()

    def _left(self) -> QWidget:
        box = QFrame()
        box.setProperty("box", "card")
        column = QVBoxLayout(box)
        edge = look().hairline
        column.setContentsMargins(edge, edge, edge, px(9))
        column.setSpacing(0)
        self._counted = QWidget()
        top = QVBoxLayout(self._counted)
        top.setContentsMargins(px(20), px(11), px(20), px(11))
        line = QHBoxLayout()
        line.addWidget(self.count, 1)
        self.filter_link = LinkButton("Filter")
        self.filter_link.clicked.connect(self.open_filter)
        line.addWidget(self.filter_link)
        top.addLayout(line)
        column.addWidget(self._counted)
        column.addWidget(Rule())
        column.addWidget(self.results, 1)
        box.setFocusProxy(self.results)
        return box

    # --- what every page has --------------------------------------------------------------------------------

    def return_to(self, key: str) -> None:
        """The card that takes documents in, or the check of the entry that is shown."""
        if key.startswith("directory/import/"):
            self.open_import()
        elif key.startswith("directory/export/"):
            self.doing.open_export()
        elif key.startswith("directory/edit/"):
            self.doing.edit_again(key.split("/")[2:5])
        elif self.card is not None and key.startswith(f"directory/{self.place.item}/"):
            self.card.open_check()

    def focus_first(self) -> None:
        """The search line; the import button where there is nothing to search."""
        if self.search.isVisibleTo(self):
            self.search.setFocus()
        else:
            button = self.primary()
            (button or self).setFocus()

    def search_field(self) -> QWidget | None:
        """The search line."""
        return self.search

    def primary(self) -> QWidget | None:
        """The filled button of what is shown at the right."""
        if self.importing is not None:
            return self.importing.start_button
        if self.doing.primary() is not None:
            return self.doing.primary()
        if self.card is not None:
            return (self.card.save_button or self.card.check_button) if self._may else None
        return self.empty_button if self._may else None

    def add_thing(self) -> None:
        """Add to the directory."""
        self.doing.open_adding()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The head keeps to the margins of the panes; a low window has no room for the count."""
        super().resizeEvent(event)
        self._counted.setVisible(self.height() >= px(_LOW))
        self.head.fit(self.width())

    @property
    def shown(self) -> str:
        """The id of the entry at the right, or empty."""
        return self._shown

    # --- the list -------------------------------------------------------------------------------------------

    def begin_at(self, record: str) -> None:
        """Choose an entry and show it."""
        try:
            entry = entry_of(self.session.desk, record)
        except InputError as fault:
            self.session.failed.emit(str(fault))
            return
        if not self._has(record):
            self.results.set_picks([self._pick(entry)])
            self.count.set_words("1 entry")
        self.results.choose(record)
        self._show(record)
        self.panes.show_right()

    def _has(self, record: str) -> bool:
        self.results.choose(record)
        return self.results.key == record

    def _searched(self, words: str) -> None:
        desk = self.session.desk
        typed = words.strip()
        if self.wanted.parts:
            found, whole = narrowed(desk, typed, self.wanted, MOST)
        else:
            found = listed_once(desk, directory.find(desk, typed) if typed else directory.entries(desk, MOST))
            whole = desk.vault.read.count(Service)
        self.results.set_picks([self._pick(entry) for entry in found])
        self._tell_count(found, whole, typed)
        nothing_yet = not found and not typed and self.importing is None and not self.wanted.parts
        self.panes.setVisible(not nothing_yet)
        self.search.setVisible(not nothing_yet)
        self.add_button.setVisible(self._may)
        self._show_empty(nothing_yet)
        if self._filtering:
            return
        if not found and not self.importing:
            self._show_nothing(typed or self.wanted.parts > 0)
        elif found and not self.results.key and self.importing is None:
            self.results.choose(self.results.first_key)

    def _tell_count(self, found: list[Entry], whole: int, typed: str) -> None:
        number = len(found)
        if not typed:
            more = whole > number
            words = f"The first {number} of {whole:,} services, by name" if more else _services(number)
            if self.wanted.parts and not more:
                words = f"{_services(number)} by this filter" if number else "No service by this filter"
        elif found and all(entry.forgiven for entry in found):
            words = f"{number} with a similar spelling"
        else:
            many = f"The first {number} that fit" if number == MOST else f"{number} fit"
            words = "Nothing fits" if not found else "1 fits" if number == 1 else many
        self.count.set_words(words)

    def _pick(self, entry: Entry) -> Pick:
        desk = self.session.desk
        fresh = freshness(desk, entry.record.checked_on)
        icon, words, ink = sign(fresh, entry.record.checked_on, desk.today[:4])
        about = entry.agency if entry.kind == "service" else "Agency"
        return Pick(entry.record.id, entry.name or "No name", about or "No agency named", (icon, words, ink))

    def _moved(self, _key: str) -> None:
        self._wait.start()

    def _busy(self) -> bool:
        return self.importing is not None and self.importing.busy

    def show_chosen(self) -> None:
        """Show what is chosen in the list."""
        if not self._busy() and self.results.key and self.results.key != self._shown:
            self._show(self.results.key)

    def _entered(self, key: str) -> None:
        if not self._busy() and key != self._shown:
            self._show(key)
        self.panes.show_right()

    def _go_on(self) -> None:
        """Enter in the search: to the list."""
        if self.results.first_key:
            if not self.results.key:
                self.results.choose(self.results.first_key)
            self.results.setFocus()

    # --- the pane -------------------------------------------------------------------------------------------

    def _show(self, record: str) -> None:
        try:
            view = view_entry(self.session.desk, entry_of(self.session.desk, record))
        except InputError as fault:
            self.session.failed.emit(str(fault))
            return
        self.empty_pane()
        self._shown = record
        self.place = Place("directory", item=record)
        self.card = EntryCard(self.session, view)
        self.card.checked.connect(self._checked)
        self.card.change_asked.connect(self.doing.open_edit)
        self.pane.add(self.card)
        self.pane.finish()

    def empty_pane(self) -> None:
        """Take out what stands at the right."""
        self._wait.stop()
        self.pane.clear()
        self.card = None
        self.importing = None
        self.doing.ended()
        self._shown = ""

    def _checked(self, record: str) -> None:
        self.results.replace_pick(self._pick(entry_of(self.session.desk, record)))
        self._show(record)
        if self.card is not None:
            self.card.check_button.setFocus()

    def _show_nothing(self, unfit: str | bool) -> None:
        self.empty_pane()
        if unfit:
            about = "Try fewer words, or the beginning of one. Names, areas and what a service helps with are searched."
            self.pane.add(Empty("Nothing fits these words", about, "magnifying-glass"))
            self.pane.finish()

    def _show_empty(self, on: bool) -> None:
        old = self.empty
        if on and old is None:
            self.empty = QFrame()
            self.empty.setProperty("box", "card")
            self.empty.setMaximumWidth(px(640))
            said = Empty(
                "The directory is empty",
                "Here you find who can help a child near you: what they do, for whom, how long the wait is, and "
                "how sure we can be of each fact. It begins with the files a council or a partner publishes.",
                "address-book",
            )
            self.empty_button = Button("Import a directory", "primary", "download-simple")
            self.empty_button.clicked.connect(self.open_import)
            if self._may:
                said.add(self.empty_button)
            else:
                self.empty_button.hide()
                said.add(Words(self.session.desk.why_not(Right.LOAD_DIRECTORY), "body", "muted"))
            inside = QVBoxLayout(self.empty)
            inside.addWidget(said)
            self.column.insertWidget(1, self.empty, 0, Qt.AlignmentFlag.AlignHCenter)
        elif not on and old is not None:
            old.hide()
            old.deleteLater()
            self.empty = self.empty_button = None

    def list_again(self) -> None:
        """List anew what the words in the search line find."""
        self._searched(self.search.text())

    def put_card(self, card: QWidget) -> None:
        """Show this card at the right, in place of what stood there."""
        self._show_empty(False)
        self.panes.show()
        self.empty_pane()
        self.pane.add(card)
        self.pane.finish()
        self.panes.show_right()

    def open_filter(self) -> None:
        """Choose which services are listed."""
        card = FilterCard(self.session, self.wanted)
        card.changed.connect(self._narrow)
        card.closed.connect(self._narrowed)
        self.put_card(card)
        card.focus_first()

    def _narrow(self, wanted: Filter) -> None:
        self.wanted = wanted
        self._filtering = True
        self.list_again()
        self._filtering = False
        self.filter_link.set_words(f"Filter ({wanted.parts})" if wanted.parts else "Filter")

    def _narrowed(self) -> None:
        self.empty_pane()
        self.list_again()
        self.show_chosen()
        self.panes.show_left()
        self.results.setFocus()

    def remember(self) -> object:
        """Which services are listed."""
        return self.wanted

    def recall(self, kept: object) -> None:
        """List the same services again."""
        if isinstance(kept, Filter) and kept.parts:
            self._narrow(kept)

    def open_import(self) -> None:
        """Open the card that takes documents in."""
        if not self._may:
            return
        if self.importing is not None:
            self.importing.focus_first()
            return
        self._show_empty(False)
        self.panes.show()
        self.empty_pane()
        self.importing = ImportCard(self.session)
        self.importing.reported.connect(self._imported)
        self.importing.closed.connect(self._import_closed)
        self.pane.add(self.importing)
        self.pane.main.addStretch(1)
        self.panes.show_right()
        self.importing.focus_first()

    def _imported(self, report: ImportReport) -> None:
        for old in self.pane.findChildren(ImportReport):
            old.hide()
            old.deleteLater()
        self.pane.main.insertWidget(1, report)
        self._searched(self.search.text())

    def _import_closed(self) -> None:
        self.empty_pane()
        self._searched(self.search.text())
        self.show_chosen()
        self.panes.show_left()
        self.focus_first()


def _services(number: int) -> str:
    return "1 service" if number == 1 else f"{number} services" if number else "No services yet"
