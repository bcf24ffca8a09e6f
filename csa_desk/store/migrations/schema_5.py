"""Schema 5: where a child lives, as a dated event; an index that holds what matching asks of every service."""

from typing import Any

STATEMENTS = (
    """CREATE INDEX service_together ON service (removed, id, agency, name, types, needs, checked_on, status,
referrals, minimum_age, maximum_age, areas)""",
    """CREATE TABLE home_area ( id TEXT NOT NULL, removed INTEGER NOT NULL, "case" TEXT, area TEXT NOT
NULL, area_name TEXT NOT NULL, since TEXT NOT NULL, heads TEXT NOT NULL, PRIMARY KEY (id), FOREIGN
KEY("case") REFERENCES "case" (id) DEFERRABLE INITIALLY DEFERRED )""",
    """CREATE INDEX home_area_case ON home_area ("case")""",
)


def run(raw: Any) -> None:
    """Make them."""
    for statement in STATEMENTS:
        raw.execute(statement)
