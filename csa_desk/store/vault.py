"""The open vault: the one way to read and write records (design §4, §5)."""

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from filelock import FileLock

from csa_desk.errors import DamagedVaultError, DeskError, ForeignHeaderError, RefusedError, VaultError
from csa_desk.records import vault as own
from csa_desk.records.dates import Clock
from csa_desk.records.fields import Record
from csa_desk.records.ids import case_code
from csa_desk.records.keeping import KeptOut
from csa_desk.store import access_log, drafts, keys, removing, sealed_drafts
from csa_desk.store.engine import DAMAGED, DatabaseKey, connect, make_engine, plain_words
from csa_desk.store.gate import Gate
from csa_desk.store.header import NOT_ALLOWED, Header, Opened, VaultKind
from csa_desk.store.keys import PrivateKeys
from csa_desk.store.marker import Head, Marker
from csa_desk.store.reading import Reading
from csa_desk.store.search import Finder
from csa_desk.store.sight import Sight, SightedFinder, kept_out
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
    _hidden: frozenset[str] = frozenset()
    _hidden_as_of: int = -1
    gate: Gate = field(default_factory=Gate)
    stopping: threading.Event = field(
        default_factory=threading.Event
    )  # set: long work gives up at its next safe point
    long_work: threading.Lock = field(
        default_factory=threading.Lock
    )  # a copy of the database is made or put in place
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
        """Read records as they stand now, without the cases this practitioner is kept out of."""
        hidden = self.hidden
        return Sight(self._connection, hidden) if hidden else self.whole

    @property
    def whole(self) -> Reading:
        """Read every record: for what must count or name all of the vault, never for what is shown of a case."""
        return Reading(self._connection)

    @property
    def hidden(self) -> frozenset[str]:
        """Ids of the cases this practitioner is kept out of."""
        as_of = self.written(KeptOut)
        if as_of != self._hidden_as_of:
            self._hidden = frozenset(kept_out(self.whole.find(KeptOut, practitioner=self.practitioner)))
            self._hidden_as_of = as_of
            self._finder = None
        return self._hidden

    @property
    def finder(self) -> Finder:
        """Search as somebody types."""
        hidden = self.hidden
        if self._finder is None:
            connection = self._connection
            seen = SightedFinder(connection, Sight(connection, hidden)) if hidden else Finder(connection)
            self._finder = seen
        return self._finder

    def written(self, kind: type[Record]) -> int:
        """How often a record of this kind was written since the opening: whether what was read of it is still right."""
        return self._writer.written.get(kind.KIND, 0)

    @property
    def writing(self) -> bool:
        """Whether a transaction is open."""
        return bool(self._connection.connection.dbapi_connection.in_transaction)  # type: ignore[union-attr]

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
        if not self.practitioner:
            raise RefusedError(
                "The service’s shares alone change nothing in a vault: they bring a practitioner back."
            )
        if self._closed:
            raise VaultError("This vault is closed, so nothing was written. Unlock it and try again.")
        if self.writing:
            raise RuntimeError("this vault is already being written to: use the transaction that is open")
        with self.gate.writing(), plain_words():
            connection = self._connection  # a change of keys may have put another in its place meanwhile
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
        """Keep half-typed words: encrypted, never history. Raises ``ValueError`` for a sealed field's in clear text."""
        if sealed_drafts.place_of(key) is not None and not sealed_drafts.is_sealed(text):
            raise ValueError("the words of a sealed field are never kept in clear text")
        with self.write() as writing:
            if f"case:{key.partition('/')[0]}" in writing.erased:
                return
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
            hidden = self.hidden
            seen = {key: draft for key, draft in found.items() if key.partition("/")[0] not in hidden}
            return removing.without_hidden(self._connection, seen)

    def raw(self) -> Any:
        """A further DBAPI connection for whole-database work (check, backup). Close it."""
        return connect(self.folder / DATABASE, self._secret, read_only=True)

    def swap(self, made: Header, opened: Opened) -> None:
        """Go on with the database that stands in the folder now, under this header and these keys.

        On the vault's own thread, with nothing open to read from. Only :mod:`store.rotating` does this.
        """
        self.let_go_of_file()
        self.header, self.opened = made, opened
        self._engine = make_engine(self.folder / DATABASE, self._secret, read_only=self.read_only)
        self._connection = self._engine.connect()
        self._finder = None
        self._writer.forget()

    def let_go_of_file(self) -> None:
        """Close the database, so that it can be replaced; :meth:`swap` opens what stands there then."""
        self._connection.close()
        self._engine.dispose()

    def speak_as(self, own: PrivateKeys) -> None:
        """A vault opened by the service's shares goes on as the practitioner who comes back: their new key signs."""
        self.opened = replace(self.opened, own=own)
        self._writer = Writer(own.practitioner, self.replica, own.signer.loaded())

    def sign_with(self, own: PrivateKeys) -> None:
        """From the next write on these keys sign."""
        self._writer.key = own.signer.loaded()

    def writing_connection(self) -> Any:
        """The DBAPI connection that writes, for a stepped copy on a thread beside: see :mod:`store.copying`."""
        return self._connection.connection.dbapi_connection

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

    def local_note(self, name: str) -> Path:
        """A small file of this computer about this vault, beside the marker."""
        return self._marker.note(name)

    def marker_heads(self) -> dict[str, Head]:
        """What this computer remembers of this vault's replicas."""
        return dict(self._marker.heads)

    def close(self) -> None:
        """Write the marker, let go of the file and the locks. Safe to call twice."""
        if self._closed:
            return
        try:
            if self._wrote:
                self._keep_access_log()
                self.remember_heads()
        except (OSError, DeskError):
            # The marker only helps to notice things; a full disk must not keep the vault open.
            pass
        finally:
            self._closed = True
            self._connection.close()
            self._engine.dispose()
            for lock in self._locks:
                lock.release()

    def __enter__(self) -> "OpenVault":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _keep_access_log(self) -> None:
        """What was opened since the last time is signed for, whoever opened it; by somebody who wrote something."""
        if (
            not self._writer.written
            or self.read_only
            or self.writing
            or self.gate.shut
            or not self.practitioner
        ):
            return
        if access_log.to_keep(self.whole.raw):
            with self.write() as writing:
                writing.put(access_log.kept(writing.raw), "locked")

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
