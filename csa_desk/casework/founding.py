"""Making a vault with its first practitioner and own service, from the window: before any desk stands."""

import os
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from shamir_mnemonic.wordlist import WORDLIST

from csa_desk.errors import InputError, VaultError
from csa_desk.records.ids import new_id
from csa_desk.records.vault import OwnService, Profession
from csa_desk.store import founding, places, strength
from csa_desk.store.files import write_whole
from csa_desk.store.header import VaultKind
from csa_desk.store.opening import Opener
from csa_desk.store.sheet import sheet_text

WORDS_OFFERED = 5
ENDING = ".csadesk"


@dataclass(frozen=True, slots=True)
class NewVault:
    """What is asked before a vault is made."""

    folder: Path
    training: bool = False
    name: str = ""
    profession: str = Profession.CH_ISVA
    service: OwnService = field(default_factory=lambda: OwnService(id=new_id()))


# Words nobody should have to type each morning in this work; the list itself is fixed by SLIP-39.
_NOT_OFFERED = frozenset(
    "afraid alcohol angry armed bedroom body burning chest criminal crisis custody disease divorce enemy "
    "evidence evil fatal force grief guilt hunting hush injury inmate intimate invasion jury knife lips "
    "lying mental numb obesity pants pistol predator pregnant prisoner punish racism romp scandal scared "
    "screw secret shame skin slap slavery smear spit strike submit testify thorn threaten toxic trial "
    "trouble ugly unfair unhappy unkind vampire verdict vexed victim violence weapon".split()
)
_KIND_WORDS = tuple(word for word in WORDLIST if word not in _NOT_OFFERED)


def offered_passphrase() -> str:
    """Five words drawn by chance from nearly a thousand that are hard to mistake for each other: 49 random bits."""
    return " ".join(secrets.choice(_KIND_WORDS) for _ in range(WORDS_OFFERED))


def passphrase_fault(passphrase: str, known: Iterable[str] = ()) -> str:
    """What is wrong with a passphrase, as a sentence; empty if it will do. ``known``: names it must not rest on."""
    try:
        strength.refuse_weak(passphrase, known)
    except VaultError as fault:
        return str(fault)
    return ""


def home_for_vaults() -> Path:
    """The folder a new vault is offered in: the user's documents where that folder exists, else their home."""
    home = Path.home()
    documents = home / "Documents"
    return documents if documents.is_dir() else home


def offered_folder(service: str) -> Path:
    """A new folder named after the service, beside what is there already."""
    plain = re.sub(r"[^\w]+", "-", service.casefold()).strip("-")[:40] or "desk"
    beside = home_for_vaults()
    number = 1
    while (beside / _numbered(plain, number)).exists():
        number += 1
    return beside / _numbered(plain, number)


def _numbered(plain: str, number: int) -> str:
    return f"{plain}{ENDING}" if number == 1 else f"{plain}-{number}{ENDING}"


def vault_folder(typed: str) -> Path:
    """The folder as typed, with the ending of a vault where it was left off."""
    folder = Path(typed.strip()).expanduser()
    return folder if folder.name.endswith(ENDING) else folder.parent / f"{folder.name}{ENDING}"


def folder_fault(typed: str) -> str:
    """Why no vault can be made at what was typed, as a sentence; empty if it seems to go."""
    if not typed.strip():
        return "Say where the vault is to be kept"
    folder = vault_folder(typed)
    if not folder.is_absolute():
        return "Give the whole place, from the drive or the first / on"
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            return "There is already something at that place. Choose a new, empty folder"
        stands = next((place for place in (folder, *folder.parents) if place.exists()), None)
    except OSError:
        return "That place cannot be looked at. Choose another one"
    if stands is None or not stands.is_dir() or not os.access(stands, os.W_OK):
        return "Nothing can be written at that place. Choose another one"
    return ""


def folder_risk(typed: str) -> str:
    """What speaks against keeping a vault there: a cloud-synced or network folder. Empty if nothing is seen."""
    return places.risk_of(Path(typed.strip()).expanduser()) if typed.strip() else ""


def make_vault(opener: Opener, wanted: NewVault, passphrase: str) -> str:
    """Make the vault; returns the sixteen words of its recovery sheet. Nothing is left behind on a failure."""
    founder = founding.Founder(wanted.name, wanted.profession, wanted.service)
    kind = VaultKind.TRAINING if wanted.training else VaultKind.LIVE
    return opener.create(wanted.folder, passphrase, kind=kind, founder=founder)


def save_sheet(words: str, folder: Path, out: Path) -> None:
    """Write the recovery sheet of the vault in ``folder`` as plain text.

    Raises :class:`InputError` where it cannot be written; overwrites nothing.
    """
    write_beside(sheet_text(folder.name, words), folder, out)


def write_beside(text: str, folder: Path, out: Path) -> None:
    """Write words that open a vault to a new file outside its folder. Raises :class:`InputError`."""
    try:
        inside = out.resolve().is_relative_to(folder.resolve())
        if out.exists():
            raise InputError("There is already something of that name. Give a new name")
        if inside:
            raise InputError("Keep the words apart from the vault, not inside its folder")
        write_whole(out, text.encode())
    except OSError:
        raise InputError("The file could not be written there. Give another place") from None
