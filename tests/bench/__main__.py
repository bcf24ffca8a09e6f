"""``make bench``: build a vault of 1,000 invented cases once a run, then measure. Exit 1 where a budget is missed."""

import itertools
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from csa_desk.casework.answers import view
from csa_desk.casework.assessing import Said, answer
from csa_desk.casework.casefile import open_file
from csa_desk.casework.children import find_children
from csa_desk.casework.copies import prepare_plan
from csa_desk.casework.desk import Desk
from csa_desk.casework.directory import find as find_service
from csa_desk.casework.intake import add_child
from csa_desk.casework.planning import add_goal
from csa_desk.casework.shapes import ActionShape, CarerShape, CaseShape, ChildShape, GoalShape, StageShape
from csa_desk.content.reading import Packs
from csa_desk.paths import resource
from csa_desk.records.directory import Agency, Service
from csa_desk.records.ids import same_id
from csa_desk.store.header import VaultKind
from csa_desk.store.keys import derive_root
from csa_desk.store.opening import Opener
from tests.bench import directory, floors
from tests.bench.measuring import middle, pair, seconds

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
CASES = int(os.environ.get("BENCH_CASES", "1000"))
SERVICES = 2000
PASSPHRASE = "seven quiet otters paddle"
FIRST = "Bronwen Carys Dewi Elin Fflur Gwen Huw Ioan Jac Kasia Lowri Mali Nia Owain Pawel Rhys Sioned Tomos".split()
LAST = (
    "Abbott Bramley Crane Dunnock Elder Fennel Gŵyr Heath Juniper Kestrel Larch Łukasz Merrow Nettle".split()
)
THINGS = "counselling play art music family school sleep drama garden riding swimming evening weekend early".split()


