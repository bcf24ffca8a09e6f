"""The log of who opened what, held fast: when somebody who wrote something locks, its new entries are signed for.

An entry by itself is a row that somebody with the data key and tools of their own could take out. What a colleague's
lock has signed for, they cannot take out any more without being noticed: the hash would not fit.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

from csa_desk.records.ids import new_id
from csa_desk.records.vault import AccessKept
from csa_desk.store.engine import plain_words
from csa_desk.store.revisions import canonical
from csa_desk.store.signed import Trusted, signed_revisions

MOST_AT_ONCE = 20_000
"""Entries signed for at one lock, so that it never waits: the rest follows at the next."""
_LAST = "SELECT coalesce(max(last), 0) FROM access_kept"
_ENTRIES = "SELECT seq, time, practitioner, replica, action, scope FROM access WHERE seq BETWEEN ? AND ? ORDER BY seq"


@plain_words()
def to_keep(raw: Any) -> bool:
    """Whether there are entries nobody signed for yet."""
    (last,) = raw.execute(_LAST).fetchone()
    return raw.execute("SELECT 1 FROM access WHERE seq > ? LIMIT 1", (last,)).fetchone() is not None


@plain_words()
def kept(raw: Any) -> AccessKept:
    """What is to be signed for now: the entries since the last time."""
    first = _number(raw.execute(_LAST).fetchone()[0]) + 1
    (newest,) = raw.execute("SELECT coalesce(max(seq), 0) FROM access").fetchone()
    last = min(newest, first + MOST_AT_ONCE - 1)
    return AccessKept(id=new_id(), first=first, last=last, digest=_digest(raw, first, last))


def faults(raw: Any, trusted: Trusted) -> Iterator[str]:
    """What is wrong with the log, as sentences."""
    number, last = raw.execute("SELECT count(*), coalesce(max(seq), 0) FROM access").fetchone()
    if number != last:
        yield "Entries were taken out of the access log outside CSA Desk."
    for row in signed_revisions(raw, trusted, "scope = 'vault' AND kind = ?", AccessKept.KIND):
        begin, end = (_number(row.values.get(name)) for name in ("first", "last"))
        if row.values.get("digest") != _digest(raw, begin, end):
            yield (
                f"The access log is not as it was when somebody locked on {row.time[:10]}: entries were taken out, "
                "added or changed outside CSA Desk."
            )


def _number(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _digest(raw: Any, first: int, last: int) -> str:
    made = hashlib.sha256(b"csa-desk access log 1\n")
    for row in raw.execute(_ENTRIES, (first, last)):
        made.update(canonical([str(value) for value in row]).encode() + b"\n")
    return made.hexdigest()
