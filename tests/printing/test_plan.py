"""The professional plan, read back from its bytes."""

import unicodedata
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace

import pypdfium2
import pytest

from csa_desk.printing.plan import plan_pdf
from csa_desk.records.disclosure import DOOR, ActionCopy, Disclosure, GoalCopy, What

Read = Callable[[bytes], list[str]]


def in_order(words: list[str], text: str) -> None:
    """Each of the words stands in the text after the one before."""
    at = 0
    for word in words:
        found = text.find(" ".join(word.split()), at)
        assert found >= 0, f"{word!r} not found after {text[max(0, at - 60) : at]!r}"
        at = found + 1


def values(thing: object) -> list[str]:
    """Every text in a tuple of copies, in the order of their fields."""
    if isinstance(thing, str):
        return [thing] if thing else []
    if isinstance(thing, tuple):
        return [value for part in thing for value in values(part)]
    if isinstance(thing, bool):
        return []
    assert is_dataclass(thing)
    return [value for field in fields(thing) for value in values(getattr(thing, field.name))]


def test_every_value_is_on_paper_in_reading_order(plan: Disclosure, read: Read) -> None:
    text = " ".join(read(plan_pdf(plan)))
    safe, communication, home = plan.sections
    expected = [plan.imprint.service, plan.wording["plan-title"], plan.wording["plan-for-line"]]
    expected += [plan.wording["copy-sentence"], plan.wording["support-not-evidence"]]
    expected += values(safe) + values(communication)
    expected.append(plan.wording["goals-title"])
    for goal in plan.goals:
        expected += [goal.need, goal.words, goal.said, "Action Who leads By when Status"]
        for action in goal.actions:
            expected += [value for value in (action.what, action.service, action.lead) if value]
            expected += [value for value in (action.by_when, action.status) if value]
    expected.append(plan.wording["team-title"])
    for one in plan.team:
        expected += [one.name, one.role, one.agency, one.outcome, one.since]
    expected += [*values(home), plan.wording["journey-title"]]
    for stage in plan.journey:
        expected += [value for value in (stage.title, stage.when) if value]
    expected += [plan.wording["agreed-by"], *values(plan.agreement), plan.wording["review-on"]]
    expected += [
        plan.wording["if-you-need-someone"],
        *plan.imprint.contact_lines,
        plan.wording["can-change-mind"],
    ]
    in_order(expected, text)


def test_an_empty_answer_says_that_nothing_is_recorded(plan: Disclosure, read: Read) -> None:
    in_order(["What does not", "Nothing recorded."], " ".join(read(plan_pdf(plan))))


def test_a_plan_nobody_agreed_says_so_and_an_agreed_one_does_not(plan: Disclosure, read: Read) -> None:
    sentence = plan.wording["not-agreed-yet"]
    assert sentence in read(plan_pdf(replace(plan, agreement=())))[0]
    assert sentence not in " ".join(read(plan_pdf(plan)))


def test_a_missing_slot_leaves_out_its_heading_and_nothing_else(plan: Disclosure, read: Read) -> None:
    text = " ".join(read(plan_pdf(replace(plan, wording={}))))
    for value in values((plan.goals, plan.team, plan.sections, plan.agreement)):
        assert " ".join(value.split()) in text
    for heading in ("Support plan", "Goals and actions", "Who leads", "Justice journey", "Agreed by"):
        assert heading not in text
    assert "None" not in text


def test_a_plan_with_nothing_in_it_is_still_a_page(plan: Disclosure, read: Read) -> None:
    bare = replace(plan, wording={}, goals=(), team=(), sections=(), journey=(), agreement=(), review_on="")
    assert len(read(plan_pdf(bare))) == 1


def test_three_hundred_actions_are_all_printed_under_a_repeated_heading(plan: Disclosure, read: Read) -> None:
    actions = tuple(ActionCopy(f"Action number {n:03}", f"Lead {n:03}", "soon", "Booked") for n in range(300))
    pages = read(plan_pdf(replace(plan, goals=(GoalCopy("School", "Words", "", actions),))))
    in_order([f"Action number {n:03} Lead {n:03} soon Booked" for n in range(300)], " ".join(pages))
    tables = [page for page in pages if "Action number" in page]
    assert len(tables) > 5
    assert all("Action Who leads By when Status" in page for page in tables)


