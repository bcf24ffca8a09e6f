"""The support plan: goals in the child's words, actions that somebody leads, agreement, and outcome ratings."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from csa_desk.records.cases import InCase
from csa_desk.records.categories import Category as C
from csa_desk.records.fields import event, fixed, position, text


class ActionStatus(StrEnum):
    """How far an action is."""

    NOT_STARTED = "not-started"
    BOOKED = "booked"
    GOING_ON = "going-on"
    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(InCase):
    """The plan of one episode. Agreed versions are sign-offs; the plan itself goes on being edited."""

    KIND: ClassVar[str] = "plan"

    episode: str = fixed(C.NEEDS)
    begun: str = fixed(C.NEEDS)
    review_on: str = text(C.NEEDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal(InCase):
    """What somebody wants, in their words, under one of the eight needs."""

    KIND: ClassVar[str] = "goal"

    plan: str = fixed(C.NEEDS)
    subject: str = fixed(C.NEEDS)
    need: str = text(C.NEEDS)
    words: str = text(C.WISHES)
    source: str = text(C.NEEDS)
    told_on: str = text(C.NEEDS)
    outcome: str = text(C.NEEDS)
    status: str = text(C.NEEDS)
    place: str = position(C.NEEDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Action(InCase):
    """Something that will be done: who leads, by when, how far; it may point to a directory entry."""

    KIND: ClassVar[str] = "action"

    goal: str = fixed(C.NEEDS)
    what: str = text(C.NEEDS)
    child_words: str = text(C.NEEDS)
    category: str = text(C.NEEDS)
    lead: str = text(C.NEEDS)
    lead_name: str = text(C.NEEDS)
    by_when: str = text(C.NEEDS)
    status: str = text(C.NEEDS)
    service: str = text(C.NEEDS)
    place: str = position(C.NEEDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView(InCase):
    """What somebody said about the plan: ``agreed``, ``agreed-in-part``, ``did-not-agree``, ``not-asked``."""

    KIND: ClassVar[str] = "plan-view"

    plan: str = event(C.NEEDS)
    who: str = event(C.NEEDS)
    who_name: str = event(C.NEEDS)
    view: str = event(C.NEEDS)
    words: str = event(C.WISHES)
    on: str = event(C.NEEDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRating(InCase):
    """How somebody sees an outcome at one point: 0 to 10 as text, or ``not-applicable``, ``not-asked``."""

    KIND: ClassVar[str] = "outcome-rating"

    subject: str = event(C.NEEDS)
    outcome: str = event(C.NEEDS)
    rating: str = event(C.NEEDS)
    point: str = event(C.NEEDS)
    by: str = event(C.NEEDS)
    on: str = event(C.NEEDS)
