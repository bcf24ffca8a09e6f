"""The one door (design §8): what one recipient may have for one purpose, computed here and nowhere else.

An item passes when its information category is agreed, or lawfully shared, for this recipient, this purpose and this
subject. What is held back is absent; how many items and why is told to the register only.
"""

from dataclasses import dataclass

from csa_desk.casework import checklist_parts, child_parts, professional_parts
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.consenting import Recipient
from csa_desk.casework.desk import Desk
from csa_desk.casework.imprint import imprint_of
from csa_desk.casework.planning import changed_since_agreed
from csa_desk.casework.print_words import PrintWords
from csa_desk.casework.sieve import OWN_FILE, sieve_for, unnamed
from csa_desk.casework.therapy import checklist
from csa_desk.casework.wording import in_a_sentence
from csa_desk.errors import RefusedError
from csa_desk.records.categories import Category
from csa_desk.records.consent import Purpose
from csa_desk.records.dates import spoken
from csa_desk.records.disclosure import (
    DOOR,
    Band,
    Disclosure,
    Edition,
    What,
)
from csa_desk.records.safety import AtHome


@dataclass(frozen=True, slots=True)
class Computed:
    """A disclosure and, for the register alone, how many items of which category were held back."""

    disclosure: Disclosure
    held_back: dict[str, int]


def professional_plan(
    desk: Desk, file: CaseFile, recipient: Recipient, *, purpose: str = Purpose.SUPPORT, copy: str = ""
) -> Computed:
    """The plan for an agency, or, for :data:`OWN_FILE`, the service's own whole copy."""
    own = recipient == OWN_FILE
    sieve = sieve_for(desk, file, recipient, purpose)
    sieve.passes(Category.IDENTITY)
    file = unnamed(file, sieve)
    planned = sieve.passes(Category.NEEDS)
    review = _review(file) if planned else ""
    words = PrintWords(desk, Edition.PROFESSIONAL, None)
    wording = words.filled(
        name=in_a_sentence(file.called),
        formal=file.child.name,
        practitioner=worker(desk),
        service=desk.own_service().name or "this service",
        agency=recipient.name,
        date=spoken(desk.today),
        number=copy,
        review=review,
    )
    wording["copy-sentence"] = wording.get("own-file-copy-sentence" if own else "agreed-copy-sentence", "")
    safe = (
        tuple(professional_parts.safe_contact(desk, file, wording))
        if sieve.passes(Category.SAFEGUARDING)
        else ()
    )
    goals = tuple(professional_parts.goals(desk, file, sieve))
    if file.goals and not goals:
        # Where goals are held back nothing says that there are none.
        for slot in ("goals-title", "nothing-recorded"):
            wording.pop(slot, None)
    _say_if_agreed(desk, file, wording)
    disclosure = Disclosure(
        door=DOOR,
        what=What.PLAN,
        edition=Edition.PROFESSIONAL,
        band=None,
        recipient=recipient.id,
        recipient_name="" if own else recipient.name,
        purpose=purpose,
        own_file=own,
        child_name=file.child.name,
        imprint=imprint_of(desk, file, copy),
        wording=wording,
        goals=goals,
        team=tuple(professional_parts.team(desk, file, sieve)),
        sections=(
            *safe,
            *professional_parts.needs(desk, file, sieve, wording),
            *professional_parts.answers(desk, file, sieve, wording),
        ),
        journey=tuple(professional_parts.journey(desk, file)) if sieve.passes(Category.JUSTICE) else (),
        agreement=tuple(professional_parts.agreement(desk, file, sieve)) if planned else (),
        review_on=review,
    )
    return Computed(disclosure, dict(sieve.held_back))


def worker(desk: Desk) -> str:
    """Who made a copy, where they gave a name; else their service, else what they are."""
    return desk.practitioner().name or desk.own_service().name or "the practitioner"


def child_plan(desk: Desk, file: CaseFile, band: Band, *, at_home: str, copy: str = "") -> Computed:
    """The child's own copy. Unless the paper is safe where they live it holds topics only and stays here."""
    words = PrintWords(desk, Edition.CHILD, band)
    safe = at_home in (AtHome.YES, AtHome.IN_PERSON)
    review = _review(file) if safe else ""
    wording = words.filled(
        name=in_a_sentence(file.called),
        practitioner=worker(desk).split(" ")[0] if desk.practitioner().name else "your worker",
        service=desk.own_service().name or "this service",
        date=spoken(desk.today),
        number=copy,
        review=review,
    )
    _say_if_agreed(desk, file, wording)
    if at_home == AtHome.YES:
        wording.pop("paper-stays", None)
    if not safe:
        # Topics only: no heading says that nothing will happen.
        for slot in ("what-will-happen", "nothing-recorded"):
            wording.pop(slot, None)
    goals = tuple(child_parts.child_goals(desk, file, topics_only=not safe))
    disclosure = Disclosure(
        door=DOOR,
        what=What.PLAN,
        edition=Edition.CHILD,
        band=band,
        recipient=file.child.id,
        recipient_name=file.called,
        purpose=Purpose.SUPPORT,
        own_file=False,
        child_name=file.called,
        imprint=imprint_of(desk, file, copy, neutral=file.case.neutral_header or at_home != AtHome.YES),
        wording=wording,
        goals=goals,
        team=tuple(child_parts.child_team(desk, file)) if safe else (),
        agreement=tuple(child_parts.child_agreement(desk, file)) if safe else (),
        review_on=review,
    )
    return Computed(disclosure, {} if safe else {"home-safety": len(file.goals)})


def _review(file: CaseFile) -> str:
    """The day of the plan's next review, in words; empty where none is set."""
    return spoken(file.plan.review_on) if file.plan is not None and file.plan.review_on else ""


def _say_if_agreed(desk: Desk, file: CaseFile, wording: dict[str, str]) -> None:
    """A plan that stands as it was agreed is called a draft in no copy, whatever else the copy lacks."""
    if not changed_since_agreed(desk, file):
        wording.pop("not-agreed-yet", None)


def checklist_copy(
    desk: Desk, file: CaseFile, *, stage: str = "", role: str = "", copy: str = ""
) -> Computed:
    """The checklist of a stage as worked in this case: an own-file copy."""
    shown = checklist(desk, file, stage=stage, role=role)
    words = PrintWords(desk, Edition.PROFESSIONAL, None)
    wording = words.filled(
        name=in_a_sentence(file.called),
        formal=file.child.name,
        practitioner=worker(desk),
        service=desk.own_service().name or "this service",
        date=spoken(desk.today),
        number=copy,
    )
    wording["copy-sentence"] = wording.get("own-file-copy-sentence", "")
    disclosure = Disclosure(
        door=DOOR,
        what=What.CHECKLIST,
        edition=Edition.PROFESSIONAL,
        band=None,
        recipient=OWN_FILE.id,
        recipient_name="",
        purpose=Purpose.SUPPORT,
        own_file=True,
        child_name=file.child.name,
        imprint=imprint_of(desk, file, copy),
        wording=wording,
        groups=tuple(checklist_parts.checklist_groups(desk, shown)),
        journey=tuple(professional_parts.journey(desk, file)),
    )
    return Computed(disclosure, {})


def refuse_unavailable(edition: str) -> None:
    """Raise :class:`RefusedError` for an edition this version does not print."""
    if edition not in set(Edition):
        raise RefusedError(
            f"The {edition} edition is not in this version. Use professional or child; nothing was printed."
        )
