"""Answers as a file: taken in whole or not at all, given out registered, never from live to training or back."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest

from csa_desk.casework.answers import view
from csa_desk.casework.assessing import Said, answer
from csa_desk.casework.assessment_files import bring_answers, export_answers
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.desk import Desk
from csa_desk.casework.shapes import AssessmentShape, parse_shape
from csa_desk.errors import InputError, RefusedError

ONE_VAULT = True
Add = Callable[..., CaseFile]
Reread = Callable[[Desk, CaseFile], CaseFile]
FAMILY: dict[str, Any] = {"carers": [{"name": "Dana"}, {"name": "Lou"}], "siblings": [{"name": "Wren"}]}


def shape(*answers: dict[str, Any], **more: Any) -> AssessmentShape:
    return parse_shape(json.dumps({"answers": answers, **more}).encode(), AssessmentShape)


def filled(desk: Desk, file: CaseFile) -> None:
    for subject, question, said in (
        ("child", "stop-sign", Said("hand up", source="child", given="cards", told_on="2026-10-01")),
        ("child", "sensory", Said(["light"], source="file", source_name="School report")),
        ("child", "sleep", Said(3)),
        ("child", "breaks", Said(state="not-asked", reason="too tired")),
        ("child", "culture", Said(state="chose-not-to-say")),
        ("child", "safe-who", Said({"name": "Dana"}, source="carer")),
        (file.carers[1].id, "carer-managing", Said(7, source="carer")),
        ("family", "siblings", Said("yes", source="carer")),
        (file.siblings[0].id, "sibling-help", Said(["fun"], source="carer")),
    ):
        answer(desk, file.case.id, subject, question, said)


def known(desk: Desk, file: CaseFile) -> dict[tuple[str, str], tuple[Any, ...]]:
    return {
        (one.subject_name, one.question.id): (
            one.answer.value,
            one.answer.state,
            one.answer.source,
            one.answer.source_name,
            one.answer.given,
            one.answer.reason,
            one.answer.told_on,
        )
        for part in view(desk, file).sections
        for one in part.asked
        if one.answer is not None
    }


def test_an_export_taken_into_another_training_vault_says_the_same(
    desk: Desk, add: Add, open_desk: Callable[..., Desk], reread: Reread
) -> None:
    file = add(**FAMILY)
    filled(desk, file)
    content = export_answers(desk, reread(desk, file))
    other = open_desk("other")
    there = add(at=other, **FAMILY)
    done = bring_answers(other, there, parse_shape(content, AssessmentShape))
    assert done == {"recorded": 9, "same": 0}
    assert known(other, reread(other, there)) == known(desk, reread(desk, file))
    assert bring_answers(other, reread(other, there), parse_shape(content, AssessmentShape)) == {
        "recorded": 0,
        "same": 9,
    }


def test_training_and_live_never_mix(
    desk: Desk, add: Add, open_desk: Callable[..., Desk], census: Callable[..., Any]
) -> None:
    file = add()
    answer(desk, file.case.id, "child", "stop-sign", Said("hand up"))
    live = open_desk("live", live=True)
    there = add(at=live)
    answer(live, there.case.id, "child", "stop-sign", Said("red card"))
    before = census(live), census(desk)
    with pytest.raises(RefusedError, match="never mix"):
        bring_answers(live, there, parse_shape(export_answers(desk, file), AssessmentShape))
    export = export_answers(live, there)
    after = census(desk)
    with pytest.raises(RefusedError, match="never mix"):
        bring_answers(desk, file, parse_shape(export, AssessmentShape))
    assert census(desk) == after
    assert census(live)["answer"] == before[0]["answer"]


def test_an_export_is_an_own_file_copy_in_the_register(desk: Desk, add: Add, reread: Reread) -> None:
    file = add()
    content = export_answers(desk, file)
    entry = reread(desk, file).releases[0]
    said = json.loads(content)
    assert (entry.what, entry.content_hash) == ("assessment", hashlib.sha256(content).hexdigest())
    assert said["copy_number"] == entry.copy_number
    assert (said["case"], said["vault_kind"]) == (file.code, "training")


WRONG: list[dict[str, Any]] = [
    {"question": "slep", "value": 3},
    {"question": "sleep", "value": "3"},
    {"question": "sleep", "value": 3, "subject": "Nobody Known"},
    {"question": "sleep", "value": 3, "told_on": "soon"},
    {"question": "carer-managing", "value": 3},
    {"question": "sleep", "value": 3, "subject": "family"},
    {"question": "sensory", "value": [["light"]]},
]


def test_one_answer_that_does_not_fit_keeps_all_out(desk: Desk, add: Add, census: Callable[..., Any]) -> None:
    file = add(**FAMILY)
    before = census(desk)
    for wrong in WRONG:
        with pytest.raises(InputError) as fault:
            bring_answers(desk, file, shape({"question": "stop-sign", "value": "hand up"}, wrong))
        assert "Nobody" not in str(fault.value)
        assert census(desk) == before, wrong


def test_a_file_may_leave_out_whose_answer_it_is_where_that_is_plain(
    desk: Desk, add: Add, reread: Reread
) -> None:
    file = add()
    bring_answers(
        desk, file, shape({"question": "siblings", "value": "no"}, {"question": "sleep", "value": 4})
    )
    assert set(known(desk, reread(desk, file))) == {("The family", "siblings"), ("Robin", "sleep")}


def test_two_carers_of_one_name_are_not_guessed_between(desk: Desk, add: Add) -> None:
    file = add(carers=[{"name": "Dana"}, {"name": "dana"}])
    with pytest.raises(InputError):
        bring_answers(desk, file, shape({"question": "carer-managing", "value": 3, "subject": "Dana"}))
    number = file.carers[1].id
    assert bring_answers(desk, file, shape({"question": "carer-managing", "value": 3, "subject": number}))


def test_an_empty_answer_is_not_counted_as_recorded(desk: Desk, add: Add) -> None:
    file = add()
    assert bring_answers(desk, file, shape({"question": "stop-sign", "value": ""})) == {
        "recorded": 0,
        "same": 1,
    }
