"""Entries that may be one agency or service: suggested with reasons, linked or decided against, always reversible.

A link re-points nothing: plans and teams that name either entry keep it, and unlinking leaves all as it was.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from rapidfuzz import fuzz

from csa_desk.casework.desk import Desk
from csa_desk.casework.directory import Entry
from csa_desk.casework.directory_entry import entry_of
from csa_desk.casework.rights import Right, needs
from csa_desk.errors import InputError
from csa_desk.records.directory import Agency, Location, Service
from csa_desk.records.directory_facts import SameEntry
from csa_desk.records.ids import same_id
from csa_desk.store.search import folded

# A number, address or site that so many entries share says nothing of any two of them.
_SHARED_BY_MANY = 6
# A word of names that so many bear does not part them.
_RARE = 12
_ALIKE = 90
_NEARLY = 75
_SITE = re.compile(r"(?:https?://)?(?:www\.)?([^\s?#]+\.[^\s?#]+)")
_PLAIN = frozenset(
    "the and of for in a at service services team project ltd limited cic trust charity".split()
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two entries, by id in order, that may be one, and why."""

    entry: str
    other: str
    kind: str
    names: tuple[str, str]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    id: str
    name: str
    agency: str
    marks: frozenset[tuple[str, str]]


def link_id(one: str, two: str) -> str:
    """The id of the record that links two entries, whichever comes first."""
    return same_id(SameEntry.KIND, *sorted((one, two)))


@needs(Right.LOOK_UP)
def suggestions(desk: Desk) -> list[Suggestion]:
    """Pairs that may be one entry and that nobody decided about: those with most reasons first."""
    kinds = (Agency, Service, Location, SameEntry)
    return desk.worked_out("same entries", kinds, lambda: list(_suggested(desk)))


def _suggested(desk: Desk) -> list[Suggestion]:
    decided = {item.id for item in desk.vault.read.find(SameEntry, removed=True)}
    agencies, services = _agencies(desk), _services(desk)
    names = {item.id: item.name for item in agencies}
    found = [*_pairs(agencies, "agency", {}), *_pairs(services, "service", names)]
    left = [item for item in found if link_id(item.entry, item.other) not in decided]
    return sorted(
        left, key=lambda item: (-len(item.reasons), item.names[0].casefold(), item.entry, item.other)
    )


def _agencies(desk: Desk) -> list[_Known]:
    found = []
    fields = ("id", "name", "website", "email", "phone", "identifiers")
    for number, name, website, email, phone, identifiers in desk.vault.read.columns(Agency, *fields):
        marks = set(_marks(website, email, phone))
        for item in json.loads(identifiers) or ():
            if isinstance(item, dict) and (said := re.sub(r"\W", "", str(item.get("identifier") or ""))):
                scheme = str(item.get("scheme") or item.get("kind") or "").casefold()
                marks.add(("number", f"{scheme} {said.casefold().lstrip('0')}"))
        found.append(_Known(number, name, "", frozenset(marks)))
    return found


def _services(desk: Desk) -> list[_Known]:
    reading = desk.vault.read
    postcodes = {
        number: re.sub(r"\s", "", postcode).upper()
        for number, postcode, withheld in reading.columns(Location, "id", "postcode", "withheld")
        if postcode and not withheld
    }
    found = []
    fields = ("id", "name", "agency", "website", "email", "phone", "locations")
    for number, name, agency, website, email, phone, locations in reading.columns(Service, *fields):
        marks = set(_marks(website, email, phone))
        marks |= {("postcode", postcodes[place]) for place in json.loads(locations) if place in postcodes}
        found.append(_Known(number, name, agency, frozenset(marks)))
    return found


def _marks(website: str, email: str, phone: str) -> Iterator[tuple[str, str]]:
    site = _SITE.match(website.strip().casefold())
    if site is not None:
        yield "site", site[1].rstrip("/")
    if email:
        yield "email", email.casefold()
    digits = re.sub(r"\D", "", phone)
    if len(digits) >= 9:
        yield "phone", digits[-10:]


_REASONS = {
    "number": "the same registered number",
    "site": "the same website",
    "email": "the same email",
    "phone": "the same phone number",
    "postcode": "the same postcode",
}


def _pairs(entries: list[_Known], kind: str, agencies: dict[str, str]) -> Iterator[Suggestion]:
    times = Counter(mark for item in entries for mark in item.marks)
    entries = [
        replace(item, marks=frozenset(mark for mark in item.marks if times[mark] <= _SHARED_BY_MANY))
        for item in entries
    ]
    by_id = {item.id: item for item in entries}
    met: set[tuple[str, str]] = set()
    for block in _blocks(entries):
        for one, two in combinations(sorted(block), 2):
            if (one, two) not in met:
                met.add((one, two))
                reasons = _why(by_id[one], by_id[two], kind, agencies)
                if reasons:
                    yield Suggestion(one, two, kind, (by_id[one].name, by_id[two].name), reasons)


