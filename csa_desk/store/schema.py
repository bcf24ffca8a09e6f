"""Making the tables of a new vault, and telling whether somebody changed them."""

from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlcipher3 import dbapi2

from csa_desk.store.tables import history, projections

assert projections.PROJECTIONS  # importing them puts their tables into the metadata

VERSION = 5
"""Raised with every change to a table; each raise has a step in :mod:`csa_desk.store.migrations`."""


@cache
def statements() -> tuple[str, ...]:
    """Everything that makes an empty vault's tables, in order."""
    dialect = sa.create_engine("sqlite://", module=dbapi2).dialect
    made: list[str] = []
    for table in history.metadata.sorted_tables:
        made.append(str(CreateTable(table).compile(dialect=dialect)).strip())
        made.extend(
            str(CreateIndex(index).compile(dialect=dialect)).strip()
            for index in sorted(table.indexes, key=_index_name)
        )
    made.extend(history.TRIGGERS)
    made.extend((history.SEARCH_INDEX, history.SEARCH_WORDS))
    return tuple(made)


def _index_name(index: sa.Index) -> str:
    return str(index.name)


def create(raw: Any) -> None:
    """Make the tables on a fresh DBAPI connection, inside the caller's transaction."""
    for statement in statements():
        raw.execute(statement)
    raw.execute(history.SEARCH_SETTINGS)
    raw.execute(f"PRAGMA user_version = {VERSION}")


def version_of(raw: Any) -> int:
    """The schema version of a database."""
    return int(raw.execute("PRAGMA user_version").fetchone()[0])


@cache
def _expected() -> frozenset[tuple[str, str, str]]:
    raw = dbapi2.connect(":memory:", isolation_level=None)
    try:
        create(raw)
        return _objects(raw)
    finally:
        raw.close()


def _objects(raw: Any) -> frozenset[tuple[str, str, str]]:
    rows = raw.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return frozenset((kind, name, " ".join(sql.split())) for kind, name, sql in rows)


def differences(raw: Any) -> list[str]:
    """Names of tables, indexes and triggers that are missing, added or changed; empty when all is as made."""
    found, wanted = _objects(raw), _expected()
    return sorted({f"{kind} {name}" for kind, name, _ in found ^ wanted})


def triggers_stand(raw: Any) -> bool:
    """Whether the triggers that guard history are all there and unchanged: cheap enough for every opening."""
    rows = raw.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    return {" ".join(sql.split()) for (sql,) in rows} == {" ".join(sql.split()) for sql in history.TRIGGERS}
