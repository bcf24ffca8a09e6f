"""Services of a feed become records, with where, when, for whom and what they cost."""

import re
from typing import Any, cast

from csa_desk.exchange import oruk_access, oruk_identity, oruk_own, repairs
from csa_desk.exchange.documents import Json
from csa_desk.exchange.entry import Entry, is_empty
from csa_desk.exchange.oruk_attributes import agency_roles, attributes, commissioner
from csa_desk.exchange.oruk_gathering import Found, Merged, Raw, merge
from csa_desk.exchange.oruk_places import is_refuge, speaks_of_secret
from csa_desk.exchange.oruk_reading import (
    BACK_REFERENCES,
    Reading,
    contacts,
    dated,
    email_of,
    extra,
    inner,
    origin,
    spare_telephones,
    telephones,
)
from csa_desk.records.directory import Service, ServiceStatus
from csa_desk.records.fields import Value

CHECKED = "checked by the publisher"
CHANGED = "last changed by the publisher"

_STATUS = {status.value.replace(" ", ""): status.value for status in ServiceStatus}


def service(reading: Reading, merged: Merged, record: str) -> None:
    """Take a service into the result, with its contacts and the roles agencies play in it. It must have a name."""
    raw, own = oruk_own.split(merged.raw)
    entry = reading.entry(raw, merged.file, "service", record)
    agency = _agency(entry)
    low, high, said = repairs.ages(entry.take("minimum_age"), entry.take("maximum_age"))
    for sentence in said:
        entry.say(sentence)
    checked, named, modified = _checked(reading, entry)
    marks, pays, contract_end = commissioner(entry, attributes(reading, entry))
    marks, roles = agency_roles(reading, entry, marks, agency=agency, service=record)
    marks, facts, told = oruk_access.facts(reading, entry, marks, agency=agency, service=record)
    held = telephones(entry)
    email, others = email_of(entry)
    waits, waits_as_at = _waiting(reading, marks)
    texts: dict[str, Any] = {
        "name": entry.line("name"),
        "description": entry.prose("description"),
        "eligibility": entry.prose("eligibility_description", "eligibility"),
        "how_to_refer": entry.prose("application_process"),
        "fees": "\n".join(
            dict.fromkeys(filter(None, (entry.prose("fees"), entry.prose("fees_description"))))
        ),
        "wait": entry.prose("wait_time") or waits,
        "wait_as_at": waits_as_at,
        "alert": entry.prose("alert"),
        "accreditations": entry.prose("accreditations"),
    }
    sites = _Sites(reading, entry, record, agency)
    secret = speaks_of_secret(texts["name"], texts["description"], texts["alert"])
    if secret:
        reading.withheld.update(sites.locations)
    elif is_refuge(texts["name"]):
        reading.withheld.update(sites.without_street)
    contacts(reading, entry, agency=agency, service=record)
    spare = [item for item in held if item is not held[0] or item.words]
    spare_telephones(reading, entry, spare, agency=agency, service=record)
    languages, spoken = _languages(entry)
    alternate = entry.line("alternate_name")
    made = Service(
        id=record,
        agency=agency,
        other_names=(alternate,) if alternate else (),
        status=_status(entry),
        website=entry.web("url", "web address"),
        email=email,
        phone=held[0].number if held else "",
        minimum_age=low,
        maximum_age=high,
        commissioner=pays,
        contract_end=contract_end,
        languages=languages,
        locations=tuple(sorted(sites.locations)),
        areas=_areas(entry) + sites.areas or None,
        schedules=_schedules(entry) + sites.schedules or None,
        costs=_costs(entry) or None,
        attributes=cast("list[Value]", marks) or None,
        extra=extra(
            entry,
            {
                "last_modified": modified,
                "languages": spoken,
                "service_at_locations": sites.rest,
                "other_emails": others,
                "capacities": told.capacities,
            },
            named=named,
            secret=secret,
        ),
        types=told.types,
        referrals=told.referrals,
        sessions=told.sessions,
        capacity=told.capacity,
        capacity_as_at=told.capacity_as_at,
        **texts,
        **checked,
        **origin(raw),
    )
    reading.add(oruk_own.whole(made, own, reading, secret=secret))
    for fact in (*roles, *facts):
        reading.add(fact)
    entry.done()


def _agency(entry: Entry) -> str:
    agency = oruk_identity.agency_behind(entry.raw)
    named = oruk_identity.known("agency", entry.take("organization_id", "organisation_id", "organizationId"))
    entry.take("organization", "organisation")
    if not agency:
        entry.say("It names no organisation. It was taken without one. Add who runs it.")
    elif named and named != agency:
        entry.say("It names two organisations that differ. The one described with it was taken.")
    return agency


def _status(entry: Entry) -> str:
    given = entry.line("status")
    found = _STATUS.get(given.lower().replace("_", "").replace("-", "").replace(" ", ""), "")
    if not given:
        entry.say("It does not say whether it is running. Ask before you rely on it.")
    elif not found:
        entry.say(
            f"Its status {repairs.shown(given)} is not one that is known. It was left out. Ask if it is running."
        )
    elif found != given:
        entry.say(f"Its status {repairs.shown(given)} was read as “{found}”.")
    return found


