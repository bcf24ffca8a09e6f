"""Which published area lies in which, by their codes alone: for matching, the maps, and where a child lives.

Codes are the statistical geography's (GSS). What lies within what, and what took an area's place, is as the imported
lists say; nothing is inferred from a name that is not an area's, nor from a postcode.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from csa_desk.casework.desk import Desk
from csa_desk.casework.rights import Right, needs
from csa_desk.records.directory_facts import Area, AreaKind
from csa_desk.store.search import folded

GSS = re.compile(r"\b[A-Z]\d{8}\b")
"""A published area code."""
# The wider areas that every list leaves out, by the letter that codes within them begin with.
_NATIONS = {
    "E92000001": ("England", "E"),
    "W92000004": ("Wales", "W"),
    "K04000001": ("England and Wales", "EW"),
    "K03000001": ("Great Britain", "EWS"),
    "K02000001": ("United Kingdom", "EWSN"),
}
_NATION_CODES = {name.casefold(): code for code, (name, _) in _NATIONS.items()} | {"uk": "K02000001"}
_KINDS = (AreaKind.COUNCIL, AreaKind.POLICE, AreaKind.HEALTH, AreaKind.OTHER)


class Covers(StrEnum):
    """Whether an area that is named holds a place."""

    YES = "yes"
    PART = "part"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Known:
    """An area of an imported list."""

    code: str
    what: str
    name: str
    ended: str


@dataclass(slots=True)
class Atlas:
    """The areas of the imported lists, and how they lie."""

    known: dict[str, Known] = field(default_factory=dict)
    _by_name: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _above: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _heirs: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _forebears: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _wider: dict[str, frozenset[str]] = field(default_factory=dict)

    def add(
        self,
        area: Known,
        other_names: Iterable[str] = (),
        successors: Iterable[str] = (),
        within: Iterable[str] = (),
    ) -> None:
        """Take one area in."""
        self.known[area.code] = area
        for name in (area.name, *other_names):
            if (key := _key(name)) and area.code not in self._by_name[key]:
                self._by_name[key].append(area.code)
        self._above[area.code].update(within)
        self._heirs[area.code].update(successors)
        for heir in successors:
            self._forebears[heir].add(area.code)

    def title(self, code: str) -> str:
        """The name of an area; its code where no list names it."""
        known = self.known.get(code)
        return known.name if known is not None and known.name else _NATIONS.get(code, (code, ""))[0]

    def named(self, words: str) -> tuple[str, ...]:
        """The codes of the areas with this code or name: councils first, those that still are before those that were.

        A name that several areas of one kind bear gives them all.
        """
        code = words.strip().upper()
        if code in self.known or code in _NATIONS:
            return (code,)
        if nation := _NATION_CODES.get(" ".join(words.casefold().split())):
            return (nation,)
        found = self._by_name.get(_key(words), [])
        return tuple(sorted(found, key=lambda one: (bool(self.known[one].ended), self._rank(one), one)))

    def _rank(self, code: str) -> int:
        what = self.known[code].what
        return next((place for place, kind in enumerate(_KINDS) if kind == what), len(_KINDS))

    def wider(self, code: str) -> frozenset[str]:
        """The area itself, what took its place, and everything these lie in."""
        found = self._wider.get(code)
        if found is None:
            seen: set[str] = set()
            open_ones = [code]
            while open_ones:
                one = open_ones.pop()
                if one not in seen:
                    seen.add(one)
                    open_ones += [*self._above.get(one, ()), *self._heirs.get(one, ())]
            seen |= {
                nation for nation, (_, letters) in _NATIONS.items() if code[:1] in letters and code[:1] != "K"
            }
            found = self._wider[code] = frozenset(seen)
        return found

    def covers(self, area: str, place: str) -> Covers:
        """Whether an area (code) holds a place (code): whole, a part, or not. Two codes of one area hold each other."""
        if area in self.wider(place):
            return Covers.YES
        if place in self.wider(area):
            return Covers.YES if self._is_forebear(area, place) else Covers.PART
        return Covers.NO

    def _is_forebear(self, old: str, new: str) -> bool:
        """Whether ``new`` is ``old`` under another code: each took the place of one area alone, all the way."""
        while old != new:
            heirs = self._heirs.get(old, set())
            if len(heirs) != 1:
                return False
            heir = next(iter(heirs))
            if self._forebears[heir] != {old}:
                return False
            old = heir
        return True

    def codes_of(self, area: Mapping[str, Any]) -> tuple[str, ...]:
        """The codes an area of a service stands for: those it names, else those of its name."""
        said = " ".join(str(area.get(key) or "") for key in ("uri", "extent", "name", "service_area"))
        if codes := tuple(dict.fromkeys(GSS.findall(said))):
            return codes
        for key in ("name", "extent", "service_area"):
            words = str(area.get(key) or "")
            if words and (found := self.named(words)):
                first = found[0]
                alike = [
                    one
                    for one in found
                    if self._rank_of(one) == self._rank_of(first) and self._ended(one) == self._ended(first)
                ]
                return (first,) if len(alike) == 1 else ()
        return ()

    def _rank_of(self, code: str) -> int:
        return self._rank(code) if code in self.known else -1

    def _ended(self, code: str) -> bool:
        return code in self.known and bool(self.known[code].ended)


def _key(words: str) -> str:
    return " ".join(folded(words))


def words_of(area: Mapping[str, Any]) -> str:
    """What an area of a service calls itself."""
    return next((str(area[key]) for key in ("name", "extent", "service_area", "uri") if area.get(key)), "")


def areas_in(said: str) -> list[dict[str, Any]]:
    """The areas of a service as its column holds them."""
    found = json.loads(said) if said else None
    return [item for item in found or [] if isinstance(item, dict)]


@needs(Right.LOOK_UP)
def atlas(desk: Desk) -> Atlas:
    """The areas of this vault's imported lists."""

    def make() -> Atlas:
        made = Atlas()
        names = ("code", "what", "name", "ended", "other_names", "successors", "within")
        for code, what, name, ended, other, heirs, within in desk.vault.read.columns(Area, *names):
            made.add(Known(code, what, name, ended), json.loads(other), json.loads(heirs), json.loads(within))
        return made

    return desk.worked_out("atlas", (Area,), make)
