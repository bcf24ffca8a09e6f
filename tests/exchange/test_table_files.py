"""Files become tables: letters, delimiters, headings, hostile spreadsheets; what is broken is refused whole."""

import io
import json
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from csa_desk.exchange import tables, xlsx_tables
from csa_desk.exchange.documents import UnfitError
from csa_desk.exchange.report import Report
from csa_desk.exchange.tables import Table, Watch
from csa_desk.exchange.tabular import read_tables

HEAD = "Service name,Phone,Notes"
ROW = "Café Larchwood,0117 496 0001,plain"


class Parsed:
    """The tables of a file, and what was said of it."""

    def __init__(self, data: bytes, name: str) -> None:
        self.report = Report()
        self.tables: list[Table] = tables.parse(data, name, self.report, Watch(lambda _share: None))

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [row.cells for row in self.tables[0].rows]

    def said(self, words: str) -> bool:
        return any(words in line.what for line in self.report.lines())


def csv(text: str | bytes) -> Parsed:
    return Parsed(text.encode() if isinstance(text, str) else text, "a.csv")


def refused(data: bytes | str, name: str = "a.csv") -> str:
    with pytest.raises(UnfitError) as caught:
        Parsed(data.encode() if isinstance(data, str) else data, name)
    assert str(caught.value).endswith(".")
    return str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_letters_are_told_apart(encoding: str) -> None:
    found = csv(f"{HEAD}\n{ROW}\nThe Orchard’s own,0117 496 0002,£5\n".encode(encoding))
    assert [row["Service name"] for row in found.rows] == ["Café Larchwood", "The Orchard’s own"]
    assert found.said("not written as UTF-8") == (encoding == "cp1252")


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_what_stands_between_cells_is_told_apart(mark: str) -> None:
    found = csv(f"{HEAD}\n{ROW}\nB,1,\n".replace(",", mark).replace("plain", '"one, two; three"'))
    assert found.tables[0].headings == ("Service name", "Phone", "Notes")
    assert found.rows[0]["Notes"] == "one, two; three"


def test_title_lines_odd_rows_and_headings() -> None:
    found = csv(
        "Services in Eastmere\n\nAs at 1 March 2026\nService name,Phone,,Phone,\n"
        'A,1,x,2\nB\n\n"C\nnext line",3,,,,beyond\nService name,Phone,,Phone,\n'
    )
    assert found.tables[0].headings == ("Service name", "Phone", "column C", "Phone (2)")
    assert found.rows[0] == {"Service name": "A", "Phone": "1", "column C": "x", "Phone (2)": "2"}
    assert found.rows[1] == {"Service name": "B"}
    assert found.rows[2]["Service name"] == "C\nnext line"
    assert [row.number for row in found.tables[0].rows] == [5, 6, 8]
    for words in ("above the headings", "more cells", "repeats the headings"):
        assert found.said(words), words


def test_characters_that_no_text_holds_go_and_empty_words_are_empty() -> None:
    found = csv(f"{HEAD}\nA\x00B,n/a,#REF!\n")
    assert found.rows == [{"Service name": "AB"}]
    assert found.said("taken out")
    assert found.said("#REF!")


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.csv", "empty"),
        (b" \n ", "a.csv", "empty"),
        ("<!DOCTYPE html><html></html>", "a.csv", "web page"),
        (f'{HEAD}\n"never closed,1,2\nB,1,2\n', "a.csv", "never closed"),
        ("1,2,3\n4,5,6\n", "a.csv", "headings"),
        (b"%PDF-1.7 ...", "a.csv", "not a table"),
        (bytes(range(32)) * 30, "a.csv", ""),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "a.xls", "save it as .xlsx"),
        ("plain words", "a.xlsx", "none"),
        ("[1, 2", "a.json", "ends too early"),
        ('"words"', "a.json", "no list"),
        ("[[1], 2]", "a.json", "no object"),
        (HEAD + "\n" + "x" * 140_000, "a.csv", "cannot be told apart"),
        (",".join(f"h{n}" for n in range(600)), "a.csv", "500 columns"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(data: Any, name: str, words: str) -> None:
    assert words in refused(data, name)


def test_too_many_rows_and_too_much_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 3)
    assert "rows" in refused(f"{HEAD}\n" + f"{ROW}\n" * 5)
    times = iter([0.0, 1.0, 10_000.0])
    watch = Watch(lambda _share: None, lambda: next(times))
    watch.beat()
    with pytest.raises(UnfitError, match="five minutes"):
        watch.beat()


def test_json_objects_become_columns() -> None:
    value = {
        "data": [
            {
                "name": "A",
                "phones": ["1", "2"],
                "location": {"name": "Hall", "deep": {"er": 1}},
                "none": None,
            },
            {"properties": {"name": "B"}, "geometry": {"type": "Point", "coordinates": [-2.5, 51.4]}},
        ],
        "total": 2,
    }
    found = Parsed(json.dumps(value).encode(), "a.json")
    assert found.rows[0] == {
        "name": "A",
        "phones": ["1", "2"],
        "location.name": "Hall",
        "location.deep.er": 1,
    }
    assert found.rows[1] == {"name": "B", "longitude": -2.5, "latitude": 51.4}


