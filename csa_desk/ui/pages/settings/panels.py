"""Parts of the cards about keys: a small form for secrets, words to be written down, and a card that opens them.

What is typed here is never kept as a draft: a passphrase stands nowhere, not even encrypted in the vault it opens.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csa_desk.errors import InputError
from csa_desk.ui.look import px
from csa_desk.ui.pages.half_typed import give_up
from csa_desk.ui.shell.offered_words import OfferedWords
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.actions import Action, Actions, Kind
from csa_desk.ui.widgets.boxes import Banner, Card
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.messages import announce
from csa_desk.ui.widgets.tab_order import tab_through
from csa_desk.ui.widgets.text import Words
from csa_desk.ui.widgets.word_grid import WordGrid

NEW, AGAIN = "new", "again"


def new_passphrase(whose: str = "New passphrase") -> tuple[FieldSpec, FieldSpec]:
    """The two fields of a new passphrase."""
    return (
        FieldSpec(NEW, whose, "secret", hint="Capital letters and spaces count"),
        FieldSpec(AGAIN, "The same once more", "secret", hint="Type it yourself, so you know you can"),
    )


class SecretForm(QWidget):
    """A few words, fields, and two buttons. ``sent`` after everything is filled in, ``left`` where it was given up."""

    sent = Signal()
    left = Signal()

    def __init__(
        self,
        about: str,
        specs: Sequence[FieldSpec],
        yes: str,
        no: str,
        *,
        needed: dict[str, str],
        fault: Callable[[str], str] | None = None,
        danger: bool = False,
    ) -> None:
        super().__init__()
        self._needed, self._weigh, self._yes = needed, fault, yes
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(8), 0, 0)
        column.setSpacing(px(16))
        if about:
            column.addWidget(Words(about))
        self.form = Form()
        for spec in specs:
            if spec.key == NEW:
                # Right above the field that they go into.
                offer = OfferedWords()
                offer.taken.connect(self._take)
                offer.draw()
                self.form.column.addWidget(offer)
            self.form.add(spec)
        column.addWidget(self.form)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self.send = Button(yes, "danger" if danger else "primary", small=True)
        self.send.clicked.connect(self._send)
        self.stop = Button(no, "quiet", small=True)
        self.stop.clicked.connect(self.left)
        row.addWidget(self.send)
        row.addWidget(self.stop)
        row.addStretch(1)
        column.addLayout(row)

    def start(self) -> None:
        """Go to the first field, or to the way out where there is none."""
        if self.form.fields:
            self.form.focus_on(self.form.fields[0].key)
        else:
            self.stop.setFocus()

    def text(self, key: str) -> str:
        """Exactly what stands in a field."""
        return str(self.form.value(key))

    def set_busy(self, busy: bool, words: str = "") -> None:
        """While keys are made."""
        self.send.set_words(words if busy else self._yes)
        self.setEnabled(not busy)

    def refuse(self, key: str, sentence: str) -> None:
        """It was not taken: say why beside the field."""
        self.set_busy(False)
        if key:
            self.form.set_error(key, sentence)
            self.form.focus_on(key)
        announce(self, sentence)

    def _take(self, words: str) -> None:
        self.form.set_value(NEW, words)
        self.form.set_value(AGAIN, "")
        self.form.focus_on(AGAIN)

    def _send(self) -> None:
        self.form.clear_errors()
        faults = [(key, said) for key, said in self._needed.items() if not self.text(key).strip()]
        faults += self.form.check()
        if not faults and NEW in self._needed:
            weak = self._weigh(self.text(NEW)) if self._weigh is not None else ""
            if weak:
                faults = [(NEW, weak)]
            elif self.text(NEW) != self.text(AGAIN):
                faults = [(AGAIN, "The two are not the same. Type it once more")]
        for key, said in faults:
            self.form.set_error(key, said)
        if faults:
            self.form.focus_on(faults[0][0])
            announce(self, faults[0][1])
        else:
            self.sent.emit()


class WordsPanel(QWidget):
    """Papers to be written down, one after the other. ``done`` once the last one was."""

    done = Signal()

    def __init__(
        self, papers: Sequence[tuple[str, str]], save: Callable[[int, Path], None], last: str
    ) -> None:
        super().__init__()
        self._papers, self._save, self._last = papers, save, last
        self._now = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(8), 0, 0)
        column.setSpacing(px(12))
        self._about = Words("")
        column.addWidget(self._about)
        self.grid = WordGrid("Recovery words")
        column.addWidget(self.grid)
        self.form = Form()
        self.form.add(
            FieldSpec(
                "file",
                "Save as a text file instead: where?",
                hint="Best on a stick you can lock away. Print it, then delete it",
                width="full",
                optional=True,
            )
        )
        column.addWidget(self.form)
        self._said = Banner("ok", "The words are saved.", " ", icon="check-circle")
        self._said.hide()
        column.addWidget(self._said)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self.next = Button("", "primary", small=True)
        self.next.clicked.connect(self._on)
        self.save_button = Button("Save the words", "quiet", small=True)
        self.save_button.clicked.connect(self._write)
        row.addWidget(self.next)
        row.addWidget(self.save_button)
        row.addStretch(1)
        column.addLayout(row)
        self._show()

    def start(self) -> None:
        """The words: there is nothing that must be typed."""
        self.grid.setFocus()

    def _show(self) -> None:
        about, words = self._papers[self._now]
        self._about.set_words(about)
        self.grid.show_words(words.split())
        self.form.set_value("file", "")
        self._said.hide()
        more = self._now + 1 < len(self._papers)
        self.next.set_words("I have written it down: the next one" if more else self._last)
        announce(self, about)

    def _on(self) -> None:
        if self._now + 1 < len(self._papers):
            self._now += 1
            self._show()
            self.start()
        else:
            self.done.emit()

    def _write(self) -> None:
        typed = str(self.form.value("file")).strip()
        out = Path(typed).expanduser()
        fault = "" if typed else "Say where, and the name of the file"
        if typed:
            try:
                self._save(self._now, out)
            except InputError as refused:
                fault = str(refused)
        self.form.set_error("file", fault)
        if fault:
            self.form.focus_on("file")
            return
        self._said.set("The words are saved.", str(out))
        self._said.show()
        announce(self, "The words are saved")


class PanelCard(Card):
    """A card with lines, links under them, and one panel at a time in the place of the links.

    ``ways_changed``: a way into the vault is new, so that other cards which tell of it look again.
    """

    ways_changed = Signal()

    def __init__(self, session: Session, title: str, note: str = "") -> None:
        super().__init__(title, note=note)
        self.session = session
        self.body.setSpacing(px(10))
        self.panel: QWidget | None = None
        self._links: list[Action] = []
        self._actions: Actions | None = None
        self._opened_by: Action | None = None
        self._said: Banner | None = None

    def add_link(self, words: str, slot: Callable[[], None]) -> Action:
        """Something that can be done, such as what opens a panel. The first one is a button, until ``lead`` decides."""
        link = Action(words)
        link.clicked.connect(slot)
        self._links.append(link)
        if self._actions is None:
            self._actions = Actions()
            self.add(self._actions)
        self._actions.add(link)
        if len(self._links) == 1:
            link.set_kind("secondary")
        return link

    def lead(self, first: Action | None, kind: Kind = "primary") -> None:
        """What is to be done next stands first: loud where it is due, outlined where nothing presses."""
        if self._actions is not None:
            self._actions.put_first(first, kind)

    def _is_pressed(self, link: Action) -> bool:
        return link is self.sender()

    def open_panel(self, panel: QWidget) -> None:
        """Show a panel; what was open goes."""
        # The link that was pressed, else the one the keyboard is on.
        links = sorted(self._links, key=self._is_pressed, reverse=True)
        opened_by = next(
            (link for link in links if self._is_pressed(link) or link.hasFocus()), self._opened_by
        )
        self._drop()
        self._opened_by = opened_by
        for link in self._links:
            link.hide()
        if self._said is not None:
            self._said.hide()
        self.panel = panel
        self.add(panel)
        panel.show()
        if self._links:
            tab_through(self._links[-1], panel)
        if isinstance(panel, SecretForm) and opened_by is not None:
            # What is typed is kept like everywhere else; what opens the vault never is.
            self.session.watch_form(panel.form, f"{self.prefix}/{self._links.index(opened_by)}")
        if isinstance(panel, (SecretForm, WordsPanel)):
            panel.start()

    @property
    def prefix(self) -> str:
        """What the drafts of this card's panels are called by."""
        return f"settings/panel/{type(self).__name__}"

    def return_to(self, key: str) -> None:
        """Open the panel that was half filled in at the lock."""
        number = key.removeprefix(f"{self.prefix}/").partition("/")[0]
        if not key.startswith(f"{self.prefix}/") or not number.isdecimal() or int(number) >= len(self._links):
            return
        link = self._links[int(number)]
        self._opened_by = link
        link.click()
        if isinstance(self.panel, SecretForm):
            # The panel filled in what stood there before: what was typed over it comes last.
            self.session.watch_form(self.panel.form, f"{self.prefix}/{number}")

    def close_panel(self) -> None:
        """Put the links back; the keyboard goes to the one that opened it."""
        self._drop()
        for link in self._links:
            link.show()
        if self._links:
            (self._opened_by or self._links[0]).setFocus()
        self._opened_by = None

    def tell(self, tone: str, first: str, rest: str = "") -> None:
        """Say at the foot of the card how it ended."""
        if self._said is not None:
            self._said.hide()
            self.body.removeWidget(self._said)
            self._said.deleteLater()
        self._said = Banner(
            "ok" if tone == "ok" else "danger",
            first,
            rest,
            icon="check-circle" if tone == "ok" else "warning-circle",
        )
        self.add(self._said)
        announce(self, f"{first} {rest}".strip())

    def _drop(self) -> None:
        if self.panel is not None:
            self.panel.hide()
            if isinstance(self.panel, SecretForm):
                give_up(self.session, self.panel.form)
            self.body.removeWidget(self.panel)
            self.panel.deleteLater()
            self.panel = None
