"""Takes documents of a feed apart: every service, organisation, location and site, wherever it stood.

One thing may stand in several files, once in full and often as a summary. The newest copy speaks first, of equally
new ones the fullest; what it leaves open the others fill. The order in which files are read never matters.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from csa_desk.exchange import documents, oruk_identity, oruk_old, repairs
from csa_desk.exchange.documents import Json, Passed, UnfitError
from csa_desk.exchange.entry import is_empty
from csa_desk.exchange.hsds_tables import Document, Tables, tables
from csa_desk.exchange.oruk_restoring import restored
from csa_desk.exchange.oruk_shapes import Listing, Shape, embedded, listing, shape
from csa_desk.exchange.report import Report

Raw = dict[str, Json]

_NO_DIRECTORY = {
    Shape.TERM: "This is a list of terms. It holds no services; its words were used to name what services say.",
    Shape.TAXONOMY: "This is a list of terms. It holds no services; its words were used to name what services say.",
    Shape.ABOUT: "This describes a feed. It holds no services.",
    Shape.OTHER: "This holds nothing of a directory: no service, organisation or location.",
}


@dataclass(frozen=True, slots=True)
class Found:
    """One copy of a thing, the file it stood in, and the service that brought it along ("" if it came by itself)."""

    raw: Raw
    file: str
    service: str = ""


@dataclass(slots=True)
class Gathered:
    """Record id → all copies. ``sites`` are by service. ``terms`` are by foreign id."""

    services: dict[str, list[Found]] = field(default_factory=dict)
    agencies: dict[str, list[Found]] = field(default_factory=dict)
    locations: dict[str, list[Found]] = field(default_factory=dict)
    sites: dict[str, list[Found]] = field(default_factory=dict)
    terms: dict[str, Raw] = field(default_factory=dict)
    private: set[str] = field(default_factory=set)
    """Foreign ids of contacts that some copy marks as personal or sensitive."""


def gather(paths: Sequence[Path], report: Report, progress: Callable[[float], None]) -> Gathered:
    """All that these files and folders hold; what cannot be read goes to the report."""
    held: list[tuple[str, Json]] = []
    found = documents.find(paths)
    for place, item in enumerate(found, start=1):
        if isinstance(item, Passed):
            (report.refused if item.broken else report.skipped)(item.name, item.why)
        else:
            try:
                document, marred = documents.read(item)
            except UnfitError as why:
                report.refused(item.name, str(why))
            else:
                if marred:
                    report.repaired(item.name, "Characters that no text can hold were taken out.")
                held.append((item.name, document))
        progress(place / len(found))
    whole, rows = tables(held, report)
    gathering = _Gathering(report, rows)
    for part in whole:
        gathering.document(part)
    rows.left(report)
    return gathering.gathered


class _Gathering:
    def __init__(self, report: Report, rows: Tables) -> None:
        self.gathered = Gathered()
        self._report = report
        self._rows = rows

    def document(self, document: Document) -> None:
        held = listing(restored(document.json))
        if held is None:
            self._report.skipped(document.file, _NO_DIRECTORY[Shape.OTHER])
        elif not held.entries:
            self._report.skipped(document.file, "This list is empty.")
        else:
            self._entries(held, document)

    def _entries(self, held: Listing, document: Document) -> None:
        file = document.file
        shapes = [
            (document.hint or shape(part, file, held.hint)) if isinstance(part, dict) else None
            for part in held.entries
        ]
        only = set(shapes)
        if only <= {*_NO_DIRECTORY, None}:
            told = next((kind for kind in (*_NO_DIRECTORY,) if kind in only), Shape.OTHER)
            self._report.skipped(file, _NO_DIRECTORY[told])
        for part, kind in zip(held.entries, shapes, strict=True):
            if kind is not None:
                self._entry(self._rows.joined(part, kind), kind, file)
        odd = [
            place for place, kind in enumerate(shapes, start=1) if kind in (None, Shape.OTHER, Shape.ABOUT)
        ]
        if odd and len(odd) < len(shapes):
            self._report.refused(file, f"{_numbered(odd)} of this list: no directory record. Left out.")

    def _entry(self, raw: Raw, kind: Shape, file: str) -> None:
        self.gathered.private |= oruk_old.private(raw)
        if kind is Shape.SERVICE:
            self.service(raw, file)
        elif kind is Shape.AGENCY:
            self.agency(raw, file)
        elif kind is Shape.LOCATION:
            self.location(raw, file)
        elif kind is Shape.SITE:
            self.site(raw, file)
        elif kind in (Shape.TERM, Shape.TAXONOMY):
            for term in [raw, *embedded(raw, "taxonomy_terms")]:
                self.term(term)

    def service(self, raw: Raw, file: str, agency: Raw | None = None) -> str:
        if agency is not None and not oruk_identity.agency_behind(raw):
            raw = {**raw, "organization": {name: agency.get(name) for name in ("id", "name")}}
        said: list[str] = []
        raw = oruk_old.service(raw, said.append)
        service = oruk_identity.service_of(raw)
        if not service:
            self._report.refused(place_of(file, "service", raw), "This service has no name and no id.")
            return ""
        self.gathered.services.setdefault(service, []).append(Found(raw, file))
        self._say(said, place_of(file, "service", raw), service)
        for held in embedded(raw, "organization", "organisation"):
            self.agency(held, file, service)
        for site in embedded(raw, "service_at_locations"):
            for held in embedded(site, "location"):
                self.location(held, file, service)
        return service

    def agency(self, raw: Raw, file: str, service: str = "") -> None:
        said: list[str] = []
        raw = oruk_old.agency(raw, said.append)
        agency = oruk_identity.agency_of(raw)
        if not agency:
            self._report.refused(
                place_of(file, "organisation", raw), "This organisation has no name and no id."
            )
            return
        if not service or not is_empty({name: part for name, part in raw.items() if name != "id"}):
            self.gathered.agencies.setdefault(agency, []).append(Found(raw, file, service))
            self._say(said, place_of(file, "organisation", raw), agency)
        for held in embedded(raw, "services"):
            self.service(held, file, agency=raw)
        for held in embedded(raw, "locations"):
            self.location(held, file, service)

    def location(self, raw: Raw, file: str, service: str = "") -> None:
        said: list[str] = []
        raw = oruk_old.location(raw, said.append)
        sites = [
            part for part in embedded(raw, "service_at_locations") if {"service", "service_id"} & set(part)
        ]
        if sites:
            raw = {name: part for name, part in raw.items() if name != "service_at_locations"}
            here = {"id": raw["id"]} if oruk_identity.foreign_id(raw.get("id")) else raw
            for part in sites:
                self.site({**part, "location": here}, file)
        location = oruk_identity.location_of(raw, service)
        if not location:
            self._report.refused(place_of(file, "location", raw), "This location has no id, name or address.")
        elif set(raw) - {"id"}:
            self.gathered.locations.setdefault(location, []).append(Found(raw, file, service))
            self._say(said, place_of(file, "location", raw), location)

    def site(self, raw: Raw, file: str) -> None:
        said: list[str] = []
        raw = oruk_old.site(raw, said.append)
        held = raw.get("service")
        if isinstance(held, dict) and set(held) - {"id"}:
            service = self.service(held, file)
        else:
            service = oruk_identity.known(
                "service", held.get("id") if isinstance(held, dict) else raw.get("service_id")
            )
        for place in embedded(raw, "location"):
            self.location(place, file, service)
        if service:
            kept = {name: part for name, part in raw.items() if name not in ("service", "service_id")}
            self.gathered.sites.setdefault(service, []).append(Found(kept, file))
            self._say(said, place_of(file, Shape.SITE, raw), service)

    def _say(self, said: list[str], where: str, record: str) -> None:
        for what in said:
            self._report.repaired(where, what, record)

    def term(self, raw: Raw) -> None:
        raw = oruk_old.term(raw)
        name = oruk_identity.foreign_id(raw.get("id"))
        known = self.gathered.terms.get(name)
        if name and (known is None or _canonical(raw) < _canonical(known)):
            self.gathered.terms[name] = raw


def _numbered(places: list[int]) -> str:
    shown = ", ".join(str(place) for place in places[:8])
    more = f" and {len(places) - 8} more" if len(places) > 8 else ""
    return f"Entry {shown}" if len(places) == 1 else f"Entries {shown}{more}"


def place_of(file: str, kind: str, raw: Raw) -> str:
    """Where a thing stands, for the report: file, kind, name and the id it came with."""
    name = oruk_identity.name_of(raw)
    came = oruk_identity.foreign_id(raw.get("id"))
    known = f"“{name[:80]}”" if name else "without a name"
    return f"{file}: {kind} {known}" + (f" ({came[:60]})" if came else "")


@dataclass(frozen=True, slots=True)
class Merged:
    """All copies of one thing made one, the file of the leading copy, and the copies that go by another name."""

    raw: Raw
    file: str
    strangers: tuple[Found, ...] = ()


def merge(copies: Sequence[Found], today: date) -> Merged:
    """One object out of its copies. Copies with another name are something else and are not mixed in."""
    if len(copies) == 1:
        return Merged(copies[0].raw, copies[0].file)
    # Three stable sorts, the weightiest last.
    ordered = sorted(copies, key=lambda item: (_canonical(item.raw), item.file))
    ordered.sort(key=lambda item: _fullness(item.raw), reverse=True)
    ordered.sort(key=lambda item: repairs.moment(item.raw.get("last_modified"), today)[0], reverse=True)
    named = [item for item in ordered if oruk_identity.name_of(item.raw)]
    name = _folded(named[0].raw) if named else ""
    whole: Raw = {}
    strangers = []
    leading = ""
    for item in ordered:
        if _folded(item.raw) not in ("", name):
            strangers.append(item)
            continue
        leading = leading or item.file
        for key, value in item.raw.items():
            if is_empty(whole.get(key)):
                whole[key] = value
    return Merged(whole, leading, tuple(strangers))


def _folded(raw: Raw) -> str:
    return oruk_identity.name_of(raw).casefold()


def _fullness(value: Json) -> int:
    """How many things a foreign value says."""
    if isinstance(value, dict):
        return sum(_fullness(part) for part in value.values())
    if isinstance(value, list):
        return sum(_fullness(part) for part in value)
    return 0 if is_empty(value) else 1


def _canonical(value: Json) -> str:
    return json.dumps(value, sort_keys=True)
