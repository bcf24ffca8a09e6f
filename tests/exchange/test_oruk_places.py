"""Organisations and places of a feed, and the addresses that must not be shown."""

from typing import Any

import pytest

from csa_desk.records import ids
from csa_desk.records.directory import Agency, AgencyRole, Contact, Location, Service

PLACE = ids.same_id("test", "place")


def at(service: Any, location: dict[str, Any], **changed: Any) -> dict[str, Any]:
    """A service that stands at one location."""
    place = {"id": PLACE, "location_type": "physical", **location}
    return dict(service(service_at_locations=[{"location": place}], **changed))


STREET = {
    "addresses": [{"address_1": "1 Mill Lane", "city": "Eastmere", "postal_code": "EM1 2AB", "country": "GB"}]
}


def test_a_location_is_taken_with_its_address_in_lines(feed: Any, service: Any) -> None:
    read = feed(
        at(
            service,
            {
                "name": "Mill House",
                "latitude": 51.5,
                "longitude": -2.5,
                "transportation": "Bus 7",
                "external_identifier": "100",
                "accessibility": [{"description": "Ramp", "details": "at the back"}, {"description": "Lift"}],
                "addresses": [
                    {"address_1": "PO Box 5", "address_type": "postal"},
                    {
                        "address_1": "Mill House\n1 Mill Lane",
                        "city": "Eastmere",
                        "region": "Eastmere",
                        "postal_code": "em12ab",
                        "country": "United Kingdom",
                        "address_type": "physical",
                    },
                ],
            },
        )
    )
    found = read.one(Location)
    assert (found.address, found.postcode) == ("Mill House\n1 Mill Lane\nEastmere", "EM1 2AB")
    assert (found.latitude, found.longitude, found.location_type) == ("51.5", "-2.5", "physical")
    assert (found.transport, found.accessibility) == ("Bus 7", ("Lift", "Ramp at the back"))
    assert not found.withheld
    assert found.extra == {
        "external_identifier": "100",
        "addresses": [{"address_1": "PO Box 5", "address_type": "postal"}],
    }
    assert read.one(Service).locations == (PLACE,)


def test_a_latitude_of_512_is_dropped_and_reported(feed: Any, service: Any) -> None:
    read = feed(at(service, {"name": "Mill House", "latitude": 512, "longitude": -2.5}))
    assert (read.one(Location).latitude, read.one(Location).longitude) == ("", "")
    assert read.repaired("512")


@pytest.mark.parametrize(
    "location",
    [
        {"name": "Confidential address", **STREET},
        {"name": "Safe place", "description": "The address is not disclosed.", **STREET},
        {"name": "Safe place", "addresses": [{"address_1": "Address withheld", "city": "Eastmere"}]},
        {"name": "Safe place", "addresses": [{"address_1": "Confidential"}]},
        {"name": "Safe place", "attributes": [{"link_type": "address-withheld", "label": "yes"}], **STREET},
        {"name": "Safe place", "address_is_confidential": True, **STREET},
        {"name": "Safe place", "hide_address": "Yes", **STREET},
        {"name": "Eastmere refuge", "addresses": [{"city": "Eastmere", "postal_code": "EM1 2AB"}]},
        {"name": "Eastmere women's refuge"},
    ],
)
def test_a_secret_address_is_marked_withheld(feed: Any, service: Any, location: dict[str, Any]) -> None:
    read = feed(at(service, location))
    assert read.one(Location).withheld
    assert read.repaired("not be shown, printed or shared")


@pytest.mark.parametrize(
    "location",
    [
        {"name": "Mill House", **STREET},
        {"name": "Refugee Centre"},
        {"name": "Eastmere refuge office", **STREET},
        {"name": "Mill House", "description": "We offer confidential advice at this address.", **STREET},
        {"name": "Mill House", "is_confidential": False, "hidden_from_search": True, **STREET},
    ],
)
def test_an_ordinary_address_is_not(feed: Any, service: Any, location: dict[str, Any]) -> None:
    assert not feed(at(service, location)).one(Location).withheld


