"""One table for each kind of record, derived from its dataclass: a projection of history (design §4).

Adding a field to a record adds its column here; the migration that goes with it adds it to older vaults.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

import sqlalchemy as sa

from csa_desk.records.fields import Record, Scope, defaults
from csa_desk.records.kinds import KINDS
from csa_desk.store.revisions import canonical
from csa_desk.store.tables.history import metadata

HEADS = "heads"
"""Column with the ids of the record's latest revisions, as JSON: the parents of its next one."""

# Links that the database itself holds to; everything else is checked where it is used.
_REFERENCES = {"case": "case.id", "proceeding": "proceeding.id", "plan": "plan.id", "goal": "goal.id"}
# Links a page looks records up by.
_LOOKED_UP = ("case", "proceeding", "plan", "goal", "agency", "service", "person", "child", "instance")

# What matching and the maps ask of every service at once: an index that holds it whole, so that thousands of services
# are read without their long words.
_TOGETHER = {
    "service": (
        *("removed", "id", "agency", "name", "types", "needs", "checked_on"),
        *("status", "referrals", "minimum_age", "maximum_age", "areas"),
    )
}


@dataclass(frozen=True, slots=True)
class Projection:
    """A kind of record, its table, and how its fields become columns and back."""

    kind: type[Record]
    table: sa.Table
    columns: tuple[str, ...]
    structured: frozenset[str]
    flags: frozenset[str]
    links: frozenset[str]

    def to_row(self, record: Record) -> dict[str, Any]:
        """Column values of a record, its id included."""
        row: dict[str, Any] = {"id": record.id}
        for name in self.columns:
            row[name] = self.to_column(name, getattr(record, name))
        return row

    def to_column(self, name: str, value: Any) -> Any:
        """One field's value as its column holds it."""
        if name in self.structured:
            return canonical(value)
        if name in self.links:
            return value or None
        return value

    def to_record(self, row: Mapping[str, Any]) -> Record:
        """The record of a row."""
        values: dict[str, Any] = {"id": row["id"]}
        for name in self.columns:
            values[name] = self.from_column(name, row[name])
        return self.kind(**values)

    def from_column(self, name: str, value: Any) -> Any:
        """A column's value as the record's field holds it."""
        if name in self.structured:
            if value == "null":  # what most of them hold needs no reading
                return None
            return from_wire(self.kind, name, json.loads(value) if value != "[]" else [])
        if name in self.flags:
            return bool(value)
        return "" if value is None else value


def from_wire(kind: type[Record], name: str, value: Any) -> Any:
    """A JSON value as the record's field holds it: lists become tuples where the field is a tuple of words."""
    is_words = isinstance(kind.__dataclass_fields__[name].default, tuple)
    return tuple(value) if is_words and isinstance(value, list) else value


_COLUMN_TYPES: dict[type, Callable[[], sa.types.TypeEngine[Any]]] = {
    str: sa.Text,
    bool: sa.Integer,
    int: sa.Integer,
    tuple: sa.Text,
    type(None): sa.Text,
}


def _make(kind: type[Record]) -> Projection:
    empty = defaults(kind)
    columns = [sa.Column("id", sa.Text, primary_key=True)]
    extras: list[Any] = []
    links = set()
    for name, default in empty.items():
        reference = _REFERENCES.get(name)
        arguments: list[Any] = []
        if reference is not None:
            links.add(name)
            arguments.append(sa.ForeignKey(reference, deferrable=True, initially="DEFERRED"))
        columns.append(sa.Column(name, _COLUMN_TYPES[type(default)](), *arguments, nullable=name in links))
        if name in _LOOKED_UP:
            extras.append(sa.Index(f"{table_name(kind)}_{name}", name))
    if together := _TOGETHER.get(kind.KIND):
        extras.append(sa.Index(f"{table_name(kind)}_together", *together))
    columns.append(sa.Column(HEADS, sa.Text, nullable=False))
    return Projection(
        kind=kind,
        table=sa.Table(table_name(kind), metadata, *columns, *extras),
        columns=tuple(empty),
        structured=frozenset(
            name for name, value in empty.items() if value is None or isinstance(value, tuple)
        ),
        flags=frozenset(name for name, value in empty.items() if isinstance(value, bool)),
        links=frozenset(links),
    )


def table_name(kind: type[Record]) -> str:
    """The table of a kind of record."""
    return kind.KIND.replace("-", "_")


PROJECTIONS: dict[str, Projection] = {name: _make(kind) for name, kind in KINDS.items()}


def projection(kind: type[Record]) -> Projection:
    """The projection of a kind of record."""
    return PROJECTIONS[kind.KIND]


def scope_of(record: Record) -> str:
    """What it is verified and carried with: ``case:ID``, ``person:ID``, ``proceeding:ID``, ``directory``, ``vault``."""
    if record.SCOPE in (Scope.DIRECTORY, Scope.VAULT):
        return str(record.SCOPE)
    held = {field.name for field in fields(record)}
    owner = getattr(record, str(record.SCOPE)) if str(record.SCOPE) in held else record.id
    return f"{record.SCOPE}:{owner}" if owner else str(Scope.VAULT)
