"""Playing history again: what every record's row must be, and making the tables anew from it (design §4).

Values that a removal hides or took out are played as if they had never been said. A record of which nothing is left
but where it belongs stands as removed.
"""

import json
from collections.abc import Collection, Iterator
from typing import Any

from csa_desk.records.fields import Record, defaults
from csa_desk.store.revisions import canonical
from csa_desk.store.search import digest, index_text, is_indexed
from csa_desk.store.tables.projections import HEADS, PROJECTIONS, Projection, from_wire

BROKEN = object()
Out = Collection[tuple[int, str]]
"""Values that are not to be played: the revision's place in the file and the field."""

FRAME = frozenset(
    {
        "case", "person", "subject", "subject_kind", "question", "episode", "plan", "goal", "need", "item", "instance",
        "proceeding", "stage", "entry", "removal",
    }
)  # fmt: skip
"""Fields that only say where a record belongs. A strike leaves them, so that the record can be answered anew."""
_STANDING = FRAME | {"removed"}


def read_json(text: Any) -> Any:
    """A JSON value of history, or :data:`BROKEN` where it is none."""
    try:
        return json.loads(text)
    except (ValueError, TypeError, RecursionError):
        return BROKEN


def parents_of(text: Any) -> list[str]:
    """The parents a revision names; none where its text was made unreadable."""
    found = read_json(text)
    return [part for part in found if isinstance(part, str)] if isinstance(found, list) else []


def replayed(
    raw: Any, out: Out = frozenset(), where: str = "1", given: tuple[Any, ...] = ()
) -> Iterator[tuple[Projection, str, dict[str, Any]]]:
    """For every record in history: its projection, id, and the row it must have. Ordered by first appearance.

    ``where`` is a condition of ours on ``revision`` that takes all revisions of a record or none. What somebody made
    unreadable counts as not there: the check names it where it stands.
    """
    values: dict[tuple[str, str], dict[str, Any]] = {}
    heads: dict[tuple[str, str], set[str]] = {}
    fields_of: dict[int, dict[str, str]] = {}
    played = "1" if where == "1" else f"seq IN (SELECT seq FROM revision WHERE {where})"  # noqa: S608 - our own
    for seq, name, value in raw.execute(
        f"SELECT seq, field, value FROM revision_value WHERE {played} ORDER BY seq",  # noqa: S608
        given,
    ):
        fields_of.setdefault(seq, {})[name] = value
    gaps = {seq for seq, _ in out}
    gaps.update(
        seq
        for (seq,) in raw.execute(f"SELECT DISTINCT seq FROM permit WHERE {played}", given)  # noqa: S608
    )
    thinned: set[tuple[str, str]] = set()
    rows = raw.execute(
        f"SELECT seq, id, kind, record, parents FROM revision WHERE {where} ORDER BY seq",  # noqa: S608
        given,
    )
    for seq, revision_id, kind, record, parents in rows:
        if kind not in PROJECTIONS or not isinstance(revision_id, bytes):
            continue
        key = (kind, record)
        if seq in gaps:
            thinned.add(key)
        known = values.setdefault(key, dict(defaults(PROJECTIONS[kind].kind)))
        for name, text in fields_of.get(seq, {}).items():
            if name in known and (seq, name) not in out and (held := read_json(text)) is not BROKEN:
                known[name] = from_wire(PROJECTIONS[kind].kind, name, held)
        current = heads.setdefault(key, set())
        current.difference_update(parents_of(parents))
        current.add(revision_id.hex())
    for (kind, record), found in values.items():
        projection = PROJECTIONS[kind]
        if (kind, record) in thinned and not _says(projection.kind, found):
            found["removed"] = True
        row: dict[str, Any] = {"id": record}
        row.update({name: projection.to_column(name, found[name]) for name in projection.columns})
        row[HEADS] = canonical(sorted(heads[(kind, record)]))
        yield projection, record, row


def _says(kind: type[Record], values: dict[str, Any]) -> bool:
    """Whether a record says anything besides where it belongs."""
    empty = defaults(kind)
    return any(values[name] != empty[name] for name in empty if name not in _STANDING)


def rebuild(raw: Any, out: Out = frozenset()) -> None:
    """Make every table of records and the search index anew from history, inside the caller's transaction.

    The caller has foreign keys off or deferred, and names what is hidden (:func:`store.decisions.hidden`).
    """
    for projection in PROJECTIONS.values():
        raw.execute(f'DELETE FROM "{projection.table.name}"')  # noqa: S608 - a name of our own
    raw.execute("DELETE FROM search")
    raw.execute("DELETE FROM search_row")
    for projection, record, row in replayed(raw, out):
        names = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" for _ in row)
        raw.execute(
            f'INSERT INTO "{projection.table.name}" ({names}) VALUES ({marks})',  # noqa: S608 - as above
            tuple(_column(value) for value in row.values()),
        )
        held = projection.to_record(row)
        if not is_indexed(held):
            continue
        text = index_text(held)
        number = raw.execute(
            "INSERT INTO search_row(kind, record, digest) VALUES (?, ?, ?)", (held.KIND, record, digest(text))
        ).lastrowid
        if any(text):
            raw.execute(
                "INSERT INTO search(rowid, title, also, body, kind, record) VALUES (?, ?, ?, ?, ?, ?)",
                (number, *text, held.KIND, record),
            )


def play_again(raw: Any, out: Out, where: str, given: tuple[Any, ...]) -> dict[str, list[Record]]:
    """Bring the rows of some records up to date with history; by kind, the records as they stand now.

    Their entries of the search index are the caller's to mend.
    """
    done: dict[str, list[Record]] = {}
    for projection, record, row in replayed(raw, out, where, given):
        marks = ", ".join(f'"{name}" = ?' for name in row)
        raw.execute(
            f'UPDATE "{projection.table.name}" SET {marks} WHERE id = ?',  # noqa: S608 - names of our own
            (*(_column(value) for value in row.values()), record),
        )
        done.setdefault(projection.kind.KIND, []).append(projection.to_record(row))
    return done


def _column(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value
