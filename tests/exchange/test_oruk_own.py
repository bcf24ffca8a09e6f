"""What a feed says under our own property is taken only as far as an export of ours could have said it."""

from typing import Any

import pytest

from csa_desk.exchange.oruk_restoring import restored
from csa_desk.records import ids
from csa_desk.records.directory import Agency, Contact, Location, Service
from csa_desk.records.directory_facts import Agreement, Criterion

ONE = ids.same_id("invented", "own")
OTHER = ids.same_id("invented", "other")


def mark(**ours: Any) -> dict[str, Any]:
    return {
        "id": ONE,
        "taxonomy_term": {"id": OTHER, "name": "A fact", "description": "A fact"},
        "csa_desk": ours,
    }


@pytest.mark.parametrize(
    "fields",
    [
        {"commissioner": "Somebody"},
        {"agency": OTHER},
        {"checked_by": "Jo", "checked_how": "x"},
        {"removed": True},
        {"wait": ["6 weeks"]},
        {"wait_as_at": "soon"},
        {"types": "counselling"},
        {"types": [1]},
        ["wait"],
        None,
    ],
)
def test_a_field_that_is_not_ours_to_say_or_of_another_type_is_passed_over(
    feed: Any, service: Any, fields: Any
) -> None:
    plain = feed(service()).one(Service)
    assert feed(service(attributes=[mark(fields=fields)])).one(Service) == plain
    assert feed(service(csa_desk={"fields": fields})).one(Service) == plain


def test_a_fact_is_about_the_service_whose_mark_it_is(feed: Any, service: Any) -> None:
    said = {"kind": "criterion", "id": ONE, "fields": {"service": OTHER, "about": "age", "note": "<b>11</b>"}}
    found = feed(service(attributes=[mark(**said)])).one(Criterion)
    assert (found.id, found.service, found.about, found.note) == (ONE, service()["id"], "age", "11")


@pytest.mark.parametrize("kind", ["criterion", "referral-route", "agency-role", "co-location"])
def test_a_fact_that_says_nothing_is_none(feed: Any, service: Any, kind: str) -> None:
    read = feed(service(attributes=[mark(kind=kind, id=ONE, fields={"service": service()["id"]})]))
    assert read.result.counts == {"agency": 1, "service": 1}


@pytest.mark.parametrize("kind", ["agreement", "case", "contact", "location", "area", "", None, 7])
def test_no_other_kind_of_record_comes_in_by_a_mark(feed: Any, service: Any, kind: Any) -> None:
    read = feed(service(attributes=[mark(kind=kind, id=ONE, fields={"name": "x", "what": "partnership"})]))
    assert not read.all(Agreement)
    assert read.result.counts == {"agency": 1, "service": 1}
    assert read.one(Agency).name == "Larchwood Trust"


def test_nothing_makes_a_withheld_place_known(feed: Any, service: Any) -> None:
    place = {
        "id": ONE,
        "name": "Hall",
        "location_type": "physical",
        "confidential": True,
        "csa_desk": {
            "fields": {"withheld": False},
            "extra": {"addresses": [{"address_1": "1 Row"}], "kept": "x"},
        },
    }
    found = feed(service(service_at_locations=[{"location": place}])).one(Location)
    assert found.withheld
    assert "addresses" not in found.extra
    assert found.extra["kept"] == "x"


def test_who_checked_is_left_out_here_too(feed: Any, service: Any) -> None:
    read = feed(service(csa_desk={"extra": {"updated_by": "Jo", "phones": {"assurer_name": "Jo", "a": "b"}}}))
    assert read.one(Service).extra == {"phones": {"a": "b"}}


def test_a_contact_is_read_back_with_its_own_marks(feed: Any, service: Any) -> None:
    desk = {"id": ONE, "title": "Desk", "attributes": [mark(fields={"checked_on": "2026-10-01"})]}
    assert feed(service(contacts=[desk])).one(Contact).checked_on == "2026-10-01"


def test_values_come_back_as_they_were() -> None:
    said = {"a": 1, "id": "made", "csa_desk": {"as": {"a": "1", "id": None, "b": "2"}, "fields": {}}}
    assert restored([said]) == [{"a": "1", "b": "2", "csa_desk": {"fields": {}}}]
    assert restored({"csa_desk": "odd"}) == {"csa_desk": "odd"}
    deep: Any = {"x": 1}
    for _ in range(200):
        deep = [deep]
    assert restored(deep) == deep
