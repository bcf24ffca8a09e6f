"""A pack as far as it can be read: its sound items, and the names of all of them, broken ones too."""

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar, get_args

import msgspec
from msgspec import Struct, ValidationError

from csa_desk.content.faults import Fault, faults_in, misnamed, naming
from csa_desk.content.items import Header, Item, Nation, Pack
from csa_desk.content.models import SHAPES
from csa_desk.content.reading import load

P_co = TypeVar("P_co", bound=Pack, covariant=True)

_STAND_IN = Header(
    id="none",
    version=1,
    title={"en": "none"},
    jurisdictions=tuple(Nation),
    as_at=datetime.date.min,
    review_by=datetime.date.max,
)
"""In the place of a header that cannot be read, so that the items below it are still checked."""


@dataclass(frozen=True, slots=True)
class Draft(Generic[P_co]):
    """A pack with its sound items; `ids` counts the ids of all its items by table; `faults` are those of shape."""

    name: str
    pack: P_co
    ids: dict[str, Counter[str]]
    faults: tuple[Fault, ...]

    def rows(self) -> Iterator[tuple[str, Any]]:
        """Every sound row with the table it stands in."""
        for table in self.ids:
            for row in getattr(self.pack, table):
                yield table, row

    def items(self) -> Iterator[tuple[str, Item]]:
        """Every sound row that is an item, with its table."""
        return ((table, row) for table, row in self.rows() if isinstance(row, Item))

    def fault(self, row: Any, what: str) -> Fault:
        """A fault of this row."""
        return Fault(self.name, row.id, what)


def draft(folder: Path, name: str) -> Draft[Pack] | Fault:
    """The pack `name` of `folder` as far as it can be read, or why it cannot be read at all."""
    tables = load(folder, name)
    if isinstance(tables, Fault):
        return tables
    faults = list(faults_in(name, tables))
    sound: dict[str, Any] = {}
    ids: dict[str, Counter[str]] = {}
    for one in msgspec.structs.fields(SHAPES[name]):
        table = one.encode_name
        if table == "pack":
            sound[table] = _sound(tables.get(table), Header) or _STAND_IN
            continue
        rows = tables.get(table)
        rows = rows if isinstance(rows, list) else []
        kept = [_sound(row, get_args(one.type)[0]) for row in rows]
        sound[table] = tuple(row for row in kept if row is not None)
        ids[table] = Counter(naming(table, place, row) for place, row in enumerate(rows, 1))
    pack = SHAPES[name](**sound)
    if pack.pack is not _STAND_IN and (fault := misnamed(name, pack)):
        faults.append(fault)
    return Draft(name, pack, ids, tuple(faults))


def _sound(row: Any, kind: type[Struct]) -> Any:
    try:
        return msgspec.convert(row, kind)
    except ValidationError:
        return None
