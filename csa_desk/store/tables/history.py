"""Tables of history, of the access log, of drafts, and of what the vault knows about itself."""

import sqlalchemy as sa

metadata = sa.MetaData()

about = sa.Table(
    "about",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
"""``vault_id``, ``generation``, ``kind``, ``schema``: held against the header at every opening."""

revision = sa.Table(
    "revision",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("id", sa.LargeBinary, nullable=False, unique=True),
    sa.Column("scope", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("record", sa.Text, nullable=False),
    sa.Column("parents", sa.Text, nullable=False),
    sa.Column("practitioner", sa.Text, nullable=False),
    sa.Column("replica", sa.Text, nullable=False),
    sa.Column("previous", sa.LargeBinary, nullable=True),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("time", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("commitments", sa.Text, nullable=False),
    sa.Column("signature", sa.LargeBinary, nullable=False),
    sa.Index("revision_chain", "scope", "replica", "number", unique=True),
    sa.Index("revision_record", "record"),
)

revision_value = sa.Table(
    "revision_value",
    metadata,
    sa.Column("seq", sa.Integer, sa.ForeignKey("revision.seq"), primary_key=True),
    sa.Column("field", sa.Text, primary_key=True),
    sa.Column("salt", sa.LargeBinary, nullable=False),
    sa.Column("value", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)
"""Salts and values: outside the hash, so that strike and erase can remove them and leave the rest verifiable."""

replica_head = sa.Table(
    "replica_head",
    metadata,
    sa.Column("replica", sa.Text, primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
    sa.Column("last", sa.LargeBinary, nullable=False),
)

access = sa.Table(
    "access",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("time", sa.Text, nullable=False),
    sa.Column("practitioner", sa.Text, nullable=False),
    sa.Column("replica", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("scope", sa.Text, nullable=False),
    sa.Index("access_scope", "scope"),
)

draft = sa.Table(
    "draft",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("practitioner", sa.Text, primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("cursor", sa.Integer, nullable=False),
    sa.Column("time", sa.Text, nullable=False),
)
"""Half-typed words: encrypted with everything else, never history, gone once saved."""

permit = sa.Table(
    "permit",
    metadata,
    sa.Column("seq", sa.Integer, sa.ForeignKey("revision.seq"), primary_key=True),
    sa.Column("field", sa.Text, primary_key=True),
    sa.Column("removal", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)
"""Values that a strike or an erasure takes out, and the removal that decided it: only these may be deleted.

Written together with the deletion. ``vault check`` holds each missing value against a signed removal."""

wrapped_key = sa.Table(
    "wrapped_key",
    metadata,
    sa.Column("of", sa.Text, primary_key=True),
    sa.Column("recipient", sa.Text, primary_key=True),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
"""Keys sealed to people, outside history (design §4): ``of`` is the id of a compartment's version or of a sealed
entry, ``recipient`` the public half (age) it is sealed to."""

FOR_EVER = ("revision", "revision_value", "access", "permit")

_UNLESS_PERMITTED = (
    "WHEN NOT EXISTS (SELECT 1 FROM permit WHERE permit.seq = OLD.seq AND permit.field = OLD.field) "
)

TRIGGERS = tuple(
    f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
    f"{_UNLESS_PERMITTED if (table, verb) == ('revision_value', 'delete') else ''}"
    f"BEGIN SELECT RAISE(ABORT, 'history is never changed'); END"
    for table in FOR_EVER
    for verb in ("update", "delete")
)

SEARCH_INDEX = """CREATE VIRTUAL TABLE search USING fts5(
title, also, body, kind UNINDEXED, record UNINDEXED,
tokenize = "unicode61 remove_diacritics 2", prefix = '2 3')"""
SEARCH_WORDS = "CREATE VIRTUAL TABLE search_words USING fts5vocab(search, row)"
SEARCH_SETTINGS = "INSERT INTO search(search, rank) VALUES ('secure-delete', 1)"

search_row = sa.Table(
    "search_row",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("record", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Index("search_row_record", "record", "kind", unique=True),
)
"""Which row of the index holds which record. An import may bring an agency and a service of one id."""
