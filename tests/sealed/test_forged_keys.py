"""A colleague with the data key writes keys and people into history: it opens nothing, and everybody is told."""

from collections.abc import Callable

import pytest

from csa_desk.casework import compartments, notes
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.desk import Desk
from csa_desk.records import vault as own
from csa_desk.records.ids import new_id
from csa_desk.records.keeping import Removal, RemovalDone, RemovalSigned
from csa_desk.records.sealed import CompartmentName
from csa_desk.store import check, decisions, proofs, recovering, removing, sealing, shares, slots
from csa_desk.store.keys import PrivateKeys
from csa_desk.store.revisions import Salted, canonical
from csa_desk.store.vault import OpenVault
from csa_desk.store.vouching import vouch
from tests.conftest import SetClock
from tests.sealed.conftest import Service

THERAPY = CompartmentName.THERAPY
Child = Callable[[Desk], CaseFile]
SECRET = "between the two of us"


def note(service: Service, child: Child, who: str = "Ada") -> str:
    """Somebody writes a therapy note."""
    with service.at(who) as desk:
        return notes.write_note(desk, child(desk), {"words": SECRET}).id


def reads(vault: OpenVault, case: str, private: PrivateKeys) -> bool:
    """Whether these private keys open a version of the therapy compartment of a case."""
    return any(
        sealing.wrapping.get(vault.whole, item.id, private.identity) is not None
        for item in vault.whole.find(sealing.Compartment, case=case)
    )


def told(service: Service, who: str = "Ada") -> tuple[set[str], set[str]]:
    """Codes of what the check finds, and of what somebody is told when unlocking."""
    with service.opener.open(service.folder, service.secret(who)) as vault:
        return {item.code for item in check.check(vault).findings}, {item.code for item in vault.notices}


def speak(vault: OpenVault, private: PrivateKeys, write: Callable[..., None]) -> None:
    """Write as somebody else, with their keys."""
    me = vault.opened
    vault.speak_as(private)
    try:
        with vault.write() as writing:
            write(writing)
    finally:
        vault.speak_as(me.own)


def service_key(private: PrivateKeys) -> own.ServiceKey:
    """An entry that names these keys as the service's."""
    return own.ServiceKey(
        id=new_id(),
        recipient=private.identity.recipient,
        sign_key=private.signer.public_hex,
        letter="C",
        since="2026-11-24T10:00:00+00:00",
    )


def test_a_service_key_of_somebody_who_does_not_administer_is_never_sealed_to(
    service: Service, child: Child
) -> None:
    note(service, child)
    mine = PrivateKeys.new("")
    with service.at("Mo") as desk:
        case = child(desk).case.id
        with desk.vault.write() as writing:
            writing.put(service_key(mine))
    note(service, child)
    with service.at("Ada") as desk:
        assert not reads(desk.vault, case, mine)
    found, noticed = told(service)
    assert "forged-key" in found
    assert "forged-key" in noticed


def test_a_service_key_of_ones_own_vouches_for_nobody(service: Service, child: Child) -> None:
    mine, as_ada = PrivateKeys.new(""), PrivateKeys.new(service.ids["Ada"])
    with service.at("Mo") as desk:
        case, forged = child(desk).case.id, service_key(mine)
        with desk.vault.write() as writing:
            writing.put(forged)
        entry = slots.key_entry(desk.vault, as_ada)

        def enter(writing: sealing.Writing) -> None:
            writing.put(entry)
            signed = vouch(mine.signer, forged.id, entry)
            writing.put(own.KeyVoucher(id=new_id(), key=entry.id, service_key=forged.id, signature=signed))

        speak(desk.vault, as_ada, enter)
        trust = compartments.Trust(desk.vault.whole)
        assert trust.people[service.ids["Ada"]] != as_ada.identity.recipient
    note(service, child)
    with service.at("Ada") as desk:
        assert not reads(desk.vault, case, as_ada)
    assert "signature" in told(service)[0]


@pytest.mark.parametrize("field", ["recipient", "until"])
def test_a_later_change_to_a_colleagues_key_counts_for_nothing(
    service: Service, child: Child, field: str
) -> None:
    mine = PrivateKeys.new("")
    with service.at("Mo") as desk:
        (known,) = desk.vault.whole.find(own.PractitionerKey, practitioner=service.ids["Ada"])
        said = {"recipient": mine.identity.recipient, "until": "2026-11-24T10:00:00+00:00"}
        parents = tuple(desk.vault.whole.heads(own.PractitionerKey, known.id))
        with desk.vault.write() as writing:
            writing._append(known, parents, {field: Salted.of(canonical(said[field]))}, "renewed")
        trust = compartments.Trust(desk.vault.whole)
        assert trust.people[service.ids["Ada"]] == known.recipient
    entry = note(service, child)
    with service.at("Ada") as desk:
        case = child(desk).case.id
        assert not reads(desk.vault, case, mine)
        assert notes.open_entry(desk, child(desk), entry)["words"] == SECRET
    assert "forged-key" in told(service)[0]


def test_a_colleague_who_does_not_administer_cannot_send_another_away(service: Service, child: Child) -> None:
    entry = note(service, child)
    with service.at("Mo") as desk:
        ada = desk.vault.whole.get(own.Practitioner, service.ids["Ada"])
        assert ada is not None
        with desk.vault.write() as writing:
            writing.put(sealing.replace(ada, left_on="2026-11-24"))
        assert service.ids["Ada"] in compartments.Trust(desk.vault.whole).people
        assert (
            service.ids["Ada"]
            in compartments.Trust(desk.vault.whole).standing(child(desk).case.id, THERAPY).holders
        )
    assert entry
    assert "forged-key" in told(service, "Bo")[0]


