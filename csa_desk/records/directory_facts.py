"""What is known of agencies and services one fact at a time, each with who made sure of it and when.

Who may come and how, where to turn when something goes wrong, who sits with whom, what was agreed between agencies;
and the areas all of this is about.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from csa_desk.records.categories import Category as C
from csa_desk.records.directory import InDirectory
from csa_desk.records.fields import Value, data, fixed, text, words


class About(StrEnum):
    """What a criterion of access is about."""

    AGE = "age"
    AREA = "area"
    ABUSE = "abuse"
    POLICE = "police-report"
    REFERRER = "referrer"
    GENDER = "gender"
    OTHER = "other"


class Rule(StrEnum):
    """What a criterion says: only who is named, all but who is named, or that it makes no difference."""

    ONLY = "only"
    NOT = "not"
    EITHER = "either"


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion(InDirectory):
    """One criterion of access to a service, or one exclusion. Ages are decimal years as text.

    ``values``: area codes, kinds of abuse, who may refer, as ``about`` says. ``note``: as the service puts it.
    """

    KIND: ClassVar[str] = "criterion"

    service: str = fixed(C.IDENTITY)
    about: str = fixed(C.IDENTITY)
    rule: str = text(C.IDENTITY)
    lowest: str = text(C.IDENTITY)
    highest: str = text(C.IDENTITY)
    values: tuple[str, ...] = words(C.IDENTITY)
    note: str = text(C.IDENTITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralRoute(InDirectory):
    """How one gets to a service or agency: who may ask (``self``, ``carer``, ``professional``, ``police``), how
    (``phone``, ``email``, ``form``, ``letter``, ``visit``), and where to.
    """

    KIND: ClassVar[str] = "referral-route"

    agency: str = fixed(C.IDENTITY)
    service: str = fixed(C.IDENTITY)
    who: tuple[str, ...] = words(C.IDENTITY)
    how: str = text(C.IDENTITY)
    to: str = text(C.IDENTITY)
    note: str = text(C.IDENTITY)


class EscalationLevel(StrEnum):
    """Where to turn when agencies disagree or nothing happens."""

    POLICY = "local-policy"
    LADO = "lado"
    OUT_OF_HOURS = "out-of-hours"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationRoute(InDirectory):
    """A way to escalate in an area (its code, empty where it holds everywhere here)."""

    KIND: ClassVar[str] = "escalation-route"

    area: str = fixed(C.IDENTITY)
    level: str = fixed(C.IDENTITY)
    agency: str = text(C.IDENTITY)
    phone: str = text(C.IDENTITY)
    email: str = text(C.IDENTITY)
    website: str = text(C.IDENTITY)
    note: str = text(C.IDENTITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoLocation(InDirectory):
    """People of an agency sit at a location of another: for which service, and on which days."""

    KIND: ClassVar[str] = "co-location"

    agency: str = fixed(C.IDENTITY)
    service: str = fixed(C.IDENTITY)
    location: str = fixed(C.IDENTITY)
    days: str = text(C.IDENTITY)


class AgreementKind(StrEnum):
    """What agencies agreed."""

    SHARING = "information-sharing"
    PARTNERSHIP = "partnership"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(InDirectory):
    """What agencies agreed in writing. It is the service's own and never exported.

    ``parties``: ids of agencies. ``headings``: what it covers. ``review``: the day it is to be looked at again.
    """

    KIND: ClassVar[str] = "agreement"

    what: str = fixed(C.IDENTITY)
    parties: tuple[str, ...] = words(C.IDENTITY)
    title: str = text(C.IDENTITY)
    headings: tuple[str, ...] = words(C.IDENTITY)
    agreed: str = text(C.IDENTITY)
    review: str = text(C.IDENTITY)
    website: str = text(C.IDENTITY)
    note: str = text(C.IDENTITY)


class AreaKind(StrEnum):
    """What kind of area a code stands for."""

    COUNCIL = "council"
    POLICE = "police"
    HEALTH = "icb"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Area(InDirectory):
    """An area by its published code (GSS). ``vintage``: the list the code stands in, by date.

    ``successors``: codes that took its place; ``within``: codes of areas it lies in, as published, never inferred.
    """

    KIND: ClassVar[str] = "area"

    code: str = fixed(C.IDENTITY)
    what: str = text(C.IDENTITY)
    name: str = text(C.IDENTITY)
    other_names: tuple[str, ...] = words(C.IDENTITY)
    vintage: str = text(C.IDENTITY)
    began: str = text(C.IDENTITY)
    ended: str = text(C.IDENTITY)
    successors: tuple[str, ...] = words(C.IDENTITY)
    within: tuple[str, ...] = words(C.IDENTITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class SameEntry(InDirectory):
    """Two entries thought to be one agency or service: linked, never re-pointed, reversible."""

    KIND: ClassVar[str] = "same-entry"

    entry: str = fixed(C.IDENTITY)
    other: str = fixed(C.IDENTITY)
    reason: str = text(C.IDENTITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMapping(InDirectory):
    """How the columns of a table of one shape are read. ``shape``: hash of its headings.

    ``columns``: heading → field; ``target``: what a row is (``service``, ``agency``, ``area``).
    """

    KIND: ClassVar[str] = "column-mapping"

    shape: str = fixed(C.IDENTITY)
    title: str = text(C.IDENTITY)
    target: str = text(C.IDENTITY)
    columns: dict[str, Value] | None = data(C.IDENTITY)
