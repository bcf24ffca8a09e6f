"""Each criterion held against a child: ages with decimals, areas by published codes, and the service's own rules."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csa_desk.casework.atlas import Atlas, Known
from csa_desk.casework.match_lines import (
    Asked,
    Judge,
    Line,
    Outcome,
    Rules,
    Seeking,
    Verdict,
    upper_end,
    verdict_of,
    weight_of,
)


def seeking(
    age: float | tuple[float, float] | None = 11.5,
    area: str = "E06000001",
    name: str = "Eastmere",
    reported: bool | None = None,
) -> Seeking:
    span = (age, age) if isinstance(age, float | int) else age
    return Seeking("Rowan", span, area, name, reported, 1)


@pytest.fixture
def atlas() -> Atlas:
    """A council that took two others' place, one whose code changed, a force, and a board that holds a council."""
    made = Atlas()
    made.add(Known("E06000001", "council", "Eastmere", ""), ["Eastmere Borough"], within=["E23000001"])
    made.add(Known("E06000002", "council", "Wrenfield", ""))
    made.add(Known("E07000001", "council", "Old Wren", "2019-03-31"), successors=["E06000002"])
    made.add(Known("E07000002", "council", "Old Field", "2019-03-31"), successors=["E06000002"])
    made.add(Known("E08000016", "council", "Barnfell", "2024-04-01"), successors=["E08000038"])
    made.add(Known("E08000038", "council", "Barnfell", ""))
    made.add(Known("E23000001", "police", "Eastshire Police", ""))
    made.add(Known("E06000009", "council", "Twice", ""))
    made.add(Known("E06000010", "council", "Twice", ""))
    return made


def areas(*named: str) -> str:
    return json.dumps([{"name": name, "extent": name} for name in named])


def line(lines: tuple[Line, ...], about: str) -> Line:
    return next(item for item in lines if item.about == about)


def judged(atlas: Atlas, child: Seeking, **asked: object) -> tuple[Line, ...]:
    return Judge(child, atlas).lines(Asked(**asked))  # type: ignore[arg-type]


AGES = st.floats(min_value=0, max_value=25, allow_nan=False)


@given(age=AGES, low=st.integers(0, 17), years=st.integers(0, 10))
def test_whole_years_hold_from_the_first_birthday_until_the_day_before_the_next(
    age: float, low: int, years: int
) -> None:
    high = low + years
    found = line(judged(Atlas(), seeking(age), minimum_age=str(low), maximum_age=str(high)), "age")
    assert (found.outcome == Outcome.FITS) == (low <= age < high + 1)


@given(age=AGES, low=st.decimals(0, 12, places=1), high=st.decimals(13, 25, places=1))
def test_ages_with_decimals_mean_what_they_say(age: float, low: object, high: object) -> None:
    said = f"{high}"
    if said.endswith(".0"):
        said = f"{float(said) + 0.5}"
    found = line(judged(Atlas(), seeking(age), minimum_age=f"{low}", maximum_age=said), "age")
    assert (found.outcome == Outcome.FITS) == (float(f"{low}") <= age <= float(said))


@given(age=AGES, low=st.sampled_from(["", "-1", "4", "12.5"]), high=st.sampled_from(["", "-1", "17", "11"]))
def test_no_age_is_ever_taken_for_every_age(age: float, low: str, high: str) -> None:
    found = line(judged(Atlas(), seeking(age), minimum_age=low, maximum_age=high), "age")
    unlimited = upper_end(high) is None and low in ("", "-1")
    assert (found.outcome == Outcome.ASK) == unlimited
    assert not unlimited or "Not known" in found.words


