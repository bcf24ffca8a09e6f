"""A service of a feed becomes records, and what was dirty is put right and said."""

import json
from typing import Any

import pytest

from csa_desk.records import ids
from csa_desk.records.directory import Agency, AgencyRole, Contact, Location, Service


def test_a_sound_service_is_taken_without_a_word(feed: Any, service: Any) -> None:
    read = feed(
        service(
            url="https://larchwood.example/counselling",
            email="help@larchwood.example",
            fees="Free",
            minimum_age=11,
            maximum_age=18.5,
            assured_date="2026-09-01",
            assurer_email="directory@larchwood.example",
            last_modified="2026-09-02T10:00:00Z",
        )
    )
    found = read.one(Service)
    assert read.result.report == ()
    assert (found.id, found.origin, found.origin_id) == (found.origin_id, "oruk", service()["id"])
    assert (found.name, found.status, found.fees) == (
        "Larchwood young people's counselling",
        "active",
        "Free",
    )
    assert (found.minimum_age, found.maximum_age) == ("11", "18.5")
    assert (found.website, found.email) == ("https://larchwood.example/counselling", "help@larchwood.example")
    assert (found.checked_on, found.checked_by) == ("2026-09-01", "directory@larchwood.example")
    assert found.extra == {"last_modified": "2026-09-02T10:00:00+00:00"}
    assert found.agency == read.one(Agency).id
    assert read.result.counts == {"agency": 1, "service": 1}


def test_ids_are_kept_in_lower_case_and_others_made_the_same_each_time(feed: Any, service: Any) -> None:
    upper = service()["id"].upper()
    assert feed(service(id=upper)).one(Service).id == upper.lower()
    for odd in ("larch-7", 12):
        read = feed(service(id=odd))
        assert read.one(Service).id == ids.same_id("service", str(odd))
        assert read.one(Service).origin_id == str(odd)
        assert read.repaired("is no UUID")


def test_without_an_id_two_services_of_one_name_stay_apart(feed: Any, service: Any) -> None:
    first = service(name="Counselling", id=None)
    second = service(name="Counselling", id="", organization={"name": "Ashgrove Centre"})
    read = feed([first, second])
    assert len({found.id for found in read.all(Service)}) == 2
    assert len(read.all(Agency)) == 2
    assert read.repaired("This service has no id")


def test_nulls_and_empty_texts_say_nothing(feed: Any, service: Any) -> None:
    read = feed(
        service(
            email=None,
            url="",
            fees="  ",
            contacts=None,
            phones=[],
            schedules={},
            minimum_age=None,
            vendor=None,
        )
    )
    assert read.result.report == ()
    assert read.one(Service).extra is None


def test_ages_of_minus_one_mean_none(feed: Any, service: Any) -> None:
    read = feed(service(minimum_age=-1, maximum_age=-1))
    assert (read.one(Service).minimum_age, read.one(Service).maximum_age) == ("", "")
    assert read.repaired("lowest age was -1")
    assert read.repaired("highest age was -1")


def test_html_and_tabs_become_plain_text_and_are_reported_once(feed: Any, service: Any) -> None:
    read = feed(service(name="Larch\twood", description="<p>One&nbsp;room</p><p>Two</p>"))
    assert read.one(Service).name == "Larch wood"
    assert read.one(Service).description == "One room\n\nTwo"
    assert read.said("repaired") == [
        "Formatting, tabs or odd spaces were taken out of “name”, “description”."
    ]


@pytest.mark.parametrize(
    ("given", "wanted"), [("Active", "active"), ("TEMPORARILY_CLOSED", "temporarily closed"), ("open?", "")]
)
def test_status_in_odd_writing(feed: Any, service: Any, given: str, wanted: str) -> None:
    read = feed(service(status=given))
    assert read.one(Service).status == wanted
    assert read.repaired(given)


def test_a_service_without_a_name_is_refused_and_brings_nothing_with_it(feed: Any, service: Any) -> None:
    for name in (None, "", "  ", "<p></p>", ["x"]):
        read = feed(service(name=name))
        assert read.result.accepted == 0
        assert read.said("refused") == ["This service has no name. Add one to the feed."]


