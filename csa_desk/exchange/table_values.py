"""Cells put right before they become records: days as people write them, ages in one cell, lists in one cell."""

import re
from datetime import date
from typing import Any

from csa_desk.exchange import repairs
from csa_desk.exchange.documents import Json
from csa_desk.exchange.plain_text import one_line
from csa_desk.records.dates import is_date

_MONTHS = "january february march april may june july august september october november december".split()
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]{3,9})[\s,-]+(\d{4})", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2})")
_DASHED = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})")


def day(value: Any, what: str, today: date) -> repairs.Cleaned:
    """A calendar day as ISO text, however British people write it, and what was read into it."""
    text = one_line(str(value)[:100])
    iso = _spelled(text)
    if not iso and (dashed := _DASHED.fullmatch(text)):
        iso = _iso(dashed[3], dashed[2], dashed[1])
    if not iso and (short := _SHORT_YEAR.fullmatch(text)):
        century = 2000 if 2000 + int(short[3]) <= today.year + 10 else 1900
        iso = _iso(str(century + int(short[3])), short[2], short[1])
    if iso:
        return iso, f"The {what} {repairs.shown(text)} was read as {iso}."
    return repairs.day(text, what)


def _spelled(text: str) -> str:
    found = _DAY_FIRST.fullmatch(text)
    number, month, year = found.groups() if found else ("", "", "")
    if not found and (found := _MONTH_FIRST.fullmatch(text)):
        month, number, year = found.groups()
    places = [
        place for place, name in enumerate(_MONTHS, start=1) if month and name.startswith(month.lower())
    ]
    if month.lower() == "sept":
        places = [9]
    return _iso(year, str(places[0]), number) if len(places) == 1 else ""


def _iso(year: str, month: str, number: str) -> str:
    found = f"{year}-{int(month):02}-{int(number):02}"
    return found if is_date(found) else ""


LONGEST_AGES = 200  # characters; what is longer is prose
_RANGE = re.compile(
    r"(?:ages?\s*)?(?:from\s*|between\s*)?(\d{1,3})\s*(?:years?|yrs?)?\s*(?:-|–|—|to|and|until)\s*"
    r"(?:age\s*)?(\d{1,3})\s*(?:years?|yrs?)?(?:\s*old)?",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"(?:ages?\s*)?(?:from\s*|over\s+)?(\d{1,3})\s*(?:years?|yrs?)?\s*(?:\+|plus|and\s+(?:over|above|older|up))",
    re.IGNORECASE,
)
_BELOW = re.compile(
    r"(?:ages?\s*)?(?:under|below|less\s+than)\s+(\d{1,3})s?(?:\s*(?:years?|yrs?).*)?", re.IGNORECASE
)
_UP_TO = re.compile(
    r"(?:ages?\s*)?(?:up\s*to|until)\s+(?:age\s+)?(\d{1,3})\s*(?:years?|yrs?)?(?:\s*old)?", re.IGNORECASE
)
_ALL = re.compile(r"(?:all|any)(?:\s+ages?)?|no\s+(?:age\s+)?limits?|everyone", re.IGNORECASE)


def age_range(text: str) -> tuple[str, str, str]:
    """Lowest and highest age out of one cell, and what was wrong; both empty where it names no single range."""
    told = " ".join(text[:LONGEST_AGES].split()).strip(" .")
    if not told or _ALL.fullmatch(told):
        return "", "", ""
    if found := _RANGE.fullmatch(told):
        return found[1], found[2], ""
    if found := _FROM.fullmatch(told):
        return found[1], "", ""
    if found := _UP_TO.fullmatch(told):
        return "", found[1], ""
    if (found := _BELOW.fullmatch(told)) and int(found[1]) > 0:
        return (
            "",
            str(int(found[1]) - 1),
            f"{repairs.shown(told)} was read as a highest age of {int(found[1]) - 1}.",
        )
    return "", "", f"The ages {repairs.shown(told)} are not one range. They were kept with who may come."


def text_of(value: Json) -> str:
    """A cell or a list of plain values as text."""
    if isinstance(value, list):
        return "; ".join(filter(None, (text_of(part) for part in value)))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        found = repairs.number(value)
        return repairs.decimal_text(found) if found is not None else str(value)
    return "" if value is None else str(value)


def parts(value: Json, marks: str = ";|\n") -> list[str]:
    """The entries of a cell that lists several, each on one line."""
    held = value if isinstance(value, list) else re.split(f"[{re.escape(marks)}]", text_of(value))
    return list(dict.fromkeys(filter(None, (one_line(text_of(part)) for part in held))))


def is_plain(value: Json) -> bool:
    """Whether a cell is text, a number, or a list of these: what a field can take."""
    if isinstance(value, list):
        return all(not isinstance(part, (list, dict)) for part in value)
    return not isinstance(value, dict)


_POSTCODE_AT_END = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?\s*[0-9][A-Z]{2})\W*$", re.IGNORECASE)


def without_postcode(address: str) -> tuple[str, str]:
    """An address and the postcode that stood at its end."""
    found = _POSTCODE_AT_END.search(address)
    if not found:
        return address, ""
    return address[: found.start()].rstrip(" ,;\n"), found[1]
