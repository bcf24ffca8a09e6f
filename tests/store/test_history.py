"""What every change leaves behind: a signed revision, a salted commitment for each field, a chain without gaps."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlcipher3 import dbapi2

from csa_desk.errors import VaultError
from csa_desk.records import assessment, cases, consent, justice, plan
from csa_desk.records import vault as own
from csa_desk.records.fields import Merge, Record, rules
from csa_desk.records.ids import new_id
from csa_desk.records.kinds import KINDS
from csa_desk.store.check import check
from csa_desk.store.tables.history import FOR_EVER
from csa_desk.store.vault import OpenVault

Rows = list[dict[str, Any]]


@pytest.fixture
def worked(vault: OpenVault, clock: Any) -> OpenVault:
    """A vault with two children in several scopes, changed and corrected over some days."""
    for name in ("Rowan", "Šimůnek 🦦 שלום"):
        case, child = new_id(), new_id()
        with vault.write() as writing:
            writing.put(cases.Person(id=child, name=name))
            writing.put(cases.Case(id=case, child=child, code=case[:6]))
            writing.put(justice.Proceeding(id=new_id(), track="criminal", opened="2026-11-01"))
            writing.put(cases.Episode(id=new_id(), case=case, opened="2026-11-01"))
        clock.advance(days=1)
        with vault.write() as writing:
            writing.put(cases.Person(id=child, name=name, pronoun="they"), "corrected")
            writing.put(
                assessment.Answer(
                    id=new_id(), case=case, question="q", value=["a", {"b": 1}, None, True, "\x00"]
                )
            )
    return vault


def all_rows(vault: OpenVault, table: str) -> Rows:
    raw = vault.raw()
    try:
        cursor = raw.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]
    finally:
        raw.close()


def documented(value: Any) -> bytes:
    """Canonical JSON as the documentation says: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")


def test_the_id_of_every_revision_is_the_hash_its_documentation_says(worked: OpenVault) -> None:
    rows = all_rows(worked, "revision")
    assert len(rows) > 15
    for row in rows:
        body = {name: row[name] for name in ("scope", "kind", "record", "practitioner", "replica", "number")}
        body |= {
            "time": row["time"],
            "reason": row["reason"],
            "parents": json.loads(row["parents"]),
            "commitments": json.loads(row["commitments"]),
            "previous": (row["previous"] or b"").hex(),
        }
        assert hashlib.sha256(b"csa-desk revision 1\n" + documented(body)).digest() == row["id"]


def test_every_revision_is_signed_by_the_practitioner_who_wrote_it(worked: OpenVault) -> None:
    [key] = worked.read.find(own.PractitionerKey)
    public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key.sign_key))
    for row in all_rows(worked, "revision"):
        assert row["practitioner"] == worked.practitioner == key.practitioner
        public.verify(row["signature"], row["id"])


def test_every_value_is_committed_to_under_a_salt_of_its_own(worked: OpenVault) -> None:
    commitments = {row["seq"]: json.loads(row["commitments"]) for row in all_rows(worked, "revision")}
    values = all_rows(worked, "revision_value")
    for row in values:
        made = hashlib.sha256(b"csa-desk value 1\n" + row["salt"] + row["value"].encode()).hexdigest()
        assert commitments[row["seq"]].pop(row["field"]) == made
        assert documented(json.loads(row["value"])) == row["value"].encode()
    assert not any(commitments.values())
    assert {len(row["salt"]) for row in values} == {16}
    assert len({row["salt"] for row in values}) == len(values)


def test_chains_run_from_one_without_a_gap_for_each_scope_and_replica(worked: OpenVault) -> None:
    ends: dict[tuple[str, str], tuple[bytes | None, int]] = {}
    rows = sorted(all_rows(worked, "revision"), key=lambda row: row["seq"])
    for row in rows:
        chain = (row["scope"], row["replica"])
        last, number = ends.get(chain, (None, 0))
        assert (row["previous"], row["number"]) == (last, number + 1)
        ends[chain] = (row["id"], row["number"])
    scopes = {scope.split(":")[0] for scope, _ in ends}
    assert scopes == {"vault", "person", "case", "proceeding"}
    assert worked.read.last_of(worked.replica) == (rows[-1]["id"], len(rows))
    for scope, _ in ends:
        assert worked.read.scope_heads(scope) == [ends[(scope, worked.replica)][0]]


