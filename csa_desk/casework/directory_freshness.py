"""How sure the directory is of what it says: one rule for facts, one for waiting times, on screen and on paper."""

from csa_desk.casework.desk import Desk
from csa_desk.casework.rights import Right, needs
from csa_desk.records.dates import spoken
from csa_desk.records.directory import InDirectory, Service
from csa_desk.records.vault import Practitioner

HOW_CHECKED: tuple[tuple[str, str], ...] = (
    ("rang", "I rang them"),
    ("wrote", "They wrote to me"),
    ("visited", "I was there"),
    ("website", "Their own website"),
)
"""Ways of making sure, with the words a person chooses."""


@needs(Right.LOOK_UP)
def freshness(desk: Desk, checked_on: str) -> str:
    """``fresh``, ``ageing`` or ``unproven``, by the figures of the settings pack."""
    age = desk.days_since(checked_on) if checked_on else None
    if age is None or age > desk.days("directory-unproven"):
        return "unproven"
    return "ageing" if age > desk.days("directory-ageing") else "fresh"


@needs(Right.LOOK_UP)
def wait_words(desk: Desk, service: Service) -> str:
    """How long one waits, with the day it was told; empty once that is too long ago, or where no day is known.

    A waiting time that is out of date is worse than none: a family is told it. Who checks the entry here makes sure of
    the waiting time too; what a publisher checked counts for it only where the time has no day of its own.
    """
    told_on = service.wait_as_at or service.checked_on
    if service.checked_how in dict(HOW_CHECKED):
        told_on = max(told_on, service.checked_on)
    age = desk.days_since(told_on) if told_on else None
    if not service.wait or age is None or age > desk.days("waiting-time-stale"):
        return ""
    return f"{service.wait} (as at {spoken(told_on)})"


@needs(Right.LOOK_UP)
def room_words(desk: Desk, service: Service) -> str:
    """How much room there is, under the rule of the waiting time."""
    age = desk.days_since(service.capacity_as_at) if service.capacity_as_at else None
    if not service.capacity or age is None or age > desk.days("waiting-time-stale"):
        return ""
    return f"{service.capacity} (as at {spoken(service.capacity_as_at)})"


@needs(Right.LOOK_UP)
def checked_words(desk: Desk, record: InDirectory) -> str:
    """Who last made sure of it, when and how, in a sentence or two."""
    if not record.checked_on:
        return "Nobody has made sure of this entry yet."
    person = desk.vault.read.get(Practitioner, record.checked_by) if record.checked_by else None
    who = person.name if person is not None else record.checked_by
    first = " ".join(part for part in ("Last checked", f"by {who}" if who else "") if part)
    told = f"{first}, {spoken(record.checked_on)}."
    how = record.checked_how
    return f"{told} {how[:1].upper()}{how[1:]}" if how else told


@needs(Right.LOOK_UP)
def print_words(desk: Desk, record: InDirectory) -> str:
    """What stands beside an entry on paper: when it was checked, and whether to ring first."""
    state = freshness(desk, record.checked_on)
    if state == "fresh":
        return f"checked {spoken(record.checked_on)}"
    if not record.checked_on:
        return "never checked: ring first"
    return f"not checked since {spoken(record.checked_on)}: ring first"
