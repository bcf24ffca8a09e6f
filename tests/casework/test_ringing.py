"""Ring these five: the stalest entries that open plans rest on, with what to ask."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from csa_desk.casework.casefile import CaseFile, open_file
from csa_desk.casework.desk import Desk
from csa_desk.casework.directory_editing import change_entry, record_of
from csa_desk.casework.directory_entry import check_entry, entry_of
from csa_desk.casework.directory_freshness import print_words, wait_words
from csa_desk.casework.disclosing import OWN_FILE, professional_plan
from csa_desk.casework.keeping import close_case
from csa_desk.casework.keeping_out import keep_out
from csa_desk.casework.planning import add_goal
from csa_desk.casework.ringing import to_ring
from csa_desk.casework.service_changes import raise_tasks
from csa_desk.casework.shapes import ActionShape, GoalShape
from csa_desk.records.cases import Task
from csa_desk.records.directory import Contact, Service
from csa_desk.records.plan import Action
from csa_desk.records.vault import Profession
from csa_desk.store.opening import Opener
from tests.casework.colleagues import add_colleague, at_work

Add = Callable[..., CaseFile]


def put(desk: Desk, *records: Service | Contact) -> None:
    with desk.vault.write() as writing:
        for record in records:
            writing.put(record, "imported")


def use(desk: Desk, file: CaseFile, service: str) -> None:
    """A goal of the child with an action that uses the service."""
    add_goal(
        desk, file, GoalShape(need="health", words="Sleep", actions=[ActionShape(what="Go", lead="Kit")])
    )
    action = desk.vault.read.find(Action, case=file.case.id)[-1]
    with desk.vault.write() as writing:
        writing.put(replace(action, service=service))


@pytest.fixture
def seven(desk: Desk, add: Add) -> CaseFile:
    """Seven services of one plan: never checked, ageing, long ago, and one that is fresh."""
    days = ["", "2026-03-01", "2024-01-09", "2025-02-02", "2023-05-05", "2026-04-04", "2026-11-20"]
    put(
        desk,
        *(
            Service(
                id=f"s{number}",
                name=f"Service {number}",
                checked_on=day,
                wait="6 weeks",
                wait_as_at="2026-11-20",
            )
            for number, day in enumerate(days)
        ),
    )
    file = add("Rowan Bramley")
    for number in range(7):
        use(desk, file, f"s{number}")
    return file


def ids(desk: Desk) -> list[str]:
    return [item.entry.record.id for item in to_ring(desk)]


def test_the_five_stalest_come_first_and_what_is_fresh_does_not(desk: Desk, seven: CaseFile) -> None:
    assert ids(desk) == ["s0", "s4", "s2", "s3", "s1"]
    first = to_ring(desk)[0]
    assert first.plans == 1
    assert first.ask[0] == "whether it still runs and takes new people"


def test_one_that_was_rung_leaves_the_list_and_the_next_comes_up(desk: Desk, seven: CaseFile) -> None:
    check_entry(desk, entry_of(desk, "s0"), "rang")
    assert ids(desk) == ["s4", "s2", "s3", "s1", "s5"]


def test_a_waiting_time_past_its_age_is_asked_for_even_of_a_fresh_entry(desk: Desk, seven: CaseFile) -> None:
    put(
        desk,
        Service(id="s6", name="Service 6", checked_on="2026-11-20", wait="6 weeks", wait_as_at="2026-09-01"),
    )
    for number in range(6):
        check_entry(desk, entry_of(desk, f"s{number}"), "rang")
    found = to_ring(desk)
    assert [(item.entry.record.id, item.ask) for item in found] == [("s6", ("how long one waits now",))]


def test_only_plans_that_go_on_count(desk: Desk, seven: CaseFile) -> None:
    close_case(
        desk, open_file(desk, seven.code), "ended", keep_until="2036-01-01", review="2030-01-01", reason="x"
    )
    assert ids(desk) == []


def test_the_number_of_a_shared_line_stands_in_where_the_service_has_none(
    desk: Desk, seven: CaseFile
) -> None:
    put(
        desk,
        Contact(id="c1", service="s0", name="Jo", phone="01632 1"),
        Contact(
            id="c2", service="s0", name="Line", phone="01632 2", email="line@example.org", role_mailbox=True
        ),
    )
    first = to_ring(desk)[0]
    assert (first.phone, first.mailbox) == ("01632 2", "line@example.org")


def test_a_plan_that_is_kept_from_somebody_says_nothing_to_them(
    desk: Desk, seven: CaseFile, opener: Opener
) -> None:
    other = add_colleague(desk, "Bryn Aldersey", Profession.CH_ISVA)
    keep_out(desk, seven.code, other, "Is the carer’s sister")
    with at_work(opener, desk) as theirs:
        assert to_ring(theirs) == []


def test_closing_a_service_by_hand_raises_one_task_in_the_plan_that_uses_it(
    desk: Desk, seven: CaseFile
) -> None:
    change_entry(desk, record_of(desk, "s1"), {"status": "Has closed"}, how="rang")
    assert raise_tasks(desk) == 1
    assert raise_tasks(desk) == 0
    assert [item.what for item in desk.vault.read.find(Task, rule="service-changed")] == [
        "Service 1 has closed. Look at what the plan needs instead"
    ]


def test_a_waiting_time_past_its_age_disappears_and_paper_says_to_ring_first(desk: Desk) -> None:
    fresh = Service(id="a", name="A", wait="6 weeks", wait_as_at="2026-11-20", checked_on="2026-11-20")
    assert wait_words(desk, fresh) == "6 weeks (as at 20 November 2026)"
    assert wait_words(desk, replace(fresh, wait_as_at="2026-10-01")) == ""
    assert print_words(desk, fresh) == "checked 20 November 2026"
    assert (
        print_words(desk, replace(fresh, checked_on="2024-01-09"))
        == "not checked since 9 January 2024: ring first"
    )
    assert print_words(desk, replace(fresh, checked_on="")) == "never checked: ring first"


def test_a_plan_on_paper_says_of_each_service_how_sure_it_is(desk: Desk, seven: CaseFile) -> None:
    put(desk, Service(id="s5", name="Service 5", status="defunct", checked_on="2026-11-20"))
    made = professional_plan(desk, open_file(desk, seven.code), OWN_FILE)
    said = [action.service for goal in made.disclosure.goals for action in goal.actions]
    assert "Service 0; waiting time 6 weeks (as at 20 November 2026) (never checked: ring first)" in said
    assert "Service 6; waiting time 6 weeks (as at 20 November 2026) (checked 20 November 2026)" in said
    assert "Service 5 (it does not run any more)" in said
