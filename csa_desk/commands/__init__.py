"""The commands of the command line, by noun."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from csa_desk.commands.context import Parser


MODULES = {
    "run": "window",
    "demo": "demo",
    "vault": "vault",
    "practitioner": "practitioner",
    "case": "case",
    "assessment": "case",
    "consent": "case",
    "checklist": "case",
    "plan": "plan",
    "directory": "directory",
    "content": "content",
    "doctor": "doctor",
}
"""Noun → the module that adds it."""


def add_all(nouns: "argparse._SubParsersAction[Parser]", common: "Parser", noun: str) -> None:
    """Add the noun asked for with its verbs, or, where it is none of ours, every one."""
    wanted = [MODULES[noun]] if noun in MODULES else dict.fromkeys(MODULES.values())
    for module in wanted:
        import_module(f"{__name__}.{module}").add(nouns, common)
