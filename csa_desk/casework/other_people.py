"""Who a file tells of besides the child, and what of it: found by the words of their names.

A mark is a help for whoever decides, never a proof that nobody else is told of: a person reads the copy before it goes.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from csa_desk.casework.casefile import CaseFile
from csa_desk.records.assessment import CHILD_SUBJECT, FAMILY_SUBJECT, Source
from csa_desk.store.search import folded

_ABOUT_OTHERS = ("carer", "sibling", "parental-responsibility", "protective-fact", "kept-out")
_LEAST = 6  # letters and figures: a shorter number or address is found by chance
_SHORT = 2  # letters: shorter parts of a name are found in every second sentence
_NAMES = {
    "person": ("name", "preferred_name"),
    "team-member": ("name",),
    "referral-in": ("from_name",),
    "answer": ("source_name",),
    "protective-fact": ("person_name",),
    "safe-contact": ("who", "must_not_know"),
    "consent-decision": ("by_name",),
    "plan-view": ("who_name",),
    "action": ("lead_name",),
    "access-request": ("asked_by",),
}
"""Kind of record → its places for names of people."""
_WHOLE = 2  # words: a name of one word tells nothing of a child who is not in this file
_CAPITAL = re.compile(r"[^\W\d_]+")
# Written with a capital in places for names, and no name of anybody.
_NO_NAMES = frozenset(
    "a an and at by for from he her his i in is it my no not nobody none of on or our she the their they this to we "
    "with who aunt auntie aunty brother carer child cousin dad daddy family father foster friend gran grandad "
    "grandfather grandma grandmother grandpa mam mother mum mummy mom nan nana nanny neighbour neighbours officer "
    "parent police school sister social stepdad stepmum teacher uncle worker young person children mr mrs ms miss dr "
    "dc ds pc named name".split()
)


@dataclass(frozen=True, slots=True)
class Mark:
    """Whom an item tells of, why somebody has to decide (empty: nobody has to), and whether it may stay as a rule."""

    others: tuple[str, ...] = ()
    why: str = ""
    keeps: bool = False


@dataclass(slots=True)
class People:
    """By each word of a name: the name it belongs to, and whether that is somebody who acted in their work.

    ``reached``: numbers and addresses, run together, and whose they are. ``children``: by its first word, each whole
    name of another child of the vault; parts of those are found by chance.
    """

    own: frozenset[str]
    asker: frozenset[str]
    words: dict[str, tuple[str, bool]] = field(default_factory=dict)
    reached: dict[str, str] = field(default_factory=dict)
    children: dict[str, list[tuple[tuple[str, ...], str]]] = field(default_factory=dict)

    @staticmethod
    def of(
        file: CaseFile, asked_by: str, own_workers: Iterable[str], once: Iterable[tuple[str, str, Any]] = ()
    ) -> "People":
        """Everybody the file names in a place of its own. What tells of the asker or of our own marks nothing.

        ``once``: kind, field and value of all that was ever recorded; a name that was changed or taken back since
        still stands in what others wrote.
        """
        child = folded(f"{file.child.name} {file.child.preferred_name} {file.code}")
        made = People(frozenset(child), frozenset(folded(asked_by)))
        ours = {" ".join(folded(name)) for name in own_workers if name.strip()}
        past = list(once)
        for names, worker in (
            (_family(file), False),
            (_workers(file), True),
            (_named(file), False),
            (_once(past, worker=True), True),
            (_once(past, worker=False), False),
        ):
            for name in names:
                if " ".join(folded(name)) not in ours:
                    made.add(name, worker=worker)
        for point in file.contact_points:
            made.add_way(point.value, file.person_name(point.person), own=point.person == file.case.child)
        for rule in file.safe_contacts:
            made.add_way(rule.number, rule.who, own=set(folded(rule.who)) <= made.own)
        return made

    def add_child(self, name: str) -> None:
        """A child who has a file of their own in this vault."""
        words = tuple(folded(name))
        if len(words) >= _WHOLE and not (set(words) <= self.own or set(words) <= self.asker):
            self.children.setdefault(words[0], []).append((words, name.strip()))

    def add_way(self, value: str, name: str, *, own: bool) -> None:
        """A number or an address by which somebody else is reached."""
        key = "".join(folded(value))
        theirs = [word for word in folded(name) if word not in self.own]
        if own or len(key) < _LEAST or (theirs and set(theirs) <= self.asker):
            return
        self.reached.setdefault(key, name.strip() or "somebody else")

    def add(self, name: str, *, worker: bool) -> None:
        """Somebody of this name. Words shared with the child's own name, and words that are no names, tell nothing."""
        words = [word for part in _CAPITAL.findall(name) if not part.islower() for word in folded(part)]
        words = [word for word in words if word not in self.own and word not in _NO_NAMES]
        if not words or set(words) <= self.asker:
            return
        for word in words:
            if len(word) > _SHORT or len(words) == 1:
                self.words.setdefault(word, (name.strip(), worker))

    def mark(self, file: CaseFile, kind: str, record: str, title: str, texts: Iterable[str]) -> Mark:
        """What an item tells of others."""
        said = [folded(text) for text in texts]
        found = {self.words[word] for words in said for word in words if word in self.words}
        run = {"".join(words) for words in said}
        found |= {(name, False) for key, name in self.reached.items() if any(key in text for text in run)}
        found |= {(name, False) for words in said for name in self._children_in(words)}
        private = sorted({name for name, worker in found if not worker})
        others = private or sorted({name for name, _ in found})
        reasons = []
        about = kind in _ABOUT_OTHERS or (kind == "person" and record != file.case.child)
        if about and not self._is_asker(title):
            reasons.append("It is about somebody else.")
        reasons += self._came_from(file, kind, record)
        own_words = not reasons and not self.asker and _told_by_child(file, kind, record)
        if others:
            who = ", who acted in their work" if not private else ""
            reasons.append(f"It names {_listed(others)}{who}.")
            reasons += ["The child told it."] if own_words else []
        keeps = own_words or (bool(found) and not private and len(reasons) == 1)
        return Mark(tuple(others), " ".join(reasons), keeps)

    def _children_in(self, said: list[str]) -> Iterator[str]:
        for place, word in enumerate(said):
            for words, name in self.children.get(word, ()):
                if tuple(said[place : place + len(words)]) == words:
                    yield name

    def _is_asker(self, title: str) -> bool:
        named = {word for word in folded(title.partition(":")[2]) if word not in self.own}
        return bool(named) and named <= self.asker

    def _came_from(self, file: CaseFile, kind: str, record: str) -> list[str]:
        """Who told it, where that was not the child; and whose answer it is."""
        answer = file.answers.get(record) if kind == "answer" else None
        if answer is None:
            return []
        told_by = set(folded(answer.source_name))
        by_asker = bool(told_by) and told_by <= self.asker
        about = answer.subject not in (CHILD_SUBJECT, FAMILY_SUBJECT)
        return [
            *(["It is an answer about somebody else."] if about and not by_asker else []),
            *(["A carer told it."] if answer.source == Source.CARER and not by_asker else []),
        ]


