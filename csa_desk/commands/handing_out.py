"""``csa-desk case access-request`` and ``case archive``: everything held on a child, for who asked or for keeping."""

from pathlib import Path
from typing import TYPE_CHECKING

from csa_desk.commands.context import read_passphrase

if TYPE_CHECKING:
    from csa_desk.commands.adding import Noun
    from csa_desk.commands.context import Context


def add(case: "Noun") -> None:
    """Add the verbs to the noun."""
    asked = case.verb(
        "access-request", "everything held on a child, for whoever asked to see it", _access_request
    )
    asked.add_argument("case", metavar="CASE")
    asked.add_argument("--out", required=True, metavar="FILE.pdf")
    archive = case.verb("archive", "everything held on a child in open formats, under a passphrase", _archive)
    archive.add_argument("case", metavar="CASE")
    archive.add_argument("--out", required=True, metavar="FILE")
    archive.add_argument(
        "--new-passphrase-file",
        metavar="FILE",
        help="first line is the archive's own passphrase; without it one is made and told once",
    )


def _access_request(context: "Context") -> int:
    from csa_desk.casework.access_request import answer_now
    from csa_desk.casework.casefile import open_file
    from csa_desk.casework.disclosing import ANOTHER_PERSON, SEALED
    from csa_desk.casework.wording import counted

    out = Path(context.arguments.out)
    with context.desk() as desk:
        request, made = answer_now(desk, open_file(desk, context.arguments.case), out)
    others, sealed = made.held_back.get(ANOTHER_PERSON, 0), made.held_back.get(SEALED, 0)
    lines = [f"Written to {out} as copy {made.copy_number}. Look through it before it is handed over."]
    if others:
        lines.append(f"Taken out because it tells of other people: {counted(others, 'record')}.")
    if sealed:
        lines.append(f"Sealed and not in it: {sealed}. Whoever holds them decides about them.")
    context.say(
        {
            "file": str(out),
            "copy_number": made.copy_number,
            "standing": request.standing,
            "received": request.received,
            "due": request.due,
            "taken_out": others,
            "sealed": sealed,
        },
        *lines,
    )
    return 0


def _archive(context: "Context") -> int:
    from csa_desk.casework.archiving import prepare_archive, save_archive
    from csa_desk.casework.casefile import open_file
    from csa_desk.casework.disclosing import SEALED
    from csa_desk.casework.founding import offered_passphrase

    arguments = context.arguments
    given = read_passphrase(arguments.new_passphrase_file) if arguments.new_passphrase_file else ""
    passphrase = given or offered_passphrase()
    with context.desk() as desk:
        file = open_file(desk, arguments.case)
        prepared = prepare_archive(desk, file, passphrase)
        made = save_archive(desk, file, prepared, Path(arguments.out))
    shut = prepared.held_back.get(SEALED, 0)
    answer = {"file": arguments.out, "copy_number": made.copy_number, "sealed_not_readable": shut}
    lines = [f"Written to {arguments.out} as copy {made.copy_number}."]
    if not given:
        answer["passphrase"] = passphrase
        lines += ["Its passphrase, told only now. Keep it apart from the file:", passphrase]
    if shut:
        lines.append(f"Sealed notes that you could not open are in it as they are: {shut}.")
    context.say(answer, *lines)
    return 0
