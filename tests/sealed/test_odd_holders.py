"""Who can open what is sealed without their role or another holder saying so is named to those whose place it is."""

from collections.abc import Callable

from csa_desk.casework import compartments, notes
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.desk import Desk
from csa_desk.records.sealed import CompartmentName
from csa_desk.store import compartment_keys
from csa_desk.store.trust import Trust
from tests.sealed.conftest import PACKS, Service

THERAPY = CompartmentName.THERAPY
Child = Callable[[Desk], CaseFile]


def seize(service: Service, child: Child) -> str:
    """Mo, a colleague who is no therapist, founds the therapy notes of a child and names himself; the case's code."""
    with service.at("Mo") as desk:
        case = child(desk).case
        with desk.vault.write() as writing:
            trust = Trust(writing)
            standing = trust.standing(case.id, THERAPY)
            compartment_keys.found(
                writing,
                trust,
                standing,
                [service.ids["Mo"], service.ids["Ada"]],
                by=service.ids["Mo"],
                why="profession",
                moment=desk.clock.moment(),
            )
    return case.code


def unlock(service: Service, who: str) -> list[str]:
    """What somebody is told when unlocking."""
    with service.opener.open(service.folder, service.secret(who)) as vault:
        return notes.at_unlock(Desk(vault, PACKS))


def test_a_colleague_who_made_himself_a_holder_is_named_once_to_whose_place_it_is(
    service: Service, child: Child
) -> None:
    code = seize(service, child)
    (said,) = unlock(service, "Ada")
    assert f"Mo (therapy notes of {code})" in said
    assert unlock(service, "Ada") == []
    assert unlock(service, "Bo") == []
    with service.at("Ada") as desk:
        place = compartments.place(desk, child(desk), THERAPY)
        assert [(row.name, row.odd) for row in place.holders] == [("Mo", True), ("Ada", False)]
        # She holds it too, so she can end it; what is sealed gets a new key.
        place = compartments.end_holding(desk, child(desk), THERAPY, service.ids["Mo"], "Not his to read")
        assert [row.name for row in place.holders] == ["Ada"]


def test_who_was_let_in_by_a_holder_is_not_named(service: Service, child: Child) -> None:
    with service.at("Ada") as desk:
        file = child(desk)
        notes.write_note(desk, file, {"words": "between us"})
        place = compartments.grant(desk, file, THERAPY, service.ids["Mo"], "Covers for me")
        assert [row.odd for row in place.holders] == [False, False]
    assert unlock(service, "Ada") == []


def test_a_holder_cannot_clear_themself_by_letting_themself_in_again(service: Service, child: Child) -> None:
    seize(service, child)
    with service.at("Mo") as desk:
        file = child(desk)
        with desk.vault.write() as writing:
            trust = Trust(writing)
            compartment_keys.grant(
                writing,
                trust,
                compartments.reader_of(desk.vault),
                trust.standing(file.case.id, THERAPY),
                service.ids["Mo"],
                why="x",
                moment=desk.clock.moment(),
            )
    with service.at("Ada") as desk:
        place = compartments.place(desk, child(desk), THERAPY)
        assert [row.name for row in place.holders if row.odd] == ["Mo"]
