"""One module for each raise of the schema version, and the list of them. They import nothing of the program."""

from collections.abc import Callable
from typing import Any

from csa_desk.store.migrations import schema_2, schema_3, schema_4, schema_5

STEPS: tuple[tuple[int, Callable[[Any], None]], ...] = (
    (2, schema_2.run),
    (3, schema_3.run),
    (4, schema_4.run),
    (5, schema_5.run),
)
