"""How long a record is kept, what is taken out of it and by whose decision, and who asked to see it (design §5)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from csa_desk.records.cases import InCase
from csa_desk.records.categories import Category as C
from csa_desk.records.fields import Merge, Value, data, event, fixed, flag, number, text, words


class RemovalKind(StrEnum):
    """Strike: in the wrong child's file. Erase: under a retention decision; beats everything, for ever."""

    STRIKE = "strike"
    ERASE = "erase"


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal(InCase):
    """Somebody decided that words must go. From here they are hidden; they go when it is carried out.

    A strike names ``revisions`` (ids, hex) and, unless all their fields go, ``fields``. An erasure names the
    ``record`` and its kind, or, with ``whole_case``, everything in the case's scope; there ``revisions`` holds the
    scopes of people and matters that go with it where no other case names them. ``proof`` holds the signed revisions of
    a removal that was decided after the backup this vault was restored from was made.
    """

    KIND: ClassVar[str] = "removal"

    how: str = fixed(C.NEEDS)
    record: str = fixed(C.NEEDS)
    record_kind: str = fixed(C.NEEDS)
    whole_case: bool = flag(C.NEEDS, merge=Merge.FIXED)
    revisions: tuple[str, ...] = words(C.NEEDS, merge=Merge.FIXED)
    fields: tuple[str, ...] = words(C.NEEDS, merge=Merge.FIXED)
    reason: str = fixed(C.NEEDS)
    asked_by: str = fixed(C.NEEDS)
    asked: str = fixed(C.NEEDS)
    waits_until: str = fixed(C.NEEDS)
    proof: list[Value] | None = data(C.NEEDS, merge=Merge.FIXED)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalSigned(InCase):
    """A practitioner of the service agrees that the words go."""

    KIND: ClassVar[str] = "removal-signed"

    removal: str = event(C.NEEDS)
    practitioner: str = event(C.NEEDS)
    on: str = event(C.NEEDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalStopped(InCase):
    """It is not to be carried out after all: what was hidden shows again."""

    KIND: ClassVar[str] = "removal-stopped"

    removal: str = event(C.NEEDS)
    practitioner: str = event(C.NEEDS)
    on: str = event(C.NEEDS)
    reason: str = event(C.NEEDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalDone(InCase):
    """Values, salts, index entries and drafts are gone from this vault."""

    KIND: ClassVar[str] = "removal-done"

    removal: str = event(C.NEEDS)
    practitioner: str = event(C.NEEDS)
    on: str = event(C.NEEDS)
    values: int = number(C.NEEDS, merge=Merge.EVENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention(InCase):
    """How long an episode's records are kept, who decided it and why."""

    KIND: ClassVar[str] = "retention"

    episode: str = event(C.NEEDS)
    decided: str = event(C.NEEDS)
    by: str = event(C.NEEDS)
    keep_until: str = event(C.NEEDS)
    review: str = event(C.NEEDS)
    reason: str = event(C.NEEDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold(InCase):
    """From this day nothing of the case may be erased, or (``ends``) the hold is over. Nothing overrides it."""

    KIND: ClassVar[str] = "hold"

    since: str = event(C.NEEDS)
    by: str = event(C.NEEDS)
    reason: str = event(C.NEEDS)
    ends: str = event(C.NEEDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRequest(InCase):
    """Somebody asked for everything held on a child: when, who, by what standing, and what was decided."""

    KIND: ClassVar[str] = "access-request"

    received: str = fixed(C.NEEDS)
    asked_by: str = fixed(C.NEEDS)
    standing: str = fixed(C.NEEDS)
    due: str = text(C.NEEDS)
    best_interests: str = text(C.SAFEGUARDING)
    decision: str = text(C.NEEDS)
    decided: str = text(C.NEEDS)
    decided_by: str = text(C.NEEDS)
    answered: str = text(C.NEEDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptOut(InCase):
    """From this moment a practitioner does not see this case, or (``ends``) sees it again. Hidden, not sealed."""

    KIND: ClassVar[str] = "kept-out"

    practitioner: str = event(C.NEEDS)
    since: str = event(C.NEEDS)
    by: str = event(C.NEEDS)
    reason: str = event(C.NEEDS)
    ends: str = event(C.NEEDS)


PROOF = frozenset(
    kind.KIND for kind in (Removal, RemovalSigned, RemovalStopped, RemovalDone, Hold, Retention)
)
"""Kinds that stay when a whole case goes: they prove that it was decided, by whom and under which decision."""
