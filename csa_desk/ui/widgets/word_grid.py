"""Recovery words to be copied onto paper.

WordGrid(name)   .show_words(words)  numbered, in two columns, read out as one list; takes the focus
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from csa_desk.ui.look import px
from csa_desk.ui.widgets.boxes import QuietBox
from csa_desk.ui.widgets.text import Words


class WordGrid(QuietBox):
    """A quiet box of numbered words."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__()
        if parent is not None:
            self.setParent(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(24))
        self._grid.setVerticalSpacing(px(6))
        self.body.addLayout(self._grid)

    def show_words(self, words: Sequence[str]) -> None:
        """Show these words and no others."""
        while (item := self._grid.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        said = ", ".join(f"{place} {word}" for place, word in enumerate(words, start=1))
        self.setAccessibleDescription(said)
        half = (len(words) + 1) // 2
        for place, word in enumerate(words):
            row, column = place % half, 2 * (place // half)
            number = Words(f"{place + 1}", "body", "muted", wrap=False)
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            shown = Words(word, "lead", wrap=False)
            shown.setAccessibleName(f"Word {place + 1}: {word}")
            self._grid.addWidget(number, row, column)
            self._grid.addWidget(shown, row, column + 1)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1)
