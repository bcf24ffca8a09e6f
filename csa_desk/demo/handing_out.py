"""Everything held on a child: the answer to who asked for it, and the archive."""

from pathlib import Path

from csa_desk.casework import access_request, archiving
from csa_desk.casework.casefile import open_file
from csa_desk.casework.desk import Desk
from csa_desk.casework.disclosing import ANOTHER_PERSON, SEALED
from csa_desk.casework.founding import offered_passphrase
from csa_desk.casework.wording import counted
from csa_desk.demo.made import Made, invented
from csa_desk.records.dates import spoken


def answer_request(desk: Desk, code: str, out: Path, made: Made) -> None:
    """A young person asked for their own records, and gets them."""
    file = open_file(desk, code)
    request = access_request.ask(desk, file)
    prepared = access_request.prepare_answer(desk, file, request)
    target = out / f"{code}-everything-held.pdf"
    entered = access_request.answer(desk, file, request, prepared, target)
    made.files.append(target)
    others, shut = prepared.held_back.get(ANOTHER_PERSON, 0), prepared.held_back.get(SEALED, 0)
    made.tell(
        f"Access request of {file.called}, answered as copy {entered.copy_number}: {target.name}, "
        f"{counted(others, 'record')} about other people not in it, sealed and not in it: {shut}"
    )


def record_request(desk: Desk, codes: dict[str, str], made: Made) -> None:
    """A carer asks too: it is decided in the child's best interests, and waits to be looked through."""
    said = invented("request.json")
    file = open_file(desk, codes[said["child"]])
    request = access_request.ask(desk, file, asked_by=said["asked_by"], standing=said["standing"])
    access_request.decide(desk, file, request, access_request.Decision.GIVE, weighed=said["weighed"])
    made.tell(
        f"Access request about {file.called} by a carer: weighed, to be answered by {spoken(request.due)}"
    )


def archive(desk: Desk, code: str, out: Path, made: Made) -> None:
    """The whole file in open formats, under a passphrase of its own."""
    file = open_file(desk, code)
    passphrase = offered_passphrase()
    prepared = archiving.prepare_archive(desk, file, passphrase)
    target = out / archiving.archive_name(desk, file)
    archiving.save_archive(desk, file, prepared, target)
    made.files.append(target)
    kept = made.written(out / "passphrase-archive.txt", passphrase + "\n")
    made.tell(f"Archive of {code}: {target.name} (age; passphrase in {kept.name})")
