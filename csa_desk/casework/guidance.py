"""Guidance to read: role cards, stages, positions, and which primary texts were not read."""

from dataclasses import dataclass

from csa_desk.casework.desk import Desk
from csa_desk.casework.ground import Ground, ground, source_title
from csa_desk.casework.imprint import imprint_of
from csa_desk.casework.print_words import PrintWords
from csa_desk.casework.rights import Right, needs
from csa_desk.content.items import Line, Pack
from csa_desk.content.models import Read, Role, Source, say
from csa_desk.errors import InputError
from csa_desk.records.dates import spoken
from csa_desk.records.disclosure import Edition, LineCopy, LineGroup, Reference


@dataclass(frozen=True, slots=True)
class SaidLine:
    """A sentence with its ground."""

    text: str
    ground: Ground


@dataclass(frozen=True, slots=True)
class RoleCard:
    """A role as a mixed room can read it aloud."""

    role: Role
    title: str
    summary: str
    group: str
    does: tuple[SaidLine, ...]
    does_not: tuple[SaidLine, ...]
    reach: tuple[SaidLine, ...]
    notes: tuple[SaidLine, ...]
    also_called: tuple[str, ...]
    formerly: tuple[str, ...]
    commissioned_by: tuple[str, ...]
    ground: Ground


@dataclass(frozen=True, slots=True)
class KnownText:
    """A text the guidance rests on, how far it was read, and what that means."""

    title: str
    how: str
    note: str
    read: Read
    id: str


_HOW_READ = {
    Read.FULL: "Read whole",
    Read.OPENING: "Only its opening was read",
    Read.SECOND_HAND: "Known from others who describe it",
    Read.NOT_READ: "Not read",
    Read.PART: "Read in part",
}
_LEAST_READ = (Read.NOT_READ, Read.OPENING, Read.SECOND_HAND, Read.PART, Read.FULL)
_NO_TEXT = ("csa-desk", "professional-knowledge")


@needs(Right.LOOK_UP)
def texts(desk: Desk) -> list[KnownText]:
    """Every text the guidance rests on, the least read first."""
    found = [item for item in desk.packs.sources.source if item.id not in _NO_TEXT]
    found.sort(key=lambda item: (_LEAST_READ.index(item.read), item.title))
    return [_known(item) for item in found]


@needs(Right.LOOK_UP)
def not_texts(desk: Desk) -> list[KnownText]:
    """What lines rest on where there is no text: common knowledge of the field, and our own working."""
    return [_known(item) for item in desk.packs.sources.source if item.id in _NO_TEXT]


def _known(item: Source) -> KnownText:
    note = say(item.note) if item.note else ""
    return KnownText(source_title(item), _HOW_READ[item.read], note, item.read, item.id)


@needs(Right.LOOK_UP)
def not_read(desk: Desk) -> list[KnownText]:
    """Texts not read whole, the least read first: the Guidance page says this before anything else."""
    return [item for item in texts(desk) if item.read not in (Read.PART, Read.FULL)]


@needs(Right.LOOK_UP)
def how_read(desk: Desk) -> dict[Read, int]:
    """How many of the texts the guidance rests on were read how far; what is our own is not counted."""
    counts = dict.fromkeys(Read, 0)
    for item in desk.packs.sources.source:
        if item.id not in _NO_TEXT:
            counts[item.read] += 1
    return counts


@needs(Right.LOOK_UP)
def main_texts_not_read(desk: Desk) -> list[str]:
    """Titles of the texts that current positions on therapy before a trial name first and that were not read whole."""
    named = {item.source for item in desk.packs.pretrial_therapy.position if item.shown}
    return [
        source_title(item)
        for item in desk.packs.sources.source
        if item.id in named and item.read not in (Read.FULL, Read.PART)
    ]


@needs(Right.LOOK_UP)
def next_review(desk: Desk) -> str:
    """The day, in words, on which the next pack is to be looked at again."""
    return spoken(min(one.pack.review_by for one in _reviewed(desk)).isoformat())


@needs(Right.LOOK_UP)
def review_due(desk: Desk) -> list[tuple[str, str]]:
    """Packs whose review date has passed: title and the date in words."""
    today = desk.clock.today()
    return [
        (say(one.pack.title), spoken(one.pack.review_by.isoformat()))
        for one in _reviewed(desk)
        if one.pack.review_by < today
    ]


def _reviewed(desk: Desk) -> tuple[Pack, ...]:
    packs = desk.packs
    return (packs.roles, packs.assessment, packs.stages, packs.pretrial_therapy, packs.outcomes, packs.print)


