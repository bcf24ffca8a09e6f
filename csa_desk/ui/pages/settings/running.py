"""How far a change of the vault's key has come."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from csa_desk.ui.look import px
from csa_desk.ui.shell.key_change import KeyChange
from csa_desk.ui.widgets.progress import WorkBar
from csa_desk.ui.widgets.text import Words


class KeyBar(QWidget):
    """The work, and that one can go on meanwhile. ``ended`` carries the sentence of what went wrong, or nothing."""

    ended = Signal(str)

    def __init__(self, change: KeyChange) -> None:
        super().__init__()
        self._change = change
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(8), 0, 0)
        column.setSpacing(px(8))
        self.bar = WorkBar()
        self.bar.cancelled.connect(change.cancel)
        column.addWidget(self.bar)
        column.addWidget(
            Words("You can go on working meanwhile. Locking stops it, and nothing is lost.", "small", "muted")
        )
        change.progressed.connect(self._show)
        change.ended.connect(self.ended)
        self._show(*change.last)

    def _show(self, done: int, whole: int) -> None:
        per_cent = 100 * done // whole if whole else 0
        self.bar.set_work("Changing the vault’s key", per_cent, 100)
