"""Taking words out of a child's file: what stands in the wrong one, and what is erased when its time is over.

Asking hides at once. Words go for good when two different practitioners have agreed, or, where the service has one
practitioner, after the days of the settings pack; anybody who may agree can also stop it before (design §5).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from csa_desk.casework import keeping
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.copies_left import CopyLeft, copies_left
from csa_desk.casework.desk import Desk
from csa_desk.casework.histories import STRUCK, Change
from csa_desk.casework.moving import moved
from csa_desk.casework.removals_waiting import code_of, standing
from csa_desk.casework.rights import Right, needs
from csa_desk.errors import InputError, RefusedError
from csa_desk.records.cases import Case, Task
from csa_desk.records.dates import spoken
from csa_desk.records.ids import new_id, same_id
from csa_desk.records.keeping import PROOF, Removal, RemovalKind, RemovalSigned, RemovalStopped
from csa_desk.records.register import Release
from csa_desk.records.sealed import Compartment, Holder, SealOpened
from csa_desk.store import decisions, removing
from csa_desk.store.decisions import Decision
from csa_desk.store.replay import FRAME, parents_of

RULE = "removal-copies"
_NEVER_ALONE = frozenset(
    {*PROOF, Case.KIND, Release.KIND, Compartment.KIND, Holder.KIND, SealOpened.KIND, "kept-out"}
)
"""Kinds that only go with the whole case: they say what happened to it, or hold it together."""


# --- asking --------------------------------------------------------------------------------------------------------


@needs(Right.STRIKE)
def strike(
    desk: Desk,
    file: CaseFile,
    revisions: Sequence[str],
    reason: str,
    *,
    fields: Sequence[str] = (),
    into: CaseFile | None = None,
) -> Removal:
    """Take out what these changes (ids, hex) wrote: it belongs to another child. Hidden from now on.

    Without ``fields`` everything they wrote goes but where the record belongs. ``into``: the right child's file, where
    it is entered anew. Raises :class:`InputError`, :class:`RefusedError`.
    """
    _refuse_wordless(reason)
    rows = _rows(desk, file, revisions)
    if into is not None and into.case.id == file.case.id:
        raise InputError("That is the file it stands in. Choose the other child. Nothing was changed.")
    if into is not None and len({row["record"] for row in rows}) != 1:
        raise InputError("Move one thing at a time. Nothing was changed.")
    wrote = {name for row in rows for name in row["values"]} - FRAME - {"removed"}
    wanted = wrote & set(fields) if fields else wrote
    if not wanted or set(fields) - wrote:
        raise InputError("These changes wrote nothing that can be taken out. Nothing was changed.")
    removal = Removal(
        id=new_id(),
        case=file.case.id,
        how=RemovalKind.STRIKE,
        record=rows[-1]["record"],
        record_kind=rows[-1]["kind"],
        revisions=tuple(sorted({row["id"].hex() for row in rows})),
        fields=tuple(sorted(wanted)),
        reason=reason.strip(),
        asked_by=desk.vault.practitioner,
        asked=desk.clock.moment(),
        waits_until=_waits_until(desk),
    )
    said = _said_until(desk, rows) if into is not None else {}
    with desk.vault.write() as writing:
        removing.ask(writing, removal)
        if into is not None:
            moved(desk, writing, into, rows[-1]["kind"], said)
        if desk.may(Right.SIGN_REMOVAL):
            writing.put(_signature(desk, removal.case, removal.id), "agreed")
        writing.log_access("strike", file.scope)
    return removal


@needs(Right.ERASE)
def erase(desk: Desk, file: CaseFile, reason: str, *, record: str = "") -> Removal:
    """Erase the whole file, or one record of it (id), now that the time decided for it is over. Hidden from now on.

    Raises :class:`InputError`; :class:`RefusedError` while a hold stands or the time decided is not over.
    """
    _refuse_wordless(reason)
    reading = desk.vault.read
    if keeping.hold_on(reading, file.case.id) is not None:
        raise RefusedError(removing.HELD)
    decision = keeping.retention_of(reading, file.case.id)
    if decision is None:
        raise RefusedError(
            "Nobody has decided yet how long this file is kept. Decide that first; then it can be erased when its time "
            "is over."
        )
    if not keeping.time_over(desk, decision):
        raise RefusedError(
            f"This file is kept until {spoken(decision.keep_until)}. Nothing was erased. If that is no longer right, "
            "decide anew how long it is kept, and say why."
        )
    kind = ""
    if record:
        kind = next((row["kind"] for row in reading.changes(file.scope, record=record)), "")
        if not kind:
            raise InputError("There is nothing with that id in this file. Nothing was changed.")
        if kind in _NEVER_ALONE:
            raise RefusedError("That goes only together with the whole file. Nothing was changed.")
    removal = Removal(
        id=new_id(),
        case=file.case.id,
        how=RemovalKind.ERASE,
        record=record,
        record_kind=kind,
        whole_case=not record,
        revisions=() if record else decisions.links_of(reading.raw, file.case.id),
        reason=reason.strip(),
        asked_by=desk.vault.practitioner,
        asked=desk.clock.moment(),
        waits_until=_waits_until(desk),
    )
    with desk.vault.write() as writing:
        writing.log_access("erase", file.scope)
        removing.ask(writing, removal)
        if desk.may(Right.SIGN_REMOVAL):
            writing.put(_signature(desk, removal.case, removal.id), "agreed")
    return removal


def _refuse_wordless(reason: str) -> None:
    if not reason.strip():
        raise InputError(
            "Say why. Name nobody: the reason stays when the words are gone. Nothing was changed."
        )


def _rows(desk: Desk, file: CaseFile, revisions: Sequence[str]) -> list[dict[str, Any]]:
    """These revisions of the file, oldest first, with what they still say."""
    wanted = {item.strip().lower() for item in revisions}
    scopes = (file.scope, *decisions.links_of(desk.vault.read.raw, file.case.id))
    found = [
        dict(row) for scope in scopes for row in desk.vault.read.changes(scope) if row["id"].hex() in wanted
    ]
    if not wanted or len(found) != len(wanted):
        raise InputError("One of these changes is not in this child’s file. Nothing was changed.")
    if any(row["kind"] in _NEVER_ALONE for row in found):
        raise RefusedError("That says what happened to the file itself, so it cannot be taken out of it.")
    return sorted(found, key=_place)


def _place(row: Mapping[str, Any]) -> int:
    return int(row["seq"])


def _said_until(desk: Desk, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What the record said right after the last of these changes."""
    last = rows[-1]
    said: dict[str, Any] = {}
    for row in desk.vault.read.changes(last["scope"], record=last["record"]):
        if row["seq"] <= last["seq"]:
            said.update(row["values"])
    return said