def fill(desk: Desk) -> list[str]:
    """Invented children, with a journey and a carer each, and an invented directory."""
    dice = random.Random(7)
    codes = []
    for number in range(CASES):
        shape = CaseShape(
            child=ChildShape(
                name=f"{dice.choice(FIRST)} {dice.choice(LAST)}{number % 97}",
                birth_date=f"{2008 + number % 14}-0{1 + number % 9}",
            ),
            carers=[CarerShape(name=f"{dice.choice(FIRST)} {dice.choice(LAST)}", relation="mum")],
            stages=[
                StageShape(stage="report", since="2026-01-10"),
                StageShape(stage="investigation", since="2026-02-01"),
            ],
        )
        codes.append(add_child(desk, shape).code)
    with desk.vault.write() as writing:
        for number in range(SERVICES):
            agency = Agency(
                id=same_id("bench-agency", str(number // 4)), name=f"{dice.choice(LAST)} Trust {number // 4}"
            )
            writing.put(agency, "imported")
            words = " ".join(dice.sample(THINGS, 4))
            writing.put(
                Service(
                    id=same_id("bench-service", str(number)),
                    agency=agency.id,
                    name=f"{dice.choice(LAST)} {words.split()[0]} service {number}",
                    description=f"{words} for children and young people and those who care for them",
                    status="active",
                ),
                "imported",
            )
    return codes


def measure_start(report: "Report") -> None:
    """Whole processes: our unlock window, and an empty window."""

    def ours() -> None:
        command = [sys.executable, "-m", "csa_desk", "run", "--exit-after-first-window"]
        subprocess.run(command, check=True, capture_output=True)

    found = pair(ours, floors.empty_window, 9)
    report.add(
        "start to unlock window, whole process",
        found.ours_ms,
        f"{found.ratio:.2f} × floor {found.floor_ms:.0f} ms",
        found.ratio <= 2.0,
        "≤ 2.0 ×",
    )


class Report:
    """Rows of what was measured, and whether each is inside its budget."""

    def __init__(self) -> None:
        self.rows: list[dict[str, object]] = []

    def add(self, what: str, ms: float, against: str, inside: bool, budget: str) -> None:
        """Add and print a row."""
        self.rows.append(
            {"what": what, "ms": round(ms, 2), "against": against, "inside": inside, "budget": budget}
        )
        sys.stdout.write(
            f"{'ok  ' if inside else 'OVER'} {what:52} {ms:9.2f} ms   {against:34} budget {budget}\n"
        )
        sys.stdout.flush()

    @property
    def missed(self) -> int:
        """How many budgets were missed."""
        return sum(not row["inside"] for row in self.rows)


def as_installed(place: Path) -> None:
    """Give our processes compiled bytecode, as an installation has; the floor's processes have it too."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(place / "bytecode")


def main() -> int:
    """Measure everything. The vault uses production key parameters."""
    report = Report()
    with tempfile.TemporaryDirectory(prefix="csa-desk-bench-", dir=os.environ.get("BENCH_DIR")) as name:
        place = Path(name)
        as_installed(place)
        measure_start(report)
        opener = Opener(place / "local")
        folder = place / "bench.csadesk"
        opener.create(folder, PASSPHRASE, kind=VaultKind.TRAINING)
        with opener.open(folder, PASSPHRASE) as vault:
            desk = Desk(vault, Packs(resource("content")))
            took = seconds(lambda: codes.extend(fill(desk)))
            sys.stdout.write(f"     filled {CASES} cases, {SERVICES} services in {took:.0f} s\n")
            measure_inside(desk, place, report)
        unlocking(opener, folder, report)
        folder = place / "directory.csadesk"
        opener.create(folder, PASSPHRASE, kind=VaultKind.TRAINING)
        with opener.open(folder, PASSPHRASE) as vault:
            directory.measure(Desk(vault, Packs(resource("content"))), place, report)
    (Path("build")).mkdir(exist_ok=True)
    (Path("build") / "bench.json").write_text(json.dumps(report.rows, indent=1, ensure_ascii=False), "utf-8")
    return 1 if report.missed else 0


codes: list[str] = []


def unlocking(opener: Opener, folder: Path, report: Report) -> None:
    """Opening beyond the derivation itself."""

    def whole() -> None:
        opener.open(folder, PASSPHRASE).close()

    def derivation() -> None:
        derive_root(PASSPHRASE, b"s" * 16, opener.cost)

    found = pair(whole, derivation, 5)
    beyond = found.ours_ms - found.floor_ms
    report.add(
        "unlock beyond key derivation",
        beyond,
        f"derivation {found.floor_ms:.0f} ms",
        beyond <= 150,
        "≤ 150 ms",
    )


def measure_inside(desk: Desk, place: Path, report: Report) -> None:
    """Save, search, open, print."""
    case = open_file(desk, codes[0]).case.id
    counter = itertools.count()
    raw = floors.RawInsert(place / "floor.db")

    def save() -> None:
        answer(desk, case, "child", "school-name", Said(value=f"Oakridge Primary {next(counter)}"))

    found = pair(save, raw.once, 200)
    raw.close()
    report.add(
        "save one answer, signed and durable",
        found.ours_ms,
        f"{found.ratio:.2f} × floor {found.floor_ms:.2f} ms",
        found.ratio <= 4 and found.ours_ms <= 5,
        "≤ 4 × and ≤ 5 ms",
    )
    searching(desk, report)
    numbers = itertools.cycle(codes)
    opened, worst = middle(lambda: view(desk, open_file(desk, next(numbers))), 60)
    report.add(
        "open a case with its assessment", opened, f"95th percentile {worst:.0f} ms", opened <= 50, "≤ 50 ms"
    )
    file = open_file(desk, codes[1])
    for number in range(8):
        actions = [
            ActionShape(what=f"Action {step} of goal {number}", lead="Priya Nair") for step in range(4)
        ]
        add_goal(
            desk, file, GoalShape(need="school", words=f"Goal number {number} in words", actions=actions)
        )
    printed, _ = middle(lambda: prepare_plan(desk, file, "professional"), 9)
    report.add("plan to PDF bytes, warm", printed, "", printed <= 240, "≤ 1/5 of soffice, some 1.2 s")


def searching(desk: Desk, report: Report) -> None:
    """Exact and prefix against the raw query on the same connection; slips by their 95th percentile."""
    raw = floors.RawMatch(desk.vault.raw())
    exact = itertools.cycle(["art", "kestrel couns", "gar", "heath swimming", "weekend dra"])
    same = itertools.cycle(["art", "kestrel couns", "gar", "heath swimming", "weekend dra"])
    kinds = ("service", "agency")
    found = pair(lambda: desk.vault.finder.find(next(exact), kinds), lambda: raw.once(next(same)), 100)
    report.add(
        "search, exact and prefix",
        found.ours_ms,
        f"{found.ratio:.2f} × floor {found.floor_ms:.2f} ms",
        found.ratio <= 3,
        "≤ 3 ×",
    )
    slips = itertools.cycle(["counseling", "kestrell", "swiming heath", "gardin", "weeknd"])
    _, worst = middle(lambda: find_service(desk, next(slips)), 100)
    report.add("search with slips, 95th percentile", worst, "", worst <= 16, "≤ 16 ms")
    names = itertools.cycle(["bram", "kasia", "Gwyr", "carys mer", "łuk"])
    _, worst = middle(lambda: find_children(desk, next(names)), 60)
    report.add("children as you type, 95th percentile", worst, "", worst <= 50, "≤ 50 ms (ours)")


if __name__ == "__main__":
    sys.exit(main())
