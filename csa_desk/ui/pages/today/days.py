"""Days as Today says them."""

from datetime import date, timedelta

from csa_desk.records.dates import MONTHS

DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_NUMBERS = "No One Two Three Four Five Six Seven Eight Nine".split()


def long_day(day: date) -> str:
    """*Tuesday 24 November*."""
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def short_day(value: str) -> str:
    """``2026-11-27`` → *Fri 27 Nov*; empty for what is no day."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return ""
    return f"{DAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]}"


def away(days: int) -> str:
    """How far a day is: *tomorrow*, *in 3 days*, *3 days late*; empty for today."""
    if days == 0:
        return ""
    if days < 0:
        return "1 day late" if days == -1 else f"{-days} days late"
    return "tomorrow" if days == 1 else f"in {days} days"


def number(count: int) -> str:
    """A small number as a word, for the beginning of a sentence."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else str(count)


def working_week(today: date) -> list[date]:
    """Monday to Friday of this week; of the next one at the weekend."""
    monday = today - timedelta(days=today.weekday())
    if today.weekday() >= len(DAYS) - 2:
        monday += timedelta(days=7)
    return [monday + timedelta(days=step) for step in range(5)]
