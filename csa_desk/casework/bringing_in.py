"""Taking published documents into the directory: the same steps for the window and for the command line.

The documents are read and judged whole before anything is written, so a broken file changes nothing; reading touches
no vault and may run on any thread. Each step is a transaction of its own. The window takes a few records a step, so
that it never stands still: stopping leaves what was taken so far, whole and in order, and the same documents can be
taken in again to go on. The command line takes everything in one step: all of it or, on a fault, nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from csa_desk.casework.column_mappings import remembered_mappings
from csa_desk.casework.desk import Desk
from csa_desk.casework.rights import Right, needs
from csa_desk.errors import InputError
from csa_desk.exchange.report import ImportResult
from csa_desk.records.directory import InDirectory, Location, Service
from csa_desk.records.fields import Merge, Record, defaults, rules
from csa_desk.store.writing import Writing

__all__ = ["FORMATS", "BringingIn", "Brought", "ImportResult", "bring_in", "merged", "read_documents"]

A_FEW = 40
FEEDS = ("oruk", "hsds")
TABLES = ("csv", "xlsx")
FORMATS = (*FEEDS, *TABLES)
"""Documents that can be taken in: Open Referral feeds, and tables (a JSON list of objects is one too)."""
# What ``origin`` says of a record that came from a table: it knows only the columns it has.
_FROM_TABLE = "table"
# Where a person's own check of an entry stands; an import never takes it away.
_OURS = ("checked_on", "checked_by", "checked_how")


class _Places(Protocol):
    def by_ids(self, kind: type[Location], ids: list[str]) -> dict[str, Location]: ...


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


def read_documents(
    paths: Sequence[Path],
    form: str = "oruk",
    *,
    remembered: Mapping[str, tuple[str, Mapping[str, str]]] | None = None,
    progress: Callable[[float], None] | None = None,
) -> ImportResult:
    """What is in documents of this form (one of ``FORMATS``) or in folders of them. Writes nothing.

    ``remembered``: how tables are read, see :func:`csa_desk.casework.column_mappings.remembered_mappings`.
    Raises :class:`InputError`.
    """
    if form in TABLES:
        from csa_desk.exchange.tabular import read_tables

        return read_tables(paths, remembered=remembered, progress=progress)
    if form not in FEEDS:
        raise InputError(f"Documents are one of {', '.join(FORMATS)}.")
    from csa_desk.exchange.oruk import read_oruk

    return read_oruk(paths, progress=progress)


@needs(Right.LOAD_DIRECTORY)
def bring_in(desk: Desk, paths: Sequence[Path], form: str = "oruk", *, dry_run: bool = False) -> Brought:
    """Import documents in one step: all that is right or, on a fault, nothing. Tables are read as was remembered.

    ``dry_run`` says what would happen and changes nothing. Raises :class:`InputError`, :class:`VaultError`.
    """
    remembered = remembered_mappings(desk) if form in TABLES else None
    work = BringingIn(desk, read_documents(paths, form, remembered=remembered))
    if dry_run:
        return work.foreseen()
    work.step(work.total)
    return work.brought()


class BringingIn:
    """One import on its way into the vault."""

    def __init__(self, desk: Desk, read: ImportResult) -> None:
        self._desk = desk
        self._records = read.records
        self._lines = tuple((str(item.kind), item.where, item.what) for item in read.report)
        self._counts = {"new": 0, "changed": 0, "same": 0}
        self.done = 0

    @property
    def total(self) -> int:
        """How many records there are to take in."""
        return len(self._records)

    def step(self, at_once: int = A_FEW) -> bool:
        """Take in the next records; False once all are in. Raises :class:`VaultError`; that step is undone."""
        counts = dict(self._counts)
        chunk = self._records[self.done : self.done + at_once]
        if chunk:
            with self._desk.vault.write() as writing:
                for record in chunk:
                    counts[_take(writing, record)] += 1
        self._counts = counts
        self.done += len(chunk)
        return self.done < self.total

    def foreseen(self) -> Brought:
        """What would be done, were everything taken in now. Writes nothing."""
        counts = dict.fromkeys(self._counts, 0)
        for record in self._records:
            before = self._desk.vault.read.get(type(record), record.id)
            reading = self._desk.vault.read
            same = before is not None and merged(before, _with_hidden(reading, before, record)) == before
            counts["new" if before is None else "same" if same else "changed"] += 1
        return Brought(lines=self._lines, **counts)

    def brought(self) -> Brought:
        """What was done so far, with a line for each repair and refusal."""
        return Brought(lines=self._lines, **self._counts)


def _take(writing: Writing, record: Record) -> str:
    before = writing.get(type(record), record.id)
    if before is None:
        writing.put(record, "imported")
        return "new"
    found = merged(before, _with_hidden(writing, before, record))
    return "changed" if writing.put(found, "imported") else "same"


def _with_hidden(reading: _Places, before: Record, record: Record) -> Record:
    """The published service, still at its places whose address is withheld: no publication names those."""
    if not isinstance(before, Service) or not isinstance(record, Service):
        return record
    left = [place for place in before.locations if place not in record.locations]
    held = reading.by_ids(Location, left) if left else {}
    hidden = {place for place, found in held.items() if found.withheld}
    return replace(record, locations=tuple(sorted({*record.locations, *hidden}))) if hidden else record


def merged(before: Record, record: Record) -> Record:
    """The published record, with what people here made sure of themselves kept where it is newer.

    What is set once stays as it was set, whatever a document says. A table says nothing of what it has no column for,
    so what it leaves empty stays as it was.
    """
    if not isinstance(before, InDirectory) or not isinstance(record, InDirectory):
        return record
    settled = {name for name, rule in rules(type(record)).items() if rule.merge is Merge.FIXED}
    record = replace(record, **{name: getattr(before, name) for name in settled})
    if record.origin == _FROM_TABLE:
        record = _filled(before, record)
    told = bool(record.checked_by) or not before.checked_by
    if before.checked_on > record.checked_on or (before.checked_on == record.checked_on and not told):
        return replace(record, **{name: getattr(before, name) for name in _OURS})
    return record


def _filled(before: InDirectory, record: InDirectory) -> InDirectory:
    empty = defaults(type(record))
    left = {name for name, value in empty.items() if name != "removed" and getattr(record, name) == value}
    kept = {name: getattr(before, name) for name in left}
    if before.extra and record.extra:
        kept["extra"] = {**before.extra, **record.extra}
    return replace(record, **kept)
