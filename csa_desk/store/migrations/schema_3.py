"""Schema 3: a slot's entry holds the slot's public half; the access log is signed for at each lock."""

from typing import Any

STATEMENTS = (
    "CREATE TEMP TABLE older AS SELECT id, removed, letter, practitioner, opened_by, heads FROM slot",
    "DROP TABLE slot",
    """CREATE TABLE slot ( id TEXT NOT NULL, removed INTEGER NOT NULL, letter TEXT NOT NULL, practitioner TEXT
NOT NULL, opened_by TEXT NOT NULL, recipient TEXT NOT NULL, heads TEXT NOT NULL, PRIMARY KEY (id) )""",
    "INSERT INTO slot SELECT id, removed, letter, practitioner, opened_by, '', heads FROM older",
    "DROP TABLE older",
    """CREATE TABLE access_kept ( id TEXT NOT NULL, removed INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER
NOT NULL, digest TEXT NOT NULL, heads TEXT NOT NULL, PRIMARY KEY (id) )""",
)


def run(raw: Any) -> None:
    """Make the table anew; an entry made before has no public half."""
    for statement in STATEMENTS:
        raw.execute(statement)
