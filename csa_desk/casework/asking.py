"""Asking well: whom a page asks about, help with a question, who is telling, and where an answer came from."""

from collections.abc import Iterator
from dataclasses import dataclass

from csa_desk.casework.answers import Known, QuestionView, SectionView, questions_for, view
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.copies import band_for
from csa_desk.casework.desk import Desk
from csa_desk.casework.directory import find
from csa_desk.casework.ground import Ground, ground
from csa_desk.casework.team import present
from csa_desk.casework.wording import Speech
from csa_desk.content.models import AskAs, Kind, Question, say
from csa_desk.content.models import Subject as WhoseAnswer
from csa_desk.records.assessment import CHILD_SUBJECT, FAMILY_SUBJECT, Answer, AnswerState, Given, Source
from csa_desk.records.dates import MONTHS
from csa_desk.records.vault import Practitioner

GIVEN_WORDS = {
    Given.WORDS: "In words",
    Given.DRAWING: "By drawing",
    Given.CARDS: "With cards",
    Given.AID: "With an aid",
    Given.INTERPRETER: "Through an interpreter",
    Given.OBSERVATION: "As seen",
}
# What the child says of their ways of talking → the ways in which a question can be put.
_WAYS = {"drawing": Given.DRAWING, "cards": Given.CARDS, "aid": Given.AID, "words": Given.WORDS}
# Questions whose answers help whoever asks the next one, with a short name for each.
PACE = (
    ("ways-of-talking", "Talking"),
    ("talk-helps", "It helps"),
    ("breaks", "Breaks"),
    ("stop-sign", "Stop sign"),
)
_OWN = (WhoseAnswer.CHILD, WhoseAnswer.FAMILY)


