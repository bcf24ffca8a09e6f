"""Further practitioners, new passphrases and keys, removal: by one person, without anybody else's passphrase."""

from collections.abc import Callable
from pathlib import Path

import pytest

from csa_desk.errors import ForeignHeaderError, RefusedError, VaultError, WrongPassphraseError
from csa_desk.records import vault as own
from csa_desk.records.ids import new_id
from csa_desk.store import header, slots, wrapping
from csa_desk.store.check import check
from csa_desk.store.opening import Opener
from csa_desk.store.rotating import rotate
from csa_desk.store.vault import OpenVault

HERS = "copper lantern drifts over moorland"
NEW = "nine patient herons wade at dusk"


def add_jo(vault: OpenVault, name: str = "Jo Adeyemi", passphrase: str = HERS) -> str:
    who = own.Practitioner(id=new_id(), name=name, profession="therapist")
    slots.add(vault, who, {slots.PASSPHRASE: slots.derive_new(vault.header, passphrase)})
    return who.id


def test_a_further_practitioner_opens_the_vault_with_keys_of_her_own(
    folder: Path, opener: Opener, passphrase: str
) -> None:
    with opener.open(folder, passphrase) as vault:
        first, jo = vault.practitioner, add_jo(vault)
        assert check(vault).findings == ()
    with opener.open(folder, HERS) as vault:
        assert vault.practitioner == jo
        with vault.write() as writing:
            writing.log_access("opened", "vault")
            writing.put(own.PackKept(id=new_id(), pack="x"))
        assert check(vault).findings == ()
    with opener.open(folder, passphrase) as vault:
        assert vault.practitioner == first


def test_a_passphrase_that_opens_another_slot_is_refused_without_saying_whose(vault: OpenVault) -> None:
    add_jo(vault)
    with pytest.raises(RefusedError, match="cannot be used in this vault") as refused:
        slots.derive_new(vault.header, HERS)
    assert "Jo" not in str(refused.value)


def test_a_new_passphrase_takes_the_place_of_the_old_one(
    folder: Path, opener: Opener, passphrase: str
) -> None:
    with opener.open(folder, passphrase) as vault:
        jo = add_jo(vault)
        generation = vault.header.generation
        slots.set_way(vault, slots.PASSPHRASE, slots.derive_new(vault.header, NEW))
        assert vault.header.generation == generation + 1
        assert len(vault.whole.find(own.Slot, practitioner=vault.practitioner, opened_by="passphrase")) == 1
    with pytest.raises(WrongPassphraseError):
        opener.unlock(folder, passphrase)
    with opener.open(folder, NEW) as vault:
        assert check(vault).findings == ()
    assert opener.unlock(folder, HERS).opened.own.practitioner == jo


def test_a_header_from_before_a_change_is_refused(folder: Path, opener: Opener, passphrase: str) -> None:
    before = (folder / header.NAME).read_bytes()
    with opener.open(folder, passphrase) as vault:
        slots.set_way(vault, slots.PASSPHRASE, slots.derive_new(vault.header, NEW))
    for name in (header.NAME, header.BACKUP_NAME):
        (folder / name).write_bytes(before)
    with pytest.raises(ForeignHeaderError, match="older than its database"):
        opener.open(folder, passphrase)


def test_nothing_is_sealed_to_a_header_that_somebody_changed_meanwhile(
    folder: Path, opener: Opener, passphrase: str, rewrite: Callable
) -> None:
    with opener.open(folder, passphrase) as vault:
        rewrite(folder, lambda content: content["slots"]["A"].update(recipient="age1other"))
        with pytest.raises(ForeignHeaderError, match="changed outside"):
            slots.set_way(vault, slots.PASSPHRASE, slots.derive_new(vault.header, NEW))
        with pytest.raises(ForeignHeaderError, match="changed outside"):
            rotate(vault)


