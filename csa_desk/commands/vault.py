"""``csa-desk vault``: create, change the key, change the passphrase, come back in; more in :mod:`commands.keeping`."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from csa_desk.commands import keeping
from csa_desk.commands.adding import Noun
from csa_desk.commands.context import read_passphrase
from csa_desk.errors import InputError

LONGEST_PAPER = 100_000

if TYPE_CHECKING:
    from csa_desk.casework.recovery import Back, Person
    from csa_desk.commands.adding import Nouns
    from csa_desk.commands.context import Context, Parser


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
        "--recovery-out",
        metavar="FILE",
        help="write the recovery sheet here and the service's three shares beside it; print them, then shred them",
    )
    keeping.add(noun)
    noun.verb("rotate", "change the vault's key; nobody's passphrase changes", _rotate)
    passphrase = noun.verb("passphrase", "choose a new passphrase", _passphrase)
    recover = noun.verb(
        "recover", "come back in with a recovery sheet or with two of the service's shares", _recover
    )
    recover.add_argument("--sheet", metavar="FILE", help="the words of your recovery sheet")
    recover.add_argument(
        "--share", metavar="FILE", action="append", default=[], help="the words of a share; give two"
    )
    recover.add_argument(
        "--name", default="", help="with shares: who comes back; somebody not known is added"
    )
    for verb in (passphrase, recover):
        verb.add_argument(
            "--new-passphrase-file",
            metavar="FILE",
            required=True,
            help="first line is the new passphrase; - is standard input",
        )


def _create(context: "Context") -> int:
    from csa_desk.store.founding import Founder
    from csa_desk.store.header import VaultKind

    arguments = context.arguments
    sheet_file = Path(arguments.recovery_out) if arguments.recovery_out else None
    folder = Path(arguments.dir)
    if sheet_file is not None:
        _refuse_place(sheet_file, folder)
    passphrase = context.passphrase()
    words = context.opener.create(
        folder,
        passphrase,
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
        _make_shares(context, folder, passphrase, _share_files(sheet_file))
    kind = "training" if arguments.training else "live"
    shares = [str(path) for path in _share_files(sheet_file)] if sheet_file else []
    context.say(
        {
            "folder": str(folder),
            "kind": kind,
            "recovery_sheet": str(sheet_file) if sheet_file else "",
            "recovery_shares": shares,
        },
        f"Made a {kind} vault in {folder}.",
        "The recovery sheet and the service's three shares are written: print them, give the shares to three people, "
        "keep all of them locked away, and delete the files."
        if sheet_file
        else "No recovery sheet was made: without the passphrase nobody can open this vault.",
    )
    return 0


def _share_files(sheet: Path) -> list[Path]:
    """Where the service's shares are written: beside the sheet."""
    return [sheet.with_name(f"{sheet.stem}-share-{number}{sheet.suffix}") for number in (1, 2, 3)]


def _make_shares(context: "Context", folder: Path, passphrase: str, files: list[Path]) -> None:
    from csa_desk.casework.desk import Desk
    from csa_desk.casework.recovery import deriving_shares, make_shares, new_shares, save_share
    from csa_desk.content.reading import Packs
    from csa_desk.paths import resource

    made = new_shares()
    with context.opener.open(folder, passphrase) as vault:
        desk = Desk(vault, Packs(resource("content")))
        roots = deriving_shares(desk, made)()
        for number, path in enumerate(files, start=1):
            save_share(made, number, folder, path)
        make_shares(desk, made, roots)


def _rotate(context: "Context") -> int:
    from csa_desk.casework.passphrases import key_change

    with context.desk() as desk:
        key_change(desk).run()
    context.say(
        {"changed": True},
        "The vault's key is changed; everybody's passphrase opens it as before. Copies that were taken before stay "
        "readable with the key they were made with.",
    )
    return 0


def _passphrase(context: "Context") -> int:
    from csa_desk.casework.passphrases import PASSPHRASE, change_passphrase, deriving

    with context.desk() as desk:
        new = read_passphrase(context.arguments.new_passphrase_file)
        change_passphrase(desk, deriving(desk, {PASSPHRASE: new})())
    context.say({"changed": True}, "The new passphrase opens this vault; the old one no longer does.")
    return 0


def _recover(context: "Context") -> int:
    from csa_desk.casework import recovery

    arguments = context.arguments
    if not arguments.vault:
        raise InputError("Say which vault: --vault FOLDER.")
    if bool(arguments.sheet) == bool(arguments.share):
        raise InputError("Give either --sheet FILE or --share FILE twice.")
    folder, new = Path(arguments.vault), read_passphrase(arguments.new_passphrase_file)
    if arguments.sheet:
        recovery.come_back_by_sheet(context.opener, folder, _paper(arguments.sheet), new)
        who = ""
    else:
        papers = [_paper(name) for name in arguments.share]
        back = _who_comes_back(recovery.people_behind_shares(context.opener, folder, papers), arguments.name)
        recovery.come_back_by_shares(context.opener, folder, papers, back, new)
        who = back.name
    context.say(
        {"recovered": True, "name": who},
        f"{f'{who} is back: the' if who else 'The'} new passphrase opens this vault.",
    )
    return 0


def _who_comes_back(people: "list[Person]", name: str) -> "Back":
    """By name, somebody not known being added; without a name the one who works here, or who administers alone."""
    from csa_desk.casework.recovery import Back

    fitting = [person for person in people if person.name.casefold() == name.strip().casefold()]
    if name.strip() and not fitting:
        return Back("", name.strip())
    if not name.strip():
        fitting = people if len(people) == 1 else [person for person in people if person.administrator]
    if len(fitting) != 1:
        raise InputError("Several people work in this vault. Say who comes back: --name NAME.")
    return Back(fitting[0].id, fitting[0].name)


def _paper(name: str) -> str:
    """The words of a sheet or share from its file."""
    try:
        with Path(name).open("rb") as handle:
            return handle.read(LONGEST_PAPER).decode("utf-8-sig", "replace")
    except (OSError, ValueError):
        raise InputError(
            "The file of the recovery words cannot be read. Check its name and folder."
        ) from None


def _refuse_place(sheet: Path, folder: Path) -> None:
    """Raise where the recovery sheet cannot, or must not, be written: before the vault is made."""
    if sheet.exists():
        raise InputError("The file for the recovery sheet already exists. Give another name.")
    if any(path.exists() for path in _share_files(sheet)):
        raise InputError("A file for one of the recovery shares already exists. Give another name.")
    if folder.resolve() in sheet.resolve().parents:
        raise InputError("Keep the recovery sheet apart from the vault: give a file outside its folder.")
    if not os.access(sheet.parent, os.W_OK) and sheet.parent.is_dir():
        raise InputError("The recovery sheet cannot be written in that folder. Choose another one.")
    if not sheet.parent.is_dir():
        raise InputError("There is no folder for the recovery sheet at that place. Make it first.")
