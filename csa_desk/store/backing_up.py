"""Making backups: whole copies of a vault in folders of their own, each read back before it counts (design §4, §14).

``backups/MOMENT/`` holds ``case.db`` under the same key, ``vault.json`` as it was that moment, and ``manifest.json``:
what the copy must be, sealed with a key made of the data key, nothing personal. While it is made the folder's name
ends in ``.new``; only a copy that was read back from the disk and found right is renamed, so what was cut off is never
taken for a backup and goes with the next one.
"""

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from csa_desk.errors import DamagedVaultError, VaultError
from csa_desk.store import header
from csa_desk.store.copying import NO_ROOM, CopyStoppedError, copy_database
from csa_desk.store.engine import DatabaseKey, connect, plain_words
from csa_desk.store.files import OWNER_ONLY_FILE, OWNER_ONLY_FOLDER, sync_folder, write_whole
from csa_desk.store.manifest import (
    BACKUPS,
    MANIFEST,
    NAME,
    Backup,
    Keep,
    Manifest,
    Watch,
    backups_in,
    digest_of,
    heads_of,
    is_name,
    kept,
    unwatched,
    write_manifest,
)
from csa_desk.store.proving import prove
from csa_desk.store.vault import DATABASE, OpenVault, database_key

_MAKING, _GOING = ".new", ".gone"


def is_current(vault: OpenVault, backup: Backup | None) -> bool:
    """Whether nothing was added to history since this backup. On the vault's own thread."""
    if backup is None or backup.manifest is None:
        return False
    manifest = backup.manifest
    with plain_words():
        return (manifest.generation, manifest.heads) == (vault.header.generation, heads_of(vault.whole.raw))


def make(
    vault: OpenVault,
    *,
    progress: Watch = unwatched,
    cancelled: Callable[[], bool] | None = None,
) -> Backup:
    """Copy the open vault into its own ``backups`` folder and prove the copy. For a thread beside the vault's own.

    The copying is the first half of the progress told, the reading back the second. Raises :class:`CopyStoppedError`,
    :class:`VaultError` (disk full or taken out), :class:`DamagedVaultError` where the copy is not what it must be,
    because the vault's own file is damaged. Then nothing of it is left.
    """
    if vault.read_only:
        raise VaultError(
            "No backup was made, because the vault's folder cannot be written. "
            "Move the vault to a disk that can, and open it there."
        )
    if not vault.long_work.acquire(blocking=False):
        raise VaultError("The vault is being copied already. Wait until that is done, and try again.")
    try:
        with plain_words():
            return _make(vault, _Stoppable(vault, progress, cancelled))
    finally:
        vault.long_work.release()


def _make(vault: OpenVault, watch: "_Stoppable") -> Backup:
    with _filling(vault.folder / BACKUPS, vault.clock.now()) as making:
        copied_header, secret = vault.header, database_key(vault.folder, vault.header, vault.opened)
        copy_database(
            vault, making / DATABASE, secret, progress=watch.first_half, cancelled=watch.is_cancelled
        )
        write_whole(making / header.NAME, header.as_file(copied_header))
        manifest = _describe(making, copied_header, secret, vault.clock.moment())
        _hold_against_live(vault, manifest)
        manifest = manifest.sealed(secret.key)
        write_manifest(making, manifest)
        found = prove(making, secret, watch.second_half)
        if found:
            raise DamagedVaultError(
                f"The backup was not kept, because it is not as it must be: {found[0]} "
                "Run vault check to see what is wrong with the vault."
            )
    return Backup(_named(making), manifest)


def _describe(folder: Path, made: header.Header, secret: DatabaseKey, moment: str) -> Manifest:
    raw = connect(folder / DATABASE, secret, read_only=True)
    try:
        heads = heads_of(raw)
        revisions = int(raw.execute("SELECT count(*) FROM revision").fetchone()[0])
    finally:
        raw.close()
    return Manifest(
        vault_id=made.vault_id,
        generation=made.generation,
        kind=str(made.kind),
        made=moment,
        heads=heads,
        revisions=revisions,
        files={name: digest_of(folder / name) for name in (DATABASE, header.NAME)},
    )


def _hold_against_live(vault: OpenVault, manifest: Manifest) -> None:
    """The copy may be a moment older than the vault, and is never of another one."""
    raw = vault.raw()
    try:
        for replica, (count, last) in manifest.heads.items():
            now = raw.execute("SELECT count FROM replica_head WHERE replica = ?", (replica,)).fetchone()
            known = raw.execute("SELECT 1 FROM revision WHERE id = ?", (bytes.fromhex(last),)).fetchone()
            if now is None or now[0] < count or (last and known is None):
                raise DamagedVaultError("The backup was not kept, because it is not a copy of this vault.")
    finally:
        raw.close()


