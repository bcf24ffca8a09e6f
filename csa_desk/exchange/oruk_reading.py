"""What the mapping of services, places and agencies shares: where a record came from, addresses, telephones, contacts.

Numbers with fractions become text in the fields we know, because a record's values hold none; what stays in
``extra`` is unchanged.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, cast

from csa_desk.exchange import oruk_identity, oruk_own, repairs
from csa_desk.exchange.documents import Json
from csa_desk.exchange.entry import Entry, is_empty, tidy
from csa_desk.exchange.oruk_discretion import ORIGIN, PLACE, is_person, without_people
from csa_desk.exchange.oruk_gathering import Gathered, Raw, place_of
from csa_desk.exchange.report import Report
from csa_desk.records import ids
from csa_desk.records.directory import Contact
from csa_desk.records.fields import Record, Value

# References from an inner object to the record that holds it: they say nothing more.
BACK_REFERENCES = (
    "service_id serviceId location_id locationId organization_id organizationId contact_id service_at_location_id "
    "link_id linkId phone_id contactId".split()
)


@dataclass(slots=True)
class Reading:
    """The state of one import while records are made of what was gathered."""

    gathered: Gathered
    report: Report
    today: date
    records: dict[tuple[str, str], Record] = field(default_factory=dict)
    withheld: set[str] = field(default_factory=set)
    """Ids of locations whose service says that its address is kept secret."""

    def add(self, record: Record) -> None:
        """Take a record into the result."""
        self.records[record.KIND, record.id] = record

    def holds(self, kind: type[Record], record: str) -> bool:
        """Whether the result has this record."""
        return (kind.KIND, record) in self.records

    def entry(self, raw: Raw, file: str, kind: str, record: str) -> Entry:
        """An object to read, named for the report; says so where its id could not be kept."""
        found = Entry(raw, place_of(file, kind, raw), record, self.report)
        came = oruk_identity.foreign_id(found.take("id"))
        if not came:
            found.say(f"This {kind} has no id. It was given one that will be the same at the next import.")
        elif not oruk_identity.as_uuid(came):
            found.say(
                f"The id {repairs.shown(came)} is no UUID. One was made from it, the same at every import."
            )
        return found


def origin(raw: Raw) -> dict[str, Any]:
    """The fields that say where a record came from."""
    return {"origin": ORIGIN, "origin_id": oruk_identity.foreign_id(raw.get("id"))}


def extra(
    entry: Entry, kept: Mapping[str, Json], *, named: str = "", secret: bool = False
) -> dict[str, Value] | None:
    """What the record has no field for: ``kept`` and all that was not read; no names of people who did the checking.

    ``named`` is the address of such a person. Of a ``secret`` place nothing is kept that could tell where it is.
    """
    held = {
        **entry.rest(*BACK_REFERENCES),
        **{name: part for name, part in kept.items() if not is_empty(part)},
    }
    if secret:
        told = {name: part for name, part in held.items() if not PLACE.search(name)}
        if told != held:
            entry.say("More on where it is came with it. That was left out, because the address is secret.")
        held = told
    anonymous = {
        name: without_people(part, named) for name, part in held.items() if not is_person(name, part, named)
    }
    if anonymous != held:
        entry.say("The name or address of the person who checked it was left out.")
    return (
        cast("dict[str, Value]", {name: part for name, part in anonymous.items() if not is_empty(part)})
        or None
    )


def email_of(entry: Entry) -> tuple[str, list[str]]:
    """The main e-mail address, and the others."""
    found, others, said = repairs.email(entry.line("email"))
    entry.say(said)
    return found, list(others)


@dataclass(frozen=True, slots=True)
class Telephone:
    """A telephone number and the words that say whose or for what."""

    number: str
    words: str


def telephones(entry: Entry) -> list[Telephone]:
    """All telephone numbers of an object, the main one first; each number once."""
    found: dict[str, Telephone] = {}
    single = [{"number": part} for name in ("phone", "telephone") if (part := entry.take(name)) is not None]
    for raw in [*entry.objects("phones", text_as="number"), *single]:
        part = entry.part(raw, "a phone number")
        number, words, said = repairs.phone(part.take("number") if not is_empty(raw.get("number")) else "")
        entry.say(said)
        extension = part.line("extension")
        if number and extension:
            number = f"{number} ext. {extension}"
        notes = [words, part.line("description"), part.line("type")]
        note = ", ".join(dict.fromkeys(note for note in notes if note and note != "voice"))
        part.done()
        if (number or note) and number + note not in found:
            found[number or note] = Telephone(number, note)
    return list(found.values())


def dated(entry: Entry, raw: Raw, names: tuple[str, ...]) -> Raw:
    """The object with its days put right."""
    fixed = dict(raw)
    for name in names:
        if name in fixed:
            fixed[name], said = repairs.day(fixed[name], f"date “{name}”")
            entry.say(said)
    return fixed


def inner(entry: Entry, raw: Raw) -> Raw:
    """An inner object as a record's field holds it: plain text, nothing empty, no reference back."""
    found = tidy({name: part for name, part in raw.items() if name not in (*BACK_REFERENCES, "metadata")})
    said = {name: part for name, part in found.items() if isinstance(part, str)}
    for name in ("uri", "url", "schedule_link", "term_uri"):
        if name in said and repairs.is_placeholder(said[name]):
            entry.say(f"The address in “{name}” is only an example. It was left out.")
            del found[name]
    return cast("Raw", found)


