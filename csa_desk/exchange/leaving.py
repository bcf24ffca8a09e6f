"""What of the directory may leave: everything but what is withheld, named people and what is the service's own.

Every form of export is made from what this module lets through, so no form can hold more than another. Where it
cannot be sure that a withheld address stays behind, it refuses.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar, cast

from csa_desk.errors import RefusedError
from csa_desk.exchange import leaving_checks, repairs
from csa_desk.exchange.oruk_places import is_refuge, speaks_of_secret
from csa_desk.records.directory import Agency, AgencyRole, Contact, InDirectory, Location, Service
from csa_desk.records.directory_facts import Area, CoLocation, Criterion, EscalationRoute, ReferralRoute
from csa_desk.records.fields import Value

D = TypeVar("D", bound=InDirectory)

EXPORTED: tuple[type[InDirectory], ...] = (
    Agency,
    Service,
    Location,
    Contact,
    AgencyRole,
    Criterion,
    ReferralRoute,
    EscalationRoute,
    CoLocation,
    Area,
)
"""The kinds of record that leave. Every other kind stays."""

NEVER = (
    "Addresses that are withheld, and whatever tells where they are.",
    "Agreements between agencies.",
    "Named people. Only role mailboxes and desks are given.",
    "Who checked an entry, and how.",
    "How columns of tables were read, and which entries were thought to be the same.",
    "Anything on a child or a case.",
)
"""What no export carries, in words."""

WITHHELD = "address-withheld"
# A phone number, an e-mail address or a web address: nothing that tells where a place is.
_REACHES_NO_PLACE = re.compile(r"|[+()\d][\d ()+x.\-]*|[^\s@]+@[^\s@]+|https?://\S+", re.IGNORECASE)
WITHHELD_WORDS = "The address is withheld. Ask the service."
_PLACE = re.compile(
    r"addr|locat|post_?code|postal|latitude|longitude|\blat\b|\blng\b|geo|uprn|map|place|external_identifier",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"\b(?:street|st|road|rd|lane|avenue|ave|close|drive|crescent|terrace|place|gardens|hill|way|court|mews|square)\b",
    re.IGNORECASE,
)
_PERSONS_NAME = re.compile(r"[^\W\d_]+(?:[._-][^\W\d_]+)+\d*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Leaving:
    """The records that leave, by kind and in the order of their ids, and a sentence for each thing put right."""

    records: dict[type[InDirectory], tuple[InDirectory, ...]]
    report: tuple[str, ...]

    def all(self, kind: type[D]) -> tuple[D, ...]:
        """Every record of a kind."""
        return cast("tuple[D, ...]", self.records.get(kind, ()))


def may_leave(records: Iterable[InDirectory]) -> Leaving:
    """Sort out what leaves. Raises :class:`RefusedError` where a withheld address stands in words that would leave.

    Give it the places that were removed, too: what was withheld of them stays withheld.
    """
    held: dict[type[InDirectory], dict[str, InDirectory]] = {kind: {} for kind in EXPORTED}
    said: list[str] = []
    gone: list[Location] = []
    for record in records:
        mine = held.get(type(record))
        if isinstance(record, Location) and record.removed:
            gone.append(record)
        if mine is None or record.removed:
            continue
        if record.id in mine:
            said.append(f"Two entries have the id {record.id}. Only one was written.")
        mine[record.id] = record
    sieve = _Sieve(held, said, gone)
    found = {kind: tuple(sieve.through(kind)) for kind in EXPORTED}
    sieve.refuse_leaks(found)
    said += leaving_checks.links(found)
    return Leaving(found, tuple(sorted(set(said))))


class _Sieve:
    def __init__(
        self, held: dict[type[InDirectory], dict[str, InDirectory]], said: list[str], gone: list[Location]
    ) -> None:
        self._held = held
        self._said = said
        self._gone = gone
        self.secret = self._secret_places()
        self._secret_services = {
            item.id for item in self._of(Service) if self.secret.intersection(item.locations)
        }
        self._secret_agencies = {
            item.agency for item in self._of(Service) if item.id in self._secret_services
        } | {item.id for item in self._of(Agency) if is_refuge(item.name)}

    def _of(self, kind: type[D]) -> list[D]:
        return cast("list[D]", [self._held[kind][record] for record in sorted(self._held[kind])])

    def _secret_places(self) -> set[str]:
        """Locations that are withheld, that words call secret, and those at an address of such a one."""
        places = [*self._of(Location), *self._gone]
        agencies = {item.id: item for item in self._of(Agency)}
        found = {item.id for item in places if item.withheld or _secretive(item.name, item.extra)}
        for service in self._of(Service):
            agency = agencies.get(service.agency)
            names = [service.name, *service.types, agency.name if agency else ""]
            if is_refuge(*names) or speaks_of_secret(service.name, service.description, service.alert):
                found.update(service.locations)
        for agency in agencies.values():
            if is_refuge(agency.name):
                found.update(_places_of(agency))
        known = {_doorstep(item) for item in places if item.id in found} - {("", "")}
        return found | {item.id for item in places if _doorstep(item) in known}

    def through(self, kind: type[InDirectory]) -> Iterator[InDirectory]:
        """The records of a kind that leave, as they leave."""
        makers: dict[type[InDirectory], Callable[[Any], InDirectory | None]] = {
            Agency: self._agency,
            Service: self._service,
            Location: self._location,
            Contact: self._contact,
            AgencyRole: self._role,
            Criterion: self._criterion,
            ReferralRoute: self._route,
            EscalationRoute: self._escalation,
            CoLocation: self._co_location,
        }
        for record in self._of(kind):
            found = makers[kind](record) if kind in makers else record
            if found is not None:
                yield replace(found, checked_by=_desk(found.checked_by), checked_how="")

    def _agency(self, agency: Agency) -> Agency:
        extra = self._extra(agency, secret=agency.id in self._secret_agencies)
        kept = [part for part in _dicts(extra.get("locations")) if part.get("id") not in self.secret]
        extra.pop("locations", None)
        if kept:
            extra["locations"] = cast("Value", kept)
        return replace(agency, email=self._mailbox(agency.email, agency.name), extra=extra or None)

    def _service(self, service: Service) -> Service:
        secret = service.id in self._secret_services
        marks = list(service.attributes or [])
        if secret and not any(_is_withheld(mark) for mark in marks):
            marks.append({"link_type": WITHHELD, "name": WITHHELD_WORDS})
        found, said = leaving_checks.facts(service)
        self._said += said
        return replace(
            found,
            email=self._mailbox(service.email, service.name),
            locations=tuple(sorted(set(service.locations) - self.secret)),
            areas=self._sited(service.areas),
            schedules=self._sited(service.schedules),
            attributes=marks or None,
            extra=self._extra(service, secret=secret) or None,
        )

    def _sited(self, values: list[Value] | None) -> list[Value] | None:
        return [
            item
            for item in values or []
            if not (isinstance(item, dict) and item.get("location") in self.secret)
        ] or None

    def _location(self, place: Location) -> Location | None:
        if place.id in self.secret:
            return None
        found, said = leaving_checks.position(place)
        self._said += said
        return replace(found, extra=self._extra(place, secret=False) or None)

    def _contact(self, contact: Contact) -> Contact | None:
        if is_person(contact):
            self._said.append("Named people were left out. Give a role mailbox where there is one.")
            return None
        service = contact.service if contact.service in self._held[Service] else ""
        agency = contact.agency if contact.agency in self._held[Agency] else ""
        location = contact.location if contact.location in self._held[Location] else ""
        if location in self.secret:
            location = ""
        if not (service or agency or location):
            return None
        extra = self._extra(contact, secret=contact.location in self.secret)
        return replace(contact, service=service, agency=agency, location=location, extra=extra or None)

    def _role(self, role: AgencyRole) -> AgencyRole | None:
        known = role.agency in self._held[Agency] and (
            not role.service or role.service in self._held[Service]
        )
        return self._kept(role, known, f"The role “{role.role}”", "an agency or service")

    def _criterion(self, item: Criterion) -> Criterion | None:
        return self._kept(item, item.service in self._held[Service], "A criterion of access", "a service")

    def _route(self, item: ReferralRoute) -> ReferralRoute | None:
        known = item.service in self._held[Service]
        known = known or (not item.service and item.agency in self._held[Agency])
        kept = self._kept(item, known, "A way to refer", "a service or agency")
        if kept is None:
            return None
        if item.service in self._secret_services and not _REACHES_NO_PLACE.fullmatch(kept.to):
            # A letter or a visit goes to where the secret place is.
            self._said.append("Where to write to a service whose address is withheld was left out.")
            kept = replace(kept, to="")
        return replace(kept, to=self._mailbox(kept.to, "a way to refer"))

    def _escalation(self, item: EscalationRoute) -> EscalationRoute | None:
        agency = item.agency if item.agency in self._held[Agency] else ""
        return replace(item, agency=agency, email=self._mailbox(item.email, "a way to escalate"))

    def _co_location(self, item: CoLocation) -> CoLocation | None:
        if item.location in self.secret:
            return None
        known = item.agency in self._held[Agency] and item.location in self._held[Location]
        known = known and (not item.service or item.service in self._held[Service])
        return self._kept(item, known, "A note of who works where", "an agency, service or place")

    def _kept(self, item: D, known: bool, what: str, of: str) -> D | None:
        if known:
            return item
        self._said.append(f"{what} is about {of} that is not in the directory. It was left out.")
        return None

    def _mailbox(self, address: str, where: str) -> str:
        """The address, unless it is a person's."""
        if "@" in address and is_personal(address):
            self._said.append(f"The e-mail address of a person at “{where}” was left out.")
            return ""
        return address

    def _extra(self, record: InDirectory, *, secret: bool) -> dict[str, Value]:
        held = dict(record.extra or {})
        if secret:
            held = cast("dict[str, Value]", _placeless(held))
        others = held.get("other_emails")
        if isinstance(others, list):
            held["other_emails"] = [
                item for item in others if not (isinstance(item, str) and is_personal(item))
            ]
        return {name: value for name, value in held.items() if value not in (None, "", [], {})}

    def refuse_leaks(self, found: dict[type[InDirectory], tuple[InDirectory, ...]]) -> None:
        """Refuse where the words of a record that leaves hold what is withheld of a place."""
        names = {str(getattr(item, "name", "")).casefold() for kind in found for item in found[kind]}
        signs = [
            sign
            for place in (*self._of(Location), *self._gone)
            if place.id in self.secret
            for sign in _signs(place, names)
        ]
        if not signs:
            return
        anchors = list(dict.fromkeys(_compact(words) for words, _ in signs))
        wanted = re.compile("|".join(dict.fromkeys(pattern for _, pattern in signs)), re.IGNORECASE)
        for kind in EXPORTED:
            for record in found[kind]:
                told = _compact("\n".join(_texts([getattr(record, item.name) for item in fields(record)])))
                if not any(anchor in told for anchor in anchors):
                    continue  # nearly all: the pattern is slow, this is not
                for name in _telling(record, wanted):
                    called = str(getattr(record, "name", "") or getattr(record, "title", "") or record.KIND)
                    raise RefusedError(
                        f"A withheld address stands under “{name.replace('_', ' ')}” of “{called[:80]}”. Take it out "
                        "there, then export again. Nothing was written."
                    )


