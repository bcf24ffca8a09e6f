"""Reads Open Referral feeds, UK 1.0 and 3.0 and HSDS 3.0 and 3.1: files and folders in, records and a report out.

Takes a service, organisation, location or service at a location alone, in a page or in an array, folders of such
files, and tables of flat rows. Which version it is shows in the properties, never in a name, so mixed folders are
read too. Nothing is written and nothing is fetched; the same files give the same records, whatever their order.
"""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from csa_desk.errors import InputError
from csa_desk.exchange import oruk_identity, oruk_own, oruk_places, oruk_services
from csa_desk.exchange.oruk_gathering import Found, Gathered, Merged, gather, merge, place_of
from csa_desk.exchange.oruk_reading import Reading
from csa_desk.exchange.report import ImportResult, Report
from csa_desk.records.dates import Clock
from csa_desk.records.directory import Agency, Location, Service
from csa_desk.records.fields import Record

Progress = Callable[[float], None]
"""Told the share that is done, from 0 to 1. What it raises stops the import; nothing needs to be undone."""

_READING = 0.5  # the share of the time that goes into reading files


def read_oruk(
    paths: Sequence[Path], *, progress: Progress | None = None, today: date | None = None
) -> ImportResult:
    """All directory records in these files and folders, sorted by kind and id, and a line for each repair and refusal.

    A broken file adds a refusal and nothing else; ``accepted`` is 0 where nothing could be taken. ``today`` is the
    last day on which something can have been checked. InputError where no path is given.
    """
    if not paths:
        raise InputError("Name a file or a folder to import.")
    tell: Progress = progress or _silent
    report = Report()
    gathered = gather(paths, report, lambda share: tell(share * _READING))
    reading = Reading(gathered, report, today or Clock().today())
    make_records(reading, gathered, tell)
    tell_dangling(reading)
    tell(1.0)
    return ImportResult(tuple(reading.records[key] for key in sorted(reading.records)), report.lines())


def _silent(_share: float) -> None:
    """Nobody watches."""


def make_records(reading: Reading, gathered: Gathered, tell: Progress) -> None:
    """Take everything that was gathered into the result; tables are read through here too."""
    total = len(gathered.services) + len(gathered.agencies) + len(gathered.locations) or 1
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if done % 50 == 0:
            tell(_READING + (1 - _READING) * done / total)

    for record in sorted(gathered.services):
        merged = merge(gathered.services[record], reading.today)
        if oruk_identity.name_of(merged.raw):
            oruk_services.service(reading, merged, record)
            _namesakes(reading, merged, "service", record)
        else:
            reading.report.refused(
                place_of(merged.file, "service", merged.raw), "This service has no name. Add one to the feed."
            )
        step()
    for record in sorted(gathered.agencies):
        copies = _wanted(reading, gathered.agencies[record])
        if copies:
            merged = merge(copies, reading.today)
            oruk_places.agency(reading, merged, record)
            _namesakes(reading, merged, "organisation", record)
        step()
    for record in sorted(gathered.locations):
        copies = _wanted(reading, gathered.locations[record])
        if copies:
            merged = merge(copies, reading.today)
            oruk_places.location(reading, merged, record)
            _namesakes(reading, merged, "location", record)
        step()
    oruk_own.terms(reading)


def _wanted(reading: Reading, copies: list[Found]) -> list[Found]:
    """The copies that came by themselves or with a service that was taken."""
    return [item for item in copies if not item.service or reading.holds(Service, item.service)]


def _namesakes(reading: Reading, merged: Merged, kind: str, record: str) -> None:
    """Refuse what has the id of another; a passing mention under another name is only noted."""
    name = oruk_identity.name_of(merged.raw)[:80]
    for other in merged.strangers:
        if other.service:
            called = oruk_identity.name_of(other.raw)[:80]
            where = place_of(merged.file, kind, merged.raw)
            reading.report.repaired(
                where, f"A service calls it “{called}”. The name “{name}” was kept.", record
            )
        else:
            reading.report.refused(
                place_of(other.file, kind, other.raw),
                f"Another {kind} has the same id. “{name}” in {merged.file} was taken, this one was left out. "
                "Ask the publisher which is right.",
            )


def tell_dangling(reading: Reading) -> None:
    """Say where a record points to one that these files do not hold. The link stays: the vault may hold it."""
    known = {kind: {id_ for name, id_ in reading.records if name == kind.KIND} for kind in (Agency, Location)}
    for record in reading.records.values():
        said: list[str] = []
        if isinstance(record, Service):
            if record.agency and record.agency not in known[Agency]:
                said.append("It names an organisation that these files do not hold.")
            if not known[Location].issuperset(record.locations):
                said.append("It names a location that these files do not hold.")
        elif isinstance(record, Agency) and record.parent and record.parent not in known[Agency]:
            said.append("It belongs to an organisation that these files do not hold.")
        for what in said:
            reading.report.repaired(_told(reading, record), f"{what} The link was kept.", record.id)


def _told(reading: Reading, record: Record) -> str:
    copies = reading.gathered.services if isinstance(record, Service) else reading.gathered.agencies
    merged = merge(copies[record.id], reading.today)
    return place_of(merged.file, "service" if isinstance(record, Service) else "organisation", merged.raw)