@dataclass(frozen=True, slots=True)
class Help:
    """Help with one question: why it is asked, ways to ask this child, what to do if it is hard, its ground."""

    why: str
    ways: tuple[str, ...]
    hard: str
    ground: Ground


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an answer comes from, for a chip: who, when, written by whom. ``source`` is a ``Source``."""

    who: str
    when: str
    by: str
    source: str

    @property
    def line(self) -> str:
        """``Carer · 12 Nov 2026 · Priya Nair``."""
        return " · ".join(part for part in (self.who, self.when, self.by) if part)


@dataclass(frozen=True, slots=True)
class Group:
    """Questions of a page about one subject. ``nobody`` is ``carer`` or ``sibling`` where one must be added first."""

    key: str
    heading: str
    kind: WhoseAnswer
    asked: tuple[QuestionView, ...]
    nobody: bool = False


def ago(days: int) -> str:
    """``today``, ``yesterday``, ``5 days ago``, ``6 weeks ago``, ``8 months ago``, ``2 years ago``."""
    if days <= 0:
        return "today"
    if days == 1:
        return "yesterday"
    for most, length, word in ((13, 1, "day"), (90, 7, "week"), (729, 30, "month")):
        if days <= most:
            return f"{days // length} {word}s ago"
    return f"{days // 365} years ago"


def not_known_yet(item: QuestionView) -> bool:
    """Whether the answer is that it is not known: saying *still right* would not settle it."""
    answer = item.answer
    return answer is not None and (answer.state == AnswerState.NOT_KNOWN or answer.value == "not-known")


def to_check_words(item: QuestionView) -> str:
    """Why an answer is to be checked."""
    if not_known_yet(item):
        return "To check: not known yet"
    if item.age_days is None:
        return "To check: day not known"
    return f"To check: told {ago(item.age_days)}"


class Asking:
    """One file as it is asked about today."""

    def __init__(self, desk: Desk, file: CaseFile) -> None:
        self.desk = desk
        self.file = file
        self._speech = Speech.of(file)

    # --- who is telling -------------------------------------------------------------------------------------

    def tellers(self) -> tuple[tuple[str, str], ...]:
        """Who may be telling: source and words, in the order of the keys Alt+1 … 5."""
        return (
            (Source.CHILD, self.file.called),
            (Source.CARER, "Carer"),
            (Source.WORKER, "Another worker"),
            (Source.FILE, "File"),
            (Source.MY_VIEW, "My view"),
        )

    def origin(self, answer: Answer) -> Origin:
        """Where a recorded answer comes from."""
        mine = answer.by == self.desk.vault.practitioner
        return Origin(
            self._teller(answer.source, answer.source_name, answer.given),
            self._day(answer.told_on),
            "you" if mine else self.practitioner(answer.by),
            answer.source,
        )

    def origin_now(self, source: str, name: str = "", given: str = "") -> Origin:
        """Where an answer given now would come from."""
        return Origin(self._teller(source, name, given), "today", "you", source)

    def _teller(self, source: str, name: str, given: str) -> str:
        who = dict(self.tellers()).get(source, "")
        if name:
            who = f"{who}: {name}" if who else name
        how = GIVEN_WORDS.get(Given(given), "") if given and given != Given.WORDS else ""
        return f"{who}, {how[:1].lower()}{how[1:]}" if how and who else who or how

    def _day(self, day: str) -> str:
        if day == self.desk.today:
            return "today"
        year, month, dom = [*day.split("-"), "", ""][:3]
        known = [str(int(dom))] if dom else []
        return " ".join([*known, *([MONTHS[int(month) - 1][:3]] if month else []), year])

    def practitioner(self, number: str) -> str:
        """The name of somebody who works in this vault; empty where there is none."""
        found = self.desk.vault.read.get(Practitioner, number) if number else None
        return found.name if found is not None else ""

    def kept_back(self, item: QuestionView, source: str) -> str:
        """Who it was that chose not to say."""
        if source == Source.CARER and item.subject == CHILD_SUBJECT:
            return "The carer"
        if source == Source.WORKER:
            return "The other worker"
        return item.subject_name or self.file.called

    # --- the question ---------------------------------------------------------------------------------------

    def options(self, item: QuestionView) -> list[tuple[str, str]]:
        """The answers offered: id and words, placeholders filled."""
        return [(one.id, self._filled(say(one.text), item)) for one in item.question.option]

    def ends(self, item: QuestionView) -> tuple[str, str]:
        """What 0 and 10 mean."""
        low, high = item.question.low, item.question.high
        return (
            self._filled(say(low), item) if low else "Not at all",
            self._filled(say(high), item) if high else "Completely",
        )

    def names(self, kind: Kind, words: str = "") -> list[tuple[str, str, str]]:
        """People or agencies to choose from: id, name, hint. With words, what the directory finds comes too."""
        team = present(self.desk, self.file)
        if kind == Kind.PERSON:
            people = [
                (one.person, self.file.person_name(one.person), one.relation) for one in self.file.carers
            ]
            people += [(one.id, one.name, one.agency_name) for one in team]
            return _once(people)
        agencies = [(one.agency, one.agency_name, "") for one in team]
        if words.strip():
            agencies += [(one.record.id, one.name, one.agency) for one in find(self.desk, words, 20)]
        return _once(agencies)

    def help(self, item: QuestionView) -> Help:
        """Help with this question, for this child's way of talking."""
        question = item.question
        return Help(
            self._filled(say(question.why), item),
            tuple(self._ways(question, item)),
            self._filled(say(question.hard), item) if question.hard else "",
            ground(self.desk, question, self.desk.packs.assessment.pack),
        )

    def _ways(self, question: Question, item: QuestionView) -> Iterator[str]:
        band = band_for(self.desk, self.file).value
        mine = {_WAYS[one] for one in self._said_list("ways-of-talking") if one in _WAYS}
        fitting = [
            one for one in question.ask_as if not one.bands or band in {each.value for each in one.bands}
        ]

        def rank(one: AskAs) -> int:
            return 0 if not one.ways else 1 if mine & set(one.ways) else 2

        for one in sorted(fitting, key=rank):
            words = self._filled(say(one.text), item)
            if one.ways:
                how = " or ".join(GIVEN_WORDS[way].lower() for way in one.ways)
                yield f"{how[:1].upper()}{how[1:]}: {words}"
            else:
                yield f"“{words}”"

    def _filled(self, text: str, item: QuestionView) -> str:
        return self._speech.fill(text, subject_name=item.subject_name)

    def _said_list(self, question: str) -> list[str]:
        known = Known(self.file, self.desk.packs.assessment.question)
        found = known.get(CHILD_SUBJECT, question)
        value = found.value if found is not None else None
        return [str(part) for part in value] if isinstance(value, list) else []

    def pace(self) -> list[tuple[str, str]]:
        """What helps this child while talking, as far as it is known: a short name and the words."""
        asked = {
            item.question.id: item
            for section in view(self.desk, self.file).sections
            for item in section.standing_now
            if item.subject == CHILD_SUBJECT and item.answer is not None
        }
        found: list[tuple[str, str]] = []
        for question, name in PACE:
            item = asked.get(question)
            if item is not None and item.answer is not None and item.answer.state == AnswerState.ANSWERED:
                found.append((name, self._in_a_sentence(item, item.answer)))
        return found

    def _in_a_sentence(self, item: QuestionView, answer: Answer) -> str:
        """Chosen options with small letters, as they stand after a colon; words of somebody's own as they are."""
        if not item.question.option:
            return item.shown
        chosen = answer.value if isinstance(answer.value, list) else [answer.value]
        words = [label for key, label in self.options(item) if key in chosen]
        called = self.file.called
        return ", ".join(one if one.startswith(called) else one[:1].lower() + one[1:] for one in words)

    # --- whom a page asks about -----------------------------------------------------------------------------

    def groups(self, section: SectionView) -> list[Group]:
        """The page's questions, once for each carer and sibling; where one is missing, a group without questions."""
        questions = [
            item for item in questions_for(self.desk, self.file) if item.section == section.section.id
        ]
        by_key = {(item.question.id, item.subject): item for item in section.asked}
        known = Known(self.file, self.desk.packs.assessment.question)
        made: list[Group] = []
        people = False
        for number, run in enumerate(_runs(questions)):
            kind = run[0].subject
            if kind in _OWN:
                asked = tuple(item for one in run for item in section.asked if item.question.id == one.id)
                about = "The family" if kind == WhoseAnswer.FAMILY else self.file.called
                made.append(Group(f"{number}", about if people else "", kind, asked))
                continue
            people = True
            subjects = self._subjects(kind)
            for subject, heading in subjects:
                asked = tuple(by_key[one.id, subject] for one in run if (one.id, subject) in by_key)
                made.append(Group(f"{number}/{subject}", heading, kind, asked))
            wanted = any(known.applies(one.id, FAMILY_SUBJECT) for one in run)
            if not subjects and wanted:
                made.append(Group(f"{number}/nobody", "", kind, (), nobody=True))
        return made

    def _subjects(self, kind: WhoseAnswer) -> list[tuple[str, str]]:
        records = self.file.carers if kind == WhoseAnswer.CARER else self.file.siblings
        found = []
        for one in records:
            name = self.file.person_name(one.person)
            found.append((one.id, ", ".join(part for part in (name, one.relation) if part)))
        return found


def _runs(questions: list[Question]) -> Iterator[list[Question]]:
    """Neighbouring questions about the same kind of subject; the child and the family go together."""
    run: list[Question] = []
    for one in questions:
        same = run and (one.subject == run[0].subject or {one.subject, run[0].subject} <= set(_OWN))
        if run and not same:
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def _once(names: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    found: dict[str, tuple[str, str, str]] = {}
    for one in names:
        if one[1]:
            found.setdefault(one[1], one)
    return list(found.values())
