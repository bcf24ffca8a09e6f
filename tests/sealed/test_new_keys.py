"""Nobody is locked out of what they wrote: new passphrase, sheet, new keys, back in by the service’s shares."""

from collections.abc import Callable

import pytest

from csa_desk.casework import compartments, notes
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.desk import Desk
from csa_desk.casework.notes import State
from csa_desk.records.sealed import CompartmentName
from csa_desk.store import check, recovering, sealed_drafts, sealing, shares, slots
from csa_desk.store.recovering import ServiceEntry
from csa_desk.store.rotating import rotate
from csa_desk.store.vault import OpenVault
from tests.conftest import SetClock
from tests.sealed.conftest import PACKS, Service

THERAPY, DISCLOSURE = CompartmentName.THERAPY, CompartmentName.DISCLOSURE
Child = Callable[[Desk], CaseFile]
NEW = "copper lantern drifts over moors"


@pytest.fixture
def papers(service: Service) -> tuple[str, ...]:
    """The service's three shares, made before anything was sealed."""
    made = shares.new_shares()
    with service.opener.open(service.folder, service.secret("Ada")) as vault:
        recovering.make_shares(vault, made, slots.derive_new(vault.header, made.secret))
    return made.papers


def sown(service: Service, child: Child, who: str) -> tuple[str, str]:
    """A therapy note, something told, and a half-typed note of this practitioner."""
    with service.at(who) as desk:
        file = child(desk)
        note = notes.write_note(desk, file, {"words": "a note"}).id
        told = notes.seal_disclosure(desk, file, {"words": "what was told"}).id
        key = sealed_drafts.prefix(file.case.id, THERAPY, notes.NEW)
        compartments.SealedDrafts(desk).keep(f"{key}/words", "half a note", 3)
    return note, told


def reads_all(vault: OpenVault, child: Child, note: str, told: str) -> None:
    """They open everything again, and every check is clean."""
    desk = Desk(vault, PACKS)
    notes.at_unlock(desk)
    file = child(desk)
    assert notes.open_entry(desk, file, note)["words"] == "a note"
    assert notes.open_entry(desk, file, told)["words"] == "what was told"
    (draft,) = compartments.SealedDrafts(desk).found(f"{file.case.id}/sealed").values()
    assert draft.text == "half a note"
    assert list(sealing.verify_held(vault)) == []
    assert [item.code for item in check.check(vault).findings if item.code not in ("service-recovery",)] == []


def versions(vault: OpenVault, child: Child, name: str) -> int:
    """How many versions a compartment has had."""
    return len(compartments.Trust(vault.whole).standing(child(Desk(vault, PACKS)).case.id, name).versions)


@pytest.mark.parametrize("who", ["Ada", "Bo"])
def test_after_a_new_passphrase_everything_opens_and_nothing_was_sealed_anew(
    service: Service, child: Child, who: str
) -> None:
    note, told = sown(service, child, who)
    with service.at(who) as desk:
        slots.set_way(desk.vault, slots.PASSPHRASE, slots.derive_new(desk.vault.header, NEW))
    with service.opener.open(service.folder, NEW) as vault:
        reads_all(vault, child, note, told)
        assert versions(vault, child, THERAPY) == 1


@pytest.mark.parametrize("who", ["Ada", "Bo"])
def test_after_new_keys_everything_opens_and_the_old_keys_open_nothing_more(
    service: Service, child: Child, who: str
) -> None:
    note, told = sown(service, child, who)
    with service.at(who) as desk:
        vault = desk.vault
        old = vault.opened.own.identity
        private, ways = slots.renewed(vault, {slots.PASSPHRASE: slots.derive_new(vault.header, NEW)})
        rotate(vault, slots=ways, own=private)
    with service.opener.open(service.folder, NEW) as vault:
        reads_all(vault, child, note, told)
        held = THERAPY if who == "Ada" else DISCLOSURE
        assert versions(vault, child, held) == 2
        left = vault.whole.raw.execute(
            "SELECT of FROM wrapped_key WHERE recipient = ?", (old.recipient,)
        ).fetchall()
        assert left == []


@pytest.mark.parametrize("who", ["Ada", "Bo", "Mo"])
def test_who_comes_back_by_the_services_shares_opens_what_they_held_and_wrote(
    service: Service, child: Child, papers: tuple[str, ...], who: str
) -> None:
    note, told = sown(service, child, who)
    unlocked = service.opener.unlock_by_shares(service.folder, [papers[2], papers[0]])
    with ServiceEntry(service.opener.attach(unlocked)) as entry:
        root = slots.derive_new(entry.made, NEW)
        entry.bring_back(service.ids[who], {slots.PASSPHRASE: root})
    with service.opener.open(service.folder, NEW) as vault:
        reads_all(vault, child, note, told)


def test_shares_made_after_something_was_sealed_bring_the_lone_therapist_back_too(
    service: Service, child: Child
) -> None:
    note, _ = sown(service, child, "Ada")
    made = shares.new_shares()
    with service.at("Ada") as desk:
        recovering.make_shares(desk.vault, made, slots.derive_new(desk.vault.header, made.secret))
    # The next unlock of a holder seals the private half to the service too.
    with service.at("Ada") as desk:
        assert compartments.put_in_order(desk) == 0
    unlocked = service.opener.unlock_by_shares(service.folder, list(made.papers[:2]))
    with ServiceEntry(service.opener.attach(unlocked)) as entry:
        entry.bring_back(service.ids["Ada"], {slots.PASSPHRASE: slots.derive_new(entry.made, NEW)})
    with service.opener.open(service.folder, NEW) as vault:
        desk = Desk(vault, PACKS)
        assert notes.open_entry(desk, child(desk), note)["words"] == "a note"
        assert versions(vault, child, THERAPY) >= 2


def test_a_removed_holder_who_comes_back_under_a_new_name_holds_nothing(
    service: Service, child: Child, clock: SetClock
) -> None:
    service.join("Di", "therapist")
    note, _ = sown(service, child, "Di")
    service.leave("Di")
    with service.at("Ada") as desk:
        assert notes.open_entry(desk, child(desk), note)["words"] == "a note"
    service.join("Di again", "therapist")
    with service.at("Di again") as desk:
        assert {item.state for item in notes.entries(desk, child(desk), THERAPY)} == {State.SEALED}
