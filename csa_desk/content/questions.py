"""The single assessment: sections, questions, and when a question is asked."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType, field

from csa_desk.content.items import Band, Id, Item, Pack, Text, Words
from csa_desk.records.assessment import Given
from csa_desk.records.categories import Category


class Subject(StrEnum):
    """Whose answer it is."""

    CHILD = "child"
    CARER = "carer"
    SIBLING = "sibling"
    FAMILY = "family"


class Kind(StrEnum):
    """How a question is answered. A scale runs from 0 to 10."""

    SHORT_TEXT = "short-text"
    LONG_TEXT = "long-text"
    ONE_OF = "one-of"
    MANY_OF = "many-of"
    YES_NO = "yes-no"
    DATE = "date"
    SCALE = "scale"
    PERSON = "person"
    AGENCY = "agency"


YES_NO = ("yes", "no", "not-known")
"""The values of an answer to a yes-no question."""


class Condition(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When a question is asked: a test of one earlier answer, or `all`, `any` or `not` of other conditions.

    A test names `question` and exactly one of `is_` (the one answer is among these), `has` (the answers include
    one of these) and `answered`.
    """

    question: Id | UnsetType = UNSET
    is_: tuple[Words, ...] | UnsetType = field(default=UNSET, name="is")
    has: tuple[Words, ...] | UnsetType = UNSET
    answered: bool | UnsetType = UNSET
    all_: tuple["Condition", ...] | UnsetType = field(default=UNSET, name="all")
    any_: tuple["Condition", ...] | UnsetType = field(default=UNSET, name="any")
    not_: "Condition | UnsetType" = field(default=UNSET, name="not")

    def __post_init__(self) -> None:
        """Refuse a condition that is no condition, or two at once."""
        tests = [part for part in (self.is_, self.has, self.answered) if part is not UNSET]
        groups = [part for part in (self.all_, self.any_, self.not_) if part is not UNSET]
        if () in tests or () in groups:
            message = "a condition has an empty list"
            raise ValueError(message)
        if self.question is not UNSET and len(tests) == 1 and not groups:
            return
        if self.question is UNSET and not tests and len(groups) == 1:
            return
        message = "a condition is a question with one of is, has, answered; or one of all, any, not"
        raise ValueError(message)

    def tests(self) -> Iterator["Condition"]:
        """Every test of a single question within this condition."""
        if self.question is not UNSET:
            yield self
        if self.not_ is not UNSET:
            yield from self.not_.tests()
        for group in (self.all_, self.any_):
            for part in () if group is UNSET else group:
                yield from part.tests()


class Option(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of the answers offered."""

    id: Id
    text: Text


class AskAs(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How to say a question; no `bands` means every age, no `ways` every way of communicating."""

    bands: tuple[Band, ...]
    ways: tuple[Given, ...]
    text: Text


class Section(Item, frozen=True, kw_only=True):
    """A group of questions; `need` is the need its answers speak to."""

    order: int
    title: Text
    intro: Text
    need: Id | None = None


class Question(Item, frozen=True, kw_only=True):
    """A question of the single assessment.

    `why` it is asked, what to do if it is `hard`, `fold` where reading the answer may be hard, `partial` where day
    or month of a date may be unknown, `check_after_days` after which the answer is to be checked.
    """

    section: Id
    order: int
    subject: Subject
    category: Category
    type: Kind
    text: Text
    why: Text
    hint: Text | None = None
    hard: Text | None = None
    fold: bool = False
    partial: bool = False
    check_after_days: Annotated[int, Meta(ge=1, description="a whole number of days from 1")] | None = None
    low: Text | None = None
    high: Text | None = None
    when: Condition | None = None
    option: tuple[Option, ...] = ()
    ask_as: tuple[AskAs, ...] = ()


class Assessment(Pack, frozen=True, kw_only=True):
    """``assessment.toml``."""

    section: tuple[Section, ...]
    question: tuple[Question, ...]
