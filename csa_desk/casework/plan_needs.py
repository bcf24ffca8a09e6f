"""The eight needs of a child: how each stands, and which goals of the plan meet it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from csa_desk.casework import rights
from csa_desk.casework.answers import Known, questions_for
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.desk import Desk
from csa_desk.casework.rights import Right
from csa_desk.casework.team import needs_named
from csa_desk.content.models import Need, say
from csa_desk.errors import InputError
from csa_desk.records.assessment import CHILD_SUBJECT, FAMILY_SUBJECT, NeedView
from csa_desk.records.ids import same_id
from csa_desk.records.plan import Goal


@dataclass(frozen=True, slots=True)
class NeedState:
    """How one of the eight needs stands: ``in-plan``, ``no-need-now``, ``nobody-yet``, ``need``, ``not-asked``."""

    need: Need
    title: str
    state: str
    words: str


NEED_WORDS = {
    "in-plan": "In plan",
    "no-need-now": "No need now",
    "nobody-yet": "Nobody yet",
    "need": "Needs a plan",
    "asked": "Asked",
    "not-asked": "Not asked yet",
}


# A need of the child may be met by a goal of the whole family; a carer's or sibling's own goal is theirs.
_THEIRS = (CHILD_SUBJECT, FAMILY_SUBJECT)


@rights.needs(Right.OPEN_FILES)
def needs(desk: Desk, file: CaseFile) -> list[NeedState]:
    """The eight needs of the child, always in the same order."""
    views = {item.need: item.state for item in file.need_views if item.subject == CHILD_SUBJECT}
    asked = _needs_asked(desk, file)
    found = []
    for need in sorted(desk.packs.needs.need, key=lambda item: item.order):
        goals = [item for item in file.goals if item.need == need.id and item.subject in _THEIRS]
        state = views.get(need.id, "asked" if need.id in asked else "not-asked")
        if goals:
            numbers = {item.id for item in goals}
            actions = [item for item in file.actions if item.goal in numbers]
            led = all(item.lead_name for item in actions) and bool(actions)
            state = "in-plan" if led else "nobody-yet"
        found.append(NeedState(need, say(need.short), state, NEED_WORDS[state]))
    return found


def _needs_asked(desk: Desk, file: CaseFile) -> set[str]:
    section_need = {item.id: item.need for item in desk.packs.assessment.section}
    questions = questions_for(desk, file)
    known = Known(file, tuple(questions))
    return {need for item in questions if (need := section_need.get(item.section)) and known.anybody(item.id)}


@rights.needs(Right.ASSESS)
def set_need(desk: Desk, file: CaseFile, need: str, state: str) -> NeedView:
    """Say of a need of the child: ``need`` or ``no-need-now``."""
    needs_named(desk, [need])
    if state not in ("need", "no-need-now", "not-asked"):
        raise InputError("A need is need, no-need-now or not-asked. Nothing was changed.")
    key = same_id("need", file.case.id, CHILD_SUBJECT, need)
    with desk.vault.write() as writing:
        before = writing.get(NeedView, key) or NeedView(
            id=key, case=file.case.id, subject=CHILD_SUBJECT, need=need
        )
        made = replace(before, state=state, on=desk.today)
        writing.put(made)
    file.need_views[:] = [item for item in file.need_views if item.id != key] + [made]
    return made


@rights.needs(Right.OPEN_FILES)
def by_need(desk: Desk, file: CaseFile) -> Iterator[tuple[Need, list[Goal]]]:
    """Needs that have goals, in their order, each with its goals."""
    for need in sorted(desk.packs.needs.need, key=lambda item: item.order):
        goals = [item for item in file.goals if item.need == need.id]
        if goals:
            yield need, goals
