"""What is wrong with the shape of a pack, in plain words and item by item."""

import re
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

import msgspec
from msgspec import NODEFAULT, Struct, UnsetType, ValidationError

from csa_desk.content.items import Pack
from csa_desk.content.models import SHAPES


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong with an item of a pack; `item` is empty where the whole file is meant."""

    pack: str
    item: str
    what: str

    def __str__(self) -> str:
        return (
            f"{self.pack}.toml, {self.item}: {self.what}" if self.item else f"{self.pack}.toml: {self.what}"
        )


def faults_in(name: str, tables: Mapping[str, Any]) -> Iterator[Fault]:
    """Every fault of shape in the tables of the pack `name`: keys missing or unknown, values of a wrong kind."""
    shape = SHAPES[name]
    yield from (Fault(name, "", what) for what in _keys(tables, shape))
    for field in msgspec.structs.fields(shape):
        table, rows = field.encode_name, tables.get(field.encode_name)
        if table == "pack" or rows is None:
            if rows is not None:
                yield from (Fault(name, "pack", what) for what in _explain(rows, field.type))
        elif not isinstance(rows, list):
            yield Fault(name, "", f"“{table}” must be written as [[{table}]]")
        else:
            for place, row in enumerate(rows, 1):
                item = naming(table, place, row)
                yield from (Fault(name, item, what) for what in _explain(row, typing.get_args(field.type)[0]))


def misnamed(name: str, pack: Pack) -> Fault | None:
    """The fault of a pack whose id is not the name of its file."""
    return None if pack.pack.id == name else Fault(name, "pack", f"the id is “{pack.pack.id}”, not “{name}”")


def naming(table: str, place: int, row: Any) -> str:
    """The name of an item: its id, or its place in the file where it has none that can be read."""
    known = row.get("id") if isinstance(row, dict) else None
    return known if isinstance(known, str) and known else f"{table} {place}"


def _explain(value: Any, kind: Any, where: str = "") -> Iterator[str]:
    """What keeps `value` from being a `kind`; `where` within its item, as ``does 3, text``."""
    try:
        msgspec.convert(value, kind)
    except ValidationError as error:
        found = list(_parts(value, kind, where))
        yield from found or [_place(where) + _plain(str(error), value, kind)]


def _parts(value: Any, kind: Any, where: str) -> Iterator[str]:
    """The faults of the keys or rows that `value` is made of."""
    kind = _bare(kind)
    if isinstance(kind, type) and issubclass(kind, Struct) and isinstance(value, dict):
        yield from (_place(where) + what for what in _keys(value, kind))
        for field in msgspec.structs.fields(kind):
            if field.encode_name in value:
                yield from _explain(value[field.encode_name], field.type, _join(where, field.encode_name))
    elif typing.get_origin(kind) is tuple and isinstance(value, list):
        for place, row in enumerate(value, 1):
            yield from _explain(row, typing.get_args(kind)[0], f"{where} {place}")
    elif typing.get_origin(kind) in (dict, Mapping) and isinstance(value, dict):
        for key, row in value.items():
            yield from _explain(key, typing.get_args(kind)[0], where)
            yield from _explain(row, typing.get_args(kind)[1], f"{where}.{key}")


def _keys(value: Mapping[str, Any], kind: type[Struct]) -> Iterator[str]:
    """The keys that are missing from `value`, and those that do not belong there."""
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    for name, field in fields.items():
        if name not in value and field.default is NODEFAULT and field.default_factory is NODEFAULT:
            yield f"the key “{name}” is missing"
    for name in value:
        if name not in fields:
            yield f"the key “{name}” is not known here"


def _bare(kind: Any) -> Any:
    """The kind without its notes and without the choice of leaving it out."""
    if typing.get_origin(kind) is typing.Annotated:
        return _bare(typing.get_args(kind)[0])
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        chosen = [one for one in typing.get_args(kind) if one not in (type(None), UnsetType)]
        return _bare(chosen[0])
    return kind


_NAMES = {
    "str": "text",
    "int": "a whole number",
    "bool": "true or false",
    "float": "a number",
    "date": "a date, as 2026-11-22",
    "datetime": "a date with a time",
    "array": "a list",
    "object": "a table",
}


def _plain(complaint: str, value: Any, kind: Any) -> str:
    """The complaint of the reader in our words."""
    complaint = complaint.split(" - at `$")[0]
    bare = _bare(kind)
    if isinstance(bare, type) and issubclass(bare, Enum) and isinstance(value, str):
        return f"“{value}” is none of " + ", ".join(str(one.value) for one in bare)
    found = re.fullmatch(r"Expected `(\w+)(?: \| null)?`, got `(\w+)`", complaint)
    if found:
        wanted, got = (_NAMES.get(name, name) for name in found.groups())
        return f"must be {wanted}, not {got}"
    notes = [note.description for note in _notes(kind) if note.description]
    if notes:
        return f"“{value}” is not {notes[0]}" if str(value).strip() else f"must be {notes[0]}"
    return complaint


def _notes(kind: Any) -> Iterator[msgspec.Meta]:
    """The notes on a kind, also where it may be left out."""
    if typing.get_origin(kind) is typing.Annotated:
        yield from (note for note in kind.__metadata__ if isinstance(note, msgspec.Meta))
    elif typing.get_origin(kind) in (typing.Union, types.UnionType):
        for one in typing.get_args(kind):
            yield from _notes(one)


def _join(where: str, name: str) -> str:
    return f"{where}, {name}" if where else name


def _place(where: str) -> str:
    return f"in {where}: " if where else ""
