"""What an import would change, to take or to leave line by line; what was corrected here is left unless ticked."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csa_desk.casework.comparing import Line, What, change_words
from csa_desk.ui.look import px
from csa_desk.ui.widgets.boxes import Rule
from csa_desk.ui.widgets.buttons import Button, LinkButton
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.flow import FlowLayout
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.text import Words

AT_A_TIME = 40
_GROUPS = {
    What.CORRECTED: ("Corrected here", "Somebody here put this right. It stays, unless you tick it."),
    What.TAKEN_OUT: ("Taken out here", "Somebody here took this out. It stays out, unless you tick it."),
    What.CHANGED: ("Changed", "The publisher says something else now."),
    What.NEW: ("New", "Not in the directory yet."),
}
_MOST_SHOWN = 6


class _Group(QWidget):
    """The lines of one kind, some at a time."""

    def __init__(self, what: What, lines: Sequence[Line], accepted: set[str]) -> None:
        super().__init__()
        self._lines = lines
        self._accepted = accepted
        self._shown = 0
        self._forms: list[tuple[Form, list[str]]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(8))
        title, about = _GROUPS[what]
        self._column.addWidget(Rule())
        self._column.addWidget(Words(f"{title} ({len(lines):,})", "h3"))
        self._column.addWidget(Words(about, "small", "muted"))
        holder = QWidget()
        flow = FlowLayout(holder, 20, 4)
        self.all_link, self.none_link = LinkButton("Tick all"), LinkButton("Tick none")
        self.all_link.setAccessibleName(f"Tick all: {title}")
        self.none_link.setAccessibleName(f"Tick none: {title}")
        self.all_link.clicked.connect(self._all)
        self.none_link.clicked.connect(self._none)
        for link in (self.all_link, self.none_link):
            flow.addWidget(link)
        self._column.addWidget(holder)
        self.more = LinkButton("")
        self.more.clicked.connect(self.show_more)
        self._column.addWidget(self.more)
        self.show_more()

    def show_more(self) -> None:
        """The next lines."""
        chunk = self._lines[self._shown : self._shown + AT_A_TIME]
        form = Form()
        options = [Option(line.id, _title(line), _about(line)) for line in chunk]
        field = form.add(FieldSpec("lines", "Lines", "many_of", options=options))
        field.label.hide()
        ids = [line.id for line in chunk]
        form.set_value("lines", tuple(number for number in ids if number in self._accepted))
        form.answered.connect(self._ticked)
        self._forms.append((form, ids))
        self._column.insertWidget(self._column.count() - 1, form)
        self._shown += len(chunk)
        left = len(self._lines) - self._shown
        self.more.setVisible(left > 0)
        self.more.set_words(f"Show {min(left, AT_A_TIME)} more of {left:,}")

    def _ticked(self, _key: str, _value: object) -> None:
        for form, ids in self._forms:
            chosen = form.value("lines")
            ticked = set(chosen) if isinstance(chosen, list | tuple) else set()
            self._accepted.difference_update(set(ids) - ticked)
            self._accepted.update(ticked)

    def _all(self) -> None:
        self._accepted.update(line.id for line in self._lines)
        self._show()

    def _none(self) -> None:
        self._accepted.difference_update(line.id for line in self._lines)
        self._show()

    def _show(self) -> None:
        for form, ids in self._forms:
            form.set_value("lines", tuple(number for number in ids if number in self._accepted))


def _title(line: Line) -> str:
    return f"{line.name or 'Without a name'}, {line.kind.replace('-', ' ')}"


def _about(line: Line) -> str:
    said = [change_words(line.kind, item) for item in line.changes[:_MOST_SHOWN]]
    if len(line.changes) > _MOST_SHOWN:
        said.append(f"and {len(line.changes) - _MOST_SHOWN} more")
    if line.by:
        said.append(f"Corrected by {line.by}")
    return ". ".join(said)


class DifferenceCard(QWidget):
    """``accepted`` carries the ids to take; ``left`` takes nothing."""

    accepted = Signal(object)
    left = Signal()

    def __init__(self, lines: Sequence[Line], same: int) -> None:
        super().__init__()
        self.chosen = {line.id for line in lines if line.taken_by_itself}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        parts = [
            f"{number:,} {_GROUPS[what][0].lower()}"
            for what in _GROUPS
            if (number := sum(line.what == what for line in lines))
        ]
        self.summary = f"What would change: {', '.join(parts)}. {same:,} as they were."
        column.addWidget(Words(self.summary, "strong"))
        row = QHBoxLayout()
        row.setSpacing(px(12))
        self.take_button = Button("Take in what is ticked", "primary", "check")
        self.take_button.clicked.connect(self._take)
        leave = Button("Change nothing", "quiet")
        leave.clicked.connect(self.left)
        row.addWidget(self.take_button)
        row.addWidget(leave)
        row.addStretch(1)
        column.addLayout(row)
        self.groups: list[_Group] = []
        for what in _GROUPS:
            found = [line for line in lines if line.what == what]
            if found:
                group = _Group(what, found, self.chosen)
                self.groups.append(group)
                column.addWidget(group)

    def _take(self) -> None:
        self.accepted.emit(set(self.chosen))

    def focus_first(self) -> None:
        """The button: what is ticked is what most people want."""
        self.take_button.setFocus()
