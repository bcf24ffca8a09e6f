"""The support plan: goals in the child's words, actions that somebody leads, views, agreement."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from csa_desk.casework import rights
from csa_desk.casework.casefile import CaseFile, load, subject_named
from csa_desk.casework.consenting import categories_named
from csa_desk.casework.dates import day_or, past_day_or
from csa_desk.casework.desk import Desk
from csa_desk.casework.rights import Right
from csa_desk.casework.shapes import ActionShape, GoalShape, PlanShape
from csa_desk.casework.team import needs_named
from csa_desk.errors import InputError, RefusedError
from csa_desk.records.assessment import CHILD_SUBJECT, SignOff
from csa_desk.records.cases import Episode
from csa_desk.records.dates import spoken
from csa_desk.records.directory import Service
from csa_desk.records.fields import Record
from csa_desk.records.ids import new_id, position_between, same_id
from csa_desk.records.plan import Action, ActionStatus, Goal, Plan, PlanView
from csa_desk.store.reading import Reading
from csa_desk.store.writing import Writing

STATUS_WORDS = {
    ActionStatus.NOT_STARTED: "Not started",
    ActionStatus.BOOKED: "Booked",
    ActionStatus.GOING_ON: "Going on",
    ActionStatus.DONE: "Done",
    ActionStatus.STOPPED: "Stopped",
}
NEEDS_A_LEAD = "Needs a lead"


def status_words(status: str) -> str:
    """A status as a person reads it; one this version does not know stands for itself."""
    return {str(key): words for key, words in STATUS_WORDS.items()}.get(status, status)


@rights.needs(Right.PLAN)
def ensure_plan(desk: Desk, writing: Writing, file: CaseFile) -> Plan:
    """The plan of the current episode, begun now if there is none."""
    if file.plan is not None:
        return file.plan
    episode = file.episode
    if episode is None:
        episode = Episode(id=new_id(), case=file.case.id, opened=desk.today)
        writing.put(episode)
        file.episodes.append(episode)
    made = Plan(
        id=same_id("plan", episode.id),
        case=file.case.id,
        episode=episode.id,
        begun=desk.today,
        review_on=desk.day_after(desk.days("plan-review")),
    )
    writing.put(made)
    file.plans.append(made)
    return made


@contextmanager
def unchanged_on_fault(file: CaseFile) -> Iterator[None]:
    """What was not saved does not stay in an open file either."""
    lists: list[list[Any]] = [file.episodes, file.plans, file.goals, file.actions, file.plan_views]
    before = [list(items) for items in lists]
    try:
        yield
    except BaseException:
        for items, were in zip(lists, before, strict=True):
            items[:] = were
        raise


@rights.needs(Right.PLAN)
def add_goal(desk: Desk, file: CaseFile, shape: GoalShape) -> Goal:
    """A new goal, with its actions."""
    with unchanged_on_fault(file), desk.vault.write() as writing:
        made = _put_goal(desk, writing, file, ensure_plan(desk, writing, file), shape)
    return made


def _put_goal(desk: Desk, writing: Writing, file: CaseFile, plan: Plan, shape: GoalShape) -> Goal:
    needs_named(desk, [shape.need])
    if shape.outcome and shape.outcome not in {item.id for item in desk.packs.outcomes.outcome}:
        raise InputError(f"There is no outcome “{shape.outcome}” in the outcomes pack. Nothing was changed.")
    if not shape.words.strip():
        raise InputError("A goal needs words: what is wanted, best as it was said. Nothing was changed.")
    last = max((item.place for item in file.goals), default="")
    made = Goal(
        id=new_id(),
        case=file.case.id,
        plan=plan.id,
        subject=subject_named(file, shape.subject),
        need=shape.need,
        words=shape.words.strip(),
        source=shape.source,
        told_on=past_day_or(shape.told_on, desk.today, "told_on"),
        outcome=shape.outcome,
        place=position_between(last, ""),
    )
    writing.put(made)
    file.goals.append(made)
    for action in shape.actions:
        _put_action(desk, writing, file, made, action)
    return made


@rights.needs(Right.PLAN)
def add_action(desk: Desk, file: CaseFile, goal: Goal, shape: ActionShape) -> Action:
    """A new action of a goal."""
    with unchanged_on_fault(file), desk.vault.write() as writing:
        return _put_action(desk, writing, file, goal, shape)


def _put_action(desk: Desk, writing: Writing, file: CaseFile, goal: Goal, shape: ActionShape) -> Action:
    if not shape.what.strip():
        raise InputError("An action needs words: what will be done. Nothing was changed.")
    if shape.category:
        categories_named([shape.category])
    service = service_named(writing, shape.service)
    last = max((item.place for item in file.actions if item.goal == goal.id), default="")
    made = Action(
        id=new_id(),
        case=file.case.id,
        goal=goal.id,
        what=shape.what.strip(),
        child_words=shape.child_words.strip(),
        category=shape.category,
        lead_name=shape.lead.strip(),
        lead=_member_named(file, shape.lead),
        by_when=day_or(shape.by_when, "", "by_when"),
        status=shape.status or ActionStatus.NOT_STARTED,
        service=service,
        place=position_between(last, ""),
    )
    writing.put(made)
    file.actions.append(made)
    return made


def _member_named(file: CaseFile, name: str) -> str:
    wanted = name.strip().casefold()
    return next((item.id for item in file.team if wanted and item.name.casefold() == wanted), "")


def service_named(reading: Reading, named: str) -> str:
    """The id of the service with this id or name; empty where none was named. Raises :class:`InputError`."""
    if not named.strip():
        return ""
    found = reading.get(Service, named.strip())
    if found is not None:
        return found.id
    fitting = [item for item in reading.find(Service) if item.name.casefold() == named.strip().casefold()]
    if len(fitting) != 1:
        raise InputError(
            "That service is not in the directory, or more than one has its name. Nothing was changed."
        )
    return fitting[0].id


@rights.needs(Right.PLAN)
def change_goal(desk: Desk, file: CaseFile, goal: Goal) -> Goal:
    """Save a changed goal."""
    if not goal.words.strip():
        raise InputError("A goal needs words. To take it out, remove it. Nothing was changed.")
    with desk.vault.write() as writing:
        writing.put(goal, "changed")
    file.goals[:] = [goal if item.id == goal.id else item for item in file.goals]
    return goal


@rights.needs(Right.PLAN)
def change_action(desk: Desk, file: CaseFile, action: Action) -> Action:
    """Save a changed action; its lead is linked to the team where the name fits."""
    if not action.what.strip():
        raise InputError("An action needs words. To take it out, remove it. Nothing was changed.")
    day_or(action.by_when, "", "by_when")
    made = replace(action, lead=_member_named(file, action.lead_name))
    with desk.vault.write() as writing:
        writing.put(made, "changed")
    file.actions[:] = [made if item.id == made.id else item for item in file.actions]
    file.actions.sort(key=lambda item: item.place)
    return made


@rights.needs(Right.PLAN)
def move_action(desk: Desk, file: CaseFile, action: Action, steps: int) -> Action:
    """Move an action up (negative) or down among its goal's actions."""
    own = [item for item in file.actions if item.goal == action.goal]
    at = next(number for number, item in enumerate(own) if item.id == action.id)
    to = max(0, min(len(own) - 1, at + steps))
    if to == at:
        return action
    rest = [item for item in own if item.id != action.id]
    before = rest[to - 1].place if to > 0 else ""
    after = rest[to].place if to < len(rest) else ""
    return change_action(desk, file, replace(action, place=position_between(before, after)))


