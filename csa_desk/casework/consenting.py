"""Consent and sharing decisions, and the home-safety question: recorded as events, never overwritten."""

from dataclasses import dataclass

import msgspec

from csa_desk.casework.casefile import CaseFile, subject_named
from csa_desk.casework.dates import end_ahead_or_empty, past_day_or
from csa_desk.casework.desk import Desk
from csa_desk.casework.recipients import Recipient, name_key, recipient_named
from csa_desk.casework.rights import Right, needs
from csa_desk.casework.shapes import ConsentShape
from csa_desk.casework.unknown import unknown
from csa_desk.errors import InputError, RefusedError
from csa_desk.records.assessment import CHILD_SUBJECT
from csa_desk.records.categories import Category
from csa_desk.records.consent import (
    About,
    ConsentDecision,
    Decision,
    Purpose,
    SharingDecision,
    agreed_categories,
    lawful_categories,
)
from csa_desk.records.ids import new_id
from csa_desk.records.safety import AtHome, HomeSafety, Protects
from csa_desk.store.reading import Reading


def recipient_of(reading: Reading, file: CaseFile, named: str) -> Recipient:
    """Whom a name means in this case: somebody it has decided for already, else as everywhere."""
    key = name_key(named)
    met = [item for item in recipients(file) if named.strip() == item.id or name_key(item.name) == key]
    return met[0] if len(met) == 1 else recipient_named(reading, named)


def categories_named(names: list[str]) -> tuple[str, ...]:
    """Information categories by their ids. Raises :class:`InputError` naming the unknown one."""
    known = {str(item) for item in Category}
    for name in names:
        if name not in known:
            raise unknown("information category", name, sorted(known))
    return tuple(dict.fromkeys(names))


def _purpose_named(name: str) -> None:
    if name not in set(Purpose):
        raise unknown("purpose", name, Purpose)


def refuse_unsafe(file: CaseFile, recipient: Recipient, day: str) -> None:
    """Raise :class:`RefusedError` for somebody who must not be contacted or must not know."""
    name = name_key(recipient.name)
    for fact in file.protective_in_force(day):
        unsafe = fact.protects in (Protects.UNSAFE_TO_CONTACT, Protects.MUST_NOT_KNOW)
        if unsafe and name_key(fact.person_name) == name:
            raise RefusedError(
                "A protective fact in this case says that they are unsafe to contact or must not know. "
                "Nothing is shared with them and nothing was changed."
            )


@needs(Right.OPEN_FILES)
def consent_record(desk: Desk, reading: Reading, file: CaseFile, shape: ConsentShape) -> ConsentDecision:
    """A consent decision from its shape, which may name its subject. Raises :class:`InputError`."""
    _purpose_named(shape.purpose)
    if not shape.categories:
        raise InputError("Say which kinds of information the decision is about. Nothing was changed.")
    recipient = recipient_of(reading, file, shape.recipient)
    on = past_day_or(shape.on, desk.today, "consent")
    if shape.decision == Decision.GIVEN.value:
        refuse_unsafe(file, recipient, desk.today)
    return ConsentDecision(
        id=new_id(),
        case=file.case.id,
        about=About.SHARING,
        subject=subject_named(file, shape.subject),
        recipient=recipient.id,
        recipient_name=recipient.name,
        categories=categories_named(list(shape.categories)),
        purpose=shape.purpose,
        decision=shape.decision,
        by_name=shape.by,
        capacity=shape.capacity,
        how=shape.how,
        on=on,
        until=end_ahead_or_empty(shape.until, on, desk.today, "consent"),
        recorded=desk.clock.moment(),
        reason=shape.reason,
    )


@needs(Right.CONSENT)
def decide(desk: Desk, file: CaseFile, shape: ConsentShape) -> ConsentDecision:
    """Record a consent decision."""
    with desk.vault.write() as writing:
        made = consent_record(desk, writing, file, shape)
        writing.put(made)
    return made


@needs(Right.CONSENT)
def withdraw(
    desk: Desk, file: CaseFile, recipient: str, categories: list[str], shape: ConsentShape
) -> ConsentDecision:
    """Withdraw consent: for the categories named, or, with none named, all that were ever decided for them.

    A shape without a purpose means every purpose a decision was ever recorded for, so that none is left in force; a
    withdrawal is recorded for each, and the last is returned.
    """
    who = recipient_of(desk.vault.read, file, recipient)
    decided = [item for item in file.consents if item.recipient == who.id]
    known = sorted({name for item in decided for name in item.categories})
    if not known:
        raise InputError("No consent was recorded for them, so there is nothing to withdraw.")
    purposes = [shape.purpose] if shape.purpose else list(dict.fromkeys(item.purpose for item in decided))
    latest = max(item.on for item in decided)
    if shape.on and shape.on < latest:
        raise InputError(
            "The withdrawal is dated before the last decision, so it would change nothing. Leave the date out "
            "to withdraw from today. Nothing was changed."
        )
    with desk.vault.write() as writing:
        for purpose in purposes:
            said = msgspec.structs.replace(
                shape,
                recipient=recipient,
                categories=categories or known,
                purpose=purpose,
                decision=Decision.WITHDRAWN.value,
                until="",
            )
            made = consent_record(desk, writing, file, said)
            writing.put(made)
    return made


