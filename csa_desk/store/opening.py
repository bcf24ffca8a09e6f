"""Opening a vault: header, slot, lock, database, this computer's marker, in that order (design §4, §5)."""

import contextlib
import os
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa
from filelock import FileLock, Timeout
from sqlcipher3 import dbapi2

from csa_desk.errors import (
    DamagedVaultError,
    ForeignHeaderError,
    VaultError,
    VaultInUseError,
    WrongPassphraseError,
)
from csa_desk.records import vault as own
from csa_desk.records.dates import Clock
from csa_desk.records.ids import new_id
from csa_desk.store import files, founding, header, recovering, rotating, schema, slots, told
from csa_desk.store.engine import DAMAGED, make_engine, plain_words
from csa_desk.store.founding import Founder
from csa_desk.store.header import Header, Opened, VaultKind
from csa_desk.store.keys import KdfLimits, KdfParameters
from csa_desk.store.marker import Head, Marker
from csa_desk.store.migrate import migrate
from csa_desk.store.reading import Reading
from csa_desk.store.sheet import ReadSheet, read_sheet
from csa_desk.store.strength import refuse_weak
from csa_desk.store.tables import history
from csa_desk.store.vault import DATABASE, LOCK, Notice, OpenVault, database_key, same_place
from csa_desk.store.writing import Writer

BACKUPS = "backups"
WRONG = "That passphrase does not open this vault. Capital letters and spaces count."


