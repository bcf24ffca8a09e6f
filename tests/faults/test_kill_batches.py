"""Killed after the k-th confirmed step, k uniform: what was confirmed reads back equal, and the vault checks clean.

Twenty-four kills each of save, import, rotation, backup, migration and erase with ``make faults``, a tenth with
``make check``. Half of them fall in the very step, half some milliseconds later, in the middle of the next.
"""

import json
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from csa_desk.errors import WrongPassphraseError
from csa_desk.records import cases
from csa_desk.records import vault as own
from csa_desk.records.assessment import Answer
from csa_desk.records.directory import Agency
from csa_desk.records.keeping import Removal
from csa_desk.records.kinds import KINDS
from csa_desk.store import backing_up, decisions, proving, removing
from csa_desk.store.check import check
from csa_desk.store.engine import connect
from csa_desk.store.keys import KdfLimits
from csa_desk.store.manifest import BACKUPS, backups_in
from csa_desk.store.opening import Opener
from csa_desk.store.schema import VERSION
from csa_desk.store.vault import DATABASE, OpenVault, database_key
from tests.conftest import CHEAP, SetClock
from tests.faults.killing import Job, Outcome, batch
from tests.faults.share import share
from tests.faults.works import AT_ONCE, LATER, NEW_PASSPHRASE, agencies, said_after, typed

pytestmark = pytest.mark.process

KILLS = 24
LONGEST_WAIT_MS = 12
OLDER = Path(__file__).parents[1] / "vaults" / "schema-1.csadesk"
PLAIN = {"case.db", "lock", "vault.json", "vault.json.bak"}


@dataclass(frozen=True)
class Killed:
    """One kill and what it left."""

    job: Job
    outcome: Outcome

    @property
    def folder(self) -> Path:
        """The vault."""
        return Path(self.job.folder)

    def opener(self, moment: datetime | None = None) -> Opener:
        """Opens it on the computer it was killed on."""
        clock = SetClock(moment) if moment is not None else SetClock()
        return Opener(Path(self.job.local), CHEAP, KdfLimits(floor=CHEAP), clock)

    def __str__(self) -> str:
        last = self.outcome.steps[-1:] or ["nothing"]
        return f"{self.job.work} {self.job.way} killed {self.job.wait_ms} ms after {last[0]}, step {self.job.kill_at}"


@pytest.fixture
def template(folder: Path, opener: Opener, passphrase: str) -> Path:
    """A closed vault with a case and thirty answers, and a backup of it."""
    with opener.open(folder, passphrase) as vault:
        with vault.write() as writing:
            writing.put(cases.Case(id="c", code="4F7K2M"))
            for number in range(30):
                writing.put(Answer(id=f"a{number:02}", case="c", value=typed(f"a{number:02}")))
        backing_up.make(vault)
    return folder


@pytest.fixture
def kills(opener: Opener, passphrase: str, tmp_path: Path) -> Callable[..., list[Killed]]:
    """Do a work once to count its steps, then once for each kill, each on a copy of its own."""

    def copied(template: Path, name: str, job: Job) -> Job:
        place = tmp_path / "killed" / name
        folder = Path(shutil.copytree(template, place / template.name)).resolve()
        local = place / "local"
        shutil.copytree(opener.local_data, local)
        for marker in (local / "vaults").glob("*.json"):
            text = marker.read_text("utf-8").replace(json.dumps(str(template)), json.dumps(str(folder)))
            marker.write_text(text, "utf-8")
        return replace(job, folder=str(folder), local=str(local))

    def do(work: str, template: Path, ways: tuple[str, ...] = ("",)) -> list[Killed]:
        plain = Job(work, "", "", passphrase)
        counted = batch([copied(template, f"whole-{way}", replace(plain, way=way)) for way in ways])
        assert [one.fault for one in counted] == [""] * len(ways)
        chance = random.Random(work)
        jobs = []
        for number in range(KILLS):
            way = number % len(ways)
            at = chance.randint(1, len(counted[way].steps))
            wait = 0 if number % 2 else round(chance.uniform(0.1, LONGEST_WAIT_MS), 1)
            jobs.append(replace(plain, way=ways[way], kill_at=at, wait_ms=wait))
        chosen = [copied(template, str(number), job) for number, job in share(list(enumerate(jobs)))]
        outcomes = batch(chosen)
        assert all(one.killed and not one.fault for one in outcomes), outcomes
        return [Killed(job, outcome) for job, outcome in zip(chosen, outcomes, strict=True)]

    return do


