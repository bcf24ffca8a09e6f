"""Whose keys count, who administers, and how the service's recovery key vouches for a key (design §4).

Everybody with a slot holds the data key and could write an entry into the database, so an entry counts only by what
signs it. In the order of history:

* the first key of all signs its own entry: the founder's, who administers;
* the first key of each further practitioner is signed by somebody who administers then: an administrator adds them;
* a later key of a practitioner is signed by one of their own earlier keys: they changed it themself;
* any key may instead be signed by itself and carry a **voucher**: the signature of a service recovery key over that
  very entry. The private half of that key stands in the slot ``shares`` alone, which two of the service's three
  papers open; the data key does not open it. It vouches from its entry until it is taken back;
* a key ends by the word of its owner or of somebody who administers; what else it says is said once;
* a service recovery key is entered and taken back by somebody who administers;
* a way in (a slot of the header, by its public half) is entered and taken back by whose it is, or by somebody who
  administers then; one that stands is not taken over by a colleague;
* what gives rights (profession, administrator, having left) counts where somebody who administers then wrote it, and
  of somebody new who came in by a voucher where they wrote it themself. Who has left stays away.

An entry put in by anybody who merely holds the data key meets none of these. It is left out, and named.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from csa_desk.records.vault import Practitioner, PractitionerKey, ServiceKey, Slot
from csa_desk.store.keys import Signer, signed_by
from csa_desk.store.revisions import Revision, canonical

KINDS = (Practitioner.KIND, PractitionerKey.KIND, ServiceKey.KIND, Slot.KIND)
"""What is walked through, in the order of history."""
GIVES_RIGHTS = frozenset({"profession", "administrator", "left_on", "removed"})


def vouch(service: Signer, service_key: str, entry: PractitionerKey) -> str:
    """The service key's signature (hex) over the entry of a practitioner's key."""
    message = _message(service_key, entry.id, entry.practitioner, entry.sign_key, entry.recipient)
    return service.loaded().sign(message).hex()


def vouched(
    public_hex: str, service_key: str, key: str, values: Mapping[str, object], signature: str
) -> bool:
    """Whether that service key signed this entry: ``values`` are the fields of the key's first revision."""
    said = tuple(str(values.get(name, "")) for name in ("practitioner", "sign_key", "recipient"))
    try:
        return signed_by(public_hex, bytes.fromhex(signature), _message(service_key, key, *said))
    except ValueError:
        return False


def _message(*parts: str) -> bytes:
    return canonical(["csa-desk service recovery 1", *parts]).encode()


@dataclass(frozen=True, slots=True)
class Entry:
    """A practitioner's key that counts. ``by``: who entered it. ``ended``: nothing is sealed to it any more."""

    practitioner: str
    recipient: str
    seq: int
    by: str
    time: str
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """A way in that counts: its entry, whose it is, what opens it, and its public half (empty: never recorded)."""

    record: str
    practitioner: str
    opened_by: str
    recipient: str


