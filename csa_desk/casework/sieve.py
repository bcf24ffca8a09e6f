"""Deciding item by item what one recipient may have, and counting what was held back."""

from collections import Counter
from dataclasses import dataclass, field, replace

from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.consenting import allowed
from csa_desk.casework.desk import Desk
from csa_desk.casework.recipients import Recipient
from csa_desk.casework.rights import Right, needs
from csa_desk.records.assessment import CHILD_SUBJECT, FAMILY_SUBJECT
from csa_desk.records.cases import Carer, Person, Sibling
from csa_desk.records.categories import Category

OWN_FILE = Recipient("own-file", "own file")


@dataclass(slots=True)
class Sieve:
    """Decides item by item, and counts by category what was held back."""

    everything: bool
    by_subject: dict[str, frozenset[str]]
    held_back: Counter[str] = field(default_factory=Counter)

    def passes(self, *categories: str, subject: str = CHILD_SUBJECT) -> bool:
        """Whether an item of these categories about this subject may leave; if not, it is counted."""
        missing = self._missing(categories, subject)
        if missing:
            self.held_back[missing[0]] += 1
        return not missing

    def may_name(self, subject: str) -> bool:
        """Whether this subject may be named. Not counted: a name stands in many items."""
        return not self._missing((Category.IDENTITY,), subject)

    def _missing(self, categories: tuple[str, ...], subject: str) -> list[str]:
        if self.everything:
            return []
        agreed = self.by_subject.get(subject, frozenset())
        return [item for item in categories if item and item not in agreed]


def unnamed(file: CaseFile, sieve: Sieve) -> CaseFile:
    """The file with other words in the place of names that may not leave: whatever is worded from it names nobody."""
    child, people = file.child, dict(file.people)
    if not sieve.may_name(CHILD_SUBJECT):
        child = replace(child, name=file.code, preferred_name="the child")
    family: list[tuple[Carer | Sibling, str]] = [(item, "Carer") for item in file.carers]
    family += [(item, "Brother or sister") for item in file.siblings]
    for item, called in family:
        if not sieve.may_name(item.id):
            people[item.person] = Person(id=item.person, name=called)
    return replace(file, child=child, people=people)


@needs(Right.OPEN_FILES)
def sieve_for(desk: Desk, file: CaseFile, recipient: Recipient, purpose: str) -> Sieve:
    """What this recipient may have about the child and about each carer, brother and sister."""
    if recipient == OWN_FILE:
        return Sieve(everything=True, by_subject={})
    subjects = [
        CHILD_SUBJECT,
        FAMILY_SUBJECT,
        *(item.id for item in file.carers),
        *(item.id for item in file.siblings),
    ]
    return Sieve(
        everything=False,
        by_subject={
            subject: allowed(desk, file, recipient, purpose, subject).categories for subject in subjects
        },
    )
