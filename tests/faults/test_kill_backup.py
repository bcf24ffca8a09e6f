"""A backup and a restoring, killed at every step: what was confirmed is there, and nothing half is taken for whole."""

import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from csa_desk.records import assessment, cases
from csa_desk.store import backing_up, proving
from csa_desk.store.check import check
from csa_desk.store.manifest import BACKUPS, backups_in
from csa_desk.store.opening import Opener
from csa_desk.store.restoring import restore
from csa_desk.store.vault import database_key
from tests.faults.share import share

VALUE = "x" * 30_000

# A step is one look of the progress, or one file brought safely to the disk.
COUNTED = """
import threading
from csa_desk.store import backing_up
from csa_desk.store.restoring import restore
from csa_desk.store.manifest import BACKUPS, backups_in
what, at, counts = {what!r}, {at}, {{"look": 0, "file": 0}}
really = os.fsync

def step(kind):
    counts[kind] += 1
    if kind == what and counts[kind] == at:
        os.kill(os.getpid(), 9)

def synced(descriptor):
    really(descriptor)
    step("file")
"""

BACK_UP = (
    COUNTED
    + """
vault = opener.open(folder, passphrase)
os.fsync = synced
beside = threading.Thread(target=backing_up.make, args=(vault,), kwargs=dict(progress=lambda *_: step("look")))
beside.start()
number = 30
while beside.is_alive():
    with vault.write() as writing:
        writing.put(assessment.Answer(id=f"a{{number}}", case="c", value=f"said {{number}}" + "x" * 30000))
    print(number, flush=True)
    number += 1
    if number > 60:
        beside.join()
os.kill(os.getpid(), 9)
"""
)

RESTORE = (
    COUNTED
    + """
os.fsync = synced
backup = backups_in(folder / BACKUPS)[0].folder
restore(opener, backup, folder.with_name("new.csadesk"), passphrase, watch=lambda *_: step("look"))
print("restored", flush=True)
os.kill(os.getpid(), 9)
"""
)

BACKUP_KILLS = [("look", at) for at in range(1, 25)] + [("file", at) for at in range(1, 8)] + [("never", 1)]
RESTORE_KILLS = [("look", at) for at in range(1, 9)] + [("file", at) for at in range(1, 14)] + [("never", 1)]


@pytest.fixture
def filled(folder: Path, opener: Opener, passphrase: str) -> Path:
    """A closed vault of a megabyte, with one whole backup."""
    with opener.open(folder, passphrase) as vault:
        with vault.write() as writing:
            writing.put(cases.Case(id="c", code="4F7K2M"))
            for number in range(30):
                writing.put(assessment.Answer(id=f"a{number}", case="c", value=f"said {number}{VALUE}"))
        backing_up.make(vault)
    return folder


def values(opener: Opener, folder: Path, passphrase: str) -> dict[str, object]:
    with opener.open(folder, passphrase) as vault:
        assert check(vault).findings == ()
        return {item.id: item.value for item in vault.read.find(assessment.Answer)}


@pytest.mark.process
@pytest.mark.parametrize(("what", "at"), share(BACKUP_KILLS))
def test_after_a_kill_in_a_backup_all_that_was_saved_is_there_and_each_backup_is_whole(
    filled: Path, opener: Opener, passphrase: str, program: Callable, what: str, at: int
) -> None:
    with program(filled, BACK_UP.format(what=what, at=at)) as running:
        out, err = running.communicate(timeout=100)
    assert running.returncode == -signal.SIGKILL, err
    read = values(opener, filled, passphrase)
    for number in (*range(30), *map(int, out.split())):
        assert read[f"a{number}"] == f"said {number}{VALUE}"
    with opener.open(filled, passphrase) as vault:
        key = database_key(filled, vault.header, vault.opened)
        there = backups_in(filled / BACKUPS)
        assert len(there) in (1, 2)
        assert [proving.prove(backup.folder, key) for backup in there] == [[]] * len(there)
        backing_up.make(vault)
        assert {path.suffix for path in (filled / BACKUPS).iterdir()} == {""}, "what was half is gone"


@pytest.mark.process
@pytest.mark.parametrize(("what", "at"), share(RESTORE_KILLS))
def test_after_a_kill_in_a_restoring_the_old_vault_is_as_it_was_and_it_can_be_done_again(
    filled: Path, opener: Opener, passphrase: str, program: Callable, what: str, at: int
) -> None:
    before = (filled / "case.db").read_bytes()
    with program(filled, RESTORE.format(what=what, at=at)) as running:
        out, err = running.communicate(timeout=100)
    assert running.returncode == -signal.SIGKILL, err
    assert (filled / "case.db").read_bytes() == before
    wanted = {f"a{number}": f"said {number}{VALUE}" for number in range(30)}
    target = filled.with_name("new.csadesk")
    if not (target / "vault.json").exists():
        assert out == ""
        restore(opener, backups_in(filled / BACKUPS)[0].folder, target, passphrase)
    assert values(opener, target, passphrase) == wanted
    assert values(opener, filled, passphrase) == wanted