def test_a_service_without_an_organisation_is_taken_and_reported(feed: Any, service: Any) -> None:
    read = feed(service(organization=None))
    assert read.one(Service).agency == ""
    assert read.repaired("names no organisation")


def test_links_to_what_the_files_do_not_hold_are_kept_and_reported(feed: Any, service: Any) -> None:
    agency, place, term = (ids.same_id("test", word) for word in ("agency", "place", "term"))
    read = feed(
        service(
            organization=None,
            organization_id=agency,
            service_at_locations=[{"location_id": place}],
            attributes=[{"taxonomy_term_id": term}],
        )
    )
    assert (read.one(Service).agency, read.one(Service).locations) == (agency, (place,))
    assert read.one(Service).attributes == [{"term": term}]
    for words in ("organisation that these files do not hold", "location that these files do not hold", term):
        assert read.repaired(words)


def test_a_person_who_checked_it_is_left_out_everywhere(feed: Any, service: Any) -> None:
    person = "jo.adeyemi@larchwood.example"
    read = feed(
        service(
            assured_date="2026-09-01",
            assurer_email=person,
            pc_metadata={"assured_by": person, "date_created": "2020-06-05", "steps": [{"updated_by": "Jo"}]},
        )
    )
    found = read.one(Service)
    assert (found.checked_on, found.checked_by) == ("2026-09-01", "")
    assert found.extra == {"pc_metadata": {"date_created": "2020-06-05", "steps": [{}]}}
    assert "adeyemi" not in repr(read.result).lower()
    assert read.repaired("person who checked it")


def test_nonsense_dates_of_checking_are_dropped(feed: Any, service: Any) -> None:
    read = feed(service(assured_date="3034-11-05", last_modified="2026-09-02T10:00:00"))
    assert (read.one(Service).checked_on, read.one(Service).checked_how) == (
        "2026-09-02",
        "last changed by the publisher",
    )
    assert read.repaired("3034-11-05")
    assert read.repaired("no time zone")


def test_vendor_properties_are_kept_untouched(feed: Any, service: Any) -> None:
    vendor = {"pc_audience": [{"id": "80425", "share": 0.5, "note": " <b>as is</b>\t"}], "licenses": "Ofsted"}
    assert feed(service(**vendor)).one(Service).extra == vendor


def test_schedules_areas_costs_and_languages_are_tidied(feed: Any, service: Any) -> None:
    read = feed(
        service(
            schedules=[
                {
                    "id": "a",
                    "serviceId": "x",
                    "service_id": "x",
                    "freq": "weekly",
                    "byday": "TU",
                    "interval": 1,
                    "opens_at": "15:30",
                    "description": "<p>After school</p>",
                    "schedule_link": "http://www.example.com",
                    "valid_from": "nonsense",
                }
            ],
            service_areas=[{"name": "Eastmere\n", "extent_type": "name", "uri": "http://example.com"}],
            cost_options=[{"option": "Families", "amount": 12.5}, {"amount": "£1,000"}, {"amount": "Free"}],
            languages=[{"name": "Welsh"}, {"code": "en", "note": "and signing"}, {"id": "only"}, "Polish"],
        )
    )
    found = read.one(Service)
    assert found.schedules == [
        {
            "id": "a",
            "freq": "WEEKLY",
            "byday": "TU",
            "interval": 1,
            "opens_at": "15:30",
            "description": "After school",
        }
    ]
    assert found.areas == [{"name": "Eastmere", "extent_type": "name"}]
    assert found.costs == [
        {"option": "Families", "amount": "12.5"},
        {"amount": "1000"},
        {"amount_description": "Free"},
    ]
    assert found.languages == ("Polish", "Welsh", "en")
    assert found.extra == {"languages": [{"code": "en", "note": "and signing"}]}
    for words in ("“weekly”", "schedule_link", "“valid_from”", "“uri”", "“Free”", "A language has no name"):
        assert read.repaired(words)


