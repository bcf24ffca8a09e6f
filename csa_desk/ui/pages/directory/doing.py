"""What the directory page does beside showing entries: add, change, take out, put back, export."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from csa_desk.casework.directory_editing import put_back_entry, record_of
from csa_desk.casework.directory_fields import FIELDS
from csa_desk.casework.rights import Right
from csa_desk.errors import InputError
from csa_desk.records.directory import Agency, InDirectory, Service
from csa_desk.ui.pages.directory.editing import NEW, EntryForm
from csa_desk.ui.pages.directory.exporting import ExportCard
from csa_desk.ui.pages.directory.more import AddCard, MoreCard, TakenOutCard
from csa_desk.ui.shell.place import Place

if TYPE_CHECKING:
    from csa_desk.ui.pages.directory.page import DirectoryPage


class Doing(QObject):
    """Puts the cards for it into the page's right pane, and the page back in order afterwards."""

    def __init__(self, page: "DirectoryPage") -> None:
        super().__init__(page)
        self._page = page
        self.session = page.session
        self.editing: EntryForm | None = None
        self.exporting: ExportCard | None = None
        self._back_to = ""

    def ended(self) -> None:
        """What stood at the right was taken away."""
        self.editing = None
        self.exporting = None

    def primary(self) -> QWidget | None:
        """The filled button of what is being done."""
        if self.editing is not None:
            return self.editing.save_button
        return self.exporting.save_button if self.exporting is not None else None

    def open_more(self) -> None:
        """What else can be done with the directory."""
        card = MoreCard(self.session)
        card.chosen.connect(self._more_chosen)
        self._page.put_card(card)
        card.focus_first()

    def _more_chosen(self, what: str) -> None:
        if what == "import":
            self._page.open_import()
        elif what == "filter":
            self._page.open_filter()
        elif what == "export":
            self.open_export()
        elif what == "taken-out":
            card = TakenOutCard(self.session)
            card.put_back.connect(self._came_back)
            self._page.put_card(card)
            card.focus_first()
        else:
            self.session.go(Place(what))

    def _came_back(self, record: str) -> None:
        self._page.list_again()
        self._page.begin_at(record)

    def open_export(self) -> None:
        """Open the card that writes the directory out."""
        card = ExportCard(self.session)
        card.closed.connect(self._closed)
        self._page.put_card(card)
        self.exporting = card
        card.focus_first()

    def open_adding(self) -> None:
        """Ask what is to be added: an agency or a service."""
        if not self.session.may(Right.LOAD_DIRECTORY):
            return
        card = AddCard(self.session)
        card.chosen.connect(self._add_chosen)
        self._page.put_card(card)
        card.focus_first()

    def _add_chosen(self, what: str) -> None:
        if what == "import":
            self._page.open_import()
        else:
            self.open_edit(Agency if what == Agency.KIND else Service, None, None)

    def open_edit(
        self, kind: type[InDirectory], record: InDirectory | None, owner: InDirectory | None
    ) -> None:
        """Open the form of a record, or of a new one that belongs to ``owner``."""
        form = EntryForm(self.session, kind, record, owner)
        form.saved.connect(self._edited)
        form.gone.connect(self._gone)
        form.closed.connect(self._closed)
        back = self._page.shown or (record.id if record is not None else "")
        self._page.put_card(form)
        self.editing = form
        self._back_to = owner.id if owner is not None else back
        form.focus_first()

    def edit_again(self, named: list[str]) -> None:
        """After a lock: the form that stood open."""
        kind, number, owner = named
        desk = self.session.desk
        try:
            record = record_of(desk, number) if number != NEW else None
            belongs = record_of(desk, owner) if owner != NEW else None
        except InputError:
            return
        wanted = next((one for one in FIELDS if kind == one.KIND), None)
        if wanted is not None and self.editing is None:
            self.open_edit(wanted, record, belongs)

    def _edited(self, record: InDirectory) -> None:
        self._page.list_again()
        self._page.begin_at(record.id if isinstance(record, Service | Agency) else self._back_to)
        if self._page.card is not None:
            self._page.card.change_button.setFocus()

    def _gone(self, record: InDirectory) -> None:
        form, back = self.editing, self._back_to
        self._page.empty_pane()
        self._page.list_again()
        if back and back != record.id:
            self._page.begin_at(back)
        else:
            self._page.show_chosen()
        if form is not None:
            self.session.toast("Taken out of the directory.", lambda: self._undo_gone(record))

    def _undo_gone(self, record: InDirectory) -> None:
        self.session.attempt(put_back_entry, self.session.desk, record)
        self._came_back(record.id if isinstance(record, Service | Agency) else self._back_to)

    def _closed(self) -> None:
        back = self._back_to if self.editing is not None else ""
        self._page.empty_pane()
        self._page.list_again()
        if back:
            self._page.begin_at(back)
        else:
            self._page.show_chosen()
            self._page.panes.show_left()
        self._page.focus_first()
