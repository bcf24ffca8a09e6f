"""Open Referral UK 1.0 is read as 3.0 is: each fact lands where the same fact of 3.0 lands."""

import json
from pathlib import Path
from typing import Any

from csa_desk.exchange import oruk_old
from csa_desk.exchange.oruk import read_oruk
from csa_desk.records import ids
from csa_desk.records.directory import Agency, Contact, Location, Service
from csa_desk.records.directory_facts import Criterion, ReferralRoute


def old(**changed: Any) -> dict[str, Any]:
    """A service in the words of 1.0, of an invented agency."""
    return {
        "id": "S-12",
        "name": "Hazelmere listening service",
        "description": None,
        "status": "active",
        "email": "hello@hazelmere.invalid",
        "url": "https://hazelmere.test/listening",
        "assured_date": "2026-03-02",
        "accreditations": "Lantern Mark",
        "organization": {"id": 7, "name": "Hazelmere Trust", "url": "https://hazelmere.test", "logo": None},
        **changed,
    }


def page(*held: Any) -> dict[str, Any]:
    return {
        "totalElements": len(held),
        "totalPages": 1,
        "number": 1,
        "size": 10,
        "first": True,
        "last": True,
        "content": list(held),
    }


def test_a_page_of_version_1_gives_services_and_agencies(feed: Any) -> None:
    for document in (page(old()), old(), [old()]):
        read = feed(document)
        service, agency = read.one(Service), read.one(Agency)
        assert service.id == ids.same_id("service", "S-12")
        assert (service.name, service.status, service.checked_on) == (
            "Hazelmere listening service",
            "active",
            "2026-03-02",
        )
        assert service.accreditations == "Lantern Mark"
        assert service.agency == agency.id == ids.same_id("agency", "7")
        assert agency.website == "https://hazelmere.test"
        assert read.said("refused") == []


def test_a_uuid_of_version_1_is_kept(feed: Any) -> None:
    kept = ids.same_id("test", "old")
    assert feed(old(id=kept.upper())).one(Service).id == kept


def test_an_empty_page_says_so(feed: Any) -> None:
    for document in (page(), {**page(), "content": None}):
        assert feed(document).said("skipped") == ["This list is empty."]


def test_one_band_of_ages_is_the_service_s(feed: Any) -> None:
    held = [{"id": "e", "eligibility": "teen", "minimum_age": 11, "maximum_age": 17.5}]
    read = feed(old(eligibilitys=held))
    service = read.one(Service)
    assert (service.minimum_age, service.maximum_age, service.eligibility) == ("11", "17.5", "teen")
    assert service.extra is None
    assert read.all(Criterion) == []


def test_a_further_band_of_ages_is_a_criterion(feed: Any) -> None:
    held = [
        {"id": "b", "eligibility": "teen", "minimum_age": 13, "maximum_age": 18},
        {"id": "a", "eligibility": "child", "minimum_age": 4, "maximum_age": 7},
        {"id": "c", "eligibility": "family", "minimum_age": None, "maximum_age": -1},
    ]
    for order in (held, held[::-1]):
        read = feed(old(eligibilitys=order))
        service, criterion = read.one(Service), read.one(Criterion)
        assert (service.minimum_age, service.maximum_age) == ("4", "7")
        assert sorted(service.eligibility.split("\n")) == ["child", "family", "teen"]
        assert (criterion.service, criterion.about, criterion.rule) == (service.id, "age", "only")
        assert (criterion.lowest, criterion.highest, criterion.note) == ("13", "18", "teen")
        assert service.attributes is None


def test_an_open_band_stays_open(feed: Any) -> None:
    held = [{"minimum_age": 0, "maximum_age": 5}, {"minimum_age": 16}]
    criterion = feed(old(eligibilitys=held)).one(Criterion)
    assert (criterion.lowest, criterion.highest) == ("16", "")


