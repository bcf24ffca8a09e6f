"""One row of a table becomes a raw service, organisation, location or part of one, in the words of Open Referral.

What is made here then goes the way every feed goes, so that addresses are kept secret and values are put right by the
same rules, whatever a publisher sends.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from csa_desk.exchange import columns, repairs, table_values
from csa_desk.exchange.documents import Json
from csa_desk.exchange.oruk_gathering import Raw
from csa_desk.exchange.oruk_places import SECRET_FLAG, is_yes
from csa_desk.exchange.plain_text import one_line, plain
from csa_desk.exchange.tables import Row

GEOGRAPHY = "http://statistics.data.gov.uk/id/statistical-geography/"
# Names that have a meaning in what is made here, so that no column may bring them along unread.
_RESERVED = frozenset(
    "id name attributes phones phone telephone contacts organization organisation organization_id organisation_id "
    "organizationId service_at_locations schedules service_areas languages cost_options funding taxonomy_terms "
    "addresses address accessibility locations location services metadata organization_identifiers "
    "parent_organization_id capacities email url uri website description alternate_name status fees "
    "fees_description eligibility eligibility_description application_process wait_time alert accreditations "
    "minimum_age maximum_age assured_date assurer_email last_modified latitude longitude location_type transportation "
    "attention title department number".split()
)
# Fields whose formatting is taken out, and spoken of, where they are read like those of a feed.
_PROSE = frozenset("description eligibility application_process fees alert accreditations".split())
NAMED_MAILBOX = "Mailbox that may be one person’s own"


@dataclass(slots=True)
class Item:
    """A row on its way: what it is, where it stood, its fields, what no field was found for, and what was said."""

    kind: str
    where: str
    fields: dict[str, list[Json]]
    extra: dict[str, Json]
    said: list[str] = field(default_factory=list)
    raw: Raw = field(default_factory=dict)
    record: str = ""

    def line(self, name: str) -> str:
        """The first value of a field that says something, on one line."""
        return next(
            filter(None, (one_line(table_values.text_of(part)) for part in self.fields.get(name, []))), ""
        )

    def prose(self, name: str) -> str:
        """All values of a field, each with its line breaks."""
        found = (table_values.text_of(part).strip() for part in self.fields.get(name, []))
        return "\n".join(dict.fromkeys(filter(None, found)))

    def many(self, name: str, marks: str = ";|\n") -> list[str]:
        """All entries of a field that lists several."""
        return list(
            dict.fromkeys(
                part for value in self.fields.get(name, []) for part in table_values.parts(value, marks)
            )
        )

    def say(self, what: str) -> None:
        """A sentence for the report."""
        if what:
            self.said.append(what)


def item(kind: str, where: str, row: Row, mapping: Mapping[str, str]) -> Item:
    """A row with its cells under the fields they belong to."""
    made = Item(kind, where, {}, {})
    tidied = []
    for heading, value in row.cells.items():
        name = mapping.get(heading, columns.UNUSED)
        if name and table_values.is_plain(value):
            made.fields.setdefault(name, []).append(value)
            if name not in _PROSE and isinstance(value, str) and _is_formatted(value):
                tidied.append(f"“{heading[:40]}”")
        else:
            made.extra[f"{heading} (column)" if heading in _RESERVED else heading] = value
    if tidied:
        made.say(f"Formatting or odd spaces were taken out of {', '.join(tidied)}.")
    return made


def _is_formatted(text: str) -> bool:
    return plain(text) != re.sub(" {2,}", " ", re.sub(r"\r\n?", "\n", text)).strip()


def _put(raw: Raw, **values: Json) -> None:
    raw.update({name: value for name, value in values.items() if value not in ("", [], {}, None)})


def service(made: Item, today: date) -> Raw:
    """A raw service, without its organisation and its places."""
    raw: Raw = dict(made.extra)
    low, high = made.line("minimum_age"), made.line("maximum_age")
    eligibility = made.prose("eligibility")
    if made.prose("ages"):
        found, to, said = table_values.age_range(made.prose("ages"))
        made.say(said)
        low, high = low or found, high or to
        if said or not (found or to):
            eligibility = "\n".join(filter(None, (eligibility, made.prose("ages"))))
    _put(
        raw,
        id=made.line("id"),
        name=made.line("name"),
        alternate_name="; ".join(made.many("alternate_name")),
        description=made.prose("description"),
        url=made.line("url"),
        status=made.line("status"),
        minimum_age=_whole(low),
        maximum_age=_whole(high),
        eligibility_description=eligibility,
        application_process=made.prose("application_process"),
        fees_description=made.prose("fees"),
        wait_time=made.line("wait_time"),
        alert=made.prose("alert"),
        accreditations=made.prose("accreditations"),
        languages=[{"name": part} for part in made.many("language", ",;|\n")],
        service_areas=_areas(made),
        attributes=_marks(made, today),
        schedules=[{"description": part} for part in _texts(made, "hours")],
        funding=[{"source": made.line("commissioner")}] if made.line("commissioner") else [],
        assured_date=_day(made, "assured_date", "date of checking", today),
        assurer_email=made.line("assurer_email"),
        last_modified=_moment(made, today),
    )
    _reach(made, raw)
    return raw


def agency(made: Item, today: date) -> Raw:
    """A raw organisation, without the one it belongs to and its places."""
    raw: Raw = dict(made.extra)
    numbers = [
        {"identifier_scheme": scheme, "identifier_type": kind, "identifier": made.line(name)}
        for name, scheme, kind in (
            ("charity_number", "GB-CHC", "Charity number"),
            ("company_number", "GB-COH", "Company number"),
            ("tax_id", "", "Tax number"),
        )
        if made.line(name)
    ]
    status = made.line("legal_status")
    _put(
        raw,
        id=made.line("id"),
        name=made.line("name"),
        alternate_name="; ".join(made.many("alternate_name")),
        description=made.prose("description"),
        website=made.line("url"),
        organization_identifiers=numbers,
        attributes=[{"link_type": "organisation-type", "name": status}] if status else [],
        last_modified=_moment(made, today),
        **{
            heading: made.fields[name]
            for name, heading in (
                ("area.code", "area code"),
                ("area.name", "area"),
                ("hours", "hours"),
                ("language", "languages spoken"),
                ("category", "category"),
                ("assured_date", "checked"),
            )
            if name in made.fields
        },
    )
    _reach(made, raw)
    return raw


def location(made: Item, prefix: str = "") -> Raw:
    """A raw location out of a row; ``prefix`` where the row is about something that stands there."""
    raw: Raw = {} if prefix else dict(made.extra)
    raw.update({head: part for head, part in made.extra.items() if SECRET_FLAG.search(head) and is_yes(part)})
    whole, found = table_values.without_postcode(made.prose("address"))
    virtual = made.line("location_type").lower()
    address: Raw = {}
    _put(
        address,
        address_1="\n".join(filter(None, (made.prose("address_1"), whole))),
        address_2=made.prose("address_2"),
        city=made.line("city"),
        region=made.line("region"),
        state_province=made.line("state_province"),
        country=made.line("country"),
        postal_code=made.line("postal_code") or found,
        attention=made.line("attention"),
    )
    _put(
        raw,
        id=made.line("location.id") if prefix else made.line("id"),
        name=made.line(f"{prefix}name"),
        description=made.prose(f"{prefix}description"),
        location_type={"true": "virtual", "yes": "virtual", "false": "physical", "no": "physical"}.get(
            virtual, virtual
        ),
        addresses=[address] if address else [],
        latitude=made.line("latitude"),
        longitude=made.line("longitude"),
        transportation=made.prose("transportation"),
        accessibility=[{"description": part} for part in made.many("accessibility")],
    )
    if not prefix:
        _put(raw, alternate_name="; ".join(made.many("alternate_name")))
        _put(raw, **{"web address": made.line("url")})
        _put(raw, email=made.line("email"), phones=_phones(made, "phone"), contacts=_contacts(made))
        _put(raw, schedules=[{"description": part} for part in _texts(made, "hours")])
        _put(raw, languages=[{"name": part} for part in made.many("language", ",;|\n")])
    return raw


def contact(made: Item) -> Raw:
    """A raw contact."""
    raw: Raw = dict(made.extra)
    _put(
        raw,
        name=made.line("name"),
        title=made.line("role"),
        department=made.line("department"),
        email=made.line("email"),
        phones=_phones(made, "phone"),
    )
    came = made.line("id")
    return {**raw, **({"id": came} if len(came) >= 8 else {})}


def part(made: Item, today: date) -> tuple[str, Raw]:
    """The property under which a child row stands at its parent, and what stands there."""
    raw: Raw = dict(made.extra)
    if made.kind == "phone":
        _put(raw, number=made.line("number"), extension=made.line("extension"))
        words = [made.line("department"), made.line("description")]
        _put(raw, description=", ".join(filter(None, words)), type=made.line("number_type"))
        return "phones", raw
    if made.kind == "schedule":
        _put(
            raw,
            description=" ".join(_texts(made, "description") + _texts(made, "hours")),
            byday=made.line("weekday"),
            opens_at=made.line("opens_at"),
            closes_at=made.line("closes_at"),
            valid_from=_day(made, "start_date", "first day", today),
            valid_to=_day(made, "end_date", "last day", today),
            closed=made.line("closed"),
        )
        return "schedules", raw
    if made.kind == "service-area":
        _put(raw, name=made.line("name") or made.line("area.name"), description=made.prose("description"))
        _put(raw, **_extent(made.line("area.code")))
        return "service_areas", raw
    if made.kind == "language":
        _put(raw, name=made.line("name") or made.line("language"))
        return "languages", raw
    if made.kind == "identifier":
        _put(
            raw,
            identifier_scheme=made.line("identifier_scheme"),
            identifier_type=made.line("identifier_type"),
        )
        _put(raw, identifier=made.line("identifier") or raw.pop("identifier", ""))
        return "organization_identifiers", raw
    return "addresses", next(iter(location(made, "location.").get("addresses", [])), {})


def _reach(made: Item, raw: Raw) -> None:
    """Telephones, contacts and the e-mail address; one that may be a person's own is no way to refer."""
    people = _contacts(made)
    found, others, _ = repairs.email(made.prose("email"))
    own = [address for address in (found, *others) if address and not repairs.is_role_mailbox(address)]
    if own:
        for address in own:
            made.say(
                f"The e-mail address {repairs.shown(address)} may be one person's own. It was kept as a contact, not "
                "as the way to refer. Ask for a team mailbox."
            )
            people.append({"title": NAMED_MAILBOX, "email": address})
        shared = [address for address in (found, *others) if address and address not in own]
        _put(raw, email="; ".join(shared))
    else:
        _put(raw, email=made.prose("email"))
    _put(raw, phones=_phones(made, "phone"), contacts=people)


