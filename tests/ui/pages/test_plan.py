"""The plan page: goals and actions are added, changed, moved and taken out in their place; the plan is agreed."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from csa_desk.casework import plan_needs, planning
from csa_desk.casework.casefile import CaseFile, open_file
from csa_desk.casework.desk import Desk
from csa_desk.casework.intake import add_child
from csa_desk.casework.shapes import (
    ActionShape,
    CarerShape,
    CaseShape,
    ChildShape,
    GoalShape,
    PlanShape,
    TeamShape,
)
from csa_desk.records.directory import Agency, Service
from csa_desk.records.ids import new_id
from csa_desk.records.plan import Action
from csa_desk.ui.pages.plan.action_row import ActionRow
from csa_desk.ui.pages.plan.goal_card import GoalCard
from csa_desk.ui.pages.plan.page import PlanPage
from csa_desk.ui.widgets.buttons import Button
from tests.ui.pages.screen import ODD_NAMES, Screen

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
ART = GoalShape(
    need="school",
    words="Go to art club again",
    actions=[
        ActionShape(what="Agree a safe adult", lead="Beth Lyle", by_when="2026-12-04"),
        ActionShape(what="Tell school the day before"),
        ActionShape(what="Bring Rowan back a bit at a time", lead="Priya"),
    ],
)


def rowan(desk: Desk, *goals: GoalShape) -> CaseFile:
    shape = CaseShape(
        child=ChildShape(name="Rowan Bramley", birth_date="2017-03-04"),
        carers=[CarerShape(name="Holly Bramley", relation="mum")],
        team=[TeamShape(name="Beth Lyle", agency="Oakridge")],
    )
    file = open_file(desk, add_child(desk, shape).code)
    planning.import_plan(desk, file, PlanShape(goals=list(goals)))
    return open_file(desk, file.code)


def page_of(screen: Screen) -> PlanPage:
    assert isinstance(screen.page, PlanPage)
    return screen.page


def card_of(screen: Screen) -> GoalCard:
    return next(iter(page_of(screen).cards.values()))


def actions(desk: Desk, file: CaseFile) -> list[Action]:
    return open_file(desk, file.code).actions


def test_an_empty_plan_has_one_filled_button_and_a_goal_is_added_by_keys(screen: Screen, desk: Desk) -> None:
    file = rowan(desk)
    screen.go("plan", file.code)
    filled = [b for b in screen.page.findChildren(Button) if b.isVisible() and b.kind == "primary"]
    assert [b.words for b in filled] == ["Add the first goal"]
    screen.key(Qt.Key.Key_Return, CTRL)
    screen.key(Qt.Key.Key_Return, CTRL)
    assert "Choose the need" in screen.words()
    editor = page_of(screen)._editor
    assert editor is not None
    editor.form.set_value("need", "school")
    screen.write("Go to art club again", "The goal")
    screen.key(Qt.Key.Key_Return, CTRL)
    (goal,) = open_file(desk, file.code).goals
    assert (goal.need, goal.words, goal.source, goal.subject) == (
        "school",
        "Go to art club again",
        "child",
        "child",
    )
    assert "Goal, in Rowan’s words" in screen.words()
    assert "“Go to art club again”" in screen.words()
    assert not desk.vault.drafts(f"{file.case.id}/goal/")


def test_an_action_opens_in_its_place_and_saves_field_by_field(screen: Screen, desk: Desk) -> None:
    file = rowan(desk, ART)
    screen.go("plan", file.code)
    assert "Needs a lead" in screen.words()
    row = screen.named("Tell school the day before", ActionRow)
    row.setFocus()
    screen.key(Qt.Key.Key_Return)
    screen.write("Beth Lyle")
    screen.key(Qt.Key.Key_Tab)
    made = actions(desk, file)[1]
    assert (made.lead_name, bool(made.lead)) == ("Beth Lyle", True)
    screen.press("Going on")
    assert actions(desk, file)[1].status == "going-on"
    assert "Led by Beth Lyle" in row.accessibleName()
    screen.key(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is row
    assert "Needs a lead" not in screen.words()


def test_only_one_row_is_open_at_a_time(screen: Screen, desk: Desk) -> None:
    file = rowan(desk, ART)
    screen.go("plan", file.code)
    card = card_of(screen)
    first, second = list(card.blocks)[:2]
    card.open_action(first)
    card.open_action(second)
    assert card.blocks[first].editor is None
    assert card.blocks[second].editor is not None


def test_alt_with_arrows_moves_an_action_and_keeps_the_focus(screen: Screen, desk: Desk) -> None:
    file = rowan(desk, ART)
    screen.go("plan", file.code)
    row = screen.named("Bring Rowan back", ActionRow)
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Up, ALT)
    QTest.keyClick(row, Qt.Key.Key_Up, ALT)
    assert [item.what for item in actions(desk, file)] == [
        "Bring Rowan back a bit at a time",
        "Agree a safe adult",
        "Tell school the day before",
    ]
    screen.settle()
    shown = sorted(card_of(screen).findChildren(ActionRow), key=_top)
    assert [item.action.what for item in shown] == [item.what for item in actions(desk, file)]
    assert QApplication.focusWidget() is row


def _top(row: ActionRow) -> int:
    return row.mapTo(row.window(), row.rect().topLeft()).y()


def test_ctrl_n_inside_a_goal_adds_an_action(screen: Screen, desk: Desk) -> None:
    file = rowan(desk, ART)
    screen.go("plan", file.code)
    screen.named("Agree a safe adult", ActionRow).setFocus()
    screen.key(Qt.Key.Key_N, CTRL)
    screen.key(Qt.Key.Key_Return, CTRL)
    assert "Write what will be done" in screen.words()
    screen.write("Ask about a quiet place", "What will be done")
    screen.key(Qt.Key.Key_Return, CTRL)
    assert actions(desk, file)[3].what == "Ask about a quiet place"
    assert screen.named("Ask about a quiet place", ActionRow).isVisible()
    assert not desk.vault.drafts(f"{file.case.id}/action/")


def test_a_service_must_be_in_the_directory(screen: Screen, desk: Desk) -> None:
    agency = Agency(id=new_id(), name="Linden House")
    service = Service(id=new_id(), agency=agency.id, name="Linden House therapy", status="active")
    with desk.vault.write() as writing:
        writing.put(agency)
        writing.put(service)
    file = rowan(desk, ART)
    screen.go("plan", file.code)
    card = card_of(screen)
    card.open_action(next(iter(card.blocks)))
    screen.write("Nowhere", "Service from the directory")
    screen.key(Qt.Key.Key_Tab)
    assert "This is not in the directory" in screen.words()
    field = screen.named("Service from the directory")
    field.setFocus()
    field.selectAll()  # type: ignore[attr-defined]
    screen.write("Linden House therapy")
    screen.key(Qt.Key.Key_Tab)
    assert actions(desk, file)[0].service == service.id
    assert "Linden House therapy" in screen.named("Agree a safe adult", ActionRow).accessibleName()


def test_removing_can_be_undone_from_the_toast(screen: Screen, desk: Desk) -> None:
    file = rowan(desk, ART)
    screen.go("plan", file.code)
    card = card_of(screen)
    card.open_action(next(iter(card.blocks)))
    screen.press("Remove")
    assert actions(desk, file)[0].what == "Tell school the day before"
    screen.press("Undo")
    assert actions(desk, file)[0].what == "Agree a safe adult"
    card_of(screen).open_goal()
    screen.press("Remove this goal")
    assert not open_file(desk, file.code).goals
    screen.press("Undo")
    assert len(actions(desk, file)) == 3
    assert "Go to art club again" in screen.words()


def test_agreeing_says_which_version_and_when_it_changed_since(screen: Screen, desk: Desk) -> None:
    file = rowan(desk, ART)
    screen.go("plan", file.code)
    assert "Draft 1. Not agreed yet." in screen.words()
    screen.key(Qt.Key.Key_Return, CTRL)
    assert "Version 1, agreed on 24 November 2026. Nothing has changed since." in screen.words()
    assert [item.what for item in open_file(desk, file.code).sign_offs] == ["plan"]
    card = card_of(screen)
    card.open_action(next(iter(card.blocks)))
    screen.press("Done")
    assert "Draft 2. Changed since it was agreed on 24 November 2026." in screen.words()


def test_views_are_recorded_in_words_and_the_review_day_can_change(screen: Screen, desk: Desk) -> None:
    file = rowan(desk, ART)
    screen.go("plan", file.code)
    assert "Rowan: not asked yet" in screen.words()
    screen.press("Record what somebody said")
    screen.press("Record it")
    assert "Choose what they think" in screen.words()
    screen.press("Agreed in part")
    screen.write("Not the assembly", "In their words")
    screen.press("Record it")
    (view,) = open_file(desk, file.code).plan_views
    assert (view.who, view.view, view.words) == ("child", "agreed-in-part", "Not the assembly")
    assert "Rowan agreed in part, 24 Nov" in screen.words()
    screen.press("Change the review day")
    form = page_of(screen).agreement.asks
    assert form is not None
    form.set_value("review", "2027-01-12")
    screen.press("Set this day")
    plan = open_file(desk, file.code).plan
    assert plan is not None
    assert plan.review_on == "2027-01-12"
    assert "Review by 12 January 2027" in screen.words()


def test_a_need_without_a_goal_is_shown_and_its_goal_needs_no_choosing(screen: Screen, desk: Desk) -> None:
    file = rowan(desk, ART)
    plan_needs.set_need(desk, file, "home", "need")
    screen.go("plan", file.code)
    assert "No goal yet for this need." in screen.words()
    page_of(screen)._add_goal("home")
    screen.write("My own room", "The goal")
    screen.press("Add this goal")
    assert {item.need for item in open_file(desk, file.code).goals} == {"school", "home"}


def test_half_typed_action_comes_back(screen: Screen, desk: Desk) -> None:
    file = rowan(desk, ART)
    screen.go("plan", file.code)
    card_of(screen).add_action()
    screen.write("Half an act", "What will be done")
    screen.go("team", file.code)
    screen.go("plan", file.code)
    editor = card_of(screen).adding
    assert editor is not None
    assert editor.form.value("what") == "Half an act"
    screen.key(Qt.Key.Key_Escape)
    assert card_of(screen).adding is None
    screen.press("Add an action")
    editor = card_of(screen).adding
    assert editor is not None
    assert editor.form.value("what") == "Half an act"
    screen.press("Do not add")
    assert not desk.vault.drafts(f"{file.case.id}/action/")


def test_every_word_shows_as_text(screen: Screen, desk: Desk) -> None:
    goals = [
        GoalShape(need="school", words=name, actions=[ActionShape(what=name, lead=name)])
        for name in (*ODD_NAMES, "y" * 10_000)
    ]
    file = rowan(desk, *goals)
    screen.go("plan", file.code)
    words = screen.words()
    for goal in goals:
        assert f"“{goal.words}”" in words
        assert screen.named(goal.words, ActionRow).isVisible()
    assert page_of(screen).width() <= screen.inside.width()
