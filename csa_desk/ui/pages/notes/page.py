"""Notes: the three sealed compartments of a child's file, and who can open each."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from csa_desk.casework import compartments, tasks
from csa_desk.casework.rights import Right
from csa_desk.records.sealed import CompartmentName
from csa_desk.ui.pages.child.header import ShortHeader
from csa_desk.ui.pages.notes.holders import HoldersCard
from csa_desk.ui.pages.notes.section import CompartmentCard
from csa_desk.ui.pages.notes.telling import next_step
from csa_desk.ui.pages.revealing import Revealing
from csa_desk.ui.shell.page import Page
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Banner
from csa_desk.ui.widgets.messages import announce
from csa_desk.ui.widgets.page import PageBody, PageTitle
from csa_desk.ui.widgets.text import Words

ORDER = (CompartmentName.THERAPY, CompartmentName.DISCLOSURE, CompartmentName.SAFEGUARDING)
_TASK = "Talk to the safeguarding lead about what was sealed today"


class NotesPage(Page):
    """The notes tab. ``place.item`` names a compartment whose form opens at once."""

    rail = "children"

    def __init__(self, session: Session, place: Place) -> None:
        super().__init__(session, place)
        self.file = session.file(place.case, fresh=True)
        self.header = ShortHeader(session, self.file, "notes")
        self.column.addWidget(self.header)
        self.body = PageBody(side_width=288)
        self.column.addWidget(self.body, 1)
        self._banner: Banner | None = None
        self.body.add(
            PageTitle(
                "Notes",
                "Sealed: only those named can open what is here. Everybody else sees that it is there, "
                "who wrote it and when.",
            )
        )
        self.cards = {str(name): CompartmentCard(session, self.file, name) for name in ORDER}
        for card in self.cards.values():
            card.opened.connect(self._opening)
            card.sealed.connect(self._sealed)
            self.body.add(card)
        self.body.add_side(Words("Who can open what", "h3"))
        self.holders: dict[str, HoldersCard] = {}
        for name in ORDER:
            self._show_holders(name)
        self.body.finish()
        self._escape = QShortcut(
            QKeySequence("Esc"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        self._escape.activated.connect(self._put_away)
        self._begin()

    def _begin(self) -> None:
        """Open the form that was asked for, else the one that was being typed in when the vault was locked."""
        wanted = self.cards.get(self.place.item)
        if wanted is not None and self.session.may(Right.SEAL):
            if wanted.half_written:
                wanted.open_half_written()
            else:
                wanted.open()
        elif self.place.field:
            half = next((card for card in self.cards.values() if card.half_written), None)
            if half is not None:
                half.open_half_written()

    def focus_first(self) -> None:
        """The open form, else the tabs."""
        card = self._with_form()
        if card is not None and card.open_form is not None:
            card.open_form.focus()
            Revealing(self.body, card.open_form)
        else:
            self.header.tabs.setFocus()

    def primary(self) -> QWidget | None:
        """What seals the open form."""
        card = self._with_form()
        return card.open_form.save_button if card is not None and card.open_form is not None else None

    def add_thing(self) -> None:
        """A therapy note."""
        if self.session.may(Right.SEAL):
            self.cards[CompartmentName.THERAPY].open()

    def _with_form(self) -> CompartmentCard | None:
        return next((card for card in self.cards.values() if card.open_form is not None), None)

    def _opening(self, wanted: object) -> None:
        """One form at a time: another is put away, its words kept. The place says which one is open, for the lock."""
        self._say(None)
        for card in self.cards.values():
            if card is not wanted:
                card.put_away()
        if isinstance(wanted, CompartmentCard):
            self.place = Place(self.place.page, self.place.case, wanted.name)

    def _put_away(self) -> None:
        for card in self.cards.values():
            card.put_away()
        self.place = Place(self.place.page, self.place.case)

    def _sealed(self, name: str) -> None:
        self.place = Place(self.place.page, self.place.case)
        self._show_holders(name)
        if name == CompartmentName.DISCLOSURE:
            link = "Put it on Today" if self.session.may(Right.TASKS) else ""
            banner = Banner("ok", "Sealed.", next_step(self.session), icon="check-circle", link=link)
            banner.followed.connect(self._add_task)
            self._say(banner)
            if banner.link is not None:
                banner.link.setFocus()
        else:
            self._say(Banner("ok", "Sealed.", "It is part of the record now.", icon="check-circle"))
            self.cards[name].write_button.setFocus()

    def _add_task(self) -> None:
        today = self.session.desk.today
        made = self.session.attempt(tasks.add_task, self.session.desk, self.file.case.id, _TASK, due=today)
        if made is not None:
            self._say(Banner("ok", "It is on Today.", _TASK, icon="check-circle"))
            self.session.changed.emit()
            self.cards[CompartmentName.DISCLOSURE].write_button.setFocus()

    def _say(self, banner: Banner | None) -> None:
        if self._banner is not None:
            self._banner.hide()
            self.body.main.removeWidget(self._banner)
            self._banner.deleteLater()
        self._banner = banner
        if banner is not None:
            self.body.main.insertWidget(1, banner)
            announce(banner, banner.accessibleName())
            Revealing(self.body, banner)

    def _show_holders(self, name: str) -> None:
        made = HoldersCard(self.session, self.file, compartments.place(self.session.desk, self.file, name))
        made.changed.connect(self._holders_changed)
        old, self.holders[name] = self.holders.get(name), made
        if self.body.side is None:
            return
        if old is None:
            self.body.add_side(made)
            return
        self.body.side.replaceWidget(old, made)
        old.hide()
        old.deleteLater()

    def _holders_changed(self, name: str) -> None:
        self._show_holders(name)
        self.cards[name].refresh()
        self._say(Banner("ok", "Changed.", "What is sealed follows from now on.", icon="check-circle"))
