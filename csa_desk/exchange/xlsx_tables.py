"""Spreadsheets read as tables, as if an enemy had made them: nothing computed, nothing followed, everything bounded."""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml.common import DefusedXmlException

from csa_desk.exchange import grids, repairs
from csa_desk.exchange.documents import UnfitError
from csa_desk.exchange.report import Report
from csa_desk.exchange.tables import MOST_ROWS, Table, Watch, check_size

MOST_PARTS = 2_000
LARGEST_PART = 100 * 1024 * 1024  # bytes, unpacked
LARGEST_WHOLE = 200 * 1024 * 1024
TIGHTEST = 500  # times a part may grow when it is unpacked; what is small may grow more
SMALL = 4 * 1024 * 1024
MOST_SHEETS = 100
_DAMAGED = "This spreadsheet is damaged or not quite .xlsx. Open it and save it again as .xlsx or .csv."
# All that openpyxl and what lies under it raise over files that are not what they say.
_FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    DefusedXmlException,
    EOFError,
    LookupError,
    OSError,
    ParseError,
    RuntimeError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
)
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def parse(data: bytes, name: str, report: Report, watch: Watch) -> list[Table]:
    """A table for each visible sheet with headings; UnfitError if the file is no good."""
    try:
        _inspect(data, name, report, watch)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of decoration it leaves out
            book = openpyxl.load_workbook(
                io.BytesIO(data), read_only=True, data_only=True, keep_links=False, keep_vba=False
            )
            try:
                return _sheets(book, name, report, watch)
            finally:
                book.close()
    except _FAULTS:
        raise UnfitError(_DAMAGED) from None


def _inspect(data: bytes, name: str, report: Report, watch: Watch) -> None:
    """Refuse what could harm before any of it is taken seriously."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = packed.infolist()
        names = {part.filename for part in parts}
        if len(parts) > MOST_PARTS or len(names) != len(parts):
            raise UnfitError(
                "This spreadsheet has too many parts, or one part twice. Save it again as .xlsx."
            )
        if "[Content_Types].xml" not in names or not any(part.startswith("xl/") for part in names):
            raise UnfitError(
                "This is a packed file and no .xlsx spreadsheet. Save the table as .xlsx or .csv."
            )
        if "xl/workbook.bin" in names:
            raise UnfitError("This is an .xlsb spreadsheet, which cannot be read. Save it as .xlsx.")
        if any(part.flag_bits & 1 for part in parts):
            raise UnfitError("This spreadsheet is locked with a password. Save it without one.")
        if sum(part.file_size for part in parts) > LARGEST_WHOLE or any(map(_swells, parts)):
            raise UnfitError(
                "This spreadsheet unpacks to far more than a directory holds, so it was not opened."
            )
        formulas = False
        for part in parts:
            watch.beat()
            if part.filename.endswith((".xml", ".rels", ".vml")):
                content = packed.read(part)
                if _ENTITY.search(content.replace(b"\x00", b"")):
                    raise UnfitError(
                        "This spreadsheet holds XML that no spreadsheet needs. It was not opened."
                    )
                formulas |= "/worksheets/" in part.filename and _FORMULA.search(content) is not None
    if any("externallinks/" in part.lower() for part in names):
        report.repaired(name, "This spreadsheet links to other files. No link was followed.")
    if any(part.lower().endswith("vbaproject.bin") for part in names):
        report.repaired(name, "This spreadsheet holds a program (macros). It was not run.")
    if formulas:
        report.repaired(
            name, "This spreadsheet holds formulas. None was computed; the values saved last were taken."
        )


def _swells(part: zipfile.ZipInfo) -> bool:
    grown = part.file_size > SMALL and part.file_size > TIGHTEST * max(part.compress_size, 1)
    return part.file_size > LARGEST_PART or grown


def _sheets(book: Any, name: str, report: Report, watch: Watch) -> list[Table]:
    found: list[Table] = []
    faults: list[tuple[str, UnfitError]] = []
    if len(book.worksheets) > MOST_SHEETS:
        raise UnfitError("This spreadsheet has more than 100 sheets. Split it into smaller files.")
    for sheet in book.worksheets:
        place = f"{name}, sheet “{sheet.title[:60]}”"
        if sheet.sheet_state != "visible":
            report.skipped(place, "This sheet is hidden. It was passed over.")
            continue
        lines = list(_lines(sheet, watch))
        try:
            found.append(grids.table(place, lines, report, watch))
        except UnfitError as why:
            faults.append((place, why))
    if faults and not found:
        raise faults[0][1]
    for place, fault in faults:
        report.skipped(place, str(fault))
    if not found:
        raise UnfitError("This spreadsheet has no visible sheet.")
    return found


def _lines(sheet: Any, watch: Watch) -> Iterator[list[str]]:
    sheet.reset_dimensions()  # what the file says of its size is not believed
    cells = 0
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        if number % 100 == 0:
            watch.beat()
        if number > 2 * MOST_ROWS:
            check_size(number, 0, 0)
        filled = len(values)
        while filled and values[filled - 1] is None:
            filled -= 1
        cells += filled
        check_size(0, filled, cells)
        yield [_text(value) for value in values[:filled]]


def _text(value: object) -> str:
    """A cell as text: days as ISO days, numbers without powers of ten."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, (int, float)):
        found = repairs.number(value)
        return repairs.decimal_text(found) if found is not None else str(value)
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value))
    return re.sub("[\ud800-\udfff\x00]", "", text)
