"""Narrowing the directory: services of a kind, for a need, in an area, that run, that somebody made sure of lately."""

import json
from collections import Counter
from dataclasses import dataclass, fields

from csa_desk.casework.atlas import atlas
from csa_desk.casework.desk import Desk
from csa_desk.casework.directory import Entry, find
from csa_desk.casework.directory_entry import entry_of
from csa_desk.casework.directory_freshness import freshness
from csa_desk.casework.match_lines import Once
from csa_desk.casework.matching import field_of
from csa_desk.casework.rights import Right, needs
from csa_desk.casework.role_map import holds
from csa_desk.casework.service_kinds import kinds_of
from csa_desk.records.directory import Referrals, Service, ServiceStatus
from csa_desk.records.directory_facts import SameEntry

RUNS: tuple[tuple[str, str], ...] = (
    ("open", "Takes new people"),
    ("runs", "Runs"),
    ("stopped", "Does not run"),
)
SURE: tuple[tuple[str, str], ...] = (
    ("fresh", "Checked lately"),
    ("ageing", "Ageing"),
    ("unproven", "Unproven"),
)


@dataclass(frozen=True, slots=True)
class Filter:
    """What is wanted; empty is everything. ``area``: a code or name. ``runs``, ``sure``: keys of the choices here."""

    kind: str = ""
    need: str = ""
    area: str = ""
    runs: str = ""
    sure: str = ""

    @property
    def parts(self) -> int:
        """In how many ways it narrows."""
        return sum(bool(getattr(self, item.name)) for item in fields(self))


@needs(Right.LOOK_UP)
def passing(desk: Desk, wanted: Filter) -> list[str]:
    """The ids of the services that pass, by name."""
    known = atlas(desk)
    kind = Once[str, bool](lambda said: wanted.kind in kinds_of(desk, json.loads(said)))
    need = Once[str, bool](lambda said: wanted.need in json.loads(said))
    area = Once[str, bool](lambda said: holds(known, said, wanted.area))
    sure = Once[str, bool](lambda day: freshness(desk, day) == wanted.sure)
    runs = Once[tuple[str, str], bool](lambda said: _runs(wanted.runs, *said))
    return [
        item.service
        for item in field_of(desk).services
        if (not wanted.kind or kind[item.types])
        and (not wanted.need or need[item.needs])
        and (not wanted.area or area[item.areas])
        and (not wanted.sure or sure[item.checked_on])
        and (not wanted.runs or runs[item.status, item.referrals])
    ]


def _runs(wanted: str, status: str, referrals: str) -> bool:
    stopped = status in (ServiceStatus.INACTIVE, ServiceStatus.DEFUNCT, ServiceStatus.PAUSED)
    if wanted == "stopped":
        return stopped
    return not stopped and (wanted == "runs" or referrals != Referrals.CLOSED)


@needs(Right.LOOK_UP)
def counts(desk: Desk) -> dict[str, Counter[str]]:
    """For each way to narrow but the area: how many services there are of each choice."""

    def make() -> dict[str, Counter[str]]:
        kinds, wants, runs, sure = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
        kind = Once[str, tuple[str, ...]](lambda said: kinds_of(desk, json.loads(said)))
        fresh = Once[str, str](lambda day: freshness(desk, day))
        for item in field_of(desk).services:
            kinds.update(kind[item.types])
            wants.update(json.loads(item.needs) if item.needs != "[]" else ())
            runs.update(key for key, _ in RUNS if _runs(key, item.status, item.referrals))
            sure[fresh[item.checked_on]] += 1
        return {"kind": kinds, "need": wants, "runs": runs, "sure": sure}

    return desk.worked_out("facets", (Service, SameEntry), make)


@needs(Right.LOOK_UP)
def narrowed(desk: Desk, words: str, wanted: Filter, limit: int) -> tuple[list[Entry], int]:
    """Services that pass and fit the words, best first, else by name; and how many pass without the words."""
    ids = passing(desk, wanted)
    if words.strip():
        return find(desk, words, limit, ids), len(ids)
    shown = desk.vault.read.by_ids(Service, ids[:limit])
    return [entry_of(desk, number) for number in ids[:limit] if number in shown], len(ids)
