"""The maps: who leads, helps and is told at each step; which services there are for which ages; and nobody."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csa_desk.casework.desk import Desk
from csa_desk.casework.gap_map import NOT_STATED, Count, gap_map
from csa_desk.casework.guidance import role_card
from csa_desk.casework.local_cards import holders, local_reference, save_cards
from csa_desk.casework.map_prints import gap_charts, role_chart, save_charts
from csa_desk.casework.match_lines import number, upper_end
from csa_desk.casework.role_map import Part, cell_words, map_areas, role_map
from csa_desk.content.reading import Packs
from csa_desk.errors import InputError
from csa_desk.paths import resource
from csa_desk.records.directory import Agency, AgencyRole, Contact, Location, Service
from csa_desk.records.directory_facts import Area

EAST, WREN = "E06000001", "E06000002"
EASTMERE: list[Any] = [{"name": "Eastmere"}]


def put(desk: Desk, *records: Any) -> None:
    with desk.vault.write() as writing:
        for record in records:
            writing.put(record, "imported")


@pytest.fixture
def here(desk: Desk) -> Desk:
    """Two councils, three agencies."""
    put(
        desk,
        Area(id="e", code=EAST, what="council", name="Eastmere"),
        Area(id="w", code=WREN, what="council", name="Wrenfield"),
        Agency(id="police", name="Eastshire Police"),
        Agency(id="trust", name="Linden Trust"),
        Agency(id="council", name="Eastmere Council"),
    )
    return desk


def test_a_role_in_an_area_leads_there_and_nowhere_else(here: Desk) -> None:
    put(
        here,
        AgencyRole(
            id="r1", agency="council", role="childrens-social-care", area=EAST, checked_on="2026-11-01"
        ),
        AgencyRole(id="r2", agency="police", role="police"),
    )
    east, wren = role_map(here, EAST), role_map(here, WREN)
    assert east.at("strategy", Part.LEADS) == ["Eastmere Council"]
    assert east.at("strategy", Part.HELPS) == ["Eastshire Police"]
    assert wren.at("strategy", Part.LEADS) == []
    assert "strategy" in wren.nobody_leads
    assert "strategy" not in east.nobody_leads
    assert "court" in east.nobody_leads
    cell = east.cells["strategy", "council"]
    assert cell_words("Strategy discussion", "Eastmere Council", cell) == (
        "Strategy discussion: Eastmere Council leads. Children’s social care in Eastmere, checked 1 November 2026"
    )


def test_the_most_an_agency_does_at_a_step_is_what_stands_there(here: Desk) -> None:
    put(
        here,
        AgencyRole(id="r1", agency="trust", role="school"),
        AgencyRole(id="r2", agency="trust", role="childrens-social-care"),
    )
    assert role_map(here).cells["safety", "trust"].part == Part.LEADS


@pytest.mark.parametrize(
    ("service", "leads"),
    [
        ({}, True),
        ({"status": "defunct"}, False),
        ({"areas": [{"name": "Wrenfield"}]}, False),
        ({"types": ("knitting",)}, False),
        ({"removed": True}, False),
    ],
)
def test_a_service_that_runs_here_stands_for_the_role_of_its_kind(
    here: Desk, service: dict[str, Any], leads: bool
) -> None:
    said = {"types": ("counselling",), "areas": [{"name": "Eastmere"}], "status": "active", **service}
    put(here, Service(id="s", name="Linden therapy", agency="trust", **said))
    assert (role_map(here, EAST).at("pre-trial-therapy", Part.LEADS) == ["Linden Trust"]) == leads


@pytest.mark.parametrize(
    ("since", "until", "there"), [("2027-01-01", "", 0), ("", "2026-01-01", 0), ("2026-01-01", "", 1)]
)
def test_a_role_counts_from_its_first_to_its_last_day(here: Desk, since: str, until: str, there: int) -> None:
    put(here, AgencyRole(id="r", agency="police", role="police", since=since, until=until))
    assert len(role_map(here).agencies) == there


def test_the_areas_of_the_maps_are_those_the_directory_names(here: Desk) -> None:
    put(
        here,
        Service(id="s", areas=[{"name": "Wrenfield"}, {"name": "The moor"}]),
        AgencyRole(id="r", agency="police", role="police", area=EAST),
    )
    assert map_areas(here) == [(EAST, "Eastmere"), ("The moor", "The moor"), (WREN, "Wrenfield")]


# --- gaps -------------------------------------------------------------------------------------------------------


def test_the_gap_map_counts_by_kind_age_and_area_and_says_nobody(here: Desk) -> None:
    put(
        here,
        Service(id="1", types=("counselling",), minimum_age="4", maximum_age="17", areas=EASTMERE),
        Service(id="2", types=("therapy",), minimum_age="11", maximum_age="25", areas=EASTMERE),
        Service(
            id="3",
            types=("therapy",),
            minimum_age="11",
            maximum_age="13",
            status="temporarily closed",
            areas=EASTMERE,
        ),
        Service(id="4", types=("therapy",), status="defunct", areas=EASTMERE),
        Service(id="5", types=("housing",), areas=EASTMERE),
        Service(id="6", minimum_age="0", maximum_age="4"),
    )
    found = gap_map(here, [EAST, WREN])
    bands = ["under-5", "5-to-10", "11-to-13", "14-to-17", "18-to-25", NOT_STATED]
    assert [found.words("csa-therapy", band, EAST, short=True) for band in bands] == [
        "1",
        "1",
        "2+1",
        "2",
        "1",
        "–",
    ]
    assert found.words("csa-therapy", "11-to-13", EAST) == "2, and 1 that takes nobody new"
    assert [found.words("csa-therapy", band, WREN) for band in bands[:5]] == ["nobody"] * 5
    assert [found.words("housing", band, EAST) for band in bands] == ["nobody"] * 5 + ["1"]
    assert found.words(NOT_STATED, "under-5", NOT_STATED) == "1"
    assert found.services == 5
    assert [name for _, name in found.areas] == ["Eastmere", "Wrenfield", "Area not stated"]


@given(
    services=st.lists(
        st.tuples(
            st.sampled_from(["", "0", "4.5", "11", "18"]),
            st.sampled_from(["", "4", "10.5", "13", "17", "25"]),
            st.sampled_from(["active", "temporarily closed", "defunct"]),
        ),
        max_size=5,
    )
)
def test_every_running_service_is_counted_where_its_ages_meet_a_band_and_nowhere_else(
    module_desk: Desk, services: list[tuple[str, str, str]]
) -> None:
    with module_desk.vault.write() as writing:
        for at in range(5):
            low, high, status = services[at] if at < len(services) else ("", "", "defunct")
            writing.put(
                Service(id=f"s{at}", minimum_age=low, maximum_age=high, status=status, types=("housing",))
            )
    found = gap_map(module_desk)
    for band in module_desk.packs.pathway.band:
        meets = [
            status
            for low, high, status in services
            if (low or high)
            and status != "defunct"
            and (not low or float(low) < band.highest + 1)
            and (not high or (upper_end(high) or 0) > band.lowest)
        ]
        count = found.at("housing", band.id, "")
        assert (count.open, count.waiting) == (meets.count("active"), meets.count("temporarily closed"))
    unstated = [status for low, high, status in services if not low and not high and status != "defunct"]
    assert found.at("housing", NOT_STATED, "").open == unstated.count("active")


def test_the_bands_of_the_pack_leave_no_age_out() -> None:
    bands = sorted(Packs(resource("content")).pathway.band, key=lambda item: item.order)
    assert bands[0].lowest == 0
    assert all(two.lowest == one.highest + 1 for one, two in pairwise(bands))
    assert number("0") == 0


def test_a_count_in_words() -> None:
    assert [Count(*said).words for said in ((0, 0), (2, 0), (2, 1), (0, 3))] == [
        "nobody",
        "2",
        "2, and 1 that takes nobody new",
        "only 3 that take nobody new",
    ]


# --- on paper and as data ---------------------------------------------------------------------------------------


def test_the_charts_say_what_the_maps_do_and_name_no_place_and_no_person(here: Desk, tmp_path: Path) -> None:
    put(
        here,
        Location(id="l", address="1 Secret Street", withheld=True),
        Contact(id="c", service="s", name="Jo Adeyemi"),
        Service(
            id="s",
            name="Linden therapy",
            agency="trust",
            types=("therapy",),
            locations=("l",),
            areas=EASTMERE,
        ),
    )
    roles, gaps = role_map(here, EAST), gap_map(here, [EAST])
    chart = role_chart(here, roles)
    row = next(row for row in chart.rows if row[0] == "Therapy before a trial")
    assert row[1:] == ("Linden Trust (ring first)", "–", "–")
    assert next(row for row in chart.rows if row[0] == "Strategy discussion")[1] == "nobody"
    assert "strategy" in roles.nobody_leads
    assert gaps.services == 1
    charts = (chart, *gap_charts(here, gaps))
    assert not any(word in json.dumps([chart.rows for chart in charts]) for word in ("Secret", "Adeyemi"))
    out = tmp_path / "maps.pdf"
    save_charts(here, charts, out)
    assert out.read_bytes().startswith(b"%PDF")
    with pytest.raises(InputError, match="That is a folder"):
        save_charts(here, charts, tmp_path)


# --- role cards -------------------------------------------------------------------------------------------------


def test_a_card_says_who_it_is_here_by_mailbox_and_never_by_name(here: Desk, tmp_path: Path) -> None:
    put(
        here,
        Service(
            id="s",
            name="Linden therapy",
            agency="trust",
            phone="01632 1",
            checked_on="2026-11-20",
            areas=EASTMERE,
        ),
        AgencyRole(id="r", agency="trust", service="s", role="therapist"),
        Contact(id="c1", service="s", name="Jo Adeyemi", email="jo@linden.example"),
        Contact(id="c2", service="s", name="Referrals", email="refer@linden.example", role_mailbox=True),
    )
    (holder,) = holders(here, "therapist", EAST)
    assert holder.lines == (
        "Linden therapy, Linden Trust",
        "01632 1  ·  refer@linden.example",
        "Checked 20 November 2026",
    )
    assert holders(here, "therapist", WREN) == []
    card = local_reference(here, role_card(here, "therapist"), EAST)
    assert card.groups[-1].title == "Who it is in Eastmere"
    assert "Adeyemi" not in repr(card)
    assert local_reference(here, role_card(here, "gp")).groups[-1].title != "Who it is here"
    out = tmp_path / "deck.pdf"
    save_cards(here, (card, local_reference(here, role_card(here, "gp"))), out)
    assert out.read_bytes().startswith(b"%PDF")
    with pytest.raises(InputError, match="at least one"):
        save_cards(here, (), out)
