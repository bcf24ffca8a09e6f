"""A program killed in the middle of its work: what it said was saved is there, and nothing is half there."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from csa_desk.records import assessment
from csa_desk.store.check import check
from csa_desk.store.opening import Opener

SAVE_FOR_EVER = """
vault = opener.open(folder, passphrase)
with vault.write() as writing:
    writing.put(cases.Case(id="c", code="4F7K2M"))
number = 0
while True:
    with vault.write() as writing:
        for part in range(3):
            writing.put(assessment.Answer(id=f"a{number}-{part}", case="c", value=f"said {number}" + "x" * 3000))
    print(number, flush=True)
    number += 1
"""


@pytest.mark.process
@pytest.mark.parametrize("saves", [1, 4, 9])
def test_after_a_kill_all_that_was_saved_is_there_and_the_vault_is_clean(
    folder: Path, opener: Opener, passphrase: str, program: Callable, saves: int
) -> None:
    with program(folder, SAVE_FOR_EVER) as running:
        saved = -1
        while saved < saves:
            saved = int(running.stdout.readline())
        os.kill(running.pid, signal.SIGKILL)
        saved = max([saved, *map(int, running.stdout.read().split())])
    with opener.open(folder, passphrase) as vault:
        read = {item.id: str(item.value) for item in vault.read.find(assessment.Answer)}
        for number in range(saved + 1):
            for part in range(3):
                assert read[f"a{number}-{part}"] == f"said {number}" + "x" * 3000
        assert len(read) % 3 == 0
        assert check(vault).findings == ()
        assert vault.notices == []
        # A journal that the kill left empty is no journal; the next save takes it away.
        with vault.write() as writing:
            writing.log_access("opened", "vault")
    assert sorted(file.name for file in folder.iterdir()) == [
        "case.db",
        "lock",
        "vault.json",
        "vault.json.bak",
    ]


@pytest.mark.process
def test_a_kill_between_making_a_vault_and_its_header_leaves_no_vault(
    tmp_path: Path, program: Callable
) -> None:
    lines = """
from csa_desk.store import header
header.write_header = lambda *_: os.kill(os.getpid(), 9)
opener.create(folder, passphrase)
"""
    folder = tmp_path / "v.csadesk"
    with program(folder, lines) as running:
        running.communicate(timeout=60)
    assert running.returncode == -signal.SIGKILL
    assert not (folder / "vault.json").exists()


@pytest.mark.process
def test_a_journal_left_by_a_kill_is_rolled_back(
    folder: Path, opener: Opener, passphrase: str, program: Callable
) -> None:
    lines = """
vault = opener.open(folder, passphrase)
with vault.write() as writing:
    writing._connection.exec_driver_sql("PRAGMA cache_size = 10")
    for number in range(200):
        writing.put(assessment.Answer(id=f"a{number}", value="x" * 3000))
    os.kill(os.getpid(), 9)
"""
    with program(folder, lines) as running:
        running.communicate(timeout=60)
    assert (folder / "case.db-journal").exists()
    with opener.open(folder, passphrase) as vault:
        assert vault.read.find(assessment.Answer) == []
        assert check(vault).findings == ()
    assert not (folder / "case.db-journal").exists()
