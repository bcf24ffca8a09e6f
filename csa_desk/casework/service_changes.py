"""A service that closes, pauses or whose contract is about to end raises one task in each open plan that uses it."""

from collections.abc import Iterator

from csa_desk.casework.desk import Desk
from csa_desk.casework.rights import Right, needs
from csa_desk.records.cases import Episode, Task
from csa_desk.records.dates import spoken
from csa_desk.records.directory import Service, ServiceStatus
from csa_desk.records.ids import same_id
from csa_desk.records.plan import Action, ActionStatus, Goal, Plan
from csa_desk.store.reading import Reading

RULE = "service-changed"
ENDED = (ActionStatus.DONE, ActionStatus.STOPPED)
_SAID = {
    ServiceStatus.DEFUNCT: "has closed",
    ServiceStatus.INACTIVE: "is not running at the moment",
    ServiceStatus.PAUSED: "is closed for a time",
}


@needs(Right.LOOK_UP)
def raise_tasks(desk: Desk) -> int:
    """Raise what is due and was not raised yet, in all open plans; how many tasks. Done when Today opens.

    Once for each change: a task that was done or dropped does not come back until the service changes again.
    """
    vault = desk.vault
    if vault.read_only or vault.writing:
        return 0
    reading = vault.whole
    used = reading.values(Action, "service")
    due = [task for task in _wanted(desk, reading, used) if reading.get(Task, task.id) is None]
    if not due:
        return 0
    with vault.write() as writing:
        for task in due:
            if f"case:{task.case}" not in writing.erased:
                writing.put(task, "raised")
    return len(due)


def _wanted(desk: Desk, reading: Reading, used: list[str]) -> Iterator[Task]:
    for service in reading.by_ids(Service, used).values():
        change = _change(desk, reading, service)
        if change:
            key, words = change
            for case, plan in _open_plans(reading, service.id):
                yield Task(
                    id=same_id(RULE, service.id, plan, key),
                    case=case,
                    what=f"{service.name} {words}. Look at what the plan needs instead",
                    due=desk.today,
                    rule=RULE,
                    raised_by=service.id,
                    state="open",
                )


def _change(desk: Desk, reading: Reading, service: Service) -> tuple[str, str] | None:
    """What happened to a service, as a key that tells one change from another, and in words; ``None`` if nothing."""
    if service.status in _SAID:
        # How often it came to this: one that opens and closes again is told again, on every laptop by the same key.
        times = sum(
            row["values"].get("status") == service.status
            for row in reading.changes(Service.SCOPE, record=service.id)
        )
        return f"{service.status} {times}", _SAID[ServiceStatus(service.status)]
    end = service.contract_end
    if len(end) == len("2026-11-24") and end <= desk.day_after(desk.days("contract-ends-soon")):
        said = "ends" if end >= desk.today else "ended"
        return f"contract {end}", f"may stop: its contract {said} on {spoken(end)}"
    return None


def _open_plans(reading: Reading, service: str) -> set[tuple[str, str]]:
    """Case and plan of each action that uses the service and goes on, in a period of support that is still open."""
    actions = [item for item in reading.find(Action, service=service) if item.status not in ENDED]
    goals = reading.by_ids(Goal, [item.goal for item in actions])
    plans = reading.by_ids(Plan, [item.plan for item in goals.values() if not item.removed])
    episodes = reading.by_ids(Episode, [item.episode for item in plans.values() if item.episode])
    closed = {item.id for item in episodes.values() if item.closed}
    return {
        (item.case, item.id) for item in plans.values() if not item.removed and item.episode not in closed
    }
