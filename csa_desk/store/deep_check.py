"""``vault check --deep``: every backup is read again, and every sealed value one holds is opened (design §11)."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from csa_desk.errors import DeskError
from csa_desk.store import backing_up, header, manifest, proving, sealing, second_folder
from csa_desk.store.check import Finding
from csa_desk.store.engine import DatabaseKey
from csa_desk.store.keys import KdfLimits
from csa_desk.store.manifest import BACKUPS, Backup, Watch, unwatched, when
from csa_desk.store.vault import DATABASE, OpenVault, database_key


@dataclass(frozen=True, slots=True)
class Deep:
    """How many backups were proved again, what is wrong, and what could not be looked at and is not wrong."""

    proved: int
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]


def check_deep(
    vault: OpenVault, *, secret: str = "", limits: KdfLimits | None = None, watch: Watch = unwatched
) -> Deep:
    """Open every sealed value held, and prove each backup. On the vault's own thread."""
    found = check_backups(vault, secret=secret, limits=limits, watch=watch)
    return replace(found, findings=(*sealing.verify_held(vault), *found.findings))


def check_backups(
    vault: OpenVault, *, secret: str = "", limits: KdfLimits | None = None, watch: Watch = unwatched
) -> Deep:
    """Prove each backup in the vault's own folder and in the second one. On any thread.

    With the passphrase (``secret``) backups made under an earlier key can be proved too, if it opened them then.
    """
    proved = 0
    findings: list[Finding] = []
    notes: list[str] = []
    for place in _places(vault, notes):
        for backup in manifest.backups_in(place):
            key = _key_of(vault, backup, secret, limits)
            try:
                here = (backup.folder / DATABASE).is_file()
            except OSError:
                notes.append(
                    f"The backup in the folder {backup.folder.name} could not be looked at: you are not allowed to "
                    "read it. Ask whoever looks after this computer for access."
                )
                continue
            if key is None and backup.manifest is not None and backup.manifest.vault_id != vault.vault_id:
                notes.append(
                    f"The folder {backup.folder.name} among the backups is of another vault, so it was not looked at. "
                    "Move it to where it belongs."
                )
                continue
            if key is None and backup.manifest is not None and here:
                notes.append(
                    f"The backup of {when(backup.made)} was made under an earlier key. It opens with the passphrase "
                    "of that time, and was not proved now."
                )
                continue
            faults = proving.prove(backup.folder, key or DatabaseKey(b"", b""), watch)
            if faults:
                findings.append(
                    Finding(
                        "backup",
                        f"The backup of {when(backup.made)} is damaged. {faults[0]} Make a new backup; you can "
                        f"delete the damaged one, the folder {backup.folder.name}.",
                    )
                )
            else:
                proved += 1
    return Deep(proved, tuple(findings), tuple(notes))


def _places(vault: OpenVault, notes: list[str]) -> Iterator[Path]:
    yield vault.folder / BACKUPS
    chosen = second_folder.read(vault)
    if chosen.folder:
        place = backing_up.second_place(Path(chosen.folder), vault.vault_id)
        if place.is_dir():
            yield place
        else:
            notes.append("The second folder for backups is not there just now, so it was not looked at.")


def _key_of(vault: OpenVault, backup: Backup, secret: str, limits: KdfLimits | None) -> DatabaseKey | None:
    """The key of a backup, where the open vault has it or the passphrase gives it."""
    with contextlib.suppress(OSError):
        with (backup.folder / DATABASE).open("rb") as handle:
            salt = handle.read(len(vault.header.salt))
        for known, key in zip(vault.header.databases, vault.opened.data_keys, strict=True):
            sealed = backup.manifest is not None and backup.manifest.is_sealed_by(key)
            if known == salt or sealed:
                return DatabaseKey(key, known)
    if secret and limits is not None:
        with contextlib.suppress(DeskError, OSError):
            made, _ = header.read_header(backup.folder, limits)
            opened = header.open_slot(made, secret)
            if opened is not None:
                return database_key(backup.folder, made, opened)
    return None
