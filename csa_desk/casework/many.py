"""Working through thousands of records at once."""

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def no_tidying() -> Iterator[None]:
    """Thousands of small things without circles are made here: to look for circles meanwhile only costs time."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()
