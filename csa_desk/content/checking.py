"""All the rules of the content packs, run over a folder."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from csa_desk.content import item_rules, pack_rules, rights_rules
from csa_desk.content.drafts import Draft, draft
from csa_desk.content.faults import Fault
from csa_desk.content.models import SHAPES

__all__ = ["Fault", "check"]


def check(folder: Path, beside: Path | None = None) -> list[Fault]:
    """Every fault of the packs in `folder`, in the order of the packs and of their items.

    Packs that are not in `folder` are taken from `beside`, if that is given, and not checked themselves: so a
    service's own packs are held against ours. Without `beside` a pack that is not there is a fault.
    """
    drafts: dict[str, Draft[Any]] = {}
    own: list[str] = []
    faults: list[Fault] = []
    for name in SHAPES:
        lent = beside is not None and not (folder / f"{name}.toml").exists()
        found = draft(beside if lent and beside else folder, name)
        if isinstance(found, Fault):
            faults.append(found)
            continue
        drafts[name] = found
        if not lent:
            own.append(name)
    for name in own:
        faults += _faults(name, drafts)
    return faults


def _faults(name: str, drafts: dict[str, Draft[Any]]) -> Iterator[Fault]:
    this = drafts[name]
    yield from this.faults
    yield from item_rules.header(this)
    yield from item_rules.ids(this)
    yield from item_rules.grounds(this, drafts.get("sources"), drafts.get("facts"))
    yield from item_rules.words(this)
    yield from item_rules.same_text(this)
    match name:
        case "sources":
            yield from item_rules.listed_sources(this)
        case "facts":
            yield from item_rules.listed_facts(this, drafts.get("sources"))
        case "roles":
            yield from pack_rules.roles(this)
        case "stages":
            yield from pack_rules.stages(this)
        case "needs":
            yield from pack_rules.needs(this)
        case "assessment":
            yield from pack_rules.assessment(this, drafts.get("needs"))
        case "pretrial_therapy":
            yield from pack_rules.pretrial_therapy(this, drafts.get("stages"))
        case "print":
            yield from pack_rules.prints(this)
        case "settings":
            yield from pack_rules.settings(this)
        case "pathway":
            yield from pack_rules.pathway(this, drafts.get("roles"))
        case "rights":
            yield from rights_rules.rights(this)