def test_ages_in_the_wrong_order_are_left_out_with_a_sentence(feed: Any) -> None:
    held = [{"minimum_age": 3, "maximum_age": 9}, {"minimum_age": 18, "maximum_age": 11}]
    read = feed(old(eligibilitys=held))
    assert (read.one(Service).minimum_age, read.all(Criterion)) == ("3", [])
    assert read.repaired("The lowest age, 18, is above the highest, 11.")
    read = feed(old(eligibilitys=held[1]))
    assert (read.one(Service).minimum_age, read.one(Service).maximum_age) == ("", "")
    assert read.repaired("The lowest age, 18, is above the highest, 11.")


def test_what_nobody_knows_of_eligibility_is_kept(feed: Any) -> None:
    read = feed(old(eligibilitys=[{"eligibility": "carer", "vendor_code": "Q4"}]))
    assert read.one(Service).extra["eligibilitys"] == [{"vendor_code": "Q4"}]


def test_taxonomies_become_marks_with_their_vocabulary(feed: Any) -> None:
    named = {"id": "t1", "taxonomy": {"id": "esd:1", "name": "Young carers", "vocabulary": "esdNeeds"}}
    read = feed(
        old(
            service_taxonomys=[named, {"id": "t2", "taxonomy_id": "esd:2"}],
            link_taxonomys=[
                {"link_type": "circumstance", "taxonomy": [{"id": "c1", "name": "Kinship care"}]}
            ],
            eligibilitys=[{"taxonomys": [{"id": "c2", "name": "In school", "vocabulary": "esdWho"}]}],
        ),
        taxonomies=page(
            {"id": "esd:2", "name": "Bereavement", "vocabulary": "esdNeeds", "parent_id": "esd:0"}
        ),
    )
    marks = {mark["name"]: mark for mark in read.one(Service).attributes}
    assert set(marks) == {"Young carers", "Bereavement", "Kinship care", "In school"}
    assert marks["Young carers"]["taxonomy"] == marks["Bereavement"]["taxonomy"] == "esdNeeds"
    assert marks["Kinship care"]["link_type"] == "circumstance"
    assert (marks["In school"]["link_type"], marks["In school"]["taxonomy"]) == ("eligibility", "esdWho")


def test_hours_and_holidays_become_schedules(feed: Any) -> None:
    read = feed(
        old(
            regular_schedules=[
                {"id": "h1", "weekday": "Tuesday", "opens_at": "10:00", "closes_at": "12:30"},
                {"id": "h2", "byday": "MO,WE", "freq": "WEEKLY", "opens_at": "09:00", "closes_at": "17:00"},
            ],
            holiday_schedules=[
                {"closed": True, "opens_at": "09:00", "start_date": "2026-12-24", "end_date": "2027-01-02"},
                {"closed": "false", "opens_at": "10:00", "closes_at": "11:00", "start_date": "2026-08-31"},
                {"id": "h5", "closed": None},
            ],
        )
    )
    first, second, shut, short = read.one(Service).schedules
    assert (first["byday"], first["freq"], first["opens_at"]) == ("TU", "WEEKLY", "10:00")
    assert second["byday"] == "MO,WE"
    assert (shut["valid_from"], shut["valid_to"]) == ("2026-12-24", "2027-01-02")
    assert shut["description"] == "Closed on these days."
    assert "opens_at" not in shut
    assert (short["opens_at"], short["valid_from"]) == ("10:00", "2026-08-31")
    assert "instead of the usual hours" in short["description"]


def test_a_numbered_day_is_not_guessed(feed: Any) -> None:
    read = feed(old(regular_schedules=[{"weekday": 1, "opens_at": "10:00"}]))
    assert read.one(Service).schedules == [{"weekday": 1, "opens_at": "10:00"}]
    assert read.repaired("which does not name one")


def site(**place: Any) -> dict[str, Any]:
    return {
        "id": "sl",
        "location": {"id": "L1", "name": "Alder House", "latitude": 51.5, "longitude": -2.5, **place},
    }


