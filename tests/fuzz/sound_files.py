"""Sound files for each importer, as its publishers write them: what the spoiling starts from. All of it is invented."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import openpyxl

from csa_desk.exchange.leaving import may_leave
from csa_desk.exchange.oruk_writing import oruk_files
from tests.exchange.directories import everything
from tests.exchange.test_hsds import package
from tests.exchange.test_versions_any import NEW, OLD

Files = dict[str, bytes]

SERVICES = [
    line.split("|")
    for line in (
        "Service id|Service name|Provider|Age range|Phone|E-mail|Website|Postcode|Area|Waiting",
        "L-1|Larch group|Larchwood Trust|11-18|0117 496 0001|help@larch.example|larch.example|ZZ99 3VZ|A; B|6 weeks",
        "L-2|Hazel drop-in|Larchwood Trust|under 25|0117 496 0002 or 111||||Eastmere|=1+1",
        "L-3|Rowan line|Rowan CIC|any|+44 117 496 0003|Jo <jo.b@rowan.example>|http://rowan.example|zz993vz||varies",
    )
]
AREAS = [
    line.split("|")
    for line in (
        "LAD25CD|LAD25NM|Start date|End date|Replaced by|Former GSS codes|Police force",
        "E06000990|Eastmere|2009-04-01|||E07000991|Eastmere Police",
        "E07000991|Old Eastmere|1974-04-01|2009-03-31|E06000990||",
        "W06000992|Cwm Afal|01/04/1996||||Heddlu Afal",
    )
]


def _json(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def _csv(rows: list[list[str]]) -> bytes:
    held = io.StringIO()
    csv.writer(held).writerows(rows)
    return held.getvalue().encode()


def _xlsx(rows: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    sheet["K1"], sheet["K2"], sheet["K3"] = "Last checked", date(2026, 3, 1), 46000.5
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _objects(rows: list[list[str]]) -> list[dict[str, Any]]:
    head, *body = rows
    found: list[dict[str, Any]] = [dict(zip(head, row, strict=True)) for row in body]
    found[0]["address"] = {"line_1": "4 Alder Row", "town": "Eastmere", "geo": {"lat": 51.4, "lon": -2.6}}
    found[-1]["tags"] = ["family", "school"]
    return found


@cache
def _oruk() -> Files:
    """Of an export of all we know: the index, the pages but those of terms, and one service by itself."""
    files = oruk_files(may_leave(everything()))
    pages = [name for name in files if name.endswith(".json") and "/" not in name and "taxonom" not in name]
    return {
        name: files[name] for name in [*pages, min(name for name in files if name.startswith("services/"))]
    }


IMPORTERS: dict[str, tuple[str, Callable[[], Files]]] = {
    "oruk-3.0": ("oruk", _oruk),
    "oruk-1.0": ("oruk", lambda: {"services.json": _json(OLD)}),
    "hsds": ("hsds", lambda: {"service.json": _json(NEW)}),
    "hsds-tables": ("hsds", lambda: {f"{name}.json": _json(rows) for name, rows in package().items()}),
    "csv": ("csv", lambda: {"services.csv": _csv(SERVICES)}),
    "xlsx": ("xlsx", lambda: {"services.xlsx": _xlsx(SERVICES)}),
    "json-list": ("csv", lambda: {"list.json": _json(_objects(SERVICES))}),
    "areas": ("csv", lambda: {"areas.csv": _csv(AREAS), "codes.json": _json(_objects(AREAS))}),
}
"""Importer → its ``--format``, and the files it reads."""
