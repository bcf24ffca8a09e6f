"""A child's overview: their words, the journey, what comes next, the eight needs, the rule always in sight."""

import pytest
from PySide6.QtCore import Qt

from csa_desk.casework import assessment_files, planning
from csa_desk.casework.casefile import open_file
from csa_desk.casework.desk import Desk
from csa_desk.casework.intake import add_child
from csa_desk.casework.shapes import (
    ActionShape,
    AnswerShape,
    AssessmentShape,
    CaseShape,
    ChildShape,
    GoalShape,
    PlanShape,
    SafeContactShape,
    StageShape,
    TaskShape,
)
from csa_desk.records.cases import Case
from csa_desk.ui.widgets.timeline import Timeline
from tests.ui.pages.screen import ODD_NAMES, Screen


def rowan(desk: Desk, **more: object) -> Case:
    return add_child(
        desk,
        CaseShape(
            child=ChildShape(
                name="Rowan Bramley", preferred_name="Rowan", birth_date="2015-03-04", pronoun="she"
            ),
            safe_contact=SafeContactShape(who="mum", number="07700 900123", call="yes", voicemail="no"),
            **more,  # type: ignore[arg-type]
        ),
    )


def test_the_rule_and_who_it_is_stand_at_the_top(screen: Screen) -> None:
    case = rowan(screen.desk)
    screen.go("overview", case.code)
    words = screen.words()
    assert "Rowan Bramley" in words
    assert "11 years  ·  she, her  ·  England" in words
    assert "Call mum 07700 900123. No voicemail." in words


def test_the_childs_own_words_are_the_latest_goal(screen: Screen) -> None:
    case = rowan(screen.desk)
    screen.go("overview", case.code)
    assert "Rowan has not told us in their own words yet." in screen.words()
    file = open_file(screen.desk, case.code)
    planning.import_plan(
        screen.desk,
        file,
        PlanShape(
            goals=[
                GoalShape(
                    need="school",
                    words="Go to art club again.",
                    actions=[ActionShape(what="Agree a safe adult")],
                )
            ]
        ),
    )
    screen.go("overview", case.code)
    words = screen.words()
    assert "“Go to art club again.”" in words
    assert "Rowan told us, 24 November 2026." in words
    assert "Nobody yet" in words


def test_the_journey_is_a_row_and_forgets_not_reported_once_it_is(screen: Screen) -> None:
    case = rowan(
        screen.desk,
        stages=[
            StageShape(stage="report", since="2026-10-02"),
            StageShape(stage="investigation", since="2026-10-20"),
        ],
    )
    screen.go("overview", case.code)
    words = screen.words()
    assert "Reported, done, 2 Oct" in words
    assert "Investigation, now" in words
    assert "Not reported" not in words
    timeline = screen.page.findChild(Timeline)
    assert timeline is not None
    assert not any(drawing.upright for drawing in timeline._drawings)


def test_eight_points_stand_in_a_row_where_nothing_is_reported(screen: Screen) -> None:
    case = rowan(screen.desk)
    screen.go("overview", case.code)
    timeline = screen.page.findChild(Timeline)
    assert timeline is not None
    assert len(timeline._drawings) == 8
    assert not any(drawing.upright for drawing in timeline._drawings)


def test_three_things_next_and_the_rest_on_asking(screen: Screen) -> None:
    case = rowan(screen.desk, tasks=[TaskShape(what=f"Thing {n}", due=f"2026-11-2{n}") for n in range(4, 9)])
    screen.go("overview", case.code)
    assert "Thing 6" in screen.words()
    assert "Thing 7" not in screen.words()
    screen.press("Show all 5 tasks")
    assert "Thing 8" in screen.words()
    screen.press("Thing 4")
    screen.press("Done")
    screen.qtbot.waitUntil(lambda: "Thing 4" not in screen.words())
    assert [item.state for item in open_file(screen.desk, case.code).tasks] == ["done", *["open"] * 4]
    screen.press("Undo")
    assert "Thing 4" in screen.words()


def test_a_task_is_added_where_one_is(screen: Screen) -> None:
    case = rowan(screen.desk)
    screen.go("overview", case.code)
    assert "Nothing is waiting for Rowan." in screen.words()
    screen.key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    screen.write("Ask about Tuesday")
    screen.press("Yes, show the safe contact rule beside it")
    screen.press("Add this task")
    task = open_file(screen.desk, case.code).tasks[0]
    assert (task.what, task.case, task.contact) == ("Ask about Tuesday", case.id, True)
    assert "Ask about Tuesday. Call mum 07700 900123. No voicemail" in screen.words()
    assert screen.desk.vault.drafts(f"{case.id}/") == {}


def test_what_helps_is_there_when_it_was_told(screen: Screen) -> None:
    case = rowan(screen.desk)
    file = open_file(screen.desk, case.code)
    sign = "She puts the cushion on her lap"
    assessment_files.bring_answers(
        screen.desk, file, AssessmentShape(answers=[AnswerShape(question="stop-sign", value=sign)])
    )
    screen.go("overview", case.code)
    assert "What helps Rowan" in screen.words()
    assert sign in screen.words()


@pytest.mark.parametrize("odd", [*ODD_NAMES, "w" * 10_000])
def test_any_goal_shows_as_it_is(screen: Screen, odd: str) -> None:
    case = rowan(screen.desk)
    planning.add_goal(screen.desk, open_file(screen.desk, case.code), GoalShape(need="school", words=odd))
    screen.go("overview", case.code)
    assert f"“{odd}”" in screen.words()
    assert screen.page.width() <= screen.inside.width()
