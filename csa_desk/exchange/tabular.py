"""Reads tables (CSV, XLSX, JSON lists): files and folders in, directory records and a report out.

Which column is which is guessed from the headings unless told. Nothing is written and nothing is fetched; the same
files give the same records. A broken file adds a refusal and nothing else.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from csa_desk.errors import InputError
from csa_desk.exchange import column_words, columns, oruk, table_kinds, tables, tabular_rows
from csa_desk.exchange.documents import Passed, UnfitError
from csa_desk.exchange.entry import Entry
from csa_desk.exchange.oruk_gathering import Raw, place_of
from csa_desk.exchange.oruk_reading import Reading
from csa_desk.exchange.plain_text import one_line
from csa_desk.exchange.report import ImportResult, Outcome, Report, ReportLine
from csa_desk.exchange.tables import Table, Watch
from csa_desk.exchange.tabular_areas import Areas
from csa_desk.exchange.tabular_joining import Joining
from csa_desk.exchange.tabular_rows import Item
from csa_desk.records.dates import Clock
from csa_desk.records.directory import InDirectory

ORIGIN = "table"
"""``origin`` of every record that came from a table."""

ALIKE = 8  # lines of one table that say the same become one line
_READING = 0.6
Remembered = Mapping[str, tuple[str, Mapping[str, str]]]
"""Shape of a table → what a row is, and heading → field, as a person settled them before."""


@dataclass(frozen=True, slots=True)
class Guess:
    """How one table would be read, to be shown and put right before it is.

    ``target``: what a row is, empty where that is not clear. ``why``: why not, or what to look at. ``columns``:
    heading → field, empty for a column that is only kept. ``examples``: heading → a few of its values.
    """

    table: str
    shape: str
    target: str
    why: str
    rows: int
    columns: Mapping[str, str]
    examples: Mapping[str, tuple[str, ...]]


class _Reading(Reading):
    """As for a feed, but what is said of ids is said once for a table."""

    def entry(self, raw: Raw, file: str, kind: str, record: str) -> Entry:
        found = Entry(raw, place_of(file, kind, raw), record, self.report)
        found.take("id")
        return found


def read_tables(
    paths: Sequence[Path],
    *,
    mapping: Mapping[str, str] | None = None,
    target: str = "",
    remembered: Remembered | None = None,
    progress: Callable[[float], None] | None = None,
    today: date | None = None,
) -> ImportResult:
    """All directory records in these tables, sorted by kind and id, and a line for each repair and refusal.

    ``mapping`` (heading → field) and ``target`` go before what is remembered, that before what is guessed.
    ``progress`` is told the share that is done; what it raises stops the import. InputError where no path is given, or
    for a target or field that does not exist.
    """
    if not paths:
        raise InputError("Name a file or a folder to import.")
    _check(mapping or {}, target)
    day = today or Clock().today()
    report = Report()
    watch = Watch(progress or _silent)
    items: list[Item] = []
    guesses: list[Guess] = []
    areas = Areas(report, day)
    for table in _tables(paths, report, watch):
        guess = _guess(table, mapping or {}, target, remembered or {})
        guesses.append(guess)
        if guess.why and guess.target:
            report.repaired(table.name, guess.why)
        if not guess.target:
            passed = guess.why == table_kinds.LIST_OF_TERMS
            (report.skipped if passed else report.refused)(table.name, guess.why)
        elif guess.target == "area":
            areas.table(table, guess.columns, ORIGIN)
        else:
            items += _items(table, guess, report, watch)
    areas.former(ORIGIN)
    _unused(guesses, report)
    joining = Joining(report, day, _Counted(watch).beat)
    reading = _Reading(joining.gathered, report, day)
    try:
        joining.join(items)
        oruk.make_records(reading, joining.gathered, lambda share: _later(watch, share))
    except UnfitError as why:
        raise InputError(str(why)) from None
    oruk.tell_dangling(reading)
    watch.share = 1.0
    watch.beat()
    records: dict[tuple[str, str], Any] = {
        key: replace(record, origin=ORIGIN) if isinstance(record, InDirectory) else record
        for key, record in reading.records.items()
    }
    records |= {(area.KIND, area.id): area for area in areas.records.values()}
    return ImportResult(tuple(records[key] for key in sorted(records)), _grouped(report.lines()))


def show_tables(
    paths: Sequence[Path],
    *,
    mapping: Mapping[str, str] | None = None,
    target: str = "",
    remembered: Remembered | None = None,
) -> tuple[list[Guess], tuple[ReportLine, ...]]:
    """How each table in these files would be read, with examples; and what is to be said of the files themselves."""
    if not paths:
        raise InputError("Name a file or a folder to import.")
    _check(mapping or {}, target)
    report = Report()
    found = [
        _guess(table, mapping or {}, target, remembered or {})
        for table in _tables(paths, report, Watch(_silent))
    ]
    return found, _grouped(report.lines())


def fields_of(target: str) -> tuple[str, ...]:
    """The fields that a column may be mapped to, for rows of this kind."""
    return tuple(sorted(column_words.FIELDS[target]))


def _silent(_share: float) -> None:
    """Nobody watches."""


def _later(watch: Watch, share: float) -> None:
    watch.share = _READING + (1 - _READING) * (share if share <= 1 else 1)
    watch.beat()


class _Counted:
    """Lets a watch be told at every hundredth step only."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._count = 0

    def beat(self) -> None:
        self._count += 1
        if self._count % 100 == 0:
            self._watch.beat()


