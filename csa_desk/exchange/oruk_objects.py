"""Records of the directory become objects of Open Referral UK: services, organisations, locations, contacts."""

from collections.abc import Iterable, Mapping
from typing import Any

from csa_desk.exchange import oruk_identity, oruk_marks
from csa_desk.exchange.leaving import Leaving
from csa_desk.exchange.oruk_fitting import KNOWN, Numbering, Raw, address, canonical, fits, fitted, safe
from csa_desk.exchange.oruk_marks import Names
from csa_desk.exchange.oruk_reading import BACK_REFERENCES
from csa_desk.exchange.oruk_restoring import AS, OURS
from csa_desk.exchange.oruk_services import CHANGED
from csa_desk.records import ids
from csa_desk.records.directory import Agency, AgencyRole, Contact, Location, Service
from csa_desk.records.directory_facts import CoLocation, Criterion, EscalationRoute, ReferralRoute
from csa_desk.records.fields import Value

NO_STATUS = "It is not known whether this service is running. Ask before you rely on it."
_EMPTY: tuple[Any, ...] = (None, "", [], {}, ())
# What an import keeps as it came although the standards know it: it may stand where it stood.
_PASSED_ON: dict[str, frozenset[str]] = {
    "service": frozenset(("interpretation_services", "licenses", "last_modified")),
    "organization": frozenset(("uri", "logo", "legal_status", "tax_status", "tax_id")),
    "location": frozenset(
        ("external_identifier", "external_identifier_type", "alternate_name", "description")
    ),
    "contact": frozenset(),
}
# Names that mean something to an importer of this or an older standard: unknown to 3.0, but not to be read as words.
_MEANT = frozenset(
    "phone telephone organisation organisation_id organizationId organisations eligibility locations location "
    "location_id locationId address addresses service services serviceId content contents openapi openapi_url profile "
    "eligibilitys service_taxonomys regular_schedule regular_schedules holiday_schedule holiday_schedules "
    "physical_addresses postal_addresses link_taxonomy link_taxonomys deliverable_type attending_type "
    "attending_access accessibility_for_disabilities taxonomy_terms csa_desk".split()
).union(BACK_REFERENCES, *KNOWN.values())


