"""Which public keys may be sealed to, and who holds a compartment: only what signed history says (design §4).

Tables are no witness here: everybody with a slot could write into them. Each key is taken from a revision that is
whole and signed by the practitioner it names, and who may speak is part of the rule:

* whose keys count, and who administers, is told by :mod:`store.vouching`;
* whoever first seals into a compartment founds it: names its holders and makes its first version;
* after that only a holder names or ends a holder and makes a new version; where nobody holds it any more,
  whoever seals next founds it anew.
"""

from dataclasses import dataclass, field

from csa_desk.records.sealed import Compartment, Holder
from csa_desk.store.engine import plain_words
from csa_desk.store.reading import Reading
from csa_desk.store.signed import Signed, Trusted, known, signed_revisions


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a compartment. ``made_for``: who held it when it was made."""

    id: str
    number: int
    recipient: str
    made_for: frozenset[str]


@dataclass(slots=True)
class Standing:
    """One compartment of a case by its signed history. ``holders``: practitioner → their Holder record.

    ``by_founding``: those of them whom the founder named; no other holder let them in since.
    """

    case: str
    name: str
    versions: list[Version] = field(default_factory=list)
    holders: dict[str, str] = field(default_factory=dict)
    by_founding: set[str] = field(default_factory=set)

    @property
    def current(self) -> Version | None:
        """What is sealed to now; ``None`` where nothing was ever sealed."""
        return self.versions[-1] if self.versions else None


class Trust:
    """Public keys and holders over one reading; reads the keys once."""

    def __init__(self, reading: Reading) -> None:
        self._raw = reading.raw
        with plain_words():
            found = known(self._raw)
        self._trusted: Trusted = found.keys
        self._left = found.left
        self.people = found.people()
        self.service = found.service()
        self.professions = found.professions

    def _signed(self, where: str, *given: str) -> list[Signed]:
        return list(signed_revisions(self._raw, self._trusted, where, *given))

    def wanted(self, standing: Standing) -> set[str]:
        """The recipients that the current version's private half is to be sealed to."""
        found = {self.people[item] for item in standing.holders if item in self.people}
        return found | {self.service} if self.service else found

    def standing(self, case: str, name: str) -> Standing:
        """One compartment of a case."""
        with plain_words():
            rows = self._signed(
                "scope = ? AND kind IN ('compartment', 'holder')",
                f"case:{case}",
            )
        made = Standing(case, name)
        walk = _Walk(made, self._left)
        for row in rows:
            walk.take(row)
        made.holders = {who: record for who, record in walk.holders.items() if who in self.people}
        made.by_founding &= made.holders.keys()
        return made


class _Walk:
    """Goes through a compartment's signed events in their order and leaves out what nobody had the say for."""

    def __init__(self, made: Standing, left: dict[str, int]) -> None:
        self._made = made
        self._left = left
        self.holders: dict[str, str] = {}
        self._offered: dict[str, dict[str, str]] = {}

    def take(self, row: Signed) -> None:
        """One event more."""
        if row.values.get("name") != self._made.name:
            return
        if row.kind == Holder.KIND:
            self._holder(row)
        elif row.kind == Compartment.KIND:
            self._version(row)

    def _holder(self, row: Signed) -> None:
        who, ends = str(row.values.get("practitioner", "")), row.values.get("ends")
        if row.practitioner in self.holders:
            if not ends:
                self.holders.setdefault(who, row.record)
                if row.practitioner != who:
                    self._made.by_founding.discard(who)
            elif self.holders.get(who) == ends:
                del self.holders[who]
                self._made.by_founding.discard(who)
        elif not ends:
            # A founder names the holders first; the version that follows closes the founding.
            self._offered.setdefault(row.practitioner, {})[who] = row.record

    def _version(self, row: Signed) -> None:
        nobody = not any(self._left.get(who, row.seq) >= row.seq for who in self.holders)
        if nobody and row.practitioner in self._offered:
            self.holders = dict(self._offered[row.practitioner])
            self._made.by_founding = set(self.holders)
        elif row.practitioner not in self.holders:
            return
        self._offered.clear()
        self._made.versions.append(
            Version(
                row.record,
                int(row.values.get("version", 0)),
                str(row.values.get("recipient", "")),
                frozenset(self.holders),
            )
        )
