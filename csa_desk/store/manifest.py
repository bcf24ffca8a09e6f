"""What a backup is: its folder, its name, and the manifest that says what it must be (design §4)."""

import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from csa_desk.records.dates import spoken
from csa_desk.store import keys
from csa_desk.store.files import write_whole

BACKUPS = "backups"
MANIFEST = "manifest.json"
FORMAT = "csa-desk backup"
VERSION = 1
LARGEST_MANIFEST = 10_000_000
NAME = "%Y%m%dT%H%M%SZ"
"""How a backup's folder is named by its moment."""

Watch = Callable[[int, int], None]
"""Called with parts done and parts in all while something long runs; what it raises ends it."""


def unwatched(_done: int, _all: int) -> None:
    """Nobody looks on."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup must be. ``heads``: replica → how many revisions it wrote and the last (hex)."""

    vault_id: str
    generation: int
    kind: str
    made: str
    heads: dict[str, tuple[int, str]]
    revisions: int
    files: dict[str, str]
    seal: str = ""

    def sealed(self, data_key: bytes) -> "Manifest":
        """With the seal that only somebody who holds the data key can make."""
        return replace(self, seal=self._seal(data_key))

    def is_sealed_by(self, data_key: bytes) -> bool:
        """Whether that seal is right."""
        return hmac.compare_digest(self._seal(data_key).encode(), self.seal.encode("utf-8", "replace"))

    def _seal(self, data_key: bytes) -> str:
        return hmac.new(keys.expand(data_key, "backup"), self._bytes(), hashlib.sha256).hexdigest()

    def _bytes(self) -> bytes:
        body = {name: value for name, value in self.content().items() if name != "seal"}
        return json.dumps(body, sort_keys=True, separators=(",", ":")).encode()

    def content(self) -> dict[str, Any]:
        """As written to the file."""
        return {"format": FORMAT, "version": VERSION, **asdict(self)}


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was proved when it was made. ``manifest`` is ``None`` where it cannot be read any more."""

    folder: Path
    manifest: Manifest | None = field(repr=False)

    @property
    def made(self) -> str:
        """When, as an ISO moment; from the folder's name where the manifest is lost."""
        if self.manifest is not None:
            return self.manifest.made
        return datetime.strptime(self.folder.name[:16], NAME).replace(tzinfo=UTC).isoformat()


def when(moment: str) -> str:
    """*24 November 2026, 10:42*, where the user is."""
    local = datetime.fromisoformat(moment).astimezone()
    return f"{spoken(local.date().isoformat())}, {local:%H:%M}"


@dataclass(frozen=True, slots=True)
class Keep:
    """How many backups stay: the newest of so many days, weeks and months that have one."""

    days: int
    weeks: int
    months: int


# --- what is there ---------------------------------------------------------------------------------------------


def backups_in(place: Path) -> list[Backup]:
    """The backups in a folder, newest first; none where it is not there or cannot be read."""
    try:
        found = [folder for folder in place.iterdir() if folder.is_dir() and is_name(folder.name)]
    except OSError:
        return []
    return sorted((Backup(folder, read_manifest(folder)) for folder in found), key=_age, reverse=True)


def _age(backup: Backup) -> tuple[str, str]:
    return backup.made, backup.folder.name


def is_name(name: str) -> bool:
    try:
        datetime.strptime(name[:16], NAME)  # noqa: DTZ007 - only whether it is one
    except ValueError:
        return False
    return not name[16:] or (name[16] == "-" and name[17:].isdecimal())


def read_manifest(folder: Path) -> Manifest | None:
    """What a backup says it is, its seal not yet checked; ``None`` where that cannot be read."""
    try:
        path = folder / MANIFEST
        if path.stat().st_size > LARGEST_MANIFEST:
            return None
        found = json.loads(path.read_bytes())
        if (found["format"], found["version"]) != (FORMAT, VERSION):
            return None
        made = Manifest(
            vault_id=str(found["vault_id"]),
            generation=int(found["generation"]),
            kind=str(found["kind"]),
            made=str(found["made"]),
            heads={str(name): (int(count), str(last)) for name, (count, last) in found["heads"].items()},
            revisions=int(found["revisions"]),
            files={str(name): str(digest) for name, digest in found["files"].items()},
            seal=str(found["seal"]),
        )
        datetime.fromisoformat(made.made)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return made


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write what the backup must be: the last of its files."""
    write_whole(folder / MANIFEST, json.dumps(manifest.content(), indent=1, sort_keys=True).encode())


def heads_of(raw: Any) -> dict[str, tuple[int, str]]:
    """How far each replica had come in a database: how many revisions, and the last (hex)."""
    rows = raw.execute("SELECT replica, count, last FROM replica_head").fetchall()
    return {str(replica): (int(count), bytes(last).hex()) for replica, count, last in rows}


def digest_of(path: Path, watch: Watch = unwatched) -> str:
    """SHA-256 of a file, in hex."""
    digest = hashlib.sha256()
    total, done = path.stat().st_size, 0
    with path.open("rb") as handle:
        while part := handle.read(1 << 20):
            digest.update(part)
            done += len(part)
            watch(done, total)
    return digest.hexdigest()


def kept(backups: list[Backup], keep: Keep) -> list[Backup]:
    """The backups that stay, of all that are there newest first."""
    stays: dict[Path, Backup] = {}
    for number, period in ((keep.days, _day), (keep.weeks, _week), (keep.months, _month)):
        seen: set[object] = set()
        for backup in backups:
            key = period(datetime.fromisoformat(backup.made).astimezone())
            if key not in seen and len(seen) < number:
                seen.add(key)
                stays[backup.folder] = backup
    return list(stays.values())


def _day(moment: datetime) -> object:
    return moment.date()


def _week(moment: datetime) -> object:
    return moment.isocalendar()[:2]


def _month(moment: datetime) -> object:
    return moment.year, moment.month
