"""The local directory: taking in published documents, listing, finding, one entry with what it belongs to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from csa_desk.casework.desk import Desk
from csa_desk.content.models import say
from csa_desk.records.directory import Agency, Contact, InDirectory, Location, Service
from csa_desk.records.fields import Record

# Where a person's own check of an entry stands; an import never takes it away.
_OURS = ("checked_on", "checked_by", "checked_how")


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import did: counts, and a line for each repair and refusal."""

    new: int
    changed: int
    same: int
    lines: tuple[tuple[str, str, str], ...]

    @property
    def accepted(self) -> int:
        """How many records of the import stand in the directory now."""
        return self.new + self.changed + self.same

    def as_json(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "new": self.new,
            "changed": self.changed,
            "same": self.same,
            "report": [{"kind": kind, "where": where, "what": what} for kind, where, what in self.lines],
        }


def bring_in(
    desk: Desk,
    paths: Sequence[Path],
    *,
    dry_run: bool = False,
    progress: Callable[[int, int], bool] | None = None,
) -> Brought:
    """Import Open Referral UK documents: one transaction, all that is right or, on a fault of ours, nothing.

    ``progress(done, total)`` may answer False to cancel; then nothing was changed.
    """
    from csa_desk.exchange.oruk import read_oruk

    result = read_oruk(paths)
    lines = tuple((item.kind, item.where, item.what) for item in result.report)
    if dry_run:
        new, changed, same = _count(desk, result.records)
        return Brought(new, changed, same, lines)
    new = changed = same = 0
    with desk.vault.write() as writing:
        total = len(result.records)
        for number, record in enumerate(result.records):
            if progress is not None and number % 50 == 0 and not progress(number, total):
                raise Cancelled
            before = writing.get(type(record), record.id)
            if before is None:
                writing.put(record, "imported")
                new += 1
            elif writing.put(merged(before, record), "imported"):
                changed += 1
            else:
                same += 1
    return Brought(new, changed, same, lines)


class Cancelled(Exception):  # noqa: N818 - not a fault: the user changed their mind
    """The user cancelled; nothing was changed."""


def _count(desk: Desk, records: Sequence[Record]) -> tuple[int, int, int]:
    new = changed = same = 0
    for record in records:
        before = desk.vault.read.get(type(record), record.id)
        if before is None:
            new += 1
        elif merged(before, record) == before:
            same += 1
        else:
            changed += 1
    return new, changed, same


def merged(before: Record, record: Record) -> Record:
    """The published record, with what people here made sure of themselves kept where it is newer."""
    if not isinstance(before, InDirectory) or not isinstance(record, InDirectory):
        return record
    if before.checked_on > record.checked_on:
        return replace(record, **{name: getattr(before, name) for name in _OURS})
    return record


@dataclass(frozen=True, slots=True)
class Entry:
    """A service or agency as found, with the agency it belongs to."""

    kind: str
    record: Service | Agency
    agency: str
    forgiven: bool = False

    @property
    def name(self) -> str:
        """Its name."""
        return self.record.name


def entries(desk: Desk, limit: int = 200) -> list[Entry]:
    """Services by name."""
    services = sorted(desk.vault.read.find(Service), key=lambda item: item.name.casefold())[:limit]
    return _with_agencies(desk, services)


def _with_agencies(desk: Desk, services: list[Service]) -> list[Entry]:
    agencies = desk.vault.read.by_ids(Agency, list({item.agency for item in services if item.agency}))
    return [
        Entry("service", item, agencies[item.agency].name if item.agency in agencies else "")
        for item in services
    ]


def find(desk: Desk, words: str, limit: int = 50) -> list[Entry]:
    """Services and agencies that fit the words, best first."""
    hits = desk.vault.finder.find(words, ("service", "agency"), limit)
    reading = desk.vault.read
    services = reading.by_ids(Service, [item.record for item in hits if item.kind == "service"])
    agencies = reading.by_ids(Agency, [item.record for item in hits if item.kind == "agency"])
    names = {item.record.id: item.agency for item in _with_agencies(desk, list(services.values()))}
    found: list[Entry] = []
    for hit in hits:
        if hit.kind == "service" and hit.record in services:
            found.append(Entry("service", services[hit.record], names.get(hit.record, ""), hit.forgiven))
        elif hit.kind == "agency" and hit.record in agencies:
            found.append(Entry("agency", agencies[hit.record], "", hit.forgiven))
    return found


@dataclass(frozen=True, slots=True)
class Detail:
    """An entry with its places and contacts. A withheld address is not in it."""

    entry: Entry
    locations: tuple[Location, ...]
    contacts: tuple[Contact, ...]
    freshness: str


def detail(desk: Desk, entry: Entry) -> Detail:
    """Everything about an entry that may be shown."""
    reading = desk.vault.read
    record = entry.record
    places: list[Location] = []
    contacts: list[Contact] = []
    if isinstance(record, Service):
        places = list(reading.by_ids(Location, list(record.locations)).values())
        contacts = reading.find(Contact, service=record.id)
    else:
        contacts = [item for item in reading.find(Contact, agency=record.id) if not item.service]
    shown = tuple(_hidden(item) if item.withheld else item for item in places)
    contacts.sort(key=lambda item: not item.role_mailbox)
    return Detail(entry, shown, tuple(contacts), freshness(desk, record.checked_on))


def _hidden(place: Location) -> Location:
    return Location(
        id=place.id, name=place.name, withheld=True, checked_on=place.checked_on, address="Address withheld"
    )


def freshness(desk: Desk, checked_on: str) -> str:
    """``fresh``, ``ageing`` or ``unproven``, by the figures of the settings pack."""
    age = desk.days_since(checked_on) if checked_on else None
    if age is None or age > desk.days("directory-unproven"):
        return "unproven"
    return "ageing" if age > desk.days("directory-ageing") else "fresh"


def as_json(entry: Entry) -> dict[str, Any]:
    """One entry for ``--json``."""
    record = entry.record
    found: dict[str, Any] = {"kind": entry.kind, "id": record.id, "name": record.name}
    if isinstance(record, Service):
        found.update(
            {
                "agency": entry.agency,
                "status": record.status,
                "minimum_age": record.minimum_age,
                "maximum_age": record.maximum_age,
                "checked_on": record.checked_on,
            }
        )
    return found


def need_titles(desk: Desk, record: Service) -> list[str]:
    """The needs a service says it meets, in words."""
    titles = {item.id: say(item.short) for item in desk.packs.needs.need}
    return [titles.get(need, need) for need in record.needs]
