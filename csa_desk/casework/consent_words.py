"""Consent in the words a person reads: purposes, on what somebody could decide, what a withdrawal does, history."""

from collections.abc import Iterable
from dataclasses import dataclass

from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.category_words import in_words
from csa_desk.casework.consenting import Allowed
from csa_desk.records.consent import ConsentDecision, Decision, Purpose, SharingDecision
from csa_desk.records.dates import spoken
from csa_desk.records.safety import AtHome

PURPOSE_WORDS: dict[Purpose, str] = {
    Purpose.SUPPORT: "Support",
    Purpose.SAFEGUARDING: "Safeguarding",
    Purpose.JUSTICE: "Police and court",
    Purpose.STATISTICS: "Statistics",
    Purpose.RESEARCH: "Research",
    Purpose.TAKING_PART: "Taking part in groups and surveys",
}
CAPACITY_WORDS = {
    "understands": "Understands enough to decide this",
    "parental-responsibility": "Has parental responsibility",
    "court-order": "Is named in a court order",
}
_HOME_WORDS = {
    AtHome.YES: "Paper is safe at home",
    AtHome.NO: "Paper is not safe at home",
    AtHome.IN_PERSON: "Paper is only shown in person",
}
_DECISION_WORDS = {
    Decision.GIVEN: "Given",
    Decision.REFUSED: "Refused",
    Decision.WITHDRAWN: "Withdrawn",
}


def purpose_words(purpose: str) -> str:
    """A purpose in words; one this version does not know stands for itself."""
    return {str(key): words for key, words in PURPOSE_WORDS.items()}.get(purpose, purpose)


def capacity_words(capacity: str) -> str:
    """On what somebody could decide; the user's own words stand for themselves."""
    return CAPACITY_WORDS.get(capacity, capacity)


def consequence(file: CaseFile, today: Allowed, categories: Iterable[str]) -> str:
    """What withdrawing these categories does, in one or two plain sentences."""
    gone = set(categories) & today.agreed
    name, whom = today.recipient.name, file.subject_name(today.subject)
    if not gone:
        return "Nothing changes until a kind of information is chosen."
    left = today.agreed - gone
    if not left and not today.lawful:
        first = (
            f"{name} will no longer be told anything about {whom} for {purpose_words(today.purpose).lower()}."
        )
    else:
        first = f"{name} will no longer be told about: {in_words(gone).lower()}."
    rest = f" They may still have: {in_words(left | today.lawful).lower()}." if left or today.lawful else ""
    return f"{first}{rest} What they already have stays with them."


@dataclass(frozen=True, slots=True)
class Event:
    """One decision of the past; ``on`` is the day it was decided, ``detail`` says who decided, how, and on what.

    ``kind`` is ``given``, ``refused``, ``withdrawn``, ``shared``, ``not-shared`` or ``home``.
    """

    on: str
    kind: str
    title: str
    what: str
    detail: str


def history(file: CaseFile) -> list[Event]:
    """Every consent, sharing and home-safety decision, the newest first. Nothing is ever overwritten."""
    found = [(item.on, item.recorded, _consent(file, item)) for item in file.consents]
    found += [(item.on, item.recorded, _sharing(item)) for item in file.sharing]
    found += [
        (
            item.on,
            "",
            Event(item.on, "home", _HOME_WORDS.get(AtHome(item.answer), item.answer), "", item.reason),
        )
        for item in file.home_safety
        if item.answer in set(AtHome)
    ]
    found.sort(key=_when, reverse=True)
    return [event for _, _, event in found]


def _when(item: tuple[str, str, Event]) -> tuple[str, str]:
    return item[0], item[1]


def _consent(file: CaseFile, item: ConsentDecision) -> Event:
    said = {str(key): words for key, words in _DECISION_WORDS.items()}.get(item.decision, item.decision)
    about = "" if item.subject in ("child", "") else f" about {file.subject_name(item.subject)}"
    parts = [
        f"by {item.by_name}" if item.by_name else "",
        item.how,
        capacity_words(item.capacity),
        f"until {spoken(item.until)}" if item.until else "",
        item.reason,
    ]
    return Event(
        item.on,
        item.decision,
        f"{said}: {item.recipient_name}{about}, {purpose_words(item.purpose).lower()}",
        in_words(item.categories),
        " · ".join(part for part in parts if part),
    )


def _sharing(item: SharingDecision) -> Event:
    shares = item.share == "yes"
    parts = [
        item.lawful_basis,
        item.reason,
        f"Asked: {item.consulted}" if item.consulted else "",
        f"Told: {item.told}" if item.told else "",
        f"until {spoken(item.until)}" if item.until else "",
    ]
    title = "Shared without consent" if shares else "Decided not to share"
    return Event(
        item.on,
        "shared" if shares else "not-shared",
        f"{title}: {item.recipient_name}, {purpose_words(item.purpose).lower()}",
        in_words(item.categories),
        " · ".join(part for part in parts if part),
    )
