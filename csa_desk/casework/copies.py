"""Making copies: preview and print from the same bytes, and enter in the register what left."""

import contextlib
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from csa_desk.casework.answers import answer_id
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.consenting import (
    home_safety_record,
    recipient_of,
    refuse_unsafe,
    set_home_safety,
)
from csa_desk.casework.desk import Desk
from csa_desk.casework.disclosing import (
    Computed,
    checklist_copy,
    child_plan,
    professional_plan,
    refuse_unavailable,
)
from csa_desk.casework.imprint import guidance_as_at, next_copy_number
from csa_desk.casework.recipients import Recipient
from csa_desk.casework.rights import Right, needs
from csa_desk.casework.sieve import OWN_FILE
from csa_desk.errors import InputError, RefusedError
from csa_desk.records.assessment import CHILD_SUBJECT
from csa_desk.records.consent import Purpose
from csa_desk.records.disclosure import Band, Edition, What
from csa_desk.records.ids import new_id
from csa_desk.records.plan import Action
from csa_desk.records.register import Release
from csa_desk.records.safety import HomeSafety
from csa_desk.store.writing import Writing

if TYPE_CHECKING:
    from csa_desk.printing.preview import PageImage

Also = Callable[[Writing], None]
"""What is written in the same transaction."""

# Ages at which a younger edition ends, where nobody chose a band.
_BANDS = ((7, Band.YOUNGER), (12, Band.MIDDLE))


@dataclass(frozen=True, slots=True)
class Prepared:
    """A copy ready to look at, print or save: nothing has left yet.

    ``at_home`` is an answer to the home-safety question given with it, recorded when it leaves. ``unworded`` are the
    actions that a child's copy lacks for want of words for the child: for the practitioner's eyes, never on paper.
    """

    pdf: bytes
    what: str
    edition: str
    recipient: Recipient
    purpose: str
    copy_number: str
    head: str
    held_back: dict[str, int]
    reason: str = ""
    at_home: str = ""
    unworded: tuple[Action, ...] = ()


@needs(Right.OPEN_FILES)
def band_for(desk: Desk, file: CaseFile) -> Band:
    """The child's band: from the communication profile; without one, from the age; without that, the middle."""
    said = file.answers.get(answer_id(file.case.id, CHILD_SUBJECT, "talk-band"))
    if said is not None and said.value in set(Band):
        return Band(str(said.value))
    today = desk.clock.today()
    age = file.age(today)
    if age is None and file.child.birth_date[:4].isdigit():
        age = today.year - int(file.child.birth_date[:4]) - 1  # the younger of two: simpler words do no harm
    if age is None:
        return Band.MIDDLE
    return next((band for oldest, band in _BANDS if age <= oldest), Band.OLDER)


@needs(Right.PRINT)
def prepare_plan(
    desk: Desk,
    file: CaseFile,
    edition: str,
    *,
    recipient: str = "",
    band: str = "",
    reason: str = "",
    purpose: str = Purpose.SUPPORT,
    at_home: str = "",
) -> Prepared:
    """Make the plan's bytes for an edition; nothing is recorded. Raises :class:`RefusedError` or :class:`InputError`.

    ``at_home`` answers the home-safety question now; without it the answer that stands is used.
    """
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
        computed = child_plan(desk, file, chosen, at_home=at_home or file.at_home(desk.today), copy=copy)
        made = _prepared(plan_pdf(computed.disclosure), computed, f"child {chosen}", who, copy, reason)
    else:
        who = recipient_of(desk.vault.read, file, recipient) if recipient else OWN_FILE
        refuse_unsafe(file, who, desk.today)
        computed = professional_plan(desk, file, who, purpose=purpose, copy=copy)
        made = _prepared(plan_pdf(computed.disclosure), computed, "professional", who, copy, reason)
    return replace(made, at_home=at_home)


@needs(Right.PRINT)
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
        unworded=computed.unworded,
    )


@needs(Right.PRINT)
def release(desk: Desk, file: CaseFile, prepared: Prepared, also: Also | None = None) -> Release:
    """Enter in the register that this copy left, and ``also`` what goes with it: both or neither.

    Raises :class:`RefusedError` where its number was given since.
    """
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
    said = _said_today(desk, file, prepared.at_home)
    with desk.vault.write() as writing:
        if writing.find(Release, copy_number=made.copy_number):
            raise RefusedError(
                "Another copy was given this number since. Make this one anew; nothing was changed."
            )
        writing.put(made, "released")
        if said is not None:
            writing.put(said)
        if also is not None:
            also(writing)
        writing.log_access("archived" if prepared.what == What.ARCHIVE else "printed", file.scope)
    file.releases.append(made)
    if said is not None:
        file.home_safety.append(said)
    return made


@needs(Right.PRINT)
def save(desk: Desk, file: CaseFile, prepared: Prepared, out: Path, also: Also | None = None) -> Release:
    """Write the file and enter the copy in the register, with ``also``: where any cannot be done, none is."""
    if desk.vault.folder.resolve() in out.resolve().parents:
        raise InputError("That is inside the vault's own folder. Choose another place. Nothing was changed.")
    beside = out.parent / f"{out.name}.part"
    try:
        _refuse_target(out, b"" if prepared.what == What.ARCHIVE else prepared.pdf[:4])
        beside.touch(mode=0o600)
        beside.write_bytes(prepared.pdf)
        made = release(desk, file, prepared, also)
        # Nothing but a name is left to change now: what left is never missing from the register.
        beside.replace(out)
    except OSError:
        raise InputError(
            "The file could not be written there: the disk is full, was taken out, or does not allow it. "
            "Nothing was changed. Free some space, or choose another place."
        ) from None
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
    return made


def _refuse_target(out: Path, begins: bytes) -> None:
    """A copy replaces nothing but an earlier copy of its kind, and makes no folders nobody asked for.

    ``begins``: the first bytes of its kind; empty where nothing at all is replaced: each archive has a passphrase of
    its own, and the one that was there may be the only one kept.
    """
    if out.is_dir():
        raise InputError("That is a folder. Give the name of the file to write.")
    if not out.parent.is_dir():
        raise InputError("There is no such folder. Make it first, or choose another place.")
    if out.exists() and not begins:
        raise InputError(
            "There is already a file of that name, and an archive replaces none. Choose another name. Nothing was "
            "changed."
        )
    if out.exists():
        with out.open("rb") as handle:
            if handle.read(len(begins)) != begins:
                raise InputError(
                    "There is another file of that name, which is not a copy. Choose another name."
                )


def file_name(file: CaseFile, prepared: Prepared) -> str:
    """A name that tells no more than case code and copy number."""
    return f"{file.code}-{prepared.copy_number}.pdf"


@needs(Right.PRINT)
def answer_home_safety(desk: Desk, file: CaseFile, answer: str) -> None:
    """Record the answer to the home-safety question unless it was given so today."""
    made = _said_today(desk, file, answer)
    if made is not None:
        set_home_safety(desk, file, answer)


def _said_today(desk: Desk, file: CaseFile, answer: str) -> HomeSafety | None:
    """The answer as an event of today; ``None`` where none was given or it was given so today already."""
    if not answer:
        return None
    made = home_safety_record(desk, file, answer)
    today = [item.answer for item in file.home_safety if item.on == made.on]
    return None if today[-1:] == [answer] else made
