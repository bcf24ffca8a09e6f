"""Dates as people know them: whole, partial, unknown; ages that are never guessed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csa_desk.records.dates import Clock, age_on, age_range, is_date, short, spoken

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize("value", ["2026-11-24", "2024-02-29", "1950-01-01"])
def test_a_calendar_day_is_a_date(value: str) -> None:
    assert is_date(value)
    assert is_date(value, partial=True)


@pytest.mark.parametrize("value", ["2026-11", "2026"])
def test_a_month_or_a_year_is_a_date_only_where_partial_ones_are_taken(value: str) -> None:
    assert not is_date(value)
    assert is_date(value, partial=True)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "2026-02-30",
        "2025-02-29",
        "2026-13",
        "2026-00",
        "0000",
        "24/11/2026",
        "2026-1-1",
        "2026-11-24T10:00",
        "2026-11-24\n",
        "2026-11\n",
        " 2026",
        "٢٠٢٦-١١-٢٤",
        "２０２６",
    ],
)
def test_what_no_calendar_has_is_no_date(value: str) -> None:
    assert not is_date(value)
    assert not is_date(value, partial=True)


def test_an_age_goes_up_on_the_birthday_itself() -> None:
    assert age_on("2014-11-25", date(2026, 11, 24)) == 11
    assert age_on("2014-11-25", date(2026, 11, 25)) == 12


def test_somebody_born_on_29_february_is_a_year_older_on_1_march_of_a_common_year() -> None:
    assert age_on("2012-02-29", date(2026, 2, 28)) == 13
    assert age_on("2012-02-29", date(2026, 3, 1)) == 14


@pytest.mark.parametrize("birth", ["", "soon", "2027-01-01", "2027", "2014-11-24\n", "2014-13"])
def test_no_age_is_given_where_the_birth_date_says_none(birth: str) -> None:
    assert age_on(birth, date(2026, 11, 24)) is None


@given(born=DAYS, after=st.integers(0, 40_000), known=st.sampled_from([4, 7]))
def test_an_age_from_a_partial_date_is_right_or_is_not_given(born: date, after: int, known: int) -> None:
    today = born + timedelta(days=after)
    told = age_on(born.isoformat()[:known], today)
    assert told is None or told == age_on(born.isoformat(), today)


def test_an_age_is_given_from_a_month_or_a_year_where_it_cannot_be_wrong() -> None:
    assert age_on("2014-11", date(2026, 12, 1)) == 12
    assert age_on("2014-11", date(2026, 11, 29)) is None
    assert age_on("2014", date(2026, 12, 31)) == 12
    assert age_on("2014", date(2026, 12, 30)) is None


def test_dates_are_spoken_as_people_say_them() -> None:
    assert spoken("2026-11-24") == "24 November 2026"
    assert spoken("2026-11") == "November 2026"
    assert spoken("2026") == "2026"
    assert spoken("2026-11-24T10:42:07+00:00") == "24 November 2026"
    assert short("2026-11-04") == "4 Nov"
    assert short("2026-11") == "Nov 2026"
    assert short("2026") == "2026"


@pytest.mark.parametrize("value", ["", "2026-13", "2026-00", "2026-00-10", "2026-02-30", "next week"])
def test_what_is_no_date_is_spoken_as_not_known(value: str) -> None:
    assert spoken(value) == "date not known"
    assert short(value) == "–"


def test_a_moment_names_its_time_zone_and_counts_whole_seconds() -> None:
    moment = Clock().moment()
    assert moment.endswith("+00:00")
    assert len(moment) == len("2026-11-24T10:42:07+00:00")


@given(DAYS, DAYS)
def test_a_decimal_age_is_the_whole_age_and_a_part_of_the_year_to_the_next(birth: date, day: date) -> None:
    found = age_range(birth.isoformat(), day)
    if day < birth:
        assert found is None
    else:
        assert found is not None
        assert found[0] == found[1]
        assert int(found[0]) == age_on(birth.isoformat(), day)


def test_on_a_birthday_the_decimal_age_is_whole() -> None:
    assert age_range("2015-04-02", date(2026, 4, 2)) == (11, 11)
    assert age_range("2016-02-29", date(2027, 3, 1)) == (11, 11)


def test_a_partial_birth_date_gives_the_youngest_and_the_oldest_it_can_be() -> None:
    assert age_range("2015", date(2026, 12, 31)) == (11, pytest.approx(12, abs=0.01))
    assert age_range("2015-04", date(2026, 4, 30)) == (11, pytest.approx(11.08, abs=0.01))
    assert age_range("", date(2026, 4, 30)) is None
    assert age_range("2027", date(2026, 4, 30)) is None
