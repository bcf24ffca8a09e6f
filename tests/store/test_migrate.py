"""Bringing older tables up to date: whole or not at all, with a copy first, and never losing a child row."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from csa_desk.errors import DamagedVaultError, NewerVersionError, VaultError
from csa_desk.records import assessment, cases, plan
from csa_desk.store import schema
from csa_desk.store.engine import DatabaseKey, connect
from csa_desk.store.migrate import Step, migrate, steps
from csa_desk.store.migrations import STEPS
from csa_desk.store.opening import Opener
from csa_desk.store.replay import rebuild
from csa_desk.store.tables.projections import PROJECTIONS
from csa_desk.store.vault import DATABASE, OpenVault

Raw = Callable[[Path], Any]
NEXT = schema.VERSION + 1


@pytest.fixture
def secret(opener: Opener, folder: Path, passphrase: str) -> DatabaseKey:
    with opener.open(folder, passphrase) as vault:
        return vault._secret


def rebuild_case(raw: Any) -> None:
    """Make the table of cases anew with one column more, as a later schema would."""
    raw.execute("CREATE TABLE case_new (id TEXT PRIMARY KEY, code TEXT, child TEXT, ward TEXT DEFAULT '')")
    raw.execute('INSERT INTO case_new(id, code, child) SELECT id, code, child FROM "case"')
    raw.execute('DROP TABLE "case"')
    raw.execute('ALTER TABLE case_new RENAME TO "case"')


def break_off(raw: Any) -> None:
    raw.execute("CREATE TABLE half_done(x)")
    raw.execute("DELETE FROM answer")
    raise RuntimeError("the step broke off")


def orphan(raw: Any) -> None:
    raw.execute('DELETE FROM "case"')


def rows(raw: Any, table: str) -> list[tuple[Any, ...]]:
    return list(raw.execute(f'SELECT * FROM "{table}" ORDER BY 1').fetchall())


def test_child_rows_survive_the_rebuilding_of_their_parent(
    worked_in: tuple[Path, str], secret: DatabaseKey, raw_of: Raw
) -> None:
    folder, case = worked_in
    raw = raw_of(folder)
    before = rows(raw, "answer")
    raw.close()
    assert migrate(folder / DATABASE, secret, folder / "backups", [Step(NEXT, rebuild_case)])
    raw = raw_of(folder)
    assert rows(raw, "answer") == before
    assert len(before) == 5
    assert raw.execute('SELECT id, ward FROM "case"').fetchall() == [(case, "")]
    assert schema.version_of(raw) == NEXT
    assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
    raw.close()


@pytest.mark.parametrize(("step", "fault"), [(break_off, RuntimeError), (orphan, DamagedVaultError)])
def test_a_failed_migration_leaves_everything_as_it_was(
    worked_in: tuple[Path, str],
    secret: DatabaseKey,
    raw_of: Raw,
    check_folder: Callable,
    step: Any,
    fault: type[Exception],
) -> None:
    folder, _ = worked_in
    with pytest.raises(fault):
        migrate(
            folder / DATABASE, secret, folder / "backups", [Step(NEXT, rebuild_case), Step(NEXT + 1, step)]
        )
    raw = raw_of(folder)
    assert schema.version_of(raw) == schema.VERSION
    assert len(rows(raw, "answer")) == 5
    assert schema.differences(raw) == []
    raw.close()
    assert check_folder(folder) == set()


def test_an_encrypted_copy_is_made_before_anything_is_touched(
    worked_in: tuple[Path, str], secret: DatabaseKey
) -> None:
    folder, _ = worked_in
    with pytest.raises(RuntimeError):
        migrate(folder / DATABASE, secret, folder / "backups", [Step(NEXT, break_off)])
    copy = folder / "backups" / f"before-schema-{NEXT}.db"
    content = copy.read_bytes()
    assert b"SQLite format" not in content
    assert b"Rowan" not in content
    assert copy.stat().st_mode & 0o777 == 0o600
    raw = connect(copy, secret, read_only=True)
    assert len(rows(raw, "answer")) == 5
    assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert schema.version_of(raw) == schema.VERSION
    raw.close()
    with pytest.raises(DamagedVaultError):
        connect(copy, DatabaseKey(os.urandom(32), content[:16]))


def test_a_copy_that_a_kill_left_half_or_a_disk_spoiled_is_made_anew(
    worked_in: tuple[Path, str], secret: DatabaseKey
) -> None:
    folder, _ = worked_in
    copy = folder / "backups" / f"before-schema-{NEXT}.db"
    copy.parent.mkdir()
    half = (folder / DATABASE).read_bytes()[:5000]
    copy.write_bytes(half)
    copy.with_name(f"{copy.name}.new").write_bytes(half)
    assert migrate(folder / DATABASE, secret, folder / "backups", [Step(NEXT, rebuild_case)])
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]
    raw = connect(copy, secret, read_only=True)
    assert len(rows(raw, "answer")) == 5
    raw.close()


def test_steps_run_once_and_in_order(folder: Path, secret: DatabaseKey, raw_of: Raw) -> None:
    done: list[int] = []
    later = [NEXT, NEXT + 1, NEXT + 2]
    wanted = [Step(number, lambda _raw, number=number: done.append(number)) for number in later]
    assert migrate(folder / DATABASE, secret, folder / "backups", wanted[:1])
    assert migrate(folder / DATABASE, secret, folder / "backups", wanted)
    assert not migrate(folder / DATABASE, secret, folder / "backups", wanted)
    assert done == later


def test_a_database_of_a_newer_program_is_refused_also_where_it_can_only_be_read(
    folder: Path, secret: DatabaseKey, raw_of: Raw, opener: Opener, passphrase: str
) -> None:
    raw = raw_of(folder)
    raw.execute("PRAGMA user_version = 999")
    raw.close()
    with pytest.raises(NewerVersionError, match="newer version"):
        opener.open(folder, passphrase)
    with pytest.raises(NewerVersionError, match="newer version"):
        migrate(folder / DATABASE, secret, folder / "backups", read_only=True)
    assert not (folder / "backups").exists()


def test_an_older_database_that_can_only_be_read_says_what_to_do(folder: Path, secret: DatabaseKey) -> None:
    with pytest.raises(VaultError, match="Move it to a disk"):
        migrate(folder / DATABASE, secret, folder / "backups", [Step(NEXT, rebuild_case)], read_only=True)


def test_a_copy_that_cannot_be_made_stops_the_migration(
    folder: Path, secret: DatabaseKey, raw_of: Raw
) -> None:
    (folder / "backups").write_text("in the way")
    with pytest.raises(VaultError, match="could not be brought up to date"):
        migrate(folder / DATABASE, secret, folder / "backups", [Step(NEXT, rebuild_case)])
    raw = raw_of(folder)
    assert schema.version_of(raw) == schema.VERSION
    raw.close()


def test_the_program_has_a_step_for_every_raise_of_its_schema() -> None:
    assert [step.version for step in steps()] == list(range(2, schema.VERSION + 1))
    assert len(STEPS) == schema.VERSION - 1


def tables_of(raw: Any) -> dict[str, list[tuple[Any, ...]]]:
    found = {name: rows(raw, projection.table.name) for name, projection in PROJECTIONS.items()}
    found["search"] = sorted(
        raw.execute(
            "SELECT s.title, s.also, s.body, s.kind, s.record, r.digest "
            "FROM search s JOIN search_row r ON r.id = s.rowid AND r.record = s.record AND r.kind = s.kind"
        ).fetchall()
    )
    return found


def test_tables_made_anew_from_history_equal_the_tables(
    vault: OpenVault, raw_of: Raw, check_folder: Callable
) -> None:
    with vault.write() as writing:
        writing.put(cases.Case(id="c", code="4F7K2M", neutral_header=True))
        for number in range(3):
            writing.put(cases.Person(id=f"p{number}", name=f"Rowan {number}"))
        writing.remove(cases.Person(id="p1", name="Rowan 1"))
        writing.put(cases.Person(id="p2", name="Wren", preferred_name="Jenny"))
        writing.put(plan.Plan(id="l", case="c", begun="2026-11-24"))
        writing.put(plan.Goal(id="g", case="c", plan="l", words="sleep", place="i"))
        writing.put(assessment.Answer(id="a", case="c", value=["b", "a"]))
        writing.put(assessment.Answer(id="a", case="c", value=None), "corrected")
        writing.put(cases.TeamMember(id="t", case="c", agency_name="Eastmere", helps_with=("b", "a")))
    vault.close()
    raw = raw_of(vault.folder)
    before = tables_of(raw)
    assert sum(map(len, before.values())) > 15
    raw.execute("PRAGMA foreign_keys = OFF")
    raw.execute("BEGIN IMMEDIATE")
    raw.execute("UPDATE person SET name = 'spoiled'")
    raw.execute("DELETE FROM answer")
    raw.execute("DELETE FROM search")
    rebuild(raw)
    raw.execute("COMMIT")
    assert tables_of(raw) == before
    assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
    raw.close()
    assert check_folder(vault.folder) == set()
