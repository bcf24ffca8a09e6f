"""Keeping what is typed: into the vault within a second, and at once when asked."""

from PySide6.QtCore import QObject, QTimer, Signal

from csa_desk.casework.compartments import SealedDrafts
from csa_desk.errors import DeskError

DELAY_MS = 700


class DraftKeeper(QObject):
    """Gathers keystrokes for a moment and writes them as encrypted drafts; those of sealed fields sealed."""

    kept = Signal()
    failed = Signal(str)

    def __init__(self, vault: SealedDrafts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._vault = vault
        self._waiting: dict[str, tuple[str, int]] = {}
        self._resting = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self.flush)

    @property
    def waiting(self) -> dict[str, tuple[str, int]]:
        """What is not written yet: text and cursor by key."""
        return dict(self._waiting)

    def keep(self, key: str, text: str, cursor: int) -> None:
        """Remember; written within a second."""
        self._waiting[key] = (text, cursor)
        if not self._resting and not self._timer.isActive():
            self._timer.start()

    def take_up(self, words: dict[str, tuple[str, int]]) -> bool:
        """Words that were kept elsewhere: written at once; False where they must go on waiting, as in ``flush``."""
        self._waiting.update(words)
        return self.flush()

    def forget(self, key: str) -> None:
        """The words were saved: nothing is to be kept of them."""
        self._waiting.pop(key, None)

    def rest(self) -> None:
        """The vault is about to close: write no more by yourself. What waits stays in ``waiting``."""
        self._timer.stop()
        self._resting = True

    def flush(self) -> bool:
        """Write everything that waits; False where the vault cannot be written (it goes on waiting)."""
        self._timer.stop()
        for key, (text, cursor) in list(self._waiting.items()):
            try:
                self._vault.keep(key, text, cursor)
            except DeskError as fault:
                self.failed.emit(str(fault))
                return False
            if self._waiting.get(key) == (text, cursor):
                del self._waiting[key]
            self.kept.emit()
        return True
