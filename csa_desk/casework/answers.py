"""Answers as they are known: which questions stand now, what is known, to check or open, and where it came from."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from msgspec import UNSET

from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.desk import Desk
from csa_desk.casework.rights import Right, needs
from csa_desk.casework.wording import Speech
from csa_desk.content.models import Condition, Kind, Question, Section, say
from csa_desk.content.models import Subject as WhoseAnswer
from csa_desk.records.assessment import CHILD_SUBJECT, FAMILY_SUBJECT, Answer, AnswerState
from csa_desk.records.dates import spoken
from csa_desk.records.fields import Value
from csa_desk.records.ids import same_id


class Standing(StrEnum):
    """How far a question is."""

    KNOWN = "known"
    TO_CHECK = "to-check"
    OPEN = "open"
    HIDDEN = "does-not-apply-now"


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question about one subject, with what is known."""

    question: Question
    subject: str
    subject_name: str
    text: str
    hint: str
    answer: Answer | None
    standing: Standing
    shown: str
    age_days: int | None

    @property
    def key(self) -> str:
        """Names the field in drafts: never content."""
        return f"{self.subject}/{self.question.id}"


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section with its questions, hidden ones included."""

    section: Section
    title: str
    intro: str
    asked: tuple[QuestionView, ...]

    def count(self, standing: Standing) -> int:
        """How many questions stand so."""
        return sum(item.standing == standing for item in self.asked)

    @property
    def standing_now(self) -> tuple[QuestionView, ...]:
        """The questions that apply now."""
        return tuple(item for item in self.asked if item.standing != Standing.HIDDEN)


@dataclass(frozen=True, slots=True)
class AssessmentView:
    """The whole assessment as it stands."""

    sections: tuple[SectionView, ...]

    def count(self, standing: Standing) -> int:
        """How many questions stand so."""
        return sum(section.count(standing) for section in self.sections)

    @property
    def total(self) -> int:
        """How many questions apply now."""
        return sum(len(section.standing_now) for section in self.sections)

    def section(self, name: str) -> SectionView | None:
        """The section with this id."""
        return next((item for item in self.sections if item.section.id == name), None)

    def first_open(self) -> tuple[SectionView, QuestionView] | None:
        """The first open question, else the first to check."""
        for standing in (Standing.OPEN, Standing.TO_CHECK):
            for section in self.sections:
                for item in section.asked:
                    if item.standing == standing:
                        return section, item
        return None


def answer_id(case: str, subject: str, question: str) -> str:
    """The id of an answer: the same on every laptop."""
    return same_id("answer", case, subject, question)


class Known:
    """The answers of a file, found by subject and question, earlier names of a question included."""

    def __init__(self, file: CaseFile, questions: tuple[Question, ...]) -> None:
        self._by_key = {(item.subject, item.question): item for item in file.answers.values()}
        self._names = {item.id: (item.id, *item.same_as) for item in questions}
        self._when = {item.id: item.when for item in questions if item.when is not None}

    def get(self, subject: str, question: str) -> Answer | None:
        """The answer, under the question's own or an earlier name."""
        for name in self._names.get(question, (question,)):
            found = self._by_key.get((subject, name))
            if found is not None:
                return found
        return None

    def anybody(self, question: str) -> bool:
        """Whether anybody was asked a question."""
        names = self._names.get(question, (question,))
        return any(
            name in names and item.state != AnswerState.NOT_ASKED for (_, name), item in self._by_key.items()
        )

    def applies(self, question: str, subject: str) -> bool:
        """Whether a question applies now. Packs are checked: no condition comes round to its own question."""
        when = self._when.get(question)
        return when is None or self.holds(when, subject)

    def holds(self, condition: Condition, subject: str) -> bool:
        """Whether a condition holds for a subject; a test looks at the subject, then the child, then the family."""
        if condition.all_ is not UNSET:
            return all(self.holds(part, subject) for part in condition.all_)
        if condition.any_ is not UNSET:
            return any(self.holds(part, subject) for part in condition.any_)
        if condition.not_ is not UNSET:
            return not self.holds(condition.not_, subject)
        return self._test(condition, subject)

    def _test(self, condition: Condition, subject: str) -> bool:
        # An answer that is hidden itself is kept but calls for nothing: what hangs on it hides with it.
        question = str(condition.question)
        answer = next(
            (
                found
                for whose in (subject, CHILD_SUBJECT, FAMILY_SUBJECT)
                if (found := self.get(whose, question)) is not None and self.applies(question, whose)
            ),
            None,
        )
        given = answer is not None and answer.state == AnswerState.ANSWERED
        if condition.answered is not UNSET:
            return given == condition.answered
        if not given or answer is None:
            return False
        if condition.is_ is not UNSET:
            return answer.value in condition.is_
        chosen = answer.value if isinstance(answer.value, list) else [answer.value]
        return condition.has is not UNSET and any(part in condition.has for part in chosen)


