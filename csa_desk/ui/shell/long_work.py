"""Work of minutes that a lock must not cut off: a new key, a restore, a merge (design §9).

A lock after idle time waits for it under its cover; sleep, a locked screen and the Lock key stop it at a safe point.
"""

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from csa_desk.errors import DeskError
from csa_desk.ui.shell.runner import Runner

Stopped = Callable[[], bool]


class LongWork(QObject):
    """One long work at a time, on the session's background thread."""

    ended = Signal()

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._stop = threading.Event()
        self._done: Callable[[Any, DeskError | None], None] | None = None
        self._words = ""

    @property
    def words(self) -> str:
        """What runs, as on the screen: *The key of the vault is being changed*; empty while nothing does."""
        return self._words

    def run(
        self, words: str, work: Callable[[Stopped], Any], done: Callable[[Any, DeskError | None], None]
    ) -> bool:
        """Start ``work(stopped)``, which asks ``stopped()`` at each point where it can stop and then raises.

        ``done(result, fault)`` is called on the interface thread. False while another long work runs.
        """
        if self._words:
            return False
        self._stop = stop = threading.Event()
        self._words, self._done = words, done

        def working() -> Any:
            return work(stop.is_set)

        self._runner.run(working, self._finished)
        return True

    def stop(self) -> None:
        """End it at its next safe point."""
        self._stop.set()

    def _finished(self, result: object, fault: DeskError | None) -> None:
        done, self._done, self._words = self._done, None, ""
        if done is not None and _stands(done):
            done(result, fault)
        self.ended.emit()


def _stands(done: Callable[..., object]) -> bool:
    """Whether the page that asked is still there: it may have been left, or locked away, while the work ran."""
    owner = getattr(done, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)
