"""Writing records: one transaction, a signed revision for every change, the projection and the index with it."""

import json
import re
from dataclasses import fields, replace
from functools import cache
from typing import Any

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from csa_desk.errors import DamagedVaultError, RefusedError
from csa_desk.records.fields import Merge, Record, defaults, rules
from csa_desk.records.ids import new_id
from csa_desk.records.keeping import PROOF, Removal, RemovalKind, RemovalStopped
from csa_desk.records.vault import HeaderSeen
from csa_desk.store.engine import DAMAGED
from csa_desk.store.reading import Reading
from csa_desk.store.revisions import Revision, Salted, canonical
from csa_desk.store.search import index_record, is_indexed
from csa_desk.store.tables import history
from csa_desk.store.tables.projections import HEADS, projection, scope_of

# Fields that may differ between two writings of one record of a kind whose other fields never change.
_ALWAYS_OPEN = ("removed",)

# Statements of every save, built once: building them anew costs more than running them.
_ADD_REVISION = sa.insert(history.revision)
_ADD_VALUES = sa.insert(history.revision_value)
_ADVANCE = (
    sa.update(history.replica_head)
    .where(history.replica_head.c.replica == sa.bindparam("by"))
    .values(count=sa.bindparam("written"), last=sa.bindparam("newest"))
)


@cache
def _row_of(table: sa.Table) -> sa.Select[Any]:
    return sa.select(table).where(table.c.id == sa.bindparam("wanted"))


@cache
def _new_row(table: sa.Table) -> sa.Insert:
    return sa.insert(table)


class Writer:
    """Who writes: practitioner, replica, key; and how far each chain of this replica has come."""

    def __init__(self, practitioner: str, replica: str, key: Ed25519PrivateKey) -> None:
        self.practitioner = practitioner
        self.replica = replica
        self.key = key
        self.chains: dict[str, tuple[str, int]] = {}
        self.count: int | None = None
        self.written: dict[str, int] = {}

        self._erased: frozenset[str] | None = None

    def forget(self) -> None:
        """After a rollback: read the chains anew."""
        self.chains.clear()
        self.count = None
        self._erased = None

    def erased_in(self, reading: Reading) -> frozenset[str]:
        """What :attr:`Writing.erased` holds; read once, and again after a removal was written."""
        if self._erased is None:
            stopped = {item.removal for item in reading.find(RemovalStopped)}
            self._erased = frozenset(
                f"case:{item.case}" if item.whole_case else item.record
                for item in reading.find(Removal, how=str(RemovalKind.ERASE))
                if item.id not in stopped
            )
        return self._erased

    def note(self, record: Record) -> None:
        """A record was written."""
        self.written[record.KIND] = self.written.get(record.KIND, 0) + 1
        if record.KIND in PROOF:
            self._erased = None


