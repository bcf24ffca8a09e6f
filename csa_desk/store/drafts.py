"""Half-typed words, encrypted in the vault within a second of typing, gone once saved (design §5)."""

from dataclasses import dataclass

import sqlalchemy as sa

from csa_desk.store.tables import history


@dataclass(frozen=True, slots=True)
class Draft:
    """What stood in a field and where the cursor was. ``key`` names the field, never its content."""

    key: str
    text: str
    cursor: int
    time: str


def keep(connection: sa.Connection, practitioner: str, draft: Draft) -> None:
    """Write or replace a draft, inside the caller's transaction."""
    table = history.draft
    connection.execute(sa.delete(table).where(table.c.key == draft.key, table.c.practitioner == practitioner))
    connection.execute(
        sa.insert(table),
        {
            "key": draft.key,
            "practitioner": practitioner,
            "text": draft.text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
            "cursor": draft.cursor,
            "time": draft.time,
        },
    )


def of(connection: sa.Connection, practitioner: str, prefix: str) -> dict[str, Draft]:
    """A practitioner's drafts whose key starts with ``prefix``."""
    table = history.draft
    rows = connection.execute(
        sa.select(table).where(
            table.c.practitioner == practitioner, sa.func.substr(table.c.key, 1, len(prefix)) == prefix
        )
    ).mappings()
    return {row["key"]: Draft(row["key"], row["text"], row["cursor"], row["time"]) for row in rows}
