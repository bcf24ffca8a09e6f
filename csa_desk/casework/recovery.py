"""Recovery: what was made, what was proved, and the way back in for somebody who lost their passphrase."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from csa_desk.casework.desk import Desk
from csa_desk.casework.founding import passphrase_fault, write_beside
from csa_desk.casework.passphrases import Deriving
from csa_desk.casework.rights import Right, needs
from csa_desk.errors import DeskError, InputError, VaultError
from csa_desk.records.ids import new_id
from csa_desk.records.vault import Practitioner, Profession, RecoveryProof
from csa_desk.store import recovering, slots
from csa_desk.store.header import Header, Opened
from csa_desk.store.opening import Opener
from csa_desk.store.recovering import Person, ServiceEntry
from csa_desk.store.shares import NewShares, new_shares, read_shares, share_text

SHEET, SHARES = recovering.SHEET, recovering.SHARES
REHEARSE_EVERY = "recovery-rehearsal"
BACK_BY_SHEET = (
    "You are back in, and your new passphrase holds from now on. The old one opens nothing any more. Your recovery "
    "sheet still works, so lock it away again."
)
BACK_BY_SHARES = (
    "You are back in, and your new passphrase holds from now on. What you had before, a recovery sheet too, opens "
    "nothing any more: make a new sheet in Settings, under Recovery. The shares still work, so give them back to the "
    "people who keep them."
)
"""What is said once somebody has come back in: what opens the vault from now on, and what to do with the papers."""
T = TypeVar("T")

__all__ = ["SHARES", "SHEET", "NewShares", "Opened", "Person", "new_shares"]


@dataclass(frozen=True, slots=True)
class Way:
    """One way back in: whether it was made, when a rehearsal last proved it (ISO day), and whether it is time again."""

    kind: str
    made: bool
    proved_on: str
    due: bool


@needs(Right.LOOK_UP)
def ways_back(desk: Desk) -> list[Way]:
    """One's own sheet and the service's shares."""
    vault = desk.vault
    letters = {
        SHEET: slots.letters_of(vault, vault.practitioner).get(SHEET, ""),
        SHARES: recovering.service_slot(vault.header),
    }
    known = {
        kind: slots.is_entered(vault, letter, vault.practitioner if kind == SHEET else "")
        for kind, letter in letters.items()
    }
    proofs = vault.whole.find(RecoveryProof)
    every = desk.days(REHEARSE_EVERY)
    found = []
    for kind, letter in letters.items():
        # Where the header holds something else than history knows, what was proved of it was proved of another one.
        proved = max((item.on for item in proofs if known[kind] and letter == item.letter != ""), default="")
        since = desk.days_since(proved) if proved else None
        found.append(Way(kind, bool(letter), proved, bool(letter) and (since is None or since >= every)))
    return found


@dataclass(frozen=True, slots=True)
class Rehearsing:
    """The slow part of a rehearsal, for any thread: opens the slot, changes nothing, returns what ``proved`` is given.

    ``papers``: the words of one sheet, or of two shares. Raises with one plain sentence where they do not open.
    """

    kind: str
    made: Header
    practitioner: str
    papers: Sequence[str] = field(repr=False)

    def __call__(self) -> Opened:
        """Open it."""
        if self.kind == SHEET:
            return recovering.rehearse_sheet(self.made, self.practitioner, " ".join(self.papers))
        return recovering.rehearse_shares(self.made, list(self.papers))


@needs(Right.OWN_KEYS)
def rehearsing(desk: Desk, kind: str, papers: Sequence[str]) -> Rehearsing:
    """The slow part for this vault and practitioner."""
    return Rehearsing(kind, desk.vault.header, desk.vault.practitioner, papers)


@needs(Right.OWN_KEYS)
def proved(desk: Desk, opened: Opened) -> RecoveryProof:
    """A rehearsal opened this today. Raises :class:`VaultError` where the keys in it are somebody else's."""
    return recovering.prove(desk.vault, opened, desk.today)


