"""Reading a backup back from the disk, all of it, and holding it against its manifest (design §4)."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from csa_desk.errors import DeskError
from csa_desk.store import header, schema
from csa_desk.store.copying import CopyStoppedError
from csa_desk.store.engine import DatabaseKey, connect
from csa_desk.store.manifest import Manifest, Watch, digest_of, heads_of, read_manifest, unwatched
from csa_desk.store.pages import look_through
from csa_desk.store.vault import DATABASE

_STEPS_A_LOOK = 100_000


def prove(folder: Path, secret: DatabaseKey, watch: Watch = unwatched) -> list[str]:
    """Read a backup from the disk, all of it, and hold it against its manifest. What is wrong, as sentences.

    Every page against its seal, the database's own structure, the digests, and how far each replica had come.
    Whatever ``watch`` raises ends it.
    """
    manifest = read_manifest(folder)
    if manifest is None or not manifest.is_sealed_by(secret.key):
        return ["The list of what it holds (manifest.json) is missing, damaged or was changed."]
    faults = []
    try:
        if digest_of(folder / header.NAME) != manifest.files.get(header.NAME):
            faults.append("Its header (vault.json) is damaged or was changed.")
    except OSError:
        faults.append("Its header (vault.json) is missing or cannot be read.")
    try:
        faults.extend(_prove_database(folder / DATABASE, secret, manifest, watch))
    except OSError:
        faults.append("Its database (case.db) is missing or cannot be read.")
    except (DeskError, dbapi2.DatabaseError) as fault:
        if isinstance(fault, CopyStoppedError):
            raise
        faults.append("Its database (case.db) does not open.")
    return faults


def _prove_database(path: Path, secret: DatabaseKey, manifest: Manifest, watch: Watch) -> Iterator[str]:
    looked = look_through(path, secret, watch)
    if looked.damaged:
        yield f"{len(looked.damaged)} of {looked.pages} pages of its database are damaged."
        return
    if looked.digest != manifest.files.get(DATABASE):
        yield "Its database (case.db) is another one than was copied."
    raw = connect(path, secret, read_only=True)
    try:
        with _watched(raw, watch, looked.pages):
            if raw.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                yield "The structure of its database is damaged."
                return
        about = dict(raw.execute("SELECT name, value FROM about").fetchall())
        if (about.get("vault_id"), about.get("generation"), about.get("kind")) != (
            manifest.vault_id,
            str(manifest.generation),
            manifest.kind,
        ):
            yield "Its database belongs to another vault or to another time than its header."
        count = int(raw.execute("SELECT count(*) FROM revision").fetchone()[0])
        if (heads_of(raw), count) != (manifest.heads, manifest.revisions):
            yield "Its history is shorter or longer than what was copied."
        if not schema.triggers_stand(raw):
            yield "The guard that keeps its history from being changed was taken out."
    finally:
        raw.close()


@contextlib.contextmanager
def _watched(raw: Any, watch: Watch, pages: int) -> Iterator[None]:
    """Let a long statement be broken off; what ``watch`` raised goes on upwards."""
    stopped: list[BaseException] = []

    def look() -> int:
        try:
            watch(pages, pages)
        except CopyStoppedError as fault:
            stopped.append(fault)
            return 1
        return 0

    raw.set_progress_handler(look, _STEPS_A_LOOK)
    try:
        yield
    except dbapi2.OperationalError:
        if stopped:
            raise stopped[0] from None
        raise
    finally:
        raw.set_progress_handler(None, 0)
