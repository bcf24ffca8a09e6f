"""Parts of the copy of everything held: each record as it may be seen, and who opened the file."""

from collections.abc import Mapping
from dataclasses import replace

from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.desk import Desk
from csa_desk.casework.held_items import GROUPS, Held, Item, Sealed, moment_words
from csa_desk.casework.histories import looks
from csa_desk.casework.rights import Right, needs
from csa_desk.records.disclosure import HeldCopy, HeldGroup, HeldRecord


def groups(items: list[Item], taken_out: frozenset[str], wording: Mapping[str, str]) -> list[HeldGroup]:
    """The records by heading. One that was taken out keeps the name of its kind and nothing else."""
    found = []
    for name in GROUPS:
        records = tuple(
            _record(item, wording, out=item.key in taken_out) for item in items if item.group == name
        )
        if records:
            found.append(HeldGroup(wording.get(f"access-group-{name}", ""), records))
    return found


def _record(item: Item, wording: Mapping[str, str], *, out: bool) -> HeldRecord:
    if out and item.sealed:
        closed = HeldCopy("", wording.get("access-stays-sealed", ""), taken_out=True)
        # That it is there, by whom and when, everybody may know; nothing of its words is in these.
        known = item.fields if item.sealed == Sealed.CLOSED else ()
        return HeldRecord(item.title, (closed, *(_field(one, wording) for one in known)))
    if out:
        return HeldRecord(
            item.plain_title, (HeldCopy("", wording.get("access-taken-out", ""), taken_out=True),)
        )
    fields = tuple(_field(one, wording) for one in item.fields)
    recorded = next((one.trail[0] for one in fields if one.trail), "")
    # Most records were written at one go: that is said once, and again only where a field has a story of its own.
    return HeldRecord(
        item.title,
        tuple(replace(one, trail=()) if one.trail == (recorded,) else one for one in fields),
        recorded,
    )


def _field(held: Held, wording: Mapping[str, str]) -> HeldCopy:
    if held.struck:
        return HeldCopy("", wording.get("access-struck", ""), taken_out=True)
    before = wording.get("access-before", "{name}")
    trail = []
    for at, who, was in held.trail:
        line = f"{moment_words(at)}, {who}"
        trail.append(f"{line}. {before.replace('{name}', was)}" if was else line)
    return HeldCopy(held.label, held.value, tuple(trail))


@needs(Right.OPEN_FILES)
def looked(desk: Desk, file: CaseFile, wording: Mapping[str, str]) -> list[HeldGroup]:
    """Who opened the file: each worker and day once."""
    lines = tuple(
        HeldCopy(
            moment_words(one.at),
            f"{one.who}. {one.words}{f', {one.times} times that day' if one.times > 1 else ''}.",
        )
        for one in looks(desk, file)
    )
    return [HeldGroup(wording.get("access-looks", ""), (HeldRecord("", lines),))] if lines else []
