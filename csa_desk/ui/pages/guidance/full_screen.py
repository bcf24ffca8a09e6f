"""Role cards for a room: one at a time, in large type, parts shown one after the other so that people can guess first.

No child stands on it. Arrows, space, Home and End go on and back; Escape leaves.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csa_desk.casework.guidance import RoleCard, SaidLine, role_cards
from csa_desk.casework.local_cards import holders
from csa_desk.errors import InputError
from csa_desk.ui.look import px
from csa_desk.ui.shell.page import Page
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.buttons import Button, LinkButton
from csa_desk.ui.widgets.flow import FlowLayout
from csa_desk.ui.widgets.messages import announce
from csa_desk.ui.widgets.panes import Pane
from csa_desk.ui.widgets.text import Words

_MOST = 3


class FullScreenCards(Page):
    """One card; ``item`` of the place is the role."""

    rail = "directory"
    for_a_room = True

    def __init__(self, session: Session, place: Place) -> None:
        super().__init__(session, place)
        self.cards = role_cards(session.desk)
        self._ids = [card.role.id for card in self.cards]
        if place.item and place.item not in self._ids:
            raise InputError(f"There is no role card “{place.item}”.")
        self.number = self._ids.index(place.item) if place.item else 0
        self.open_parts = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        head = QWidget()
        line = QHBoxLayout(head)
        line.setContentsMargins(px(36), px(12), px(36), px(4))
        self.leave_link = LinkButton("Leave the full view", icon="arrow-left")
        self.leave_link.clicked.connect(self.leave)
        self.counter = Words("", "strong", "muted", wrap=False)
        line.addWidget(self.leave_link)
        line.addStretch(1)
        line.addWidget(self.counter)
        self.column.addWidget(head)
        self.pane = Pane()
        self.column.addWidget(self.pane, 1)
        foot = QWidget()
        flow = FlowLayout(foot, 12, 8)
        flow.setContentsMargins(px(36), px(4), px(36), px(16))
        self.back_button = Button("Back", "secondary", "arrow-left")
        self.show_button = Button("Show", "primary", "eye")
        self.next_button = Button("Next card", "secondary", "arrow-right")
        for button, does in (
            (self.back_button, self.back),
            (self.show_button, self.show_next),
            (self.next_button, self.forward),
        ):
            button.clicked.connect(does)
            flow.addWidget(button)
        self.column.addWidget(foot)
        self._show()

    @property
    def card(self) -> RoleCard:
        """The card shown."""
        return self.cards[self.number]

    def _parts(self) -> list[tuple[str, tuple[str, ...]]]:
        card = self.card
        here = [" · ".join(item.lines[:2]) for item in holders(self.session.desk, card.role.id)[:_MOST]]
        parts = [
            ("I do", _said(card.does)),
            ("I do not", _said(card.does_not)),
            ("How to reach me", _said(card.reach)),
        ]
        if here:
            parts.append(("Who it is here", tuple(here)))
        return [(title, lines) for title, lines in parts if lines]

    def _show(self) -> None:
        self.place = Place("full-cards", item=self.card.role.id)
        self.pane.clear()
        side = px(36)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(side, px(8), side, px(8))
        column.setSpacing(px(12))
        title = Words(self.card.title, "display")
        column.addWidget(title)
        column.addWidget(Words(self.card.summary, "lead", "muted"))
        parts = self._parts()
        for number, (heading, lines) in enumerate(parts):
            column.addWidget(Words(heading, "h1"))
            if number < self.open_parts:
                for line in lines:
                    column.addWidget(Words(line, "lead"))
            else:
                column.addWidget(Words("What do you think?", "lead", "muted"))
        self.pane.add(holder)
        self.pane.finish()
        left = len(parts) - self.open_parts
        self.show_button.setEnabled(left > 0)
        self.show_button.set_words(f"Show: {parts[self.open_parts][0]}" if left > 0 else "All is shown")
        self.back_button.setEnabled(self.number > 0)
        self.next_button.setEnabled(self.number < len(self.cards) - 1)
        self.counter.set_words(f"Card {self.number + 1} of {len(self.cards)}")

    def show_next(self) -> None:
        """The next part of this card."""
        parts = self._parts()
        if self.open_parts < len(parts):
            self.open_parts += 1
            self._show()
            title, lines = parts[self.open_parts - 1]
            announce(self, f"{title}. {' '.join(lines)}")

    def forward(self) -> None:
        """The next card, closed."""
        self._go(self.number + 1)

    def back(self) -> None:
        """The card before, closed."""
        self._go(self.number - 1)

    def _go(self, number: int) -> None:
        if 0 <= number < len(self.cards):
            self.number, self.open_parts = number, 0
            self._show()
            announce(self, f"{self.card.title}. {self.card.summary}")

    def leave(self) -> None:
        """Back to the cards."""
        self.session.go(Place("role-card", item=self.card.role.id))

    def focus_first(self) -> None:
        """The page itself: its keys work at once."""
        self.setFocus()

    def primary(self) -> QWidget | None:
        """Show."""
        return self.show_button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, space, Home, End, Escape."""
        steps = {
            Qt.Key.Key_Right: self.forward,
            Qt.Key.Key_PageDown: self.forward,
            Qt.Key.Key_Left: self.back,
            Qt.Key.Key_PageUp: self.back,
            Qt.Key.Key_Space: self.show_next,
            Qt.Key.Key_Escape: self.leave,
        }
        key = Qt.Key(event.key())
        if key in steps and not event.modifiers():
            steps[key]()
        elif key == Qt.Key.Key_Home:
            self._go(0)
        elif key == Qt.Key.Key_End:
            self._go(len(self.cards) - 1)
        else:
            super().keyPressEvent(event)


def _said(lines: tuple[SaidLine, ...]) -> tuple[str, ...]:
    return tuple(line.text for line in lines)
