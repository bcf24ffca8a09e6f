"""Bringing an older vault's tables up to date: forward only, one transaction, a copy first (design §4).

Foreign keys are off from before BEGIN, because rebuilding a parent table with them on silently deletes its
children; they are checked before the commit. A step changes tables of projections, never revisions, and
imports nothing of the program, so that it still does the same in ten years.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from csa_desk.errors import DamagedVaultError, NewerVersionError, VaultError
from csa_desk.store import schema
from csa_desk.store.engine import DAMAGED, FULL_OR_LOCKED, DatabaseKey, connect
from csa_desk.store.files import OWNER_ONLY_FILE, OWNER_ONLY_FOLDER
from csa_desk.store.migrations import STEPS

Run = Callable[[Any], None]


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
        _copy(raw, backups / f"before-schema-{newest}.db", secret)
        _apply(raw, missing)
        return True
    finally:
        raw.close()


def _copy(raw: Any, target: Path, secret: DatabaseKey) -> None:
    try:
        target.parent.mkdir(mode=OWNER_ONLY_FOLDER, exist_ok=True)
        target.touch(mode=OWNER_ONLY_FILE)
    except OSError:
        raise VaultError(FULL_OR_LOCKED) from None
    copy = connect(target, secret)
    try:
        raw.backup(copy)
    finally:
        copy.close()


def _apply(raw: Any, missing: Sequence[Step]) -> None:
    raw.execute("PRAGMA foreign_keys = OFF")
    raw.execute("BEGIN IMMEDIATE")
    try:
        for step in missing:
            step.run(raw)
            raw.execute(f"PRAGMA user_version = {step.version}")
        if raw.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise DamagedVaultError(DAMAGED)
    except BaseException:
        raw.execute("ROLLBACK")
        raise
    raw.execute("COMMIT")
    raw.execute("PRAGMA foreign_keys = ON")