def test_a_change_names_what_it_follows_and_holds_only_what_changed(vault: OpenVault) -> None:
    person = cases.Person(id=new_id(), name="Rowan", pronoun="he")
    with vault.write() as writing:
        assert writing.put(person)
        assert not writing.put(person)
        first = writing.heads(cases.Person, person.id)
        assert writing.put(replace(person, pronoun="they"), "corrected")
        second = writing.heads(cases.Person, person.id)
    made, changed = vault.read.changes(f"person:{person.id}", record=person.id)
    assert made["values"] == {"name": "Rowan", "pronoun": "he"}
    assert changed["values"] == {"pronoun": "they"}
    assert json.loads(made["parents"]) == []
    assert tuple(json.loads(changed["parents"])) == first == (made["id"].hex(),)
    assert second == (changed["id"].hex(),)
    assert (made["reason"], changed["reason"]) == ("entered", "corrected")


def test_an_empty_record_has_a_history_too(vault: OpenVault) -> None:
    with vault.write() as writing:
        writing.put(cases.Person(id="p"))
    assert vault.read.get(cases.Person, "p") == cases.Person(id="p")
    [made] = vault.read.changes("person:p")
    assert made["values"] == {}
    assert check(vault).findings == ()


def test_a_removed_record_is_hidden_and_can_come_back(vault: OpenVault) -> None:
    person = cases.Person(id=new_id(), name="Rowan")
    with vault.write() as writing:
        writing.put(person)
        writing.remove(person)
    assert vault.read.find(cases.Person) == []
    assert vault.read.get(cases.Person, person.id) == replace(person, removed=True)
    assert len(list(vault.read.changes(f"person:{person.id}"))) == 2
    assert vault.finder.find("Rowan", ["person"]) == []
    with vault.write() as writing:
        writing.put(person, "brought-back")
    assert vault.read.find(cases.Person) == [person]
    assert len(vault.finder.find("Rowan", ["person"])) == 1
    assert check(vault).findings == ()


def test_a_transaction_that_fails_leaves_no_trace_and_the_next_one_goes_on(vault: OpenVault) -> None:
    before = check(vault)

    def fail(number: int) -> None:
        with vault.write() as writing:
            writing.put(cases.Person(id=f"p{number}", name="Rowan"))
            writing.log_access("opened", "person:p")
            raise RuntimeError("something else went wrong")

    for number in range(3):
        with pytest.raises(RuntimeError, match="something else"):
            fail(number)
        with vault.write() as writing:
            writing.put(cases.Person(id=f"q{number}", name="Rowan"))
    after = check(vault)
    assert after.findings == ()
    assert after.revisions == before.revisions + 3
    assert [person.id for person in vault.read.find(cases.Person)] == ["q0", "q1", "q2"]


