"""Rows of several tables become whole services, organisations and locations: joined by the ids they came with.

An id that is a UUID, or long enough to be nobody else's, names the same thing everywhere. A short one such as 7 is
used by every publisher, so it joins the tables of one import and is not trusted beyond.
"""

import json
import re
from collections.abc import Callable
from datetime import date

from csa_desk.exchange import oruk_identity, repairs, tabular_rows
from csa_desk.exchange.oruk_gathering import Found, Gathered, Raw
from csa_desk.exchange.plain_text import one_line
from csa_desk.exchange.report import Report
from csa_desk.exchange.tabular_rows import Item
from csa_desk.records import ids
from csa_desk.records.directory import Agency, Contact, Location, Service

_KINDS = {
    "service": Service.KIND,
    "organization": Agency.KIND,
    "location": Location.KIND,
    "contact": Contact.KIND,
}
_WORDS = {"service": "service", "organization": "organisation", "location": "location", "contact": "contact"}
_ALONE = "It names no service, organisation or location that it belongs to. It was left out."


def is_unmistakable(came: str) -> bool:
    """Whether an id can be taken for the same thing wherever it stands."""
    return bool(oruk_identity.as_uuid(came)) or (len(came) >= 5 and not re.fullmatch(r"\d{1,6}", came))


