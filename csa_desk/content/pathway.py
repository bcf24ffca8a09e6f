"""The child's pathway and the kinds of service along it: what the role map and the gap map are drawn from."""

from csa_desk.content.items import Id, Item, Names, Pack, Text


class Step(Item, frozen=True, kw_only=True):
    """A step of the pathway, and the roles that as a rule lead it, help with it, or are told of it."""

    order: int
    title: Text
    leads: tuple[Id, ...] = ()
    helps: tuple[Id, ...] = ()
    informs: tuple[Id, ...] = ()


class ServiceKind(Item, frozen=True, kw_only=True):
    """A kind of service a child may need. ``also``: what publishers call it. ``roles``: role cards it stands for."""

    order: int
    title: Text
    also: Names = {}
    roles: tuple[Id, ...] = ()


class AgeBand(Item, frozen=True, kw_only=True):
    """Ages of the gap map, whole years, both ends within."""

    order: int
    title: Text
    lowest: int
    highest: int


class Pathway(Pack, frozen=True, kw_only=True):
    """``pathway.toml``."""

    step: tuple[Step, ...]
    kind: tuple[ServiceKind, ...]
    band: tuple[AgeBand, ...]
