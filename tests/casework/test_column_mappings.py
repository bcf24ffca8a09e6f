"""Tables taken into a vault: once and then nothing new, read as was remembered, never wiping what they do not know."""

from dataclasses import replace
from pathlib import Path

import pytest

from csa_desk.casework.bringing_in import bring_in, read_documents
from csa_desk.casework.column_mappings import forget_mapping, remember_mapping, remembered_mappings
from csa_desk.casework.desk import Desk
from csa_desk.errors import InputError
from csa_desk.exchange.tabular import show_tables
from csa_desk.records.directory import Agency, Service
from csa_desk.records.directory_facts import Area, ColumnMapping

ODD = "Alpha,Beta\nLarchwood,0117 496 0001\n"
COLUMNS = {"Alpha": "name", "Beta": "phone"}


DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "directory"


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A table whose headings say nothing."""
    path = tmp_path / "odd.csv"
    path.write_text(ODD)
    return path


def test_a_table_is_taken_in_once(tmp_path: Path, desk: Desk) -> None:
    path = tmp_path / "services.csv"
    path.write_text("name,provider,fees,postcode\nLarchwood,Trust,free,AB1 2CD\n")
    first = bring_in(desk, [path], "csv")
    assert (first.new, first.changed) == (3, 0)
    again = bring_in(desk, [path], "xlsx")
    assert (again.new, again.changed, again.same) == (0, 0, 3)
    (service,) = desk.vault.read.find(Service)
    assert (service.name, service.origin) == ("Larchwood", "table")


def test_areas_are_taken_in_once(tmp_path: Path, desk: Desk) -> None:
    path = tmp_path / "councils.json"
    path.write_text('{"E06000901": "Larchwood", "E06000902": "Fernhill"}')
    assert bring_in(desk, [path], "csv").new == 2
    assert bring_in(desk, [path], "csv").same == 2
    assert {area.what for area in desk.vault.read.find(Area)} == {"council"}


def test_a_mapping_is_remembered_used_and_forgotten(odd: Path, desk: Desk) -> None:
    assert bring_in(desk, [odd], "csv", dry_run=True).accepted == 0
    (guess,), _ = show_tables([odd])
    kept = remember_mapping(desk, guess.shape, COLUMNS, target="service", title="Eastmere list")
    assert remembered_mappings(desk) == {guess.shape: ("service", COLUMNS)}
    assert remember_mapping(desk, guess.shape, {**COLUMNS, "Beta": ""}, target="service").id == kept.id
    assert remember_mapping(desk, guess.shape, COLUMNS, target="service") == replace(kept, title="")
    assert desk.vault.read.count(ColumnMapping) == 1
    assert bring_in(desk, [odd], "csv").new == 1
    assert desk.vault.read.find(Service)[0].phone == "0117 496 0001"
    assert forget_mapping(desk, guess.shape)
    assert not forget_mapping(desk, guess.shape)
    assert remembered_mappings(desk) == {}


@pytest.mark.parametrize(
    ("shape", "columns", "target"),
    [
        ("", COLUMNS, "service"),
        ("ab", {}, "service"),
        ("ab", COLUMNS, "planet"),
        ("ab", {"Alpha": "colour"}, "service"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused(
    desk: Desk, shape: str, columns: dict[str, str], target: str
) -> None:
    with pytest.raises(InputError):
        remember_mapping(desk, shape, columns, target=target)
    assert desk.vault.read.count(ColumnMapping) == 0


def test_a_table_does_not_wipe_what_it_has_no_column_for(tmp_path: Path, desk: Desk) -> None:
    full, names = tmp_path / "full.csv", tmp_path / "list.csv"
    full.write_text("name,charity number,website,colour\nTrust,123,https://trust.example,green\n")
    names.write_text("name,provider,fees\nLarchwood,Trust,free\n")
    bring_in(desk, [full], "csv")
    bring_in(desk, [names], "csv")
    (agency,) = desk.vault.read.find(Agency)
    assert (agency.website, agency.extra) == ("https://trust.example", {"colour": "green"})
    full.write_text("name,charity number,website,colour\nTrust,123,https://new.example,green\n")
    assert bring_in(desk, [full], "csv").changed == 1
    assert desk.vault.read.find(Agency)[0].website == "https://new.example"


def test_a_form_that_does_not_exist_is_refused(odd: Path) -> None:
    with pytest.raises(InputError):
        read_documents([odd], "pdf")


def test_a_broken_table_changes_nothing(tmp_path: Path, desk: Desk) -> None:
    path = tmp_path / "half.csv"
    path.write_text('name,fees\nLarchwood,free\n"Orchard,free\nFernhill,free\n')
    told = bring_in(desk, [path], "csv")
    assert (told.accepted, len(told.lines)) == (0, 1)
    assert desk.vault.read.count(Service) == 0


@pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is not here")
@pytest.mark.parametrize(
    "name",
    [
        "sarcs_north_east_yorkshire_2026-02.csv",
        "dfe-family-hubs",
        "moj-crs-contracts",
        "mysociety-uk-la",
        "ons-codes",
        "ohana-bad-rows",
    ],
)
def test_real_tables_come_in_once(desk: Desk, name: str) -> None:
    first = bring_in(desk, [DATA / name], "csv")
    assert first.new > 0
    assert (first.changed, first.same) == (0, 0)
    again = bring_in(desk, [DATA / name], "csv")
    assert (again.new, again.changed, again.same, again.lines) == (0, 0, first.new, first.lines)
