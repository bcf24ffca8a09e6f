"""Sound documents of 1.0 and HSDS 3.1 with anything in them spoilt: a report of sentences, never half a record."""

import copy
import json
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csa_desk.exchange.oruk import read_oruk
from tests.exchange.judging import sound
from tests.exchange.test_hsds import mark, package
from tests.exchange.test_oruk_old import old, page, site

TODAY = date(2026, 11, 24)

OLD = page(
    old(
        eligibilitys=[
            {
                "id": "e",
                "eligibility": "teen",
                "minimum_age": 11,
                "maximum_age": 17,
                "taxonomys": [{"name": "x"}],
            },
            {"id": "f", "eligibility": "child", "minimum_age": 4, "maximum_age": 7},
        ],
        service_taxonomys=[{"id": "t", "taxonomy": {"id": "esd:1", "name": "Carers", "vocabulary": "Needs"}}],
        link_taxonomys=[{"link_type": "who", "link_id": "S-12", "taxonomy": {"id": "c", "name": "Kin"}}],
        regular_schedules=[{"weekday": "Tuesday", "byday": None, "opens_at": "10:00", "closes_at": "12:30"}],
        holiday_schedules=[{"closed": True, "start_date": "2026-12-24", "end_date": "2027-01-02"}],
        contacts=[
            {"id": "k", "title": "Desk", "phones": [{"number": "0117 496 0001"}], "personal_data": False}
        ],
        cost_options=[{"id": "c", "option": "A session", "amount": 4.5}],
        fundings=[{"id": "f", "source": "Invented Fund"}],
        languages=[{"id": "l", "language": "Welsh"}],
        reviews=[{"id": "r", "description": "Nice."}],
        service_areas=[{"id": "a", "service_area": "Nowhereshire"}],
        deliverable_type="Counselling",
        attending_type="venue",
        attending_access="drop-in",
        service_at_locations=[
            {
                **site(
                    physical_addresses=[{"address_1": "4 Alder Row", "postal_code": "ZZ99 3VZ"}],
                    postal_addresses=[{"address_1": "PO Box 12"}],
                    accessibility_for_disabilities=[{"accessibility": "Ramp"}],
                ),
                "regular_schedule": [{"byday": "FR"}],
            }
        ],
    ),
    old(id="S-13", name="Hazelmere drop-in"),
)
NEW = {
    "id": "0d0a4f0e-7a55-4c1e-8d57-2f5a6f1b0001",
    "name": "Larch group",
    "status": "active",
    "wait_time": "Nine weeks",
    "minimum_age": 5,
    "organization": {"id": "o", "name": "Larchwood Trust", "description": "x", "legal_status": "Charity"},
    "capacities": [
        {
            "id": "c",
            "unit": {"id": "u", "name": "Places"},
            "available": 3,
            "maximum": 9,
            "updated": "2026-09-25T14:00Z",
        }
    ],
    "attributes": [
        mark("referral-route", "self,phone", value="0117 496 0002"),
        mark("age-band", "16-18", label="older"),
        mark("referral-status", "open"),
        mark("service-type", "group"),
        mark("sessions", "12"),
        mark("agency-role/partner", "Partner", value="o"),
    ],
    "additional_urls": [{"label": "Form", "url": "https://larch.test/form"}],
    "metadata": [{"updated_by": "Invented Person"}],
    "service_at_locations": [
        {"id": "sl", "service_areas": [{"name": "Here"}], "location": {"id": "l", "name": "Hall"}}
    ],
    "contacts": [{"id": "k", "title": "Desk", "email": "hello@larch.invalid"}],
}
SPOILT = st.sampled_from(
    [
        None,
        "",
        " ",
        "-1",
        -1,
        0,
        1e9,
        True,
        [],
        {},
        [[]],
        [{}],
        [None],
        {"id": []},
        "2031-02-30",
        "<p>x</p>",
        "a\u0000",
    ]
) | st.text(max_size=8)


def spots(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The ways to every part of a document."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, part in parts for found in [(*way, key), *spots(part, (*way, key))]]


@st.composite
def spoilt(draw: st.DrawFn, sound: Any) -> Any:
    """The document with up to five of its parts gone, replaced, put into a list or changed for another part."""
    document = copy.deepcopy(sound)
    for _ in range(draw(st.integers(1, 5))):
        *way, last = draw(st.sampled_from(spots(document)))
        holder = document
        for step in way:
            holder = holder[step]
        how = draw(st.sampled_from(["gone", "replaced", "listed", "moved"]))
        if how == "gone":
            del holder[last]
        elif how == "replaced":
            holder[last] = draw(SPOILT)
        elif how == "listed":
            holder[last] = [holder[last]]
        else:
            other: Any = document
            for step in draw(st.sampled_from(spots(document))):
                other = other[step]
            holder[last] = copy.deepcopy(other)
        if not spots(document):
            break
    return document


def imported(*named: tuple[str, Any]) -> Any:
    with tempfile.TemporaryDirectory() as place:
        for name, document in named:
            (Path(place) / f"{name}.json").write_text(json.dumps(document), "utf-8")
        return read_oruk([Path(place)], today=TODAY)


QUICK = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def test_the_sound_documents_are_taken_whole() -> None:
    result = imported(("1", OLD), ("2", NEW))
    sound(result)
    assert result.refused == 0
    assert result.counts["service"] == 3
    assert {"criterion", "referral-route", "contact", "location", "agency-role"} <= set(result.counts)


@QUICK
@given(spoilt(OLD))
def test_a_spoilt_document_of_version_1(document: Any) -> None:
    result = imported(("1", document), ("2", NEW))
    sound(result)
    assert imported(("1", NEW), ("2", document)).records == result.records


@QUICK
@given(spoilt(NEW))
def test_a_spoilt_document_of_hsds(document: Any) -> None:
    result = imported(("1", document), ("2", OLD))
    sound(result)
    assert imported(("1", OLD), ("2", document)).records == result.records


@QUICK
@given(spoilt(package()))
def test_spoilt_tables(tables: Any) -> None:
    sound(imported(("all", tables)))
    if isinstance(tables, dict):
        sound(imported(*((name, rows) for name, rows in tables.items() if name.isidentifier())))