@pytest.mark.parametrize(
    ("age", "low", "high", "outcome", "near"),
    [
        (17.99, "4", "17", Outcome.FITS, False),
        (18.0, "4", "17", Outcome.NOT, True),
        (19.1, "4", "17", Outcome.NOT, False),
        (12.4, "12.5", "", Outcome.NOT, True),
        (12.5, "12.5", "", Outcome.FITS, False),
        (11.5, "12.5", "", Outcome.NOT, True),
        (11.49, "12.5", "", Outcome.NOT, False),
        ((11.2, 12.1), "12", "17", Outcome.ASK, False),
        ((13.0, 14.0), "12", "17", Outcome.FITS, False),
        (None, "12", "17", Outcome.ASK, False),
    ],
)
def test_a_child_beside_a_limit_of_age_nearly_fits(
    age: float | tuple[float, float] | None, low: str, high: str, outcome: Outcome, near: bool
) -> None:
    found = line(judged(Atlas(), seeking(age), minimum_age=low, maximum_age=high), "age")
    assert (found.outcome, found.near) == (outcome, near)
    assert bool(found.question) == (outcome == Outcome.ASK or near)
    assert "Rowan" not in found.question


def test_a_second_band_of_ages_counts_and_one_that_is_left_out_does_too(atlas: Atlas) -> None:
    second = Rules("age", "only", "16", "18")
    without = Rules("age", "not", "11", "12")
    asked = {"minimum_age": "4", "maximum_age": "9", "rules": (second,)}
    assert line(judged(atlas, seeking(17.0), **asked), "age").outcome == Outcome.FITS
    assert line(judged(atlas, seeking(13.0), **asked), "age").outcome == Outcome.NOT
    for age, outcome in (
        (10.9, Outcome.FITS),
        (11.0, Outcome.NOT),
        (12.9, Outcome.NOT),
        (13.0, Outcome.FITS),
    ):
        rules = {"minimum_age": "4", "maximum_age": "17", "rules": (without,)}
        assert line(judged(atlas, seeking(age), **rules), "age").outcome == outcome


@pytest.mark.parametrize(
    ("said", "home", "outcome"),
    [
        ("Eastmere", "E06000001", Outcome.FITS),
        ("E06000001", "E06000001", Outcome.FITS),
        ("Eastmere Borough", "E06000001", Outcome.FITS),
        ("Eastshire Police", "E06000001", Outcome.FITS),
        ("England", "E06000001", Outcome.FITS),
        ("England and Wales", "E06000001", Outcome.FITS),
        ("Wales", "E06000001", Outcome.NOT),
        ("Wrenfield", "E06000001", Outcome.NOT),
        ("E08000016", "E08000038", Outcome.FITS),
        ("E08000038", "E08000016", Outcome.FITS),
        ("E07000001", "E06000002", Outcome.ASK),
        ("E06000002", "E07000001", Outcome.FITS),
        ("Eastmere", "E23000001", Outcome.ASK),
        ("The coast and the moor", "E06000001", Outcome.ASK),
        ("Twice", "E06000009", Outcome.ASK),
    ],
)
def test_an_area_is_judged_by_what_the_lists_say_and_by_nothing_else(
    atlas: Atlas, said: str, home: str, outcome: Outcome
) -> None:
    child = seeking(area=home, name=atlas.title(home))
    assert line(judged(atlas, child, areas=areas(said)), "area").outcome == outcome


def test_an_area_that_is_not_known_is_asked_about(atlas: Atlas) -> None:
    assert line(judged(atlas, seeking()), "area").question == "Do you serve Eastmere?"
    nowhere = line(judged(atlas, seeking(area="", name=""), areas=areas("Eastmere")), "area")
    assert nowhere.outcome == Outcome.ASK
    assert "is not entered" in nowhere.words
    by_name = line(
        judged(Atlas(), seeking(area="", name="Mill Quarter"), areas=areas("mill  quarter")), "area"
    )
    assert by_name.outcome == Outcome.FITS


def test_one_area_of_several_is_enough_and_one_left_out_is_too_many(atlas: Atlas) -> None:
    assert (
        line(judged(atlas, seeking(), areas=areas("Wrenfield", "Eastmere")), "area").outcome == Outcome.FITS
    )
    left = (Rules("area", "not", values=("E06000001",)),)
    found = line(judged(atlas, seeking(), areas=areas("England"), rules=left), "area")
    assert found.outcome == Outcome.NOT
    assert "but not Eastmere" in found.words


