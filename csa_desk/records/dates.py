"""Dates as people know them: whole, partial or unknown; moments with their time zone.

A day is ISO text ``2026-11-24``; a partial date leaves off what is not known: ``2026-11``, ``2026``; an
unknown date is empty text. A moment is ISO text in UTC with seconds: ``2026-11-24T10:42:07+00:00``.
"""

import re
from calendar import monthrange
from datetime import UTC, date, datetime

_PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
FIRST_YEAR = 1900
"""Nothing that a case records happened before this year; an earlier one is a slip of typing."""
MONTHS = "January February March April May June July August September October November December".split()


class Clock:
    """The only source of the current time, so that tests and the demo can choose it."""

    def now(self) -> datetime:
        """The current moment in UTC."""
        return datetime.now(UTC)

    def moment(self) -> str:
        """The current moment as ISO text, to the second."""
        return self.now().isoformat(timespec="seconds")

    def today(self) -> date:
        """The current day where the user is."""
        return self.now().astimezone().date()


def is_date(value: str, *, partial: bool = False) -> bool:
    """Whether the text is a real calendar day, or, if ``partial``, a month or a year."""
    found = _parts(value)
    return found is not None and (partial or found[2] is not None)


def is_ahead(value: str, today: str) -> bool:
    """Whether a day, or the whole of a partial date, is still to come; empty text is not."""
    return value > today[: len(value)]


def is_too_early(value: str) -> bool:
    """Whether a date stands before the first year that can be meant; empty text does not."""
    return bool(value) and value[:4] < str(FIRST_YEAR)


def _parts(value: str) -> tuple[int, int | None, int | None] | None:
    """Year, month and day as far as they are known; ``None`` where no calendar has such a date."""
    found = _PARTIAL.fullmatch(value)
    if not found:
        return None
    year, month, dom = found.groups()
    try:
        date(int(year), int(month or 1), int(dom or 1))
    except ValueError:
        return None
    return int(year), int(month) if month else None, int(dom) if dom else None


def age_on(birth: str, day: date) -> int | None:
    """Whole years on that day; ``None`` where the birth date is too partial to say for certain.

    With only a year or a month known the age is given when it cannot be wrong.
    """
    found = _parts(birth)
    if found is None:
        return None
    year, month, dom = found
    earliest = _age(year, month or 1, dom or 1, day)
    latest = _age(year, month or 12, dom or 31, day)
    return earliest if earliest == latest and earliest >= 0 else None


def age_range(birth: str, day: date) -> tuple[float, float] | None:
    """The youngest and the oldest somebody can be on that day, in decimal years; ``None`` where nothing is known.

    The year they are in counts by days from birthday to birthday, so a birthday is a whole number.
    """
    found = _parts(birth)
    if found is None:
        return None
    year, month, dom = found
    last = dom or monthrange(year, month or 12)[1]
    oldest = _decimal_age(date(year, month or 1, dom or 1), day)
    youngest = _decimal_age(date(year, month or 12, last), day)
    return (max(youngest, 0.0), oldest) if oldest >= 0 else None


def _decimal_age(birth: date, day: date) -> float:
    whole = _age(birth.year, birth.month, birth.day, day)
    begun, ends = _birthday(birth, birth.year + whole), _birthday(birth, birth.year + whole + 1)
    return whole + (day - begun).days / (ends - begun).days


def _birthday(birth: date, year: int) -> date:
    """The birthday in a year; who was born on 29 February has it on 1 March in other years."""
    try:
        return birth.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def _age(year: int, month: int, dom: int, day: date) -> int:
    return day.year - year - ((day.month, day.day) < (month, dom))


def months_after(day: str, months: int) -> str:
    """The same day so many months later, or the last of that month where it has no such day. ISO text, a whole day."""
    year, month, dom = (int(part) for part in day.split("-"))
    year, month = year + (month - 1 + months) // 12, (month - 1 + months) % 12 + 1
    last = monthrange(year, month)[1]
    return date(year, month, min(dom, last)).isoformat()


def spoken(value: str) -> str:
    """``2026-11-24`` → ``24 November 2026``; ``2026-11`` → ``November 2026``; else ``date not known``."""
    found = _parts(value[:10])
    if found is None:
        return "date not known"
    year, month, dom = found
    words = [str(dom)] if dom else []
    if month:
        words.append(MONTHS[month - 1])
    return " ".join([*words, f"{year:04}"])


def short(value: str) -> str:
    """``2026-11-24`` → ``24 Nov``: for lists, where the year is plain."""
    found = _parts(value[:10])
    if found is None:
        return "–"
    year, month, dom = found
    if not month:
        return f"{year:04}"
    name = MONTHS[month - 1][:3]
    return f"{dom} {name}" if dom else f"{name} {year:04}"
