"""This computer's marker: which replica ids of a vault it writes, and how far each had come (design §5).

One JSON file for each vault in local application data, holding no content: replica ids, hashes, counts and
folder names. It lets an old, copied or moved vault be noticed before anything is written.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from csa_desk.store.files import OWNER_ONLY_FOLDER, write_whole


@dataclass(frozen=True, slots=True)
class Head:
    """How far a replica had come on this computer: its last revision (hex), how many it wrote, where.

    ``writing`` is set before the first write of a session and cleared when it ends, so that after a crash a
    second copy of the vault cannot go on under the same id. ``left`` names why the id is no longer used.
    """

    last: str
    count: int
    folder: str
    writing: bool = False
    left: str = ""


class Marker:
    """The marker of one vault."""

    def __init__(self, local_data: Path, vault_id: str) -> None:
        self._path = local_data / "vaults" / f"{vault_id}.json"
        self.heads: dict[str, Head] = {}
        try:
            found = json.loads(self._path.read_bytes())
            self.heads = {replica: Head(**head) for replica, head in found["replicas"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            self.heads = {}

    @property
    def lock_path(self) -> Path:
        """Where a lock says that a replica of this vault is open on this computer."""
        return self._path.with_suffix(".lock")

    def current(self) -> tuple[str, Head] | None:
        """The replica id that goes on being written on this computer, if there is one."""
        for replica, head in self.heads.items():
            if not head.left:
                return replica, head
        return None

    def set(self, replica: str, head: Head) -> None:
        """Remember, durably."""
        self.heads[replica] = head
        self._path.parent.mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
        content = {"replicas": {name: asdict(known) for name, known in self.heads.items()}}
        write_whole(self._path, json.dumps(content, indent=1).encode())
