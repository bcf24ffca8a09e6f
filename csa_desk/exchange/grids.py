"""A grid of cells made a table: where the headings stand among title lines, and what becomes of odd rows."""

import re
from collections import Counter
from collections.abc import Iterable

from csa_desk.exchange.columns import knows
from csa_desk.exchange.documents import UnfitError
from csa_desk.exchange.entry import is_empty
from csa_desk.exchange.plain_text import one_line
from csa_desk.exchange.report import Report
from csa_desk.exchange.tables import Cells, Row, Table, Watch, check_size

LOOKED_AT = 30  # rows in which the headings may stand
LONGEST_HEADING = 200
SPREADSHEET_ERRORS = frozenset(("#n/a", "#ref!", "#value!", "#name?", "#div/0!", "#null!", "#num!"))
# Words that publishers write where they have nothing to say.
NOTHING = frozenset(("n/a", "null", "nan", "-", "--", "–", "—", "[redacted]", "(blank)", *SPREADSHEET_ERRORS))
BEYOND = "beyond the headings"

_DATA = re.compile(
    r"[-+£$]?[\d., :/()+-]+%?|.*@.*\..*|https?://.*|www\..*|[0-9a-f]{8}-[0-9a-f-]{27}|[A-Z]\d{8}|true|false",
    re.IGNORECASE | re.DOTALL,
)


def table(name: str, lines: Iterable[list[str]], report: Report, watch: Watch) -> Table:
    """The table in these lines of cells; UnfitError where there are no headings or it is too large."""
    held: list[tuple[int, list[str]]] = []
    cells = 0
    for number, line in enumerate(lines, start=1):
        if number % 200 == 0:
            watch.beat()
        while line and not line[-1].strip():
            line.pop()
        if line:
            cells += len(line)
            held.append((number, line))
        check_size(len(held), len(line), cells)
    place = _headings(held)
    headings = _named(held[place][1], held[place + 1 :])
    if place:
        report.skipped(name, f"{_lines(place)} passed over.")
    rows = _rows(name, headings, held[place][1], held[place + 1 :], report, watch)
    if not rows:
        report.skipped(name, "This table has headings and no rows.")
    return Table(name, tuple(heading for heading in headings if heading), tuple(rows))


def _lines(count: int) -> str:
    return "The line above the headings was" if count == 1 else f"The {count} lines above the headings were"


def _headings(held: list[tuple[int, list[str]]]) -> int:
    """The place of the row of headings: the first wide enough row with headings that are known, else just words."""
    if not held:
        raise UnfitError("This table is empty.")
    widths = Counter(sum(bool(cell.strip()) for cell in line) for _, line in held[: 10 * LOOKED_AT])
    usual = max(width for width, count in widths.items() if count == max(widths.values()))
    fits = [
        place
        for place, (_, line) in enumerate(held[:LOOKED_AT])
        if _wide(line, usual)
        and not any(_DATA.fullmatch(cell.strip()[:LONGEST_HEADING]) for cell in line if cell.strip())
    ]
    best = max(fits, key=lambda place: (_known(held[place][1]), -place), default=-1)
    if best < 0 or (not _known(held[best][1]) and best != fits[0]):
        raise UnfitError(
            "No row of headings was found. Put one above the rows: what stands in each column, in words."
        )
    return best


def _wide(line: list[str], usual: int) -> bool:
    filled = sum(bool(cell.strip()) for cell in line)
    return filled >= max(1 if usual < 2 else 2, usual // 2)


def _known(line: list[str]) -> int:
    return sum(knows(cell) for cell in line if len(cell) <= LONGEST_HEADING)


def _named(line: list[str], below: list[tuple[int, list[str]]]) -> list[str]:
    """A heading for each column, no two alike; one without gets its letter, or nothing where nothing stands below."""
    found: list[str] = []
    seen: Counter[str] = Counter()
    for place in range(len(line)):
        heading = one_line(line[place])[:LONGEST_HEADING]
        if not heading and any(len(row) > place and row[place].strip() for _, row in below):
            heading = f"column {_letters(place)}"
        if heading:
            seen[heading.casefold()] += 1
            if seen[heading.casefold()] > 1:
                heading = f"{heading} ({seen[heading.casefold()]})"
                seen[heading.casefold()] += 1
        found.append(heading)
    return found


def _letters(place: int) -> str:
    return (chr(64 + place // 26) if place >= 26 else "") + chr(65 + place % 26)


def _rows(
    name: str,
    headings: list[str],
    written: list[str],
    below: list[tuple[int, list[str]]],
    report: Report,
    watch: Watch,
) -> list[Row]:
    found: list[Row] = []
    for count, (number, line) in enumerate(below):
        if count % 500 == 0:
            watch.beat()
        where = f"{name}, row {number}"
        if line == written:
            report.skipped(where, "This row repeats the headings.")
            continue
        cells: Cells = {}
        for heading, cell in zip(headings, line, strict=False):
            if cell.strip().lower() in SPREADSHEET_ERRORS:
                report.repaired(where, f"Under “{heading}” stands {cell.strip()}. It was left empty.")
            elif heading and not nothing(cell):
                cells[heading] = cell
        beyond = [cell for cell in line[len(headings) :] if not nothing(cell)]
        if beyond:
            cells[BEYOND] = beyond
            report.repaired(
                where, "This row has more cells than there are headings. Look whether it slipped."
            )
        if cells:
            found.append(Row(number, cells))
    return found


def nothing(value: object) -> bool:
    """Whether a cell says nothing: it is empty, or holds what publishers write for that."""
    return is_empty(value) or (isinstance(value, str) and value.strip().lower() in NOTHING)
