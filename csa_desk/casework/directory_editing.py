"""Entering the directory by hand: adding, changing, taking out and putting back, each with who made sure and how."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from csa_desk.casework.atlas import atlas
from csa_desk.casework.dates import day_or
from csa_desk.casework.desk import Desk
from csa_desk.casework.directory_fields import CALLED, FIELDS, Entered, How, choices_of
from csa_desk.casework.directory_freshness import HOW_CHECKED
from csa_desk.casework.match_lines import number
from csa_desk.casework.recipients import name_key
from csa_desk.casework.rights import Right, needs
from csa_desk.errors import InputError
from csa_desk.records.directory import Agency, AgencyRole, Contact, InDirectory, Location, Service
from csa_desk.records.directory_facts import (
    About,
    Agreement,
    CoLocation,
    Criterion,
    EscalationRoute,
    ReferralRoute,
    Rule,
)
from csa_desk.records.fields import Merge, Value, rules
from csa_desk.records.ids import new_id
from csa_desk.store.writing import Writing

Said = Mapping[str, object]
"""Field → what was entered: text; for a flag a bool; for several things a list or a text with one a line."""

_AS_WRITTEN = "{} has to be {}. Nothing was changed."
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@needs(Right.LOAD_DIRECTORY)
def add_entry(
    desk: Desk, kind: type[InDirectory], said: Said, *, owner: InDirectory | None = None, how: str = ""
) -> InDirectory:
    """A new record of this kind. ``owner``: the service, agency or place it belongs to.

    ``how``: a key of :data:`HOW_CHECKED` where somebody made sure of it now. Raises :class:`InputError`.
    """
    start = _belonging(kind, owner)
    record = _filled(desk, start, kind, said, new=True)
    record = _checked(desk, record, how)
    with desk.vault.write() as writing:
        writing.put(record, "entered")
        if isinstance(record, Location) and isinstance(owner, Service):
            held = writing.get(Service, owner.id)
            if held is not None:
                writing.put(replace(held, locations=(*held.locations, record.id)), "entered")
    return record


@needs(Right.LOAD_DIRECTORY)
def change_entry(desk: Desk, record: InDirectory, said: Said, *, how: str = "") -> InDirectory:
    """Change what is said of a record; fields that are not said stay as they are. Raises :class:`InputError`."""
    kind = type(record)
    held = desk.vault.read.get(kind, record.id)
    if held is None or held.removed:
        raise InputError("This entry was taken out of the directory. Put it back first. Nothing was changed.")
    changed = _checked(desk, _filled(desk, held, kind, said, new=False), how)
    with desk.vault.write() as writing:
        writing.put(changed, "corrected")
    return changed


@needs(Right.LOAD_DIRECTORY)
def take_out_entry(desk: Desk, record: InDirectory) -> None:
    """Take a record out of lists, search, matching and maps; it stays in history and can be put back."""
    with desk.vault.write() as writing:
        _set_removed(writing, record, removed=True)


@needs(Right.LOAD_DIRECTORY)
def put_back_entry(desk: Desk, record: InDirectory) -> None:
    """Put a record back that was taken out."""
    with desk.vault.write() as writing:
        _set_removed(writing, record, removed=False)


def _set_removed(writing: Writing, record: InDirectory, *, removed: bool) -> None:
    held = writing.get(type(record), record.id)
    if held is not None and held.removed != removed:
        writing.put(replace(held, removed=removed), "taken-out" if removed else "put-back")


@needs(Right.LOOK_UP)
def record_of(desk: Desk, record_id: str) -> InDirectory:
    """The record of the directory with this id that can be changed by hand, also one taken out.

    Raises :class:`InputError`.
    """
    for kind in FIELDS:
        held = desk.vault.read.get(kind, record_id)
        if held is not None:
            return held
    raise InputError(f"The directory holds nothing with the id “{record_id}”. Nothing was changed.")


@needs(Right.LOOK_UP)
def taken_out(desk: Desk) -> list[Agency | Service]:
    """Agencies and services that were taken out, by name."""
    reading = desk.vault.read
    found: list[Agency | Service] = [
        *reading.find(Agency, removed=True),
        *reading.find(Service, removed=True),
    ]
    return sorted((item for item in found if item.removed), key=lambda item: item.name.casefold())


# --- what belongs to what ---------------------------------------------------------------------------------------


def _belonging(kind: type[InDirectory], owner: InDirectory | None) -> InDirectory:
    at: dict[str, Any] = {"id": new_id()}
    if isinstance(owner, Service) and kind in (AgencyRole, Contact, Criterion, ReferralRoute, CoLocation):
        at["service"] = owner.id
        if kind in (AgencyRole, Contact):
            at["agency"] = owner.agency
    elif isinstance(owner, Agency) and kind in (AgencyRole, Contact, ReferralRoute, Service):
        at["agency"] = owner.id
    elif isinstance(owner, Location) and kind is CoLocation:
        at["location"] = owner.id
    elif owner is None and kind in (AgencyRole, Criterion, ReferralRoute, CoLocation, Contact):
        raise InputError(f"Say which agency or service this {CALLED[kind]} belongs to. Nothing was changed.")
    return kind(**at)


@needs(Right.LOOK_UP)
def attached(desk: Desk, owner: InDirectory) -> dict[type[InDirectory], list[InDirectory]]:
    """What belongs to a service or agency, by kind: rules, ways to refer, roles, who sits with them, agreements."""
    reading = desk.vault.read
    found: dict[type[InDirectory], list[InDirectory]] = {}
    if isinstance(owner, Service):
        for kind in (Criterion, ReferralRoute, AgencyRole, CoLocation):
            found[kind] = list(reading.find(kind, service=owner.id))
        places: list[InDirectory] = list(reading.by_ids(Location, list(owner.locations)).values())
        found[Location] = [item for item in places if not item.removed]
        found[Contact] = list(reading.find(Contact, service=owner.id))
    elif isinstance(owner, Agency):
        for kind in (ReferralRoute, AgencyRole, CoLocation):
            found[kind] = list(reading.find(kind, agency=owner.id))
        found[Contact] = [item for item in reading.find(Contact, agency=owner.id) if not item.service]
        found[Agreement] = [item for item in reading.find(Agreement) if owner.id in item.parties]
    return found


# --- from what was said to values -------------------------------------------------------------------------------


def _filled(
    desk: Desk, record: InDirectory, kind: type[InDirectory], said: Said, *, new: bool
) -> InDirectory:
    fields = {item.name: item for item in FIELDS[kind]}
    merges = {name: rule.merge for name, rule in rules(kind).items()}
    values: dict[str, Any] = {}
    for name, value in said.items():
        if name not in fields:
            known = ", ".join(fields)
            raise InputError(f"“{name}” cannot be entered here. What can be: {known}. Nothing was changed.")
        made = _value(desk, kind, fields[name], value, getattr(record, name))
        if not new and merges[name] is Merge.FIXED and made != getattr(record, name):
            raise InputError(
                f"“{fields[name].label}” stays as it was first entered. Take this out and enter it anew. "
                "Nothing was changed."
            )
        values[name] = made
    filled = replace(record, **values)
    for field in fields.values():
        if field.needed and not getattr(filled, field.name):
            raise InputError(f"“{field.label}” has to be said. Nothing was changed.")
    _judge(record, filled)
    return filled


def _judge(before: InDirectory, record: InDirectory) -> None:
    """What does not go together is refused in one sentence."""
    if isinstance(record, Service):
        _in_order(record.minimum_age, record.maximum_age)
        new_wait = isinstance(before, Service) and record.wait != before.wait
        if record.wait and not record.wait_as_at and new_wait:
            raise InputError(
                "Say on which day they told you the waiting time: without a day it is not shown. Nothing was changed."
            )
    elif isinstance(record, Criterion):
        _in_order(record.lowest, record.highest)
        if record.about == About.AGE and record.rule != Rule.EITHER and not (record.lowest or record.highest):
            raise InputError("Say from or to which age. Nothing was changed.")
        named = record.values or record.note
        if record.about not in (About.AGE, About.POLICE) and record.rule != Rule.EITHER and not named:
            raise InputError("Say which, or what they say about it in their words. Nothing was changed.")
    elif isinstance(record, AgencyRole):
        if record.since and record.until and record.until < record.since:
            raise InputError("It cannot end before it began. Nothing was changed.")
    elif isinstance(record, Contact | EscalationRoute):
        held = [getattr(record, name, "") for name in ("name", "title", "email", "phone", "website", "note")]
        if not any(held):
            raise InputError("Say whom to ask: a name, a number or a mailbox. Nothing was changed.")
    elif isinstance(record, Location) and not (record.name or record.address or record.postcode):
        raise InputError("Say where it is: a name, an address or a postcode. Nothing was changed.")


def _in_order(low: str, high: str) -> None:
    lowest, highest = number(low), number(high)
    if lowest is not None and highest is not None and lowest > highest:
        raise InputError(
            f"The ages go from {low} to {high}: the lower has to come first. Nothing was changed."
        )


def _value(desk: Desk, kind: type[InDirectory], field: Entered, said: object, before: object) -> Any:
    many = _listed(said)
    one = " ".join(str(said or "").split()) if not isinstance(said, list | tuple) else " ".join(many)
    match field.how:
        case How.LINE:
            if field.name == "email" and one and not _EMAIL.fullmatch(one):
                raise InputError(_AS_WRITTEN.format("An email address", "like name@example.org"))
            return one
        case How.LINES:
            return "\n".join(line.rstrip() for line in str(said or "").strip().splitlines())
        case How.DAY:
            return day_or(one, "", field.label) if one else ""
        case How.AGE:
            if one and number(one) is None:
                raise InputError(_AS_WRITTEN.format(f"“{field.label}”", "years, such as 4 or 12.5"))
            return one
        case How.WORDS:
            return tuple(many)
        case How.FLAG:
            return said is True or str(said).strip().casefold() in ("yes", "true", "1")
        case How.ONE | How.MANY:
            chosen = [
                _chosen(desk, kind, field, item) for item in ([one] if field.how == How.ONE else many) if item
            ]
            return (chosen[0] if chosen else "") if field.how == How.ONE else tuple(chosen)
        case How.AREA:
            return _area_code(desk, one)
        case How.AREAS:
            return _areas(desk, many, before)
        case How.AGENCY:
            return _agency(desk, one)
        case How.AGENCIES:
            return tuple(_agency(desk, item) for item in many)
        case How.IDENTIFIERS:
            return _identifiers(many, before)


def _listed(said: object) -> list[str]:
    """The things of a list, or of a text with one a line or parted by semicolons."""
    items: Sequence[object] = said if isinstance(said, list | tuple) else re.split(r"[\n;]", str(said or ""))
    found = [" ".join(str(item).split()) for item in items]
    return list(dict.fromkeys(item for item in found if item))


def _chosen(desk: Desk, kind: type[InDirectory], field: Entered, said: str) -> str:
    choices = choices_of(desk, kind, field)
    for key, words in choices:
        if said.casefold() in (key.casefold(), words.casefold()):
            return str(key)
    if field.name == "types":
        return said
    known = ", ".join(str(key) for key, _ in choices)
    raise InputError(
        f"“{said}” is not known as {field.label.lower()}. Known are: {known}. Nothing was changed."
    )


def _area_code(desk: Desk, said: str) -> str:
    """The code of an area where one list names it alone; else the words."""
    found = atlas(desk).named(said) if said else ()
    return found[0] if len(found) == 1 else said


def _areas(desk: Desk, said: list[str], before: object) -> list[Value] | None:
    """What a publisher said of an area stays where it is named again."""
    held: list[Value] = list(before) if isinstance(before, list) else []
    found: list[Value] = []
    for words in said:
        known = next((item for item in held if words in area_names(item)), None)
        code = _area_code(desk, words)
        made: dict[str, Value] = {"name": atlas(desk).title(code) if code != words else words}
        if code != words or code in atlas(desk).known:
            made["uri"] = f"http://statistics.data.gov.uk/id/statistical-geography/{code}"
        found.append(known if known is not None else made)
    return found or None


def area_names(item: Value) -> list[str]:
    """What an area of a service may be called, its own name first."""
    named = (
        (item.get(key) for key in ("name", "extent", "service_area", "uri"))
        if isinstance(item, dict)
        else (item,)
    )
    return [str(name) for name in named if name]


def _agency(desk: Desk, said: str) -> str:
    """The id of the agency with this id or name; empty for nothing. Raises :class:`InputError`."""
    if not said:
        return ""
    held = desk.vault.read.get(Agency, said)
    if held is not None and not held.removed:
        return held.id
    found = [item for item in desk.vault.read.titled(Agency, said) if name_key(item.name) == name_key(said)]
    if len(found) != 1:
        several = "Several agencies are" if found else "No agency of the directory is"
        raise InputError(f"{several} called “{said}”. Add it first, or give its id. Nothing was changed.")
    return found[0].id


def _identifiers(said: list[str], before: object) -> list[Value] | None:
    held: list[Value] = list(before) if isinstance(before, list) else []
    found: list[Value] = []
    for words in said:
        known = next((item for item in held if identifier_words(item) == words), None)
        scheme, colon, rest = words.partition(":")
        made: dict[str, Value] = {
            "scheme": scheme.strip() if colon else "",
            "identifier": (rest or scheme).strip(),
        }
        found.append(known if known is not None else made)
    return found or None


def identifier_words(item: Value) -> str:
    """``GB-CHC: 1234567``."""
    if not isinstance(item, dict):
        return str(item)
    scheme = str(item.get("scheme") or item.get("kind") or "")
    return f"{scheme}: {item.get('identifier') or ''}" if scheme else str(item.get("identifier") or "")


def _checked(desk: Desk, record: InDirectory, how: str) -> InDirectory:
    if not how:
        return record
    ways = dict(HOW_CHECKED)
    if how not in ways:
        raise InputError(f"Say how it was checked: {', '.join(ways)}. Nothing was changed.")
    return replace(
        record, checked_on=desk.today, checked_by=desk.vault.practitioner, checked_how=f"{ways[how]}."
    )
