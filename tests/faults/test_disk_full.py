"""A disk without room: one plain sentence, nothing lost, and the work goes on once there is room again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from csa_desk.errors import VaultError
from csa_desk.records import assessment, cases
from csa_desk.store import stash
from csa_desk.store.check import check
from csa_desk.store.keys import Identity
from csa_desk.store.opening import Opener
from tests.faults.full import fill, mounted

ROOM = 1_600_000


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with little room."""
    with mounted(tmp_path / "disk", ROOM) as place:
        yield place


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


def test_words_that_this_computer_has_no_room_for_leave_those_it_has_and_nothing_half(
    small_disk: Path,
) -> None:
    author = Identity.new()
    kept, more = {"c/child/sleep": ("five hours", 4)}, {"c/child/sleep": ("y" * 40_000, 3)}
    assert stash.put(small_disk, "vault", "me", author.recipient, kept)
    fill(small_disk / "films")
    assert not stash.put(small_disk, "vault", "me", author.recipient, more)
    assert stash.take(small_disk, "vault", "me", author) == kept
    assert len(list((small_disk / "vaults").iterdir())) == 1
    (small_disk / "films").unlink()
    assert stash.put(small_disk, "vault", "me", author.recipient, more)
    assert stash.take(small_disk, "vault", "me", author) == more
