"""The single assessment: answering, checking, signing off. One answer is one transaction."""

from dataclasses import dataclass, replace

from csa_desk.casework.answers import AssessmentView, Standing, answer_id, view
from csa_desk.casework.casefile import CaseFile, load
from csa_desk.casework.dates import past_day_or
from csa_desk.casework.desk import Desk
from csa_desk.casework.following import follow
from csa_desk.casework.rights import Right, needs
from csa_desk.casework.unknown import unknown
from csa_desk.content.models import Kind, Question
from csa_desk.content.models import Subject as Whose
from csa_desk.content.questions import YES_NO
from csa_desk.errors import InputError
from csa_desk.records.assessment import Answer, AnswerState, Given, SignOff, Source
from csa_desk.records.cases import Carer, Sibling
from csa_desk.records.dates import is_date
from csa_desk.records.fields import Value
from csa_desk.records.ids import new_id
from csa_desk.store.reading import Reading
from csa_desk.store.writing import Writing


@dataclass(frozen=True, slots=True)
class Said:
    """What was answered, by whom, how. An empty value takes an answer back (its history stays)."""

    value: Value = None
    state: str = AnswerState.ANSWERED
    source: str = Source.CHILD
    source_name: str = ""
    given: str = ""
    reason: str = ""
    told_on: str = ""


@needs(Right.LOOK_UP)
def question_named(desk: Desk, name: str) -> Question:
    """The question with this id, or a question once called so. Raises :class:`InputError`."""
    for question in desk.packs.assessment.question:
        if name == question.id or name in question.same_as:
            return question
    raise unknown("question", name)


@needs(Right.ASSESS)
def answer(desk: Desk, case: str, subject: str, question: str, said: Said, *, draft: str = "") -> Answer:
    """Record one answer; a draft of this key goes with it. Returns the answer as recorded."""
    asked = question_named(desk, question)
    with desk.vault.write() as writing:
        record = record_answer(desk, writing, case, subject, asked, said)
        if draft:
            writing.drop_draft(draft)
    return record


@needs(Right.OPEN_FILES)
def record_answer(
    desk: Desk,
    writing: Writing,
    case: str,
    subject: str,
    question: Question,
    said: Said,
    reason: str = "entered",
) -> Answer:
    """Put one answer, and what follows from it, inside the caller's transaction."""
    _refuse_misplaced(writing, case, subject, question)
    if said.given and said.given not in set(Given):
        raise InputError(f"The answer to “{question.id}” was given in no way we know. Nothing was changed.")
    told_on = past_day_or(said.told_on, desk.today, question.id)
    record = Answer(
        id=answer_id(case, subject, question.id),
        case=case,
        subject=subject,
        question=question.id,
        item=f"assessment/{question.id}@{question.version}",
        category=question.category,
        value=checked_value(question, said),
        state=said.state,
        source=said.source,
        source_name=said.source_name,
        given=said.given,
        reason=said.reason,
        told_on=told_on,
        by=desk.vault.practitioner,
    )
    if said.state == AnswerState.ANSWERED and record.value is None:
        return _take_back(desk, writing, question, record, reason)
    writing.put(record, reason)
    follow(desk, writing, record)
    return record


def _take_back(desk: Desk, writing: Writing, question: Question, record: Answer, reason: str) -> Answer:
    """Remove what was answered, under earlier names of the question too, so that no old answer comes back."""
    for name in (question.id, *question.same_as):
        before = writing.get(Answer, answer_id(record.case, record.subject, name))
        if before is not None and not before.removed:
            record = replace(before, value=None, removed=True)
            writing.put(record, reason)
            follow(desk, writing, record)
    return record


def _refuse_misplaced(reading: Reading, case: str, subject: str, question: Question) -> None:
    """A question to the child is not answered for a carer, nor the other way round."""
    kinds: dict[str, type[Carer] | type[Sibling]] = {Whose.CARER: Carer, Whose.SIBLING: Sibling}
    kind = kinds.get(question.subject)
    if kind is None:
        fits = subject == str(question.subject)
    else:
        found = reading.get(kind, subject)
        fits = found is not None and found.case == case
    if not fits:
        raise InputError(f"The question “{question.id}” is not one to ask about them. Nothing was changed.")


def checked_value(question: Question, said: Said) -> Value:
    """The value if it is one this question takes. Raises :class:`InputError` that names the question only."""
    if said.state != AnswerState.ANSWERED:
        return None
    value = said.value
    if _is_empty(value):
        return None
    if _fits(question, value):
        return list(dict.fromkeys(str(part) for part in value)) if isinstance(value, list) else value
    raise InputError(f"The answer to “{question.id}” {_WANTED[question.type]}. Nothing was changed.")


def _is_empty(value: Value) -> bool:
    if isinstance(value, dict) and isinstance(value.get("name"), str):
        value = value["name"]
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


_WANTED = {
    Kind.SHORT_TEXT: "must be text",
    Kind.LONG_TEXT: "must be text",
    Kind.ONE_OF: "must be one of its options",
    Kind.MANY_OF: "must be a list of its options",
    Kind.YES_NO: "must be yes, no or not-known",
    Kind.DATE: "must be a day like 2026-11-24, or a month or year where that is allowed",
    Kind.SCALE: "must be a whole number from 0 to 10",
    Kind.PERSON: "must be a name",
    Kind.AGENCY: "must be a name",
}


def _fits(question: Question, value: Value) -> bool:
    options = {item.id for item in question.option}
    match question.type:
        case Kind.SHORT_TEXT | Kind.LONG_TEXT:
            return isinstance(value, str)
        case Kind.ONE_OF:
            return isinstance(value, str) and value in options
        case Kind.MANY_OF:
            return isinstance(value, list) and all(
                isinstance(part, str) and part in options for part in value
            )
        case Kind.YES_NO:
            return value in YES_NO
        case Kind.DATE:
            return isinstance(value, str) and is_date(value, partial=question.partial)
        case Kind.SCALE:
            return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 10
        case Kind.PERSON | Kind.AGENCY:
            named = (
                isinstance(value, dict)
                and set(value) <= {"id", "name"}
                and "name" in value
                and all(isinstance(part, str) for part in value.values())
            )
            return isinstance(value, str) or named


@needs(Right.ASSESS)
def still_right(desk: Desk, record: Answer) -> Answer:
    """Say that an older answer is still right: it is dated today."""
    checked = replace(record, told_on=desk.today, by=desk.vault.practitioner)
    with desk.vault.write() as writing:
        writing.put(checked, "still-right")
    return checked


@needs(Right.ASSESS)
def sign(desk: Desk, file: CaseFile) -> SignOff:
    """Freeze the assessment as it stands. Open things are allowed, and counted."""
    with desk.vault.write() as writing:
        now = load(writing, file.case)
        shown = view(desk, now)
        signed = _sign_off(desk, writing, now, shown)
        writing.put(signed, "signed")
        desk.keep_packs(writing)
    return signed


def _sign_off(desk: Desk, reading: Reading, file: CaseFile, shown: AssessmentView) -> SignOff:
    answers = [
        item.answer for section in shown.sections for item in section.standing_now if item.answer is not None
    ]
    version = 1 + sum(item.what == "assessment" for item in file.sign_offs)
    return SignOff(
        id=new_id(),
        case=file.case.id,
        what="assessment",
        of=file.case.id,
        version=str(version),
        on=desk.clock.moment(),
        by=desk.vault.practitioner,
        frozen={name: list(heads) for name, heads in file.heads_of(reading, list(answers)).items()},
        open_things=str(shown.count(Standing.OPEN) + shown.count(Standing.TO_CHECK)),
    )
