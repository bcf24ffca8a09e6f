"""Schema 4: facts of the directory one at a time, areas, and what agencies and services did not hold before."""

from typing import Any

NEW = (
    """CREATE TABLE agreement ( id TEXT NOT NULL, removed INTEGER NOT NULL, origin TEXT NOT NULL, origin_id
TEXT NOT NULL, checked_on TEXT NOT NULL, checked_by TEXT NOT NULL, checked_how TEXT NOT NULL, extra
TEXT NOT NULL, what TEXT NOT NULL, parties TEXT NOT NULL, title TEXT NOT NULL, headings TEXT NOT
NULL, agreed TEXT NOT NULL, review TEXT NOT NULL, website TEXT NOT NULL, note TEXT NOT NULL, heads
TEXT NOT NULL, PRIMARY KEY (id) )""",
    """CREATE TABLE area ( id TEXT NOT NULL, removed INTEGER NOT NULL, origin TEXT NOT NULL, origin_id TEXT
NOT NULL, checked_on TEXT NOT NULL, checked_by TEXT NOT NULL, checked_how TEXT NOT NULL, extra TEXT
NOT NULL, code TEXT NOT NULL, what TEXT NOT NULL, name TEXT NOT NULL, other_names TEXT NOT NULL,
vintage TEXT NOT NULL, began TEXT NOT NULL, ended TEXT NOT NULL, successors TEXT NOT NULL, within
TEXT NOT NULL, heads TEXT NOT NULL, PRIMARY KEY (id) )""",
    """CREATE TABLE co_location ( id TEXT NOT NULL, removed INTEGER NOT NULL, origin TEXT NOT NULL,
origin_id TEXT NOT NULL, checked_on TEXT NOT NULL, checked_by TEXT NOT NULL, checked_how TEXT NOT
NULL, extra TEXT NOT NULL, agency TEXT NOT NULL, service TEXT NOT NULL, location TEXT NOT NULL, days
TEXT NOT NULL, heads TEXT NOT NULL, PRIMARY KEY (id) )""",
    """CREATE INDEX co_location_agency ON co_location (agency)""",
    """CREATE INDEX co_location_service ON co_location (service)""",
    """CREATE TABLE column_mapping ( id TEXT NOT NULL, removed INTEGER NOT NULL, origin TEXT NOT NULL,
origin_id TEXT NOT NULL, checked_on TEXT NOT NULL, checked_by TEXT NOT NULL, checked_how TEXT NOT
NULL, extra TEXT NOT NULL, shape TEXT NOT NULL, title TEXT NOT NULL, target TEXT NOT NULL, columns
TEXT NOT NULL, heads TEXT NOT NULL, PRIMARY KEY (id) )""",
    """CREATE TABLE criterion ( id TEXT NOT NULL, removed INTEGER NOT NULL, origin TEXT NOT NULL, origin_id
TEXT NOT NULL, checked_on TEXT NOT NULL, checked_by TEXT NOT NULL, checked_how TEXT NOT NULL, extra
TEXT NOT NULL, service TEXT NOT NULL, about TEXT NOT NULL, rule TEXT NOT NULL, lowest TEXT NOT NULL,
highest TEXT NOT NULL, "values" TEXT NOT NULL, note TEXT NOT NULL, heads TEXT NOT NULL, PRIMARY KEY
(id) )""",
    """CREATE INDEX criterion_service ON criterion (service)""",
    """CREATE TABLE escalation_route ( id TEXT NOT NULL, removed INTEGER NOT NULL, origin TEXT NOT NULL,
origin_id TEXT NOT NULL, checked_on TEXT NOT NULL, checked_by TEXT NOT NULL, checked_how TEXT NOT
NULL, extra TEXT NOT NULL, area TEXT NOT NULL, level TEXT NOT NULL, agency TEXT NOT NULL, phone TEXT
NOT NULL, email TEXT NOT NULL, website TEXT NOT NULL, note TEXT NOT NULL, heads TEXT NOT NULL,
PRIMARY KEY (id) )""",
    """CREATE INDEX escalation_route_agency ON escalation_route (agency)""",
    """CREATE TABLE referral_route ( id TEXT NOT NULL, removed INTEGER NOT NULL, origin TEXT NOT NULL,
origin_id TEXT NOT NULL, checked_on TEXT NOT NULL, checked_by TEXT NOT NULL, checked_how TEXT NOT
NULL, extra TEXT NOT NULL, agency TEXT NOT NULL, service TEXT NOT NULL, who TEXT NOT NULL, how TEXT
NOT NULL, "to" TEXT NOT NULL, note TEXT NOT NULL, heads TEXT NOT NULL, PRIMARY KEY (id) )""",
    """CREATE INDEX referral_route_agency ON referral_route (agency)""",
    """CREATE INDEX referral_route_service ON referral_route (service)""",
    """CREATE TABLE same_entry ( id TEXT NOT NULL, removed INTEGER NOT NULL, origin TEXT NOT NULL,
origin_id TEXT NOT NULL, checked_on TEXT NOT NULL, checked_by TEXT NOT NULL, checked_how TEXT NOT
NULL, extra TEXT NOT NULL, entry TEXT NOT NULL, other TEXT NOT NULL, reason TEXT NOT NULL, heads
TEXT NOT NULL, PRIMARY KEY (id) )""",
)
REBUILT = (
    (
        "agency",
        """CREATE TABLE agency ( id TEXT NOT NULL, removed INTEGER NOT NULL, origin TEXT NOT NULL, origin_id
TEXT NOT NULL, checked_on TEXT NOT NULL, checked_by TEXT NOT NULL, checked_how TEXT NOT NULL, extra
TEXT NOT NULL, name TEXT NOT NULL, other_names TEXT NOT NULL, description TEXT NOT NULL, agency_type
TEXT NOT NULL, website TEXT NOT NULL, email TEXT NOT NULL, phone TEXT NOT NULL, parent TEXT NOT
NULL, policies TEXT NOT NULL, risk_role TEXT NOT NULL, identifiers TEXT NOT NULL, heads TEXT NOT
NULL, PRIMARY KEY (id) )""",
    ),
    (
        "service",
        """CREATE TABLE service ( id TEXT NOT NULL, removed INTEGER NOT NULL, origin TEXT NOT NULL, origin_id
TEXT NOT NULL, checked_on TEXT NOT NULL, checked_by TEXT NOT NULL, checked_how TEXT NOT NULL, extra
TEXT NOT NULL, agency TEXT NOT NULL, name TEXT NOT NULL, other_names TEXT NOT NULL, description TEXT
NOT NULL, status TEXT NOT NULL, website TEXT NOT NULL, email TEXT NOT NULL, phone TEXT NOT NULL,
minimum_age TEXT NOT NULL, maximum_age TEXT NOT NULL, eligibility TEXT NOT NULL, how_to_refer TEXT
NOT NULL, fees TEXT NOT NULL, wait TEXT NOT NULL, wait_as_at TEXT NOT NULL, capacity TEXT NOT NULL,
capacity_as_at TEXT NOT NULL, referrals TEXT NOT NULL, sessions TEXT NOT NULL, review_every TEXT NOT
NULL, alert TEXT NOT NULL, accreditations TEXT NOT NULL, commissioner TEXT NOT NULL, contract_end
TEXT NOT NULL, types TEXT NOT NULL, needs TEXT NOT NULL, roles TEXT NOT NULL, languages TEXT NOT
NULL, locations TEXT NOT NULL, areas TEXT NOT NULL, schedules TEXT NOT NULL, costs TEXT NOT NULL,
attributes TEXT NOT NULL, heads TEXT NOT NULL, PRIMARY KEY (id) )""",
    ),
)
ADDED = {
    "policies": "''",
    "risk_role": "''",
    "wait_as_at": "''",
    "capacity": "''",
    "capacity_as_at": "''",
    "referrals": "''",
    "sessions": "''",
    "review_every": "''",
    "types": "'[]'",
}
"""Column that is new → what it holds where nothing was said, as a literal."""


def run(raw: Any) -> None:
    """Make the new tables; make two anew with every row they had."""
    for statement in NEW:
        raw.execute(statement)
    for table, statement in REBUILT:
        held = [row[1] for row in raw.execute(f"PRAGMA table_info({table})").fetchall()]
        raw.execute(f"CREATE TEMP TABLE older AS SELECT * FROM {table}")  # noqa: S608 - names of our own
        raw.execute(f"DROP TABLE {table}")
        raw.execute(statement)
        names = [row[1] for row in raw.execute(f"PRAGMA table_info({table})").fetchall()]
        came = ", ".join(name if name in held else ADDED[name] for name in names)
        raw.execute(f"INSERT INTO {table} SELECT {came} FROM older")  # noqa: S608 - names of our own
        raw.execute("DROP TABLE older")
    raw.execute("CREATE INDEX service_agency ON service (agency)")
