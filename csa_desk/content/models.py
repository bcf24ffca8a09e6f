"""The shape of every content pack; what items share is in ``items``, the assessment in ``questions``."""

from enum import StrEnum

from msgspec import Struct

from csa_desk.content.items import (
    Band,
    Basis,
    FactId,
    Header,
    Id,
    Item,
    Line,
    Names,
    Nation,
    Pack,
    Plain,
    Status,
    Text,
    Words,
    say,
)
from csa_desk.content.questions import AskAs, Assessment, Condition, Kind, Option, Question, Section, Subject

# --- sources and facts ---------------------------------------------------------------------------------------


class Reach(StrEnum):
    """Where a source holds or speaks of."""

    ENGLAND_AND_WALES = "england-and-wales"
    ENGLAND = "england"
    WALES = "wales"
    UK = "uk"
    INTERNATIONAL = "international"


class Read(StrEnum):
    """How much of a source was read, or that only an account of it was."""

    FULL = "full"
    PART = "part"
    OPENING = "opening"
    SECOND_HAND = "second-hand"
    NOT_READ = "not-read"


class Source(Plain, frozen=True, kw_only=True):
    """Where something is said. `date` as printed; `note` says what was not read."""

    title: Words
    publisher: Words
    date: Words
    jurisdiction: Reach
    read: Read
    address: Words | None = None
    note: Text | None = None


class Sources(Pack, frozen=True, kw_only=True):
    """``sources.toml``."""

    source: tuple[Source, ...]


