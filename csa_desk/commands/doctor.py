"""``csa-desk doctor``: what the running program really does; with ``--vault``, of that vault too."""

from typing import TYPE_CHECKING

from csa_desk.commands.adding import single

if TYPE_CHECKING:
    from csa_desk.commands.adding import Nouns
    from csa_desk.commands.context import Context, Parser


def add(nouns: "Nouns", common: "Parser") -> None:
    """Add the command."""
    single(nouns, common, "doctor", "sockets, files, algorithms and versions of the running program", _doctor)


def _doctor(context: "Context") -> int:
    from csa_desk.casework import doctor, loss
    from csa_desk.content.reading import Packs
    from csa_desk.paths import resource

    local_data = context.opener.local_data
    if not context.arguments.vault:
        sections = doctor.unopened(local_data, Packs(resource("content")))
        context.say(doctor.as_json(sections), *doctor.as_text(sections))
        return 0
    with context.desk() as desk:
        sections = [*doctor.examined(desk, local_data), *loss.loss_report(desk, local_data)]
        context.say(doctor.as_json(sections), *doctor.as_text(sections))
    return 0
