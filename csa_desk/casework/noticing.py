"""What the desk noticed and somebody should look at: never an alarm, always a count with a way on."""

from dataclasses import dataclass

from csa_desk.casework import backups, keeping, removals_waiting
from csa_desk.casework.children import called_names
from csa_desk.casework.desk import Desk
from csa_desk.casework.directory_freshness import freshness
from csa_desk.casework.guidance import review_due
from csa_desk.casework.recovery import SHARES, SHEET, ways_back
from csa_desk.casework.resuming import recent_cases
from csa_desk.casework.rights import Right, needs
from csa_desk.casework.ringing import stale_in_plans
from csa_desk.records.cases import Case
from csa_desk.records.dates import spoken
from csa_desk.records.directory_facts import Agreement
from csa_desk.records.plan import Plan
from csa_desk.records.safety import SafeContact

LOOKED_AT = 12
"""How many of the children opened last are looked at: the page must open at once in a vault of any size."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """One thing: its kind (a key of ``ICONS`` of Today), words, where to go."""

    kind: str
    title: str
    about: str
    page: str
    case: str = ""
    item: str = ""


@needs(Right.LOOK_UP)
def needs_a_look(desk: Desk) -> list[Noticed]:
    """What was noticed: safety of contact first, then plans past review, the directory, guidance."""
    if not desk.may(Right.OPEN_FILES):
        return [*_backups(desk), *_guidance(desk)]
    cases = recent_cases(desk, LOOKED_AT)
    found = [
        *_no_rule(desk, cases),
        *_waiting_removals(desk),
        *_backups(desk),
        *_reviews(desk, cases),
        *_keeping(desk),
        *_to_ring(desk),
        *_agreements(desk),
        *_guidance(desk),
    ]
    return [*found, *_recovery(desk)]


def _names(desk: Desk, cases: list[Case]) -> str:
    names = called_names(desk, cases)
    shown = ", ".join(names[:3])
    return shown if len(names) <= 3 else f"{shown} and {len(names) - 3} more"


def _waiting_removals(desk: Desk) -> list[Noticed]:
    """What was taken out of files and is not gone yet, with the day it goes."""
    found = removals_waiting.waiting(desk)
    if not found:
        return []
    title = (
        "1 thing waits to be taken out for good"
        if len(found) == 1
        else f"{len(found)} things wait to be taken out for good"
    )
    dated = sorted((item for item in found if item.day and not item.held), key=_goes_on)
    about = dated[0].waits_for if dated else found[0].waits_for
    return [Noticed("removal", title, f"{found[0].title}. {about}", "removals")]


def _goes_on(item: removals_waiting.Waiting) -> str:
    return item.day


def _keeping(desk: Desk) -> list[Noticed]:
    """Closed files whose keeping is to be looked at again."""
    due = keeping.reviews_due(desk)
    if not due:
        return []
    title = (
        "1 closed file: look again at how long it is kept"
        if len(due) == 1
        else f"{len(due)} closed files: look again at how long they are kept"
    )
    return [Noticed("keeping", title, f"{_names(desk, due)}.", "keeping", due[0].code)]


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


def _agreements(desk: Desk) -> list[Noticed]:
    """Agreements between agencies that are to be looked at again."""
    due = [item for item in desk.vault.read.find(Agreement) if item.review and item.review <= desk.today]
    if not due:
        return []
    first = min(due, key=lambda item: item.review)
    title = "1 agreement to look at again" if len(due) == 1 else f"{len(due)} agreements to look at again"
    return [Noticed("directory", title, f"{first.title}, since {spoken(first.review)}.", "agreements")]


def _to_ring(desk: Desk) -> list[Noticed]:
    stale = [item for item in stale_in_plans(desk) if freshness(desk, item.checked_on) != "fresh"]
    if not stale:
        return []
    days = desk.days("directory-ageing")
    title = "1 directory entry to ring" if len(stale) == 1 else f"{len(stale)} directory entries to ring"
    return [
        Noticed(
            "directory",
            title,
            f"In use in open plans, not checked for {days} days.",
            "ring",
            "",
            "",
        )
    ]


def _recovery(desk: Desk) -> list[Noticed]:
    """Ways back into the vault that are to be tried out again, or that nobody made."""
    known = ways_back(desk)
    made = {way.kind for way in known if way.made}
    if not desk.training and SHEET not in made:
        title = "You have no recovery sheet" if SHARES in made else "You have no way back in"
        about = (
            "Make one: without it, only two of the service’s recovery shares bring you back in."
            if SHARES in made
            else "Make a recovery sheet: without one, a forgotten passphrase locks you out for good."
        )
        return [Noticed("recovery", title, about, "settings", item="recovery")]
    ways = [way for way in known if way.kind == SHEET or desk.may(Right.SERVICE_KEYS)]
    words = {SHEET: "Your recovery sheet", SHARES: "The service’s recovery shares"}
    due = [words[way.kind] for way in ways if way.due]
    if not due:
        return []
    title = "Try out a way back in" if len(due) == 1 else "Try out the ways back in"
    about = f"{' and '.join(due).capitalize()}: see that the words are still right."
    return [Noticed("recovery", title, about, "settings", item="recovery")]


def _backups(desk: Desk) -> list[Noticed]:
    return [
        Noticed("backup", title, about, "settings", item="backups") for title, about in backups.overdue(desk)
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
