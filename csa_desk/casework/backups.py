"""Backups as a practitioner meets them: how it stands, making one, a second folder, restoring one beside the vault."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from csa_desk.casework.desk import Desk
from csa_desk.casework.rights import Right, needs
from csa_desk.content.models import Unit
from csa_desk.errors import DeskError, InputError
from csa_desk.records.vault import Replica
from csa_desk.store import backing_up, manifest, places, restoring, second_folder
from csa_desk.store.beside import refuse_target
from csa_desk.store.copying import CopyStoppedError
from csa_desk.store.manifest import BACKUPS, Backup, Keep, Watch, unwatched
from csa_desk.store.opening import Opener
from csa_desk.store.restoring import Restored
from csa_desk.store.second_folder import Chosen
from csa_desk.store.vault import OpenVault, database_key

Stopped = Callable[[], bool]

NOT_THERE = "The second folder is not there just now, so nothing was copied to it. Put the stick in and back up again."
SAME_DISK = (
    "This folder is on the same disk as the vault. If that disk breaks or is stolen, both are gone. "
    "A stick, or another disk, is safer."
)


@dataclass(frozen=True, slots=True)
class Shown:
    """One backup as it is listed. ``made`` is an ISO moment, ``when`` the same in words."""

    folder: Path
    made: str
    when: str
    where: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands. Moments are ISO text, empty where there was none.

    ``current``: nothing was added since the last one. ``second``: the folder chosen on this computer, or empty.
    """

    latest: str
    current: bool
    backups: tuple[Shown, ...]
    second: str
    second_there: bool
    second_latest: str

    @property
    def latest_words(self) -> str:
        """When the last proved backup was made, in words."""
        return manifest.when(self.latest) if self.latest else "none yet"


@dataclass(frozen=True, slots=True)
class Made:
    """What a backup run did. ``second``: ``none``, ``copied``, ``missing`` or ``failed``, and its sentence."""

    made: str
    removed: int
    second: str = "none"
    sentence: str = ""
    second_proved: str = ""


@needs(Right.LOOK_UP)
def standing(desk: Desk) -> Standing:
    """How backups stand, on this computer, now."""
    vault = desk.vault
    there = _ours(vault, vault.folder / BACKUPS)
    chosen = second_folder.read(vault)
    second = _second_place(vault, chosen)
    copies = _ours(vault, second) if second else []
    latest = there[0] if there else None
    known = {backup.made for backup in there}
    return Standing(
        latest=max((backup.made for backup in (*there, *copies)), default=""),
        current=backing_up.is_current(vault, latest),
        backups=tuple(
            sorted(
                [
                    *(_shown(backup, "in the vault’s folder") for backup in there),
                    *(
                        _shown(backup, "in the second folder")
                        for backup in copies
                        if backup.made not in known
                    ),
                ],
                key=_made,
                reverse=True,
            )
        ),
        second=chosen.folder,
        second_there=bool(chosen.folder) and Path(chosen.folder).is_dir(),
        second_latest=copies[0].made if copies else chosen.proved,
    )


def _made(shown: Shown) -> str:
    return shown.made


def _is_ours(vault: OpenVault, backup: Backup) -> bool:
    return backup.manifest is not None and backup.manifest.vault_id == vault.vault_id


def _shown(backup: Backup, where: str) -> Shown:
    return Shown(backup.folder, backup.made, manifest.when(backup.made), where)


def _second_place(vault: OpenVault, chosen: Chosen) -> Path | None:
    return backing_up.second_place(Path(chosen.folder), vault.vault_id) if chosen.folder else None


@needs(Right.LOOK_UP)
def is_due(desk: Desk) -> bool:
    """Whether something was added to history since the last backup, and one can be made here."""
    folder = desk.vault.folder
    if desk.vault.read_only or not os.access(folder, os.W_OK) or not desk.may(Right.BACK_UP):
        return False
    there = _ours(desk.vault, desk.vault.folder / BACKUPS)
    return not backing_up.is_current(desk.vault, there[0] if there else None)


@needs(Right.LOOK_UP)
def is_due_by_time(desk: Desk) -> bool:
    """Whether the last backup is a day old, in a program that runs on."""
    hours = desk.packs.settings.value("backup-every", Unit.HOURS)
    return _older_than(desk, hours) and is_due(desk)


