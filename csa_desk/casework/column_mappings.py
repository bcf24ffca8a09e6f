"""How tables of one shape are read, settled by a person once and remembered in the vault for the next import."""

from collections.abc import Mapping
from dataclasses import replace

from csa_desk.casework.desk import Desk
from csa_desk.casework.rights import Right, needs
from csa_desk.errors import InputError
from csa_desk.exchange.column_words import FIELDS, TARGETS
from csa_desk.records.directory_facts import ColumnMapping
from csa_desk.records.ids import same_id


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
