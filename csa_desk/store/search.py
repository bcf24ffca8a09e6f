"""The search index: what of a record can be found, and finding it as somebody types, slips forgiven.

The index is inside ``case.db``. A query is exact and prefix first; words the vocabulary does not hold are
replaced by the nearest ones it does hold (``fts5vocab`` and ``rapidfuzz``), never by a scan of the records.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from rapidfuzz import process
from rapidfuzz.distance import OSA

from csa_desk.records.fields import Record
from csa_desk.store.engine import plain_words
from csa_desk.store.tables.history import search_row

# kind → fields of the title, of other names, of the body: ranked in this order.
INDEXED: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "person": (("name",), ("preferred_name",), ()),
    "case": (("code",), (), ()),
    "team-member": (("agency_name",), ("name",), ()),
    "agency": (("name",), ("other_names",), ("description", "agency_type")),
    "service": (
        ("name",),
        ("other_names",),
        ("description", "eligibility", "how_to_refer", "needs", "areas"),
    ),
    "location": (("name",), ("postcode",), ()),
}
_WORD = re.compile(r"\w+", re.UNICODE)
SHORTEST_FORGIVEN = 4
MOST_CANDIDATES = 6
MOST_WEIGHED = 600


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that fits, best first. ``forgiven`` where only a neighbouring spelling fits."""

    kind: str
    record: str
    title: str
    also: str
    forgiven: bool


@dataclass(frozen=True, slots=True)
class _Among:
    """What is searched: kinds, and, if not all, the ids of the records as JSON."""

    kinds: tuple[str, ...]
    records: str | None


def is_indexed(record: Record | type[Record]) -> bool:
    """Whether this kind of record can be found by searching."""
    return record.KIND in INDEXED


def index_text(record: Record) -> tuple[str, str, str]:
    """Title, other names and body of a record as the index holds them; all empty once it is removed."""
    if record.removed:
        return ("", "", "")
    title, also, body = INDEXED[record.KIND]
    return (_joined(record, title), _joined(record, also), _joined(record, body))


def _joined(record: Record, names: Sequence[str]) -> str:
    parts: list[str] = []
    for name in names:
        value = getattr(record, name)
        if isinstance(value, str):
            parts.append(value)
        elif isinstance(value, tuple):
            parts.extend(value)
        elif isinstance(value, list):
            parts.extend(str(part["name"]) for part in value if isinstance(part, dict) and part.get("name"))
    return " ".join(part for part in parts if part)


def digest(text: tuple[str, str, str]) -> str:
    """What ``search_row`` keeps of a record's text, to notice a change without reading the index."""
    return hashlib.sha256("\x1f".join(text).encode()).hexdigest()[:16]


def index_record(connection: sa.Connection, record: Record) -> None:
    """Bring the index up to date with a record, inside the caller's transaction."""
    text = index_text(record)
    wanted = digest(text)
    row = connection.execute(
        sa.select(search_row.c.id, search_row.c.digest).where(
            search_row.c.record == sa.bindparam("wanted"), search_row.c.kind == sa.bindparam("of_kind")
        ),
        {"wanted": record.id, "of_kind": record.KIND},
    ).first()
    if row is not None:
        if row[1] == wanted:
            return
        connection.exec_driver_sql("DELETE FROM search WHERE rowid = ?", (row[0],))
        number = row[0]
        connection.execute(sa.update(search_row).where(search_row.c.id == number).values(digest=wanted))
    else:
        result = connection.execute(
            sa.insert(search_row), {"kind": record.KIND, "record": record.id, "digest": wanted}
        )
        number = result.lastrowid
    if any(text):
        connection.exec_driver_sql(
            "INSERT INTO search(rowid, title, also, body, kind, record) VALUES (?, ?, ?, ?, ?, ?)",
            (number, *text, record.KIND, record.id),
        )


def folded(words: str) -> list[str]:
    """The words of a text as the index folds them: no accents, lower case."""
    plain = "".join(c for c in unicodedata.normalize("NFD", words.lower()) if not unicodedata.combining(c))
    return _WORD.findall(plain)


