"""The one door (design §8): what one recipient may have for one purpose, computed here and nowhere else.

An item passes when its information category is agreed, or lawfully shared, for this recipient, this purpose and this
subject. What is held back is absent; how many items and why is told to the register only.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from csa_desk.casework import checklist_parts, child_parts, held_parts, professional_parts
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.consent_words import purpose_words
from csa_desk.casework.desk import Desk
from csa_desk.casework.held_items import Item
from csa_desk.casework.imprint import imprint_of
from csa_desk.casework.planning import changed_since_agreed
from csa_desk.casework.print_words import PrintWords
from csa_desk.casework.recipients import Recipient
from csa_desk.casework.rights import Right, needs
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
    CaseArchive,
    Disclosure,
    Edition,
    What,
)
from csa_desk.records.plan import Action
from csa_desk.records.safety import AtHome

ANOTHER_PERSON = "another-person"
"""The reason the register gives for what was taken out because it tells of somebody else."""
SEALED = "sealed"
"""The reason the register gives for sealed entries that are not in a copy."""
NO_CHILD_WORDS = "no-child-words"
"""The reason the register gives where an action has no words for the child."""


@dataclass(frozen=True, slots=True)
class Computed:
    """A disclosure and, for the register alone, how many items were left out for which category or reason.

    ``unworded`` are the actions that the child's copy lacks for want of words for the child.
    """

    disclosure: Disclosure
    held_back: dict[str, int]
    unworded: tuple[Action, ...] = ()


class NothingAgreedError(RefusedError):
    """A copy would hold nothing of the child's record, and still tell that there is a plan."""


@needs(Right.PRINT)
def professional_plan(
    desk: Desk, file: CaseFile, recipient: Recipient, *, purpose: str = Purpose.SUPPORT, copy: str = ""
) -> Computed:
    """The plan for an agency, or, for :data:`OWN_FILE`, the service's own whole copy.

    Raises :class:`NothingAgreedError` where nothing of the child's record but identity would be in it.
    """
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
    if not own and not _tells_something(desk, file, disclosure):
        raise NothingAgreedError(
            f"A copy for them would be empty: nothing in it is agreed for the purpose “{purpose_words(purpose)}”. "
            "First record under Consent that they may have “Needs and plan”, and the kinds of information the "
            "plan is about. Nothing was printed."
        )
    return Computed(disclosure, dict(sieve.held_back))


def _tells_something(desk: Desk, file: CaseFile, copy: Disclosure) -> bool:
    """Whether anything that was recorded of the child, beyond who they are, is in the copy."""
    contact = copy.wording.get("safe-contact-title", "")
    safe = file.safe_contact(desk.today) is not None or bool(file.protective_in_force(desk.today))
    told = [section for section in copy.sections if safe or section.title != contact]
    return bool(copy.goals or copy.team or told or copy.journey or copy.agreement or copy.review_on)


@needs(Right.LOOK_UP)
def worker(desk: Desk) -> str:
    """Who made a copy, where they gave a name; else their service, else what they are."""
    return desk.practitioner().name or desk.own_service().name or "the practitioner"


@needs(Right.PRINT)
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
    unworded = tuple(child_parts.unworded(desk, file)) if safe else ()
    goals = tuple(child_parts.child_goals(desk, file, topics_only=not safe))
    if unworded:
        # Where actions wait for words nothing says that there are none.
        wording.pop("nothing-recorded", None)
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
    if not safe:
        return Computed(disclosure, {"home-safety": len(file.goals)})
    return Computed(disclosure, {NO_CHILD_WORDS: len(unworded)} if unworded else {}, unworded)


def _review(file: CaseFile) -> str:
    """The day of the plan's next review, in words; empty where none is set."""
    return spoken(file.plan.review_on) if file.plan is not None and file.plan.review_on else ""


def _say_if_agreed(desk: Desk, file: CaseFile, wording: dict[str, str]) -> None:
    """A plan that stands as it was agreed is called a draft in no copy, whatever else the copy lacks."""
    if not changed_since_agreed(desk, file):
        wording.pop("not-agreed-yet", None)


@needs(Right.PRINT)
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


@needs(Right.ANSWER_ACCESS)
def access_copy(
    desk: Desk,
    file: CaseFile,
    items: list[Item],
    taken_out: frozenset[str],
    *,
    recipient: Recipient,
    asked_by: str,
    copy: str = "",
) -> Computed:
    """Everything that is held, for whoever asked. Of items taken out nothing is in it but that they were."""
    sealed = {item.key for item in items if item.sealed and item.key in taken_out}
    others = {item.key for item in items if item.key in taken_out} - sealed
    own = recipient == OWN_FILE
    words = PrintWords(desk, Edition.PROFESSIONAL, None)
    wording = words.filled(
        name=in_a_sentence(file.called),
        formal=file.child.name,
        practitioner=worker(desk),
        service=desk.own_service().name or "this service",
        agency=asked_by or "the service itself",
        date=spoken(desk.today),
        number=copy,
    )
    counted = words.filled(name="", practitioner="", service="", date="", number=str(len(sealed)))
    wording["access-sealed"] = counted.get("access-sealed", "")
    for slot, stands in (
        ("access-sealed", bool(sealed)),
        ("access-others", bool(others)),
        ("access-rights", not own),
        ("access-whole-copy", own and not others and not sealed),
    ):
        if not stands:
            wording.pop(slot, None)
    disclosure = Disclosure(
        door=DOOR,
        what=What.RECORDS,
        edition=Edition.PROFESSIONAL,
        band=None,
        recipient=recipient.id,
        recipient_name="" if own else recipient.name,
        purpose=Purpose.SUPPORT,
        own_file=own,
        child_name=file.child.name,
        imprint=imprint_of(desk, file, copy),
        wording=wording,
        held=(*held_parts.groups(items, taken_out, wording), *held_parts.looked(desk, file, wording)),
    )
    held_back = {ANOTHER_PERSON: len(others), SEALED: len(sealed)}
    return Computed(disclosure, {reason: number for reason, number in held_back.items() if number})


@needs(Right.ARCHIVE)
def case_archive(
    desk: Desk, file: CaseFile, about: Mapping[str, object], files: Mapping[str, bytes]
) -> CaseArchive:
    """A whole case as gathered by :mod:`casework.archiving`, for the service's own keeping."""
    return CaseArchive(
        door=DOOR, child_name=file.child.name, case_code=file.code, about=dict(about), files=dict(files)
    )


def refuse_unavailable(edition: str) -> None:
    """Raise :class:`RefusedError` for an edition this version does not print."""
    if edition not in set(Edition):
        raise RefusedError(
            f"The {edition} edition is not in this version. Use professional or child; nothing was printed."
        )
