"""Making a vault with its first practitioner and own service, from the window: before any desk stands."""

import os
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from shamir_mnemonic.wordlist import WORDLIST

from csa_desk.errors import InputError, VaultError
from csa_desk.records.ids import new_id
from csa_desk.records.vault import OwnService, Profession
from csa_desk.store import founding, places
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


def offered_passphrase() -> str:
    """Five words drawn by chance from a list of 1,024 that are hard to mistake for each other: 50 random bits."""
    return " ".join(secrets.choice(WORDLIST) for _ in range(WORDS_OFFERED))


def passphrase_fault(passphrase: str) -> str:
    """What is wrong with a passphrase, as a sentence; empty if it will do."""
    try:
        founding.refuse_weak(passphrase)
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
    try:
        inside = out.resolve().is_relative_to(folder.resolve())
        if out.exists():
            raise InputError("There is already something of that name. Give a new name")
        if inside:
            raise InputError("Keep the words apart from the vault, not inside its folder")
        write_whole(out, sheet_text(folder.name, words).encode())
    except OSError:
        raise InputError("The file could not be written there. Give another place") from None
