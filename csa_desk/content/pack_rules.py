"""What the packs must keep among their own items and towards one another."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import UNSET

from csa_desk.content.drafts import Draft
from csa_desk.content.faults import Fault
from csa_desk.content.items import Band, Item, Pack
from csa_desk.content.models import (
    Assessment,
    ChecklistRole,
    Edition,
    Kind,
    Needs,
    Pathway,
    PretrialTherapy,
    Print,
    Question,
    Roles,
    Settings,
    Stages,
)
from csa_desk.content.questions import YES_NO, Condition
from csa_desk.paths import resource


def roles(draft: Draft[Roles]) -> Iterator[Fault]:
    """Groups and commissioners are there."""
    for role in draft.pack.role:
        yield from _refers(draft, role, "group", role.group, draft, "group")
        for one in role.commissioned_by:
            yield from _refers(draft, role, "commissioned_by", one, draft, "role")
        if role.id in role.commissioned_by:
            yield draft.fault(role, "is commissioned by itself")


def pathway(draft: Draft[Pathway], roles: Draft[Roles] | None) -> Iterator[Fault]:
    """Roles are there and play one part in a step; ages are in order; one name stands for one kind of service."""
    for step in draft.pack.step:
        parts = {"leads": step.leads, "helps": step.helps, "informs": step.informs}
        for role, times in Counter(role for named in parts.values() for role in named).items():
            if times > 1:
                yield draft.fault(step, f"names the role “{role}” {times} times")
        if roles is not None:
            for key, named in parts.items():
                for role in named:
                    yield from _refers(draft, step, key, role, roles, "role")
    names: dict[str, str] = {}
    for kind in draft.pack.kind:
        if roles is not None:
            for role in kind.roles:
                yield from _refers(draft, kind, "roles", role, roles, "role")
        for name in kind.also.get("en", ()):
            other = names.setdefault(name.casefold(), kind.id)
            if other != kind.id:
                yield draft.fault(kind, f"is called “{name}”, as “{other}” is")
    for band in draft.pack.band:
        if not 0 <= band.lowest <= band.highest:
            yield draft.fault(band, f"goes from {band.lowest} to {band.highest}")


def stages(draft: Draft[Stages]) -> Iterator[Fault]:
    """Points are there, and no two stages have one code."""
    codes: dict[str, str] = {}
    for stage in draft.pack.stage:
        yield from _refers(draft, stage, "point", stage.point, draft, "point")
        other = codes.setdefault(stage.code, stage.id)
        if other != stage.id:
            yield draft.fault(stage, f"has the code {stage.code}, as “{other}” has")


def settings(draft: Draft[Settings]) -> Iterator[Fault]:
    """A figure counts something."""
    for figure in draft.pack.figure:
        if figure.value < 1:
            yield draft.fault(figure, f"the value is {figure.value}; it must be 1 or more")


def prints(draft: Draft[Print]) -> Iterator[Fault]:
    """A slot that speaks to one age in an edition speaks to all."""
    spoken: dict[tuple[str, Edition], set[Band]] = {}
    for wording in draft.pack.wording:
        if wording.shown:
            bands = set(wording.bands or Band)
            spoken.setdefault((wording.slot, wording.edition), set()).update(bands)
        for band, times in Counter(wording.bands).items():
            if times > 1:
                yield draft.fault(wording, f"names the age band {band} {times} times")
    for (slot, edition), bands in spoken.items():
        whole = spoken.get((slot, Edition.ANY), set())
        missing = [band for band in Band if band not in bands | whole]
        if missing:
            yield Fault(draft.name, slot, f"the {edition} edition has no words here for {', '.join(missing)}")


def pretrial_therapy(draft: Draft[PretrialTherapy], journey: Draft[Stages] | None) -> Iterator[Fault]:
    """Positions are replaced by ones that hold; every stage and role has items, or nothing on purpose."""
    positions = {position.id: position for position in draft.pack.position}
    for position in draft.pack.position:
        if position.shown and position.replaced_by:
            yield draft.fault(position, "holds today but has replaced_by")
        if not position.shown and not position.replaced_by:
            yield draft.fault(position, "is superseded but has no replaced_by")
        if position.replaced_by:
            yield from _refers(draft, position, "replaced_by", position.replaced_by, draft, "position")
    for item in draft.pack.item:
        older = positions.get(item.older_rule or "")
        if item.older_rule and item.older_rule not in draft.ids["position"]:
            yield draft.fault(item, f"older_rule names the position “{item.older_rule}”, which is not there")
        if older and older.shown:
            yield draft.fault(item, f"older_rule names the position “{older.id}”, which holds today")
    if journey:
        for item in draft.pack.item:
            yield from _refers(draft, item, "stage", item.stage, journey, "stage")
        for cell in draft.pack.nothing:
            yield from _refers(draft, cell, "stage", cell.stage, journey, "stage")
        yield from _cells(draft, journey)


def _cells(draft: Draft[PretrialTherapy], journey: Draft[Stages]) -> Iterator[Fault]:
    items = Counter((item.stage, item.role) for item in draft.pack.item if item.shown)
    empty = Counter((cell.stage, cell.role) for cell in draft.pack.nothing if cell.shown)
    for stage in (stage for stage in journey.pack.stage if stage.shown):
        for role in ChecklistRole:
            cell, name = (stage.id, role), f"{stage.id} × {role}"
            if items[cell] and empty[cell]:
                yield Fault(draft.name, name, "has items and also a [[nothing]]")
            if not items[cell] and not empty[cell]:
                yield Fault(draft.name, name, "has no item, and no [[nothing]] that says so")
            if empty[cell] > 1:
                yield Fault(draft.name, name, f"has {empty[cell]} [[nothing]] where one is enough")


def needs(draft: Draft[Needs]) -> Iterator[Fault]:
    """Each need has an icon that there is a drawing of."""
    for need in draft.pack.need:
        if not resource("icons", f"{need.icon}.svg").is_file():
            yield draft.fault(need, f"there is no icon called “{need.icon}” in resources/icons")


def assessment(draft: Draft[Assessment], needs: Draft[Needs] | None) -> Iterator[Fault]:
    """Sections and needs are there; questions have what their type needs; conditions can be met."""
    questions = {question.id: question for question in draft.pack.question}
    for section in draft.pack.section:
        if section.need and needs:
            yield from _refers(draft, section, "need", section.need, needs, "need")
    for question in draft.pack.question:
        yield from _refers(draft, question, "section", question.section, draft, "section")
        yield from (draft.fault(question, what) for what in _answers(question))
        for test in question.when.tests() if question.when else ():
            yield from _refers(draft, question, "when", str(test.question), draft, "question")
            target = questions.get(str(test.question))
            if target:
                yield from (draft.fault(question, what) for what in _can_be_met(test, target))
    yield from _circles(draft, questions)


def _answers(question: Question) -> Iterator[str]:
    """Whether the question has what its type needs, and nothing of another's."""
    choice = question.type in (Kind.ONE_OF, Kind.MANY_OF)
    if choice and len(question.option) < 2:
        yield f"is “{question.type}” but has fewer than two options"
    if not choice and question.option:
        yield f"is “{question.type}” but has options"
    for end in ("low", "high"):
        if question.type is Kind.SCALE and getattr(question, end) is None:
            yield f"is a scale but has no “{end}”"
        if question.type is not Kind.SCALE and getattr(question, end) is not None:
            yield f"is “{question.type}” but has “{end}”"
    if question.partial and question.type is not Kind.DATE:
        yield f"is “{question.type}”, so “partial” has no meaning"
    for one, times in Counter(option.id for option in question.option).items():
        if times > 1:
            yield f"the option “{one}” stands {times} times"
    for one, times in Counter(option.text.get("en", "").casefold() for option in question.option).items():
        if one and times > 1:
            yield f"{times} options say the same: {one}"


