"""Changing the vault's data key while its owner goes on typing (design §4).

``case.db`` is copied page by page into ``case.db.new`` under a new key, and the copy is read back: every page's seal,
the structure, the counts. Near the copy's end the gate of writes is shut. A large database is copied twice, and the
first copy is what is read back, so that no save waits for that. Then, in this order, each durable before the next:

1. header n+1 opens both databases and seals both keys to every slot's public half;
2. ``case.db.new`` is renamed over ``case.db``;
3. header n+2 opens the new one alone.

Killed before 1 there is a copy that nobody can open; between 1 and 3 the header opens whichever database stands. Either
way the next opening tidies up (:func:`tidy`), and what was confirmed is there. Nobody else's passphrase is needed.
"""

import contextlib
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from csa_desk.errors import DamagedVaultError, DeskError, VaultError
from csa_desk.store import header, keys
from csa_desk.store import slots as ways_in
from csa_desk.store.copying import Cancelled, CopyStoppedError, Progress, copy_database, remove_copy
from csa_desk.store.engine import FULL_OR_LOCKED, DatabaseKey, connect
from csa_desk.store.files import sync_folder
from csa_desk.store.header import Header, Opened, Slot
from csa_desk.store.keys import PrivateKeys
from csa_desk.store.vault import DATABASE, OpenVault

NEW = f"{DATABASE}.new"
LOOKS_EVERY_SECONDS = 0.2
FEW_PAGES = 5_000
"""Up to some 20 MB reading back takes a fifth of a second; beyond that a save must not wait for it."""

_UNSOUND = (
    "The copy of the database under the new key is not the same as the database, so nothing was changed. "
    "Run vault check, and look whether the disk is sound."
)


class Rotation:
    """One change of the data key. :meth:`prepare` is slow and runs on any thread; :meth:`finish` on the vault's own.

    ``slots`` replaces the header's slots (a practitioner leaves, one's own ways in are new); ``own`` are one's own keys
    from then on. ``after_step`` is called with the name of each step done; the fault tests kill there.
    """

    def __init__(
        self,
        vault: OpenVault,
        *,
        slots: dict[str, Slot] | None = None,
        own: PrivateKeys | None = None,
        after_step: Callable[[str], None] | None = None,
        few_pages: int = FEW_PAGES,
    ) -> None:
        self._vault = vault
        self._slots = slots if slots is not None else ways_in.rightful(vault)
        self._own = own if own is not None else vault.opened.own
        self._after_step = after_step
        self.few_pages = few_pages
        self._secret = DatabaseKey(keys.new_data_key(), os.urandom(keys.SALT_BYTES))
        self._prepared = False
        self.fault: DeskError | None = None
        self.done = False

    def prepare(self, progress: Progress | None = None, cancelled: Cancelled | None = None) -> None:
        """Copy and check; afterwards the gate is shut and the next write, or :meth:`finish`, makes the change.

        Raises :class:`VaultError`, :class:`CopyStoppedError`; then the vault is as it was and writing goes on.
        """
        vault = self._vault
        if vault.read_only:
            raise VaultError("This vault is open for reading only, so its key cannot be changed here.")
        ways_in.hold_to_disk(vault)
        _wait_for_turn(vault, cancelled)
        target = vault.folder / NEW
        try:
            large = vault.writing_connection().execute("PRAGMA page_count").fetchone()[0] > self.few_pages
            if large:
                # Reading all of it back takes seconds: that is done with a first copy, while saving goes on.
                copy_database(vault, target, self._secret, progress=_half(progress, 0), cancelled=cancelled)
                self._step("first copied")
                self._check(target, whole=True)
                self._step("first checked")
                progress = _half(progress, 1)
            copy_database(vault, target, self._secret, progress=progress, cancelled=cancelled, hold=True)
            try:
                self._step("copied")
                self._check(target, whole=not large, same=True)
                self._step("checked")
            except BaseException:
                vault.gate.release()
                raise
        except BaseException:
            with contextlib.suppress(OSError):
                remove_copy(target)
            vault.long_work.release()
            raise
        self._prepared = True
        vault.gate.hand_over(self.finish)

    def finish(self) -> None:
        """Put the new database in the place of the old one. What went wrong stands in ``fault``; raises nothing."""
        if not self._prepared:
            return
        self._prepared = False
        try:
            self._change()
        except DeskError as fault:
            self.fault = fault
        except OSError:
            self.fault = VaultError(FULL_OR_LOCKED)
        finally:
            self._vault.gate.release()
            self._vault.long_work.release()
        if self.fault is None:
            self._remember()

    def run(self, progress: Progress | None = None) -> None:
        """Both in one go, on the vault's own thread. Raises :class:`VaultError`."""
        self.prepare(progress)
        self.finish()
        if self.fault is not None:
            raise self.fault

    # --- checking -------------------------------------------------------------------------------------------

    def _check(self, target: Path, *, whole: bool, same: bool = False) -> None:
        """``whole``: every page's seal, the structure, every row counted. ``same``: ends where the database ends."""
        try:
            copy = connect(target, self._secret, read_only=True)
            try:
                sound = not whole or (
                    copy.execute("PRAGMA cipher_integrity_check").fetchone() is None
                    and copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                    and _counts_agree(copy)
                )
                if same:
                    sound = sound and _ends(copy) == _ends(self._vault.writing_connection())
            finally:
                copy.close()
        except dbapi2.DatabaseError:
            sound = False
        if not sound:
            raise DamagedVaultError(_UNSOUND)

    # --- changing -------------------------------------------------------------------------------------------

    def _change(self) -> None:
        vault, folder = self._vault, self._vault.folder
        before, opened = vault.header, vault.opened
        both = header.sealed(
            replace(
                before,
                generation=before.generation + 1,
                databases=(*before.databases, self._secret.salt),
                slots=header.resealed(self._slots, (*opened.data_keys, self._secret.key)),
            ),
            self._secret.key,
        )
        ways_in.hold_to_disk(vault)
        try:
            header.write_header(folder, both, self._secret.key)
        except OSError:
            # Its copy may be the only thing that was not written: then the new header stands and is gone on with.
            if not header.is_on_disk(folder, both):
                remove_copy(folder / NEW)
                raise
        vault.header = both
        vault.opened = Opened(opened.letter, (*opened.data_keys, self._secret.key), self._own)
        self._step("both")
        vault.let_go_of_file()
        try:
            _no_journal(folder / DATABASE)
            (folder / NEW).replace(folder / DATABASE)
            sync_folder(folder)
        finally:
            vault.swap(vault.header, vault.opened)
        self._step("renamed")
        final = replace(
            both,
            generation=both.generation + 1,
            databases=(self._secret.salt,),
            slots=header.resealed(self._slots, (self._secret.key,)),
        )
        vault.header = header.write_header(folder, final, self._secret.key)
        vault.opened = Opened(opened.letter, (self._secret.key,), self._own)
        self.done = True
        self._step("alone")

    def _remember(self) -> None:
        """The database learns the header's generation, and keys of one's own that are new."""
        vault = self._vault
        try:
            ways_in.enter_own_keys(vault)
            with vault.write() as writing:
                writing.accept_generation(vault.header.generation, "data key changed")
                writing.raw.execute("DELETE FROM about WHERE name = ?", (ways_in.ROTATION_DUE,))
                writing.log_access("key-changed", "vault")
        except DeskError as fault:
            self.fault = fault
        self._step("remembered")

    def _step(self, name: str) -> None:
        if self._after_step is not None:
            self._after_step(name)


