"""Real tables, read from ../shared/data: they import with a report that can be acted on, twice alike."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from csa_desk.exchange.report import ImportResult
from csa_desk.exchange.tabular import read_tables
from csa_desk.records.directory import Agency, Contact, Location, Service
from csa_desk.records.directory_facts import Area

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "directory"
TODAY = date(2026, 11, 24)
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is not here")
Twice = Callable[..., ImportResult]


@pytest.fixture
def twice() -> Twice:
    """Import these twice, make sure nothing differs and nothing came twice."""

    def read(*names: str) -> ImportResult:
        paths = [DATA / name for name in names]
        first, second = (read_tables(order, today=TODAY) for order in (paths, paths[::-1]))
        assert first == second
        assert len({(record.KIND, record.id) for record in first.records}) == first.accepted
        assert len(first.report) < 60, "a person can read this"
        return first

    return read


def of(result: ImportResult, kind: type, **wanted: str) -> list[Any]:
    return [
        record
        for record in result.records
        if isinstance(record, kind) and all(getattr(record, name) == value for name, value in wanted.items())
    ]


def test_the_list_of_sarcs(twice: Twice) -> None:
    result = twice("sarcs_north_east_yorkshire_2026-02.csv")
    assert (result.counts, result.refused) == ({"service": 10}, 0)
    (one,) = of(result, Service, name="The Children's SARC")
    assert (one.areas, one.eligibility) == ([{"name": "Sheffield"}], "children")


def test_family_hubs_and_their_councils(twice: Twice) -> None:
    result = twice("dfe-family-hubs")
    assert (result.counts["agency"], result.counts["service"], result.counts["location"]) == (6, 5, 5)
    (hub,) = of(result, Service, name="Central Family Hub")
    assert (hub.minimum_age, hub.maximum_age, hub.phone) == ("0", "25", "0161 778 0601")
    (place,) = [item for item in of(result, Location) if item.id in hub.locations]
    assert (place.postcode, place.latitude, place.longitude) == ("M7 4BQ", "53.507025", "-2.259764")
    assert "[redacted]" not in repr(result)
    assert any("list of terms" in line.what for line in result.report if line.where == "taxonomy.csv")


def test_contracts_name_their_providers(twice: Twice) -> None:
    result = twice("moj-crs-contracts")
    assert result.counts["agency"] == 139
    known = {agency.id for agency in of(result, Agency)}
    services = [item for item in of(result, Service) if "contract_reference" in (item.extra or {})]
    assert len(services) == 98
    assert all(item.agency in known and item.description for item in services)
    assert {item.minimum_age for item in services} == {"18", "26"}
    assert not any("redacted-person" in item.email for item in services)
    assert any("redacted-person" in item.email and not item.role_mailbox for item in of(result, Contact))


def test_councils_with_what_came_before_and_what_they_lie_in(twice: Twice) -> None:
    result = twice("mysociety-uk-la")
    (adur,) = of(result, Area, code="E07000223")
    assert (adur.what, adur.within) == ("council", ("E10000032",))
    (gone,) = of(result, Area, code="E07000097")
    assert (gone.successors, gone.what) == (("E07000242",), "council")
    (aberdeen,) = of(result, Area, code="S12000033")
    assert (aberdeen.what, aberdeen.extra["nation"]) == ("other", "Scotland")
    assert all(line.kind != "refused" or "code" in line.what for line in result.report)


@pytest.mark.parametrize(
    ("name", "prefix", "what"),
    [("districts", "E07", "council"), ("police_force_areas", "E23", "police"), ("icb", "E54", "icb")],
)
def test_lists_of_codes(twice: Twice, name: str, prefix: str, what: str) -> None:
    result = twice(f"ons-codes/{name}.json")
    assert {area.what for area in of(result, Area) if area.code.startswith(prefix)} == {what}
    assert result.accepted > 40
    assert not any("CD" in area.code for area in of(result, Area))


def test_a_row_of_headings_inside_the_police_areas_is_refused(twice: Twice) -> None:
    result = twice("ons-codes/police_force_areas.json")
    (line,) = [line for line in result.report if line.kind == "refused"]
    assert line.where == "police_force_areas.json, row 48"
    assert "headings" in line.what


def test_dirty_rows_each_get_a_sentence(twice: Twice) -> None:
    result = twice("ohana-bad-rows")
    said = {(line.where.partition(",")[0], line.what) for line in result.report}

    def told(file: str, words: str) -> bool:
        return any(where == file and words in what for where, what in said)

    assert told("hs_with_2_digit_year.csv", "read as 2014-02-01")
    assert told("invalid_holiday_schedule.csv", "not a day")
    assert told("phone_with_no_parent.csv", "names no service, organisation or location")
    assert told("invalid_location_org.csv", "do not hold")
    assert told("programs.csv", "list of terms or programmes")
    (service,) = of(result, Service)
    assert service.phone == "703-555-1212 ext. 123"
    assert service.languages == ("English", "Spanish", "Tagalog")
    (place,) = of(result, Location)
    assert "123 Main Street" in place.address


@pytest.mark.parametrize(
    "path", sorted(path.name for path in (DATA / "ohana-bad-rows").glob("*.csv")) or [""]
)
def test_each_dirty_file_alone_ends_in_a_record_or_a_sentence(twice: Twice, path: str) -> None:
    result = twice(f"ohana-bad-rows/{path}")
    assert result.records or result.report
