"""Changing the data key: cancelled, refused by the disk at each step, and with saves going on."""

import errno
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from csa_desk.errors import DamagedVaultError, VaultError
from csa_desk.records import assessment
from csa_desk.store import header
from csa_desk.store.check import check
from csa_desk.store.copying import CopyStoppedError, copy_database
from csa_desk.store.engine import DatabaseKey, connect
from csa_desk.store.opening import Opener
from csa_desk.store.rotating import NEW, Rotation, rotate
from csa_desk.store.vault import OpenVault

SECRET = DatabaseKey(b"k" * 32, b"s" * 16)


def say(vault: OpenVault, number: int, length: int = 4000) -> None:
    with vault.write() as writing:
        writing.put(assessment.Answer(id=f"a{number}", value=f"{number}" + "x" * length))


def answers(vault: OpenVault) -> int:
    return len(vault.read.find(assessment.Answer))


@pytest.fixture
def filled(vault: OpenVault) -> OpenVault:
    """A vault of some hundred pages."""
    with vault.write() as writing:
        for number in range(40):
            writing.put(assessment.Answer(id=f"a{number}", value=f"{number}" + "x" * 40_000))
    return vault


def fail(vault: OpenVault, number: int) -> None:
    with vault.write() as writing:
        writing.put(assessment.Answer(id=f"lost{number}", value="x"))
        raise KeyError(number)


def test_a_copy_holds_what_was_saved_while_it_was_made(filled: OpenVault, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    target = tmp_path / "copy.db"
    beside = threading.Thread(
        target=copy_database,
        args=(filled, target, SECRET),
        kwargs={"progress": lambda done, whole: told.append((done, whole))},
    )
    beside.start()
    number = 100
    while beside.is_alive():
        say(filled, number)
        number += 1
    copy = connect(target, SECRET, read_only=True)
    try:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert copy.execute("PRAGMA cipher_integrity_check").fetchall() == []
        assert copy.execute("SELECT count(*) FROM answer").fetchone()[0] >= 40
    finally:
        copy.close()
    assert told[-1][0] <= told[-1][1]
    assert not filled.gate.shut
    assert target.stat().st_mode & 0o077 == 0


def test_a_copy_that_is_stopped_leaves_nothing(filled: OpenVault, tmp_path: Path) -> None:
    with pytest.raises(CopyStoppedError):
        copy_database(filled, tmp_path / "copy.db", SECRET, cancelled=lambda: True, hold=True)
    assert list(tmp_path.glob("copy.db*")) == []
    say(filled, 100)


def test_a_copy_to_a_place_that_is_gone_says_so(filled: OpenVault, tmp_path: Path) -> None:
    with pytest.raises(VaultError, match="disk is full, was taken out"):
        copy_database(filled, tmp_path / "gone" / "copy.db", SECRET, hold=True)
    say(filled, 100)


@pytest.mark.parametrize("few_pages", [10, 100_000])
def test_a_change_that_is_cancelled_leaves_the_vault_as_it_was(filled: OpenVault, few_pages: int) -> None:
    before = filled.header
    for after in (0, 3, 10):
        steps = iter(range(1000))
        with pytest.raises(CopyStoppedError):
            Rotation(filled, few_pages=few_pages).prepare(cancelled=lambda: next(steps) > after)  # noqa: B023
    assert filled.header == before
    assert not (filled.folder / NEW).exists()
    say(filled, 100)
    rotate(filled)
    assert filled.header.generation == before.generation + 2
    assert check(filled).findings == ()


@pytest.mark.parametrize("call", [1, 2, 3, 4])
def test_a_disk_that_refuses_a_header_loses_nothing(
    filled: OpenVault,
    opener: Opener,
    passphrase: str,
    monkeypatch: pytest.MonkeyPatch,
    call: int,
) -> None:
    calls, write = [0], header.write_whole

    def refuse(path: Path, content: bytes) -> None:
        calls[0] += 1
        if calls[0] == call:
            raise OSError(errno.ENOSPC, "no room")
        write(path, content)

    with monkeypatch.context() as patch:
        patch.setattr(header, "write_whole", refuse)
        rotation = Rotation(filled)
        rotation.prepare()
        rotation.finish()
    # Where only the copy of the first header failed, the change was gone on with.
    assert (rotation.fault is None) == (call == 2)
    say(filled, 100)
    assert answers(filled) == 41
    filled.close()
    with opener.open(filled.folder, passphrase) as vault:
        assert answers(vault) == 41
        assert [item.code for item in check(vault).findings if item.code != "header-copy"] == []
        rotate(vault)
        say(vault, 101)
        assert check(vault).findings == ()


def test_a_copy_that_is_not_the_same_is_not_put_in_place(
    filled: OpenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoil(name: str) -> None:
        if name == "copied":
            path = filled.folder / NEW
            content = bytearray(path.read_bytes())
            content[5000] ^= 1
            path.write_bytes(bytes(content))

    before = filled.header
    with pytest.raises(DamagedVaultError, match="nothing was changed"):
        Rotation(filled, after_step=spoil).prepare()
    assert filled.header == before
    assert not (filled.folder / NEW).exists()
    say(filled, 100)
    assert check(filled).findings == ()


def test_a_save_that_waits_at_the_gate_makes_the_change_itself(filled: OpenVault) -> None:
    rotation = Rotation(filled)
    beside = threading.Thread(target=rotation.prepare)
    beside.start()
    while not rotation.done:
        say(filled, 100)
    beside.join()
    rotation.finish()
    assert rotation.fault is None
    assert check(filled).findings == ()


def test_a_save_that_fails_while_the_key_is_changed_changes_nothing(filled: OpenVault) -> None:
    rotation = Rotation(filled)
    beside = threading.Thread(target=rotation.prepare)
    beside.start()
    for number in range(5):
        with pytest.raises(KeyError):
            fail(filled, number)
    beside.join()
    rotation.finish()
    assert rotation.fault is None
    assert answers(filled) == 40
    assert check(filled).findings == ()


def test_a_closing_vault_stops_a_change_and_the_next_opening_tidies_up(
    filled: OpenVault, opener: Opener, passphrase: str
) -> None:
    rotation = Rotation(filled)
    rotation.prepare()
    filled.close()
    assert (filled.folder / NEW).exists()
    with opener.open(filled.folder, passphrase) as vault:
        assert not (vault.folder / NEW).exists()
        assert answers(vault) == 40
    filled.stopping.set()


def test_a_vault_that_can_only_be_read_keeps_its_key(filled: OpenVault) -> None:
    filled.read_only = True
    with pytest.raises(VaultError, match="reading only"):
        rotate(filled)
    filled.read_only = False


def test_searching_and_reading_go_on_with_the_new_database(filled: OpenVault) -> None:
    seen: Callable[..., object] = filled.finder.find
    seen("nothing", ["answer"])
    rotate(filled)
    assert filled.finder.find("nothing", ["answer"]) == []
    assert answers(filled) == 40
