"""A JSON file that is not right is refused in words anybody reads, with the place, never with a value of the file."""

import copy
import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csa_desk.casework.shapes import AssessmentShape, CaseShape, PlanShape, Strict, parse_shape
from csa_desk.errors import InputError
from tests.casework.conftest import FULL

PLAN: dict[str, Any] = {
    "goals": [
        {
            "need": "school",
            "words": "Art club",
            "told_on": "2026-11-20",
            "actions": [{"what": "Ask"}, {"what": "Go", "by_when": "2026-12-01", "status": "booked"}],
        }
    ],
    "review_on": "2027-02-01",
    "views": [{"who": "child", "view": "agreed", "on": "2026-11-20"}],
}
ANSWERS: dict[str, Any] = {
    "answers": [{"question": "culture", "value": "Sunday lunch", "told_on": "2026-11-20"}],
    "signed": ["1"],
}
FILES: list[tuple[type[Strict], dict[str, Any]]] = [
    (CaseShape, FULL),
    (PlanShape, PLAN),
    (AssessmentShape, ANSWERS),
]


def refusal(content: bytes | Any, shape: type[Strict] = PlanShape) -> str:
    whole = content if isinstance(content, bytes) else json.dumps(content).encode()
    with pytest.raises(InputError) as refused:
        parse_shape(whole, shape)
    return str(refused.value).removesuffix(" Nothing was changed.")


def plan(*path: Any, **change: Any) -> dict[str, Any]:
    """The plan with fields at a place changed."""
    made = copy.deepcopy(PLAN)
    here = made
    for step in path:
        here = here[step]
    here.update(change)
    return made


SAID: list[tuple[Any, str]] = [
    (
        plan("goals", 0, "actions", 1, by_when=7),
        "In `goals`, item 1, `actions`, item 2: `by_when` should be a date such as 2026-03-01.",
    ),
    (
        plan("goals", 0, "actions", 1, by_when="soon"),
        "In `goals`, item 1, `actions`, item 2: `by_when` should be a date such as 2026-03-01.",
    ),
    (plan("goals", 0, words=7), "In `goals`, item 1: `words` should be text in quotation marks."),
    (plan("goals", 0, words=None), "In `goals`, item 1: `words` should be text in quotation marks."),
    (
        plan("goals", 0, actions="Ask"),
        "In `goals`, item 1: `actions` should be in square brackets [ ], also where there is only one.",
    ),
    (
        plan(goals=["Art"]),
        "In `goals`, item 1: it should be a set of fields in curly brackets { }.",
    ),
    (
        plan("views", 0, view="Secret"),
        "In `views`, item 1: `view` should be one of: agreed, agreed-in-part, did-not-agree, not-asked.",
    ),
    (plan(goal="Art"), "The field “goal” is not known. Check its spelling, or take it out."),
    (
        plan("goals", 0, **{"Secret Planted": 1}),
        "In `goals`, item 1: there is a field that is not known. Check its spelling, or take it out.",
    ),
    ({"goals": [{"words": "Art"}]}, "In `goals`, item 1: `need` is missing. Add it."),
    ({}, "`goals` is missing. Add it."),
    ([], "The file should hold one set of fields in curly brackets { }."),
    (None, "The file should hold one set of fields in curly brackets { }."),
    (b"", "The file is empty. Check that it is the right one."),
    (b" \n", "The file is empty. Check that it is the right one."),
    (b"<html>", "The file is a web page, not JSON. Save the file itself."),
    (b'{"goals": [', "The file is not complete JSON: it ends too early. Fetch or save it again."),
    (b'{"goals": [],\n "review_on": 2027-01-01}', "The file is not complete JSON. Look at line 2."),
    (b'{"goals": []} {}', "The file is not complete JSON. Look at line 1."),
    ('{"goals": []}'.encode("utf-16"), "The file is not saved as UTF-8 text. Save it again as UTF-8."),
    ('{"goals": []}'.encode("utf-16-le"), "The file is not saved as UTF-8 text. Save it again as UTF-8."),
    (b'{"goals": "\xe9"}', "The file is not saved as UTF-8 text. Save it again as UTF-8."),
    (
        b'{"goals": [], "views": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        "The file holds brackets inside brackets too deep. Check that it is the right file.",
    ),
    (
        b'{"goals": ' + b"9" * 5000 + b"}",
        "The file holds a number that is too large. Check its digits.",
    ),
    (b'{"goals": 1e999}', "The file holds a number that is too large. Check its digits."),
    (
        b'{"goals": NaN}',
        "The file holds a number that is none. Write a number in digits, or leave it out.",
    ),
    (b'{"goals": [], "goals": []}', "“goals” is given twice. Keep one of them."),
    (
        b'{"goals": [{"need": "school", "words": "a", "need": "home"}]}',
        "In `goals`, item 1: “need” is given twice. Keep one of them.",
    ),
    (
        b'{"goals": [{"need": "school", "words": "\\ud800"}]}',
        "The file holds half of a character, which is no text. Save it again as UTF-8.",
    ),
]


