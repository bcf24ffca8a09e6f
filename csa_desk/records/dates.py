"""Dates as people know them: whole, partial or unknown; moments with their time zone.

A day is ISO text ``2026-11-24``; a partial date leaves off what is not known: ``2026-11``, ``2026``; an
unknown date is empty text. A moment is ISO text in UTC with seconds: ``2026-11-24T10:42:07+00:00``.
"""

import re
from datetime import UTC, date, datetime

_PARTIAL = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")
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
    found = _PARTIAL.match(value)
    if not found:
        return False
    year, month, day = found.groups()
    if not partial and day is None:
        return False
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return False
    return True


def age_on(birth: str, day: date) -> int | None:
    """Whole years on that day; ``None`` where the birth date is too partial to say for certain.

    With only a year or a month known the age is given when it cannot be wrong.
    """
    found = _PARTIAL.match(birth)
    if not found:
        return None
    year, month, dom = (int(part) if part else None for part in found.groups())
    if year is None:
        return None
    earliest = _age(year, month or 1, dom or 1, day)
    latest = _age(year, month or 12, dom or 28, day) if not (month and dom) else earliest
    return earliest if earliest == latest and earliest >= 0 else None


def _age(year: int, month: int, dom: int, day: date) -> int:
    return day.year - year - ((day.month, day.day) < (month, dom))


def spoken(value: str) -> str:
    """``2026-11-24`` → ``24 November 2026``; ``2026-11`` → ``November 2026``; empty → ``date not known``."""
    found = _PARTIAL.match(value[:10])
    if not found:
        return "date not known"
    year, month, dom = found.groups()
    parts = [str(int(dom))] if dom else []
    if month:
        parts.append(MONTHS[int(month) - 1])
    return " ".join([*parts, year])


def short(value: str) -> str:
    """``2026-11-24`` → ``24 Nov``: for lists, where the year is plain."""
    found = _PARTIAL.match(value[:10])
    if not found:
        return "–"
    year, month, dom = found.groups()
    if not month:
        return year
    name = MONTHS[int(month) - 1][:3]
    return f"{int(dom)} {name}" if dom else f"{name} {year}"
