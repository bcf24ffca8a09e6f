"""*Ring these five*: the stalest entries of the directory that open plans rest on, with the number and what to ask."""

from dataclasses import dataclass

from csa_desk.casework.desk import Desk
from csa_desk.casework.directory import Entry
from csa_desk.casework.directory_entry import entry_of
from csa_desk.casework.directory_freshness import freshness, room_words, wait_words
from csa_desk.casework.rights import Right, needs
from csa_desk.records.cases import Episode
from csa_desk.records.directory import Contact, Service, ServiceStatus
from csa_desk.records.plan import Action, ActionStatus, Goal, Plan

FIVE = 5
_ENDED = (ActionStatus.DONE, ActionStatus.STOPPED)


@dataclass(frozen=True, slots=True)
class ToRing:
    """An entry to ring: on how many open plans it stands, where to ring, what to ask; ``checked_on`` may be empty."""

    entry: Entry
    plans: int
    phone: str
    mailbox: str
    checked_on: str
    ask: tuple[str, ...]


@needs(Right.OPEN_FILES)
def to_ring(desk: Desk, most: int = FIVE) -> list[ToRing]:
    """Services of open plans that are not fresh, or whose waiting time is not known: the stalest first.

    Plans of files that somebody is kept out of do not count for them.
    """
    reading = desk.vault.read
    used = _in_open_plans(desk)
    stale = stale_in_plans(desk, used)
    found = []
    for service in stale[:most]:
        contacts = reading.find(Contact, service=service.id)
        shared = [item for item in contacts if item.role_mailbox] + [
            item for item in contacts if not item.role_mailbox
        ]
        found.append(
            ToRing(
                entry=entry_of(desk, service.id),
                plans=used[service.id],
                phone=service.phone or next((item.phone for item in shared if item.phone), ""),
                mailbox=service.email or next((item.email for item in shared if item.email), ""),
                checked_on=service.checked_on,
                ask=tuple(_asks(desk, service)),
            )
        )
    return found


@needs(Right.OPEN_FILES)
def stale_in_plans(desk: Desk, used: dict[str, int] | None = None) -> list[Service]:
    """Every service of open plans that has to be rung, the stalest first. ``used``: on how many plans each stands."""
    plans = _in_open_plans(desk) if used is None else used
    services = [item for item in desk.vault.read.by_ids(Service, list(plans)).values() if not item.removed]
    stale = [item for item in services if _asks(desk, item) and item.status != ServiceStatus.DEFUNCT]
    # Never checked first, then the longest ago; of two alike, the one more plans rest on.
    return sorted(stale, key=lambda item: (item.checked_on, -plans[item.id], item.name.casefold()))


def _in_open_plans(desk: Desk) -> dict[str, int]:
    """Service → on how many plans of open periods of support an action that goes on names it."""
    reading = desk.vault.read
    rows = reading.columns(Action, "goal", "service", "status")
    actions = [(goal, service) for goal, service, status in rows if service and status not in _ENDED]
    goals = reading.by_ids(Goal, list({goal for goal, _ in actions}))
    plans = reading.by_ids(Plan, list({item.plan for item in goals.values() if not item.removed}))
    episodes = reading.by_ids(Episode, [item.episode for item in plans.values() if item.episode])
    closed = {item.id for item in episodes.values() if item.closed}
    going_on = {item.id for item in plans.values() if not item.removed and item.episode not in closed}
    rest: dict[str, set[str]] = {}
    for number, service in actions:
        goal = goals.get(number)
        if goal is not None and goal.plan in going_on:
            rest.setdefault(service, set()).add(goal.plan)
    return {service: len(found) for service, found in rest.items()}


def _asks(desk: Desk, service: Service) -> list[str]:
    """What to ask, in the order it matters to a family; nothing where all is fresh and known."""
    stale = freshness(desk, service.checked_on) != "fresh"
    asks = [] if wait_words(desk, service) else ["how long one waits now"]
    if stale:
        asks.insert(0, "whether it still runs and takes new people")
        if service.minimum_age or service.maximum_age:
            asks.append("whether the ages are still right")
        else:
            asks.append("which ages they see")
        if service.capacity and not room_words(desk, service):
            asks.append("how much room there is")
        asks.append("whether this is still the number and mailbox to use")
    return asks