def test_attributes_carry_term_name_and_taxonomy(feed: Any, service: Any) -> None:
    term = ids.same_id("test", "term")
    read = feed(
        service(
            attributes=[
                {
                    "id": "1",
                    "link_id": "x",
                    "link_type": "need",
                    "taxonomy_term": {
                        "id": term.upper(),
                        "name": "Young people",
                        "taxonomy": "Circumstances",
                    },
                },
                {"label": "Health", "value": 3},
                {"link_id": "nothing else"},
            ]
        )
    )
    assert read.one(Service).attributes == [
        {
            "id": "1",
            "link_type": "need",
            "term": term,
            "name": "Young people",
            "taxonomy": "Circumstances",
        },
        {"label": "Health", "value": "3"},
    ]


def test_terms_are_named_from_a_list_of_terms_in_another_file(feed: Any, service: Any) -> None:
    term = ids.same_id("test", "term")
    words = {"id": ids.same_id("test", "list"), "name": "Needs", "version": "1"}
    words["taxonomy_terms"] = [{"id": term, "name": "Young carers", "taxonomy": "Needs"}]  # type: ignore[assignment]
    read = feed(service(attributes=[{"taxonomy_term_id": term}]), words)
    assert read.one(Service).attributes == [{"term": term, "name": "Young carers", "taxonomy": "Needs"}]
    assert len(read.said("skipped")) == 1
    assert read.said("repaired") == []


def test_who_pays_and_which_agency_plays_which_part(feed: Any, service: Any) -> None:
    other = ids.same_id("test", "other")

    def mark(role: str, **more: str) -> dict[str, Any]:
        return {"link_type": "agency-role", "taxonomy_term": {"id": role, "name": role}, **more}

    read = feed(
        service(
            funding=[{"source": "Eastmere Council"}],
            attributes=[
                mark("commissioner", label="Eastmere Police", value="2027-03-31"),
                mark("Partner", label="Ashgrove Centre", value=other),
            ],
        )
    )
    found, role = read.one(Service), read.one(AgencyRole)
    assert (found.commissioner, found.contract_end) == ("Eastmere Council; Eastmere Police", "2027-03-31")
    assert (role.agency, role.role, role.service, role.part) == (
        other,
        "partner",
        found.id,
        "Ashgrove Centre",
    )
    assert found.attributes is None


def test_wider_hsds_properties_have_their_own_fields(feed: Any, service: Any) -> None:
    read = feed(
        service(
            alternate_name="Larchwood talk",
            application_process="Phone us",
            eligibility_description="Ages 11 to 18",
            fees_description="Travel is paid",
            fees="Free",
            wait_time="Six weeks",
        )
    )
    found = read.one(Service)
    assert (found.other_names, found.how_to_refer, found.eligibility) == (
        ("Larchwood talk",),
        "Phone us",
        "Ages 11 to 18",
    )
    assert (found.fees, found.wait, found.extra) == ("Free\nTravel is paid", "Six weeks", None)


def test_telephones_with_words_become_a_number_and_a_contact(feed: Any, service: Any) -> None:
    read = feed(service(phones=[{"number": "Youth desk: 0117 496 0001"}, "0117 496 0002"]))
    found = read.one(Service)
    assert found.phone == "0117 496 0001"
    assert {(contact.title, contact.phone) for contact in read.all(Contact)} == {
        ("Youth desk", "0117 496 0001"),
        ("Phone", "0117 496 0002"),
    }
    assert read.repaired("came with words")


def test_contacts_get_ids_that_stay(feed: Any, service: Any) -> None:
    read = feed(
        service(
            contacts=[
                {"name": "Sam Okafor", "title": "Manager", "phones": [{"number": "0117 496 0003"}]},
                {"title": "Front desk", "email": "referrals@larchwood.example"},
                {"id": "only"},
            ]
        )
    )
    person, desk = sorted(read.all(Contact), key=lambda contact: contact.title, reverse=True)
    assert person.id == ids.same_id("contact", service()["id"], "Sam Okafor")
    assert (person.service, person.agency) == (service()["id"], read.one(Agency).id)
    assert (person.phone, person.role_mailbox, desk.role_mailbox) == ("0117 496 0003", False, True)
    assert read.repaired("no name, number or address")


