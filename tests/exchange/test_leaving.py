"""What must never leave does not, in no form of export: withheld addresses, people, what is the service's own."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from csa_desk.errors import RefusedError
from csa_desk.exchange import directory_sheets
from csa_desk.exchange.leaving import EXPORTED, WITHHELD_WORDS, may_leave
from csa_desk.exchange.oruk import read_oruk
from csa_desk.exchange.oruk_writing import oruk_files
from csa_desk.records.directory import Agency, Contact, InDirectory, Location, Service
from csa_desk.records.directory_facts import (
    Agreement,
    CoLocation,
    ColumnMapping,
    EscalationRoute,
    ReferralRoute,
    SameEntry,
)
from tests.exchange.directories import TODAY, number, written

STREET, CODE = "17 Nowhere Lane", "ZE3 9ZZ"
SECRETS = (STREET, CODE, "ZE39ZZ", "51.4321", "-2.6789", "100900000077", number("hidden"))


def refuge(**changed: Any) -> list[InDirectory]:
    """A service at a withheld place and at an open one, with all that could tell where the first is."""
    place = Location(
        id=number("hidden"),
        name="The house",
        address=f"{STREET}\nEastmere",
        postcode=CODE,
        latitude="51.4321",
        longitude="-2.6789",
        withheld=True,
        extra={
            "external_identifier": "100900000077",
            "addresses": [{"address_1": STREET, "postal_code": CODE}],
        },
    )
    service = Service(
        id=number("service"),
        agency=number("agency"),
        name="Ashgrove support",
        locations=(place.id, number("open")),
        areas=[{"name": "The street", "location": place.id}, {"name": "Eastmere"}],
        schedules=[{"description": "Nights", "location": place.id}],
        extra={
            "vendor": "kept",
            "pc_location": {"street": STREET},
            "inner": {"map": CODE, "kind": "kept too"},
            "service_at_locations": [{"location": place.id, "description": STREET}],
        },
    )
    return [
        Agency(id=number("agency"), name="Ashgrove", extra={"locations": [{"id": place.id}], "geo": CODE}),
        replace(service, **changed),
        place,
        Location(
            id=number("open"), name="Ashgrove office", address="2 Open Road\nEastmere", postcode="ZE3 9ZX"
        ),
        Contact(
            id=number("desk"),
            service=service.id,
            location=place.id,
            title="Night desk",
            phone="0117 496 0009",
        ),
        Contact(id=number("there"), location=place.id, title="Hall desk", phone="0117 496 0010"),
        CoLocation(id=number("co"), agency=number("agency"), location=place.id, days="Mondays"),
    ]


def every_form(records: list[InDirectory]) -> str:
    """All that leaves, in every form, as one text."""
    leaving = may_leave(records)
    files = oruk_files(leaving)
    sheets = [
        [*rows]
        for rows in (
            directory_sheets.services(leaving, {}),
            directory_sheets.agencies(leaving),
            directory_sheets.locations(leaving),
            directory_sheets.contacts(leaving),
        )
    ]
    oruk = "\n".join([*files, *(content.decode() for content in files.values())])
    return oruk + directory_sheets.as_csv(leaving).decode("utf-8-sig") + json.dumps(sheets)


def test_a_withheld_address_is_in_no_form_and_in_no_property() -> None:
    told = every_form(refuge())
    for secret in SECRETS:
        assert secret not in told
    assert WITHHELD_WORDS in told
    for kept in ("Ashgrove office", "2 Open Road", "kept too", "Night desk"):
        assert kept in told


def test_who_reads_it_is_told_that_an_address_is_withheld(tmp_path: Path) -> None:
    leaving = may_leave(refuge())
    made = json.loads(oruk_files(leaving)[f"services/{number('service')}.json"])
    assert WITHHELD_WORDS in [mark["taxonomy_term"]["name"] for mark in made["attributes"]]
    back = read_oruk([written(oruk_files(leaving), tmp_path)], today=TODAY)
    found: Any = next(item for item in back.records if isinstance(item, Service))
    again = oruk_files(may_leave([item for item in back.records if isinstance(item, InDirectory)]))
    assert found.locations == (number("open"),)
    assert again[f"services/{number('service')}.json"].count(WITHHELD_WORDS.encode()) == json.dumps(
        made
    ).count(WITHHELD_WORDS)


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "Ashgrove refuge"},
        {"description": "The address is confidential."},
        {"alert": "Location not to be disclosed"},
        {"types": ("refuge",)},
    ],
)
def test_words_withhold_as_a_mark_does(changed: dict[str, Any]) -> None:
    records = [
        replace(item, withheld=False) if isinstance(item, Location) else item for item in refuge(**changed)
    ]
    told = every_form(records)
    for secret in SECRETS:
        assert secret not in told
    assert "2 Open Road" not in told


def test_the_same_doorstep_under_another_name_is_withheld_too() -> None:
    twin = Location(
        id=number("twin"), name="Training room", address=f"{STREET.upper()}\nEastmere", postcode="ze39zz"
    )
    other = Service(id=number("other"), name="Training", agency=number("agency"), locations=(twin.id,))
    told = every_form([*refuge(), twin, other])
    assert STREET.casefold() not in told.casefold()
    assert twin.id not in told


@pytest.mark.parametrize(
    "spoil",
    [
        lambda item: replace(item, description=f"Ring first, then come to {STREET}."),
        lambda item: replace(item, how_to_refer="Write to 17  nowhere lane, Eastmere"),
        lambda item: replace(item, alert="Find us at ze3 9zz"),
        lambda item: replace(item, extra={"notes": ["ZE39ZZ"]}),
        lambda item: replace(item, attributes=[{"name": "51.4321"}]),
        lambda item: replace(item, extra={"spot": [51.43214, 1]}),
        lambda item: replace(item, fees=f"Pay at {number('hidden')}"),
    ],
)
def test_words_that_hold_a_withheld_address_stop_the_export(spoil: Callable[[Any], Service]) -> None:
    records = [spoil(item) if isinstance(item, Service) else item for item in refuge()]
    with pytest.raises(
        RefusedError, match=r"withheld address stands under “.*” of “Ashgrove support”"
    ) as refused:
        may_leave(records)
    assert str(refused.value).endswith("Nothing was written.")
    for secret in SECRETS:
        assert secret not in str(refused.value)


def test_where_to_write_to_a_hidden_service_stays_and_its_phone_leaves() -> None:
    service = next(item for item in refuge() if isinstance(item, Service))
    routes = [
        ReferralRoute(id=number(to), agency=service.agency, service=service.id, how=how, to=to)
        for how, to in (("letter", "4 Quay Yard, Eastmere"), ("phone", "0117 496 0077"))
    ]
    told = every_form([*refuge(), *routes])
    assert "Quay Yard" not in told
    assert "0117 496 0077" in told


def test_named_people_stay_and_desks_leave() -> None:
    agency = Agency(id=number("agency"), name="Ashgrove", email="jo.adeyemi@ash.example")
    records: list[InDirectory] = [
        agency,
        Contact(
            id=number("1"),
            agency=agency.id,
            name="Jo Adeyemi",
            email="jo.adeyemi@ash.example",
            phone="0117 496 0011",
        ),
        Contact(id=number("2"), agency=agency.id, title="Manager", email="sam.okafor@ash.example"),
        Contact(
            id=number("3"),
            agency=agency.id,
            name="Jo Adeyemi",
            role_mailbox=True,
            email="jo.adeyemi@ash.example",
        ),
        Contact(
            id=number("4"), agency=agency.id, name="Duty desk", role_mailbox=True, email="duty@ash.example"
        ),
        Contact(id=number("5"), agency=agency.id, title="Reception", phone="0117 496 0012"),
        ReferralRoute(
            id=number("6"), agency=agency.id, who=("self",), how="email", to="sam.okafor@ash.example"
        ),
        EscalationRoute(id=number("7"), agency=agency.id, level="lado", email="kit.b@ash.example"),
    ]
    told = every_form(records)
    for person in ("adeyemi", "okafor", "kit.b", "0117 496 0011"):
        assert person not in told.lower()
    for desk in ("Duty desk", "duty@ash.example", "Reception", "0117 496 0012"):
        assert desk in told
    assert any("Named people" in line for line in may_leave(records).report)


def test_what_is_the_services_own_never_leaves() -> None:
    person = "8f0b7a3e-0000-4000-8000-000000000001"
    agency = Agency(
        id=number("agency"),
        name="Ashgrove",
        checked_on="2026-11-01",
        checked_by=person,
        checked_how="I rang them. What changed: Kit Brown left.",
    )
    own: list[InDirectory] = [
        Agreement(id=number("a"), what="information-sharing", title="Secret pact", parties=(agency.id,)),
        SameEntry(id=number("s"), entry=agency.id, other=number("x"), reason="Secret twin"),
        ColumnMapping(id=number("c"), shape="x", title="Secret table"),
    ]
    told = every_form([agency, *own])
    for words in ("Secret", person, "Kit Brown", "I rang"):
        assert words not in told
    assert not {type(item) for item in own} & set(EXPORTED)
    assert "2026-11-01" in told


def test_a_withheld_place_that_was_removed_is_withheld_still() -> None:
    records = [replace(item, removed=True) if item.id == number("hidden") else item for item in refuge()]
    told = every_form(records)
    for secret in SECRETS:
        assert secret not in told
    spoilt = [replace(item, alert=f"At {CODE}") if isinstance(item, Service) else item for item in records]
    with pytest.raises(RefusedError):
        may_leave(spoilt)


def test_what_was_removed_stays() -> None:
    assert "Gone" not in every_form([Agency(id=number("a"), name="Gone", removed=True)])


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"minimum_age": "18", "maximum_age": "11"}, "the lowest age is above the highest"),
        ({"minimum_age": "old"}, "the lowest age is “old”"),
        ({"wait": "6 weeks"}, "the waiting time has no date"),
        ({"capacity": "4 places"}, "the capacity has no date"),
        ({"agency": ""}, "names no organisation"),
        ({"agency": number("nobody")}, "names an organisation that is not in the directory"),
        ({"locations": (number("nowhere"),)}, "names a place that is not in the directory"),
        ({"areas": [{"id": "7", "name": "A"}, {"id": "7", "name": "B"}]}, "two of its details have one id"),
    ],
)
def test_our_own_checks_say_what_no_schema_sees(changed: dict[str, Any], said: str) -> None:
    agency = Agency(id=number("agency"), name="Ash")
    sound = Service(id=number("s"), name="Larch", agency=agency.id, status="active")
    assert may_leave([agency, sound]).report == ()
    leaving = may_leave([agency, replace(sound, **changed)])
    assert any(said in line and line.startswith("“Larch”") for line in leaving.report), leaving.report
    made = json.loads(oruk_files(leaving)[f"services/{number('s')}.json"])
    assert "minimum_age" not in made
    assert "weeks" not in json.dumps(made)
    assert "4 places" not in json.dumps(made)
    numbers = [item["id"] for item in made.get("service_areas", [])]
    assert len(numbers) == len(set(numbers))


def test_a_place_that_is_not_on_earth_and_ids_used_twice_are_told() -> None:
    place = Location(id=number("p"), name="Larch hall", latitude="512", longitude="0")
    twins: list[InDirectory] = [place, place, Agency(id=place.id, name="Ash")]
    leaving = may_leave(twins)
    assert any(
        "“Larch hall”: latitude and longitude are no place on earth" in line for line in leaving.report
    )
    assert sum("have the id" in line for line in leaving.report) == 2
    assert leaving.all(Location)[0].latitude == ""