def _compact(text: str) -> str:
    return re.sub(r"[\s,]+", "", text).casefold()


def is_personal(address: str) -> bool:
    """Whether an e-mail address looks like a person's: parts of a name, and no word of a desk or team."""
    name = address.partition("@")[0]
    return not repairs.is_role_mailbox(address) and _PERSONS_NAME.fullmatch(name) is not None


def is_person(contact: Contact) -> bool:
    """Whether a contact is a named person, not a desk."""
    if contact.role_mailbox and not is_personal(contact.email):
        return False
    return bool(contact.name) or is_personal(contact.email)


def _desk(checked_by: str) -> str:
    return checked_by if repairs.is_role_mailbox(checked_by) else ""


def _secretive(name: str, extra: dict[str, Value] | None) -> bool:
    texts = [name, str((extra or {}).get("description") or "")]
    return is_refuge(*texts) or speaks_of_secret(*texts)


def _is_withheld(mark: Value) -> bool:
    return isinstance(mark, dict) and mark.get("link_type") == WITHHELD


def _dicts(value: Value) -> list[dict[str, Value]]:
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def _places_of(agency: Agency) -> set[str]:
    return {str(part.get("id", "")) for part in _dicts((agency.extra or {}).get("locations"))}


def _doorstep(place: Location) -> tuple[str, str]:
    first = re.sub(r"\W+", "", place.address.split("\n")[0]).casefold()
    code = re.sub(r"\s", "", place.postcode).upper()
    return (first, code) if first and code else ("", "")