@needs(Right.LOOK_UP)
def role_cards(desk: Desk, words: str = "") -> list[RoleCard]:
    """Role cards in their order, or those that fit the words (earlier names too)."""
    groups = {item.id: (item.order, say(item.title)) for item in desk.packs.roles.group}
    roles = sorted(
        (item for item in desk.packs.roles.role if item.shown),
        key=lambda item: (groups[item.group][0], item.order),
    )
    wanted = words.casefold().split()
    return [
        _card(desk, item, groups[item.group][1])
        for item in roles
        if all(word in _searched(item) for word in wanted)
    ]


def _searched(role: Role) -> str:
    names = [say(role.title), say(role.summary)]
    names += [*role.also_called.get("en", ()), *role.formerly.get("en", ())]
    return " ".join(names).casefold()


@needs(Right.LOOK_UP)
def role_card(desk: Desk, role: str) -> RoleCard:
    """One card by its id. Raises :class:`InputError`."""
    for card in role_cards(desk):
        if card.role.id == role:
            return card
    raise InputError(f"There is no role card “{role}”.")


def _card(desk: Desk, role: Role, group: str) -> RoleCard:
    titles = {item.id: say(item.title) for item in desk.packs.roles.role}
    pack = desk.packs.roles.pack

    def said(lines: tuple[Line, ...]) -> tuple[SaidLine, ...]:
        return tuple(SaidLine(say(line.text), ground(desk, line, pack)) for line in lines)

    return RoleCard(
        role=role,
        title=say(role.title),
        summary=say(role.summary),
        group=group,
        does=said(role.does),
        does_not=said(role.does_not),
        reach=said(role.reach),
        notes=said(role.note),
        also_called=tuple(role.also_called.get("en", ())),
        formerly=tuple(role.formerly.get("en", ())),
        commissioned_by=tuple(titles[item] for item in role.commissioned_by),
        ground=ground(desk, role, pack),
    )


@needs(Right.LOOK_UP)
def role_reference(desk: Desk, card: RoleCard) -> Reference:
    """A role card ready for print: it holds no case data."""
    wording = PrintWords(desk, Edition.PROFESSIONAL, None).filled(
        name="", practitioner="", service=desk.own_service().name, date=spoken(desk.today)
    )
    groups = [
        LineGroup(wording.get("role-card-i-do", "I do"), _lines(card.does)),
        LineGroup(wording.get("role-card-i-do-not", "I do not"), _lines(card.does_not)),
        LineGroup(wording.get("role-card-reach", "How to reach me"), _lines(card.reach)),
    ]
    if card.notes:
        groups.append(LineGroup(wording.get("role-card-note", "Note"), _lines(card.notes)))
    names = []
    if card.formerly:
        names.append(LineCopy(f"{wording.get('role-card-formerly', 'Formerly')}: {', '.join(card.formerly)}"))
    if card.commissioned_by:
        title = wording.get("role-card-commissioned", "Commissioned by")
        names.append(LineCopy(f"{title}: {', '.join(card.commissioned_by)}"))
    if names:
        groups.append(LineGroup("", tuple(names)))
    return Reference(
        title=card.title,
        subtitle=card.summary,
        groups=tuple(groups),
        imprint=imprint_of(desk, None),
        wording=wording,
    )


def _lines(said: tuple[SaidLine, ...]) -> tuple[LineCopy, ...]:
    return tuple(LineCopy(text=item.text, note=item.ground.note) for item in said)


@dataclass(frozen=True, slots=True)
class Position:
    """A position of the guidance on pre-trial therapy: one that holds, or a superseded one."""

    id: str
    title: str
    superseded: bool
    lines: tuple[SaidLine, ...]


@needs(Right.LOOK_UP)
def positions(desk: Desk) -> list[Position]:
    """Every position, in the order of the pack."""
    pack = desk.packs.pretrial_therapy
    return [
        Position(
            item.id,
            say(item.title),
            not item.shown,
            tuple(SaidLine(say(line.text), ground(desk, line, pack.pack)) for line in item.line),
        )
        for item in pack.position
    ]


@dataclass(frozen=True, slots=True)
class StageCard:
    """A stage of the justice journey to read: what to hold about it, and what to offer."""

    id: str
    code: str
    title: str
    hold: tuple[SaidLine, ...]
    offer: tuple[SaidLine, ...]


@needs(Right.LOOK_UP)
def stage_cards(desk: Desk) -> list[StageCard]:
    """Every stage in its order."""
    pack = desk.packs.stages

    def said(lines: tuple[Line, ...]) -> tuple[SaidLine, ...]:
        return tuple(SaidLine(say(line.text), ground(desk, line, pack.pack)) for line in lines)

    stages = sorted((item for item in pack.stage if item.shown), key=lambda item: item.order)
    return [
        StageCard(item.id, item.code, say(item.title), said(item.hold), said(item.prompt)) for item in stages
    ]