def test_a_json_object_of_codes_is_a_list_of_areas() -> None:
    found = Parsed(
        json.dumps({"E06000001": "Larchwood", "W06000001": {"name": "Dolwern"}}).encode(), "a.json"
    )
    assert found.tables[0].hint == "area"
    assert found.rows == [
        {"code": "E06000001", "name": "Larchwood"},
        {"code": "W06000001", "name": "Dolwern"},
    ]


Fill = Callable[[Any], None]


def book(fill: Fill | None = None) -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.append(["Service name", "Phone", "Checked", "Seen", "Open", "Sum"])
    sheet.append(["Larchwood", 1174960001, date(2026, 3, 1), datetime(2026, 3, 1, 9, 30), True, "=1+1"])  # noqa: DTZ001
    if fill:
        fill(made)
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def repacked(change: dict[str, bytes], data: bytes | None = None) -> bytes:
    """The spreadsheet with parts replaced or added."""
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data or book())) as old,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in change:
                new.writestr(name, old.read(name))
        for name, content in change.items():
            new.writestr(name, content)
    return held.getvalue()


def test_a_spreadsheet_is_read_as_it_stands_and_nothing_is_computed() -> None:
    def fill(made: Any) -> None:
        hidden = made.create_sheet("old")
        hidden.append(["Service name", "Phone"])
        hidden.sheet_state = "hidden"
        made.create_sheet("About").append(["Made by the council"])

    found = Parsed(book(fill), "a.xlsx")
    assert found.tables[0].name == "a.xlsx, sheet “Sheet”"
    assert found.rows[0] == {
        "Service name": "Larchwood",
        "Phone": "1174960001",
        "Checked": "2026-03-01",
        "Seen": "2026-03-01 09:30",
        "Open": "true",
    }
    assert found.said("hidden")
    assert found.said("formulas")


BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04 cut off", "damaged"),
        (book()[: len(book()) // 2], "damaged"),
        (repacked({"xl/sharedStrings.xml": BOMB}), "no spreadsheet needs"),
        (repacked({"xl/worksheets/sheet1.xml": BOMB.decode().encode("utf-16")}), "no spreadsheet needs"),
        (repacked({"xl/media/zeros.xml": b"0" * 30_000_000}), "unpacks to far more"),
        (repacked({f"xl/x{n}.bin": b"" for n in range(2_100)}), "too many parts"),
        (repacked({"xl/workbook.xml": b"<workbook/>"}), "no visible sheet"),
        (repacked({"xl/workbook.bin": b"x"}), ".xlsb"),
        (repacked({"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row r='x'><c r='!!'/></row>"}), ""),
    ],
)
def test_a_hostile_spreadsheet_is_refused_with_a_sentence(data: bytes, words: str) -> None:
    assert words in refused(data, "a.xlsx")


def test_a_packed_file_that_is_no_spreadsheet() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        made.writestr("readme.txt", "hello")
    assert "no .xlsx" in refused(held.getvalue(), "a.xlsx")


SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/>'
    b"<sheetData>%s</sheetData></worksheet>"
)
CELL = b'<row r="%d"><c r="%s%d" t="inlineStr"><is><t>name</t></is></c></row>'


def test_rows_and_columns_that_a_sheet_only_claims_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_tables, "MOST_ROWS", 2_000)
    monkeypatch.setattr(tables, "MOST_ROWS", 2_000)
    far = SHEET % (CELL % (999_999_999, b"A", 999_999_999))
    assert "rows" in refused(repacked({"xl/worksheets/sheet1.xml": far}), "a.xlsx")
    wide = SHEET % (CELL % (1, b"ZZZ", 1))
    assert "500 columns" in refused(repacked({"xl/worksheets/sheet1.xml": wide}), "a.xlsx")


def test_links_to_other_files_are_said_and_not_followed() -> None:
    found = Parsed(repacked({"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}), "a.xlsx")
    assert found.said("No link was followed")
    assert found.rows


def test_only_tables_of_a_folder_are_read_and_no_link(tmp_path: Path) -> None:
    for name in ("a.csv", "b.xlsx", "c.json", "~$b.xlsx", ".d.csv", "e.docx"):
        (tmp_path / name).write_text("x")
    (tmp_path / "f.csv").symlink_to(tmp_path / "a.csv")
    found = {item.name: type(item).__name__ for item in tables.find([tmp_path])}
    assert found == {"a.csv": "Source", "b.xlsx": "Source", "c.json": "Source", "f.csv": "Passed"}


@pytest.mark.parametrize(
    "cell",
    [
        "a@" * 60_000,
        "5" + " " * 120_000 + "x",
        "AB1 " * 30_000,
        "<" * 120_000,
        "1/" * 60_000,
        "_x0041_" * 17_000,
    ],
)
@pytest.mark.parametrize(
    "heading", ["ages", "address", "phone", "email", "last checked", "name", "GSS code", "web"]
)
def test_no_cell_holds_it_up(tmp_path: Path, heading: str, cell: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{heading},fees,service name\n{cell},free,Larchwood\n{cell},{cell[:300]},Orchard\n")
    begun = time.monotonic()
    result = read_tables([path], today=date(2026, 11, 24))
    assert result.records or result.report
    assert time.monotonic() - begun < 5


def test_keys_that_differ_at_their_ends_only_do_not_hold_it_up() -> None:
    value = [{"k" * 300 + str(number): 1 for number in range(20_000)}]
    begun = time.monotonic()
    assert "500 columns" in refused(json.dumps(value), "a.json")
    assert time.monotonic() - begun < 5
