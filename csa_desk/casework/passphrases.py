"""Passphrases and one's own keys: a new passphrase, a new sheet, and what to do where a passphrase may be known.

The slow part is one derivation for each secret. It stands in callables that know the header alone, so that a window
runs them on a thread beside; the verbs take what they made.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from csa_desk.casework.desk import Desk
from csa_desk.casework.founding import passphrase_fault
from csa_desk.casework.rights import Right, needs
from csa_desk.errors import VaultError, WrongPassphraseError
from csa_desk.records.vault import Practitioner
from csa_desk.store import slots
from csa_desk.store.header import Header
from csa_desk.store.rotating import Rotation
from csa_desk.store.sheet import new_sheet

PASSPHRASE, SHEET = slots.PASSPHRASE, slots.SHEET
Roots = Mapping[str, bytes]
"""What opens a way in (``passphrase``, ``sheet``) → what was derived from its secret."""


@needs(Right.LOOK_UP)
def names_known(desk: Desk) -> tuple[str, ...]:
    """Names that anybody would try first: of practitioners, the service, the vault."""
    people = [item.name for item in desk.vault.whole.find(Practitioner)]
    return (*people, desk.own_service().name, desk.vault.folder.stem)


@needs(Right.LOOK_UP)
def fault(desk: Desk, passphrase: str) -> str:
    """What is wrong with a new passphrase, as a sentence; empty if it will do."""
    return passphrase_fault(passphrase, names_known(desk))


@dataclass(frozen=True, slots=True)
class Deriving:
    """The slow part of a change of ways in; holds no vault. Call it on any thread; it returns :data:`Roots`.

    ``current``: where given, it must be the passphrase of the slot ``own[PASSPHRASE]`` as it is now. Raises
    :class:`WrongPassphraseError`, :class:`VaultError` (too weak), :class:`RefusedError` (opens a slot already).
    """

    made: Header
    wanted: Mapping[str, str] = field(repr=False)
    known: Iterable[str] = ()
    own: Mapping[str, str] = field(default_factory=dict)
    current: str | None = field(default=None, repr=False)

    def __call__(self) -> dict[str, bytes]:
        """Derive."""
        weak = passphrase_fault(self.wanted[PASSPHRASE], self.known) if PASSPHRASE in self.wanted else ""
        if weak:
            raise VaultError(weak)
        if self.current is not None and slots.opens(self.made, self.current) not in self.own.values():
            raise WrongPassphraseError("This is not your passphrase as it is now. Nothing was changed.")
        letters = frozenset(self.own.values())
        return {way: slots.derive_new(self.made, secret, letters) for way, secret in self.wanted.items()}


@needs(Right.OWN_KEYS)
def deriving(desk: Desk, wanted: Mapping[str, str], *, current: str | None = None) -> Deriving:
    """The slow part for one's own ways in."""
    vault = desk.vault
    return Deriving(
        vault.header, wanted, names_known(desk), slots.letters_of(vault, vault.practitioner), current
    )


@needs(Right.OWN_KEYS)
def change_passphrase(desk: Desk, roots: Roots) -> None:
    """One's own slot is sealed under the new passphrase; the old one opens nothing any more."""
    slots.set_way(desk.vault, PASSPHRASE, roots[PASSPHRASE])
    _log(desk, "passphrase-changed")


@needs(Right.OWN_KEYS)
def take_sheet(desk: Desk, roots: Roots) -> None:
    """A new recovery sheet opens one's own slot; an older sheet opens nothing any more."""
    slots.set_way(desk.vault, SHEET, roots[SHEET])
    _log(desk, "sheet-made")


@needs(Right.OWN_KEYS)
def renewal(desk: Desk, roots: Roots) -> Rotation:
    """My passphrase may be known: new keys of one's own, new ways in, a new data key for the vault.

    A sheet that is not among ``roots`` opens nothing any more. Run the returned change: ``prepare`` on any thread, then
    ``finish``. Copies of the vault that were taken before stay readable with the old passphrase.
    """
    own, ways = slots.renewed(desk.vault, roots)
    return Rotation(desk.vault, slots=ways, own=own)


@needs(Right.SERVICE_KEYS)
def key_change(desk: Desk) -> Rotation:
    """A new data key for the vault; nobody's passphrase changes. Run the returned change as :func:`renewal`'s."""
    return Rotation(desk.vault)


def new_words() -> str:
    """The words of a new recovery sheet; they count once :func:`take_sheet` or :func:`renewal` took them."""
    return new_sheet()


def _log(desk: Desk, action: str) -> None:
    with desk.vault.write() as writing:
        writing.log_access(action, "vault")
