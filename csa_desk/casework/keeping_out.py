"""Keeping a colleague out of a child's file, and letting them in again: hidden by rights, and told as that."""

from dataclasses import dataclass

from csa_desk.casework.casefile import CaseFile, find_case
from csa_desk.casework.desk import Desk
from csa_desk.casework.rights import Right, granted, needs
from csa_desk.errors import InputError, RefusedError
from csa_desk.records.ids import new_id
from csa_desk.records.keeping import KeptOut
from csa_desk.records.vault import Practitioner
from csa_desk.store.sight import kept_out

HIDDEN_NOT_LOCKED = (
    "This hides the file from them in CSA Desk: they do not find it, and what they try is logged. It does not lock it. "
    "Everybody who can open this vault has the key to all of it, and somebody who knows how could read the file by "
    "other means. Where there is a real conflict of interest, keep this child in a second vault that they cannot open."
)
"""What keeping out does and does not do: stands wherever it is set."""


@dataclass(frozen=True, slots=True)
class Outside:
    """Somebody who is kept out of a file now: since which moment, by whose decision, why."""

    practitioner: str
    name: str
    since: str
    by: str
    reason: str


@needs(Right.KEEP_OUT)
def keep_out(desk: Desk, named: str, practitioner: str, reason: str) -> KeptOut:
    """Hide the case with this code or id from a practitioner (id), from this moment.

    Raises :class:`InputError` without a reason or for nobody known; :class:`RefusedError` where they are kept out
    already, or where nobody would be left who can open the file and let them in again.
    """
    case = find_case(desk, named)
    why = _reason(reason)
    events = desk.vault.whole.find(KeptOut, case=case.id)
    out = {item.practitioner for item in _in_force(events)}
    colleagues = _colleagues(desk)
    if practitioner not in colleagues:
        raise InputError("Nobody at work in this vault is meant by that. Nothing was changed.")
    if practitioner in out:
        raise RefusedError("They are kept out of this file already. Nothing was changed.")
    left = [item for number, item in colleagues.items() if number not in out | {practitioner}]
    for right, what in ((Right.OPEN_FILES, "open this file"), (Right.KEEP_OUT, "let anybody in again")):
        if not any(right in granted(desk.packs.rights, item, training=desk.training) for item in left):
            raise RefusedError(f"Then nobody would be left who can {what}. Nothing was changed.")
    return _enter(desk, case.id, practitioner, why, "")


@needs(Right.KEEP_OUT)
def let_in(desk: Desk, named: str, practitioner: str, reason: str) -> KeptOut:
    """Show the case to a practitioner (id) again. Raises :class:`InputError` without a reason, or if they see it."""
    case = find_case(desk, named)
    why = _reason(reason)
    events = desk.vault.whole.find(KeptOut, case=case.id, practitioner=practitioner)
    now = kept_out(events).get(case.id)
    if now is None:
        raise InputError("They are not kept out of this file. Nothing was changed.")
    return _enter(desk, case.id, practitioner, why, now.id)


@needs(Right.OPEN_FILES)
def outside(desk: Desk, file: CaseFile) -> list[Outside]:
    """Who is kept out of this file now, the longest first."""
    names = {item.id: item.name for item in desk.vault.read.find(Practitioner, removed=True)}
    return [
        Outside(
            item.practitioner,
            names.get(item.practitioner) or "Somebody no longer here",
            item.since,
            names.get(item.by) or "Somebody no longer here",
            item.reason,
        )
        for item in _in_force(desk.vault.read.find(KeptOut, case=file.case.id))
    ]


@needs(Right.KEEP_OUT)
def who_sees(desk: Desk, file: CaseFile) -> list[tuple[str, str]]:
    """Id and name of everybody at work who is not kept out of this file, by name."""
    out = {item.practitioner for item in _in_force(desk.vault.read.find(KeptOut, case=file.case.id))}
    names = [
        (number, item.name or "No name") for number, item in _colleagues(desk).items() if number not in out
    ]
    return sorted(names, key=_by_name)


def _by_name(pair: tuple[str, str]) -> str:
    return pair[1].casefold()


def _in_force(events: list[KeptOut]) -> list[KeptOut]:
    ended = {item.ends for item in events if item.ends}
    return [item for item in events if not item.ends and item.id not in ended]


def _colleagues(desk: Desk) -> dict[str, Practitioner]:
    return {item.id: item for item in desk.vault.read.find(Practitioner) if not item.left_on}


def _reason(reason: str) -> str:
    if not reason.strip():
        raise InputError("Give a reason. It stands in the file’s history. Nothing was changed.")
    return reason.strip()


def _enter(desk: Desk, case: str, practitioner: str, reason: str, ends: str) -> KeptOut:
    made = KeptOut(
        id=new_id(),
        case=case,
        practitioner=practitioner,
        since=desk.clock.moment(),
        by=desk.vault.practitioner,
        reason=reason,
        ends=ends,
    )
    with desk.vault.write() as writing:
        writing.put(made)
    return made