def _blocks(entries: list[_Known]) -> Iterator[list[str]]:
    """Entries that share a mark, a whole name or a rare word of it: only these are held against each other."""
    shared: dict[tuple[str, str], list[str]] = defaultdict(list)
    for item in entries:
        words = [word for word in folded(item.name) if word not in _PLAIN]
        for key in {*item.marks, ("name", " ".join(sorted(words))), *(("word", word) for word in words)}:
            shared[key].append(item.id)
    for (_, said), block in shared.items():
        if said and 1 < len(block) <= _RARE:
            yield block


def _why(one: _Known, two: _Known, kind: str, agencies: dict[str, str]) -> tuple[str, ...]:
    """Why two entries may be one; nothing where what they share is too little."""
    shared = {what for what, _ in one.marks & two.marks}
    alike = fuzz.token_sort_ratio(" ".join(folded(one.name)), " ".join(folded(two.name)))
    reasons = [_REASONS[what] for what in _REASONS if what in shared]
    if alike >= _ALIKE:
        reasons.append("the same name" if alike == 100 else "nearly the same name")
    if kind == "agency":
        enough = "number" in shared or alike >= _ALIKE or (bool(shared) and alike >= _NEARLY)
    else:
        same_agency = bool(one.agency) and _one_agency(one.agency, two.agency, agencies)
        if same_agency:
            reasons.append("the same agency")
        # Services of different agencies are often called alike: that alone says nothing.
        enough = alike >= _ALIKE and (same_agency or bool(shared - {"site"}) or "site" in shared)
    return tuple(reasons) if enough else ()


def _one_agency(one: str, two: str, names: dict[str, str]) -> bool:
    return one == two or (bool(names.get(one)) and folded(names[one]) == folded(names.get(two, "")))


# --- deciding ---------------------------------------------------------------------------------------------------


@needs(Right.LOAD_DIRECTORY)
def link_entries(desk: Desk, one: str, two: str, reason: str = "") -> SameEntry:
    """Say that two entries are one. Raises :class:`InputError`."""
    first, second = sorted((one, two))
    if first == second:
        raise InputError("An entry cannot be linked with itself. Nothing was changed.")
    if entry_of(desk, first).kind != entry_of(desk, second).kind:
        raise InputError("A service and an agency cannot be one entry. Nothing was changed.")
    made = SameEntry(id=link_id(first, second), entry=first, other=second, reason=reason.strip())
    with desk.vault.write() as writing:
        held = writing.get(SameEntry, made.id)
        writing.put(made if held is None else replace(held, removed=False, reason=made.reason), "linked")
    return made


@needs(Right.LOAD_DIRECTORY)
def part_entries(desk: Desk, one: str, two: str) -> None:
    """Say that two entries are not one, or not one after all: it is not suggested again."""
    first, second = sorted((one, two))
    made = SameEntry(id=link_id(first, second), entry=first, other=second, removed=True)
    with desk.vault.write() as writing:
        held = writing.get(SameEntry, made.id)
        writing.put(made if held is None else replace(held, removed=True), "parted")


# --- what follows from it ---------------------------------------------------------------------------------------


@needs(Right.LOOK_UP)
def same_as(desk: Desk) -> dict[str, str]:
    """Id of every linked entry → id of the one that stands for all it is linked with."""

    def make() -> dict[str, str]:
        groups: dict[str, set[str]] = {}
        for one, two in desk.vault.read.columns(SameEntry, "entry", "other"):
            joined = groups.get(one, {one}) | groups.get(two, {two})
            for item in joined:
                groups[item] = joined
        if not groups:
            return {}
        there = {
            number: checked
            for kind in (Agency, Service)
            for number, checked in desk.vault.read.columns(kind, "id", "checked_on")
            if number in groups
        }
        found: dict[str, str] = {}
        for number, group in groups.items():
            standing = sorted(item for item in group if item in there)
            if number in there and len(standing) > 1:
                found[number] = max(standing, key=lambda item: (there[item], item))
        return found

    return desk.worked_out("linked entries", (SameEntry, Agency, Service), make)


@needs(Right.LOOK_UP)
def listed_once(desk: Desk, found: Iterable[Entry]) -> list[Entry]:
    """The entries without those that stand there already under another id."""
    stands_for = same_as(desk)
    seen: set[str] = set()
    kept = []
    for entry in found:
        key = stands_for.get(entry.record.id, entry.record.id)
        if key not in seen:
            seen.add(key)
            kept.append(entry)
    return kept


@needs(Right.LOOK_UP)
def also_listed(desk: Desk, record: str) -> list[Entry]:
    """The other entries that are linked with this one."""
    stands_for = same_as(desk)
    mine = stands_for.get(record)
    others = sorted(number for number, key in stands_for.items() if key == mine and number != record)
    return [entry_of(desk, number) for number in others] if mine else []


@needs(Right.LOOK_UP)
def linked_pairs(desk: Desk) -> list[tuple[SameEntry, Entry, Entry]]:
    """What was linked, by name."""
    found = []
    for link in desk.vault.read.find(SameEntry):
        try:
            found.append((link, entry_of(desk, link.entry), entry_of(desk, link.other)))
        except InputError:
            continue  # an entry was taken out since; the link waits for it
    return sorted(found, key=lambda item: item[1].name.casefold())
