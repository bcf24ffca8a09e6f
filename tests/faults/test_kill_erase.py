"""A program killed while it takes words out: they are all there and hidden, or all gone; and the vault is whole."""

import signal
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from csa_desk.records import assessment, cases
from csa_desk.records.keeping import Removal
from csa_desk.store import decisions, removing
from csa_desk.store.check import check
from csa_desk.store.opening import Opener
from tests.conftest import SetClock

ERASE = """
from datetime import UTC, datetime
from csa_desk.records.dates import Clock
from csa_desk.store import removing
class Later(Clock):
    def now(self):
        return datetime(2026, 12, 24, 10, tzinfo=UTC)
opener = Opener(local, cost, KdfLimits(floor=cost), Later())
vault = opener.open(folder, passphrase)
raw, left = vault.writing_connection(), int(sys.stdin.readline())
def count(statement):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), 9)
raw.set_trace_callback(count)
removing.carry_out(vault, "e")
"""


@pytest.mark.process
@pytest.mark.parametrize("after", [3, 12, 25, 40, 60, 75, 90])
def test_a_kill_while_erasing_leaves_all_or_nothing(
    folder: Path, opener: Opener, passphrase: str, clock: SetClock, program: Callable, after: int
) -> None:
    with opener.open(folder, passphrase) as vault, vault.write() as writing:
        writing.put(cases.Person(id="p", name="Quillifer Oakley"))
        writing.put(cases.Case(id="c", child="p", code="4F7K2M"))
        for number in range(20):
            answer = assessment.Answer(id=f"a{number}", case="c", value=f"Quillifer {number}" + "x" * 900)
            writing.put(answer)
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
    with program(folder, ERASE) as running:
        _, told = running.communicate(f"{after}\n", timeout=60)
    assert running.returncode == -signal.SIGKILL, told
    clock.moment_now = datetime(2026, 12, 25, tzinfo=UTC)
    with opener.open(folder, passphrase) as vault:
        assert check(vault).findings == ()
        assert vault.read.count(cases.Case) == 0
        (found,) = decisions.read(vault.read.raw).all.values()
        values = list(decisions.values_of(vault.read.raw, found))
        assert (len(values) == 0) == bool(found.done)
        assert len(values) in (0, 43)
        if not found.done:
            removing.carry_out(vault, "e")
        removing.sweep(vault)
        assert list(decisions.values_of(vault.read.raw, found)) == []
        assert check(vault).findings == ()
    assert not (folder / "case.db-journal").exists()
