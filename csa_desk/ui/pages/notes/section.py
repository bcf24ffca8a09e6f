"""One compartment on the page: what it is for, its form, what is half written or was left behind, what is sealed.

CompartmentCard(session, file, name)
    .open_form (or None)   .open(corrects="")   .put_away()   .refresh()
    .opened(card)  before a form opens, so that the page puts another away
    .sealed(str name)   .closed()
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from csa_desk.casework import notes
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.compartments import TITLES
from csa_desk.casework.histories import local
from csa_desk.casework.notes import LeftBehind
from csa_desk.casework.rights import Right
from csa_desk.content.models import Unit
from csa_desk.records.dates import spoken
from csa_desk.records.sealed import CompartmentName
from csa_desk.store import sealed_drafts
from csa_desk.ui.look import px
from csa_desk.ui.pages.half_typed import half_typed
from csa_desk.ui.pages.notes.entry_row import EntryRow
from csa_desk.ui.pages.notes.sealing_form import SealingForm
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Card, Rule
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.flow import PairLayout
from csa_desk.ui.widgets.tab_order import tab_through
from csa_desk.ui.widgets.text import Words

ABOUT = {
    CompartmentName.THERAPY: "For those who give therapy. Whoever wrote a note can always read it again.",
    CompartmentName.DISCLOSURE: "The exact words {called} said, kept out of plans, prints and copies. "
    "Whoever wrote it can read it for {hours} hours. After that only those named can open it, with a reason.",
    CompartmentName.SAFEGUARDING: "What only a few may know, such as why somebody must be kept safe.",
}
WRITE = {
    CompartmentName.THERAPY: "Write a therapy note",
    CompartmentName.DISCLOSURE: "{called} told me something",
    CompartmentName.SAFEGUARDING: "Write a restricted note",
}
EMPTY = "Nothing is sealed here."
AT_ONCE = 20


def title_of(name: str, file: CaseFile) -> str:
    """What a compartment is called on this child's pages."""
    return f"What {file.called} has told" if name == CompartmentName.DISCLOSURE else TITLES[name]


