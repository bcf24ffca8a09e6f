"""Today: due and coming tasks, settling them, adding one, carrying on, what was noticed."""

import pytest
from PySide6.QtCore import Qt

from csa_desk.casework import tasks
from csa_desk.casework.casefile import open_file
from csa_desk.casework.desk import Desk
from csa_desk.casework.intake import add_child
from csa_desk.casework.shapes import CaseShape, ChildShape, SafeContactShape, TaskShape
from csa_desk.records.cases import Case, Task
from csa_desk.ui.pages.today import days
from tests.ui.pages.screen import ODD_NAMES, Screen

RULE = SafeContactShape(who="mum", number="07700 900123", call="yes", voicemail="no")


def rowan(desk: Desk, *, rule: SafeContactShape | None = RULE, **shapes: object) -> Case:
    return add_child(
        desk,
        CaseShape(
            child=ChildShape(name="Rowan Bramley", preferred_name="Rowan", birth_date="2015-03-04"),
            nation="england",
            safe_contact=rule,
            **shapes,  # type: ignore[arg-type]
        ),
    )


def todo(*items: tuple[str, str, bool]) -> list[TaskShape]:
    return [TaskShape(what=what, due=due, contact=contact) for what, due, contact in items]


def test_a_quiet_desk_offers_to_add_the_first_child(screen: Screen) -> None:
    screen.go("today")
    assert "A quiet desk" in screen.words()
    assert "Nothing is due." in screen.words()
    screen.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert screen.inside.page is not None
    assert screen.inside.page.place.page == "add-child"


def test_what_is_due_stands_first_with_the_safe_contact_rule(screen: Screen) -> None:
    rowan(
        screen.desk,
        tasks=todo(
            ("Call mum about Friday", "2026-11-24", True),
            ("Send the form", "2026-11-21", False),
            ("Visit", "2026-11-27", False),
        ),
    )
    screen.go("today")
    words = screen.words()
    assert "Tuesday 24 November" in words
    assert "Two things need you today." in words
    assert "Call mum about Friday. Rowan, " in words
    assert "Call mum 07700 900123. No voicemail" in words
    assert "Send the form" in words
    assert "3 days late" in words
    assert "Fri 27 Nov" in words
    assert "in 3 days" in words


def test_done_by_keys_alone_is_saved_and_can_be_undone(screen: Screen) -> None:
    case = rowan(screen.desk, tasks=todo(("Call mum", "2026-11-24", True), ("Visit", "2026-11-24", False)))
    screen.go("today")
    assert screen.inside.focusWidget() is screen.named("Call mum")
    screen.key(Qt.Key.Key_Return)
    assert screen.inside.focusWidget() is screen.named("Done")
    screen.key(Qt.Key.Key_Return)
    screen.qtbot.waitUntil(lambda: "Call mum. " not in screen.words())
    states = {item.what: item.state for item in open_file(screen.desk, case.code).tasks}
    assert states == {"Call mum": "done", "Visit": "open"}
    assert screen.inside.focusWidget() is screen.named("Visit")
    assert "One thing needs you today." in screen.words()
    screen.press("Undo")
    assert "Two things need you today." in screen.words()
    states = {item.what: item.state for item in open_file(screen.desk, case.code).tasks}
    assert states == {"Call mum": "open", "Visit": "open"}


def test_dropping_wants_a_reason_and_keeps_it(screen: Screen) -> None:
    case = rowan(screen.desk, tasks=todo(("Ring the school", "2026-11-24", True)))
    screen.go("today")
    screen.press("Ring the school")
    screen.press("It will not be done")
    screen.press("Take it off the list")
    assert "Say why, in a word or two" in screen.words()
    screen.write("School rang us")
    screen.press("Take it off the list")
    screen.qtbot.waitUntil(lambda: "Nothing is due." in screen.words())
    task = open_file(screen.desk, case.code).tasks[0]
    assert (task.state, task.reason) == ("dropped", "School rang us")


