"""Checklists on paper: what to do and how it stands, why, where it is written and how well that is known."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from csa_desk.printing import fonts, styles
from csa_desk.printing.blocks import headed, muted, rule, strong
from csa_desk.printing.document import Slots, admitted, build, surround
from csa_desk.printing.styles import PROFESSIONAL
from csa_desk.printing.text import Run, Text, paragraph, stacked
from csa_desk.records.disclosure import Disclosure, Edition, Imprint, LineCopy, LineGroup, Reference, What

_LOOK = PROFESSIONAL
_INDENT = 24.0
_RIGHT = 60.0  # keeps lines to some 75 letters
_CHIP = 40  # letters
_MARKS = {
    "done": ("✓", styles.OK),
    "not-needed": ("–", styles.MUTED),
    "needs-care": ("!", styles.WARN),
}


def checklist_pdf(disclosure: Disclosure) -> bytes:
    """One child's checklist as a PDF.

    Raises ``TypeError`` for anything but a Disclosure, ``ValueError`` for one that is not of a checklist.
    """
    given = admitted(disclosure, Disclosure)
    if given.what is not What.CHECKLIST:
        raise ValueError("this disclosure is not of a checklist")
    slots = Slots(given.wording)
    title = slots("checklist-title")
    lines = [slots("checklist-for-line"), slots("copy-sentence")]
    return _pdf(title, lines, given.groups, given.imprint, slots, _name(title, given))


def checklist_reference_pdf(reference: Reference) -> bytes:
    """A blank checklist as a PDF. Raises ``TypeError`` for anything but a Reference."""
    given = admitted(reference, Reference)
    slots = Slots(given.wording)
    lines = [given.subtitle, slots("checklist-blank-line")]
    return _pdf(given.title, lines, given.groups, given.imprint, slots, given.title)


def _name(title: str, given: Disclosure) -> str:
    """What the window and the list of files show: never a name."""
    if not title or (given.child_name and given.child_name.casefold() in title.casefold()):
        title = "Checklist"
    copy = given.imprint.copy_number and f"copy {given.imprint.copy_number}"
    return ", ".join(filter(None, (title, given.imprint.case_code, copy)))


def _pdf(
    title: str, lines: Sequence[str], groups: Sequence[LineGroup], imprint: Imprint, slots: Slots, name: str
) -> bytes:
    story: list[Flowable] = []
    if imprint.service.strip():
        story.append(
            paragraph(imprint.service, _LOOK.style(_LOOK.small, font=fonts.SEMIBOLD, colour=styles.MUTED))
        )
    if title.strip():
        story.append(paragraph(title, _LOOK.title_style))
    story += [paragraph(line, _LOOK.plain) for line in lines if line.strip()]
    story.append(rule())
    if slots("checklist-not-legal-advice"):
        story.append(paragraph(slots("checklist-not-legal-advice"), _LOOK.muted))
    for group in groups:
        story += _group(group, imprint, slots)
    around = surround(imprint, slots, _LOOK, Edition.PROFESSIONAL)
    return build([(around, story)], name, imprint.made_on)


def _group(group: LineGroup, imprint: Imprint, slots: Slots) -> list[Flowable]:
    story: list[Flowable] = []
    lead = [paragraph(group.title, _LOOK.heading_style)] if group.title.strip() else []
    if group.lead.strip():
        lead.append(paragraph(group.lead, _LOOK.style(right=_RIGHT)))
    for line in group.lines:
        story += headed(*lead, _line(line, imprint, slots))
        lead = []
        if line.older.strip():
            story.append(_older(line.older, slots))
    return story or lead


def _line(line: LineCopy, imprint: Imprint, slots: Slots) -> Text:
    mark, colour = _MARKS.get(line.state, ("☐", styles.PRIMARY))
    style = _LOOK.style(indent=_INDENT, right=_RIGHT, mark_size=13, mark_colour=colour, after=_LOOK.gap * 2)
    state = slots(f"checklist-{line.state}") if line.state in ("needs-care", "not-needed") else ""
    # A state that is a sentence's beginning runs on; one that is a word of its own takes a colon.
    between = " " if line.state == "not-needed" else ": "
    standing = between.join(filter(None, (state, line.done.strip())))
    pieces = stacked(
        strong(line.text),
        Run(line.why),
        Run(standing, fonts.SEMIBOLD, colour if colour is not styles.PRIMARY else None, _LOOK.small),
    )
    return paragraph([*pieces, *_ground(line, imprint, slots)], style, mark)


def _ground(line: LineCopy, imprint: Imprint, slots: Slots) -> list[Run]:
    """Source, how well it is known, and as at when: on one line of their own."""
    ground = []
    if line.source.strip():
        ground.append(muted(_LOOK, line.source.strip()))
    if line.note.strip():
        ground.append(chip(line.note))
    guidance = (slots("guidance-as-at") or imprint.guidance_as_at).rstrip(".")
    if ground and guidance:
        ground.append(muted(_LOOK, guidance))
    pieces = [muted(_LOOK, "\n")] if ground else []
    for number, piece in enumerate(ground):
        pieces += [muted(_LOOK, " · "), piece] if number else [piece]
    return pieces


def chip(words: str) -> Run:
    """A note on a ground of its own, such as *Check before relying*; a short one stays on one line."""
    words = f" {words.strip()} "
    whole = words.replace(" ", "\u00a0") if len(words) < _CHIP else words
    return Run(whole, fonts.SEMIBOLD, styles.WARN, _LOOK.small, styles.WARN_BEHIND)


def _older(words: str, slots: Slots) -> Text:
    style = _LOOK.box(styles.SUNKEN, size=_LOOK.small, colour=styles.MUTED)
    style.leftIndent += _INDENT
    style.rightIndent += _RIGHT
    named = slots("superseded") or "Superseded"
    return paragraph(stacked(Run(named, fonts.SEMIBOLD), Run(words)), style)
