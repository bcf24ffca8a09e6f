"""What an import says about itself: each repair, each refusal, each thing passed over, in plain sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from csa_desk.records.fields import Record


class Outcome(StrEnum):
    """What happened to the thing a line of the report is about."""

    REPAIRED = "repaired"  # taken, but something in it was put right, or needs a look
    REFUSED = "refused"  # not taken: it is broken
    SKIPPED = "skipped"  # not taken: it is sound, but not what is imported here


@dataclass(frozen=True, slots=True, order=True)
class ReportLine:
    """One sentence about one file or record.

    ``where`` is the file and, for a record, its kind, name and the id it came with. ``record`` is the id of the
    record it became, empty where it became none.
    """

    where: str
    kind: Outcome
    what: str
    record: str = ""


class Report:
    """Collects lines while an import is read. The same sentence about the same thing is kept once."""

    def __init__(self) -> None:
        self._lines: dict[ReportLine, None] = {}

    def repaired(self, where: str, what: str, record: str = "") -> None:
        """Something was taken and put right."""
        self._lines[ReportLine(where, Outcome.REPAIRED, what, record)] = None

    def refused(self, where: str, what: str) -> None:
        """Something was not taken because it is broken."""
        self._lines[ReportLine(where, Outcome.REFUSED, what)] = None

    def skipped(self, where: str, what: str) -> None:
        """Something was not taken because it is nothing to import."""
        self._lines[ReportLine(where, Outcome.SKIPPED, what)] = None

    def add(self, other: "Report") -> None:
        """Take over all lines of another report."""
        self._lines.update(dict.fromkeys(other.lines()))

    def lines(self) -> tuple[ReportLine, ...]:
        """All lines, sorted by place, so that the order in which files were read does not show."""
        return tuple(sorted(self._lines))


@dataclass(frozen=True, slots=True)
class ImportResult:
    """Records read, ready to be compared with the vault, and the report. Nothing has been written anywhere."""

    records: tuple[Record, ...]
    report: tuple[ReportLine, ...]

    @property
    def accepted(self) -> int:
        """How many records were taken; 0 where every file or every record was refused or passed over."""
        return len(self.records)

    @property
    def counts(self) -> dict[str, int]:
        """Kind of record → how many were taken, in the order of kind."""
        return _tally(record.KIND for record in self.records)

    @property
    def repaired(self) -> int:
        """Lines about repairs."""
        return self._lines(Outcome.REPAIRED)

    @property
    def refused(self) -> int:
        """Lines about refusals."""
        return self._lines(Outcome.REFUSED)

    @property
    def skipped(self) -> int:
        """Lines about what was passed over."""
        return self._lines(Outcome.SKIPPED)

    def _lines(self, kind: Outcome) -> int:
        return sum(line.kind is kind for line in self.report)


def _tally(kinds: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for kind in kinds:
        found[kind] = found.get(kind, 0) + 1
    return dict(sorted(found.items()))
