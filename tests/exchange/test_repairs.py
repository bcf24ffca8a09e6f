"""Single values are put right, or left out with a sentence that says what they were."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from csa_desk.exchange import repairs

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("low", "high", "wanted"),
    [
        (5, 18, ("5", "18")),
        (0, 25, ("0", "25")),
        (4.5, 11.0, ("4.5", "11")),
        ("11", "18 years", ("11", "18")),
        (-1, -1, ("", "")),
        (18, 5, ("", "")),
        (0, 0, ("", "")),
        (13, 999, ("13", "")),
        (None, "", ("", "")),
        ("all", True, ("", "")),
        ([], {"a": 1}, ("", "")),
        (10**300, "1e99", ("", "")),
    ],
)
def test_ages(low: Any, high: Any, wanted: tuple[str, str]) -> None:
    assert repairs.ages(low, high)[:2] == wanted


def test_ages_say_what_was_wrong_and_nothing_when_nothing_was() -> None:
    assert repairs.ages(5, 18)[2] == []
    assert repairs.ages(None, None)[2] == []
    assert "18, is above the highest, 5" in repairs.ages(18, 5)[2][0]
    assert len(repairs.ages(-1, -1)[2]) == 2


@pytest.mark.parametrize(
    ("given", "wanted", "told"),
    [
        ("2026-03-01", "2026-03-01", False),
        ("2026-03-01T09:30:00Z", "2026-03-01", True),
        ("01/03/2026", "2026-03-01", True),
        ("2026-02-30", "", True),
        ("soon", "", True),
        (20260301, "", True),
        (None, "", False),
        ("0001-01-01", "", True),
        ("3034-11-05", "", True),
    ],
)
def test_day_of_checking(given: Any, wanted: str, told: bool) -> None:
    found, said = repairs.check_day(given, TODAY)
    assert (found, bool(said)) == (wanted, told)


@pytest.mark.parametrize(
    ("given", "wanted", "told"),
    [
        ("2026-03-01T10:00:00Z", "2026-03-01T10:00:00+00:00", False),
        ("2026-07-01T10:00:00.123+01:00", "2026-07-01T09:00:00+00:00", False),
        ("2026-07-01T10:00:00+01", "2026-07-01T09:00:00+00:00", False),
        ("2026-03-01T10:00:00.654", "2026-03-01T10:00:00+00:00", True),
        ("0001-01-01T00:00:00+01:00", "", True),
        ("9999-12-31T23:59:59-10:00", "", True),
        ("yesterday", "", True),
        (True, "", True),
    ],
)
def test_moment_of_the_last_change(given: Any, wanted: str, told: bool) -> None:
    found, said = repairs.moment(given, TODAY)
    assert (found, bool(said)) == (wanted, told)


@pytest.mark.parametrize(
    ("given", "wanted", "told"),
    [
        ("https://larchwood.example/help", "https://larchwood.example/help", False),
        ("http://example.com/counselling", "http://example.com/counselling", False),
        ("http://www.example.com", "", True),
        ("https://example.org/", "", True),
        ("www.larchwood.org.uk", "http://www.larchwood.org.uk", True),
        ("https://larchwood.example/a b", "https://larchwood.example/a%20b", True),
        ("http://", "", True),
        ("javascript:alert(1)", "", True),
        ("file:///etc/passwd", "", True),
        ("help@larchwood.org.uk", "", True),
        ("no website", "", True),
        ("", "", False),
    ],
)
def test_web_address(given: str, wanted: str, told: bool) -> None:
    found, said = repairs.web_address(given, "web address")
    assert (found, bool(said)) == (wanted, told)


@pytest.mark.parametrize(
    ("given", "wanted", "others", "told"),
    [
        ("help@larchwood.org.uk", "help@larchwood.org.uk", (), False),
        ("mailto:help@larchwood.org.uk", "help@larchwood.org.uk", (), True),
        ("a@x.org.uk; b@x.org.uk", "a@x.org.uk", ("b@x.org.uk",), True),
        ("Unknown-177@noemail.invalid", "", (), True),
        ("see the website", "", (), True),
        ("", "", (), False),
    ],
)
def test_email(given: str, wanted: str, others: tuple[str, ...], told: bool) -> None:
    found, more, said = repairs.email(given)
    assert (found, more, bool(said)) == (wanted, others, told)


@pytest.mark.parametrize(
    "address",
    [
        "info@x.org",
        "referrals.north@x.org",
        "chisva-team@x.org",
        "larchwood@larchwood.org.uk",
        "duty2@x.gov.uk",
        "eastmere.police@x.org",
    ],
)
def test_desks_and_teams_are_role_mailboxes(address: str) -> None:
    assert repairs.is_role_mailbox(address)


@pytest.mark.parametrize("address", ["jo.adeyemi@x.org", "sokafor@x.org", "jo@x.org", "", "nonsense"])
def test_people_are_not_role_mailboxes(address: str) -> None:
    assert not repairs.is_role_mailbox(address)


@pytest.mark.parametrize(
    ("given", "number", "words", "told"),
    [
        ("0117 332 7111", "0117 332 7111", "", False),
        ("+44 (0)117 332 7111", "+44 (0)117 332 7111", "", False),
        ("(0117) 332-7111", "(0117) 332-7111", "", False),
        ("0808 800 5000 ext 12", "0808 800 5000 ext 12", "", False),
        ("116 123", "116 123", "", False),
        ("999", "999", "", False),
        ("Youth desk: 0117 332 7111", "0117 332 7111", "Youth desk", True),
        ("0117 332 7111 (office hours)", "0117 332 7111", "office hours", True),
        ("0117 332 7111 / 0117 999 8888", "0117 332 7111", "0117 332 7111 / 0117 999 8888", True),
        (1173327111, "01173327111", "", True),
        ("7700900123", "07700900123", "", True),
        ("Call 111", "111", "Call", True),
        ("ask at reception", "", "ask at reception", True),
        ("", "", "", False),
        ({"a": 1}, "", "", True),
        (True, "", "", True),
    ],
)
def test_phone(given: Any, number: str, words: str, told: bool) -> None:
    found, note, said = repairs.phone(given)
    assert (found, note, bool(said)) == (number, words, told)


@pytest.mark.parametrize(
    ("given", "wanted", "told"),
    [
        ("BS1 4ND", "BS1 4ND", False),
        ("bs14nd", "BS1 4ND", True),
        ("SW1A  1AA", "SW1A 1AA", False),
        ("ABC 1234", "ABC 1234", True),
        ("", "", False),
    ],
)
def test_postcode(given: str, wanted: str, told: bool) -> None:
    found, said = repairs.postcode(given)
    assert (found, bool(said)) == (wanted, told)


@pytest.mark.parametrize(
    ("north", "east", "wanted", "told"),
    [
        (51.45, -2.59, ("51.45", "-2.59"), False),
        ("51.45", "-2.59", ("51.45", "-2.59"), False),
        (-2.59, 51.45, ("51.45", "-2.59"), True),
        (512, -2.59, ("", ""), True),
        (51.45, None, ("", ""), True),
        (0, 0, ("", ""), True),
        ("north", "east", ("", ""), True),
        (None, None, ("", ""), False),
        ("", "", ("", ""), False),
    ],
)
def test_coordinates(north: Any, east: Any, wanted: tuple[str, str], told: bool) -> None:
    *found, said = repairs.coordinates(north, east)
    assert (tuple(found), bool(said)) == (wanted, told)


def test_numbers_are_never_written_in_powers_of_ten() -> None:
    assert repairs.decimal_text(Decimal("1E+3")) == "1000"
    assert repairs.decimal_text(Decimal("12.500")) == "12.5"
    assert repairs.decimal_text(Decimal("-0.0")) == "0"
    assert repairs.number("1e999999999") is None


def test_a_foreign_value_in_a_sentence_is_short_and_on_one_line() -> None:
    assert repairs.shown("a\nb" + "c" * 500).count("\n") == 0
    assert len(repairs.shown("x" * 500)) < 70
