"""Taking documents into the directory a few records at a time, so that a window can show how far it is.

Reading the documents touches no vault and may run on any thread. Each step is a transaction of its own: stopping
leaves what was taken so far, whole and in order, and the same documents can be taken in again to go on.
"""

from collections.abc import Sequence
from pathlib import Path

from csa_desk.casework.desk import Desk
from csa_desk.casework.directory import Brought, merged
from csa_desk.exchange.report import ImportResult
from csa_desk.records.fields import Record
from csa_desk.store.writing import Writing

__all__ = ["BringingIn", "ImportResult", "read_documents"]

AT_ONCE = 40


def read_documents(paths: Sequence[Path]) -> ImportResult:
    """What is in Open Referral UK documents or folders of them. Writes nothing. Raises :class:`InputError`."""
    from csa_desk.exchange.oruk import read_oruk

    return read_oruk(paths)


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

    def step(self) -> bool:
        """Take in the next few records; False once all are in. Raises :class:`VaultError`; that step is undone."""
        counts = dict(self._counts)
        chunk = self._records[self.done : self.done + AT_ONCE]
        if chunk:
            with self._desk.vault.write() as writing:
                for record in chunk:
                    counts[self._take(writing, record)] += 1
        self._counts = counts
        self.done += len(chunk)
        return self.done < self.total

    @staticmethod
    def _take(writing: Writing, record: Record) -> str:
        before = writing.get(type(record), record.id)
        if before is None:
            writing.put(record, "imported")
            return "new"
        return "changed" if writing.put(merged(before, record), "imported") else "same"

    def brought(self) -> Brought:
        """What was done so far, with a line for each repair and refusal."""
        return Brought(lines=self._lines, **self._counts)
