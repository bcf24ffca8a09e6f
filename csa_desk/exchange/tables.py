"""Tables from files and folders: headings, and rows that know where they stood. CSV, XLSX and JSON give the same.

A file that cannot be trusted whole is refused whole, with a sentence; nothing in it can harm or hold up the program.
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from csa_desk.exchange.documents import LARGEST_FILE, Json, Passed, Source, UnfitError
from csa_desk.exchange.report import Report

MOST_ROWS = 100_000
MOST_COLUMNS = 500
MOST_CELLS = 3_000_000
LONGEST_TIME = 300.0  # seconds for one import
ENDINGS = (".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".json")
FOLDER_ENDINGS = (".csv", ".tsv", ".xlsx", ".json")

Cells = dict[str, Json]
"""Heading → what the row says under it; empty cells are left out."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: ``number`` as a spreadsheet counts, and its cells that say something."""

    number: int
    cells: Cells


@dataclass(frozen=True, slots=True)
class Table:
    """``name``: file and sheet, for the report. ``hint``: what a row is, where the form of the file alone says so."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    hint: str = ""


class Watch:
    """Told now and then that work goes on: lets the import be stopped, and stops one that takes far too long."""

    def __init__(self, tell: Callable[[float], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._tell = tell
        self._clock = clock
        self._end = clock() + LONGEST_TIME
        self.share = 0.0

    def beat(self) -> None:
        """Called every few rows. What ``tell`` raises goes through; UnfitError where time is over."""
        self._tell(self.share)
        if self._clock() > self._end:
            raise UnfitError("Reading this took more than five minutes. Split the file into smaller ones.")


def find(paths: Sequence[Path]) -> list[Source | Passed]:
    """The files that these paths name, sorted by name; in a folder, all tables at any depth. Links are not followed."""
    found: list[Source | Passed] = []
    seen: set[Path] = set()
    for path in paths:
        for item in _below(path) if path.is_dir() else [_single(path)]:
            if isinstance(item, Source):
                real = item.path.resolve()
                if real in seen:
                    continue
                seen.add(real)
            found.append(item)
    return sorted(found, key=lambda item: item.name)


def _single(path: Path) -> Source | Passed:
    if path.is_file():
        return Source(path.name, path)
    if path.exists():
        return Passed(path.name, "This is not a file or a folder.", broken=True)
    return Passed(path.name, "There is no such file. Look at its name and where it is.", broken=True)


def _below(folder: Path) -> Iterator[Source | Passed]:
    empty = True
    closed: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.startswith((".", "~$")) or not name.lower().endswith(FOLDER_ENDINGS):
                continue
            path = Path(place) / name
            shown = path.relative_to(folder).as_posix()
            empty = False
            if path.is_symlink():
                yield Passed(shown, "This is a link to another place. Links are not followed.", broken=False)
            elif path.is_file():
                yield Source(shown, path)
            else:
                yield Passed(shown, "This is not a file.", broken=False)
    for fault in closed:
        name = Path(fault.filename).relative_to(folder).as_posix() if fault.filename else folder.name
        yield Passed(name, "This folder cannot be opened.", broken=True)
    if empty and not closed:
        yield Passed(
            folder.name or str(folder), "There is no .csv, .xlsx or .json file in this folder.", broken=True
        )


def read(source: Source, report: Report, watch: Watch) -> list[Table]:
    """All tables of a file; UnfitError if it is no good."""
    try:
        with source.path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError:
        raise UnfitError("This file cannot be opened.") from None
    if len(data) > LARGEST_FILE:
        raise UnfitError("This file is larger than 64 MB. Split it into smaller files.")
    return parse(data, source.name, report, watch)


_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def parse(data: bytes, name: str, report: Report, watch: Watch) -> list[Table]:
    """All tables in these bytes. What they are is told by the bytes first, by the name of the file second."""
    from csa_desk.exchange import csv_tables, json_tables, xlsx_tables

    ending = os.path.splitext(name)[1].lower()  # noqa: PTH122 - a name for people, not a path
    if not data.strip():
        raise UnfitError("This file is empty.")
    if data.startswith(_OLD_OFFICE) or ending in (".xls", ".xlsb"):
        raise UnfitError(
            "This is an old or locked spreadsheet, which cannot be read. Open it and save it as .xlsx without a "
            "password."
        )
    if data.startswith(b"PK"):
        return xlsx_tables.parse(data, name, report, watch)
    if ending in (".xlsx", ".xlsm"):
        raise UnfitError("This is named like a spreadsheet and is none. Save it again as .xlsx or .csv.")
    if data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"\x1f\x8b")):
        raise UnfitError("This is not a table. Save the table itself as .csv or .xlsx.")
    if ending == ".json" or (ending not in ENDINGS and data.lstrip()[:1] in (b"{", b"[")):
        return json_tables.parse(data, name, report, watch)
    return csv_tables.parse(data, name, report, watch)


def check_size(rows: int, columns: int, cells: int) -> None:
    """UnfitError where a table is larger than any directory."""
    if rows > MOST_ROWS:
        raise UnfitError("This table has more than 100,000 rows. Split it into smaller files.")
    if columns > MOST_COLUMNS:
        raise UnfitError("This table has more than 500 columns, so it is not a directory.")
    if cells > MOST_CELLS:
        raise UnfitError("This table has more than 3 million cells. Split it into smaller files.")
