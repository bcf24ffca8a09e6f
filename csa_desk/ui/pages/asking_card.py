"""A card whose links open a small form in their place: recording a step, moving to a stage, saying what somebody said.

AskingCard(session, title, …)
    .anew(gap)                                   the column above the links, emptied, for what the card shows
    .add_link(words, slot, right)                a link at the foot of the card; None for who has not the right
    .lead(action, kind)                          draws it as a button before the others: the next step
    .ask(form, key, yes, no, slot, note="", kind="secondary")
                                                 the form in the place of the links; drafts under ``prefix/key``
    .asks                                        the form that is open, or None
    .complete(needed)                            whether it can be sent; else each fault stands beside its field
    .close_form()                                gives up what was typed; the keyboard goes back to the link
"""

from collections.abc import Callable, Mapping
from typing import Literal

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csa_desk.casework.rights import Right
from csa_desk.ui.look import px
from csa_desk.ui.pages.half_typed import give_up, half_typed
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.actions import Action, Actions, Kind
from csa_desk.ui.widgets.boxes import Card
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.buttons import Kind as ButtonKind
from csa_desk.ui.widgets.form import Form
from csa_desk.ui.widgets.tab_order import tab_through
from csa_desk.ui.widgets.text import Words
from csa_desk.ui.widgets.text_fields import PersonChoice

WHOLE_DAY = "Write day, month and year"
_NOTHING = ("", PersonChoice())


class AskingCard(Card):
    """See the module."""

    def __init__(
        self,
        session: Session,
        prefix: str,
        title: str,
        *,
        level: Literal["h2", "h3"] = "h2",
        count: int | None = None,
    ) -> None:
        super().__init__(title, level=level, count=count)
        self.session = session
        self.prefix = prefix
        self.asks: Form | None = None
        self._links: list[Action] = []
        self._actions: Actions | None = None
        self._opened_by: Action | None = None
        self._panel: QWidget | None = None
        self._shown: QWidget | None = None

    def anew(self, gap: int) -> QVBoxLayout:
        """The column above the links, emptied: what the card shows goes into it. ``gap`` in pixels at 100 %."""
        if self._shown is not None:
            self._shown.hide()
            self.body.removeWidget(self._shown)
            self._shown.deleteLater()
        self._shown = QWidget()
        column = QVBoxLayout(self._shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(gap))
        self.body.insertWidget(0, self._shown)
        return column

    @property
    def half_asked(self) -> str:
        """The key of the form that holds something not yet sent; empty if there is none."""
        return half_typed(self.session, self.prefix)

    @property
    def links(self) -> tuple[Action, ...]:
        """What the card offers, in order."""
        return tuple(self._links)

    def add_link(self, words: str, slot: Callable[[], None], right: Right) -> Action | None:
        """A link that opens a form; not for who has no right to what it does."""
        if not self.session.may(right):
            return None
        link = Action(words)
        link.clicked.connect(slot)
        self._links.append(link)
        if self._actions is None:
            self._actions = Actions()
            self.add(self._actions)
        self._actions.add(link)
        return link

    def lead(self, first: Action | None, kind: Kind = "primary") -> None:
        """What is to be done next stands first, as a button."""
        if self._actions is not None and first is not None:
            self._actions.put_first(first, kind)

    def ask(
        self,
        form: Form,
        key: str,
        yes: str,
        no: str,
        slot: Callable[[], None],
        note: str = "",
        *,
        kind: ButtonKind = "secondary",
    ) -> None:
        """Open the form; ``yes`` sends it through ``slot``, ``no`` gives it up."""
        self._opened_by = next((link for link in self._links if link.hasFocus()), None)
        self.asks = form
        self._panel = QWidget()
        column = QVBoxLayout(self._panel)
        column.setContentsMargins(0, px(8), 0, 0)
        column.setSpacing(px(12))
        column.addWidget(form)
        if note:
            column.addWidget(Words(note, "small", "muted"))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        send = Button(yes, kind, small=True)
        send.clicked.connect(slot)
        stop = Button(no, "quiet", small=True)
        stop.clicked.connect(self.close_form)
        row.addWidget(send)
        row.addWidget(stop)
        row.addStretch(1)
        column.addLayout(row)
        self.add(self._panel)
        self._panel.show()
        if self._links:
            tab_through(self._links[-1], self._panel)
        for link in self._links:
            link.hide()
        self.session.watch_form(form, f"{self.prefix}/{key}", whole=True)
        if not form.fields:
            stop.setFocus()

    def complete(self, needed: Mapping[str, str]) -> bool:
        """Whether the form can be sent. ``needed``: key → what is said beside the field where it is empty."""
        form = self.asks
        if form is None:
            return False
        form.flush()
        wrong = [key for key, _ in form.check()]
        for key, sentence in needed.items():
            if key not in wrong and form.value(key) in _NOTHING:
                form.set_error(key, sentence)
                wrong.append(key)
        first = next((field.key for field in form.fields if field.key in wrong), "")
        if first:
            form.focus_on(first)
        return not first

    def close_form(self) -> None:
        """Take the form away; nothing of what was typed is kept."""
        if self._panel is None or self.asks is None:
            return
        give_up(self.session, self.asks)
        self._panel.hide()
        self.body.removeWidget(self._panel)
        self._panel.deleteLater()
        self._panel = self.asks = None
        for link in self._links:
            link.show()
        (self._opened_by or self._links[0]).setFocus()