@pytest.mark.parametrize("verb", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", "INSERT OR REPLACE"])
@pytest.mark.parametrize("table", FOR_EVER)
def test_the_database_itself_refuses_to_change_history(
    worked: OpenVault, raw_of: Callable, table: str, verb: str
) -> None:
    with worked.write() as writing:
        writing.log_access("opened", "case:x")
    column = {"revision": "time", "revision_value": "value", "access": "time", "permit": "removal"}[table]
    worked.close()
    raw = raw_of(worked.folder)
    raw.execute("BEGIN")
    raw.execute("INSERT INTO permit SELECT seq, 'none', 'none' FROM revision LIMIT 1")
    before = raw.execute(f"SELECT * FROM {table}").fetchall()
    statement = verb.format(table, column)
    if verb.startswith("INSERT"):
        statement += f" INTO {table} SELECT * FROM {table} LIMIT 1"
    with pytest.raises(dbapi2.IntegrityError, match="never changed"):
        raw.execute(statement)
    assert raw.execute(f"SELECT * FROM {table}").fetchall() == before
    raw.close()


def test_only_a_value_that_a_removal_names_can_be_taken_out(worked: OpenVault, raw_of: Callable) -> None:
    worked.close()
    raw = raw_of(worked.folder)
    (seq, field), *others = raw.execute("SELECT seq, field FROM revision_value").fetchall()
    raw.execute("INSERT INTO permit(seq, field, removal) VALUES (?, ?, 'r')", (seq, field))
    raw.execute("DELETE FROM revision_value WHERE seq = ? AND field = ?", (seq, field))
    for seq, field in others:
        with pytest.raises(dbapi2.IntegrityError, match="never changed"):
            raw.execute("DELETE FROM revision_value WHERE seq = ? AND field = ?", (seq, field))
    raw.close()


ONCE = [
    pytest.param(kind, name, id=f"{kind.KIND}.{name}")
    for kind in KINDS.values()
    for name, rule in rules(kind).items()
    if rule.merge in (Merge.FIXED, Merge.EVENT)
]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """One vault for the many tests that change nothing."""
    from csa_desk.store.keys import KdfLimits, KdfParameters
    from csa_desk.store.opening import Opener

    cheap = KdfParameters(1, 64, 1)
    base = tmp_path_factory.mktemp("shared")
    opener = Opener(base / "local", cheap, KdfLimits(floor=cheap))
    opener.create(base / "v.csadesk", "seven quiet otters paddle")
    with opener.open(base / "v.csadesk", "seven quiet otters paddle") as opened:
        yield opened


@pytest.mark.parametrize(("kind", "name"), ONCE)
def test_what_is_set_once_or_belongs_to_an_event_is_never_rewritten(
    shared: OpenVault, kind: type[Record], name: str
) -> None:
    other: Any = ("other",) if isinstance(getattr(kind(id="x"), name), tuple) else "other"
    made = kind(id=new_id())

    def rewrite() -> None:
        with shared.write() as writing:
            writing.put(made)
            writing.put(replace(made, **{name: other}))

    with pytest.raises(ValueError, match=rf"^{kind.__name__}\.{name} is set once and cannot be changed$"):
        rewrite()
    assert shared.read.get(kind, made.id) is None


def test_there_are_fields_set_once_and_fields_of_events_among_those_tested() -> None:
    assert (consent.ConsentDecision, "decision") in [tuple(item.values) for item in ONCE]
    assert (cases.Case, "child") in [tuple(item.values) for item in ONCE]
    assert len(ONCE) > 100


def test_a_link_in_a_case_stands_in_the_scope_of_the_case(vault: OpenVault) -> None:
    case = new_id()
    with vault.write() as writing:
        writing.put(cases.Case(id=case, code="4F7K2M"))
        writing.put(cases.Carer(id=new_id(), case=case, person="p", relation="mum"))
        writing.put(justice.InProceeding(id=new_id(), case=case, proceeding=None or "", since="2026-11-01"))
    kinds = [change["kind"] for change in vault.read.changes(f"case:{case}")]
    assert kinds == ["case", "carer", "in-proceeding"]


@pytest.mark.parametrize("kind", [pytest.param(kind, id=name) for name, kind in KINDS.items()])
def test_every_kind_of_record_comes_back_as_it_was_written(shared: OpenVault, kind: type[Record]) -> None:
    links = {"case", "proceeding", "plan", "goal"}
    values: dict[str, Any] = {}
    for item in fields(kind):
        if item.name in ("id", "removed") or item.name in links:
            continue
        values[item.name] = {
            str: "Łódź <b>&</b> {{ x }} '\" % \n🦦",
            bool: True,
            int: 7,
            tuple: ("b", "a", "b"),
            type(None): [{"deep": [1, None, True, "ŵ"]}],
        }[type(item.default)]
    made = kind(id=new_id(), **values)
    with shared.write() as writing:
        writing.put(made)
    back = shared.read.get(kind, made.id)
    assert back == made
    assert type(back) is kind
    assert {type(getattr(back, item.name)) for item in fields(kind)} == {
        type(getattr(made, item.name)) for item in fields(kind)
    }


def test_after_all_kinds_of_records_the_vault_is_clean(shared: OpenVault) -> None:
    # A slot the header does not have was recorded, and an access log that is not this one.
    assert [item.code for item in check(shared).findings] == ["access", "slot-missing"]
    assert check(shared).records > len(KINDS)


def test_what_no_text_can_hold_is_taken_out_before_it_is_signed(vault: OpenVault) -> None:
    with vault.write() as writing:
        writing.put(cases.Person(id="p", name="Ro\x00wan \ud83e\udda6 \ud800", pronoun="\U0001f9a6"))
        writing.put(assessment.Answer(id="a", value=["\ud800", {"\x00k": "\x00"}]))
    assert vault.read.get(cases.Person, "p") == cases.Person(id="p", name="Rowan 🦦 \ufffd", pronoun="🦦")
    answer = vault.read.get(assessment.Answer, "a")
    assert answer is not None
    assert answer.value == ["\ufffd", {"k": ""}]
    assert check(vault).findings == ()


def test_the_access_log_says_who_opened_what_and_when(vault: OpenVault, clock: Any) -> None:
    for scope in ("case:a", "case:b", "case:a"):
        clock.advance(hours=1)
        with vault.write() as writing:
            writing.log_access("opened", scope)
    found = vault.read.accesses("case:a")
    assert [entry["time"][11:16] for entry in found] == ["13:42", "11:42"]
    assert {(entry["practitioner"], entry["replica"], entry["action"]) for entry in found} == {
        (vault.practitioner, vault.replica, "opened")
    }
    assert check(vault).findings == ()


def test_a_draft_is_kept_changed_and_dropped_and_is_never_history(vault: OpenVault) -> None:
    revisions = check(vault).revisions
    vault.keep_draft("case:a/child/sleep", "half a wo", 9)
    vault.keep_draft("case:a/child/sleep", "half a word \ud800 \U0001f9a6", 12)
    vault.keep_draft("case:b/child/sleep", "other", 0)
    found = vault.drafts("case:a/")
    assert [(key, draft.text, draft.cursor) for key, draft in found.items()] == [
        ("case:a/child/sleep", "half a word \ufffd 🦦", 12)
    ]
    assert len(vault.drafts()) == 2
    assert vault.drafts("case:%") == vault.drafts("CASE:a") == {}
    vault.drop_draft("case:a/child/sleep")
    assert list(vault.drafts()) == ["case:b/child/sleep"]
    # The first write of a vault just opened may enter nothing but the draft itself.
    assert check(vault).revisions == revisions


def test_drafts_are_there_after_opening_again_and_go_with_the_saved_answer(
    vault: OpenVault, opener: Any, passphrase: str
) -> None:
    vault.keep_draft("case:a/child/sleep", "half a word", 4)
    vault.close()
    with opener.open(vault.folder, passphrase) as again:
        assert again.drafts()["case:a/child/sleep"].text == "half a word"
        with again.write() as writing:
            writing.put(cases.Person(id="p", name="Rowan"))
            writing.drop_draft("case:a/child/sleep")
        assert again.drafts() == {}


def test_a_read_only_vault_refuses_to_write(vault: OpenVault) -> None:
    vault.read_only = True
    with pytest.raises(VaultError, match="reading only"):
        vault.keep_draft("k", "t", 0)
    with pytest.raises(VaultError, match="reading only"), vault.write():
        pass


def test_a_write_inside_a_write_is_a_fault_of_the_program_and_loses_nothing(vault: OpenVault) -> None:
    with vault.write() as writing:
        writing.put(cases.Person(id="p", name="Rowan"))
        with pytest.raises(RuntimeError, match="already"), vault.write():
            pass
    assert vault.read.get(cases.Person, "p") is not None
    with vault.write() as writing:
        writing.put(cases.Person(id="q", name="Rowan"))
    assert check(vault).findings == ()


def test_positions_of_a_list_are_ordered_as_text(vault: OpenVault) -> None:
    case = new_id()
    with vault.write() as writing:
        writing.put(cases.Case(id=case, code="4F7K2M"))
        for place in ("i", "9", "9i"):
            writing.put(plan.Goal(id=new_id(), case=case, words=place, place=place))
    found = sorted(vault.read.find(plan.Goal, case=case), key=lambda goal: goal.place)
    assert [goal.words for goal in found] == ["9", "9i", "i"]
