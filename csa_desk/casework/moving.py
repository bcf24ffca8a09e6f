"""Text that stands in the wrong child's file, entered in the right one: without a word of where it came from."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from csa_desk.casework.answers import answer_id
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.desk import Desk
from csa_desk.casework.planning import ensure_plan
from csa_desk.casework.rights import Right, needs
from csa_desk.errors import RefusedError
from csa_desk.records.assessment import CHILD_SUBJECT, FAMILY_SUBJECT, Answer
from csa_desk.records.cases import HomeArea, ReferralIn, Task, TeamMember
from csa_desk.records.fields import Record
from csa_desk.records.ids import new_id, position_between
from csa_desk.records.justice import TherapyDate
from csa_desk.records.kinds import KINDS
from csa_desk.records.plan import Goal
from csa_desk.records.safety import HomeSafety, ProtectiveFact, RiskJudgement, SafeContact
from csa_desk.store.tables.projections import from_wire
from csa_desk.store.writing import Writing

ALONE = (Task, TeamMember, SafeContact, HomeSafety, HomeArea, RiskJudgement, TherapyDate)
"""Kinds whose records hang on nothing but their case."""
MOVABLE = frozenset(kind.KIND for kind in (Answer, Goal, ReferralIn, ProtectiveFact, *ALONE))


@needs(Right.STRIKE)
def moved(desk: Desk, writing: Writing, other: CaseFile, kind: str, said: Mapping[str, Any]) -> Record:
    """Put what was said into the other child's file as a new record. ``said``: field → JSON value.

    Raises :class:`RefusedError` where it cannot be moved by itself.
    """
    if kind not in MOVABLE:
        raise RefusedError(
            "This hangs on other things in the file, so it cannot be moved by itself. "
            "Write it in the right file first, then take it out here. Nothing was changed."
        )
    values = {name: from_wire(KINDS[kind], name, value) for name, value in said.items() if name != "removed"}
    made = _placed(desk, writing, other, KINDS[kind](**{**values, "id": new_id(), "case": other.case.id}))
    writing.put(made, "moved")
    return made


def _placed(desk: Desk, writing: Writing, other: CaseFile, record: Record) -> Record:
    """The record where it belongs in the other file: links of the old file go."""
    match record:
        case Answer():
            return _answer(writing, other, record)
        case Goal():
            last = max((item.place for item in other.goals), default="")
            plan = ensure_plan(desk, writing, other)
            return replace(record, plan=plan.id, subject=CHILD_SUBJECT, place=position_between(last, ""))
        case ReferralIn():
            return replace(record, episode=other.episode.id if other.episode is not None else "")
        case ProtectiveFact():
            return replace(record, person="", ends="")
        case RiskJudgement():
            return replace(record, replaces="")
        case Task():
            return replace(record, rule="", raised_by="")
        case TeamMember():
            return replace(record, practitioner="")
    return record


def _answer(writing: Writing, other: CaseFile, record: Answer) -> Answer:
    if record.subject not in (CHILD_SUBJECT, FAMILY_SUBJECT):
        raise RefusedError(
            "This answer is about a relative who is not in the other file, so it cannot be moved by itself. "
            "Write it there first, then take it out here. Nothing was changed."
        )
    number = answer_id(other.case.id, record.subject, record.question)
    standing = writing.get(Answer, number)
    if standing is not None and not standing.removed:
        raise RefusedError(
            "The other file has an answer to this question already. "
            "Look at both and write the right one there, then take this one out. Nothing was changed."
        )
    return replace(record, id=number)
