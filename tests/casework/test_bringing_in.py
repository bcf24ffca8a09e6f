"""Taking published documents into the directory: one way, in small steps for a window and in one for a program."""

import contextlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from csa_desk.casework.bringing_in import BringingIn, bring_in, read_documents
from csa_desk.casework.desk import Desk
from csa_desk.casework.directory_out import export_directory
from csa_desk.errors import VaultError
from csa_desk.records.directory import Agency, Location, Service
from csa_desk.records.directory_facts import Criterion
from csa_desk.records.ids import same_id

MANY = 100


def service(number: int, name: str = "") -> dict[str, object]:
    return {
        "id": same_id("invented-service", str(number)),
        "name": name or f"Group {number}",
        "status": "active",
        "organization": {"id": same_id("invented-agency", str(number)), "name": f"Trust {number}"},
    }


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    """A folder of documents: many sound services, and one that has no name."""
    place = tmp_path / "feed"
    place.mkdir()
    for number in range(MANY):
        (place / f"{number}.json").write_text(json.dumps(service(number)), "utf-8")
    nameless = {**service(MANY), "name": ""}
    (place / "nameless.json").write_text(json.dumps(nameless), "utf-8")
    return place


def held(desk: Desk) -> int:
    return desk.vault.read.count(Service) + desk.vault.read.count(Agency)


def spoil(desk: Desk) -> None:
    """From now on the vault refuses the service numbered last."""
    name = f"Group {MANY - 1}"
    desk.vault._connection.exec_driver_sql(
        "CREATE TEMP TRIGGER spoilt BEFORE INSERT ON main.service "
        f"WHEN new.name = '{name}' BEGIN SELECT RAISE(ABORT, 'spoilt'); END"
    )
    desk.vault._connection.rollback()


def test_small_steps_and_one_step_take_in_the_same_and_tell_the_same(
    feed: Path, open_desk: Callable[[str], Desk]
) -> None:
    desk, windows_desk = open_desk("program"), open_desk("window")
    at_once = bring_in(desk, [feed])
    work = BringingIn(windows_desk, read_documents([feed]))
    steps = 1
    while work.step():
        steps += 1
    assert steps > 1
    assert work.brought() == at_once
    assert held(desk) == held(windows_desk) == at_once.new > MANY
    assert any("nameless.json" in where for _, where, _ in at_once.lines)


def test_what_is_foreseen_is_what_is_done_and_foreseeing_writes_nothing(feed: Path, desk: Desk) -> None:
    bring_in(desk, [feed / "1.json", feed / "2.json"])
    (feed / "1.json").write_text(json.dumps(service(1, "Group one, in the evening")), "utf-8")
    before = held(desk)
    foreseen = bring_in(desk, [feed], dry_run=True)
    assert held(desk) == before
    assert (foreseen.changed, foreseen.same > 0, foreseen.new > 0) == (1, True, True)
    assert bring_in(desk, [feed]) == foreseen


def test_a_broken_file_changes_nothing(feed: Path, desk: Desk) -> None:
    whole = (feed / "3.json").read_bytes()
    (feed / "3.json").write_bytes(whole[: len(whole) // 2])
    told = bring_in(desk, [feed / "3.json"])
    assert (told.accepted, len(told.lines)) == (0, 1)
    assert held(desk) == 0


def test_one_step_that_meets_a_fault_leaves_the_directory_as_it_was(feed: Path, desk: Desk) -> None:
    spoil(desk)
    with pytest.raises(VaultError):
        bring_in(desk, [feed])
    assert held(desk) == 0


def test_small_steps_that_meet_a_fault_keep_what_is_in_and_can_go_on(feed: Path, desk: Desk) -> None:
    spoil(desk)
    work = BringingIn(desk, read_documents([feed]))
    with contextlib.suppress(VaultError):
        while work.step():
            pass
    assert 0 < held(desk) == work.done == work.brought().accepted < work.total
    desk.vault._connection.exec_driver_sql("DROP TRIGGER spoilt")
    desk.vault._connection.rollback()
    while work.step():
        pass
    assert held(desk) == work.total


def test_our_own_export_taken_in_again_takes_nothing_away(desk: Desk, tmp_path: Path) -> None:
    agency, place, made = same_id("out", "agency"), same_id("out", "place"), same_id("out", "service")
    held_there = Service(
        id=made,
        agency=agency,
        name="Ashgrove support",
        status="active",
        locations=(place,),
        checked_on="2026-11-02",
        checked_by=desk.vault.practitioner,
        checked_how="I rang them.",
    )
    hidden = Location(
        id=place, name="The house", address="17 Nowhere Lane", postcode="ZE3 9ZZ", withheld=True
    )
    with desk.vault.write() as writing:
        for record in (Agency(id=agency, name="Ashgrove", description="A charity."), hidden, held_there):
            writing.put(record)
    out = tmp_path / "out"
    export_directory(desk, out, "oruk")
    assert not [path for path in out.rglob("*.json") if b"Nowhere" in path.read_bytes()]
    bring_in(desk, [out])
    after = desk.vault.read.get(Service, made)
    assert after is not None
    assert after.locations == (place,)
    assert (after.checked_by, after.checked_how) == (desk.vault.practitioner, "I rang them.")
    assert desk.vault.read.get(Location, place) == hidden


def test_what_is_set_once_is_not_changed_by_a_document(desk: Desk, tmp_path: Path) -> None:
    number = same_id("invented", "criterion")

    def document(about: str, note: str) -> Path:
        said = {"kind": "criterion", "id": number, "fields": {"about": about, "note": note}}
        path = tmp_path / "one.json"
        path.write_text(json.dumps({**service(1), "attributes": [{"id": number, "csa_desk": said}]}), "utf-8")
        return path

    bring_in(desk, [document("age", "From 11")])
    bring_in(desk, [document("gender", "From 12")])
    after = desk.vault.read.get(Criterion, number)
    assert after is not None
    assert (after.about, after.note) == ("age", "From 12")
