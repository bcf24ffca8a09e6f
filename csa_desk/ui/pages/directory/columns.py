"""How the columns of a table are read: what a row is, and what stands in each column. Settled once for its shape."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csa_desk.casework.column_mappings import TARGET_WORDS, field_choices, guessed_as, remember_mapping
from csa_desk.ui.look import px
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.text import Words

if TYPE_CHECKING:
    from csa_desk.exchange.tabular import Guess

_KEPT = "-"
_EXAMPLES = 3


class ColumnsCard(QWidget):
    """One table. ``settled`` after it was remembered; ``left`` where nothing is to be imported."""

    settled = Signal()
    left = Signal()

    def __init__(self, session: Session, paths: Sequence[Path], guess: "Guess") -> None:
        super().__init__()
        self.session = session
        self._paths = paths
        self.guess = guess
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        rows = "1 row" if guess.rows == 1 else f"{guess.rows:,} rows"
        column.addWidget(Words(f"How is {guess.table} read? ({rows})", "h3"))
        column.addWidget(
            Words(
                "Look whether each column means what is chosen. It is remembered for every file with these columns.",
                "small",
                "muted",
            )
        )
        if guess.why:
            column.addWidget(Words(guess.why, "small", "warn"))
        self.kind = Form()
        options = [Option(key, words) for key, words in TARGET_WORDS]
        self.kind.add(FieldSpec("target", "What is a row?", "row", options=options))
        self.kind.set_value("target", guess.target)
        self.kind.answered.connect(self._as)
        column.addWidget(self.kind)
        self._holder = QVBoxLayout()
        column.addLayout(self._holder)
        self.form = Form()
        self._fill()
        row = QHBoxLayout()
        row.setSpacing(px(12))
        self.save_button = Button("Read it so", "primary", "check")
        self.save_button.clicked.connect(self.save)
        row.addWidget(self.save_button)
        leave = Button("Change nothing", "quiet")
        leave.clicked.connect(self.left)
        row.addWidget(leave)
        row.addStretch(1)
        column.addLayout(row)

    def _fill(self) -> None:
        """A field for each column, with a few of its values."""
        self.form.hide()
        self.form.deleteLater()
        self.form = Form()
        choices = field_choices(self.session.desk, self.guess.target)
        options = [Option(_KEPT, "Only kept as it is"), *(Option(key, words) for key, words in choices)]
        for number, (heading, field) in enumerate(self.guess.columns.items()):
            values = " · ".join(self.guess.examples.get(heading, ())[:_EXAMPLES])
            self.form.add(FieldSpec(f"c{number}", heading or "No heading", "pick", values[:200], options))
            self.form.set_value(f"c{number}", field or _KEPT)
        self._holder.addWidget(self.form)

    def _as(self, _key: str, value: object) -> None:
        target = str(value or "")
        if target and target != self.guess.target:
            found = self.session.attempt_quietly(
                guessed_as, self.session.desk, self._paths, self.guess.shape, target
            )
            if found is not None:
                self.guess = found
                self._fill()

    def focus_first(self) -> None:
        """What a row is."""
        self.kind.focus_on("target")

    def save(self) -> None:
        """Remember it for tables of this shape."""
        if not self.guess.target:
            self.kind.set_error("target", "Say what a row is")
            self.kind.focus_on("target")
            return
        chosen = {heading: self.form.value(f"c{number}") for number, heading in enumerate(self.guess.columns)}
        said = {heading: "" if field in (_KEPT, None) else str(field) for heading, field in chosen.items()}
        done = self.session.attempt(
            remember_mapping,
            self.session.desk,
            self.guess.shape,
            said,
            target=self.guess.target,
            title=self.guess.table,
        )
        if done is not None:
            self.settled.emit()