def test_a_secret_said_by_the_service_covers_its_places_and_what_came_beside(feed: Any, service: Any) -> None:
    read = feed(
        at(
            service,
            {"name": "House", **STREET, "map_link": "https://maps.example/?q=1+Mill+Lane"},
            description="Our address is kept confidential. Phone first.",
            pc_address="1 Mill Lane",
        )
    )
    place = read.one(Location)
    assert place.withheld
    assert place.extra is None
    assert read.one(Service).extra is None
    assert read.repaired("because the address is secret")


def test_a_refuge_without_a_street_is_withheld_whatever_its_place_is_called(feed: Any, service: Any) -> None:
    read = feed(at(service, {"name": "Office", "addresses": [{"city": "Eastmere"}]}, name="Eastmere Refuge"))
    assert read.one(Location).withheld


def test_an_organisation_document_brings_its_services_contacts_and_places(feed: Any, service: Any) -> None:
    parent = ids.same_id("test", "parent")
    bare = service()
    organisation = bare.pop("organization")
    read = feed(
        {
            **organisation,
            "alternate_name": "The Larches",
            "website": "http://www.example.com",
            "uri": "https://larchwood.example",
            "parent_organization_id": parent,
            "organization_identifiers": [
                {"identifier_scheme": "GB-CHC", "identifier_type": "Charity number", "identifier": "1234567"},
                {"identifier_scheme": "GB-COH"},
            ],
            "attributes": [
                {"link_type": "organisation-type", "taxonomy_term": {"id": "t", "name": "Charity"}},
                {
                    "link_type": "agency-role",
                    "value": "Eastmere",
                    "taxonomy_term": {"id": "r", "name": "SARC"},
                },
            ],
            "phones": [{"number": "0117 496 0000"}],
            "contacts": [{"name": "Front desk"}],
            "locations": [{"id": PLACE, "name": "Mill House", "location_type": "physical"}],
            "services": [bare],
        }
    )
    found, role = read.one(Agency), read.one(AgencyRole)
    assert (found.name, found.other_names) == ("Larchwood Trust", ("The Larches",))
    assert (found.agency_type, found.phone, found.website) == ("Charity", "0117 496 0000", "")
    assert found.identifiers == [{"scheme": "GB-CHC", "kind": "Charity number", "identifier": "1234567"}]
    assert found.parent == parent
    assert found.extra == {"uri": "https://larchwood.example", "locations": [{"id": PLACE}]}
    assert (role.agency, role.role, role.area, role.service) == (found.id, "sarc", "Eastmere", "")
    assert read.one(Contact).agency == found.id
    assert read.one(Location).id == PLACE
    assert read.one(Service).agency == found.id
    for words in (
        "only an example",
        "identifier has no number",
        "belongs to an organisation that these files do not",
    ):
        assert read.repaired(words)


def test_a_service_at_location_document_joins_service_and_place(feed: Any, service: Any) -> None:
    site = {"id": "s", "service": service(), "location": {"id": PLACE, "name": "Mill House"}}
    read = feed(site)
    assert read.one(Service).locations == (PLACE,) == (read.one(Location).id,)
    by_id = feed(service(), {"id": "s", "service_id": service()["id"], "location_id": PLACE})
    assert by_id.one(Service).locations == (PLACE,)


def test_places_without_id_are_one_place_if_the_address_is_the_same(feed: Any, service: Any) -> None:
    def standing(number: int, **location: Any) -> dict[str, Any]:
        sites = [{"location": {"name": "Main office", **location}}]
        return dict(service(id=ids.same_id("test", str(number)), service_at_locations=sites))

    assert len(feed([standing(1, **STREET), standing(2, **STREET)]).all(Location)) == 1
    assert len(feed([standing(1), standing(2)]).all(Location)) == 2


def test_an_organisation_without_a_name_is_refused(feed: Any) -> None:
    read = feed({"id": PLACE, "website": "https://larchwood.example"})
    assert read.result.accepted == 0
    assert read.said("refused") == ["This organisation has no name. Add one to the feed."]