class Objects:
    """Makes the objects of one export. ``sites`` and ``placed`` fill as services and organisations are made."""

    def __init__(self, leaving: Leaving, names: Names) -> None:
        self._names = names
        self._agencies = {item.id: item for item in leaving.all(Agency)}
        self._locations = {item.id: item for item in leaving.all(Location)}
        self._contacts = _grouped(leaving.all(Contact), _home)
        facts = (
            *leaving.all(AgencyRole),
            *leaving.all(Criterion),
            *leaving.all(ReferralRoute),
            *leaving.all(CoLocation),
            *(item for item in leaving.all(EscalationRoute) if item.agency),
        )
        self._facts = _grouped(
            facts, lambda item: ("", getattr(item, "service", "") or getattr(item, "agency", ""))
        )
        self.sites: list[Raw] = []
        self.placed: set[str] = set()

    def service(self, service: Service) -> Raw:
        """A service with all that belongs to it."""
        numbering = Numbering()
        agency = self._agencies.get(service.agency)
        extra = dict(service.extra or {})
        places = set(service.locations)
        made: Raw = {
            "id": service.id,
            "organization_id": oruk_identity.as_uuid(service.agency),
            "organization": _brief(agency) if agency else None,
            "name": safe(service.name),
            "alternate_name": safe(service.other_names[0]) if service.other_names else "",
            "description": safe(service.description),
            "email": service.email,
            "fees": safe(service.fees),
            "eligibility_description": safe(service.eligibility),
            "application_process": safe(service.how_to_refer),
            "accreditations": safe(service.accreditations),
            "minimum_age": fits("minimum_age", service.minimum_age),
            "maximum_age": fits("maximum_age", service.maximum_age),
            "assured_date": "" if service.checked_how == CHANGED else service.checked_on,
            "assurer_email": service.checked_by,
            "phones": _phones(service.id, service.phone),
            "languages": [_named(service.id, "language", word) for word in service.languages],
            "funding": [_funding(service)] if service.commissioner else None,
            "service_areas": _items("service_area", service.areas, service.id, numbering, places),
            "schedules": _items("schedule", service.schedules, service.id, numbering, places),
            "cost_options": _items("cost_option", service.costs, service.id, numbering, set()),
            "contacts": self._people("service", service.id),
            "attributes": [
                *_marks(service.attributes, service.id, numbering),
                *oruk_marks.of_service(service, self._names),
                *self._marked(service.id, "service"),
            ],
        }
        before = _website(made, "url", service.website)
        made["status"], made["alert"] = service.status, safe(service.alert)
        if fits("status", service.status) is None:
            made["status"] = "active"
            made["alert"] = " ".join(filter(None, (made["alert"], NO_STATUS)))
            before |= {"status": service.status or None, "alert": safe(service.alert) or None}
        sites = [self._site(service, place, numbering) for place in service.locations]
        made["service_at_locations"] = sites
        self.sites += [{**site, "service_id": service.id} for site in sites if "location" in site]
        if service.checked_how == CHANGED and fits("last_modified", extra.get("last_modified")) is None:
            made["assured_date"] = service.checked_on
        return _finished("service", made, extra, before, _more_names(service.other_names))

    def agency(self, agency: Agency) -> Raw:
        """An organisation with all that belongs to it."""
        numbering = Numbering()
        extra = dict(agency.extra or {})
        made = {
            **_brief(agency),
            "alternate_name": safe(agency.other_names[0]) if agency.other_names else "",
            "email": agency.email,
            "parent_organization_id": oruk_identity.as_uuid(agency.parent),
            "organization_identifiers": [
                _identifier(item, agency.id, numbering)
                for item in agency.identifiers or []
                if isinstance(item, dict)
            ],
            "phones": _phones(agency.id, agency.phone),
            "contacts": self._people("agency", agency.id),
            "locations": self._own_places(extra),
            "attributes": [
                *_agency_type(agency, numbering),
                *_marks(_list(extra.pop("attributes", None)), agency.id, numbering),
                *oruk_marks.of_agency(agency),
                *self._marked(agency.id, "organization"),
            ],
        }
        before = _website(made, "website", agency.website)
        before |= made.pop(OURS, {}).get(AS, {})
        return _finished("organization", made, extra, before, _more_names(agency.other_names))

    def location(self, place: Location) -> Raw:
        """A place with its address and contacts. It is never one that is withheld."""
        self.placed.add(place.id)
        numbering = Numbering()
        extra = dict(place.extra or {})
        kind = place.location_type or (
            "physical" if place.address or place.postcode or place.latitude else "virtual"
        )
        made: Raw = {
            "id": place.id,
            "name": safe(place.name),
            "location_type": kind,
            "latitude": fits("latitude", place.latitude),
            "longitude": fits("longitude", place.longitude),
            "transportation": safe(place.transport),
            "addresses": [_address(place)] if place.address or place.postcode else None,
            "accessibility": [
                {**_named(place.id, "accessibility", word), "description": safe(word)}
                for word in place.accessibility
            ],
            "contacts": self._people("location", place.id),
            "attributes": [
                *_marks(_list(extra.pop("attributes", None)), place.id, numbering),
                *oruk_marks.checked(place, "location"),
            ],
        }
        for item in made["accessibility"]:
            del item["name"], item[OURS][AS]["name"]
        before: Raw = {} if place.location_type else {"location_type": None}
        return _finished("location", made, extra, before, {})

    def _site(self, service: Service, place: str, numbering: Numbering) -> Raw:
        """Where a service stands, with what holds only there."""
        held = self._locations.get(place)
        made: Raw = {
            "id": ids.same_id("service-at-location", service.id, place),
            "location_id": oruk_identity.as_uuid(place),
            "location": self.location(held) if held else None,
            "service_areas": _items("service_area", service.areas, service.id, numbering, {place}, at=place),
            "schedules": _items("schedule", service.schedules, service.id, numbering, {place}, at=place),
            "contacts": self._people(service.id, place),
        }
        return {name: part for name, part in made.items() if part not in _EMPTY}

    def _own_places(self, extra: dict[str, Value]) -> list[Raw]:
        """The locations an organisation lists as its own; those that are not here stay as ids."""
        listed = [str(part.get("id", "")) for part in _list(extra.get("locations")) if isinstance(part, dict)]
        if not listed or any(place not in self._locations for place in listed):
            return []
        del extra["locations"]
        return [self.location(self._locations[place]) for place in listed]

    def _people(self, *home: str) -> list[Raw]:
        held = self._contacts.get((home[0], home[1]), [])
        return [_contact(item) for item in sorted(held, key=lambda item: (not item.role_mailbox, item.id))]

    def _marked(self, owner: str, entity: str) -> list[Raw]:
        return [
            oruk_marks.of_record(item, owner, entity, self._names)
            for item in self._facts.get(("", owner), [])
        ]


