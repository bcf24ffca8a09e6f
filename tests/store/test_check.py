"""What somebody with the data key could do to a closed vault, and the name that check gives to each of it."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from csa_desk.records import cases
from csa_desk.records.ids import new_id
from csa_desk.store import keys
from csa_desk.store.check import MOST_NAMED, check
from csa_desk.store.opening import Opener
from csa_desk.store.revisions import Revision, Salted, canonical
from csa_desk.store.vault import OpenVault

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


def test_a_clean_vault_checks_clean(worked_in: tuple[Path, str], check_folder: Check) -> None:
    assert check_folder(worked_in[0]) == set()


def test_a_removed_trigger_is_noticed_at_opening_and_named(
    worked_in: tuple[Path, str], raw_of: Callable, opener: Opener, passphrase: str
) -> None:
    folder, _ = worked_in
    raw = raw_of(folder)
    raw.execute("DROP TRIGGER revision_no_delete")
    raw.close()
    with opener.open(folder, passphrase) as vault:
        assert [notice.code for notice in vault.notices] == ["guard-removed"]
        found = check(vault).findings
        assert {finding.code for finding in found} == {"guard", "guard-removed"}
        assert "trigger revision_no_delete" in found[0].sentence


def test_a_trigger_that_was_made_harmless_is_noticed(
    worked_in: tuple[Path, str], raw_of: Callable, check_folder: Check
) -> None:
    raw = raw_of(worked_in[0])
    raw.execute("DROP TRIGGER access_no_delete")
    raw.execute("CREATE TRIGGER access_no_delete BEFORE DELETE ON access BEGIN SELECT 1; END")
    raw.close()
    assert check_folder(worked_in[0]) == {"guard", "guard-removed"}


def test_a_table_or_index_that_was_added_or_dropped_is_named(
    worked_in: tuple[Path, str], raw_of: Callable, check_folder: Check
) -> None:
    raw = raw_of(worked_in[0])
    raw.execute("CREATE TABLE copies(x)")
    raw.close()
    assert check_folder(worked_in[0]) == {"table"}


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
        {"own-key", "missing", "record-added", "older-file"},
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


def forge(raw: Any, key: Ed25519PrivateKey, kind: str, values: dict[str, Any], scope: str = "vault") -> None:
    """Append a whole revision with its row in the tables' history, signed with a key of one's own."""
    practitioner, replica = raw.execute("SELECT practitioner, replica FROM revision LIMIT 1").fetchone()
    end = raw.execute(
        "SELECT id, number FROM revision WHERE scope = ? ORDER BY number DESC LIMIT 1", (scope,)
    ).fetchone()
    salted = {name: Salted.of(canonical(value)) for name, value in values.items()}
    made = Revision(
        scope=scope,
        kind=kind,
        record=new_id(),
        parents=(),
        practitioner=practitioner,
        replica=replica,
        previous=end[0].hex(),
        number=end[1] + 1,
        time="2026-11-24T10:42:07+00:00",
        reason="entered",
        commitments={name: value.commitment for name, value in salted.items()},
    )
    seq = raw.execute(
        "INSERT INTO revision(id, scope, kind, record, parents, practitioner, replica, previous, number, time, "
        "reason, commitments, signature) VALUES (?, ?, ?, ?, '[]', ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            made.id,
            scope,
            kind,
            made.record,
            practitioner,
            replica,
            end[0],
            made.number,
            made.time,
            made.reason,
            canonical(made.commitments),
            key.sign(made.id),
        ),
    ).lastrowid
    raw.executemany(
        "INSERT INTO revision_value VALUES (?, ?, ?, ?)",
        [(seq, name, value.salt, value.value) for name, value in salted.items()],
    )
    raw.execute("UPDATE replica_head SET count = count + 1, last = ?", (made.id,))


def test_a_revision_forged_with_another_key_is_named(
    worked_in: tuple[Path, str], tamper: Tamper, check_folder: Check
) -> None:
    with tamper(worked_in[0]) as raw:
        forge(raw, Ed25519PrivateKey.generate(), "own-service", {"name": "Elsewhere"})
    assert check_folder(worked_in[0]) == {"signature", "record-missing"}


def test_a_key_that_a_stranger_enters_for_somebody_is_trusted_by_nobody(
    worked_in: tuple[Path, str], tamper: Tamper, check_folder: Check
) -> None:
    stranger = Ed25519PrivateKey.generate()
    with tamper(worked_in[0]) as raw:
        [practitioner] = raw.execute("SELECT practitioner FROM revision LIMIT 1").fetchone()
        entry = {"practitioner": practitioner, "sign_key": stranger.public_key().public_bytes_raw().hex()}
        forge(raw, stranger, "practitioner-key", entry)
        forge(raw, stranger, "own-service", {"name": "Elsewhere"})
    assert check_folder(worked_in[0]) == {"signature", "record-missing"}


def test_a_history_signed_anew_from_the_beginning_by_a_stranger_is_named(
    worked_in: tuple[Path, str], tamper: Tamper, opener: Opener, passphrase: str
) -> None:
    folder, _ = worked_in
    stranger = Ed25519PrivateKey.generate()
    public = stranger.public_key().public_bytes_raw().hex()
    with tamper(folder) as raw:
        rewrite_all(raw, stranger, public)
    with opener.open(folder, passphrase) as vault:
        assert "own-key" in {finding.code for finding in check(vault).findings}


def rewrite_all(raw: Any, key: Ed25519PrivateKey, public: str) -> None:
    """Put a stranger's key in the place of the founder's and sign every revision again."""
    import json

    raw.execute("UPDATE revision_value SET value = ? WHERE field = 'sign_key'", (canonical(public),))
    new: dict[str, str] = {}
    ends: dict[str, str] = {}
    rows = raw.execute(
        "SELECT seq, id, scope, kind, record, parents, practitioner, replica, number, time, reason "
        "FROM revision ORDER BY seq"
    ).fetchall()
    for seq, old, scope, kind, record, parents, practitioner, replica, number, time, reason in rows:
        values = raw.execute("SELECT field, salt, value FROM revision_value WHERE seq = ?", (seq,)).fetchall()
        made = Revision(
            scope,
            kind,
            record,
            tuple(new[parent] for parent in json.loads(parents)),
            practitioner,
            replica,
            ends.get(scope, ""),
            number,
            time,
            reason,
            {name: Salted(salt, value).commitment for name, salt, value in values},
        )
        new[old.hex()], ends[scope] = made.id.hex(), made.id.hex()
        raw.execute(
            "UPDATE revision SET id = ?, parents = ?, previous = ?, commitments = ?, signature = ? WHERE seq = ?",
            (
                made.id,
                canonical(list(made.parents)),
                bytes.fromhex(made.previous) or None,
                canonical(made.commitments),
                key.sign(made.id),
                seq,
            ),
        )
    raw.execute("UPDATE replica_head SET last = ?", (made.id,))


def test_keys_of_a_vault_are_those_its_founder_entered(vault: OpenVault) -> None:
    from csa_desk.store.check import trusted_keys

    raw = vault.raw()
    try:
        assert trusted_keys(raw) == {vault.practitioner: {vault.opened.own.signer.public_hex}}
    finally:
        raw.close()


def test_a_further_key_entered_and_signed_by_the_holder_of_the_first_is_trusted(vault: OpenVault) -> None:
    from csa_desk.records.vault import PractitionerKey

    signer = keys.Signer.new()
    with vault.write() as writing:
        writing.put(PractitionerKey(id=new_id(), practitioner="second", sign_key=signer.public_hex))
    assert check(vault).findings == ()


def test_of_one_kind_of_fault_so_many_are_named_and_the_rest_counted(
    folder: Path, opener: Opener, passphrase: str, tamper: Tamper
) -> None:
    with opener.open(folder, passphrase) as vault, vault.write() as writing:
        for number in range(MOST_NAMED + 5):
            writing.put(cases.SameAs(id=f"s{number}", person="a", other="b", reason="same mum"))
    with tamper(folder) as raw:
        raw.execute("UPDATE same_as SET reason = 'no'")
    with opener.open(folder, passphrase) as vault:
        found = [finding for finding in check(vault).findings if finding.code == "record-changed"]
        assert len(found) == MOST_NAMED + 1
        assert found[-1].sentence == "… and 5 more of the same kind."


def test_no_finding_repeats_what_stands_in_a_record(
    worked_in: tuple[Path, str], tamper: Tamper, opener: Opener, passphrase: str
) -> None:
    with tamper(worked_in[0]) as raw:
        raw.execute("UPDATE person SET name = 'Zebedee Quillfeather'")
        raw.execute("UPDATE revision_value SET value = '\"Zebedee Quillfeather\"' WHERE field = 'value'")
    with opener.open(worked_in[0], passphrase) as vault:
        words = " ".join(finding.sentence for finding in check(vault).findings)
        assert "Zebedee" not in words
        assert "what was said" not in words
        assert "Rowan" not in words


def test_a_check_changes_nothing(worked_in: tuple[Path, str], check_folder: Check) -> None:
    before = hashlib.sha256((worked_in[0] / "case.db").read_bytes()).digest()
    check_folder(worked_in[0])
    assert hashlib.sha256((worked_in[0] / "case.db").read_bytes()).digest() == before
