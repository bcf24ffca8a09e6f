"""What a copy must not let out and must not leave unsaid: each began as a failing test."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from csa_desk.casework.casefile import CaseFile, open_file
from csa_desk.casework.consenting import decide
from csa_desk.casework.copies import Prepared, prepare_plan, save
from csa_desk.casework.desk import Desk
from csa_desk.casework.disclosing import NothingAgreedError
from csa_desk.casework.guidance import role_cards, role_reference
from csa_desk.casework.planning import import_plan
from csa_desk.casework.shapes import ActionShape, ConsentShape, GoalShape, PlanShape
from csa_desk.printing.role_card import role_card_pdf

ONE_VAULT = True
BANDS = ("4-7", "8-12", "13-17")
SCHOOL = GoalShape(need="school", words="Art club", actions=[ActionShape(what="A seat by the door")])
HEALTH = GoalShape(need="health", words="Sleep all night", actions=[ActionShape(what="See the clinic")])
MONEY = GoalShape(need="money", words="The bus is paid", actions=[ActionShape(what="Fill in the form")])
Planned = Callable[..., CaseFile]


def read(prepared: Prepared) -> str:
    """The words on the paper, with single spaces."""
    pages = PdfReader(BytesIO(prepared.pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.fixture
def planned(desk: Desk, add: Planned) -> Planned:
    """A child with these goals, and what more a case shape says; School may have ``agreed``."""

    def make(*goals: GoalShape, agreed: tuple[str, ...] = (), **more: Any) -> CaseFile:
        file = add("Rowan Bramley", **more)
        import_plan(desk, file, PlanShape(goals=list(goals)))
        if agreed:
            decide(desk, file, ConsentShape(recipient="School", categories=list(agreed)))
        return open_file(desk, file.code)

    return make


def child(desk: Desk, file: CaseFile, band: str = "8-12", at_home: str = "yes") -> Prepared:
    return prepare_plan(desk, file, "child", band=band, at_home=at_home)


# --- nothing agreed ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("agreed", [(), ("identity-and-contact",), ("health",)])
def test_a_copy_that_would_hold_nothing_is_refused_and_says_what_to_agree_first(
    desk: Desk, planned: Planned, tmp_path: Path, census: Any, agreed: tuple[str, ...]
) -> None:
    file = planned(SCHOOL, agreed=agreed)
    before = census(desk)
    with pytest.raises(NothingAgreedError) as refused:
        prepare_plan(desk, file, "professional", recipient="School")
    said = str(refused.value)
    assert "“Needs and plan”" in said
    assert "Consent" in said
    assert "Rowan" not in said
    assert census(desk) == before
    own = prepare_plan(desk, file, "professional")
    decide(desk, file, ConsentShape(recipient="School", categories=["needs-and-plan"]))
    file = open_file(desk, file.code)
    made = save(desk, file, prepare_plan(desk, file, "professional", recipient="School"), tmp_path / "a.pdf")
    assert made.copy_number == own.copy_number, "the refused copy took no number"


def test_what_is_agreed_for_another_purpose_or_has_ended_does_not_make_a_copy(
    desk: Desk, planned: Planned, clock: Any
) -> None:
    file = planned(SCHOOL)
    kinds = ["needs-and-plan", "education"]
    decide(desk, file, ConsentShape(recipient="School", categories=kinds, purpose="justice"))
    decide(desk, file, ConsentShape(recipient="Club", categories=kinds, until="2026-11-30"))
    clock.advance(days=10)
    file = open_file(desk, file.code)
    for name in ("School", "Club"):
        with pytest.raises(NothingAgreedError):
            prepare_plan(desk, file, "professional", recipient=name)
    assert prepare_plan(desk, file, "professional", recipient="School", purpose="justice").pdf


@pytest.mark.parametrize("agreed", ["safeguarding", "communication", "wishes-and-feelings"])
def test_an_agreed_kind_of_which_nothing_is_recorded_makes_no_copy(
    desk: Desk, planned: Planned, agreed: str
) -> None:
    with pytest.raises(NothingAgreedError):
        prepare_plan(desk, planned(SCHOOL, agreed=(agreed,)), "professional", recipient="School")


def test_a_copy_with_the_journey_or_the_safe_contact_alone_is_made(desk: Desk, planned: Planned) -> None:
    stages = [{"stage": "investigation", "since": "2026-09-10"}]
    file = planned(SCHOOL, agreed=("justice",), stages=stages)
    assert "Investigation" in read(prepare_plan(desk, file, "professional", recipient="School"))
    file = planned(SCHOOL, agreed=("safeguarding",), safe_contact={"who": "Holly"})
    assert "Holly" in read(prepare_plan(desk, file, "professional", recipient="School"))


# --- each need by its own kind of information ------------------------------------------------------------------


def test_a_need_its_goals_and_actions_leave_only_where_the_kind_of_the_need_is_agreed(
    desk: Desk, planned: Planned
) -> None:
    file = planned(SCHOOL, HEALTH, MONEY, agreed=("needs-and-plan", "wishes-and-feelings", "education"))
    prepared = prepare_plan(desk, file, "professional", recipient="School")
    text = read(prepared)
    for words in ("Art club", "A seat by the door", "The bus is paid", "Fill in the form"):
        assert words in text
    for words in ("Sleep all night", "See the clinic", "Health and feelings", "Alcohol and drugs"):
        assert words not in text
    assert "This copy holds what was agreed for School." in text
    assert prepared.held_back["health"] == 3  # two need lines and a goal
    for need in ("School and learning", "Money and benefits", "Hope and outlook"):
        assert need in text


def test_an_action_of_another_kind_does_not_leave_with_its_withheld_need(
    desk: Desk, planned: Planned
) -> None:
    sorted_elsewhere = ActionShape(what="Tell the form tutor", category="education")
    goal = GoalShape(need="health", words="Sleep all night", actions=[sorted_elsewhere])
    file = planned(goal, SCHOOL, agreed=("needs-and-plan", "wishes-and-feelings", "education"))
    assert "Tell the form tutor" not in read(prepare_plan(desk, file, "professional", recipient="School"))


def test_with_every_goal_withheld_nothing_says_that_there_are_none(desk: Desk, planned: Planned) -> None:
    text = read(
        prepare_plan(desk, planned(HEALTH, agreed=("needs-and-plan",)), "professional", recipient="School")
    )
    assert "Money and benefits" in text
    for words in ("Goals and actions", "Nothing recorded", "Health", "not agreed"):
        assert words not in text


def test_the_childs_copy_holds_every_need_whatever_others_may_have(desk: Desk, planned: Planned) -> None:
    goal = GoalShape(
        need="health", words="Sleep", source="child", actions=[ActionShape(what="x", child_words="Torch")]
    )
    text = read(child(desk, planned(goal, agreed=("needs-and-plan",))))
    assert "How you feel" in text
    assert "Torch" in text


# --- the child's own words --------------------------------------------------------------------------------------


@pytest.mark.parametrize("band", BANDS)
def test_the_practitioners_words_never_stand_in_the_childs_copy(
    desk: Desk, planned: Planned, band: str
) -> None:
    worded = ActionShape(what="Agree a key adult", child_words="You choose a grown-up")
    goal = GoalShape(
        need="school",
        words="Art club",
        source="child",
        actions=[
            worded,
            ActionShape(what="Review attendance"),
            ActionShape(what="Old idea", status="stopped"),
        ],
    )
    prepared = child(desk, planned(goal), band)
    text = read(prepared)
    assert "You choose a grown-up" in text
    for words in ("Agree a key adult", "Review attendance", "Old idea", "Nothing here yet"):
        assert words not in text
    assert [one.what for one in prepared.unworded] == ["Review attendance"]
    assert prepared.held_back == {"no-child-words": 1}


def test_actions_left_out_for_want_of_words_are_not_called_none(desk: Desk, planned: Planned) -> None:
    goal = GoalShape(
        need="school", words="Art club", source="child", actions=[ActionShape(what="Review attendance")]
    )
    text = read(child(desk, planned(goal)))
    assert "Art club" in text
    assert "What will happen" not in text
    assert "Nothing here yet" not in text


def test_a_topic_of_which_nothing_is_in_words_for_the_child_is_left_out(desk: Desk, planned: Planned) -> None:
    said = GoalShape(need="school", words="Art club", source="child")
    file = planned(said, GoalShape(need="home", words="Rehousing", source="my-view"))
    text = read(child(desk, file))
    assert "School and learning" in text
    assert "Where you live" not in text
    assert "Where you live" in read(child(desk, file, at_home="no"))


def test_what_a_copy_would_not_hold_anyway_is_not_asked_for_in_words(desk: Desk, planned: Planned) -> None:
    actions = [
        ActionShape(what="Strategy meeting", category="safeguarding"),
        ActionShape(what="Ask the officer", category="justice"),
        ActionShape(what="Old idea", status="stopped"),
    ]
    file = planned(GoalShape(need="school", words="Art club", source="child", actions=actions))
    assert child(desk, file).unworded == ()
    assert child(desk, planned(SCHOOL), at_home="no").unworded == ()
    assert prepare_plan(desk, file, "professional").unworded == ()


# --- who keeps the paper, and what is past ----------------------------------------------------------------------


@pytest.mark.parametrize("band", BANDS)
def test_a_paper_that_stays_says_so(desk: Desk, planned: Planned, band: str) -> None:
    file = planned(SCHOOL)
    stays = "You can look at it together when you meet."
    for at_home in ("", "no", "in-person"):
        assert stays in read(child(desk, file, band, at_home)), at_home
    assert stays not in read(child(desk, file, band, "yes"))


@pytest.mark.parametrize("band", BANDS)
def test_what_was_done_is_told_as_past(desk: Desk, planned: Planned, band: str) -> None:
    def action(words: str, lead: str, status: Any = "done") -> ActionShape:
        return ActionShape(what="x", child_words=words, lead=lead, by_when="2026-10-05", status=status)

    actions = [
        action("A seat for you.", "Beth Lyle"),
        action("You bring your book.", "Rowan Bramley"),
        action("The bus is paid.", ""),
    ]
    text = read(child(desk, planned(GoalShape(need="school", words="Art", actions=actions)), band))
    assert "A seat for you. Beth did this." in text
    assert "You bring your book. You did this." in text
    assert "The bus is paid. This is done." in text
    assert "will do this" not in text
    assert "5 October" not in text


@pytest.mark.parametrize("band", BANDS)
def test_what_is_late_is_not_promised_for_a_day_that_is_past(desk: Desk, planned: Planned, band: str) -> None:
    actions = [
        ActionShape(what="x", child_words="Late.", lead="Beth Lyle", by_when="2026-10-05", status="booked"),
        ActionShape(what="x", child_words="Today.", lead="Beth Lyle", by_when="2026-11-24"),
        ActionShape(
            what="x", child_words="Begun.", lead="Rowan Bramley", by_when="2026-10-05", status="going-on"
        ),
        ActionShape(what="x", child_words="Stopped.", lead="Beth Lyle", status="stopped"),
    ]
    text = read(child(desk, planned(GoalShape(need="school", words="Art", actions=actions)), band))
    assert "Late. Beth will do this. " in text
    assert "Today. Beth will do this by 24 November 2026." in text
    assert "Begun. You will do this. " in text
    assert "Stopped." not in text


# --- must not know ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "persons", "expected"),
    [
        ("Uncle Ash", ["Uncle Ash"], "Must not know Uncle Ash"),
        ("Uncle Ash, at number 4", ["uncle ash"], "Must not know Uncle Ash, at number 4"),
        ("Ashton", ["Ash"], "Must not know Ashton; Ash"),
        ("", ["Uncle Ash", "Kit"], "Must not know Uncle Ash; Kit"),
        ("Uncle Ash", [], "Must not know Uncle Ash"),
    ],
)
def test_who_must_not_know_stands_once_with_every_name(
    desk: Desk, planned: Planned, rule: str, persons: list[str], expected: str
) -> None:
    facts = [{"person": one, "protects": "must-not-know", "source": "paper seen"} for one in persons]
    file = planned(SCHOOL, safe_contact={"who": "Holly", "must_not_know": rule}, protective_facts=facts)
    text = read(prepare_plan(desk, file, "professional"))
    assert expected in text
    assert text.count("Must not know") == 1
    assert text.count("paper seen") == (1 if persons else 0)


# --- role cards -------------------------------------------------------------------------------------------------


def test_every_role_card_of_the_pack_fits_its_sheets_and_none_ends_on_a_stray_line(desk: Desk) -> None:
    for card in role_cards(desk):
        pages = [
            page.extract_text()
            for page in PdfReader(BytesIO(role_card_pdf(role_reference(desk, card)))).pages
        ]
        whole = " ".join(" ".join(pages).split())
        for line in (*card.does, *card.does_not, *card.reach, *card.notes):
            assert line.text in whole, (card.title, line.text)
        assert len(pages) == 1, card.title
