"""What each profession may do in this vault, for reading: from the rights pack, in its order."""

from dataclasses import dataclass

from csa_desk.casework.desk import Desk
from csa_desk.casework.rights import Right, granted, needs
from csa_desk.content.models import ProfessionRights, RightWords, say
from csa_desk.records.sealed import CompartmentName
from csa_desk.records.vault import Practitioner

COMPARTMENT_WORDS: dict[str, str] = {
    CompartmentName.THERAPY: "therapy notes",
    CompartmentName.DISCLOSURE: "sealed disclosures",
    CompartmentName.SAFEGUARDING: "restricted safeguarding records",
}


@dataclass(frozen=True, slots=True)
class Role:
    """A profession, or being administrator: what it is for, what it may do and not do, what it holds."""

    id: str
    title: str
    why: str
    may: tuple[str, ...]
    may_not: tuple[str, ...]
    holds: tuple[str, ...]


ADMINISTRATOR = "administrator"


@needs(Right.LOOK_UP)
def roles(desk: Desk) -> list[Role]:
    """Every profession, and what being administrator adds. Rights everybody has are left out; see :func:`for_all`."""
    pack = desk.packs.rights
    listed = [row for row in sorted(pack.right, key=_order) if row.shown and not row.everybody]
    found = []
    for row in sorted(pack.profession, key=_order):
        profession = "" if row.id == "none" else row.id
        who = Practitioner(id="", profession=profession)
        has = {str(right) for right in granted(pack, who, training=desk.training)}
        found.append(
            Role(
                row.id,
                say(row.title),
                say(row.why),
                tuple(say(item.title) for item in listed if item.id in has),
                tuple(say(item.title) for item in listed if item.id not in has),
                tuple(COMPARTMENT_WORDS[name] for name in row.holds),
            )
        )
    adds = tuple(say(item.title) for item in listed if item.administrator)
    why = (
        "Looks after the vault, beside any profession. Being administrator opens no child’s file and no sealed "
        "note, and closes none."
    )
    return [*found, Role(ADMINISTRATOR, "Administrator", why, adds, (), ())]


@needs(Right.LOOK_UP)
def for_all(desk: Desk) -> tuple[str, ...]:
    """What every practitioner may do."""
    rows = sorted(desk.packs.rights.right, key=_order)
    return tuple(say(row.title) for row in rows if row.shown and row.everybody)


@needs(Right.LOOK_UP)
def own_roles(desk: Desk) -> tuple[str, ...]:
    """The ids of the roles of who is at work."""
    me = desk.practitioner()
    return (me.profession or "none", *((ADMINISTRATOR,) if me.administrator else ()))


def _order(row: RightWords | ProfessionRights) -> int:
    return row.order