def _checked(reading: Reading, entry: Entry) -> tuple[dict[str, Any], str, str]:
    """The fields on checking, the assurer's address where a person's was left out, and the last change."""
    day, said = repairs.check_day(entry.take("assured_date"), reading.today)
    entry.say(said)
    modified, said = repairs.moment(entry.take("last_modified"), reading.today)
    entry.say(said)
    given = entry.line("assurer_email")
    address, _, said = repairs.email(given)
    role = repairs.is_role_mailbox(address)
    if given and not role:
        entry.say("The name or address of the person who checked it was left out.")
    how = CHECKED if day else CHANGED if modified else ""
    fields = {
        "checked_on": day or modified[:10],
        "checked_by": address if role else "",
        "checked_how": how,
    }
    return fields, "" if role else given, modified


_AS_AT = re.compile(r"[\s,;(]*(?:\bas (?:at|of)\s+)?(\d{4}-\d{2}-\d{2})\)?", re.IGNORECASE)


def _waiting(reading: Reading, marks: list[dict[str, Value]]) -> tuple[str, str]:
    """How long one waits, in words, and the day (ISO) that holds for; both empty where no mark says so."""
    found = next((mark for mark in marks if mark.get("link_type") == "waiting-time"), {})
    words, day = [], ""
    for name in ("name", "value"):
        text = str(found.get(name, ""))
        dated = _AS_AT.search(text)
        told = repairs.check_day(dated[1], reading.today)[0] if dated else ""
        if dated and told:
            day = day or told
            text = f"{text[: dated.start()]}{text[dated.end() :]}".strip(" ,;")
        words.append(text)
    return ", ".join(word for word in words if word), day


def _languages(entry: Entry) -> tuple[tuple[str, ...], list[Raw]]:
    """Names of languages, and the languages as they came where they say more than a name."""
    held = [inner(entry, raw) for raw in entry.objects("languages", text_as="name")]
    names = sorted({str(raw.get("name") or raw.get("code") or "") for raw in held} - {""})
    if any(not (raw.get("name") or raw.get("code")) for raw in held):
        entry.say("A language has no name. It was left out.")
    more = [raw for raw in held if set(raw) - {"id", "name"} and (raw.get("name") or raw.get("code"))]
    return tuple(names), more


def _areas(entry: Entry, **more: str) -> list[Value]:
    held = [{**inner(entry, raw), **more} for raw in entry.objects("service_areas", text_as="name")]
    return [raw for raw in held if set(raw) - {"id", "location"}]


def _schedules(entry: Entry, **more: str) -> list[Value]:
    found: list[Value] = []
    for raw in entry.objects("schedules", text_as="description"):
        held = dated(entry, inner(entry, raw), ("valid_from", "valid_to", "dtstart", "until"))
        often = held.get("freq")
        if isinstance(often, str) and often != often.upper():
            held["freq"] = often.upper()
            entry.say(f"How often it runs, {repairs.shown(often)}, was read as {often.upper()}.")
        held = {name: part for name, part in {**held, **more}.items() if not is_empty(part)}
        if set(held) - {"id", "location"}:
            found.append(cast("Value", held))
    return found


def _costs(entry: Entry) -> list[Value]:
    found: list[Value] = []
    for raw in entry.objects("cost_options", text_as="amount_description"):
        held = dated(entry, inner(entry, raw), ("valid_from", "valid_to"))
        if "amount" in held:
            amount = repairs.number(str(held["amount"]).replace("£", "").replace(",", ""))
            if amount is None:
                entry.say(
                    f"A cost was {repairs.shown(held['amount'])}, which is no amount. It was kept as words."
                )
                words = [
                    str(held[name])
                    for name in ("amount", "amount_description")
                    if not is_empty(held.get(name))
                ]
                held["amount_description"] = " ".join(words)
            held["amount"] = repairs.decimal_text(amount) if amount is not None else ""
        held = {name: part for name, part in held.items() if not is_empty(part)}
        if set(held) - {"id"}:
            found.append(cast("Value", held))
    return found


class _Sites:
    """Where a service stands: its locations, and the hours, areas and contacts that hold only there."""

    def __init__(self, reading: Reading, entry: Entry, record: str, agency: str) -> None:
        self.locations: set[str] = set()
        self.without_street: set[str] = set()
        self.areas: list[Value] = []
        self.schedules: list[Value] = []
        self.rest: list[Json] = []
        copies: dict[str, list[Found]] = {}
        own = [Found(raw, "") for raw in entry.objects("service_at_locations")]
        for found in [*own, *reading.gathered.sites.get(record, [])]:
            location = oruk_identity.location_at(found.raw, record)
            if location:
                copies.setdefault(location, []).append(found)
            else:
                entry.say("One of its places names no location. It was left out.")
        for location in sorted(copies):
            self.locations.add(location)
            site = merge(copies[location], reading.today).raw
            self._site(reading, entry.part(site, "a place"), location, record, agency)

    def _site(self, reading: Reading, site: Entry, location: str, record: str, agency: str) -> None:
        held = site.take("location")
        addresses = held.get("addresses") if isinstance(held, dict) else None
        first = addresses[0] if isinstance(addresses, list) and addresses else None
        if not (isinstance(first, dict) and not is_empty(first.get("address_1"))):
            self.without_street.add(location)
        self.areas += _areas(site, location=location)
        self.schedules += _schedules(site, location=location)
        contacts(reading, site, agency=agency, service=record, location=location)
        spare_telephones(reading, site, telephones(site), agency=agency, service=record, location=location)
        more = site.rest("id", "service", *BACK_REFERENCES, "metadata")
        if more:
            self.rest.append({"location": location, **more})
        site.done()
