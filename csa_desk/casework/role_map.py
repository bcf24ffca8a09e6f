"""Who leads, helps and is told at each step of a child's pathway, in one area: and where there is nobody.

A part comes from the directory alone: a role an agency has, or a kind of service it runs that stands for a role. The
pack says which roles belong to a step. A step with nobody is the point of the map.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from csa_desk.casework.atlas import Atlas, Covers, areas_in, atlas, words_of
from csa_desk.casework.desk import Desk
from csa_desk.casework.directory_freshness import freshness
from csa_desk.casework.matching import field_of
from csa_desk.casework.rights import Right, needs
from csa_desk.casework.service_kinds import kind_words, kinds_of
from csa_desk.casework.team import role_title
from csa_desk.content.models import say
from csa_desk.records.dates import spoken
from csa_desk.records.directory import Agency, AgencyRole, Service, ServiceStatus
from csa_desk.records.directory_facts import Area, AreaKind, SameEntry


class Part(IntEnum):
    """What an agency does at a step, the most first."""

    LEADS = 1
    HELPS = 2
    INFORMED = 3


PART_WORDS = {Part.LEADS: "leads", Part.HELPS: "helps", Part.INFORMED: "is told"}


@dataclass(frozen=True, slots=True)
class Why:
    """On what a part rests: in words, the entry it stands in, when that was checked."""

    words: str
    entry: str
    checked_on: str


@dataclass(frozen=True, slots=True)
class RoleCell:
    """What an agency does at a step, and why."""

    part: Part
    why: tuple[Why, ...]
    freshness: str


@dataclass(frozen=True, slots=True)
class RoleMap:
    """Steps down, agencies across. ``cells`` holds only where an agency has a part."""

    area: str
    area_name: str
    steps: tuple[tuple[str, str], ...]
    agencies: tuple[tuple[str, str], ...]
    cells: dict[tuple[str, str], RoleCell]

    def at(self, step: str, part: Part) -> list[str]:
        """The names of the agencies with this part at a step."""
        return [
            name
            for number, name in self.agencies
            if (cell := self.cells.get((step, number))) is not None and cell.part == part
        ]

    @property
    def nobody_leads(self) -> list[str]:
        """The steps that nobody leads."""
        return [step for step, _ in self.steps if not self.at(step, Part.LEADS)]


@needs(Right.LOOK_UP)
def map_areas(desk: Desk) -> list[tuple[str, str]]:
    """The areas a map can be drawn for, as code or name and words: those that services and roles here name."""

    def make() -> list[tuple[str, str]]:
        known = atlas(desk)
        found: dict[str, str] = {}
        for said in {item.areas for item in field_of(desk).services}:
            for area in areas_in(said):
                codes = known.codes_of(area)
                for code in codes or (words_of(area),):
                    found.setdefault(code, known.title(code))
        for (area,) in desk.vault.read.columns(AgencyRole, "area"):
            if area:
                found.setdefault(area, known.title(area))
        kept = {code: name for code, name in found.items() if name and _is_place(known, code)}
        return sorted(kept.items(), key=lambda item: item[1].casefold())

    return desk.worked_out("areas of the maps", (Service, AgencyRole, Area, SameEntry), make)


def _is_place(known: Atlas, code: str) -> bool:
    held = known.known.get(code)
    return held is None or held.what in (AreaKind.COUNCIL, AreaKind.OTHER, "")


def holds(known: Atlas, said: str, place: str) -> bool:
    """Whether areas (as a column holds them) hold a place (code or name), or a part of it. No areas hold nothing."""
    for area in areas_in(said):
        codes = known.codes_of(area)
        if any(known.covers(code, place) in (Covers.YES, Covers.PART) for code in codes):
            return True
        if not codes and words_of(area).casefold() == place.casefold():
            return True
    return False


@needs(Right.LOOK_UP)
def role_map(desk: Desk, area: str = "") -> RoleMap:
    """The role map of an area (code or name); of everywhere in this directory where none is given."""
    known = atlas(desk)
    steps = sorted((item for item in desk.packs.pathway.step if item.shown), key=lambda item: item.order)
    names: dict[str, str] = dict(desk.vault.read.columns(Agency, "id", "name"))
    plays: dict[tuple[str, str], list[Why]] = {}
    for agency, role, why in (*_by_role(desk, known, area), *_by_service(desk, known, area)):
        if agency in names:
            plays.setdefault((agency, role), []).append(why)
    cells: dict[tuple[str, str], RoleCell] = {}
    for step in steps:
        for part, roles in (
            (Part.LEADS, step.leads),
            (Part.HELPS, step.helps),
            (Part.INFORMED, step.informs),
        ):
            for (agency, role), whys in plays.items():
                if role in roles:
                    held = cells.get((step.id, agency))
                    if held is None or part < held.part:
                        cells[step.id, agency] = _cell(desk, part, whys)
                    elif part == held.part:
                        cells[step.id, agency] = _cell(desk, part, [*held.why, *whys])
    busiest = Counter(agency for _, agency in cells)
    across = sorted(busiest, key=lambda number: (-busiest[number], names[number].casefold()))
    return RoleMap(
        area,
        known.title(area) if area else "",
        tuple((step.id, say(step.title)) for step in steps),
        tuple((number, names[number] or "No name") for number in across),
        cells,
    )


def _cell(desk: Desk, part: Part, whys: list[Why]) -> RoleCell:
    known = tuple(dict.fromkeys(whys))
    newest = max(item.checked_on for item in known)
    return RoleCell(part, known, freshness(desk, newest))


def _by_role(desk: Desk, known: Atlas, area: str) -> Iterator[tuple[str, str, Why]]:
    """Agency, role and why, from the roles that agencies have in an area or in a service."""
    services = {item.service: item for item in field_of(desk).services}
    fields = ("id", "agency", "role", "service", "area", "since", "until", "checked_on")
    for _, agency, role, service, where, since, until, checked in desk.vault.read.columns(
        AgencyRole, *fields
    ):
        if (since and since > desk.today) or (until and until < desk.today):
            continue
        if area and where and not (where == area or known.covers(where, area) in (Covers.YES, Covers.PART)):
            continue
        title = role_title(desk, role)
        if not service:
            place = f" in {known.title(where)}" if where else ""
            yield agency, role, Why(f"{title}{place}", agency, checked)
            continue
        held = services.get(service)
        if held is None or held.status in (ServiceStatus.DEFUNCT, ServiceStatus.INACTIVE):
            continue
        if area and not where and not holds(known, held.areas, area):
            continue
        yield agency, role, Why(f"{title}: {held.name}", service, max(checked, held.checked_on))


def _by_service(desk: Desk, known: Atlas, area: str) -> Iterator[tuple[str, str, Why]]:
    """Agency, role and why, from services whose kind stands for a role, where nothing says which role they have."""
    roles = {item.id: item.roles for item in desk.packs.pathway.kind if item.roles}
    said = {service for (service,) in desk.vault.read.columns(AgencyRole, "service") if service}
    for item in field_of(desk).services:
        if (
            not item.agency
            or item.service in said
            or item.status in (ServiceStatus.DEFUNCT, ServiceStatus.INACTIVE)
        ):
            continue
        kinds = [kind for kind in kinds_of(desk, json.loads(item.types)) if kind in roles]
        if not kinds or (area and not holds(known, item.areas, area)):
            continue
        for kind in kinds:
            # A kind of service stands for the first of its roles: the others are people or bodies of their own.
            why = Why(f"{kind_words(desk, kind)}: {item.name}", item.service, item.checked_on)
            yield item.agency, roles[kind][0], why


def cell_words(title: str, agency: str, cell: RoleCell) -> str:
    """A cell as it is read aloud: step, agency, part, on what it rests, how sure."""
    rests = "; ".join(item.words for item in cell.why[:3])
    newest = max(item.checked_on for item in cell.why)
    sure = f"checked {spoken(newest)}" if newest else "never checked"
    return f"{title}: {agency} {PART_WORDS[cell.part]}. {rests}, {sure}"
