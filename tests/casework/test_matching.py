"""Who could help a child: over a real vault, with nothing left out."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from csa_desk.casework.casefile import CaseFile, open_file
from csa_desk.casework.desk import Desk
from csa_desk.casework.home_area import area_choices, home_area_words, say_home_area
from csa_desk.casework.match_words import in_lines, phone_list
from csa_desk.casework.matching import Verdict, as_json, match, without_ids
from csa_desk.errors import InputError
from csa_desk.records.cases import HomeArea
from csa_desk.records.directory import Agency, Service
from csa_desk.records.directory_facts import About, Area, Criterion, ReferralRoute, Rule
from csa_desk.store.check import check

Add = Callable[..., CaseFile]


def put(desk: Desk, *records: Any) -> None:
    with desk.vault.write() as writing:
        for record in records:
            writing.put(record, "imported")


def service(number: str, **said: Any) -> Service:
    fits = {
        "status": "active",
        "minimum_age": "4",
        "maximum_age": "17",
        "areas": [{"id": f"area-{number}", "name": "Eastmere", "extent": "Eastmere"}],
        "checked_on": "2026-11-01",
    }
    return Service(id=number, name=f"Service {number}", agency="a1", **{**fits, **said})


@pytest.fixture
def rowan(desk: Desk, add: Add) -> CaseFile:
    """A child of eleven who lives in Eastmere."""
    put(
        desk,
        Agency(id="a1", name="Linden Trust"),
        Area(id="e1", code="E06000001", what="council", name="Eastmere"),
        Area(id="e2", code="E06000002", what="council", name="Wrenfield"),
        Area(id="e3", code="E07000003", what="council", name="Gone", ended="2019-03-31"),
        Area(id="e4", code="E23000001", what="police", name="Eastshire"),
    )
    file = add("Rowan Bramley", child={"name": "Rowan Bramley", "birth_date": "2015-04-02"})
    say_home_area(desk, file, "eastmere")
    return open_file(desk, file.code)


def test_every_service_stands_in_the_answer_with_a_verdict(desk: Desk, rowan: CaseFile) -> None:
    put(
        desk,
        service("1"),
        service("2", minimum_age="12"),
        service("3", minimum_age="16"),
        service("4", areas=None),
        service("5", status="defunct"),
        service("6", status="temporarily closed"),
        service("7", areas=[{"name": "Wrenfield"}]),
        service("8", removed=True),
        Criterion(id="c", service="1", about=About.POLICE, rule=Rule.EITHER),
    )
    found = match(desk, rowan)
    by_verdict = {verdict: [fit.candidate.service for fit in found.of(verdict)] for verdict in Verdict}
    assert by_verdict == {
        Verdict.FITS: ["1"],
        Verdict.ASK: ["4"],
        Verdict.NEARLY: ["2", "6"],
        Verdict.NOT: ["3", "5", "7"],
    }
    assert sum(found.counts.values()) == len(found.fits) == 7
    assert found.in_words == "fit: 1, ask first: 1, nearly fit: 2, do not fit: 3"
    told = as_json(desk, rowan, found)
    assert told["counts"] == {"fits": 1, "ask-first": 1, "nearly-fits": 2, "does-not-fit": 3}
    assert [one["id"] for one in told["services"]] == ["1", "4", "2", "6", "3", "5", "7"]
    assert told["services"][0]["agency"] == "Linden Trust"


def test_what_is_asked_on_the_phone_names_no_child(desk: Desk, rowan: CaseFile) -> None:
    put(desk, service("1", minimum_age="", maximum_age="", areas=None))
    found = match(desk, rowan)
    said = phone_list(found.fits)
    assert said.splitlines() == [
        "Service 1, Linden Trust",
        "- Do you see somebody of 11?",
        "- Do you serve Eastmere?",
    ]
    assert "Rowan" not in said


def test_misfits_are_counted_and_named_on_demand(desk: Desk, rowan: CaseFile) -> None:
    put(desk, service("1"), service("2", status="defunct"))
    few, all_of_them = [list(in_lines(match(desk, rowan), misfits=misfits)) for misfits in (False, True)]
    assert not any("Service 2" in line for line in few)
    assert any("do not fit: 1" in line for line in few)
    assert any("Service 2" in line for line in all_of_them)
    assert "    does not fit: It has closed." in all_of_them


def test_within_a_verdict_fewest_questions_then_freshest_stand_first(desk: Desk, rowan: CaseFile) -> None:
    put(
        desk,
        service("1", checked_on="2020-01-01"),
        service("2"),
        service("3", areas=None, minimum_age="", maximum_age=""),
        service("4", areas=None, checked_on=""),
    )
    assert [fit.candidate.service for fit in match(desk, rowan).fits] == ["2", "1", "4", "3"]
    assert [fit.freshness for fit in match(desk, rowan).fits] == ["fresh", "unproven", "unproven", "fresh"]


def test_a_change_to_the_directory_counts_at_once(desk: Desk, rowan: CaseFile) -> None:
    put(desk, service("1"))
    assert match(desk, rowan).counts[Verdict.FITS] == 1
    put(desk, service("1", status="defunct"))
    assert match(desk, rowan).counts[Verdict.NOT] == 1
    put(desk, service("1"), ReferralRoute(id="r", service="1", who=("police",)))
    assert match(desk, rowan).counts[Verdict.ASK] == 1
    put(desk, Area(id="e1", code="E06000001", what="council", name="Eastmere", removed=True))
    assert match(desk, rowan).counts[Verdict.ASK] == 1


def test_only_services_of_a_kind_or_for_a_need_where_asked(desk: Desk, rowan: CaseFile) -> None:
    put(
        desk,
        service("1", types=("therapy",)),
        service("2", types=("housing",), needs=("health",)),
        service("3"),
    )

    def found(**only: Any) -> list[str]:
        return [fit.candidate.service for fit in match(desk, rowan, **only).fits]

    assert found(types=["therapy", "housing"]) == ["1", "2"]
    assert found(needs_met=["health"]) == ["2"]
    assert found(types=["therapy"], needs_met=["health"]) == []


# --- where a child lives ----------------------------------------------------------------------------------------


def test_where_a_child_lives_is_a_dated_event(desk: Desk, rowan: CaseFile) -> None:
    say_home_area(desk, rowan, "E06000002", "2026-11-20")
    file = open_file(desk, rowan.code)
    assert home_area_words(desk, file) == "Eastmere"
    assert [(item.area, item.area_name, item.since) for item in desk.vault.read.find(HomeArea)] == [
        ("E06000001", "Eastmere", "2026-11-24"),
        ("E06000002", "Wrenfield", "2026-11-20"),
    ]
    before = file.home_area("2026-11-21")
    assert before is not None
    assert before.area_name == "Wrenfield"
    assert check(desk.vault).findings == ()


def test_an_area_that_no_list_names_stands_by_its_name(desk: Desk, rowan: CaseFile) -> None:
    assert say_home_area(desk, rowan, "  Mill   Quarter ").area_name == "Mill Quarter"
    assert say_home_area(desk, rowan, "e09000099").area == "E09000099"


@pytest.mark.parametrize("said", ["", "   "])
def test_an_area_has_to_be_said(desk: Desk, rowan: CaseFile, said: str) -> None:
    with pytest.raises(InputError, match="Say which area"):
        say_home_area(desk, rowan, said)


def test_a_name_that_two_areas_bear_is_asked_about(desk: Desk, rowan: CaseFile) -> None:
    put(desk, Area(id="e9", code="E06000009", what="council", name="Wrenfield"))
    with pytest.raises(InputError, match="E06000002, E06000009"):
        say_home_area(desk, rowan, "Wrenfield")


def test_a_day_ahead_is_refused(desk: Desk, rowan: CaseFile) -> None:
    with pytest.raises(InputError, match="ahead of today"):
        say_home_area(desk, rowan, "Wrenfield", "2026-11-25")


def test_the_choice_offers_the_councils_of_today(desk: Desk, rowan: CaseFile) -> None:
    assert [item.name for item in area_choices(desk)] == ["Eastmere", "Wrenfield"]


def test_a_child_can_be_added_with_where_they_live(desk: Desk, rowan: CaseFile, add: Add) -> None:
    file = add("Holly Bramley", home_area="Wrenfield", opened="2026-09-01")
    found = file.home_area("2026-09-01")
    assert found is not None
    assert (found.area, found.since) == ("E06000002", "2026-09-01")


def test_their_own_words_stand_in_the_answer_and_in_each_fit(desk: Desk, rowan: CaseFile) -> None:
    put(desk, service("1", eligibility="Children who are brave"), service("2"))
    found = match(desk, rowan)
    said = [[line.words for line in fit.lines if line.outcome == "read"] for fit in found.fits]
    assert said == [["In their words: Children who are brave"], []]
    told = [[line["words"] for line in one["criteria"]] for one in as_json(desk, rowan, found)["services"]]
    assert told == [[line.words for line in fit.lines] for fit in found.fits]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ('[{"extent":"E","id":"x","name":"E"}]', '[{"extent":"E","name":"E"}]'),
        ('[{"id":"x","name":"E"},{"id":"y","name":"W"}]', '[{"name":"E"},{"name":"W"}]'),
        ('[{"extent":"E","id":"x"}]', '[{"extent":"E"}]'),
        ('[{"id":"x"}]', "[{}]"),
        ('[{"id":"a\\"b","name":"E"}]', '[{"id":"a\\"b","name":"E"}]'),
        ("null", "null"),
    ],
)
def test_areas_that_differ_by_a_feeds_own_id_alone_are_one_text(said: str, kept: str) -> None:
    assert without_ids(said) == kept
    assert json.loads(said) is None or len(json.loads(kept)) == len(json.loads(said))
