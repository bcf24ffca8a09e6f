"""Who works in this vault: listed, added, changed, removed."""

from dataclasses import dataclass, replace

from csa_desk.casework.desk import Desk
from csa_desk.casework.passphrases import Deriving, Roots, names_known
from csa_desk.casework.rights import Right, needs
from csa_desk.casework.service import PROFESSIONS
from csa_desk.errors import InputError, RefusedError
from csa_desk.records.ids import new_id
from csa_desk.records.vault import Practitioner, Profession
from csa_desk.store import slots
from csa_desk.store.rotating import Rotation


@dataclass(frozen=True, slots=True)
class PractitionerRow:
    """A practitioner as a list shows them. ``ways`` are what opens the vault to them: ``passphrase``, ``sheet``."""

    person: Practitioner
    profession: str
    me: bool
    ways: tuple[str, ...]

    @property
    def name(self) -> str:
        """Their name, or what stands for it."""
        return self.person.name or "No name given"


@needs(Right.LOOK_UP)
def practitioners(desk: Desk, *, left: bool = False) -> list[PractitionerRow]:
    """Everybody who works here, oneself first; with ``left`` those who have left as well."""
    names = dict(PROFESSIONS)
    rows = [
        PractitionerRow(
            item,
            names.get(Profession(item.profession), item.profession) if item.profession else "",
            item.id == desk.vault.practitioner,
            tuple(slots.letters_of(desk.vault, item.id)),
        )
        for item in desk.vault.whole.find(Practitioner)
        if left or not item.left_on
    ]
    return sorted(rows, key=_order)


def _order(row: PractitionerRow) -> tuple[bool, bool, str]:
    return bool(row.person.left_on), not row.me, row.name.casefold()


@needs(Right.LOOK_UP)
def find_practitioner(desk: Desk, said: str) -> Practitioner:
    """By id, by name, or by the beginning of the id. Raises :class:`InputError`."""
    here = [row.person for row in practitioners(desk)]
    wanted = said.strip().casefold()
    for found in (
        [item for item in here if item.id == wanted],
        [item for item in here if wanted and item.name.casefold() == wanted],
        [item for item in here if len(wanted) >= _LEAST_OF_ID and item.id.startswith(wanted)],
    ):
        if len(found) == 1:
            return found[0]
        if found:
            raise InputError(
                "Several practitioners have this name. Give the id that practitioner list shows."
            )
    raise InputError("No practitioner of this vault has this name. practitioner list shows everybody.")


_LEAST_OF_ID = 4


@needs(Right.PRACTITIONERS)
def deriving_for(desk: Desk, passphrase: str, name: str) -> Deriving:
    """The slow part of adding somebody, for any thread."""
    return Deriving(desk.vault.header, {slots.PASSPHRASE: passphrase}, (*names_known(desk), name))


@needs(Right.PRACTITIONERS)
def add_practitioner(
    desk: Desk, name: str, roots: Roots, *, profession: str = Profession.CH_ISVA, administrator: bool = False
) -> Practitioner:
    """A further practitioner with a passphrase and keys of their own; their profession says what they may do."""
    if not name.strip():
        raise InputError("Give the practitioner’s name. Nothing was changed.")
    if profession not in {key for key, _ in PROFESSIONS}:
        raise InputError("Choose what the practitioner is. Nothing was changed.")
    # On one line: in a list, a name cannot pass for two people.
    who = Practitioner(
        id=new_id(), name=" ".join(name.split()), profession=profession, administrator=administrator
    )
    slots.add(desk.vault, who, roots)
    _log(desk, "practitioner-added")
    return who


@needs(Right.PRACTITIONERS)
def change_practitioner(
    desk: Desk, practitioner: str, *, profession: str | None = None, administrator: bool | None = None
) -> Practitioner:
    """Change what somebody is, or whether they administer. Raises where nobody would be left to administer."""
    who = _here(desk, practitioner)
    if profession is not None and profession not in {key for key, _ in PROFESSIONS}:
        raise InputError("Choose what the practitioner is. Nothing was changed.")
    changed = replace(
        who,
        profession=who.profession if profession is None else profession,
        administrator=who.administrator if administrator is None else administrator,
    )
    if who.administrator and not changed.administrator and _administrators(desk) == {who.id}:
        raise RefusedError("Somebody has to administer this vault. Make a colleague administrator first.")
    with desk.vault.write() as writing:
        writing.put(changed, "changed")
    return changed


@needs(Right.PRACTITIONERS)
def remove_practitioner(desk: Desk, practitioner: str) -> Rotation:
    """Their ways in go at once. Run the returned change of the vault's key: ``prepare`` on any thread, then ``finish``.

    Copies of the vault they may have taken before stay readable to them.
    """
    who = _here(desk, practitioner)
    if who.id == desk.vault.practitioner:
        raise RefusedError("Nobody can remove themself. Ask another administrator of this vault to do it.")
    slots.take_away(desk.vault, who.id)
    _log(desk, "practitioner-removed")
    return Rotation(desk.vault)


def _here(desk: Desk, practitioner: str) -> Practitioner:
    found = desk.vault.whole.get(Practitioner, practitioner)
    if found is None or found.left_on:
        raise InputError("This practitioner does not work in this vault any more.")
    return found


def _administrators(desk: Desk) -> set[str]:
    found = desk.vault.whole.find(Practitioner, administrator=True)
    return {item.id for item in found if not item.left_on}


def _log(desk: Desk, action: str) -> None:
    with desk.vault.write() as writing:
        writing.log_access(action, "vault")
