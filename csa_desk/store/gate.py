"""The gate before every write: shut for the moment between a finished copy and what is done with it."""

import contextlib
import threading
from collections.abc import Callable, Iterator


class Gate:
    """Writes pass one at a time; :meth:`hold` lets none through until :meth:`release`.

    A hold is taken on a thread beside. Once somebody waits for it no further write begins, so that saves in quick
    succession (an import) cannot keep a backup or a change of the key waiting for ever. What must then be done on the
    thread that writes is handed over: the next write does it first, so that a save that waits at the gate can never
    wait for itself.
    """

    def __init__(self) -> None:
        self._turn = threading.Condition()
        self._shut = False
        self._waits = False  # somebody waits to hold it
        self._due: Callable[[], object] | None = None

    @property
    def shut(self) -> bool:
        """Whether somebody holds it or is writing."""
        return self._shut

    def hold(self) -> None:
        """Wait for the write that runs, then let no other begin."""
        with self._turn:
            self._waits = True
            try:
                self._turn.wait_for(self._is_open)
            finally:
                self._waits = False
            self._shut = True

    def release(self) -> None:
        """Let writes go on."""
        with self._turn:
            self._shut = False
            self._due = None
            self._turn.notify_all()

    def hand_over(self, finish: Callable[[], object]) -> None:
        """The next write first calls ``finish``, which raises nothing and releases the gate."""
        with self._turn:
            self._due = finish
            self._turn.notify_all()

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Around one transaction."""
        while not self._enter():
            finish, self._due = self._due, None
            if finish is not None:
                finish()
        try:
            yield
        finally:
            with self._turn:
                self._shut = False
                self._turn.notify_all()

    def _is_open(self) -> bool:
        return not self._shut

    def _enter(self) -> bool:
        """Wait; True once this write may begin, False where something is handed over to be done first."""
        with self._turn:
            self._turn.wait_for(lambda: not (self._shut or self._waits) or self._due is not None)
            if self._shut:
                return False
            self._shut = True
            return True