@rights.needs(Right.PLAN)
def remove(desk: Desk, file: CaseFile, item: Goal | Action) -> list[Goal | Action]:
    """Take a goal (with its actions) or an action out of the plan; history keeps it. Gives what went."""
    with desk.vault.write() as writing:
        gone: list[Goal | Action] = [item]
        if isinstance(item, Goal):
            gone.extend(one for one in file.actions if one.goal == item.id)
        for one in gone:
            writing.remove(one)
    numbers = {one.id for one in gone}
    file.goals[:] = [one for one in file.goals if one.id not in numbers]
    file.actions[:] = [one for one in file.actions if one.id not in numbers]
    return gone


@rights.needs(Right.PLAN)
def put_back(desk: Desk, file: CaseFile, gone: list[Goal | Action]) -> None:
    """Undo :func:`remove`: the goal or action stands in the plan again, in its place."""
    with desk.vault.write() as writing:
        for one in gone:
            writing.put(replace(one, removed=False), "put-back")
    file.goals[:] = sorted(
        [*file.goals, *(one for one in gone if isinstance(one, Goal))], key=lambda item: item.place
    )
    file.actions[:] = sorted(
        [*file.actions, *(one for one in gone if isinstance(one, Action))], key=lambda item: item.place
    )


@rights.needs(Right.PLAN)
def set_review(desk: Desk, file: CaseFile, on: str) -> Plan:
    """The day on which the plan is looked at again."""
    with unchanged_on_fault(file), desk.vault.write() as writing:
        made = replace(ensure_plan(desk, writing, file), review_on=_review_day(file, on))
        writing.put(made, "changed")
    file.plans[:] = [made if item.id == made.id else item for item in file.plans]
    return made


