"""A change of the vault's key, run beside the work: it goes on when its page is left, and stops at a lock."""

from PySide6.QtCore import QObject, Signal

from csa_desk.errors import DeskError
from csa_desk.store.copying import CopyStoppedError
from csa_desk.store.rotating import Rotation
from csa_desk.store.vault import OpenVault
from csa_desk.ui.shell.long_work import LongWork, Stopped


class KeyChange(QObject):
    """At most one at a time. ``ended`` carries the sentence of what went wrong, or nothing."""

    progressed = Signal(int, int)  # pages done, pages in all
    ended = Signal(str)

    def __init__(self, vault: OpenVault, long_work: LongWork, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._vault = vault
        self._long_work = long_work
        self._rotation: Rotation | None = None
        self.last = (0, 0)
        self.progressed.connect(self._remember)

    @property
    def running(self) -> bool:
        """Whether a change is under way."""
        return self._rotation is not None

    def start(self, rotation: Rotation) -> None:
        """Begin; whoever is at work goes on typing."""
        self._rotation = rotation
        self.last = (0, 0)
        if not self._long_work.run("The key of the vault is being changed", self._prepare, self._prepared):
            self._rotation = None
            self.ended.emit(f"{self._long_work.words}. Change the key when that is done.")

    def cancel(self) -> None:
        """Give up while the copy is being made; after that it is a matter of moments."""
        self._long_work.stop()

    def _prepare(self, stopped: Stopped) -> None:
        # On the thread beside: signals cross to the window's thread by themselves.
        if self._rotation is not None:
            self._rotation.prepare(self.progressed.emit, stopped)

    def _prepared(self, _nothing: object, fault: DeskError | None) -> None:
        rotation, self._rotation = self._rotation, None
        if rotation is None:
            return
        if fault is None:
            rotation.finish()
            fault = rotation.fault
        elif isinstance(fault, CopyStoppedError):
            fault = CopyStoppedError("The change of the key was stopped. The vault is as it was.")
        self.ended.emit(str(fault) if fault is not None else "")

    def _remember(self, done: int, whole: int) -> None:
        self.last = (done, whole)
