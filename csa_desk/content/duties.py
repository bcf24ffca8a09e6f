"""The shape of the duties pack: what the law on records asks when somebody asks to see them, and when they are lost."""

from enum import StrEnum

from csa_desk.content.items import Item, Pack, Text


class DutyTopic(StrEnum):
    """When a duty is shown."""

    ACCESS = "access"
    BEST_INTERESTS = "best-interests"
    THIRD_PARTY = "third-party"
    LOSS = "loss"


class AskedAs(Item, frozen=True, kw_only=True):
    """As whom somebody asks to see the records; whether the child's best interests are weighed first."""

    order: int
    title: Text
    text: Text
    best_interests: bool


class Duty(Item, frozen=True, kw_only=True):
    """Something the law on records asks, or that we advise, in a title and a few sentences."""

    order: int
    topic: DutyTopic
    title: Text
    text: Text


class Duties(Pack, frozen=True, kw_only=True):
    """``duties.toml``."""

    standing: tuple[AskedAs, ...]
    duty: tuple[Duty, ...]
