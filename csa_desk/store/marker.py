"""This computer's marker: which replica ids of a vault it writes, and how far each had come (design §5).

One JSON file for each vault in local application data, holding no content: replica ids, hashes, counts and
folder names. It lets an old, copied or moved vault be noticed before anything is written.
"""

import json
import re
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from csa_desk.store.files import OWNER_ONLY_FOLDER, write_whole


@dataclass(frozen=True, slots=True)
class Head:
    """How far a replica had come on this computer: its last revision (hex), how many it wrote, where.

    ``writing`` is set before the first write of a session and cleared when it ends: after a crash nobody knows how
    far the replica had come, so its id is not used again. ``left`` names why the id is no longer used.
    """

    last: str
    count: int
    folder: str
    writing: bool = False
    left: str = ""


class Marker:
    """The marker of one vault."""

    def __init__(self, local_data: Path, vault_id: str) -> None:
        self.vault_id = vault_id
        self._path = local_data / "vaults" / f"{vault_id}.json"
        self.heads = self._read()

    def _read(self) -> dict[str, Head]:
        try:
            found = json.loads(self._path.read_bytes())
            heads = {replica: Head(**head) for replica, head in found["replicas"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}
        return heads if all(_sound(head) for head in heads.values()) else {}

    def lock_path(self, replica: str) -> Path:
        """Where a lock says that this replica is open on this computer."""
        return self._path.with_suffix(f".{replica}.lock")

    def note(self, name: str) -> Path:
        """Where this computer keeps something else about this vault."""
        return self._path.with_suffix(f".{name}.json")

    def in_use(self) -> dict[str, Head]:
        """The replica ids that go on being written on this computer: one for each copy of the vault."""
        return {replica: head for replica, head in self.heads.items() if not head.left}

    def set(self, replica: str, head: Head, instead_because: str = "") -> None:
        """Remember, durably. With a reason, no other replica id goes on in this head's folder."""
        self.heads.update(self._read())  # another copy of the vault may be open and have written its own
        if instead_because:
            for other, known in self.in_use().items():
                if known.folder == head.folder and other != replica:
                    self.heads[other] = replace(known, left=instead_because, writing=False)
        self.heads[replica] = head
        self._path.parent.mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
        content = {"replicas": {name: asdict(known) for name, known in self.heads.items()}}
        write_whole(self._path, json.dumps(content, indent=1).encode())


def _sound(head: Head) -> bool:
    return (
        isinstance(head.last, str)
        and re.fullmatch(r"([0-9a-f]{64})?", head.last) is not None
        and isinstance(head.count, int)
        and isinstance(head.folder, str)
    )
