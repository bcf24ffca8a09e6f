"""Bringing an older vault's tables up to date: forward only, one transaction, a copy first (design §4).

Foreign keys are off from before BEGIN, because rebuilding a parent table with them on silently deletes its
children; they are checked before the commit. A step changes tables of projections, never revisions, and
imports nothing of the program, so that it still does the same in ten years.
"""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from csa_desk.errors import DamagedVaultError, NewerVersionError, VaultError
from csa_desk.store import schema
from csa_desk.store.copying import remove_copy
from csa_desk.store.engine import DAMAGED, FULL_OR_LOCKED, DatabaseKey, connect, translated
from csa_desk.store.files import OWNER_ONLY_FILE, OWNER_ONLY_FOLDER, sync_folder
from csa_desk.store.migrations import STEPS

Run = Callable[[Any], None]
NO_ROOM = (
    "An older version of CSA Desk made this vault, and it could not be brought up to date, because there was no place "
    "for that or for the copy that is made first: the disk is full, was taken out, or does not allow it. "
    "Nothing was changed. Free some space and open the vault again."
)


@dataclass(frozen=True, slots=True)
class Step:
    """What brings a database from ``version - 1`` to ``version``. ``run`` gets the DBAPI connection."""

    version: int
    run: Run


def steps() -> tuple[Step, ...]:
    """The program's own steps."""
    return tuple(Step(version, run) for version, run in STEPS)


def migrate(
    path: Path,
    secret: DatabaseKey,
    backups: Path,
    wanted: Sequence[Step] | None = None,
    *,
    read_only: bool = False,
) -> bool:
    """Bring the database at ``path`` up to date; True if anything was done.

    Raises :class:`NewerVersionError` where a newer program wrote it, :class:`VaultError` where there is something
    to do and the vault cannot be written. A failing step leaves everything as it was.
    """
    todo = steps() if wanted is None else tuple(wanted)
    newest = max((step.version for step in todo), default=schema.VERSION)
    raw = connect(path, secret, read_only=read_only)
    try:
        have = schema.version_of(raw)
        if have > newest:
            raise NewerVersionError(
                "A newer version of CSA Desk wrote this vault. Install that version on this computer to open it."
            )
        missing = [step for step in todo if step.version > have]
        if not missing:
            return False
        if read_only:
            raise VaultError(
                "An older version of CSA Desk made this vault. It is brought up to date when it is opened, but its "
                "folder cannot be written. Move it to a disk that can, and open it there."
            )
        copy = backups / f"before-schema-{newest}.db"
        with _with_room_for(copy):
            _copy(raw, copy, secret)
            _apply(raw, missing)
        return True
    finally:
        raw.close()


def _copy(raw: Any, target: Path, secret: DatabaseKey) -> None:
    """Whole or not at all: under another name while it is made, so that what a kill left of it is begun anew."""
    making = _half(target)
    target.parent.mkdir(mode=OWNER_ONLY_FOLDER, exist_ok=True)
    remove_copy(making)
    making.touch(mode=OWNER_ONLY_FILE)
    copy = connect(making, secret)
    try:
        raw.backup(copy)
    finally:
        copy.close()
    making.replace(target)
    sync_folder(target.parent)


def _half(target: Path) -> Path:
    return target.with_name(f"{target.name}.new")


def _apply(raw: Any, missing: Sequence[Step]) -> None:
    raw.execute("PRAGMA foreign_keys = OFF")
    raw.execute("BEGIN IMMEDIATE")
    try:
        for step in missing:
            step.run(raw)
            raw.execute(f"PRAGMA user_version = {step.version}")
        if raw.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise DamagedVaultError(DAMAGED)
        raw.execute("COMMIT")
    except BaseException:
        # A full disk may have ended the transaction already.
        if raw.in_transaction:
            raw.execute("ROLLBACK")
        raise
    raw.execute("PRAGMA foreign_keys = ON")


@contextlib.contextmanager
def _with_room_for(target: Path) -> Iterator[None]:
    """The sentence for a disk that takes neither the copy nor the change; then the copy makes way again."""
    try:
        yield
    except (OSError, VaultError, dbapi2.Error) as fault:
        found = translated(fault) if isinstance(fault, dbapi2.Error) else fault
        if not isinstance(fault, OSError) and str(found) != FULL_OR_LOCKED:
            raise
        with contextlib.suppress(OSError):
            remove_copy(_half(target))
            remove_copy(target)
            target.parent.rmdir()
        raise VaultError(NO_ROOM) from None
