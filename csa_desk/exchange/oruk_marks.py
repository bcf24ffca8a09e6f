"""Facts that Open Referral UK has no field for, written as terms whose names say them in a sentence.

A reader who knows only the standard reads the name of the term; our own importer reads the property of our own that
stands beside it, so that the fact comes back exactly.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, cast

from csa_desk.exchange.oruk_fitting import Raw, canonical, deep_safe
from csa_desk.exchange.oruk_restoring import OURS
from csa_desk.records import ids
from csa_desk.records.dates import spoken
from csa_desk.records.directory import Agency, AgencyRole, Contact, InDirectory, Location, Referrals, Service
from csa_desk.records.directory_facts import (
    About,
    Area,
    CoLocation,
    Criterion,
    EscalationRoute,
    ReferralRoute,
    Rule,
)

TAXONOMY = "CSA Desk"
AREAS = "CSA Desk areas"
ESCALATION = "CSA Desk escalation"
NOT_CARRIED = frozenset(("id", "removed", "origin", "origin_id", "checked_by", "checked_how"))

_REFERRALS = {
    Referrals.OPEN: "Takes new referrals",
    Referrals.WAITING: "Has a waiting list",
    Referrals.CLOSED: "Takes no new referrals at the moment",
}
_ABOUT = {
    About.AGE: "age",
    About.AREA: "area",
    About.ABUSE: "kind of abuse",
    About.POLICE: "a report to the police",
    About.REFERRER: "who refers",
    About.GENDER: "gender",
}
_RULES = {Rule.ONLY: "Only", Rule.NOT: "Not", Rule.EITHER: "Makes no difference"}
_RULE_LINKS = {Rule.NOT: "exclusion"}


@dataclass(frozen=True, slots=True)
class Names:
    """Words for ids: of agencies and locations in this export, and of kinds of service, needs and roles."""

    agencies: Mapping[str, str]
    locations: Mapping[str, str]
    titles: Mapping[str, str]

    def title(self, word: str) -> str:
        """The words for an id of a pack; the id itself where there are none."""
        return self.titles.get(word, word)


def mark(
    owner: str, link_type: str, name: str, ours: Raw, *, value: str = "", label: str = "", entity: str = ""
) -> Raw:
    """An attribute of our own taxonomy. ``ours`` is what our importer reads of it."""
    words = " ".join(name.split())
    term = ids.same_id("term", link_type, words)
    found = {
        "id": ids.same_id("attribute", owner, link_type, words, canonical(ours)),
        "link_id": owner,
        "link_type": link_type,
        "link_entity": entity,
        "taxonomy_term_id": term,
        "taxonomy_term": {"id": term, "name": words, "description": words, "taxonomy": TAXONOMY},
        "value": value,
        "label": label,
        OURS: deep_safe(ours),
    }
    return {key: part for key, part in found.items() if part != ""}


def of_service(service: Service, names: Names) -> Iterator[Raw]:
    """The facts of a service beyond the standard."""

    def made(link: str, name: str, value: str = "", **kept: Any) -> Raw:
        return mark(service.id, link, name, {"fields": kept}, value=value, entity="service")

    if service.phone:
        yield made("phone", f"Phone: {service.phone}")
    if service.eligibility:
        yield made("eligibility", f"Who it is for: {service.eligibility}")
    if service.how_to_refer:
        yield made("referral-route", f"How to refer: {service.how_to_refer}")
    if service.wait:
        yield made(
            "waiting-time",
            f"Waiting time: {service.wait} (as at {service.wait_as_at})",
            f"{service.wait}, as at {service.wait_as_at}",
            wait=service.wait,
            wait_as_at=service.wait_as_at,
        )
    elif service.wait_as_at:
        yield made("waiting-time", f"Asked on {service.wait_as_at}, not known", wait_as_at=service.wait_as_at)
    if service.capacity:
        words = f"Capacity: {service.capacity} (as at {service.capacity_as_at})"
        yield made("capacity", words, capacity=service.capacity, capacity_as_at=service.capacity_as_at)
    elif service.capacity_as_at:
        yield made(
            "capacity", f"Asked on {service.capacity_as_at}, not known", capacity_as_at=service.capacity_as_at
        )
    if service.referrals:
        words = _REFERRALS.get(cast("Referrals", service.referrals), service.referrals)
        yield made(
            f"referral-status/{service.referrals}", words, service.referrals, referrals=service.referrals
        )
    if service.sessions:
        yield made("sessions", f"Sessions: {service.sessions}", sessions=service.sessions)
    if service.review_every:
        yield made("review", f"Reviewed every {service.review_every}", review_every=service.review_every)
    if service.contract_end:
        words = f"Contract ends: {spoken(service.contract_end) or service.contract_end}"
        yield made("contract-end", words, service.contract_end, contract_end=service.contract_end)
    if service.commissioner:
        yield made("agency-role/commissioner", f"Paid for by {service.commissioner}", "")
    for name, link in (("types", "service-type"), ("needs", "need"), ("roles", "offers-role")):
        for word in getattr(service, name):
            yield made(link, names.title(word), word, **{name: [word]})


def of_agency(agency: Agency) -> Iterator[Raw]:
    """The facts of an agency beyond the standard."""
    for name, words in (("policies", "Policies"), ("risk_role", "Part in assessing risk")):
        said = getattr(agency, name)
        if said:
            ours = {"fields": {name: said}}
            yield mark(agency.id, name.replace("_", "-"), f"{words}: {said}", ours, entity="organization")
    if agency.phone:
        yield mark(agency.id, "phone", f"Phone: {agency.phone}", {"fields": {}}, entity="organization")
    yield from checked(agency, "organization")


def of_contact(contact: Contact) -> Iterator[Raw]:
    """What Open Referral UK leaves out of a contact: how to reach it."""
    for link, words, said in (("phone", "Phone", contact.phone), ("email", "E-mail", contact.email)):
        if said:
            yield mark(contact.id, link, f"{words}: {said}", {"fields": {}}, entity="contact")
    yield from checked(contact, "contact")


def checked(record: Agency | Contact | Location, entity: str) -> Iterator[Raw]:
    """When somebody last made sure of it."""
    if record.checked_on:
        ours = {"fields": {"checked_on": record.checked_on}}
        yield mark(
            record.id,
            "checked",
            f"Checked on {record.checked_on}",
            ours,
            value=record.checked_on,
            entity=entity,
        )


def of_record(record: InDirectory, owner: str, entity: str, names: Names) -> Raw:
    """A record that has no home of its own, as a mark of the service or agency it is about."""
    link, words, value, label = _TOLD[type(record)](record, names)
    return mark(owner, link, words, carried(record), value=value, label=label, entity=entity)


def carried(record: InDirectory) -> Raw:
    """A whole record as our importer reads it back."""
    held = {item.name: getattr(record, item.name) for item in fields(record) if item.name not in NOT_CARRIED}
    kept = {name: list(part) if isinstance(part, tuple) else part for name, part in held.items() if part}
    return {"kind": record.KIND, "id": record.id, "fields": kept}


def as_term(record: Area | EscalationRoute, names: Names) -> Raw:
    """An area, or a way to escalate that no agency owns, as a term of a list of its own."""
    if isinstance(record, Area):
        words = f"{record.name or record.code} ({record.code})" if record.code else record.name or record.id
        found = {"code": record.code, "taxonomy": AREAS}
    else:
        words, found = _escalation(record, names)[1], {"taxonomy": ESCALATION}
    told = {"id": record.id, "name": words, "description": words, **found, OURS: deep_safe(carried(record))}
    return {name: part for name, part in told.items() if part}


def _joined(*parts: str) -> str:
    return " ".join(" ".join(part for part in parts if part).split())


def criterion_words(item: Criterion) -> str:
    """A criterion of access in a sentence."""
    what = _ABOUT.get(cast("About", item.about), item.about if item.about != About.OTHER else "")
    values = ", ".join(item.values)
    if item.lowest or item.highest:
        if item.lowest and item.highest:
            values = f"{item.lowest} to {item.highest}"
        else:
            values = f"{item.lowest} and over" if item.lowest else f"up to {item.highest}"
    rule = _RULES.get(cast("Rule", item.rule), "")
    said = ": ".join(part for part in (f"{rule} {what}".strip(), values) if part)
    return _joined(f"{said}." if said else "", item.note) or "A criterion of access"


def _criterion(item: Criterion, _names: Names) -> tuple[str, str, str, str]:
    link = _RULE_LINKS.get(cast("Rule", item.rule), "eligibility")
    return f"{link}/{item.about or 'other'}", criterion_words(item), "", ""


def _route(item: ReferralRoute, _names: Names) -> tuple[str, str, str, str]:
    who = " or ".join(item.who) or "anybody"
    by = f" by {item.how}" if item.how else ""
    words = _joined(f"Referral from {who}{by}{': ' + item.to if item.to else ''}.", item.note)
    return f"referral-route/{','.join(item.who)},{item.how}", words, item.to, ""


def _escalation(item: EscalationRoute, _names: Names) -> tuple[str, str, str, str]:
    where = f" in {item.area}" if item.area else ""
    reach = ", ".join(part for part in (item.phone, item.email, item.website) if part)
    words = _joined(f"Escalation{where}, {item.level or 'other'}{': ' + reach if reach else ''}.", item.note)
    return f"escalation-route/{item.level or 'other'}", words, item.area, ""


def _co_location(item: CoLocation, names: Names) -> tuple[str, str, str, str]:
    who, where = names.agencies.get(item.agency, ""), names.locations.get(item.location, "")
    days = f" on {item.days}" if item.days else ""
    return (
        "co-location",
        f"People of {who or 'another agency'} work at {where or 'this place'}{days}",
        item.location,
        who,
    )


def _role(item: AgencyRole, names: Names) -> tuple[str, str, str, str]:
    who = names.agencies.get(item.agency, "")
    since = ", ".join(
        part for part in (item.since and f"since {item.since}", item.until and f"until {item.until}") if part
    )
    where = f" in {item.area}" if item.area else ""
    words = _joined(
        f"{names.title(item.role)}: {who or 'an agency'}{where}.", item.part, f"({since})" if since else ""
    )
    return (
        f"agency-role/{item.role}",
        words,
        item.agency if item.service else item.area,
        who if item.service else "",
    )


_TOLD: dict[type[InDirectory], Callable[[Any, Names], tuple[str, str, str, str]]] = {
    Criterion: _criterion,
    ReferralRoute: _route,
    EscalationRoute: _escalation,
    CoLocation: _co_location,
    AgencyRole: _role,
}
