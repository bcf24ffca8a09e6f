"""How a noun and its verbs are added to the parser."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from csa_desk.commands.context import Parser, Run

    Nouns = argparse._SubParsersAction[Parser]  # noqa: SLF001 - argparse gives this type no public name


class Noun:
    """One noun of the command line."""

    def __init__(self, nouns: "Nouns", common: "Parser", name: str, about: str) -> None:
        self._common = common
        parser = nouns.add_parser(name, help=about, description=about)
        self._verbs = parser.add_subparsers(dest="verb")

    def verb(self, name: str, about: str, run: "Run") -> "Parser":
        """Add a verb; returns its parser for further arguments."""
        parser = self._verbs.add_parser(name, help=about, description=about, parents=[self._common])
        parser.set_defaults(run=run)
        return parser


def single(nouns: "Nouns", common: "Parser", name: str, about: str, run: "Run") -> "Parser":
    """Add a noun that is its own verb."""
    parser = nouns.add_parser(name, help=about, description=about, parents=[common])
    parser.set_defaults(run=run)
    return parser
