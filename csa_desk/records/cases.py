"""The child, the case and its periods of support, the people round the child, and how they came to us."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from csa_desk.records.categories import Category as C
from csa_desk.records.fields import Record, Scope, Value, data, event, fixed, flag, text, words


class Nation(StrEnum):
    """Whose law a case stands under."""

    ENGLAND = "england"
    WALES = "wales"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Record):
    """Identity only. Address, phone, orders and facts belong to the case that recorded them."""

    SCOPE: ClassVar[Scope] = Scope.PERSON
    KIND: ClassVar[str] = "person"

    name: str = text(C.IDENTITY)
    preferred_name: str = text(C.IDENTITY)
    birth_date: str = text(C.IDENTITY)
    pronoun: str = text(C.IDENTITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class SameAs(Record):
    """Two person records thought to be one human being: linked, never re-pointed, reversible."""

    SCOPE: ClassVar[Scope] = Scope.PERSON
    KIND: ClassVar[str] = "same-as"

    person: str = fixed(C.IDENTITY)
    other: str = fixed(C.IDENTITY)
    reason: str = text(C.IDENTITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(Record):
    """One file per child."""

    SCOPE: ClassVar[Scope] = Scope.CASE
    KIND: ClassVar[str] = "case"

    code: str = fixed(C.IDENTITY)
    child: str = fixed(C.IDENTITY)
    opened: str = fixed(C.IDENTITY)
    owner: str = text(C.NEEDS)
    neutral_header: bool = flag(C.SAFEGUARDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class InCase(Record):
    """A record of one case."""

    SCOPE: ClassVar[Scope] = Scope.CASE

    case: str = fixed(C.NEEDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Jurisdiction(InCase):
    """From this day the case stands under this nation's law."""

    KIND: ClassVar[str] = "jurisdiction"

    nation: str = event(C.JUSTICE)
    since: str = event(C.JUSTICE)


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeArea(InCase):
    """From this day the child lives in this area, by its published code (GSS) or, where there is none, its name.

    It is told, never inferred from a postcode, and stands on nothing that leaves.
    """

    KIND: ClassVar[str] = "home-area"

    area: str = event(C.IDENTITY)
    area_name: str = event(C.IDENTITY)
    since: str = event(C.IDENTITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode(InCase):
    """A period of support within the case: a re-referral opens another."""

    KIND: ClassVar[str] = "episode"

    opened: str = fixed(C.NEEDS)
    closed: str = text(C.NEEDS)
    why_closed: str = text(C.NEEDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Carer(InCase):
    """A safe parent or carer of this child."""

    KIND: ClassVar[str] = "carer"

    person: str = fixed(C.FAMILY)
    relation: str = text(C.FAMILY)
    lives_with: str = text(C.FAMILY, protective=("no", "not-known", "yes"))
    needs_own_support: str = text(C.FAMILY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sibling(InCase):
    """A brother or sister. ``their_case`` is known to this case only; nothing is shared by the link."""

    KIND: ClassVar[str] = "sibling"

    person: str = fixed(C.FAMILY)
    relation: str = text(C.FAMILY)
    lives_with: str = text(C.FAMILY)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPoint(InCase):
    """A phone, address or account as this case recorded it for a person."""

    KIND: ClassVar[str] = "contact-point"

    person: str = fixed(C.IDENTITY)
    means: str = text(C.IDENTITY)
    value: str = text(C.IDENTITY)
    label: str = text(C.IDENTITY)
    safe: str = text(C.SAFEGUARDING, protective=("no", "not-known", "yes"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ParentalResponsibility(InCase):
    """Who holds parental responsibility from when, on what evidence; orders are events too."""

    KIND: ClassVar[str] = "parental-responsibility"

    person: str = event(C.FAMILY)
    held: str = event(C.FAMILY)
    evidence: str = event(C.FAMILY)
    since: str = event(C.FAMILY)
    until: str = event(C.FAMILY)


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamMember(InCase):
    """Somebody who works with the child: who, in what role, for what outcome, from when to when."""

    KIND: ClassVar[str] = "team-member"

    name: str = text(C.NEEDS)
    role: str = text(C.NEEDS)
    agency: str = text(C.NEEDS)
    agency_name: str = text(C.NEEDS)
    practitioner: str = text(C.NEEDS)
    outcome: str = text(C.NEEDS)
    helps_with: tuple[str, ...] = words(C.NEEDS)
    part: str = text(C.NEEDS)
    coordinator: bool = flag(C.NEEDS)
    since: str = text(C.NEEDS)
    until: str = text(C.NEEDS)
    next_contact: str = text(C.NEEDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralIn(InCase):
    """How the child came to us. ``offers``: dicts with ``what``, ``on``, ``answer``, ``reason``."""

    KIND: ClassVar[str] = "referral-in"

    episode: str = fixed(C.NEEDS)
    received: str = text(C.NEEDS)
    from_name: str = text(C.NEEDS)
    from_agency: str = text(C.NEEDS)
    why: str = text(C.NEEDS)
    offers: list[Value] | None = data(C.NEEDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Record):
    """Something to do, by whom and when; a rule raises it once for one record."""

    SCOPE: ClassVar[Scope] = Scope.CASE
    KIND: ClassVar[str] = "task"

    case: str = fixed(C.NEEDS)
    what: str = text(C.NEEDS)
    due: str = text(C.NEEDS)
    owner: str = text(C.NEEDS)
    contact: bool = flag(C.NEEDS)
    rule: str = fixed(C.NEEDS)
    raised_by: str = fixed(C.NEEDS)
    state: str = text(C.NEEDS)
    state_on: str = text(C.NEEDS)
    reason: str = text(C.NEEDS)
