"""A published document held against the directory: what is new, what it would change, and what was corrected here.

What a person here corrected is never taken back in silence: such a field is a line of its own, which nobody takes
unless they say so, each time the document comes. The same holds for an entry that was taken out here.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from csa_desk.casework.desk import Desk
from csa_desk.casework.directory_fields import FIELDS
from csa_desk.casework.rights import Right, needs
from csa_desk.records.dates import short
from csa_desk.records.directory import Agency, InDirectory, Location, Service
from csa_desk.records.directory_facts import Area
from csa_desk.records.fields import Merge, Record, Value, defaults, rules
from csa_desk.records.vault import Practitioner
from csa_desk.store.reading import Reading

IMPORTED = "imported"
"""What history says of a change that an import made."""
# What ``origin`` says of a record that came from a table: it knows only the columns it has.
_FROM_TABLE = "table"
# Where a person's own check of an entry stands; an import never takes it away.
_OURS = ("checked_on", "checked_by", "checked_how")
# What is kept beside a record and tells a reader nothing.
_BESIDE = ("extra", "origin", "origin_id")
_LONGEST = 300
# Fields that point to other entries.
_LINKS = ("agency", "service", "location", "locations", "parent", "parties")


class What(StrEnum):
    """What a line of the difference is about."""

    NEW = "new"
    CHANGED = "changed"
    CORRECTED = "corrected-here"
    TAKEN_OUT = "taken-out-here"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field: its name in the record, what stands here and what the document says, as values and in words."""

    field: str
    stands: object
    says: object
    words: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to take or to leave. ``id`` names it; ``by`` says who corrected it here, and when, in words."""

    id: str
    what: What
    kind: str
    name: str
    changes: tuple[FieldChange, ...] = ()
    by: str = ""

    @property
    def taken_by_itself(self) -> bool:
        """Whether it is taken unless somebody says otherwise."""
        return self.what in (What.NEW, What.CHANGED)


@dataclass(frozen=True, slots=True)
class Compared:
    """One record of a document: as it would be, its lines (none where nothing changes), and what stands now."""

    record: InDirectory
    before: InDirectory | None
    lines: tuple[Line, ...]

    def taken(self, accepted: Collection[str] | None) -> InDirectory | None:
        """The record to write, by what was accepted (``None``: what is taken by itself); ``None`` for nothing."""
        chosen = [
            line for line in self.lines if (line.taken_by_itself if accepted is None else line.id in accepted)
        ]
        if not chosen:
            return None
        if self.before is None:
            return self.record
        values: dict[str, Any] = {item.field: item.says for line in chosen for item in line.changes}
        return replace(self.before, **values)


def compare(reading: Reading, records: Iterable[Record], names: Mapping[str, str]) -> list[Compared]:
    """Hold records of documents against what stands in the vault. ``names``: practitioner id → name."""
    wanted = [item for item in records if isinstance(item, InDirectory)]
    befores = _befores(reading, wanted)
    met: list[tuple[InDirectory, InDirectory | None]] = []
    for record in wanted:
        before = befores.get((record.KIND, record.id))
        if before is None:
            met.append((record, None))
        else:
            met.append((merged(before, _with_hidden(reading, before, record)), before))
    differing = [(record, before) for record, before in met if before is not None and record != before]
    last = reading.last_changes([record.id for record, _ in differing]) if differing else {}
    known = _Names(reading, wanted, differing, names)
    return [_compared(record, before, last, known) for record, before in met]


class _Names:
    """Names of practitioners, and of entries that the differing records point to."""

    def __init__(
        self,
        reading: Reading,
        records: list[InDirectory],
        differing: list[tuple[InDirectory, InDirectory]],
        workers: Mapping[str, str],
    ) -> None:
        self.workers = workers
        self._entries = {record.id: _name(record) for record in records}
        pointed = [
            item for pair in differing for record in pair for name in _LINKS for item in _ids(record, name)
        ]
        wanted = list({item for item in pointed if item not in self._entries})
        for kind in (Agency, Service, Location) if wanted else ():
            self._entries |= {number: _name(found) for number, found in reading.by_ids(kind, wanted).items()}

    def say(self, field: str, value: object) -> str:
        """A value in words; a link by the name of what it points to."""
        if field not in _LINKS or not value:
            return value_words(value)
        ids = list(value) if isinstance(value, list | tuple) else [value]
        return value_words([self._entries.get(str(item)) or "an entry without a name" for item in ids])


def _ids(record: InDirectory, name: str) -> list[str]:
    value = getattr(record, name, "")
    return [str(item) for item in value] if isinstance(value, list | tuple) else [value] if value else []


def _befores(reading: Reading, records: list[InDirectory]) -> dict[tuple[str, str], InDirectory]:
    """Kind and id → what stands: a publisher may give one id to an organisation and to its service."""
    by_kind: dict[type[InDirectory], list[str]] = {}
    for record in records:
        by_kind.setdefault(type(record), []).append(record.id)
    found: dict[tuple[str, str], InDirectory] = {}
    for kind, ids in by_kind.items():
        found |= {(kind.KIND, number): held for number, held in reading.by_ids(kind, ids).items()}
    return found


def _compared(
    record: InDirectory,
    before: InDirectory | None,
    last: Mapping[tuple[str, str, str], Mapping[str, str]],
    names: _Names,
) -> Compared:
    name = _name(record) or (_name(before) if before is not None else "")
    number = f"{record.KIND}/{record.id}"
    if before is None:
        return Compared(record, None, (Line(number, What.NEW, record.KIND, name),))
    if record == before:
        return Compared(record, before, ())
    lines: list[Line] = []
    quiet: list[FieldChange] = []
    for field in defaults(type(record)):
        stands, says = getattr(before, field), getattr(record, field)
        if stands == says:
            continue
        change = FieldChange(field, stands, says, (names.say(field, stands), names.say(field, says)))
        came = last.get((record.KIND, record.id, field), {})
        here = bool(came) and came["reason"] != IMPORTED and field not in (*_OURS, *_BESIDE)
        if not here:
            quiet.append(change)
            continue
        who = names.workers.get(came["practitioner"], "")
        by = ", ".join(part for part in (who, short(came["time"][:10])) if part)
        what = What.TAKEN_OUT if field == "removed" else What.CORRECTED
        lines.append(Line(f"{number}:{field}", what, record.KIND, name, (change,), by))
    if quiet:
        lines.insert(0, Line(number, What.CHANGED, record.KIND, name, tuple(quiet)))
    return Compared(record, before, tuple(lines))


def _name(record: Record) -> str:
    said = (
        getattr(record, name, "")
        for name in ("name", "title", "role", "about", "level", "how", "email", "days")
    )
    return next((str(item).replace("-", " ") for item in said if item), "")


def _with_hidden(reading: Reading, before: Record, record: InDirectory) -> InDirectory:
    """The published service, still at its places whose address is withheld: no publication names those."""
    if not isinstance(before, Service) or not isinstance(record, Service):
        return record
    left = [place for place in before.locations if place not in record.locations]
    held = reading.by_ids(Location, left) if left else {}
    hidden = {place for place, found in held.items() if found.withheld}
    return replace(record, locations=tuple(sorted({*record.locations, *hidden}))) if hidden else record


def merged(before: InDirectory, record: InDirectory) -> InDirectory:
    """The published record, with what people here made sure of themselves kept where it is newer.

    What is set once stays as it was set, whatever a document says. A table says nothing of what it has no column for,
    so what it leaves empty stays as it was.
    """
    settled = {name for name, rule in rules(type(record)).items() if rule.merge is Merge.FIXED}
    record = replace(record, **{name: getattr(before, name) for name in settled})
    if record.origin == _FROM_TABLE:
        record = _filled(before, record)
    if isinstance(before, Area) and isinstance(record, Area):
        record = _one_area(before, record)
    told = bool(record.checked_by) or not before.checked_by
    if before.checked_on > record.checked_on or (before.checked_on == record.checked_on and not told):
        return replace(record, **{name: getattr(before, name) for name in _OURS})
    return record


def _one_area(before: Area, record: Area) -> Area:
    """An area as several lists name it: the newest list's name, the others beside it, so that lists do not take turns.

    Where lists do not say how new they are, the name that stood first stays.
    """
    newer = record if record.vintage > before.vintage else before
    names = (before.name, record.name, *before.other_names, *record.other_names)
    others = tuple(sorted({name for name in names if name and name != newer.name}))
    return replace(record, name=newer.name, other_names=others, vintage=newer.vintage)


def _filled(before: InDirectory, record: InDirectory) -> InDirectory:
    empty = defaults(type(record))
    left = {name for name, value in empty.items() if name != "removed" and getattr(record, name) == value}
    kept: dict[str, Any] = {name: getattr(before, name) for name in left}
    if before.extra and record.extra:
        kept["extra"] = {**before.extra, **record.extra}
    return replace(record, **kept)


# --- in words ---------------------------------------------------------------------------------------------------


@needs(Right.LOOK_UP)
def worker_names(desk: Desk) -> dict[str, str]:
    """Practitioner id → name, for who corrected what."""
    return dict(desk.vault.read.columns(Practitioner, "id", "name"))


def field_words(kind: str, field: str) -> str:
    """What a field is called."""
    if field == "removed":
        return "Taken out of the directory"
    if field in _OURS:
        return "Checked"
    for known, entered in FIELDS.items():
        if kind == known.KIND:
            label = next((item.label for item in entered if item.name == field), "")
            if label:
                return label
    return field.replace("_", " ")[:1].upper() + field.replace("_", " ")[1:]


def value_words(value: object) -> str:
    """A value in a line: lists by their names, nothing as *nothing*."""
    said = ", ".join(_parts(value)) if not isinstance(value, bool) else ("yes" if value else "no")
    said = " ".join(said.split())
    return f"{said[:_LONGEST]}…" if len(said) > _LONGEST else said or "nothing"


def _parts(value: object) -> Iterator[str]:
    if isinstance(value, list | tuple):
        for item in value:
            yield from _parts(item)
    elif isinstance(value, dict):
        named: list[Value] = [
            value[key] for key in ("name", "description", "identifier", "value") if value.get(key)
        ]
        if named:
            yield str(named[0])
        else:
            yield from (str(item) for key, item in value.items() if item and key not in ("id", "term"))
    elif value not in (None, ""):
        yield str(value)


def change_words(kind: str, change: FieldChange) -> str:
    """``Phone: here 01632 960118, the document says 01632 960119``."""
    here, says = change.words
    return f"{field_words(kind, change.field)}: here {here}; the document says {says}"


_WHAT = {
    What.NEW: "new",
    What.CHANGED: "changed",
    What.CORRECTED: "corrected here",
    What.TAKEN_OUT: "taken out here",
}


def difference_words(line: Line) -> Iterator[str]:
    """A line of the difference as lines of text: what it is about, its id, and each field."""
    by = f" ({line.by})" if line.by else ""
    yield f"{_WHAT[line.what]}{by}: {line.kind} {line.name or 'without a name'}  [{line.id}]"
    yield from (f"    {change_words(line.kind, change)}" for change in line.changes)


def line_json(line: Line) -> dict[str, Any]:
    """For ``--json``."""
    return {
        "id": line.id,
        "what": str(line.what),
        "kind": line.kind,
        "name": line.name,
        "taken": line.taken_by_itself,
        "corrected_by": line.by,
        "changes": [
            {"field": item.field, "stands": item.words[0], "says": item.words[1]} for item in line.changes
        ],
    }
