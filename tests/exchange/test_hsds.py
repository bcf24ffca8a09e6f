"""HSDS 3.0 and 3.1: what we have a field for lands there, the rest survives; tables of flat rows are joined."""

import json
from pathlib import Path
from typing import Any

import pytest

from csa_desk.exchange.oruk import read_oruk
from csa_desk.records.directory import Agency, Contact, Location, Service
from csa_desk.records.directory_facts import Criterion, ReferralRoute

A, S, L, SL, C, T = (f"0d0a4f0e-7a55-4c1e-8d57-2f5a6f1b10{number:02}" for number in range(6))


def mark(link: str, name: str, **more: Any) -> dict[str, Any]:
    return {
        "link_type": link,
        "taxonomy_term": {"id": f"t-{name}", "name": name, "description": name},
        **more,
    }


def test_capacity_lands_with_the_day_it_was_told(feed: Any, service: Any) -> None:
    held = [
        {
            "id": "c",
            "unit": {"id": "u", "name": "Places", "scheme": "none"},
            "available": 3,
            "maximum": 10.0,
            "description": "Weekly group",
            "updated": "2026-09-25T14:23:06+01:00",
        }
    ]
    read = feed(service(capacities=held)).one(Service)
    assert read.capacity == "Places: 3 of 10 available. Weekly group"
    assert read.capacity_as_at == "2026-09-25"
    assert read.referrals == ""
    assert read.extra["capacities"][0]["unit"]["scheme"] == "none"


def test_capacity_is_as_old_as_its_oldest_line(feed: Any, service: Any) -> None:
    new = {"unit": {"name": "Beds"}, "available": 0, "updated": "2026-10-02T09:00:00Z"}
    old = {"unit": {"name": "Groups"}, "maximum": 2, "updated": "2026-01-03T09:00:00Z"}
    read = feed(service(capacities=[new, old])).one(Service)
    assert read.capacity == "Beds: 0 available\nGroups: 2 at most"
    assert read.capacity_as_at == "2026-01-03"
    for wrong in (None, "soon", "2031-01-01T00:00:00Z"):
        read = feed(service(capacities=[new, {**old, "updated": wrong}])).one(Service)
        assert (read.capacity != "", read.capacity_as_at) == (True, "")


def test_a_capacity_that_is_no_amount_is_left_out_with_a_sentence(feed: Any, service: Any) -> None:
    read = feed(service(capacities=[{"unit": {"name": "Beds"}, "available": -2, "maximum": "many"}]))
    assert read.one(Service).capacity == ""
    assert read.repaired("The capacity “available” was “-2”, which is no amount.")
    assert read.repaired("The capacity “maximum” was “many”")


def test_whether_it_takes_people_comes_from_its_mark_alone(feed: Any, service: Any) -> None:
    for words, found in (
        ("Open", "open"),
        ("waiting-list", "waiting list"),
        ("closed", "closed"),
        ("busy", ""),
    ):
        assert feed(service(attributes=[mark("referral-status", words)])).one(Service).referrals == found
    read = feed(service(attributes=[mark("referral-status", "open"), mark("referral-status", "closed")]))
    assert read.one(Service).referrals == ""
    assert len(read.one(Service).attributes) == 2
    assert read.repaired("Its marks differ on whether it takes new people.")


def test_marks_of_our_own_export_become_facts(feed: Any, service: Any) -> None:
    read = feed(
        service(
            attributes=[
                mark("referral-route", "self,carer,phone", value="0117 496 0002", label="Weekdays"),
                mark("referral-route/professional,form", "Referral route"),
                mark("age-band", "16+", label="young adults"),
                mark("age-band", "not known"),
                mark("service-type", "Group Work"),
                mark("sessions", "Sessions", value="12 weekly"),
                mark("colour", "green"),
            ]
        )
    )
    found = read.one(Service)
    routes = {(route.who, route.how, route.to, route.note) for route in read.all(ReferralRoute)}
    assert routes == {
        (("self", "carer"), "phone", "0117 496 0002", "Weekdays"),
        (("professional",), "form", "", ""),
    }
    band = read.one(Criterion)
    assert (band.about, band.rule, band.lowest, band.highest, band.note) == (
        "age",
        "only",
        "16",
        "",
        "young adults",
    )
    assert (found.types, found.sessions) == (("group-work",), "12 weekly")
    assert [part["link_type"] for part in found.attributes] == ["age-band", "colour"]


def test_waiting_time_has_no_day_because_the_format_has_none(feed: Any, service: Any) -> None:
    found = feed(service(wait_time="About nine weeks")).one(Service)
    assert (found.wait, found.wait_as_at) == ("About nine weeks", "")


