"""The list of children as a practitioner works with it: whose they are, who waits, how far each assessment is."""

from dataclasses import dataclass

from csa_desk.casework.answers import Standing, view
from csa_desk.casework.casefile import load
from csa_desk.casework.children import ChildRow, by_name, rows_of
from csa_desk.casework.desk import Desk
from csa_desk.casework.rights import Right, needs
from csa_desk.records.cases import Case, Episode
from csa_desk.records.justice import TherapyDate
from csa_desk.records.plan import Plan

GROUPS = ("mine", "all", "waiting", "review", "closed")


@dataclass(frozen=True, slots=True)
class Caseload:
    """The cases of each group, by the child's name; ``closed`` holds the ids of closed ones."""

    mine: tuple[Case, ...]
    all: tuple[Case, ...]
    waiting: tuple[Case, ...]
    review: tuple[Case, ...]
    closed: tuple[Case, ...]

    def group(self, name: str) -> tuple[Case, ...]:
        """The cases of one of :data:`GROUPS`."""
        return {
            "mine": self.mine,
            "waiting": self.waiting,
            "review": self.review,
            "closed": self.closed,
        }.get(name, self.all)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one child's assessment is, in questions that apply now."""

    known: int
    to_check: int
    total: int


@needs(Right.OPEN_FILES)
def caseload(desk: Desk) -> Caseload:
    """Every case in its groups. Closed cases stand in ``all`` and ``closed`` only."""
    reading = desk.vault.read
    cases = by_name(desk, reading.find(Case))
    latest: dict[str, Episode] = {}
    for episode in reading.find(Episode):
        known = latest.get(episode.case)
        if known is None or not episode.closed or known.closed:
            latest[episode.case] = episode
    closed = {number for number, episode in latest.items() if episode.closed}
    steps: dict[str, set[str]] = {}
    for item in reading.find(TherapyDate):
        steps.setdefault(item.case, set()).add(item.step)
    waiting = {number for number, taken in steps.items() if "first-session" not in taken}
    reviews = {item.case: item.review_on for item in reading.find(Plan)}
    review = {number for number, day in reviews.items() if day and day <= desk.today}
    open_cases = [case for case in cases if case.id not in closed]
    return Caseload(
        mine=tuple(case for case in open_cases if case.owner == desk.vault.practitioner),
        all=tuple(cases),
        waiting=tuple(case for case in open_cases if case.id in waiting),
        review=tuple(case for case in open_cases if case.id in review),
        closed=tuple(case for case in cases if case.id in closed),
    )


@needs(Right.OPEN_FILES)
def page_of(desk: Desk, cases: tuple[Case, ...], start: int, length: int) -> list[ChildRow]:
    """One page of a group, ready to show."""
    return rows_of(desk, list(cases[start : start + length]))


@needs(Right.OPEN_FILES)
def progress(desk: Desk, case: Case) -> Progress:
    """How far the child's assessment is. Reads the file without opening it: counts only, so nothing is logged."""
    shown = view(desk, load(desk.vault.read, case))
    return Progress(shown.count(Standing.KNOWN), shown.count(Standing.TO_CHECK), shown.total)
