"""A change of the vault's key, killed after every step while somebody saves: it opens, and nothing is lost."""

import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from csa_desk.errors import WrongPassphraseError
from csa_desk.records import assessment
from csa_desk.store.check import check
from csa_desk.store.opening import Opener
from tests.faults.share import share

NEW = "nine patient herons wade at dusk"

# The copy runs on a thread beside; this one saves and says what was saved, until the program is killed.
ROTATE = """
import threading
from csa_desk.store import slots
from csa_desk.store.rotating import Rotation
step, at, way = {step!r}, {at}, {way!r}
vault = opener.open(folder, passphrase)
with vault.write() as writing:
    writing.put(cases.Case(id="c", code="4F7K2M"))
for number in range(30):
    with vault.write() as writing:
        writing.put(assessment.Answer(id=f"a{{number}}", case="c", value=f"said {{number}}" + "x" * 40000))
    print(number, flush=True)

def after(name):
    if name == step:
        os.kill(os.getpid(), 9)

steps = [0]

def progress(done, whole):
    steps[0] += 1
    if step == "page" and steps[0] == at:
        os.kill(os.getpid(), 9)

changed = {{}}
if way == "renewed":
    own, made = slots.renewed(vault, {{"passphrase": slots.derive_new(vault.header, NEW)}})
    changed = {{"own": own, "slots": made}}
rotation = Rotation(vault, after_step=after, few_pages={few}, **changed)
beside = threading.Thread(target=rotation.prepare, args=(progress,))
beside.start()
number = 30
while beside.is_alive():
    with vault.write() as writing:
        writing.put(assessment.Answer(id=f"a{{number}}", case="c", value=f"said {{number}}" + "x" * 40000))
    print(number, flush=True)
    number += 1
rotation.finish()
assert rotation.fault is None and rotation.done
with vault.write() as writing:
    writing.put(assessment.Answer(id=f"a{{number}}", case="c", value=f"said {{number}}" + "x" * 40000))
print(number, flush=True)
os.kill(os.getpid(), 9)
"""

LARGE = ("first copied", "first checked")
KILLS = [
    (step, at, way)
    for way in ("plain", "renewed")
    for step, at in (
        *(("page", at) for at in range(1, 7)),
        *((step, 0) for step in LARGE),
        ("copied", 0),
        ("checked", 0),
        ("both", 0),
        ("renamed", 0),
        ("alone", 0),
        ("remembered", 0),
        ("end", 0),
    )
]


@pytest.mark.process
@pytest.mark.parametrize(("step", "at", "way"), share(KILLS))
def test_after_a_kill_the_vault_opens_and_holds_all_that_was_saved(
    folder: Path, opener: Opener, passphrase: str, program: Callable, step: str, at: int, way: str
) -> None:
    lines = f"NEW = {NEW!r}\n" + ROTATE.format(step=step, at=at, way=way, few=10 if step in LARGE else 10_000)
    with program(folder, lines) as running:
        out, err = running.communicate(timeout=100)
    assert running.returncode == -signal.SIGKILL, err
    saved = [int(line) for line in out.split()]
    changed = step in ("both", "renamed", "alone", "remembered", "end")
    if way == "renewed" and changed:
        with pytest.raises(WrongPassphraseError):
            opener.unlock(folder, passphrase)
        passphrase = NEW
    salt = (folder / "case.db").read_bytes()[:16]
    with opener.open(folder, passphrase) as vault:
        read = {item.id: str(item.value) for item in vault.read.find(assessment.Answer)}
        assert all(read[f"a{number}"] == f"said {number}" + "x" * 40000 for number in saved)
        assert len(saved) >= 30
        assert check(vault).findings == ()
        assert vault.header.databases == (salt,)
        assert len(vault.opened.data_keys) == 1
    with opener.open(folder, passphrase) as vault:
        assert vault.notices == []
        # A journal that the kill left empty is no journal; the next save takes it away.
        with vault.write() as writing:
            writing.log_access("opened", "vault")
        assert check(vault).findings == ()
    left = {path.name for path in folder.iterdir()} - {"case.db", "lock", "vault.json", "vault.json.bak"}
    assert left == set()
    assert (folder / "case.db").stat().st_mode & 0o077 == 0