def _older_than(desk: Desk, hours: int) -> bool:
    # A backup made while the computer's clock ran ahead says nothing of how old the others are.
    ages = (_hours_since(desk, item.made) for item in _ours(desk.vault, desk.vault.folder / BACKUPS))
    return min((age for age in ages if age >= 0), default=hours) >= hours


def _hours_since(desk: Desk, moment: str) -> float:
    return (desk.clock.now() - datetime.fromisoformat(moment)).total_seconds() / 3600


def _ours(vault: OpenVault, place: Path) -> list[Backup]:
    return [backup for backup in manifest.backups_in(place) if _is_ours(vault, backup)]


@needs(Right.LOOK_UP)
def overdue(desk: Desk) -> list[tuple[str, str]]:
    """What Today says of backups: a title and a sentence for each; nothing while all is well.

    A vault without a backup is not overdue on its first day: closing it makes one.
    """
    now = standing(desk)
    found = []
    limit = desk.days("backup-stale")
    latest = max((one.made for one in now.backups if _hours_since(desk, one.made) >= 0), default="")
    age = desk.days_since(latest[:10] or _begun(desk))
    if age is not None and age > limit and not now.current:
        said = f"The last proved one is of {manifest.when(latest)}." if latest else "No backup was ever made."
        found.append(("It is time for a backup", f"{said} Make one now."))
    if now.second and not now.second_there:
        away = desk.days_since(now.second_latest[:10]) if now.second_latest else None
        if away is None or away > desk.days("backup-second-stale"):
            said = (
                f"Last there on {manifest.when(now.second_latest)}."
                if now.second_latest
                else "Never written yet."
            )
            found.append(
                ("The second folder for backups is missing", f"{said} Put the stick in and make a backup.")
            )
    return found


def _begun(desk: Desk) -> str:
    """The day the vault was begun."""
    replicas = desk.vault.whole.find(Replica, removed=True)
    return replicas[0].since[:10] if replicas else desk.today


# --- making one ------------------------------------------------------------------------------------------------


class BackingUp:
    """One backup: built on the vault's own thread, called on another, then given to :func:`note_backup`."""

    def __init__(self, vault: OpenVault, keep: Keep, chosen: Chosen) -> None:
        self._vault, self._keep, self._chosen = vault, keep, chosen

    def __call__(self, progress: Watch = unwatched, stopped: Stopped | None = None) -> Made:
        """Make, prove and rotate, here and in the second folder. Raises :class:`DeskError`; then nothing is left."""
        vault = self._vault
        backup = backing_up.make(vault, progress=progress, cancelled=stopped)
        removed = backing_up.rotate(backup, self._keep)
        place = _second_place(vault, self._chosen)
        if place is None:
            return Made(backup.made, removed)
        if not place.parent.is_dir():
            return Made(backup.made, removed, "missing", NOT_THERE)
        watch = backing_up.stoppable(vault, progress, stopped)
        try:
            copy = backing_up.copy_to(
                backup, place, database_key(backup.folder, vault.header, vault.opened), progress=watch
            )
        except DeskError as fault:
            return Made(backup.made, removed, "failed", f"The second folder has no new backup. {fault}")
        backing_up.rotate(copy, self._keep)
        return Made(backup.made, removed, "copied", "", copy.made)


@needs(Right.BACK_UP)
def prepare_backup(desk: Desk) -> BackingUp:
    """What makes a backup on a thread beside."""
    figures = desk.packs.settings
    keep = Keep(
        days=figures.value("backup-keep-days", Unit.DAYS),
        weeks=figures.value("backup-keep-weeks", Unit.WEEKS),
        months=figures.value("backup-keep-months", Unit.MONTHS),
    )
    return BackingUp(desk.vault, keep, second_folder.read(desk.vault))


@needs(Right.BACK_UP)
def note_backup(desk: Desk, made: Made) -> None:
    """After a backup, on the vault's own thread: the marker, and when the second folder was last written."""
    desk.vault.remember_heads()
    if made.second_proved:
        chosen = second_folder.read(desk.vault)
        _remember(desk.vault, Chosen(chosen.folder, made.second_proved))


