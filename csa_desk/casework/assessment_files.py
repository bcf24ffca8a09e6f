"""Answers as a file: taken in question by question, given out as an own-file copy that is registered."""

from typing import Any

import msgspec

from csa_desk.casework.answers import Standing, answer_id, view
from csa_desk.casework.assessing import Said, question_named, record_answer
from csa_desk.casework.casefile import CaseFile, subject_named
from csa_desk.casework.copies import Prepared, release
from csa_desk.casework.desk import Desk
from csa_desk.casework.imprint import head_characters, next_copy_number
from csa_desk.casework.rights import Right, needs
from csa_desk.casework.shapes import AnswerShape, AssessmentShape
from csa_desk.casework.sieve import OWN_FILE
from csa_desk.content.models import Question, Subject
from csa_desk.errors import InputError, RefusedError
from csa_desk.records.assessment import CHILD_SUBJECT, FAMILY_SUBJECT, Answer
from csa_desk.records.cases import Case
from csa_desk.records.consent import Purpose
from csa_desk.records.disclosure import What


@needs(Right.ASSESS)
def bring_answers(desk: Desk, file: CaseFile, shape: AssessmentShape) -> dict[str, int]:
    """Record every answer of a file, or, where one does not fit, none. Counts by what happened.

    Raises :class:`RefusedError` where the file was exported by a vault of the other kind.
    """
    if shape.vault_kind and shape.vault_kind != desk.vault.kind:
        raise RefusedError(
            f"This file was made in a {shape.vault_kind} vault and this is a {desk.vault.kind} vault. "
            "Training and live data never mix. Nothing was changed."
        )
    others = desk.vault.read.find(Case, code=shape.case) if shape.case and shape.case != file.code else []
    if others:
        raise RefusedError(
            f"This file holds the answers of another child of this vault ({shape.case}). Nothing was changed."
        )
    done = {"recorded": 0, "same": 0}
    with desk.vault.write() as writing:
        for item in shape.answers:
            question = question_named(desk, item.question)
            subject = _whose(file, question, item)
            if item.state == "answered" and item.value in (None, "", []):
                done["same"] += 1  # a blank says nothing: it neither answers nor takes an answer back
                continue
            said = Said(
                value=item.value,
                state=item.state,
                source=item.source,
                source_name=item.source_name,
                given=item.given,
                reason=item.reason,
                told_on=item.told_on,
            )
            number = answer_id(file.case.id, subject, question.id)
            before = writing.get(Answer, number)
            record_answer(desk, writing, file.case.id, subject, question, said, "imported")
            done["same" if before == writing.get(Answer, number) else "recorded"] += 1
        desk.keep_packs(writing)
    return done


def _whose(file: CaseFile, question: Question, item: AnswerShape) -> str:
    """Whose answer it is. An id of another vault is found by the name beside it; left out, the question tells."""
    if not item.subject and question.subject == Subject.FAMILY:
        return FAMILY_SUBJECT
    try:
        return subject_named(file, item.subject)
    except InputError:
        if not item.subject_name:
            raise
    return subject_named(file, item.subject_name)


@needs(Right.EXPORT)
def export_answers(desk: Desk, file: CaseFile) -> bytes:
    """Every answer that applies now as JSON: an own-file copy, entered in the register."""
    prepared = prepare_answers(desk, file)
    release(desk, file, prepared)
    return prepared.pdf


@needs(Right.EXPORT)
def prepare_answers(desk: Desk, file: CaseFile) -> Prepared:
    """The own-file copy of the answers, ready to be saved or released: nothing has left yet."""
    shown = view(desk, file)
    answers: list[AnswerShape] = [
        AnswerShape(
            question=item.question.id,
            subject=item.subject,
            subject_name="" if item.subject in (CHILD_SUBJECT, FAMILY_SUBJECT) else item.subject_name,
            value=item.answer.value,
            state=item.answer.state,  # type: ignore[arg-type]
            source=item.answer.source or "child",  # type: ignore[arg-type]
            source_name=item.answer.source_name,
            given=item.answer.given,
            reason=item.answer.reason,
            told_on=item.answer.told_on,
        )
        for section in shown.sections
        for item in section.asked
        if item.answer is not None and item.standing != Standing.HIDDEN
    ]
    copy = next_copy_number(desk)
    shape = AssessmentShape(
        answers=answers,
        case=file.code,
        child=file.child.name,
        vault_kind=desk.vault.kind.value,
        exported_on=desk.clock.moment(),
        copy_number=copy,
        pack=f"assessment@{desk.packs.assessment.pack.version}",
        signed=[item.version for item in file.sign_offs if item.what == "assessment"],
    )
    content = msgspec.json.format(msgspec.json.encode(shape), indent=1)
    return Prepared(
        pdf=content,
        what=What.ASSESSMENT,
        edition="own file",
        recipient=OWN_FILE,
        purpose=Purpose.SUPPORT,
        copy_number=copy,
        head=head_characters(desk.vault.read.scope_heads(file.scope)),
        held_back={},
    )


@needs(Right.OPEN_FILES)
def counts(desk: Desk, file: CaseFile) -> dict[str, Any]:
    """How much is known, to check, open."""
    shown = view(desk, file)
    return {
        "known": shown.count(Standing.KNOWN),
        "to_check": shown.count(Standing.TO_CHECK),
        "open": shown.count(Standing.OPEN),
        "total": shown.total,
    }
