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
from csa_desk.casework.directory_editing import change_entry
from csa_desk.casework.directory_entry import check_entry
from csa_desk.casework.gap_map import gap_map
from csa_desk.casework.guidance import role_card, role_cards, role_reference
from csa_desk.casework.intake import add_child
from csa_desk.casework.local_cards import local_reference, save_cards
from csa_desk.casework.map_prints import gap_charts, role_chart, save_charts
from csa_desk.casework.matching import match
from csa_desk.casework.planning import agree, import_plan
from csa_desk.casework.ringing import to_ring
from csa_desk.casework.role_map import map_areas, role_map
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


def draw_maps(desk: Desk, out: Path, made: Made) -> None:
    """Who does what, and what there is for whom, in each area; every role card with who it is here."""
    areas = [code for code, _ in map_areas(desk)]
    roles = tuple(role_chart(desk, role_map(desk, area)) for area in areas)
    for name, charts in (("who-does-what", roles), ("what-there-is", gap_charts(desk, gap_map(desk, areas)))):
        target = out / f"map-{name}.pdf"
        save_charts(desk, charts, target)
        made.files.append(target)
    nobody = sum(len(role_map(desk, area).nobody_leads) for area in areas)
    made.tell(f"Maps of {counted(len(areas), 'area')}; steps that nobody leads: {nobody}")
    deck = out / "role-cards.pdf"
    save_cards(desk, tuple(local_reference(desk, card) for card in role_cards(desk)), deck)
    made.files.append(deck)


def ring(desk: Desk, made: Made) -> None:
    """The stalest entries of open plans: two are rung, and one has changed."""
    found = to_ring(desk)
    for item in found[:2]:
        check_entry(desk, item.entry, "rang")
    if len(found) > 1:
        change_entry(
            desk, found[1].entry.record, {"wait": "About 4 weeks", "wait_as_at": desk.today}, how="rang"
        )
    names = ", ".join(item.entry.name for item in found[:2]) or "nobody"
    made.tell(f"To ring for open plans: {len(found)}; rung: {names}")


def print_cards(desk: Desk, out: Path, made: Made) -> None:
    """Role cards to hand out."""
    from csa_desk.printing.role_card import role_card_pdf

    for name in CARDS:
        target = out / f"role-card-{name}.pdf"
        target.write_bytes(role_card_pdf(role_reference(desk, role_card(desk, name))))
        made.files.append(target)
    made.tell(f"Role cards: {', '.join(CARDS)}")
