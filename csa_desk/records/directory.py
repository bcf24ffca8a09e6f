"""The local directory: agencies, services, places, people to ask, and who plays which part where.

Shapes follow Open Referral UK 3.0 where it has a home for a fact; ``extra`` keeps what an import brought and
we do not know, so that it can be handed on unchanged.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from csa_desk.records.categories import Category as C
from csa_desk.records.fields import Record, Scope, Value, data, fixed, flag, text, words


class ServiceStatus(StrEnum):
    """Open Referral's words for whether a service runs."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    DEFUNCT = "defunct"
    PAUSED = "temporarily closed"


class Referrals(StrEnum):
    """Whether a service takes new people."""

    OPEN = "open"
    WAITING = "waiting list"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class InDirectory(Record):
    """A record of the directory: it holds no child and may be printed and shared freely.

    ``origin`` and ``origin_id`` say which import brought it; ``checked_on/by/how`` who last made sure.
    """

    SCOPE: ClassVar[Scope] = Scope.DIRECTORY

    origin: str = text(C.IDENTITY)
    origin_id: str = text(C.IDENTITY)
    checked_on: str = text(C.IDENTITY)
    checked_by: str = text(C.IDENTITY)
    checked_how: str = text(C.IDENTITY)
    extra: dict[str, Value] | None = data(C.IDENTITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency(InDirectory):
    """An organisation. ``identifiers``: dicts with ``scheme``, ``kind``, ``identifier``.

    ``policies``: its operational policies; ``risk_role``: its part in assessing risk.
    """

    KIND: ClassVar[str] = "agency"

    name: str = text(C.IDENTITY)
    other_names: tuple[str, ...] = words(C.IDENTITY)
    description: str = text(C.IDENTITY)
    agency_type: str = text(C.IDENTITY)
    website: str = text(C.IDENTITY)
    email: str = text(C.IDENTITY)
    phone: str = text(C.IDENTITY)
    parent: str = text(C.IDENTITY)
    policies: str = text(C.IDENTITY)
    risk_role: str = text(C.IDENTITY)
    identifiers: list[Value] | None = data(C.IDENTITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Service(InDirectory):
    """What an agency offers. Ages are decimal years as text, empty where there is no limit.

    ``areas``: dicts with ``name``, ``extent``, ``extent_type``, ``uri``. ``attributes``: dicts with ``link_type``,
    ``term`` (id), ``name``, ``taxonomy``, ``value``, ``label``. ``types``: ids of kinds of service. ``wait`` and
    ``capacity`` say nothing without the day they were told (``wait_as_at``, ``capacity_as_at``). ``referrals``: see
    :class:`Referrals`; it is not the status.
    """

    KIND: ClassVar[str] = "service"

    agency: str = text(C.IDENTITY)
    name: str = text(C.IDENTITY)
    other_names: tuple[str, ...] = words(C.IDENTITY)
    description: str = text(C.IDENTITY)
    status: str = text(C.IDENTITY)
    website: str = text(C.IDENTITY)
    email: str = text(C.IDENTITY)
    phone: str = text(C.IDENTITY)
    minimum_age: str = text(C.IDENTITY)
    maximum_age: str = text(C.IDENTITY)
    eligibility: str = text(C.IDENTITY)
    how_to_refer: str = text(C.IDENTITY)
    fees: str = text(C.IDENTITY)
    wait: str = text(C.IDENTITY)
    wait_as_at: str = text(C.IDENTITY)
    capacity: str = text(C.IDENTITY)
    capacity_as_at: str = text(C.IDENTITY)
    referrals: str = text(C.IDENTITY)
    sessions: str = text(C.IDENTITY)
    review_every: str = text(C.IDENTITY)
    alert: str = text(C.IDENTITY)
    accreditations: str = text(C.IDENTITY)
    commissioner: str = text(C.IDENTITY)
    contract_end: str = text(C.IDENTITY)
    types: tuple[str, ...] = words(C.IDENTITY)
    needs: tuple[str, ...] = words(C.IDENTITY)
    roles: tuple[str, ...] = words(C.IDENTITY)
    languages: tuple[str, ...] = words(C.IDENTITY)
    locations: tuple[str, ...] = words(C.IDENTITY)
    areas: list[Value] | None = data(C.IDENTITY)
    schedules: list[Value] | None = data(C.IDENTITY)
    costs: list[Value] | None = data(C.IDENTITY)
    attributes: list[Value] | None = data(C.IDENTITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Location(InDirectory):
    """A place. A withheld address is in no export and no print, ever."""

    KIND: ClassVar[str] = "location"

    name: str = text(C.IDENTITY)
    location_type: str = text(C.IDENTITY)
    address: str = text(C.IDENTITY)
    postcode: str = text(C.IDENTITY)
    latitude: str = text(C.IDENTITY)
    longitude: str = text(C.IDENTITY)
    transport: str = text(C.IDENTITY)
    accessibility: tuple[str, ...] = words(C.IDENTITY)
    withheld: bool = flag(C.SAFEGUARDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(InDirectory):
    """Somebody, or better a role mailbox, to ask at an agency or service."""

    KIND: ClassVar[str] = "contact"

    agency: str = text(C.IDENTITY)
    service: str = text(C.IDENTITY)
    location: str = text(C.IDENTITY)
    name: str = text(C.IDENTITY)
    title: str = text(C.IDENTITY)
    department: str = text(C.IDENTITY)
    email: str = text(C.IDENTITY)
    phone: str = text(C.IDENTITY)
    role_mailbox: bool = flag(C.IDENTITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyRole(InDirectory):
    """The part an agency plays, in an area or in a service: ``role`` is an id of the roles pack."""

    KIND: ClassVar[str] = "agency-role"

    agency: str = fixed(C.IDENTITY)
    role: str = fixed(C.IDENTITY)
    service: str = fixed(C.IDENTITY)
    area: str = text(C.IDENTITY)
    part: str = text(C.IDENTITY)
    since: str = text(C.IDENTITY)
    until: str = text(C.IDENTITY)