def can_strike(change: Change) -> bool:
    """Whether a change wrote anything that can be taken out by itself."""
    told = [field for field in change.fields if field.label != STRUCK]
    return change.kind not in _NEVER_ALONE and bool(told)


@needs(Right.OPEN_FILES)
def later_changes(desk: Desk, file: CaseFile, revision: str) -> tuple[str, ...]:
    """The changes (ids, hex) to the same record that rest on this one, oldest first."""
    record = next((row["record"] for row in _rows(desk, file, [revision])), "")
    resting = [revision]
    scopes = (file.scope, *decisions.links_of(desk.vault.read.raw, file.case.id))
    for scope in scopes:
        for row in desk.vault.read.changes(scope, record=record):
            if set(resting).intersection(parents_of(row["parents"])):
                resting.append(row["id"].hex())
    return tuple(resting[1:])


def _waits_until(desk: Desk) -> str:
    """The day from which one practitioner's word is enough, where the service has only one; else empty."""
    if decisions.practitioners_now(desk.vault.whole.raw) > 1:
        return ""
    return desk.day_after(desk.days("removal-wait"))


def _signature(desk: Desk, case: str, removal: str) -> RemovalSigned:
    return RemovalSigned(
        id=same_id("removal-signed", removal, desk.vault.practitioner),
        case=case,
        removal=removal,
        practitioner=desk.vault.practitioner,
        on=desk.clock.moment(),
    )


# --- deciding ------------------------------------------------------------------------------------------------------


@needs(Right.SIGN_REMOVAL)
def agree(desk: Desk, removal: str) -> bool:
    """Agree that the words go; True where they are gone now. Raises :class:`RefusedError` for who agreed before."""
    found = standing(desk, removal)
    if desk.vault.practitioner in found.signers:
        raise RefusedError(
            "You have agreed already. Another practitioner must agree too. Nothing was changed."
        )
    with desk.vault.write() as writing:
        writing.put(_signature(desk, found.case, removal), "agreed")
        writing.log_access("agreed-to-removal", f"case:{found.case}")
    return _carry_out(desk, standing(desk, removal))


@needs(Right.SIGN_REMOVAL)
def stop(desk: Desk, removal: str, reason: str) -> None:
    """It is not carried out: what was hidden shows again. Raises :class:`InputError` without a reason."""
    found = standing(desk, removal)
    if not reason.strip():
        raise InputError("Say why it is stopped. Nothing was changed.")
    with desk.vault.write() as writing:
        removing.stop(
            writing,
            RemovalStopped(
                id=new_id(),
                case=found.case,
                removal=removal,
                practitioner=desk.vault.practitioner,
                on=desk.clock.moment(),
                reason=reason.strip(),
            ),
        )


@needs(Right.LOOK_UP)
def carry_out_due(desk: Desk) -> int:
    """Carry out whatever has waited long enough or was agreed; how many were. Done when Today opens."""
    if desk.vault.read_only or desk.vault.writing or not desk.vault.practitioner:
        return 0
    removing.sweep(desk.vault)
    if not decisions.anything_waits(desk.vault.whole.raw):
        return 0
    return sum(_carry_out(desk, found) for found in decisions.read(desk.vault.whole.raw).waiting())


def _carry_out(desk: Desk, found: Decision) -> bool:
    if not found.ready(desk.today):
        return False
    told = [_task(desk, found, item) for item in copies_left(desk, found, code_of(desk, found.case))]
    removing.carry_out(desk.vault, found.id, told)
    return True


def _task(desk: Desk, found: Decision, left: CopyLeft) -> Task:
    return Task(
        id=same_id(RULE, found.id, left.key),
        case="" if found.whole_case else found.case,
        what=left.task,
        due=desk.day_after(desk.days("removal-wait")),
        owner=found.asked_by,
        rule=RULE,
        raised_by=found.id,
        state="open",
    )
