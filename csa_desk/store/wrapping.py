"""Keys sealed to people: they stand outside history, so that they can go (design §4).

``of`` names what the key opens (a compartment's version, a sealed entry); inside the seal it is named again, so that
a key put under another name is not taken for it.
"""

import json
from collections.abc import Iterator, Sequence

from csa_desk.store.engine import plain_words
from csa_desk.store.keys import Identity, seal_to
from csa_desk.store.reading import Reading
from csa_desk.store.writing import Writing


def put(writing: Writing, of: str, recipient: str, key: str) -> None:
    """Seal a key to a recipient; what stood there goes."""
    sealed = seal_to(recipient, json.dumps({"of": of, "key": key}).encode())
    writing.raw.execute(
        "INSERT OR REPLACE INTO wrapped_key(of, recipient, sealed) VALUES (?, ?, ?)", (of, recipient, sealed)
    )


def get(reading: Reading, of: str, identity: Identity) -> str | None:
    """The key as this identity can open it; ``None`` where there is none for it, or it is of something else."""
    with plain_words():
        row = reading.raw.execute(
            "SELECT sealed FROM wrapped_key WHERE of = ? AND recipient = ?", (of, identity.recipient)
        ).fetchone()
    opened = identity.open(row[0]) if row is not None and isinstance(row[0], bytes) else None
    if opened is None:
        return None
    try:
        found = json.loads(opened)
        return str(found["key"]) if found["of"] == of else None
    except (ValueError, KeyError, TypeError):
        return None


def recipients(reading: Reading, of: str) -> set[str]:
    """To whom a key is sealed."""
    with plain_words():
        rows = reading.raw.execute("SELECT recipient FROM wrapped_key WHERE of = ?", (of,)).fetchall()
    return {recipient for (recipient,) in rows}


def drop(writing: Writing, of: str, recipient: str = "") -> None:
    """A key goes: for one recipient, or for all."""
    if recipient:
        writing.raw.execute("DELETE FROM wrapped_key WHERE of = ? AND recipient = ?", (of, recipient))
    else:
        writing.raw.execute("DELETE FROM wrapped_key WHERE of = ?", (of,))


def stale(reading: Reading, valid: set[str]) -> Iterator[str]:
    """Versions of compartments whose private half is still sealed to somebody outside ``valid``."""
    marks = ", ".join("?" for _ in valid)
    with plain_words():
        rows = reading.raw.execute(
            "SELECT DISTINCT of FROM wrapped_key JOIN compartment ON compartment.id = of "  # noqa: S608 - marks only
            f"WHERE wrapped_key.recipient NOT IN ({marks})",
            tuple(valid),
        ).fetchall()
    yield from (of for (of,) in rows)


def lacking(reading: Reading, recipient: str) -> Iterator[str]:
    """The latest versions of compartments whose private half is not sealed to this recipient."""
    with plain_words():
        rows = reading.raw.execute(
            "SELECT id FROM compartment AS it WHERE version = (SELECT max(version) FROM compartment AS other "
            'WHERE other."case" = it."case" AND other.name = it.name) AND NOT EXISTS '
            "(SELECT 1 FROM wrapped_key WHERE of = it.id AND recipient = ?)",
            (recipient,),
        ).fetchall()
    yield from (of for (of,) in rows)


def closed(reading: Reading, moment: str) -> list[tuple[str, str]]:
    """Entries that closed to their authors before ``moment`` and are still sealed to one: entry, recipient."""
    with plain_words():
        return [
            (of, recipient)
            for of, recipient in reading.raw.execute(
                "SELECT wrapped_key.of, wrapped_key.recipient FROM sealed_entry "
                "JOIN wrapped_key ON wrapped_key.of = sealed_entry.id WHERE closes != '' AND closes <= ? "
                "AND wrapped_key.recipient NOT IN (SELECT recipient FROM compartment)",
                (moment,),
            ).fetchall()
        ]


def outlived(reading: Reading, recipients: Sequence[str], now: str) -> list[tuple[str, str]]:
    """Entries still sealed to a practitioner's earlier keys and to their present one: entry, earlier recipient."""
    marks = ", ".join("?" for _ in recipients)
    with plain_words():
        return [
            (of, recipient)
            for of, recipient in reading.raw.execute(
                "SELECT old.of, old.recipient FROM wrapped_key AS old "  # noqa: S608 - only question marks
                "JOIN wrapped_key AS new ON new.of = old.of AND new.recipient = ? "
                "JOIN sealed_entry ON sealed_entry.id = old.of "
                f"WHERE old.recipient IN ({marks})",
                (now, *recipients),
            ).fetchall()
        ]


def pass_on(writing: Writing, opener: Identity, sealed_to: str, recipient: str) -> int:
    """Seal to ``recipient`` whatever is sealed to ``sealed_to``; what stood there stays. Returns how many could be.

    ``opener`` opens what is sealed to itself of the same keys: the one who held them, or the service.
    """
    rows = writing.raw.execute(
        "SELECT theirs.of, ours.sealed FROM wrapped_key AS theirs JOIN wrapped_key AS ours ON ours.of = theirs.of "
        "WHERE theirs.recipient = ? AND ours.recipient = ?",
        (sealed_to, opener.recipient),
    ).fetchall()
    number = 0
    for of, sealed in rows:
        opened = opener.open(sealed) if isinstance(sealed, bytes) else None
        if opened is not None:
            number += 1
            writing.raw.execute(
                "INSERT OR REPLACE INTO wrapped_key(of, recipient, sealed) VALUES (?, ?, ?)",
                (of, recipient, seal_to(recipient, opened)),
            )
    return number