def _review_day(file: CaseFile, on: str) -> str:
    """A day to look at the plan again, or empty. A draft may carry any; an agreed plan is not reviewed before that."""
    day = day_or(on, "", "review_on")
    agreed = [item.on[:10] for item in file.sign_offs if item.what == "plan"]
    if day and agreed and day < agreed[-1]:
        raise InputError(
            f"The review is before the plan was agreed, on {spoken(agreed[-1])}. Choose a later day. "
            "Nothing was changed."
        )
    return day


@rights.needs(Right.PLAN)
def import_plan(desk: Desk, file: CaseFile, shape: PlanShape) -> Plan:
    """Take in a whole plan: new goals are added, a goal with the same need and words is left as it is."""
    with unchanged_on_fault(file), desk.vault.write() as writing:
        plan = ensure_plan(desk, writing, file)
        if shape.review_on:
            plan = replace(plan, review_on=_review_day(file, shape.review_on))
            writing.put(plan, "imported")
        have = {(item.need, item.words) for item in file.goals}
        for goal in shape.goals:
            if (goal.need, goal.words.strip()) not in have:
                _put_goal(desk, writing, file, plan, goal)
                have.add((goal.need, goal.words.strip()))
        told = {(item.who_name.casefold(), item.view, item.words) for item in file.plan_views}
        for said in shape.views:
            made = _view(desk, file, plan, said.who, said.view, said.words, said.on)
            if said.on or (made.who_name.casefold(), made.view, made.words) not in told:
                writing.put(made)
                told.add((made.who_name.casefold(), made.view, made.words))
    return plan


def _view(desk: Desk, file: CaseFile, plan: Plan, who: str, view: str, words: str, on: str) -> PlanView:
    day = past_day_or(on, desk.today, "view")
    who, words = who.strip(), words.strip()
    return PlanView(
        id=same_id("plan-view", plan.id, who, view, day, words),
        case=file.case.id,
        plan=plan.id,
        who=who if who == CHILD_SUBJECT else "",
        who_name=who,
        view=view,
        words=words,
        on=day,
    )


@rights.needs(Right.PLAN)
def say_view(desk: Desk, file: CaseFile, who: str, view: str, words: str = "") -> PlanView:
    """Record what somebody said about the plan."""
    with unchanged_on_fault(file), desk.vault.write() as writing:
        plan = ensure_plan(desk, writing, file)
        made = _view(desk, file, plan, who, view, words, "")
        writing.put(made)
    file.plan_views.append(made)
    return made


@rights.needs(Right.PLAN)
def agree(desk: Desk, file: CaseFile) -> SignOff:
    """Freeze the plan as it stands as an agreed version.

    Raises :class:`RefusedError` where it is empty or no review lies ahead.
    """
    with desk.vault.write() as writing:
        now = load(writing, file.case)
        plan = now.plan
        if plan is None or not now.goals:
            raise RefusedError("There is nothing to agree yet: add a goal first.")
        if plan.review_on < desk.today:
            raise RefusedError(
                "The plan has no review date from today on. Set the day it is looked at again, then agree it. "
                "Nothing was changed."
            )
        records: list[Record] = [plan, *now.goals, *now.actions, *now.plan_views]
        version = 1 + sum(item.what == "plan" for item in now.sign_offs)
        made = SignOff(
            id=new_id(),
            case=now.case.id,
            what="plan",
            of=plan.id,
            version=str(version),
            on=desk.clock.moment(),
            by=desk.vault.practitioner,
            frozen={name: list(heads) for name, heads in now.heads_of(writing, records).items()},
            open_things=str(sum(not item.lead_name for item in now.actions)),
        )
        writing.put(made, "agreed")
        desk.keep_packs(writing)
    file.sign_offs.append(made)
    return made


@rights.needs(Right.OPEN_FILES)
def changed_since_agreed(desk: Desk, file: CaseFile) -> bool:
    """Whether the plan was edited after its last agreed version."""
    agreed = [item for item in file.sign_offs if item.what == "plan"]
    if not agreed or file.plan is None:
        return bool(file.goals)
    frozen = agreed[-1].frozen or {}
    records: list[Record] = [*file.goals, *file.actions]
    now = file.heads_of(desk.vault.read, records)
    own = {item.id for item in (*file.plans, *file.plan_views)}
    return now != {key: value for key, value in frozen.items() if key not in own}


def actions_of(file: CaseFile, goal: Goal) -> list[Action]:
    """A goal's actions in their order."""
    return [item for item in file.actions if item.goal == goal.id]