def contacts(
    reading: Reading,
    entry: Entry,
    name: str = "contacts",
    *,
    agency: str = "",
    service: str = "",
    location: str = "",
) -> None:
    """Take the contacts listed in an object into the result, as contacts of this agency, service or location."""
    for raw in entry.objects(name, text_as="name"):
        _contact(reading, entry, raw, agency=agency, service=service, location=location)


def spare_telephones(
    reading: Reading,
    entry: Entry,
    held: list[Telephone],
    *,
    agency: str = "",
    service: str = "",
    location: str = "",
) -> None:
    """Telephone numbers beyond the one a record has room for, or with words, become contacts."""
    for item in held:
        raw = {"title": item.words or "Phone", "phone": item.number or item.words}
        _contact(reading, entry, raw, agency=agency, service=service, location=location)


def _contact(reading: Reading, owner: Entry, given: Raw, *, agency: str, service: str, location: str) -> None:
    if oruk_identity.foreign_id(given.get("id")) in reading.gathered.private:
        owner.say("A contact is marked as personal or sensitive. Left out.")
        return
    raw, own = oruk_own.split(given)
    entry = owner.part(raw, "a contact")
    held = telephones(entry)
    email, others = email_of(entry)
    values: dict[str, Any] = {
        "name": entry.line("name"),
        "title": entry.line("title"),
        "department": entry.line("department"),
        "email": email,
        "phone": held[0].number if held else "",
    }
    notes = [item.words for item in held if item.words]
    if notes and not values["department"]:
        values["department"], notes = notes[0], notes[1:]
    entry.take("id")
    more = [item.number for item in held[1:] if item.number]
    kept = {"other_emails": others, "other_phones": more, "phone_notes": notes}
    came = oruk_identity.foreign_id(raw.get("id"))
    if not any(values.values()):
        owner.say("One contact has no name, number or address. It was left out.")
        return
    owned = service or location or agency
    named = [values["name"]] if values["name"] else ["", values["title"], values["email"], values["phone"]]
    made = Contact(
        id=oruk_identity.contact_of(raw, owned, *named),
        origin=ORIGIN,
        origin_id=came,
        agency=agency,
        service=service,
        location=location,
        role_mailbox=repairs.is_role_mailbox(email),
        extra=extra(entry, kept),
        **values,
    )
    entry.done()
    reading.add(oruk_own.whole(_apart(reading, owner, made, owned), own, reading))


def _apart(reading: Reading, owner: Entry, made: Contact, owned: str) -> Contact:
    """The contact, with an id of its own where another contact already has the one it came with."""
    known = reading.records.get((Contact.KIND, made.id))
    if known is None or known == made:
        return made
    words = (made.name, made.title, made.email, made.phone)
    other = replace(made, id=ids.same_id(Contact.KIND, made.id, owned, *words))
    if made.origin_id:
        owner.say("Its contact has an id that another contact has too. Both were kept.")
    return other