def _told_by_child(file: CaseFile, kind: str, record: str) -> bool:
    """Whether the child said it: they know it already."""
    if kind == "goal":
        return any(item.id == record and item.source == Source.CHILD for item in file.goals)
    answer = file.answers.get(record) if kind == "answer" else None
    return answer is not None and answer.source == Source.CHILD


def _family(file: CaseFile) -> Iterator[str]:
    for number, person in file.people.items():
        if number != file.case.child:
            yield person.name
            yield person.preferred_name


def _workers(file: CaseFile) -> Iterator[str]:
    """People of other services who acted in their work; those of the own service stand beside all they wrote."""
    for member in file.team:
        yield member.name
    for request in file.referrals:
        if request.from_agency:
            yield request.from_name
    for answer in file.answers.values():
        if answer.source == Source.WORKER:
            yield answer.source_name


def _named(file: CaseFile) -> Iterator[str]:
    """Whoever else stands in a place for names."""
    for fact in file.protective:
        yield fact.person_name
    for rule in file.safe_contacts:
        yield rule.who
        yield rule.must_not_know
    for answer in file.answers.values():
        yield answer.source_name
    for decision in file.consents:
        yield decision.by_name
    for request in file.referrals:
        yield request.from_name
    for view in file.plan_views:
        yield view.who_name
    for action in file.actions:
        yield action.lead_name


def _once(past: Iterable[tuple[str, str, Any]], *, worker: bool) -> Iterator[str]:
    """Names that stood in a place for names at any time."""
    for kind, name, value in past:
        if name in _NAMES.get(kind, ()) and (kind == "team-member") == worker and isinstance(value, str):
            yield value


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
