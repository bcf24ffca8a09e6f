"""Refusing a name that none of ours has, without repeating what may be somebody's."""

import re
from collections.abc import Iterable

from csa_desk.errors import InputError

_ID = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_LONGEST = 40


def unknown(what: str, name: str, known: Iterable[str] = ()) -> InputError:
    """The error to raise: *There is no stage “x”*. The name stands in it only where it has the form of an id."""
    called = f" “{name}”" if _ID.fullmatch(name) and len(name) <= _LONGEST else " of that name"
    choice = ", ".join(known)
    return InputError(
        f"There is no {what}{called}. {f'Use one of: {choice}. ' if choice else ''}Nothing was changed."
    )
