"""A disk without room: one plain sentence, nothing lost, and the work goes on once there is room again."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from csa_desk.errors import VaultError
from csa_desk.records import assessment, cases
from csa_desk.store.check import check
from csa_desk.store.opening import Opener

ROOM = 1_600_000


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with little room; skips where this user may not mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    try:
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(place)],
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        pytest.skip("there is no mount command here")
    if done.returncode:
        pytest.skip("this user may not mount a small disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)


def test_a_full_disk_loses_nothing_and_says_what_to_do(
    small_disk: Path, opener: Opener, passphrase: str
) -> None:
    folder = small_disk / "v.csadesk"
    opener.create(folder, passphrase)
    filler = small_disk / "films"
    with opener.open(folder, passphrase) as vault:
        with vault.write() as writing:
            writing.put(cases.Case(id="c", code="4F7K2M"))
        fill(filler)
        saved, refused = 0, ""
        for number in range(400):
            try:
                with vault.write() as writing:
                    writing.put(assessment.Answer(id=f"a{number}", case="c", value="said " + "x" * 3000))
                saved = number + 1
            except VaultError as fault:
                refused = str(fault)
                break
        assert "disk is full" in refused
        assert "try again" in refused
        assert len(vault.read.find(assessment.Answer)) == saved
        with pytest.raises(VaultError, match="disk is full"):
            vault.keep_draft("c/child/sleep", "y" * 40_000, 3)
        filler.unlink()
        with vault.write() as writing:
            writing.put(assessment.Answer(id=f"a{saved}", case="c", value="said again"))
        vault.keep_draft("c/child/sleep", "y" * 40_000, 3)
        assert check(vault).findings == ()
    with opener.open(folder, passphrase) as vault:
        assert len(vault.read.find(assessment.Answer)) == saved + 1
        assert vault.drafts()["c/child/sleep"].text == "y" * 40_000
        assert check(vault).findings == ()
        assert vault.notices == []


def test_a_vault_that_finds_no_room_is_not_made_at_all(
    small_disk: Path, opener: Opener, passphrase: str
) -> None:
    fill(small_disk / "films", leave=100_000)
    with pytest.raises(VaultError, match="disk is full"):
        opener.create(small_disk / "deep" / "v.csadesk", passphrase)
    assert [file.name for file in small_disk.iterdir()] == ["films"]


def test_a_vault_on_a_full_disk_still_opens_and_closes(
    small_disk: Path, opener: Opener, passphrase: str
) -> None:
    folder = small_disk / "v.csadesk"
    opener.create(folder, passphrase)
    fill(small_disk / "films")
    with opener.open(folder, passphrase) as vault:
        assert check(vault).findings == ()
        assert not vault.read_only


def fill(file: Path, leave: int = 0) -> None:
    """Take all the room there is."""
    try:
        with file.open("wb", buffering=0) as handle:
            while True:
                handle.write(b"\x00" * 4096)
    except OSError:
        if leave:
            with file.open("r+b") as handle:
                handle.truncate(max(0, file.stat().st_size - leave))
