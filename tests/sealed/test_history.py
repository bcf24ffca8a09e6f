"""What history says of sealed notes: who may read them, and each new lock, in words without jargon."""

from collections.abc import Callable

from csa_desk.casework import compartments, notes
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.desk import Desk
from csa_desk.casework.histories import changes
from csa_desk.casework.history_sealed import LOCKS
from csa_desk.records.sealed import CompartmentName
from tests.sealed.conftest import Service

JARGON = ("compartment", "version", "holder", "hold ", "entry", "author")


def told(desk: Desk, file: CaseFile) -> list[str]:
    """Title and fields of every change to who can read, oldest first."""
    return [
        " | ".join((item.title, *(f"{field.label}: {field.after}" for field in item.fields)))
        for item in reversed(changes(desk, file))
        if item.kind in ("compartment", "holder")
    ]


def test_who_may_read_and_each_new_lock_is_told_in_plain_words(
    service: Service, child: Callable[[Desk], CaseFile]
) -> None:
    service.join("Cy", "therapist")
    with service.at("Ada") as desk:
        file = child(desk)
        notes.write_note(desk, file, {"words": "Drew the sea."})
        compartments.grant(
            desk, file, CompartmentName.THERAPY, service.ids["Bo"], "Sees Rowan while Ada is away"
        )
        compartments.end_holding(desk, file, CompartmentName.THERAPY, service.ids["Bo"], "Ada is back")
    service.leave("Cy")
    with service.at("Ada") as desk:
        said = told(desk, child(desk))
    profession = "It follows from what they are in the service"
    assert sorted(said[:2]) == [
        f"Therapy notes: {name} may read them from now on | Why: {profession} | Decided by: Ada"
        for name in ("Ada", "Cy")
    ]
    assert said[2:] == [
        f"Therapy notes: locked for the first time | What happened: {LOCKS['profession']}",
        "Therapy notes: Bo may read them from now on | Why: Sees Rowan while Ada is away | Decided by: Ada",
        "Therapy notes: Bo may no longer read them | Why: Ada is back | Decided by: Ada",
        f"Therapy notes: a new lock | What happened: {LOCKS['holder-ended']}",
        f"Therapy notes: a new lock | What happened: {LOCKS['removal']}",
    ]
    assert not [word for word in JARGON for line in said if word in line.lower()]
