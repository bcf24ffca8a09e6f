"""``csa-desk content check``: hold content packs against every rule they must keep."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from csa_desk.commands.adding import Noun
from csa_desk.errors import InputError
from csa_desk.paths import resource

if TYPE_CHECKING:
    from csa_desk.commands.adding import Nouns
    from csa_desk.commands.context import Context, Parser


def add(nouns: "Nouns", common: "Parser") -> None:
    """Add the noun."""
    content = Noun(nouns, common, "content", "the content packs")
    content.verb("check", "name every fault of the packs in DIR (ours if left out)", _check).add_argument(
        "dir", metavar="DIR", nargs="?", default=""
    )


def _check(context: "Context") -> int:
    from csa_desk.content.checking import check
    from csa_desk.content.models import SHAPES

    named = context.arguments.dir
    folder = Path(named) if named else resource("content")
    if not folder.is_dir():
        raise InputError("There is no folder of content packs at that place.")
    if not any((folder / f"{name}.toml").is_file() for name in SHAPES):
        raise InputError(
            f"There is no content pack in that folder: they are called {', '.join(SHAPES)}, with .toml."
        )
    own = resource("content")
    faults = check(folder, beside=own if folder.resolve() != own.resolve() else None)
    context.say(
        [{"pack": item.pack, "item": item.item, "what": item.what} for item in faults],
        *(str(item) for item in faults),
        *([] if faults else ["No fault found."]),
    )
    if faults:
        sys.stderr.write("Faults were found; the lines above name pack, item and fault.\n")
    return 1 if faults else 0
