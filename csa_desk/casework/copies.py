"""Making copies: preview and print from the same bytes, and enter in the register what left."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from csa_desk.casework.answers import answer_id
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.consenting import Recipient, recipient_named, set_home_safety
from csa_desk.casework.desk import Desk
from csa_desk.casework.disclosing import (
    Computed,
    checklist_copy,
    child_plan,
    professional_plan,
    refuse_unavailable,
)
from csa_desk.casework.imprint import guidance_as_at, next_copy_number
from csa_desk.casework.sieve import OWN_FILE
from csa_desk.errors import InputError, RefusedError
from csa_desk.records.assessment import CHILD_SUBJECT
from csa_desk.records.disclosure import Band, Edition
from csa_desk.records.ids import new_id
from csa_desk.records.register import Release

if TYPE_CHECKING:
    from csa_desk.printing.preview import PageImage

# Ages at which a younger edition ends, where nobody chose a band.
_BANDS = ((7, Band.YOUNGER), (12, Band.MIDDLE))


@dataclass(frozen=True, slots=True)
class Prepared:
    """A copy ready to look at, print or save: nothing has left yet."""

    pdf: bytes
    what: str
    edition: str
    recipient: Recipient
    purpose: str
    copy_number: str
    head: str
    held_back: dict[str, int]
    reason: str = ""


def band_for(desk: Desk, file: CaseFile) -> Band:
    """The child's band: from the communication profile; without one, from the age; without that, the middle."""
    said = file.answers.get(answer_id(file.case.id, CHILD_SUBJECT, "talk-band"))
    if said is not None and said.value in set(Band):
        return Band(str(said.value))
    age = file.age(desk.clock.today())
    if age is None:
        return Band.MIDDLE
    return next((band for oldest, band in _BANDS if age <= oldest), Band.OLDER)


def prepare_plan(
    desk: Desk, file: CaseFile, edition: str, *, recipient: str = "", band: str = "", reason: str = ""
) -> Prepared:
    """Make the plan's bytes for an edition. Raises :class:`RefusedError` or :class:`InputError`."""
    from csa_desk.printing.plan import plan_pdf

    refuse_unavailable(edition)
    if not file.goals:
        raise RefusedError("There is no plan to print yet: add a goal first.")
    copy = next_copy_number(desk)
    if edition == Edition.CHILD:
        if recipient and recipient.strip().casefold() not in (
            file.called.casefold(),
            file.child.name.casefold(),
        ):
            raise InputError("The child edition is for the child. For others, print another edition.")
        if band and band not in set(Band):
            raise InputError(f"The age band must be one of: {', '.join(Band)}.")
        chosen = Band(band) if band else band_for(desk, file)
        who = Recipient(file.child.id, file.called)
        computed = child_plan(desk, file, chosen, at_home=file.at_home(desk.today), copy=copy)
        return _prepared(plan_pdf(computed.disclosure), computed, f"child {chosen}", who, copy, reason)
    who = recipient_named(desk.vault.read, recipient) if recipient else OWN_FILE
    computed = professional_plan(desk, file, who, copy=copy)
    return _prepared(plan_pdf(computed.disclosure), computed, "professional", who, copy, reason)


def prepare_checklist(desk: Desk, file: CaseFile, *, stage: str = "", role: str = "") -> Prepared:
    """Make the checklist's bytes for the own file."""
    from csa_desk.printing.checklist import checklist_pdf

    copy = next_copy_number(desk)
    computed = checklist_copy(desk, file, stage=stage, role=role, copy=copy)
    return _prepared(checklist_pdf(computed.disclosure), computed, "professional", OWN_FILE, copy, "")


def pages(prepared: Prepared, scale: float) -> "list[PageImage]":
    """The copy's pages as pictures, from the very bytes that are saved. ``scale`` is pixels per point."""
    from csa_desk.printing.preview import page_images

    return page_images(prepared.pdf, scale)


def _prepared(
    pdf: bytes, computed: Computed, edition: str, who: Recipient, copy: str, reason: str
) -> Prepared:
    disclosure = computed.disclosure
    return Prepared(
        pdf=pdf,
        what=disclosure.what,
        edition=edition,
        recipient=who,
        purpose=disclosure.purpose,
        copy_number=copy,
        head=disclosure.imprint.head,
        held_back=computed.held_back,
        reason=reason,
    )


def release(desk: Desk, file: CaseFile, prepared: Prepared) -> Release:
    """Enter in the register that this copy left."""
    made = Release(
        id=new_id(),
        case=file.case.id,
        what=prepared.what,
        edition=prepared.edition,
        purpose=prepared.purpose,
        recipient=prepared.recipient.id,
        recipient_name=prepared.recipient.name,
        copy_number=prepared.copy_number,
        content_hash=hashlib.sha256(prepared.pdf).hexdigest(),
        guidance_as_at=guidance_as_at(desk),
        on=desk.clock.moment(),
        by=desk.vault.practitioner,
        reason=prepared.reason,
        held_back=dict(prepared.held_back) or None,
    )
    with desk.vault.write() as writing:
        writing.put(made, "released")
        writing.log_access("printed", file.scope)
    file.releases.append(made)
    return made


def save(desk: Desk, file: CaseFile, prepared: Prepared, out: Path) -> Release:
    """Enter the copy in the register, then write the file: what left is never missing from the register."""
    if out.is_dir():
        raise InputError("That is a folder. Give the name of the file to write.")
    made = release(desk, file, prepared)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(prepared.pdf)
    except OSError:
        raise InputError(
            "The file could not be written there. Choose another place; the register shows the attempt."
        ) from None
    return made


def file_name(file: CaseFile, prepared: Prepared) -> str:
    """A name that tells no more than case code and copy number."""
    return f"{file.code}-{prepared.copy_number}.pdf"


def answer_home_safety(desk: Desk, file: CaseFile, answer: str) -> None:
    """Record the answer to the home-safety question unless it already stands so today."""
    if answer and answer != file.at_home(desk.today):
        set_home_safety(desk, file, answer)
