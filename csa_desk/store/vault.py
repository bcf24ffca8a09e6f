"""Creating and opening vaults, and the open vault: the one way to read and write records."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from filelock import FileLock, Timeout

from csa_desk.errors import (
    DamagedVaultError,
    DeskError,
    ForeignHeaderError,
    VaultError,
    VaultInUseError,
    WrongPassphraseError,
)
from csa_desk.records import vault as own
from csa_desk.records.dates import Clock
from csa_desk.records.ids import case_code, new_id
from csa_desk.store import drafts, files, header, keys, schema
from csa_desk.store.engine import DAMAGED, FULL_OR_LOCKED, DatabaseKey, connect, make_engine, plain_words
from csa_desk.store.header import Header, Opened, VaultKind
from csa_desk.store.keys import KdfLimits, KdfParameters, PrivateKeys
from csa_desk.store.marker import Head, Marker
from csa_desk.store.migrate import migrate
from csa_desk.store.reading import Reading
from csa_desk.store.search import Finder
from csa_desk.store.sheet import new_sheet, read_sheet
from csa_desk.store.tables import history
from csa_desk.store.writing import Writer, Writing

DATABASE = "case.db"
LOCK = "lock"
BACKUPS = "backups"
SHORTEST_PASSPHRASE = 8

WRONG = "That passphrase does not open this vault. Capital letters and spaces count."


@dataclass(frozen=True, slots=True)
class Notice:
    """Something noticed while opening that the user is told: a code for programs, a sentence for people."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Founder:
    """Who creates a vault, and for which service."""

    name: str = ""
    profession: str = own.Profession.CH_ISVA
    service: own.OwnService | None = None


@dataclass(frozen=True, slots=True)
class Unlocked:
    """The slow part is done: header read, slot opened. Not yet bound to a thread or a lock."""

    folder: Path
    header: Header
    opened: Opened
    from_copy: bool


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
        return _database_key(self.folder, self.header, self.opened)

    def remember_heads(self) -> None:
        """Write this computer's marker: done at lock, close and backup."""
        last = self.read.last_of(self.replica)
        self._connection.rollback()
        if last is not None:
            self._marker.set(self.replica, Head(last[0].hex(), last[1], str(self.folder.resolve())))

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
        known = self._marker.heads.get(self.replica)
        base = known if known is not None else Head("", 0, "")
        self._marker.set(
            self.replica, replace(base, folder=str(self.folder.resolve()), writing=True, left="")
        )
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


