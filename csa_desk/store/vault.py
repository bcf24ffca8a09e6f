"""The open vault: the one way to read and write records (design §4, §5)."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from filelock import FileLock

from csa_desk.errors import DamagedVaultError, DeskError, ForeignHeaderError, VaultError
from csa_desk.records import vault as own
from csa_desk.records.dates import Clock
from csa_desk.records.ids import case_code
from csa_desk.store import drafts, keys
from csa_desk.store.engine import DAMAGED, DatabaseKey, connect, plain_words
from csa_desk.store.header import NOT_ALLOWED, Header, Opened, VaultKind
from csa_desk.store.marker import Head, Marker
from csa_desk.store.reading import Reading
from csa_desk.store.search import Finder
from csa_desk.store.writing import Writer, Writing

DATABASE = "case.db"
LOCK = "lock"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something noticed while opening that the user is told: a code for programs, a sentence for people."""

    code: str
    sentence: str


@dataclass(slots=True)
class OpenVault:
    """An open vault. Belongs to the thread that attached it. Close it, or use it as a context manager."""

    folder: Path
    header: Header
    opened: Opened
    clock: Clock
    notices: list[Notice]
    read_only: bool
    replica: str
    _engine: sa.Engine
    _connection: sa.Connection
    _writer: Writer
    _marker: Marker
    _locks: list[FileLock]
    _new_replica_because: str
    _wrote: bool = False
    _finder: Finder | None = None
    _closed: bool = field(default=False)

    @property
    def kind(self) -> VaultKind:
        """Live or training."""
        return self.header.kind

    @property
    def vault_id(self) -> str:
        """The vault's id."""
        return self.header.vault_id

    @property
    def practitioner(self) -> str:
        """Id of the practitioner whose slot opened."""
        return self.opened.own.practitioner

    @property
    def replica_code(self) -> str:
        """Three characters of the replica id, for copy numbers."""
        return case_code(self.replica, 3)

    @property
    def read(self) -> Reading:
        """Read records as they stand now."""
        return Reading(self._connection)

    @property
    def finder(self) -> Finder:
        """Search as somebody types."""
        if self._finder is None:
            self._finder = Finder(self._connection)
        return self._finder

    @contextlib.contextmanager
    def write(self) -> Iterator[Writing]:
        """One transaction: all of it is durable afterwards, or none of it happened.

        Raises :class:`VaultError` where the vault cannot be written; the records are as before.
        """
        if self.read_only:
            raise VaultError(
                "This vault is open for reading only, because its folder cannot be written. "
                "Move it to a disk that can, and open it there."
            )
        connection = self._connection
        if connection.connection.dbapi_connection.in_transaction:  # type: ignore[union-attr]
            raise RuntimeError("this vault is already being written to: use the transaction that is open")
        with plain_words():
            self._announce_writing()
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                writing = Writing(connection, self._writer, self.clock.moment())
                if self._new_replica_because:
                    self._enter_replica(writing)
                yield writing
                connection.exec_driver_sql("COMMIT")
            except BaseException:
                self._writer.forget()
                with contextlib.suppress(sa.exc.DBAPIError):
                    connection.exec_driver_sql("ROLLBACK")
                raise
            finally:
                connection.rollback()
            self._new_replica_because = ""

    def keep_draft(self, key: str, text: str, cursor: int) -> None:
        """Keep half-typed words: encrypted, never history."""
        with self.write() as writing:
            drafts.keep(
                writing._connection,  # noqa: SLF001 - the two halves of one transaction
                self.practitioner,
                drafts.Draft(key, text, cursor, self.clock.moment()),
            )

    def drop_draft(self, key: str) -> None:
        """Forget half-typed words that were saved or given up."""
        with self.write() as writing:
            writing.drop_draft(key)

    def drafts(self, prefix: str = "") -> dict[str, drafts.Draft]:
        """This practitioner's drafts whose key starts so."""
        with plain_words():
            found = drafts.of(self._connection, self.practitioner, prefix)
            self._connection.rollback()
            return found

    def raw(self) -> Any:
        """A further DBAPI connection for whole-database work (check, backup). Close it."""
        return connect(self.folder / DATABASE, self._secret, read_only=True)

    @property
    def _secret(self) -> DatabaseKey:
        return database_key(self.folder, self.header, self.opened)

    def remember_heads(self) -> None:
        """Write this computer's marker: done at lock, close and backup."""
        last = self.read.last_of(self.replica)
        self._connection.rollback()
        if last is not None:
            self._marker.set(self.replica, Head(last[0].hex(), last[1], str(self.folder.resolve())))
        self._wrote = False

    def marker_heads(self) -> dict[str, Head]:
        """What this computer remembers of this vault's replicas."""
        return dict(self._marker.heads)

    def close(self) -> None:
        """Write the marker, let go of the file and the locks. Safe to call twice."""
        if self._closed:
            return
        self._closed = True
        try:
            if self._wrote:
                self.remember_heads()
        except (OSError, DeskError):
            # The marker only helps to notice things; a full disk must not keep the vault open.
            pass
        finally:
            self._connection.close()
            self._engine.dispose()
            for lock in self._locks:
                lock.release()

    def __enter__(self) -> "OpenVault":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _announce_writing(self) -> None:
        if self._wrote:
            return
        base = self._marker.heads.get(self.replica, Head("", 0, ""))
        head = replace(base, folder=str(self.folder.resolve()), writing=True)
        try:
            self._marker.set(self.replica, head, self._new_replica_because)
        except OSError:
            raise VaultError(
                "Nothing was saved: this computer could not note that the vault is being written to. "
                "Its own disk is full or does not allow it. Free some space and try again."
            ) from None
        self._wrote = True

    def _enter_replica(self, writing: Writing) -> None:
        writing.put(
            own.Replica(
                id=self.replica,
                code=self.replica_code,
                practitioner=self.practitioner,
                since=self.clock.moment(),
                why=self._new_replica_because,
            ),
            "opened",
        )


def same_place(known: str, folder: Path) -> bool:
    """Whether the folder of this name is that folder, by whatever path it is reached."""
    try:
        return Path(known).samefile(folder)
    except (OSError, ValueError):
        return False


def database_key(folder: Path, made: Header, opened: Opened) -> DatabaseKey:
    """The key of the database that stands in the folder now.

    Raises :class:`DamagedVaultError`, :class:`ForeignHeaderError` where the header does not know this database.
    """
    path = folder / DATABASE
    try:
        with path.open("rb") as handle:
            salt = handle.read(keys.SALT_BYTES)
    except FileNotFoundError:
        raise DamagedVaultError(
            "The vault's database (case.db) is missing from its folder. Look for it in the bin or on another "
            "disk, or restore the latest backup beside this vault."
        ) from None
    except OSError:
        raise VaultError(NOT_ALLOWED) from None
    if len(salt) < keys.SALT_BYTES:
        raise DamagedVaultError(DAMAGED)
    for known, key in zip(made.databases, opened.data_keys, strict=True):
        if known == salt:
            return DatabaseKey(key, salt)
    raise ForeignHeaderError(
        "The vault's header and its database do not belong together: one of them was replaced or its beginning is "
        "damaged. Put both back from one backup."
    )