@dataclass(frozen=True, slots=True)
class Unlocked:
    """The slow part is done: header read, slot opened. Not yet bound to a thread or a lock."""

    folder: Path
    header: Header
    opened: Opened
    from_copy: bool


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
        founder = founder or Founder()
        service = founder.service.name if founder.service is not None else ""
        refuse_weak(passphrase, (founder.name, service, folder.stem))
        with founding.fresh_folder(folder):
            made = founding.make_files(folder, passphrase, self.cost, kind, founder, sheet=sheet)
            unlocked = Unlocked(folder, made.header, made.opened, from_copy=False)
            with self.attach(unlocked) as vault, vault.write() as writing:
                for record in founding.first_records(self.clock.moment(), made):
                    writing.put(record, "created")
            header.write_header(folder, made.header, made.opened.data_keys[0])
        return made.sheet

    def unlock(self, folder: Path, passphrase: str) -> Unlocked:
        """The slow part of opening: read the header, derive, open a slot. May run on any thread."""
        found, from_copy = header.read_header(folder, self.limits)
        sheet = read_sheet(passphrase)
        opened = header.open_slot(found, sheet.secret or passphrase)
        if opened is None or not opened.own.practitioner:
            raise WrongPassphraseError(_why_not(sheet))
        return Unlocked(folder, found, opened, from_copy)

    def unlock_by_sheet(self, folder: Path, typed: str) -> Unlocked:
        """As :meth:`unlock`, by the words of a recovery sheet or its file alone; says what is wrong with them."""
        found, from_copy = header.read_header(folder, self.limits)
        return Unlocked(folder, found, recovering.open_with_sheet(found, typed), from_copy)

    def unlock_by_shares(self, folder: Path, typed: list[str]) -> Unlocked:
        """Open the service's slot by two shares (slow). :meth:`attach` gives a vault for ``ServiceEntry`` alone."""
        found, from_copy = header.read_header(folder, self.limits)
        return Unlocked(folder, found, recovering.open_with_shares(found, typed), from_copy)

    def open(self, folder: Path, passphrase: str) -> OpenVault:
        """Unlock and attach in one go."""
        return self.attach(self.unlock(folder, passphrase))

    def attach(self, unlocked: Unlocked, because: str = "") -> OpenVault:
        """The quick part: lock the vault, open its database, hold it against header and marker.

        ``because`` names why a new replica begins here whatever the marker says: ``restored``, ``salvaged``.
        """
        folder, made, opened = unlocked.folder, unlocked.header, unlocked.opened
        secret = database_key(folder, made, opened)
        locks, read_only = _take_lock(folder)
        connection = None
        try:
            with plain_words():
                migrate(folder / DATABASE, secret, folder / BACKUPS, read_only=read_only)
                engine = make_engine(folder / DATABASE, secret, read_only=read_only)
                connection = engine.connect()
                notices = _hold_against_header(connection, unlocked)
                if not read_only:
                    header.finish_writing(folder, made)
                    made, opened = rotating.tidy(folder, made, opened, secret)
                newer = _generation(connection) < made.generation
                marker = Marker(self.local_data, made.vault_id)
                replica = new_id()
                if not because:
                    replica, because, news = _choose_replica(
                        Reading(connection), folder, marker, locks, read_only=read_only
                    )
                    notices.extend(news)
                connection.rollback()
        except BaseException as fault:
            if connection is not None:
                connection.close()
            for lock in locks:
                lock.release()
            if isinstance(fault, (sa.exc.DBAPIError, dbapi2.Error)):
                raise DamagedVaultError(DAMAGED) from None
            raise
        if read_only:
            notices.append(
                Notice(
                    "read-only", "This vault is open for reading only, because its folder cannot be written."
                )
            )
        vault = OpenVault(
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
        if not opened.own.practitioner:
            return vault
        try:
            with plain_words():
                if not read_only:
                    with contextlib.suppress(
                        VaultError
                    ):  # a full disk keeps nobody out: it is done the next time
                        slots.enter_own_keys(vault)
                    # What other keys than one's own would sign, nobody could rely on.
                    vault.read_only = read_only = told.speaks_with_other_keys(vault)
                if not read_only:
                    with contextlib.suppress(VaultError):
                        slots.enter_own_way(vault)
                        slots.enter_public_halves(vault)
                if newer and not read_only:
                    with vault.write() as writing:
                        writing.accept_generation(made.generation)
                told.tell(vault)
        except BaseException:
            vault.close()
            raise
        return vault


def _choose_replica(
    reading: Reading, folder: Path, marker: Marker, locks: list[FileLock], *, read_only: bool
) -> tuple[str, str, list[Notice]]:
    """The replica id to write under, why it is new (empty where it is not), and what the user is told.

    A replica id goes on where it was last used, or where that folder was moved to, if the vault contains all it
    wrote. Everywhere else a new one begins: two files never grow under one id.
    """
    known = marker.in_use()
    if not known:
        if reading.count(own.Replica) == 0:
            return new_id(), "created", []
        return new_id(), "new-computer", [_NEW_COMPUTER]
    here = {replica: head for replica, head in known.items() if same_place(head.folder, folder)}
    moved = {
        replica: head
        for replica, head in known.items()
        if not here and not header.stands_in(Path(head.folder), marker.vault_id)
    }
    if not here and not moved:
        return new_id(), "copy", [_COPY]
    whole = [
        (replica, head) for replica, head in (here or moved).items() if _contains(reading, replica, head)
    ]
    if not whole:
        return new_id(), "older-file", [_OLDER]
    replica, head = whole[-1]
    news = [] if here else [_MOVED]
    if head.writing:
        return new_id(), "after-crash", news
    if not read_only and not _hold_replica(marker, replica, locks):
        return new_id(), "copy", [_COPY]
    return replica, "", news


_NEW_COMPUTER = Notice(
    "new-computer",
    "This computer has not written to this vault before, so what is written here carries a new "
    "mark. If you did not copy or move the vault, tell whoever looks after your data protection.",
)
_MOVED = Notice("moved", "This vault was moved since it was last used on this computer.")
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


def _why_not(sheet: ReadSheet) -> str:
    if sheet.wrong_place:
        return f"Word {sheet.wrong_place} on the recovery sheet was mistyped: it should be “{sheet.meant}”."
    if sheet.secret:
        return "The words are right, but this recovery sheet belongs to another vault."
    return WRONG


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


def _hold_replica(marker: Marker, replica: str, locks: list[FileLock]) -> bool:
    """Take this computer's lock on a replica id; False where another copy of the vault is open under it."""
    path = marker.lock_path(replica)
    lock = FileLock(path, timeout=0, mode=files.OWNER_ONLY_FILE)
    try:
        path.parent.mkdir(mode=files.OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
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
    if now is None or not isinstance(now[1], int) or now[1] < head.count:
        return False
    return reading.has_revision(bytes.fromhex(head.last))


def _generation(connection: sa.Connection) -> int:
    """The header generation the database last saw; 0 where it does not say."""
    wanted = sa.select(history.about.c.value).where(history.about.c.name == "generation")
    found = str(connection.execute(wanted).scalar())
    return int(found) if found.isdecimal() else 0


def _hold_against_header(connection: sa.Connection, unlocked: Unlocked) -> list[Notice]:
    """Raise where database and header disagree; tell what was noticed and can be gone on with."""
    notices: list[Notice] = []
    about = {row.name: row.value for row in connection.execute(sa.select(history.about)).all()}
    made = unlocked.header
    fits = about.get("vault_id") == made.vault_id and about.get("kind") == made.kind
    if not fits or _generation(connection) < 1:
        raise ForeignHeaderError(
            "The vault's header and its database do not belong together. Put both back from one backup."
        )
    if made.generation < _generation(connection):
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
