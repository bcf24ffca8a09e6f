"""What people can trust: a colleague, sealed notes, a misfiled entry, recovery, backups, a vault that checks clean."""

from pathlib import Path
from typing import Any

from csa_desk.casework import (
    backups,
    compartments,
    doctor,
    mending,
    notes,
    practitioners,
    recovery,
    removals,
    tasks,
)
from csa_desk.casework.answers import answer_id
from csa_desk.casework.assessing import Said, answer
from csa_desk.casework.casefile import CaseFile, open_file
from csa_desk.casework.desk import Desk
from csa_desk.casework.founding import offered_passphrase
from csa_desk.casework.removals_waiting import waiting
from csa_desk.casework.service import change_profile
from csa_desk.casework.wording import counted
from csa_desk.demo.made import Made, invented
from csa_desk.records.assessment import CHILD_SUBJECT, Answer
from csa_desk.records.cases import Task
from csa_desk.store.opening import Opener

Codes = dict[str, str]
"""Invented child, as their files are named → case code."""


def add_colleague(desk: Desk, out: Path, made: Made) -> str:
    """A therapist joins the service; returns the passphrase they chose."""
    said = invented("colleague.json")
    passphrase = offered_passphrase()
    roots = practitioners.deriving_for(desk, passphrase, said["name"])()
    who = practitioners.add_practitioner(desk, said["name"], roots, profession=said["profession"])
    file = made.written(out / "passphrase-colleague.txt", passphrase + "\n")
    made.tell(f"A second practitioner: {who.name}, therapist (passphrase in {file.name})")
    return passphrase


def fill_profile(desk: Desk) -> None:
    """The colleague says who they are, at their own desk."""
    said = {
        key: value for key, value in invented("colleague.json").items() if key not in ("name", "profession")
    }
    change_profile(
        desk, **{key: tuple(value) if isinstance(value, list) else value for key, value in said.items()}
    )


def seal(desk: Desk, codes: Codes, made: Made) -> None:
    """What is sealed by whoever is at the desk: what a child told, or a therapy note."""
    mine = desk.practitioner().profession
    for said in invented("sealed.json"):
        if said["by"] != mine:
            continue
        file = open_file(desk, codes[said["child"]])
        notes.WRITERS[said["into"]](desk, file, said["words"])
        held = " and ".join(row.name for row in compartments.place(desk, file, said["into"]).holders)
        made.tell(
            f"Sealed in {file.code} by {desk.practitioner().name}: {_SEALED[said['into']]}. Held by {held}"
        )


_SEALED = {"therapy": "a therapy note", "disclosure": "what the child told"}


# --- in the wrong file --------------------------------------------------------------------------------------------


def misfile(desk: Desk, codes: Codes, made: Made) -> None:
    """Two things were entered in the wrong child's file; asking to take them out hides them and moves the words."""
    for said in invented("misfiled.json"):
        wrong, right = open_file(desk, codes[said["in"]]), open_file(desk, codes[said["belongs_to"]])
        change = _entered(desk, wrong, said)
        removals.strike(desk, wrong, [change], said["reason"], into=right)
        made.tell(
            f"Struck in {wrong.code}: {said['what']} that belongs to {right.code} and is entered there. "
            "Hidden at once, it waits for a second practitioner"
        )


def _entered(desk: Desk, file: CaseFile, said: dict[str, Any]) -> str:
    """Enter it; the change's id (hex)."""
    if "task" in said:
        task = tasks.add_task(desk, file.case.id, said["task"])
        return desk.vault.read.heads(Task, task.id)[0]
    answer(desk, file.case.id, CHILD_SUBJECT, said["question"], Said(said["value"]))
    return desk.vault.read.heads(Answer, answer_id(file.case.id, CHILD_SUBJECT, said["question"]))[0]


def agree_to_first(desk: Desk, made: Made) -> None:
    """The second practitioner agrees to the first thing that waits: its words are gone. The rest goes on waiting."""
    first, *rest = [item for item in waiting(desk) if item.may_agree]
    gone = removals.agree(desk, first.id)
    made.tell(
        f"{desk.practitioner().name} agreed too: {first.title[:1].lower()}{first.title[1:]} "
        f"{'is gone for good' if gone else 'still waits'}; on Today waits {counted(len(rest), 'other thing')}"
    )


# --- ways back in -------------------------------------------------------------------------------------------------


def prove_recovery(desk: Desk, sheet: str, out: Path, made: Made) -> None:
    """The service's three shares are made; sheet and two of the shares are tried out, as the program asks."""
    folder = desk.vault.folder
    shares = recovery.new_shares()
    roots = recovery.deriving_shares(desk, shares)()
    for number in range(1, len(shares.papers) + 1):
        target = out / f"recovery-share-{number}.txt"
        recovery.save_share(shares, number, folder, target)
        made.files.append(target)
    recovery.make_shares(desk, shares, roots)
    for kind, papers in ((recovery.SHEET, [sheet]), (recovery.SHARES, [shares.papers[0], shares.papers[2]])):
        recovery.proved(desk, recovery.rehearsing(desk, kind, papers)())
    proved = [way for way in recovery.ways_back(desk) if way.proved_on and not way.due]
    words = {recovery.SHEET: "the recovery sheet", recovery.SHARES: "two of the service’s three shares"}
    made.tell(f"Recovery proved today: {' and '.join(words[way.kind] for way in proved)}")


# --- backups ------------------------------------------------------------------------------------------------------


def back_up(desk: Desk, out: Path, made: Made) -> None:
    """A backup in the vault's folder and in a second one, each read back before it counts."""
    stick = out / "stick"
    if not stick.is_dir():
        stick.mkdir()
        backups.choose_second(desk, str(stick.resolve()))
        made.files.append(stick)
    done = backups.back_up(desk)
    now = backups.standing(desk)
    second = "and copied to the second folder" if done.second == "copied" else f"({done.sentence})"
    made.tell(f"Backup proved {now.latest_words} {second}; {counted(len(now.backups), 'backup')} kept")


def restore(opener: Opener, folder: Path, passphrase: str, out: Path, made: Made) -> None:
    """The first backup becomes a vault beside the old one; what was decided since is carried out in it again."""
    target = out / "restored.csadesk"
    oldest = sorted((out / "stick").rglob("case.db"))[0].parent
    done = backups.Restoring(opener, oldest, target, passphrase, (folder,))()
    made.files.append(target)
    with opener.open(target, passphrase) as vault:
        looked = mending.check_vault(vault)
    made.tell(
        f"The first backup restored beside the vault: {target.name}, {looked.records} records, "
        f"{counted(len(looked.findings), 'fault')}; {counted(done.removals, 'removal')} decided since carried out again"
    )


# --- looking it through -------------------------------------------------------------------------------------------


def look_through(desk: Desk, opener: Opener, passphrase: str, out: Path, made: Made) -> None:
    """``vault check --deep`` and the doctor's text."""
    looked = mending.check_vault(desk.vault, deep=True, secret=passphrase, opener=opener)
    made.tell(
        f"vault check --deep: {looked.revisions} signed revisions of {looked.records} records, "
        f"{counted(looked.backups_proved, 'backup')} proved, {counted(len(looked.findings), 'fault')}"
    )
    text = "\n".join(doctor.as_text(doctor.examined(desk, opener.local_data)))
    file = made.written(out / "doctor.txt", text + "\n")
    made.tell(f"What the doctor says of this computer and vault: {file.name}")
