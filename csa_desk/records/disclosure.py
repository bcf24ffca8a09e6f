"""What may leave (design §8): a Disclosure, computed by casework alone, or a Reference that holds no case data.

A Disclosure already lacks everything its recipient may not have: printing and exchange never filter, and there is
nothing in it that says what was held back. Text is plain text and is never interpreted as markup.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Edition(StrEnum):
    """Editions of the plan that this version prints."""

    PROFESSIONAL = "professional"
    CHILD = "child"


class Band(StrEnum):
    """Age bands of the child's edition: chosen from how the child communicates, not from the birth date."""

    YOUNGER = "4-7"
    MIDDLE = "8-12"
    OLDER = "13-17"


class What(StrEnum):
    """What is handed over."""

    PLAN = "plan"
    CHECKLIST = "checklist"
    ASSESSMENT = "assessment"
    RECORDS = "records"
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class ActionCopy:
    """One action: what, who leads, by when, how far; and the directory entry it points to.

    ``done`` lets an edition that shows no status tell of it as past.
    """

    what: str
    lead: str
    by_when: str
    status: str
    service: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class GoalCopy:
    """One goal with its actions. ``said`` tells who said it and when."""

    need: str
    words: str
    said: str
    actions: tuple[ActionCopy, ...]


@dataclass(frozen=True, slots=True)
class TeamCopy:
    """Somebody who helps: name, role, agency, what for, since when."""

    name: str
    role: str
    agency: str
    outcome: str
    since: str


@dataclass(frozen=True, slots=True)
class FactCopy:
    """A question or label, its answer, and where it came from."""

    label: str
    value: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class SectionCopy:
    """A titled group of facts."""

    title: str
    facts: tuple[FactCopy, ...]


@dataclass(frozen=True, slots=True)
class StageCopy:
    """A point of the journey: its name, its date or ``now``, and whether it is done, now or ahead."""

    title: str
    when: str
    state: str


@dataclass(frozen=True, slots=True)
class LineCopy:
    """A line of guidance with what must stand beside it: source, basis note (empty where well known), as at."""

    text: str
    why: str = ""
    source: str = ""
    note: str = ""
    state: str = ""
    done: str = ""
    older: str = ""


@dataclass(frozen=True, slots=True)
class LineGroup:
    """Lines under one title; ``lead`` is a sentence before them."""

    title: str
    lines: tuple[LineCopy, ...]
    lead: str = ""


@dataclass(frozen=True, slots=True)
class HeldCopy:
    """One thing that is held: its label, what stands now, and a line for each change that led there.

    ``taken_out`` says that the value is not what was recorded but the words that stand in its place.
    """

    label: str
    value: str
    trail: tuple[str, ...] = ()
    taken_out: bool = False


@dataclass(frozen=True, slots=True)
class HeldRecord:
    """One record: what it is, each thing it holds, and who first recorded it and when, where that is said once."""

    title: str
    fields: tuple[HeldCopy, ...]
    recorded: str = ""


@dataclass(frozen=True, slots=True)
class HeldGroup:
    """Records of one kind of matter."""

    title: str
    records: tuple[HeldRecord, ...]


@dataclass(frozen=True, slots=True)
class Imprint:
    """What stands round every page: who made it, when, on what guidance, and the marks of this copy."""

    service: str
    practitioner: str
    made_on: str
    guidance_as_at: str
    training: bool
    copy_number: str = ""
    head: str = ""
    case_code: str = ""
    contact_lines: tuple[str, ...] = ()


class _Door:
    """Only :mod:`csa_desk.casework.disclosing` may hold this; a test reads the source for it."""


DOOR = _Door()


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """Everything that one recipient may have for one purpose, ready to be set on paper or in a file.

    ``wording`` maps a print slot to its sentence, placeholders filled. ``own_file`` is a copy for the service itself.
    """

    door: _Door
    what: What
    edition: Edition
    band: Band | None
    recipient: str
    recipient_name: str
    purpose: str
    own_file: bool
    child_name: str
    imprint: Imprint
    wording: Mapping[str, str]
    goals: tuple[GoalCopy, ...] = ()
    team: tuple[TeamCopy, ...] = ()
    sections: tuple[SectionCopy, ...] = ()
    journey: tuple[StageCopy, ...] = ()
    groups: tuple[LineGroup, ...] = ()
    agreement: tuple[FactCopy, ...] = ()
    held: tuple[HeldGroup, ...] = ()
    review_on: str = ""

    def __post_init__(self) -> None:
        if self.door is not DOOR:
            raise TypeError("a Disclosure is computed by casework.disclosing and by nothing else")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseArchive:
    """A whole case for the service's own keeping: history as it verifies alone, records as they stand, and prints.

    ``files`` are name → content of what is in it beside its description, ``about`` what the description says.
    """

    door: _Door
    child_name: str
    case_code: str
    about: Mapping[str, object]
    files: Mapping[str, bytes]

    def __post_init__(self) -> None:
        if self.door is not DOOR:
            raise TypeError("a CaseArchive is computed by casework.disclosing and by nothing else")


@dataclass(frozen=True, slots=True)
class Chart:
    """A table of the directory ready for print: its type cannot hold case data.

    The first column names the rows. A cell that says ``nobody`` stands out. ``note`` goes above the table.
    """

    title: str
    subtitle: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    nobody: str
    imprint: Imprint
    wording: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A role card, a blank checklist or a page of the directory: its type cannot hold case data."""

    title: str
    subtitle: str
    groups: tuple[LineGroup, ...]
    imprint: Imprint
    wording: Mapping[str, str]
