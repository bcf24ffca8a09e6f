"""What leaves as Open Referral UK comes back as it was; the same records give the same bytes."""

import json
import random
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csa_desk.exchange.leaving import NEVER, may_leave
from csa_desk.exchange.oruk import read_oruk
from csa_desk.exchange.oruk_writing import README, oruk_files
from csa_desk.exchange.plain_text import one_line, plain
from csa_desk.records.directory import Agency, Contact, InDirectory, Location, Service
from csa_desk.records.directory_facts import (
    About,
    Area,
    Criterion,
    EscalationLevel,
    EscalationRoute,
    ReferralRoute,
    Rule,
)
from tests.exchange.directories import TODAY, differences, everything, number, out_and_in, written

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


def test_an_entry_that_says_everything_comes_back_as_it_was(tmp_path: Path) -> None:
    out, back = out_and_in(everything(), tmp_path)
    assert len(out) == len(everything())
    assert differences(out, back) == []


def test_the_same_records_give_the_same_bytes_in_any_order() -> None:
    records = everything()
    first = oruk_files(may_leave(records))
    random.Random(7).shuffle(records)
    assert oruk_files(may_leave(records)) == first


def test_the_folder_is_shaped_like_the_api_and_says_what_it_never_holds() -> None:
    files = oruk_files(may_leave(everything()))
    about = json.loads(files["index.json"])
    assert set(about) == {"version", "profile", "openapi_url"}
    assert "3.0" in about["version"]
    for name in ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms"):
        page = json.loads(files[f"{name}.json"])
        assert (page["total_items"], page["size"]) == (len(page["contents"]),) * 2
        assert (page["first_page"], page["last_page"], page["empty"]) == (True, True, False)
        for item in page["contents"]:
            assert json.loads(files[f"{name}/{item['id']}.json"]) == item
    assert all(line in files[README].decode() for line in NEVER)


def test_long_lists_come_in_pages_and_come_back_whole(tmp_path: Path) -> None:
    many: list[InDirectory] = [Agency(id=number(f"a{place}"), name=f"Agency {place}") for place in range(205)]
    files = oruk_files(may_leave(many))
    pages = [
        json.loads(files[name])
        for name in ("organizations.json", "organizations-2.json", "organizations-3.json")
    ]
    assert [page["size"] for page in pages] == [100, 100, 5]
    assert [page["last_page"] for page in pages] == [False, False, True]
    assert json.loads(files["services.json"])["empty"] is True
    out, back = out_and_in(many, tmp_path)
    assert differences(out, back) == []


def names_of(service: dict[str, Any]) -> str:
    """What a reader who knows only Open Referral UK 3.0 sees beside the fields: description, alert, names of terms."""
    terms = [mark["taxonomy_term"]["name"] for mark in service["attributes"] if "taxonomy_term" in mark]
    return "\n".join([service.get("description", ""), service.get("alert", ""), *terms])


@pytest.mark.parametrize(
    "words",
    [
        "0117 496 0002",
        "Anybody who was hurt",
        "Ring, or send the form",
        "6 weeks (as at 2026-11-01)",
        "12 places (as at 2026-11-02)",
        "Has a waiting list",
        "Only age: 4 to 17.5",
        "Not kind of abuse: online, other",
        "referrals@larchwood.example",
        "Sits on the panel",
        "Eastmere Police",
        "Mondays",
        "20 of 50 minutes",
        "Closed on 25 December",
    ],
)
def test_what_matters_for_safety_is_read_without_our_own_properties(words: str) -> None:
    files = oruk_files(may_leave(everything()))
    assert words in names_of(json.loads(files[f"services/{number('service')}.json"]))


def test_a_service_of_unknown_status_says_so_and_stays_unknown(tmp_path: Path) -> None:
    records: list[InDirectory] = [
        Agency(id=number("a"), name="Ash"),
        Service(id=number("s"), agency=number("a"), name="S"),
    ]
    made = json.loads(oruk_files(may_leave(records))[f"services/{number('s')}.json"])
    assert made["status"] == "active"
    assert "not known whether this service is running" in made["alert"]
    _, back = out_and_in(records, tmp_path)
    found = next(item for item in back if isinstance(item, Service))
    assert (found.status, found.alert) == ("", "")


def test_unknown_properties_stand_where_they_stood() -> None:
    made = json.loads(oruk_files(may_leave(everything()))[f"services/{number('service')}.json"])
    assert made["vendor"] == {"a": [1, "<b>two</b>"]}
    assert made["pc_audience"] == [{"id": "Young", "weight": 2}]


@pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is not here")
@pytest.mark.parametrize(
    "place",
    [
        "directory/bristol-oruk-v3-live",
        "oruk/feeds/V3.0-UK-Default",
        "oruk/feeds/V3.0-UK-Warn",
        "oruk/examples",
    ],
)
def test_published_feeds_come_back_as_they_were_read(place: str, tmp_path: Path) -> None:
    read = [item for item in read_oruk([DATA / place], today=TODAY).records if isinstance(item, InDirectory)]
    out, back = out_and_in(read, tmp_path)
    assert out
    assert differences(out, back) == []


