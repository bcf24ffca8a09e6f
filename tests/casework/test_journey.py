"""The journey of a case, days to therapy, and the team round the child."""

from collections.abc import Callable
from typing import Any

import pytest

from csa_desk.casework import team
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.children import case_list
from csa_desk.casework.desk import Desk
from csa_desk.casework.planning import add_goal
from csa_desk.casework.shapes import GoalShape
from csa_desk.casework.stages import days_to_therapy, record_therapy_step, set_stage, timeline
from csa_desk.errors import InputError
from csa_desk.records.cases import Jurisdiction, TeamMember
from csa_desk.records.ids import new_id
from csa_desk.records.safety import SafeContact

ONE_VAULT = True
Add = Callable[..., CaseFile]
Reread = Callable[[Desk, CaseFile], CaseFile]


def stage_of(file: CaseFile) -> str:
    now = file.stage_now()
    return now.stage if now is not None else ""


def listed_stage(desk: Desk, file: CaseFile) -> str:
    return next(one["stage"] for one in case_list(desk) if one["code"] == file.code)


def test_a_stage_set_on_the_day_of_another_is_the_stage_now(desk: Desk, add: Add, reread: Reread) -> None:
    file = add()
    set_stage(desk, file, "report")
    file = reread(desk, file)
    assert stage_of(file) == "report"
    assert listed_stage(desk, file)
    set_stage(desk, file, "investigation")
    assert stage_of(reread(desk, file)) == "investigation"


def test_a_planned_stage_is_not_the_stage_now(desk: Desk, add: Add) -> None:
    planned = [
        {"stage": "interview", "since": "2026-09-01"},
        {"stage": "trial", "since": "2026-11-01", "state": "planned"},
    ]
    file = add(stages=planned)
    assert stage_of(file) == "interview"
    titles = {one.id: one.short["en"] for one in desk.packs.stages.stage}
    assert listed_stage(desk, file) == titles["interview"]


def test_a_vacated_stage_is_not_the_stage_now(desk: Desk, add: Add) -> None:
    file = add(
        stages=[
            {"stage": "ptph", "since": "2026-09-01"},
            {"stage": "trial", "since": "2026-11-01", "state": "vacated"},
        ]
    )
    assert stage_of(file) == "ptph"
    assert [one.state for one in timeline(desk, file)].count("now") == 1


def test_the_stage_before_ends_when_the_next_begins(desk: Desk, add: Add, reread: Reread) -> None:
    file = add(stages=[{"stage": "report", "since": "2026-09-01"}])
    set_stage(desk, file, "interview", "2026-10-02")
    file = reread(desk, file)
    assert [(one.stage, one.since, one.until) for one in file.stages] == [
        ("report", "2026-09-01", "2026-10-02"),
        ("interview", "2026-10-02", ""),
    ]


def test_the_timeline_says_done_now_and_ahead_with_dates(desk: Desk, add: Add) -> None:
    file = add(
        stages=[
            {"stage": "report", "since": "2026-09-01"},
            {"stage": "investigation", "since": "2026-10-05"},
            {"stage": "trial", "since": "2027-05-04", "state": "planned"},
        ]
    )
    points = {one.id: one for one in timeline(desk, file)}
    assert (points["point-reported"].state, points["point-reported"].when) == ("done", "1 Sep")
    assert (points["point-investigation"].state, points["point-investigation"].when) == ("now", "now")
    assert (points["point-trial"].state, points["point-trial"].when) == ("ahead", "4 May")
    assert points["point-after"].state == "ahead"


def test_a_case_that_ended_early_does_not_say_that_a_trial_was_held(desk: Desk, add: Add) -> None:
    file = add(
        stages=[
            {"stage": "investigation", "since": "2026-09-01"},
            {"stage": "ended-early", "since": "2026-10-01"},
        ]
    )
    points = {one.id: one.state for one in timeline(desk, file)}
    assert points["point-investigation"] == "done"
    assert points["point-reported"] == "ahead"  # nobody recorded it
    assert points["point-after"] == "now"
    assert "done" not in (points["point-charging-decision"], points["point-trial"])


def test_a_stage_that_is_not_there_is_refused(desk: Desk, add: Add, census: Any) -> None:
    file = add()
    before = census(desk)
    for stage, since in (("interrogation", ""), ("report", "soon")):
        with pytest.raises(InputError):
            set_stage(desk, file, stage, since)
    assert census(desk) == before


