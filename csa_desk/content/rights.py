"""The shape of the rights: each in plain words, and which of them a profession has."""

from csa_desk.content.items import Item, Pack, Text
from csa_desk.records.rights import Right
from csa_desk.records.sealed import CompartmentName


class RightWords(Item, frozen=True, kw_only=True):
    """A right in plain words, as something to do; who has it whatever their profession.

    ``id`` is one of :class:`~csa_desk.records.rights.Right`.
    """

    order: int
    title: Text
    everybody: bool = False
    administrator: bool = False


class ProfessionRights(Item, frozen=True, kw_only=True):
    """What a profession may do (``in_training``: beyond that, in a training vault), which compartments it holds, why.

    ``id`` is a profession, or ``none`` for a practitioner without one.
    """

    order: int
    title: Text
    why: Text
    rights: tuple[Right, ...]
    in_training: tuple[Right, ...] = ()
    holds: tuple[CompartmentName, ...]


class Rights(Pack, frozen=True, kw_only=True):
    """``rights.toml``."""

    right: tuple[RightWords, ...]
    profession: tuple[ProfessionRights, ...]
