"""Compartments of a case, who holds them, and what was sealed into them (design §4)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from csa_desk.records.cases import InCase
from csa_desk.records.categories import Category as C
from csa_desk.records.fields import Merge, Value, data, event, fixed, flag, number


class CompartmentName(StrEnum):
    """The three compartments a case may have."""

    THERAPY = "therapy"
    DISCLOSURE = "disclosure"
    SAFEGUARDING = "restricted-safeguarding"


SEALED_FIELDS: dict[str, tuple[str, ...]] = {
    CompartmentName.THERAPY: ("day", "words"),
    CompartmentName.DISCLOSURE: ("words", "asked_before", "day", "time", "place", "told_to", "told_when"),
    CompartmentName.SAFEGUARDING: ("day", "words"),
}
"""Compartment → the fields of an entry, each encrypted by itself. Only a holder sees them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compartment(InCase):
    """One version of a compartment: anyone may seal to ``recipient``, its holders can open it.

    The private half stands outside history, sealed to each holder and to the service key.
    """

    KIND: ClassVar[str] = "compartment"

    name: str = fixed(C.SAFEGUARDING)
    version: int = number(C.SAFEGUARDING, merge=Merge.FIXED)
    recipient: str = fixed(C.SAFEGUARDING)
    since: str = fixed(C.SAFEGUARDING)
    why: str = fixed(C.SAFEGUARDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder(InCase):
    """From this moment a practitioner holds a compartment, or (``ends``) no longer holds it."""

    KIND: ClassVar[str] = "holder"

    name: str = event(C.SAFEGUARDING)
    practitioner: str = event(C.SAFEGUARDING)
    since: str = event(C.SAFEGUARDING)
    why: str = event(C.SAFEGUARDING)
    by: str = event(C.SAFEGUARDING)
    ends: str = event(C.SAFEGUARDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedEntry(InCase):
    """A note, a disclosure or a restricted record. Without the key only that it is there, by whom and when.

    ``content`` maps each field to its ciphertext (base64). ``closes`` is the moment from which the author cannot
    open it any more unless they hold the compartment; empty where it never closes to them. ``signed`` tells
    whether the author took it in; otherwise ``taken_in_by`` did.
    """

    KIND: ClassVar[str] = "sealed-entry"

    name: str = fixed(C.SAFEGUARDING)
    compartment: str = fixed(C.SAFEGUARDING)
    author: str = fixed(C.SAFEGUARDING)
    written: str = fixed(C.SAFEGUARDING)
    closes: str = fixed(C.SAFEGUARDING)
    signed: bool = flag(C.SAFEGUARDING, merge=Merge.FIXED)
    taken_in_by: str = fixed(C.SAFEGUARDING)
    corrects: str = fixed(C.SAFEGUARDING)
    content: dict[str, Value] | None = data(C.THERAPY_CONTENT, merge=Merge.FIXED)


@dataclass(frozen=True, slots=True, kw_only=True)
class SealOpened(InCase):
    """A closed entry was opened, by whom and why."""

    KIND: ClassVar[str] = "seal-opened"

    entry: str = event(C.SAFEGUARDING)
    practitioner: str = event(C.SAFEGUARDING)
    on: str = event(C.SAFEGUARDING)
    reason: str = event(C.SAFEGUARDING)
