"""Each single change that somebody with the data key could make to a closed vault, and the name check gives it."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from csa_desk.errors import DeskError
from csa_desk.records import cases
from csa_desk.store.check import check
from csa_desk.store.opening import Opener
from csa_desk.store.revisions import canonical

Check = Callable[[Path], set[str]]
Tamper = Callable[..., Any]


def last_answer(raw: Any) -> int:
    """The revision of the last answer."""
    [seq] = raw.execute("SELECT max(seq) FROM revision WHERE kind = 'answer'").fetchone()
    return int(seq)


def some_answer(raw: Any) -> int:
    """A revision of an answer with others before and after it."""
    [seq] = raw.execute("SELECT min(seq) + 2 FROM revision WHERE kind = 'answer'").fetchone()
    return int(seq)


def take_out(raw: Any, seq: int) -> None:
    raw.execute("DELETE FROM revision_value WHERE seq = ?", (seq,))
    raw.execute("DELETE FROM revision WHERE seq = ?", (seq,))


def take_out_and_mend_heads(raw: Any, seq: int) -> None:
    """Delete the last revision with all that would give it away inside the file."""
    record = raw.execute("SELECT record FROM revision WHERE seq = ?", (seq,)).fetchone()[0]
    take_out(raw, seq)
    raw.execute("UPDATE replica_head SET count = (SELECT count(*) FROM revision)")
    raw.execute("UPDATE replica_head SET last = (SELECT id FROM revision ORDER BY seq DESC LIMIT 1)")
    before = raw.execute(
        "SELECT id, seq FROM revision WHERE record = ? ORDER BY seq DESC", (record,)
    ).fetchone()
    value = raw.execute(
        "SELECT value FROM revision_value WHERE seq = ? AND field = 'value'", (before[1],)
    ).fetchone()[0]
    raw.execute(
        "UPDATE answer SET value = ?, heads = ? WHERE id = ?", (value, canonical([before[0].hex()]), record)
    )


def swap(raw: Any, columns: tuple[str, ...], left: tuple[int, str], right: tuple[int, str]) -> None:
    names = ", ".join(columns)
    query = f"SELECT {names} FROM revision_value WHERE seq = ? AND field = ?"
    found = [raw.execute(query, place).fetchone() for place in (left, right)]
    change = ", ".join(f"{name} = ?" for name in columns)
    for place, values in ((left, found[1]), (right, found[0])):
        raw.execute(f"UPDATE revision_value SET {change} WHERE seq = ? AND field = ?", (*values, *place))


CHANGES: dict[str, tuple[Callable[[Any], object], set[str]]] = {
    "a record was edited": (
        lambda raw: raw.execute("UPDATE person SET name = 'Somebody else'"),
        {"record-changed", "search"},
    ),
    "an answer was edited": (
        lambda raw: raw.execute("UPDATE answer SET value = '\"no\"'"),
        {"record-changed"},
    ),
    "an answer was made unreadable": (
        lambda raw: raw.execute("UPDATE answer SET value = '{'"),
        {"record-changed"},
    ),
    "a removed mark was set": (lambda raw: raw.execute("UPDATE answer SET removed = 1"), {"record-changed"}),
    "a record's heads were edited": (
        lambda raw: raw.execute("UPDATE answer SET heads = '[]'"),
        {"record-changed"},
    ),
    "a record was deleted": (
        lambda raw: raw.execute("DELETE FROM answer WHERE rowid = 3"),
        {"record-missing"},
    ),
    "a case was deleted under its records": (
        lambda raw: raw.execute('DELETE FROM "case"'),
        {"record-missing", "link", "search"},
    ),
    "a record was put in without history": (
        lambda raw: raw.execute(
            "INSERT INTO answer SELECT 'put-in', removed, \"case\", subject, question, item, category, value, state, "
            'source, source_name, given, reason, told_on, "by", heads FROM answer LIMIT 1'
        ),
        {"record-added"},
    ),
    "a value in history was edited": (
        lambda raw: raw.execute(
            "UPDATE revision_value SET value = '\"never\"' WHERE seq = ? AND field = 'value'",
            (some_answer(raw),),
        ),
        {"value-changed"},
    ),
    "a value in history was made unreadable": (
        lambda raw: raw.execute(
            "UPDATE revision_value SET value = '{' WHERE seq = ? AND field = 'value'", (last_answer(raw),)
        ),
        {"value-changed", "record-changed"},
    ),
    "a value was taken out": (
        lambda raw: raw.execute(
            "DELETE FROM revision_value WHERE seq = ? AND field = 'source'", (some_answer(raw),)
        ),
        {"value-missing", "record-changed"},
    ),
    "a value was added": (
        lambda raw: raw.execute(
            "INSERT INTO revision_value VALUES (?, 'reason', x'00', '\"late\"')", (some_answer(raw),)
        ),
        {"value-added", "record-changed"},
    ),
    "two values of one revision were swapped": (
        lambda raw: swap(raw, ("value",), (some_answer(raw), "state"), (some_answer(raw), "source")),
        {"value-changed", "record-changed"},
    ),
    "two values with their salts were swapped between revisions": (
        lambda raw: swap(
            raw, ("salt", "value"), (some_answer(raw), "value"), (some_answer(raw) + 1, "value")
        ),
        {"value-changed", "record-changed"},
    ),
    "a salt was changed": (
        lambda raw: raw.execute("UPDATE revision_value SET salt = zeroblob(16) WHERE field = 'state'"),
        {"value-changed"},
    ),
    "who wrote it was changed": (
        lambda raw: raw.execute("UPDATE revision SET practitioner = 'x' WHERE seq = ?", (some_answer(raw),)),
        {"revision-changed"},
    ),
    "when it was written was changed": (
        lambda raw: raw.execute("UPDATE revision SET time = '2020' WHERE seq = ?", (some_answer(raw),)),
        {"revision-changed"},
    ),
    "what it follows was made unreadable": (
        lambda raw: raw.execute("UPDATE revision SET parents = '{' WHERE seq = ?", (last_answer(raw),)),
        {"revision-changed", "record-changed"},
    ),
    "its commitments were made unreadable": (
        lambda raw: raw.execute("UPDATE revision SET commitments = '[1]' WHERE seq = ?", (last_answer(raw),)),
        {"revision-changed"},
    ),
    "its id was replaced by a word": (
        lambda raw: raw.execute("UPDATE revision SET id = 'word' WHERE seq = ?", (last_answer(raw),)),
        {"revision-changed", "missing", "record-changed", "older-file"},
    ),
    "its signature was replaced": (
        lambda raw: raw.execute(
            "UPDATE revision SET signature = zeroblob(64) WHERE seq = ?", (some_answer(raw),)
        ),
        {"signature"},
    ),
    "its signature was replaced by a word": (
        lambda raw: raw.execute(
            "UPDATE revision SET signature = 'signed' WHERE seq = ?", (some_answer(raw),)
        ),
        {"signature"},
    ),
    "a revision was deleted from the middle": (
        lambda raw: take_out(raw, some_answer(raw)),
        {"chain", "missing", "record-changed", "parent"},
    ),
    "the last revision was deleted": (
        lambda raw: take_out(raw, last_answer(raw)),
        {"missing", "record-changed", "older-file"},
    ),
    "the last revision was deleted and everything mended after it": (
        lambda raw: take_out_and_mend_heads(raw, last_answer(raw)),
        {"older-file"},
    ),
    "all history of a replica was deleted": (
        lambda raw: (raw.execute("DELETE FROM revision_value"), raw.execute("DELETE FROM revision")),
        {"own-key", "missing", "record-added", "older-file", "slot"},
    ),
    "an entry of the access log was deleted": (
        lambda raw: (
            raw.execute("INSERT INTO access VALUES (1, 't', 'p', 'r', 'opened', 's')"),
            raw.execute("INSERT INTO access VALUES (3, 't', 'p', 'r', 'opened', 's')"),
        ),
        {"access"},
    ),
    "words of the index were changed": (
        lambda raw: raw.execute("UPDATE search SET title = 'Somebody else' WHERE kind = 'person'"),
        {"search"},
    ),
    "an index entry was pointed elsewhere": (
        lambda raw: raw.execute("UPDATE search SET record = 'other' WHERE kind = 'person'"),
        {"search"},
    ),
    "an index entry was taken out": (lambda raw: raw.execute("DELETE FROM search"), {"search"}),
    "an index entry was put in": (
        lambda raw: raw.execute("INSERT INTO search(title, kind, record) VALUES ('Nobody', 'person', 'x')"),
        {"search"},
    ),
    "the words behind the index were spoiled": (
        lambda raw: raw.execute("DELETE FROM search_data WHERE id > 10"),
        {"integrity"},
    ),
    "what the database knows of its header was changed": (
        lambda raw: raw.execute("INSERT INTO about VALUES ('also', 'this')"),
        {"about"},
    ),
    "the heads of another computer were made up": (
        lambda raw: raw.execute("INSERT INTO replica_head VALUES ('somebody', 5, x'00')"),
        {"missing"},
    ),
}


@pytest.mark.parametrize(
    ("change", "named"), [pytest.param(*item, id=name) for name, item in CHANGES.items()]
)
def test_every_change_from_outside_is_named(
    worked_in: tuple[Path, str],
    tamper: Tamper,
    check_folder: Check,
    change: Callable[[Any], object],
    named: set[str],
) -> None:
    with tamper(worked_in[0]) as raw:
        change(raw)
    assert check_folder(worked_in[0]) == named


JUNK = [
    None,
    0,
    5,
    -1,
    2**62,
    1.5,
    "x",
    "{",
    "[]",
    "[1]",
    "{}",
    "null",
    '"s"',
    b"",
    b"\x00",
    b"z" * 32,
    "\x00",
    "é",
]
TABLES = [
    "revision",
    "revision_value",
    "replica_head",
    "about",
    "person",
    "answer",
    "practitioner_key",
    "search_row",
    "search_content",
    "team_member",
]


@pytest.mark.parametrize("seed", range(24))
def test_junk_in_any_place_is_named_or_refused_and_never_breaks_the_check(
    worked_in: tuple[Path, str], tamper: Tamper, opener: Opener, passphrase: str, seed: int
) -> None:
    folder, _ = worked_in
    chance = random.Random(seed)
    with opener.open(folder, passphrase) as vault, vault.write() as writing:
        writing.put(cases.TeamMember(id="t", name="Beth Ellis", helps_with=("school",)))
    with tamper(folder) as raw:
        changed = False
        while not changed:
            changed = put_junk(raw, chance.choice(TABLES), chance)
    named: list[object] = []
    try:
        with opener.open(folder, passphrase) as vault:
            named.extend(check(vault).findings)
    except DeskError as refused:
        named.append(refused)
    assert named


def put_junk(raw: Any, table: str, chance: random.Random) -> bool:
    """Put junk into one field of one row; False where the database did not take it or it stood there already."""
    keys = [row[1] for row in raw.execute(f"PRAGMA table_info({table})") if row[5]]
    columns = [row[1] for row in raw.execute(f"PRAGMA table_info({table})")]
    where = " AND ".join(f'"{name}" IS ?' for name in keys)
    row = chance.choice(raw.execute(f"SELECT {', '.join(keys)} FROM {table}").fetchall())
    column = chance.choice([name for name in columns if name not in keys])
    before = raw.execute(f'SELECT "{column}" FROM {table} WHERE {where}', row).fetchone()
    try:
        raw.execute(f'UPDATE {table} SET "{column}" = ? WHERE {where}', (chance.choice(JUNK), *row))
    except dbapi2.IntegrityError:
        return False
    after = raw.execute(f'SELECT "{column}" FROM {table} WHERE {where}', row).fetchone()
    return bool(after != before)