@needs(Right.SERVICE_KEYS)
def make_shares(desk: Desk, made: NewShares, roots: Mapping[str, bytes]) -> None:
    """The service gets a new recovery key that two of these shares open; older shares open nothing any more."""
    recovering.make_shares(desk.vault, made, roots[SHARES])
    with desk.vault.write() as writing:
        writing.log_access("shares-made", "vault")


@needs(Right.SERVICE_KEYS)
def deriving_shares(desk: Desk, made: NewShares) -> Deriving:
    """The slow part of making shares, for any thread."""
    return Deriving(desk.vault.header, {SHARES: made.secret})


def save_share(made: NewShares, number: int, folder: Path, out: Path) -> None:
    """Write share 1, 2 or 3 as plain text. Raises :class:`InputError`; overwrites nothing."""
    write_beside(share_text(folder.name, number, made.papers[number - 1]), folder, out)


# --- words as they are typed ---------------------------------------------------------------------------------


def sheet_fault(typed: str) -> str:
    """What is wrong with the words of a sheet in themselves, as a sentence; empty if they agree."""
    return _fault_of(recovering.read_one_sheet, typed)


def shares_fault(papers: Sequence[str]) -> str:
    """What is wrong with the words of two shares in themselves, as a sentence; empty if they fit together."""
    return _fault_of(read_shares, list(papers))


def _fault_of(read: Callable[[T], str], typed: T) -> str:
    try:
        read(typed)
    except DeskError as fault:
        return str(fault)
    return ""


# --- coming back: before any desk stands ----------------------------------------------------------------------


def come_back_by_sheet(opener: Opener, folder: Path, typed: str, new_passphrase: str) -> None:
    """Take a new passphrase with one's recovery sheet (slow; on any thread). The old one opens nothing any more."""
    unlocked = opener.unlock_by_sheet(folder, typed)
    with opener.attach(unlocked) as vault:
        people = [item.name for item in vault.whole.find(Practitioner)]
        own = slots.letters_of(vault, vault.practitioner)
        roots = Deriving(vault.header, {slots.PASSPHRASE: new_passphrase}, (*people, folder.stem), own)()
        slots.set_way(vault, slots.PASSPHRASE, roots[slots.PASSPHRASE])
        with vault.write() as writing:
            writing.log_access("sheet-used", "vault")


def people_behind_shares(opener: Opener, folder: Path, papers: Sequence[str]) -> list[Person]:
    """Who works in a vault that two shares open (slow; on any thread); nothing is changed."""
    with ServiceEntry(opener.attach(opener.unlock_by_shares(folder, list(papers)))) as entry:
        return entry.people()


def make_first_shares(opener: Opener, folder: Path, passphrase: str) -> NewShares:
    """Make the service's shares of a vault that was just made (slow; on any thread)."""
    made = new_shares()
    with opener.open(folder, passphrase) as vault:
        recovering.make_shares(vault, made, Deriving(vault.header, {SHARES: made.secret})()[SHARES])
        with vault.write() as writing:
            writing.log_access("shares-made", "vault")
    return made


@dataclass(frozen=True, slots=True)
class Back:
    """Who comes back: a practitioner of the vault by ``id``, or with an empty id somebody new of this name."""

    id: str
    name: str = ""
    profession: str = Profession.MANAGER


def come_back_by_shares(
    opener: Opener, folder: Path, papers: Sequence[str], who: Back, new_passphrase: str
) -> None:
    """Give a practitioner new keys and a new passphrase by two shares (slow; on any thread).

    It is logged, and everybody is told at their next unlock. Somebody new becomes administrator, so that the service
    can go on from there.
    """
    with ServiceEntry(opener.attach(opener.unlock_by_shares(folder, list(papers)))) as entry:
        new = None
        if not who.id:
            if not who.name.strip():
                raise InputError("Give the name of whom you add. Nothing was changed.")
            new = Practitioner(
                id=new_id(), name=who.name.strip(), profession=who.profession, administrator=True
            )
        weak = passphrase_fault(new_passphrase, (*entry.known_names(), who.name))
        if weak:
            raise VaultError(weak)
        root = slots.derive_new(entry.made, new_passphrase)
        entry.bring_back(who.id, {slots.PASSPHRASE: root}, new=new)
