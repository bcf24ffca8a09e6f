"""Reading records: rows become frozen records here and never leave this layer."""

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any, TypeVar, cast

import sqlalchemy as sa

from csa_desk.records.fields import Record
from csa_desk.records.kinds import KINDS
from csa_desk.store import decisions
from csa_desk.store.engine import plain_words
from csa_desk.store.search import folded
from csa_desk.store.tables import history
from csa_desk.store.tables.projections import HEADS, PROJECTIONS, Projection, projection

R = TypeVar("R", bound=Record)


class Reading:
    """What can be read over one connection. Removed records are left out unless asked for."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    @property
    def raw(self) -> Any:
        """The DBAPI connection underneath: for what stands outside records, and inside the same transaction."""
        return self._connection.connection.dbapi_connection

    def get(self, kind: type[R], record_id: str) -> R | None:
        """The record, also if it was removed; ``None`` where there is none of that kind."""
        known = projection(kind)
        row = self._one(sa.select(known.table).where(known.table.c.id == record_id))
        return cast("R", known.to_record(row)) if row is not None else None

    def find(self, kind: type[R], *, removed: bool = False, **equal: str | bool) -> list[R]:
        """Records whose fields equal these values, in the order they were made."""
        known = projection(kind)
        query = sa.select(known.table).order_by(sa.literal_column("rowid"))
        for name, value in equal.items():
            query = query.where(known.table.c[name] == known.to_column(name, value))
        if not removed:
            query = query.where(known.table.c.removed == 0)
        return [cast("R", known.to_record(row)) for row in self._all(query)]

    def titled(self, kind: type[R], title: str) -> list[R]:
        """Indexed records whose title is this, whatever its case, accents, spaces and points; in no set order."""
        words = folded(title)
        if not words:
            return []
        with plain_words():
            rows = self._connection.exec_driver_sql(
                "SELECT record, title FROM search WHERE search MATCH ? AND kind = ?",
                (f'title : "{" ".join(words)}"', kind.KIND),
            ).fetchall()
        found = self.by_ids(kind, [record for record, known in rows if folded(known) == words])
        return [item for item in found.values() if not item.removed]

    def by_ids(self, kind: type[R], ids: list[str]) -> dict[str, R]:
        """Records by id; ids that name none are left out."""
        known = projection(kind)
        found: dict[str, R] = {}
        for start in range(0, len(ids), 500):
            query = sa.select(known.table).where(known.table.c.id.in_(ids[start : start + 500]))
            for row in self._all(query):
                found[row["id"]] = cast("R", known.to_record(row))
        return found

    def any_of(self, kind: type[R], field: str, values: Collection[str]) -> list[R]:
        """Records whose field is one of these values, in the order they were made."""
        known = projection(kind)
        wanted, rows = sorted(set(values)), []
        order: sa.ColumnClause[int] = sa.literal_column("rowid")
        for start in range(0, len(wanted), 500):
            query = sa.select(known.table, order.label("_order")).where(known.table.c.removed == 0)
            rows += self._all(query.where(known.table.c[field].in_(wanted[start : start + 500])))
        return [cast("R", known.to_record(row)) for row in sorted(rows, key=lambda row: int(row["_order"]))]

    def columns(self, kind: type[Record], *names: str) -> list[tuple[Any, ...]]:
        """These fields (``id`` among them, where wanted) of every record of a kind, as their columns hold them.

        Lists are JSON, flags 0 or 1, a link to nothing is ``None``. For what counts or compares thousands of records:
        no record is made. Removed ones are left out.
        """
        table = projection(kind).table
        query = sa.select(*(table.c[name] for name in names)).where(table.c.removed == 0)
        written = str(query.compile(dialect=self._connection.dialect, compile_kwargs={"literal_binds": True}))
        with plain_words():
            return list(self.raw.execute(written).fetchall())

    def values(self, kind: type[Record], field: str) -> list[str]:
        """Every different text that a field of a kind of record holds, in order; nothing for what was removed."""
        table = projection(kind).table
        query = sa.select(table.c[field]).where(table.c.removed == 0).distinct().order_by(table.c[field])
        return [str(row[field]) for row in self._all(query) if row[field]]

    def count(self, kind: type[Record], *, removed: bool = False) -> int:
        """How many records of a kind there are; removed ones only count where asked for."""
        table = projection(kind).table
        query = sa.select(sa.func.count()).select_from(table)
        with plain_words():
            return int(
                self._connection.execute(query if removed else query.where(table.c.removed == 0)).scalar_one()
            )

    def heads(self, kind: type[Record], record_id: str) -> tuple[str, ...]:
        """The ids, in hex, of the record's latest revisions."""
        known = projection(kind)
        row = self._one(sa.select(known.table.c[HEADS]).where(known.table.c.id == record_id))
        return tuple(json.loads(row[HEADS])) if row is not None else ()

    def changes(self, scope: str, *, record: str = "") -> Iterator[Mapping[str, Any]]:
        """History of a scope, oldest first: ``seq kind record practitioner replica time reason values``.

        What waits to be taken out is left out of ``values``, like what is gone.
        """
        wanted = history.revision
        query = sa.select(wanted).where(wanted.c.scope == scope).order_by(wanted.c.seq)
        if record:
            query = query.where(wanted.c.record == record)
        rows = self._all(query)
        values = self._values([row["seq"] for row in rows])
        with plain_words():
            hidden = decisions.hidden(self.raw) if decisions.anything_waits(self.raw) else set()
        for row in rows:
            said = values.get(row["seq"], {})
            yield {**row, "values": {name: said[name] for name in said if (row["seq"], name) not in hidden}}

    def last_changes(self, records: Collection[str]) -> dict[tuple[str, str, str], Mapping[str, str]]:
        """Kind, record and field → ``reason``, ``practitioner`` and ``time`` of the change that gave it its value."""
        made, held = history.revision, history.revision_value
        wanted = sorted(set(records))
        found: dict[tuple[str, str, str], Mapping[str, str]] = {}
        for start in range(0, len(wanted), 500):
            query = (
                sa.select(
                    made.c.kind, made.c.record, held.c.field, made.c.reason, made.c.practitioner, made.c.time
                )
                .join(held, held.c.seq == made.c.seq)
                .where(made.c.record.in_(wanted[start : start + 500]))
                .order_by(made.c.seq)
            )
            for row in self._all(query):
                found[row["kind"], row["record"], row["field"]] = row
        return found

    def _values(self, numbers: list[int]) -> dict[int, dict[str, Any]]:
        table = history.revision_value
        found: dict[int, dict[str, Any]] = {}
        for start in range(0, len(numbers), 500):
            query = sa.select(table.c.seq, table.c.field, table.c.value).where(
                table.c.seq.in_(numbers[start : start + 500])
            )
            for row in self._all(query):
                found.setdefault(row["seq"], {})[row["field"]] = json.loads(row["value"])
        return found

    def accesses(self, scope: str) -> list[Mapping[str, Any]]:
        """Who opened what of a scope, newest first."""
        table = history.access
        return list(self._all(sa.select(table).where(table.c.scope == scope).order_by(table.c.seq.desc())))

    def accesses_like(self, action: str, limit: int) -> list[Mapping[str, Any]]:
        """Entries of the access log of any scope whose action is like this (SQL), newest first."""
        table = history.access
        query = sa.select(table).where(table.c.action.like(action)).order_by(table.c.seq.desc()).limit(limit)
        return list(self._all(query))

    def logged(self, practitioner: str, begins: str) -> set[str]:
        """Actions of the vault's access log by this practitioner that begin so."""
        table = history.access
        query = (
            sa.select(table.c.action)
            .where(table.c.scope == "vault", table.c.practitioner == practitioner)
            .where(table.c.action.startswith(begins, autoescape=True))
            .distinct()
        )
        return {row["action"] for row in self._all(query)}

    def recent_scopes(self, practitioner: str, limit: int = 20) -> list[str]:
        """The scopes this practitioner looked at last, by the access log: newest first, each once."""
        table = history.access
        query = (
            sa.select(table.c.scope, sa.func.max(table.c.seq).label("latest"))
            .where(table.c.practitioner == practitioner)
            .where(
                table.c.seq
                > sa.select(sa.func.coalesce(sa.func.max(table.c.seq), 0) - 2_000).scalar_subquery()
            )
            .group_by(table.c.scope)
            .order_by(sa.desc("latest"))
            .limit(limit)
        )
        return [row["scope"] for row in self._all(query)]

    def last_of(self, replica: str) -> tuple[bytes, int] | None:
        """The replica's last revision and how many it wrote."""
        row = self._one(sa.select(history.replica_head).where(history.replica_head.c.replica == replica))
        return (row["last"], row["count"]) if row is not None else None

    def has_revision(self, revision_id: bytes) -> bool:
        """Whether history holds this revision."""
        table = history.revision
        return self._one(sa.select(table.c.seq).where(table.c.id == revision_id)) is not None

    def scope_heads(self, scope: str) -> list[bytes]:
        """The last revision of each replica in a scope, sorted: what a print's footer condenses."""
        table = history.revision
        newest = (
            sa.select(table.c.replica, sa.func.max(table.c.number).label("number"))
            .where(table.c.scope == scope)
            .group_by(table.c.replica)
            .subquery()
        )
        query = sa.select(table.c.id).join(
            newest, sa.and_(table.c.replica == newest.c.replica, table.c.number == newest.c.number)
        )
        return sorted(row["id"] for row in self._all(query.where(table.c.scope == scope)))

    def of(self, kind_name: str) -> Projection:
        """The projection of a kind by its name."""
        return PROJECTIONS[KINDS[kind_name].KIND]

    def _one(self, query: sa.Select[Any]) -> dict[str, Any] | None:
        with plain_words():
            row = self._connection.execute(query).mappings().first()
            return None if row is None else dict(row)

    def _all(self, query: sa.Select[Any]) -> list[dict[str, Any]]:
        with plain_words():
            return [dict(row) for row in self._connection.execute(query).mappings()]
