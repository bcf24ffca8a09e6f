"""How many of the fault cases are run: all of them by ``make faults`` (``DESK_FAULTS=all``), a tenth otherwise."""

import os
from typing import TypeVar

T = TypeVar("T")
ONE_IN = 10
ALL = os.environ.get("DESK_FAULTS") == "all"


def share(cases: list[T]) -> list[T]:
    """All of the cases, or every tenth of them, the last one always among them."""
    return cases if ALL else cases[::-ONE_IN][::-1]
