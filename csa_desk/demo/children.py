"""The demo's directory, children and cards: assess once, work the checklist, agree a plan, print it."""

from pathlib import Path

import msgspec

from csa_desk.casework.assessing import sign
from csa_desk.casework.assessment_files import bring_answers, counts
from csa_desk.casework.bringing_in import bring_in
from csa_desk.casework.casefile import CaseFile, open_file
from csa_desk.casework.consenting import shared_with
from csa_desk.casework.copies import answer_home_safety, prepare_checklist, prepare_plan, save
from csa_desk.casework.desk import Desk
from csa_desk.casework.guidance import role_card, role_reference
from csa_desk.casework.intake import add_child
from csa_desk.casework.matching import match
from csa_desk.casework.planning import agree, import_plan
from csa_desk.casework.shapes import AssessmentShape, CaseShape, PlanShape, read_shape
from csa_desk.casework.therapy import checklist, set_mark
from csa_desk.casework.wording import counted
from csa_desk.demo.made import Made, demo_file, invented
from csa_desk.paths import resource
from csa_desk.records.categories import Category
from csa_desk.records.consent import Purpose

CARDS = ("ch-isva", "therapist", "officer-in-the-case")


def names() -> list[str]:
    """The invented children, as their files are named."""
    return sorted(path.name.removesuffix("-case.json") for path in resource("demo").glob("*-case.json"))


def load_directory(desk: Desk, made: Made) -> None:
    """Take the invented directory in."""
    done = bring_in(desk, [demo_file("directory.json")])
    bring_in(desk, [demo_file("areas.csv")], "csv")
    made.tell(f"Directory: {counted(done.new, 'record')} taken in, {counted(len(done.lines), 'remark')}")


def add(desk: Desk, name: str, out: Path, made: Made) -> str:
    """Add a child, and do with the file what a practitioner does; returns the case code."""
    case = add_child(desk, _still_open(desk, read_shape(demo_file(f"{name}-case.json"), CaseShape)))
    file = open_file(desk, case.code)
    bring_answers(desk, file, read_shape(demo_file(f"{name}-assessment.json"), AssessmentShape))
    file = open_file(desk, case.code, log="")
    known = counts(desk, file)
    signed = sign(desk, file)
    made.tell(
        f"{file.called}, {file.age(desk.clock.today())}: {known['known']} of {known['total']} things known, "
        f"{known['to_check']} to check, {known['open']} open; assessment signed as version {signed.version}"
    )
    if demo_file(f"{name}-marks.json").exists():
        for mark in invented(f"{name}-marks.json"):
            set_mark(desk, file, mark.pop("item"), mark.pop("state"), **mark)
    shown = checklist(desk, file)
    made.tell(f"  Pre-trial therapy, “{shown.title}”: {shown.settled} of {len(shown.lines)} done")
    prepared = prepare_checklist(desk, file)
    target = out / f"{file.code}-checklist.pdf"
    made.handed_out(prepared, save(desk, file, prepared, target), target)
    import_plan(desk, file, _to_come(desk, read_shape(demo_file(f"{name}-plan.json"), PlanShape)))
    file = open_file(desk, case.code, log="")
    agree(desk, file)
    answer_home_safety(desk, file, file.at_home(desk.today) or "in-person")
    for edition in ("professional", "child"):
        _plan(desk, file, edition, out / f"{file.code}-plan-{edition}.pdf", made)
    for number, agency in enumerate(_agencies_agreed(desk, file), start=1):
        _plan(desk, file, "professional", out / f"{file.code}-plan-for-agency-{number}.pdf", made, agency)
    return case.code


def match_all(desk: Desk, codes: dict[str, str], made: Made) -> None:
    """Hold every service of the directory against each child."""
    for code in codes.values():
        file = open_file(desk, code)
        made.tell(f"Who could help {file.called}? {match(desk, file).in_words}")


def _plan(desk: Desk, file: CaseFile, edition: str, target: Path, made: Made, recipient: str = "") -> None:
    prepared = prepare_plan(desk, file, edition, recipient=recipient)
    made.handed_out(prepared, save(desk, file, prepared, target), target)


def _still_open(desk: Desk, shape: CaseShape) -> CaseShape:
    """The invented days stand still while the demo is run on later ones: a consent that is over is not set anew."""
    standing = [item for item in shape.consents if not item.until or item.until >= desk.today]
    return msgspec.structs.replace(shape, consents=standing)


def _to_come(desk: Desk, shape: PlanShape) -> PlanShape:
    """A plan is agreed with a review ahead: once the invented day is past, the usual time from today."""
    past = bool(shape.review_on) and shape.review_on < desk.today
    return msgspec.structs.replace(shape, review_on="") if past else shape


def _agencies_agreed(desk: Desk, file: CaseFile) -> list[str]:
    """Agencies that may have the plan today."""
    return [
        item.recipient.name
        for item in shared_with(desk, file)
        if item.purpose == Purpose.SUPPORT and item.subject == "child" and Category.NEEDS in item.categories
    ]


def print_cards(desk: Desk, out: Path, made: Made) -> None:
    """Role cards to hand out."""
    from csa_desk.printing.role_card import role_card_pdf

    for name in CARDS:
        target = out / f"role-card-{name}.pdf"
        target.write_bytes(role_card_pdf(role_reference(desk, role_card(desk, name))))
        made.files.append(target)
    made.tell(f"Role cards: {', '.join(CARDS)}")
