"""Schema 2: what was added since the one before."""

from typing import Any

STATEMENTS = (
    """CREATE TABLE key_voucher ( id TEXT NOT NULL, removed INTEGER NOT NULL, "key" TEXT NOT NULL,
service_key TEXT NOT NULL, signature TEXT NOT NULL, heads TEXT NOT NULL, PRIMARY KEY (id) )""",
    """CREATE TABLE recovery_proof ( id TEXT NOT NULL, removed INTEGER NOT NULL, way TEXT NOT NULL,
practitioner TEXT NOT NULL, letter TEXT NOT NULL, "on" TEXT NOT NULL, heads TEXT NOT NULL, PRIMARY
KEY (id) )""",
    """CREATE TABLE service_key ( id TEXT NOT NULL, removed INTEGER NOT NULL, recipient TEXT NOT NULL,
sign_key TEXT NOT NULL, letter TEXT NOT NULL, since TEXT NOT NULL, heads TEXT NOT NULL, PRIMARY KEY
(id) )""",
    """CREATE TABLE wrapped_key ( "of" TEXT NOT NULL, recipient TEXT NOT NULL, sealed BLOB NOT NULL,
PRIMARY KEY ("of", recipient) ) WITHOUT ROWID""",
    """CREATE TABLE access_request ( id TEXT NOT NULL, removed INTEGER NOT NULL, "case" TEXT, received TEXT
NOT NULL, asked_by TEXT NOT NULL, standing TEXT NOT NULL, due TEXT NOT NULL, best_interests TEXT NOT
NULL, decision TEXT NOT NULL, decided TEXT NOT NULL, decided_by TEXT NOT NULL, answered TEXT NOT
NULL, heads TEXT NOT NULL, PRIMARY KEY (id), FOREIGN KEY("case") REFERENCES "case" (id) DEFERRABLE
INITIALLY DEFERRED )""",
    """CREATE INDEX access_request_case ON access_request ("case")""",
    """CREATE TABLE compartment ( id TEXT NOT NULL, removed INTEGER NOT NULL, "case" TEXT, name TEXT NOT
NULL, version INTEGER NOT NULL, recipient TEXT NOT NULL, since TEXT NOT NULL, why TEXT NOT NULL,
heads TEXT NOT NULL, PRIMARY KEY (id), FOREIGN KEY("case") REFERENCES "case" (id) DEFERRABLE
INITIALLY DEFERRED )""",
    """CREATE INDEX compartment_case ON compartment ("case")""",
    """CREATE TABLE hold ( id TEXT NOT NULL, removed INTEGER NOT NULL, "case" TEXT, since TEXT NOT NULL,
"by" TEXT NOT NULL, reason TEXT NOT NULL, ends TEXT NOT NULL, heads TEXT NOT NULL, PRIMARY KEY (id),
FOREIGN KEY("case") REFERENCES "case" (id) DEFERRABLE INITIALLY DEFERRED )""",
    """CREATE INDEX hold_case ON hold ("case")""",
    """CREATE TABLE holder ( id TEXT NOT NULL, removed INTEGER NOT NULL, "case" TEXT, name TEXT NOT NULL,
practitioner TEXT NOT NULL, since TEXT NOT NULL, why TEXT NOT NULL, "by" TEXT NOT NULL, ends TEXT
NOT NULL, heads TEXT NOT NULL, PRIMARY KEY (id), FOREIGN KEY("case") REFERENCES "case" (id)
DEFERRABLE INITIALLY DEFERRED )""",
    """CREATE INDEX holder_case ON holder ("case")""",
    """CREATE TABLE kept_out ( id TEXT NOT NULL, removed INTEGER NOT NULL, "case" TEXT, practitioner TEXT
NOT NULL, since TEXT NOT NULL, "by" TEXT NOT NULL, reason TEXT NOT NULL, ends TEXT NOT NULL, heads
TEXT NOT NULL, PRIMARY KEY (id), FOREIGN KEY("case") REFERENCES "case" (id) DEFERRABLE INITIALLY
DEFERRED )""",
    """CREATE INDEX kept_out_case ON kept_out ("case")""",
    """CREATE TABLE permit ( seq INTEGER NOT NULL, field TEXT NOT NULL, removal TEXT NOT NULL, PRIMARY KEY
(seq, field), FOREIGN KEY(seq) REFERENCES revision (seq) ) WITHOUT ROWID""",
    """CREATE TABLE removal ( id TEXT NOT NULL, removed INTEGER NOT NULL, "case" TEXT, how TEXT NOT NULL,
record TEXT NOT NULL, record_kind TEXT NOT NULL, whole_case INTEGER NOT NULL, revisions TEXT NOT
NULL, fields TEXT NOT NULL, reason TEXT NOT NULL, asked_by TEXT NOT NULL, asked TEXT NOT NULL,
waits_until TEXT NOT NULL, proof TEXT NOT NULL, heads TEXT NOT NULL, PRIMARY KEY (id), FOREIGN
KEY("case") REFERENCES "case" (id) DEFERRABLE INITIALLY DEFERRED )""",
    """CREATE INDEX removal_case ON removal ("case")""",
    """CREATE TABLE removal_done ( id TEXT NOT NULL, removed INTEGER NOT NULL, "case" TEXT, removal TEXT
NOT NULL, practitioner TEXT NOT NULL, "on" TEXT NOT NULL, "values" INTEGER NOT NULL, heads TEXT NOT
NULL, PRIMARY KEY (id), FOREIGN KEY("case") REFERENCES "case" (id) DEFERRABLE INITIALLY DEFERRED )""",
    """CREATE INDEX removal_done_case ON removal_done ("case")""",
    """CREATE TABLE removal_signed ( id TEXT NOT NULL, removed INTEGER NOT NULL, "case" TEXT, removal TEXT
NOT NULL, practitioner TEXT NOT NULL, "on" TEXT NOT NULL, heads TEXT NOT NULL, PRIMARY KEY (id),
FOREIGN KEY("case") REFERENCES "case" (id) DEFERRABLE INITIALLY DEFERRED )""",
    """CREATE INDEX removal_signed_case ON removal_signed ("case")""",
    """CREATE TABLE removal_stopped ( id TEXT NOT NULL, removed INTEGER NOT NULL, "case" TEXT, removal TEXT
NOT NULL, practitioner TEXT NOT NULL, "on" TEXT NOT NULL, reason TEXT NOT NULL, heads TEXT NOT NULL,
PRIMARY KEY (id), FOREIGN KEY("case") REFERENCES "case" (id) DEFERRABLE INITIALLY DEFERRED )""",
    """CREATE INDEX removal_stopped_case ON removal_stopped ("case")""",
    """CREATE TABLE retention ( id TEXT NOT NULL, removed INTEGER NOT NULL, "case" TEXT, episode TEXT NOT
NULL, decided TEXT NOT NULL, "by" TEXT NOT NULL, keep_until TEXT NOT NULL, review TEXT NOT NULL,
reason TEXT NOT NULL, heads TEXT NOT NULL, PRIMARY KEY (id), FOREIGN KEY("case") REFERENCES "case"
(id) DEFERRABLE INITIALLY DEFERRED )""",
    """CREATE INDEX retention_case ON retention ("case")""",
    """CREATE TABLE seal_opened ( id TEXT NOT NULL, removed INTEGER NOT NULL, "case" TEXT, entry TEXT NOT
NULL, practitioner TEXT NOT NULL, "on" TEXT NOT NULL, reason TEXT NOT NULL, heads TEXT NOT NULL,
PRIMARY KEY (id), FOREIGN KEY("case") REFERENCES "case" (id) DEFERRABLE INITIALLY DEFERRED )""",
    """CREATE INDEX seal_opened_case ON seal_opened ("case")""",
    """CREATE TABLE sealed_entry ( id TEXT NOT NULL, removed INTEGER NOT NULL, "case" TEXT, name TEXT NOT
NULL, compartment TEXT NOT NULL, author TEXT NOT NULL, written TEXT NOT NULL, closes TEXT NOT NULL,
signed INTEGER NOT NULL, taken_in_by TEXT NOT NULL, corrects TEXT NOT NULL, content TEXT NOT NULL,
heads TEXT NOT NULL, PRIMARY KEY (id), FOREIGN KEY("case") REFERENCES "case" (id) DEFERRABLE
INITIALLY DEFERRED )""",
    """CREATE INDEX sealed_entry_case ON sealed_entry ("case")""",
    "DROP TRIGGER revision_value_no_delete",
    """CREATE TRIGGER revision_value_no_delete BEFORE DELETE ON revision_value WHEN NOT EXISTS (SELECT 1
FROM permit WHERE permit.seq = OLD.seq AND permit.field = OLD.field) BEGIN SELECT RAISE(ABORT,
'history is never changed'); END""",
    """CREATE TRIGGER permit_no_update BEFORE UPDATE ON permit BEGIN SELECT RAISE(ABORT, 'history is never
changed'); END""",
    """CREATE TRIGGER permit_no_delete BEFORE DELETE ON permit BEGIN SELECT RAISE(ABORT, 'history is never
changed'); END""",
)


def run(raw: Any) -> None:
    """Make them."""
    for statement in STATEMENTS:
        raw.execute(statement)
