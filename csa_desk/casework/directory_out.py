"""The directory leaves as open data: an Open Referral UK folder, or sheets for people. It holds no child.

Everything is made in memory from what may leave and judged before a byte is written; a folder is built beside its
place and gets its name last, so that there is a whole export or none. Nothing that is there is replaced.
"""

import contextlib
import os
import shutil
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from csa_desk.casework.desk import Desk
from csa_desk.casework.rights import Right, needs
from csa_desk.content.models import say
from csa_desk.errors import InputError
from csa_desk.exchange.leaving import EXPORTED, NEVER, may_leave
from csa_desk.records.directory import InDirectory, Location
from csa_desk.store.files import sync_folder, write_whole

__all__ = ["DirectoryForm", "DirectoryOut", "export_directory", "prepare_directory", "save_directory"]


class DirectoryForm(StrEnum):
    """Forms in which the directory leaves."""

    ORUK = "oruk"
    CSV = "csv"
    XLSX = "xlsx"


# Under this name an export is built before it gets its own; for a file, the name that the store gives it.
_BESIDE = {DirectoryForm.ORUK: ".part", DirectoryForm.CSV: ".new", DirectoryForm.XLSX: ".new"}


@dataclass(frozen=True, slots=True)
class DirectoryOut:
    """An export ready to be saved; nothing has been written. ``files``: path below the folder → bytes, or one file.

    ``report``: a sentence for each thing that was left out or looks wrong. ``never``: what no export carries.
    """

    form: DirectoryForm
    files: dict[str, bytes]
    counts: dict[str, int]
    report: tuple[str, ...]
    never: tuple[str, ...] = NEVER

    def as_json(self, out: Path) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "path": str(out),
            "format": self.form.value,
            "counts": self.counts,
            "report": list(self.report),
            "never_carries": list(self.never),
        }


@needs(Right.LOOK_UP)
def never_carried(_desk: Desk) -> tuple[str, ...]:
    """What no export carries, a sentence each."""
    return NEVER


@needs(Right.LOOK_UP)
def prepare_directory(desk: Desk, form: str) -> DirectoryOut:
    """Make an export without writing it. Raises :class:`InputError`, and :class:`RefusedError` where a withheld address
    would leave.
    """
    if form not in set(DirectoryForm):
        raise InputError(f"The format must be one of: {', '.join(DirectoryForm)}.")
    records: list[InDirectory] = []
    for kind in EXPORTED:
        records += desk.vault.read.find(kind, removed=kind is Location)
    leaving = may_leave(records)
    titles = _titles(desk)
    wanted = DirectoryForm(form)
    if wanted is DirectoryForm.ORUK:
        from csa_desk.exchange.oruk_writing import oruk_files

        files = oruk_files(leaving, titles)
    else:
        from csa_desk.exchange import directory_sheets

        make = directory_sheets.as_csv if wanted is DirectoryForm.CSV else directory_sheets.as_xlsx
        files = {"": make(leaving, titles)}
    counts = {kind.KIND: len(leaving.all(kind)) for kind in EXPORTED if leaving.all(kind)}
    return DirectoryOut(wanted, files, dict(sorted(counts.items())), leaving.report)


@needs(Right.LOOK_UP)
def save_directory(desk: Desk, prepared: DirectoryOut, out: Path) -> None:
    """Write an export to a new file or folder: all of it or nothing. Raises :class:`InputError`."""
    if not out.name or out.name == "..":
        raise InputError("Give the name of a new file or folder. Nothing was changed.")
    try:
        beside = out.with_name(f"{out.name}{_BESIDE[prepared.form]}")
        _refuse_target(desk, out, beside)
        if prepared.form is DirectoryForm.ORUK:
            _write_folder(prepared.files, out, beside)
        else:
            write_whole(out, prepared.files[""])
    except OSError:
        raise InputError(
            "The export could not be written there: the disk is full, was taken out, or does not allow it. "
            "Nothing was changed. Free some space, or choose another place."
        ) from None


@needs(Right.LOOK_UP)
def export_directory(desk: Desk, out: Path, form: str) -> DirectoryOut:
    """Make and save an export in one go."""
    prepared = prepare_directory(desk, form)
    save_directory(desk, prepared, out)
    return prepared


def _titles(desk: Desk) -> dict[str, str]:
    found = {item.id: say(item.short) for item in desk.packs.needs.need}
    found.update((item.id, say(item.title)) for item in desk.packs.roles.role)
    return found


def _refuse_target(desk: Desk, out: Path, beside: Path) -> None:
    folder = desk.vault.folder.resolve()
    if out.resolve() == folder or folder in out.resolve().parents:
        raise InputError("That is inside the vault's own folder. Choose another place. Nothing was changed.")
    if not out.parent.is_dir():
        raise InputError("There is no such folder. Make it first, or choose another place.")
    if out.exists() or out.is_symlink():
        raise InputError(
            "There is already something of that name, and an export replaces nothing. Choose another name. "
            "Nothing was changed."
        )
    if beside.exists() or beside.is_symlink():
        raise InputError(
            f"Beside it stands something called {beside.name}, perhaps of an export that was broken off. Take it away, "
            "or choose another name. Nothing was changed."
        )


def _write_folder(files: dict[str, bytes], out: Path, beside: Path) -> None:
    beside.mkdir(mode=0o700)
    try:
        for name, content in files.items():
            path = beside / name
            path.parent.mkdir(exist_ok=True)
            with path.open("wb") as handle:
                handle.write(content)
                if not hasattr(os, "sync"):
                    handle.flush()
                    os.fsync(handle.fileno())
        if hasattr(os, "sync"):
            os.sync()  # once for thousands of files
        beside.rename(out)
    except BaseException:
        with contextlib.suppress(OSError):
            shutil.rmtree(beside)
        raise
    sync_folder(out.parent)
