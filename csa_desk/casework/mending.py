"""When something is wrong with a vault: looking it through, the way out, and saving what can be read (design §4)."""

from dataclasses import dataclass, field
from pathlib import Path

from csa_desk.casework.backups import Restoring, Stopped, offered_target, stopping
from csa_desk.casework.desk import Desk
from csa_desk.casework.rights import Right, needs
from csa_desk.errors import DamagedVaultError, DeskError, ForeignHeaderError, InputError
from csa_desk.store import check, deep_check, manifest, salvage, sealing
from csa_desk.store.manifest import BACKUPS, Watch, unwatched
from csa_desk.store.opening import Opener
from csa_desk.store.restoring import Restored
from csa_desk.store.salvage import Salvaged
from csa_desk.store.vault import DATABASE, OpenVault

MAKE_BACKUP, RESTORE, SALVAGE, TELL = "backup", "restore", "salvage", "tell"
# What is wrong, by code, and what to do about it; a code that is not here was changed by hand: restore, and tell.
_STEPS = {
    "page": (RESTORE, SALVAGE),
    "integrity": (RESTORE, SALVAGE),
    "damaged": (RESTORE, SALVAGE),
    "index": (SALVAGE,),
    "header-copy": (MAKE_BACKUP,),
    "backup": (MAKE_BACKUP,),
    "sealed": (RESTORE,),
    "new-computer": (TELL,),
    "copy": (),
    "older-file": (TELL,),
    "read-only": (),
    "after-crash": (),
    "moved": (),
    "rotation-due": (),
}

NAMES = {
    "access": "entries of the access log",
    "answer": "answers of the assessment",
    "action": "actions of plans",
    "agency": "agencies of the directory",
    "agency-role": "roles in agencies",
    "carer": "carers",
    "case": "children’s files",
    "checklist-mark": "marks in checklists",
    "consent-decision": "consent decisions",
    "contact": "contacts of the directory",
    "contact-point": "phone numbers and addresses",
    "episode": "periods of support",
    "goal": "goals of plans",
    "location": "places of the directory",
    "outcome-rating": "ratings",
    "own-service": "what you say about your service",
    "pack-kept": "guidance kept with files",
    "person": "people",
    "plan": "plans",
    "practitioner": "practitioners’ profiles",
    "practitioner-key": "practitioners’ keys",
    "protective-fact": "protective facts",
    "replica": "entries of computers",
    "safe-contact": "safe-contact rules",
    "sealed-entry": "sealed entries",
    "service": "services of the directory",
    "sharing-decision": "sharing decisions",
    "sign-off": "signed assessments",
    "slot": "ways in",
    "stage-instance": "stages of the justice journey",
    "task": "tasks",
    "team-member": "people in teams",
}
"""Kinds of records in plain words; another kind is named by its own word."""


@dataclass(frozen=True, slots=True)
class WayOut:
    """What can be done about a vault that does not open: its latest backup, and whether something may be salvaged."""

    backup: Path | None
    made: str
    salvage: bool


def way_out(folder: Path, fault: DeskError) -> WayOut | None:
    """The way past this fault of opening; ``None`` where nothing is damaged or nothing can be done."""
    if not isinstance(fault, (DamagedVaultError, ForeignHeaderError)):
        return None
    there = [backup for backup in manifest.backups_in(folder / BACKUPS) if backup.manifest is not None]
    found = WayOut(
        backup=there[0].folder if there else None,
        made=manifest.when(there[0].made) if there else "",
        salvage=(folder / DATABASE).is_file(),
    )
    return found if found.backup is not None or found.salvage else None


def with_way_out(folder: Path, fault: DeskError) -> str:
    """The fault's sentence and, where a backup is there, which one and how it is restored on the command line."""
    found = way_out(folder, fault)
    if found is None:
        return str(fault)
    if found.backup is not None:
        return (
            f"{fault} The latest backup is of {found.made}: "
            f"csa-desk vault restore {found.backup} NEW-FOLDER makes a new vault of it."
        )
    return (
        f"{fault} There is no backup in its folder. "
        f"csa-desk vault restore --salvage {folder} NEW-FOLDER saves what can be read of it."
    )


# --- looking a vault through -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked at, what is wrong (sentences with their codes), what to do, and what is only to be known."""

    revisions: int
    records: int
    backups_proved: int
    findings: tuple[check.Finding, ...]
    steps: tuple[str, ...]
    notes: tuple[str, ...] = field(default=())


class Looking:
    """One vault check: called on a thread beside; :func:`finish_check` adds what needs the vault's own thread."""

    def __init__(self, vault: OpenVault, *, deep: bool) -> None:
        self._vault, self._deep = vault, deep

    def __call__(
        self, progress: Watch = unwatched, stopped: Stopped | None = None
    ) -> tuple[check.Report, deep_check.Deep]:
        """Look the live vault through and, if deep, every backup."""
        report = check.check(self._vault)
        if not self._deep:
            return report, deep_check.Deep(0, (), ())
        return report, deep_check.check_backups(self._vault, watch=stopping(progress, stopped))


