"""The pre-trial therapy checklist of a case, stage by stage, for a role: what to do, why, and what was done."""

from dataclasses import dataclass, replace

from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.dates import past_day_or
from csa_desk.casework.desk import Desk
from csa_desk.casework.ground import Ground, ground
from csa_desk.casework.rights import Right, needs
from csa_desk.casework.stages import stage_named
from csa_desk.casework.unknown import unknown
from csa_desk.content.models import ChecklistItem, ChecklistRole, say
from csa_desk.errors import InputError
from csa_desk.records.dates import spoken
from csa_desk.records.ids import same_id
from csa_desk.records.justice import ChecklistMark, MarkState, StageInstance
from csa_desk.records.vault import Profession


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    """One item with its mark. ``older`` is the superseded rule it replaced, if there was one."""

    item: ChecklistItem
    title: str
    why: str
    ground: Ground
    care: bool
    older: str
    state: str
    done: str
    mark: ChecklistMark | None


@dataclass(frozen=True, slots=True)
class Checklist:
    """The items of one stage for one role; ``nothing`` says so where there are none on purpose."""

    stage: str
    title: str
    role: str
    instance: StageInstance | None
    lines: tuple[ChecklistLine, ...]
    nothing: str

    @property
    def settled(self) -> int:
        """How many are done or not needed."""
        return sum(item.state in (MarkState.DONE, MarkState.NOT_NEEDED) for item in self.lines)


@dataclass(frozen=True, slots=True)
class Stand:
    """What the guidance in force says of pre-trial therapy, in a title and one line with its ground."""

    id: str
    title: str
    line: str
    ground: Ground


# What the line shown first says: the child's wellbeing decides.
_LEADING_FACT = "G1.2-1"


@needs(Right.LOOK_UP)
def stand(desk: Desk) -> Stand:
    """The position in force."""
    pack = desk.packs.pretrial_therapy
    position = next(item for item in pack.position if item.shown)
    line = next((one for one in position.line if _LEADING_FACT in one.facts), position.line[0])
    return Stand(position.id, say(position.title), say(line.text), ground(desk, line, pack.pack))


@needs(Right.LOOK_UP)
def older_rule(desk: Desk, line: "ChecklistLine") -> tuple[str, Ground] | None:
    """The superseded rule beside an item: what it said, and the ground of that."""
    pack = desk.packs.pretrial_therapy
    older = next((one for one in pack.position if one.id == line.item.older_rule), None)
    if older is None or not older.line:
        return None
    said = next((one for one in older.line if older.facts[-1] in one.facts), older.line[0])
    return say(said.text), ground(desk, said, pack.pack)


@needs(Right.LOOK_UP)
def own_role(desk: Desk) -> str:
    """The checklist of the practitioner's own profession; the CH-ISVA's where they have none."""
    mine = desk.practitioner().profession
    return ChecklistRole.THERAPIST if mine == Profession.THERAPIST else ChecklistRole.CH_ISVA


def instance_at(file: CaseFile, stage: str) -> StageInstance | None:
    """The latest instance of this stage in the file."""
    fitting = [item for item in file.stages if item.stage == stage and item.state != "vacated"]
    return fitting[-1] if fitting else None


@needs(Right.OPEN_FILES)
def checklist(desk: Desk, file: CaseFile, *, stage: str = "", role: str = "") -> Checklist:
    """The checklist of a stage (the current one if not said) for a role (one's own if not said)."""
    now = file.stage_now()
    wanted = stage or (now.stage if now is not None else "not-reported")
    who = role or own_role(desk)
    found = stage_named(desk, wanted)
    instance = instance_at(file, wanted)
    nation = file.nation(desk.today)
    pack = desk.packs.pretrial_therapy
    lines = tuple(
        _line(desk, file, item, instance)
        for item in sorted(pack.item, key=_order)
        if item.stage == wanted and item.role == who and _holds(item, nation)
    )
    nothing = next((say(item.text) for item in pack.nothing if item.stage == wanted and item.role == who), "")
    return Checklist(wanted, say(found.title), who, instance, lines, nothing)


