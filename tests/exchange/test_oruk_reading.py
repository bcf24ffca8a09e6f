"""Files and folders in, one result out: the same whatever the order, and one broken file spoils no other."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from csa_desk.errors import InputError
from csa_desk.exchange.oruk import read_oruk
from csa_desk.exchange.report import Outcome
from csa_desk.records import ids
from csa_desk.records.directory import Agency, Location, Service

TODAY = date(2026, 11, 24)


def page(*contents: Any) -> dict[str, Any]:
    """A page as version 3.0 pages."""
    return {"total_items": 9, "total_pages": 3, "page_number": 1, "size": 3, "contents": list(contents)}


def test_one_document_a_page_an_array_and_an_old_page_all_work(feed: Any, service: Any) -> None:
    one = service()
    for document in (one, page(one), [one], {"content": [one], "totalElements": 1}, {"services": [one]}):
        read = feed(document)
        assert read.one(Service).id == one["id"], document
        assert read.result.report == ()


def test_a_summary_and_the_full_service_give_one_service(feed: Any, service: Any) -> None:
    place = ids.same_id("test", "place")
    full = service(
        description="The long description.",
        service_at_locations=[{"location": {"id": place, "name": "Mill House"}}],
    )
    summary = service(description="Short.", alert="Closed today")
    for documents in ((full, page(summary)), (page(summary), full)):
        found = feed(*documents)
        one = found.one(Service)
        assert (one.description, one.alert, one.locations) == (
            "The long description.",
            "Closed today",
            (place,),
        )


def test_the_newer_copy_speaks_first(feed: Any, service: Any) -> None:
    old = service(
        status="active", last_modified="2025-01-01T00:00:00Z", fees="Free", url="https://larchwood.example"
    )
    new = service(status="temporarily closed", last_modified="2026-01-01T00:00:00Z")
    for documents in ((old, new), (new, old)):
        one = feed(*documents).one(Service)
        assert (one.status, one.fees) == ("temporarily closed", "Free")


def test_two_services_with_one_id_are_not_mixed(feed: Any, service: Any) -> None:
    fuller = service(name="Counselling", fees="Free", url="https://larchwood.example")
    other = service(name="Football", alert="Bring boots")
    read = feed([other, fuller])
    assert (read.one(Service).name, read.one(Service).alert) == ("Counselling", "")
    assert "Another service has the same id. “Counselling”" in read.said("refused")[0]


def test_a_passing_mention_of_an_organisation_is_filled_from_its_own_document(
    feed: Any, service: Any
) -> None:
    organisation = {**service()["organization"], "website": "https://larchwood.example"}
    read = feed(service(organization={"id": organisation["id"]}), organisation)
    assert read.one(Agency).website == "https://larchwood.example"
    assert read.one(Service).agency == organisation["id"]
    assert read.result.report == ()


def test_the_order_of_files_and_entries_does_not_matter(feed: Any, service: Any) -> None:
    place = ids.same_id("test", "place")
    documents = [
        service(phones=["Desk 0117 496 0001"], contacts=[{"id": "c", "name": "Sam Okafor"}]),
        service(fees="Free"),
        service(id=ids.same_id("test", "2"), name="Group", contacts=[{"id": "c", "name": "Sam Okafor"}]),
        {"service_id": service()["id"], "location": {"id": place, "name": "Mill House"}},
        {"id": place, "name": "Mill House", "location_type": "physical", "latitude": 51, "longitude": -2},
        {**service()["organization"], "email": "help@larchwood.example", "website": "https://l.example"},
    ]
    first = feed(*documents).result
    again = feed(*documents).result
    turned = feed(*reversed(documents)).result
    listed = feed(list(documents)).result
    assert first == again
    assert first.records == turned.records == listed.records
    assert len(first.report) == len(turned.report)
    assert first.counts == {"agency": 1, "contact": 3, "location": 1, "service": 2}


def test_a_broken_file_adds_nothing_and_the_others_are_taken(tmp_path: Path, service: Any) -> None:
    (tmp_path / "good.json").write_text(json.dumps(service()))
    (tmp_path / "cut.json").write_text(json.dumps(service(id=ids.same_id("test", "cut")))[:-40])
    result = read_oruk([tmp_path], today=TODAY)
    assert [record.id for record in result.records if isinstance(record, Service)] == [service()["id"]]
    assert [(line.where, line.kind) for line in result.report] == [("cut.json", Outcome.REFUSED)]
    assert (result.accepted, result.refused, result.repaired, result.skipped) == (2, 1, 0, 0)


def test_nothing_taken_can_be_told(tmp_path: Path) -> None:
    (tmp_path / "cut.json").write_text("{")
    result = read_oruk([tmp_path / "cut.json", tmp_path / "missing.json"], today=TODAY)
    assert (result.accepted, result.refused, result.counts) == (0, 2, {})


def test_no_path_is_an_error() -> None:
    with pytest.raises(InputError, match="file or a folder"):
        read_oruk([])


def test_what_is_no_directory_is_passed_over_with_a_reason(feed: Any, service: Any) -> None:
    read = feed(
        service(),
        about={"version": "HSDS-UK-3.0", "profile": "x", "openapi_url": "y"},
        terms=page({"id": "t", "name": "Young carers", "taxonomy": "Needs", "description": "d"}),
        board={"data": [{"name": {"value": "x"}}], "definitions": {}},
        numbers=[1, 2],
        words="hello",
        none=page(),
    )
    assert read.result.accepted == 2
    assert len(read.said("skipped")) == 6
    assert read.said("refused") == []


def test_odd_entries_of_a_list_are_refused_by_their_place(feed: Any, service: Any) -> None:
    read = feed(page(service(), None, "text", {"colour": "red"}))
    assert read.result.accepted == 2
    assert read.said("refused") == ["Entries 2, 3, 4 of this list: no directory record. Left out."]


def test_a_page_named_for_organisations_holds_organisations(feed: Any) -> None:
    plain = {"id": ids.same_id("test", "plain"), "name": "Larchwood Trust", "description": "A charity."}
    assert feed(organisations=page(plain)).one(Agency).name == "Larchwood Trust"
    assert feed({"locations": [plain]}).one(Location).name == "Larchwood Trust"


def test_the_report_names_file_record_and_the_id_it_became(feed: Any, service: Any) -> None:
    line = feed(service(minimum_age=-1, id="L7")).result.report[0]
    assert line.where == "1.json: service “Larchwood young people's counselling” (L7)"
    assert line.record == ids.same_id("service", "L7")


def test_progress_goes_from_nothing_to_all_and_can_stop_the_import(tmp_path: Path, service: Any) -> None:
    many = [service(id=ids.same_id("test", str(number))) for number in range(120)]
    (tmp_path / "many.json").write_text(json.dumps(many))
    shares: list[float] = []
    read_oruk([tmp_path], progress=shares.append, today=TODAY)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len(shares) >= 4

    def stop(_share: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        read_oruk([tmp_path], progress=stop, today=TODAY)
