"""A vault made from another one: in a new folder beside it, whole or not at all."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from csa_desk.errors import InputError
from csa_desk.store import files, founding, header
from csa_desk.store.vault import DATABASE, LOCK

HALF = "being-made"
"""A file that stands in the new folder until all of it is there: what a kill left may be cleared away by it."""
SCRATCH = "damaged.db"
"""A copy of a damaged database while it is read."""
_BACKUPS = "backups"

_OURS = (DATABASE, SCRATCH, header.BACKUP_NAME, header.NAME, LOCK)


def refuse_target(target: Path, source: Path) -> None:
    """Raise :class:`InputError` where no vault may be made from the vault or backup ``source``."""
    inside, old = target.expanduser().resolve(), source.resolve()
    vault = old.parent.parent if old.parent.name == _BACKUPS else old
    if inside == vault or vault in inside.parents:
        raise InputError(
            "A vault is restored beside the old one, never over it or inside it. Name a new folder."
        )
    try:
        taken = target.exists() and (not target.is_dir() or any(target.iterdir())) and not _is_half(target)
    except OSError:
        raise InputError("That place cannot be looked at. Name another new folder.") from None
    if taken:
        raise InputError("There is already something at that place. Name a new folder; nothing was changed.")


@contextlib.contextmanager
def filling(target: Path) -> Iterator[None]:
    """Fill a new folder; on a failure nothing is left. The header is to be written last: without it, it is no vault."""
    if target.is_dir() and _is_half(target):
        for name in _OURS:
            (target / name).unlink(missing_ok=True)
            for ending in ("-journal", ".new"):
                (target / f"{name}{ending}").unlink(missing_ok=True)
        (target / HALF).unlink()
    with founding.fresh_folder(target):
        (target / HALF).touch(mode=files.OWNER_ONLY_FILE)
        yield
        (target / HALF).unlink()


def write_header(target: Path, made: header.Header) -> None:
    """Write a header that has its seal: the copy first, so that with the header itself everything is there."""
    for name in (header.BACKUP_NAME, header.NAME):
        files.write_whole(target / name, header.as_file(made))


def _is_half(target: Path) -> bool:
    return (target / HALF).is_file() and not (target / header.NAME).exists()
