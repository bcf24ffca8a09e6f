"""The lines of a checklist as they are printed."""

from collections.abc import Iterator

from csa_desk.casework.desk import Desk
from csa_desk.casework.ground import ground
from csa_desk.casework.rights import Right, needs
from csa_desk.casework.therapy import Checklist, ChecklistLine
from csa_desk.content.items import Line
from csa_desk.content.models import say
from csa_desk.records.disclosure import LineCopy, LineGroup
from csa_desk.records.justice import MarkState

MOST_PRINCIPLES = 3


@needs(Right.OPEN_FILES)
def checklist_groups(desk: Desk, shown: Checklist) -> Iterator[LineGroup]:
    """The position in force, then the stage's lines."""
    for position in desk.packs.pretrial_therapy.position:
        if position.shown:
            principles = [
                line for line in position.line if any(fact.startswith("G1.2") for fact in line.facts)
            ]
            told = [f"{say(line.text)}{_mark(desk, line)}" for line in principles[:MOST_PRINCIPLES]]
            yield LineGroup(say(position.title), (), " ".join(told))
    lines = tuple(
        LineCopy(
            text=line.title,
            why=line.why,
            source=line.ground.undated,
            note=line.ground.note,
            state=_line_state(line.state, care=line.care),
            done=_told(line),
            older=line.older,
        )
        for line in shown.lines
    )
    yield LineGroup(shown.title, lines, shown.nothing)


def _mark(desk: Desk, line: Line) -> str:
    """What must be said of relying on a line, in brackets behind it."""
    note = ground(desk, line, desk.packs.pretrial_therapy.pack).note
    return f" ({note.lower()})" if note else ""


def _told(line: ChecklistLine) -> str:
    """What was said of an item; the print sets *needs care* and *not needed because* before it."""
    if line.mark is not None and line.state in (MarkState.NOT_NEEDED, MarkState.CARE):
        return line.mark.reason
    return line.done


def _line_state(state: str, *, care: bool) -> str:
    if state == MarkState.OPEN and care:
        return MarkState.CARE
    return state