def test_what_has_no_field_survives_and_names_do_not(feed: Any, service: Any) -> None:
    held = service(
        additional_urls=[{"id": "w", "label": "Form", "url": "https://larch.test/form"}],
        required_documents=[{"id": "d", "document": "School letter"}],
        program={"id": "p", "name": "Bright Starts"},
        interpretation_services="On request",
        metadata=[{"resource_type": "service", "field_name": "name", "updated_by": "Invented Person"}],
    )
    held["organization"] |= {
        "legal_status": "Charity",
        "additional_websites": [{"url": "https://larch-two.test"}],
        "programs": [{"id": "p", "name": "Bright Starts"}],
        "phones": [{"number": "0117 496 0003"}],
    }
    read = feed(held)
    kept, agency = read.one(Service).extra, read.one(Agency)
    assert kept["additional_urls"][0]["url"] == "https://larch.test/form"
    assert kept["required_documents"][0]["document"] == "School letter"
    assert kept["program"]["name"] == "Bright Starts"
    assert kept["interpretation_services"] == "On request"
    assert kept["metadata"] == [{"resource_type": "service", "field_name": "name"}]
    assert agency.extra["legal_status"] == "Charity"
    assert agency.extra["additional_websites"] == [{"url": "https://larch-two.test"}]
    assert agency.phone == "0117 496 0003"
    assert "Invented Person" not in repr(read.result)


def test_an_area_that_holds_at_one_place_says_where(feed: Any, service: Any) -> None:
    place = {"id": L, "location_type": "physical", "name": "Alder House", "url": "https://alder.test"}
    read = feed(
        service(
            service_at_locations=[{"id": SL, "service_areas": [{"name": "Nowhereton"}], "location": place}]
        )
    )
    assert read.one(Service).areas == [{"name": "Nowhereton", "location": L}]
    assert read.one(Location).extra["url"] == "https://alder.test"


def package() -> dict[str, list[dict[str, Any]]]:
    """A package of tables: flat rows, with empty cells, that name one another by id."""
    return {
        "organizations": [{"id": A, "name": "Larchwood Trust", "description": "A charity.", "website": ""}],
        "services": [
            {"id": S, "organization_id": A, "program_id": "", "name": "Larch group", "status": "active"},
        ],
        "locations": [{"id": L, "organization_id": A, "location_type": "physical", "name": "Alder House"}],
        "service_at_location": [{"id": SL, "service_id": S, "location_id": L, "description": ""}],
        "addresses": [
            {
                "id": "a",
                "location_id": L,
                "address_1": "4 Alder Row",
                "city": "Nowhereton",
                "postal_code": "ZZ99 3VZ",
            }
        ],
        "contacts": [{"id": C, "service_id": S, "organization_id": A, "name": "", "title": "Front desk"}],
        "phones": [
            {"id": "p1", "contact_id": C, "service_id": "", "number": "0117 496 0001"},
            {"id": "p2", "contact_id": "", "organization_id": A, "number": "0117 496 0002"},
        ],
        "schedules": [
            {"id": "h1", "service_at_location_id": SL, "freq": "WEEKLY", "byday": "FR", "opens_at": "10:00"},
            {"id": "h2", "location_id": L, "freq": "WEEKLY", "byday": "SA", "opens_at": "11:00"},
        ],
        "service_areas": [{"id": "r", "service_id": S, "name": "Nowhereshire"}],
        "languages": [{"id": "l", "service_id": S, "name": "Welsh"}],
        "service_capacities": [
            {"id": "k", "service_id": S, "unit_id": "u", "available": "2", "maximum": "6"}
        ],
        "units": [{"id": "u", "name": "Places", "scheme": "", "identifier": ""}],
        "attributes": [
            {"id": "x", "link_id": S, "link_entity": "service", "taxonomy_term_id": T, "link_type": "need"},
            {"id": "y", "link_id": A, "link_entity": "organization", "taxonomy_term_id": T, "link_type": "z"},
        ],
        "taxonomy_terms": [{"id": T, "name": "Bereavement", "description": "Loss", "taxonomy": "Needs"}],
        "urls": [{"id": "w", "organization_id": A, "label": "Blog", "url": "https://larch.test"}],
        "metadata": [{"id": "m", "resource_id": S, "updated_by": "Invented Person"}],
    }