@pytest.mark.parametrize("place", ["words", "what", "lead", "fact", "contact"])
def test_ten_thousand_characters_in_one_field_lose_none(plan: Disclosure, read: Read, place: str) -> None:
    letters = "āăąćĉċčďđēĕėęěĝğġģĥħĩīĭį"
    long = (letters * 500)[:10_000]
    goal = plan.goals[0]
    section = plan.sections[2]
    spoilt = {
        "words": replace(plan, goals=(replace(goal, words=long),)),
        "what": replace(
            plan, goals=(replace(goal, actions=(ActionCopy(long, "a", "b", "c"), *goal.actions)),)
        ),
        "lead": replace(
            plan, goals=(replace(goal, actions=(ActionCopy("a", long, "b", "c"), *goal.actions)),)
        ),
        "fact": replace(plan, sections=(replace(section, facts=(replace(section.facts[0], value=long),)),)),
        "contact": replace(plan, imprint=replace(plan.imprint, contact_lines=(long,))),
    }[place]
    text = "".join(read(plan_pdf(spoilt)))
    assert "".join(letter for letter in text if letter in letters) == long


@pytest.mark.parametrize("height", range(20, 100, 9))
def test_a_row_taller_than_a_page_is_split_without_loss_wherever_it_begins(
    plan: Disclosure, read: Read, height: int
) -> None:
    words = [f"word{n}" for n in range(1500)]
    before = tuple(ActionCopy(f"before{n}", "", "", "") for n in range(height // 4))
    tall = ActionCopy(" ".join(words[:1200]), " ".join(words[1200:]), "then", "Going on")
    goals = (GoalCopy("", "", "", (*before, tall, ActionCopy("afterwards", "", "", ""))),)
    text = " ".join(read(plan_pdf(replace(plan, goals=goals))))
    assert all(f" {word} " in text for word in words)
    in_order(words[:20], text)
    assert "afterwards" in text


def test_markup_accents_emoji_and_other_alphabets_are_printed_as_text(plan: Disclosure, read: Read) -> None:
    text = "ŵ ŷ Ł <b>bold</b> & &amp; {{ name }} 🙂 中 Ελένη"
    page = read(plan_pdf(replace(plan, goals=(GoalCopy(text, text, text, ()),))))[0]
    assert page.count("ŵ ŷ Ł <b>bold</b> & &amp; {{ name }} 🙂 □ Ελένη") == 3


def test_a_hebrew_and_an_arabic_name_can_be_read_back(plan: Disclosure) -> None:
    actions = (ActionCopy("a", "שרה", "ليلى", ""),)
    document = pypdfium2.PdfDocument(plan_pdf(replace(plan, goals=(GoalCopy("", "", "", actions),))))
    text = unicodedata.normalize("NFKC", "".join(page.get_textpage().get_text_bounded() for page in document))
    assert "שרה" in text
    assert "ليلى" in text


@pytest.mark.parametrize("thing", [{}, None, "plan", {"what": "plan", "edition": "professional"}])
def test_nothing_but_a_disclosure_is_printed(thing: object) -> None:
    with pytest.raises(TypeError, match="Disclosure"):
        plan_pdf(thing)  # type: ignore[arg-type]


def test_a_class_that_only_looks_like_a_disclosure_is_refused(plan: Disclosure) -> None:
    class Forged(Disclosure):
        def __post_init__(self) -> None:
            pass

    made = Forged(**{field.name: getattr(plan, field.name) for field in fields(plan)} | {"door": object()})
    with pytest.raises(TypeError):
        plan_pdf(made)


def test_a_disclosure_that_did_not_come_through_the_door_is_refused(plan: Disclosure) -> None:
    made = object.__new__(Disclosure)
    with pytest.raises(TypeError):
        plan_pdf(made)
    for field in fields(plan):
        object.__setattr__(made, field.name, getattr(plan, field.name))
    object.__setattr__(made, "door", object())
    with pytest.raises(TypeError):
        plan_pdf(made)
    object.__setattr__(made, "door", DOOR)
    assert plan_pdf(made) == plan_pdf(plan)


def test_a_disclosure_of_something_else_is_refused(plan: Disclosure) -> None:
    with pytest.raises(ValueError, match="not of a plan"):
        plan_pdf(replace(plan, what=What.ASSESSMENT))
