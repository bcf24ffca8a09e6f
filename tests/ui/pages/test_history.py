"""History of a file: every kind of record has words, before and after are told, no id is shown."""

import re
from dataclasses import replace

import pytest

from csa_desk.casework import assessing, planning, tasks
from csa_desk.casework.casefile import open_file
from csa_desk.casework.desk import Desk
from csa_desk.casework.histories import changes, looks
from csa_desk.casework.history_words import LEFT_OUT, RECORDS
from csa_desk.casework.intake import add_child
from csa_desk.casework.shapes import (
    CarerShape,
    CaseShape,
    ChildShape,
    GoalShape,
    SafeContactShape,
    StageShape,
)
from csa_desk.records.assessment import CHILD_SUBJECT
from csa_desk.records.cases import Case
from csa_desk.records.fields import Scope, rules
from csa_desk.records.kinds import KINDS
from tests.conftest import SetClock
from tests.ui.pages.screen import ODD_NAMES, Screen

OF_A_FILE = sorted(
    name for name, kind in KINDS.items() if kind.SCOPE in (Scope.CASE, Scope.PERSON, Scope.PROCEEDING)
)
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}")


def rowan(desk: Desk, **more: object) -> Case:
    return add_child(
        desk,
        CaseShape(child=ChildShape(name="Rowan Bramley", birth_date="2015-03-04"), **more),  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("name", OF_A_FILE)
def test_every_field_of_every_record_is_named_or_left_out_on_purpose(name: str) -> None:
    fields = set(rules(KINDS[name])) - {"removed", "case"}
    said = set(RECORDS[name].fields)
    left_out = set(LEFT_OUT.get(name, ()))
    assert said | left_out == fields
    assert not said & left_out


def test_before_and_after_and_why(desk: Desk, clock: SetClock) -> None:
    case = rowan(desk)
    task = tasks.add_task(desk, case.id, "Call mum", due="2026-11-27")
    clock.advance(hours=2)
    tasks.drop(desk, task, "She rang us")
    newest = changes(desk, open_file(desk, case.code))[0]
    assert (newest.title, newest.verb, newest.reason) == ("Task: Call mum", "Changed", "will not be done")
    told = {field.label: (field.before, field.after) for field in newest.fields}
    assert told == {
        "State": ("Open", "Dropped"),
        "On": ("", "24 November 2026"),
        "Reason": ("", "She rang us"),
    }


def test_an_answer_is_told_with_its_question_and_taken_back(desk: Desk) -> None:
    case = rowan(desk)
    for value in ("A cushion on the lap", "A hand up", None):
        assessing.answer(desk, case.id, CHILD_SUBJECT, "stop-sign", assessing.Said(value=value))
    last, middle, first = [
        item for item in changes(desk, open_file(desk, case.code)) if item.kind == "answer"
    ][:3]
    assert first.title == "What sign will Rowan use to stop?"
    assert (first.verb, first.fields[0].before, first.fields[0].after) == ("New", "", "A cushion on the lap")
    assert (middle.fields[0].before, middle.fields[0].after) == ("A cushion on the lap", "A hand up")
    assert (last.verb, last.fields[0].before, last.fields[0].after) == (
        "Taken out",
        "A hand up",
        "Taken back",
    )


def test_people_and_stages_of_the_file_are_in_it(desk: Desk) -> None:
    case = rowan(
        desk,
        carers=[CarerShape(name="Holly Bramley", relation="mum")],
        stages=[StageShape(stage="report", since="2026-10-02")],
        safe_contact=SafeContactShape(who="mum", call="no"),
    )
    file = open_file(desk, case.code)
    with desk.vault.write() as writing:
        writing.put(replace(file.child, name="Rowan Birch"), "corrected")
    told = changes(desk, file)
    titles = {item.title for item in told}
    assert {"Carer: Holly Bramley", "Person: Holly Bramley", "Safe contact rule"} <= titles
    assert any(title.startswith("Stage: ") for title in titles)
    assert (told[0].title, told[0].reason) == ("Person: Rowan Birch", "put right")
    assert [(item.label, item.before, item.after) for item in told[0].fields] == [
        ("Name", "Rowan Bramley", "Rowan Birch")
    ]


def test_no_id_is_ever_shown(screen: Screen) -> None:
    case = rowan(screen.desk, carers=[CarerShape(name="Holly", relation="mum", phone="07700 900123")])
    file = open_file(screen.desk, case.code)
    planning.add_goal(screen.desk, file, GoalShape(need="school", words="Art club"))
    planning.agree(screen.desk, open_file(screen.desk, case.code))
    screen.go("history", case.code)
    while "older of" in screen.words():
        screen.press(next(line for line in screen.words().splitlines() if "older of" in line))
    words = screen.words()
    assert "Goal: Art club" in words
    assert "Carer: Holly" in words
    assert UUID.search(words) is None


def test_who_opened_the_file_is_told_once_a_day(screen: Screen, clock: SetClock) -> None:
    case = rowan(screen.desk)
    for _ in range(3):
        open_file(screen.desk, case.code)
    clock.advance(days=1)
    open_file(screen.desk, case.code)
    told = looks(screen.desk, open_file(screen.desk, case.code, log=""))
    assert [(item.words, item.times) for item in told] == [
        ("Opened the file", 1),
        ("Opened the file", 3),
        ("Added the child", 1),
    ]
    screen.go("history", case.code)
    screen.press("Who opened this file")
    assert "Opened the file, 3 times that day." in screen.words()
    assert "24 November 2026" in screen.words()


def test_long_histories_come_in_pages(screen: Screen) -> None:
    case = rowan(screen.desk)
    for number in range(40):
        tasks.add_task(screen.desk, case.id, f"Task number {number:02}")
    screen.go("history", case.code)
    assert "Task number 39" in screen.words()
    assert "Task number 05" not in screen.words()
    screen.press("Show ")
    assert "Task number 05" in screen.words()


def test_long_words_are_folded_until_opened(screen: Screen) -> None:
    case = rowan(screen.desk)
    long = "So much to say. " * 40
    assessing.answer(screen.desk, case.id, CHILD_SUBJECT, "stop-sign", assessing.Said(value=long))
    screen.go("history", case.code)
    assert "So much to say" not in screen.words()
    screen.press("Open it")
    assert long.strip() in screen.words()


@pytest.mark.parametrize("odd", ODD_NAMES)
def test_any_words_show_as_they_are(screen: Screen, odd: str) -> None:
    case = rowan(screen.desk)
    tasks.add_task(screen.desk, case.id, odd)
    screen.go("history", case.code)
    assert f"Task: {odd}" in screen.words()