@needs(Right.CHECK)
def prepare_check(desk: Desk, *, deep: bool = False) -> Looking:
    """What looks the vault through on a thread beside."""
    return Looking(desk.vault, deep=deep)


@needs(Right.CHECK)
def finish_check(desk: Desk, found: tuple[check.Report, deep_check.Deep], *, deep: bool = False) -> Looked:
    """Add every sealed value held, if deep, and say what to do."""
    report, backups = found
    sealed = tuple(sealing.verify_held(desk.vault)) if deep else ()
    return _looked(report, backups, sealed)


def check_vault(
    vault: OpenVault, *, deep: bool = False, secret: str = "", opener: Opener | None = None
) -> Looked:
    """All of it in one go, for the command line; with the passphrase older backups are proved too."""
    report = check.check(vault)
    if not deep:
        return _looked(report, deep_check.Deep(0, (), ()), ())
    limits = opener.limits if opener is not None else None
    return _looked(report, deep_check.check_deep(vault, secret=secret, limits=limits), ())


def _looked(report: check.Report, backups: deep_check.Deep, sealed: tuple[check.Finding, ...]) -> Looked:
    findings = (*report.findings, *sealed, *backups.findings)
    steps: list[str] = []
    for finding in findings:
        for step in _STEPS.get(finding.code, (RESTORE, TELL)):
            if step not in steps:
                steps.append(step)
    return Looked(report.revisions, report.records, backups.proved, findings, tuple(steps), backups.notes)


# --- saving what can be read -----------------------------------------------------------------------------------


class Salvaging:
    """One salvage: called on a thread beside. It needs no open vault."""

    def __init__(self, opener: Opener, source: Path, target: Path, secret: str) -> None:
        self._opener, self._source, self._target, self._secret = opener, source, target, secret

    def __call__(self, progress: Watch = unwatched, stopped: Stopped | None = None) -> Salvaged:
        """Make the new vault. Raises :class:`DeskError`; then nothing of it is left."""
        watch = stopping(progress, stopped)
        return salvage.salvage(self._opener, self._source, self._target, self._secret, watch=watch)


@needs(Right.RESTORE)
def prepare_salvage(desk: Desk, opener: Opener, target: Path, secret: str) -> Salvaging:
    """What salvages the open, damaged vault into a new one."""
    return Salvaging(opener, desk.vault.folder, target, secret)


def mend_beside(opener: Opener, folder: Path, secret: str, *, salvage: bool) -> tuple[Path, str]:
    """For a vault that does not open: a new one beside it, from its latest backup or from what can be read.

    Returns its folder and what is told of it. Raises :class:`DeskError`; then nothing of it is left.
    """
    if salvage:
        saved = Salvaging(opener, folder, offered_target(folder, "saved"), secret)()
        return saved.folder, " ".join(salvage_words(saved))
    latest = next(
        (found for found in manifest.backups_in(folder / BACKUPS) if found.manifest is not None), None
    )
    if latest is None:
        raise InputError(
            "There is no backup in the folder of this vault any more. Save what can be read instead."
        )
    done = Restoring(opener, latest.folder, offered_target(folder), secret, (folder,))()
    return done.folder, " ".join(restore_words(done))


def salvage_words(done: Salvaged) -> list[str]:
    """What was saved and what is missing, in sentences."""
    said = [
        f"Saved {_count(done.records, 'record')} with {_count(done.revisions, 'change')} of their history."
    ]
    if done.damaged_pages:
        said.append(f"{done.damaged_pages} of {done.pages} pages of the database could not be read.")
    if done.from_backups:
        said.append(f"{_count(done.from_backups, 'change')} could be taken from backups.")
    if done.missing:
        parts = ", ".join(
            f"{number} in {NAMES.get(kind, kind.replace('-', ' '))}"
            for kind, number in done.missing.items()
            if kind
        )
        unknown = done.missing.get("", 0)
        if parts:
            said.append(f"Missing or not whole: {parts}.")
        if unknown:
            said.append(
                f"{_count(unknown, 'further change')} could not be read, and nobody can tell of what."
            )
    else:
        said.append("Nothing is missing.")
    return [*said, *done.notes]


def restore_words(done: Restored) -> list[str]:
    """What was restored, in sentences."""
    said = list(done.notes)
    if done.removals:
        said.append(
            f"{_count(done.removals, 'removal')} decided after that day "
            f"{'was' if done.removals == 1 else 'were'} carried out again."
        )
    return said


def _count(number: int, word: str) -> str:
    return f"1 {word}" if number == 1 else f"{number} {word}s"
