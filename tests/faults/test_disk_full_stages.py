"""A disk that becomes full at any stage of any work: one plain sentence, nothing lost, nothing half left.

Each work is tried with no room at all, then with ever more, until it is done: it breaks off at one stage after another.
After each try the vault holds what it held, checks clean, and no file stands in its folder that was not there.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from csa_desk.casework import archiving
from csa_desk.casework.bringing_in import BringingIn
from csa_desk.casework.casefile import open_file
from csa_desk.casework.desk import Desk
from csa_desk.casework.intake import add_child
from csa_desk.casework.shapes import CaseShape, ChildShape
from csa_desk.content.reading import Packs
from csa_desk.errors import DeskError, VaultError
from csa_desk.exchange.report import ImportResult
from csa_desk.paths import resource
from csa_desk.records import cases
from csa_desk.records.assessment import Answer
from csa_desk.records.directory import Agency
from csa_desk.records.keeping import Removal
from csa_desk.records.register import Release
from csa_desk.store import backing_up, decisions, removing, rotating, stash
from csa_desk.store.check import check
from csa_desk.store.engine import connect
from csa_desk.store.keys import Identity
from csa_desk.store.manifest import BACKUPS, backups_in
from csa_desk.store.opening import Opener
from csa_desk.store.restoring import restore
from csa_desk.store.schema import VERSION, version_of
from csa_desk.store.vault import DATABASE, OpenVault, database_key
from tests.conftest import SetClock
from tests.faults.full import fill, mounted
from tests.faults.share import ALL
from tests.faults.works import agencies, typed

ROOM = 12_000_000
OLDER = Path(__file__).parents[1] / "vaults" / "schema-1.csadesk"
STEP = 16_384 if ALL else 131_072
ROOMS = [0, 4096, 8192, *range(STEP, 6_000_000, STEP)]
HELD = {f"a{number:02}": typed(f"a{number:02}") for number in range(20)}


@dataclass
class Disk:
    """A small disk with a vault and a backup of it on it, and how often something was refused."""

    place: Path
    folder: Path
    opener: Opener
    passphrase: str
    refused: int = 0

    def open(self) -> OpenVault:
        """The vault."""
        return self.opener.open(self.folder, self.passphrase)

    def files(self) -> set[str]:
        """Everything on the disk but what fills it."""
        return {str(path.relative_to(self.place)) for path in self.place.rglob("*") if path.name != "films"}

    def until_done(self, work: Callable[[], object], unharmed: Callable[[], None]) -> None:
        """Try with ever more room; after each refusal ``unharmed`` looks whether all is as it was."""
        for room in ROOMS:
            before = self.files()
            fill(self.place / "films", leave=room)
            try:
                work()
            except DeskError as fault:
                told = str(fault)
            else:
                return
            finally:
                (self.place / "films").unlink()
            self.refused += 1
            assert "disk is full" in told, room
            assert self.files() == before, room
            unharmed()
        raise AssertionError("it was never done")


@pytest.fixture
def disk(tmp_path: Path, opener: Opener, passphrase: str) -> Iterator[Disk]:
    with mounted(tmp_path / "disk", ROOM) as place:
        folder = place / "v.csadesk"
        opener.create(folder, passphrase, sheet=False)
        with opener.open(folder, passphrase) as vault:
            with vault.write() as writing:
                writing.put(cases.Case(id="c", code="4F7K2M"))
                for name, value in HELD.items():
                    writing.put(Answer(id=name, case="c", value=value))
            backing_up.make(vault)
        yield Disk(place, folder, opener, passphrase)


def answers(vault: OpenVault) -> dict[str, object]:
    return {item.id: item.value for item in vault.read.find(Answer)}


def holds(vault: OpenVault, wanted: dict[str, object]) -> None:
    assert answers(vault) == wanted
    assert check(vault).findings == ()


def test_saving(disk: Disk) -> None:
    more = {f"b{number}": "said " + "x" * 9000 for number in range(30)}
    with disk.open() as vault:

        def save() -> None:
            with vault.write() as writing:
                for name, value in more.items():
                    writing.put(Answer(id=name, case="c", value=value))

        disk.until_done(save, lambda: holds(vault, HELD))
        holds(vault, {**HELD, **more})
    with disk.open() as vault:
        holds(vault, {**HELD, **more})
    assert disk.refused >= 3


def test_half_typed_words(disk: Disk) -> None:
    text = "y" * 200_000
    with disk.open() as vault:
        vault.keep_draft("c/child/sleep", "five hours", 4)
        kept = vault.drafts()

        def unharmed() -> None:
            assert vault.drafts() == kept
            holds(vault, HELD)

        disk.until_done(lambda: vault.keep_draft("c/child/sleep", text, 9), unharmed)
        assert vault.drafts()["c/child/sleep"].text == text
        holds(vault, HELD)
    assert disk.refused >= 3


def test_taking_in_a_directory(disk: Disk) -> None:
    wanted = {item.id: item for item in agencies()}
    with disk.open() as vault:
        work = BringingIn(Desk(vault, Packs(resource("content"))), ImportResult(agencies(), ()))

        def go_on() -> None:
            while work.step(5):
                pass

        def unharmed() -> None:
            found = vault.read.find(Agency)
            assert len(found) == work.done
            assert all(wanted[item.id] == item for item in found)
            holds(vault, HELD)

        disk.until_done(go_on, unharmed)
        assert {item.id: item for item in vault.read.find(Agency)} == wanted
        holds(vault, HELD)
    assert disk.refused >= 3


def test_changing_the_key(disk: Disk) -> None:
    with disk.open() as vault:
        before = vault.header.databases
        disk.until_done(lambda: rotating.rotate(vault), lambda: holds(vault, HELD))
        assert vault.header.databases != before
        assert len(vault.header.databases) == 1
        holds(vault, HELD)
    with disk.open() as vault:
        holds(vault, HELD)
    assert disk.refused >= 3


def test_backing_up(disk: Disk) -> None:
    with disk.open() as vault:
        disk.until_done(lambda: backing_up.make(vault), lambda: holds(vault, HELD))
        assert len(backups_in(disk.folder / BACKUPS)) == 2
        holds(vault, HELD)
    assert disk.refused >= 3


def test_restoring(disk: Disk) -> None:
    backup, target = backups_in(disk.folder / BACKUPS)[0].folder, disk.place / "again.csadesk"

    def unharmed() -> None:
        assert not target.exists()
        with disk.open() as vault:
            holds(vault, HELD)

    disk.until_done(lambda: restore(disk.opener, backup, target, disk.passphrase), unharmed)
    with disk.opener.open(target, disk.passphrase) as vault:
        holds(vault, HELD)
    with disk.open() as vault:
        holds(vault, HELD)
    assert disk.refused >= 3


def test_bringing_an_older_vault_up_to_date(disk: Disk) -> None:
    older = Path(shutil.copytree(OLDER, disk.place / "older.csadesk"))
    before = state_of(disk, older)
    assert before[0] == 1

    def unharmed() -> None:
        assert state_of(disk, older) == before

    def bring() -> None:
        disk.opener.open(older, disk.passphrase).close()

    disk.until_done(bring, unharmed)
    with disk.opener.open(older, disk.passphrase) as vault:
        # Bringing it up to date entered the public half of each way in, so this computer has written before.
        assert check(vault).findings == ()
        assert {item.name for item in vault.read.find(cases.Person)} == {"Rowan Bramley", "Holly Bramley"}
    assert {path.name for path in (older / BACKUPS).iterdir()} == {f"before-schema-{VERSION}.db"}
    assert disk.refused >= 3


def state_of(disk: Disk, folder: Path) -> tuple[int, list[object], list[object]]:
    """Schema version, revisions and values as they stand in the tables."""
    unlocked = disk.opener.unlock(folder, disk.passphrase)
    raw = connect(folder / DATABASE, database_key(folder, unlocked.header, unlocked.opened))
    try:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        revisions = raw.execute("SELECT * FROM revision ORDER BY seq").fetchall()
        return version_of(raw), revisions, raw.execute("SELECT * FROM revision_value ORDER BY seq").fetchall()
    finally:
        raw.close()


def test_erasing(disk: Disk, clock: SetClock) -> None:
    with disk.open() as vault, vault.write() as writing:
        removal = Removal(
            id="e",
            case="c",
            how="erase",
            whole_case=True,
            revisions=decisions.links_of(writing.raw, "c"),
            asked=vault.clock.moment(),
            waits_until="2026-12-01",
        )
        removing.ask(writing, removal)
    clock.moment_now = datetime(2026, 12, 24, tzinfo=UTC)
    with disk.open() as vault:
        decided = decisions.read(vault.read.raw).all["e"]
        all_of_it = list(decisions.values_of(vault.read.raw, decided))

        def unharmed() -> None:
            assert list(decisions.values_of(vault.read.raw, decided)) == all_of_it
            holds(vault, {})

        disk.until_done(lambda: removing.carry_out(vault, "e"), unharmed)
        assert list(decisions.values_of(vault.read.raw, decided)) == []
        assert removing.sweep(vault)
        holds(vault, {})
    assert disk.refused >= 1


def test_archiving(disk: Disk) -> None:
    out = disk.place / "out"
    out.mkdir()
    with disk.open() as vault:
        desk = Desk(vault, Packs(resource("content")))
        case = add_child(desk, CaseShape(child=ChildShape(name="Rowan Bramley")))
        file = open_file(desk, case.code)
        gathered = archiving.gather(desk, file)
        prepared = archiving.lock(gathered, "umbrella thirteen copper walrus sideways")
        target = out / archiving.archive_name(desk, file)

        def unharmed() -> None:
            assert not target.exists()
            assert vault.read.find(Release) == []
            holds(vault, HELD)

        disk.until_done(lambda: archiving.save_archive(desk, file, prepared, target), unharmed)
        assert target.read_bytes() == prepared.pdf
        assert [item.copy_number for item in vault.read.find(Release)] == [prepared.copy_number]
        holds(vault, HELD)
    assert disk.refused >= 2


def test_words_kept_on_this_computer(disk: Disk) -> None:
    author = Identity.new()
    kept, more = {"c/child/sleep": ("five hours", 4)}, {"c/child/sleep": ("y" * 40_000, 3)}
    assert stash.put(disk.place, "vault", "me", author.recipient, kept)

    def put() -> None:
        if not stash.put(disk.place, "vault", "me", author.recipient, more):
            raise VaultError("the disk is full")

    def unharmed() -> None:
        assert stash.take(disk.place, "vault", "me", author) == kept

    disk.until_done(put, unharmed)
    assert stash.take(disk.place, "vault", "me", author) == more
    assert disk.refused >= 3


def test_a_full_disk_of_this_computer_while_the_vault_is_on_a_stick_with_room(
    folder: Path, disk: Disk
) -> None:
    local = replace(disk.opener, local_data=disk.place / "local")
    (disk.place / "local" / "vaults").mkdir(parents=True)

    def save() -> None:
        with local.open(folder, disk.passphrase) as vault, vault.write() as writing:
            writing.put(cases.Case(id="c", code="4F7K2M"))

    def unharmed() -> None:
        with disk.opener.open(folder, disk.passphrase) as vault:
            assert vault.read.find(cases.Case) == []
            assert check(vault).findings == ()

    disk.until_done(save, unharmed)
    with disk.opener.open(folder, disk.passphrase) as vault:
        assert [item.code for item in vault.read.find(cases.Case)] == ["4F7K2M"]
    assert disk.refused >= 1