def test_the_nation_said_last_counts_also_on_one_day(desk: Desk, add: Add, reread: Reread) -> None:
    file = add(nation="england", opened="2026-11-24")
    with desk.vault.write() as writing:
        writing.put(Jurisdiction(id=new_id(), case=file.case.id, nation="wales", since="2026-11-24"))
    assert reread(desk, file).nation(desk.today) == "wales"


def test_the_safe_contact_rule_in_force_is_the_one_that_began_last(
    desk: Desk, add: Add, reread: Reread
) -> None:
    file = add(safe_contact={"since": "2026-11-20", "call": "no"}, opened="2026-09-01")
    with desk.vault.write() as writing:
        writing.put(SafeContact(id=new_id(), case=file.case.id, since="2026-10-01", call="yes"))
    rule = reread(desk, file).safe_contact(desk.today)
    assert rule is not None
    assert rule.call == "no", "an older rule entered late does not undo the newer one"


def test_days_to_therapy_are_counted_between_steps(desk: Desk, add: Add, reread: Reread) -> None:
    file = add(therapy=[{"step": "need-agreed", "on": "2026-09-05"}])
    record_therapy_step(desk, file, "offered", "2026-09-25", "A wait")
    record_therapy_step(desk, file, "first-session", "2026-10-25")
    found = days_to_therapy(desk, reread(desk, file))
    assert [(one.on, one.gap, one.reason) for one in found] == [
        ("2026-09-05", None, ""),
        ("2026-09-25", 20, "A wait"),
        ("2026-10-25", 30, ""),
    ]


def test_a_step_that_is_missing_is_passed_over_and_a_correction_speaks(
    desk: Desk, add: Add, reread: Reread
) -> None:
    file = add(therapy=[{"step": "need-agreed", "on": "2026-09-05"}])
    record_therapy_step(desk, file, "first-session", "2026-09-10")
    record_therapy_step(desk, file, "first-session", "2026-09-15")
    assert [one.gap for one in days_to_therapy(desk, reread(desk, file))] == [None, None, 10]


@pytest.mark.parametrize(("step", "on"), [("begun", "2026-09-05"), ("offered", "2026-13-01")])
def test_a_step_or_day_that_is_none_is_refused(step: str, on: str, desk: Desk, add: Add) -> None:
    with pytest.raises(InputError):
        record_therapy_step(desk, add(), step, on)


def member(name: str, *needs: str, part: str = "helps", **more: Any) -> TeamMember:
    return TeamMember(id="", name=name, helps_with=needs, part=part, **more)


def test_remarks_name_gaps_and_overlaps_of_the_present_team(desk: Desk, add: Add) -> None:
    file = add()
    add_goal(desk, file, GoalShape(need="school", words="Art club"))
    add_goal(desk, file, GoalShape(need="health", words="Sleep"))
    team.add(desk, file, member("Pat", "health", part="leads"))
    team.add(desk, file, member("Sam", "health", part="leads"))
    gone = team.add(desk, file, member("Lee", "school", part="leads", since="2026-09-01"))
    assert [(one.kind, one.need) for one in team.remarks(desk, file)] == [("overlap", "health")]
    team.end(desk, file, gone, "2026-11-23")
    found = list(team.remarks(desk, file))
    assert [(one.kind, one.need) for one in found] == [("overlap", "health"), ("gap", "school")]
    assert "Pat" in found[0].sentence
    assert "Sam" in found[0].sentence


def test_what_may_be_shared_with_a_member_comes_from_consent(desk: Desk, add: Add, reread: Reread) -> None:
    consents = [{"recipient": "Eastmere School", "categories": ["education", "health"]}]
    file = add(consents=consents, team=[{"name": "Kit", "agency": "eastmere school"}, {"name": "Jo"}])
    team.add(desk, file, member("Ash", agency_name="Linden House"))
    team.add(desk, file, member("Me", practitioner=desk.vault.practitioner))
    said = {one.record.name: one.may_share for one in team.members(desk, reread(desk, file))}
    assert said == {
        "Kit": "2 kinds agreed",
        "Jo": "Not decided",
        "Ash": "Nothing agreed",
        "Me": "Our own service",
    }


def test_a_member_needs_a_name_or_an_agency_and_real_needs(desk: Desk, add: Add, census: Any) -> None:
    file = add()
    before = census(desk)
    for wrong in (member(" "), member("Pat", since="soon"), member("Pat", "scool")):
        with pytest.raises(InputError):
            team.add(desk, file, wrong)
    assert census(desk) == before
