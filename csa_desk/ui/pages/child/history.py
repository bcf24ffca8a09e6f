"""History of a file: who changed what, when and why, newest first; and who opened it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from csa_desk.casework.histories import Change, FieldChange, Looked, changes, local, looks
from csa_desk.casework.removals import can_strike
from csa_desk.casework.rights import Right
from csa_desk.records.dates import spoken
from csa_desk.ui.look import px
from csa_desk.ui.pages.child.file_card import FileCard
from csa_desk.ui.pages.child.header import ShortHeader
from csa_desk.ui.pages.child.kept_out import KeptOutCard
from csa_desk.ui.pages.child.records_card import RecordsCard
from csa_desk.ui.shell.page import Page
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Card, FoldedText
from csa_desk.ui.widgets.buttons import Button, LinkButton
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.marks import Chip, Tone
from csa_desk.ui.widgets.page import PageBody
from csa_desk.ui.widgets.text import Words

AT_ONCE = 30
CHANGES, LOOKS = "changes", "looks"
VERB_TONES: dict[str, Tone] = {"New": "tint", "Changed": "plain", "Taken out": "outline"}


class HistoryPage(Page):
    """The history tab."""

    rail = "children"

    def __init__(self, session: Session, place: Place) -> None:
        super().__init__(session, place)
        self.file = session.file(place.case, fresh=True)
        self.header = ShortHeader(session, self.file, "history")
        self.column.addWidget(self.header)
        self.body = PageBody(side_width=304)
        self.column.addWidget(self.body, 1)
        self.body.add(
            Words(
                "Every change is kept and signed, and none can be edited. What was put right stands beside what was.",
                "body",
                "muted",
            )
        )
        self.form = Form()
        self.form.add(
            FieldSpec(
                "show",
                "Show",
                "row",
                options=(
                    Option(CHANGES, "What was changed"),
                    Option(LOOKS, "Who opened this file"),
                ),
            )
        )
        self.form.set_value("show", CHANGES)
        self.form.answered.connect(self._turned)
        self.body.add(self.form)
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(16))
        self.body.add(self._list)
        self._more = Button("", icon="caret-down")
        self._more.clicked.connect(self._show_more)
        self.body.main.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._changes: Sequence[Change] = changes(session.desk, self.file)
        self._looks: Sequence[Looked] = looks(session.desk, self.file)
        self._shown = 0
        self._day = ""
        self._card: Card | None = None
        self.kept_out = KeptOutCard(session, self.file)
        self.body.add_side(FileCard(session, self.file))
        self.body.add_side(RecordsCard(session, self.file))
        self.body.add_side(self.kept_out)
        self.body.finish()
        self._show_more()

    def focus_first(self) -> None:
        """The tabs."""
        self.header.tabs.setFocus()

    # --- paging ---------------------------------------------------------------------------------------------

    def _rows(self) -> Sequence[Change | Looked]:
        return self._changes if self.form.value("show") == CHANGES else self._looks

    def _turned(self, _key: str, _value: object) -> None:
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._shown, self._day, self._card = 0, "", None
        self._show_more()

    def _show_more(self) -> None:
        rows = self._rows()
        first = self._shown == 0
        for row in rows[self._shown : self._shown + AT_ONCE]:
            self._add(row)
        self._shown = min(self._shown + AT_ONCE, len(rows))
        left = len(rows) - self._shown
        self._more.setVisible(left > 0)
        self._more.set_words(f"Show {min(left, AT_ONCE)} older of {left}")
        if not rows:
            card = Card()
            card.add(Words("Nothing has been recorded here yet.", "body", "muted"))
            self._column.addWidget(card)
        if not first and left <= 0:
            self.header.tabs.setFocus()

    def _add(self, row: Change | Looked) -> None:
        day = local(row.at).date().isoformat()
        if day != self._day or self._card is None:
            self._day = day
            self._card = Card(spoken(day), level="h3", flush=True)
            self._column.addWidget(self._card)
        if isinstance(row, Change):
            line = ChangeLine(row, offer=self.session.may(Right.STRIKE) and can_strike(row))
            line.misfiled.connect(self._to_strike)
            self._card.add_row(line)
        else:
            self._card.add_row(LookLine(row))

    def _to_strike(self, revision: str) -> None:
        self.session.go(Place("strike", self.file.code, revision))


class _Line(QWidget):
    """Time at the left, words beside it."""

    def __init__(self, at: str) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(20), px(12), px(20), px(12))
        row.setSpacing(px(16))
        time = Words(f"{local(at):%H:%M}", "small", "muted", wrap=False)
        time.setMinimumWidth(px(40))
        row.addWidget(time, 0, Qt.AlignmentFlag.AlignTop)
        self.column = QVBoxLayout()
        self.column.setSpacing(px(4))
        row.addLayout(self.column, 1)


class ChangeLine(_Line):
    """One change: what, by whom and why, and each field before and after."""

    misfiled = Signal(str)  # the id of the change, which belongs to another child

    def __init__(self, change: Change, *, offer: bool) -> None:
        super().__init__(change.at)
        self._revision = change.revision
        head = QHBoxLayout()
        head.setSpacing(px(12))
        head.addWidget(Words(_folded_title(change.title), "strong"), 1)
        head.addWidget(Chip(change.verb, VERB_TONES.get(change.verb, "plain")), 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(head)
        by = f"{change.who}, {change.reason}" if change.reason else change.who
        self.column.addWidget(Words(f"{by}.", "small", "muted"))
        for field in change.fields:
            self.column.addWidget(field_line(field))
        if offer:
            link = LinkButton("This is in the wrong child’s file", "small")
            link.setAccessibleDescription(change.title)
            link.clicked.connect(self._misfiled)
            self.column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)

    def _misfiled(self) -> None:
        self.misfiled.emit(self._revision)


class LookLine(_Line):
    """Somebody looked."""

    def __init__(self, look: Looked) -> None:
        super().__init__(look.at)
        self.column.addWidget(Words(look.who, "strong"))
        often = f", {look.times} times that day" if look.times > 1 else ""
        self.column.addWidget(Words(f"{look.words}{often}.", "small", "muted"))


def field_line(field: FieldChange) -> QWidget:
    """A field in one line; a long one is folded, and opens by choice."""
    if field.long:
        about = f"{len(field.after)} letters" + (f", {len(field.before)} before" if field.before else "")
        text = f"{field.after}\n\nBefore this:\n{field.before}" if field.before else field.after
        return FoldedText(field.label, about, text)
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(Words(f"{field.label}: {field.after}"))
    if field.before:
        column.addWidget(Words(f"Before this: {field.before}", "small", "muted"))
    return holder


def _folded_title(title: str, most: int = 160) -> str:
    line = " ".join(title.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