def test_who_makes_himself_administrator_administers_nothing(service: Service, child: Child) -> None:
    note(service, child)
    mine = PrivateKeys.new("")
    with service.at("Mo") as desk:
        case, me = child(desk).case.id, desk.practitioner()
        with desk.vault.write() as writing:
            writing.put(sealing.replace(me, administrator=True))
            writing.put(service_key(mine))
    note(service, child)
    with service.at("Ada") as desk:
        assert not reads(desk.vault, case, mine)
    assert "forged-key" in told(service)[0]


def test_who_was_made_administrator_by_one_may_make_the_services_shares(
    service: Service, child: Child
) -> None:
    with service.at("Ada") as desk:
        mo = desk.vault.whole.get(own.Practitioner, service.ids["Mo"])
        assert mo is not None
        with desk.vault.write() as writing:
            writing.put(sealing.replace(mo, administrator=True))
    made = shares.new_shares()
    with service.at("Mo") as desk:
        recovering.make_shares(desk.vault, made, slots.derive_new(desk.vault.header, made.secret))
        (known,) = desk.vault.whole.find(own.ServiceKey)
        assert compartments.Trust(desk.vault.whole).service == known.recipient
    assert told(service)[0] == set()


def phantom(vault: OpenVault) -> tuple[PrivateKeys, own.PractitionerKey]:
    """Somebody who does not exist, with keys one holds oneself."""
    private = PrivateKeys.new(new_id())
    return private, slots.key_entry(vault, private)


def test_an_invented_colleague_cannot_sign_a_removal(service: Service, child: Child) -> None:
    with service.at("Mo") as desk:
        case = child(desk).case.id
        private, entry = phantom(desk.vault)
        asked = Removal(id=new_id(), case=case, how="erase", whole_case=True, reason="x")
        with desk.vault.write() as writing:
            writing.put(own.Practitioner(id=private.practitioner, name="Kit"))
            writing.put(entry)
            removing.ask(writing, asked)
            writing.put(signed_by(asked, desk.vault.practitioner))
        speak(desk.vault, private, lambda writing: writing.put(signed_by(asked, private.practitioner)))
        assert decisions.read(desk.vault.read.raw).all[asked.id].signers == {desk.vault.practitioner}
    assert {"forged-key", "signature"} <= told(service)[0]


def signed_by(asked: Removal, who: str) -> RemovalSigned:
    """The agreement of a practitioner."""
    return RemovalSigned(id=new_id(), case=asked.case, removal=asked.id, practitioner=who)


def test_an_invented_colleague_in_a_carried_proof_cannot_sign_either(
    service: Service, child: Child, clock: SetClock
) -> None:
    with service.at("Mo") as desk:
        vault, case = desk.vault, child(desk).case.id
        private, entry = phantom(vault)
        asked = Removal(id=new_id(), case=case, how="erase", whole_case=True, reason="x")
        with vault.write() as writing:
            writing.put(entry)
            writing.put(asked)
            mine = signed_by(asked, vault.practitioner)
            writing.put(mine)
        theirs = signed_by(asked, private.practitioner)
        done = RemovalDone(id=new_id(), case=case, removal=asked.id)
        speak(vault, private, lambda writing: writing.put(theirs))
        with vault.write() as writing:
            writing.put(done)
        ids = [entry.id, asked.id, mine.id, theirs.id, done.id]
        proof = proofs.packed(vault.whole.raw, ids)
        assert len(proof) == len(ids)
        carried = sealing.replace(asked, id=new_id(), proof=proof)
        with vault.write() as writing:
            writing.put(carried)
        found = decisions.read(vault.read.raw).all.get(carried.id)
        assert found is None or not found.done_rightly


def test_two_of_the_older_shares_vouch_for_nobody_once_newer_ones_were_made(
    service: Service, child: Child
) -> None:
    with service.at("Ada") as desk:
        made = shares.new_shares()
        recovering.make_shares(desk.vault, made, slots.derive_new(desk.vault.header, made.secret))
    older = service.opener.unlock_by_shares(service.folder, list(made.papers[:2])).opened.own
    with service.at("Ada") as desk:
        (known,) = desk.vault.whole.find(own.ServiceKey)
        newer = shares.new_shares()
        recovering.make_shares(desk.vault, newer, slots.derive_new(desk.vault.header, newer.secret))
    with service.at("Mo") as desk:
        as_ada = PrivateKeys.new(service.ids["Ada"])
        entry = slots.key_entry(desk.vault, as_ada)

        def enter(writing: sealing.Writing) -> None:
            writing.put(entry)
            signed = vouch(older.signer, known.id, entry)
            writing.put(own.KeyVoucher(id=new_id(), key=entry.id, service_key=known.id, signature=signed))

        speak(desk.vault, as_ada, enter)
        trust = compartments.Trust(desk.vault.whole)
        assert trust.people[service.ids["Ada"]] != as_ada.identity.recipient


def test_naming_oneself_a_therapist_makes_nobody_a_holder_of_what_is_sealed_next(
    service: Service, child: Child
) -> None:
    with service.at("Bo") as desk:
        me = desk.practitioner()
        with desk.vault.write() as writing:
            writing.put(sealing.replace(me, profession=own.Profession.THERAPIST))
    note(service, child)
    with service.at("Ada") as desk:
        held = compartments.Trust(desk.vault.whole).standing(child(desk).case.id, THERAPY).holders
        assert set(held) == {service.ids["Ada"]}
    assert "forged-key" in told(service)[0]
