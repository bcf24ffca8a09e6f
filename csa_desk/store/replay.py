"""Playing history again: what every record's row must be, and making the tables anew from it (design §4)."""

import json
from collections.abc import Iterator
from typing import Any

from csa_desk.records.fields import defaults
from csa_desk.store.revisions import canonical
from csa_desk.store.search import digest, index_text, is_indexed
from csa_desk.store.tables.projections import HEADS, PROJECTIONS, Projection, from_wire

BROKEN = object()


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


def replayed(raw: Any) -> Iterator[tuple[Projection, str, dict[str, Any]]]:
    """For every record in history: its projection, id, and the row it must have. Ordered by first appearance.

    What somebody made unreadable counts as not there: the check names it where it stands.
    """
    values: dict[tuple[str, str], dict[str, Any]] = {}
    heads: dict[tuple[str, str], set[str]] = {}
    fields_of: dict[int, dict[str, str]] = {}
    for seq, name, value in raw.execute("SELECT seq, field, value FROM revision_value ORDER BY seq"):
        fields_of.setdefault(seq, {})[name] = value
    rows = raw.execute("SELECT seq, id, kind, record, parents FROM revision ORDER BY seq")
    for seq, revision_id, kind, record, parents in rows:
        if kind not in PROJECTIONS or not isinstance(revision_id, bytes):
            continue
        key = (kind, record)
        known = values.setdefault(key, dict(defaults(PROJECTIONS[kind].kind)))
        for name, text in fields_of.get(seq, {}).items():
            if name in known and (held := read_json(text)) is not BROKEN:
                known[name] = from_wire(PROJECTIONS[kind].kind, name, held)
        current = heads.setdefault(key, set())
        current.difference_update(parents_of(parents))
        current.add(revision_id.hex())
    for (kind, record), found in values.items():
        projection = PROJECTIONS[kind]
        row: dict[str, Any] = {"id": record}
        row.update({name: projection.to_column(name, found[name]) for name in projection.columns})
        row[HEADS] = canonical(sorted(heads[(kind, record)]))
        yield projection, record, row


def rebuild(raw: Any) -> None:
    """Make every table of records and the search index anew from history, inside the caller's transaction.

    The caller has foreign keys off or deferred.
    """
    for projection in PROJECTIONS.values():
        raw.execute(f'DELETE FROM "{projection.table.name}"')  # noqa: S608 - a name of our own
    raw.execute("DELETE FROM search")
    raw.execute("DELETE FROM search_row")
    for projection, record, row in replayed(raw):
        names = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" for _ in row)
        raw.execute(
            f'INSERT INTO "{projection.table.name}" ({names}) VALUES ({marks})',  # noqa: S608 - as above
            tuple(int(value) if isinstance(value, bool) else value for value in row.values()),
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