def _can_be_met(test: Condition, target: Question) -> Iterator[str]:
    """Whether an answer to `target` can be what the test asks for."""
    if test.answered is not UNSET:
        return
    many = target.type is Kind.MANY_OF
    if target.type not in (Kind.ONE_OF, Kind.MANY_OF, Kind.YES_NO):
        yield f"when asks “{target.id}” for a value, but it is “{target.type}” and can only be answered or not"
        return
    if many and test.has is UNSET:
        yield f"when asks what “{target.id}” is, but it has many answers: write has"
    if not many and test.is_ is UNSET:
        yield f"when asks what “{target.id}” has, but it has one answer: write is"
    offered = YES_NO if target.type is Kind.YES_NO else tuple(option.id for option in target.option)
    wanted = [value for values in (test.is_, test.has) if values is not UNSET for value in values]
    for value in wanted:
        if value not in offered:
            yield f"when asks “{target.id}” for “{value}”, which is not one of its answers"


def _circles(draft: Draft[Assessment], questions: Mapping[str, Question]) -> Iterator[Fault]:
    """Conditions that lead back to the question they stand at; each circle once."""
    leads = {
        one.id: sorted({str(test.question) for test in one.when.tests()} if one.when else ())
        for one in questions.values()
    }
    done: set[str] = set()
    for start in leads:
        path: list[str] = []
        yield from _walk(draft, start, leads, path, done)


def _walk(
    draft: Draft[Assessment], here: str, leads: Mapping[str, list[str]], path: list[str], done: set[str]
) -> Iterator[Fault]:
    if here in path:
        circle = [*path[path.index(here) :], here]
        yield Fault(draft.name, here, f"the conditions turn in a circle: {' → '.join(circle)}")
        return
    if here in done:
        return
    path.append(here)
    for following in leads.get(here, ()):
        yield from _walk(draft, following, leads, path, done)
    path.pop()
    done.add(here)


def _refers(
    draft: Draft[Pack], row: Any, key: str, wanted: str, target: Draft[Pack], table: str
) -> Iterator[Fault]:
    """The fault of naming something that is not there, or, for what holds today, something that no longer does."""
    if wanted not in target.ids[table]:
        yield draft.fault(row, f"{key} names the {table} “{wanted}”, which is not there")
        return
    found = next((one for one in getattr(target.pack, table) if one.id == wanted), None)
    old = isinstance(found, Item) and not found.shown
    if old and (row.shown or key == "replaced_by"):
        yield draft.fault(row, f"{key} names the {table} “{wanted}”, which is superseded")
