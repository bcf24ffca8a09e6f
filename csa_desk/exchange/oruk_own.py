"""Reading back what our own exports say beside the standard: fields, whole records, and what no field holds.

The file may come from anybody. So only fields that an export of ours can carry are taken, each of its own type, and
nothing here can make a withheld address known or turn one record into another kind.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, TypeVar, cast

from csa_desk.exchange import oruk_identity, repairs
from csa_desk.exchange.documents import Json
from csa_desk.exchange.entry import is_empty
from csa_desk.exchange.oruk_discretion import ORIGIN, PLACE, without_people
from csa_desk.exchange.oruk_marks import NOT_CARRIED
from csa_desk.exchange.oruk_restoring import OURS
from csa_desk.exchange.plain_text import plain
from csa_desk.records.dates import is_date
from csa_desk.records.directory import Agency, AgencyRole, Contact, InDirectory, Location, Service
from csa_desk.records.directory_facts import Area, CoLocation, Criterion, EscalationRoute, ReferralRoute
from csa_desk.records.fields import Value

if TYPE_CHECKING:
    from csa_desk.exchange.oruk_reading import Reading

D = TypeVar("D", bound=InDirectory)
Raw = dict[str, Json]

_FIELDS: dict[type[InDirectory], frozenset[str]] = {
    Service: frozenset(
        "other_names wait wait_as_at capacity capacity_as_at referrals sessions review_every contract_end types needs "
        "roles".split()
    ),
    Agency: frozenset("other_names policies risk_role checked_on".split()),
    Location: frozenset("checked_on".split()),
    Contact: frozenset("role_mailbox checked_on".split()),
}
_KINDS: dict[str, type[InDirectory]] = {
    kind.KIND: kind for kind in (AgencyRole, Criterion, ReferralRoute, EscalationRoute, CoLocation, Area)
}
# Of each of these groups of fields a record says at least one, or it says nothing.
_SAYING: dict[type[InDirectory], tuple[str, ...]] = {
    AgencyRole: ("role",),
    Criterion: ("about", "lowest highest values note"),
    ReferralRoute: ("who how to note",),
    EscalationRoute: ("level agency phone email website note",),
    CoLocation: ("agency", "location"),
    Area: ("code",),
}
_DAYS = frozenset(("checked_on", "wait_as_at", "capacity_as_at"))


@dataclass(frozen=True, slots=True)
class Own:
    """What one object says beside the standard: of itself, and in each of its marks."""

    itself: Raw
    marks: tuple[Raw, ...]


def split(raw: Raw) -> tuple[Raw, Own]:
    """An object without what our export put beside the standard, and that."""
    itself = raw.get(OURS)
    held = raw.get("attributes")
    marks = held if isinstance(held, list) else []
    ours = [part for part in marks if isinstance(part, dict) and isinstance(part.get(OURS), dict)]
    if not isinstance(itself, dict) and not ours:
        return raw, Own({}, ())
    rest = {name: part for name, part in raw.items() if name != OURS}
    if ours:
        rest["attributes"] = [part for part in marks if part not in ours]
    found = tuple(cast("Raw", part[OURS]) for part in ours)
    return rest, Own(cast("Raw", itself) if isinstance(itself, dict) else {}, found)


def whole(record: D, own: Own, reading: "Reading", *, secret: bool = False) -> D:
    """The record with what was said beside the standard; whole records among that are added to the result.

    Of a ``secret`` place nothing is taken that could tell where it is.
    """
    changed: dict[str, Any] = {}
    for part in (own.itself, *own.marks):
        if part.get("kind"):
            found = _record(part, record, reading)
            if found is not None:
                reading.add(found)
            continue
        for name, value in _values(type(record), part, _FIELDS[type(record)], reading):
            before = changed.get(name)
            changed[name] = (*before, *value) if isinstance(before, tuple) else value
    for name, value in changed.items():
        if isinstance(value, tuple):
            changed[name] = tuple(dict.fromkeys(value))
    extra = own.itself.get("extra")
    if isinstance(extra, dict):
        changed["extra"] = {**(record.extra or {}), **_extra(extra, secret=secret)} or None
    return replace(record, **changed) if changed else record


def terms(reading: "Reading") -> None:
    """Take the records that stand among the terms: areas, and ways to escalate that no agency owns."""
    for _, raw in sorted(reading.gathered.terms.items()):
        own = raw.get(OURS)
        if isinstance(own, dict) and own.get("kind") in (Area.KIND, EscalationRoute.KIND):
            found = _record(own, None, reading)
            if found is not None:
                reading.add(found)


def _extra(extra: Raw, *, secret: bool) -> dict[str, Value]:
    kept = {name: part for name, part in extra.items() if not (secret and PLACE.search(name))}
    found = cast("dict[str, Value]", without_people(kept, ""))
    return {name: part for name, part in found.items() if not is_empty(part)}


def _values(
    kind: type[InDirectory], part: Raw, allowed: frozenset[str], reading: "Reading"
) -> Iterator[tuple[str, Any]]:
    held = part.get("fields")
    if not isinstance(held, dict):
        return
    known = {item.name: item.default for item in fields(kind)}
    for name, value in held.items():
        if name not in allowed:
            continue
        empty = known[name]
        if isinstance(empty, bool):
            if value is True:
                yield name, True
        elif isinstance(empty, tuple):
            if isinstance(value, list) and all(isinstance(word, str) for word in value):
                yield name, tuple(filter(None, (plain(word) for word in value if isinstance(word, str))))
        elif isinstance(empty, str):
            if isinstance(value, str) and _is_right(name, value, reading):
                yield name, plain(value)
        elif name == "extra" and isinstance(value, dict):
            yield name, without_people(value, "") or None


def _is_right(name: str, value: str, reading: "Reading") -> bool:
    if name == "checked_on":
        return repairs.check_day(value, reading.today)[0] == value
    return name not in _DAYS or is_date(value, partial=True)


def _record(part: Raw, owner: InDirectory | None, reading: "Reading") -> InDirectory | None:
    """A whole record that a mark or term carries; it is about the service or agency whose mark it is."""
    kind = _KINDS.get(str(part.get("kind")))
    number = oruk_identity.as_uuid(str(part.get("id") or ""))
    if kind is None or not number:
        return None
    allowed = frozenset(item.name for item in fields(kind)) - NOT_CARRIED
    values = dict(_values(kind, part, allowed, reading))
    if isinstance(owner, Service):
        if "service" not in allowed:
            return None
        values["service"] = owner.id
    elif isinstance(owner, Agency):
        if "agency" not in allowed or values.get("service"):
            return None
        if kind is not CoLocation:
            values["agency"] = owner.id
    elif kind not in (Area, EscalationRoute):
        return None
    if not all(any(values.get(name) for name in group.split()) for group in _SAYING[kind]):
        return None
    return kind(id=number, origin=ORIGIN, origin_id=number, **values)