def _grouped(records: Iterable[Any], key: Any) -> dict[tuple[str, str], list[Any]]:
    found: dict[tuple[str, str], list[Any]] = {}
    for record in records:
        found.setdefault(key(record), []).append(record)
    return found


def _home(contact: Contact) -> tuple[str, str]:
    """Under which object a contact stands: a service at a place, a service, a place or an organisation."""
    if contact.service:
        return (contact.service, contact.location) if contact.location else ("service", contact.service)
    return ("location", contact.location) if contact.location else ("agency", contact.agency)


def _list(value: Value) -> list[Value]:
    return value if isinstance(value, list) else []


def _brief(agency: Agency) -> Raw:
    """What stands of an organisation inside a service. A description must be there; the name stands in for one."""
    made: Raw = {"id": agency.id, "name": safe(agency.name), "description": safe(agency.description)}
    if not agency.description:
        made |= {"description": made["name"], OURS: {AS: {"description": None}}}
    return made


def _website(made: Raw, name: str, website: str) -> Raw:
    """Put a web address into the object; returns what it was where it had to be written otherwise."""
    made[name] = address(website)
    return {name: safe(website)} if website and made[name] != website else {}


def _more_names(names: tuple[str, ...]) -> Raw:
    return {"other_names": [safe(name) for name in names]} if len(names) > 1 else {}


def _finished(kind: str, made: Raw, extra: Mapping[str, Value], before: Raw, own_fields: Raw) -> Raw:
    """The object with what a record keeps for others: what is unknown where it stood, the rest under our property."""
    rest: Raw = {}
    for name in sorted(extra):
        value = extra[name]
        if name in _PASSED_ON[kind] and made.get(name) in _EMPTY and fits(name, value) == value:
            made[name] = value
        elif name in _MEANT:
            rest[name] = value
        else:
            made[name] = value
    own: Raw = {}
    if before:
        own[AS] = before
    if own_fields:
        own["fields"] = own_fields
    if rest:
        own["extra"] = rest
    if own:
        made[OURS] = own
    return {
        name: part
        for name, part in made.items()
        if part not in _EMPTY or (name in extra and name not in KNOWN[kind])
    }


def _named(owner: str, kind: str, word: str) -> Raw:
    return {
        "id": ids.same_id(kind, owner, word),
        "name": safe(word),
        OURS: {AS: {"id": None, "name": safe(word)}},
    }


def _phones(owner: str, number: str) -> list[Raw]:
    return [{"id": ids.same_id("phone", owner, number), "number": safe(number)}] if number else []


def _funding(service: Service) -> Raw:
    return {
        "id": ids.same_id("funding", service.id, service.commissioner),
        "source": safe(service.commissioner),
    }


