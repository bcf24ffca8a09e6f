"""What the desk noticed and somebody should look at: never an alarm, always a count with a way on."""

from dataclasses import dataclass

from csa_desk.casework.children import called_names
from csa_desk.casework.desk import Desk
from csa_desk.casework.directory import freshness
from csa_desk.casework.guidance import review_due
from csa_desk.casework.resuming import recent_cases
from csa_desk.records.cases import Case
from csa_desk.records.directory import Service
from csa_desk.records.plan import Action, ActionStatus, Plan
from csa_desk.records.safety import SafeContact

LOOKED_AT = 12
"""How many of the children opened last are looked at: the page must open at once in a vault of any size."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """One thing: its kind (``guidance``, ``directory``, ``contact``, ``review``), words, and where to look."""

    kind: str
    title: str
    about: str
    page: str
    case: str = ""
    item: str = ""


def needs_a_look(desk: Desk) -> list[Noticed]:
    """What was noticed: safety of contact first, then plans past review, the directory, guidance."""
    cases = recent_cases(desk, LOOKED_AT)
    found = [*_no_rule(desk, cases), *_reviews(desk, cases), *_to_ring(desk, cases), *_guidance(desk)]
    return found


def _names(desk: Desk, cases: list[Case]) -> str:
    names = called_names(desk, cases)
    shown = ", ".join(names[:3])
    return shown if len(names) <= 3 else f"{shown} and {len(names) - 3} more"


def _no_rule(desk: Desk, cases: list[Case]) -> list[Noticed]:
    without = [case for case in cases if not desk.vault.read.find(SafeContact, case=case.id)]
    if not without:
        return []
    title = (
        "No safe contact set" if len(without) == 1 else f"{len(without)} children have no safe contact set"
    )
    return [
        Noticed(
            "contact",
            title,
            f"{_names(desk, without)}. Ask how they can be reached.",
            "section",
            without[0].code,
            "contact",
        )
    ]


def _reviews(desk: Desk, cases: list[Case]) -> list[Noticed]:
    due = [
        case
        for case in cases
        if any(item.review_on and item.review_on <= desk.today for item in _plans(desk, case))
    ]
    if not due:
        return []
    title = "1 plan is due for review" if len(due) == 1 else f"{len(due)} plans are due for review"
    return [Noticed("review", title, f"{_names(desk, due)}.", "plan", due[0].code)]


def _plans(desk: Desk, case: Case) -> list[Plan]:
    return desk.vault.read.find(Plan, case=case.id)[-1:]


def _to_ring(desk: Desk, cases: list[Case]) -> list[Noticed]:
    ended = (ActionStatus.DONE, ActionStatus.STOPPED)
    used = {
        action.service
        for case in cases
        for action in desk.vault.read.find(Action, case=case.id)
        if action.service and action.status not in ended
    }
    services = desk.vault.read.by_ids(Service, sorted(used)).values()
    stale = [item for item in services if freshness(desk, item.checked_on) != "fresh"]
    if not stale:
        return []
    days = desk.days("directory-ageing")
    title = "1 directory entry to ring" if len(stale) == 1 else f"{len(stale)} directory entries to ring"
    return [
        Noticed(
            "directory",
            title,
            f"In use in open plans, not checked for {days} days.",
            "directory",
            "",
            stale[0].id,
        )
    ]


def _guidance(desk: Desk) -> list[Noticed]:
    due = review_due(desk)
    if not due:
        return []
    if len(due) == 1:
        title, day = due[0]
        return [
            Noticed(
                "guidance",
                "1 guidance pack is past its review date",
                f"{title}. Review by {day}.",
                "guidance",
            )
        ]
    names = ", ".join(title for title, _ in due)
    return [
        Noticed("guidance", f"{len(due)} guidance packs are past their review date", f"{names}.", "guidance")
    ]