@needs(Right.CONSENT)
def share_without_consent(
    desk: Desk,
    file: CaseFile,
    recipient: str,
    categories: list[str],
    *,
    basis: str,
    reason: str,
    consulted: str = "",
    told: str = "",
    purpose: str = Purpose.SAFEGUARDING,
    subject: str = CHILD_SUBJECT,
    until: str = "",
    share: bool = True,
) -> SharingDecision:
    """Record a decision to share, or not to, on a lawful basis. A basis and a reason are needed to share."""
    if share and not (basis.strip() and reason.strip()):
        raise InputError("Sharing without consent needs a lawful basis and a reason. Nothing was changed.")
    if not categories:
        raise InputError("Say which kinds of information the decision is about. Nothing was changed.")
    _purpose_named(purpose)
    who = recipient_of(desk.vault.read, file, recipient)
    made = SharingDecision(
        id=new_id(),
        case=file.case.id,
        subject=subject_named(file, subject),
        recipient=who.id,
        recipient_name=who.name,
        categories=categories_named(categories),
        purpose=purpose,
        share="yes" if share else "no",
        lawful_basis=basis.strip(),
        reason=reason.strip(),
        consulted=consulted,
        told=told,
        on=desk.today,
        until=end_ahead_or_empty(until, desk.today, desk.today, "sharing"),
        recorded=desk.clock.moment(),
    )
    with desk.vault.write() as writing:
        writing.put(made)
    return made


@dataclass(frozen=True, slots=True)
class Allowed:
    """What one recipient may have today: categories by consent, and by a reasoned decision without it."""

    recipient: Recipient
    purpose: str
    subject: str
    agreed: frozenset[str]
    lawful: frozenset[str]

    @property
    def categories(self) -> frozenset[str]:
        """Either way."""
        return self.agreed | self.lawful


@needs(Right.OPEN_FILES)
def allowed(desk: Desk, file: CaseFile, recipient: Recipient, purpose: str, subject: str) -> Allowed:
    """What this recipient may have about this subject for this purpose today."""
    agreed = agreed_categories(
        file.consents, recipient=recipient.id, purpose=purpose, subject=subject, today=desk.today
    )
    lawful = lawful_categories(
        file.sharing, recipient=recipient.id, purpose=purpose, subject=subject, today=desk.today
    )
    return Allowed(recipient, purpose, subject, agreed, lawful)


def recipients(file: CaseFile) -> list[Recipient]:
    """Everybody a decision was ever recorded for, in the order first met."""
    met = {item.recipient: item.recipient_name for item in file.consents}
    met.update({item.recipient: item.recipient_name for item in file.sharing})
    return [Recipient(number, name) for number, name in met.items()]


@needs(Right.OPEN_FILES)
def shared_with(desk: Desk, file: CaseFile) -> list[Allowed]:
    """What each recipient may have today, by purpose, about the child and every carer a decision names."""
    found: list[Allowed] = []
    subjects = list(dict.fromkeys([CHILD_SUBJECT, *(item.subject for item in file.consents)]))
    for recipient in recipients(file):
        for purpose in Purpose:
            found.extend(
                one
                for subject in subjects
                if (one := allowed(desk, file, recipient, purpose, subject)).categories
                or any(
                    item.recipient == recipient.id and item.purpose == purpose and item.subject == subject
                    for item in file.consents
                )
            )
    return found


@needs(Right.PRINT)
def set_home_safety(desk: Desk, file: CaseFile, answer: str, reason: str = "") -> HomeSafety:
    """Answer: is it safe for this paper to be where the child lives?"""
    made = home_safety_record(desk, file, answer, reason)
    with desk.vault.write() as writing:
        writing.put(made)
    file.home_safety.append(made)
    return made


@needs(Right.OPEN_FILES)
def home_safety_record(desk: Desk, file: CaseFile, answer: str, reason: str = "") -> HomeSafety:
    """The answer as a dated event. Raises :class:`InputError` for an answer that is none."""
    if answer not in set(AtHome):
        raise InputError("Answer the home-safety question with yes, no or in-person. Nothing was changed.")
    return HomeSafety(
        id=new_id(),
        case=file.case.id,
        answer=answer,
        on=desk.today,
        by=desk.vault.practitioner,
        reason=reason,
    )
