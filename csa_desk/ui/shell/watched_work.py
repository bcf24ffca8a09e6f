"""Long work with how far it has come: restoring, salvaging, looking a vault through."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from csa_desk.errors import DeskError
from csa_desk.ui.look import px
from csa_desk.ui.shell.long_work import LongWork, Stopped
from csa_desk.ui.widgets.progress import WorkBar
from csa_desk.ui.widgets.text import Words

Work = Callable[[Callable[[int, int], None], Stopped], Any]
Done = Callable[[Any, DeskError | None], None]


class _Teller(QObject):
    """Carries progress from the thread beside to the window's own. It belongs to the work: a page may be left."""

    progressed = Signal(int, int)


class WorkPanel(QWidget):
    """A bar over long work; Cancel stops it at its next safe point."""

    def __init__(self, words: str, about: str) -> None:
        super().__init__()
        self._words = words
        self._long_work: LongWork | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(8), 0, 0)
        column.setSpacing(px(8))
        self.bar = WorkBar()
        self.bar.cancelled.connect(self._cancel)
        self.bar.set_work(words, 0, 100)
        column.addWidget(self.bar)
        if about:
            column.addWidget(Words(about, "small", "muted"))

    def run(self, long_work: LongWork, work: Work, done: Done) -> bool:
        """Start; False while another long work runs. ``done`` is a bound method."""
        self._long_work = long_work
        teller = _Teller()
        teller.progressed.connect(self.show_progress)

        def working(stopped: Stopped) -> Any:
            return work(teller.progressed.emit, stopped)

        return long_work.run(self._words, working, done)

    def show_progress(self, done: int, whole: int) -> None:
        """How far it is."""
        self.bar.set_work(self._words, 100 * done // whole if whole else 0, 100)

    def _cancel(self) -> None:
        if self._long_work is not None:
            self._long_work.stop()
