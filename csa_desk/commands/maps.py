"""``csa-desk directory``: maps and role cards."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from csa_desk.commands.adding import Noun
    from csa_desk.commands.context import Context


def add(noun: "Noun") -> None:
    """Add the verbs."""
    chart = noun.verb("map", "who does what at each step, or which services there are for whom", _map)
    which = chart.add_mutually_exclusive_group()
    which.add_argument("--roles", action="store_true", help="who leads, helps and is told at each step")
    which.add_argument(
        "--gaps", action="store_true", help="kinds of service by age, and where there is nobody"
    )
    chart.add_argument(
        "--area", action="append", default=[], metavar="AREA", help="code or name; may be repeated"
    )
    chart.add_argument("--out", default="", metavar="FILE.pdf", help="write it as a PDF")
    cards = noun.verb("cards", "role cards with what this directory knows of each role, as one PDF", _cards)
    cards.add_argument(
        "--role", action="append", default=[], metavar="ROLE", help="may be repeated; all if left out"
    )
    cards.add_argument("--area", default="", metavar="AREA", help="code or name")
    cards.add_argument("--out", required=True, metavar="FILE.pdf")


def _map(context: "Context") -> int:
    from csa_desk.casework import map_prints
    from csa_desk.casework.atlas import atlas
    from csa_desk.casework.gap_map import gap_map
    from csa_desk.casework.role_map import role_map

    said = context.arguments
    with context.desk() as desk:
        areas = [(atlas(desk).named(name) or (name,))[0] for name in said.area]
        if said.gaps:
            gaps = gap_map(desk, areas)
            charts, answer = map_prints.gap_charts(desk, gaps), map_prints.gap_json(desk, gaps)
        else:
            found = [role_map(desk, area) for area in areas or [""]]
            charts = tuple(map_prints.role_chart(desk, one) for one in found)
            answer = {"maps": [map_prints.role_json(desk, one) for one in found]}
        if said.out:
            map_prints.save_charts(desk, charts, Path(said.out))
    context.say(
        answer,
        *(
            line
            for chart in charts
            for line in (
                chart.title,
                chart.subtitle,
                *(" | ".join(row) for row in (chart.columns, *chart.rows)),
            )
        ),
        *((f"Written to {said.out}.",) if said.out else ()),
    )
    return 0


def _cards(context: "Context") -> int:
    from csa_desk.casework.atlas import atlas
    from csa_desk.casework.guidance import role_card, role_cards
    from csa_desk.casework.local_cards import local_reference, save_cards

    said = context.arguments
    with context.desk() as desk:
        area = (atlas(desk).named(said.area) or (said.area,))[0] if said.area else ""
        cards = [role_card(desk, role) for role in said.role] if said.role else role_cards(desk)
        save_cards(desk, tuple(local_reference(desk, card, area) for card in cards), Path(said.out))
    number = "1 card" if len(cards) == 1 else f"{len(cards)} cards"
    context.say(
        {"path": said.out, "cards": [card.role.id for card in cards]}, f"Written to {said.out}: {number}."
    )
    return 0
