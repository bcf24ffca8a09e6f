"""``csa-desk vault``: create and check."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from csa_desk.commands.adding import Noun
from csa_desk.errors import InputError

if TYPE_CHECKING:
    from csa_desk.cli import Context, Parser
    from csa_desk.commands.adding import Nouns


def add(nouns: "Nouns", common: "Parser") -> None:
    """Add the noun."""
    noun = Noun(nouns, common, "vault", "make a vault, check a vault")
    create = noun.verb("create", "make a new vault in DIR", _create)
    create.add_argument("dir", metavar="DIR", help="a new folder, best named NAME.csadesk")
    create.add_argument(
        "--training", action="store_true", help="for invented data only; never mixes with live"
    )
    create.add_argument("--name", default="", help="your name, as colleagues know it")
    create.add_argument(
        "--recovery-out", metavar="FILE", help="write the recovery sheet here; print it, then shred it"
    )
    noun.verb("check", "hold a vault against its own history", _check)


def _create(context: "Context") -> int:
    from csa_desk.store.founding import Founder
    from csa_desk.store.header import VaultKind

    arguments = context.arguments
    sheet_file = Path(arguments.recovery_out) if arguments.recovery_out else None
    folder = Path(arguments.dir)
    if sheet_file is not None:
        _refuse_place(sheet_file, folder)
    words = context.opener.create(
        folder,
        context.passphrase(),
        kind=VaultKind.TRAINING if arguments.training else VaultKind.LIVE,
        founder=Founder(arguments.name),
        sheet=sheet_file is not None,
    )
    if sheet_file is not None:
        from csa_desk.store.files import write_whole
        from csa_desk.store.sheet import sheet_text

        try:
            write_whole(sheet_file, sheet_text(folder.name, words).encode())
        except OSError:
            sys.stderr.write(
                "The vault was made, but the recovery sheet could not be written there. These are its words:\n"
                f"{words}\n"
            )
            return 1
    kind = "training" if arguments.training else "live"
    context.say(
        {"folder": str(folder), "kind": kind, "recovery_sheet": str(sheet_file) if sheet_file else ""},
        f"Made a {kind} vault in {folder}.",
        "The recovery sheet is written: print it, keep it locked away, and delete the file."
        if sheet_file
        else "No recovery sheet was made: without the passphrase nobody can open this vault.",
    )
    return 0


def _refuse_place(sheet: Path, folder: Path) -> None:
    """Raise where the recovery sheet cannot, or must not, be written: before the vault is made."""
    if sheet.exists():
        raise InputError("The file for the recovery sheet already exists. Give another name.")
    if folder.resolve() in sheet.resolve().parents:
        raise InputError("Keep the recovery sheet apart from the vault: give a file outside its folder.")
    if not os.access(sheet.parent, os.W_OK) and sheet.parent.is_dir():
        raise InputError("The recovery sheet cannot be written in that folder. Choose another one.")
    if not sheet.parent.is_dir():
        raise InputError("There is no folder for the recovery sheet at that place. Make it first.")


def _check(context: "Context") -> int:
    from csa_desk.store.check import check

    with context.vault() as vault:
        report = check(vault)
    found = [{"code": item.code, "what": item.sentence} for item in report.findings]
    context.say(
        {"clean": not found, "revisions": report.revisions, "records": report.records, "findings": found},
        *(item.sentence for item in report.findings),
        f"Looked at {report.revisions} revisions of {report.records} records: "
        + ("all is as it was written." if not found else f"{len(found)} things are wrong."),
    )
    if found:
        sys.stderr.write(
            "The vault is not as it was written. Keep it, and restore the latest backup beside it.\n"
        )
    return 1 if found else 0
