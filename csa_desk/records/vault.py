"""Records of the vault itself: own service, practitioners, their keys and slots, replicas, packs kept."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from csa_desk.records.categories import Category as C
from csa_desk.records.fields import Merge, Record, Scope, data, fixed, flag, number, text, words


class Profession(StrEnum):
    """The professions the rights and wording know."""

    CH_ISVA = "ch-isva"
    THERAPIST = "therapist"
    NAVIGATOR = "navigator"
    TRAINER = "trainer"
    MANAGER = "manager"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnService(Record):
    """The service this vault belongs to; its leads and out-of-hours contact stand in prints."""

    SCOPE: ClassVar[Scope] = Scope.VAULT
    KIND: ClassVar[str] = "own-service"

    name: str = text(C.IDENTITY)
    phone: str = text(C.IDENTITY)
    email: str = text(C.IDENTITY)
    address: str = text(C.IDENTITY)
    data_protection_lead: str = text(C.IDENTITY)
    safeguarding_lead: str = text(C.IDENTITY)
    out_of_hours: str = text(C.IDENTITY)
    nation: str = text(C.IDENTITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Practitioner(Record):
    """A person who works in this vault, and what their profile says they are trained for."""

    SCOPE: ClassVar[Scope] = Scope.VAULT
    KIND: ClassVar[str] = "practitioner"

    name: str = text(C.IDENTITY)
    profession: str = text(C.IDENTITY)
    administrator: bool = flag(C.IDENTITY)
    age_groups: tuple[str, ...] = words(C.IDENTITY)
    qualifications: tuple[str, ...] = words(C.IDENTITY)
    register: str = text(C.IDENTITY)
    register_number: str = text(C.IDENTITY)
    register_expiry: str = text(C.IDENTITY)
    dbs_date: str = text(C.IDENTITY)
    supervisor: str = text(C.IDENTITY)
    supervision_every: str = text(C.IDENTITY)
    left_on: str = text(C.IDENTITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class PractitionerKey(Record):
    """Public keys of a practitioner: what signs their revisions (Ed25519, hex) and seals to them (age)."""

    SCOPE: ClassVar[Scope] = Scope.VAULT
    KIND: ClassVar[str] = "practitioner-key"

    practitioner: str = fixed(C.IDENTITY)
    sign_key: str = fixed(C.IDENTITY)
    recipient: str = fixed(C.IDENTITY)
    since: str = fixed(C.IDENTITY)
    until: str = text(C.IDENTITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot(Record):
    """Whose a lettered slot of the header is, and what opens it: ``passphrase``, ``sheet``, or ``shares``.

    ``recipient`` is the slot's public half (age): what stands in the header counts only where it is this one. Empty
    in an entry of schema 2 or earlier.
    """

    SCOPE: ClassVar[Scope] = Scope.VAULT
    KIND: ClassVar[str] = "slot"

    letter: str = fixed(C.IDENTITY)
    practitioner: str = fixed(C.IDENTITY)
    opened_by: str = fixed(C.IDENTITY)
    recipient: str = fixed(C.IDENTITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replica(Record):
    """One writer of this vault: a computer with a copy of its own."""

    SCOPE: ClassVar[Scope] = Scope.VAULT
    KIND: ClassVar[str] = "replica"

    code: str = fixed(C.IDENTITY)
    practitioner: str = fixed(C.IDENTITY)
    since: str = fixed(C.IDENTITY)
    why: str = fixed(C.IDENTITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackKept(Record):
    """A content pack as it stood when a case used it, so that an old print can be explained."""

    SCOPE: ClassVar[Scope] = Scope.VAULT
    KIND: ClassVar[str] = "pack-kept"

    pack: str = fixed(C.NEEDS)
    version: str = fixed(C.NEEDS)
    as_at: str = fixed(C.NEEDS)
    digest: str = fixed(C.NEEDS)
    text: str = fixed(C.NEEDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderSeen(Record):
    """A newer header was met and accepted: which generation, and what changed in it."""

    SCOPE: ClassVar[Scope] = Scope.VAULT
    KIND: ClassVar[str] = "header-seen"

    generation: str = fixed(C.IDENTITY)
    seen: str = fixed(C.IDENTITY)
    detail: str | None = data(C.IDENTITY, merge=Merge.FIXED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceKey(Record):
    """Public halves of the service's recovery key: what is sealed to it (age) and what it vouches with (Ed25519, hex).

    Two of its three shares open the private halves, in the slot of this letter.
    """

    SCOPE: ClassVar[Scope] = Scope.VAULT
    KIND: ClassVar[str] = "service-key"

    recipient: str = fixed(C.IDENTITY)
    sign_key: str = fixed(C.IDENTITY)
    letter: str = fixed(C.IDENTITY)
    since: str = fixed(C.IDENTITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyVoucher(Record):
    """The service's recovery key says that a practitioner's key is theirs: it came in by two shares of three.

    ``signature`` (hex) is the service key's over the entry of that key; without it such an entry counts for nothing.
    """

    SCOPE: ClassVar[Scope] = Scope.VAULT
    KIND: ClassVar[str] = "key-voucher"

    key: str = fixed(C.IDENTITY)
    service_key: str = fixed(C.IDENTITY)
    signature: str = fixed(C.IDENTITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryProof(Record):
    """A rehearsal succeeded: this way back in (``sheet``, ``shares``) was proved on that day."""

    SCOPE: ClassVar[Scope] = Scope.VAULT
    KIND: ClassVar[str] = "recovery-proof"

    way: str = fixed(C.IDENTITY)
    practitioner: str = fixed(C.IDENTITY)
    letter: str = fixed(C.IDENTITY)
    on: str = fixed(C.IDENTITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessKept(Record):
    """The access log as it stood when somebody locked: entries ``first`` to ``last`` and their hash (SHA-256, hex).

    Signed like every change, so that entries cut off later are noticed. It speaks of the log of this file alone.
    """

    SCOPE: ClassVar[Scope] = Scope.VAULT
    KIND: ClassVar[str] = "access-kept"

    first: int = number(C.IDENTITY, merge=Merge.FIXED)
    last: int = number(C.IDENTITY, merge=Merge.FIXED)
    digest: str = fixed(C.IDENTITY)
