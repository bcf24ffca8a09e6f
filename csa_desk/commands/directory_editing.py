"""``csa-desk directory``: what is entered, corrected and checked by hand."""

from typing import TYPE_CHECKING

from csa_desk.errors import InputError

if TYPE_CHECKING:
    from csa_desk.commands.adding import Noun
    from csa_desk.commands.context import Context


def add(noun: "Noun") -> None:
    """Add the verbs."""
    made = noun.verb("add", "enter an agency, a service, or something that belongs to one", _add)
    made.add_argument(
        "kind", metavar="KIND", help="agency, service, location, contact, agency-role, criterion, …"
    )
    made.add_argument(
        "said", metavar="FIELD=VALUE", nargs="+", help="several values are parted by semicolons"
    )
    made.add_argument("--to", default="", metavar="ID", help="the service, agency or place it belongs to")
    made.add_argument(
        "--checked", default="", metavar="HOW", help="you made sure: rang, wrote, visited, website"
    )
    changed = noun.verb("set", "correct what is said of a record", _set)
    changed.add_argument("record", metavar="ID")
    changed.add_argument("said", metavar="FIELD=VALUE", nargs="+")
    changed.add_argument(
        "--checked", default="", metavar="HOW", help="you made sure: rang, wrote, visited, website"
    )
    check = noun.verb("check", "say that an entry was made sure of today", _check)
    check.add_argument("record", metavar="ID")
    check.add_argument("--how", required=True, metavar="HOW", help="rang, wrote, visited, website")
    check.add_argument("--changed", default="", metavar="TEXT", help="what is different now")
    noun.verb("take-out", "take a record out of the directory; it can be put back", _take_out).add_argument(
        "record", metavar="ID"
    )
    noun.verb("put-back", "put a record back that was taken out", _put_back).add_argument(
        "record", metavar="ID"
    )
    same = noun.verb("same", "entries that may be one: suggested with reasons, linked, parted", _same)
    chosen = same.add_mutually_exclusive_group()
    chosen.add_argument("--link", nargs=2, metavar="ID", help="these two are one")
    chosen.add_argument("--part", nargs=2, metavar="ID", help="these two are not one, or not after all")
    noun.verb("ring", "the stalest entries that open plans rest on: ring these first", _ring)


def _pairs(said: list[str]) -> dict[str, object]:
    found: dict[str, object] = {}
    for item in said:
        name, sign, value = item.partition("=")
        if not sign:
            raise InputError(f"“{item}” is not FIELD=VALUE. Nothing was changed.")
        found[name.strip()] = value
    return found


def _add(context: "Context") -> int:
    from csa_desk.casework.directory_editing import add_entry, record_of
    from csa_desk.casework.directory_fields import FIELDS

    said = context.arguments
    kinds = {kind.KIND: kind for kind in FIELDS}
    if said.kind not in kinds:
        raise InputError(
            f"“{said.kind}” cannot be entered. What can be: {', '.join(kinds)}. Nothing was changed."
        )
    with context.desk() as desk:
        owner = record_of(desk, said.to) if said.to else None
        made = add_entry(desk, kinds[said.kind], _pairs(said.said), owner=owner, how=said.checked)
    context.say({"kind": made.KIND, "id": made.id}, f"Entered. Its id is {made.id}.")
    return 0


def _set(context: "Context") -> int:
    from csa_desk.casework.directory_editing import change_entry, record_of

    said = context.arguments
    with context.desk() as desk:
        made = change_entry(desk, record_of(desk, said.record), _pairs(said.said), how=said.checked)
    context.say({"kind": made.KIND, "id": made.id}, "Corrected.")
    return 0


def _check(context: "Context") -> int:
    from csa_desk.casework.directory_entry import check_entry, entry_of

    said = context.arguments
    with context.desk() as desk:
        made = check_entry(desk, entry_of(desk, said.record), said.how, said.changed)
    day = made.record.checked_on
    context.say({"id": made.record.id, "checked_on": day}, f"{made.name}: checked {day}.")
    return 0


def _take_out(context: "Context") -> int:
    from csa_desk.casework.directory_editing import record_of, take_out_entry

    with context.desk() as desk:
        held = record_of(desk, context.arguments.record)
        take_out_entry(desk, held)
    context.say({"id": held.id}, "Taken out. Put it back with: csa-desk directory put-back " + held.id)
    return 0


def _put_back(context: "Context") -> int:
    from csa_desk.casework.directory_editing import put_back_entry, record_of

    with context.desk() as desk:
        held = record_of(desk, context.arguments.record)
        put_back_entry(desk, held)
    context.say({"id": held.id}, "It is back.")
    return 0


def _same(context: "Context") -> int:
    from csa_desk.casework.same_entries import (
        link_entries,
        linked_pairs,
        part_entries,
        suggestion_json,
        suggestions,
    )

    said = context.arguments
    with context.desk() as desk:
        if said.link:
            link_entries(desk, *said.link)
        elif said.part:
            part_entries(desk, *said.part)
        found = suggestions(desk)
        linked = linked_pairs(desk)
    context.say(
        {
            "suggested": [suggestion_json(item) for item in found],
            "linked": [
                {"entry": link.entry, "other": link.other, "reason": link.reason} for link, _, _ in linked
            ],
        },
        *(
            f"perhaps: {item.names[0]} [{item.entry}] and {item.names[1]} [{item.other}]: {', '.join(item.reasons)}"
            for item in found
        ),
        *(f"linked: {one.name} [{one.record.id}] and {two.name} [{two.record.id}]" for _, one, two in linked),
        *(() if found or linked else ("No two entries look the same.",)),
    )
    return 0


def _ring(context: "Context") -> int:
    from csa_desk.casework.ringing import as_json, to_ring

    with context.desk() as desk:
        found = to_ring(desk)
        answer = [as_json(item) for item in found]
    context.say(
        answer,
        *(f"{item.entry.name}  {item.phone or 'no number'}  ask: {', '.join(item.ask)}" for item in found),
        *(() if found else ("Nothing that an open plan rests on needs a ring.",)),
    )
    return 0
