"""Checking dates that come from outside."""

from csa_desk.errors import InputError
from csa_desk.records.dates import is_date


def day_or(value: str, otherwise: str, what: str) -> str:
    """A full ISO day, or ``otherwise`` where nothing was given. Raises :class:`InputError` naming ``what``."""
    if not value:
        return otherwise
    if not is_date(value):
        raise InputError(f"The date of “{what}” is not a day like 2026-11-24. Nothing was changed.")
    return value


def past_day_or(value: str, today: str, what: str) -> str:
    """A full ISO day that is not ahead of today, or today. Raises :class:`InputError` naming ``what``."""
    day = day_or(value, today, what)
    if day > today:
        raise InputError(f"The date of “{what}” is ahead of today. Record it when it has happened.")
    return day


def partial_or_empty(value: str, what: str) -> str:
    """A day, month or year as ISO text, or empty. Raises :class:`InputError` naming ``what``."""
    if value and not is_date(value, partial=True):
        raise InputError(
            f"The date of “{what}” is not like 2026-11-24, 2026-11 or 2026. Nothing was changed."
        )
    return value
