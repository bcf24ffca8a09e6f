"""Backups: whole, read back, sealed, rotated; nothing half is ever taken for one."""

import json
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from csa_desk.errors import DamagedVaultError, VaultError
from csa_desk.records import assessment, cases
from csa_desk.store import backing_up, manifest, proving
from csa_desk.store.copying import CopyStoppedError
from csa_desk.store.manifest import BACKUPS, Backup, Keep, Manifest
from csa_desk.store.opening import Opener
from csa_desk.store.pages import look_through
from csa_desk.store.vault import OpenVault, database_key

KEEP = Keep(days=7, weeks=4, months=12)


@pytest.fixture
def filled(vault: OpenVault) -> OpenVault:
    """An open vault with a case and forty long answers."""
    with vault.write() as writing:
        writing.put(cases.Case(id="c", code="4F7K2M"))
        for number in range(40):
            writing.put(assessment.Answer(id=f"a{number}", case="c", value=f"said {number} " + "x" * 3000))
    return vault


def key_of(vault: OpenVault):
    return database_key(vault.folder, vault.header, vault.opened)


def test_a_backup_is_a_vault_of_its_own_that_the_same_passphrase_opens(
    filled: OpenVault, opener: Opener, passphrase: str
) -> None:
    made = backing_up.make(filled)
    assert sorted(file.name for file in made.folder.iterdir()) == ["case.db", "manifest.json", "vault.json"]
    assert proving.prove(made.folder, key_of(filled)) == []
    with opener.open(made.folder, passphrase) as copy:
        assert {item.id: item.value for item in copy.read.find(assessment.Answer)} == {
            item.id: item.value for item in filled.read.find(assessment.Answer)
        }


def test_a_manifest_names_what_the_copy_is_and_nobody_in_it(filled: OpenVault) -> None:
    made = backing_up.make(filled)
    told = json.loads((made.folder / manifest.MANIFEST).read_text("utf-8"))
    assert told["vault_id"] == filled.vault_id
    assert told["heads"] == {
        filled.replica: [told["revisions"], filled.read.last_of(filled.replica)[0].hex()]
    }
    assert set(told) == {
        "format", "version", "vault_id", "generation", "kind", "made", "heads", "revisions", "files", "seal"
    }  # fmt: skip
    assert backing_up.is_current(filled, made)
    with filled.write() as writing:
        writing.put(cases.Person(id="p", name="Rowan"))
    assert not backing_up.is_current(filled, made)


def test_what_is_written_while_a_backup_is_made_is_in_it_or_not_and_the_backup_is_whole(
    filled: OpenVault,
) -> None:
    saved = 0
    made: list[Backup] = []
    beside = threading.Thread(target=lambda: made.append(backing_up.make(filled)))
    beside.start()
    while beside.is_alive():
        with filled.write() as writing:
            writing.put(assessment.Answer(id=f"b{saved}", case="c", value="said meanwhile"))
        saved += 1
    beside.join()
    assert saved
    assert proving.prove(made[0].folder, key_of(filled)) == []


@pytest.mark.parametrize("name", ["case.db", "vault.json", "manifest.json"])
@pytest.mark.parametrize("where", [0, 0.01, 0.5, 0.99])
def test_a_byte_changed_anywhere_in_a_backup_is_told(filled: OpenVault, name: str, where: float) -> None:
    made = backing_up.make(filled)
    content = bytearray((made.folder / name).read_bytes())
    content[int(len(content) * where)] ^= 1
    (made.folder / name).write_bytes(content)
    assert proving.prove(made.folder, key_of(filled))


def test_a_backup_of_another_moment_under_this_manifest_is_told(filled: OpenVault) -> None:
    first = backing_up.make(filled)
    with filled.write() as writing:
        writing.put(cases.Person(id="p", name="Rowan"))
    second = backing_up.make(filled)
    (first.folder / "case.db").replace(second.folder / "case.db")
    assert "another one" in proving.prove(second.folder, key_of(filled))[0]


@pytest.mark.parametrize("after", [0, 1, 3, 8])
def test_a_backup_that_is_stopped_leaves_nothing_and_the_vault_goes_on(filled: OpenVault, after: int) -> None:
    looks = iter(range(10_000))
    with pytest.raises(CopyStoppedError):
        backing_up.make(filled, cancelled=lambda: next(looks) >= after)
    assert list((filled.folder / BACKUPS).iterdir()) == []
    with filled.write() as writing:
        writing.put(cases.Person(id="p", name="Rowan"))
    assert backing_up.make(filled)


def test_a_vault_that_closes_stops_its_backup(filled: OpenVault) -> None:
    filled.stopping.set()
    with pytest.raises(CopyStoppedError):
        backing_up.make(filled)
    assert list((filled.folder / BACKUPS).iterdir()) == []


def test_two_copies_at_once_are_refused_in_a_sentence(filled: OpenVault) -> None:
    with filled.long_work, pytest.raises(VaultError, match="copied already"):
        backing_up.make(filled)
    assert backing_up.make(filled)


def test_what_a_kill_left_half_is_no_backup_and_goes_with_the_next(filled: OpenVault) -> None:
    place = filled.folder / BACKUPS
    for name in ("20261101T080000Z.new", "20261102T080000Z.gone"):
        (place / name).mkdir(parents=True)
        (place / name / "case.db").write_bytes(b"half")
    (place / "before-schema-2.db").write_bytes(b"kept")
    assert manifest.backups_in(place) == []
    made = backing_up.make(filled)
    assert {item.name for item in place.iterdir()} == {made.folder.name, "before-schema-2.db"}