def test_one_contact_id_at_two_services_gives_two_contacts(feed: Any, service: Any) -> None:
    contact = {"id": ids.same_id("test", "contact"), "name": "Sam Okafor"}
    second = service(id=ids.same_id("test", "second"), name="Group", contacts=[contact])
    read = feed([service(contacts=[contact]), second])
    assert {found.service for found in read.all(Contact)} == {service()["id"], second["id"]}
    assert contact["id"] in {found.id for found in read.all(Contact)}
    assert read.repaired("another contact has too")


def test_hours_and_contacts_of_one_place_are_kept_with_it(feed: Any, service: Any) -> None:
    place = ids.same_id("test", "place")
    read = feed(
        service(
            service_at_locations=[
                {
                    "id": "s",
                    "location": {"id": place, "name": "Mill House", "location_type": "physical"},
                    "schedules": [{"freq": "WEEKLY", "byday": "MO"}],
                    "contacts": [{"name": "Desk"}],
                    "description": "First floor",
                }
            ]
        )
    )
    found = read.one(Service)
    assert found.locations == (place,) == (read.one(Location).id,)
    assert found.schedules == [{"freq": "WEEKLY", "byday": "MO", "location": place}]
    assert read.one(Contact).location == place
    assert found.extra == {"service_at_locations": [{"location": place, "description": "First floor"}]}


def test_properties_of_the_wrong_type_do_no_harm(feed: Any, service: Any) -> None:
    read = feed(
        service(
            description={"text": "x"},
            fees=["Free", "at school"],
            contacts={"name": "Desk"},
            schedules=[1, None, "Mondays"],
            service_at_locations="here",
            organization=[{"id": ids.same_id("test", "org"), "name": "Larchwood Trust"}],
            url=5,
        )
    )
    found = read.one(Service)
    assert (found.description, found.fees, found.agency) == (
        "",
        "Free\nat school",
        ids.same_id("test", "org"),
    )
    assert found.extra == {"description": {"text": "x"}}
    assert found.schedules == [{"description": "Mondays"}]
    assert read.one(Contact).name == "Desk"
    assert read.repaired("does not hold text")
    assert read.repaired("“schedules” holds 1 entry")


def test_all_records_can_be_stored_as_json(feed: Any, service: Any) -> None:
    read = feed(service(name="Larch\ud800wood\x00", vendor={"x\ud800": "\ud800"}))
    assert json.dumps(repr(read.result.records), ensure_ascii=False).encode()
    assert read.repaired("Characters that no text can hold")


@pytest.mark.parametrize(
    ("value", "wait", "as_at"),
    [
        ("42 days as at 2026-09-01", "Up to 6 weeks, 42 days", "2026-09-01"),
        ("42 days (2026-09-01)", "Up to 6 weeks, 42 days", "2026-09-01"),
        ("42 days", "Up to 6 weeks, 42 days", ""),
        ("42 days as at 2066-09-01", "Up to 6 weeks, 42 days as at 2066-09-01", ""),
        ("2026-09-01", "Up to 6 weeks", "2026-09-01"),
    ],
)
def test_a_waiting_time_is_taken_with_the_day_it_holds_for(
    feed: Any, service: Any, value: str, wait: str, as_at: str
) -> None:
    mark = {
        "id": "6d2f3a0e-9f0c-4c1e-8f43-2c7a1d9b5e10",
        "link_type": "waiting-time",
        "value": value,
        "taxonomy_term": {
            "id": "1f0f6a51-0c57-4c0a-9d5e-6a0f4c2b7d11",
            "name": "Up to 6 weeks",
            "description": "x",
        },
    }
    found = feed(service(attributes=[mark])).one(Service)
    assert (found.wait, found.wait_as_at) == (wait, as_at)