def test_physical_addresses_come_before_postal_ones(feed: Any) -> None:
    physical = {"id": "a", "address_1": "4 Alder Row", "city": "Nowhereton", "postal_code": "zz99 3vz"}
    postal = {"id": "b", "address_1": "PO Box 12", "postal_code": "ZZ99 4WZ"}
    access = [{"id": "x", "accessibility": "Step-free door"}]
    read = feed(
        old(
            service_at_locations=[
                {
                    **site(
                        postal_addresses=[postal],
                        physical_addresses=[physical],
                        accessibility_for_disabilities=access,
                    ),
                    "regular_schedule": [{"byday": "FR", "opens_at": "14:00"}],
                }
            ]
        )
    )
    place, service = read.one(Location), read.one(Service)
    assert (place.address, place.postcode) == ("4 Alder Row\nNowhereton", "ZZ99 3VZ")
    assert place.latitude == "51.5"
    assert place.accessibility == ("Step-free door",)
    assert place.extra["addresses"] == [{**postal, "address_type": "postal"}]
    assert service.locations == (place.id,)
    assert service.schedules == [{"byday": "FR", "opens_at": "14:00", "location": place.id}]


def test_a_secret_address_of_version_1_is_withheld(feed: Any) -> None:
    physical = {"address_1": "Address confidential", "city": "Nowhereton"}
    assert feed(old(service_at_locations=[site(physical_addresses=[physical])])).one(Location).withheld


def test_contacts_marked_personal_are_left_out_and_said(feed: Any) -> None:
    phones = [{"id": "p", "number": "0117 496 0001", "language": "en"}]
    kept = {"id": "k", "name": None, "title": "Front desk", "phones": phones, "personal_data": False}
    private = [
        {"id": "q", "name": "Invented Person", "phones": phones, flag: value}
        for flag, value in (("personal_data", True), ("sensitive_data", "Yes"), ("sensitive_data", 1))
    ]
    read = feed(old(contacts=[kept, *private], service_at_locations=[{**site(), "contacts": private[:1]}]))
    contact = read.one(Contact)
    assert (contact.title, contact.phone) == ("Front desk", "0117 496 0001")
    assert read.repaired("3 contacts are marked as personal or sensitive. Left out.")
    assert read.repaired("A contact is marked as personal or sensitive. Left out.")
    assert "Invented Person" not in repr(read.result)


def test_a_contact_marked_personal_in_one_copy_comes_from_no_other(feed: Any) -> None:
    person = {"id": "q", "name": "Invented Person", "phones": [{"number": "0117 496 0001"}]}
    plain, marked = old(contacts=[person]), old(contacts=[{**person, "personal_data": True}], vendor="more")
    for documents in ((plain, marked), (marked, plain)):
        read = feed(*documents)
        assert read.all(Contact) == []
        assert "Invented Person" not in repr(read.result)
        assert read.repaired("marked as personal or sensitive")


def test_the_smaller_parts_land_where_those_of_version_3_do(feed: Any) -> None:
    read = feed(
        old(
            cost_options=[
                {"id": "c", "option": "A session", "amount": 4.5, "amount_description": "Pay on the day"}
            ],
            fundings=[{"id": "f", "source": "Invented Fund"}],
            languages=[{"id": "l", "language": "Welsh"}, {"id": "m", "language": "English"}],
            service_areas=[{"id": "a", "service_area": "Nowhereshire", "extent": None, "uri": None}],
            deliverable_type="Counselling",
            attending_type=["online", "venue"],
            vendor_rank=3,
        )
    )
    service = read.one(Service)
    assert service.costs[0]["amount"] == "4.5"
    assert service.commissioner == "Invented Fund"
    assert service.languages == ("English", "Welsh")
    assert service.areas == [{"id": "a", "name": "Nowhereshire"}]
    marks = {(mark["link_type"], mark["name"]) for mark in service.attributes}
    assert marks == {
        ("deliverable-type", "Counselling"),
        ("attending-type", "online"),
        ("attending-type", "venue"),
    }
    assert service.extra == {"vendor_rank": 3}


