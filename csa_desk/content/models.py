"""The shape of every content pack; what items share is in ``items``, larger packs have modules of their own."""

from enum import StrEnum

from csa_desk.content.duties import AskedAs, Duties, Duty, DutyTopic
from csa_desk.content.items import (
    Band,
    Basis,
    Header,
    Id,
    Item,
    Line,
    Names,
    Nation,
    Pack,
    Plain,
    Sourced,
    Status,
    Text,
    Words,
    say,
)
from csa_desk.content.pathway import Pathway as Pathway
from csa_desk.content.questions import AskAs, Assessment, Condition, Kind, Option, Question, Section, Subject
from csa_desk.content.rights import ProfessionRights, Rights, RightWords
from csa_desk.content.sources import Fact, Facts, Reach, Read, Source, Sources
from csa_desk.records.categories import Category

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


class Tells(Sourced, frozen=True, kw_only=True):
    """What kind of information it is that somebody has this need, on its own ground."""

    category: Category


class Need(Item, frozen=True, kw_only=True):
    """A category of need: formal, on the screen, and in a child's copy."""

    order: int
    title: Text
    short: Text
    child: Text
    icon: Id
    tells: Tells
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
    WEEKS = "weeks"
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
    "rights": Rights,
    "duties": Duties,
    "pathway": Pathway,
}
"""Every pack by the name of its file, without ``.toml``."""

__all__ = [
    "SHAPES",
    "AskAs",
    "AskedAs",
    "Assessment",
    "Band",
    "Basis",
    "ChecklistItem",
    "ChecklistRole",
    "Condition",
    "Duties",
    "Duty",
    "DutyTopic",
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
    "ProfessionRights",
    "Question",
    "Reach",
    "Read",
    "RightWords",
    "Rights",
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
    "Tells",
    "Text",
    "Unit",
    "Wording",
    "say",
]
