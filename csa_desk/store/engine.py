"""Connections to ``case.db``: the recipe of design §4, in its order, and nothing else opens the file."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import NullPool
from sqlcipher3 import dbapi2

from csa_desk.errors import DamagedVaultError, VaultError, VaultInUseError

BUSY_SECONDS = 5.0

DAMAGED = (
    "The vault's database (case.db) is damaged. Nothing was changed. "
    "Restore the latest backup beside it, and keep the damaged file."
)
FULL_OR_LOCKED = (
    "The vault could not be written: the disk is full, was taken out, or does not allow it. "
    "What you typed is kept; free some space or put the disk back and try again."
)

_HALF_WRITTEN = (
    "This vault was cut off while it was being written, and tidying up needs to write. "
    "Open it once where it can be written; after that it can be read here. Nothing that was saved is lost."
)


@dataclass(frozen=True, slots=True)
class DatabaseKey:
    """The raw key and salt of one database file."""

    key: bytes = field(repr=False)
    salt: bytes


def connect(path: Path, secret: DatabaseKey, *, read_only: bool = False) -> Any:
    """A DBAPI connection that has proved its key. Raises :class:`DamagedVaultError`."""
    address = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    raw = dbapi2.connect(
        address,
        uri=True,
        isolation_level=None,
        timeout=BUSY_SECONDS,
        cached_statements=256,
        check_same_thread=False,  # a copy is stepped over the writing connection on a thread beside
    )
    try:
        _prepare(raw, secret, read_only=read_only)
    except dbapi2.DatabaseError as fault:
        raw.close()
        if read_only and path.with_name(f"{path.name}-journal").exists():
            raise VaultError(_HALF_WRITTEN) from None
        raise (translated(fault) or DamagedVaultError(DAMAGED)) from None
    except BaseException:
        raw.close()
        raise
    return raw


def _prepare(raw: Any, secret: DatabaseKey, *, read_only: bool) -> None:
    raw.execute("PRAGMA cipher_log_level = NONE")
    raw.execute(f"PRAGMA key = \"x'{secret.key.hex()}{secret.salt.hex()}'\"")
    raw.execute("PRAGMA foreign_keys = ON")
    raw.execute(
        "PRAGMA recursive_triggers = ON"
    )  # without it, INSERT OR REPLACE gets past the guards of history
    raw.execute("PRAGMA secure_delete = ON")
    raw.execute("PRAGMA temp_store = MEMORY")
    raw.execute("PRAGMA trusted_schema = OFF")
    raw.execute("PRAGMA cell_size_check = ON")
    raw.execute("PRAGMA mmap_size = 0")
    journal = raw.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
    raw.execute("PRAGMA synchronous = FULL")
    settled = {
        "journal_mode": journal,
        "synchronous": raw.execute("PRAGMA synchronous").fetchone()[0],
        "foreign_keys": raw.execute("PRAGMA foreign_keys").fetchone()[0],
        "secure_delete": raw.execute("PRAGMA secure_delete").fetchone()[0],
        "temp_store": raw.execute("PRAGMA temp_store").fetchone()[0],
    }
    wanted = {
        "journal_mode": "delete",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "temp_store": 2,
    }
    if settled != wanted and not read_only:
        raise VaultError(
            "The database does not work in its safe mode on this disk. Move the vault to another disk."
        )
    raw.execute("SELECT count(*) FROM sqlite_master").fetchone()


def make_engine(path: Path, secret: DatabaseKey, *, read_only: bool = False) -> sa.Engine:
    """An engine whose every connection follows the recipe; it holds none open."""

    def creator() -> Any:
        return connect(path, secret, read_only=read_only)

    return sa.create_engine(
        "sqlite://",
        creator=creator,
        module=dbapi2,
        poolclass=NullPool,
        hide_parameters=True,
    )


def translated(fault: BaseException) -> VaultError | None:
    """The sentence for what can happen to a database; ``None`` for what is a fault of the program."""
    original = getattr(fault, "orig", None) or fault
    words = str(original)
    if "locked" in words:
        return VaultInUseError("Another window or program is writing to this vault. Close it and try again.")
    if "full" in words or "readonly" in words or "disk I/O" in words or "unable to open" in words:
        return VaultError(FULL_OR_LOCKED)
    if isinstance(original, dbapi2.IntegrityError):
        return VaultError("The change does not fit the records it belongs to, so nothing was saved.")
    # The driver gives damage (SQLITE_CORRUPT, SQLITE_NOTADB) no class of its own below this one.
    return DamagedVaultError(DAMAGED) if type(original) is dbapi2.DatabaseError else None


@contextlib.contextmanager
def plain_words() -> Iterator[None]:
    """Turn a database error raised inside into its sentence; a fault of the program goes on as it is."""
    try:
        yield
    except (sa.exc.DBAPIError, dbapi2.Error) as fault:
        found = translated(fault)
        if found is None:
            raise
        raise found from None