@given(
    values=st.lists(st.text(max_size=20), max_size=4),
    rule=st.sampled_from(["only", "not", "either"]),
    note=st.text(max_size=30),
)
def test_a_kind_of_abuse_never_rules_a_service_out(values: list[str], rule: str, note: str) -> None:
    found = judged(Atlas(), seeking(), rules=(Rules("abuse", rule, values=tuple(values), note=note),))
    assert line(found, "abuse").outcome in (Outcome.ASK, Outcome.FITS)


@pytest.mark.parametrize(
    ("rule", "reported", "outcome"),
    [
        ("only", True, Outcome.FITS),
        ("only", False, Outcome.NOT),
        ("only", None, Outcome.ASK),
        ("not", True, Outcome.NOT),
        ("either", False, Outcome.FITS),
    ],
)
def test_a_report_to_police_is_asked_for_by_the_service_and_never_urged(
    atlas: Atlas, rule: str, reported: bool | None, outcome: Outcome
) -> None:
    found = line(
        judged(atlas, seeking(reported=reported), rules=(Rules("police-report", rule),)), "police-report"
    )
    assert found.outcome == outcome
    assert found.near == (outcome == Outcome.NOT)


def test_who_may_ask_comes_from_the_rule_else_from_the_routes(atlas: Atlas) -> None:
    def said(**asked: object) -> Line:
        return line(judged(atlas, seeking(), **asked), "referrer")

    assert said(who_may_refer=("professional", "self")).words == "You may refer."
    assert "a carer has to ask" in said(who_may_refer=("carer",)).words.lower()
    assert said(who_may_refer=("police",)).outcome == Outcome.ASK
    assert said(rules=(Rules("referrer", "not", values=("professional",)),)).near
    one = judged(atlas, seeking(), who_may_refer=("self",), rules=(Rules("referrer", "either"),))
    assert [item.words for item in one if item.about == "referrer"] == ["Anybody may ask."]


def test_words_that_only_a_person_can_judge_bury_nothing(atlas: Atlas) -> None:
    fits = {"status": "active", "minimum_age": "4", "maximum_age": "17", "areas": areas("Eastmere")}
    lines = judged(atlas, seeking(), **fits, eligibility="Children who are brave")
    assert line(lines, "who-it-is-for").outcome == Outcome.READ
    assert verdict_of(lines) == Verdict.FITS


@pytest.mark.parametrize(
    ("status", "referrals", "verdict"),
    [
        ("active", "", Verdict.FITS),
        ("", "", Verdict.FITS),
        ("active", "waiting list", Verdict.FITS),
        ("active", "closed", Verdict.NEARLY),
        ("temporarily closed", "", Verdict.NEARLY),
        ("inactive", "", Verdict.NOT),
        ("defunct", "open", Verdict.NOT),
    ],
)
def test_what_is_paused_nearly_fits_and_what_has_closed_does_not(
    atlas: Atlas, status: str, referrals: str, verdict: Verdict
) -> None:
    fits = {"minimum_age": "4", "maximum_age": "17", "areas": areas("Eastmere")}
    assert verdict_of(judged(atlas, seeking(), status=status, referrals=referrals, **fits)) == verdict


@given(
    status=st.sampled_from(["", "active", "inactive", "temporarily closed"]),
    referrals=st.sampled_from(["", "open", "closed", "waiting list"]),
    low=st.sampled_from(["", "4", "12.5"]),
    high=st.sampled_from(["", "10", "17"]),
    said=st.sampled_from(["null", "[]", areas("Eastmere"), areas("Wrenfield"), areas("moor")]),
    age=st.one_of(st.none(), AGES),
)
def test_the_quick_way_weighs_as_the_lines_do(
    status: str, referrals: str, low: str, high: str, said: str, age: float | None
) -> None:
    judge = Judge(seeking(age), Atlas())
    asked = Asked(status, referrals, low, high, said, "In their words")
    assert judge.plain_weight(status, referrals, low, high, said) == weight_of(judge.lines(asked))
