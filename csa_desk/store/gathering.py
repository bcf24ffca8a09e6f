"""What is gathered of a damaged history: page by page, gaps filled from backups, and what is missing counted."""

import contextlib
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from csa_desk.errors import DamagedVaultError, DeskError
from csa_desk.store import decisions, files, schema
from csa_desk.store.beside import SCRATCH
from csa_desk.store.carving import Row, rows_of
from csa_desk.store.engine import DatabaseKey, connect, plain_words
from csa_desk.store.header import Header
from csa_desk.store.manifest import Watch
from csa_desk.store.marker import Marker
from csa_desk.store.pages import Pages
from csa_desk.store.replay import read_json, rebuild
from csa_desk.store.signed import COLUMNS, as_revision, salted, trusted_keys
from csa_desk.store.tables.projections import PROJECTIONS
from csa_desk.store.vault import DATABASE

_WIDTH = COLUMNS.count(",") + 1
_ADD_REVISION = f"INSERT OR IGNORE INTO revision({COLUMNS}) VALUES ({', '.join('?' * _WIDTH)})"  # noqa: S608 - our own
_INDEXED = "SELECT seq, record FROM revision INDEXED BY revision_record ORDER BY record ASC, seq ASC"
_ADD_VALUE = "INSERT OR IGNORE INTO revision_value(seq, field, salt, value) VALUES (?, ?, ?, ?)"
_ID_BYTES = 32
_AGE = b"age-encryption.org/"