# Text as people and feeds write it: marks, odd spaces, entities.
TEXT = st.text(max_size=30) | st.text(alphabet="<>&;/ abp=\"'!-#x0nbs\n", max_size=25)
LINE = TEXT.map(one_line)
PROSE = TEXT.map(plain)
SOME = st.lists(LINE.filter(bool), max_size=3, unique=True).map(tuple)
JSON = st.recursive(
    st.booleans() | st.integers(-9, 10**6) | st.text(max_size=8).filter(str.strip),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(st.sampled_from("vendor a_b note items".split()), inner, min_size=1, max_size=3)
    ),
    max_leaves=6,
)
UNKNOWN = st.dictionaries(
    st.sampled_from("pc_x vendor note eligibilitys phones serviceId value licenses schedules".split()),
    JSON,
    max_size=3,
)
DAY = st.sampled_from(["", "2026-11-01", "2025-02-28"])
CELL = LINE | st.sampled_from(
    ["5", "2.5", "WEEKLY", "DAILY", "2026-01-01", "http://a b/", "https://ash.example/x"]
)
DETAIL = st.dictionaries(
    st.sampled_from(
        "name extent uri description freq interval byday opens_at amount option notes count url id "
        "schedule_link vendor".split()
    ),
    CELL.filter(bool) | st.integers(0, 99),
    min_size=1,
    max_size=4,
)
DETAILS = st.lists(DETAIL, max_size=3)
MARKS = st.lists(
    st.dictionaries(
        st.sampled_from("term name taxonomy value label description code id link_type vendor".split()),
        CELL.filter(bool),
        min_size=1,
        max_size=4,
    ),
    max_size=3,
)


@st.composite
def directories(draw: Any) -> list[InDirectory]:
    """A small directory: what an import could have brought, with what people here add to it."""
    agency = Agency(
        id=number("g-agency"),
        name=draw(LINE) or "Ash",
        other_names=draw(SOME),
        description=draw(PROSE),
        agency_type=draw(LINE),
        phone=draw(st.sampled_from(["", "0117 496 0001", "999"])),
        website=draw(st.sampled_from(["", "https://ash.example/ü?q=ä#ö", "http://[x/"])),
        policies=draw(PROSE),
        risk_role=draw(PROSE),
        checked_on=draw(DAY),
        extra=draw(UNKNOWN) or None,
    )
    place = Location(
        id=number("g-place"),
        name=draw(LINE),
        location_type=draw(st.sampled_from(["", "physical", "virtual"])),
        address=draw(st.sampled_from(["", "1 Invented Row", "1 Invented Row\nEastmere\nEastshire"])),
        latitude="51.5",
        longitude="-2.25",
        transport=draw(PROSE),
        extra=draw(UNKNOWN) or None,
    )
    service = Service(
        id=number("g-service"),
        agency=agency.id,
        name=draw(LINE) or "Larch",
        other_names=draw(SOME),
        description=draw(PROSE),
        status=draw(st.sampled_from(["", "active", "temporarily closed"])),
        minimum_age=draw(st.sampled_from(["", "4", "11.5"])),
        maximum_age=draw(st.sampled_from(["", "17.5", "25"])),
        eligibility=draw(PROSE),
        how_to_refer=draw(PROSE),
        fees=draw(PROSE),
        wait=draw(LINE),
        wait_as_at=draw(DAY),
        capacity=draw(LINE),
        capacity_as_at=draw(DAY),
        referrals=draw(st.sampled_from(["", "open", "waiting list", "closed"])),
        sessions=draw(PROSE),
        review_every=draw(LINE),
        alert=draw(PROSE),
        commissioner=draw(LINE),
        contract_end=draw(st.sampled_from(["", "2027", "2027-03-31"])),
        types=draw(SOME),
        needs=draw(SOME),
        languages=draw(SOME),
        locations=(place.id,) if draw(st.booleans()) else (),
        areas=draw(DETAILS) or None,
        schedules=draw(DETAILS) or None,
        costs=draw(DETAILS) or None,
        attributes=draw(MARKS) or None,
        extra=draw(UNKNOWN) or None,
        checked_on=draw(DAY),
    )
    criterion = Criterion(
        id=number("g-criterion"),
        service=service.id,
        about=draw(st.sampled_from(list(About))).value,
        rule=draw(st.sampled_from(list(Rule))).value,
        values=draw(SOME),
        note=f"Ask. {draw(PROSE)}",
        checked_on=draw(DAY),
    )
    route = ReferralRoute(
        id=number("g-route"),
        service=service.id,
        who=draw(SOME),
        how=draw(LINE),
        to=draw(LINE),
        note=f"Ask. {draw(PROSE)}",
    )
    up = EscalationRoute(
        id=number("g-up"),
        level=draw(st.sampled_from(list(EscalationLevel))).value,
        agency=draw(st.sampled_from(["", agency.id])),
        note=draw(PROSE),
    )
    desk = Contact(
        id=number("g-desk"),
        service=service.id,
        title=draw(LINE) or "Desk",
        email=draw(st.sampled_from(["", "duty@ash.example"])),
        extra=draw(UNKNOWN) or None,
    )
    area = Area(id=number("g-area"), code="E99000009", name=draw(LINE), within=draw(SOME))
    return [agency, place, service, criterion, route, up, desk, area]


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
@given(directories())
def test_import_export_import_is_the_identity(records: list[InDirectory]) -> None:
    with tempfile.TemporaryDirectory() as name:
        _, first = out_and_in(records, Path(name) / "first")
        out, second = out_and_in(first, Path(name) / "second")
        assert {item.KIND for item in first} == {item.KIND for item in records}
        assert differences(out, second) == []
        out, third = out_and_in(second, Path(name) / "third")
        assert differences(out, third) == differences(second, third) == []
        files = oruk_files(may_leave(second))
        again = read_oruk([written(files, Path(name) / "fourth")], today=TODAY)
        assert (
            oruk_files(may_leave([item for item in again.records if isinstance(item, InDirectory)])) == files
        )
