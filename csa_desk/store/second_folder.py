"""The second folder for backups, such as a USB stick: remembered by this computer, for each vault (design §4)."""

import json
from dataclasses import asdict, dataclass

from csa_desk.store.files import OWNER_ONLY_FOLDER, write_whole
from csa_desk.store.vault import OpenVault


@dataclass(frozen=True, slots=True)
class Chosen:
    """``folder`` is empty where none was chosen; ``proved`` is the moment of the last backup proved there."""

    folder: str = ""
    proved: str = ""


def read(vault: OpenVault) -> Chosen:
    """What was chosen on this computer; nothing where that cannot be read."""
    try:
        found = json.loads(vault.local_note("backups").read_bytes())
        return Chosen(str(found["folder"]), str(found["proved"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Chosen()


def write(vault: OpenVault, chosen: Chosen) -> None:
    """Remember. Raises ``OSError``."""
    path = vault.local_note("backups")
    path.parent.mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
    write_whole(path, json.dumps(asdict(chosen)).encode())
