"""``csa-desk practitioner``: add, list, remove."""

import sys
from typing import TYPE_CHECKING

from csa_desk.commands.adding import Noun
from csa_desk.commands.context import read_passphrase

if TYPE_CHECKING:
    from csa_desk.commands.adding import Nouns
    from csa_desk.commands.context import Context, Parser


def add(nouns: "Nouns", common: "Parser") -> None:
    """Add the noun."""
    noun = Noun(nouns, common, "practitioner", "who works in a vault")
    adding = noun.verb("add", "add a practitioner with a passphrase of their own", _add)
    adding.add_argument("--name", required=True, help="their name, as colleagues know it")
    adding.add_argument(
        "--new-passphrase-file",
        metavar="FILE",
        required=True,
        help="first line is their passphrase; - is standard input, after your own",
    )
    noun.verb("list", "everybody who works in the vault", _list)
    removing = noun.verb("remove", "take away a practitioner's ways in, and change the vault's key", _remove)
    removing.add_argument("practitioner", help="name or id, as practitioner list shows them")


def _add(context: "Context") -> int:
    from csa_desk.casework.practitioners import add_practitioner, deriving_for

    with context.desk() as desk:
        passphrase = read_passphrase(context.arguments.new_passphrase_file)
        name = context.arguments.name
        who = add_practitioner(desk, name, deriving_for(desk, passphrase, name)())
    context.say(
        {"id": who.id, "name": who.name, "profession": who.profession},
        f"Added {who.name}. Their passphrase opens this vault from now on.",
    )
    return 0


def _list(context: "Context") -> int:
    from csa_desk.casework.practitioners import practitioners

    with context.desk() as desk:
        rows = practitioners(desk, left=True)
    context.say(
        [
            {
                "id": row.person.id,
                "name": row.person.name,
                "profession": row.person.profession,
                "administrator": row.person.administrator,
                "you": row.me,
                "left": row.person.left_on,
                "opens_with": sorted(row.ways),
            }
            for row in rows
        ],
        *(f"{row.person.id[:8]}  {row.name}{_more(row.me, row.person.left_on)}" for row in rows),
    )
    return 0


def _more(me: bool, left: str) -> str:
    return "  (you)" if me else f"  (left on {left})" if left else ""


def _remove(context: "Context") -> int:
    from csa_desk.casework.practitioners import find_practitioner, remove_practitioner

    with context.desk() as desk:
        who = find_practitioner(desk, context.arguments.practitioner)
        rotation = remove_practitioner(desk, who.id)
        rotation.run()
    context.say(
        {"id": who.id, "name": who.name},
        f"{who.name or 'The practitioner'} can no longer open this vault, and its key is changed.",
    )
    sys.stderr.write("Copies of the vault that they took before stay readable to them.\n")
    return 0
