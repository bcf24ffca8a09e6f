"""Who a decision or a copy is for: an agency of the directory, or somebody by the name that was typed.

A name stands for itself however it is spelt: case, accents, spaces and points aside. As soon as exactly one agency of
the directory has that name it means that agency, also in what was recorded before the directory knew it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from csa_desk.errors import InputError
from csa_desk.records.cases import TeamMember
from csa_desk.records.consent import ConsentDecision, SharingDecision
from csa_desk.records.directory import Agency
from csa_desk.records.ids import same_id
from csa_desk.store.reading import Reading
from csa_desk.store.search import folded

Decided = TypeVar("Decided", ConsentDecision, SharingDecision)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody a copy can be for: an agency of the directory, or one named by the user."""

    id: str
    name: str


def name_key(name: str) -> str:
    """What two spellings of one name have in common; a name without letters stands as it is."""
    return " ".join(folded(name)) or name.strip().casefold()


def recipient_named(reading: Reading, named: str) -> Recipient:
    """The agency with this id or name; another name stands for itself, the same on every laptop."""
    wanted = named.strip()
    if not wanted:
        raise InputError("Say who it is for: an agency's name. Nothing was changed.")
    agency = reading.get(Agency, wanted)
    if agency is None:
        fitting = agencies_named(reading, wanted)
        agency = fitting[0] if len(fitting) == 1 else None
    return Recipient(agency.id, agency.name) if agency is not None else _by_name_alone(wanted)


def agencies_named(reading: Reading, name: str) -> list[Agency]:
    """The agencies of the directory that have this name."""
    return [item for item in reading.titled(Agency, name) if name_key(item.name) == name_key(name)]


def _by_name_alone(name: str) -> Recipient:
    return Recipient(same_id("recipient", name_key(name)), name)


def is_name_alone(number: str, name: str) -> bool:
    """Whether this id stands for the name itself, not for an agency of the directory."""
    # The second is how ids were made before spellings were brought together.
    return number in (same_id("recipient", name_key(name)), same_id("recipient", name.strip().casefold()))


class Linking:
    """Takes names that a case recorded for the agencies they mean now. Records are not changed by it.

    Where several agencies share a name it means the one this case has already dealt with, if that is only one.
    """

    def __init__(self, reading: Reading, met: Iterable[str]) -> None:
        self._reading = reading
        self._met = frozenset(met)
        self._known: dict[str, Recipient] = {}

    def decisions(self, made: list[Decided]) -> list[Decided]:
        """The decisions, each for whom it means now."""
        return [self._decision(item) for item in made]

    def _decision(self, item: Decided) -> Decided:
        if not is_name_alone(item.recipient, item.recipient_name):
            return item
        return replace(item, recipient=self._means(item.recipient_name).id)

    def team(self, members: list[TeamMember]) -> list[TeamMember]:
        """The team, each member with the agency that the name of theirs means now."""
        return [self._member(item) for item in members]

    def _member(self, item: TeamMember) -> TeamMember:
        if not item.agency_name or (item.agency and not is_name_alone(item.agency, item.agency_name)):
            return item
        return replace(item, agency=self._means(item.agency_name).id)

    def _means(self, name: str) -> Recipient:
        key = name_key(name)
        if key not in self._known:
            fitting = agencies_named(self._reading, name)
            if len(fitting) > 1:
                fitting = [item for item in fitting if item.id in self._met]
            one = fitting[0] if len(fitting) == 1 else None
            self._known[key] = Recipient(one.id, one.name) if one is not None else _by_name_alone(name)
        return self._known[key]
