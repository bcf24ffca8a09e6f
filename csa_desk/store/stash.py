"""Words that the vault could not take at lock: sealed to their author, on this computer, until the next unlock.

A pulled stick or a full disk must not cost a sentence. The file lies in local application data, age-sealed to the
practitioner's public key; only their next unlock can read it, and then it goes.
"""

import contextlib
import json
from pathlib import Path

from csa_desk.store.files import OWNER_ONLY_FOLDER, write_whole
from csa_desk.store.keys import Identity, seal_to

Kept = dict[str, tuple[str, int]]


def _path(local_data: Path, vault_id: str, practitioner: str) -> Path:
    return local_data / "vaults" / f"{vault_id}.{practitioner}.stash"


def put(local_data: Path, vault_id: str, practitioner: str, recipient: str, words: Kept) -> bool:
    """Seal drafts (key → text and cursor); False where this computer's disk does not take them either."""
    path = _path(local_data, vault_id, practitioner)
    sealed = seal_to(recipient, json.dumps({key: list(value) for key, value in words.items()}).encode())
    try:
        path.parent.mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
        write_whole(path, sealed)
    except OSError:
        return False
    return True


def take(local_data: Path, vault_id: str, practitioner: str, identity: Identity) -> Kept:
    """What was stashed, or nothing. The file stays until :func:`drop`, so that a crash in between loses nothing."""
    try:
        opened = identity.open(_path(local_data, vault_id, practitioner).read_bytes())
        found = json.loads(opened) if opened is not None else {}
        if not isinstance(found, dict):
            return {}
        return {str(key): (str(text), int(cursor)) for key, (text, cursor) in found.items()}
    except (OSError, ValueError, TypeError):
        return {}


def drop(local_data: Path, vault_id: str, practitioner: str) -> None:
    """It was taken back into the vault. Where it cannot be removed it stays, sealed, for its author alone."""
    with contextlib.suppress(OSError):
        _path(local_data, vault_id, practitioner).unlink(missing_ok=True)
