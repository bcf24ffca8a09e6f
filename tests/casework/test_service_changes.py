"""A service that closes, pauses or loses its contract raises one task in each open plan that uses it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from csa_desk.casework.casefile import CaseFile, open_file
from csa_desk.casework.desk import Desk
from csa_desk.casework.keeping import close_case
from csa_desk.casework.planning import add_goal, change_action
from csa_desk.casework.service_changes import RULE, raise_tasks
from csa_desk.casework.shapes import ActionShape, GoalShape
from csa_desk.casework.tasks import finish
from csa_desk.records.cases import Task
from csa_desk.records.directory import Service, ServiceStatus
from csa_desk.records.plan import Action
from tests.conftest import SetClock

Add = Callable[..., CaseFile]
OPEN = Service(id="s1", name="Larch Lodge counselling", status=ServiceStatus.ACTIVE, checked_on="2026-11-01")


def put(desk: Desk, service: Service) -> None:
    with desk.vault.write() as writing:
        writing.put(service, "imported")


def use(desk: Desk, file: CaseFile, service: str = "s1") -> Action:
    """A goal of the child with an action that uses the service."""
    add_goal(
        desk, file, GoalShape(need="health", words="Sleep", actions=[ActionShape(what="Go", lead="Kit")])
    )
    action = desk.vault.read.find(Action, case=file.case.id)[-1]
    with desk.vault.write() as writing:
        writing.put(replace(action, service=service))
    return action


def raised(desk: Desk) -> list[Task]:
    return desk.vault.read.find(Task, rule=RULE)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("defunct", "has closed"),
        ("inactive", "is not running"),
        ("temporarily closed", "is closed for a time"),
    ],
)
def test_a_service_that_stops_raises_one_task_in_each_open_plan(
    desk: Desk, add: Add, status: str, said: str
) -> None:
    put(desk, OPEN)
    first, second, other = add(), add(), add()
    use(desk, first)
    use(desk, first)
    use(desk, second)
    use(desk, other, "another service")
    assert raise_tasks(desk) == 0
    put(desk, replace(OPEN, status=status))
    assert raise_tasks(desk) == 2
    assert raise_tasks(desk) == 0
    assert {task.case for task in raised(desk)} == {first.case.id, second.case.id}
    assert all(said in task.what and task.due == desk.today for task in raised(desk))


def test_what_was_done_about_it_does_not_come_back_until_it_happens_again(desk: Desk, add: Add) -> None:
    put(desk, OPEN)
    use(desk, add())
    closed = replace(OPEN, status=ServiceStatus.PAUSED)
    put(desk, closed)
    raise_tasks(desk)
    finish(desk, raised(desk)[0])
    put(desk, replace(closed, checked_on="2026-11-20"))
    assert raise_tasks(desk) == 0
    put(desk, OPEN)
    put(desk, closed)
    assert raise_tasks(desk) == 1


def test_a_contract_is_told_before_its_end_and_not_long_before(desk: Desk, add: Add, clock: SetClock) -> None:
    put(desk, replace(OPEN, contract_end="2027-06-30"))
    use(desk, add())
    assert raise_tasks(desk) == 0
    clock.set(2027, 4, 2)
    assert raise_tasks(desk) == 1
    assert raised(desk)[0].what.startswith(
        "Larch Lodge counselling may stop: its contract ends on 30 June 2027"
    )
    clock.set(2027, 7, 2)
    assert raise_tasks(desk) == 0


def test_plans_that_are_over_and_actions_that_ended_raise_nothing(desk: Desk, add: Add) -> None:
    put(desk, OPEN)
    over, ended = add(), add()
    use(desk, over)
    close_case(desk, open_file(desk, over.code), "Moved away")
    action = use(desk, ended)
    file = open_file(desk, ended.code)
    change_action(desk, file, replace(action, service="s1", status="done"))
    put(desk, replace(OPEN, status=ServiceStatus.DEFUNCT))
    assert raise_tasks(desk) == 0
