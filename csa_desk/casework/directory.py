"""The local directory: listing, finding, one entry with what it belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from csa_desk.casework.desk import Desk
from csa_desk.casework.directory_freshness import freshness
from csa_desk.casework.rights import Right, needs
from csa_desk.content.models import say
from csa_desk.records.directory import Agency, Contact, Location, Service


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


@needs(Right.LOOK_UP)
def entries(desk: Desk, limit: int = 200) -> list[Entry]:
    """Services by name."""
    named = sorted(
        desk.vault.read.columns(Service, "id", "name"), key=lambda row: (row[1].casefold(), row[0])
    )
    held = desk.vault.read.by_ids(Service, [number for number, _ in named[:limit]])
    return _with_agencies(desk, [held[number] for number, _ in named[:limit] if number in held])


def _with_agencies(desk: Desk, services: list[Service]) -> list[Entry]:
    agencies = desk.vault.read.by_ids(Agency, list({item.agency for item in services if item.agency}))
    return [
        Entry("service", item, agencies[item.agency].name if item.agency in agencies else "")
        for item in services
    ]


@needs(Right.LOOK_UP)
def find(desk: Desk, words: str, limit: int = 50, among: Sequence[str] | None = None) -> list[Entry]:
    """Services and agencies that fit the words, best first; ``among``: only the entries of these ids."""
    hits = desk.vault.finder.find(words, ("service", "agency"), limit, among)
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


@needs(Right.LOOK_UP)
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


@needs(Right.LOOK_UP)
def need_titles(desk: Desk, record: Service) -> list[str]:
    """The needs a service says it meets, in words."""
    titles = {item.id: say(item.short) for item in desk.packs.needs.need}
    return [titles.get(need, need) for need in record.needs]