def rotate(
    vault: OpenVault,
    *,
    slots: dict[str, Slot] | None = None,
    own: PrivateKeys | None = None,
    progress: Progress | None = None,
) -> None:
    """Change the data key in one go, on the vault's own thread. Raises :class:`VaultError`."""
    Rotation(vault, slots=slots, own=own).run(progress)


def _wait_for_turn(vault: OpenVault, cancelled: Cancelled | None) -> None:
    """A backup that runs ends first: it copies over the very connection that is replaced here."""
    while not vault.long_work.acquire(timeout=LOOKS_EVERY_SECONDS):
        if vault.stopping.is_set() or (cancelled is not None and cancelled()):
            raise CopyStoppedError("The change of the key was stopped. The vault is as it was.")


def tidy(folder: Path, made: Header, opened: Opened, current: DatabaseKey) -> tuple[Header, Opened]:
    """At opening, with the vault's lock held: what a killed rotation left goes, and the header opens what stands.

    Where the disk does not take it, everything stays as it is and opens all the same.
    """
    with contextlib.suppress(OSError):
        remove_copy(folder / NEW)
        if len(made.databases) > 1 and header.is_on_disk(folder, made):
            alone = replace(
                made,
                generation=made.generation + 1,
                databases=(current.salt,),
                slots=header.resealed(made.slots, (current.key,)),
            )
            written = header.write_header(folder, alone, current.key)
            return written, Opened(opened.letter, (current.key,), opened.own)
    return made, opened


def _counts_agree(raw: Any) -> bool:
    """Whether a copy holds as many revisions as its replicas wrote, each with its values."""
    written = raw.execute("SELECT coalesce(sum(count), 0) FROM replica_head").fetchone()
    return bool(raw.execute("SELECT count(*) FROM revision").fetchone() == written)


def _ends(raw: Any) -> list[Any]:
    """Where a database ends, found in an instant however large it is: the same in a true copy."""
    return [
        raw.execute("PRAGMA user_version").fetchone(),
        raw.execute("PRAGMA page_count").fetchone(),
        raw.execute("SELECT max(seq) FROM revision").fetchone(),
        raw.execute("SELECT max(seq) FROM access").fetchone(),
        raw.execute("SELECT max(id) FROM search_row").fetchone(),
        *raw.execute("SELECT key, practitioner, time FROM draft ORDER BY key, practitioner").fetchall(),
        *raw.execute("SELECT name, value FROM about ORDER BY name").fetchall(),
        *raw.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall(),
        *raw.execute("SELECT replica, count, last FROM replica_head ORDER BY replica").fetchall(),
    ]


def _half(progress: Progress | None, which: int) -> Progress | None:
    """The progress of one of two copies, as a part of both."""
    if progress is None:
        return None
    told = progress

    def tell(done: int, whole: int) -> None:
        told(done + which * whole, 2 * whole)

    return tell


def _no_journal(path: Path) -> None:
    """An old journal must not stand beside a new database. Nothing is open, so none that stands holds anything."""
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
