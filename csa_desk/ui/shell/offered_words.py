"""Five words drawn by chance, offered wherever a passphrase is chosen."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from csa_desk.casework import founding
from csa_desk.ui.look import px
from csa_desk.ui.widgets.boxes import QuietBox
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.messages import announce
from csa_desk.ui.widgets.text import Words


class OfferedWords(QuietBox):
    """The words, *Take these words* and *Draw others*. ``taken`` carries the passphrase."""

    taken = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.body.setSpacing(px(8))
        self.add(
            Words("Five words drawn by chance are hard to guess and easy to keep in mind", "small", "muted")
        )
        self.words = Words("", "h2")
        self.add(self.words)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self.take_button = Button("Take these words", small=True)
        self.take_button.clicked.connect(self._take)
        self.others_button = Button("Draw others", "quiet", small=True)
        self.others_button.clicked.connect(self.draw)
        row.addWidget(self.take_button)
        row.addWidget(self.others_button)
        row.addStretch(1)
        self.body.addLayout(row)

    def draw(self) -> None:
        """Draw five other words."""
        self.words.set_words(founding.offered_passphrase())
        announce(self, self.words.words)

    def _take(self) -> None:
        self.taken.emit(self.words.words)
