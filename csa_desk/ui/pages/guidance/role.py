"""Role cards, one at a time: the list of roles at the left, the card at the right; arrows page through."""

from pathlib import Path

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from csa_desk.casework import guidance
from csa_desk.casework.directory_entry import entries_for_role
from csa_desk.casework.directory_freshness import freshness
from csa_desk.casework.founding import home_for_vaults
from csa_desk.casework.guidance import RoleCard
from csa_desk.casework.local_cards import local_reference, save_cards
from csa_desk.errors import InputError
from csa_desk.ui.look import look, px
from csa_desk.ui.pages.directory.freshness import FreshMark
from csa_desk.ui.pages.directory.switch import ROLES, DirectoryHead
from csa_desk.ui.pages.guidance.card import RoleCardView
from csa_desk.ui.shell.page import Page
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Banner, QuietBox
from csa_desk.ui.widgets.buttons import Button, LinkButton
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.flow import FlowLayout
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.messages import announce
from csa_desk.ui.widgets.panes import Pane, TwoPanes
from csa_desk.ui.widgets.pick_list import Pick, PickList
from csa_desk.ui.widgets.text import Words
from csa_desk.ui.widgets.text_fields import SearchLine

_DECK = "deck"


class RoleCardPage(Page):
    """Who does what, in the first person."""

    rail = "directory"

    def __init__(self, session: Session, place: Place) -> None:
        super().__init__(session, place)
        self.cards = guidance.role_cards(session.desk)
        self._ids = [card.role.id for card in self.cards]
        self._by_id = dict(zip(self._ids, self.cards, strict=True))
        if place.item and place.item not in self._ids:
            raise InputError(f"There is no role card “{place.item}”.")
        self.head = DirectoryHead(session, ROLES)
        self.column.addWidget(self.head)
        self.search = SearchLine("Find a role, also by an earlier name")
        self.search.textEdited.connect(self._search)
        self.search.returnPressed.connect(self._go_on)
        self.count = Words("", "small-strong")
        self.roles = PickList("Roles")
        self.roles.chosen.connect(self._show)
        self.roles.entered_key.connect(self._entered)
        self.pane = Pane()
        self.panes = TwoPanes(self._left(), self.pane, "All roles", left_width=248)
        self.column.addWidget(self.panes, 1)
        self.form: Form | None = None
        self._turns(self.roles)
        self._search("")
        self.roles.choose(place.item or self._ids[0])
        if place.item:
            self.panes.show_right()

    def _left(self) -> QWidget:
        frame = QFrame()
        frame.setProperty("box", "card")
        column = QVBoxLayout(frame)
        edge = look().hairline
        column.setContentsMargins(edge, px(12), edge, px(9))
        column.setSpacing(px(8))
        top = QVBoxLayout()
        top.setContentsMargins(px(12), 0, px(12), 0)
        top.setSpacing(px(8))
        top.addWidget(self.count)
        top.addWidget(self.search)
        column.addLayout(top)
        column.addWidget(self.roles, 1)
        frame.setFocusProxy(self.roles)
        return frame

    def _turns(self, widget: QWidget) -> None:
        """Left and right turn the cards while the keyboard is in this part; fields and the switch keep theirs."""
        for key, slot in ((Qt.Key.Key_Left, self.back), (Qt.Key.Key_Right, self.forward)):
            shortcut = QShortcut(QKeySequence(QKeyCombination(key)), widget)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    # --- what every page has --------------------------------------------------------------------------------

    def return_to(self, key: str) -> None:
        """Where the PDF of this card was to be saved."""
        if key.startswith(f"role-card/{self.place.item}/"):
            self.open_save()

    def focus_first(self) -> None:
        """The list."""
        self.roles.setFocus()

    def search_field(self) -> QWidget | None:
        """Finding a role."""
        return self.search

    def primary(self) -> QWidget | None:
        """Saving, while its card is open."""
        return self.save_button if self.form is not None else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The head keeps to the margins of the panes."""
        super().resizeEvent(event)
        self.head.fit(self.width())

    # --- the list -------------------------------------------------------------------------------------------

    def _search(self, words: str) -> None:
        found = guidance.role_cards(self.session.desk, words)
        picks: list[Pick] = []
        group = ""
        for card in found:
            if card.group != group:
                group = card.group
                picks.append(Pick("", group))
            picks.append(Pick(card.role.id, card.title))
        self.roles.set_picks(picks)
        self.count.set_words(
            "1 role" if len(found) == 1 else f"{len(found)} roles" if found else "No role fits"
        )

    def _go_on(self) -> None:
        if self.roles.first_key:
            if not self.roles.key:
                self.roles.choose(self.roles.first_key)
            self.roles.setFocus()

    def _entered(self, _key: str) -> None:
        self.panes.show_right()

    # --- the card -------------------------------------------------------------------------------------------

    @property
    def number(self) -> int:
        """Where the card shown stands among all of them, from 0."""
        return self._ids.index(self.place.item)

    def _show(self, role: str) -> None:
        card = self._by_id[role]
        self.close_save()
        self.place = Place("role-card", item=role)
        self.pane.clear()
        self.view = RoleCardView(card, self.number + 1, len(self._ids), self._near(card))
        self.pane.add(self.view)
        self._turns(self.view)
        buttons = self._buttons()
        self._turns(buttons)
        self.pane.add(buttons)
        self.pane.finish()

    def _near(self, card: RoleCard) -> QWidget | None:
        """Who plays this role in the directory, if anybody is known."""
        desk = self.session.desk
        found = entries_for_role(desk, card.role.id)
        if not found:
            return None
        box = QuietBox()
        service = desk.own_service().name
        box.add(Words(f"In the directory of {service}" if service else "In your directory", "strong"))
        for entry in found:
            holder = QWidget()
            row = FlowLayout(holder, 20, 0)
            link = LinkButton(entry.name, "body")
            link.setProperty("entry", entry.record.id)
            link.clicked.connect(self._to_entry)
            row.addWidget(link)
            if entry.record.phone:
                row.addWidget(Words(entry.record.phone))
            fresh = freshness(desk, entry.record.checked_on)
            row.addWidget(FreshMark(fresh, entry.record.checked_on, desk.today[:4]))
            box.add(holder)
        return box

    def _to_entry(self) -> None:
        link = self.sender()
        if link is not None:
            self.session.go(Place("directory", item=str(link.property("entry"))))

    def _buttons(self) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, 8, 8)
        last = len(self._ids) - 1
        if self.number > 0:
            self.back_button = Button("Back", "secondary", "arrow-left", small=True)
            self.back_button.clicked.connect(self.back)
            flow.addWidget(self.back_button)
        if self.number < last:
            title = self.cards[self.number + 1].title
            self.next_button = Button(f"Next: {title}", "secondary", "arrow-right", small=True)
            self.next_button.clicked.connect(self.forward)
            flow.addWidget(self.next_button)
        self.room_button = Button("Show to a room", "secondary", "eye", small=True)
        self.room_button.clicked.connect(self._to_room)
        flow.addWidget(self.room_button)
        self.pdf_button = Button("Save as PDF", "secondary", "printer", small=True)
        self.pdf_button.clicked.connect(self.open_save)
        flow.addWidget(self.pdf_button)
        return holder

    def _to_room(self) -> None:
        self.session.go(Place("full-cards", item=self.place.item))

    def back(self) -> None:
        """The card before."""
        self._page(-1)

    def forward(self) -> None:
        """The card after."""
        self._page(1)

    def _page(self, step: int) -> None:
        number = self.number + step
        if 0 <= number < len(self._ids):
            if self.search.text():
                self.search.clear()
                self._search("")
            self.roles.choose(self._ids[number])
            self.roles.scrollTo(self.roles.currentIndex())
            if not self.roles.isVisible():
                self.pdf_button.setFocus()
            elif self.focusWidget() is None:
                self.roles.setFocus()

    # --- saving ---------------------------------------------------------------------------------------------

    def open_save(self) -> None:
        """Ask where the PDF is to stand."""
        if self.form is not None:
            self.form.focus_on("path")
            return
        self._box = QuietBox()
        self._box.body.setSpacing(px(12))
        self.form = Form()
        self.form.add(
            FieldSpec(
                "path",
                "Where should the PDF be saved?",
                hint="A card holds nothing about any child, so it may lie about",
                width="full",
            )
        )
        which = [Option("", "This card"), Option(_DECK, f"All {len(self._ids)} cards")]
        self.form.add(
            FieldSpec("which", "Which cards?", "row", "Who has each role here stands on its card", which)
        )
        self.form.set_value("which", "")
        self.form.set_value("path", str(home_for_vaults() / f"role-card-{self.place.item}.pdf"))
        self._box.add(self.form)
        row = QHBoxLayout()
        row.setSpacing(px(12))
        self.save_button = Button("Save this card", "primary", "download-simple")
        self.save_button.clicked.connect(self.save)
        row.addWidget(self.save_button)
        leave = Button("Leave it", "quiet")
        leave.clicked.connect(self.close_save)
        row.addWidget(leave)
        row.addStretch(1)
        self._box.body.addLayout(row)
        self.pane.main.insertWidget(self.pane.main.count() - 1, self._box)
        self.session.watch_form(self.form, f"role-card/{self.place.item}")
        self.form.focus_on("path")

    def close_save(self) -> None:
        """Put the question away."""
        if self.form is not None:
            # Hiding says the last of the typing, so the draft is dropped after it.
            self._box.hide()
            for key in ("path", "which"):
                self.session.drop_draft(self.form, key)
            self._box.deleteLater()
            self.form = None

    def save(self) -> None:
        """Write the PDF and say where."""
        if self.form is None:
            return
        typed = str(self.form.value("path")).strip()
        if not typed:
            self.form.set_error("path", "Say where, and the name of the file")
            self.form.focus_on("path")
            return
        out = Path(typed).expanduser()
        try:
            desk = self.session.desk
            whole = self.form.value("which") == _DECK
            cards = self.cards if whole else [self._by_id[self.place.item]]
            save_cards(desk, tuple(local_reference(desk, card) for card in cards), out)
        except InputError as fault:
            self.form.set_error("path", str(fault))
            self.form.focus_on("path")
            return
        self.close_save()
        said = Banner("ok", "The card is saved.", str(out), icon="check-circle")
        self.pane.main.insertWidget(self.pane.main.count() - 1, said)
        self.pdf_button.setFocus()
        announce(self, "The card is saved.")
