"""One writer for one replica id: old files, copies, moves and crashes are noticed before anything is written."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from csa_desk.records import cases
from csa_desk.records import vault as own
from csa_desk.records.ids import new_id
from csa_desk.store.check import check
from csa_desk.store.marker import Head, Marker
from csa_desk.store.opening import Opener
from csa_desk.store.vault import OpenVault


@pytest.fixture
def use(opener: Opener, passphrase: str) -> Callable[..., tuple[list[str], str]]:
    """Open, write one record, close: the codes of the notices, and the replica id it was written under."""

    def once(folder: Path, by: Opener = opener, *, write: bool = True) -> tuple[list[str], str]:
        with by.open(folder, passphrase) as vault:
            told = [notice.code for notice in vault.notices]
            if write:
                with vault.write() as writing:
                    writing.put(cases.Person(id=new_id(), name="Rowan"))
            assert {found.code for found in check(vault).findings} == set(told)
            return told, vault.replica

    return once


Use = Callable[..., tuple[list[str], str]]


def copied(folder: Path, name: str) -> Path:
    return Path(shutil.copytree(folder, folder.parent / name))


def test_the_same_computer_goes_on_under_its_own_id_without_a_word(folder: Path, use: Use) -> None:
    first = use(folder)
    assert first[0] == []
    assert use(folder) == first
    assert use(folder, write=False) == first


def test_an_old_database_put_back_is_noticed_and_a_new_id_begins(folder: Path, use: Use) -> None:
    old = (folder / "case.db").read_bytes()
    _, before = use(folder)
    (folder / "case.db").write_bytes(old)
    assert use(folder, write=False)[0] == ["older-file"]
    told, after = use(folder)
    assert told == ["older-file"]
    assert after != before
    assert use(folder) == ([], after)


def test_an_old_folder_put_back_whole_is_noticed(folder: Path, use: Use) -> None:
    old = copied(folder, "backup")
    _, before = use(folder)
    shutil.rmtree(folder)
    shutil.copytree(old, folder)
    told, after = use(folder)
    assert told == ["older-file"]
    assert after != before


def test_history_cut_short_while_the_vault_was_closed_is_noticed(
    folder: Path, use: Use, tamper: Callable
) -> None:
    use(folder)
    with tamper(folder) as raw:
        raw.execute("UPDATE replica_head SET count = count - 1")
    with pytest.raises(AssertionError):
        use(folder, write=False)


def test_a_vault_on_another_computer_carries_a_new_id(
    folder: Path, use: Use, opener: Opener, tmp_path: Path
) -> None:
    _, here = use(folder)
    there = replace(opener, local_data=tmp_path / "other computer")
    told, other = use(folder, there)
    assert told == ["new-computer"]
    assert other != here
    assert use(folder, there) == ([], other)
    assert use(folder) == ([], here)


def test_the_reason_for_a_new_id_is_written_into_the_vault(
    folder: Path, use: Use, opener: Opener, tmp_path: Path, passphrase: str
) -> None:
    use(folder, replace(opener, local_data=tmp_path / "other computer"))
    with opener.open(folder, passphrase) as vault:
        assert [replica.why for replica in vault.read.find(own.Replica)] == ["created", "new-computer"]


def test_a_deleted_or_broken_marker_is_a_new_computer(folder: Path, use: Use, opener: Opener) -> None:
    use(folder)
    [file] = (opener.local_data / "vaults").glob("*.json")
    whole = file.read_text()
    for content in (None, "", "[]", '{"replicas": 5}', whole.replace('"last": "', '"last": "zz')):
        file.unlink(missing_ok=True)
        if content is not None:
            file.write_text(content)
        assert use(folder, write=False)[0] == ["new-computer"]


def test_a_copy_on_the_same_computer_is_noticed_and_both_go_on_apart(folder: Path, use: Use) -> None:
    _, first = use(folder)
    copy = copied(folder, "copy.csadesk")
    told, second = use(copy)
    assert told == ["copy"]
    assert second != first
    for _ in range(2):
        assert use(folder) == ([], first)
        assert use(copy) == ([], second)


def test_a_copy_is_a_copy_even_after_the_first_one_went_on(folder: Path, use: Use) -> None:
    copy = copied(folder, "copy.csadesk")
    _, first = use(folder)
    assert use(copy)[0] == ["copy"]
    assert use(folder) == ([], first)


def test_two_copies_open_at_once_never_write_under_one_id(
    folder: Path, opener: Opener, passphrase: str, use: Use
) -> None:
    use(folder)
    copy = copied(folder, "copy.csadesk")
    with opener.open(folder, passphrase) as one, opener.open(copy, passphrase) as two:
        assert [notice.code for notice in two.notices] == ["copy"]
        for vault in (one, two, one, two):
            with vault.write() as writing:
                writing.put(cases.Person(id=new_id(), name="Rowan"))
        assert one.replica != two.replica
        for vault in (one, two):
            assert {found.code for found in check(vault).findings} <= {"copy"}
    assert use(folder)[0] == use(copy)[0] == []


def test_a_copy_made_while_the_vault_is_open_and_taken_for_the_original_gets_a_new_id(
    folder: Path, opener: Opener, passphrase: str, use: Use
) -> None:
    use(folder)
    with opener.open(folder, passphrase) as vault:
        copy = copied(folder, "copy.csadesk")
        folder.rename(folder.parent / "hidden")
        with opener.open(copy, passphrase) as other:
            assert [notice.code for notice in other.notices] == ["copy"]
            assert other.replica != vault.replica


def test_a_moved_vault_goes_on_under_its_id_and_the_user_is_told_once(folder: Path, use: Use) -> None:
    _, before = use(folder)
    moved = folder.rename(folder.parent / "moved.csadesk")
    assert use(moved) == (["moved"], before)
    assert use(moved) == ([], before)


def test_a_vault_reached_by_another_path_was_not_moved(folder: Path, use: Use) -> None:
    _, before = use(folder)
    (folder.parent / "link").symlink_to(folder)
    assert use(folder.parent / "link") == ([], before)


def crash(opener: Opener, folder: Path, passphrase: str) -> str:
    """Write and let go of everything without closing, as a kill does."""
    vault = opener.open(folder, passphrase)
    with vault.write() as writing:
        writing.put(cases.Person(id=new_id(), name="Rowan"))
    vault._connection.close()
    for lock in vault._locks:
        lock.release()
    vault._closed = True
    return vault.replica


def test_after_a_crash_a_new_id_begins_so_that_a_file_put_back_can_never_fork_the_old_one(
    folder: Path, opener: Opener, passphrase: str, use: Use
) -> None:
    use(folder)
    old = (folder / "case.db").read_bytes()
    crashed = crash(opener, folder, passphrase)
    (folder / "case.db").write_bytes(old)
    told, after = use(folder)
    assert told == []
    assert after != crashed
    assert use(folder) == ([], after)


def test_a_backup_during_a_session_does_not_hide_a_later_crash(
    folder: Path, opener: Opener, passphrase: str
) -> None:
    vault = opener.open(folder, passphrase)
    for _ in range(2):
        with vault.write() as writing:
            writing.put(cases.Person(id=new_id(), name="Rowan"))
        assert Marker(opener.local_data, vault.vault_id).heads[vault.replica].writing
        vault.remember_heads()
        assert not Marker(opener.local_data, vault.vault_id).heads[vault.replica].writing
    vault.close()


def test_the_marker_holds_no_content(folder: Path, opener: Opener, passphrase: str, use: Use) -> None:
    use(folder)
    [file] = (opener.local_data / "vaults").glob("*.json")
    assert "Rowan" not in file.read_text()
    assert file.stat().st_mode & 0o777 == 0o600
    [(replica, head)] = Marker(opener.local_data, file.stem).in_use().items()
    with opener.open(folder, passphrase) as vault:
        last = vault.read.last_of(replica)
        assert last is not None
        assert (last[0].hex(), last[1]) == (head.last, head.count)
        assert head == Head(head.last, head.count, str(folder.resolve()))


def test_a_computer_that_cannot_keep_its_marker_says_so_and_saves_nothing(
    vault: OpenVault, opener: Opener
) -> None:
    shutil.rmtree(opener.local_data / "vaults")
    (opener.local_data / "vaults").write_text("in the way")
    person = cases.Person(id=new_id(), name="Rowan")
    with pytest.raises(vault_error(), match="could not note"), vault.write() as writing:
        writing.put(person)
    assert vault.read.get(cases.Person, person.id) is None
    (opener.local_data / "vaults").unlink()
    with vault.write() as writing:
        writing.put(person)


def vault_error() -> type[Exception]:
    from csa_desk.errors import VaultError

    return VaultError