@needs(Right.BACK_UP)
def back_up(desk: Desk, progress: Watch = unwatched) -> Made:
    """All of it in one go, for the command line."""
    made = prepare_backup(desk)(progress)
    note_backup(desk, made)
    return made


# --- the second folder -----------------------------------------------------------------------------------------


def second_fault(vault_folder: Path, typed: str) -> str:
    """Why a folder will not do as the second one, as a sentence; empty if it will, or if none is wanted."""
    if not typed.strip():
        return ""
    folder = Path(typed.strip()).expanduser()
    if not folder.is_absolute():
        return "Give the whole place, from the drive or the first / on"
    try:
        if not folder.is_dir():
            return "There is no folder at that place. Put the stick in, or make the folder first"
        if folder.resolve() == vault_folder.resolve() or vault_folder.resolve() in folder.resolve().parents:
            return "Choose a folder outside the vault"
        if not os.access(folder, os.W_OK):
            return "Nothing can be written in that folder. Choose another one"
    except OSError:
        return "That place cannot be looked at. Choose another one"
    return ""


def second_risk(vault_folder: Path, typed: str) -> str:
    """What speaks against that folder, as sentences; empty if nothing is seen."""
    folder = Path(typed.strip()).expanduser() if typed.strip() else None
    if folder is None:
        return ""
    try:
        same = folder.stat().st_dev == vault_folder.stat().st_dev
    except OSError:
        return ""
    return SAME_DISK if same else places.risk_of(folder)


@needs(Right.BACKUPS)
def choose_second(desk: Desk, typed: str) -> str:
    """Remember the second folder on this computer, or with empty text forget it; returns it as kept.

    Raises :class:`InputError` where it will not do.
    """
    fault = second_fault(desk.vault.folder, typed)
    if fault:
        raise InputError(f"{fault}. Nothing was changed.")
    folder = str(Path(typed.strip()).expanduser()) if typed.strip() else ""
    _remember(desk.vault, Chosen(folder))
    return folder


def _remember(vault: OpenVault, chosen: Chosen) -> None:
    try:
        second_folder.write(vault, chosen)
    except OSError:
        raise InputError(
            "This computer could not remember the second folder: its own disk is full or does not allow it. "
            "Free some space and try again."
        ) from None


# --- restoring -------------------------------------------------------------------------------------------------


class Restoring:
    """One restoring: called on a thread beside. It needs no open vault, so that a damaged one can be got past."""

    def __init__(
        self, opener: Opener, backup: Path, target: Path, secret: str, beside: tuple[Path, ...] = ()
    ) -> None:
        self._opener, self._backup, self._target = opener, backup, target
        self._secret, self._beside = secret, beside

    def __call__(self, progress: Watch = unwatched, stopped: Stopped | None = None) -> Restored:
        """Make the new vault. Raises :class:`DeskError`; then nothing of it is left."""
        watch = stopping(progress, stopped)
        return restoring.restore(
            self._opener, self._backup, self._target, self._secret, beside=self._beside, watch=watch
        )


def stopping(progress: Watch, stopped: Stopped | None) -> Watch:
    """Progress that ends the work where somebody stopped it; nothing is left of it then."""

    def watch(done: int, whole: int) -> None:
        if stopped is not None and stopped():
            raise CopyStoppedError("It was stopped. Nothing is left of it, and your vault is as it was.")
        progress(done, whole)

    return watch


@needs(Right.RESTORE)
def prepare_restore(desk: Desk, opener: Opener, backup: Path, target: Path, secret: str) -> Restoring:
    """What restores a backup beside the open vault. Raises :class:`InputError` where the target will not do."""
    refuse_target(target, backup)
    refuse_target(target, desk.vault.folder)
    return Restoring(opener, backup, target, secret, (desk.vault.folder,))


def offered_target(vault_folder: Path, word: str = "restored") -> Path:
    """A new folder beside the vault: ``eastmere-restored.csadesk``."""
    stem = vault_folder.name.removesuffix(".csadesk") or "vault"
    number = 1
    while True:
        name = f"{stem}-{word}.csadesk" if number == 1 else f"{stem}-{word}-{number}.csadesk"
        if not (vault_folder.parent / name).exists():
            return vault_folder.parent / name
        number += 1