class Writing(Reading):
    """One open transaction."""

    def __init__(self, connection: sa.Connection, writer: Writer, moment: str) -> None:
        super().__init__(connection)
        self._writer = writer
        self._moment = moment
        self.last: bytes | None = None

    def put(self, record: Record, reason: str = "entered") -> bool:
        """Write a record, new or changed; False if it already stood exactly so.

        ``reason`` is a code (``entered``, ``corrected``, ``imported``, ``raised`` …). A field that is set once or
        belongs to a dated event cannot be changed: that is a fault of the program and raises ``ValueError``.
        """
        known = projection(type(record))
        record = _clean(record)
        self._refuse_erased(record)
        row = known.to_row(record)
        old = self._connection.execute(_row_of(known.table), {"wanted": record.id}).mappings().first()
        if old is None:
            empty = defaults(type(record))
            changed = [name for name in known.columns if getattr(record, name) != empty[name]]
            parents: tuple[str, ...] = ()
        else:
            changed = [name for name in known.columns if row[name] != old[name]]
            if not changed:
                return False
            if old["removed"]:
                # What was taken out of a record can be said anew.
                empty = known.to_row(type(record)(id=record.id))
                self._refuse_rewriting(type(record), [name for name in changed if old[name] != empty[name]])
            else:
                self._refuse_rewriting(type(record), changed)
            parents = tuple(json.loads(old[HEADS]))
        salted = {name: Salted.of(canonical(getattr(record, name))) for name in changed}
        revision_id = self._append(record, parents, salted, reason)
        heads = canonical([revision_id.hex()])
        if old is None:
            self._connection.execute(_new_row(known.table), {**row, HEADS: heads})
        else:
            self._connection.execute(
                sa.update(known.table)
                .where(known.table.c.id == sa.bindparam("wanted"))
                .values({name: sa.bindparam(f"new_{name}") for name in [*changed, HEADS]}),
                {
                    "wanted": record.id,
                    **{f"new_{name}": row[name] for name in changed},
                    f"new_{HEADS}": heads,
                },
            )
        if is_indexed(record):
            index_record(self._connection, record)
        self._writer.note(record)
        return True

    def remove(self, record: Record, reason: str = "removed") -> bool:
        """Hide a record; its history stays."""
        return self.put(replace(record, removed=True), reason)

    def noticed(self, record: Record) -> None:
        """A record was changed by other ways than :meth:`put`: copies of its kind are read anew."""
        self._writer.note(record)

    def log_access(self, action: str, scope: str) -> None:
        """Append to the access log: who did what to which scope. ``action`` is a code, never content."""
        self._connection.execute(
            sa.insert(history.access),
            {
                "time": self._moment,
                "practitioner": self._writer.practitioner,
                "replica": self._writer.replica,
                "action": action,
                "scope": scope,
            },
        )

    def drop_draft(self, key: str) -> None:
        """The words were saved: the draft goes."""
        table = history.draft
        self._connection.execute(
            sa.delete(table).where(
                table.c.key == sa.bindparam("wanted"), table.c.practitioner == sa.bindparam("whose")
            ),
            {"wanted": key, "whose": self._writer.practitioner},
        )

    def accept_generation(self, generation: int, detail: str | None = None) -> None:
        """A newer header was met or made: the database remembers it, so that no older one is accepted again."""
        self._connection.execute(
            sa.update(history.about).where(history.about.c.name == "generation").values(value=str(generation))
        )
        self.put(
            HeaderSeen(id=new_id(), generation=str(generation), seen=self._moment, detail=detail), "opened"
        )

    def _append(
        self, record: Record, parents: tuple[str, ...], salted: dict[str, Salted], reason: str
    ) -> bytes:
        writer, scope = self._writer, scope_of(record)
        previous, number = self._chain_end(scope)
        revision = Revision(
            scope=scope,
            kind=record.KIND,
            record=record.id,
            parents=parents,
            practitioner=writer.practitioner,
            replica=writer.replica,
            previous=previous,
            number=number + 1,
            time=self._moment,
            reason=reason,
            commitments={name: value.commitment for name, value in salted.items()},
        )
        revision_id = revision.id
        result = self._connection.execute(
            _ADD_REVISION,
            {
                "id": revision_id,
                "scope": scope,
                "kind": revision.kind,
                "record": revision.record,
                "parents": canonical(list(parents)),
                "practitioner": revision.practitioner,
                "replica": revision.replica,
                "previous": bytes.fromhex(previous) if previous else None,
                "number": revision.number,
                "time": revision.time,
                "reason": reason,
                "commitments": canonical(revision.commitments),
                "signature": writer.key.sign(revision_id),
            },
        )
        seq = result.lastrowid
        if salted:
            self._connection.execute(
                _ADD_VALUES,
                [
                    {"seq": seq, "field": name, "salt": value.salt, "value": value.value}
                    for name, value in salted.items()
                ],
            )
        writer.chains[scope] = (revision_id.hex(), revision.number)
        self._advance(revision_id)
        return revision_id

    def _chain_end(self, scope: str) -> tuple[str, int]:
        known = self._writer.chains.get(scope)
        if known is not None:
            return known
        table = history.revision
        row = self._connection.execute(
            sa.select(table.c.id, table.c.number)
            .where(table.c.scope == sa.bindparam("of"), table.c.replica == sa.bindparam("by"))
            .order_by(table.c.number.desc())
            .limit(1),
            {"of": scope, "by": self._writer.replica},
        ).first()
        if row is None:
            return "", 0
        if not (isinstance(row[0], bytes) and isinstance(row[1], int)):
            raise DamagedVaultError(DAMAGED)
        return row[0].hex(), row[1]

    def _advance(self, revision_id: bytes) -> None:
        writer, table = self._writer, history.replica_head
        if writer.count is None:
            found = self._connection.execute(
                sa.select(table.c.count).where(table.c.replica == sa.bindparam("by")), {"by": writer.replica}
            ).scalar()
            if found is None:
                self._connection.execute(
                    sa.insert(table), {"replica": writer.replica, "count": 0, "last": b""}
                )
            if not isinstance(found, int | None):
                raise DamagedVaultError(DAMAGED)
            writer.count = found or 0
        writer.count += 1
        self.last = revision_id
        self._connection.execute(
            _ADVANCE,
            {"by": writer.replica, "written": writer.count, "newest": revision_id},
        )

    def _refuse_erased(self, record: Record) -> None:
        """What was erased stays erased: nothing is written in its place."""
        gone = self.erased
        if gone and record.KIND not in PROOF and not gone.isdisjoint((scope_of(record), record.id)):
            raise RefusedError(
                "This was erased, or waits to be, so nothing can be written in its place. Nothing was changed."
            )

    @property
    def erased(self) -> frozenset[str]:
        """Scopes of the cases, and ids of the records, that were erased or wait to be."""
        return self._writer.erased_in(self)

    @staticmethod
    def _refuse_rewriting(kind: type[Record], changed: list[str]) -> None:
        known = rules(kind)
        for name in changed:
            if name not in _ALWAYS_OPEN and known[name].merge in (Merge.FIXED, Merge.EVENT):
                raise ValueError(f"{kind.__name__}.{name} is set once and cannot be changed")


def _clean(record: Record) -> Record:
    """Without what no text can hold: lone surrogates become the replacement character, control characters go."""
    changed = {}
    for item in fields(record):
        value = getattr(record, item.name)
        cleaned = _clean_value(value)
        if cleaned != value:
            changed[item.name] = cleaned
    return replace(record, **changed) if changed else record


# Characters that are no words: they move a terminal's cursor, ring its bell or end a string. Tab and line ends stay.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def _clean_value(value: Any) -> Any:
    if isinstance(value, str):
        if value.isascii() and value.isprintable():
            return value
        return _CONTROLS.sub("", value).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, tuple):
        return tuple(_clean_value(part) for part in value)
    if isinstance(value, list):
        return [_clean_value(part) for part in value]
    if isinstance(value, dict):
        return {_clean_value(key): _clean_value(part) for key, part in value.items()}
    return value