def test_escape_closes_a_row_and_comes_back_to_it(screen: Screen) -> None:
    rowan(screen.desk, tasks=todo(("Visit", "2026-11-24", False)))
    screen.go("today")
    screen.press("Visit")
    screen.key(Qt.Key.Key_Escape)
    assert screen.inside.focusWidget() is screen.named("Visit")
    assert "It will not be done" not in screen.words()


def test_a_task_is_added_for_a_child_by_keys(screen: Screen) -> None:
    case = rowan(screen.desk)
    screen.go("today")
    screen.key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    screen.write("Ask about Tuesday")
    screen.write(f"Rowan Bramley, {case.code}", into="For which child?")
    screen.write("24", into="By when? (optional), day")
    screen.write("11", into="By when? (optional), month")
    screen.write("2026", into="By when? (optional), year")
    screen.press("Yes, show the safe contact rule beside it")
    screen.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    task = open_file(screen.desk, case.code).tasks[0]
    assert (task.what, task.due, task.contact) == ("Ask about Tuesday", "2026-11-24", True)
    assert "One thing needs you today." in screen.words()
    assert screen.inside.focusWidget() is screen.named("Ask about Tuesday")
    assert screen.desk.vault.drafts("today/") == {}


def test_a_half_typed_task_is_there_again(screen: Screen) -> None:
    rowan(screen.desk)
    screen.go("today")
    screen.press("Add a task")
    screen.write("Half a tho")
    screen.go("children")
    screen.go("today")
    field = screen.named("What is to be done?")
    assert field.text() == "Half a tho"  # type: ignore[attr-defined]
    screen.press("Leave it")
    assert screen.desk.vault.drafts("today/") == {}
    assert screen.desk.vault.read.find(Task) == []


def test_a_name_that_is_not_on_the_list_is_not_taken_for_a_child(screen: Screen) -> None:
    rowan(screen.desk)
    screen.go("today")
    screen.press("Add a task")
    screen.write("Ask")
    screen.write("Nobody Here", into="For which child?")
    screen.press("Add this task")
    assert "Choose a child from the list, or leave it empty" in screen.words()
    assert screen.desk.vault.read.find(Task) == []


def test_no_more_than_seven_are_due_until_asked(screen: Screen) -> None:
    rowan(screen.desk, tasks=todo(*((f"Thing {number}", "2026-11-24", False) for number in range(9))))
    screen.go("today")
    assert "Thing 6" in screen.words()
    assert "Thing 8." not in screen.words()
    screen.press("Show all 9 that are due")
    assert "Thing 8." in screen.words()


def test_carry_on_goes_to_the_first_open_question(screen: Screen) -> None:
    case = rowan(screen.desk)
    open_file(screen.desk, case.code)
    screen.go("today")
    assert "Carry on where you stopped" in screen.words()
    assert "Rowan’s assessment" in screen.words()
    asked = []
    screen.inside.session.went.disconnect(screen.inside.follow)
    screen.inside.session.went.connect(asked.append)
    screen.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [(place.page, place.case) for place in asked] == [("section", case.code)]
    assert asked[0].item
    assert asked[0].field


def test_a_missing_rule_is_noticed(screen: Screen) -> None:
    case = rowan(screen.desk, rule=None)
    open_file(screen.desk, case.code)
    screen.go("today")
    assert "No safe contact set" in screen.words()
    assert "Rowan. Ask how they can be reached." in screen.words()


@pytest.mark.parametrize("odd", [*ODD_NAMES, "w" * 10_000])
def test_any_words_show_as_they_are(screen: Screen, odd: str) -> None:
    tasks.add_task(screen.desk, "", odd, due="2026-11-24")
    screen.go("today")
    assert odd in screen.words()
    assert screen.page.width() <= screen.inside.width()


def test_days_in_words() -> None:
    assert days.short_day("2026-11-27") == "Fri 27 Nov"
    assert days.short_day("2026-11") == ""
    assert [days.away(count) for count in (-3, -1, 0, 1, 4)] == [
        "3 days late",
        "1 day late",
        "",
        "tomorrow",
        "in 4 days",
    ]