class Gathering:
    """One salvage: the damaged pages, the new database, and what is counted on the way."""

    def __init__(self, target: Path, key: DatabaseKey, pages: Pages, marker: Marker, watch: Watch) -> None:
        self._target, self._key, self._pages, self._watch = target, key, pages, watch
        self._seal_key = pages.seal_key()
        self._raw = connect(target / DATABASE, key)
        self.damaged = 0
        self.filled = 0
        self.missing: dict[str, int] = {}
        self._heads: dict[str, int] = {}
        self._marker = marker

    def close(self) -> None:
        """Let go of the new database."""
        self._raw.close()

    def run(self, made: Header, others: Iterator[tuple[Path, DatabaseKey]]) -> None:
        """Everything, in one transaction."""
        raw = self._raw
        (self._target / DATABASE).chmod(files.OWNER_ONLY_FILE)
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("BEGIN IMMEDIATE")
        schema.create(raw)
        raw.executemany(
            "INSERT INTO about(name, value) VALUES (?, ?)",
            [("vault_id", made.vault_id), ("generation", str(made.generation)), ("kind", str(made.kind))],
        )
        self._read_pages()
        for path, key in others:
            self._fill_from(path, key)
        kept = raw.execute("SELECT count(*) FROM revision").fetchone()[0]
        if not kept:
            raise DamagedVaultError(
                "Nothing could be read of this vault: every page is damaged. Restore the latest backup instead."
            )
        for replica, count, last in raw.execute(
            "SELECT replica, count(*), max(seq) FROM revision GROUP BY replica"
        ).fetchall():
            raw.execute(
                "INSERT INTO replica_head(replica, count, last) SELECT ?, ?, id FROM revision WHERE seq = ?",
                (replica, count, last),
            )
        decided = decisions.read(raw, trusted_keys(raw))
        rebuild(raw, decisions.hidden(raw, decided))
        self._count_missing(decided)
        raw.execute("COMMIT")

    def _read_pages(self) -> None:
        """Twice through the pages: revisions first, then what hangs on them."""
        total = self._pages.count
        for step, take in enumerate((self._take_first, self._take_then)):
            for number in range(1, total + 1):
                rows = rows_of(self._pages, number, self._seal_key)
                if rows is None:
                    self.damaged += 1 - step
                    continue
                for row in rows:
                    take(row)
                if number % 256 == 0:
                    self._watch(step * total + number, 2 * total)

    def _take_first(self, row: Row) -> None:
        values = row.values
        if row.number is not None and len(values) == _WIDTH:
            self._keep_revision((row.number, *values[1:]))
        elif row.number is not None and _is_access(values):
            self._raw.execute(
                "INSERT OR IGNORE INTO access VALUES (?, ?, ?, ?, ?, ?)", (row.number, *values[1:])
            )
        elif row.number is not None and _are(values, str, int, bytes) and len(values[2]) == _ID_BYTES:
            self._heads[values[0]] = values[1]
        elif row.number is None and _is_wrapped(values):
            self._raw.execute("INSERT OR IGNORE INTO wrapped_key VALUES (?, ?, ?)", values)
        elif row.number is not None and _is_draft(values):
            self._raw.execute("INSERT OR IGNORE INTO draft VALUES (?, ?, ?, ?, ?)", values)

    def _take_then(self, row: Row) -> None:
        values = row.values
        if row.number is not None:
            return
        if len(values) == 4 and _are(values, int, str, bytes, str):
            self._keep_value(values)
        elif len(values) == 3 and _are(values, int, str, str) and self._has(values[0]):
            self._raw.execute("INSERT OR IGNORE INTO permit(seq, field, removal) VALUES (?, ?, ?)", values)

    def _keep_revision(self, row: tuple[Any, ...]) -> bool:
        if not isinstance(row[1], bytes):
            return False
        revision = as_revision(row)
        if revision is None or revision.id != row[1]:
            return False
        return bool(self._raw.execute(_ADD_REVISION, row).rowcount == 1)

    def _has(self, seq: int) -> bool:
        return self._raw.execute("SELECT 1 FROM revision WHERE seq = ?", (seq,)).fetchone() is not None

    def _keep_value(self, row: tuple[Any, ...]) -> bool:
        seq, name, salt, value = row
        found = self._raw.execute("SELECT commitments FROM revision WHERE seq = ?", (seq,)).fetchone()
        wanted = read_json(found[0]) if found is not None else None
        if not isinstance(wanted, dict) or wanted.get(name) != salted(salt, value).commitment:
            return False
        return bool(self._raw.execute(_ADD_VALUE, row).rowcount == 1)

    # --- gaps -----------------------------------------------------------------------------------------------

    def _fill_from(self, path: Path, key: DatabaseKey) -> None:
        """What is missing and stands in a backup of the same history. A value that was taken out stays out."""
        with contextlib.suppress(DeskError, dbapi2.DatabaseError, OSError), plain_words():
            other = connect(path, key, read_only=True)
            try:
                for row in other.execute(f"SELECT {COLUMNS} FROM revision ORDER BY seq"):  # noqa: S608 - our own
                    self.filled += self._keep_revision(row)
                for row in other.execute("SELECT seq, field, salt, value FROM revision_value ORDER BY seq"):
                    if not self._taken_out(row[0], row[1]) and self._is_from(other, row[0]):
                        self._keep_value(row)
                for row in other.execute(
                    "SELECT seq, time, practitioner, replica, action, scope FROM access"
                ):
                    self._raw.execute("INSERT OR IGNORE INTO access VALUES (?, ?, ?, ?, ?, ?)", row)
                for row in other.execute("SELECT of, recipient, sealed FROM wrapped_key").fetchall():
                    self._raw.execute(
                        "INSERT OR IGNORE INTO wrapped_key SELECT ?, ?, ? "
                        "WHERE NOT EXISTS (SELECT 1 FROM wrapped_key WHERE of = ?)",
                        (*row, row[0]),
                    )
            finally:
                other.close()

    def _taken_out(self, seq: int, name: str) -> bool:
        found = self._raw.execute("SELECT 1 FROM permit WHERE seq = ? AND field = ?", (seq, name)).fetchone()
        return found is not None

    def _is_from(self, other: Any, seq: int) -> bool:
        """Whether this place in both files is the same revision."""
        wanted = "SELECT id FROM revision WHERE seq = ?"
        return bool(self._raw.execute(wanted, (seq,)).fetchone() == other.execute(wanted, (seq,)).fetchone())

    # --- what is missing ------------------------------------------------------------------------------------

    def _count_missing(self, decided: decisions.Decisions) -> None:
        raw = self._raw
        kept = {
            seq: (kind, record) for seq, kind, record in raw.execute("SELECT seq, kind, record FROM revision")
        }
        known = {record: kind for kind, record in kept.values()}
        entries = self._entries()
        highest = max((*kept, *entries))
        missing: Counter[str] = Counter()
        lost = [seq for seq in range(1, highest + 1) if seq not in kept]
        if lost:
            for kind, ids in self._shown():
                known.update(dict.fromkeys(ids, kind))
        for seq in lost:
            missing[known.get(entries.get(seq, ""), "")] += 1
        missing[""] += max(0, self._written_elsewhere(kept) - len(lost))
        for row in raw.execute(f"SELECT {COLUMNS} FROM revision").fetchall():  # noqa: S608 - our own
            revision = as_revision(row)
            if revision is None:
                continue
            there = {
                name for (name,) in raw.execute("SELECT field FROM revision_value WHERE seq = ?", (row[0],))
            }
            may_lack = decided.permit(revision, row[1])
            if any(name not in there and not may_lack(name) for name in revision.commitments):
                missing[revision.kind] += 1
        missing["access"] = raw.execute("SELECT coalesce(max(seq), 0) - count(*) FROM access").fetchone()[0]
        self.missing = {kind: count for kind, count in sorted(missing.items()) if count}

    def _written_elsewhere(self, kept: Collection[int]) -> int:
        """How many changes this computer, or the file itself, remembers beyond those that were kept."""
        wanted = {replica: head.count for replica, head in self._marker.heads.items()}
        for replica, count in self._heads.items():
            wanted[replica] = max(count, wanted.get(replica, 0))
        there = dict(self._raw.execute("SELECT replica, count(*) FROM revision GROUP BY replica"))
        return sum(max(0, count - there.get(replica, 0)) for replica, count in wanted.items()) if kept else 0

    def _entries(self) -> dict[int, str]:
        """Place in the file → record, as far as the damaged file's own index can be read from either end."""
        found: dict[int, str] = {}
        for order in ("ASC", "DESC"):
            found.update(self._as_far_as_it_goes(_INDEXED.replace("ASC", order)))
        return found

    def _shown(self) -> Iterator[tuple[str, list[str]]]:
        """By kind, the ids of records that the damaged file's own tables still show."""
        for kind, projection in PROJECTIONS.items():
            rows = self._as_far_as_it_goes(f'SELECT id, 0 FROM "{projection.table.name}"')  # noqa: S608 - our own
            yield kind, [str(record) for record, _ in rows]

    def _as_far_as_it_goes(self, query: str) -> list[tuple[Any, Any]]:
        rows: list[tuple[Any, Any]] = []
        with contextlib.suppress(DeskError, dbapi2.DatabaseError):
            old = connect(self._target / SCRATCH, self._key, read_only=True)
            try:
                rows.extend(old.execute(query))
            finally:
                old.close()
        return rows


def _are(values: tuple[Any, ...], *kinds: type) -> bool:
    return len(values) == len(kinds) and all(
        isinstance(value, kind) for value, kind in zip(values, kinds, strict=True)
    )


def _is_moment(value: Any) -> bool:
    return isinstance(value, str) and len(value) >= 19 and value[4:5] == "-" and value[10:11] == "T"


def _is_access(values: tuple[Any, ...]) -> bool:
    return (
        len(values) == 6
        and values[0] is None
        and all(isinstance(value, str) for value in values[1:])
        and _is_moment(values[1])
    )


def _is_wrapped(values: tuple[Any, ...]) -> bool:
    return _are(values, str, str, bytes) and bool(values[2].startswith(_AGE))


def _is_draft(values: tuple[Any, ...]) -> bool:
    return _are(values, str, str, str, int, str) and _is_moment(values[4])
