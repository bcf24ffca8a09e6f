"""Saying how a checklist item stands: when, with whom and how it was done, or why it is not needed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from csa_desk.casework.therapy import ChecklistLine
from csa_desk.records.justice import MarkState
from csa_desk.ui.look import px
from csa_desk.ui.widgets.boxes import QuietBox
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import FieldSpec, Form

_OTHER = (Option(MarkState.NOT_NEEDED, "Not needed"), Option(MarkState.CARE, "Needs care"))


class MarkPanel(QuietBox):
    """Saves on leaving a field: ``marked(item, state, values)``; ``closed(item)``."""

    marked = Signal(str, str, dict)
    closed = Signal(str)

    def __init__(self, line: ChecklistLine, *, other: bool, today: str) -> None:
        super().__init__()
        self._item = line.item.id
        self._other = other
        self.body.setSpacing(px(14))
        self.form = Form()
        mark = line.mark
        if other:
            self.form.add(FieldSpec("state", "How does it stand?", "row", options=_OTHER))
            self.form.add(FieldSpec("reason", "Because", "lines", lines=2))
            settled = line.state in (MarkState.NOT_NEEDED, MarkState.CARE)
            self.form.set_value("state", line.state if settled else MarkState.NOT_NEEDED)
            self.form.set_value("reason", mark.reason if mark is not None else "")
        else:
            self.form.add(FieldSpec("on", "When", "date", partial=False, not_known=False))
            self.form.add(FieldSpec("with_whom", "With whom", "line", optional=True))
            self.form.add(FieldSpec("how", "How it was explained", "line", optional=True, width="full"))
            self.form.set_value("on", mark.on if mark is not None and mark.on else today)
            self.form.set_value("with_whom", mark.with_whom if mark is not None else "")
            self.form.set_value("how", mark.how if mark is not None else "")
        self.form.answered.connect(self._answered)
        self.add(self.form)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        close = Button("Close", small=True)
        close.clicked.connect(self.close_panel)
        row.addWidget(close)
        if line.state != MarkState.OPEN:
            again = Button(
                "Not done after all" if line.state == MarkState.DONE else "Open again", "quiet", small=True
            )
            again.clicked.connect(self._open_again)
            row.addWidget(again)
        row.addStretch(1)
        self.body.addLayout(row)

    def focus(self) -> None:
        """Start where something is most likely missing."""
        self.form.focus_on("reason" if self._other else "with_whom")

    def close_panel(self) -> None:
        """Save what can be saved, then go."""
        self.form.flush()
        self.closed.emit(self._item)

    def _answered(self, _key: str, _value: object) -> None:
        values = {key: str(value) for key, value in self.form.values().items()}
        state = values.pop("state", str(MarkState.DONE))
        if self._other and not values["reason"]:
            return
        self.marked.emit(self._item, state, values)

    def _open_again(self) -> None:
        self.form.blockSignals(True)
        self.marked.emit(self._item, MarkState.OPEN, {})
        self.closed.emit(self._item)
