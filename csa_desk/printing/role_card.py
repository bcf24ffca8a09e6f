"""Role cards: one sheet for one role, what I do and what I do not in equal size, to be read aloud in a mixed room."""

from dataclasses import replace

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, PageBreak, Spacer

from csa_desk.printing import fonts, styles
from csa_desk.printing.blocks import Rows
from csa_desk.printing.checklist import chip
from csa_desk.printing.document import Slots, Surround, admitted, build, surround
from csa_desk.printing.styles import Look
from csa_desk.printing.text import Run, Text, paragraph
from csa_desk.records.disclosure import Edition, LineCopy, LineGroup, Reference

_SIZE = landscape(A4)
_LOOKS = (
    *(
        Look(body=body, small=11, title=30, heading=body + 6, margin=50, gap=body * 0.5, foot=9)
        for body in (20.0, 18.0, 17.0, 16.0, 15.0, 14.0, 13.0, 12.0)
    ),
    # A full card is set closer before it goes on overleaf.
    *(
        Look(body=body, small=10, title=24, heading=body + 2, margin=36, gap=gap, foot=9)
        for body, gap in ((12.0, 4), (12.0, 2.5), (11.5, 2.5), (11.0, 4), (11.0, 2.5))
    ),
)


def role_card_pdf(reference: Reference | tuple[Reference, ...]) -> bytes:
    """A card, or a deck of them with each card beginning on a page of its own, as a PDF.

    Each card is set in the largest type that fits one sheet; a card too full for the smallest goes on overleaf, where
    it can with everything but its two halves.
    Raises ``TypeError`` for anything but a Reference or a tuple of them, ``ValueError`` for an empty deck.
    """
    deck = reference if isinstance(reference, tuple) else (reference,)
    if not deck:
        raise ValueError("a deck has at least one card")
    cards = [admitted(card, Reference) for card in deck]
    name = cards[0].title if len(cards) == 1 else "Role cards"
    return build([_card(card) for card in cards], name, cards[0].imprint.made_on)


def _card(card: Reference) -> tuple[Surround, list[Flowable]]:
    """The whole card on one sheet; where that cannot be, the two halves on one and everything else overleaf."""
    slots = Slots(card.wording)
    sides = {slots("role-card-i-do"), slots("role-card-i-do-not")}
    halves = replace(card, groups=tuple(group for group in card.groups if group.title in sides))
    for front, rest in ((card, None), (halves, card)):
        for look in _LOOKS:
            around = surround(card.imprint, slots, look, Edition.PROFESSIONAL, _SIZE)
            story = _story(front, slots, look)
            if _height(story, look) <= _SIZE[1] - around.bottom - look.margin * 0.9:
                return around, _story(rest, slots, look, overleaf=True) if rest else story
    return around, _story(card, slots, look)


def _height(story: list[Flowable], look: Look) -> float:
    width = _SIZE[0] - 2 * look.margin
    sizes = [
        flowable.wrap(width, 10_000)[1] + flowable.getSpaceBefore() + flowable.getSpaceAfter()
        for flowable in story
    ]
    return float(sum(sizes))


def _story(card: Reference, slots: Slots, look: Look, *, overleaf: bool = False) -> list[Flowable]:
    """Title, the two halves, then, on the next page if ``overleaf``, what else belongs on the card."""
    sides = [slots("role-card-i-do"), slots("role-card-i-do-not")]
    named = {group.title: group for group in card.groups if group.title in sides}
    halves = [named.get(side) for side in sides]
    story: list[Flowable] = [paragraph(card.title, look.title_style)]
    if card.subtitle.strip():
        story.append(paragraph(card.subtitle, look.style(look.body, colour=styles.MUTED)))
    story.append(Spacer(1, look.gap))
    if any(halves):
        story.append(_halves(halves, look))
    if overleaf:
        story.append(PageBreak())
    story += _others([group for group in card.groups if group not in halves], look)
    sources = dict.fromkeys(line.source.strip() for group in card.groups for line in group.lines)
    ground = " · ".join(filter(None, sources))
    if ground:
        label = slots("checklist-source")
        words = f"{label}: {ground}" if label else ground
        story.append(paragraph(words, look.style(look.small, colour=styles.MUTED, before=look.gap)))
    return story


def _halves(halves: list[LineGroup | None], look: Look) -> Rows:
    """Two grounds of the same width and height, side by side."""
    pad = look.body
    left, right = (_half(group, look, mark) for group, mark in zip(halves, ("✓", "–"), strict=True))
    commands = [
        ("FONT", (0, 0), (-1, -1), fonts.REGULAR, look.body),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("BACKGROUND", (0, 0), (0, -1), styles.TINT),
        ("BACKGROUND", (2, 0), (2, -1), styles.SUNKEN),
        ("LEFTPADDING", (0, 0), (-1, -1), pad),
        ("RIGHTPADDING", (0, 0), (-1, -1), pad),
        ("TOPPADDING", (0, 0), (-1, -1), pad * 0.7),
        ("BOTTOMPADDING", (0, 0), (-1, -1), pad * 0.4),
    ]
    return Rows(
        [[left, [], right]], colWidths=["49%", "2%", "49%"], style=commands, spaceAfter=max(look.gap * 1.5, 7)
    )


def _half(group: LineGroup | None, look: Look, mark: str) -> list[Text]:
    if group is None:
        return []
    style = look.style(indent=look.body * 1.9, mark_colour=styles.PRIMARY, mark_size=look.body)
    heading = replace(look, gap=look.gap * 0.8).style(look.heading, font=fonts.BOLD)
    texts = [paragraph(group.title, heading)]
    if group.lead.strip():
        texts.append(paragraph(group.lead, look.plain))
    for line in group.lines:
        texts += _line(line, look, style, mark)
    return texts


def _line(line: LineCopy, look: Look, style: ParagraphStyle, mark: str = "") -> list[Text]:
    """A line with its note behind it."""
    note = [Run("  "), chip(line.note)] if line.note.strip() else []
    return [paragraph([Run(line.text.strip()), *note], style, mark)]


def _others(groups: list[LineGroup], look: Look) -> list[Flowable]:
    """What else belongs on the card: the first group on the left, the others on the right; one goes right across."""
    if len(groups) < 2:
        return [text for group in groups for text in _other(group, look)]
    left, right = _other(groups[0], look), [text for group in groups[1:] for text in _other(group, look)]
    commands = [
        ("FONT", (0, 0), (-1, -1), fonts.REGULAR, look.body),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
    ]
    return [Rows([[left, [], right]], colWidths=["49%", "2%", "49%"], style=commands)]


def _other(group: LineGroup, look: Look) -> list[Text]:
    texts: list[Text] = []
    if group.title.strip():
        texts.append(
            paragraph(group.title, look.style(look.body, font=fonts.SEMIBOLD, before=look.gap, after=2))
        )
    if group.lead.strip():
        texts.append(paragraph(group.lead, look.style(after=2)))
    for line in group.lines:
        texts += _line(line, look, look.style(after=2))
    return texts
