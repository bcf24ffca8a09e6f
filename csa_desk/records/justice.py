"""Proceedings, their stages and the checklists that hang on them. Neutral events only: no suspect, no charge."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from csa_desk.records.cases import InCase
from csa_desk.records.categories import Category as C
from csa_desk.records.fields import Record, Scope, event, fixed, text


class Track(StrEnum):
    """Parallel tracks of a journey."""

    CRIMINAL = "criminal"
    FAMILY_COURT = "family-court"
    SCHOOL = "school"
    SAFEGUARDING = "safeguarding"


class MarkState(StrEnum):
    """What can be said of a checklist item."""

    OPEN = "open"
    DONE = "done"
    CARE = "needs-care"
    NOT_NEEDED = "not-needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proceeding(Record):
    """A matter that one or more children are part of; a retrial is a second one."""

    SCOPE: ClassVar[Scope] = Scope.PROCEEDING
    KIND: ClassVar[str] = "proceeding"

    track: str = text(C.JUSTICE)
    reference: str = text(C.JUSTICE)
    court: str = text(C.JUSTICE)
    opened: str = fixed(C.JUSTICE)
    ended: str = text(C.JUSTICE)
    retrial_of: str = fixed(C.JUSTICE)


@dataclass(frozen=True, slots=True, kw_only=True)
class StageInstance(Record):
    """One stage of one proceeding with its dates; a vacated date is kept as an instance of its own."""

    SCOPE: ClassVar[Scope] = Scope.PROCEEDING
    KIND: ClassVar[str] = "stage-instance"

    proceeding: str = fixed(C.JUSTICE)
    stage: str = fixed(C.JUSTICE)
    since: str = text(C.JUSTICE)
    until: str = text(C.JUSTICE)
    state: str = text(C.JUSTICE)
    note: str = text(C.JUSTICE)


@dataclass(frozen=True, slots=True, kw_only=True)
class InProceeding(InCase):
    """This case's child is part of that proceeding. Stands in the case, so a proceeding names no child."""

    KIND: ClassVar[str] = "in-proceeding"

    proceeding: str = fixed(C.JUSTICE)
    since: str = fixed(C.JUSTICE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistMark(InCase):
    """What was done about one checklist item at one stage instance.

    ``subject_kind`` is ``case``, ``practitioner`` or ``own-service``; for the last two ``case`` is empty.
    """

    KIND: ClassVar[str] = "checklist-mark"

    subject_kind: str = fixed(C.JUSTICE)
    subject: str = fixed(C.JUSTICE)
    instance: str = fixed(C.JUSTICE)
    item: str = fixed(C.JUSTICE)
    state: str = text(C.JUSTICE)
    on: str = text(C.JUSTICE)
    with_whom: str = text(C.JUSTICE)
    how: str = text(C.JUSTICE)
    reason: str = text(C.JUSTICE)


@dataclass(frozen=True, slots=True, kw_only=True)
class TherapyDate(InCase):
    """Steps on the way to therapy: ``need-agreed``, ``offered``, ``first-session``; with a reason for a gap."""

    KIND: ClassVar[str] = "therapy-date"

    step: str = event(C.THERAPY_ATTENDANCE)
    on: str = event(C.THERAPY_ATTENDANCE)
    reason: str = event(C.THERAPY_ATTENDANCE)
