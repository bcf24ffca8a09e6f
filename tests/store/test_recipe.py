"""The connection recipe, read back; and that no error, log or noise ever shows what stands in a record."""

import logging
import os
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlcipher3 import dbapi2

from csa_desk.errors import DamagedVaultError, VaultError, VaultInUseError
from csa_desk.records import cases
from csa_desk.records.ids import new_id
from csa_desk.store.engine import DatabaseKey, connect, make_engine, translated
from csa_desk.store.opening import Opener
from csa_desk.store.tables.projections import projection
from csa_desk.store.vault import OpenVault

PLANTED = "Zebedee Quillfeather"

RECIPE = {
    "foreign_keys": 1,
    "secure_delete": 1,
    "recursive_triggers": 1,
    "temp_store": 2,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "mmap_size": 0,
    "journal_mode": "delete",
    "synchronous": 2,
    "cipher_version": None,
}


@pytest.mark.parametrize("name", RECIPE)
def test_the_held_connection_follows_the_recipe(vault: OpenVault, name: str) -> None:
    found = vault._connection.exec_driver_sql(f"PRAGMA {name}").fetchall()
    vault._connection.rollback()
    if name == "cipher_version":
        assert found[0][0].startswith("4.")
    elif name == "mmap_size":
        assert found in ([], [(0,)])
    else:
        assert found == [(RECIPE[name],)]


@pytest.mark.parametrize("name", [name for name in RECIPE if name != "mmap_size"])
def test_a_further_connection_follows_it_too_and_cannot_write(vault: OpenVault, name: str) -> None:
    raw = vault.raw()
    try:
        [(found,)] = raw.execute(f"PRAGMA {name}").fetchall()
        assert name == "cipher_version" or found == RECIPE[name]
        with pytest.raises(dbapi2.OperationalError, match="readonly"):
            raw.execute("DELETE FROM draft")
    finally:
        raw.close()


def test_the_driver_begins_no_transaction_of_its_own_and_parameters_are_hidden(vault: OpenVault) -> None:
    assert vault._connection.connection.dbapi_connection.isolation_level is None
    assert vault._engine.hide_parameters
    assert isinstance(vault._engine.pool, sa.pool.NullPool)
    assert vault._engine.dialect.dbapi is dbapi2


def test_full_text_search_wipes_what_it_forgets(vault: OpenVault) -> None:
    [(value,)] = vault._connection.exec_driver_sql(
        "SELECT v FROM search_config WHERE k = 'secure-delete'"
    ).fetchall()
    vault._connection.rollback()
    assert value == 1


def test_a_database_in_an_unsafe_mode_is_refused(tmp_path: Path) -> None:
    secret = DatabaseKey(os.urandom(32), os.urandom(16))
    raw = connect(tmp_path / "w.db", secret)
    raw.execute("CREATE TABLE t(x)")
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("BEGIN")
    raw.execute("SELECT * FROM t").fetchall()
    with pytest.raises((VaultError, VaultInUseError)):
        connect(tmp_path / "w.db", secret)
    raw.close()


def test_a_wrong_key_makes_no_noise_and_says_damaged(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    salt = (folder / "case.db").read_bytes()[:16]
    with pytest.raises(DamagedVaultError):
        connect(folder / "case.db", DatabaseKey(os.urandom(32), salt))
    shown = capfd.readouterr()
    assert shown.out == shown.err == ""


def planted_fault(vault: OpenVault) -> BaseException:
    """Break a rule of the database with a planted name in every value."""
    record = cases.Person(id=new_id(), name=PLANTED, preferred_name=PLANTED)
    row = projection(cases.Person).to_row(record)

    def write_twice() -> None:
        with vault.write() as writing:
            writing.put(record)
            writing._connection.execute(sa.insert(projection(cases.Person).table), {**row, "heads": PLANTED})

    with pytest.raises(VaultError) as caught:
        write_twice()
    return caught.value


def test_no_value_of_a_record_stands_in_an_error_or_in_anything_behind_it(vault: OpenVault) -> None:
    fault = planted_fault(vault)
    text = "".join(traceback.format_exception(fault, chain=True))
    assert PLANTED not in text
    seen: set[int] = set()
    behind: BaseException | None = fault
    while behind is not None and id(behind) not in seen:
        seen.add(id(behind))
        assert PLANTED not in str(behind) + repr(behind)
        assert PLANTED not in "".join(traceback.format_exception(behind, chain=False))
        behind = behind.__cause__ or behind.__context__
    assert len(seen) >= 2
    assert "does not fit" in str(fault)


def test_no_value_of_a_record_is_logged(vault: OpenVault, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    planted_fault(vault)
    with vault.write() as writing:
        writing.put(cases.Person(id=new_id(), name=PLANTED))
    vault.finder.find(PLANTED, ["person"])
    assert PLANTED not in caplog.text


def test_a_link_to_nothing_is_refused_in_plain_words_and_nothing_is_kept(vault: OpenVault) -> None:
    person = cases.Person(id=new_id(), name=PLANTED)

    def link_to_nothing() -> None:
        with vault.write() as writing:
            writing.put(person)
            writing.put(cases.Episode(id=new_id(), case="nowhere", opened="2026-11-24"))

    with pytest.raises(VaultError, match="does not fit") as caught:
        link_to_nothing()
    assert "nowhere" not in "".join(traceback.format_exception(caught.value))
    assert vault.read.get(cases.Person, person.id) is None


@pytest.mark.parametrize(
    ("fault", "kind", "words"),
    [
        (dbapi2.OperationalError("database is locked"), VaultInUseError, "Another window"),
        (dbapi2.OperationalError("database or disk is full"), VaultError, "disk is full"),
        (dbapi2.OperationalError("attempt to write a readonly database"), VaultError, "disk is full"),
        (dbapi2.DatabaseError("database disk image is malformed"), DamagedVaultError, "damaged"),
        (dbapi2.DatabaseError("file is not a database"), DamagedVaultError, "damaged"),
        (dbapi2.IntegrityError("UNIQUE constraint failed"), VaultError, "does not fit"),
    ],
)
def test_each_fault_of_the_database_has_its_own_sentence(
    fault: dbapi2.Error, kind: type[VaultError], words: str
) -> None:
    made = translated(fault)
    assert type(made) is kind
    assert words in str(made)
    assert str(fault) not in str(made)


def test_a_fault_of_the_program_is_not_called_damage(vault: OpenVault) -> None:
    with pytest.raises(Exception, match="no such table") as caught, vault.write() as writing:
        writing._connection.exec_driver_sql("SELECT * FROM nothing_of_this_name")
    assert not isinstance(caught.value, DamagedVaultError)


def test_an_engine_reads_what_the_vault_wrote(
    vault: OpenVault, opener: Opener, raw_of: Callable[[Path], Any]
) -> None:
    with vault.write() as writing:
        writing.put(cases.Person(id="p", name="Rowan"))
    with make_engine(vault.folder / "case.db", vault._secret, read_only=True).connect() as connection:
        assert connection.exec_driver_sql("SELECT name FROM person").scalar() == "Rowan"
