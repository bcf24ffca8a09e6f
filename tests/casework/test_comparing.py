"""A document held against the directory: line by line, and what was corrected here is never taken back in silence."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csa_desk.casework.bringing_in import BringingIn, bring_in, read_documents
from csa_desk.casework.comparing import What, change_words, value_words
from csa_desk.casework.desk import Desk
from csa_desk.casework.directory_editing import change_entry, take_out_entry
from csa_desk.casework.directory_entry import check_entry, entry_of
from csa_desk.errors import InputError
from csa_desk.records.directory import Agency, Location, Service
from csa_desk.records.directory_facts import Area
from csa_desk.records.ids import same_id


def feed(tmp_path: Path, **said: Any) -> Path:
    """A document with one service, its agency and its place."""
    entry = {
        "id": same_id("test", "service"),
        "name": "Larch Lodge",
        "status": "active",
        "email": "old@larch.example.org",
        "description": "Play and talk",
        "phones": [{"id": same_id("test", "phone"), "number": "01632 960118"}],
        "organization": {"id": same_id("test", "agency"), "name": "Larch Trust", "description": "Trees"},
        **said,
    }
    path = tmp_path / "feed.json"
    path.write_text(json.dumps({"contents": [entry]}), "utf-8")
    return path


def service(desk: Desk) -> Service:
    (found,) = desk.vault.read.find(Service, removed=True)
    return found


def test_a_dry_run_names_each_line_with_what_stands_and_what_the_document_says(
    desk: Desk, tmp_path: Path
) -> None:
    first = bring_in(desk, [feed(tmp_path)], dry_run=True)
    assert {(line.what, line.kind, line.name) for line in first.difference} == {
        (What.NEW, "agency", "Larch Trust"),
        (What.NEW, "service", "Larch Lodge"),
    }
    assert desk.vault.read.count(Service) == 0
    bring_in(desk, [feed(tmp_path)])
    again = bring_in(desk, [feed(tmp_path, email="new@larch.example.org")], dry_run=True)
    (line,) = again.difference
    assert (line.what, line.id, line.taken_by_itself) == (What.CHANGED, f"service/{service(desk).id}", True)
    assert [change_words(line.kind, change) for change in line.changes] == [
        "Email: here old@larch.example.org; the document says new@larch.example.org"
    ]


def test_what_was_corrected_here_is_offered_and_not_taken_each_time(desk: Desk, tmp_path: Path) -> None:
    bring_in(desk, [feed(tmp_path)])
    change_entry(desk, service(desk), {"email": "right@larch.example.org"})
    newer = feed(tmp_path, description="Play, talk and draw")
    for _ in range(2):
        told = bring_in(desk, [newer], dry_run=True)
        corrected = [line for line in told.difference if line.what == What.CORRECTED]
        assert [(line.id, line.changes[0].field) for line in corrected] == [
            (f"service/{service(desk).id}:email", "email")
        ]
        assert "24 Nov" in corrected[0].by
        done = bring_in(desk, [newer])
        assert [line.id for line in done.difference] == [f"service/{service(desk).id}:email"]
        assert (service(desk).email, service(desk).description) == (
            "right@larch.example.org",
            "Play, talk and draw",
        )
    assert (done.changed, done.left) == (0, 1)


def test_a_corrected_line_is_taken_when_somebody_says_so(desk: Desk, tmp_path: Path) -> None:
    path = feed(tmp_path)
    bring_in(desk, [path])
    change_entry(desk, service(desk), {"email": "right@larch.example.org", "phone": "01632 960999"})
    bring_in(desk, [path], also=[f"service/{service(desk).id}:email"])
    assert (service(desk).email, service(desk).phone) == ("old@larch.example.org", "01632 960999")
    with pytest.raises(InputError, match="has no line"):
        bring_in(desk, [path], also=["nothing"])


def test_once_taken_the_published_value_is_no_correction_any_more(desk: Desk, tmp_path: Path) -> None:
    path = feed(tmp_path)
    bring_in(desk, [path])
    change_entry(desk, service(desk), {"email": "right@larch.example.org"})
    bring_in(desk, [path], also=[f"service/{service(desk).id}:email"])
    bring_in(desk, [feed(tmp_path, email="newest@larch.example.org")])
    assert service(desk).email == "newest@larch.example.org"


def test_only_the_lines_that_were_accepted_are_taken(desk: Desk, tmp_path: Path) -> None:
    path = feed(tmp_path)
    done = bring_in(desk, [path], accepted={f"service/{same_id('test', 'nobody')}"})
    assert (done.new, done.left) == (0, 2)
    work = BringingIn(desk, read_documents([path]))
    work.compare(work.total)
    agency = next(line.id for line in work.lines if line.kind == "agency")
    work.accepted = {agency}
    work.step(work.total)
    assert desk.vault.read.count(Agency) == 1
    assert desk.vault.read.count(Service) == 0


def test_what_was_taken_out_here_does_not_come_back_by_itself(desk: Desk, tmp_path: Path) -> None:
    path = feed(tmp_path)
    bring_in(desk, [path])
    take_out_entry(desk, service(desk))
    told = bring_in(desk, [path])
    assert service(desk).removed
    assert [line.what for line in told.difference] == [What.TAKEN_OUT]
    bring_in(desk, [path], also=[f"service/{service(desk).id}:removed"])
    assert not service(desk).removed


def test_a_check_made_here_is_kept_and_is_no_line(desk: Desk, tmp_path: Path) -> None:
    path = feed(tmp_path)
    bring_in(desk, [path])
    check_entry(desk, entry_of(desk, service(desk).id), "rang")
    assert bring_in(desk, [path], dry_run=True).difference == ()
    assert service(desk).checked_on == desk.today


def test_a_place_that_is_withheld_here_stays_with_its_service(desk: Desk, tmp_path: Path) -> None:
    path = feed(tmp_path)
    bring_in(desk, [path])
    with desk.vault.write() as writing:
        writing.put(Location(id="hidden", name="Quiet", withheld=True))
        writing.put(replace(service(desk), locations=("hidden",)))
    assert bring_in(desk, [path], dry_run=True).difference == ()
    bring_in(desk, [path])
    assert service(desk).locations == ("hidden",)


def test_what_somebody_corrects_between_comparing_and_taking_is_not_overwritten(
    desk: Desk, tmp_path: Path
) -> None:
    bring_in(desk, [feed(tmp_path)])
    work = BringingIn(desk, read_documents([feed(tmp_path, email="new@larch.example.org")]))
    work.compare(work.total)
    work.accepted = {line.id for line in work.lines if line.taken_by_itself}
    change_entry(desk, service(desk), {"email": "right@larch.example.org"})
    work.step(work.total)
    assert service(desk).email == "right@larch.example.org"


@given(
    corrected=st.sets(st.sampled_from(["email", "phone", "description"])),
    published=st.sets(st.sampled_from(["email", "phone", "description"])),
)
@settings(deadline=None, max_examples=15)
def test_whatever_is_published_a_correction_stands(
    module_desk: Desk, tmp_path_factory: pytest.TempPathFactory, corrected: set[str], published: set[str]
) -> None:
    place = tmp_path_factory.mktemp("feed")
    number = same_id("test", place.name)
    bring_in(module_desk, [feed(place, id=number)])
    held = module_desk.vault.read.get(Service, number)
    assert held is not None
    change_entry(module_desk, held, {name: f"{name}@here.example.org" for name in corrected})
    said: dict[str, Any] = {name: f"{name}@there.example.org" for name in published - {"phone"}}
    if "phone" in published:
        said["phones"] = [{"id": same_id("p", number), "number": "01632 960777"}]
    bring_in(module_desk, [feed(place, id=number, **said)])
    kept = module_desk.vault.read.get(Service, number)
    assert kept is not None
    for name in corrected:
        assert getattr(kept, name) == f"{name}@here.example.org"
    for name in published - corrected - {"phone"}:
        assert getattr(kept, name) == f"{name}@there.example.org"


def test_values_are_said_in_words() -> None:
    assert value_words([{"id": "x", "name": "Eastmere"}, {"name": "Wrenfield"}]) == "Eastmere, Wrenfield"
    assert value_words(()) == "nothing"
    assert value_words(True) == "yes"
    assert value_words("x" * 400).endswith("…")


def test_two_lists_that_name_an_area_differently_do_not_take_turns(desk: Desk, tmp_path: Path) -> None:
    one, two, newer = (tmp_path / f"{name}.csv" for name in ("one", "two", "newer"))
    one.write_text("gss-code,official-name\nE06000001,Eastmere Council\n", "utf-8")
    two.write_text("gss-code,official-name\nE06000001,Eastmere\n", "utf-8")
    for path, changed in ((one, 0), (two, 1), (one, 0), (two, 0)):
        assert bring_in(desk, [path], "csv").changed == changed
    (area,) = desk.vault.read.find(Area)
    assert (area.name, area.other_names) == ("Eastmere Council", ("Eastmere",))
    newer.write_text("gss-code,official-name,vintage\nE06000001,Eastmere City,2026-04\n", "utf-8")
    for path in (newer, one, two, newer):
        bring_in(desk, [path], "csv")
    (area,) = desk.vault.read.find(Area)
    assert (area.name, area.other_names) == ("Eastmere City", ("Eastmere", "Eastmere Council"))
    assert bring_in(desk, [one], "csv", dry_run=True).difference == ()


def test_an_organisation_and_its_service_of_one_id_are_two_entries(desk: Desk, tmp_path: Path) -> None:
    number = same_id("test", "both")
    path = feed(
        tmp_path, id=number, organization={"id": number, "name": "Larch Trust", "description": "Trees"}
    )
    assert bring_in(desk, [path]).new == 2
    again = bring_in(desk, [path])
    assert (again.new, again.changed, again.same) == (0, 0, 2)
    held = desk.vault.read.get(Agency, number)
    assert held is not None
    change_entry(desk, held, {"description": "Many trees"})
    assert [line.id for line in bring_in(desk, [path]).difference] == [f"agency/{number}:description"]
