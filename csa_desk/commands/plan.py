"""``csa-desk plan``: show, import, agree, print."""

from pathlib import Path
from typing import TYPE_CHECKING

from csa_desk.commands.adding import Noun
from csa_desk.errors import InputError

if TYPE_CHECKING:
    from csa_desk.commands.adding import Nouns
    from csa_desk.commands.context import Context, Parser

EDITIONS = ("professional", "carer", "child", "easy-read", "large-print")


def add(nouns: "Nouns", common: "Parser") -> None:
    """Add the noun."""
    plan = Noun(nouns, common, "plan", "the support plan of a child")
    plan.verb("show", "the plan as it stands", _show).add_argument("case", metavar="CASE")
    bring = plan.verb("import", "take in goals and actions from a JSON file (schema plan)", _bring)
    bring.add_argument("case", metavar="CASE")
    bring.add_argument("file", metavar="FILE.json")
    plan.verb("agree", "freeze the plan as an agreed version", _agree).add_argument("case", metavar="CASE")
    printed = plan.verb("print", "a PDF of the plan for one recipient, entered in the register", _print)
    printed.add_argument("case", metavar="CASE")
    printed.add_argument("--edition", required=True, choices=EDITIONS)
    printed.add_argument("--age-band", default="", choices=("4-7", "8-12", "13-17"))
    printed.add_argument("--for", dest="recipient", default=None, metavar="PERSON|AGENCY")
    printed.add_argument("--home-safe", default="", choices=("yes", "no", "in-person"))
    printed.add_argument("--reason", default="")
    printed.add_argument("--out", required=True, metavar="FILE.pdf")


def _show(context: "Context") -> int:
    from csa_desk.casework.casefile import open_file
    from csa_desk.casework.children import plan_json

    with context.desk() as desk:
        found = plan_json(open_file(desk, context.arguments.case))
    lines = []
    for goal in found["goals"]:
        lines.append(f"{goal['need']}: {goal['words']}")
        lines.extend(f"  {item['what']} ({item['lead'] or 'needs a lead'})" for item in goal["actions"])
    context.say(found, *lines)
    return 0


def _bring(context: "Context") -> int:
    from csa_desk.casework.casefile import open_file
    from csa_desk.casework.planning import import_plan
    from csa_desk.casework.shapes import PlanShape, read_shape
    from csa_desk.casework.wording import counted

    shape = read_shape(Path(context.arguments.file), PlanShape)
    with context.desk() as desk:
        file = open_file(desk, context.arguments.case)
        import_plan(desk, file, shape)
        goals, actions = len(file.goals), len(file.actions)
    context.say(
        {"goals": goals, "actions": actions},
        f"The plan now has {counted(goals, 'goal')} and {counted(actions, 'action')}.",
    )
    return 0


def _agree(context: "Context") -> int:
    from csa_desk.casework.casefile import open_file
    from csa_desk.casework.planning import agree

    with context.desk() as desk:
        made = agree(desk, open_file(desk, context.arguments.case))
    context.say({"version": made.version, "on": made.on}, f"Agreed as version {made.version}.")
    return 0


def _print(context: "Context") -> int:
    from csa_desk.casework.casefile import open_file
    from csa_desk.casework.copies import prepare_plan, save
    from csa_desk.casework.disclosing import refuse_unavailable

    arguments = context.arguments
    refuse_unavailable(arguments.edition)
    if arguments.age_band and arguments.edition != "child":
        raise InputError("An age band belongs to the child edition only.")
    if arguments.recipient is not None and not arguments.recipient.strip():
        raise InputError("Say who the copy is for after --for, or leave --for out for the own file.")
    with context.desk() as desk:
        file = open_file(desk, arguments.case)
        prepared = prepare_plan(
            desk,
            file,
            arguments.edition,
            recipient=arguments.recipient or "",
            band=arguments.age_band,
            reason=arguments.reason,
            at_home=arguments.home_safe,
        )
        made = save(desk, file, prepared, Path(arguments.out))
    said = {"file": arguments.out, "copy_number": made.copy_number, "content_hash": made.content_hash}
    lines = [f"Copy {made.copy_number} written to {arguments.out}."]
    if arguments.edition == "child":
        unworded = [item.what for item in prepared.unworded]
        said["without_child_words"] = unworded
        if unworded:
            lines.append(
                "Left out, because there are no words for the child yet "
                "(the Plan page, “How to say it”, or child_words in plan import):"
            )
            lines += [f"  {what}" for what in unworded]
    context.say(said, *lines)
    return 0
