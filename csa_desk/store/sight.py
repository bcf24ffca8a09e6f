"""What one practitioner sees: everything but the cases they are kept out of. Hidden by rights, not sealed (design §4).

Every listing, search, count and lookup of the program reads through here, so a case that is kept from somebody is in
none of them. Transactions read the whole vault.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

import sqlalchemy as sa

from csa_desk.records.cases import Carer, Case, Person, SameAs, Sibling
from csa_desk.records.fields import Record, Scope
from csa_desk.records.keeping import KeptOut
from csa_desk.records.kinds import KINDS
from csa_desk.store.reading import Reading
from csa_desk.store.search import Finder, Hit

R = TypeVar("R", bound=Record)


def kept_out(events: Iterable[KeptOut]) -> dict[str, KeptOut]:
    """Case id → the event that keeps a practitioner out of it now, from all events about them."""
    told = list(events)
    ended = {item.ends for item in told if item.ends}
    return {item.case: item for item in told if not item.ends and item.id not in ended}


class Sight(Reading):
    """Reads as if the hidden cases, and people known from them alone, were not there."""

    def __init__(self, connection: sa.Connection, hidden: frozenset[str]) -> None:
        super().__init__(connection)
        self._hidden = hidden

    def get(self, kind: type[R], record_id: str) -> R | None:
        """The record, unless it belongs to a hidden case."""
        found = super().get(kind, record_id)
        return found if found is not None and self.sees(found) else None

    def find(self, kind: type[R], *, removed: bool = False, **equal: str | bool) -> list[R]:
        """The records, without those of hidden cases."""
        return [item for item in super().find(kind, removed=removed, **equal) if self.sees(item)]

    def by_ids(self, kind: type[R], ids: list[str]) -> dict[str, R]:
        """Records by id, without those of hidden cases."""
        return {key: item for key, item in super().by_ids(kind, ids).items() if self.sees(item)}

    def any_of(self, kind: type[R], field: str, values: Collection[str]) -> list[R]:
        """Records whose field is one of these values, without those of hidden cases."""
        return [item for item in super().any_of(kind, field, values) if self.sees(item)]

    def columns(self, kind: type[Record], *names: str) -> list[tuple[Any, ...]]:
        """Fields of every record of a kind, without those of hidden cases."""
        if kind.SCOPE not in (Scope.CASE, Scope.PERSON):
            return super().columns(kind, *names)
        seen = {item.id for item in self.find(kind)}
        return [row[1:] for row in super().columns(kind, "id", *names) if row[0] in seen]

    def count(self, kind: type[Record], *, removed: bool = False) -> int:
        """How many there are that can be seen."""
        if kind.SCOPE in (Scope.CASE, Scope.PERSON):
            return len(self.find(kind, removed=removed))
        return super().count(kind, removed=removed)

    def changes(self, scope: str, *, record: str = "") -> Iterator[Mapping[str, Any]]:
        """History of a scope; empty for a hidden one."""
        return iter(()) if self.hides(scope) else super().changes(scope, record=record)

    def accesses(self, scope: str) -> list[Mapping[str, Any]]:
        """The access log of a scope; empty for a hidden one."""
        return [] if self.hides(scope) else super().accesses(scope)

    def accesses_like(self, action: str, limit: int) -> list[Mapping[str, Any]]:
        """Entries of the access log of any scope but hidden ones."""
        return [row for row in super().accesses_like(action, limit) if not self.hides(row["scope"])]

    def recent_scopes(self, practitioner: str, limit: int = 20) -> list[str]:
        """The scopes looked at last, without hidden ones."""
        return [scope for scope in super().recent_scopes(practitioner, limit) if not self.hides(scope)]

    def hides(self, scope: str) -> bool:
        """Whether a scope is that of a hidden case, or of a person known from hidden cases alone."""
        kind, _, number = scope.partition(":")
        return (kind == "case" and number in self._hidden) or (kind == "person" and number in self._people)

    def sees(self, record: Record) -> bool:
        """Whether a record belongs to no hidden case."""
        if record.SCOPE == Scope.CASE:
            return getattr(record, "case", record.id) not in self._hidden
        if isinstance(record, Person):
            return record.id not in self._people
        if isinstance(record, SameAs):
            return self._people.isdisjoint((record.person, record.other))
        return True

    def visible(self, hits: Sequence[Hit]) -> list[Hit]:
        """Search hits, without those of hidden cases."""
        kinds = {hit.kind for hit in hits}
        seen = {
            (kind, number)
            for kind in kinds
            for number in self.by_ids(KINDS[kind], [hit.record for hit in hits if hit.kind == kind])
        }
        return [hit for hit in hits if (hit.kind, hit.record) in seen]

    @cached_property
    def _people(self) -> frozenset[str]:
        """People of hidden cases who stand in no case that can be seen."""
        stands = [(item.id, item.child) for item in Reading.find(self, Case, removed=True)]
        stands += [(item.case, item.person) for item in Reading.find(self, Carer, removed=True)]
        stands += [(item.case, item.person) for item in Reading.find(self, Sibling, removed=True)]
        known = {person for case, person in stands if case in self._hidden}
        return frozenset(known.difference(person for case, person in stands if case not in self._hidden))


class SightedFinder(Finder):
    """Finds as if the hidden cases were not there."""

    def __init__(self, connection: sa.Connection, sight: Sight) -> None:
        super().__init__(connection)
        self._sight = sight

    def find(
        self, words: str, kinds: Sequence[str], limit: int = 50, among: Sequence[str] | None = None
    ) -> list[Hit]:
        """Best records of these kinds among those that can be seen."""
        return self._sight.visible(super().find(words, kinds, limit, among))
