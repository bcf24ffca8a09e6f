"""The plan: needs, goals, actions in their order, views, agreement, and taking a plan in from a file."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csa_desk.casework import planning
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.desk import Desk
from csa_desk.casework.plan_needs import needs, set_need
from csa_desk.casework.planning import (
    actions_of,
    add_action,
    add_goal,
    agree,
    change_action,
    change_goal,
    changed_since_agreed,
    import_plan,
    move_action,
    remove,
    say_view,
)
from csa_desk.casework.shapes import ActionShape, GoalShape, PlanShape, parse_shape
from csa_desk.errors import InputError, RefusedError
from csa_desk.records.directory import Agency, Service
from csa_desk.records.ids import new_id

ONE_VAULT = True
Add = Callable[..., CaseFile]
Reread = Callable[[Desk, CaseFile], CaseFile]

PLAN: dict[str, Any] = {
    "review_on": "2027-01-19",
    "goals": [
        {
            "need": "school",
            "words": "I want to go to art club.",
            "source": "child",
            "told_on": "2026-11-03",
            "actions": [
                {
                    "what": "Ask at art club",
                    "lead": "Kit Marlow",
                    "by_when": "2026-12-04",
                    "category": "education",
                },
                {"what": "A lift home", "lead": "", "status": "booked"},
            ],
        },
        {"need": "health", "words": "Sleep all night.", "actions": []},
    ],
    "views": [{"who": "child", "view": "agreed", "words": "Good"}, {"who": "Dana", "view": "agreed-in-part"}],
}


def shape(said: dict[str, Any]) -> PlanShape:
    return parse_shape(json.dumps(said).encode(), PlanShape)


def states(desk: Desk, file: CaseFile) -> dict[str, str]:
    return {one.need.id: one.state for one in needs(desk, file)}


def test_a_need_stands_by_what_is_planned_for_the_child(desk: Desk, add: Add) -> None:
    file = add(carers=[{"name": "Dana"}])
    assert set(states(desk, file).values()) == {"not-asked"}
    set_need(desk, file, "health", "need")
    set_need(desk, file, "money", "no-need-now")
    add_goal(desk, file, GoalShape(need="school", words="Art", actions=[ActionShape(what="Ask", lead="Kit")]))
    add_goal(desk, file, GoalShape(need="home", words="Quiet", actions=[ActionShape(what="Ask")]))
    add_goal(
        desk,
        file,
        GoalShape(
            need="family", words="Rest", subject="Dana", actions=[ActionShape(what="Ring", lead="Kit")]
        ),
    )
    assert states(desk, file) == {
        "health": "need",
        "home": "nobody-yet",
        "family": "not-asked",
        "school": "in-plan",
        "substances": "not-asked",
        "money": "no-need-now",
        "outlook": "not-asked",
        "others": "not-asked",
    }, "a carer's goal is not the child's"
    assert [one.need.id for one in needs(desk, file)] == [
        one.id for one in sorted(desk.packs.needs.need, key=lambda one: one.order)
    ]


def test_a_goal_or_action_names_whose_it_is_and_a_lead_of_the_team(desk: Desk, add: Add) -> None:
    file = add(carers=[{"name": "Dana"}], team=[{"name": "Kit Marlow"}])
    goal = add_goal(
        desk,
        file,
        GoalShape(
            need="family", words="Rest", subject="dana", actions=[ActionShape(what="Ring", lead="kit marlow")]
        ),
    )
    assert goal.subject == file.carers[0].id
    assert file.actions[0].lead == file.team[0].id


def test_an_action_points_to_one_entry_of_the_directory(desk: Desk, add: Add) -> None:
    file = add()
    agency = Agency(id=new_id(), name="Linden")
    service = Service(id=new_id(), agency=agency.id, name="Linden House")
    with desk.vault.write() as writing:
        for one in (agency, service, Service(id=new_id(), name="Twice"), Service(id=new_id(), name="twice")):
            writing.put(one)
    goal = add_goal(desk, file, GoalShape(need="health", words="Talk"))
    assert add_action(desk, file, goal, ActionShape(what="Ask", service="linden house")).service == service.id
    for named in ("Nowhere", "Twice"):
        with pytest.raises(InputError):
            add_action(desk, file, goal, ActionShape(what="Ask", service=named))


def test_a_file_is_taken_in_whole_and_a_second_time_changes_nothing(
    desk: Desk, add: Add, reread: Reread, census: Any, clock: Any
) -> None:
    file = add()
    import_plan(desk, file, shape(PLAN))
    file = reread(desk, file)
    assert file.plan is not None
    assert file.plan.review_on == "2027-01-19"
    assert [(one.need, one.words, one.source, one.told_on) for one in file.goals] == [
        ("school", "I want to go to art club.", "child", "2026-11-03"),
        ("health", "Sleep all night.", "child", desk.today),
    ]
    assert [(one.what, one.lead_name, one.by_when, one.status, one.category) for one in file.actions] == [
        ("Ask at art club", "Kit Marlow", "2026-12-04", "not-started", "education"),
        ("A lift home", "", "", "booked", ""),
    ]
    assert [(one.who_name, one.view, one.words) for one in file.plan_views] == [
        ("child", "agreed", "Good"),
        ("Dana", "agreed-in-part", ""),
    ]
    before = census(desk)
    import_plan(desk, reread(desk, file), shape(PLAN))
    assert census(desk) == before
    clock.advance(days=2)
    import_plan(desk, reread(desk, file), shape(PLAN))
    assert census(desk) == before, "nor on another day"


def test_a_file_that_says_a_thing_twice_makes_it_once(desk: Desk, add: Add, reread: Reread) -> None:
    file = add()
    goal = {"need": "health", "words": "Sleep"}
    views = [{"who": who, "view": "agreed"} for who in ("Mum", "mum", "Mum ")]
    import_plan(desk, file, shape({"goals": [goal, {**goal, "words": " Sleep "}], "views": views}))
    file = reread(desk, file)
    assert len(file.goals) == 1
    assert len(file.plan_views) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"need": "fame", "words": "x"},
        {"need": "health", "words": "  "},
        {"need": "health", "words": "x", "subject": "Nobody Known"},
        {"need": "health", "words": "x", "told_on": "soon"},
        {"need": "health", "words": "x", "actions": [{"what": " "}]},
        {"need": "health", "words": "x", "actions": [{"what": "y", "by_when": "soon"}]},
        {"need": "health", "words": "x", "actions": [{"what": "y", "service": "Nowhere"}]},
        {"need": "health", "words": "x", "actions": [{"what": "y", "category": "safegarding"}]},
    ],
)
def test_a_file_with_one_fault_leaves_vault_and_open_file_as_they_were(
    wrong: dict[str, Any], desk: Desk, add: Add, census: Any
) -> None:
    file = add()
    before = census(desk)
    with pytest.raises(InputError) as fault:
        import_plan(desk, file, shape({"goals": [{"need": "school", "words": "Art"}, wrong]}))
    assert "Nobody" not in str(fault.value)
    assert census(desk) == before
    assert (file.goals, file.actions, file.plans) == ([], [], [])
    with pytest.raises(InputError):
        add_goal(desk, file, parse_shape(json.dumps(wrong).encode(), GoalShape))
    assert (file.goals, file.actions, file.plans) == ([], [], [])
    add_goal(desk, file, GoalShape(need="school", words="Art"))
    assert len(file.goals) == 1


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.tuples(st.integers(0, 4), st.integers(-4, 4)), max_size=8))
def test_moving_actions_keeps_the_order_a_list_would_have(
    moves: list[tuple[int, int]], desk: Desk, add: Add, reread: Reread
) -> None:
    file = add()
    actions = [ActionShape(what=name) for name in "abcde"]
    goal = add_goal(desk, file, GoalShape(need="health", words="x", actions=actions))
    wanted = list("abcde")
    for at, steps in moves:
        name = wanted[at]
        move_action(desk, file, next(one for one in file.actions if one.what == name), steps)
        wanted.insert(max(0, min(4, at + steps)), wanted.pop(at))
        assert [one.what for one in actions_of(file, goal)] == wanted
    assert [one.what for one in actions_of(reread(desk, file), goal)] == wanted


def test_agreeing_freezes_a_version_and_later_changes_are_noticed(
    desk: Desk, add: Add, reread: Reread
) -> None:
    file = add()
    with pytest.raises(RefusedError):
        agree(desk, file)
    import_plan(desk, file, shape(PLAN))
    file = reread(desk, file)
    assert changed_since_agreed(desk, file)
    made = agree(desk, file)
    assert (made.version, made.open_things) == ("1", "1")
    assert not changed_since_agreed(desk, reread(desk, file))
    say_view(desk, file, "Dana", "agreed")
    assert not changed_since_agreed(desk, reread(desk, file)), "what somebody says of it does not change it"
    changes: list[Callable[[CaseFile], object]] = [
        lambda now: change_goal(desk, now, replace(now.goals[0], words="Art club and swimming")),
        lambda now: change_action(desk, now, replace(now.actions[0], status="done")),
        lambda now: add_action(desk, now, now.goals[0], ActionShape(what="More")),
        lambda now: remove(desk, now, now.actions[-1]),
        lambda now: remove(desk, now, now.goals[-1]),
    ]
    for change in changes:
        file = reread(desk, file)
        change(file)
        assert changed_since_agreed(desk, reread(desk, file))
        version = agree(desk, file).version
        assert not changed_since_agreed(desk, reread(desk, file))
    assert version == "6"
    assert [one.version for one in reread(desk, file).sign_offs] == ["1", "2", "3", "4", "5", "6"]


def test_removing_a_goal_takes_its_actions_and_keeps_their_history(
    desk: Desk, add: Add, reread: Reread
) -> None:
    file = add()
    import_plan(desk, file, shape(PLAN))
    gone = file.goals[0]
    remove(desk, file, gone)
    file = reread(desk, file)
    assert [one.need for one in file.goals] == ["health"]
    assert file.actions == []
    kept = desk.vault.read.get(type(gone), gone.id)
    assert kept is not None
    assert kept.removed
    assert kept.words == "I want to go to art club."


def test_a_changed_goal_or_action_needs_words_and_a_real_day(desk: Desk, add: Add, census: Any) -> None:
    file = add()
    import_plan(desk, file, shape(PLAN))
    before = census(desk)
    for wrong in (
        lambda: change_goal(desk, file, replace(file.goals[0], words=" ")),
        lambda: change_action(desk, file, replace(file.actions[0], what=" ")),
        lambda: change_action(desk, file, replace(file.actions[0], by_when="soon")),
        lambda: set_need(desk, file, "fame", "need"),
        lambda: set_need(desk, file, "health", "maybe"),
    ):
        with pytest.raises(InputError):
            wrong()
    assert census(desk) == before


def test_a_status_this_version_does_not_know_stands_for_itself() -> None:
    assert planning.status_words("going-on") == "Going on"
    assert planning.status_words("paused") == "paused"
