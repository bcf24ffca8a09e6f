"""Another user without permission tries every kind of work: each says so in a plain sentence, and nothing changes."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from csa_desk.records import cases
from csa_desk.records.assessment import Answer
from csa_desk.records.keeping import Removal
from csa_desk.store import backing_up, decisions, removing
from csa_desk.store.check import check
from csa_desk.store.manifest import BACKUPS, backups_in
from csa_desk.store.opening import Opener
from tests.conftest import SetClock

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(
        not hasattr(os, "setuid") or os.geteuid() != 0, reason="only root can become another user"
    ),
]

ROOT = Path(__file__).parents[2]
OLDER = Path(__file__).parents[1] / "vaults" / "schema-1.csadesk"
HELD = {f"a{number}": f"said {number}" for number in range(10)}

# Everything is loaded before the program becomes another user, who may not be able to read this checkout.
AS_NOBODY = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
import _strptime, zxcvbn
from csa_desk.casework import archiving, mending
from csa_desk.casework.backups import back_up, is_due, overdue, standing
from csa_desk.casework.bringing_in import BringingIn
from csa_desk.casework.casefile import open_file
from csa_desk.casework.desk import Desk
from csa_desk.content.reading import Packs
from csa_desk.errors import DeskError
from csa_desk.exchange.archive import packed
from csa_desk.exchange.report import ImportResult
from csa_desk.paths import resource
from csa_desk.printing import held, plan
from csa_desk.records.assessment import Answer
from csa_desk.store import backing_up, removing, rotating
from csa_desk.store.manifest import BACKUPS, backups_in
from csa_desk.store.restoring import restore
from tests.faults.killing import Job
from tests.faults.works import LATER, agencies, open_vault, opener_of

folder, local, passphrase = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
job = Job("", str(folder), str(local), passphrase)
packs = Packs(resource("content"))
packs.settings, packs.roles

os.setgid(65534); os.setuid(65534)

def tell(name, work):
    try:
        work()
    except DeskError as fault:
        print(f"{name}: {fault}")
    else:
        print(f"{name}: done")
"""


