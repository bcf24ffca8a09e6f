"""What the rights pack must keep: every right and every profession stands in it once, and nothing else."""

from collections import Counter
from collections.abc import Iterator

from csa_desk.content.drafts import Draft
from csa_desk.content.faults import Fault
from csa_desk.content.models import Rights
from csa_desk.records.rights import Right
from csa_desk.records.vault import Profession

NO_PROFESSION = "none"
"""The id of what a practitioner without a profession may do."""


def rights(draft: Draft[Rights]) -> Iterator[Fault]:
    """Rights and professions are those the program knows, and a right is given in one way only."""
    yield from _listed(draft, "right", set(Right))
    yield from _listed(draft, "profession", {*Profession, NO_PROFESSION})
    everybody = {row.id for row in draft.pack.right if row.everybody}
    for row in draft.pack.right:
        if row.everybody and row.administrator:
            yield draft.fault(row, "everybody has it, so “administrator” has no meaning")
    for one in draft.pack.profession:
        for named, times in Counter([*one.rights, *one.in_training]).items():
            if times > 1:
                yield draft.fault(one, f"names the right “{named}” {times} times")
            if named in everybody:
                yield draft.fault(one, f"names the right “{named}”, which everybody has")
        for held, times in Counter(one.holds).items():
            if times > 1:
                yield draft.fault(one, f"holds the compartment “{held}” {times} times")


def _listed(draft: Draft[Rights], table: str, known: set[str]) -> Iterator[Fault]:
    there = set(draft.ids[table])
    for unknown in sorted(there - known):
        yield Fault(draft.name, unknown, f"is no {table} the program knows")
    for missing in sorted(known - there):
        yield Fault(draft.name, missing, f"there is no [[{table}]] of this id")
