"""Safe contact, protective facts, home safety, risk judgements: what protects comes first."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from csa_desk.records.cases import InCase
from csa_desk.records.categories import Category as C
from csa_desk.records.fields import event

PERMISSION = ("no", "not-known", "yes")
"""For permissions, *no* protects most: it rules until two differing values are settled."""


class Protects(StrEnum):
    """The kinds of protective fact: never a reason that repeats an allegation (design §1)."""

    UNSAFE_TO_CONTACT = "unsafe-to-contact"
    MUST_NOT_KNOW = "must-not-know"
    ORDER = "order-in-force"
    BAIL_CONDITION = "bail-condition-in-force"


class AtHome(StrEnum):
    """Is it safe for this paper to be where the child lives?"""

    YES = "yes"
    NO = "no"
    IN_PERSON = "in-person"


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeContact(InCase):
    """The rule for reaching the family, from this day on. Each permission is ``yes``, ``no``, ``not-known``."""

    KIND: ClassVar[str] = "safe-contact"

    since: str = event(C.SAFEGUARDING)
    who: str = event(C.SAFEGUARDING)
    number: str = event(C.SAFEGUARDING)
    call: str = event(C.SAFEGUARDING, protective=PERMISSION)
    voicemail: str = event(C.SAFEGUARDING, protective=PERMISSION)
    text_message: str = event(C.SAFEGUARDING, protective=PERMISSION)
    letter: str = event(C.SAFEGUARDING, protective=PERMISSION)
    unmarked_envelope: str = event(C.SAFEGUARDING, protective=("yes", "not-known", "no"))
    email: str = event(C.SAFEGUARDING, protective=PERMISSION)
    times: str = event(C.SAFEGUARDING)
    code_word: str = event(C.SAFEGUARDING)
    must_not_know: str = event(C.SAFEGUARDING)
    school_pick_up: str = event(C.SAFEGUARDING, protective=PERMISSION)
    told_by: str = event(C.SAFEGUARDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectiveFact(InCase):
    """A person is unsafe to contact, must not know, or an order or condition is in force: source, from, until."""

    KIND: ClassVar[str] = "protective-fact"

    person: str = event(C.SAFEGUARDING)
    person_name: str = event(C.SAFEGUARDING)
    protects: str = event(
        C.SAFEGUARDING,
        protective=("unsafe-to-contact", "must-not-know", "order-in-force", "bail-condition-in-force"),
    )
    source: str = event(C.SAFEGUARDING)
    since: str = event(C.SAFEGUARDING)
    until: str = event(C.SAFEGUARDING)
    ends: str = event(C.SAFEGUARDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeSafety(InCase):
    """The answer to: is it safe for this paper to be where the child lives?"""

    KIND: ClassVar[str] = "home-safety"

    answer: str = event(C.SAFEGUARDING, protective=("no", "in-person", "yes"))
    on: str = event(C.SAFEGUARDING)
    by: str = event(C.SAFEGUARDING)
    reason: str = event(C.SAFEGUARDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskJudgement(InCase):
    """A judgement, never a score: about what, the level in words, who judged, when it is looked at again."""

    KIND: ClassVar[str] = "risk-judgement"

    about: str = event(C.SAFEGUARDING)
    level: str = event(C.SAFEGUARDING, protective=("high", "raised", "not-known", "low"))
    by: str = event(C.SAFEGUARDING)
    on: str = event(C.SAFEGUARDING)
    review: str = event(C.SAFEGUARDING)
    replaces: str = event(C.SAFEGUARDING)