def test_who_is_taken_away_opens_nothing_any_more(folder: Path, opener: Opener, passphrase: str) -> None:
    with opener.open(folder, passphrase) as vault:
        jo = add_jo(vault)
        salt = vault.header.databases
        slots.take_away(vault, jo)
        assert slots.rotation_due(vault)
        rotate(vault)
        assert not slots.rotation_due(vault)
        assert vault.header.databases != salt
        person = vault.whole.get(own.Practitioner, jo)
        assert person is not None
        assert person.left_on == "2026-11-24"
        assert all(entry.until for entry in vault.whole.find(own.PractitionerKey, practitioner=jo))
        assert check(vault).findings == ()
    with pytest.raises(WrongPassphraseError):
        opener.unlock(folder, HERS)
    with opener.open(folder, passphrase) as vault:
        assert vault.notices == []
        assert check(vault).findings == ()


def test_a_key_change_that_was_cut_off_after_a_removal_is_told_at_the_next_unlock(
    folder: Path, opener: Opener, passphrase: str
) -> None:
    with opener.open(folder, passphrase) as vault:
        slots.take_away(vault, add_jo(vault))
    with opener.open(folder, passphrase) as vault:
        assert [notice.code for notice in vault.notices] == ["rotation-due"]
        rotate(vault)
    with opener.open(folder, passphrase) as vault:
        assert vault.notices == []


def test_new_keys_are_entered_by_the_old_ones_and_open_what_was_sealed_before(
    folder: Path, opener: Opener, passphrase: str
) -> None:
    with opener.open(folder, passphrase) as vault:
        jo = add_jo(vault)
        before = vault.opened.own
        with vault.write() as writing:
            wrapping.put(writing, "thing", before.identity.recipient, "its key")
        private, ways = slots.renewed(vault, {slots.PASSPHRASE: slots.derive_new(vault.header, NEW)})
        rotate(vault, slots=ways, own=private)
        assert vault.opened.own.identity.recipient != before.identity.recipient
        assert wrapping.get(vault.whole, "thing", vault.opened.own.identity) == "its key"
        old, new = vault.whole.find(own.PractitionerKey, practitioner=vault.practitioner)
        assert (bool(old.until), bool(new.until)) == (True, False)
        with vault.write() as writing:
            writing.put(own.PackKept(id=new_id(), pack="x"))
        assert check(vault).findings == ()
    with pytest.raises(WrongPassphraseError):
        opener.unlock(folder, passphrase)
    with opener.open(folder, NEW) as vault:
        assert check(vault).findings == ()
        assert vault.opened.own.open(b"no age file") is None
        assert [known.identity.recipient for known in vault.opened.own.earlier] == [before.identity.recipient]
    assert opener.unlock(folder, HERS).opened.own.practitioner == jo


def test_new_keys_whose_entry_was_cut_off_are_entered_at_the_next_unlock(
    folder: Path, opener: Opener, passphrase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opener.open(folder, passphrase) as vault:
        private, ways = slots.renewed(vault, {slots.PASSPHRASE: slots.derive_new(vault.header, NEW)})
        with monkeypatch.context() as patch:
            patch.setattr(slots, "enter_own_keys", stop)
            with pytest.raises(VaultError):
                rotate(vault, slots=ways, own=private)
        vault._wrote = False
    with opener.open(folder, NEW) as vault:
        assert check(vault).findings == ()
        assert len(vault.whole.find(own.PractitionerKey)) == 2


def stop(_vault: OpenVault) -> bool:
    raise VaultError("cut off")


def test_a_vault_with_every_letter_taken_says_so(vault: OpenVault) -> None:
    while len(vault.header.slots) < len(header.LETTERS):
        add_jo(vault, passphrase=f"{HERS} {len(vault.header.slots)}")
    with pytest.raises(VaultError, match="no room"):
        add_jo(vault)
    assert check(vault).findings == ()


@pytest.mark.parametrize("forged", ["for a colleague", "unsigned service key"])
def test_a_key_put_in_for_somebody_else_counts_for_nothing(
    vault: OpenVault, forged: str, codes: Callable
) -> None:
    jo = add_jo(vault)
    other = slots.PrivateKeys.new(jo)
    if forged == "for a colleague":
        with vault.write() as writing:
            writing.put(slots.key_entry(vault, other))
    # Whoever holds the new key signs as Jo; the colleague who entered it had no say.
    me = vault.opened
    vault.speak_as(other)
    with vault.write() as writing:
        if forged != "for a colleague":
            writing.put(slots.key_entry(vault, other))
        writing.put(own.PackKept(id=new_id(), pack="forged"))
    vault.opened = me
    assert "signature" in codes(vault)
