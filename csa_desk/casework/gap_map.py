"""Which kinds of service there are for which ages in which areas, in numbers; and where there is nobody."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from csa_desk.casework.atlas import atlas
from csa_desk.casework.desk import Desk
from csa_desk.casework.match_lines import Once, number, upper_end
from csa_desk.casework.matching import field_of
from csa_desk.casework.rights import Right, needs
from csa_desk.casework.role_map import holds
from csa_desk.casework.service_kinds import kind_choices, kinds_of
from csa_desk.content.models import say
from csa_desk.records.directory import Referrals, ServiceStatus

NOT_STATED = "not-stated"
"""The kind, the band of ages or the area of a service that says none: it is never taken for all of them."""
_SAID = {"kind": "Kind not stated", "band": "Age not stated", "area": "Area not stated"}


@dataclass(slots=True)
class Count:
    """How many services take new people, and how many run and do not just now."""

    open: int = 0
    waiting: int = 0

    @property
    def words(self) -> str:
        """``2``, ``2, and 1 that takes nobody new``, ``nobody``."""
        if not self.open and not self.waiting:
            return "nobody"
        if not self.waiting:
            return str(self.open)
        takes = f"{self.waiting} that {'takes' if self.waiting == 1 else 'take'} nobody new"
        return f"{self.open}, and {takes}" if self.open else f"only {takes}"

    @property
    def short(self) -> str:
        """``2``, ``2+1``, ``(1)``, ``–`` for a cell that is drawn."""
        if not self.open and not self.waiting:
            return "nobody"
        return (
            f"{self.open}+{self.waiting}"
            if self.open and self.waiting
            else str(self.open or f"({self.waiting})")
        )


@dataclass(frozen=True, slots=True)
class GapMap:
    """Kinds of service down; areas, and in each the bands of age, across. A cell that is not there is nobody."""

    kinds: tuple[tuple[str, str], ...]
    bands: tuple[tuple[str, str], ...]
    areas: tuple[tuple[str, str], ...]
    cells: dict[tuple[str, str, str], Count]
    services: int

    def words(self, kind: str, band: str, area: str, *, short: bool = False) -> str:
        """The cell in words; *nobody* only where a service would be counted: not under what is not stated."""
        count = self.at(kind, band, area)
        if NOT_STATED in (band, area) and not count.open and not count.waiting:
            return "–"
        return count.short if short else count.words

    def at(self, kind: str, band: str, area: str) -> Count:
        """The count of a cell."""
        return self.cells.get((kind, band, area), Count())


@needs(Right.LOOK_UP)
def gap_map(desk: Desk, areas: Sequence[str] = ()) -> GapMap:
    """The gap map of these areas (codes or names); of the whole directory as one where none is given.

    A service that has closed is in none of it. One without ages stands under *age not stated* alone, one without areas
    under *area not stated* alone.
    """
    known = atlas(desk)
    pack = sorted((item for item in desk.packs.pathway.band if item.shown), key=lambda item: item.order)
    cells: dict[tuple[str, str, str], Count] = {}

    def bands_of(said: tuple[str, str]) -> tuple[str, ...]:
        low, high = number(said[0]), upper_end(said[1])
        if low is None and high is None:
            return (NOT_STATED,)
        return tuple(
            band.id
            for band in pack
            if (high is None or band.lowest < high) and (low is None or low < band.highest + 1)
        )

    def areas_of(said: str) -> tuple[str, ...]:
        if not areas:
            return ("",)
        if said in ("null", "[]", ""):
            return (NOT_STATED,)
        return tuple(area for area in areas if holds(known, said, area))

    bands: Once[tuple[str, str], tuple[str, ...]] = Once(bands_of)
    places: Once[str, tuple[str, ...]] = Once(areas_of)
    kinds: Once[str, tuple[str, ...]] = Once(lambda said: kinds_of(desk, json.loads(said)) or (NOT_STATED,))
    counted = 0
    for item in field_of(desk).services:
        if item.status in (ServiceStatus.DEFUNCT, ServiceStatus.INACTIVE):
            continue
        counted += 1
        waits = item.status == ServiceStatus.PAUSED or item.referrals == Referrals.CLOSED
        for area in places[item.areas]:
            for band in bands[item.minimum_age, item.maximum_age]:
                for kind in kinds[item.types]:
                    count = cells.setdefault((kind, band, area), Count())
                    if waits:
                        count.waiting += 1
                    else:
                        count.open += 1
    named = dict(kind_choices(desk))
    held = {kind for kind, _, _ in cells}
    shown = [(key, words) for key, words in named.items() if key in held or _in_pack(desk, key)]
    across = [(band.id, say(band.title)) for band in pack]
    where = [(area, known.title(area)) for area in areas] or [("", "Everywhere here")]
    if any(kind == NOT_STATED for kind, _, _ in cells):
        shown.append((NOT_STATED, _SAID["kind"]))
    if any(band == NOT_STATED for _, band, _ in cells):
        across.append((NOT_STATED, _SAID["band"]))
    if any(area == NOT_STATED for _, _, area in cells):
        where.append((NOT_STATED, _SAID["area"]))
    return GapMap(tuple(shown), tuple(across), tuple(where), cells, counted)


def _in_pack(desk: Desk, kind: str) -> bool:
    return any(item.id == kind for item in desk.packs.pathway.kind)