class Joining:
    """All rows of an import, and what becomes of them together."""

    def __init__(self, report: Report, today: date, beat: Callable[[], None]) -> None:
        self.gathered = Gathered()
        self._report = report
        self._today = today
        self._beat = beat
        self._known: dict[tuple[str, str], set[str]] = {}
        self._named: dict[str, set[str]] = {}
        self._held: dict[tuple[str, str], list[Item]] = {}
        self._sites: dict[str, list[Raw]] = {}
        self._seen: dict[tuple[str, str, str], Item] = {}

    def join(self, items: list[Item]) -> None:
        """Make raw records of these rows, ready to be read as a feed is."""
        by: dict[str, list[Item]] = {}
        for item in items:
            by.setdefault(item.kind, []).append(item)
        for made in by.get("agency", []):
            self._agency(made)
        for made in by.get("location", []):
            self._location(made)
        for made in by.get("service", []):
            self._service(made)
        for made in by.get("contact", []):
            self._contact(made)
        for made in items:
            if made.kind not in ("agency", "location", "service", "contact"):
                self._beat()
                self._child(made)
        self._finish()

    def _identity(self, made: Item, kind: str, *words: str) -> str:
        """The record id of a row, and what it is called in this import; the id may be empty."""
        came = oruk_identity.foreign_id(made.line("id"))
        name = made.line("name")
        if came:
            alone = is_unmistakable(came)
            record = (
                oruk_identity.known(_KINDS[kind], came) if alone else ids.same_id(_KINDS[kind], came, name)
            )
            self._known.setdefault((kind, came.casefold()), set()).add(record)
        else:
            record = ids.same_id(_KINDS[kind], name, *filter(None, words))
        return record

    def _take(self, made: Item, kind: str, came: bool) -> bool:
        """Whether a row brings something that no row before it brought."""
        self._beat()
        before = self._held.setdefault((kind, made.record), [])
        same = self._seen.setdefault((kind, made.record, json.dumps(made.raw, sort_keys=True)), made)
        if same is not made:
            self._report.skipped(made.where, f"This row says the same as {_row(same)}. It was taken once.")
            return False
        if before and not came:
            self._report.refused(
                made.where,
                f"Nothing tells this row from {_row(before[0])}, which says other things. It was left out. Give both "
                "an id, or a postcode.",
            )
            return False
        if before and before[0].line("name").casefold() == made.line("name").casefold():
            differing = _add(before[0].raw, made.raw)
            before[0].said += made.said
            kept = f" What {_row(before[0])} says of {', '.join(differing)} was kept." if differing else ""
            self._report.repaired(
                made.where,
                f"This row has the id of {_row(before[0])} and was read as more of it.{kept}",
                made.record,
            )
            made.raw = before[0].raw
            return True
        before.append(made)
        return True

    def _agency(self, made: Item) -> None:
        made.raw = tabular_rows.agency(made, self._today)
        made.record = self._identity(made, "organization")
        if not made.line("name"):
            self._report.refused(made.where, "This row has no name of an organisation. It was left out.")
            return
        if not self._take(made, "organization", bool(made.line("id"))):
            return
        self._named.setdefault(made.line("name").casefold(), set()).add(made.record)
        place = self._place(made, made.record)
        if place:
            held = made.raw.setdefault("locations", [])
            held += [{"id": place}] if {"id": place} not in held else []

    def _location(self, made: Item) -> None:
        made.raw = tabular_rows.location(made)
        address: Raw = next(iter(made.raw.get("addresses", [])), {})
        street, code = str(address.get("address_1", "")), str(address.get("postal_code", ""))
        made.record = self._identity(made, "location", one_line(street), one_line(code))
        if not (made.line("name") or street or code or made.line("id")):
            self._report.refused(made.where, "This row has no name and no address. It was left out.")
            return
        if not self._take(made, "location", bool(made.line("id"))):
            return
        if made.line("organization.id") or made.line("organization.name"):
            agency = self._agency_of(made)
            if agency:
                made.raw["organization"] = {"id": agency}
        for came in made.many("service.id"):
            made.extra.setdefault("service.id", []).append(came)

    def _service(self, made: Item) -> None:
        if not made.line("name"):
            self._report.refused(made.where, "This row has no name of a service. It was left out.")
            return
        made.raw = tabular_rows.service(made, self._today)
        agency = self._agency_of(made)
        if agency:
            made.raw["organization_id"] = agency
        where = made.line("postal_code") or made.line("address_1") or made.line("address")
        area = "" if where else made.line("area.name")
        made.record = self._identity(made, "service", agency, where, area)
        came = bool(made.line("id"))
        if not self._take(made, "service", came):
            return
        places = [self._resolve(made, "location", part) for part in made.many("location.id", ",;|\n")]
        has_own = bool(
            made.line("location.name") or set(made.fields) & {"address", "address_1", "postal_code"}
        )
        if has_own or made.line("latitude") or not places:
            own = self._place(made, made.record)
            places = [own, *places] if own not in places else places
        for place in filter(None, places):
            self._sites.setdefault(made.record, []).append({"location_id": place})

    def _agency_of(self, made: Item) -> str:
        """The record id of the organisation a row names; one that no table describes is made from its name."""
        came, name = made.line("organization.id"), made.line("organization.name")
        found = self._resolve(made, "organization", came) if came else ""
        if found and not name:
            return found
        if not name:
            return ""
        named = self._named.get(name.casefold(), set())
        if not found:
            if len(named) == 1:
                return next(iter(named))
            found = ids.same_id(Agency.KIND, name)
        if ("organization", found) not in self._held:
            stub: Raw = {"id": came, "name": name, "description": made.prose("organization.description")}
            stub |= {"website": made.line("organization.url"), "email": made.line("organization.email")}
            if made.line("organization.phone"):
                stub["phones"] = [{"number": made.line("organization.phone")}]
            stub = {head: part for head, part in stub.items() if part}
            copies = self.gathered.agencies.setdefault(found, [])
            if not any(copy.raw == stub for copy in copies):
                copies.append(Found(stub, made.where))
        return found

    def _place(self, made: Item, owner: str) -> str:
        """The record id of the place a row describes; empty where it describes none."""
        raw = tabular_rows.location(made, "location.")
        address: Raw = next(iter(raw.get("addresses", [])), {})
        street, code = (one_line(str(address.get(head, ""))) for head in ("address_1", "postal_code"))
        if not (street or code or raw.get("latitude") or raw.get("name") or address):
            return ""
        came, name = str(raw.get("id", "")), str(raw.get("name", ""))
        if came and self._known.get(("location", came.casefold())):
            return ""
        if came and is_unmistakable(came):
            record = oruk_identity.known(Location.KIND, came)
        elif came:
            record = ids.same_id(Location.KIND, came, name, street, code)
        elif street or code:
            record = ids.same_id(Location.KIND, name, street, code)
        else:
            record = ids.same_id(Location.KIND, name, owner)
        raw.setdefault("name", street.split(",")[0] or made.line("name"))
        copies = self.gathered.locations.setdefault(record, [])
        if not any(copy.raw == raw for copy in copies):
            copies.append(Found(raw, made.where))
        return record

    def _resolve(self, made: Item, kind: str, came: str) -> str:
        """The record id that a reference means; empty where only its publisher could know."""
        found = self._known.get((kind, came.casefold()), set())
        if len(found) == 1:
            return next(iter(found))
        if found:
            made.say(f"Several tables have a {_WORDS[kind]} {repairs.shown(came)}. The link was left out.")
            return ""
        if is_unmistakable(came):
            return oruk_identity.known(_KINDS[kind], came)
        made.say(
            f"It names the {_WORDS[kind]} {repairs.shown(came)}, which these tables do not hold. The link was left "
            "out. Import the tables together."
        )
        return ""

    def _parents(self, made: Item) -> list[tuple[str, str]]:
        """The things a child row belongs to, as kind and record id, the ones held here."""
        found: list[tuple[str, str]] = []
        named = False
        for kind in ("contact", "service", "location", "organization"):
            for came in made.many(f"{kind}.id", ",;|\n"):
                named = True
                record = self._resolve(made, kind, came)
                if record and ((kind, record) in self._held or record in self._placed(kind)):
                    found.append((kind, record))
                elif record:
                    made.say(
                        f"It belongs to a {_WORDS[kind]} that these tables do not hold. It was left out."
                    )
        if not found:
            made.said = made.said or ([_ALONE] if not named else [])
            for what in made.said:
                self._report.refused(made.where, what.replace("The link was left out.", "It was left out."))
        return found

    def _placed(self, kind: str) -> dict[str, list[Found]]:
        return {"location": self.gathered.locations, "organization": self.gathered.agencies}.get(kind, {})

    def _contact(self, made: Item) -> None:
        raw = tabular_rows.contact(made)
        if not {"name", "email", "phones"} & set(raw):
            self._report.refused(made.where, "This contact has no name, number or address. It was left out.")
            return
        parents = self._parents(made)
        came = made.line("id")
        if parents and came:
            record = f"contact {made.where}"
            self._known.setdefault(("contact", came.casefold()), set()).add(record)
            made.record, made.raw = record, raw
            self._held["contact", record] = [made]
        for kind, record in parents:
            self._into(kind, record, "contacts", raw)

    def _child(self, made: Item) -> None:
        if made.kind == "site":
            self._site(made)
            return
        under, raw = tabular_rows.part(made, self._today)
        if not raw:
            self._report.refused(made.where, "This row says nothing that could be added. It was left out.")
            return
        for kind, record in self._parents(made):
            self._into(kind, record, under, raw)
            for what in dict.fromkeys(made.said):
                self._report.repaired(made.where, what, "" if kind == "contact" else record)

    def _site(self, made: Item) -> None:
        service = self._resolve(made, "service", made.line("service.id")) if made.line("service.id") else ""
        place = self._resolve(made, "location", made.line("location.id")) if made.line("location.id") else ""
        if not (service and place and ("service", service) in self._held):
            self._report.refused(
                made.where, "It joins no service to a location of these tables. It was left out."
            )
            return
        self._sites.setdefault(service, []).append({"location_id": place, **made.extra})

    def _into(self, kind: str, record: str, under: str, raw: Raw) -> None:
        """Add what a child row says to the thing it belongs to."""
        copies = self._held.get((kind, record))
        owner = copies[0].raw if copies else self._placed(kind)[record][0].raw
        owner.setdefault(under, []).append(raw)

    def _finish(self) -> None:
        for (kind, record), copies in self._held.items():
            for made in copies:
                found = Found(made.raw, made.where)
                if kind == "service":
                    self._stand(made.raw, record)
                    self.gathered.services.setdefault(record, []).append(found)
                elif kind == "organization":
                    self._parent(made)
                    self.gathered.agencies.setdefault(record, []).insert(0, found)
                elif kind == "location":
                    self.gathered.locations.setdefault(record, []).insert(0, found)
                if kind != "contact":
                    for what in dict.fromkeys(made.said):
                        self._report.repaired(made.where, what, record)

    def _stand(self, raw: Raw, record: str) -> None:
        """Tell a service where it stands, with as much of the place as decides whether it is secret."""
        sites: list[Raw] = []
        for site in self._sites.get(record, []):
            place = str(site["location_id"])
            held = [item.raw for item in self._held.get(("location", place), [])]
            held += [copy.raw for copy in self.gathered.locations.get(place, [])]
            addresses: list[Raw] = next((part["addresses"] for part in held if part.get("addresses")), [])
            rest = {head: part for head, part in site.items() if head != "location_id"}
            made: Raw = {"location": {"id": place, "addresses": addresses}, **rest}
            if made not in sites:
                sites.append(made)
        if sites:
            raw["service_at_locations"] = sites

    def _parent(self, made: Item) -> None:
        given = made.line("parent")
        if not given:
            return
        named = self._named.get(given.casefold(), set())
        if len(named) == 1:
            made.raw["parent_organization_id"] = next(iter(named))
        elif self._known.get(("organization", given.casefold())) or (
            is_unmistakable(given) and " " not in given
        ):
            made.raw["parent_organization_id"] = self._resolve(made, "organization", given)
        else:
            made.raw["parent organisation"] = given


def _row(made: Item) -> str:
    return "row " + made.where.rsplit(", row ", 1)[-1]


def _add(whole: Raw, more: Raw) -> list[str]:
    """Put what a further row says into what the first one said, and name what they say differently."""
    differing = []
    for name, value in more.items():
        held = whole.get(name)
        if name not in whole:
            whole[name] = value
        elif isinstance(held, list) and isinstance(value, list):
            held.extend(part for part in value if part not in held)
        elif held != value:
            differing.append(f"“{name[:40]}”")
    return differing
