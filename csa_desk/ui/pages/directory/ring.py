"""Ring these five: the stalest entries that open plans rest on, with the number, what to ask, and *checked*."""

from PySide6.QtWidgets import QWidget

from csa_desk.casework.directory_entry import check_entry
from csa_desk.casework.rights import Right
from csa_desk.casework.ringing import ToRing, to_ring
from csa_desk.records.dates import spoken
from csa_desk.ui.look import px
from csa_desk.ui.pages.directory.under import UnderDirectory
from csa_desk.ui.pages.rights.told import role_banner
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Card
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.flow import FlowLayout
from csa_desk.ui.widgets.messages import Empty
from csa_desk.ui.widgets.text import Words


class RingCard(Card):
    """One entry to ring."""

    def __init__(self, session: Session, item: ToRing) -> None:
        super().__init__(item.entry.name)
        self.item = item
        self.body.setSpacing(px(6))
        plans = "1 open plan rests on it" if item.plans == 1 else f"{item.plans} open plans rest on it"
        checked = f"last checked {spoken(item.checked_on)}" if item.checked_on else "never checked"
        about = f"{item.entry.agency}. " if item.entry.agency else ""
        self.add(Words(f"{about}{plans}, {checked}.", "small", "muted"))
        reach = "  ·  ".join(part for part in (item.phone, item.mailbox) if part)
        self.add(Words(reach or "No number and no mailbox is known: look for one on their website.", "h3"))
        self.add(Words("Ask", "strong"))
        for ask in item.ask:
            self.add(Words(f"•  {ask[:1].upper()}{ask[1:]}?"))
        self.body.addSpacing(px(6))
        holder = QWidget()
        buttons = FlowLayout(holder, 12, 8)
        self.check_button = Button("All is as it stands: checked", "secondary", "check", small=True)
        self.check_button.setAccessibleName(f"{item.entry.name}: all is as it stands, checked by phone today")
        session.offer(self.check_button, Right.LOAD_DIRECTORY)
        self.change_button = Button("Something changed", "secondary", "pencil-simple", small=True)
        self.change_button.setAccessibleName(f"{item.entry.name}: something changed, open it")
        for button in (self.check_button, self.change_button):
            buttons.addWidget(button)
        self.add(holder)


class RingPage(UnderDirectory):
    """The five, and then the next."""

    def __init__(self, session: Session, place: Place) -> None:
        super().__init__(session, place, "Ring these five")
        banner = role_banner(session, Right.LOAD_DIRECTORY)
        if banner is not None:
            self.body.add(banner)
        self.body.add(
            Words(
                "Open plans rest on these entries, and nobody has made sure of them for the longest time. "
                "A call of two minutes keeps a family from being sent in vain.",
                "body",
                "muted",
            )
        )
        self.cards: list[RingCard] = []
        for item in to_ring(session.desk):
            card = RingCard(session, item)
            card.check_button.clicked.connect(self._checked)
            card.change_button.clicked.connect(self._change)
            card.check_button.setProperty("entry", item.entry.record.id)
            card.change_button.setProperty("entry", item.entry.record.id)
            self.cards.append(card)
            self.body.add(card)
        if not self.cards:
            self.body.add(
                Empty(
                    "Nothing to ring today",
                    "Every entry that an open plan rests on was checked lately.",
                    "phone",
                )
            )
        self.body.finish()

    def focus_first(self) -> None:
        """The first card's button, else the way back."""
        first = next((card.check_button for card in self.cards if card.check_button.isVisibleTo(self)), None)
        (first or self.back).setFocus()

    def _checked(self) -> None:
        button = self.sender()
        number = str(button.property("entry")) if button is not None else ""
        card = next((card for card in self.cards if card.item.entry.record.id == number), None)
        session = self.session
        done = (
            session.attempt(check_entry, session.desk, card.item.entry, "rang") if card is not None else None
        )
        if done is not None:
            session.go(Place("ring"))
            session.toast(f"{done.name} is checked.")

    def _change(self) -> None:
        button = self.sender()
        if button is not None:
            self.session.go(Place("directory", item=str(button.property("entry"))))