@dataclass(frozen=True, slots=True)
class Opener:
    """How vaults are made and opened. Tests pass cheap costs and a folder of their own; nothing else can."""

    local_data: Path
    cost: KdfParameters = KdfParameters()
    limits: KdfLimits = KdfLimits()
    clock: Clock = field(default_factory=Clock)

    def create(
        self,
        folder: Path,
        passphrase: str,
        *,
        kind: VaultKind = VaultKind.LIVE,
        founder: Founder | None = None,
        sheet: bool = True,
    ) -> str:
        """Make a vault; returns the words of its recovery sheet (empty without one). Nothing is left on failure."""
        if len(passphrase) < SHORTEST_PASSPHRASE:
            raise VaultError(
                f"The passphrase is too short. Use at least {SHORTEST_PASSPHRASE} characters; "
                "four or five unrelated words are easy to remember and hard to guess."
            )
        existed = folder.exists()
        if existed and (not folder.is_dir() or any(folder.iterdir())):
            raise VaultError("There is already something at that place. Choose a new, empty folder.")
        try:
            folder.mkdir(mode=files.OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
            return self._fill(folder, passphrase, kind, founder or Founder(), sheet=sheet)
        except OSError:
            raise VaultError(FULL_OR_LOCKED) from None
        except BaseException:
            _clear(folder, keep=existed)
            raise

    def _fill(self, folder: Path, passphrase: str, kind: VaultKind, founder: Founder, *, sheet: bool) -> str:
        secret = DatabaseKey(keys.new_data_key(), os.urandom(keys.SALT_BYTES))
        practitioner = new_id()
        private = PrivateKeys.new(practitioner)
        made = header.new_header(kind, self.cost, secret.salt)
        made = header.with_slot(made, "passphrase", passphrase, (secret.key,), private)
        words = new_sheet() if sheet else ""
        if words:
            made = header.with_slot(made, "sheet", words, (secret.key,), private)
        _make_database(folder / DATABASE, secret, made)
        files.write_whole(folder / LOCK, b"")
        made = header.write_header(folder, made, secret.key)
        unlocked = Unlocked(folder, made, Opened("A", (secret.key,), private), from_copy=False)
        with self.attach(unlocked) as vault, vault.write() as writing:
            for record in _first_records(self.clock, practitioner, private, made, founder):
                writing.put(record, "created")
        return words

    def unlock(self, folder: Path, passphrase: str) -> Unlocked:
        """The slow part of opening: read the header, derive, open a slot. May run on any thread."""
        found, from_copy = header.read_header(folder, self.limits)
        opened = header.open_slot(found, passphrase)
        if opened is None:
            raise WrongPassphraseError(_why_not(passphrase))
        return Unlocked(folder, found, opened, from_copy)

    def open(self, folder: Path, passphrase: str) -> OpenVault:
        """Unlock and attach in one go."""
        return self.attach(self.unlock(folder, passphrase))

    def attach(self, unlocked: Unlocked) -> OpenVault:
        """The quick part: lock the vault, open its database, hold it against header and marker."""
        folder, made, opened = unlocked.folder, unlocked.header, unlocked.opened
        secret = _database_key(folder, made, opened)
        locks, read_only = _take_lock(folder)
        connection = None
        engine = None
        try:
            if not read_only:
                migrate(folder / DATABASE, secret, folder / BACKUPS)
            engine = make_engine(folder / DATABASE, secret, read_only=read_only)
            connection = engine.connect()
            notices = _hold_against_header(connection, unlocked)
            marker = Marker(self.local_data, made.vault_id)
            replica, because = self._choose_replica(connection, folder, marker, locks, notices)
            connection.rollback()
        except BaseException as fault:
            if connection is not None:
                connection.close()
            for lock in locks:
                lock.release()
            if isinstance(fault, sa.exc.DBAPIError):
                raise DamagedVaultError(DAMAGED) from None
            raise
        if read_only:
            notices.append(
                Notice(
                    "read-only", "This vault is open for reading only, because its folder cannot be written."
                )
            )
        return OpenVault(
            folder=folder,
            header=made,
            opened=opened,
            clock=self.clock,
            notices=notices,
            read_only=read_only,
            replica=replica,
            _engine=engine,
            _connection=connection,
            _writer=Writer(opened.own.practitioner, replica, opened.own.signer.loaded()),
            _marker=marker,
            _locks=locks,
            _new_replica_because=because,
        )

    def _choose_replica(
        self,
        connection: sa.Connection,
        folder: Path,
        marker: Marker,
        locks: list[FileLock],
        notices: list[Notice],
    ) -> tuple[str, str]:
        """The replica id to write under, and, for a new one, why it is new."""
        reading = Reading(connection)
        known = marker.current()
        if known is None:
            if reading.count(own.Replica) == 0:
                return new_id(), "created"
            notices.append(
                Notice(
                    "new-computer",
                    "This computer has not written to this vault before, so what is written here carries a new "
                    "mark. If you did not copy or move the vault, tell whoever looks after your data protection.",
                )
            )
            return new_id(), "new-computer"
        replica, head = known
        same_place = head.folder == str(folder.resolve())
        if not _hold_marker_lock(marker, locks):
            notices.append(_COPY)
            return new_id(), "copy"
        if not _contains(reading, replica, head):
            notices.append(_OLDER)
            _leave(marker, replica, head, "older-file")
            return new_id(), "older-file"
        if head.writing and not same_place:
            notices.append(_COPY)
            _leave(marker, replica, head, "copy")
            return new_id(), "copy"
        if not same_place:
            notices.append(Notice("moved", "This vault was moved since it was last used on this computer."))
        return replica, ""


_OLDER = Notice(
    "older-file",
    "This vault is older than when it was last used on this computer: it was restored from a backup or an old copy, "
    "or somebody put an old file back. What was written since then is not in it.",
)
_COPY = Notice(
    "copy",
    "This is a second copy of a vault that is also used on this computer. What you write here is kept apart, "
    "and the two can be brought together later.",
)


def _why_not(typed: str) -> str:
    sheet = read_sheet(typed)
    if sheet.wrong_place:
        return f"Word {sheet.wrong_place} on the recovery sheet was mistyped: it should be “{sheet.meant}”."
    if sheet.secret:
        return "The words are right, but this recovery sheet belongs to another vault."
    return WRONG


def _clear(folder: Path, *, keep: bool) -> None:
    for name in (DATABASE, f"{DATABASE}-journal", LOCK, header.NAME, header.BACKUP_NAME):
        (folder / name).unlink(missing_ok=True)
    if not keep:
        shutil.rmtree(folder, ignore_errors=True)


def _make_database(path: Path, secret: DatabaseKey, made: Header) -> None:
    raw = connect(path, secret)
    try:
        path.chmod(files.OWNER_ONLY_FILE)
        raw.execute("BEGIN IMMEDIATE")
        schema.create(raw)
        raw.executemany(
            "INSERT INTO about(name, value) VALUES (?, ?)",
            [("vault_id", made.vault_id), ("generation", str(made.generation)), ("kind", str(made.kind))],
        )
        raw.execute("COMMIT")
    finally:
        raw.close()


def _first_records(
    clock: Clock, practitioner: str, private: PrivateKeys, made: Header, founder: Founder
) -> list[Any]:
    now = clock.moment()
    records: list[Any] = [
        own.Practitioner(
            id=practitioner, name=founder.name, profession=founder.profession, administrator=True
        ),
        own.PractitionerKey(
            id=new_id(),
            practitioner=practitioner,
            sign_key=private.signer.public_hex,
            recipient=private.identity.recipient,
            since=now,
        ),
        founder.service or own.OwnService(id=new_id()),
    ]
    records.extend(
        own.Slot(id=new_id(), letter=letter, practitioner=practitioner, opened_by=slot.opened_by)
        for letter, slot in made.slots.items()
    )
    return records


def _database_key(folder: Path, made: Header, opened: Opened) -> DatabaseKey:
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
        raise VaultError(
            "You are not allowed to read this vault's files. Ask whoever looks after this computer for access."
        ) from None
    for known, key in zip(made.databases, opened.data_keys, strict=True):
        if known == salt:
            return DatabaseKey(key, salt)
    raise ForeignHeaderError(
        "The vault's header and its database do not belong together: one of them was replaced or its beginning is "
        "damaged. Put both back from one backup."
    )


def _take_lock(folder: Path) -> tuple[list[FileLock], bool]:
    """The vault's lock, and whether the folder can only be read."""
    lock = FileLock(folder / LOCK, timeout=0, mode=files.OWNER_ONLY_FILE)
    try:
        if not os.access(folder, os.W_OK) or not os.access(folder / DATABASE, os.W_OK):
            return [], True
        lock.acquire()
    except Timeout:
        raise VaultInUseError(
            "This vault is already open in another window or program. Close it there first."
        ) from None
    except OSError:
        return [], True
    return [lock], False


def _hold_marker_lock(marker: Marker, locks: list[FileLock]) -> bool:
    """Take this computer's lock on the vault's marker; False where a copy of the vault is open and has it."""
    lock = FileLock(marker.lock_path, timeout=0, mode=files.OWNER_ONLY_FILE)
    try:
        marker.lock_path.parent.mkdir(mode=files.OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        return False
    except OSError:
        return True
    locks.append(lock)
    return True


def _contains(reading: Reading, replica: str, head: Head) -> bool:
    if not head.last:
        return True
    now = reading.last_of(replica)
    return now is not None and now[1] >= head.count and reading.has_revision(bytes.fromhex(head.last))


def _leave(marker: Marker, replica: str, head: Head, why: str) -> None:
    with contextlib.suppress(OSError):
        marker.set(replica, replace(head, left=why, writing=False))


def _hold_against_header(connection: sa.Connection, unlocked: Unlocked) -> list[Notice]:
    """Raise where database and header disagree; tell what was noticed and can be gone on with."""
    notices: list[Notice] = []
    about = {row.name: row.value for row in connection.execute(sa.select(history.about)).all()}
    made = unlocked.header
    if about.get("vault_id") != made.vault_id or about.get("kind") != made.kind:
        raise ForeignHeaderError(
            "The vault's header and its database do not belong together. Put both back from one backup."
        )
    generation = int(about.get("generation", "0"))
    if made.generation < generation:
        raise ForeignHeaderError(
            "The vault's header (vault.json) is older than its database: an old copy was put back. "
            "Use the latest header, or restore header and database from one backup."
        )
    if unlocked.from_copy:
        notices.append(
            Notice("header-copy", "The vault's header was damaged and its copy was used. Make a backup now.")
        )
    raw = connection.connection.dbapi_connection
    if not schema.triggers_stand(raw):
        notices.append(
            Notice(
                "guard-removed",
                "The guard that keeps history from being changed was removed from this vault outside CSA Desk. "
                "Run vault check, and tell whoever looks after your data protection.",
            )
        )
    return notices