class Fact(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How well a fact of the project's facts file is known, and from what."""

    id: FactId
    basis: Basis
    sources: tuple[Id, ...]


class Facts(Pack, frozen=True, kw_only=True):
    """``facts.toml``, written by ``tools/facts.py``."""

    fact: tuple[Fact, ...]


# --- roles and agencies --------------------------------------------------------------------------------------


class RoleKind(StrEnum):
    """What a role card is about."""

    AGENCY = "agency"
    ROLE = "role"
    COMMISSIONER = "commissioner"
    BOARD = "board"


class Group(Plain, frozen=True, kw_only=True):
    """A heading among the role cards."""

    title: Text
    order: int


class Role(Item, frozen=True, kw_only=True):
    """An agency, a role, a commissioner or a board; lines in the first person, present tense."""

    group: Id
    order: int
    kind: RoleKind
    title: Text
    summary: Text
    also_called: Names = {}
    formerly: Names = {}
    commissioned_by: tuple[Id, ...] = ()
    does: tuple[Line, ...] = ()
    does_not: tuple[Line, ...] = ()
    reach: tuple[Line, ...] = ()
    note: tuple[Line, ...] = ()


class Roles(Pack, frozen=True, kw_only=True):
    """``roles.toml``."""

    group: tuple[Group, ...]
    role: tuple[Role, ...]


# --- needs and outcomes --------------------------------------------------------------------------------------


class Need(Item, frozen=True, kw_only=True):
    """A category of need: formal, on the screen, and in a child's copy."""

    order: int
    title: Text
    short: Text
    child: Text
    icon: Id
    prompt: tuple[Line, ...] = ()


class Needs(Pack, frozen=True, kw_only=True):
    """``needs.toml``."""

    need: tuple[Need, ...]


class OutcomeGroup(StrEnum):
    """Which list an outcome belongs to."""

    COPE_AND_RECOVER = "cope-and-recover"
    ELEVEN = "eleven"
    EXAMPLE_MEASURE = "example-measure"


class Outcome(Item, frozen=True, kw_only=True):
    """What support is for: `title` about the child, `child` to the child."""

    order: int
    group: OutcomeGroup
    title: Text
    child: Text


class Outcomes(Pack, frozen=True, kw_only=True):
    """``outcomes.toml``."""

    outcome: tuple[Outcome, ...]


# --- the justice journey and pre-trial therapy ---------------------------------------------------------------


class Point(Plain, frozen=True, kw_only=True):
    """One of the few points drawn on a timeline."""

    order: int
    title: Text


class Stage(Item, frozen=True, kw_only=True):
    """A stage of the justice journey: what to `hold` about it and what to offer (`prompt`)."""

    order: int
    code: Words
    title: Text
    short: Text
    child: Text
    point: Id
    hold: tuple[Line, ...] = ()
    prompt: tuple[Line, ...] = ()


class Stages(Pack, frozen=True, kw_only=True):
    """``stages.toml``."""

    point: tuple[Point, ...]
    stage: tuple[Stage, ...]


class ChecklistRole(StrEnum):
    """Whose checklist an item is on."""

    THERAPIST = "therapist"
    CH_ISVA = "ch-isva"


class Position(Item, frozen=True, kw_only=True):
    """What the guidance holds, or held; a superseded one names what replaced it."""

    title: Text
    line: tuple[Line, ...] = ()
    replaced_by: Id | None = None


class ChecklistItem(Item, frozen=True, kw_only=True):
    """Something to do at a stage. `older_rule` is a superseded position to show greyed under it."""

    order: int
    stage: Id
    role: ChecklistRole
    title: Text
    why: Text
    care: bool = False
    older_rule: Id | None = None


class Nothing(Item, frozen=True, kw_only=True):
    """A stage at which a role has nothing to do, on purpose, and why."""

    stage: Id
    role: ChecklistRole
    text: Text


class PretrialTherapy(Pack, frozen=True, kw_only=True):
    """``pretrial_therapy.toml``."""

    position: tuple[Position, ...]
    item: tuple[ChecklistItem, ...]
    nothing: tuple[Nothing, ...] = ()


# --- prints and settings -------------------------------------------------------------------------------------


class Edition(StrEnum):
    """Who a wording is for; `any` stands in every edition, so a child may read it."""

    PROFESSIONAL = "professional"
    CHILD = "child"
    ANY = "any"


class Wording(Item, frozen=True, kw_only=True):
    """Words on paper at a `slot`; no `bands` means every age."""

    order: int
    edition: Edition
    bands: tuple[Band, ...]
    slot: Id
    text: Text


class Print(Pack, frozen=True, kw_only=True):
    """``print.toml``."""

    wording: tuple[Wording, ...]


class Unit(StrEnum):
    """What a figure counts."""

    MINUTES = "minutes"
    HOURS = "hours"
    WORKING_DAYS = "working-days"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


class Figure(Item, frozen=True, kw_only=True):
    """A number of days or an age that a rule in the program uses."""

    order: int
    title: Text
    value: int
    unit: Unit


class Settings(Pack, frozen=True, kw_only=True):
    """``settings.toml``."""

    figure: tuple[Figure, ...]

    def value(self, figure: str, unit: Unit) -> int:
        """The value of the figure with this id, in the unit the caller reckons in; KeyError if it is not so."""
        return {(one.id, one.unit): one.value for one in self.figure if one.shown}[figure, unit]


SHAPES: dict[str, type[Pack]] = {
    "sources": Sources,
    "facts": Facts,
    "roles": Roles,
    "needs": Needs,
    "assessment": Assessment,
    "stages": Stages,
    "pretrial_therapy": PretrialTherapy,
    "outcomes": Outcomes,
    "print": Print,
    "settings": Settings,
}
"""Every pack by the name of its file, without ``.toml``."""

__all__ = [
    "SHAPES",
    "AskAs",
    "Assessment",
    "Band",
    "Basis",
    "ChecklistItem",
    "ChecklistRole",
    "Condition",
    "Edition",
    "Fact",
    "Facts",
    "Figure",
    "Group",
    "Header",
    "Item",
    "Kind",
    "Line",
    "Names",
    "Nation",
    "Need",
    "Needs",
    "Nothing",
    "Option",
    "Outcome",
    "OutcomeGroup",
    "Outcomes",
    "Pack",
    "Plain",
    "Point",
    "Position",
    "PretrialTherapy",
    "Print",
    "Question",
    "Reach",
    "Read",
    "Role",
    "RoleKind",
    "Roles",
    "Section",
    "Settings",
    "Source",
    "Sources",
    "Stage",
    "Stages",
    "Status",
    "Subject",
    "Text",
    "Unit",
    "Wording",
    "say",
]
