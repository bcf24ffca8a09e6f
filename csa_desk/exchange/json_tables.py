"""JSON lists of objects read as tables: small objects inside become columns such as ``address.postal_code``."""

import re

from csa_desk.exchange import documents
from csa_desk.exchange.documents import Json, UnfitError
from csa_desk.exchange.grids import nothing
from csa_desk.exchange.report import Report
from csa_desk.exchange.tables import Row, Table, Watch, check_size

DEEPEST = 4  # objects inside one another that become columns; what lies deeper stays as it is
# Properties under which feeds keep their rows.
_WRAPPERS = frozenset(
    "contents content data entries features items list objects providers records results rows services "
    "organisations organizations agencies locations areas value values".split()
)
# Parts of a path that say nothing.
_SILENT = frozenset(("properties", "attributes", "fields"))
_CODE = re.compile(r"[A-Z]\d{8}")


def parse(data: bytes, name: str, report: Report, watch: Watch) -> list[Table]:
    """The tables of a JSON document; UnfitError if it is no good."""
    document, marred = documents.parse(data)
    if marred:
        report.repaired(name, "Characters that no text can hold were taken out.")
    if isinstance(document, dict) and (codes := _codes(document)):
        return [_of_codes(codes, name, watch)]
    return [_of_objects(_entries(document), name, report, watch)]


def _codes(document: dict[str, Json]) -> dict[str, Json]:
    """The document, or the only object in it, where it lists area codes with their names."""
    held = document
    if len(document) == 1 and isinstance(only := next(iter(document.values())), dict):
        held = only
    codes = sum(1 for key in held if _CODE.fullmatch(key.strip()))
    return held if codes * 2 > len(held) else {}


def _of_codes(held: dict[str, Json], name: str, watch: Watch) -> Table:
    check_size(len(held), 2, 2 * len(held))
    rows = []
    for number, (code, value) in enumerate(held.items(), start=1):
        if number % 500 == 0:
            watch.beat()
        more = _flat(value) if isinstance(value, dict) else {} if nothing(value) else {"name": value}
        rows.append(Row(number, {"code": code, **more}))
    headings = dict.fromkeys(heading for row in rows for heading in row.cells)
    return Table(name, tuple(headings), tuple(rows), hint="area")


def _entries(document: Json) -> list[Json]:
    if isinstance(document, list):
        return document
    if not isinstance(document, dict):
        raise UnfitError("This holds one value and no list of objects.")
    for key, value in document.items():
        if key.lower() in _WRAPPERS and isinstance(value, list) and (not value or isinstance(value[0], dict)):
            others = [part for name, part in document.items() if name != key]
            if not any(isinstance(part, list) and part for part in others) and "name" not in document:
                return value
    return [document]


def _of_objects(entries: list[Json], name: str, report: Report, watch: Watch) -> Table:
    rows: list[Row] = []
    headings: dict[str, None] = {}
    cells = 0
    for number, entry in enumerate(entries, start=1):
        if number % 500 == 0:
            watch.beat()
        if not isinstance(entry, dict):
            report.refused(f"{name}, row {number}", "This entry of the list is no object. It was left out.")
            continue
        row = Row(number, _flat(entry))
        cells += len(row.cells)
        headings.update(dict.fromkeys(row.cells))
        check_size(number, len(headings), cells)
        if row.cells:
            rows.append(row)
    if not entries:
        report.skipped(name, "This list is empty.")
    elif not rows:
        raise UnfitError("This list holds no object that says anything.")
    return Table(name, tuple(headings), tuple(rows))


def _flat(entry: dict[str, Json]) -> dict[str, Json]:
    found: dict[str, Json] = {}
    _spread(entry, (), found)
    return found


def _spread(entry: dict[str, Json], path: tuple[str, ...], found: dict[str, Json]) -> None:
    point = entry.get("coordinates")
    if (
        str(entry.get("type")) == "Point"
        and isinstance(point, list)
        and len(point) >= 2
        and not any(isinstance(part, (list, dict)) for part in point)
    ):
        found.setdefault("longitude", point[0])
        found.setdefault("latitude", point[1])
        return
    for key, value in entry.items():
        here = path if not path and key.lower() in _SILENT and isinstance(value, dict) else (*path, key)
        if isinstance(value, dict) and value and len(here) < DEEPEST:
            _spread(value, here, found)
        elif not nothing(value):
            heading = ".".join(here)[:200] or "without a heading"
            while heading in found:
                heading += " (2)"
            found[heading] = value
            check_size(0, len(found), 0)
