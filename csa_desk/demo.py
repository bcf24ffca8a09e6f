"""The main job, end to end, on a training vault with three invented children. Headless."""

import json
import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from csa_desk.casework import directory
from csa_desk.casework.assessing import sign
from csa_desk.casework.assessment_files import bring_answers, counts
from csa_desk.casework.casefile import CaseFile, open_file
from csa_desk.casework.children import case_list
from csa_desk.casework.consenting import shared_with
from csa_desk.casework.copies import answer_home_safety, prepare_checklist, prepare_plan, save
from csa_desk.casework.desk import Desk
from csa_desk.casework.founding import offered_passphrase
from csa_desk.casework.guidance import role_card, role_reference
from csa_desk.casework.intake import add_child
from csa_desk.casework.planning import agree, import_plan
from csa_desk.casework.shapes import AssessmentShape, CaseShape, PlanShape, read_shape
from csa_desk.casework.therapy import checklist, set_mark
from csa_desk.casework.wording import counted
from csa_desk.content.reading import Packs
from csa_desk.errors import InputError
from csa_desk.paths import resource
from csa_desk.records.categories import Category
from csa_desk.records.consent import Purpose
from csa_desk.records.ids import new_id
from csa_desk.records.vault import OwnService, Practitioner
from csa_desk.store.check import check
from csa_desk.store.founding import Founder
from csa_desk.store.header import VaultKind
from csa_desk.store.opening import Opener

CARDS = ("ch-isva", "therapist", "officer-in-the-case")


@dataclass(slots=True)
class Made:
    """What the demo left behind, and how it went."""

    files: list[Path] = field(default_factory=list)
    story: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def tell(self, words: str) -> None:
        """Add a line of the story."""
        self.story.append(words)


def demo_file(name: str) -> Path:
    """A file of the invented data."""
    return resource("demo", name)


def run_demo(out: Path, opener: Opener, *, pictures: bool = True) -> Made:
    """Create a vault, load the directory, add children, assess, work the checklist, agree, print."""
    begun = time.perf_counter()
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError("There is already something in that folder. Give a new one.")
    out.mkdir(parents=True, exist_ok=True)
    made = Made()
    passphrase = offered_passphrase()
    (out / "passphrase.txt").write_text(passphrase + "\n", "utf-8")
    folder = out / "demo.csadesk"
    service = json.loads(demo_file("service.json").read_bytes())
    practitioner = service.pop("practitioner")
    opener.create(
        folder,
        passphrase,
        kind=VaultKind.TRAINING,
        founder=Founder(practitioner["name"], practitioner["profession"], OwnService(id=new_id(), **service)),
    )
    made.files += [folder, out / "passphrase.txt"]
    made.tell(f"A training vault: {folder} (passphrase in {out / 'passphrase.txt'})")
    with opener.open(folder, passphrase) as vault:
        desk = Desk(vault, Packs(resource("content")))
        _profile(desk, practitioner)
        _directory(desk, made)
        for name in sorted(
            path.name.removesuffix("-case.json") for path in resource("demo").glob("*-case.json")
        ):
            _child(desk, name, out, made)
        _cards(desk, out, made)
        report = check(vault)
        made.tell(
            f"vault check: {report.revisions} signed revisions of {report.records} records, "
            + counted(len(report.findings), "fault")
        )
        made.tell("Children: " + ", ".join(f"{row['name']} ({row['code']})" for row in case_list(desk)))
    if pictures:
        _pictures(folder, passphrase, opener, out, made)
    made.seconds = round(time.perf_counter() - begun, 1)
    made.tell(f"Made in {made.seconds} s. Open it: csa-desk run --vault {folder}")
    return made


def _profile(desk: Desk, said: dict[str, Any]) -> None:
    known = desk.practitioner()
    profile: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in said.items()
    }
    with desk.vault.write() as writing:
        writing.put(Practitioner(id=known.id, administrator=known.administrator, **profile), "changed")


def _directory(desk: Desk, made: Made) -> None:
    done = directory.bring_in(desk, [demo_file("directory.json")])
    made.tell(f"Directory: {counted(done.new, 'record')} taken in, {counted(len(done.lines), 'remark')}")


def _child(desk: Desk, name: str, out: Path, made: Made) -> None:
    case = add_child(desk, read_shape(demo_file(f"{name}-case.json"), CaseShape))
    file = open_file(desk, case.code)
    bring_answers(desk, file, read_shape(demo_file(f"{name}-assessment.json"), AssessmentShape))
    file = open_file(desk, case.code, log="")
    known = counts(desk, file)
    signed = sign(desk, file)
    made.tell(
        f"{file.called}, {file.age(desk.clock.today())}: {known['known']} of {known['total']} things known, "
        f"{known['to_check']} to check, {known['open']} open; assessment signed as version {signed.version}"
    )
    marks = demo_file(f"{name}-marks.json")
    if marks.exists():
        for mark in json.loads(marks.read_bytes()):
            set_mark(desk, file, mark.pop("item"), mark.pop("state"), **mark)
    shown = checklist(desk, file)
    made.tell(f"  Pre-trial therapy, “{shown.title}”: {shown.settled} of {len(shown.lines)} done")
    prepared = prepare_checklist(desk, file)
    _save(desk, file, prepared, out / f"{file.code}-checklist.pdf", made)
    import_plan(desk, file, read_shape(demo_file(f"{name}-plan.json"), PlanShape))
    file = open_file(desk, case.code, log="")
    agree(desk, file)
    answer_home_safety(desk, file, file.at_home(desk.today) or "in-person")
    for edition in ("professional", "child"):
        prepared = prepare_plan(desk, file, edition)
        _save(desk, file, prepared, out / f"{file.code}-plan-{edition}.pdf", made)
    for number, agency in enumerate(_agencies_agreed(desk, file), start=1):
        prepared = prepare_plan(desk, file, "professional", recipient=agency)
        _save(desk, file, prepared, out / f"{file.code}-plan-for-agency-{number}.pdf", made)


def _agencies_agreed(desk: Desk, file: CaseFile) -> list[str]:
    """Agencies that may have the plan today."""
    return [
        item.recipient.name
        for item in shared_with(desk, file)
        if item.purpose == Purpose.SUPPORT and item.subject == "child" and Category.NEEDS in item.categories
    ]


def _save(desk: Desk, file: Any, prepared: Any, target: Path, made: Made) -> None:
    entered = save(desk, file, prepared, target)
    made.files.append(target)
    held = sum(prepared.held_back.values())
    who = f" for {entered.recipient_name}, {held} items not agreed" if held else ""
    made.tell(f"  Copy {entered.copy_number}: {target.name}{who}")


def _cards(desk: Desk, out: Path, made: Made) -> None:
    from csa_desk.printing.role_card import role_card_pdf

    for name in CARDS:
        target = out / f"role-card-{name}.pdf"
        target.write_bytes(role_card_pdf(role_reference(desk, role_card(desk, name))))
        made.files.append(target)
    made.tell(f"Role cards: {', '.join(CARDS)}")


def _pictures(folder: Path, passphrase: str, opener: Opener, out: Path, made: Made) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from csa_desk.ui.pictures import take_all

    taken = take_all(opener, folder, passphrase, out / "screens")
    made.files += taken
    made.tell(f"Pictures of every page, light and dark: {out / 'screens'} ({len(taken)})")
