"""The child's own plan in the three bands, read back from its bytes."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from csa_desk.printing.plan import plan_pdf
from csa_desk.printing.styles import CHILD
from csa_desk.records.disclosure import (
    ActionCopy,
    Band,
    Disclosure,
    FactCopy,
    GoalCopy,
    SectionCopy,
    StageCopy,
)

Made = Callable[[Band], Disclosure]
Read = Callable[[bytes], list[str]]
BANDS = pytest.mark.parametrize("band", list(Band))


def type_sizes(pdf: bytes) -> set[float]:
    """Every size in which text with anything to see is set, in points."""
    sizes: set[float] = set()

    def visit(text: str, _place: object, _line: object, _font: object, size: float) -> None:
        if text.strip():
            sizes.add(round(size, 2))

    for page in PdfReader(BytesIO(pdf)).pages:
        page.extract_text(visitor_text=visit)
    return sizes


@BANDS
def test_the_child_reads_wishes_steps_people_and_help_in_this_order(
    child_plan: Made, read: Read, band: Band
) -> None:
    text = " ".join(read(plan_pdf(child_plan(band))))
    expected = [
        "My plan",
        "For Rowan. Made with Priya on 24 November 2026.",
        "What I want",
        "“I want to go to art club again without worrying.”",
        "What will happen",
        "☐ A grown-up you choose will be at art club. Beth will do this by Friday 4 December.",
        "☐ Someone tells you the day before if a plan changes. Priya will do this.",
        "☐ You can talk and make things with Jo. Jo will do this by Monday 30 November.",
        "People who help you Priya your helper Jo talks and draws with you",
        "Agreed by You You said yes",
        "We look at this plan again on 19 January 2027.",
        "If you need someone Tell mum, or Miss Ellis at school, or ask them to ring Priya.",
        "You can always say stop, and you can change your mind.",
    ]
    places = [text.find(words) for words in expected]
    assert -1 not in places, expected[places.index(-1)]
    assert places == sorted(places)


@BANDS
def test_a_child_copy_has_no_professional_words_and_no_marks_of_the_case(
    child_plan: Made, read: Read, professional_only: dict[str, str], band: Band
) -> None:
    given = child_plan(band)
    text = " ".join(read(plan_pdf(given)))
    for words in professional_only.values():
        assert words in given.wording.values()
        assert words not in text
    for mark in (given.imprint.case_code, given.imprint.head, given.imprint.service):
        assert mark not in text


@BANDS
def test_no_type_on_a_child_copy_is_smaller_than_twelve_points(child_plan: Made, band: Band) -> None:
    sizes = type_sizes(plan_pdf(child_plan(band)))
    assert min(sizes) >= 12
    assert CHILD[band].body in sizes


def test_the_body_is_larger_the_younger_the_band() -> None:
    assert [CHILD[band].body for band in Band] == [18, 14, 12.5]


def test_without_a_band_the_middle_one_is_taken(child_plan: Made) -> None:
    assert plan_pdf(replace(child_plan(Band.MIDDLE), band=None)) == plan_pdf(child_plan(Band.MIDDLE))


def test_what_the_child_leads_is_said_to_the_child(child_plan: Made, read: Read) -> None:
    goal = GoalCopy("", "", "", (ActionCopy("Bring your sketchbook", "Rowan", "", ""),))
    text = read(plan_pdf(replace(child_plan(Band.MIDDLE), goals=(goal,))))[0]
    assert "Bring your sketchbook You will do this." in text


def test_a_name_with_braces_is_not_filled_in(child_plan: Made, read: Read) -> None:
    goal = GoalCopy("", "", "", (ActionCopy("Step", "{date} {name}", "Friday", ""),))
    text = read(plan_pdf(replace(child_plan(Band.MIDDLE), goals=(goal,))))[0]
    assert "{date} {name} will do this by Friday." in text


def test_without_sentences_for_it_who_and_when_are_named(child_plan: Made, read: Read) -> None:
    given = child_plan(Band.MIDDLE)
    wording = {slot: words for slot, words in given.wording.items() if not slot.endswith("will-do-this-by")}
    assert "at art club. Beth, Friday 4 December" in read(plan_pdf(replace(given, wording=wording)))[0]


def test_all_that_was_disclosed_to_the_child_is_printed(child_plan: Made, read: Read) -> None:
    given = replace(
        child_plan(Band.OLDER),
        goals=(
            GoalCopy(
                "School",
                "Art club",
                "You, on Monday",
                (ActionCopy("Ask", "Beth", "soon", "Begun", "Linden"),),
            ),
        ),
        sections=(SectionCopy("Words that may be new", (FactCopy("Plan", "What we do next", "Priya"),)),),
        journey=(StageCopy("Talked to the police", "May", "done"), StageCopy("Waiting", "now", "now")),
    )
    text = " ".join(read(plan_pdf(given)))
    for words in (
        "School “Art club” You, on Monday",
        "Ask Beth will do this by soon. Begun Linden",
        "Words that may be new Plan What we do next Priya",
        "✓ Talked to the police May ● Waiting now",
    ):
        assert words in text


def test_a_plan_still_empty_says_so(child_plan: Made, read: Read) -> None:
    text = read(plan_pdf(replace(child_plan(Band.YOUNGER), goals=())))[0]
    assert text.count("Nothing here yet.") == 2


def test_a_long_plan_splits_without_loss(child_plan: Made, read: Read) -> None:
    actions = tuple(ActionCopy(f"Step {n:03} of the plan", "Priya", "", "") for n in range(300))
    wish = " ".join(f"wish{n}" for n in range(1200))
    pages = read(plan_pdf(replace(child_plan(Band.YOUNGER), goals=(GoalCopy("", wish, "", actions),))))
    text = " ".join(pages)
    places = [text.find(f"Step {n:03} of the plan") for n in range(300)]
    assert -1 not in places
    assert places == sorted(places)
    assert all(f"wish{n}" in text for n in range(1200))