def _check(mapping: Mapping[str, str], target: str) -> None:
    if target and target not in column_words.TARGETS:
        raise InputError(f"A row is one of {', '.join(column_words.TARGETS)}, not {target}.")
    known = (
        column_words.FIELDS[target]
        if target
        else frozenset(name for fields in column_words.FIELDS.values() for name in fields)
    )
    for heading, name in mapping.items():
        if name and name not in known:
            raise InputError(
                f"The column “{heading[:60]}” cannot be read as “{name[:60]}”: there is no such field."
            )


def _tables(paths: Sequence[Path], report: Report, watch: Watch) -> list[Table]:
    found: list[Table] = []
    sources = tables.find(paths)
    for place, source in enumerate(sources, start=1):
        if isinstance(source, Passed):
            (report.refused if source.broken else report.skipped)(source.name, source.why)
        else:
            own = Report()
            try:
                found += tables.read(source, own, watch)
            except UnfitError as why:
                report.refused(source.name, str(why))
            else:
                report.add(own)
        watch.share = _READING * place / len(sources)
        watch.beat()
    return found


def _guess(table: Table, mapping: Mapping[str, str], target: str, remembered: Remembered) -> Guess:
    shape = columns.shape(table.headings)
    kept_target, kept = remembered.get(shape, ("", {}))
    held = table_kinds.examples(table)
    kind, why = (target or kept_target, "") if target or kept_target else table_kinds.kind_of(table)
    if kind not in column_words.FIELDS:
        kind, why = "", why or table_kinds.UNCLEAR
    found = (
        columns.guess(table.headings, kind, held) if kind else dict.fromkeys(table.headings, columns.UNUSED)
    )
    for told in (kept, mapping):
        _override(found, told, kind)
    if kind in ("service", "agency") and "name" not in found.values():
        heading = _other_name(table, found) if kind == "service" else ""
        if heading:
            found[heading] = "name"
            why = (
                f"No column holds names of services. “{heading[:60]}” was taken for the name. Look whether the rows "
                "are services."
            )
        else:
            kind, why = "", "No column of this table holds a name. Say which does."
    elif kind == "area" and not {"code", "local_code"} & set(found.values()):
        kind, why = "", "No column of this table holds the published codes of areas. Say which does."
    return Guess(
        table.name,
        shape,
        kind,
        why,
        len(table.rows),
        found,
        {heading: tuple(one_line(text)[:80] for text in values[:3]) for heading, values in held.items()},
    )