def _phones(made: Item, name: str) -> list[Json]:
    found: list[Json] = []
    for value in made.fields.get(name, []):
        found += [{"number": text} for text in table_values.parts(value, ";|\n")]
    return found


def _contacts(made: Item) -> list[Json]:
    raw: Raw = {}
    _put(
        raw,
        name=made.line("contact.name"),
        title=made.line("contact.role"),
        department=made.line("contact.department"),
        email=made.line("contact.email"),
        phones=_phones(made, "contact.phone"),
    )
    return [raw] if set(raw) - {"title", "department"} else []


def _areas(made: Item) -> list[Json]:
    names, codes = made.many("area.name"), [code.upper() for code in made.many("area.code", ",;|\n")]
    if len(names) <= 1 and len(codes) == 1:
        return [{**({"name": names[0]} if names else {}), **_extent(codes[0])}]
    return [{"name": name} for name in names] + [_extent(code) for code in codes]


def _extent(code: str) -> Raw:
    if not columns.GSS.fullmatch(code):
        return {"extent": code} if code else {}
    return {"extent": code, "extent_type": "gss", "uri": GEOGRAPHY + code}


def _marks(made: Item, today: date) -> list[Json]:
    marks: list[Json] = [{"link_type": "category", "label": part} for part in made.many("category", ",;|\n")]
    end = _day(made, "contract_end", "end of the contract", today)
    if end:
        marks.append(
            {"link_type": "agency-role/commissioner", "value": end, "label": made.line("commissioner")}
        )
    return marks


def _texts(made: Item, name: str) -> list[str]:
    return list(filter(None, (plain(table_values.text_of(value)) for value in made.fields.get(name, []))))


def _day(made: Item, name: str, what: str, today: date) -> str:
    given = made.line(name)
    found, said = table_values.day(given, what, today) if given else ("", "")
    made.say(said)
    return found


def _moment(made: Item, today: date) -> str:
    given = made.line("last_modified")
    if not given or re.match(r"\d{4}-\d\d-\d\d", given):
        return given
    found, said = table_values.day(given, "day of the last change", today)
    made.say(said)
    return found


def _whole(age: str) -> Any:
    """An age written in digits as a number, so that nothing is said of it; anything else as it is."""
    return int(age) if re.fullmatch(r"-?\d{1,4}", age) else age
