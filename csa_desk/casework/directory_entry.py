"""One entry of the directory as it is read: each fact with when it was last made sure of, and *I checked this*."""

from dataclasses import dataclass, replace
from typing import TypeVar

from csa_desk.casework.desk import Desk
from csa_desk.casework.directory import Detail, Entry, detail, need_titles
from csa_desk.casework.directory_freshness import (
    HOW_CHECKED,
    checked_words,
    freshness,
    room_words,
    wait_words,
)
from csa_desk.casework.rights import Right, needs
from csa_desk.casework.service_kinds import kind_words, kinds_of
from csa_desk.errors import InputError
from csa_desk.records.dates import spoken
from csa_desk.records.directory import (
    Agency,
    AgencyRole,
    Contact,
    InDirectory,
    Location,
    Referrals,
    Service,
    ServiceStatus,
)
from csa_desk.records.fields import Value

R = TypeVar("R", bound=InDirectory)

_STATUS: dict[str, str] = {
    ServiceStatus.INACTIVE: "This service is not running at the moment.",
    ServiceStatus.DEFUNCT: "This service has closed.",
    ServiceStatus.PAUSED: "This service is closed for a time.",
}


_REFERRALS: dict[str, str] = {
    Referrals.OPEN: "Yes",
    Referrals.WAITING: "There is a waiting list",
    Referrals.CLOSED: "Nobody new just now",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known about an entry, and how fresh the knowledge is (``fresh``, ``ageing``, ``unproven``)."""

    name: str
    words: str
    checked_on: str
    freshness: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to ask, or a mailbox that whoever has the role reads."""

    name: str
    role_mailbox: bool
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry ready to be shown. ``not_known`` names what to ask; ``checked`` says who last made sure and how."""

    entry: Entry
    about: str
    status: str
    alert: str
    checked: str
    facts: tuple[Fact, ...]
    not_known: tuple[str, ...]
    people: tuple[Person, ...]
    offers: tuple[Entry, ...]


@needs(Right.LOOK_UP)
def entry_of(desk: Desk, record_id: str) -> Entry:
    """The service or agency with this id. Raises :class:`InputError`."""
    reading = desk.vault.read
    service = reading.get(Service, record_id)
    if service is not None and not service.removed:
        agency = reading.get(Agency, service.agency) if service.agency else None
        return Entry("service", service, agency.name if agency is not None else "")
    found = reading.get(Agency, record_id)
    if found is None or found.removed:
        raise InputError("This entry is not in the directory any more.")
    return Entry("agency", found, "")


@needs(Right.LOOK_UP)
def view_entry(desk: Desk, entry: Entry) -> EntryView:
    """Everything about an entry that may be shown. A withheld address is said to be withheld."""
    shown = detail(desk, entry)
    record = entry.record
    said = _of_service(desk, record) if isinstance(record, Service) else _of_agency(desk, record)
    facts = [
        Fact(name, words, record.checked_on, freshness(desk, record.checked_on))
        for name, words in said
        if words
    ]
    facts += [_place(desk, item) for item in shown.locations]
    missing = tuple(name for name, words in said if not words and name in _WORTH_ASKING)
    people = tuple(person for item in shown.contacts if (person := _person(desk, item)).name)
    offers: tuple[Entry, ...] = ()
    if isinstance(record, Agency):
        services = sorted(
            desk.vault.read.find(Service, agency=record.id), key=lambda item: item.name.casefold()
        )
        offers = tuple(Entry("service", item, record.name) for item in services)
    return EntryView(
        entry=entry,
        about=record.description,
        status=_STATUS.get(record.status, "") if isinstance(record, Service) else "",
        alert=record.alert if isinstance(record, Service) else "",
        checked=checked_words(desk, record),
        facts=tuple(facts),
        not_known=missing,
        people=people,
        offers=offers,
    )


_WORTH_ASKING = ("Phone", "Ages", "Area", "How to refer", "Waiting time", "Opening times")


def _of_service(desk: Desk, record: Service) -> list[tuple[str, str]]:
    return [
        ("Phone", record.phone),
        ("Email", record.email),
        ("Website", record.website),
        ("Kind", ", ".join(kind_words(desk, kind) for kind in kinds_of(desk, record.types))),
        ("Takes new people", _REFERRALS.get(record.referrals, "")),
        ("Ages", ages(record)),
        ("Who it is for", record.eligibility),
        ("Area", ", ".join(_named(record.areas, "name", "extent"))),
        ("How to refer", record.how_to_refer),
        ("Waiting time", wait_words(desk, record)),
        ("Room", room_words(desk, record)),
        ("Sessions", record.sessions),
        ("Looked at again", record.review_every),
        ("Opening times", "\n".join(_hours(record.schedules))),
        ("Helps with", ", ".join(need_titles(desk, record))),
        ("Languages", ", ".join(record.languages)),
        ("Cost", record.fees or "\n".join(_costs(record.costs))),
        ("Accredited", record.accreditations),
        ("Paid for by", record.commissioner),
        ("Contract ends", spoken(record.contract_end) if record.contract_end else ""),
        ("Also called", ", ".join(record.other_names)),
    ]


def _of_agency(desk: Desk, record: Agency) -> list[tuple[str, str]]:
    above = desk.vault.read.get(Agency, record.parent) if record.parent else None
    numbers = [
        f"{item.get('scheme') or item.get('kind') or ''} {item.get('identifier') or ''}".strip()
        for item in record.identifiers or []
        if isinstance(item, dict)
    ]
    return [
        ("Phone", record.phone),
        ("Email", record.email),
        ("Website", record.website),
        ("Kind", record.agency_type),
        ("Belongs to", above.name if above is not None and not above.removed else ""),
        ("Numbers", "\n".join(numbers)),
        ("Its policies", record.policies),
        ("Part in assessing risk", record.risk_role),
        ("Also called", ", ".join(record.other_names)),
    ]


def ages(record: Service) -> str:
    """``4 to 17``, ``12 and over``, ``Up to 25``; empty where nothing is known."""
    low, high = record.minimum_age, record.maximum_age
    if low and high:
        return f"{low} to {high}"
    return f"{low} and over" if low else f"Up to {high}" if high else ""


def _named(values: list[Value] | None, *keys: str) -> list[str]:
    found: list[str] = []
    for value in values or []:
        if isinstance(value, dict):
            words = next((str(value[key]) for key in keys if value.get(key)), "")
            if words and words not in found:
                found.append(words)
    return found


def _hours(values: list[Value] | None) -> list[str]:
    found: list[str] = []
    for value in values or []:
        if not isinstance(value, dict):
            continue
        words = str(value.get("description") or "")
        opens, closes = str(value.get("opens_at") or "")[:5], str(value.get("closes_at") or "")[:5]
        if not words and opens:
            days = str(value.get("byday") or "")
            words = " ".join(
                part for part in (days, f"{opens} to {closes}" if closes else f"from {opens}") if part
            )
        if words and words not in found:
            found.append(words)
    return found


def _costs(values: list[Value] | None) -> list[str]:
    found: list[str] = []
    for value in values or []:
        if isinstance(value, dict):
            parts = (value.get("option"), value.get("amount"), value.get("amount_description"))
            words = " ".join(str(part) for part in parts if part)
            if words and words not in found:
                found.append(words)
    return found


def _place(desk: Desk, place: Location) -> Fact:
    words = "Withheld. Never printed."
    if not place.withheld:
        lines = [
            place.name,
            *place.address.split("\n"),
            place.postcode,
            place.transport,
            *place.accessibility,
        ]
        words = "\n".join(dict.fromkeys(line.strip() for line in lines if line.strip()))
    return Fact("Address", words or "Not known", place.checked_on, freshness(desk, place.checked_on))


def _person(desk: Desk, contact: Contact) -> Person:
    fresh = freshness(desk, contact.checked_on)
    role = ", ".join(part for part in (contact.title, contact.department) if part)
    name = contact.name or role or contact.email or contact.phone
    said = [
        ("Role", role if role != name else ""),
        ("Phone", contact.phone if contact.phone != name else ""),
        ("Email", contact.email if contact.email != name else ""),
    ]
    facts = tuple(Fact(what, words, contact.checked_on, fresh) for what, words in said if words)
    return Person(name, contact.role_mailbox, facts)


@needs(Right.LOAD_DIRECTORY)
def check_entry(desk: Desk, entry: Entry, how: str, changed: str = "") -> Entry:
    """Somebody made sure of the entry today, with its people and places; ``how`` is a key of :data:`HOW_CHECKED`.

    ``changed`` says in words what is different now. Returns the entry as it stands. Raises :class:`InputError`.
    """
    ways = dict(HOW_CHECKED)
    if how not in ways:
        raise InputError("Say how you checked it")
    words = f"{ways[how]}."
    if changed.strip():
        words += f" What changed: {changed.strip()}"
    held = entry_of(desk, entry.record.id)
    shown = detail(desk, held)
    with desk.vault.write() as writing:
        for kind, records in _all_of(shown):
            for record in writing.by_ids(kind, [item.id for item in records]).values():
                marked = replace(
                    record,
                    checked_on=desk.today,
                    checked_by=desk.vault.practitioner,
                    checked_how=words if record.id == held.record.id else f"{ways[how]}.",
                )
                writing.put(marked, "checked")
    return entry_of(desk, held.record.id)


def _all_of(shown: Detail) -> list[tuple[type[InDirectory], list[InDirectory]]]:
    record = shown.entry.record
    return [
        (type(record), [record]),
        (Contact, list(shown.contacts)),
        (Location, list(shown.locations)),
    ]


@needs(Right.LOOK_UP)
def entries_for_role(desk: Desk, role: str, limit: int = 3) -> list[Entry]:
    """Entries of the directory that play this role: services where the part is named for one, else agencies."""
    found: dict[str, Entry] = {}
    for part in desk.vault.read.find(AgencyRole, role=role):
        target = part.service or part.agency
        if target not in found and len(found) < limit:
            try:
                found[target] = entry_of(desk, target)
            except InputError:
                continue  # the part outlived the entry it speaks of
    return list(found.values())
