"""What waits to be taken out for good, of every child's file: reached from Today."""

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from csa_desk.casework import removals_waiting
from csa_desk.ui.pages.removals.card import RemovalCard, gone_card
from csa_desk.ui.shell.page import Page
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.actions import loudest
from csa_desk.ui.widgets.boxes import Card
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.messages import Empty
from csa_desk.ui.widgets.page import PageBody, PageTitle

MOST_GONE = 20
ABOUT = (
    "These words are hidden now. They go for good when two practitioners have agreed, or on the day that is named. "
    "Until then they can be shown again."
)


class RemovalsPage(Page):
    """The list."""

    rail = "today"

    def __init__(self, session: Session, place: Place) -> None:
        super().__init__(session, place)
        self.body = PageBody(widest=860)
        self.column.addWidget(self.body, 1)
        title = PageTitle("Waiting to be taken out")
        self.body.add_top(title)
        self.cards: list[RemovalCard] = []
        self._on = Button("Go to Today")
        self._on.clicked.connect(self._today)
        for found in removals_waiting.waiting(session.desk):
            card = RemovalCard(session, found, loud=not self.cards)
            card.decided.connect(self._again)
            self.cards.append(card)
            self.body.add(card)
        if self.cards:
            title.set_about(ABOUT)
        else:
            card_of_none = Card()
            empty = Empty(
                "Nothing waits",
                "What is taken out of a child’s file waits here until it goes.",
                "check-circle",
            )
            empty.add(self._on)
            card_of_none.add(empty)
            self.body.add(card_of_none)
        gone = removals_waiting.gone(session.desk)
        if gone:
            self.body.add(gone_card(gone[:MOST_GONE]))
        self.body.finish()

    def focus_first(self) -> None:
        """The first thing that can be done."""
        links = [link for card in self.cards for link in card.links]
        target: QWidget = loudest(links) or (self.body if self.cards else self._on)
        target.setFocus()

    def _today(self) -> None:
        self.session.go(Place("today"))

    def _again(self, words: str) -> None:
        # The button that was pressed goes with its card: let its click end first.
        QTimer.singleShot(0, self, partial(self._reload, words))

    def _reload(self, words: str) -> None:
        self.session.changed.emit()
        self.session.go(self.place)
        # Only now: it goes as soon as the keyboard is somewhere else.
        self.session.toast(words)
