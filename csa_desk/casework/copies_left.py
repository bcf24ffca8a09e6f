"""Where copies of what was taken out remain: the program cannot reach them, so it names them (design §5)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from csa_desk.casework import backups
from csa_desk.casework.desk import Desk
from csa_desk.casework.rights import Right, needs
from csa_desk.casework.sieve import OWN_FILE
from csa_desk.errors import DeskError
from csa_desk.records.cases import Case
from csa_desk.records.dates import spoken
from csa_desk.records.register import Release
from csa_desk.records.vault import Practitioner, Replica
from csa_desk.store.decisions import Decision
from csa_desk.store.engine import plain_words


@dataclass(frozen=True, slots=True)
class CopyLeft:
    """One place: what keeps the tasks apart, the place in words, and what somebody is to do."""

    key: str
    words: str
    task: str


@needs(Right.LOOK_UP)
def copies_left(desk: Desk, found: Decision, code: str) -> list[CopyLeft]:
    """Backups, other computers' vaults, and everything handed out since the words were written."""
    return [*_backups(desk, code), *_replicas(desk, code), *_handed_out(desk, found, code)]


def _backups(desk: Desk, code: str) -> Iterator[CopyLeft]:
    try:
        standing = backups.standing(desk)
    except (DeskError, OSError):
        return
    for where in sorted({item.where for item in standing.backups}):
        number = sum(item.where == where for item in standing.backups)
        yield CopyLeft(
            f"backups:{where}",
            f"{number} {'backup' if number == 1 else 'backups'}: {where}. They are replaced by newer ones in time.",
            f"What was taken out of {code} is still in older backups ({where}). Make a new backup and delete the older "
            "ones as soon as the service can do without them.",
        )


def _replicas(desk: Desk, code: str) -> Iterator[CopyLeft]:
    reading = desk.vault.whole
    people = {item.id: item.name for item in reading.find(Practitioner, removed=True)}
    for item in reading.find(Replica):
        if item.id != desk.vault.replica and item.why in ("copy", "new-computer", "restored"):
            whose = people.get(item.practitioner) or "a colleague"
            yield CopyLeft(
                f"replica:{item.id}",
                f"A copy of this vault on another computer or in another folder ({item.code}, {whose}).",
                f"What was taken out of {code} is still in the copy {item.code} of this vault ({whose}). "
                "Bring the two together, or delete that copy.",
            )


def _handed_out(desk: Desk, found: Decision, code: str) -> Iterator[CopyLeft]:
    child = _child_of(desk, found)
    for row in _releases(desk, found):
        number, whom, day = row.get("copy_number", ""), row.get("recipient", ""), row.get("on", "")
        name = row.get("recipient_name", "")
        may_hold = f"Copy {number} of {code} may hold what was taken out."
        if whom == OWN_FILE.id or not name:
            where = "put into your own file"
            task = f"{may_hold} It was put into your own file: destroy it there, and note that you did."
        elif whom == child:
            # Never by name: the name of a child whose file is erased goes with it. And the plan is the child's own.
            where = "handed to the child"
            task = f"{may_hold} It was handed to the child. Who knows them decides whether to exchange it, and how."
        else:
            where = f"handed to {name}"
            task = f"{may_hold} Ask {name} to destroy it, and note the answer."
        yield CopyLeft(f"release:{number}", f"Copy {number}, {where} on {spoken(day[:10])}.", task)


@plain_words()
def _child_of(desk: Desk, found: Decision) -> str:
    """The id of the child of the file, from history: the file itself may be hidden."""
    row = desk.vault.whole.raw.execute(
        "SELECT value FROM revision_value JOIN revision USING (seq) "
        "WHERE scope = ? AND kind = ? AND field = 'child' ORDER BY seq DESC LIMIT 1",
        (f"case:{found.case}", Case.KIND),
    ).fetchone()
    return str(json.loads(row[0])) if row is not None else ""


@plain_words()
def _releases(desk: Desk, found: Decision) -> list[dict[str, str]]:
    """What left since the words were written; read from history, because a whole file may be hidden."""
    raw: Any = desk.vault.whole.raw
    where, given = found.rows
    first = raw.execute(f"SELECT min(time) FROM revision WHERE {where}", given).fetchone()[0] or ""  # noqa: S608
    rows: dict[str, dict[str, str]] = {}
    for record, time, name, value in raw.execute(
        "SELECT record, time, field, value FROM revision_value JOIN revision USING (seq) "
        "WHERE scope = ? AND kind = ? ORDER BY seq",
        (f"case:{found.case}", Release.KIND),
    ):
        said = json.loads(value)
        if time >= first and isinstance(said, str):
            rows.setdefault(record, {})[name] = said
    return list(rows.values())