def stoppable(vault: OpenVault, progress: Watch, cancelled: Callable[[], bool] | None) -> Watch:
    """Progress that stops a copy to the second folder when the vault closes or somebody asks."""
    return _Stoppable(vault, progress, cancelled).second_half


class _Stoppable:
    """Tells progress of two halves, and stops between two steps when the vault closes or somebody asks."""

    def __init__(self, vault: OpenVault, progress: Watch, cancelled: Callable[[], bool] | None) -> None:
        self._vault, self._progress, self._cancelled = vault, progress, cancelled

    def is_cancelled(self) -> bool:
        """Whether to stop."""
        return self._vault.stopping.is_set() or (self._cancelled is not None and self._cancelled())

    def first_half(self, done: int, total: int) -> None:
        """The copying goes on."""
        self._progress(done, 2 * total)

    def second_half(self, done: int, total: int) -> None:
        """The reading back goes on."""
        if self.is_cancelled():
            raise CopyStoppedError("The backup was stopped. Your vault is as it was.")
        self._progress(total + done, 2 * total)


# --- folders: filling, naming, taking away ---------------------------------------------------------------------


@contextlib.contextmanager
def _filling(place: Path, moment: datetime) -> Iterator[Path]:
    """A new folder for a backup; named for good at the end, gone on any failure."""
    try:
        place.mkdir(mode=OWNER_ONLY_FOLDER, exist_ok=True)
        sweep(place)
        making = _free(place, moment.astimezone(UTC).strftime(NAME))
        making.mkdir(mode=OWNER_ONLY_FOLDER)
        try:
            yield making
            sync_folder(making)
            making.replace(_named(making))
            sync_folder(place)
        except BaseException:
            shutil.rmtree(making, ignore_errors=True)
            raise
    except OSError:
        raise VaultError(NO_ROOM) from None


def _free(place: Path, name: str) -> Path:
    number = 1
    while True:
        full = name if number == 1 else f"{name}-{number}"
        if not (place / full).exists():
            return place / f"{full}{_MAKING}"
        number += 1


def _named(making: Path) -> Path:
    return making.with_name(making.name.removesuffix(_MAKING))


def sweep(place: Path) -> None:
    """Take away what a kill left half made or half removed."""
    for folder in list(place.iterdir()):
        bare = folder.name.removesuffix(_MAKING).removesuffix(_GOING)
        if bare != folder.name and is_name(bare):
            shutil.rmtree(folder, ignore_errors=True)


def rotate(just_proved: Backup, keep: Keep) -> int:
    """Remove what is too old beside a backup that was proved this moment, which stays. How many went.

    Backups of another vault are nobody's to remove here. What no longer has a manifest is left for ``vault check`` to
    name, and so is what cannot be removed.
    """
    place, own = just_proved.folder.parent, just_proved.manifest
    there = [
        backup
        for backup in backups_in(place)
        if backup.manifest is not None and own is not None and backup.manifest.vault_id == own.vault_id
    ]
    stays = {backup.folder for backup in kept(there, keep)} | {just_proved.folder}
    gone = 0
    for backup in there:
        if backup.folder in stays:
            continue
        with contextlib.suppress(OSError):
            going = backup.folder.with_name(f"{backup.folder.name}{_GOING}")
            backup.folder.replace(going)
            shutil.rmtree(going, ignore_errors=True)
            gone += 1
    return gone


# --- the second place ------------------------------------------------------------------------------------------


def second_place(chosen: Path, vault_id: str) -> Path:
    """Where the backups of this vault are within a folder chosen for them, such as a USB stick."""
    return chosen / f"csa-desk-backups-{vault_id[:8]}"


def copy_to(
    backup: Backup,
    place: Path,
    secret: DatabaseKey,
    *,
    progress: Watch = unwatched,
) -> Backup:
    """Copy a proved backup to a second place and prove it there. Whatever ``progress`` raises ends it, nothing left.

    Raises :class:`VaultError`, :class:`DamagedVaultError`.
    """
    moment = datetime.fromisoformat(backup.made)
    with _filling(place, moment) as making:
        for name in (DATABASE, header.NAME, MANIFEST):
            copy_file(backup.folder / name, making / name, progress)
        found = prove(making, secret, progress)
        if found:
            raise DamagedVaultError(
                f"The copy in the second folder is not as it must be: {found[0]} "
                "The backup in the vault's own folder is. Try another disk or stick."
            )
    return Backup(_named(making), backup.manifest)


def copy_file(source: Path, target: Path, progress: Watch = unwatched) -> None:
    """Copy a file and bring it safely to the disk. Raises ``OSError``."""
    total, done = source.stat().st_size, 0
    with source.open("rb") as reading, open(target, "xb", opener=_for_owner) as writing:
        while part := reading.read(1 << 20):
            writing.write(part)
            done += len(part)
            progress(done, total)
        writing.flush()
        os.fsync(writing.fileno())


def _for_owner(path: str, flags: int) -> int:
    return os.open(path, flags, OWNER_ONLY_FILE)
