"""Saving what can be read of a damaged vault into a new one (design §4, §5).

The damaged files are copied and never written to. History is taken page by page, so that a bad page costs only what
stood on it; each revision is kept if its own hash is right, each value if it fits its commitment. Gaps are filled from
backups that the same secret opens. Then the tables and the search index are made anew from what was kept.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlcipher3 import dbapi2

from csa_desk.errors import DamagedVaultError, DeskError, ForeignHeaderError, NotAVaultError
from csa_desk.store import backing_up, files, header, removing
from csa_desk.store.beside import SCRATCH, filling, refuse_target, write_header
from csa_desk.store.check import Finding, check
from csa_desk.store.engine import DatabaseKey, connect
from csa_desk.store.gathering import Gathering
from csa_desk.store.header import Header, Opened
from csa_desk.store.manifest import BACKUPS, Watch, backups_in, unwatched, when
from csa_desk.store.marker import Marker
from csa_desk.store.opening import Opener, Unlocked
from csa_desk.store.pages import PAGE, Pages
from csa_desk.store.vault import DATABASE, LOCK, database_key


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was saved, and what is missing: by kind of record, how many changes were lost or are not whole.

    ``missing`` has the kind ``""`` for changes of which not even the kind is known.
    """

    folder: Path
    revisions: int
    records: int
    pages: int
    damaged_pages: int
    missing: dict[str, int]
    from_backups: int
    notes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = field(default=())


def salvage(opener: Opener, source: Path, target: Path, secret: str, *, watch: Watch = unwatched) -> Salvaged:
    """Read a damaged vault, or a damaged backup, into a new vault (slow; any thread).

    Raises :class:`InputError` where the target is taken, :class:`WrongPassphraseError`, :class:`DamagedVaultError`
    where nothing at all can be read; then nothing is left of it.
    """
    source = source.expanduser()
    refuse_target(target, source)
    found = _find_header(opener, source, secret)
    if not (source / DATABASE).is_file():
        raise DamagedVaultError(
            "The vault's database (case.db) is missing, so there is nothing to salvage. Restore the latest backup."
        )
    with filling(target):
        key = _copy_to_scratch(source, target, found)
        pages = Pages((target / SCRATCH).read_bytes(), key)
        work = Gathering(target, key, pages, Marker(opener.local_data, found.header.vault_id), watch)
        try:
            work.run(found.header, _other_databases(opener, source, secret, found.header.vault_id))
        finally:
            work.close()
        _drop_scratch(target)
        files.write_whole(target / LOCK, b"")
        made = header.sealed(_alone(found.header, key), key.key)
        write_header(target, made)
        opened = Opened(found.opened.letter, (key.key,), found.opened.own)
        with opener.attach(Unlocked(target, made, opened, from_copy=False), because="salvaged") as vault:
            with vault.write() as writing:
                writing.log_access("salvaged", "vault")
            removing.reapply(vault)
            report = check(vault)
    return Salvaged(
        folder=target,
        revisions=report.revisions,
        records=report.records,
        pages=pages.count,
        damaged_pages=work.damaged,
        missing=work.missing,
        from_backups=work.filled,
        notes=found.notes,
        findings=report.findings,
    )


# --- the way in ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Found:
    header: Header
    opened: Opened
    notes: tuple[str, ...] = ()


def _find_header(opener: Opener, source: Path, secret: str) -> _Found:
    """The vault's own header or its copy; where both are lost, that of a backup, which opens the same database."""
    try:
        found = opener.unlock(source, secret)
    except (DamagedVaultError, ForeignHeaderError, NotAVaultError) as fault:
        for backup in backups_in(source / BACKUPS):
            with contextlib.suppress(DamagedVaultError, ForeignHeaderError, NotAVaultError):
                older = opener.unlock(backup.folder, secret)
                told = f"The vault's header was lost; the one of the backup of {when(backup.made)} was used."
                return _Found(older.header, older.opened, (told,))
        raise fault from None
    return _Found(found.header, found.opened)


def _alone(made: Header, key: DatabaseKey) -> Header:
    """The header for the one database that was salvaged."""
    if len(made.databases) == 1:
        return made
    return replace(made, databases=(key.salt,), slots=header.resealed(made.slots, (key.key,)))


def _copy_to_scratch(source: Path, target: Path, found: _Found) -> DatabaseKey:
    """Copy the damaged database beside the new one, let a journal that stands there be played back, find its key."""
    scratch = target / SCRATCH
    backing_up.copy_file(source / DATABASE, scratch)
    beginning = scratch.read_bytes()[: PAGE * _PAGES_TRIED]
    known = [
        DatabaseKey(key, salt)
        for salt, key in zip(found.header.databases, found.opened.data_keys, strict=True)
    ]
    journal = source / f"{DATABASE}-journal"
    if journal.is_file() and journal.stat().st_size:
        backing_up.copy_file(journal, target / f"{SCRATCH}-journal")
        for key in known:
            with contextlib.suppress(DeskError, dbapi2.DatabaseError):
                connect(scratch, key).close()
    return max(known, key=lambda key: _whole_pages(Pages(beginning, key)))


_PAGES_TRIED = 64


def _whole_pages(pages: Pages) -> int:
    seal_key = pages.seal_key()
    return sum(pages.plain(number, seal_key) is not None for number in range(1, pages.count + 1))


def _drop_scratch(target: Path) -> None:
    for name in (SCRATCH, f"{SCRATCH}-journal"):
        (target / name).unlink(missing_ok=True)


def _other_databases(
    opener: Opener, source: Path, secret: str, vault_id: str
) -> Iterator[tuple[Path, DatabaseKey]]:
    """Backups of this vault that the secret opens, newest first."""
    for backup in backups_in(source / BACKUPS):
        if backup.manifest is None or backup.manifest.vault_id != vault_id:
            continue
        with contextlib.suppress(DeskError, OSError):
            found = opener.unlock(backup.folder, secret)
            yield backup.folder / DATABASE, database_key(backup.folder, found.header, found.opened)
