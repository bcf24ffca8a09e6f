"""How a record declares its fields: information category, merge kind and protective order.

Every field of every record is made by one of the functions below, so that a field without a category or a
merge kind cannot be written (design §6). Defaults are always empty: history stores only what differs from
empty, so a default must never change.
"""

from collections.abc import Iterator
from dataclasses import MISSING, Field, dataclass, field, fields
from enum import StrEnum
from typing import Any, ClassVar, TypeAlias

from csa_desk.records.categories import Category

Value: TypeAlias = "str | int | bool | list[Value] | dict[str, Value] | tuple[str, ...] | None"
"""What a field may hold: JSON values, and tuples of words where order or membership counts."""


class Merge(StrEnum):
    """How two laptops' changes to one field come together."""

    SCALAR = "scalar"  # one value; two different changes are kept and settled by a person
    SET = "set"  # element by element
    ORDER = "order"  # the fractional position of a list item
    EVENT = "event"  # never edited: a later event speaks
    FIXED = "fixed"  # set once, when the record is made (links and identity of the record itself)


class Scope(StrEnum):
    """What a record travels and is verified with (design §5)."""

    CASE = "case"
    PERSON = "person"
    PROCEEDING = "proceeding"
    DIRECTORY = "directory"
    VAULT = "vault"


@dataclass(frozen=True, slots=True)
class FieldRule:
    """What the program must know of a field besides its type.

    ``protective`` lists values from the most to the least protective; until two differing values are settled
    the earlier one rules. Empty where no value protects more than another.
    """

    category: Category
    merge: Merge
    protective: tuple[str, ...] = ()


def _declare(default: Any, category: Category, merge: Merge, protective: tuple[str, ...] = ()) -> Any:
    return field(default=default, metadata={"rule": FieldRule(category, merge, protective)})


def text(category: Category, *, merge: Merge = Merge.SCALAR, protective: tuple[str, ...] = ()) -> Any:
    """Words, a date, a moment, a reference or one of a closed list; empty text when there is none."""
    return _declare("", category, merge, protective)


def fixed(category: Category) -> Any:
    """Text that is set when the record is made and never changes: a link, an owner, the day of an event."""
    return _declare("", category, Merge.FIXED)


def event(category: Category, *, protective: tuple[str, ...] = ()) -> Any:
    """Text of a dated event: never edited, a later event speaks."""
    return _declare("", category, Merge.EVENT, protective)


def words(category: Category, *, merge: Merge = Merge.SET) -> Any:
    """A tuple of texts, merged element by element."""
    return _declare((), category, merge)


def flag(category: Category, *, merge: Merge = Merge.SCALAR) -> Any:
    """Yes or no, where no is the empty state."""
    return _declare(False, category, merge)


def number(category: Category, *, merge: Merge = Merge.SCALAR) -> Any:
    """A whole number; zero is the empty state."""
    return _declare(0, category, merge)


def data(category: Category, *, merge: Merge = Merge.SCALAR) -> Any:
    """Any JSON value; ``None`` when there is none."""
    return _declare(None, category, merge)


def position(category: Category) -> Any:
    """The fractional order of a list item: compares as text, always leaves room between two."""
    return _declare("", category, Merge.ORDER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has. ``id`` is a UUID as text; a removed record is hidden, never deleted."""

    SCOPE: ClassVar[Scope]
    KIND: ClassVar[str]

    id: str
    removed: bool = flag(Category.NEEDS)


def rules(kind: type[Record]) -> dict[str, FieldRule]:
    """Field name → rule for every field of a record type but its id, in the order of declaration."""
    return {item.name: item.metadata["rule"] for item in _own_fields(kind)}


def defaults(kind: type[Record]) -> dict[str, Any]:
    """Field name → empty value, in the order of declaration."""
    return {item.name: item.default for item in _own_fields(kind)}


def _own_fields(kind: type[Record]) -> Iterator[Field[Any]]:
    for item in fields(kind):
        if item.name == "id":
            continue
        if item.default is MISSING or "rule" not in item.metadata:
            raise TypeError(f"{kind.__name__}.{item.name} declares no category and merge kind")
        yield item
