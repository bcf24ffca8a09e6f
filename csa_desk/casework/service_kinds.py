"""What kind of service something is: the pack's kinds, whatever a publisher calls them."""

import json
from collections.abc import Iterable

from csa_desk.casework.desk import Desk
from csa_desk.casework.rights import Right, needs
from csa_desk.content.models import say
from csa_desk.records.directory import Service
from csa_desk.store.search import folded


def _key(words: str) -> str:
    return " ".join(folded(words.replace("-", " ")))


@needs(Right.LOOK_UP)
def kind_words(desk: Desk, kind: str) -> str:
    """The title of a kind of service; what is no kind of the pack stands for itself, with spaces."""
    titles = {item.id: say(item.title) for item in desk.packs.pathway.kind}
    return titles.get(kind) or kind.replace("-", " ")[:1].upper() + kind.replace("-", " ")[1:]


@needs(Right.LOOK_UP)
def kinds_of(desk: Desk, types: Iterable[str]) -> tuple[str, ...]:
    """The kinds of the pack that these words of a service stand for; a word that is none stays as it is."""
    known = _names(desk)
    return tuple(dict.fromkeys(known.get(_key(one), one) for one in types if one.strip()))


def _names(desk: Desk) -> dict[str, str]:
    def make() -> dict[str, str]:
        found: dict[str, str] = {}
        for item in desk.packs.pathway.kind:
            for name in (item.id, say(item.title), *item.also.get("en", ())):
                found.setdefault(_key(name), item.id)
        return found

    return desk.worked_out("names of kinds", (), make)


@needs(Right.LOOK_UP)
def kind_choices(desk: Desk) -> list[tuple[str, str]]:
    """Every kind of the pack in its order, then what else the services of this directory say they are."""
    pack = [(item.id, say(item.title)) for item in sorted(desk.packs.pathway.kind, key=lambda one: one.order)]
    known = {kind for kind, _ in pack}
    said = {word for (types,) in set(desk.vault.read.columns(Service, "types")) for word in json.loads(types)}
    others = {kind for kind in kinds_of(desk, said) if kind not in known}
    return [
        *pack,
        *sorted(((kind, kind_words(desk, kind)) for kind in others), key=lambda one: one[1].casefold()),
    ]
