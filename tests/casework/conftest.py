"""A desk over a real encrypted vault, and invented children to open cases for."""

import copy
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from csa_desk.casework.casefile import CaseFile, open_file
from csa_desk.casework.desk import Desk
from csa_desk.casework.intake import add_child
from csa_desk.casework.shapes import CaseShape, parse_shape
from csa_desk.content.reading import Packs
from csa_desk.paths import resource
from csa_desk.records.dates import Clock
from csa_desk.records.kinds import KINDS
from csa_desk.store.check import check
from csa_desk.store.header import VaultKind
from csa_desk.store.keys import KdfLimits, KdfParameters
from csa_desk.store.opening import Opener

FULL = {
    "child": {"name": "Robin Fernhill", "preferred_name": "Rob", "birth_date": "2015-04", "pronoun": "he"},
    "nation": "england",
    "opened": "2026-09-01",
    "carers": [
        {
            "name": "Dana Fernhill",
            "relation": "mother",
            "lives_with": "yes",
            "parental_responsibility": "yes",
            "phone": "01632 960 201",
            "address": "4 Mill Row",
            "email": "dana@example.org",
        }
    ],
    "siblings": [{"name": "Wren Fernhill", "relation": "sister", "birth_date": "2019", "lives_with": "no"}],
    "referral": {
        "received": "2026-08-28",
        "from_name": "Kit Marlow",
        "from_agency": "Eastmere School",
        "why": "Asked for help",
        "offers": [{"what": "CH-ISVA", "on": "2026-08-29", "answer": "yes", "reason": ""}],
    },
    "safe_contact": {
        "since": "2026-09-01",
        "who": "Dana Fernhill",
        "number": "01632 960 201",
        "call": "yes",
        "voicemail": "no",
        "text_message": "not-known",
        "letter": "no",
        "unmarked_envelope": "yes",
        "email": "no",
        "times": "after six",
        "code_word": "lantern",
        "must_not_know": "Uncle Ash",
        "school_pick_up": "no",
        "told_by": "carer",
    },
    "protective_facts": [
        {
            "person": "Uncle Ash",
            "protects": "must-not-know",
            "source": "paper seen",
            "since": "2026-09-01",
            "until": "2027-09-01",
        }
    ],
    "home_safe": "in-person",
    "stages": [
        {"stage": "report", "since": "2026-08-20", "until": "2026-09-10"},
        {"stage": "investigation", "since": "2026-09-10"},
        {"stage": "trial", "since": "2027-05-04", "state": "planned"},
    ],
    "therapy": [
        {"step": "need-agreed", "on": "2026-09-05"},
        {"step": "offered", "on": "2026-09-25", "reason": "A wait of three weeks"},
    ],
    "team": [
        {
            "name": "Priya Nair",
            "role": "ch-isva",
            "agency": "Linden House",
            "outcome": "Rob is heard",
            "helps_with": ["health", "school"],
            "part": "leads",
            "coordinator": True,
            "since": "2026-09-01",
            "until": "",
        }
    ],
    "consents": [
        {
            "recipient": "Eastmere School",
            "categories": ["education", "needs-and-plan"],
            "by": "Dana Fernhill",
            "capacity": "parental responsibility",
            "how": "talked about it",
            "on": "2026-09-02",
            "until": "2027-03-01",
            "reason": "So that school can help",
        }
    ],
    "tasks": [{"what": "Ring Dana", "due": "2026-11-30", "contact": True}],
}


@pytest.fixture(scope="session")
def packs() -> Packs:
    """Our own content packs, read once."""
    return Packs(resource("content"))


@pytest.fixture
def open_desk(
    opener: Opener, make_vault: Callable[..., Path], passphrase: str, packs: Packs
) -> Iterator[Callable[..., Desk]]:
    """Make a vault of this name and open a desk over it; training unless ``live``."""
    with ExitStack() as stack:

        def make(name: str = "desk", *, live: bool = False) -> Desk:
            kind = VaultKind.LIVE if live else VaultKind.TRAINING
            folder = make_vault(name, kind=kind, sheet=False)
            return Desk(stack.enter_context(opener.open(folder, passphrase)), packs)

        yield make


