"""Answering: what each kind of question takes, what is known, what is hidden, what an answer also settles."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from csa_desk.casework.answers import AssessmentView, Known, QuestionView, Standing, view
from csa_desk.casework.assessing import Said, answer, checked_value, question_named, sign, still_right
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.desk import Desk
from csa_desk.casework.plan_needs import needs
from csa_desk.content.questions import Condition, Question
from csa_desk.content.reading import Packs
from csa_desk.errors import InputError
from csa_desk.records.assessment import Answer, AnswerState
from csa_desk.records.fields import Value

ONE_VAULT = True
Add = Callable[..., CaseFile]
Reread = Callable[[Desk, CaseFile], CaseFile]
CHILD = "child"


def find(shown: AssessmentView, question: str, subject: str = CHILD) -> QuestionView:
    return next(
        one
        for section in shown.sections
        for one in section.asked
        if one.question.id == question and one.subject == subject
    )


def say(desk: Desk, file: CaseFile, question: str, value: Value, subject: str = CHILD, **more: str) -> Answer:
    return answer(desk, file.case.id, subject, question, Said(value=value, **more))  # type: ignore[arg-type]


RIGHT: list[tuple[str, Value]] = [
    ("stop-sign", "hand up"),
    ("culture", "Lines\nof text"),
    ("pronoun", "they"),
    ("sensory", ["hearing", "light"]),
    ("safe-call", "yes"),
    ("safe-call", "not-known"),
    ("referral-date", "2026-11-24"),
    ("referral-date", "2026-11"),
    ("referral-date", "2026"),
    ("sleep", 0),
    ("sleep", 10),
    ("safe-who", "Dana"),
    ("safe-who", {"name": "Dana", "id": "x"}),
    ("referral-from", "Eastmere School"),
    ("referral-from", {"name": "Eastmere School"}),
]
WRONG: list[tuple[str, Any]] = [
    ("stop-sign", 4),
    ("stop-sign", ["Planted Secret"]),
    ("culture", {"name": "Planted Secret"}),
    ("pronoun", "Planted Secret"),
    ("pronoun", ["they"]),
    ("sensory", "hearing"),
    ("sensory", ["Planted Secret"]),
    ("sensory", [["hearing"]]),
    ("sensory", [{"hearing": 1}]),
    ("safe-call", True),
    ("safe-call", "maybe"),
    ("safe-call", ["yes"]),
    ("referral-date", "24/11/2026"),
    ("referral-date", "2026-02-30"),
    ("referral-date", 2026),
    ("sleep", 11),
    ("sleep", -1),
    ("sleep", "5"),
    ("sleep", True),
    ("sleep", 5.0),
    ("sleep", float("nan")),
    ("safe-who", 3),
    ("safe-who", {"name": 3}),
    ("safe-who", {"id": "x"}),
    ("safe-who", {"name": "Dana", "shoe": "Planted Secret"}),
    ("safe-who", {"name": "Dana", "id": 3}),
    ("referral-from", ["Planted Secret"]),
]


def test_a_question_takes_what_fits_it(desk: Desk, add: Add, reread: Reread) -> None:
    file = add()
    for question, value in RIGHT:
        say(desk, file, question, value)
        shown = find(view(desk, reread(desk, file)), question)
        assert shown.answer is not None
        assert shown.answer.value == value
        assert shown.shown


@pytest.mark.parametrize(("question", "value"), WRONG)
def test_a_question_refuses_what_does_not_fit_and_names_only_itself(
    question: str, value: Any, packs: Packs
) -> None:
    asked = next(one for one in packs.assessment.question if one.id == question)
    with pytest.raises(InputError) as fault:
        checked_value(asked, Said(value=value))
    assert question in str(fault.value)
    assert "Planted" not in str(fault.value)


def test_a_refused_answer_changes_nothing(desk: Desk, add: Add, census: Callable[..., Any]) -> None:
    file = add()
    before = census(desk)
    with pytest.raises(InputError):
        say(desk, file, "sleep", "5")
    with pytest.raises(InputError):
        say(desk, file, "sleep", 5, told_on="yesterday")
    with pytest.raises(InputError):
        say(desk, file, "Robin Fernhill", 5)
    assert census(desk) == before


def test_a_name_in_the_place_of_a_question_is_not_repeated(desk: Desk) -> None:
    with pytest.raises(InputError) as fault:
        question_named(desk, "Robin Fernhill")
    assert "Robin" not in str(fault.value)
    with pytest.raises(InputError, match="slep"):
        question_named(desk, "slep")


def test_a_choice_made_twice_is_kept_once(desk: Desk, add: Add) -> None:
    assert say(desk, add(), "sensory", ["hearing", "light", "hearing"]).value == ["hearing", "light"]


@pytest.mark.parametrize("empty", [None, "", "   ", [], {"name": " "}])
def test_an_empty_answer_is_none_and_takes_one_back(
    empty: Value, desk: Desk, add: Add, reread: Reread
) -> None:
    file = add()
    question = {list: "sensory", dict: "safe-who"}.get(type(empty), "stop-sign")
    say(desk, file, question, empty)
    assert find(view(desk, reread(desk, file)), question).standing == Standing.OPEN
    say(desk, file, question, ["light"] if question == "sensory" else "hand up")
    assert find(view(desk, reread(desk, file)), question).standing == Standing.KNOWN
    say(desk, file, question, empty)
    assert find(view(desk, reread(desk, file)), question).standing == Standing.OPEN
    say(desk, file, question, ["light"] if question == "sensory" else "hand up")
    assert find(view(desk, reread(desk, file)), question).standing == Standing.KNOWN


@pytest.mark.parametrize(
    ("state", "reason", "standing", "words"),
    [
        (AnswerState.CHOSE_NOT, "", Standing.KNOWN, "Chose not to say"),
        (AnswerState.NOT_KNOWN, "", Standing.TO_CHECK, "Not known yet"),
        (AnswerState.NOT_ASKED, "too tired", Standing.OPEN, "Not asked: too tired"),
        (AnswerState.NOT_ASKED, "", Standing.OPEN, "Not asked"),
    ],
)
def test_each_state_stands_as_it_should(
    state: str, reason: str, standing: Standing, words: str, desk: Desk, add: Add, reread: Reread
) -> None:
    file = add()
    made = say(desk, file, "stop-sign", "ignored", state=state, reason=reason)
    assert made.value is None
    shown = find(view(desk, reread(desk, file)), "stop-sign")
    assert (shown.standing, shown.shown) == (standing, words)


def test_prefer_not_to_say_is_an_answer_that_is_known(desk: Desk, add: Add, reread: Reread) -> None:
    file = add()
    say(desk, file, "orientation", "prefer-not-to-say")
    shown = find(view(desk, reread(desk, file)), "orientation")
    assert shown.standing == Standing.KNOWN
    assert shown.shown == "Prefer not to say"


def test_not_known_is_never_counted_as_known(desk: Desk, add: Add, reread: Reread) -> None:
    file = add()
    say(desk, file, "safe-call", "not-known")
    assert find(view(desk, reread(desk, file)), "safe-call").standing == Standing.TO_CHECK


def test_carers_siblings_and_family_each_have_their_own_answers(desk: Desk, add: Add, reread: Reread) -> None:
    file = add(carers=[{"name": "Dana"}, {"name": "Lou"}], siblings=[{"name": "Wren"}])
    dana, lou = (one.id for one in file.carers)
    say(desk, file, "carer-managing", 3, dana)
    say(desk, file, "siblings", "yes", "family")
    shown = view(desk, reread(desk, file))
    assert find(shown, "carer-managing", dana).standing == Standing.KNOWN
    assert find(shown, "carer-managing", dana).subject_name == "Dana"
    assert find(shown, "carer-managing", lou).standing == Standing.OPEN
    assert find(shown, "sibling-help", file.siblings[0].id).standing == Standing.OPEN
    with pytest.raises(StopIteration):
        find(shown, "carer-managing", CHILD)


def test_only_the_questions_of_the_cases_nation_are_asked(desk: Desk, add: Add) -> None:
    for nation, asked, other in (
        ("england", "family-help", "at-risk-report"),
        ("wales", "at-risk-report", "family-help"),
    ):
        shown = view(desk, add(nation=nation))
        assert find(shown, asked)
        with pytest.raises(StopIteration):
            find(shown, other)


def test_a_hidden_answer_is_kept_and_comes_back(desk: Desk, add: Add, reread: Reread) -> None:
    file = add()
    hidden = find(view(desk, file), "crime-reference")
    assert hidden.standing == Standing.HIDDEN
    say(desk, file, "reported", "yes")
    say(desk, file, "crime-reference", "42/19")
    total = view(desk, reread(desk, file)).total
    say(desk, file, "reported", "no")
    shown = view(desk, reread(desk, file))
    assert find(shown, "crime-reference").standing == Standing.HIDDEN
    assert shown.total < total
    say(desk, file, "reported", "yes")
    back = find(view(desk, reread(desk, file)), "crime-reference")
    assert (back.standing, back.shown) == (Standing.KNOWN, "42/19")


def test_an_answer_that_is_hidden_itself_calls_for_no_other_question(
    desk: Desk, add: Add, reread: Reread
) -> None:
    file = add()
    say(desk, file, "reported", "yes")
    say(desk, file, "recorded-interview", "planned")
    assert find(view(desk, reread(desk, file)), "interview-needs").standing == Standing.OPEN
    say(desk, file, "reported", "no")
    assert find(view(desk, reread(desk, file)), "interview-needs").standing == Standing.HIDDEN


def when(said: dict[str, Any]) -> Condition:
    return msgspec.convert(said, Condition)


CALL_YES = {"question": "safe-call", "is": ["yes"]}
TEXT_YES = {"question": "safe-text", "is": ["yes"]}
LIGHT = {"question": "sensory", "has": ["light"]}


NESTED: list[tuple[dict[str, Any], bool]] = [
    (CALL_YES, True),
    (TEXT_YES, False),
    (LIGHT, True),
    ({"question": "sensory", "has": ["touch"]}, False),
    ({"question": "sensory", "answered": True}, True),
    ({"question": "sensory", "answered": False}, False),
    ({"question": "stop-sign", "answered": False}, True),
    ({"all": [CALL_YES, LIGHT]}, True),
    ({"all": [CALL_YES, TEXT_YES]}, False),
    ({"any": [TEXT_YES, LIGHT]}, True),
    ({"any": [TEXT_YES, {"not": LIGHT}]}, False),
    ({"not": TEXT_YES}, True),
    ({"not": {"any": [TEXT_YES, {"all": [CALL_YES, LIGHT]}]}}, False),
    (
        {
            "all": [
                {"not": {"not": CALL_YES}},
                {"any": [{"not": LIGHT}, {"question": "pronoun", "answered": False}]},
            ]
        },
        True,
    ),
    ({"question": "breaks", "is": ["ten"]}, False),
    ({"question": "breaks", "answered": True}, False),
]


def test_conditions_hold_as_they_are_nested(desk: Desk, add: Add, reread: Reread) -> None:
    file = add()
    say(desk, file, "safe-call", "yes")
    say(desk, file, "safe-text", "no")
    say(desk, file, "sensory", ["light", "smell"])
    say(desk, file, "breaks", None, state=AnswerState.CHOSE_NOT)
    known = Known(reread(desk, file), desk.packs.assessment.question)
    for condition, holds in NESTED:
        assert known.holds(when(condition), CHILD) is holds, condition


def test_an_answer_is_to_be_checked_when_its_days_are_over_and_still_right_dates_it_anew(
    desk: Desk, add: Add, reread: Reread, clock: Any
) -> None:
    file = add()
    limit = find(view(desk, file), "safe-today").question.check_after_days
    assert limit is not None
    say(desk, file, "safe-today", "yes", source="carer", given="words")
    clock.advance(days=limit)
    assert find(view(desk, reread(desk, file)), "safe-today").standing == Standing.KNOWN
    clock.advance(days=1)
    old = find(view(desk, reread(desk, file)), "safe-today")
    assert (old.standing, old.age_days) == (Standing.TO_CHECK, limit + 1)
    assert old.answer is not None
    still_right(desk, old.answer)
    checked = find(view(desk, reread(desk, file)), "safe-today")
    assert checked.standing == Standing.KNOWN
    assert checked.answer is not None
    assert (checked.answer.value, checked.answer.source, checked.answer.given) == ("yes", "carer", "words")
    assert checked.answer.told_on == desk.today


def test_a_question_that_was_renamed_keeps_its_answer(desk: Desk, add: Add, reread: Reread) -> None:
    file = add()
    say(desk, file, "stop-sign", "hand up")
    packs = desk.packs
    renamed = tuple(
        msgspec.structs.replace(one, id="sign-to-stop", same_as=("stop-sign",))
        if one.id == "stop-sign"
        else one
        for one in packs.assessment.question
    )
    fresh = Packs(packs.folder)
    fresh.__dict__["assessment"] = msgspec.structs.replace(packs.assessment, question=renamed)
    later = Desk(desk.vault, fresh)
    assert find(view(later, reread(later, file)), "sign-to-stop").shown == "hand up"
    assert question_named(later, "stop-sign").id == "sign-to-stop"
    say(later, file, "sign-to-stop", "a red card")
    assert find(view(later, reread(later, file)), "sign-to-stop").shown == "a red card"
    say(later, file, "sign-to-stop", "")
    assert find(view(later, reread(later, file)), "sign-to-stop").standing == Standing.OPEN, (
        "taken back for good"
    )


def test_the_counts_add_up(desk: Desk, add: Add, reread: Reread) -> None:
    file = add()
    start = view(desk, file)
    assert start.count(Standing.KNOWN) == 0
    assert start.count(Standing.OPEN) == start.total
    say(desk, file, "stop-sign", "hand up")
    say(desk, file, "breaks", None, state=AnswerState.NOT_KNOWN)
    say(desk, file, "matters-most", None, state=AnswerState.CHOSE_NOT)
    shown = view(desk, reread(desk, file))
    assert (shown.count(Standing.KNOWN), shown.count(Standing.TO_CHECK)) == (2, 1)
    assert shown.count(Standing.OPEN) == start.total - 3
    assert shown.total == start.total
    for section in shown.sections:
        assert len(section.standing_now) == sum(
            section.count(one) for one in (Standing.KNOWN, Standing.TO_CHECK, Standing.OPEN)
        )


def test_a_safe_contact_answer_makes_a_new_dated_rule(
    desk: Desk, add: Add, reread: Reread, clock: Any
) -> None:
    file = add(safe_contact={"call": "yes", "who": "Dana", "voicemail": "yes"})
    clock.advance(days=3)
    say(desk, file, "safe-call", "no", source="carer")
    now = reread(desk, file)
    assert len(now.safe_contacts) == 2
    rule = now.safe_contact(desk.today)
    assert rule is not None
    assert (rule.call, rule.who, rule.voicemail) == ("no", "Dana", "yes")
    assert (rule.since, rule.told_by) == (desk.today, "carer")
    assert now.safe_contacts[0].call == "yes", "what was said before still stands in the record"
    say(desk, file, "safe-call", "no", source="carer")
    assert len(reread(desk, file).safe_contacts) == 2, "the same answer again is no new rule"
    say(desk, file, "safe-call", None, state=AnswerState.NOT_KNOWN)
    last = reread(desk, file).safe_contact(desk.today)
    assert last is not None
    assert last.call == "", "a permission that is not known any more is no permission"


def test_the_first_safe_contact_answer_makes_the_first_rule(desk: Desk, add: Add, reread: Reread) -> None:
    file = add()
    say(desk, file, "safe-who", {"name": "Dana"})
    rule = reread(desk, file).safe_contact(desk.today)
    assert rule is not None
    assert (rule.who, rule.since) == ("Dana", desk.today)


def test_what_the_child_is_called_follows_the_answer(desk: Desk, add: Add, reread: Reread) -> None:
    file = add()
    say(desk, file, "preferred-name", "Fern")
    assert reread(desk, file).called == "Fern"


def test_a_need_counts_as_asked_by_any_real_answer_of_its_section(
    desk: Desk, add: Add, reread: Reread
) -> None:
    file = add()
    say(desk, file, "money-managing", 4, "family")
    say(desk, file, "substance-use", None, state=AnswerState.NOT_ASKED, reason="not today")
    states = {one.need.id: one.state for one in needs(desk, reread(desk, file))}
    assert states["money"] == "asked"
    assert states["substances"] == "not-asked"


def test_signing_freezes_each_answer_as_it_stands(desk: Desk, add: Add, reread: Reread) -> None:
    file = add()
    kept = say(desk, file, "stop-sign", "hand up")
    say(desk, file, "breaks", None, state=AnswerState.NOT_KNOWN)
    signed = sign(desk, file)
    heads = list(desk.vault.read.heads(Answer, kept.id))
    assert signed.frozen is not None
    assert signed.frozen[kept.id] == heads
    assert len(signed.frozen) == 2
    shown = view(desk, reread(desk, file))
    assert int(signed.open_things) == shown.count(Standing.OPEN) + 1
    say(desk, file, "stop-sign", "a red card")
    again = reread(desk, file).sign_offs[0]
    assert (again.version, again.frozen) == ("1", signed.frozen)
    assert list(desk.vault.read.heads(Answer, kept.id)) != heads
    assert sign(desk, file).version == "2"


def test_every_kind_of_question_of_the_pack_is_tried_above(packs: Packs) -> None:
    tried: dict[str, Question] = {one.id: one for one in packs.assessment.question}
    assert {tried[name].type for name, _ in RIGHT} == {one.type for one in packs.assessment.question}
    assert {tried[name].type for name, _ in WRONG} == {one.type for one in packs.assessment.question}
