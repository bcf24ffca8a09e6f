"""How tables of one shape are read, settled by a person once and remembered in the vault for the next import."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from csa_desk.casework.desk import Desk
from csa_desk.casework.rights import Right, needs
from csa_desk.errors import InputError
from csa_desk.exchange.column_words import FIELDS, TARGETS
from csa_desk.records.directory_facts import ColumnMapping
from csa_desk.records.ids import same_id

if TYPE_CHECKING:
    from csa_desk.exchange.tabular import Guess


TARGET_WORDS: tuple[tuple[str, str], ...] = (
    ("service", "A service"),
    ("agency", "An agency"),
    ("location", "A place"),
    ("area", "An area, such as a council"),
)
"""What a person may say that a row is."""


@needs(Right.LOAD_DIRECTORY)
def remembered_mappings(desk: Desk) -> dict[str, tuple[str, dict[str, str]]]:
    """Shape of a table → what a row is, and heading → field, for every table that was settled."""
    return {
        kept.shape: (kept.target, {heading: str(name) for heading, name in (kept.columns or {}).items()})
        for kept in desk.vault.read.find(ColumnMapping)
    }


@needs(Right.LOAD_DIRECTORY)
def remember_mapping(
    desk: Desk, shape: str, mapping: Mapping[str, str], *, target: str, title: str = ""
) -> ColumnMapping:
    """Read tables of this shape so from now on, on every laptop of the service.

    ``mapping``: heading → field, empty for a column that is only kept. ``title``: which table it was, for people.
    Raises :class:`InputError`.
    """
    if target not in TARGETS:
        raise InputError("Say what the rows are: services, organisations, locations or areas.")
    if not shape or not mapping:
        raise InputError("Say which columns the table has.")
    for heading, name in mapping.items():
        if name and name not in FIELDS[target]:
            raise InputError(
                f"“{heading[:60]}” cannot be read as “{name[:60]}”. Choose a field from the list."
            )
    record = ColumnMapping(
        id=same_id(ColumnMapping.KIND, shape),
        shape=shape,
        title=title.strip()[:200],
        target=target,
        columns=dict(mapping),
    )
    with desk.vault.write() as writing:
        writing.put(record, "entered")
    return record


@needs(Right.LOAD_DIRECTORY)
def forget_mapping(desk: Desk, shape: str) -> bool:
    """Guess again how tables of this shape are read; False if nothing was remembered."""
    with desk.vault.write() as writing:
        kept = writing.get(ColumnMapping, same_id(ColumnMapping.KIND, shape))
        if kept is None or kept.removed:
            return False
        return writing.put(replace(kept, removed=True), "corrected")


@needs(Right.LOAD_DIRECTORY)
def tables_in(desk: Desk, paths: Sequence[Path]) -> "list[Guess]":
    """How each table in these files would be read, by what is remembered, else by a guess; one of each shape.

    Raises :class:`InputError`.
    """
    from csa_desk.exchange.tabular import show_tables

    found, _ = show_tables(paths, remembered=remembered_mappings(desk))
    return list({guess.shape: guess for guess in reversed(found)}.values())[::-1]


@needs(Right.LOAD_DIRECTORY)
def guessed_as(desk: Desk, paths: Sequence[Path], shape: str, target: str) -> "Guess":
    """How a table of this shape would be read, were a row of this kind. Raises :class:`InputError`."""
    from csa_desk.exchange.tabular import show_tables

    found, _ = show_tables(paths, target=target)
    for guess in found:
        if guess.shape == shape:
            return guess
    raise InputError("The table is not there any more. Choose the file again. Nothing was changed.")


@needs(Right.LOOK_UP)
def field_choices(_desk: Desk, target: str) -> list[tuple[str, str]]:
    """The fields a column may be read as, for rows of this kind, with words for them; empty for *only kept*."""
    if target not in FIELDS:
        return []
    return [
        (name, name.replace(".", ": ").replace("_", " ").replace("organization", "agency"))
        for name in sorted(FIELDS[target])
    ]