def test_a_damaged_vault_makes_no_backup_that_counts(
    filled: OpenVault, opener: Opener, passphrase: str
) -> None:
    folder = filled.folder
    filled.close()
    content = bytearray((folder / "case.db").read_bytes())
    content[len(content) // 2] ^= 1
    (folder / "case.db").write_bytes(content)
    with opener.open(folder, passphrase) as vault, pytest.raises((DamagedVaultError, VaultError)):
        backing_up.make(vault)
    assert manifest.backups_in(folder / BACKUPS) == []


def backups_on(place: Path, moments: Iterator[datetime]) -> list[Backup]:
    made = []
    for moment in moments:
        told = Manifest("v", 1, "live", moment.isoformat(), {}, 0, {})
        folder = place / moment.strftime(manifest.NAME)
        folder.mkdir(parents=True)
        (folder / manifest.MANIFEST).write_text(json.dumps(told.content()))
        made.append(Backup(folder, told))
    return made


def test_of_two_years_of_daily_backups_seven_days_four_weeks_and_twelve_months_stay(tmp_path: Path) -> None:
    last = datetime(2026, 11, 24, 12, tzinfo=UTC)
    made = backups_on(tmp_path, (last - timedelta(days=day) for day in range(730)))
    backing_up.rotate(made[0], KEEP)
    stays = manifest.backups_in(tmp_path)
    days = [backup.made[:10] for backup in stays]
    assert days[:7] == [f"2026-11-{day}" for day in range(24, 17, -1)]
    assert days[7:9] == ["2026-11-15", "2026-11-08"]
    assert days[9:] == [
        "2026-10-31", "2026-09-30", "2026-08-31", "2026-07-31", "2026-06-30", "2026-05-31", "2026-04-30",
        "2026-03-31", "2026-02-28", "2026-01-31", "2025-12-31",
    ]  # fmt: skip


def test_several_backups_of_one_day_leave_the_last_of_it(tmp_path: Path) -> None:
    last = datetime(2026, 11, 24, 12, tzinfo=UTC)
    made = backups_on(tmp_path, (last - timedelta(hours=hour) for hour in range(10)))
    assert backing_up.rotate(made[0], KEEP) == 9
    assert [backup.made for backup in manifest.backups_in(tmp_path)] == [last.isoformat()]


def test_the_backup_just_proved_stays_even_where_others_claim_to_be_from_the_future(tmp_path: Path) -> None:
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    backups_on(tmp_path, (now + timedelta(days=400 + day * 40) for day in range(30)))
    (made,) = backups_on(tmp_path, iter([now]))
    backing_up.rotate(made, KEEP)
    assert made.folder in {backup.folder for backup in manifest.backups_in(tmp_path)}


def test_backups_of_another_vault_that_somebody_put_there_are_not_removed(tmp_path: Path) -> None:
    last = datetime(2026, 11, 24, 12, tzinfo=UTC)
    made = backups_on(tmp_path, (last - timedelta(hours=hour) for hour in range(4)))
    other = json.loads((made[2].folder / manifest.MANIFEST).read_text())
    (made[2].folder / manifest.MANIFEST).write_text(json.dumps({**other, "vault_id": "another"}))
    assert backing_up.rotate(made[0], KEEP) == 2
    assert {backup.folder for backup in manifest.backups_in(tmp_path)} == {made[0].folder, made[2].folder}


def test_a_backup_whose_manifest_is_lost_is_never_removed_by_itself(tmp_path: Path) -> None:
    last = datetime(2026, 11, 24, 12, tzinfo=UTC)
    made = backups_on(tmp_path, (last - timedelta(hours=hour) for hour in range(3)))
    (made[1].folder / manifest.MANIFEST).write_bytes(b"{")
    assert backing_up.rotate(made[0], KEEP) == 1
    assert {backup.folder for backup in manifest.backups_in(tmp_path)} == {made[0].folder, made[1].folder}


def test_a_copy_on_a_stick_is_proved_there(filled: OpenVault, tmp_path: Path) -> None:
    made = backing_up.make(filled)
    (tmp_path / "stick").mkdir()
    place = backing_up.second_place(tmp_path / "stick", filled.vault_id)
    copy = backing_up.copy_to(made, place, key_of(filled))
    assert proving.prove(copy.folder, key_of(filled)) == []
    assert manifest.backups_in(place)[0].made == made.made


def test_a_pulled_stick_s_folder_is_not_made_anew(filled: OpenVault, tmp_path: Path) -> None:
    made = backing_up.make(filled)
    place = backing_up.second_place(tmp_path / "stick", filled.vault_id)
    with pytest.raises(VaultError):
        backing_up.copy_to(made, place, key_of(filled))
    assert not (tmp_path / "stick").exists()


def test_a_copy_to_a_stick_that_is_stopped_leaves_nothing_there(filled: OpenVault, tmp_path: Path) -> None:
    made = backing_up.make(filled)

    def stop(_done: int, _all: int) -> None:
        raise CopyStoppedError("stopped")

    with pytest.raises(CopyStoppedError):
        backing_up.copy_to(made, tmp_path / "stick", key_of(filled), progress=stop)
    assert list((tmp_path / "stick").iterdir()) == []


def test_the_pages_reader_names_the_pages_that_the_database_itself_finds_damaged(filled: OpenVault) -> None:
    made = backing_up.make(filled)
    path, secret = made.folder / "case.db", key_of(filled)
    content = bytearray(path.read_bytes())
    for page in (3, 17, 40):
        content[(page - 1) * 4096 + 1234] ^= 8
    path.write_bytes(content)
    assert look_through(path, secret).damaged == (3, 17, 40)


def test_a_read_only_vault_says_why_it_makes_no_backup(filled: OpenVault, monkeypatch: Callable) -> None:
    monkeypatch.setattr(filled, "read_only", True)
    with pytest.raises(VaultError, match="cannot be written"):
        backing_up.make(filled)
