"""Restoring a backup: beside the old vault, never over it (design §4, §5).

The backup is read and proved first. What is made is a vault of its own with a new replica id, so that what is written
in it and in the old one can be brought together later. A removal that was decided after the backup was made is carried
out again: what was struck or erased does not come back.
"""

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from csa_desk.errors import (
    DamagedVaultError,
    DeskError,
    InputError,
    NotAVaultError,
    WrongPassphraseError,
)
from csa_desk.store import backing_up, files, header, manifest, proving, removing
from csa_desk.store import beside as beside_it
from csa_desk.store.engine import DatabaseKey, make_engine, plain_words
from csa_desk.store.manifest import BACKUPS, Watch, unwatched, when
from csa_desk.store.opening import Opener, Unlocked
from csa_desk.store.reading import Reading
from csa_desk.store.vault import DATABASE, LOCK, database_key


@dataclass(frozen=True, slots=True)
class Restored:
    """What was made. ``removals``: how many strikes and erasures were carried out again."""

    folder: Path
    made: str
    removals: int
    notes: tuple[str, ...] = field(default=())


def restore(
    opener: Opener,
    backup: Path,
    target: Path,
    secret: str,
    *,
    beside: Iterable[Path] = (),
    watch: Watch = unwatched,
) -> Restored:
    """Make a new vault in ``target`` from a backup (slow; any thread). ``beside``: folders where newer ones may stand.

    Raises :class:`InputError` (no backup there, target not empty), :class:`WrongPassphraseError` (it opens by the
    passphrase of its time), :class:`DamagedVaultError`, :class:`VaultError`; then nothing of it is left.
    """
    backup = backup.expanduser()
    refuse_source(backup)
    beside_it.refuse_target(target, backup)
    unlocked = unlock(opener, backup, secret)
    key = database_key(backup, unlocked.header, unlocked.opened)
    faults = proving.prove(backup, key, watch)
    if faults:
        raise DamagedVaultError(
            f"This backup is damaged, so nothing was restored. {faults[0]} Take another backup, or run "
            "vault restore with --salvage to save what can be read of it."
        )
    made = manifest.read_manifest(backup)
    moment = made.made if made is not None else ""
    with beside_it.filling(target):
        backing_up.copy_file(backup / DATABASE, target / DATABASE, watch)
        files.write_whole(target / LOCK, b"")
        at_home = Unlocked(target, unlocked.header, unlocked.opened, from_copy=False)
        with opener.attach(at_home, because="restored") as vault:
            with vault.write() as writing:
                writing.log_access("restored", "vault")
            removals = 0
            for newer in _newer(opener, backup, moment, secret, beside, vault.vault_id):
                removals += removing.reapply(vault, newer)
        beside_it.write_header(target, unlocked.header)
    return Restored(target, moment, removals, tuple(_notes(moment)))


def _notes(moment: str) -> Iterator[str]:
    yield f"The new vault holds everything as it was on {when(moment)}; what was written later is not in it."
    yield "It opens with the passphrases of that day. Practitioners who have left since can be removed again."


# --- what may be restored, and where to ------------------------------------------------------------------------


def refuse_source(backup: Path) -> None:
    """Raise :class:`InputError` where the folder named is no backup, and name the one that is meant."""
    if (backup / header.NAME).is_file() and (backup / DATABASE).is_file() and not (backup / BACKUPS).is_dir():
        return
    if (backup / DATABASE).is_file() and (backup / manifest.MANIFEST).is_file():
        return
    for place in (backup / BACKUPS, backup, *sorted(backup.glob("csa-desk-backups-*"))):
        found = manifest.backups_in(place)
        if found:
            raise InputError(
                f"Name one backup: a folder of {place.name}. The latest is {found[0].folder}, "
                f"of {when(found[0].made)}."
            )
    raise InputError(
        "There is no backup in that folder. A backup is a folder named after a day and a time, inside the folder "
        "“backups” of the vault or on the stick you chose."
    )


def unlock(opener: Opener, backup: Path, secret: str) -> Unlocked:
    """Open a backup's header. Raises :class:`WrongPassphraseError` that says which passphrase is meant."""
    try:
        return opener.unlock(backup, secret)
    except WrongPassphraseError as fault:
        made = manifest.read_manifest(backup)
        told = f" It was made on {when(made.made)}." if made is not None else ""
        if str(fault).startswith("That passphrase"):
            raise WrongPassphraseError(
                "That passphrase does not open this backup. A backup opens with the passphrase you had when it was "
                f"made, also if you changed it since.{told}"
            ) from None
        raise
    except NotAVaultError:
        raise
    except DamagedVaultError:
        raise DamagedVaultError(
            "The header of this backup (vault.json) is damaged, so it cannot be opened. Take another backup."
        ) from None


# --- what was decided later ------------------------------------------------------------------------------------


def _newer(
    opener: Opener, backup: Path, moment: str, secret: str, beside: Iterable[Path], vault_id: str
) -> Iterator[Reading]:
    """Each vault and newer backup that stands near and that the same secret opens, to read from."""
    near = [backup.parent.parent] if backup.parent.name == BACKUPS else []
    vaults = {place.resolve() for place in (*near, *beside) if header.stands_in(place, vault_id)}
    places = {backup.parent, *(place / BACKUPS for place in vaults)}
    backups = {
        found.folder.resolve()
        for place in places
        for found in manifest.backups_in(place)
        if found.made > moment and found.manifest is not None and found.manifest.vault_id == vault_id
    }
    for folder in sorted(vaults | backups):
        with contextlib.suppress(DeskError, OSError):
            found = opener.unlock(folder, secret)
            with _looking(folder, database_key(folder, found.header, found.opened)) as reading:
                yield reading


@contextlib.contextmanager
def _looking(folder: Path, key: DatabaseKey) -> Iterator[Reading]:
    """Read a vault without opening it for work: it may be open in another window."""
    with plain_words():
        engine = make_engine(folder / DATABASE, key, read_only=True)
        with engine.connect() as connection:
            yield Reading(connection)
