"""The child's own plan: what I want, what will happen, who helps, whom to turn to. Short lines, large type."""

from reportlab.platypus import Flowable

from csa_desk.printing import fonts, styles
from csa_desk.printing.blocks import headed, muted, rule, stages, strong, wish
from csa_desk.printing.document import Slots
from csa_desk.printing.styles import Look
from csa_desk.printing.text import Run, Text, paragraph, stacked
from csa_desk.records.disclosure import ActionCopy, Disclosure, FactCopy


def child_story(given: Disclosure, slots: Slots, look: Look) -> list[Flowable]:
    """The flowables of the child's edition in reading order."""
    story = _head(given, slots, look)
    boxes: list[Flowable] = []
    for goal in given.goals:
        if goal.need.strip():
            boxes.append(
                paragraph(goal.need, look.style(look.small, font=fonts.SEMIBOLD, colour=styles.MUTED))
            )
        box = wish(look, goal)
        if box:
            boxes.append(box)
    nothing = [paragraph(slots("nothing-recorded"), look.muted)] if slots("nothing-recorded") else []
    story += _part(slots("what-i-want"), boxes or nothing, look)
    actions = [_action(action, given, slots, look) for goal in given.goals for action in goal.actions]
    story += _part(slots("what-will-happen"), actions or nothing, look)
    story += _part(slots("team-title", "who-does-what"), _team(given, look), look)
    for section in given.sections:
        story += _part(section.title, _facts(section.facts, slots, look), look)
    story += _part(slots("journey-title"), stages(look, given.journey), look)
    story += _part(slots("agreed-by"), _facts(given.agreement, slots, look), look)
    if given.review_on and slots("review-on"):
        story.append(paragraph(slots("review-on"), look.style(before=look.gap * 1.5)))
    lines = [*given.imprint.contact_lines]
    lines += [slots(name) for name in ("if-you-need-someone-line", "not-safe-now", "can-change-mind")]
    texts = [paragraph(line, look.plain) for line in lines if line.strip()]
    if texts:
        title = [paragraph(words, look.heading_style) for words in [slots("if-you-need-someone")] if words]
        story += headed(*title, *texts)
    return story


def _head(given: Disclosure, slots: Slots, look: Look) -> list[Flowable]:
    story: list[Flowable] = []
    if slots("plan-title"):
        story.append(paragraph(slots("plan-title"), look.title_style))
    if slots("plan-for-line"):
        story.append(paragraph(slots("plan-for-line"), look.muted))
    story.append(rule())
    if slots("paper-stays"):
        story.append(paragraph(slots("paper-stays"), look.plain))
    if not given.agreement and slots("not-agreed-yet"):
        story.append(paragraph(slots("not-agreed-yet"), look.plain))
    return story


def _part(title: str, flowables: list[Flowable] | list[Text], look: Look) -> list[Flowable]:
    """A heading kept with the first of its flowables; nothing where there are none."""
    if not flowables:
        return []
    first, *others = flowables
    lead = [paragraph(title, look.heading_style)] if title.strip() else []
    return [*headed(*lead, first), *others]


def _action(action: ActionCopy, given: Disclosure, slots: Slots, look: Look) -> Text:
    """A square to tick, or a tick where it is done, what it is, and under it who does it by when or did it."""
    square = look.body * 1.35
    style = look.style(
        indent=square * 1.6, mark_size=square, mark_colour=styles.PRIMARY, after=look.gap * 1.4
    )
    style.bulletOffsetY = -0.12 * square
    more = (_who_and_when(action, given, slots), action.status, action.service)
    pieces = stacked(strong(action.what), *(muted(look, line) for line in more))
    return paragraph(pieces, style, "☑" if action.done else "☐")


def _who_and_when(action: ActionCopy, given: Disclosure, slots: Slots) -> str:
    if action.done:
        if not action.lead.strip():
            return slots("is-done")
        return slots.filled(
            "you-did-this" if action.lead == given.child_name else "did-this", name=action.lead
        )
    if not action.lead.strip():
        return slots("no-one-yet") or action.by_when
    who = "you-will-do-this" if action.lead == given.child_name else "will-do-this"
    name = f"{who}-by" if action.by_when.strip() else who
    sentence = slots.filled(name, name=action.lead, date=action.by_when)
    return sentence or ", ".join(filter(None, (action.lead, action.by_when)))


def _team(given: Disclosure, look: Look) -> list[Text]:
    return [
        paragraph(
            stacked(
                strong(one.name),
                Run(", ".join(filter(None, (one.role, one.agency)))),
                muted(look, one.outcome),
                muted(look, one.since),
            ),
            look.plain,
        )
        for one in given.team
    ]


def _facts(facts: tuple[FactCopy, ...], slots: Slots, look: Look) -> list[Text]:
    return [
        paragraph(
            stacked(
                strong(fact.label), Run(fact.value or slots("nothing-recorded")), muted(look, fact.source)
            ),
            look.plain,
        )
        for fact in facts
    ]
