"""What an answer also settles elsewhere in the record, so that nothing is asked, or believed, twice.

Safe contact, home safety and protective facts are dated events: an answer makes a new event from the day it was told,
and an answer told before the rule in force leaves that rule alone.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from csa_desk.casework.desk import Desk
from csa_desk.casework.rights import Right, needs
from csa_desk.records.assessment import CHILD_SUBJECT, Answer, AnswerState
from csa_desk.records.cases import Case, Person
from csa_desk.records.fields import Record, Value
from csa_desk.records.ids import new_id, same_id
from csa_desk.records.safety import AtHome, HomeSafety, ProtectiveFact, SafeContact
from csa_desk.store.reading import Reading
from csa_desk.store.writing import Writing

# Question → field of the safe-contact rule that an answer to it sets from that day on.
SAFE_CONTACT = {
    "safe-who": "who",
    "safe-number": "number",
    "safe-call": "call",
    "safe-voicemail": "voicemail",
    "safe-text": "text_message",
    "safe-letter": "letter",
    "safe-envelope": "unmarked_envelope",
    "safe-email": "email",
    "safe-times": "times",
    "safe-code-word": "code_word",
    "safe-must-not-know": "must_not_know",
    "safe-school-pick-up": "school_pick_up",
}
# Question → field of the child's own record.
PERSON = {"preferred-name": "preferred_name", "pronoun": "pronoun"}
HOME_PAPER = "home-paper"
UNSAFE = ("unsafe-anyone", "unsafe-who", "unsafe-kind", "unsafe-source", "unsafe-until")
FROM_ASSESSMENT = "Assessment"


@needs(Right.OPEN_FILES)
def follow(desk: Desk, writing: Writing, record: Answer) -> None:
    """Put what an answer about the child settles elsewhere, inside the caller's transaction."""
    if record.subject != CHILD_SUBJECT:
        return
    if record.question in SAFE_CONTACT:
        _safe_contact(writing, record)
    elif record.question in PERSON:
        _person(writing, record)
    elif record.question == HOME_PAPER:
        _home(desk, writing, record)
    elif record.question in UNSAFE:
        for fact in _protective(desk, writing, record.case):
            writing.put(fact, "answered")


def said(record: Answer | None) -> str:
    """An answer as plain text; empty where it was not answered or was taken back."""
    if record is None or record.removed or record.state != AnswerState.ANSWERED:
        return ""
    value = record.value
    if isinstance(value, dict):
        return str(value.get("name", ""))
    return "" if value is None else str(value)


def _safe_contact(writing: Writing, record: Answer) -> None:
    rules = sorted(writing.find(SafeContact, case=record.case), key=lambda item: item.since)
    rule = rules[-1] if rules else SafeContact(id="", case=record.case)
    field, value = SAFE_CONTACT[record.question], said(record)
    if getattr(rule, field) == value or record.told_on < rule.since:
        return
    entered: dict[str, Any] = {field: value, "since": record.told_on, "told_by": record.source}
    writing.put(replace(rule, id=new_id(), **entered), "answered")


def _person(writing: Writing, record: Answer) -> None:
    value = said(record)
    case = writing.get(Case, record.case)
    child = writing.get(Person, case.child) if case is not None else None
    if child is None or not value:
        return
    field = PERSON[record.question]
    if not str(getattr(child, field)).casefold().startswith(value.casefold()):
        changes: dict[str, Any] = {field: value}
        writing.put(replace(child, **changes), "answered")


def _home(desk: Desk, writing: Writing, record: Answer) -> None:
    value = said(record)
    before = sorted(writing.find(HomeSafety, case=record.case), key=lambda item: item.on)
    if value not in set(AtHome) or (
        before and (before[-1].answer == value or record.told_on < before[-1].on)
    ):
        return
    writing.put(
        HomeSafety(
            id=new_id(), case=record.case, answer=value, on=record.told_on, by=desk.vault.practitioner
        ),
        "answered",
    )


def _protective(desk: Desk, reading: Reading, case: str) -> Iterator[Record]:
    """Protective facts that the answers now say, and an end to those they no longer say."""
    answers = {
        item.question: item
        for item in reading.find(Answer, case=case, subject=CHILD_SUBJECT)
        if item.question in UNSAFE
    }
    who = said(answers.get("unsafe-who")) if said(answers.get("unsafe-anyone")) != "no" else ""
    chosen = answers.get("unsafe-kind")
    kinds: Value = chosen.value if chosen is not None and said(chosen) else []
    wanted = {(who, str(kind)) for kind in kinds} if who and isinstance(kinds, list) else set()
    facts = [item for item in reading.find(ProtectiveFact, case=case) if item.source == FROM_ASSESSMENT]
    ended = {item.ends for item in facts}
    standing = {
        (item.person_name, item.protects): item for item in facts if not item.ends and item.id not in ended
    }
    until = said(answers.get("unsafe-until"))
    for name, kind in sorted(wanted - standing.keys()):
        yield ProtectiveFact(
            id=new_id(),
            case=case,
            person_name=name,
            protects=kind,
            source=FROM_ASSESSMENT,
            since=desk.today,
            until=until if len(until) == len("2026-11-24") else "",
        )
    for key in sorted(standing.keys() - wanted):
        over = standing[key]
        yield ProtectiveFact(
            id=same_id("ends", over.id),
            case=case,
            person_name=over.person_name,
            protects=over.protects,
            source=FROM_ASSESSMENT,
            since=desk.today,
            ends=over.id,
        )
