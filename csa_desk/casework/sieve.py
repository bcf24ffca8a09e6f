"""Deciding item by item what one recipient may have, and counting what was held back."""

from collections import Counter
from dataclasses import dataclass, field

from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.consenting import Recipient, allowed
from csa_desk.casework.desk import Desk
from csa_desk.records.assessment import CHILD_SUBJECT, FAMILY_SUBJECT

OWN_FILE = Recipient("own-file", "own file")


@dataclass(slots=True)
class Sieve:
    """Decides item by item, and counts by category what was held back."""

    everything: bool
    by_subject: dict[str, frozenset[str]]
    held_back: Counter[str] = field(default_factory=Counter)

    def passes(self, *categories: str, subject: str = CHILD_SUBJECT) -> bool:
        """Whether an item of these categories about this subject may leave; if not, it is counted."""
        if self.everything:
            return True
        agreed = self.by_subject.get(subject, frozenset())
        missing = [item for item in categories if item and item not in agreed]
        if missing:
            self.held_back[missing[0]] += 1
        return not missing


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
