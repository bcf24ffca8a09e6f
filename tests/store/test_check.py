"""What somebody with the data key could do to a closed vault, and the name that check gives to each of it."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

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
    assert check_folder(worked_in[0]) == {"signature", "record-missing", "forged-key"}


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
    from csa_desk.store.signed import trusted_keys

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