def as_nobody(folder: Path, local: Path, passphrase: str, lines: str) -> dict[str, str]:
    """What each work said, in a program of the other user."""
    done = subprocess.run(
        [sys.executable, "-c", AS_NOBODY + lines, str(folder), str(local), passphrase],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    assert done.returncode == 0
    return dict(line.split(": ", 1) for line in done.stdout.splitlines())


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """Outside pytest's own folders: a test run that starts meanwhile closes those to other users."""
    with tempfile.TemporaryDirectory(prefix="csa-desk-permissions-") as name:
        place = Path(name)
        place.chmod(0o755)
        yield place


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder of the other user's."""
    place = tmp_path / "nobody"
    place.mkdir()
    os.chown(place, 65534, 65534)
    return place


@pytest.fixture
def filled(folder: Path, opener: Opener, passphrase: str) -> Path:
    """A closed vault with answers, a removal that is decided by Christmas, and a backup."""
    with opener.open(folder, passphrase) as vault:
        with vault.write() as writing:
            for case in ("c", "d"):
                writing.put(cases.Person(id=f"p{case}", name="Rowan Bramley"))
                writing.put(cases.Case(id=case, child=f"p{case}", code=f"4F7K2{case.upper()}"))
            for name, value in HELD.items():
                writing.put(Answer(id=name, case="d", value=value))
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
        backing_up.make(vault)
    return folder


def belongs_to_nobody(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, 65534, 65534)


def may_be_read(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def unharmed(opener: Opener, folder: Path, passphrase: str) -> None:
    with opener.open(folder, passphrase) as vault:
        assert {item.id: item.value for item in vault.read.find(Answer)} == HELD
        assert check(vault).findings == ()


EVERY_WORK = """
vault = open_vault(job, LATER)
desk = Desk(vault, packs)
backup = backups_in(folder / BACKUPS)[0].folder

def save():
    with vault.write() as writing:
        writing.put(Answer(id="b", case="d", value="more"))

tell("save", save)
tell("draft", lambda: vault.keep_draft("d/child/sleep", "five", 4))
tell("import", BringingIn(desk, ImportResult(agencies(), ())).step)
tell("rotation", lambda: rotating.rotate(vault))
tell("backup", lambda: back_up(desk))
tell("erase", lambda: removing.carry_out(vault, "e"))
file = open_file(desk, "4F7K2D")
prepared = archiving.prepare_archive(desk, file, "umbrella thirteen copper walrus sideways")
tell("archive", lambda: archiving.save_archive(desk, file, prepared, local / "out.zip.age"))
tell("check", lambda: mending.check_vault(vault, deep=True))
vault.close()
tell("restore", lambda: restore(opener_of(job), backup, local / "again.csadesk", passphrase))
tell("restore beside", lambda: restore(opener_of(job), backup, folder.parent / "again.csadesk", passphrase))
"""


def test_whoever_may_only_read_changes_nothing_by_any_work(
    filled: Path, opener: Opener, passphrase: str, clock: SetClock, elsewhere: Path
) -> None:
    may_be_read(filled)
    before = contents(filled)
    said = as_nobody(filled, elsewhere, passphrase, EVERY_WORK)
    for work in ("save", "draft", "import", "rotation", "erase", "archive"):
        assert "open for reading only" in said.pop(work), work
    assert "No backup was made" in said.pop("backup")
    assert "does not allow it" in said.pop("restore beside")
    assert said == {"check": "done", "restore": "done"}
    assert contents(filled) == before
    assert not (elsewhere / "out.zip.age").exists()
    assert not (filled.parent / "again.csadesk").exists()
    assert {item.id for item in _answers(opener, elsewhere / "again.csadesk", passphrase)} == set(HELD)
    unharmed(opener, filled, passphrase)


def _answers(opener: Opener, folder: Path, passphrase: str) -> list[Answer]:
    with opener.open(folder, passphrase) as vault:
        return vault.read.find(Answer)


def test_an_older_vault_that_may_only_be_read_says_why_it_does_not_open(
    tmp_path: Path, passphrase: str, elsewhere: Path
) -> None:
    older = Path(shutil.copytree(OLDER, tmp_path / "older.csadesk"))
    may_be_read(older)
    before = contents(older)
    said = as_nobody(older, elsewhere, passphrase, 'tell("migration", lambda: open_vault(job))')
    assert said["migration"].startswith("An older version of CSA Desk made this vault.")
    assert "Move it to a disk that can" in said["migration"]
    assert contents(older) == before


def test_an_older_vault_whose_copies_may_not_be_written_stays_as_it_is(
    tmp_path: Path, passphrase: str, elsewhere: Path
) -> None:
    older = Path(shutil.copytree(OLDER, tmp_path / "older.csadesk"))
    belongs_to_nobody(older)
    (older / BACKUPS).mkdir(mode=0o700)
    said = as_nobody(older, elsewhere, passphrase, 'tell("migration", lambda: open_vault(job))')
    assert "could not be brought up to date" in said["migration"]
    (older / BACKUPS).rmdir()
    assert as_nobody(older, elsewhere, passphrase, 'tell("migration", lambda: open_vault(job))') == {
        "migration": "done"
    }


WITHOUT_BACKUPS = """
vault = open_vault(job)
desk = Desk(vault, packs)
tell("standing", lambda: standing(desk))
tell("due", lambda: is_due(desk))
tell("overdue", lambda: overdue(desk))
tell("backup", lambda: back_up(desk))
tell("check", lambda: mending.check_vault(vault, deep=True))
tell("rotation", lambda: rotating.rotate(vault))
vault.close()
"""


@pytest.mark.parametrize("mode", [0o700, 0o755])
def test_backups_that_belong_to_somebody_else_stop_backups_and_nothing_else(
    filled: Path, opener: Opener, passphrase: str, elsewhere: Path, mode: int
) -> None:
    belongs_to_nobody(filled)
    for path in (filled / BACKUPS, *(filled / BACKUPS).rglob("*")):
        os.chown(path, 0, 0)
    (filled / BACKUPS).chmod(mode)
    said = as_nobody(filled, elsewhere, passphrase, WITHOUT_BACKUPS)
    assert "does not allow it" in said.pop("backup")
    assert said == dict.fromkeys(("standing", "due", "overdue", "check", "rotation"), "done")
    (filled / BACKUPS).chmod(0o700)
    assert len(backups_in(filled / BACKUPS)) == 1
    with opener.open(filled, passphrase) as vault:
        assert {item.id: item.value for item in vault.read.find(Answer)} == HELD


def test_files_of_the_vault_that_somebody_else_owns_open_for_reading_or_are_refused(
    filled: Path, opener: Opener, passphrase: str, elsewhere: Path
) -> None:
    lines = """
def save():
    with open_vault(job) as vault, vault.write() as writing:
        writing.put(Answer(id="b", case="d", value="more"))

tell("save", save)
"""
    belongs_to_nobody(filled)
    os.chown(filled / "case.db", 0, 0)
    (filled / "case.db").chmod(0o644)
    before = contents(filled)
    assert "open for reading only" in as_nobody(filled, elsewhere, passphrase, lines)["save"]
    (filled / "case.db").chmod(0o600)
    assert "not allowed to read" in as_nobody(filled, elsewhere, passphrase, lines)["save"]
    assert contents(filled) == before
    unharmed(opener, filled, passphrase)


def test_a_computer_that_may_keep_no_note_of_the_vault_saves_nothing_rather_than_unnoticed(
    filled: Path, opener: Opener, passphrase: str, elsewhere: Path
) -> None:
    belongs_to_nobody(filled)
    elsewhere.chmod(0o500)
    lines = """
vault = open_vault(job)
def save():
    with vault.write() as writing:
        writing.put(Answer(id="b", case="d", value="more"))
tell("save", save)
tell("draft", lambda: vault.keep_draft("d/child/sleep", "five", 4))
vault.close()
"""
    said = as_nobody(filled, elsewhere, passphrase, lines)
    assert all("Its own disk is full or does not allow it" in words for words in said.values())
    assert list(said) == ["save", "draft"]
    unharmed(opener, filled, passphrase)
