"""Sheets of the directory: one row a service, text stays text, nothing runs, the same bytes each time."""

import csv
import io
import time
import zipfile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from csa_desk.exchange.directory_sheets import SERVICE_COLUMNS, as_csv, as_xlsx, neutral
from csa_desk.exchange.leaving import may_leave
from csa_desk.records.directory import Agency, InDirectory, Service
from tests.exchange.directories import everything, number


def rows(content: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_has_one_row_a_service_with_lists_in_a_cell() -> None:
    content = as_csv(may_leave(everything()), {"health": "Health and sleep"})
    assert content.startswith(b"\xef\xbb\xbfService,Agency,")
    found = rows(content)
    assert [row["Service"] for row in found] == ["Eastmere police line", "Larchwood counselling"]
    row = found[1]
    assert (row["Agency"], row["Languages"]) == ("Larchwood Trust", "English; Welsh")
    assert row["Helps with"] == "Health and sleep; family"
    assert row["Places"] == "Larchwood Hall, 1 Invented Row, Eastmere, ZE1 0AA"
    assert (row["Waiting time"], row["Waiting time as at"]) == ("6 weeks", "2026-11-01")
    assert row["Area codes"] == "E99000001"
    assert row["Other agencies"] == "Eastmere Police (partner)"
    assert "Only age: 4 to 17.5" in row["Who may come and who may not"]
    assert row["Id"] == number("service")


def test_a_number_keeps_its_first_nought() -> None:
    service = Service(id=number("s"), name="S", phone="01174960001", agency=number("a"))
    row = rows(as_csv(may_leave([service, Agency(id=number("a"), name="A")])))[0]
    assert row["Phone"] == "01174 960001"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_would_run_is_shown(start: str) -> None:
    words = f"{start}HYPERLINK(0)"
    assert neutral(words) == f"'{words}"
    service = Service(id=number("s"), name=words, agency=number("a"))
    leaving = may_leave([service, Agency(id=number("a"), name=words)])
    assert rows(as_csv(leaving))[0]["Service"][:2] == f"'{start}"
    book = load_workbook(io.BytesIO(as_xlsx(leaving)))
    for sheet in ("Services", "Agencies"):
        cell = book[sheet]["A2"]
        assert cell.data_type != "f"
        assert str(cell.value).startswith("'")


def test_xlsx_has_sheets_of_text_for_services_agencies_locations_and_contacts() -> None:
    book = load_workbook(io.BytesIO(as_xlsx(may_leave(everything()))))
    assert book.sheetnames == ["Services", "Agencies", "Locations", "Contacts"]
    assert [book[name].max_row - 1 for name in book.sheetnames] == [2, 3, 2, 2]
    assert tuple(cell.value for cell in book["Services"][1]) == SERVICE_COLUMNS
    for sheet in book:
        for line in sheet.iter_rows(min_row=2):
            for cell in line:
                assert cell.value is None or (isinstance(cell.value, str) and cell.number_format == "@")


def test_the_same_records_give_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    leaving = may_leave(everything())
    first = (as_csv(leaving), as_xlsx(leaving))
    later = time.time() + 100_000
    monkeypatch.setattr(time, "time", lambda: later)
    time.sleep(2.1)  # a zip file counts in steps of two seconds
    assert (as_csv(leaving), as_xlsx(may_leave(reversed(everything())))) == first
    with zipfile.ZipFile(io.BytesIO(first[1])) as held:
        assert b"1980-01-01T00:00:00Z" in held.read("docProps/core.xml")


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.text(max_size=12) | st.text(alphabet="=+-@\t\r\n\"',;\x00\x0b", max_size=6), min_size=3, max_size=3
    )
)
def test_any_words_make_sheets_that_open_and_run_nothing(words: Any) -> None:
    records: list[InDirectory] = [
        Agency(id=number("a"), name=words[0], description=words[1]),
        Service(id=number("s"), agency=number("a"), name=words[2], alert=words[0], description=words[1]),
    ]
    leaving = may_leave(records)
    for row in rows(as_csv(leaving)):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())
    book = load_workbook(io.BytesIO(as_xlsx(leaving)))
    assert all(cell.data_type != "f" for sheet in book for line in sheet.iter_rows() for cell in line)