class Finder:
    """Searches over one connection; keeps the vocabulary until the index changes."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._vocabulary: list[str] = []
        self._state: tuple[int, int] | None = None

    def find(
        self, words: str, kinds: Sequence[str], limit: int = 50, among: Sequence[str] | None = None
    ) -> list[Hit]:
        """Best records of these kinds. Every word must fit; the last one may be unfinished.

        A record of exactly this name comes first, then the best exact and prefix hits; if they are few, hits
        with slips forgiven follow. ``among``: only these records, however many others fit.
        """
        typed = folded(words)
        if not typed:
            return []
        of = _Among(tuple(kinds), None if among is None else json.dumps(list(among)))
        named = self._named(typed, words, of)[:limit]
        known = {hit.record for hit in named}
        fitting = self._match([[word] for word in typed], of, limit, forgiven=False)
        exact = (named + [hit for hit in fitting if hit.record not in known])[:limit]
        if len(exact) >= limit or len(exact) >= MOST_CANDIDATES:
            return exact
        alternatives = [self._near(word) for word in typed]
        if all(found == [word] for found, word in zip(alternatives, typed, strict=True)):
            return exact
        seen = {hit.record for hit in exact}
        near = self._match(alternatives, of, limit, forgiven=True)
        return (exact + [hit for hit in near if hit.record not in seen])[:limit]

    def _named(self, typed: list[str], words: str, of: _Among) -> list[Hit]:
        """Records whose whole name was typed: a crowd that fits too must not keep them from being weighed."""
        phrase = f'title : ^"{" ".join(typed)}"'
        whole = " AND title = ? COLLATE NOCASE"
        rows = self._rows(f"search MATCH ?{whole}", (phrase, words.strip()), of)
        return [Hit(kind, record, title, also, False) for _, kind, record, title, also in rows]

    def _match(self, alternatives: list[list[str]], of: _Among, limit: int, *, forgiven: bool) -> list[Hit]:
        if not all(alternatives):
            return []
        query = " AND ".join(
            "(" + " OR ".join(f'"{word}"*' for word in words) + ")" for words in alternatives
        )
        hits = self._rows("search MATCH ?", (f"{{title also}} : ({query})",), of)
        if len(hits) < limit:
            known = {record for _, _, record, _, _ in hits}
            hits = sorted(
                [*hits, *(hit for hit in self._rows("search MATCH ?", (query,), of) if hit[2] not in known)]
            )
        return [Hit(kind, record, title, also, forgiven) for _, kind, record, title, also in hits[:limit]]

    def _rows(
        self, where: str, values: tuple[str, ...], of: _Among
    ) -> list[tuple[float, str, str, str, str]]:
        """Hits with their rank, best first; of thousands only the first are weighed: so common a word parts none."""
        marks = ", ".join("?" for _ in of.kinds)
        where += f" AND kind IN ({marks})"
        values += of.kinds
        if of.records is not None:
            where += " AND record IN (SELECT value FROM json_each(?))"
            values += (of.records,)
        with plain_words():
            rows = self._connection.exec_driver_sql(
                "SELECT bm25(search, 10.0, 5.0, 1.0), kind, record, title, also "  # noqa: S608 - only marks joined in
                f"FROM search WHERE {where} LIMIT ?",
                (*values, MOST_WEIGHED),
            ).fetchall()
        return sorted(tuple(row) for row in rows)

    def _near(self, word: str) -> list[str]:
        if len(word) < SHORTEST_FORGIVEN:
            return [word]
        allowed = 1 if len(word) < 8 else 2
        found = process.extract(
            word, self._words(), scorer=OSA.distance, score_cutoff=allowed, limit=MOST_CANDIDATES
        )
        near = [word, *(other for other, _, _ in found)]
        return list(dict.fromkeys([*near, word.replace("ss", "ß")]))

    def _words(self) -> list[str]:
        with plain_words():
            found = self._connection.exec_driver_sql(
                "SELECT data_version, total_changes() FROM pragma_data_version"
            ).one()
            state = (int(found[0]), int(found[1]))
            if state != self._state:
                rows = self._connection.exec_driver_sql("SELECT term FROM search_words").fetchall()
                self._vocabulary = [term for (term,) in rows if len(term) >= SHORTEST_FORGIVEN - 1]
                self._state = state
        return self._vocabulary
