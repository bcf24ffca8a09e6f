"""Open Referral in tables: one list of flat rows for each kind of thing, which name one another by id.

Rows that belong to another (telephones, addresses, hours and so on) are put where a nested feed has them, so that one
mapping reads both. Tables of version 1.0 are joined under their old names.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from csa_desk.exchange import oruk_identity
from csa_desk.exchange.documents import Json
from csa_desk.exchange.entry import is_empty
from csa_desk.exchange.oruk_shapes import PAGING, Shape, listing
from csa_desk.exchange.report import Report

Raw = dict[str, Json]

_HOLDERS = {
    "organization": Shape.AGENCY,
    "organisation": Shape.AGENCY,
    "service": Shape.SERVICE,
    "location": Shape.LOCATION,
    "service_at_location": Shape.SITE,
}
# Table of rows that belong to another → the property that holds them there.
_HELD = {
    "phone": "phones",
    "contact": "contacts",
    "address": "addresses",
    "schedule": "schedules",
    "service_area": "service_areas",
    "language": "languages",
    "funding": "funding",
    "cost_option": "cost_options",
    "required_document": "required_documents",
    "accessibility": "accessibility",
    "organization_identifier": "organization_identifiers",
    "program": "programs",
    "service_capacity": "capacities",
    "url": "additional_urls",
    "attribute": "attributes",
    "eligibility": "eligibilitys",
    "physical_address": "physical_addresses",
    "postal_address": "postal_addresses",
    "regular_schedule": "regular_schedules",
    "holiday_schedule": "holiday_schedules",
    "service_taxonomy": "service_taxonomys",
    "link_taxonomy": "link_taxonomys",
    "accessibility_for_disabilities": "accessibility_for_disabilities",
}
_LISTS = ("taxonomy", "taxonomy_term")  # they are read by what they hold, as in a feed
_ABOUT = ("metadata", "meta_table_description")
# The first of these that is filled says whose a row is: the narrowest comes first.
_LINKS = (
    ("contact_id", "contact"),
    ("phone_id", "phone"),
    ("service_at_location_id", "service_at_location"),
    ("service_id", "service"),
    ("location_id", "location"),
    ("organization_id", "organization"),
)
_ANY = ""  # a mark of UK 3.0 does not say in which table the thing stands; a UUID is found in any
_INSIDE = {
    "contact": ("phone",),
    "phone": ("language",),
}  # what these two may hold, so that nothing goes in circles


def _names(table: str) -> Iterator[str]:
    yield table
    yield f"{table}s"
    if table.endswith("y"):
        yield f"{table[:-1]}ies"
    if table.endswith("s"):
        yield f"{table}es"


_TABLES = {
    name: table
    for table in (*_HOLDERS, *_HELD, *_LISTS, *_ABOUT, "unit", "capacity")
    for name in _names(table)
}


@dataclass(frozen=True, slots=True)
class Document:
    """A document of a file. ``hint``: what its entries are, because it is a table of these."""

    file: str
    json: Json
    hint: Shape | None = None


@dataclass(slots=True)
class Tables:
    """The rows that belong to others: (table, id) of the holder → property → rows."""

    rows: dict[tuple[str, str], dict[str, list[Raw]]] = field(default_factory=dict)
    units: dict[str, Raw] = field(default_factory=dict)
    _files: list[tuple[str, Raw]] = field(default_factory=list)
    _used: set[int] = field(default_factory=set)

    def joined(self, raw: Raw, kind: Shape) -> Raw:
        """An organisation, service, location or site with the rows that belong to it."""
        table = next((name for name, shape in _HOLDERS.items() if shape is kind), "")
        return self._with_rows(raw, table) if table and self.rows else raw

    def _with_rows(self, raw: Raw, table: str) -> Raw:
        known_as = _same(raw.get("id"))
        held: dict[str, list[Raw]] = {}
        for holder in (table, _ANY):
            for name, rows in self.rows.get((holder, known_as), {}).items():
                held[name] = [*held.get(name, []), *rows]
        if not held:
            return raw
        new = dict(raw)
        for name, rows in held.items():
            had = new.get(name)
            before = had if isinstance(had, list) else [] if is_empty(had) else [had]
            known = {repr(part["id"]) for part in before if isinstance(part, dict) and part.get("id")}
            more = [row for row in rows if repr(row.get("id")) not in known]
            self._used.update(map(id, rows))
            new[name] = [*before, *(self._inside(row, name) for row in more)]
        return new

    def _inside(self, row: Raw, name: str) -> Raw:
        unit = self.units.get(_same(row.get("unit_id")))
        if name == "capacities" and unit and is_empty(row.get("unit")):
            row = {**row, "unit": unit}
        table = next((table for table, held in _HELD.items() if held == name), "")
        return row if table == "attribute" else self._with_rows(row, table)

    def take(self, table: str, rows: list[Raw], file: str) -> None:
        """Remember the rows of a table that belong to others."""
        for row in rows:
            if table == "unit":
                self.units[_same(row.get("id"))] = row
                continue
            self._files.append((file, row))
            holder, came = _holder(table, row)
            if came:
                name = "additional_websites" if (table, holder) == ("url", "organization") else _HELD[table]
                self.rows.setdefault((holder, came), {}).setdefault(name, []).append(row)

    def left(self, report: Report) -> None:
        """Say which rows belong to nothing that was read."""
        lost: dict[str, int] = {}
        for file, row in self._files:
            if id(row) not in self._used:
                lost[file] = lost.get(file, 0) + 1
        for file, count in lost.items():
            what = "1 row of this table belongs" if count == 1 else f"{count} rows of this table belong"
            report.skipped(file, f"{what} to nothing in these files. Left out.")


def _same(value: Json) -> str:
    """An id in the one spelling by which rows are joined."""
    text = oruk_identity.foreign_id(value)
    return oruk_identity.as_uuid(text) or text


def _holder(table: str, row: Raw) -> tuple[str, str]:
    """The table and id of what a row belongs to; empty where it names nothing."""
    if table in ("attribute", "link_taxonomy"):
        entity = row.get("link_entity") if table == "attribute" else row.get("link_type")
        holder = _TABLES.get(str(entity or "").lower().replace(" ", "_"), "")
        if came := _same(row.get("link_id")):
            if holder:
                return holder.replace("organisation", "organization"), came
            return _ANY, came if oruk_identity.as_uuid(came) else ""
    for link, holder in _LINKS:
        if holder in _INSIDE and table not in _INSIDE[holder]:
            continue
        if came := _same(row.get(link)):
            return holder, came
    return "", ""


def tables(documents: Sequence[tuple[str, Json]], report: Report) -> tuple[list[Document], Tables]:
    """The documents that are to be read as they are, and the rows of all others, by whose they are."""
    found: list[Document] = []
    joined = Tables()
    for file, whole in documents:
        for table, document in _parts(file, whole):
            rows = _rows(document)
            if table in _HOLDERS and rows and _flat(rows):
                found.append(Document(file, rows, _HOLDERS[table]))
            elif (table in _HELD or table == "unit") and rows and _belongs(table, rows):
                joined.take(table, rows, file)
            elif table in _ABOUT and rows:
                report.skipped(file, "This tells how the tables were made or changed. It holds no services.")
            else:
                found.append(Document(file, document))
    return found, joined


def _parts(file: str, document: Json) -> Iterator[tuple[str, Json]]:
    """The tables of a document: its own, or those of a package of several, each under its name."""
    if isinstance(document, dict):
        named = {name: _TABLES.get(name.lower(), "") for name in document if name not in PAGING}
        if len(named) > 1 and all(named.values()) and all(isinstance(document[name], list) for name in named):
            yield from ((_folded(table), document[name]) for name, table in named.items())
            return
    stem = file.rsplit("/", 1)[-1].lower().removesuffix(".json").replace("-", "_")
    yield _folded(_TABLES.get(stem, "")), document


def _folded(table: str) -> str:
    return {"capacity": "service_capacity", "organisation": "organization"}.get(table, table)


def _rows(document: Json) -> list[Raw]:
    """The rows of a list or page of objects; empty where it is something else."""
    held = listing(document)
    if held is None or held.alone or not all(isinstance(row, dict) for row in held.entries):
        return []
    return [row for row in held.entries if isinstance(row, dict) and not is_empty(row)]


def _flat(rows: list[Raw]) -> bool:
    return not any(isinstance(value, (dict, list)) and value for row in rows for value in row.values())


def _belongs(table: str, rows: list[Raw]) -> bool:
    if table == "unit":
        return _flat(rows) and any(oruk_identity.foreign_id(row.get("id")) for row in rows)
    return any(_holder(table, row)[1] for row in rows)
