"""A colleague with the data key writes a way in of their own into the header: it goes with the next change of key."""

from pathlib import Path

import pytest

from csa_desk.errors import WrongPassphraseError
from csa_desk.records import vault as own
from csa_desk.records.ids import new_id
from csa_desk.store import header, slots
from csa_desk.store.check import check
from csa_desk.store.keys import PrivateKeys
from csa_desk.store.opening import Opener
from csa_desk.store.rotating import rotate
from csa_desk.store.vault import OpenVault

HIS, BACK_DOOR = "copper lantern drifts over moors", "violet ladder hums in the rain"


def add_mo(vault: OpenVault) -> str:
    """A colleague with one way in."""
    who = own.Practitioner(id=new_id(), name="Mo", profession="manager")
    slots.add(vault, who, {slots.PASSPHRASE: slots.derive_new(vault.header, HIS)})
    return who.id


def open_a_back_door(folder: Path, opener: Opener, *, recorded_as: str = "") -> None:
    """Mo writes a further slot into the header; ``recorded_as`` also enters it as somebody's."""
    with opener.open(folder, HIS) as vault:
        letter = header.free_letter(vault.header)
        root = slots.derive_new(vault.header, BACK_DOOR)
        slot = slots.new_slot(vault, letter, slots.PASSPHRASE, root, PrivateKeys.new(vault.practitioner))
        slots.change_header(vault, {**vault.header.slots, letter: slot}, "")
        if recorded_as:
            with vault.write() as writing:
                writing.put(own.Slot(id=new_id(), letter=letter, practitioner=recorded_as, opened_by="sheet"))


@pytest.mark.parametrize("recorded", [False, True])
def test_a_back_door_closes_when_who_made_it_is_removed(
    folder: Path, opener: Opener, passphrase: str, recorded: bool
) -> None:
    with opener.open(folder, passphrase) as vault:
        mo, me = add_mo(vault), vault.practitioner
    open_a_back_door(folder, opener, recorded_as=me if recorded else "")
    with opener.open(folder, passphrase) as vault:
        assert "slot" in {item.code for item in check(vault).findings}
        slots.take_away(vault, mo)
        rotate(vault)
    for secret in (HIS, BACK_DOOR):
        with pytest.raises(WrongPassphraseError):
            opener.open(folder, secret)
    with opener.open(folder, passphrase) as vault:
        assert "slot" not in {item.code for item in check(vault).findings}


def test_a_back_door_closes_when_the_key_is_changed(folder: Path, opener: Opener, passphrase: str) -> None:
    with opener.open(folder, passphrase) as vault:
        add_mo(vault)
    open_a_back_door(folder, opener)
    with opener.open(folder, passphrase) as vault:
        rotate(vault)
    with pytest.raises(WrongPassphraseError):
        opener.open(folder, BACK_DOOR)
    with opener.open(folder, HIS), pytest.raises(WrongPassphraseError):
        opener.open(folder, BACK_DOOR)


def test_a_way_in_whose_entry_was_cut_off_is_entered_at_the_next_unlock(
    folder: Path, opener: Opener, passphrase: str
) -> None:
    with opener.open(folder, passphrase) as vault:
        add_mo(vault)
    with opener.open(folder, HIS) as vault:
        letter = header.free_letter(vault.header)
        root = slots.derive_new(vault.header, BACK_DOOR)
        slot = slots.new_slot(vault, letter, slots.SHEET, root, vault.opened.own)
        slots.change_header(vault, {**vault.header.slots, letter: slot}, "sheet changed")
    with opener.open(folder, BACK_DOOR) as vault:
        assert slots.letters_of(vault, vault.practitioner)[slots.SHEET] == letter
        assert check(vault).findings == ()
    with opener.open(folder, passphrase) as vault:
        rotate(vault)
    opener.open(folder, BACK_DOOR).close()


def test_a_removal_that_was_cut_off_after_the_header_is_told_and_can_be_done_again(
    folder: Path, opener: Opener, passphrase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opener.open(folder, passphrase) as vault:
        mo = add_mo(vault)
        assert vault.notices == []

    def cut_off(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with opener.open(folder, passphrase) as vault, monkeypatch.context() as patch:
        patch.setattr(OpenVault, "write", cut_off)
        with pytest.raises(KeyboardInterrupt):
            slots.take_away(vault, mo)
    with opener.open(folder, passphrase) as vault:
        assert [item.code for item in vault.notices] == ["no-way-in"]
        assert "Mo" in vault.notices[0].sentence
        slots.take_away(vault, mo)
        rotate(vault)
    with opener.open(folder, passphrase) as vault:
        assert vault.notices == []
        assert check(vault).findings == ()


def test_nobody_locks_themself_out_where_history_lost_their_way_in(
    folder: Path, opener: Opener, passphrase: str
) -> None:
    with opener.open(folder, passphrase) as vault:
        raw = vault.writing_connection()
        for guard in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f'DROP TRIGGER "{guard[0]}"')
        raw.execute("DELETE FROM revision_value WHERE seq IN (SELECT seq FROM revision WHERE kind = 'slot')")
        rotate(vault)
    opener.open(folder, passphrase).close()
