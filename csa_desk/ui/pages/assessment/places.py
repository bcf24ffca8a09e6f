"""From page to page of the assessment: what comes next, where somebody came from, and who is telling meanwhile."""

from csa_desk.casework.answers import AssessmentView, QuestionView, SectionView, Standing
from csa_desk.casework.casefile import CaseFile
from csa_desk.records.assessment import Source
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session

CHECK = ":check"
"""After a section's id: somebody came from *Check your answers*, and goes back there."""


def section_of(place: Place) -> str:
    """The id of the section."""
    return place.item.removesuffix(CHECK)


def came_from_check(place: Place) -> bool:
    """Whether to go back to *Check your answers*."""
    return place.item.endswith(CHECK)


def mid_sentence(title: str, called: str) -> str:
    """A title as it stands after a colon: small letter first, but never a name's."""
    return title if title.startswith(called) else title[:1].lower() + title[1:]


def place_of(code: str, section: str, item: QuestionView | None = None) -> Place:
    """Where a question is asked; an open one's field is gone to at once."""
    field = item.key if item is not None and item.standing == Standing.OPEN else ""
    return Place("section", code, section, field)


def which_page(shown: AssessmentView, section: SectionView, file: CaseFile) -> str:
    """``Rowan’s needs, 4 of 8`` or ``Part 2 of 20``: the line above a section's title."""
    needs = [item.section.id for item in shown.sections if item.section.need]
    if section.section.id in needs:
        return f"{file.called}’s needs, {needs.index(section.section.id) + 1} of {len(needs)}"
    ids = [item.section.id for item in shown.sections]
    return f"Part {ids.index(section.section.id) + 1} of {len(ids)}"


def next_page(shown: AssessmentView, section: SectionView, file: CaseFile, place: Place) -> tuple[str, Place]:
    """The words of the filled button at the foot of a section, and where it goes."""
    if came_from_check(place):
        return "Back to your answers", Place("check-answers", file.code, place.field)
    ids = [item.section.id for item in shown.sections]
    for later in shown.sections[ids.index(section.section.id) + 1 :]:
        if later.count(Standing.OPEN) or later.count(Standing.TO_CHECK):
            words = f"Next: {mid_sentence(later.title, file.called)}"
            return words, Place("section", file.code, later.section.id)
    return "Next: check your answers", Place("check-answers", file.code)


def telling(session: Session, file: CaseFile) -> str:
    """Who is telling: whoever was telling on the page before, in this child's assessment; else the child."""
    case, source = session.telling
    return source if case == file.case.id and source else Source.CHILD


def tell(session: Session, file: CaseFile, source: str) -> None:
    """From now on this one is telling, on the next pages too."""
    session.telling = (file.case.id, source)
