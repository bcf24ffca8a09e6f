"""A copy of the open vault's database, page by page, while its owner goes on typing (design §4, §14).

The copy is stepped over the writing connection itself on a thread beside: what is written meanwhile goes into both,
and no save is refused. With another key the target is encrypted anew. ``VACUUM INTO`` or a second connection would
hold a lock that every save runs into.
"""

import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2

from csa_desk.errors import DeskError, VaultError
from csa_desk.store.engine import DatabaseKey, connect, plain_words
from csa_desk.store.files import OWNER_ONLY_FILE, sync_folder

if TYPE_CHECKING:
    from csa_desk.store.vault import OpenVault

PAGES_A_STEP = 50
BREATH_SECONDS = 0.003
"""After each step, so that a waiting save gets in: measured, a save then takes some 3 ms."""

Progress = Callable[[int, int], None]
"""Pages done, pages in all. Called on the thread that copies."""
Cancelled = Callable[[], bool]

NO_ROOM = (
    "The copy could not be written: the disk is full, was taken out, or does not allow it. "
    "Your vault is as it was. Free some space and try again."
)


class CopyStoppedError(DeskError):
    """Somebody stopped the copy; nothing of it is left."""


def copy_database(
    vault: "OpenVault",
    target: Path,
    secret: DatabaseKey,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    hold: bool = False,
) -> None:
    """Copy the vault's database to ``target`` under ``secret``. For a thread beside the vault's own.

    With ``hold`` the vault's gate is shut before the last step and stays shut: nothing is written between this copy
    and what the caller does next, who opens it again with ``vault.gate.release()``. Raises :class:`CopyStoppedError`,
    :class:`VaultError` (disk full, taken out); then no half copy is left and the gate is open.
    """
    source = vault.writing_connection()
    stepping = _Stepping(vault, source, progress, cancelled, hold=hold)
    made = False
    try:
        with _no_room(), plain_words():
            remove_copy(target)
            target.touch(mode=OWNER_ONLY_FILE)
            copy = connect(target, secret)
            try:
                stepping.before()
                source.backup(copy, pages=PAGES_A_STEP, progress=stepping, sleep=BREATH_SECONDS)
            except dbapi2.OperationalError:
                raise VaultError(NO_ROOM) from None
            finally:
                copy.close()
            sync_folder(target.parent)
        made = True
    finally:
        if not made:
            stepping.let_go()
            with contextlib.suppress(OSError):
                remove_copy(target)


def remove_copy(target: Path) -> None:
    """Take away a copy, whole or half, and its journal."""
    for path in (target, target.with_name(f"{target.name}-journal")):
        path.unlink(missing_ok=True)


@contextlib.contextmanager
def _no_room() -> Iterator[None]:
    try:
        yield
    except OSError:
        raise VaultError(NO_ROOM) from None


class _Stepping:
    """What is done between two steps: tell, look whether to stop, let saves in, shut the gate near the end."""

    def __init__(
        self,
        vault: "OpenVault",
        source: Any,
        progress: Progress | None,
        cancelled: Cancelled | None,
        *,
        hold: bool,
    ) -> None:
        self._vault, self._source = vault, source
        self._progress, self._cancelled = progress, cancelled
        self._hold, self._held = hold, False

    def before(self) -> None:
        """A database of one step has no between: its gate is shut at once."""
        if self._hold and self._source.execute("PRAGMA page_count").fetchone()[0] <= PAGES_A_STEP:
            self._shut()

    def __call__(self, _status: int, remaining: int, total: int) -> None:
        if self._progress is not None:
            self._progress(total - remaining, total)
        if self._vault.stopping.is_set() or (self._cancelled is not None and self._cancelled()):
            raise CopyStoppedError("The copy was stopped. Your vault is as it was.")
        if self._hold and not self._held and remaining <= PAGES_A_STEP:
            self._shut()
        time.sleep(BREATH_SECONDS)

    def _shut(self) -> None:
        self._vault.gate.hold()
        self._held = True

    def let_go(self) -> None:
        """The copy failed: writing goes on."""
        if self._held:
            self._vault.gate.release()
            self._held = False
