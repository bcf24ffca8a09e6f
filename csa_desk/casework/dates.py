"""The rules of dates that come from outside: what cannot be true is refused, in one sentence that says what to do."""

from csa_desk.errors import InputError
from csa_desk.records.dates import FIRST_YEAR, is_ahead, is_date, is_too_early


def day_or(value: str, otherwise: str, what: str) -> str:
    """A full ISO day, or ``otherwise`` where nothing was given. Raises :class:`InputError` naming ``what``."""
    if not value:
        return otherwise
    if not is_date(value):
        raise InputError(f"The date of “{what}” is not a day like 2026-11-24. Nothing was changed.")
    if is_too_early(value):
        raise InputError(
            f"The date of “{what}” is before {FIRST_YEAR}. Check its year, or leave it out. Nothing was changed."
        )
    return value


def past_day_or(value: str, today: str, what: str, otherwise: str = "") -> str:
    """A full ISO day that is not ahead of today; ``otherwise``, or today, where nothing was given."""
    day = day_or(value, otherwise or today, what)
    if day > today:
        raise InputError(
            f"The date of “{what}” is ahead of today. Record it when it has happened. Nothing was changed."
        )
    return day


def end_or_empty(value: str, since: str, what: str) -> str:
    """The last day of something that began on ``since``, or empty. Raises :class:`InputError` naming ``what``."""
    day = day_or(value, "", what)
    if day and day < since:
        raise InputError(
            f"The end of “{what}” is before it began. Give an end on or after its first day, or leave it out. "
            "Nothing was changed."
        )
    return day


def end_ahead_or_empty(value: str, since: str, today: str, what: str) -> str:
    """The last day of a decision made now: not before it begins, and not over already."""
    day = end_or_empty(value, since, what)
    if day and day < today:
        raise InputError(
            f"The end of “{what}” is already past. Give today or a later day, or leave it out. "
            "Nothing was changed."
        )
    return day


def partial_or_empty(value: str, what: str) -> str:
    """A day, month or year as ISO text, or empty. Raises :class:`InputError` naming ``what``."""
    if value and not is_date(value, partial=True):
        raise InputError(
            f"The date of “{what}” is not like 2026-11-24, 2026-11 or 2026. Nothing was changed."
        )
    return value


def past_partial_or_empty(value: str, today: str, what: str) -> str:
    """A day, month or year that has begun, or empty. Raises :class:`InputError` naming ``what``."""
    if is_ahead(partial_or_empty(value, what), today):
        raise InputError(
            f"The date of “{what}” is ahead of today. Check it, or leave it out. Nothing was changed."
        )
    return value


def birth_date_or_empty(value: str, today: str, what: str) -> str:
    """A day, month or year on which somebody alive can be born, or empty. Raises :class:`InputError`."""
    partial_or_empty(value, what)
    wrong = birth_fault(value, today)
    if wrong:
        raise InputError(
            f"{wrong}. Give the day, month or year of birth, or leave “{what}” out. Nothing was changed."
        )
    return value


def birth_fault(value: str, today: str) -> str:
    """Why nobody alive was born then, in a few words; empty where somebody can be."""
    if is_ahead(value, today):
        return "The birth date lies in the future"
    return f"The birth date is before {FIRST_YEAR}" if is_too_early(value) else ""
