"""Who can open the entries of a compartment, letting somebody else, and ending it.

HoldersCard(session, file, name)     .changed(str name)
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from csa_desk.casework import compartments
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.compartments import Place
from csa_desk.casework.rights import Right
from csa_desk.ui.look import px
from csa_desk.ui.pages.half_typed import give_up, half_typed
from csa_desk.ui.pages.notes.section import title_of
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Card
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.flow import FlowLayout
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.tab_order import tab_through
from csa_desk.ui.widgets.text import Words

GRANT, END = "grant", "end"
_HINT = "It stands in the history for everybody. Write nothing of what is sealed"


class HoldersCard(Card):
    """See the module."""

    changed = Signal(str)

    def __init__(self, session: Session, file: CaseFile, place: Place) -> None:
        super().__init__(title_of(place.name, file), level="h3")
        self.session, self.file, self.place = session, file, place
        self.body.setSpacing(px(10))
        if place.holders:
            names = [row.name for row in place.holders]
            self.add(Words(f"{_listed(names)} can open them.", "body", "muted"))
            odd = [row.name for row in place.holders if row.odd]
            if odd:
                self.add(
                    Words(
                        f"{_listed(odd)} sealed the first entry, and can open them for that reason, not by role.",
                        "body",
                        "muted",
                    )
                )
        else:
            self.add(
                Words(
                    f"Nothing is sealed yet. {_listed(place.would_hold)} could open it.",
                    "body",
                    "muted",
                )
            )
        self._asked = ""
        self._form: Form | None = None
        self._holder: QWidget | None = None
        self._row = FlowLayout(gap=8, row_gap=8)
        self._let = Button("Let somebody else open them", small=True)
        self._let.setAccessibleName(f"Let somebody else open: {place.title}")
        self._let.clicked.connect(self._ask_grant)
        self._stop = Button("End it for somebody", "quiet", small=True)
        self._stop.setAccessibleName(f"End it for somebody: {place.title}")
        self._stop.clicked.connect(self._ask_end)
        may = place.yours and session.may(Right.GRANT_SEALED) and not session.desk.vault.read_only
        if may:
            self._row.addWidget(self._let)
            if len(place.holders) > 1:
                self._row.addWidget(self._stop)
            self.body.addLayout(self._row)
            again = half_typed(session, self._prefix)
            if again in (GRANT, END):
                self._ask(again)

    @property
    def _prefix(self) -> str:
        return f"{self.file.case.id}/holders/{self.place.name}"

    def _ask_grant(self) -> None:
        self._ask(GRANT)

    def _ask_end(self) -> None:
        self._ask(END)

    def _ask(self, what: str) -> None:
        self._close()
        self._asked = what
        self._holder = QWidget()
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        self._form = Form()
        self._form.add(FieldSpec("who", "Who?", "pick", options=self._people(what)))
        self._form.add(FieldSpec("why", "Why?", "line", _HINT))
        column.addWidget(self._form)
        row = FlowLayout(gap=8, row_gap=8)
        words = "Let them open it" if what == GRANT else "End it"
        press = Button(words, "secondary" if what == GRANT else "danger", small=True)
        press.clicked.connect(self._send)
        back = Button("Leave it as it is", "quiet", small=True)
        back.clicked.connect(self._give_up)
        row.addWidget(press)
        row.addWidget(back)
        column.addLayout(row)
        self.body.addWidget(self._holder, 0, Qt.AlignmentFlag.AlignTop)
        self._holder.show()
        tab_through(self._stop if len(self.place.holders) > 1 else self._let, self._holder)
        self.session.watch_form(self._form, f"{self._prefix}/{what}")
        self._form.focus_on("who")

    def _people(self, what: str) -> tuple[Option, ...]:
        if what == END:
            return tuple(Option(row.practitioner, row.name) for row in self.place.holders)
        found = compartments.can_be_granted(self.session.desk, self.file, self.place.name)
        return tuple(Option(who.id, who.name or "A colleague without a name") for who in found)

    def _send(self) -> None:
        if self._form is None:
            return
        who, why = str(self._form.value("who") or ""), str(self._form.value("why") or "").strip()
        self._form.set_error("who", "" if who else "Choose somebody")
        self._form.set_error("why", "" if why else "Say why")
        if not who or not why:
            self._form.focus_on("why" if who else "who")
            return
        verb = compartments.grant if self._asked == GRANT else compartments.end_holding
        if self.session.attempt(verb, self.session.desk, self.file, self.place.name, who, why) is not None:
            give_up(self.session, self._form)
            self.changed.emit(self.place.name)

    def _give_up(self) -> None:
        if self._form is not None:
            give_up(self.session, self._form)
        self._close()
        self._let.setFocus()

    def _close(self) -> None:
        if self._holder is not None:
            self._holder.hide()
            self.body.removeWidget(self._holder)
            self._holder.deleteLater()
        self._holder, self._form = None, None


def _listed(names: list[str] | tuple[str, ...]) -> str:
    """``Ada``, ``Ada and Bo``, ``Ada, Bo and Mo``."""
    known = [name or "somebody" for name in names] or ["nobody"]
    return known[0] if len(known) == 1 else f"{', '.join(known[:-1])} and {known[-1]}"
