"""The justice journey of a case: stages as they come, their place on the timeline, days to therapy."""

from dataclasses import dataclass, replace

from csa_desk.casework.casefile import NOT_BEGUN, CaseFile
from csa_desk.casework.dates import day_or, past_day_or
from csa_desk.casework.desk import Desk
from csa_desk.casework.rights import Right, needs
from csa_desk.casework.unknown import unknown
from csa_desk.content.models import Stage, say
from csa_desk.errors import InputError
from csa_desk.records.dates import short
from csa_desk.records.ids import new_id
from csa_desk.records.justice import InProceeding, Proceeding, StageInstance, TherapyDate, Track

ENDED_EARLY = "ended-early"
"""The stage of a case that did not go on; how far it came is known from its other stages alone."""


@dataclass(frozen=True, slots=True)
class TimelinePoint:
    """One of the few points of the timeline: ``done``, ``now`` or ``ahead``, with a date where there is one."""

    id: str
    title: str
    when: str
    state: str


@needs(Right.LOOK_UP)
def stage_named(desk: Desk, name: str) -> Stage:
    """The stage with this id. Raises :class:`InputError`."""
    for stage in desk.packs.stages.stage:
        if name == stage.id or name in stage.same_as:
            return stage
    raise unknown("stage", name)


@needs(Right.OPEN_FILES)
def timeline(desk: Desk, file: CaseFile) -> tuple[TimelinePoint, ...]:
    """The points of the journey: *now*, done where it was recorded that the case came to it, else ahead.

    Nothing says that an interview or a trial was held which nobody recorded. Every case begins unreported.
    """
    points = sorted(desk.packs.stages.point, key=lambda item: item.order)
    now = file.stage_now()
    current = stage_named(desk, now.stage).point if now is not None else points[0].id
    dates: dict[str, str] = {}
    came_to = {points[0].id}
    for instance in file.stages:
        if instance.state != "vacated":
            point = stage_named(desk, instance.stage).point
            dates.setdefault(point, instance.since)
            if point != current and instance.state not in NOT_BEGUN:
                came_to.add(point)
    return tuple(
        TimelinePoint(
            point.id,
            say(point.title),
            "now" if point.id == current else short(dates[point.id]) if point.id in dates else "",
            "now" if point.id == current else "done" if point.id in came_to else "ahead",
        )
        for point in points
    )


@needs(Right.LOOK_UP)
def stages_at(desk: Desk, point: str) -> list[Stage]:
    """The stages drawn as one point of the timeline, in their order."""
    fitting = [item for item in desk.packs.stages.stage if item.point == point and item.shown]
    return sorted(fitting, key=lambda item: item.order)


@needs(Right.LOOK_UP)
def planned(desk: Desk, day: str) -> str:
    """The state of a stage entered for this day: planned where the day is still to come."""
    return "planned" if day > desk.today else ""


@needs(Right.JOURNEY)
def set_stage(desk: Desk, file: CaseFile, stage: str, since: str = "") -> StageInstance:
    """The case is at this stage from that day on and the stage before it ends; a day to come is a plan."""
    stage_named(desk, stage)
    day = day_or(since, desk.today, "stage")
    before = file.stage_now()
    with desk.vault.write() as writing:
        track = next((item for item in file.proceedings if item.track == Track.CRIMINAL), None)
        if track is None:
            track = Proceeding(id=new_id(), track=Track.CRIMINAL, opened=day)
            writing.put(track)
            writing.put(InProceeding(id=new_id(), case=file.case.id, proceeding=track.id, since=day))
        state = planned(desk, day)
        if before is not None and not before.until and before.since <= day and not state:
            writing.put(replace(before, until=day), "stage")
        made = StageInstance(id=new_id(), proceeding=track.id, stage=stage, since=day, state=state)
        writing.put(made, "stage")
    return made


STEPS = ("need-agreed", "offered", "first-session")
STEP_TITLES = {"need-agreed": "Need agreed", "offered": "Offered", "first-session": "First session"}


@dataclass(frozen=True, slots=True)
class TherapyStep:
    """A step to therapy: its day, days since the step before, and the reason recorded for the gap."""

    step: str
    title: str
    on: str
    gap: int | None
    reason: str


@needs(Right.OPEN_FILES)
def days_to_therapy(desk: Desk, file: CaseFile) -> tuple[TherapyStep, ...]:
    """The steps recorded, each with the days since the one before."""
    latest: dict[str, TherapyDate] = {item.step: item for item in file.therapy_dates}
    found: list[TherapyStep] = []
    before: str | None = None
    for step in STEPS:
        item = latest.get(step)
        if item is None:
            found.append(TherapyStep(step, STEP_TITLES[step], "", None, ""))
            continue
        then, now = desk.days_since(before) if before else None, desk.days_since(item.on)
        gap = then - now if then is not None and now is not None else None
        found.append(TherapyStep(step, STEP_TITLES[step], item.on, gap, item.reason))
        before = item.on
    return tuple(found)


@needs(Right.LOOK_UP)
def step_day(desk: Desk, step: str, on: str) -> str:
    """The day of a step to therapy. A first session may be booked ahead; the other steps have happened."""
    if step == STEPS[-1]:
        return day_or(on, desk.today, "therapy")
    return past_day_or(on, desk.today, "therapy")


@needs(Right.JOURNEY)
def record_therapy_step(desk: Desk, file: CaseFile, step: str, on: str, reason: str = "") -> TherapyDate:
    """Record a step to therapy."""
    if step not in STEPS:
        raise InputError("The step must be need-agreed, offered or first-session. Nothing was changed.")
    made = TherapyDate(id=new_id(), case=file.case.id, step=step, on=step_day(desk, step, on), reason=reason)
    with desk.vault.write() as writing:
        writing.put(made)
    return made
