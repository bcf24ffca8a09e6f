"""The six kinds of work that are killed: save, import, rotation, backup, migration, erase.

Each is done by the program's own functions on a real vault. What a vault must hold after so many confirmed steps
stands here too, beside what makes it.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from csa_desk.casework.bringing_in import BringingIn
from csa_desk.casework.desk import Desk
from csa_desk.content.reading import Packs
from csa_desk.exchange.report import ImportResult
from csa_desk.paths import resource
from csa_desk.records import assessment
from csa_desk.records.directory import Agency
from csa_desk.records.ids import same_id
from csa_desk.store import backing_up, migrate, removing, slots
from csa_desk.store.keys import KdfLimits
from csa_desk.store.opening import Opener
from csa_desk.store.rotating import Rotation
from csa_desk.store.vault import OpenVault
from tests.conftest import CHEAP, SetClock
from tests.faults.killing import Confirming, Job, Work, counted_syncs

SAVES, AT_ONCE, IMPORTED = 40, 3, 90
PADDING = "x" * 6000
NEW_PASSPHRASE = "nine patient herons wade at dusk"
LATER = datetime(2026, 12, 24, 10, tzinfo=UTC)
"""When the removal that the template of an erasure holds is decided."""


def opener_of(job: Job, moment: datetime | None = None) -> Opener:
    """An opener with cheap keys and this job's own local data."""
    clock = SetClock(moment) if moment is not None else SetClock()
    return Opener(Path(job.local), CHEAP, KdfLimits(floor=CHEAP), clock)


def open_vault(job: Job, moment: datetime | None = None) -> OpenVault:
    """This job's vault, open."""
    return opener_of(job, moment).open(Path(job.folder), job.passphrase)


# --- what is saved and imported --------------------------------------------------------------------------------


def said_after(saves: int) -> dict[str, str]:
    """Every answer after so many saves: each adds two, corrects one that all of them share, and takes one away."""
    if saves == 0:
        return {}
    last = saves - 1
    found = {
        f"s{number:02}-{part}": f"said {number} {part}{PADDING}" for number in range(saves) for part in (0, 1)
    }
    for number in range(saves - 1):
        del found[f"s{number:02}-1"]
    return {**found, "standing": f"round {last}"}


def agencies() -> tuple[Agency, ...]:
    """What is imported: invented agencies with long descriptions."""
    return tuple(
        Agency(
            id=same_id("invented-agency", str(number)),
            name=f"Trust {number}",
            description=f"{number}{PADDING}",
        )
        for number in range(IMPORTED)
    )


def save(job: Job, confirm: Confirming) -> None:
    """One transaction after another."""
    vault = open_vault(job)
    for number in range(SAVES):
        before, after = said_after(number), said_after(number + 1)
        with vault.write() as writing:
            for record, value in after.items():
                if before.get(record) != value:
                    writing.put(assessment.Answer(id=record, case="c", value=value))
            for record in before.keys() - after.keys():
                writing.remove(assessment.Answer(id=record, case="c", value=before[record]))
        confirm.step(str(number))


def import_directory(job: Job, confirm: Confirming) -> None:
    """A directory taken in, a few records a step, as the window does."""
    work = BringingIn(Desk(open_vault(job), Packs(resource("content"))), ImportResult(agencies(), ()))
    going_on = True
    while going_on:
        going_on = work.step(AT_ONCE)
        confirm.step(str(work.done))


# --- while somebody types --------------------------------------------------------------------------------------


class Typing:
    """Saves one answer after another, and confirms each, while a thread beside is at work."""

    def __init__(self, vault: OpenVault, confirm: Confirming) -> None:
        self._vault, self._confirm, self._number = vault, confirm, 0

    def save_one(self) -> None:
        """Save the next answer."""
        name = f"t{self._number:04}"
        with self._vault.write() as writing:
            writing.put(assessment.Answer(id=name, case="c", value=typed(name)))
        self._confirm.saved(name)
        self._number += 1

    def beside(self, work: Any, most: int = 60) -> None:
        """Save until the work is done, or so many answers; what it raised is raised here."""
        with ThreadPoolExecutor(1) as pool:
            working = pool.submit(work)
            while not working.done() and self._number < most:
                self.save_one()
            working.result()


def typed(name: str) -> str:
    """What :class:`Typing` saves under a name."""
    return f"said {name}{PADDING}"


def rotate(job: Job, confirm: Confirming) -> None:
    """The data key changed while somebody types; ``renewed``: one's own keys and passphrase too."""
    vault = open_vault(job)
    typing = Typing(vault, confirm)
    typing.save_one()
    changed: dict[str, Any] = {}
    if job.way.startswith("renewed"):
        own, made = slots.renewed(vault, {"passphrase": slots.derive_new(vault.header, NEW_PASSPHRASE)})
        changed = {"own": own, "slots": made}
    few = 10 if job.way.endswith("large") else 10_000
    rotation = Rotation(vault, after_step=confirm.step, few_pages=few, **changed)
    with counted_syncs(confirm):
        typing.beside(lambda: rotation.prepare(lambda *_: confirm.step("page")))
        rotation.finish()
    if rotation.fault is not None:
        raise rotation.fault
    typing.save_one()


def back_up(job: Job, confirm: Confirming) -> None:
    """A backup made and proved while somebody types."""
    vault = open_vault(job)
    typing = Typing(vault, confirm)
    typing.save_one()
    with counted_syncs(confirm):
        typing.beside(lambda: backing_up.make(vault, progress=lambda *_: confirm.step("page")))
    typing.save_one()


# --- statement by statement ------------------------------------------------------------------------------------


def bring_up_to_date(job: Job, confirm: Confirming) -> None:
    """A vault of an older schema opened: each statement and each file is a step."""
    plainly = migrate.connect

    def watched(*arguments: Any, **named: Any) -> Any:
        raw = plainly(*arguments, **named)
        confirm.step("connected")
        raw.set_trace_callback(lambda _: confirm.step("statement"))
        return raw

    migrate.connect = watched
    with counted_syncs(confirm):
        open_vault(job)


def erase(job: Job, confirm: Confirming) -> None:
    """A removal carried out: each statement is a step, and so is the writing anew after it."""
    vault = open_vault(job, LATER)
    vault.writing_connection().set_trace_callback(lambda _: confirm.step("statement"))
    removing.carry_out(vault, "e")


WORKS: dict[str, Work] = {
    "save": save,
    "import": import_directory,
    "rotation": rotate,
    "backup": back_up,
    "migration": bring_up_to_date,
    "erase": erase,
}
