"""JSON files people and scripts hand in: strict shapes, faults named by their place. Published as schemas."""

from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from msgspec import Struct

from csa_desk.casework.shape_faults import Written, fault_of
from csa_desk.errors import InputError

LARGEST_FILE = 32 * 1024 * 1024
YesNo = Literal["yes", "no", "not-known", ""]
Day = Annotated[str, Written.DAY]
PartialDay = Annotated[str, Written.PARTIAL_DAY]
NationName = Literal["england", "wales"]


class Strict(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A shape that refuses what it does not know."""


class ChildShape(Strict, frozen=True, kw_only=True):
    """Who the child is. ``birth_date`` may be partial: ``2016-04`` or ``2016``."""

    name: str
    preferred_name: str = ""
    birth_date: PartialDay = ""
    pronoun: str = ""


class CarerShape(Strict, frozen=True, kw_only=True):
    """A safe parent or carer."""

    name: str
    relation: str = ""
    lives_with: YesNo = ""
    parental_responsibility: YesNo = ""
    phone: str = ""
    address: str = ""
    email: str = ""


class SiblingShape(Strict, frozen=True, kw_only=True):
    """A brother or sister."""

    name: str
    relation: str = ""
    birth_date: PartialDay = ""
    lives_with: YesNo = ""


class OfferShape(Strict, frozen=True, kw_only=True):
    """Something the child was offered, and the answer."""

    what: str
    on: Day = ""
    answer: str = ""
    reason: str = ""


class ReferralShape(Strict, frozen=True, kw_only=True):
    """How the child came to us."""

    received: Day = ""
    from_name: str = ""
    from_agency: str = ""
    why: str = ""
    offers: list[OfferShape] = []


class SafeContactShape(Strict, frozen=True, kw_only=True):
    """The rule for reaching the family."""

    since: Day = ""
    who: str = ""
    number: str = ""
    call: YesNo = ""
    voicemail: YesNo = ""
    text_message: YesNo = ""
    letter: YesNo = ""
    unmarked_envelope: YesNo = ""
    email: YesNo = ""
    times: str = ""
    code_word: str = ""
    must_not_know: str = ""
    school_pick_up: str = ""
    told_by: str = ""


class ProtectiveShape(Strict, frozen=True, kw_only=True):
    """A person who is unsafe to contact or must not know, or an order or condition in force."""

    person: str
    protects: Literal["unsafe-to-contact", "must-not-know", "order-in-force", "bail-condition-in-force"]
    source: str = ""
    since: Day = ""
    until: Day = ""


class TeamShape(Strict, frozen=True, kw_only=True):
    """Somebody who works with the child."""

    name: str
    role: str = ""
    agency: str = ""
    outcome: str = ""
    helps_with: list[str] = []
    part: Literal["leads", "helps", "informed", ""] = ""
    coordinator: bool = False
    since: Day = ""
    until: Day = ""


class StageShape(Strict, frozen=True, kw_only=True):
    """A stage of the justice journey, by its id in the stages pack."""

    stage: str
    since: Day = ""
    until: Day = ""
    state: Literal["", "planned", "vacated"] = ""


class TherapyShape(Strict, frozen=True, kw_only=True):
    """A step on the way to therapy."""

    step: Literal["need-agreed", "offered", "first-session"]
    on: Day
    reason: str = ""


class ConsentShape(Strict, frozen=True, kw_only=True):
    """A consent decision about sharing with one agency or person."""

    recipient: str
    categories: list[str]
    purpose: str = "support"
    decision: Literal["given", "refused", "withdrawn"] = "given"
    subject: str = "child"
    by: str = ""
    capacity: str = ""
    how: str = ""
    on: Day = ""
    until: Day = ""
    reason: str = ""


class TaskShape(Strict, frozen=True, kw_only=True):
    """Something to do."""

    what: str
    due: Day = ""
    contact: bool = False


class CaseShape(Strict, frozen=True, kw_only=True):
    """A new child: the file ``csa-desk case add`` reads."""

    child: ChildShape
    nation: NationName | Literal[""] = ""
    home_area: str = ""
    opened: Day = ""
    carers: list[CarerShape] = []
    siblings: list[SiblingShape] = []
    referral: ReferralShape | None = None
    safe_contact: SafeContactShape | None = None
    protective_facts: list[ProtectiveShape] = []
    home_safe: Literal["yes", "no", "in-person", ""] = ""
    stages: list[StageShape] = []
    therapy: list[TherapyShape] = []
    team: list[TeamShape] = []
    consents: list[ConsentShape] = []
    tasks: list[TaskShape] = []


class AnswerShape(Strict, frozen=True, kw_only=True):
    """One answer. ``subject`` is ``child``, ``family``, or a carer's or sibling's id or name.

    Left out, it is the child, or the family where the question asks about it. An export writes the id, and the name
    beside it in ``subject_name`` for a vault that knows the same person under another id.
    """

    question: str
    subject: str = ""
    subject_name: str = ""
    value: Any = None
    state: Literal["answered", "chose-not-to-say", "not-known-yet", "not-asked"] = "answered"
    source: Literal["child", "carer", "another-worker", "file", "my-view"] = "child"
    source_name: str = ""
    given: str = ""
    reason: str = ""
    told_on: Day = ""


class AssessmentShape(Strict, frozen=True, kw_only=True):
    """Answers: the file ``assessment import`` reads and ``assessment export`` writes.

    The keys before ``answers`` are written by an export; ``vault_kind`` keeps training and live apart.
    """

    answers: list[AnswerShape]
    case: str = ""
    child: str = ""
    vault_kind: Literal["live", "training", ""] = ""
    exported_on: str = ""
    copy_number: str = ""
    pack: str = ""
    signed: list[str] = []


class ActionShape(Strict, frozen=True, kw_only=True):
    """One action of a goal. ``lead`` is a name; ``service`` a directory entry's id or name."""

    what: str
    child_words: str = ""
    lead: str = ""
    by_when: Day = ""
    status: Literal["not-started", "booked", "going-on", "done", "stopped", ""] = "not-started"
    service: str = ""
    category: str = ""


class GoalShape(Strict, frozen=True, kw_only=True):
    """What somebody wants, under one of the eight needs."""

    need: str
    words: str
    subject: str = "child"
    source: Literal["child", "carer", "another-worker", "file", "my-view"] = "child"
    told_on: Day = ""
    outcome: str = ""
    actions: list[ActionShape] = []


class ViewShape(Strict, frozen=True, kw_only=True):
    """What somebody said about the plan."""

    who: str
    view: Literal["agreed", "agreed-in-part", "did-not-agree", "not-asked"]
    words: str = ""
    on: Day = ""


class PlanShape(Strict, frozen=True, kw_only=True):
    """A support plan: the file ``plan import`` reads."""

    goals: list[GoalShape]
    review_on: Day = ""
    views: list[ViewShape] = []


PUBLISHED: dict[str, type[Strict]] = {
    "case-add": CaseShape,
    "assessment": AssessmentShape,
    "plan": PlanShape,
}
"""Schema name → shape; written to ``resources/schemas`` by ``tools/schemas.py``."""

S = TypeVar("S", bound=Strict)


def read_shape(path: Path, shape: type[S]) -> S:
    """A JSON file of this shape. Raises :class:`InputError` that names the place of the fault, never a value."""
    try:
        with path.open("rb") as handle:
            content = handle.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise InputError("The file was not found. Check its name and folder.") from None
    except OSError:
        raise InputError("The file cannot be read. Check that you are allowed to open it.") from None
    if len(content) > LARGEST_FILE:
        raise InputError("The file is too large for this. Split it, or check that it is the right one.")
    return parse_shape(content, shape)


def parse_shape(content: bytes, shape: type[S]) -> S:
    """JSON bytes of this shape; a byte order mark is accepted. Of a key given twice neither value is believed."""
    plain = content.removeprefix(b"\xef\xbb\xbf")
    try:
        found = msgspec.json.decode(plain, type=shape)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        found = None
    fault = fault_of(plain, shape)
    if fault or found is None:
        raise InputError(f"{fault or 'The file does not have the right form.'} Nothing was changed.")
    return found