@dataclass(slots=True)
class Known:
    """What counts so far, while history is walked. ``left``: practitioner → where in history they left.

    ``services``: service recovery key → what it vouches with and what is sealed to it, those taken back left out.
    ``ways``: letter → the way in that stands.
    ``refused``: kind and record of each entry that nobody had the say for.
    """

    vouchers: dict[str, tuple[str, str]] = field(default_factory=dict)
    keys: dict[str, set[str]] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    services: dict[str, tuple[str, str]] = field(default_factory=dict)
    administrators: set[str] = field(default_factory=set)
    ways: dict[str, Way] = field(default_factory=dict)
    professions: dict[str, str] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)
    refused: dict[tuple[str, str], None] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    _early: dict[str, list[tuple[int, Revision, Mapping[str, Any]]]] = field(default_factory=dict)

    def take(self, seq: int, revision: Revision, values: Mapping[str, Any]) -> bool:
        """One revision more, whole; False where it counts for nothing."""
        taken = {
            Practitioner.KIND: self._person,
            PractitionerKey.KIND: self._key,
            ServiceKey.KIND: self._service,
            Slot.KIND: self._way,
        }[revision.kind](seq, revision, values)
        if taken:
            self.seen.add(revision.id.hex())
        else:
            self.refused[revision.kind, revision.record] = None
        return taken

    def is_signed(self, revision: Revision) -> bool:
        """Whether the practitioner a revision names signed it with a key that counts by now."""
        known = self.keys.get(revision.practitioner, ())
        return any(signed_by(one, revision.signature, revision.id) for one in known)

    def _by_administrator(self, revision: Revision) -> bool:
        return revision.practitioner in self.administrators and self.is_signed(revision)

    def _person(self, seq: int, revision: Revision, values: Mapping[str, Any]) -> bool:
        if self._by_administrator(revision):
            self._say(seq, revision.record, values)
            return True
        if revision.practitioner == revision.record and revision.practitioner not in self.keys:
            # Who comes first, or by a voucher, stands in history before their own key does.
            self._early.setdefault(revision.record, []).append((seq, revision, values))
            return True
        return self.is_signed(revision) and GIVES_RIGHTS.isdisjoint(values)

    def _say(self, seq: int, who: str, values: Mapping[str, Any]) -> None:
        if "profession" in values:
            self.professions[who] = str(values["profession"])
        if "administrator" in values:
            (self.administrators.add if values["administrator"] is True else self.administrators.discard)(who)
        if values.get("left_on"):
            self.left.setdefault(who, seq)
        if who in self.left:
            self.administrators.discard(who)

    def _key(self, seq: int, revision: Revision, values: Mapping[str, Any]) -> bool:
        known = self.entries.get(revision.record)
        if known is not None:
            own = revision.practitioner == known.practitioner and self.is_signed(revision)
            if not (own or self._by_administrator(revision)) or not values.keys() <= {"until", "removed"}:
                return False
            ended = bool(values.get("until", known.ended)) or values.get("removed") is True
            self.entries[revision.record] = replace(known, ended=ended)
            return True
        whose, public = str(values.get("practitioner", "")), str(values.get("sign_key", ""))
        if revision.parents or not whose or not public:
            return False
        first, founder = whose not in self.keys, not self.keys
        by_itself = revision.practitioner == whose and signed_by(public, revision.signature, revision.id)
        signed_before = self.is_signed(revision) if revision.practitioner == whose else False
        vouched_for = by_itself and (founder or self._vouched(revision.record, values))
        if not (vouched_for or signed_before or (first and self._by_administrator(revision))):
            return False
        self.keys.setdefault(whose, set()).add(public)
        self.entries[revision.record] = Entry(
            whose,
            str(values.get("recipient", "")),
            seq,
            revision.practitioner,
            revision.time,
            bool(values.get("until")),
        )
        if founder:
            self.administrators.add(whose)
        for place, early, said in self._early.pop(whose, ()):
            if first and vouched_for and self.is_signed(early):
                self._say(place, whose, said)
            else:
                self.refused[early.kind, early.record] = None
        return True

    def _vouched(self, key: str, values: Mapping[str, Any]) -> bool:
        service, voucher = self.vouchers.get(key, ("", ""))
        return service in self.services and vouched(self.services[service][0], service, key, values, voucher)

    def _service(self, seq: int, revision: Revision, values: Mapping[str, Any]) -> bool:
        if not self._by_administrator(revision):
            return False
        if values.get("removed") is True:
            self.services.pop(revision.record, None)
        elif not revision.parents:
            self.services[revision.record] = (
                str(values.get("sign_key", "")),
                str(values.get("recipient", "")),
            )
        return True

    def _way(self, seq: int, revision: Revision, values: Mapping[str, Any]) -> bool:
        letter, known = next(
            ((letter, way) for letter, way in self.ways.items() if way.record == revision.record), ("", None)
        )
        if known is None and revision.parents:
            return self.is_signed(revision)  # of one that stands no more, or never did: it changes nothing
        whose = known.practitioner if known is not None else str(values.get("practitioner", ""))
        own = bool(whose) and revision.practitioner == whose and self.is_signed(revision)
        if not (own or self._by_administrator(revision)):
            return False
        if known is not None:
            if values.get("removed") is True:
                del self.ways[letter]
            return values.keys() == {"removed"}
        letter = str(values.get("letter", ""))
        standing = self.ways.get(letter)
        theirs = standing is not None and standing.practitioner != revision.practitioner
        if theirs and revision.practitioner not in self.administrators:
            return False
        self.ways[letter] = Way(
            revision.record, whose, str(values.get("opened_by", "")), str(values.get("recipient", ""))
        )
        return True

    def people(self) -> dict[str, str]:
        """Practitioner → the recipient of their latest key; those who left are not among them."""
        return {
            entry.practitioner: entry.recipient
            for entry in self.entries.values()
            if not entry.ended and entry.practitioner not in self.left
        }

    def service(self) -> str:
        """The recipient of the service's recovery key; empty where none was made."""
        return next((recipient for _, recipient in reversed(self.services.values())), "")

    def present_at(self, seq: int) -> int:
        """How many practitioners the service had at this place of history."""
        came = {entry.practitioner for entry in self.entries.values() if entry.seq <= seq}
        return sum(who not in self.left or self.left[who] > seq for who in came)

    def leftover(self) -> None:
        """Whoever stands in history without a key that ever counted was put in."""
        for rows in self._early.values():
            for _, early, _ in rows:
                self.refused[early.kind, early.record] = None
        self._early.clear()

    def copy(self) -> "Known":
        """To walk on from here without changing what is known."""
        return Known(
            dict(self.vouchers),
            {who: set(keys) for who, keys in self.keys.items()},
            dict(self.entries),
            dict(self.services),
            set(self.administrators),
            dict(self.ways),
            dict(self.professions),
            dict(self.left),
            dict(self.refused),
            set(self.seen),
        )
