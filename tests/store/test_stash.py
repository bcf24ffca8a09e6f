"""Words the vault cannot take at lock: sealed on this computer, back at the next unlock, plain nowhere."""

from pathlib import Path

import pytest

from csa_desk.store import stash
from csa_desk.store.keys import Identity, seal_to

SECRET = "Lives with Nan in Kestrel Row since Easter"
WORDS = {
    "case/1/child/sleep": (SECRET, 7),
    "case/1/child/wishes": ("שלום 🦉 ŵŷŁ \ud83d <b>", 3),
    "place": ("assessment|1|sleep", 0),
}


@pytest.fixture
def author() -> Identity:
    return Identity.new()


@pytest.fixture
def local(tmp_path: Path) -> Path:
    return tmp_path / "local"


def put(local: Path, author: Identity, words: stash.Kept = WORDS) -> bool:
    return stash.put(local, "vault", "practitioner", author.recipient, words)


def take(local: Path, author: Identity) -> stash.Kept:
    return stash.take(local, "vault", "practitioner", author)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_words_come_back_whole_and_stay_until_they_are_dropped(local: Path, author: Identity) -> None:
    assert put(local, author)
    assert take(local, author) == WORDS
    assert take(local, author) == WORDS
    stash.drop(local, "vault", "practitioner")
    assert take(local, author) == {}
    assert files(local) == []
    stash.drop(local, "vault", "practitioner")


def test_nothing_of_the_words_is_plain_on_the_disk_and_only_the_owner_may_read_it(
    local: Path, author: Identity
) -> None:
    assert put(local, author)
    (written,) = files(local)
    content = written.read_bytes()
    for text in [*WORDS, *(text for text, _ in WORDS.values())]:
        for plain in (text.encode("utf-8", "surrogatepass"), text.encode("utf-16-le", "surrogatepass")):
            assert plain not in content
    assert not any(text in str(written) for text in ("case", "sleep", "Nan"))
    assert written.stat().st_mode & 0o077 == 0
    assert written.parent.stat().st_mode & 0o077 == 0


def test_only_their_author_gets_them_back(local: Path, author: Identity) -> None:
    assert put(local, author)
    assert take(local, Identity.new()) == {}
    assert stash.take(local, "vault", "somebody", author) == {}
    assert stash.take(local, "another", "practitioner", author) == {}
    assert take(local, author) == WORDS


def test_a_folder_that_is_gone_is_made_again(local: Path, author: Identity) -> None:
    assert not local.exists()
    assert take(local, author) == {}
    assert put(local, author)
    assert take(local, author) == WORDS


def test_a_place_that_takes_nothing_is_said_and_nothing_is_left_there(local: Path, author: Identity) -> None:
    local.mkdir()
    (local / "vaults").write_text("a file where the folder should be")
    assert not put(local, author)
    assert take(local, author) == {}
    assert files(local) == [local / "vaults"]


def test_a_new_stash_that_cannot_take_its_place_leaves_the_old_one_and_nothing_beside_it(
    local: Path, author: Identity
) -> None:
    assert put(local, author)
    (kept,) = files(local)
    kept.rename(kept.with_suffix(".aside"))
    kept.mkdir()
    assert not put(local, author, {"case/1/child/sleep": ("later", 1)})
    kept.rmdir()
    assert files(local) == [kept.with_suffix(".aside")]
    kept.with_suffix(".aside").rename(kept)
    assert take(local, author) == WORDS


def test_a_stash_that_cannot_be_removed_holds_nobody_up(local: Path, author: Identity) -> None:
    assert put(local, author)
    (kept,) = files(local)
    kept.unlink()
    kept.mkdir()
    stash.drop(local, "vault", "practitioner")
    assert take(local, author) == {}


@pytest.mark.parametrize("said", [b"", b"{", b"[]", b"[1, 2]", b'"words"', b'{"a": 1}', b'{"a": ["b", "c"]}'])
def test_a_stash_that_is_damaged_or_not_ours_is_passed_over(
    local: Path, author: Identity, said: bytes
) -> None:
    assert put(local, author)
    (kept,) = files(local)
    kept.write_bytes(seal_to(author.recipient, said))
    assert take(local, author) == {}
    kept.write_bytes(said)
    assert take(local, author) == {}
    assert put(local, author)
    assert take(local, author) == WORDS
