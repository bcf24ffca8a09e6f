"""``directory import`` of published data: taken in, found, and a second time nothing changes."""

import json
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
BRISTOL = DATA / "directory" / "bristol-oruk-v3-live" / "bristol-services-page1.json"


@pytest.fixture
def bristol() -> Path:
    """A page of real services as a council publishes them."""
    if not BRISTOL.exists():
        pytest.skip("real directory data is not here (../shared/data)")
    return BRISTOL


def test_real_data_is_taken_in_once_and_found(do: Any, bristol: Path, state: Any) -> None:
    before = state()
    tried = do("directory", "import", bristol, "--dry-run", "--json").json
    assert tried["new"] > 0
    assert state() == before
    first = do("directory", "import", bristol, "--json").json
    assert (first["new"], first["changed"]) == (tried["new"], 0)
    assert {one["kind"] for one in first["report"]} <= {"repair", "refused", "repaired", "note", "left out"}
    after = state()
    assert after[2] == 0
    again = do("directory", "import", bristol, "--json")
    assert again.code == 0
    assert (again.json["new"], again.json["changed"], again.json["same"]) == (0, 0, first["new"])
    assert state() == after
    listed = do("directory", "list", "--json").json
    assert listed
    assert set(listed[0]) >= {"kind", "id", "name", "agency", "status", "checked_on"}
    word = max(listed[0]["name"].split(), key=len)
    assert listed[0]["id"] in {one["id"] for one in do("directory", "search", word, "--json").json}


def test_a_broken_file_changes_nothing(do: Any, bristol: Path, tmp_path: Path, state: Any) -> None:
    half = tmp_path / "half.json"
    half.write_bytes(bristol.read_bytes()[: bristol.stat().st_size // 2])
    before = state()
    ran = do("directory", "import", half)
    assert ran.code == 1
    assert ran.err.count("\n") == 1
    assert state() == before


def test_tables_are_taken_in_once_and_found(do: Any, tmp_path: Path, state: Any) -> None:
    table = tmp_path / "services.csv"
    table.write_text("Service name;Provider;Tel\nLarchwood counselling;Larchwood Trust;0117 496 0001\n")
    before = state()
    tried = do("directory", "import", table, "--format", "csv", "--dry-run", "--json").json
    assert (tried["new"], state()) == (2, before)
    first = do("directory", "import", table, "--format", "csv", "--json").json
    assert (first["new"], first["changed"]) == (2, 0)
    after = state()
    again = do("directory", "import", table, "--format", "csv", "--json").json
    assert (again["new"], again["changed"], again["same"]) == (0, 0, 2)
    assert state() == after
    (found,) = do("directory", "search", "larchwood", "counselling", "--json").json
    assert found["agency"] == "Larchwood Trust"


def test_a_broken_table_is_one_sentence_and_changes_nothing(do: Any, tmp_path: Path, state: Any) -> None:
    table = tmp_path / "services.xlsx"
    table.write_bytes(b"PK\x03\x04 cut off")
    before = state()
    ran = do("directory", "import", table, "--format", "xlsx")
    assert ran.code == 1
    assert ran.err.count("\n") == 1
    assert state() == before


OLD = {
    "content": [
        {
            "id": "S-12",
            "name": "Hazelmere listening service",
            "status": "active",
            "organization": {"id": 7, "name": "Hazelmere Trust", "url": "https://hazelmere.test"},
            "eligibilitys": [{"minimum_age": 4, "maximum_age": 7}, {"minimum_age": 11, "maximum_age": 17}],
            "attending_access": "drop-in",
            "contacts": [{"id": "k", "title": "Front desk", "phones": [{"number": "0117 496 0001"}]}],
            "service_at_locations": [
                {
                    "location": {
                        "id": "L1",
                        "name": "Alder House",
                        "physical_addresses": [{"address_1": "4 Alder Row"}],
                    }
                }
            ],
        }
    ],
    "totalElements": 1,
}
NEW = {
    "id": "0d0a4f0e-7a55-4c1e-8d57-2f5a6f1b0001",
    "name": "Larch group",
    "status": "active",
    "capacities": [{"unit": {"name": "Places"}, "available": 3, "updated": "2026-09-25T14:00:00Z"}],
    "attributes": [
        {"link_type": "service-type", "taxonomy_term": {"name": "Group work"}},
        {"link_type": "referral-status", "taxonomy_term": {"name": "open"}},
    ],
}


@pytest.mark.parametrize("form", ["oruk", "hsds"])
def test_both_formats_read_old_and_new_and_a_second_time_nothing_changes(
    form: str, do: Any, tmp_path: Path
) -> None:
    feed = tmp_path / "mixed-feed"
    feed.mkdir()
    for name, document in (("old", OLD), ("new", NEW)):
        (feed / f"{name}.json").write_text(json.dumps(document), "utf-8")
    first = do("directory", "import", feed, "--format", form, "--json").json
    # Two services, an agency, a place, a contact, a further band of ages, a way in.
    assert (first["new"], first["changed"], first["same"]) == (7, 0, 0)
    again = do("directory", "import", feed, "--format", form, "--json").json
    assert (again["new"], again["changed"], again["same"]) == (0, 0, 7)
    assert do("vault", "check").code == 0
    listed = do("directory", "list", "--json").json
    assert {row["name"] for row in listed} == {"Larch group", "Hazelmere listening service"}
