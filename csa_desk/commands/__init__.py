"""The commands of the command line, by noun."""

from typing import TYPE_CHECKING

from csa_desk.commands import case, content, demo, directory, plan, vault, window

if TYPE_CHECKING:
    import argparse

    from csa_desk.cli import Parser


def add_all(nouns: "argparse._SubParsersAction[Parser]", common: "Parser") -> None:
    """Add every noun with its verbs to the parser."""
    for module in (window, demo, vault, case, plan, directory, content):
        module.add(nouns, common)