def _contact(contact: Contact) -> Raw:
    made: Raw = {
        "id": contact.id,
        "name": safe(contact.name),
        "title": safe(contact.title),
        "department": safe(contact.department),
        "email": contact.email,
        "phones": _phones(contact.id, contact.phone),
        "attributes": list(oruk_marks.of_contact(contact)),
    }
    fields = {"role_mailbox": True} if contact.role_mailbox else {}
    return _finished("contact", made, contact.extra or {}, {}, fields)


def _address(place: Location) -> Raw:
    """An address as the standards want it: all of its parts are there, if empty."""
    lines = place.address.split("\n")
    town = lines.pop() if len(lines) > 1 else ""
    return {
        "id": ids.same_id("address", place.id),
        "address_1": safe("\n".join(lines)),
        "city": safe(town),
        "state_province": "",
        "postal_code": place.postcode,
        "country": "GB",
        "address_type": "physical",
    }


def _items(
    kind: str, values: list[Value] | None, owner: str, numbering: Numbering, places: set[str], *, at: str = ""
) -> list[Raw]:
    """Areas, hours and costs: those of the service itself or, with ``at``, those of one of its places."""
    used: set[str] = set()
    found: list[Raw] = []
    for item in values or []:
        if not isinstance(item, dict):
            continue
        where = str(item.get("location") or "")
        if (where != at) if at else where in places and where:
            continue
        held = {name: part for name, part in item.items() if not (at and name == "location")}
        found.append(_alone(fitted(kind, held, owner + at, numbering), used, owner, numbering))
    return found


def _alone(made: Raw, used: set[str], owner: str, numbering: Numbering) -> Raw:
    """The object with an id that no other of its list has."""
    if made["id"] in used:
        own = made.setdefault(OURS, {}).setdefault(AS, {})
        own.setdefault("id", made["id"])
        made["id"] = numbering.of("again", owner, canonical(made))
    used.add(made["id"])
    return made


def _identifier(item: dict[str, Value], owner: str, numbering: Numbering) -> Raw:
    names = {"scheme": "identifier_scheme", "kind": "identifier_type"}
    held = {names.get(name, name): part for name, part in item.items()}
    return fitted(
        "organization_identifier",
        held,
        owner,
        numbering,
        {"identifier_type": "identifier", "identifier": "-"},
    )


def _agency_type(agency: Agency, numbering: Numbering) -> list[Raw]:
    if not agency.agency_type:
        return []
    return _marks([{"link_type": "organisation-type", "name": agency.agency_type}], agency.id, numbering)


_OF_TERM = ("name", "taxonomy", "description", "term_uri", "parent_id", "taxonomy_id", "code")


def _marks(values: list[Value] | None, owner: str, numbering: Numbering) -> list[Raw]:
    """The marks an import brought, as the attributes they were."""
    used: set[str] = set()
    return [
        _alone(_attribute(item, owner, numbering), used, owner, numbering)
        for item in values or []
        if isinstance(item, dict)
    ]


def _attribute(item: dict[str, Value], owner: str, numbering: Numbering) -> Raw:
    known = {name: part for name, part in item.items() if name not in (*_OF_TERM, "term")}
    made = fitted("attribute", known, owner, numbering)
    term = {name: item[name] for name in _OF_TERM if name in item}
    number = str(item.get("term") or "")
    if number:
        term["id"] = number
    if set(term) == {"id"} and oruk_identity.as_uuid(number):
        made["taxonomy_term_id"] = number
    elif term:
        name = str(
            item.get("name") or item.get("label") or item.get("value") or item.get("link_type") or number
        )
        fill = {"name": safe(name), "description": safe(str(item.get("description") or name))}
        # A term has the same id wherever it is used; one that came without an id gets it from its words.
        made["taxonomy_term"] = fitted("taxonomy_term", term, "", Numbering(), fill)
    return made