@needs(Right.OPEN_FILES)
def questions_for(desk: Desk, file: CaseFile) -> list[Question]:
    """The questions of the case's nation, in the order of their sections."""
    nation = file.nation(desk.today)
    order = {item.id: item.order for item in desk.packs.assessment.section}
    mine = [
        item
        for item in desk.packs.assessment.question
        if item.shown and (not item.jurisdictions or nation in item.jurisdictions)
    ]
    return sorted(mine, key=lambda item: (order[item.section], item.order))


def subjects_of(question: Question, file: CaseFile) -> Iterator[str]:
    """Whose answers a question asks for in this file."""
    if question.subject == WhoseAnswer.CHILD:
        yield CHILD_SUBJECT
    elif question.subject == WhoseAnswer.FAMILY:
        yield FAMILY_SUBJECT
    elif question.subject == WhoseAnswer.CARER:
        yield from (item.id for item in file.carers)
    else:
        yield from (item.id for item in file.siblings)


@needs(Right.OPEN_FILES)
def view(desk: Desk, file: CaseFile) -> AssessmentView:
    """The assessment of a file as it stands today."""
    questions = questions_for(desk, file)
    known = Known(file, tuple(questions))
    speech = Speech.of(file)
    by_section: dict[str, list[QuestionView]] = {}
    for question in questions:
        for subject in subjects_of(question, file):
            item = _asked(desk, file, question, subject, known, speech)
            by_section.setdefault(question.section, []).append(item)
    sections = sorted(desk.packs.assessment.section, key=lambda item: item.order)
    return AssessmentView(
        tuple(
            SectionView(
                section,
                speech.fill(say(section.title)),
                speech.fill(say(section.intro)),
                tuple(by_section.get(section.id, ())),
            )
            for section in sections
            if section.shown
        )
    )


def _asked(
    desk: Desk, file: CaseFile, question: Question, subject: str, known: Known, speech: Speech
) -> QuestionView:
    answer = known.get(subject, question.id)
    applies = known.applies(question.id, subject)
    age = desk.days_since(answer.told_on) if answer is not None else None
    return QuestionView(
        question=question,
        subject=subject,
        subject_name=file.subject_name(subject),
        text=speech.fill(say(question.text), subject_name=file.subject_name(subject)),
        hint=speech.fill(say(question.hint), subject_name=file.subject_name(subject))
        if question.hint
        else "",
        answer=answer,
        standing=_standing(desk, question, answer, age) if applies else Standing.HIDDEN,
        shown=shown_value(question, answer, speech) if answer is not None else "",
        age_days=age,
    )


def _standing(desk: Desk, question: Question, answer: Answer | None, age: int | None) -> Standing:
    if answer is None or answer.state == AnswerState.NOT_ASKED:
        return Standing.OPEN
    if answer.state == AnswerState.NOT_KNOWN or answer.value == "not-known":
        return Standing.TO_CHECK
    if answer.state == AnswerState.CHOSE_NOT:
        return Standing.KNOWN
    limit = question.check_after_days
    if limit is not None and (age is None or age > limit):
        return Standing.TO_CHECK
    return Standing.KNOWN


def shown_value(question: Question, answer: Answer, speech: Speech) -> str:
    """An answer as a person reads it."""
    if answer.state == AnswerState.CHOSE_NOT:
        return "Chose not to say"
    if answer.state == AnswerState.NOT_KNOWN:
        return "Not known yet"
    if answer.state == AnswerState.NOT_ASKED:
        return f"Not asked: {answer.reason}" if answer.reason else "Not asked"
    return value_in_words(question, answer.value, speech)


def value_in_words(question: Question, value: Value, speech: Speech) -> str:
    """A value of this question as a person reads it."""
    labels = {item.id: speech.fill(say(item.text)) for item in question.option}
    if question.type == Kind.MANY_OF and isinstance(value, list):
        return ", ".join(labels.get(str(part), str(part)) for part in value)
    if question.type == Kind.ONE_OF:
        return labels.get(str(value), str(value))
    if question.type == Kind.YES_NO:
        return {"yes": "Yes", "no": "No", "not-known": "Not known"}.get(str(value), str(value))
    if question.type == Kind.DATE:
        return spoken(str(value))
    if question.type == Kind.SCALE:
        return f"{value} of 10"
    if isinstance(value, dict):
        return str(value.get("name", ""))
    return "" if value is None else str(value)
