"""Makes values fit what Open Referral UK 3.0 and HSDS 3.1 admit, without losing what they were.

What fits is written as it is. What can be made to fit is, and what cannot is left out; in both cases the value as it
was goes into the property of our own (:mod:`oruk_restoring`), so that our importer gives it back.
"""

import html
import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from csa_desk.exchange import oruk_identity, repairs
from csa_desk.exchange.oruk_restoring import AS, OURS
from csa_desk.exchange.plain_text import plain
from csa_desk.records import ids

Raw = dict[str, Any]

_DAYS = "MO TU WE TH FR SA SU"
_ENUMS: dict[str, frozenset[str]] = {
    "status": frozenset(("active", "inactive", "defunct", "temporarily closed")),
    "freq": frozenset(("WEEKLY", "MONTHLY")),
    "wkst": frozenset(_DAYS.split()),
    "location_type": frozenset(("physical", "postal", "virtual")),
    "address_type": frozenset(("physical", "postal", "virtual")),
}
_NUMBERS = frozenset(
    "minimum_age maximum_age latitude longitude interval timezone count amount extension year_incorporated".split()
)
_MOMENTS = frozenset(("last_modified",))
_EMAILS = frozenset(("email", "assurer_email"))
_ADDRESSES = frozenset(("url", "website", "schedule_link", "term_uri"))

# Properties of HSDS 3.1 and Open Referral UK 3.0, by object. What is not here is unknown and is handed on unchanged.
KNOWN: dict[str, frozenset[str]] = {
    name: frozenset(words.split())
    for name, words in {
        "service": "id organization_id program_id name alternate_name description url additional_urls email status "
        "interpretation_services application_process fees_description wait_time fees accreditations "
        "eligibility_description minimum_age maximum_age assured_date assurer_email licenses alert last_modified "
        "phones schedules service_areas service_at_locations languages organization funding cost_options program "
        "required_documents contacts capacities attributes metadata",
        "organization": "id name alternate_name description email website additional_websites tax_status tax_id "
        "year_incorporated legal_status logo uri parent_organization_id funding contacts phones locations programs "
        "organization_identifiers attributes metadata",
        "location": "id location_type url organization_id name alternate_name description transportation latitude "
        "longitude external_identifier external_identifier_type languages addresses contacts accessibility phones "
        "schedules attributes metadata",
        "contact": "id organization_id service_id service_at_location_id location_id name title department email "
        "phones attributes metadata",
        "schedule": "id service_id location_id service_at_location_id valid_from valid_to dtstart timezone until "
        "count wkst freq interval byday byweekno bymonthday byyearday description opens_at closes_at schedule_link "
        "attending_type notes attributes metadata",
        "service_area": "id service_id service_at_location_id name description extent extent_type uri service_area "
        "attributes metadata",
        "cost_option": "id service_id valid_from valid_to option currency amount amount_description attributes "
        "metadata",
        "attribute": "id link_id taxonomy_term_id link_type link_entity value taxonomy_term metadata label",
        "taxonomy_term": "id code name description parent_id taxonomy taxonomy_detail language taxonomy_id term_uri "
        "term metadata",
        "organization_identifier": "id organization_id identifier_scheme identifier_type identifier attributes "
        "metadata",
    }.items()
}
_NESTED = frozenset(
    "additional_urls phones schedules service_areas service_at_locations languages organization funding cost_options "
    "program programs required_documents contacts capacities attributes metadata additional_websites locations "
    "organization_identifiers addresses accessibility taxonomy_term taxonomy_detail".split()
)
_NONE = object()


def fits(name: str, value: Any) -> Any:
    """The value as the standards admit it under a property they know; ``None`` where there is no such value."""
    found = _admitted(name, value)
    return None if found is _NONE else found


def _admitted(name: str, value: Any) -> Any:
    if name in _NESTED:
        return _NONE
    if name in _NUMBERS:
        found = repairs.number(value)
        return _NONE if found is None else int(found) if found == found.to_integral_value() else float(found)
    if not isinstance(value, str) or not value:
        return _NONE
    if name in _ENUMS:
        return value if value in _ENUMS[name] else _NONE
    if name == "id" or (name.endswith("_id") and name != "tax_id"):
        return oruk_identity.as_uuid(value) or _NONE
    if name in _MOMENTS:
        return value if is_moment(value) else _NONE
    if name in _EMAILS:
        return value if "@" in value else _NONE
    if name in _ADDRESSES or name == "uri":
        return address(value) or _NONE
    return safe(value)


def is_moment(value: str) -> bool:
    """Whether it is a moment with its time zone, as RFC 3339 writes one."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)", value, re.ASCII):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def address(value: str) -> str:
    """A web address with nothing in it that RFC 3986 forbids; empty where it is none."""
    if not re.match(r"https?://[^/\s?#]", value, re.IGNORECASE):
        return ""
    text = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", value)
    head, mark, tail = text.partition("#")
    quoted = _quoted(head) + mark + _quoted(tail)
    host = re.match(r"https?://([^/?#]*)", quoted, re.IGNORECASE)
    plain_host = host is not None and re.fullmatch(r"(?:[^@:]*@)?[\w.%~-]+(?::\d*)?", host[1], re.ASCII)
    return quoted if plain_host else ""


def _quoted(text: str) -> str:
    return re.sub(
        r"[^A-Za-z0-9%:/?@!$&'()*+,;=~._-]",
        lambda odd: "".join(f"%{part:02X}" for part in odd[0].encode()),
        text,
    )


def safe(text: str) -> str:
    """The text, written so that whoever takes formatting out of it gets exactly this text."""
    written = text
    for _ in range(5):
        if plain(written) == text:
            return written
        written = html.escape(written, quote=False)
    return text


def deep_safe(value: Any) -> Any:
    """A value with every text in it written safely."""
    if isinstance(value, str):
        return safe(value)
    if isinstance(value, (list, tuple)):
        return [deep_safe(part) for part in value]
    if isinstance(value, dict):
        return {name: deep_safe(part) for name, part in value.items()}
    return value


def canonical(value: Any) -> str:
    """The same text for the same value."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


class Numbering:
    """Ids for what has none: the same for the same things, and never twice."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def of(self, kind: str, owner: str, value: Any) -> str:
        """An id made from what the thing is and whose it is."""
        words = canonical([kind, owner, value])
        place = self._seen[words] = self._seen.get(words, 0) + 1
        return ids.same_id("exported", words, str(place))


def fitted(
    kind: str,
    held: Mapping[str, Any],
    owner: str,
    numbering: Numbering,
    fill: Mapping[str, str] | None = None,
) -> Raw:
    """An inner object made to fit; it has an id, and ``fill`` stands where the standards want something."""
    made: Raw = {}
    before: Raw = {}
    for name, value in held.items():
        if name not in KNOWN[kind]:
            made[name] = deep_safe(value)
            continue
        found = _admitted(name, value)
        if found is not _NONE:
            made[name] = found
        if (
            found is _NONE
            or (type(found) is not type(value))
            or (found != value and found != safe(str(value)))
        ):
            before[name] = deep_safe(value)
    for name, value in (fill or {}).items():
        if name not in made:
            made[name] = value
            before.setdefault(name, None)
    if "id" not in made:
        made["id"] = numbering.of(kind, owner, held)
        before.setdefault("id", None)
    if before:
        made[OURS] = {AS: before}
    return made
