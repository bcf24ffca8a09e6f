"""One module for each raise of the schema version, and the list of them. They import nothing of the program."""

from collections.abc import Callable
from typing import Any

STEPS: tuple[tuple[int, Callable[[Any], None]], ...] = ()
