"""Backups made beside the work: when somebody asks, once a day in a program that runs on, and before it closes.

A lock never waits for one: it stops at its next safe point, and nothing half is left.
"""

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from csa_desk.casework import backups
from csa_desk.casework.backups import BackingUp, Made
from csa_desk.casework.desk import Desk
from csa_desk.errors import DeskError
from csa_desk.ui.shell.runner import Runner

LOOKS_EVERY_MS = 60_000


class BackupKeeper(QObject):
    """At most one at a time. ``ended`` carries what was made, or ``None`` and the sentence of what went wrong."""

    progressed = Signal(int, int)  # done, in all
    ended = Signal(object, str)

    def __init__(self, desk: Desk, is_quiet: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_quiet = is_quiet
        self._runner = Runner(self)
        self._work: BackingUp | None = None
        self._closed = False
        self._stop = threading.Event()
        self.last = (0, 0)
        self.progressed.connect(self._remember)
        self._daily = QTimer(self)
        self._daily.setInterval(LOOKS_EVERY_MS)
        self._daily.timeout.connect(self.look)
        self._daily.start()

    @property
    def words(self) -> str:
        """What runs, as on the screen; empty while nothing does."""
        if self._work is None:
            return ""
        done, whole = self.last
        return f"A backup is being made: {100 * done // whole} % done" if whole else "A backup is being made"

    def start(self) -> str:
        """Begin one; the sentence why not, or nothing."""
        if self._work is not None:
            return ""
        try:
            self._work = backups.prepare_backup(self._desk)
        except DeskError as fault:
            return str(fault)
        self._stop.clear()
        self.last = (0, 0)
        self._runner.run(self._make, self._made)
        return ""

    def start_before_closing(self) -> bool:
        """Begin one if anything was added since the last; whether one runs now."""
        if self._work is None and backups.is_due(self._desk):
            self.start()
        return self._work is not None

    def look(self) -> None:
        """At a quiet moment, if the last one is a day old, make one. What goes wrong is told on Today."""
        if self._work is None and self._is_quiet() and backups.is_due_by_time(self._desk):
            self.start()

    def stop(self) -> None:
        """Give it up at its next safe point."""
        self._stop.set()

    def close(self) -> None:
        """Stop, wait for the safe point, and make no more."""
        self._closed = True
        self._daily.stop()
        self.stop()
        self._runner.close()

    def _make(self) -> Made | None:
        # On the thread beside: signals cross to the window's thread by themselves.
        work = self._work
        return work(self.progressed.emit, self._stop.is_set) if work is not None else None

    def _made(self, made: Made | None, fault: DeskError | None) -> None:
        self._work = None
        if self._closed:
            return
        sentence = str(fault) if fault is not None else ""
        if made is not None:
            try:
                backups.note_backup(self._desk, made)
            except (DeskError, OSError) as refused:
                sentence = str(refused)
        self.ended.emit(made, sentence)

    def _remember(self, done: int, whole: int) -> None:
        self.last = (done, whole)