def test_each_fault_is_named_by_its_place_and_what_should_stand_there() -> None:
    for content, sentence in SAID:
        assert refusal(content) == sentence


def test_a_partial_date_and_yes_or_no_say_how_they_are_written() -> None:
    born = {"child": {"name": "Ro", "birth_date": 2015}}
    assert refusal(born, CaseShape) == (
        "In `child`: `birth_date` should be a date such as 2016-04-09, 2016-04 or 2016."
    )
    task = {"child": {"name": "Ro"}, "tasks": [{"what": "Ring", "contact": "yes"}]}
    assert refusal(task, CaseShape) == (
        "In `tasks`, item 1: `contact` should be true or false, without quotation marks."
    )
    assert refusal({"child": {"name": "Ro"}, "nation": "France"}, CaseShape) == (
        "`nation` should be one of: england, wales."
    )
    assert refusal({"child": {"name": "Ro"}, "referral": []}, CaseShape) == (
        "`referral` should be a set of fields in curly brackets { }."
    )
    named = {"child": {"name": "Ro"}, "team": [{"name": "Pat", "helps_with": ["school", 3]}]}
    assert refusal(named, CaseShape) == (
        "In `team`, item 1, `helps_with`, item 2: it should be text in quotation marks."
    )
    twice = b'{"answers": [{"question": "culture", "value": {"name": "a", "name": "b"}}]}'
    assert refusal(twice, AssessmentShape) == "The file gives one field twice in one place. Keep one of them."


def test_files_that_are_right_are_taken_also_with_a_byte_order_mark() -> None:
    for shape, said in FILES:
        whole = json.dumps(said).encode()
        assert parse_shape(whole, shape) == parse_shape(b"\xef\xbb\xbf" + whole, shape)


DEVELOPER_WORDS = re.compile(
    r"Expected|msgspec|NoneType|<class|Traceback|decode"
    r"|`(?:str|int|float|bool|list|dict|tuple|set|object|array|null|None|Any|bytes)`"
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every container with every key in it."""
    found: list[tuple[Any, Any]] = []
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else []
    for key in keys:
        found.append((value, key))
        found.extend(places(value[key]))
    return found


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_whatever_is_done_to_a_file_it_is_refused_in_plain_words(data: st.DataObject) -> None:
    shape, said = data.draw(st.sampled_from(FILES))
    made = copy.deepcopy(said)
    for _ in range(data.draw(st.integers(1, 3))):
        here, key = data.draw(st.sampled_from(places(made) or [(made, "goals")]))
        match data.draw(st.sampled_from(["replace", "remove", "add"])):
            case "replace":
                here[key] = data.draw(ANYTHING)
            case "remove" if key in here or isinstance(key, int):
                here.pop(key)
            case _ if isinstance(here, dict):
                here[data.draw(st.text(max_size=12))] = data.draw(ANYTHING)
    whole = json.dumps(made).encode()
    cut = data.draw(st.integers(0, len(whole))) if data.draw(st.booleans()) else len(whole)
    extra = data.draw(st.binary(max_size=4))
    content = whole[:cut] + extra + (whole[cut:] if data.draw(st.booleans()) else b"")
    try:
        parse_shape(content, shape)
    except InputError as refused:
        words = str(refused)
        assert not DEVELOPER_WORDS.search(words)
        assert words.endswith(" Nothing was changed.")
        assert "right form" not in words, "every fault has a sentence of its own"


@settings(max_examples=200, deadline=None)
@given(content=st.binary(max_size=200) | ANYTHING.map(json.dumps).map(str.encode))
def test_whatever_is_handed_in_is_refused_in_plain_words(content: bytes) -> None:
    for shape, _ in FILES:
        assert not DEVELOPER_WORDS.search(refusal(content, shape))
