"""``csa-desk run``: the window."""

from typing import TYPE_CHECKING

from csa_desk.commands.adding import single

if TYPE_CHECKING:
    from csa_desk.commands.adding import Nouns
    from csa_desk.commands.context import Context, Parser


def add(nouns: "Nouns", common: "Parser") -> None:
    """Add the noun."""
    parser = single(nouns, common, "run", "open the window", _run)
    parser.add_argument("--exit-after-first-window", action="store_true", help="for timing: show, then end")


def _run(context: "Context") -> int:
    from csa_desk.app import run_window

    return run_window(
        [context.arguments.vault] if context.arguments.vault else [],
        exit_after_first_window=context.arguments.exit_after_first_window,
    )