def test_reviews_are_left_out_and_said_once(feed: Any) -> None:
    reviews = [
        {"id": str(number), "description": "Nice.", "reviewer": "Invented Visitor"} for number in range(3)
    ]
    read = feed(old(reviews=reviews))
    assert len([what for what in read.said("repaired") if "visitors" in what]) == 1
    assert "Invented Visitor" not in repr(read.result)


def test_how_to_attend_becomes_a_route_and_words(feed: Any) -> None:
    for given, how, words in (
        ("drop-in", "visit", "Drop in."),
        ("Drop in", "visit", "Drop in."),
        ("referral", "", "By referral."),
        ("appointment", "", "By appointment."),
        ("membership", "", "For members."),
        ("by carrier pigeon", "", "by carrier pigeon"),
    ):
        read = feed(old(attending_access=given))
        service, route = read.one(Service), read.one(ReferralRoute)
        assert (route.service, route.agency) == (service.id, service.agency)
        assert (route.who, route.how, route.note) == ((), how, words)
        assert service.how_to_refer == words
        assert service.attributes is None


def test_nothing_is_read_out_of_prose(feed: Any) -> None:
    prose = "Drop in any day. Ages 11-18 and 20-25. Referrals by the police. We have 4 places. Closed to referrals."
    read = feed(old(description=prose, fees=prose))
    service = read.one(Service)
    assert (read.all(ReferralRoute), read.all(Criterion)) == ([], [])
    assert (service.types, service.referrals, service.capacity, service.sessions) == ((), "", "", "")


def test_old_and_new_in_one_folder_are_read_whatever_the_order(tmp_path: Path, service: Any) -> None:
    documents = [page(old(eligibilitys=[{"minimum_age": 5}])), service(), old(attending_access="referral")]
    found = []
    for order in (documents, documents[::-1]):
        for number, document in enumerate(order):
            (tmp_path / f"{number}.json").write_text(json.dumps(document), "utf-8")
        found.append(read_oruk([tmp_path]).records)
    assert found[0] == found[1]
    assert len([record for record in found[0] if isinstance(record, Service)]) == 2


def test_turning_twice_is_turning_once() -> None:
    whole = old(
        eligibilitys=[{"minimum_age": 3}, {"minimum_age": 9, "odd": 1}],
        attending_access="drop-in",
        service_areas=[{"service_area": "Nowhereshire"}],
        holiday_schedules=[{"closed": True}],
        service_at_locations=[site(physical_addresses=[{"address_1": "4 Alder Row"}])],
    )
    once = oruk_old.service(whole, lambda _: None)
    assert oruk_old.service(once, lambda _: None) == once


def test_the_day_of_checking_is_read_as_publishers_of_version_1_write_it(feed: Any) -> None:
    assert feed(old(assured_date="02/03/2026 00:00:00")).one(Service).checked_on == "2026-03-02"
    assert feed(old(assured_date="30/02/2026 00:00:00")).one(Service).checked_on == ""


def test_a_location_may_bring_its_services(feed: Any) -> None:
    place = {
        "id": "L1",
        "name": "Alder House",
        "latitude": 51.5,
        "longitude": -2.5,
        "physical_addresses": [{"address_1": "4 Alder Row"}],
        "service_at_locations": [{"id": "sl", "service": old()}, {"id": "sm", "service_id": "S-13"}],
    }
    read = feed(page(place), old(id="S-13", name="Hazelmere drop-in"))
    assert read.one(Location).address == "4 Alder Row"
    assert [service.locations for service in read.all(Service)] == [(read.one(Location).id,)] * 2


def test_several_ways_to_attend_may_stand_in_one_text(feed: Any) -> None:
    read = feed(old(attending_access="referral, drop_in"))
    assert read.one(Service).how_to_refer == "By referral.\nDrop in."
    assert {route.note for route in read.all(ReferralRoute)} == {"By referral.", "Drop in."}
    whole = "Ring first, then come"
    assert feed(old(attending_access=whole)).one(ReferralRoute).note == whole