def answers(vault: OpenVault) -> dict[str, object]:
    return {item.id: item.value for item in vault.read.find(Answer)}


def before() -> dict[str, object]:
    return {f"a{number:02}": typed(f"a{number:02}") for number in range(30)}


def clean(vault: OpenVault) -> None:
    assert check(vault).findings == ()
    with vault.write() as writing:
        writing.log_access("opened", "vault")


def test_kills_while_saving(template: Path, kills: Callable, passphrase: str) -> None:
    for killed in kills("save", template):
        done = len(killed.outcome.steps)
        with killed.opener().open(killed.folder, passphrase) as vault:
            assert answers(vault) in [{**before(), **said_after(done + more)} for more in (0, 1)], str(killed)
            clean(vault)
        assert {path.name for path in killed.folder.iterdir()} == {*PLAIN, BACKUPS}


def test_kills_while_a_directory_is_taken_in(template: Path, kills: Callable, passphrase: str) -> None:
    wanted = list(agencies())
    for killed in kills("import", template):
        done = len(killed.outcome.steps)
        with killed.opener().open(killed.folder, passphrase) as vault:
            found = sorted(vault.read.find(Agency), key=wanted.index)
            assert found in (wanted[: AT_ONCE * done], wanted[: AT_ONCE * (done + 1)]), str(killed)
            assert answers(vault) == before()
            assert len(vault.finder.find("trust", ["agency"])) == min(len(found), 50)
            clean(vault)
        assert {path.name for path in killed.folder.iterdir()} == {*PLAIN, BACKUPS}


def test_kills_while_the_key_is_changed(template: Path, kills: Callable, passphrase: str) -> None:
    ways = ("plain", "renewed", "plain large", "renewed large")
    for killed in kills("rotation", template, ways):
        changed = {"both", "renamed", "alone", "remembered"} & set(killed.outcome.steps)
        assert not changed or not opens(killed, passphrase) or killed.job.way.startswith("plain"), str(killed)
        now = passphrase if opens(killed, passphrase) else NEW_PASSPHRASE
        with killed.opener().open(killed.folder, now) as vault:
            wanted = {**before(), **{name: typed(name) for name in killed.outcome.saved}}
            held(answers(vault), wanted, killed)
            clean(vault)
            assert len(vault.header.databases) == len(vault.opened.data_keys) == 1
        assert {path.name for path in killed.folder.iterdir()} == {*PLAIN, BACKUPS}, str(killed)


def test_kills_while_a_backup_is_made(template: Path, kills: Callable, passphrase: str) -> None:
    for killed in kills("backup", template):
        with killed.opener().open(killed.folder, passphrase) as vault:
            held(answers(vault), {**before(), **{name: typed(name) for name in killed.outcome.saved}}, killed)
            clean(vault)
            key = database_key(killed.folder, vault.header, vault.opened)
            there = backups_in(killed.folder / BACKUPS)
            assert len(there) in (1, 2)
            assert [proving.prove(backup.folder, key) for backup in there] == [[]] * len(there), str(killed)
            backing_up.make(vault)
        assert {path.suffix for path in (killed.folder / BACKUPS).iterdir()} == {""}, "what was half is gone"


def without_ways(held: dict[str, list[object]]) -> dict[str, list[object]]:
    """Without what the first opening of an older vault enters anew: its ways in, and who wrote that."""
    return {kind: rows for kind, rows in held.items() if kind not in (own.Slot.KIND, own.Replica.KIND)}


