"""Consent and sharing decisions: dated, never overwritten; what is in force is computed (design §6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from csa_desk.records.cases import InCase
from csa_desk.records.categories import Category as C
from csa_desk.records.fields import Merge, event, words


class About(StrEnum):
    """Three consents that are kept apart (guidance G5.5)."""

    SERVICE = "service"
    TREATMENT = "treatment"
    SHARING = "sharing"


class Decision(StrEnum):
    """What was decided."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Purpose(StrEnum):
    """What shared information is for."""

    SUPPORT = "support"
    SAFEGUARDING = "safeguarding"
    JUSTICE = "justice"
    STATISTICS = "statistics"
    RESEARCH = "research"
    TAKING_PART = "taking-part"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentDecision(InCase):
    """Recipient × category × purpose, by whom, how, on what competence or responsibility, until when."""

    KIND: ClassVar[str] = "consent-decision"

    about: str = event(C.NEEDS)
    subject: str = event(C.NEEDS)
    recipient: str = event(C.NEEDS)
    recipient_name: str = event(C.NEEDS)
    categories: tuple[str, ...] = words(C.NEEDS, merge=Merge.EVENT)
    purpose: str = event(C.NEEDS)
    decision: str = event(C.NEEDS, protective=("withdrawn", "refused", "given"))
    by: str = event(C.NEEDS)
    by_name: str = event(C.NEEDS)
    capacity: str = event(C.NEEDS)
    how: str = event(C.NEEDS)
    on: str = event(C.NEEDS)
    until: str = event(C.NEEDS)
    recorded: str = event(C.NEEDS)
    reason: str = event(C.NEEDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingDecision(InCase):
    """A decision to share, or not to share, without consent: basis, reason, consulted, told or why not.

    ``subject`` says about whom, as in a consent: a decision about the child opens nothing about a carer.
    """

    KIND: ClassVar[str] = "sharing-decision"

    subject: str = event(C.SAFEGUARDING)
    recipient: str = event(C.SAFEGUARDING)
    recipient_name: str = event(C.SAFEGUARDING)
    categories: tuple[str, ...] = words(C.SAFEGUARDING, merge=Merge.EVENT)
    purpose: str = event(C.SAFEGUARDING)
    share: str = event(C.SAFEGUARDING, protective=("no", "yes"))
    lawful_basis: str = event(C.SAFEGUARDING)
    reason: str = event(C.SAFEGUARDING)
    consulted: str = event(C.SAFEGUARDING)
    told: str = event(C.SAFEGUARDING)
    on: str = event(C.SAFEGUARDING)
    until: str = event(C.SAFEGUARDING)
    recorded: str = event(C.SAFEGUARDING)


def agreed_categories(
    decisions: Iterable[ConsentDecision], *, recipient: str, purpose: str, subject: str, today: str
) -> frozenset[str]:
    """Categories that consent in force today lets this recipient have about this subject for this purpose.

    A consent whose end has passed shares no longer; see :func:`_in_force` for which decision speaks.
    """
    said = (
        (item.on, item.categories, item.decision == Decision.GIVEN and not _over(item.until, today))
        for item in decisions
        if not item.removed
        and item.about == About.SHARING
        and (item.recipient, item.purpose, item.subject) == (recipient, purpose, subject)
    )
    return _in_force(said, today)


def lawful_categories(
    decisions: Iterable[SharingDecision], *, recipient: str, purpose: str, subject: str, today: str
) -> frozenset[str]:
    """Categories that a decision with a lawful basis and a reason lets this recipient have about this subject."""
    said = (
        (
            item.on,
            item.categories,
            item.share == "yes" and bool(item.lawful_basis and item.reason) and not _over(item.until, today),
        )
        for item in decisions
        if not item.removed and (item.recipient, item.purpose, item.subject) == (recipient, purpose, subject)
    )
    return _in_force(said, today)


def _over(until: str, today: str) -> bool:
    return bool(until) and until < today


def _in_force(said: Iterable[tuple[str, tuple[str, ...], bool]], today: str) -> frozenset[str]:
    """For each category the latest decision by day speaks; of two on one day, the one that does not share."""
    latest: dict[str, tuple[str, bool]] = {}
    for on, categories, shares in said:
        if on > today:
            continue
        for category in categories:
            before = latest.get(category)
            if before is None or on > before[0]:
                latest[category] = (on, shares)
            elif on == before[0]:
                latest[category] = (on, before[1] and shares)
    return frozenset(category for category, (_, shares) in latest.items() if shares)
