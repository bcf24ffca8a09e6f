"""How a lock goes: every word kept, the vault let go, the process replaced. It asks nothing and nothing holds it up.

Two things may make it wait, both under a cover that nobody gets past without the passphrase:

* Long work (a new key, a restore, a merge). After idle time it runs to its end; any other lock stops it at a safe
  point.
* Words that nothing takes: neither the vault (a pulled stick, a full disk) nor this computer's own disk. Replacing
  the process would throw them away, and that is the one thing a lock may never do. So the process stays, covered, and
  with it the open vault, which the words belong into; whatever else can be let go is. Every few seconds it is tried
  again, and as soon as something takes the words the lock is finished. The practitioner's passphrase, and nothing
  else, brings the window back before that.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from csa_desk.errors import DeskError
from csa_desk.ui.shell.lock_cover import LockCover
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import PLACE_DRAFT, Session

AGAIN_MS = 3000
PASSES = ("key", "close", "screen", "sleep", "lid", "user", "hidden")
"""Reasons that stop long work; the ones that wait are ``idle`` and ``leave``."""
LEAVES = ("close", "leave")
"""Reasons after which the program ends. ``leave`` waits for a backup too; ``close`` waits for nothing."""


class Locking(QObject):
    """One lock of one session, from its first reason to its end."""

    began = Signal()
    given_up = Signal()  # the words' own practitioner came back before anything took them
    done = Signal(str)  # why; the session is closed

    def __init__(
        self,
        session: Session,
        cover: LockCover,
        whereabouts: Callable[[], tuple[Place, QWidget | None]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._cover = cover
        self._whereabouts = whereabouts
        self._place: Place | None = None
        self._focus: QWidget | None = None
        self._why = ""
        self._over = False
        self._again = QTimer(self)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self._finish)
        session.long_work.ended.connect(self._work_ended)
        session.backups.ended.connect(self._work_ended)
        session.backups.progressed.connect(self._work_goes_on)
        cover.stop_asked.connect(self._stop_work)
        cover.passphrase_given.connect(self._try_passphrase)

    @property
    def under_way(self) -> bool:
        """Whether it began and is not over."""
        return self._place is not None

    @property
    def leaving(self) -> bool:
        """Whether it waits for a backup, and the program ends afterwards."""
        return self.under_way and self._why == "leave"

    def lock(self, why: str) -> None:
        """Lock now. A second reason while it waits can only hurry it."""
        if self._over:
            return
        session = self._session
        # A wish to close holds: the program ends when the lock is finished.
        if self.under_way and self._why in LEAVES:
            self._why = self._why if why in ("idle", "leave") else "close"
        else:
            self._why = why
        if self._place is None:
            self._begin()
        if self._waited_for:
            if self._why in PASSES:
                session.long_work.stop()
            self._cover.wait(self._waited_for, stopping=self._why in PASSES, leaving=self._why in LEAVES)
        else:
            self._finish()

    @property
    def _waited_for(self) -> str:
        """What runs and is waited for, in words. A backup is waited for only where somebody leaves of themself."""
        session = self._session
        return session.long_work.words or (session.backups.words if self._why == "leave" else "")

    def _begin(self) -> None:
        session = self._session
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        place, self._focus = self._whereabouts()
        field, cursor = session.focused(self._focus) if self._focus is not None else ("", 0)
        draft = session.draft_of(self._focus) if self._focus is not None else ""
        self._place = Place(place.page, place.case, place.item, field, cursor, draft)
        session.flush_for_lock()
        self.began.emit()

    def _finish(self) -> None:
        """Write what is left, let go of the vault; or hold the words where nothing takes them."""
        if self._place is None or self._over:
            return
        if not self._kept(self._place):
            self._cover.hold()
            self._session.computer.may_sleep()
            if not self._again.isActive():
                self._again.start()
            return
        self._again.stop()
        self._over = True
        self._session.close()
        self._session.computer.close()
        self.done.emit(self._why)

    def _kept(self, place: Place) -> bool:
        session, vault = self._session, self._session.desk.vault
        try:
            written = session.drafts.flush()
            if written and not vault.read_only:
                vault.keep_draft(PLACE_DRAFT, place.packed(), 0)
        except DeskError:
            written = False
        if written:
            session.drop_stash()
        return written or session.stash(place) or not session.drafts.waiting

    # --- long work ------------------------------------------------------------------------------------------

    def _stop_work(self) -> None:
        self.lock("close" if self._why in LEAVES else "key")

    def _work_ended(self) -> None:
        if self.under_way and not self._waited_for:
            self._finish()

    def _work_goes_on(self) -> None:
        if self.under_way and self._why == "leave" and not self._over:
            self._cover.tell(self._waited_for)

    # --- coming back to words that are held -------------------------------------------------------------------

    def _try_passphrase(self, typed: str) -> None:
        self._session.recognise(typed, self._recognised)

    def _recognised(self, own: bool | None, _fault: DeskError | None) -> None:
        if self._over or not self._cover.holds:
            return
        if not own:
            self._cover.refuse("That passphrase does not open this vault. Capital letters and spaces count.")
            return
        self._again.stop()
        self._place = None
        self._why = ""
        self._cover.uncover()
        self._session.wake_forms()
        if self._focus is not None and isValid(self._focus):
            self._focus.setFocus()
        self.given_up.emit()
