"""The shape of the sources and of how well each fact is known."""

from enum import StrEnum

from msgspec import Struct

from csa_desk.content.items import Basis, FactId, Id, Pack, Plain, Text, Words


class Reach(StrEnum):
    """Where a source holds or speaks of."""

    ENGLAND_AND_WALES = "england-and-wales"
    ENGLAND = "england"
    WALES = "wales"
    UK = "uk"
    INTERNATIONAL = "international"


class Read(StrEnum):
    """How much of a source was read, or that only an account of it was."""

    FULL = "full"
    PART = "part"
    OPENING = "opening"
    SECOND_HAND = "second-hand"
    NOT_READ = "not-read"


class Source(Plain, frozen=True, kw_only=True):
    """Where something is said. `date` as printed; `note` says what was not read."""

    title: Words
    publisher: Words
    date: Words
    jurisdiction: Reach
    read: Read
    address: Words | None = None
    note: Text | None = None


class Sources(Pack, frozen=True, kw_only=True):
    """``sources.toml``."""

    source: tuple[Source, ...]


class Fact(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How well a fact of the project's facts file is known, and from what."""

    id: FactId
    basis: Basis
    sources: tuple[Id, ...]


class Facts(Pack, frozen=True, kw_only=True):
    """``facts.toml``, written by ``tools/facts.py``."""

    fact: tuple[Fact, ...]
