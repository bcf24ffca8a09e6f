"""Taking published documents into the directory: the same steps for the window and for the command line.

The documents are read and judged whole before anything is written, so a broken file changes nothing; reading touches
no vault and may run on any thread. Each step is a transaction of its own. The window takes a few records a step, so
that it never stands still: stopping leaves what was taken so far, whole and in order, and the same documents can be
taken in again to go on. The command line takes everything in one step: all of it or, on a fault, nothing.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from csa_desk.casework.column_mappings import remembered_mappings
from csa_desk.casework.comparing import (
    IMPORTED,
    Compared,
    Line,
    What,
    compare,
    line_json,
    worker_names,
)
from csa_desk.casework.desk import Desk
from csa_desk.casework.rights import Right, needs
from csa_desk.errors import InputError
from csa_desk.exchange.report import ImportResult
from csa_desk.store.writing import Writing

__all__ = ["FORMATS", "BringingIn", "Brought", "ImportResult", "bring_in", "read_documents"]

A_FEW = 40
_FEW = 50
_BEGINNING = 4096
# What stands near the beginning of a feed and in no list of rows.
_OF_A_FEED = (b'"organization"', b'"service_at_locations"', b'"contents"', b'"content"', b'"attributes"')
FEEDS = ("oruk", "hsds")
TABLES = ("csv", "xlsx")
FORMATS = (*FEEDS, *TABLES)
"""Documents that can be taken in: Open Referral feeds, and tables (a JSON list of objects is one too)."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import did: counts, and a line for each repair and refusal.

    ``left``: records of which nothing was taken, because it was corrected here or not accepted. ``difference``: of a
    dry run every line; afterwards those that nobody takes without saying so.
    """

    new: int
    changed: int
    same: int
    lines: tuple[tuple[str, str, str], ...]
    left: int = 0
    difference: tuple[Line, ...] = field(default=(), compare=False)

    @property
    def accepted(self) -> int:
        """How many records of the import stand in the directory now."""
        return self.new + self.changed + self.same + self.left

    def as_json(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "new": self.new,
            "changed": self.changed,
            "same": self.same,
            "left": self.left,
            "difference": [line_json(line) for line in self.difference],
            "report": [{"kind": kind, "where": where, "what": what} for kind, where, what in self.lines],
        }


def kind_of(path: Path) -> str:
    """What documents seem to be, by their names and their first lines: one of ``FORMATS``. Reads no file whole."""
    files = [path] if path.is_file() else sorted(item for item in path.rglob("*") if item.is_file())[:_FEW]
    endings = {item.suffix.lower() for item in files}
    if endings & {".xlsx", ".xlsm"}:
        return "xlsx"
    if endings & {".csv", ".tsv", ".txt"} and ".json" not in endings:
        return "csv"
    for item in files:
        if item.suffix.lower() == ".json":
            try:
                with item.open("rb") as handle:
                    begins = handle.read(_BEGINNING)
            except OSError:
                continue
            found = begins.lstrip(b"\xef\xbb\xbf \t\r\n")
            if found.startswith(b"[") and not any(mark in begins for mark in _OF_A_FEED):
                return "csv"
    return "oruk"


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
def bring_in(
    desk: Desk,
    paths: Sequence[Path],
    form: str = "oruk",
    *,
    dry_run: bool = False,
    accepted: Collection[str] | None = None,
    also: Collection[str] = (),
) -> Brought:
    """Import documents in one step: all that is right or, on a fault, nothing. Tables are read as was remembered.

    ``accepted``: ids of the lines of the difference to take; without it all but what was corrected here. ``also``:
    ids of corrected lines to take beside those. ``dry_run`` says what would happen and changes nothing.
    Raises :class:`InputError`, :class:`VaultError`.
    """
    remembered = remembered_mappings(desk) if form in TABLES else None
    work = BringingIn(desk, read_documents(paths, form, remembered=remembered))
    work.compare(work.total)
    if also:
        unknown = set(also) - {line.id for line in work.lines}
        if unknown:
            raise InputError(f"The difference has no line “{min(unknown)}”. Nothing was changed.")
        accepted = {line.id for line in work.lines if line.taken_by_itself} | set(also)
    if dry_run:
        return work.foreseen()
    work.accepted = accepted
    work.step(work.total)
    return work.brought()


class BringingIn:
    """One import on its way into the vault: compared first, then taken in by what was accepted."""

    def __init__(self, desk: Desk, read: ImportResult) -> None:
        self._desk = desk
        self._records = read.records
        self._said = tuple((str(item.kind), item.where, item.what) for item in read.report)
        self._names = worker_names(desk)
        self._counts = dict.fromkeys(("new", "changed", "same", "left"), 0)
        self.lines: list[Line] = []
        self.same = 0
        self.compared = 0
        self.done = 0
        self.accepted: Collection[str] | None = None

    @property
    def total(self) -> int:
        """How many records there are to compare, and to take in."""
        return len(self._records)

    def compare(self, at_once: int = A_FEW) -> bool:
        """Hold the next records against the directory, which fills ``lines``; False once all are. Writes nothing."""
        chunk = self._records[self.compared : self.compared + at_once]
        for found in compare(self._desk.vault.read, chunk, self._names):
            self.lines += found.lines
            self.same += not found.lines
        self.compared += len(chunk)
        return self.compared < self.total

    def step(self, at_once: int = A_FEW) -> bool:
        """Take in the next records; False once all are in. Raises :class:`VaultError`; that step is undone.

        Each is compared anew, inside the transaction: what somebody changed since is not overwritten.
        """
        counts = dict(self._counts)
        chunk = self._records[self.done : self.done + at_once]
        if chunk:
            with self._desk.vault.write() as writing:
                for found in compare(writing, chunk, self._names):
                    counts[self._take(writing, found)] += 1
        self._counts = counts
        self.done += len(chunk)
        return self.done < self.total

    def _take(self, writing: Writing, found: Compared) -> str:
        record = found.taken(self.accepted)
        if record is None:
            return "left" if found.lines else "same"
        writing.put(record, IMPORTED)
        return "new" if found.before is None else "changed"

    def foreseen(self) -> Brought:
        """What would be done, were everything taken in now that is taken by itself. Writes nothing."""
        ids = {line.id.partition(":")[0] for line in self.lines}
        new = sum(line.what == What.NEW for line in self.lines)
        changed = sum(line.what == What.CHANGED for line in self.lines)
        left = len(ids) - new - changed
        return Brought(new, changed, self.same, self._said, left, tuple(self.lines))

    def brought(self) -> Brought:
        """What was done so far, with a line for each repair and refusal."""
        counts = self._counts
        lines = tuple(line for line in self.lines if not line.taken_by_itself)
        return Brought(counts["new"], counts["changed"], counts["same"], self._said, counts["left"], lines)
