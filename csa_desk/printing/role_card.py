"""Role cards: one sheet for one role, what I do and what I do not in equal size, to be read aloud in a mixed room."""

from dataclasses import replace

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Spacer

from csa_desk.printing import fonts, styles
from csa_desk.printing.blocks import Rows
from csa_desk.printing.checklist import chip
from csa_desk.printing.document import Slots, Surround, admitted, build, surround
from csa_desk.printing.styles import Look
from csa_desk.printing.text import Text, paragraph
from csa_desk.records.disclosure import Edition, LineCopy, LineGroup, Reference

_SIZE = landscape(A4)
_LOOKS = tuple(
    Look(body=body, small=11, title=30, heading=body + 6, margin=50, gap=body * 0.5, foot=9)
    for body in (20.0, 18.0, 17.0, 16.0, 15.0, 14.0, 13.0, 12.0)
)


def role_card_pdf(reference: Reference | tuple[Reference, ...]) -> bytes:
    """A card, or a deck of them with each card beginning on a page of its own, as a PDF.

    Each card is set in the largest type that fits one sheet; a card too full for the smallest goes on overleaf.
    Raises ``TypeError`` for anything but a Reference or a tuple of them, ``ValueError`` for an empty deck.
    """
    deck = reference if isinstance(reference, tuple) else (reference,)
    if not deck:
        raise ValueError("a deck has at least one card")
    cards = [admitted(card, Reference) for card in deck]
    name = cards[0].title if len(cards) == 1 else "Role cards"
    return build([_card(card) for card in cards], name, cards[0].imprint.made_on)


def _card(card: Reference) -> tuple[Surround, list[Flowable]]:
    slots = Slots(card.wording)
    for look in _LOOKS:
        around = surround(card.imprint, slots, look, Edition.PROFESSIONAL, _SIZE)
        if _height(_story(card, slots, look)) <= _SIZE[1] - around.bottom - look.margin * 0.9:
            break
    return around, _story(card, slots, look)


def _height(story: list[Flowable]) -> float:
    width = _SIZE[0] - 2 * _LOOKS[0].margin
    sizes = [
        flowable.wrap(width, 10_000)[1] + flowable.getSpaceBefore() + flowable.getSpaceAfter()
        for flowable in story
    ]
    return float(sum(sizes))


def _story(card: Reference, slots: Slots, look: Look) -> list[Flowable]:
    """Title, the two halves, then what else belongs on the card."""
    sides = [slots("role-card-i-do"), slots("role-card-i-do-not")]
    named = {group.title: group for group in card.groups if group.title in sides}
    halves = [named.get(side) for side in sides]
    story: list[Flowable] = [paragraph(card.title, look.title_style)]
    if card.subtitle.strip():
        story.append(paragraph(card.subtitle, look.style(look.body, colour=styles.MUTED)))
    story.append(Spacer(1, look.gap))
    if any(halves):
        story.append(_halves(halves, look))
    for group in card.groups:
        if group not in halves:
            story += _other(group, look)
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
        [[left, [], right]], colWidths=["49%", "2%", "49%"], style=commands, spaceAfter=look.gap * 1.5
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
    texts = [paragraph(line.text, style, mark)]
    if line.note.strip():
        texts.append(paragraph([chip(line.note)], look.style(look.small, indent=style.leftIndent)))
    return texts


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
