"""Which thing a foreign object is: the same id on every laptop, at every import, in whatever file it stands.

A UUID is kept. Any other id, or failing that a name, gives an id that is always the same for these words.
"""

import re
import uuid

from csa_desk.exchange.documents import Json
from csa_desk.exchange.plain_text import one_line
from csa_desk.records import ids
from csa_desk.records.directory import Agency, Contact, Location, Service

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_NONE = str(uuid.UUID(int=0))


def foreign_id(value: Json) -> str:
    """A foreign id as text; empty where there is none. The UUID of zeros is nobody's."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return ""
    text = one_line(str(value)[:500])
    return "" if text in ("", _NONE) else text


def as_uuid(text: str) -> str:
    """The UUID that this text writes, in lower case with hyphens; empty where it writes none."""
    bare = text.lower().removeprefix("urn:uuid:").strip("{}")
    if _UUID.fullmatch(bare):
        return bare
    return str(uuid.UUID(bare)) if re.fullmatch(r"[0-9a-f]{32}", bare) else ""


def known(kind: str, value: Json) -> str:
    """The record id for a foreign id; empty where there is none."""
    text = foreign_id(value)
    return (as_uuid(text) or ids.same_id(kind, text)) if text else ""


def name_of(raw: dict[str, Json]) -> str:
    """Its name on one line; empty where it has none."""
    value = raw.get("name")
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    return one_line(str(value))


def agency_of(raw: dict[str, Json]) -> str:
    """The record id of an organisation."""
    name = name_of(raw)
    return known(Agency.KIND, raw.get("id")) or (ids.same_id(Agency.KIND, name) if name else "")


def agency_behind(raw: dict[str, Json]) -> str:
    """The record id of the organisation that a service names, in whichever way; empty where it names none."""
    for name in ("organization", "organisation"):
        held = raw.get(name)
        for item in held if isinstance(held, list) else [held]:
            if isinstance(item, dict) and (found := agency_of(item)):
                return found
    for name in ("organization_id", "organisation_id", "organizationId"):
        if found := known(Agency.KIND, raw.get(name)):
            return found
    return ""


def service_of(raw: dict[str, Json]) -> str:
    """The record id of a service. Without an id, services of one name at two organisations are two services."""
    if found := known(Service.KIND, raw.get("id")):
        return found
    name = name_of(raw)
    return ids.same_id(Service.KIND, name, *filter(None, [agency_behind(raw)])) if name else ""


def location_of(raw: dict[str, Json], service: str) -> str:
    """The record id of a location. Without an id or an address, it is a place of that one service."""
    if found := known(Location.KIND, raw.get("id")):
        return found
    name = name_of(raw)
    held = raw.get("addresses")
    first = held[0] if isinstance(held, list) and held else held
    if isinstance(first, dict):
        street, code = (one_line(str(first.get(part) or "")) for part in ("address_1", "postal_code"))
        if street or code:
            return ids.same_id(Location.KIND, name, street, code)
    return ids.same_id(Location.KIND, name, service) if name or service else ""


def location_at(site: dict[str, Json], service: str) -> str:
    """The record id of the location where a service stands; empty where none is named."""
    held = site.get("location")
    if isinstance(held, dict) and held and (found := location_of(held, service)):
        return found
    return known(Location.KIND, site.get("location_id") or site.get("locationId"))


def contact_of(raw: dict[str, Json], owner: str, *words: str) -> str:
    """The record id of a contact: its own, or one made from whose contact it is and the words that name it."""
    return known(Contact.KIND, raw.get("id")) or ids.same_id(Contact.KIND, owner, *words)