class StandingClock(Clock):
    """A clock that stands still until a test moves it, and is put back for the next."""

    def __init__(self) -> None:
        self.put_back()

    def put_back(self) -> None:
        """To 24 November 2026."""
        self.moment_now = datetime(2026, 11, 24, 10, 42, 7, tzinfo=UTC)

    def now(self) -> datetime:
        """The moment it was set to."""
        return self.moment_now

    def set(self, year: int, month: int, day: int) -> None:
        """Put it to noon of a day."""
        self.moment_now = datetime(year, month, day, 12, tzinfo=UTC)

    def advance(self, **parts: int) -> None:
        """Move it on by days, hours, minutes …"""
        self.moment_now += timedelta(**parts)


@pytest.fixture(scope="module")
def module_clock() -> StandingClock:
    """The clock of the module's vault."""
    return StandingClock()


@pytest.fixture
def clock(module_clock: StandingClock) -> StandingClock:
    """24 November 2026, until a test moves it."""
    module_clock.put_back()
    return module_clock


@pytest.fixture(scope="module")
def module_desk(
    tmp_path_factory: pytest.TempPathFactory, module_clock: StandingClock, packs: Packs
) -> Iterator[Desk]:
    """A desk over one training vault for the tests of a module: each opens cases of its own."""
    cheap = KdfParameters(time=1, memory_kib=64, lanes=1)
    place = tmp_path_factory.mktemp("module")
    opener = Opener(place / "local", cheap, KdfLimits(floor=cheap), module_clock)
    opener.create(place / "desk.csadesk", "seven quiet otters paddle", kind=VaultKind.TRAINING, sheet=False)
    with opener.open(place / "desk.csadesk", "seven quiet otters paddle") as vault:
        yield Desk(vault, packs)


@pytest.fixture
def desk(request: pytest.FixtureRequest, clock: StandingClock) -> Desk:
    """A desk on 24 November 2026: over an empty training vault, or, in a module with ``ONE_VAULT``, over its own.

    A new vault costs a tenth of a second; a module whose tests each open cases of their own can share one.
    """
    assert clock.moment().startswith("2026-11-24")
    if getattr(request.module, "ONE_VAULT", False):
        shared: Desk = request.getfixturevalue("module_desk")
        return shared
    make: Callable[..., Desk] = request.getfixturevalue("open_desk")
    return make()


@pytest.fixture
def full() -> dict[str, Any]:
    """Everything ``case add`` knows, for one invented child."""
    return copy.deepcopy(FULL)


@pytest.fixture
def shaped() -> Callable[[dict[str, Any]], CaseShape]:
    """A case file as ``case add`` reads it."""

    def shape(said: dict[str, Any]) -> CaseShape:
        return parse_shape(json.dumps(said).encode(), CaseShape)

    return shape


@pytest.fixture
def add(desk: Desk, shaped: Callable[[dict[str, Any]], CaseShape]) -> Callable[..., CaseFile]:
    """Open a case and its file; without more said, for a child of whom nothing but the name is known."""

    def make(name: str = "Robin Fernhill", at: Desk | None = None, **more: Any) -> CaseFile:
        who = at or desk
        case = add_child(who, shaped({"child": {"name": name}, **more}))
        return open_file(who, case.code)

    return make


@pytest.fixture
def reread() -> Callable[[Desk, CaseFile], CaseFile]:
    """The file as it stands in the vault now."""
    return lambda desk, file: open_file(desk, file.code, log="")


@pytest.fixture
def census() -> Callable[[Desk], dict[str, int]]:
    """How many records of each kind, how many revisions, and how many faults ``vault check`` finds."""

    def count(desk: Desk) -> dict[str, int]:
        report = check(desk.vault)
        found = {name: desk.vault.read.count(kind) for name, kind in KINDS.items()}
        return {**found, "revisions": report.revisions, "faults": len(report.findings)}

    return count