def _placeless(value: Value) -> Value:
    if isinstance(value, list):
        return [_placeless(part) for part in value]
    if isinstance(value, dict):
        return {name: _placeless(part) for name, part in value.items() if not _PLACE.search(name)}
    return value


def _signs(place: Location, names: set[str]) -> Iterator[tuple[str, str]]:
    """What tells where a place is, postcode, address and coordinates: words, and a pattern that finds them."""
    told = [line.strip(" ,.") for line in place.address.split("\n")]
    told += [
        text for name, part in (place.extra or {}).items() if _PLACE.search(name) for text in _texts(part)
    ]
    codes = {place.postcode, *(text for text in told if repairs.is_postcode(text))}
    for code in codes:
        if len(compact := re.sub(r"\s", "", code)) >= 5:
            yield compact, rf"(?<!\w){re.escape(compact[:-3])}\s*{re.escape(compact[-3:])}(?!\w)"
    for place_in, line in enumerate(told):
        looks = any(mark.isdigit() for mark in line) or _STREET.search(line) is not None or place_in == 0
        if len(line) >= 6 and looks and line.casefold() not in names:
            words = r"[\s,]+".join(map(re.escape, re.split(r"[\s,]+", line)))
            yield line, rf"(?<!\w){words}(?!\w)"
    for degrees in (place.latitude, place.longitude):
        whole, _, part = degrees.lstrip("-").partition(".")
        if len(part) >= 3:
            yield (
                f"{whole}.{part[:3]}",
                rf"(?<![\d.]){re.escape(whole)}\.{re.escape(part[:3])}",
            )  # a hundred metres
    yield place.id, re.escape(place.id)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, (str, int, float)) and not isinstance(value, bool):
        yield str(value)


def _telling(record: InDirectory, wanted: re.Pattern[str]) -> Iterator[str]:
    for item in fields(record):
        neighbour = isinstance(record, Location) and item.name in ("postcode", "latitude", "longitude")
        if not neighbour and any(wanted.search(text) for text in _texts(getattr(record, item.name))):
            yield item.name