def test_kills_while_an_older_vault_is_brought_up_to_date(
    tmp_path: Path, opener: Opener, kills: Callable, passphrase: str
) -> None:
    template = Path(shutil.copytree(OLDER, tmp_path / "older.csadesk")).resolve()
    (opener.local_data / "vaults").mkdir(parents=True)
    said = history(opener, template, passphrase)
    whole = Path(shutil.copytree(OLDER, tmp_path / "whole.csadesk"))
    with Opener(tmp_path / "elsewhere", CHEAP, KdfLimits(floor=CHEAP)).open(whole, passphrase) as vault:
        wanted = without_ways(records(vault))
    for killed in kills("migration", template):
        # Nothing of history changes; where the kill came late, ways in were entered after it.
        now = history(opener, killed.folder, passphrase)
        assert [after[: len(before)] for after, before in zip(now, said, strict=True)] == said
        with killed.opener().open(killed.folder, passphrase) as vault:
            assert without_ways(records(vault)) == wanted, str(killed)
            assert {slot.recipient for slot in vault.read.find(own.Slot)} == {
                vault.header.slots["A"].recipient
            }
            assert {item.code for item in check(vault).findings} <= {"new-computer"}, str(killed)
            with vault.write() as writing:
                writing.log_access("opened", "vault")
        with killed.opener().open(killed.folder, passphrase) as vault:
            clean(vault)
        assert {path.name for path in (killed.folder / BACKUPS).iterdir()} == {
            f"before-schema-{VERSION}.db"
        }, str(killed)
        assert {path.name for path in killed.folder.iterdir()} == {*PLAIN, BACKUPS}, str(killed)


def test_kills_while_a_child_s_file_is_erased(
    folder: Path, opener: Opener, kills: Callable, passphrase: str
) -> None:
    with opener.open(folder, passphrase) as vault, vault.write() as writing:
        for case, child in (("c", "Quillifer Oakley"), ("d", "Wren Bramley")):
            writing.put(cases.Person(id=f"p{case}", name=child))
            writing.put(cases.Case(id=case, child=f"p{case}", code=f"4F7K2{case.upper()}"))
            for number in range(20):
                value = f"Quillifer {number}{PADDING_OF[case]}"
                writing.put(Answer(id=f"{case}{number:02}", case=case, value=value))
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
    for killed in kills("erase", folder):
        with killed.opener(LATER).open(killed.folder, passphrase) as vault:
            assert set(answers(vault)) == {f"d{number:02}" for number in range(20)}, str(killed)
            assert all(
                item.value == f"Quillifer {int(item.id[1:])}{PADDING_OF['d']}"
                for item in vault.read.find(Answer)
            )
            (found,) = decisions.read(vault.read.raw).all.values()
            left = list(decisions.values_of(vault.read.raw, found))
            assert bool(left) != bool(found.done), str(killed)
            clean(vault)
            if not found.done:
                removing.carry_out(vault, "e")
            removing.sweep(vault)
            assert list(decisions.values_of(vault.read.raw, found)) == []
            clean(vault)
        assert {path.name for path in killed.folder.iterdir()} == PLAIN


PADDING_OF = {"c": "x" * 900, "d": "y" * 900}


def opens(killed: Killed, secret: str) -> bool:
    """Whether this passphrase opens what the kill left."""
    try:
        killed.opener().unlock(killed.folder, secret)
    except WrongPassphraseError:
        return False
    return True


def held(read: dict[str, object], wanted: dict[str, object], killed: Killed) -> None:
    """All of what was confirmed, and at most the one answer that was being saved."""
    assert {name: read.get(name) for name in wanted} == wanted, str(killed)
    more = read.keys() - wanted.keys()
    assert len(more) <= 1, str(killed)
    assert all(read[name] == typed(name) for name in more), str(killed)


def records(vault: OpenVault) -> dict[str, list[Any]]:
    """Every record of every kind."""
    return {name: vault.whole.find(kind, removed=True) for name, kind in KINDS.items()}


def history(opener: Opener, folder: Path, passphrase: str) -> list[list[tuple[Any, ...]]]:
    """Revisions and values as they stand in the tables, whatever the schema."""
    unlocked = opener.unlock(folder, passphrase)
    raw = connect(folder / DATABASE, database_key(folder, unlocked.header, unlocked.opened))
    try:
        return [
            raw.execute(f"SELECT * FROM {table} ORDER BY seq").fetchall()
            for table in ("revision", "revision_value")
        ]
    finally:
        raw.close()