class CompartmentCard(Card):
    """See the module."""

    opened = Signal(object)
    sealed = Signal(str)
    closed = Signal()

    def __init__(self, session: Session, file: CaseFile, name: str) -> None:
        super().__init__(title_of(name, file), flush=True)
        self.session, self.file, self.name = session, file, name
        self.open_form: SealingForm | None = None
        known = CompartmentName(name)
        hours = session.desk.packs.settings.value("disclosure-closes", Unit.HOURS)
        top = PairLayout(gap=12, row_gap=8)
        top.setContentsMargins(px(20), px(12), px(20), px(12))
        top.addWidget(Words(ABOUT[known].format(called=file.called, hours=hours), "body", "muted"))
        self.write_button = Button(WRITE[known].format(called=file.called), icon="pencil-simple", small=True)
        self.write_button.clicked.connect(self._write)
        if session.may(Right.SEAL) and not session.desk.vault.read_only:
            top.addWidget(self.write_button)
        self.body.addLayout(top)
        self._place = QVBoxLayout()
        self._place.setContentsMargins(px(20), 0, px(20), 0)
        self.body.addLayout(self._place)
        self._shown = AT_ONCE
        self._list: QWidget | None = None
        self.refresh()

    # --- writing --------------------------------------------------------------------------------------------

    @property
    def half_written(self) -> str:
        """The editor that holds words of mine that are not sealed yet; empty if there is none."""
        return half_typed(self.session, sealed_drafts.prefix(self.file.case.id, self.name))

    def open(self, corrects: str = "") -> None:
        """Open the form, with what was typed in it before."""
        if self.open_form is not None and self.open_form.corrects == corrects:
            self.open_form.focus()
            return
        self.opened.emit(self)
        self.put_away()
        form = SealingForm(self.session, self.file, self.name, corrects)
        form.sealed.connect(self._sealed)
        form.closed.connect(self._closed)
        self.open_form = form
        self.write_button.hide()
        self._place.setContentsMargins(px(20), px(4), px(20), px(20))
        self._place.addWidget(form)
        form.show()
        self.refresh()
        tab_through(self.write_button, form)
        form.focus()

    def open_half_written(self) -> None:
        """Go on with what was typed before."""
        self.open(notes.corrected_by(self.half_written))

    def put_away(self) -> None:
        """Close the form and keep what was typed."""
        if self.open_form is not None:
            self.open_form.put_away()

    def _write(self) -> None:
        self.open("")

    def _sealed(self, name: str) -> None:
        self._take_form()
        self.refresh()
        self.sealed.emit(name)

    def _closed(self) -> None:
        self._take_form()
        self.refresh()
        self.write_button.setFocus()
        self.closed.emit()

    def _take_form(self) -> None:
        form, self.open_form = self.open_form, None
        if form is not None:
            form.hide()
            self._place.removeWidget(form)
            form.deleteLater()
        self._place.setContentsMargins(px(20), 0, px(20), 0)
        self.write_button.show()

    # --- the list -------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show what is there now."""
        if self._list is not None:
            self._list.hide()
            self.body.removeWidget(self._list)
            self._list.deleteLater()
        self._list = QWidget()
        self._list.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self._list)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        rows: list[QWidget] = []
        if self.half_written and self.open_form is None:
            rows.append(_Half(self))
        desk = self.session.desk
        if self.session.may(Right.OPEN_SEALED):
            rows += [_Left(self, left) for left in notes.left_behind(desk, self.file, self.name)]
        found = notes.entries(desk, self.file, self.name)
        for entry in found[: self._shown]:
            shown = EntryRow(self.session, self.file, entry)
            shown.add_asked.connect(self.open)
            rows.append(shown)
        if not rows:
            words = Words(EMPTY, "small", "muted")
            words.setContentsMargins(px(20), px(12), px(20), px(12))
            rows.append(words)
        for row in rows:
            column.addWidget(Rule())
            column.addWidget(row)
        if len(found) > self._shown:
            more = Button(f"Show {len(found) - self._shown} older", "quiet", "caret-down", small=True)
            more.clicked.connect(self._show_more)
            column.addWidget(Rule())
            column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._list)
        self._list.show()
        tab_through(self.write_button, self._list)

    def _show_more(self) -> None:
        self._shown += 100
        self.refresh()

    def take_in(self, left: LeftBehind) -> None:
        """What an absent author left becomes part of the record."""
        desk = self.session.desk
        if self.session.attempt(notes.take_in, desk, self.file, self.name, left) is not None:
            self.refresh()


class _Line(QWidget):
    """Words and a button."""

    def __init__(self, title: str, about: str, button: Button) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = PairLayout(self, gap=12, row_gap=8)
        row.setContentsMargins(px(20), px(12), px(20), px(12))
        said = QVBoxLayout()
        said.setSpacing(px(2))
        said.addWidget(Words(title, "strong"))
        said.addWidget(Words(about, "small", "muted"))
        row.addLayout(said)
        row.addWidget(button)


class _Half(_Line):
    """What I began and have not sealed yet."""

    def __init__(self, card: CompartmentCard) -> None:
        button = Button("Go on writing", icon="pencil-simple", small=True)
        super().__init__(
            "You have something half written here", "It is kept sealed until you finish it.", button
        )
        button.clicked.connect(card.open_half_written)


class _Left(_Line):
    """What somebody else began and left."""

    def __init__(self, card: CompartmentCard, left: LeftBehind) -> None:
        self._card, self._left_behind = card, left
        button = Button("Take it in", small=True)
        button.setAccessibleName(f"Take in what {left.author_name} left")
        then = spoken(local(left.since).date().isoformat())
        super().__init__(
            f"{left.author_name} began something and did not sign it",
            f"Last written on {then}. Taken in, it is marked as not signed by its author.",
            button,
        )
        button.clicked.connect(self._take)

    def _take(self) -> None:
        self._card.take_in(self._left_behind)
