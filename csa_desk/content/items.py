"""What every content pack starts with and what every item in it carries."""

import datetime
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

Words = Annotated[str, Meta(pattern=r"\S", description="some words")]
Language = Annotated[str, Meta(pattern=r"^[a-z]{2}$", description="a language of two letters, such as en")]
Id = Annotated[
    str,
    Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="lower-case letters, digits and single hyphens"),
]
PackId = Annotated[str, Meta(pattern=r"^[a-z]+(_[a-z]+)*$", description="the name of its file")]
FactId = Annotated[str, Meta(pattern=r"^G\d+(\.\d+)?-\d+$", description="the id of a fact, such as G1.7-4")]
Version = Annotated[int, Meta(ge=1, description="a whole number from 1")]

Text = Mapping[Language, Words]
"""Words for people, by language: ``{"en": "School"}``."""

Names = Mapping[Language, tuple[Words, ...]]
"""Several names for people, by language."""


def say(text: Text, language: str = "en") -> str:
    """The words in `language`, or in English where there are none in it."""
    return text.get(language) or text["en"]


class Basis(StrEnum):
    """How well something is known; the members stand in the order of their strength."""

    SEED = "seed"
    STATUTE = "statute"
    OFFICIAL = "official"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"
    OURS = "ours"

    @property
    def strength(self) -> int:
        """3 read at the source, 2 read second-hand, 1 not confirmed."""
        return _STRENGTHS.get(self, 3)


_STRENGTHS = {Basis.SECONDARY: 2, Basis.UNVERIFIED: 1, Basis.OURS: 1}


class Status(StrEnum):
    """Whether an item holds today, held once, or is a service's own."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    LOCAL = "local"


class Nation(StrEnum):
    """Where an item applies; law and procedures differ."""

    ENGLAND = "england"
    WALES = "wales"


class Band(StrEnum):
    """Age bands of wording, chosen from the communication profile, not the birth date."""

    YOUNG = "4-7"
    MIDDLE = "8-12"
    OLDER = "13-17"


class Header(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The ``[pack]`` table. `as_at` is the day the pack was last held against its sources."""

    id: PackId
    version: Version
    title: Text
    jurisdictions: Annotated[tuple[Nation, ...], Meta(min_length=1, description="at least one nation")]
    as_at: datetime.date
    review_by: datetime.date


class Pack(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A content pack; each subclass has one tuple of items for each kind of table in the file."""

    pack: Header


class Plain(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something with an id in a pack."""

    id: Id


class Sourced(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something said on a ground: a key of ``sources.toml``, the ids of the facts, and how well it is known."""

    source: Id
    facts: tuple[FactId, ...]
    basis: Basis


class Line(Sourced, frozen=True, kw_only=True):
    """One sentence with its own ground."""

    text: Text


class Item(Sourced, frozen=True, kw_only=True):
    """What every item carries. No `jurisdictions` means all of the pack's."""

    id: Id
    version: Version
    status: Status
    jurisdictions: tuple[Nation, ...] = ()
    same_as: tuple[Id, ...] = ()

    @property
    def shown(self) -> bool:
        """Whether the item holds today; what is superseded is only ever shown beside what replaced it."""
        return self.status is not Status.SUPERSEDED
