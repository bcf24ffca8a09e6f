"""Lines of guidance as they are read: the words, where they come from, and whether to check before relying."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from csa_desk.casework.guidance import KnownText, SaidLine
from csa_desk.ui.look import px
from csa_desk.ui.stylesheet import polish_again
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


class TextRow(QFrame):
    """A text the guidance rests on. Marked, it stands on a tint and can have the keyboard."""

    def __init__(self, text: KnownText) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(text.title)
        self.setAccessibleDescription(". ".join(part for part in (text.how, text.note) if part))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(1))
        self.title = Words(text.title)
        self._column.addWidget(self.title)
        if text.note:
            self._column.addWidget(Words(text.note, "small", "muted"))

    def mark(self) -> None:
        """This is the one that was asked for."""
        self.setProperty("box", "tint")
        polish_again(self)
        self._column.setContentsMargins(px(12), px(10), px(12), px(10))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
