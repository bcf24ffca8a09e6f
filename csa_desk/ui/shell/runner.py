"""Work off the interface thread: one at a time, its result handed back on the interface thread."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from csa_desk.errors import DeskError


class _Said(QObject):
    finished = Signal(object, object)


class _Job(QRunnable):
    def __init__(self, work: Callable[[], Any]) -> None:
        super().__init__()
        self.said = _Said()
        self._work = work

    def run(self) -> None:
        """Do the work; a fault a person must know is handed back, any other ends the program's work as a fault."""
        try:
            result = self._work()
        except DeskError as fault:
            self.said.finished.emit(None, fault)
        else:
            self.said.finished.emit(result, None)


class Runner(QObject):
    """Runs work in one background thread. Never touches widgets there."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._jobs: list[_Job] = []

    @property
    def busy(self) -> bool:
        """Whether something is running."""
        return self._pool.activeThreadCount() > 0

    def run(self, work: Callable[[], Any], done: Callable[[Any, DeskError | None], None]) -> None:
        """Start ``work``; ``done(result, fault)``, a bound method, is called on the interface thread."""
        job = _Job(work)
        job.setAutoDelete(False)
        job.said.finished.connect(done)
        self._jobs.append(job)
        self._pool.start(job)

    def close(self) -> None:
        """Wait for what runs and forget it."""
        self._pool.waitForDone()
        self._jobs.clear()
