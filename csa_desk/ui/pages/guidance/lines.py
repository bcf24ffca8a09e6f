"""Lines of guidance as they are read: the words, where they come from, and whether to check before relying."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from csa_desk.casework.guidance import SaidLine
from csa_desk.ui.look import px
from csa_desk.ui.widgets.marks import Chip
from csa_desk.ui.widgets.text import Words


class GroundedLine(QWidget):
    """A sentence; under it source, basis and as at; at the right *Check before relying* where that is so."""

    def __init__(self, line: SaidLine, *, greyed: bool = False) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, px(2), 0, px(2))
        row.setSpacing(px(16))
        column = QVBoxLayout()
        column.setSpacing(px(1))
        column.addWidget(Words(line.text, "body", "muted" if greyed else "text"))
        column.addWidget(Words(line.ground.line, "small", "muted"))
        row.addLayout(column, 1)
        if line.ground.note:
            chip = Chip(line.ground.note, "outline" if greyed else "warn", "warning")
            row.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
