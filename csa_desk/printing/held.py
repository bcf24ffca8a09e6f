"""Everything that is held about a child, for whoever asked to see it: each record with what led there."""

from reportlab.platypus import Flowable

from csa_desk.printing import fonts, styles
from csa_desk.printing.blocks import cell, headed, muted, rows, rule, strong
from csa_desk.printing.document import Slots, admitted, build, surround
from csa_desk.printing.styles import PROFESSIONAL
from csa_desk.printing.text import Run, paragraph, stacked
from csa_desk.records.disclosure import Disclosure, Edition, HeldCopy, HeldGroup, HeldRecord, What

_LOOK = PROFESSIONAL


def held_pdf(disclosure: Disclosure) -> bytes:
    """The PDF of a disclosure of everything held.

    Raises ``TypeError`` for anything but a Disclosure, ``ValueError`` for one of something else.
    """
    given = admitted(disclosure, Disclosure)
    if given.what is not What.RECORDS:
        raise ValueError("this disclosure is not of everything held")
    slots = Slots(given.wording)
    story = _head(given, slots)
    for group in given.held:
        story += _group(group)
    around = surround(given.imprint, slots, _LOOK, Edition.PROFESSIONAL)
    copy = slots("copy-number") or given.imprint.copy_number
    title = ", ".join(filter(None, (slots("access-title") or "Records", given.imprint.case_code, copy)))
    return build([(around, story)], title, given.imprint.made_on)


def _head(given: Disclosure, slots: Slots) -> list[Flowable]:
    story: list[Flowable] = []
    if given.imprint.service.strip():
        style = _LOOK.style(_LOOK.small, font=fonts.SEMIBOLD, colour=styles.MUTED)
        story.append(paragraph(given.imprint.service, style))
    if slots("access-title"):
        story.append(paragraph(slots("access-title"), _LOOK.title_style))
    if slots("access-for-line"):
        story.append(paragraph(slots("access-for-line"), _LOOK.plain))
    story.append(rule())
    for name in ("access-what", "access-whole-copy", "access-others", "access-sealed", "access-rights"):
        if slots(name):
            story.append(paragraph(slots(name), _LOOK.muted))
    story += [paragraph(line, _LOOK.muted) for line in given.imprint.contact_lines if line.strip()]
    return story


def _group(group: HeldGroup) -> list[Flowable]:
    story: list[Flowable] = []
    lead = [paragraph(group.title, _LOOK.heading_style)] if group.title.strip() else []
    for record in group.records:
        story += _record(record, lead)
        lead = []
    return story


def _record(record: HeldRecord, lead: list[Flowable]) -> list[Flowable]:
    title = [*lead]
    if record.title.strip():
        pieces = stacked(strong(record.title), muted(_LOOK, record.recorded))
        title.append(paragraph(pieces, _LOOK.style(before=_LOOK.gap, after=_LOOK.gap * 0.5)))
    if not record.fields:
        return headed(*title) if title else []
    cells = [
        [cell(_LOOK, Run(held.label, fonts.SEMIBOLD, size=_LOOK.small)), cell(_LOOK, *_value(held))]
        for held in record.fields
    ]
    return headed(*title, rows(_LOOK, (30, 70), cells, heads=0))


def _value(held: HeldCopy) -> list[Run]:
    if held.taken_out:
        # The bar is drawn behind words of its own: what stood there is not in the file.
        return [Run(f"\u00a0{held.value}\u00a0", fonts.SEMIBOLD, styles.PAPER, _LOOK.small, styles.TEXT)]
    return [Run(held.value), *(muted(_LOOK, line) for line in held.trail)]
