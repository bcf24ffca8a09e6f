"""Whatever bytes a file holds, an import of tables ends with records that can be stored, and sentences."""

import io
import json
import random
import tempfile
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csa_desk.exchange.tabular import read_tables, show_tables

TODAY = date(2026, 11, 24)
HEADINGS = st.sampled_from(
    "id|name|Service Name|organisation_id|Provider|location_id|service_id|contact_id|number|Phone|E-mail|Website|"
    "Postcode|Address|latitude|longitude|Age range|Minimum age|Maximum age|Status|GSS code|LAD24CD|LAD24NM|Start date|"
    "Replaced by|Former GSS codes|county-la|Opening hours|Category|Languages|Area|Last checked||notes|name".split(
        "|"
    )
)
CELLS = st.sampled_from(
    "|1|7|-1|0-18|11+|under 18|12/24/2014|1/2/14|3 March 2026|AB1 2CD|0117 496 0001 or 111|1174960001|E06000001|"
    "W06000002|"
    "a@b.invalid|referrals@larchwood.example|<b>Larch</b>|Larchwood|#REF!|n/a|=1+1|"
    "0d0a4f0e-7a55-4c1e-8d57-2f5a6f1b0001|"
    "99999999999999999999|1e999|\x00|é|“x”|yes|a;b|a,b\nc|PFA23CD".split("|")
)
GRIDS = st.lists(st.lists(CELLS | st.text(max_size=8), max_size=8), max_size=8)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | CELLS
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(HEADINGS, inner, max_size=4),
    max_leaves=12,
)
SLOW = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}


def imported(**files: bytes) -> Any:
    """What comes of these files, read twice from a folder of their own; ``a_csv`` is written as ``a.csv``."""
    with tempfile.TemporaryDirectory() as place:
        for name, data in files.items():
            (Path(place) / name.replace("_", ".")).write_bytes(data)
        result = read_tables([Path(place)], today=TODAY)
        assert read_tables([Path(place)], today=TODAY) == result
        show_tables([Path(place)])
    assert result.records or result.report
    assert len({(record.KIND, record.id) for record in result.records}) == result.accepted
    for record in result.records:
        held = {name: getattr(record, name) for name in type(record).__dataclass_fields__ if name.islower()}
        json.dumps(held, ensure_ascii=False, allow_nan=False).encode()
    for line in result.report:
        assert line.what.rstrip("”").endswith((".", "?")), line.what
        assert "Traceback" not in line.what
        line.what.encode()
    return result


@settings(max_examples=120, **SLOW)  # type: ignore[arg-type]
@given(st.binary(max_size=400), st.sampled_from(["a_csv", "a_xlsx", "a_json", "a_tsv"]))
def test_any_bytes_end_in_a_sentence(data: bytes, name: str) -> None:
    imported(**{name: data})


@settings(max_examples=150, **SLOW)  # type: ignore[arg-type]
@given(
    st.lists(HEADINGS, min_size=1, max_size=8), GRIDS, st.sampled_from([",", ";", "\t", "|"]), st.booleans()
)
def test_any_table_of_known_headings_ends_in_a_report(
    headings: list[str], rows: list[list[str]], mark: str, quoted: bool
) -> None:
    lines = [headings, *rows]
    text = "\n".join(mark.join(f'"{cell}"' if quoted else cell for cell in line) for line in lines)
    imported(a_csv=text.encode("utf-8", "replace"))


@settings(max_examples=150, **SLOW)  # type: ignore[arg-type]
@given(st.lists(st.dictionaries(HEADINGS, VALUES, max_size=8), max_size=5), VALUES)
def test_any_json_ends_in_a_report(rows: Any, other: Any) -> None:
    imported(a_json=json.dumps(rows).encode(), b_json=json.dumps(other).encode())


def workbook() -> bytes:
    """A sound small spreadsheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Service name", "Phone", "Last checked"])
    sheet.append(["Larchwood", "0117 496 0001", date(2026, 3, 1)])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


BOOK = workbook()


@settings(max_examples=150, **SLOW)  # type: ignore[arg-type]
@given(st.integers(0, 2**32), st.integers(1, 12))
def test_a_spreadsheet_with_changed_bytes_ends_in_a_report(seed: int, times: int) -> None:
    chance = random.Random(seed)
    data = bytearray(BOOK)
    for _ in range(times):
        data[chance.randrange(len(data))] = chance.randrange(256)
    imported(a_xlsx=bytes(data[: chance.randrange(1, len(data) + 1)] if times > 8 else data))


@settings(max_examples=200, **SLOW)  # type: ignore[arg-type]
@given(st.integers(0, 2**32))
def test_a_spreadsheet_with_changed_xml_ends_in_a_report(seed: int) -> None:
    chance = random.Random(seed)
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(held, "w") as new:
        names = old.namelist()
        spoilt = chance.choice(names)
        for name in names:
            content = bytearray(old.read(name))
            if name == spoilt:
                for _ in range(chance.randrange(1, 6)):
                    place = chance.randrange(len(content))
                    piece = chance.choice([b"", b"9", b"99999999", b"<", b"-1", b"x", b'"', b"ZZZZ", b" "])
                    content[place : place + chance.randrange(3)] = piece
            new.writestr(name, bytes(content))
    imported(a_xlsx=held.getvalue())
