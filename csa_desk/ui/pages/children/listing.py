"""A child as a row of the list."""

from datetime import date

from csa_desk.casework.caseload import Progress
from csa_desk.casework.children import ChildRow
from csa_desk.ui.pages.children.marking import matches
from csa_desk.ui.pages.today.days import DAYS, away, long_day
from csa_desk.ui.widgets.table import Cell, Column, Row

COLUMNS = (
    Column("Child"),
    Column("Age", 60, drop=4),
    Column("Stage", 158, drop=2),
    Column("Assessment", 156, drop=3),
    Column("Next", 180, drop=1),
    Column("Contact", 128),
)
NO_STAGE = "Not reported"


def row_of(child: ChildRow, typed: str, today: date, progress: Progress | None, *, closed: bool) -> Row:
    """One row; ``typed`` is what is being searched, ``progress`` is None until it was counted."""
    name = " ".join(child.name.split()) or child.code
    marks = matches(name, typed) if typed else []
    return Row(
        child.code,
        (
            Cell(name, _about(child, typed, found=bool(marks)), bold=True, marks=marks),
            Cell(str(child.age) if child.age is not None else ""),
            _stage(child, closed=closed),
            _assessment(progress),
            _next(child, today),
            Cell(chip=("Rule", "warn", "shield-warning"))
            if child.contact
            else Cell("None set", tone="muted"),
        ),
    )


def _about(child: ChildRow, typed: str, *, found: bool) -> str:
    """The code, and why the row is there where the name does not show it."""
    because = child.because
    if typed and not found and not because and child.called and matches(child.called, typed):
        because = f"Called {child.called}"
    if not typed and child.called and child.called != child.name.split(" ")[0]:
        because = f"called {child.called}"
    return f"{child.code}  ·  {because[:1].lower()}{because[1:]}" if because else child.code


def _stage(child: ChildRow, *, closed: bool) -> Cell:
    if closed:
        return Cell(chip=("Closed", "plain", ""))
    if not child.stage:
        return Cell()
    return Cell(chip=(child.stage, "plain" if child.stage == NO_STAGE else "info", ""))


def _assessment(progress: Progress | None) -> Cell:
    if progress is None:
        return Cell("…", tone="muted")
    known, check, total = progress.known, progress.to_check, progress.total
    return Cell(f"{known} of {total} known", progress=(known, check, total))


def _next(child: ChildRow, today: date) -> Cell:
    task = child.next_task
    if task is None:
        return Cell()
    if not task.due:
        return Cell("Any time", task.what)
    due = date.fromisoformat(task.due)
    days = (due - today).days
    if days == 0:
        return Cell("Today", task.what)
    if days < 0:
        return Cell(away(days).capitalize(), task.what, tone="warn")
    near = f"{DAYS[due.weekday()][:3]} {long_day(due).split(' ', 1)[1]}"
    return Cell(near, task.what)
