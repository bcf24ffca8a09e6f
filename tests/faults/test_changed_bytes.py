"""Single bytes changed at random in every file of a vault: each value reads back equal, or the check names it.

``make faults`` changes 500 of them, ``make check`` a tenth. Nothing ever ends in anything but a plain sentence.
"""

import random
import shutil
from collections import Counter
from pathlib import Path

import pytest

from csa_desk.casework.mending import check_vault
from csa_desk.errors import DeskError, VaultError
from csa_desk.records import assessment, cases
from csa_desk.store import backing_up
from csa_desk.store.manifest import BACKUPS
from csa_desk.store.opening import Opener
from csa_desk.store.salvage import salvage
from tests.faults.share import ALL

SAID = {f"a{number:02}": f"what was said {number} " + "and more " * 90 for number in range(24)}
CHANGES = 500 if ALL else 50
BATCHES = 10
LIVE = ("vault.json", "vault.json.bak", "case.db", "case.db", "case.db-journal")
COPIED = ("vault.json", "case.db", "manifest.json")


@pytest.fixture
def template(folder: Path, opener: Opener, passphrase: str, tmp_path: Path) -> Path:
    """A closed vault with answers and a backup, and beside it ``cut-off``: database and journal of a killed save."""
    with opener.open(folder, passphrase) as vault:
        with vault.write() as writing:
            writing.put(cases.Case(id="c", code="4F7K2M"))
            for record, value in SAID.items():
                writing.put(assessment.Answer(id=record, case="c", value=value))
        backing_up.make(vault)
        half = tmp_path / "cut-off"
        half.mkdir()
        vault._connection.exec_driver_sql("PRAGMA cache_size = 5")
        with pytest.raises(RuntimeError, match="killed"), vault.write() as writing:  # noqa: PT012
            for number in range(40):
                writing.put(assessment.Answer(id=f"b{number}", case="c", value="never confirmed " * 200))
            for name in ("case.db", "case.db-journal"):
                shutil.copy(folder / name, half / name)
            raise RuntimeError("killed")
    return folder


def read(opener: Opener, folder: Path, passphrase: str) -> dict[str, object]:
    with opener.open(folder, passphrase) as vault:
        return {item.id: item.value for item in vault.read.find(assessment.Answer)}


def look(opener: Opener, folder: Path, passphrase: str) -> tuple[str, bool]:
    """What opening or the deep check says, and whether every value that was confirmed reads back equal."""
    try:
        with opener.open(folder, passphrase) as vault:
            looked = check_vault(vault, deep=True, secret=passphrase, opener=opener)
            said = " ".join(
                item.sentence for item in looked.findings if item.code not in ("copy", "new-computer")
            )
            try:
                found = {item.id: item.value for item in vault.read.find(assessment.Answer)}
            except VaultError as fault:
                return f"{said} {fault}", False
            return said, found == SAID
    except VaultError as fault:
        return str(fault), False


@pytest.mark.parametrize("batch", range(BATCHES))
def test_a_changed_byte_is_harmless_or_named(
    template: Path, opener: Opener, passphrase: str, tmp_path: Path, batch: int
) -> None:
    chance = random.Random(batch)
    seen: Counter[str] = Counter()
    for number in range(CHANGES // BATCHES):
        place = tmp_path / f"v{number}.csadesk"
        shutil.copytree(template, place)
        backup = next((place / BACKUPS).iterdir())
        name, inside = chance.choice([(name, place) for name in LIVE] + [(name, backup) for name in COPIED])
        if name == "case.db-journal":
            for half in (tmp_path / "cut-off").iterdir():
                shutil.copy(half, place / half.name)
        path = inside / name
        content = bytearray(path.read_bytes())
        where = chance.randrange(len(content))
        content[where] ^= chance.randrange(1, 256)
        path.write_bytes(content)
        said, equal = look(opener, place, passphrase)
        told = f"byte {where} of {inside.name}/{name} in change {number} of batch {batch}"
        assert equal or said.strip(), told
        seen["named" if said.strip() else "harmless"] += 1
        if inside is backup and not said.strip():
            assert read(opener, backup, passphrase) == SAID, told
        if name == "case.db" and inside is place and number % 5 == 0:
            try:
                done = salvage(opener, place, tmp_path / f"s{number}", passphrase)
            except DeskError as fault:
                raise AssertionError(f"{told}: {fault}") from fault
            assert read(opener, done.folder, passphrase) == SAID, f"{told}: the backup has all of it"
        shutil.rmtree(place)
    assert seen["named"]


def test_a_killed_save_without_any_change_is_rolled_back_and_clean(
    template: Path, opener: Opener, passphrase: str, tmp_path: Path
) -> None:
    for half in (tmp_path / "cut-off").iterdir():
        shutil.copy(half, template / half.name)
    assert look(opener, template, passphrase) == ("", True)
