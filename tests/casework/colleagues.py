"""A second practitioner in a vault that is open, and their own desk over it."""

from collections.abc import Iterator
from contextlib import contextmanager

from csa_desk.casework.desk import Desk
from csa_desk.records.ids import new_id
from csa_desk.records.vault import Practitioner
from csa_desk.store import keys, slots
from csa_desk.store.opening import Opener

PASSPHRASE = "eight noisy badgers march"


def add_colleague(
    desk: Desk, name: str = "Bryn Aldersey", profession: str = "", *, administrator: bool = False
) -> str:
    """Give a colleague a slot that PASSPHRASE opens; returns their id. An empty profession is none."""
    who = Practitioner(id=new_id(), name=name, profession=profession, administrator=administrator)
    made = desk.vault.header
    root = keys.derive_root(PASSPHRASE, made.salt, made.cost)
    slots.add(desk.vault, who, {slots.PASSPHRASE: root})
    return who.id


@contextmanager
def at_work(opener: Opener, desk: Desk) -> Iterator[Desk]:
    """Close the desk's vault and open it as the colleague."""
    folder = desk.vault.folder
    desk.vault.close()
    with opener.open(folder, PASSPHRASE) as vault:
        yield Desk(vault, desk.packs)
