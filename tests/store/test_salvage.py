"""Saving what can be read: a bad page costs what stood on it and nothing else; backups fill the gaps."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from csa_desk.errors import DamagedVaultError, DeskError, WrongPassphraseError
from csa_desk.records import assessment, cases
from csa_desk.store import backing_up, header
from csa_desk.store.check import check
from csa_desk.store.manifest import BACKUPS
from csa_desk.store.opening import Opener
from csa_desk.store.salvage import salvage
from csa_desk.store.vault import OpenVault
from tests.store.test_restoring import erase

PAGE = 4096
SAID = {f"a{number:02}": f"said {number} " + "words " * 400 for number in range(50)}


@pytest.fixture
def damaged(vault: OpenVault) -> Path:
    """The folder of a closed vault with fifty answers, half of them backed up; nothing is damaged yet."""
    with vault.write() as writing:
        writing.put(cases.Case(id="c", code="4F7K2M"))
        for record, value in list(SAID.items())[:25]:
            writing.put(assessment.Answer(id=record, case="c", value=value))
    backing_up.make(vault)
    with vault.write() as writing:
        for record, value in list(SAID.items())[25:]:
            writing.put(assessment.Answer(id=record, case="c", value=value))
    vault.keep_draft("c/child/sleep", "half typed", 4)
    vault.close()
    return vault.folder


@pytest.fixture
def spoil(damaged: Path) -> Callable[..., None]:
    """Change a byte in each of these pages of the database."""

    def change(*pages: int) -> None:
        path = damaged / "case.db"
        content = bytearray(path.read_bytes())
        for page in pages:
            content[(page - 1) * PAGE + 2000] ^= 0x40
        path.write_bytes(content)

    return change


def read(opener: Opener, folder: Path, passphrase: str) -> dict[str, object]:
    with opener.open(folder, passphrase) as new:
        return {item.id: item.value for item in new.read.find(assessment.Answer)}


def test_of_a_whole_vault_everything_is_saved(
    damaged: Path, opener: Opener, passphrase: str, tmp_path: Path
) -> None:
    before = {file.name: file.read_bytes() for file in damaged.iterdir() if file.is_file()}
    done = salvage(opener, damaged, tmp_path / "new.csadesk", passphrase)
    assert (done.missing, done.damaged_pages, done.findings) == ({}, 0, ())
    assert read(opener, done.folder, passphrase) == SAID
    with opener.open(done.folder, passphrase) as new:
        assert new.drafts()["c/child/sleep"].text == "half typed"
        assert check(new).findings == ()
        assert new.notices == []
    assert {file.name: file.read_bytes() for file in damaged.iterdir() if file.is_file()} == before
    assert sorted(file.name for file in done.folder.iterdir()) == [
        "case.db", "lock", "vault.json", "vault.json.bak"
    ]  # fmt: skip


def test_each_bad_page_costs_only_what_stood_on_it_and_nothing_is_read_as_something_else(
    damaged: Path, opener: Opener, passphrase: str, tmp_path: Path, spoil: Callable
) -> None:
    shutil.rmtree(damaged / BACKUPS)
    pages = (damaged / "case.db").stat().st_size // PAGE
    lost = 0
    for number, page in enumerate(range(2, pages, 23)):
        shutil.copytree(damaged, tmp_path / f"v{number}")
        path = tmp_path / f"v{number}" / "case.db"
        content = bytearray(path.read_bytes())
        content[(page - 1) * PAGE + 99] ^= 1
        path.write_bytes(content)
        done = salvage(opener, path.parent, tmp_path / f"new{number}", passphrase)
        assert done.damaged_pages == 1
        found = read(opener, done.folder, passphrase)
        for record, value in found.items():
            assert value in (SAID[record], "", None)
        whole = [record for record, value in found.items() if value == SAID[record]]
        lost += len(SAID) - len(whole)
        missing = sum(done.missing.values())
        assert missing >= len(SAID) - len(whole)
        assert missing or done.findings == ()
    assert lost, "no page of this test held an answer"


def test_the_first_page_and_the_inner_pages_are_not_needed(
    damaged: Path, opener: Opener, passphrase: str, tmp_path: Path, spoil: Callable
) -> None:
    path = damaged / "case.db"
    content = bytearray(path.read_bytes())
    content[:PAGE] = b"\xff" * PAGE
    path.write_bytes(content)
    with pytest.raises(DeskError):
        opener.open(damaged, passphrase)
    done = salvage(opener, damaged, tmp_path / "new", passphrase)
    assert done.missing == {}
    assert read(opener, done.folder, passphrase) == SAID


def test_a_database_that_was_cut_off_gives_what_is_there_and_counts_what_is_not(
    damaged: Path, opener: Opener, passphrase: str, tmp_path: Path
) -> None:
    shutil.rmtree(damaged / BACKUPS)
    path = damaged / "case.db"
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 4 // 5 + 77])
    done = salvage(opener, damaged, tmp_path / "new", passphrase)
    found = read(opener, done.folder, passphrase)
    assert 0 < len(found) < len(SAID)
    assert sum(done.missing.values()) >= len(SAID) - len(found)


def test_gaps_are_filled_from_a_backup(
    damaged: Path, opener: Opener, passphrase: str, tmp_path: Path
) -> None:
    path = damaged / "case.db"
    content = bytearray(path.read_bytes())
    backed_up = (next((damaged / BACKUPS).iterdir()) / "case.db").stat().st_size
    for page in range(3, backed_up // PAGE):
        content[(page - 1) * PAGE + 99] ^= 1
    path.write_bytes(content)
    done = salvage(opener, damaged, tmp_path / "new", passphrase)
    found = read(opener, done.folder, passphrase)
    assert {record: found.get(record) for record in list(SAID)[:25]} == dict(list(SAID.items())[:25])
    assert done.from_backups


def test_what_was_erased_is_not_taken_back_from_a_backup(
    damaged: Path, opener: Opener, passphrase: str, tmp_path: Path, spoil: Callable
) -> None:
    with opener.open(damaged, passphrase) as vault:
        erase(vault, "a07")
    done = salvage(opener, damaged, tmp_path / "new", passphrase)
    assert "a07" not in read(opener, done.folder, passphrase)
    with opener.open(done.folder, passphrase) as new:
        raw = new.raw()
        assert not raw.execute("SELECT 1 FROM revision_value WHERE value LIKE '%said 7 %'").fetchall()
        raw.close()
        assert check(new).findings == ()


def test_with_both_headers_lost_that_of_a_backup_opens_the_same_database(
    damaged: Path, opener: Opener, passphrase: str, tmp_path: Path
) -> None:
    for name in (header.NAME, header.BACKUP_NAME):
        (damaged / name).write_bytes(b"{}")
    done = salvage(opener, damaged, tmp_path / "new", passphrase)
    assert "header was lost" in done.notes[0]
    assert read(opener, done.folder, passphrase) == SAID


def test_a_half_written_save_is_rolled_back_before_anything_is_read(
    damaged: Path, opener: Opener, passphrase: str, tmp_path: Path
) -> None:
    journal = damaged / "case.db-journal"
    with opener.open(damaged, passphrase) as vault:
        before = (damaged / "case.db").read_bytes()
        vault._connection.exec_driver_sql("PRAGMA cache_size = 5")
        with pytest.raises(RuntimeError, match="stop"), vault.write() as writing:  # noqa: PT012
            for number in range(60):
                writing.put(assessment.Answer(id=f"b{number}", case="c", value="y" * 3000))
            kept = journal.read_bytes(), (damaged / "case.db").read_bytes()
            raise RuntimeError("stop")
    assert kept[1] != before
    journal.write_bytes(kept[0])
    (damaged / "case.db").write_bytes(kept[1])
    done = salvage(opener, damaged, tmp_path / "new", passphrase)
    assert read(opener, done.folder, passphrase) == SAID
    assert (damaged / "case.db").read_bytes() == kept[1]


def test_a_wrong_passphrase_and_a_vault_of_rubbish_each_get_their_own_sentence(
    damaged: Path, opener: Opener, passphrase: str, tmp_path: Path
) -> None:
    with pytest.raises(WrongPassphraseError):
        salvage(opener, damaged, tmp_path / "new", "another long passphrase")
    shutil.rmtree(damaged / BACKUPS)
    (damaged / "case.db").write_bytes(b"\x07" * 20 * PAGE)
    with pytest.raises(DamagedVaultError, match="every page is damaged"):
        salvage(opener, damaged, tmp_path / "new", passphrase)
    (damaged / "case.db").unlink()
    with pytest.raises(DamagedVaultError, match="missing"):
        salvage(opener, damaged, tmp_path / "new", passphrase)
    assert not (tmp_path / "new").exists()


def test_a_backup_with_a_bad_page_can_be_salvaged_too(
    damaged: Path, opener: Opener, passphrase: str, tmp_path: Path
) -> None:
    backup = next((damaged / BACKUPS).iterdir())
    content = bytearray((backup / "case.db").read_bytes())
    content[5 * PAGE] ^= 1
    (backup / "case.db").write_bytes(content)
    done = salvage(opener, backup, tmp_path / "new", passphrase)
    assert done.damaged_pages == 1
    assert len(read(opener, done.folder, passphrase)) >= 20