def _other_name(table: Table, found: Mapping[str, str]) -> str:
    """A column that can stand in for the name of a service: its organisation or kind, if each row has its own."""
    for wanted in ("organization.name", "location.name", "category"):
        for heading in (head for head, name in found.items() if name == wanted):
            held = [row.cells.get(heading) for row in table.rows]
            if all(isinstance(value, str) for value in held) and len(set(map(str, held))) == len(held):
                return heading
    return ""


def _override(found: dict[str, str], told: Mapping[str, str], kind: str) -> None:
    """Put what a person said in place of what was guessed; a field they gave away is nobody else's."""
    said = {columns.split(heading): name for heading, name in told.items()}
    plain = {heading: columns.split(heading) for heading in found}
    given = {said[split] for split in plain.values() if split in said} - column_words.REPEATED
    for heading, split in plain.items():
        if split in said:
            name = said[split]
            found[heading] = name if name in column_words.FIELDS.get(kind, ()) else columns.UNUSED
        elif found[heading] in given:
            found[heading] = columns.UNUSED


def _items(table: Table, guess: Guess, report: Report, watch: Watch) -> list[Item]:
    found = []
    for count, row in enumerate(table.rows):
        if count % 500 == 0:
            watch.beat()
        found.append(tabular_rows.item(guess.target, f"{table.name}, row {row.number}", row, guess.columns))
    if found and guess.target in ("service", "agency", "location") and "id" not in guess.columns.values():
        report.repaired(
            table.name,
            "No column holds ids. Each row was given one made from its name and where it is, the same at every import.",
        )
    return found


def _unused(guesses: Sequence[Guess], report: Report) -> None:
    """Say which columns no field was found for: once for a table, once for many small files of one kind."""
    by: dict[str, list[Guess]] = {}
    for guess in guesses:
        if guess.rows and guess.target:
            by.setdefault(guess.target if guess.rows == 1 else guess.table, []).append(guess)
    for held in by.values():
        unused = list(
            dict.fromkeys(head for guess in held for head, name in guess.columns.items() if not name)
        )
        if not unused:
            continue
        shown = ", ".join(f"“{heading[:40]}”" for heading in unused[:12])
        more = f" and {len(unused) - 12} more" if len(unused) > 12 else ""
        also = f" So it is in {len(held)} files of one row each." if len(held) > 1 else ""
        report.repaired(
            held[0].table, f"No field was found for {shown}{more}. What stands there was kept as it is.{also}"
        )


_ROW = re.compile(r"(.*), row (\d+)(?::.*)?", re.DOTALL)


def _grouped(lines: Sequence[ReportLine]) -> tuple[ReportLine, ...]:
    """One line in place of many that say the same of the rows of one table, so that a person can read the report."""
    alike: dict[tuple[str, Outcome, str], list[tuple[int, ReportLine]]] = {}
    kept: list[ReportLine] = []
    for line in lines:
        found = _ROW.fullmatch(line.where)
        if found:
            alike.setdefault((found[1], line.kind, line.what), []).append((int(found[2]), line))
        else:
            kept.append(line)
    files: dict[tuple[Outcome, str], list[str]] = {}
    for (table, kind, what), held in alike.items():
        if len(held) == 1:
            files.setdefault((kind, what), []).append(table)
    for (kind, what), named in files.items():
        if len(named) >= ALIKE:
            first = min(named)
            kept.append(
                ReportLine(first, kind, f"{what} This was said of {len(named)} files; this is the first.")
            )
            for table in named:
                del alike[table, kind, what]
    for (table, kind, what), held in alike.items():
        if len(held) < ALIKE:
            kept += [line for _, line in held]
        else:
            numbers = sorted({number for number, _ in held})
            shown = ", ".join(map(str, numbers[:5])) + (" and so on" if len(numbers) > 5 else "")
            kept.append(ReportLine(table, kind, f"{what} This was said of {len(held)} rows: {shown}."))
    return tuple(sorted(kept))
