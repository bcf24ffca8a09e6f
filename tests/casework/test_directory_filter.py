"""The directory narrowed: by kind, need, area, whether it runs, how sure it is, with words and without."""

from typing import Any

import pytest

from csa_desk.casework.desk import Desk
from csa_desk.casework.directory import find
from csa_desk.casework.directory_filter import Filter, counts, narrowed, passing
from csa_desk.records.directory import Agency, Service
from csa_desk.records.directory_facts import Area

EAST = "E06000001"
EASTMERE: list[Any] = [{"name": "Eastmere"}]


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """Five services that differ in one thing each."""
    with desk.vault.write() as writing:
        for record in (
            Area(id="e", code=EAST, what="council", name="Eastmere"),
            Agency(id="a", name="Linden art"),
            Service(
                id="1",
                name="Art",
                types=("counselling",),
                needs=("health",),
                areas=EASTMERE,
                checked_on="2026-11-01",
            ),
            Service(
                id="2",
                name="Brook",
                types=("housing",),
                areas=[{"name": "Wrenfield"}],
                checked_on="2026-03-01",
            ),
            Service(id="3", name="Crane art", referrals="closed"),
            Service(id="4", name="Dell", status="temporarily closed"),
            Service(id="5", name="Elder", status="defunct", areas=EASTMERE),
        ):
            writing.put(record, "imported")
    return desk


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Filter(), ["1", "2", "3", "4", "5"]),
        (Filter(kind="csa-therapy"), ["1"]),
        (Filter(need="health"), ["1"]),
        (Filter(area=EAST), ["1", "5"]),
        (Filter(area=EAST, runs="runs"), ["1"]),
        (Filter(runs="open"), ["1", "2"]),
        (Filter(runs="runs"), ["1", "2", "3"]),
        (Filter(runs="stopped"), ["4", "5"]),
        (Filter(sure="fresh"), ["1"]),
        (Filter(sure="ageing"), ["2"]),
        (Filter(sure="unproven"), ["3", "4", "5"]),
    ],
)
def test_only_what_passes_is_listed_by_name(filled: Desk, wanted: Filter, ids: list[str]) -> None:
    assert passing(filled, wanted) == ids
    found, whole = narrowed(filled, "", wanted, 200)
    assert ([entry.record.id for entry in found], whole) == (ids, len(ids))


def test_words_are_found_among_what_passes_and_slips_are_forgiven(filled: Desk) -> None:
    def found(words: str, wanted: Filter) -> list[str]:
        return [entry.record.id for entry in narrowed(filled, words, wanted, 200)[0]]

    assert sorted(found("art", Filter(runs="runs"))) == ["1", "3"]
    assert found("art", Filter(runs="open")) == ["1"]
    assert found("brok", Filter(kind="housing")) == ["2"]
    assert found("brook", Filter(kind="csa-therapy")) == []


def _crowd(desk: Desk, last: Service) -> None:
    with desk.vault.write() as writing:
        for number in range(1300):
            writing.put(Service(id=f"crowd-{number}", name=f"Art for families {number}"), "imported")
        writing.put(last, "imported")


def test_a_service_that_passes_is_found_behind_a_crowd_that_fits_the_words(filled: Desk) -> None:
    _crowd(filled, Service(id="last", name="Evening art", areas=EASTMERE))
    found, _ = narrowed(filled, "art", Filter(area=EAST), 200)
    assert sorted(entry.record.id for entry in found) == ["1", "last"]


def test_the_service_of_exactly_this_name_comes_first_behind_a_crowd(filled: Desk) -> None:
    _crowd(filled, Service(id="last", name="Art for families"))
    assert find(filled, "art for families", 50)[0].record.id == "last"


def test_each_choice_says_how_many_there_are(filled: Desk) -> None:
    found = counts(filled)
    assert found["kind"] == {"csa-therapy": 1, "housing": 1}
    assert found["need"] == {"health": 1}
    assert found["runs"] == {"open": 2, "runs": 3, "stopped": 2}
    assert found["sure"] == {"fresh": 1, "ageing": 1, "unproven": 3}
