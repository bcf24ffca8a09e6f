"""Perhaps the same: pairs of entries side by side with the reasons; linked or parted, always reversible."""

from PySide6.QtWidgets import QBoxLayout, QWidget

from csa_desk.casework.directory_entry import entry_of, view_entry
from csa_desk.casework.rights import Right
from csa_desk.casework.same_entries import (
    Suggestion,
    link_entries,
    linked_pairs,
    part_entries,
    suggestions,
)
from csa_desk.errors import InputError
from csa_desk.ui.look import px
from csa_desk.ui.pages.directory.under import UnderDirectory
from csa_desk.ui.pages.rights.told import role_banner
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Card, QuietBox
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.flow import FlowLayout
from csa_desk.ui.widgets.messages import Empty
from csa_desk.ui.widgets.text import Words

MOST = 20
_FACTS = ("Phone", "Email", "Website", "Ages", "Area")


class _Side(QuietBox):
    """One of the two."""

    def __init__(self, session: Session, number: str) -> None:
        super().__init__()
        self.body.setSpacing(px(4))
        view = view_entry(session.desk, entry_of(session.desk, number))
        self.add(Words(view.entry.name or "No name", "strong"))
        if view.entry.agency:
            self.add(Words(view.entry.agency, "small", "muted"))
        for fact in view.facts:
            if fact.name in _FACTS:
                self.add(Words(f"{fact.name}: {fact.words}", "small"))
        self.add(Words(view.checked, "small", "muted"))


class PairCard(Card):
    """A pair that may be one entry."""

    def __init__(self, session: Session, item: Suggestion) -> None:
        super().__init__(" and ".join(dict.fromkeys(item.names)), level="h3")
        self.item = item
        self.add(Words(f"{', '.join(item.reasons).capitalize()}.", "small", "muted"))
        holder = QWidget()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, holder)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(px(12))
        for number in (item.entry, item.other):
            self._row.addWidget(_Side(session, number), 1)
        self.add(holder)
        buttons = QWidget()
        flow = FlowLayout(buttons, 12, 8)
        both = " and ".join(item.names)
        self.same_button = Button("The same", "secondary", "git-merge", small=True)
        self.same_button.setAccessibleName(f"The same: {both}")
        self.part_button = Button("Different", "secondary", "x", small=True)
        self.part_button.setAccessibleName(f"Different: {both}")
        for button in (self.same_button, self.part_button):
            session.offer(button, Right.LOAD_DIRECTORY)
            button.setProperty("pair", f"{item.entry} {item.other}")
            flow.addWidget(button)
        self.add(buttons)

    def set_narrow(self, on: bool) -> None:
        """One above the other where it is narrow."""
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if on else QBoxLayout.Direction.LeftToRight)


class SamePage(UnderDirectory):
    """What may be the same, then what was linked."""

    def __init__(self, session: Session, place: Place) -> None:
        super().__init__(session, place, "Perhaps the same")
        banner = role_banner(session, Right.LOAD_DIRECTORY)
        if banner is not None:
            self.body.add(banner)
        found = suggestions(session.desk)
        more = f" The first {MOST} of {len(found):,}." if len(found) > MOST else ""
        self.body.add(
            Words(
                "Linked entries are listed once. Nothing is lost: plans that name either keep it, "
                f"and a link can be taken back at any time.{more}",
                "body",
                "muted",
            )
        )
        self.cards: list[PairCard] = []
        for item in found[:MOST]:
            card = PairCard(session, item)
            card.same_button.clicked.connect(self._same)
            card.part_button.clicked.connect(self._part)
            self.cards.append(card)
            self.body.add(card)
        if not found:
            self.body.add(
                Empty("No two entries look the same", "Suggestions stand here after an import.", "git-merge")
            )
        self._linked()
        self.body.finish()
        self.body.narrowed.connect(self._fit)
        self._fit(self.body.narrow)

    def _linked(self) -> None:
        pairs = linked_pairs(self.session.desk)
        if not pairs:
            return
        card = Card("Linked", count=len(pairs))
        for link, one, two in pairs:
            card.add(Words(f"{one.name} and {two.name}" + (f": {link.reason}" if link.reason else "")))
            undo = Button("Not the same after all", "quiet", "x", small=True)
            undo.setAccessibleName(f"Not the same after all: {one.name} and {two.name}")
            undo.setProperty("pair", f"{link.entry} {link.other}")
            undo.clicked.connect(self._part)
            if self.session.offer(undo, Right.LOAD_DIRECTORY):
                holder = QWidget()
                FlowLayout(holder, 12, 8).addWidget(undo)
                card.add(holder)
        self.body.add(card)

    def focus_first(self) -> None:
        """The first pair, else the way back."""
        first = next((card.same_button for card in self.cards if card.same_button.isVisibleTo(self)), None)
        (first or self.back).setFocus()

    def _fit(self, narrow: bool) -> None:
        for card in self.cards:
            card.set_narrow(narrow)

    def _pair(self) -> tuple[str, str]:
        button = self.sender()
        one, _, two = str(button.property("pair")).partition(" ") if button is not None else ("", "", "")
        return one, two

    def _same(self) -> None:
        one, two = self._pair()
        card = next((card for card in self.cards if (card.item.entry, card.item.other) == (one, two)), None)
        reason = ", ".join(card.item.reasons) if card is not None else ""
        if self.session.attempt(link_entries, self.session.desk, one, two, reason) is not None:
            self._again("Linked: they are listed once now.")

    def _part(self) -> None:
        one, two = self._pair()
        try:
            part_entries(self.session.desk, one, two)
        except InputError as fault:
            self.session.failed.emit(str(fault))
            return
        self._again("They stay apart, and are not suggested again.")

    def _again(self, words: str) -> None:
        session = self.session
        session.go(Place("same"))
        session.toast(words)
