"""Pages offer what the practitioner's role allows: opening them refuses nothing, and no button on them is refused."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QAbstractButton, QPushButton, QWidget
from shiboken6 import isValid

from csa_desk.casework import keeping_out
from csa_desk.casework.casefile import open_file
from csa_desk.casework.desk import Desk
from csa_desk.casework.intake import add_child
from csa_desk.casework.planning import import_plan
from csa_desk.casework.rights import REFUSED, Right
from csa_desk.casework.shapes import (
    ActionShape,
    CaseShape,
    ChildShape,
    ConsentShape,
    GoalShape,
    PlanShape,
    StageShape,
    TaskShape,
    TeamShape,
)
from csa_desk.casework.tasks import add_task
from csa_desk.records.vault import Profession
from csa_desk.ui.pages import PAGES
from csa_desk.ui.widgets.marks import Chip
from tests.casework.colleagues import add_colleague
from tests.ui.pages.screen import Screen

PROFESSIONS = [*Profession, ""]
ITEMS = {"section": "contact", "role-card": "ch-isva"}
OF_A_CHILD = (
    "overview",
    "assessment",
    "section",
    "check-answers",
    "team",
    "therapy",
    "plan",
    "print",
    "consent",
    "history",
)
NO_CHILD = ("today", "children", "add-child", "directory", "guidance", "role-card", "settings")


@pytest.fixture
def code(desk: Desk) -> str:
    """A child with something on every page."""
    case = add_child(
        desk,
        CaseShape(
            child=ChildShape(name="Rowan Bramley", birth_date="2015-03-04"),
            stages=[StageShape(stage="report", since="2026-10-02")],
            tasks=[TaskShape(what="Ring mum", due="2026-11-22")],
            team=[TeamShape(name="Beth Lyle", role="school", agency="Oakridge Primary", part="helps")],
            consents=[
                ConsentShape(recipient="Oakridge Primary", categories=["education"], by="Holly Bramley")
            ],
        ),
    )
    action = ActionShape(what="Agree a safe adult", lead="Beth Lyle", by_when="2026-12-04")
    import_plan(
        desk,
        open_file(desk, case.code),
        PlanShape(goals=[GoalShape(need="school", words="Go to art club again.", actions=[action])]),
    )
    add_task(desk, "", "Order paper")
    return case.code


def become(desk: Desk, profession: str, *, administrator: bool = False) -> None:
    """Let who is at work be somebody else."""
    with desk.vault.write() as writing:
        writing.put(replace(desk.practitioner(), profession=profession, administrator=administrator))


def refused(desk: Desk) -> list[str]:
    """What was refused so far."""
    return [str(row["action"]) for row in desk.vault.whole.accesses_like(f"{REFUSED}%", 100)]


def buttons(page: QWidget) -> Iterator[QAbstractButton]:
    """Everything on the page that can be pressed now."""
    for button in page.findChildren(QAbstractButton):
        if isValid(button) and button.isVisible() and button.isEnabled():
            yield button


def test_the_pages_walked_are_the_pages_of_issue_two() -> None:
    assert {*OF_A_CHILD, *NO_CHILD} <= set(PAGES)


@pytest.mark.parametrize("profession", PROFESSIONS)
def test_every_page_opens_for_every_profession_and_nothing_is_refused(
    profession: str, screen: Screen, code: str
) -> None:
    become(screen.desk, profession)
    for page in PAGES:
        screen.go(page, code if page not in NO_CHILD else "", ITEMS.get(page, ""))
        assert refused(screen.desk) == [], page
        assert screen.inside.page is not None
        assert screen.inside.page.place.page == page


CLICKED = {
    "manager": ("overview", "assessment", "team", "therapy", "plan", "consent", "history", "today"),
    "other": ("therapy", "directory"),
    "": ("plan", "today", "children", "directory"),
}
"""Profession → the pages where it may less than a CH-ISVA, and every button of them is pressed."""


@pytest.mark.parametrize("profession", CLICKED)
def test_nothing_that_is_offered_is_refused(profession: str, screen: Screen, code: str) -> None:
    become(screen.desk, profession)
    for page in CLICKED[profession]:
        case = code if page in OF_A_CHILD else ""
        screen.go(page, case)
        pressed = 0
        for place in range(len(list(buttons(screen.page)))):
            if screen.inside.page is None or screen.inside.page.place.page != page:
                screen.go(page, case)
            shown = list(buttons(screen.page))
            if place < len(shown):
                name = shown[place].accessibleName()
                shown[place].click()
                screen.settle()
                pressed += 1
                assert refused(screen.desk) == [], f"{page}: {name}"
        assert pressed, page
        screen.go(page, case)
        assert screen.inside.page is not None
        screen.inside.page.add_thing()
        first = screen.inside.page.primary()
        if isinstance(first, QPushButton) and first.isVisible():
            first.click()
        assert refused(screen.desk) == [], page


def test_a_page_that_can_only_be_read_says_so_and_shows_everything(screen: Screen, code: str) -> None:
    become(screen.desk, Profession.MANAGER)
    said = {
        "assessment": "record and sign what a child or family told",
        "plan": "write and agree a support plan",
        "consent": "record consent and decide what may be shared",
        "therapy": "work through the pre-trial therapy checklist",
    }
    for page, words in said.items():
        screen.go(page, code)
        assert f"Your role in this service does not let you {words}." in screen.words(), page
    screen.go("plan", code)
    assert "Go to art club again." in screen.words()
    assert "Agree this plan" not in screen.words()
    screen.go("consent", code)
    assert "Oakridge Primary" in screen.words()
    assert "Record a decision" not in screen.words()


def test_who_may_open_no_file_is_told_so_and_sees_no_name(screen: Screen, code: str) -> None:
    become(screen.desk, "")
    for page in ("today", "children", "overview", "plan"):
        screen.go(page, code if page in OF_A_CHILD else "")
        assert "Rowan" not in screen.words()
        if page != "today":
            assert "Your role in this service does not let you open children’s files." in screen.words()
    screen.go("today")
    assert "Order paper" in screen.words()


def test_the_profession_is_not_ones_own_to_change_unless_one_looks_after_the_vault(
    screen: Screen, code: str
) -> None:
    for administrator in (False, True):
        become(screen.desk, Profession.CH_ISVA, administrator=administrator)
        screen.go("settings")
        assert ("What was refused" in screen.words()) is administrator
        assert ("change the details of your service" in screen.words()) is not administrator


def test_settings_say_what_each_role_may_do_and_mark_ones_own(screen: Screen, code: str) -> None:
    screen.go("settings")
    card = screen.page.roles  # type: ignore[attr-defined]
    assert list(card.drawers) == [
        "ch-isva", "therapist", "navigator", "trainer", "manager", "other", "none", "administrator"
    ]  # fmt: skip
    assert [key for key, drawer in card.drawers.items() if drawer.findChildren(Chip)] == [
        "ch-isva",
        "administrator",
    ]
    card.drawers["therapist"].set_open(True)
    screen.settle()
    words = screen.words()
    assert "• Work through the pre-trial therapy checklist" in words
    assert "• therapy notes" in words


def test_keeping_a_colleague_out_and_letting_them_in_by_the_page(screen: Screen, code: str) -> None:
    bryn = add_colleague(screen.desk, "Bryn Aldersey", Profession.CH_ISVA)
    screen.go("history", code)
    assert "Nobody is kept out." in screen.words()
    screen.press("Keep somebody out")
    assert keeping_out.HIDDEN_NOT_LOCKED in screen.words()
    card = screen.page.kept_out  # type: ignore[attr-defined]
    card.asks.set_value("who", bryn)
    screen.press("Keep them out")
    assert keeping_out.outside(screen.desk, card.file) == []
    assert "Give a reason. It stands in the history" in screen.words()
    screen.write("Is the carer’s <b>sister</b> 🦉", "Why?")
    screen.press("Keep them out")
    told = keeping_out.outside(screen.desk, card.file)
    assert [(item.name, item.reason) for item in told] == [
        ("Bryn Aldersey", "Is the carer’s <b>sister</b> 🦉")
    ]
    assert "Is the carer’s <b>sister</b> 🦉" in screen.words()
    screen.press("Let in again")
    screen.write("It was somebody else", "Why may Bryn")
    screen.press("Let them in")
    assert keeping_out.outside(screen.desk, card.file) == []
    assert "Nobody is kept out." in screen.words()


def test_who_may_not_keep_out_is_not_offered_it_and_sees_who_is(screen: Screen, code: str) -> None:
    bryn = add_colleague(screen.desk, "Bryn Aldersey", Profession.CH_ISVA)
    keeping_out.keep_out(screen.desk, code, bryn, "Knows the family")
    become(screen.desk, Profession.CH_ISVA)
    assert not screen.desk.may(Right.KEEP_OUT)
    screen.go("history", code)
    assert "Bryn Aldersey" in screen.words()
    assert "Let in again" not in screen.words()
    assert "Keep somebody out" not in screen.words()