def joined(read: Any) -> None:
    agency, service, place, contact = (read.one(kind) for kind in (Agency, Service, Location, Contact))
    assert (agency.id, service.id, place.id, contact.id) == (A, S, L, C)
    assert (service.agency, service.locations) == (A, (L,))
    assert (place.address, place.postcode) == ("4 Alder Row\nNowhereton", "ZZ99 3VZ")
    assert place.extra["schedules"][0]["byday"] == "SA"
    assert (contact.service, contact.title, contact.phone) == (S, "Front desk", "0117 496 0001")
    assert agency.phone == "0117 496 0002"
    assert service.schedules[0]["byday"] == "FR"
    assert service.schedules[0]["location"] == L
    assert service.areas[0]["name"] == "Nowhereshire"
    assert service.languages == ("Welsh",)
    assert (service.capacity, service.capacity_as_at) == ("Places: 2 of 6 available", "")
    assert (service.attributes[0]["name"], service.attributes[0]["taxonomy"]) == ("Bereavement", "Needs")
    assert agency.extra["attributes"][0]["link_type"] == "z"
    assert agency.extra["additional_websites"][0]["label"] == "Blog"
    assert "Invented Person" not in repr(read.result)
    assert read.said("refused") == []


def test_tables_are_joined_by_id(feed: Any) -> None:
    joined(feed(**package()))
    joined(feed(package()))
    joined(feed(**{name: {"contents": rows, "total_items": len(rows)} for name, rows in package().items()}))


def test_ids_join_however_they_are_written(feed: Any) -> None:
    tables = package()
    for row in tables["addresses"]:
        row["location_id"] = f"{{{L.upper()}}}"
    joined(feed(**tables))


def test_marks_find_what_they_mark_without_the_name_of_its_table(feed: Any) -> None:
    tables = package()
    for row in tables["attributes"]:
        del row["link_entity"]
    joined(feed(**tables))
    tables["attributes"] = [{"id": "x", "link_id": "1", "taxonomy_term_id": T}]
    tables["services"][0]["id"] = "1"
    assert feed(**tables).one(Service).attributes is None


def test_private_contacts_of_a_table_are_left_out(feed: Any) -> None:
    tables = package()
    tables["contacts"][0] |= {"name": "Invented Person", "sensitive_data": "true"}
    read = feed(**tables)
    assert read.all(Contact) == []
    assert "Invented Person" not in repr(read.result)


def test_a_row_that_belongs_to_nothing_is_said(feed: Any) -> None:
    tables = package()
    tables["phones"] += [
        {"id": "p3", "service_id": "gone", "number": "1"},
        {"id": "p4", "number": "0117 496 0009"},
    ]
    read = feed(**tables)
    assert "2 rows of this table belong to nothing in these files. Left out." in read.said("skipped")


def test_marks_of_marks_and_odd_links_end(feed: Any) -> None:
    tables = package()
    tables["attributes"].append({"id": "x", "link_id": "x", "link_entity": "attribute", "label": "round"})
    tables["contacts"].append({"id": "c9", "phone_id": "p9", "contact_id": "c9"})
    tables["phones"].append({"id": "p9", "contact_id": "c9", "phone_id": "p9", "number": "0117 496 0008"})
    assert feed(**tables).one(Service).name == "Larch group"


def test_tables_of_version_1_are_joined_too(feed: Any) -> None:
    read = feed(
        organization=[{"id": "o", "name": "Hazelmere Trust"}],
        service=[{"id": "s", "organization_id": "o", "name": "Hazelmere listening", "status": "active"}],
        eligibility=[
            {"id": "e", "service_id": "s", "eligibility": "teen", "minimum_age": 11, "maximum_age": 17}
        ],
        service_at_location=[{"id": "sl", "service_id": "s", "location_id": "l"}],
        location=[{"id": "l", "name": "Alder House", "latitude": 51.5, "longitude": -2.5}],
        physical_address=[{"id": "a", "location_id": "l", "address_1": "4 Alder Row"}],
        service_taxonomy=[{"id": "t", "service_id": "s", "taxonomy_id": "esd:1"}],
        taxonomy=[{"id": "esd:1", "name": "Bereavement", "vocabulary": "Needs"}],
    )
    service = read.one(Service)
    assert (service.minimum_age, service.maximum_age, service.eligibility) == ("11", "17", "teen")
    assert read.one(Location).address == "4 Alder Row"
    assert service.attributes[0]["name"] == "Bereavement"


def test_files_in_any_order_give_the_same(tmp_path: Path) -> None:
    paths = []
    for name, rows in package().items():
        (tmp_path / f"{name}.json").write_text(json.dumps(rows), "utf-8")
        paths.append(tmp_path / f"{name}.json")
    assert read_oruk(paths) == read_oruk(paths[::-1]) == read_oruk([tmp_path])


DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "oruk" / "examples"


@pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is not here")
def test_the_examples_of_the_standard_come_in_whole_and_twice_alike(read_twice: Any) -> None:
    read = read_twice(DATA)
    assert read.all(Service)
    assert read.all(Agency)
    assert read.all(Location)
    for name in ("service_full.json", "organization_full.json", "service_at_location_full.json"):
        assert read_twice(DATA / name).result.refused == 0
