"""Answers of the single assessment: who said it, when, how, and what was not asked and why."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from csa_desk.records.cases import InCase
from csa_desk.records.categories import Category as C
from csa_desk.records.fields import Merge, Value, data, event, fixed, text


class Source(StrEnum):
    """Who said it."""

    CHILD = "child"
    CARER = "carer"
    WORKER = "another-worker"
    FILE = "file"
    MY_VIEW = "my-view"


class AnswerState(StrEnum):
    """What stands in the place of a question."""

    ANSWERED = "answered"
    CHOSE_NOT = "chose-not-to-say"
    NOT_KNOWN = "not-known-yet"
    NOT_ASKED = "not-asked"


class Given(StrEnum):
    """How the answer was given."""

    WORDS = "words"
    DRAWING = "drawing"
    CARDS = "cards"
    AID = "aid"
    INTERPRETER = "interpreter"
    OBSERVATION = "observation"


CHILD_SUBJECT = "child"
"""The subject of an answer, need, goal or consent that is about the child of the case itself.

Any other subject is the id of a carer or sibling record of the case, or ``family``.
"""
FAMILY_SUBJECT = "family"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(InCase):
    """One answer. Its id is the same on every laptop for one case, subject and question.

    ``category`` copies the question's, so that what may be shared can be told without the pack.
    """

    KIND: ClassVar[str] = "answer"

    subject: str = fixed(C.NEEDS)
    question: str = fixed(C.NEEDS)
    item: str = text(C.NEEDS)
    category: str = text(C.NEEDS)
    value: Value = data(C.NEEDS)
    state: str = text(C.NEEDS)
    source: str = text(C.NEEDS)
    source_name: str = text(C.NEEDS)
    given: str = text(C.NEEDS)
    reason: str = text(C.NEEDS)
    told_on: str = text(C.NEEDS)
    by: str = text(C.NEEDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff(InCase):
    """A frozen version: which revision of which record was signed, by whom and when.

    ``what`` is ``assessment`` or ``plan``; ``frozen`` maps record id to its revision ids at that moment.
    """

    KIND: ClassVar[str] = "sign-off"

    what: str = event(C.NEEDS)
    of: str = event(C.NEEDS)
    version: str = event(C.NEEDS)
    on: str = event(C.NEEDS)
    by: str = event(C.NEEDS)
    frozen: dict[str, Value] | None = data(C.NEEDS, merge=Merge.EVENT)
    open_things: str = event(C.NEEDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedView(InCase):
    """What is thought of one of the eight needs of one subject: ``need``, ``no-need-now``, ``not-asked``."""

    KIND: ClassVar[str] = "need-view"

    subject: str = fixed(C.NEEDS)
    need: str = fixed(C.NEEDS)
    state: str = text(C.NEEDS)
    on: str = text(C.NEEDS)
