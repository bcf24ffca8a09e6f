"""One item of the checklist: what to do, why, where that comes from, what was done; marked in its place."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from csa_desk.casework.ground import Ground
from csa_desk.casework.therapy import ChecklistLine
from csa_desk.records.justice import MarkState
from csa_desk.ui.look import px
from csa_desk.ui.widgets.boxes import QuietBox
from csa_desk.ui.widgets.buttons import Button, LinkButton
from csa_desk.ui.widgets.flow import FlowLayout, PairLayout
from csa_desk.ui.widgets.marks import Chip, IconMark, LongChip
from csa_desk.ui.widgets.text import Words

# state: icon, token, weight, what a reader hears
_MARKS = {
    MarkState.OPEN: ("circle", "muted", "regular", "Open"),
    MarkState.DONE: ("check-circle", "ok", "fill", "Done"),
    MarkState.CARE: ("warning-circle", "warn", "fill", "Needs care"),
    MarkState.NOT_NEEDED: ("minus-circle", "muted", "regular", "Not needed"),
}


class ItemRow(QWidget):
    """A row that changes alone. ``asked(item, what)``: *done*, *edit* or *other*; ``source_asked(source)``."""

    asked = Signal(str, str)
    source_asked = Signal(str)

    def __init__(self, line: ChecklistLine, older: tuple[str, Ground] | None, *, reached: bool) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._older = older
        self._reached = reached
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(20), px(12), px(20), px(14))
        outer.setSpacing(px(12))
        self._outer = outer
        self._shown: QWidget | None = None
        self.button: QWidget | None = None
        self.panel: QWidget | None = None
        self.show_line(line)

    def show_line(self, line: ChecklistLine) -> None:
        """Show the item as it stands now; an open panel stays."""
        self.line = line
        if self._shown is not None:
            self._shown.hide()
            self._outer.removeWidget(self._shown)
            self._shown.deleteLater()
        self._shown = QWidget()
        row = QHBoxLayout(self._shown)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(14))
        care = line.state == MarkState.OPEN and line.care
        icon, token, weight, said = _MARKS[MarkState.CARE if care else MarkState(line.state)]
        mark = IconMark(icon, token, 22, weight, alt=said)  # type: ignore[arg-type]
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        pair = PairLayout(gap=14, row_gap=4, least=280)
        words = QVBoxLayout()
        words.setSpacing(px(4))
        words.addWidget(Words(line.title, "strong"))
        settled = line.state in (MarkState.DONE, MarkState.NOT_NEEDED)
        if line.done:
            words.addWidget(Words(line.done, "small", "muted"))
        if not settled:
            words.addWidget(Words(line.why))
            words.addWidget(self._ground())
            if line.ground.note:
                words.addWidget(LongChip(line.ground.note, "warn", "warning"))
            if line.older:
                words.addWidget(self._older_rule())
        words.addStretch(1)
        pair.addLayout(words)
        pair.addLayout(self._right(settled=settled))
        row.addLayout(pair, 1)
        self._outer.insertWidget(0, self._shown)
        self._shown.setAccessibleName(f"{said}. {line.title}")

    def open_panel(self, panel: QWidget) -> None:
        """Put an editor under the words."""
        self.close_panel()
        self.panel = panel
        self._outer.addWidget(panel)
        panel.show()

    def close_panel(self) -> None:
        """Take the editor away."""
        if self.panel is not None:
            self.panel.hide()
            self._outer.removeWidget(self.panel)
            self.panel.deleteLater()
            self.panel = None

    def _right(self, *, settled: bool) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        self.button = None
        if self._reached:
            right = Qt.AlignmentFlag.AlignRight
            if settled or self.line.state == MarkState.CARE:
                edit = LinkButton("Edit")
                edit.clicked.connect(self._edit)
                self.button = edit
                column.addWidget(edit, 0, right)
            if not settled:
                done = Button("Mark as done", small=True)
                done.clicked.connect(self._done)
                self.button = self.button or done
                column.addWidget(done, 0, right)
            if self.line.state == MarkState.OPEN:
                other = LinkButton("Something else")
                other.clicked.connect(self._other)
                column.addWidget(other, 0, right)
            for place in range(column.count()):
                item = column.itemAt(place)
                if item is not None and (made := item.widget()) is not None:
                    made.setAccessibleDescription(self.line.title)
        column.addStretch(1)
        return column

    def _ground(self) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, 12, 0)
        ground = self.line.ground
        link = LinkButton(ground.source, icon="book-open-text")
        link.setAccessibleDescription("Source, opens in Guidance")
        link.clicked.connect(self._source)
        flow.addWidget(link)
        flow.addWidget(Words(f"{ground.basis}  ·  as at {ground.as_at}", "small", "muted", wrap=False))
        return holder

    def _older_rule(self) -> QWidget:
        box = QuietBox()
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(IconMark("clock-counter-clockwise", "muted"))
        head.addWidget(Words(self.line.older, "small-strong"))
        head.addWidget(Chip("Superseded", "outline"))
        head.addStretch(1)
        box.body.addLayout(head)
        if self._older is not None:
            text, ground = self._older
            box.add(Words(text, "small", "muted"))
            box.add(Words(" · ".join(part for part in (ground.line, ground.note) if part), "small", "muted"))
        return box

    def _done(self) -> None:
        self.asked.emit(self.line.item.id, "done")

    def _edit(self) -> None:
        self.asked.emit(self.line.item.id, "edit")

    def _other(self) -> None:
        self.asked.emit(self.line.item.id, "other")

    def _source(self) -> None:
        self.source_asked.emit(self.line.item.source)
