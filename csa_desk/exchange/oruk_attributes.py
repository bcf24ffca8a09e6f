"""What services and organisations are marked with: terms of a taxonomy, and among them the parts agencies play."""

import re
from typing import cast

from csa_desk.exchange import oruk_identity, repairs
from csa_desk.exchange.documents import Json
from csa_desk.exchange.entry import Entry, is_empty, tidy
from csa_desk.exchange.oruk_discretion import ORIGIN
from csa_desk.exchange.oruk_gathering import Raw
from csa_desk.exchange.oruk_reading import BACK_REFERENCES, Reading
from csa_desk.records import ids
from csa_desk.records.dates import is_date
from csa_desk.records.directory import Agency, AgencyRole
from csa_desk.records.fields import Value

Attribute = dict[str, Value]

ROLE = "agency-role"
"""``link_type`` of attributes that say which part an agency plays; our own export writes them so."""


def attributes(reading: Reading, entry: Entry) -> list[Attribute]:
    """The marks of an object: ``link_type``, ``term`` (id), ``name``, ``taxonomy``, ``value``, ``label`` and more."""
    found = []
    for raw in entry.objects("attributes", text_as="label"):
        mark = _attribute(reading, entry, raw)
        if mark:
            found.append(mark)
    return found


def _attribute(reading: Reading, entry: Entry, raw: Raw) -> Attribute:
    came = oruk_identity.foreign_id(raw.get("taxonomy_term_id"))
    held = raw.get("taxonomy_term")
    if isinstance(held, list):
        held = next((part for part in held if isinstance(part, dict)), None)
    term: Raw = held if isinstance(held, dict) else {}
    came = oruk_identity.foreign_id(term.get("id")) or came
    if came and not oruk_identity.name_of(term):
        known = reading.gathered.terms.get(came)
        if known is None:
            entry.say(f"It is marked with the term {repairs.shown(came)}, which these files do not explain.")
        term = {**(known or {}), **term}
    detail = term.get("taxonomy_detail")
    taxonomy = term.get("taxonomy") or (oruk_identity.name_of(detail) if isinstance(detail, dict) else "")
    named = {
        "id": raw.get("id"),
        "link_type": raw.get("link_type"),
        "term": oruk_identity.as_uuid(came) or came,
        "name": oruk_identity.name_of(term) or term.get("term") or raw.get("name"),
        "taxonomy": taxonomy,
        "value": raw.get("value"),
        "label": raw.get("label"),
        "description": term.get("description"),
        "term_uri": None if repairs.is_placeholder(str(term.get("term_uri") or "")) else term.get("term_uri"),
        "parent_id": term.get("parent_id"),
        "taxonomy_id": term.get("taxonomy_id"),
        "code": term.get("code"),
    }
    ours = {"taxonomy_term", "taxonomy_term_id", "link_entity", "metadata", *BACK_REFERENCES, *named}
    rest = {name: value for name, value in raw.items() if name not in ours}
    whole = cast("Attribute", tidy({**rest, **{name: _words(value) for name, value in named.items()}}))
    return whole if set(whole) - {"id", "link_type"} else {}


def _words(value: Json) -> Json:
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def role_of(mark: Attribute) -> str:
    """The role that an attribute names, in the form of an id of the roles pack; empty where it is no role."""
    link, _, tail = str(mark.get("link_type", "")).partition("/")
    if link.lower() not in (ROLE, "agency_role"):
        return ""
    return re.sub(r"[^a-z0-9]+", "-", (tail or str(mark.get("name", ""))).lower()).strip("-")


def agency_roles(
    reading: Reading, entry: Entry, marks: list[Attribute], *, agency: str, service: str = ""
) -> tuple[list[Attribute], list[AgencyRole]]:
    """The marks that are no roles, and the roles: of the agency named by ``value`` in a service, else in an area."""
    others: list[Attribute] = []
    roles: list[AgencyRole] = []
    for mark in marks:
        role = role_of(mark)
        value = str(mark.get("value", ""))
        actor = (oruk_identity.known(Agency.KIND, value) or agency) if service else agency
        if not role or not actor:
            others.append(mark)
            continue
        area = "" if service else value
        roles.append(
            AgencyRole(
                id=ids.same_id(AgencyRole.KIND, actor, role, service, area),
                origin=ORIGIN,
                origin_id=str(mark.get("id", "")),
                agency=actor,
                role=role,
                service=service,
                area=area,
                part=str(mark.get("label", "")),
            )
        )
    return others, roles


def commissioner(entry: Entry, marks: list[Attribute]) -> tuple[list[Attribute], str, str]:
    """The other marks, who pays for the service, and the day the contract ends, where feed or our own export say so."""
    who = [part.line("source") for raw in entry.objects("funding") for part in [entry.part(raw, "funding")]]
    others: list[Attribute] = []
    end = ""
    for mark in marks:
        if role_of(mark) == "commissioner":
            who.append(str(mark.get("label", "")))
            value = str(mark.get("value", ""))
            end = end or (value if is_date(value, partial=True) else "")
        else:
            others.append(mark)
    return others, "; ".join(dict.fromkeys(name for name in who if not is_empty(name))), end
