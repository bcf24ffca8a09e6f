"""The support plan on paper: the professional edition, and the way to the child's."""

from reportlab.platypus import Flowable

from csa_desk.printing import fonts, styles
from csa_desk.printing.blocks import (
    cell,
    facts_table,
    headed,
    heading_row,
    muted,
    rows,
    rule,
    stages,
    strong,
    wish,
)
from csa_desk.printing.child_plan import child_story
from csa_desk.printing.document import Slots, admitted, build, surround
from csa_desk.printing.styles import CHILD, PROFESSIONAL
from csa_desk.printing.text import Run, paragraph
from csa_desk.records.disclosure import Band, Disclosure, Edition, GoalCopy, SectionCopy, TeamCopy, What

_LOOK = PROFESSIONAL
_LONG = 600  # letters: words longer than this are not kept on one page with their actions


def plan_pdf(disclosure: Disclosure) -> bytes:
    """The plan as a PDF, in the edition and band of the disclosure.

    Raises ``TypeError`` for anything but a Disclosure, ``ValueError`` for one that is not of a plan.
    """
    given = admitted(disclosure, Disclosure)
    if given.what is not What.PLAN:
        raise ValueError("this disclosure is not of a plan")
    slots = Slots(given.wording)
    if given.edition is Edition.CHILD:
        look = CHILD[given.band or Band.MIDDLE]
        story = child_story(given, slots, look)
    else:
        look = _LOOK
        story = _professional_story(given, slots)
    around = surround(given.imprint, slots, look, given.edition)
    return build([(around, story)], _title(given, slots), given.imprint.made_on)


def _title(given: Disclosure, slots: Slots) -> str:
    """What the window and the list of files show: never a name."""
    title = slots("plan-title")
    if not title or (given.child_name and given.child_name.casefold() in title.casefold()):
        title = "Plan"
    code = given.imprint.case_code if given.edition is Edition.PROFESSIONAL else ""
    copy = slots("copy-number") or (given.imprint.copy_number and f"copy {given.imprint.copy_number}")
    return ", ".join(filter(None, (title, code, copy)))


def _professional_story(given: Disclosure, slots: Slots) -> list[Flowable]:
    leading = {slots(name) for name in ("safe-contact-title", "communication-title", "needs-title")} - {""}
    first = [section for section in given.sections if section.title in leading]
    later = [section for section in given.sections if section.title not in leading]
    story = _head(given, slots)
    for section in first:
        story += _section(section, slots, warned=section.title == slots("safe-contact-title"))
    story += _goals(given.goals, slots)
    if given.team:
        story += _team(given.team, slots)
    for section in later:
        story += _section(section, slots, warned=False)
    if given.journey:
        story += _titled(slots("journey-title"), *stages(_LOOK, given.journey))
    story += _agreement(given, slots)
    contact = [*given.imprint.contact_lines, slots("can-change-mind")]
    contact = [paragraph(line, _LOOK.plain) for line in contact if line.strip()]
    if contact:
        title = [paragraph(words, _LOOK.heading_style) for words in [slots("if-you-need-someone")] if words]
        story += headed(*title, *contact)
    return story


def _head(given: Disclosure, slots: Slots) -> list[Flowable]:
    story: list[Flowable] = []
    if given.imprint.service.strip():
        story.append(
            paragraph(
                given.imprint.service, _LOOK.style(_LOOK.small, font=fonts.SEMIBOLD, colour=styles.MUTED)
            )
        )
    if slots("plan-title"):
        story.append(paragraph(slots("plan-title"), _LOOK.title_style))
    if slots("plan-for-line"):
        story.append(paragraph(slots("plan-for-line"), _LOOK.plain))
    story.append(rule())
    for name in ("copy-sentence", "support-not-evidence"):
        if slots(name):
            story.append(paragraph(slots(name), _LOOK.muted))
    if not given.agreement and slots("not-agreed-yet"):
        story.append(
            paragraph([strong(slots("not-agreed-yet"))], _LOOK.box(styles.WARN_BEHIND, colour=styles.WARN))
        )
    return story


def _titled(title: str, first: Flowable, *others: Flowable) -> list[Flowable]:
    """A heading kept with the first of what follows; without words, only what follows."""
    lead = [paragraph(title, _LOOK.heading_style)] if title.strip() else []
    return [*headed(*lead, first), *others]


def _section(section: SectionCopy, slots: Slots, *, warned: bool) -> list[Flowable]:
    if not section.facts:
        nothing = slots("nothing-recorded")
        return _titled(section.title, paragraph(nothing, _LOOK.muted)) if nothing else []
    behind = styles.WARN_BEHIND if warned else None
    return _titled(section.title, facts_table(_LOOK, slots, section.facts, behind=behind))


def _goals(goals: tuple[GoalCopy, ...], slots: Slots) -> list[Flowable]:
    title = [paragraph(slots("goals-title"), _LOOK.heading_style)] if slots("goals-title") else []
    if not goals:
        nothing = slots("nothing-recorded")
        return headed(*title, paragraph(nothing, _LOOK.muted)) if nothing else []
    story: list[Flowable] = []
    for number, goal in enumerate(goals):
        lead: list[Flowable] = [] if number else [*title]
        if goal.need.strip():
            need = _LOOK.style(12, font=fonts.SEMIBOLD, colour=styles.PRIMARY, before=_LOOK.gap * 1.5)
            lead.append(paragraph(goal.need, need))
        box = wish(_LOOK, goal)
        if box:
            lead.append(box)
        if len(goal.words) > _LONG:
            story += headed(*lead)
            lead = []
        if goal.actions:
            if slots("actions-title"):
                lead.append(
                    paragraph(slots("actions-title"), _LOOK.style(_LOOK.small, font=fonts.SEMIBOLD, after=3))
                )
            lead.append(_actions(goal, slots))
        if lead:
            story += headed(*lead)
    return story


def _actions(goal: GoalCopy, slots: Slots) -> Flowable:
    columns = ("action", "who", "by-when", "status")
    cells = heading_row(_LOOK, *(slots(f"column-{name}", f"actions-column-{name}") for name in columns))
    heads = len(cells)
    for action in goal.actions:
        cells.append(
            [
                cell(_LOOK, Run(action.what), muted(_LOOK, action.service)),
                cell(_LOOK, Run(action.lead)),
                cell(_LOOK, Run(action.by_when)),
                cell(_LOOK, Run(action.status)),
            ]
        )
    return rows(_LOOK, (42, 21, 21, 16), cells, heads=heads)


def _team(team: tuple[TeamCopy, ...], slots: Slots) -> list[Flowable]:
    cells = heading_row(_LOOK, *(slots(f"team-column-{name}") for name in ("who", "outcome", "since")))
    heads = len(cells)
    for one in team:
        cells.append(
            [
                cell(_LOOK, strong(one.name), Run(one.role), muted(_LOOK, one.agency)),
                cell(_LOOK, Run(one.outcome)),
                cell(_LOOK, Run(one.since)),
            ]
        )
    return _titled(slots("team-title"), rows(_LOOK, (38, 41, 21), cells, heads=heads))


def _agreement(given: Disclosure, slots: Slots) -> list[Flowable]:
    story: list[Flowable] = []
    if given.agreement:
        story += _titled(slots("agreed-by"), facts_table(_LOOK, slots, given.agreement))
    if given.review_on and slots("review-on"):
        story.append(paragraph([strong(slots("review-on"))], _LOOK.style(before=_LOOK.gap * 2)))
    return story
