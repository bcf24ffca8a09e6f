"""Dates that cannot be true are refused, whoever hands them in, and nothing is changed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from csa_desk.casework import team
from csa_desk.casework.assessing import Said, answer
from csa_desk.casework.casefile import CaseFile, open_file
from csa_desk.casework.consenting import decide, share_without_consent
from csa_desk.casework.dates import birth_fault
from csa_desk.casework.desk import Desk
from csa_desk.casework.family import add_sibling
from csa_desk.casework.intake import add_child
from csa_desk.casework.planning import add_goal, agree, import_plan, say_view, set_review
from csa_desk.casework.service import change_profile
from csa_desk.casework.shapes import CaseShape, ConsentShape, GoalShape, PlanShape, SiblingShape, ViewShape
from csa_desk.casework.stages import record_therapy_step, set_stage
from csa_desk.casework.therapy import checklist, set_mark
from csa_desk.demo import children
from csa_desk.demo.made import Made
from csa_desk.errors import InputError, RefusedError
from csa_desk.records.cases import TeamMember

ONE_VAULT = True
Shaped = Callable[[dict[str, Any]], CaseShape]
Add = Callable[..., CaseFile]
Census = Callable[[Desk], dict[str, int]]
PAST, TODAY, AHEAD = "2026-11-23", "2026-11-24", "2026-11-25"
GOAL = GoalShape(need="school", words="Art club")

NEVER_TRUE: list[tuple[dict[str, Any], str]] = [
    ({"child": {"name": "Ro", "birth_date": "2099"}}, "birth date lies in the future"),
    ({"child": {"name": "Ro", "birth_date": "2026-12"}}, "birth date lies in the future"),
    ({"child": {"name": "Ro", "birth_date": AHEAD}}, "birth date lies in the future"),
    ({"child": {"name": "Ro", "birth_date": "1066-10-14"}}, "birth date is before 1900"),
    ({"child": {"name": "Ro", "birth_date": "1899"}}, "birth date is before 1900"),
    ({"siblings": [{"name": "Wren", "birth_date": "2099"}]}, "birth date lies in the future"),
    ({"opened": AHEAD}, "“opened” is ahead of today"),
    ({"opened": "1066-10-14"}, "“opened” is before 1900"),
    ({"referral": {"received": AHEAD}}, "“referral” is ahead of today"),
    ({"referral": {"offers": [{"what": "CH-ISVA", "on": AHEAD}]}}, "“offers” is ahead of today"),
    ({"stages": [{"stage": "report", "since": PAST, "until": "2026-11-22"}]}, "“stages” is before it began"),
    ({"therapy": [{"step": "offered", "on": AHEAD}]}, "“therapy” is ahead of today"),
    ({"team": [{"name": "Pat", "since": PAST, "until": "2026-11-22"}]}, "“team” is before it began"),
    (
        {
            "protective_facts": [
                {"person": "Ash", "protects": "must-not-know", "since": PAST, "until": "2026-11-22"}
            ]
        },
        "“protective_facts” is before it began",
    ),
    (
        {"consents": [{"recipient": "School", "categories": ["health"], "until": PAST}]},
        "“consent” is before it began",
    ),
    (
        {"consents": [{"recipient": "School", "categories": ["health"], "on": "2026-09-01", "until": PAST}]},
        "“consent” is already past",
    ),
    ({"consents": [{"recipient": "School", "categories": ["health"], "on": AHEAD}]}, "ahead of today"),
]


def test_a_child_is_not_added_with_a_date_that_cannot_be_true(
    desk: Desk, shaped: Shaped, census: Census
) -> None:
    before = census(desk)
    for said, sentence in NEVER_TRUE:
        with pytest.raises(InputError, match=sentence) as refused:
            add_child(desk, shaped({"child": {"name": "Ro"}, **said}))
        assert str(refused.value).endswith("Nothing was changed.")
        assert census(desk) == before, said


def test_dates_on_the_edge_are_taken(desk: Desk, shaped: Shaped) -> None:
    file = open_file(
        desk,
        add_child(
            desk,
            shaped(
                {
                    "child": {"name": "Ro", "birth_date": "2026-11"},
                    "siblings": [{"name": "Wren", "birth_date": TODAY}],
                    "carers": [{"name": "Dana"}],
                    "opened": TODAY,
                    "referral": {"received": TODAY},
                    "stages": [
                        {"stage": "report", "since": PAST, "until": PAST},
                        {"stage": "trial", "since": AHEAD, "state": "planned"},
                    ],
                    "therapy": [{"step": "offered", "on": TODAY}, {"step": "first-session", "on": AHEAD}],
                    "consents": [{"recipient": "School", "categories": ["health"], "until": TODAY}],
                }
            ),
        ).code,
    )
    assert file.consents[0].until == TODAY
    assert [one.on for one in file.therapy_dates] == [TODAY, AHEAD]


@pytest.mark.parametrize("years", [30, 90])
def test_somebody_older_than_any_child_is_not_refused(desk: Desk, shaped: Shaped, years: int) -> None:
    add_child(desk, shaped({"child": {"name": "Ro", "birth_date": str(2026 - years)}}))


def test_why_nobody_was_born_then_is_told_the_window_in_the_same_words() -> None:
    assert birth_fault("2027", TODAY) == "The birth date lies in the future"
    assert birth_fault("0985-01-01", TODAY) == "The birth date is before 1900"
    assert birth_fault("1900", TODAY) == birth_fault("2026", TODAY) == birth_fault("", TODAY) == ""


def test_what_happened_is_not_recorded_ahead_of_its_day(desk: Desk, add: Add, census: Census) -> None:
    file = add(stages=[{"stage": "report", "since": PAST}])
    add_goal(desk, file, GOAL)
    item = checklist(desk, file).lines[0].item.id
    member = team.add(desk, file, TeamMember(id="", name="Pat", since=PAST))
    before = census(desk)
    tries: list[Callable[[], object]] = [
        lambda: add_sibling(desk, file, SiblingShape(name="Ash", birth_date="2099")),
        lambda: answer(desk, file.case.id, "child", "matters-most", Said("Art", told_on=AHEAD)),
        lambda: record_therapy_step(desk, file, "need-agreed", AHEAD),
        lambda: set_mark(desk, file, item, "done", on=AHEAD),
        lambda: add_goal(desk, file, msgspec.structs.replace(GOAL, told_on=AHEAD)),
        lambda: import_plan(
            desk, file, PlanShape(goals=[], views=[ViewShape(who="child", view="agreed", on=AHEAD)])
        ),
        lambda: team.end(desk, file, member, "2026-11-22"),
        lambda: team.add(desk, file, replace(member, until="2026-11-22")),
        lambda: team.add(desk, file, replace(member, next_contact="soon")),
        lambda: set_stage(desk, file, "interview", "1066-10-14"),
        lambda: decide(desk, file, ConsentShape(recipient="School", categories=["health"], until=PAST)),
        lambda: share_without_consent(
            desk, file, "School", ["health"], basis="a basis", reason="a reason", until=PAST
        ),
        lambda: change_profile(desk, dbs_date="2099"),
    ]
    for number, attempt in enumerate(tries):
        with pytest.raises(InputError):
            attempt()
        assert census(desk) == before, number


def test_a_plan_is_agreed_only_with_a_review_from_today_on(desk: Desk, add: Add) -> None:
    file = add()
    import_plan(desk, file, PlanShape(goals=[GOAL], review_on=PAST))
    file = open_file(desk, file.code)
    assert file.plan is not None
    assert file.plan.review_on == PAST, "a draft may carry any day"
    with pytest.raises(RefusedError, match="Set the day it is looked at again"):
        agree(desk, file)
    set_review(desk, file, "")
    with pytest.raises(RefusedError, match="no review date"):
        agree(desk, file)
    set_review(desk, file, TODAY)
    assert agree(desk, file).version == "1"


def test_a_review_is_not_set_before_the_day_the_plan_was_agreed(desk: Desk, add: Add) -> None:
    file = add()
    add_goal(desk, file, GOAL)
    say_view(desk, file, "child", "agreed")
    agree(desk, file)
    for attempt in (
        lambda: set_review(desk, file, PAST),
        lambda: import_plan(desk, file, PlanShape(goals=[], review_on=PAST)),
    ):
        with pytest.raises(InputError, match="before the plan was agreed, on 24 November 2026"):
            attempt()
    assert set_review(desk, file, AHEAD).review_on == AHEAD


def test_the_invented_children_can_be_added_on_any_later_day(desk: Desk, clock: Any, tmp_path: Path) -> None:
    children.load_directory(desk, Made())
    for year in (2026, 2031):
        clock.set(year, 11, 29)
        made = Made()
        for name in ("rowan-bramley", "jakub-lubinek", "enfys-ty-gwyn"):
            children.add(desk, name, tmp_path, made)
        assert sum("assessment signed" in line for line in made.story) == 3
