"""Organisations and locations of a feed become agencies and places. A secret address is recognised here."""

import re
from typing import cast

from csa_desk.exchange import oruk_identity, oruk_own, repairs
from csa_desk.exchange.documents import Json
from csa_desk.exchange.entry import Entry, is_empty, tidy
from csa_desk.exchange.oruk_attributes import agency_roles, attributes
from csa_desk.exchange.oruk_gathering import Merged, Raw
from csa_desk.exchange.oruk_reading import (
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
from csa_desk.exchange.plain_text import one_line
from csa_desk.records.directory import Agency, Location
from csa_desk.records.fields import Value

_AT_HOME = frozenset(("gb", "uk", "gbr", "united kingdom", "great britain", "england", "wales"))
_TYPES = frozenset(("physical", "postal", "virtual"))

_SECRET_WORDS = re.compile(
    r"\b(?:confidential|secret|undisclosed|withheld|unpublished|hidden)[\s-]+(?:physical\s+|postal\s+)?"
    r"(?:address|location|venue|premises)"
    r"|\b(?:address|location|venue)(?:es|s)?\b[\s-]*(?:(?:is|are|will be|must be|to be)\s+)?(?:kept\s+|held\s+)?"
    r"(?:strictly\s+|always\s+)?(?:confidential|secret|undisclosed|withheld|unpublished|hidden"
    r"|not\s+(?:to\s+)?(?:be\s+)?(?:disclosed|published|shared|given|shown|public))",
    re.IGNORECASE,
)
_SECRET_LINE = re.compile(
    r"(?:strictly\s+)?(?:confidential|secret|undisclosed|withheld|not disclosed|address not published)\b.{0,40}",
    re.IGNORECASE,
)
SECRET_FLAG = re.compile(
    r"confidential|withheld|secret|undisclosed|(?:hide|hidden|private).*address", re.IGNORECASE
)
_REFUGE = re.compile(r"\brefuges?\b|\bsafe[\s-]?house\b", re.IGNORECASE)


def speaks_of_secret(*texts: str) -> bool:
    """Whether words say that an address is kept secret."""
    return any(_SECRET_WORDS.search(text) for text in texts)


def is_refuge(*texts: str) -> bool:
    """Whether words name a refuge."""
    return any(_REFUGE.search(text) for text in texts)


def agency(reading: Reading, merged: Merged, record: str) -> None:
    """Take an organisation into the result, with its contacts and roles."""
    raw, own = oruk_own.split(merged.raw)
    entry = reading.entry(raw, merged.file, "organisation", record)
    name = entry.line("name")
    if not name:
        reading.report.refused(entry.where, "This organisation has no name. Add one to the feed.")
        return
    kept = attributes(reading, entry)
    kept, roles = agency_roles(reading, entry, kept, agency=record)
    types = [part for part in kept if part.get("link_type") == "organisation-type"]
    held = telephones(entry)
    email, others = email_of(entry)
    contacts(reading, entry, agency=record)
    spare = [item for item in held if item is not held[0] or item.words]
    spare_telephones(reading, entry, spare, agency=record)
    entry.take("services")
    address = entry.raw.get("uri")
    if isinstance(address, str) and repairs.is_placeholder(address):
        entry.take("uri")
        entry.say(f"The address in “uri”, {repairs.shown(address)}, is only an example. It was left out.")
    made = Agency(
        id=record,
        name=name,
        other_names=_names(entry),
        description=entry.prose("description"),
        agency_type=str(types[0].get("name", "")) if types else "",
        website=entry.web("website", "web address"),
        email=email,
        phone=held[0].number if held else "",
        parent=_parent(entry, record),
        identifiers=_identifiers(entry),
        extra=extra(
            entry,
            {
                "attributes": [part for part in kept if part not in types[:1]],
                "locations": [
                    {"id": oruk_identity.location_of(part, "")} for part in entry.objects("locations")
                ],
                "other_emails": others,
            },
        ),
        **origin(merged.raw),
    )
    reading.add(oruk_own.whole(made, own, reading))
    for role in roles:
        reading.add(role)
    entry.done()


def _names(entry: Entry) -> tuple[str, ...]:
    other = entry.line("alternate_name")
    return (other,) if other else ()


def _parent(entry: Entry, record: str) -> str:
    parent = oruk_identity.known(Agency.KIND, entry.take("parent_organization_id"))
    if parent == record:
        entry.say("It names itself as the organisation it belongs to. That was left out.")
        return ""
    return parent


def _identifiers(entry: Entry) -> list[Value] | None:
    found: list[Value] = []
    for raw in entry.objects("organization_identifiers"):
        part = entry.part(raw, "an identifier")
        identifier = part.line("identifier")
        if not identifier:
            entry.say("An identifier has no number. It was left out.")
            continue
        item = {
            "id": part.line("id"),
            "scheme": part.line("identifier_scheme"),
            "kind": part.line("identifier_type"),
            "identifier": identifier,
            **cast("Raw", tidy(part.rest("organization_id", "organizationId", "metadata"))),
        }
        found.append({name: value for name, value in item.items() if not is_empty(value)})
    return found or None


def location(reading: Reading, merged: Merged, record: str) -> None:
    """Take a location into the result, with its contacts."""
    raw, own = oruk_own.split(merged.raw)
    entry = reading.entry(raw, merged.file, "location", record)
    name = entry.line("name")
    description = entry.prose("description")
    address, postcode, street, others = _address(entry)
    north, east, said = repairs.coordinates(entry.take("latitude"), entry.take("longitude"))
    entry.say(said)
    held = telephones(entry)
    email, more = email_of(entry)
    contacts(reading, entry, location=record)
    spare_telephones(reading, entry, held, location=record)
    marks = attributes(reading, entry)
    why = _secret(reading, merged.raw, record, [name, description, address], street, marks)
    entry.say(why)
    rest: dict[str, Json] = {
        "alternate_name": entry.line("alternate_name"),
        "description": description,
        "attributes": marks,
        "addresses": others,
        "languages": [inner(entry, part) for part in entry.objects("languages")],
        "schedules": [
            dated(entry, inner(entry, part), ("valid_from", "valid_to"))
            for part in entry.objects("schedules")
        ],
        "email": email,
        "other_emails": more,
    }
    accessibility = [inner(entry, part) for part in entry.objects("accessibility", text_as="description")]
    if any(set(part) - {"id", "description", "details", "accessibility"} for part in accessibility):
        rest["accessibility"] = accessibility
    made = Location(
        id=record,
        name=name,
        location_type=_type(entry),
        address=address,
        postcode=postcode,
        latitude=north,
        longitude=east,
        transport=entry.prose("transportation"),
        accessibility=tuple(sorted(set(filter(None, map(_access, accessibility))))),
        withheld=bool(why),
        extra=extra(entry, rest, secret=bool(why)),
        **origin(merged.raw),
    )
    reading.add(oruk_own.whole(made, own, reading, secret=bool(why)))
    entry.done()


def _type(entry: Entry) -> str:
    given = entry.line("location_type")
    found = given.lower()
    if given and found not in _TYPES:
        entry.say(
            f"The kind of location {repairs.shown(given)} is not physical, postal or virtual. It was left out."
        )
        return ""
    if found != given:
        entry.say(f"The kind of location {repairs.shown(given)} was read as {found}.")
    return found


def _access(raw: Raw) -> str:
    parts = [raw.get("description") or raw.get("accessibility"), raw.get("details")]
    words = [one_line(part) for part in parts if isinstance(part, str)]
    return " ".join(dict.fromkeys(words))


def _address(entry: Entry) -> tuple[str, str, bool, list[Json]]:
    """The address in lines, its postcode, whether it has a street, and the other addresses as they came."""
    held = entry.objects("addresses", text_as="address_1")
    if not held and isinstance(entry.raw.get("address"), dict):
        held = entry.objects("address")
    if not held:
        return "", "", False, []
    first = next((raw for raw in held if str(raw.get("address_type", "")).lower() == "physical"), held[0])
    part = entry.part(first, "an address")
    street = [part.prose("address_1"), part.prose("address_2")]
    town = [part.line("city"), part.line("region"), part.line("state_province")]
    country = part.line("country")
    postcode, said = repairs.postcode(part.line("postal_code"))
    entry.say(said)
    part.done()
    lines = [line.strip(" ,") for text in (*street, *town) for line in text.split("\n")]
    if country and country.lower() not in _AT_HOME:
        lines.append(country)
    others = [raw for raw in held if raw is not first]
    attention = first.get("attention")
    if isinstance(attention, str) and attention.strip():
        others.append({"attention": attention})
    return "\n".join(dict.fromkeys(line for line in lines if line)), postcode, bool("".join(street)), others


def _secret(
    reading: Reading, raw: Raw, record: str, texts: list[str], street: bool, marks: list[dict[str, Value]]
) -> str:
    """Why this address must be withheld, in one sentence; empty where nothing says so."""
    flagged = next((name for name, value in raw.items() if SECRET_FLAG.search(name) and is_yes(value)), "")
    if flagged:
        return f"It is marked “{flagged}”. Its address will not be shown, printed or shared."
    words = [str(part.get(name, "")) for part in marks for name in ("link_type", "name", "label", "value")]
    lines = [line for text in texts for line in text.split("\n")]
    if speaks_of_secret(*texts, *words) or any(
        _SECRET_LINE.fullmatch(line.strip()) for line in [*lines, *words]
    ):
        return "Its words say that the address is secret. It will not be shown, printed or shared."
    if record in reading.withheld:
        return "Its service says that the address is secret. It will not be shown, printed or shared."
    if not street and is_refuge(*texts):
        return "It is a refuge without a street. What is known of its place will not be shown, printed or shared."
    return ""


def is_yes(value: Json) -> bool:
    """Whether a foreign value says yes."""
    if isinstance(value, str):
        return value.strip().lower() in ("true", "yes", "y", "1")
    return value is True or (isinstance(value, int) and value == 1)