def _holds(item: ChecklistItem, nation: str) -> bool:
    """Whether an item holds today in this nation."""
    return item.shown and (not item.jurisdictions or nation in item.jurisdictions)


def _order(item: ChecklistItem) -> int:
    return item.order


def mark_id(case: str, instance: str, item: str) -> str:
    """The id of a mark: the same on every laptop."""
    return same_id("mark", "case", case, instance, item)


def _line(desk: Desk, file: CaseFile, item: ChecklistItem, instance: StageInstance | None) -> ChecklistLine:
    pack = desk.packs.pretrial_therapy
    key = mark_id(file.case.id, instance.id, item.id) if instance is not None else ""
    mark = next((one for one in file.marks if one.id == key), None)
    older = next((one for one in pack.position if one.id == item.older_rule), None)
    return ChecklistLine(
        item=item,
        title=say(item.title),
        why=say(item.why),
        ground=ground(desk, item, pack.pack),
        care=item.care,
        older=say(older.title) if older is not None else "",
        state=mark.state if mark is not None else MarkState.OPEN,
        done=_done(mark) if mark is not None else "",
        mark=mark,
    )


def _done(mark: ChecklistMark) -> str:
    if mark.state == MarkState.DONE:
        parts = [f"Done {spoken(mark.on)}" if mark.on else "Done"]
        if mark.with_whom:
            parts.append(f"with {mark.with_whom}")
        return " ".join(parts) + (f". {mark.how}" if mark.how else "")
    if mark.state == MarkState.NOT_NEEDED:
        return f"Not needed because {mark.reason}" if mark.reason else "Not needed"
    if mark.state == MarkState.CARE:
        return f"Needs care: {mark.reason}" if mark.reason else "Needs care"
    return ""


@needs(Right.LOOK_UP)
def item_named(desk: Desk, name: str) -> ChecklistItem:
    """The checklist item with this id. Raises :class:`InputError`."""
    for item in desk.packs.pretrial_therapy.item:
        if item.id == name:
            return item
    raise unknown("checklist item", name)


@needs(Right.CHECKLIST)
def set_mark(
    desk: Desk,
    file: CaseFile,
    item: str,
    state: str,
    *,
    instance: str = "",
    on: str = "",
    reason: str = "",
    with_whom: str = "",
    how: str = "",
) -> ChecklistMark:
    """Say how far a checklist item is. *Not needed* wants a reason."""
    wanted = item_named(desk, item)
    if state not in set(MarkState):
        raise InputError(f"The state must be one of: {', '.join(MarkState)}. Nothing was changed.")
    if state == MarkState.NOT_NEEDED and not reason.strip():
        raise InputError("Say why it is not needed, with a reason. Nothing was changed.")
    if not _holds(wanted, file.nation(desk.today)):
        raise InputError("That item does not hold today where this child lives. Nothing was changed.")
    at = _instance(file, wanted, instance)
    key = mark_id(file.case.id, at.id, wanted.id)
    day = past_day_or(on, desk.today, "on") if state == MarkState.DONE else ""
    with desk.vault.write() as writing:
        before = writing.get(ChecklistMark, key) or ChecklistMark(
            id=key,
            case=file.case.id,
            subject_kind="case",
            subject=file.case.id,
            instance=at.id,
            item=f"pretrial_therapy/{wanted.id}@{wanted.version}",
        )
        made = replace(before, state=state, on=day, reason=reason.strip(), with_whom=with_whom, how=how)
        writing.put(made)
    file.marks[:] = [one for one in file.marks if one.id != key] + [made]
    return made


def _instance(file: CaseFile, item: ChecklistItem, named: str) -> StageInstance:
    if named:
        found = next((one for one in file.stages if one.id == named), None) or instance_at(file, named)
        if found is None:
            raise InputError("The case was never at that stage. Nothing was changed.")
        if found.stage != item.stage:
            raise InputError(f"The item belongs to the stage “{item.stage}”. Nothing was changed.")
        return found
    found = instance_at(file, item.stage)
    if found is None:
        raise InputError(
            f"The item belongs to the stage “{item.stage}”, which this case has not reached. Nothing was changed."
        )
    return found
