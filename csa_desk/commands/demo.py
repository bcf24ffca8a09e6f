"""``csa-desk demo``: the main job on a training vault, headless."""

from pathlib import Path
from typing import TYPE_CHECKING

from csa_desk.commands.adding import single

if TYPE_CHECKING:
    from csa_desk.commands.adding import Nouns
    from csa_desk.commands.context import Context, Parser


def add(nouns: "Nouns", common: "Parser") -> None:
    """Add the noun."""
    parser = single(nouns, common, "demo", "the main job, end to end, on invented children", _demo)
    parser.add_argument("--out", required=True, metavar="DIR", help="a new folder for what is made")


def _demo(context: "Context") -> int:
    from csa_desk.demo.run import run_demo

    made = run_demo(Path(context.arguments.out), context.opener)
    context.say({"made": [str(path) for path in made.files], "seconds": made.seconds}, *made.story)
    return 0
