"""Restoring a backup: beside the old vault, verified, under a new replica id, later removals carried out again."""

import shutil
from pathlib import Path

import pytest

from csa_desk.errors import DamagedVaultError, InputError, WrongPassphraseError
from csa_desk.records import assessment, cases
from csa_desk.records.keeping import Removal, RemovalKind
from csa_desk.records.vault import Replica
from csa_desk.store import backing_up, removing
from csa_desk.store.check import check
from csa_desk.store.manifest import BACKUPS, Backup
from csa_desk.store.opening import Opener
from csa_desk.store.restoring import restore
from csa_desk.store.vault import OpenVault


@pytest.fixture
def backed_up(vault: OpenVault) -> Backup:
    """A vault with a case, backed up and written on."""
    with vault.write() as writing:
        writing.put(cases.Case(id="c", code="4F7K2M"))
        for number in range(20):
            writing.put(assessment.Answer(id=f"a{number}", case="c", value=f"said {number} " + "x" * 2000))
    made = backing_up.make(vault)
    with vault.write() as writing:
        writing.put(assessment.Answer(id="later", case="c", value="said later"))
    return made


def test_a_restored_vault_is_as_it_was_goes_on_under_a_new_replica_and_checks_clean(
    backed_up: Backup, vault: OpenVault, opener: Opener, passphrase: str, tmp_path: Path
) -> None:
    before = (vault.folder / "case.db").read_bytes()
    done = restore(opener, backed_up.folder, tmp_path / "new.csadesk", passphrase)
    assert (vault.folder / "case.db").read_bytes() == before
    with opener.open(done.folder, passphrase) as new:
        assert {item.id for item in new.read.find(assessment.Answer)} == {
            f"a{number}" for number in range(20)
        }
        assert new.replica != vault.replica
        assert new.read.get(Replica, new.replica).why == "restored"
        assert new.notices == []
        assert check(new).findings == ()
        with new.write() as writing:
            writing.put(cases.Person(id="p", name="Rowan"))
    assert sorted(file.name for file in done.folder.iterdir()) == [
        "case.db", "lock", "vault.json", "vault.json.bak"
    ]  # fmt: skip
    with vault.write() as writing:
        writing.put(cases.Person(id="q", name="Ash"))
    assert check(vault).findings == ()


@pytest.mark.parametrize("place", ["v", "v/inside", "taken", "file"])
def test_nothing_is_restored_over_anything(
    backed_up: Backup, vault: OpenVault, opener: Opener, passphrase: str, tmp_path: Path, place: str
) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "letter.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    target = {"v": vault.folder, "v/inside": vault.folder / "new"}.get(place, tmp_path / place)
    with pytest.raises(InputError):
        restore(opener, backed_up.folder, target, passphrase)
    assert (tmp_path / "taken" / "letter.txt").read_text() == "mine"
    assert (tmp_path / "file").read_text() == "mine"


def test_a_damaged_backup_restores_nothing_and_says_what_to_do(
    backed_up: Backup, opener: Opener, passphrase: str, tmp_path: Path
) -> None:
    content = bytearray((backed_up.folder / "case.db").read_bytes())
    content[9000] ^= 1
    (backed_up.folder / "case.db").write_bytes(content)
    with pytest.raises(DamagedVaultError, match=r"nothing was restored.*Take another backup"):
        restore(opener, backed_up.folder, tmp_path / "new", passphrase)
    assert not (tmp_path / "new").exists()


def test_a_passphrase_that_did_not_open_it_then_is_told_from_a_wrong_one(
    backed_up: Backup, opener: Opener, tmp_path: Path
) -> None:
    with pytest.raises(
        WrongPassphraseError, match=r"the passphrase you had when it was made.*24 November 2026"
    ):
        restore(opener, backed_up.folder, tmp_path / "new", "another long passphrase")
    assert not (tmp_path / "new").exists()


def test_a_folder_that_is_no_backup_names_the_latest_one(
    backed_up: Backup, vault: OpenVault, opener: Opener, passphrase: str, tmp_path: Path
) -> None:
    for folder in (vault.folder, vault.folder / BACKUPS):
        with pytest.raises(InputError, match=backed_up.folder.name):
            restore(opener, folder, tmp_path / "new", passphrase)
    with pytest.raises(InputError, match="no backup in that folder"):
        restore(opener, tmp_path, tmp_path / "new", passphrase)


def erase(vault: OpenVault, record: str) -> None:
    """Somebody decided it alone, and the day came."""
    removal = Removal(
        id=f"r-{record}", case="c", how=RemovalKind.ERASE, record=record, record_kind="answer", reason="too old",
        asked_by=vault.practitioner, asked=vault.clock.moment(), waits_until="2026-12-01",
    )  # fmt: skip
    with vault.write() as writing:
        removing.ask(writing, removal)
    vault.clock.set(2026, 12, 2)  # type: ignore[attr-defined]
    assert removing.carry_out(vault, removal.id) > 0


def test_what_was_erased_after_the_backup_does_not_come_back(
    backed_up: Backup, vault: OpenVault, opener: Opener, passphrase: str, tmp_path: Path
) -> None:
    erase(vault, "a7")
    done = restore(opener, backed_up.folder, tmp_path / "new.csadesk", passphrase)
    assert done.removals == 1
    with opener.open(done.folder, passphrase) as new:
        assert "a7" not in {item.id for item in new.read.find(assessment.Answer)}
        raw = new.raw()
        assert not raw.execute("SELECT 1 FROM revision_value WHERE value LIKE '%said 7 %'").fetchall()
        raw.close()
        assert check(new).findings == ()


def test_a_newer_backup_alone_carries_the_erasure_over(
    backed_up: Backup, vault: OpenVault, opener: Opener, passphrase: str, tmp_path: Path
) -> None:
    erase(vault, "a7")
    newer = backing_up.make(vault)
    stick = tmp_path / "stick"
    stick.mkdir()
    for folder in (backed_up.folder, newer.folder):
        shutil.copytree(folder, stick / folder.name)
    done = restore(opener, stick / backed_up.folder.name, tmp_path / "new.csadesk", passphrase)
    assert done.removals == 1
    with opener.open(done.folder, passphrase) as new:
        assert "a7" not in {item.id for item in new.read.find(assessment.Answer)}


def test_what_a_kill_left_of_a_restoring_is_cleared_away_by_the_next(
    backed_up: Backup, opener: Opener, passphrase: str, tmp_path: Path
) -> None:
    target = tmp_path / "new.csadesk"
    target.mkdir()
    (target / "being-made").write_bytes(b"")
    (target / "case.db").write_bytes(b"half")
    restore(opener, backed_up.folder, target, passphrase)
    opener.open(target, passphrase).close()
