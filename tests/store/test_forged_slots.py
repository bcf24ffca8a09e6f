"""A colleague with the data key writes a way in of their own into the header: it goes with the next change of key."""

import base64
import json
from dataclasses import replace
from pathlib import Path

import pytest

from csa_desk.errors import ForeignHeaderError, VaultError, WrongPassphraseError
from csa_desk.records import vault as own
from csa_desk.records.ids import new_id
from csa_desk.store import header, keys, recovering, slots
from csa_desk.store.check import check
from csa_desk.store.keys import Identity, PrivateKeys
from csa_desk.store.opening import Opener
from csa_desk.store.rotating import rotate
from csa_desk.store.shares import new_shares
from csa_desk.store.sheet import new_sheet
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
        letter = header.free_letter(vault.header.slots)
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
        letter = header.free_letter(vault.header.slots)
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


# --- somebody else's public half in a way in that is seldom used --------------------------------------------------


def with_sheet_of_hers(vault: OpenVault) -> str:
    """Her recovery sheet; its words."""
    words = new_sheet()
    slots.set_way(vault, slots.SHEET, slots.derive_new(vault.header, words))
    return words


def swap_public_half(folder: Path, opener: Opener, opened_by: str) -> Identity:
    """Mo puts a public half of his own into the slots of others that are opened so; what stands in them still opens."""
    his = Identity.new()
    with opener.open(folder, HIS) as vault:
        mine = set(slots.letters_of(vault, vault.practitioner).values())
        changed = {
            letter: replace(slot, recipient=his.recipient)
            if slot.opened_by == opened_by and letter not in mine
            else slot
            for letter, slot in vault.header.slots.items()
        }
        slots.change_header(vault, changed, "")
    return his


def opened_by_his(folder: Path, his: Identity) -> bool:
    """Whether Mo's private half opens a data key of the header that stands."""
    content = json.loads((folder / header.NAME).read_bytes())
    sealed = [base64.b64decode(key) for slot in content["slots"].values() for key in slot["data_keys"]]
    return any(his.open(one) is not None for one in sealed)


@pytest.mark.parametrize("opened_by", ["sheet", "shares"])
def test_the_new_key_is_never_sealed_to_a_public_half_that_was_swapped(
    folder: Path, opener: Opener, passphrase: str, opened_by: str
) -> None:
    with opener.open(folder, passphrase) as vault:
        mo = add_mo(vault)
        with_sheet_of_hers(vault)
        made = new_shares()
        recovering.make_shares(vault, made, slots.derive_new(vault.header, made.secret))
    his = swap_public_half(folder, opener, opened_by)
    with opener.open(folder, passphrase) as vault:
        assert f"{opened_by}-changed" in {item.code for item in vault.notices}
        assert "slot" in {item.code for item in check(vault).findings}
        slots.take_away(vault, mo)
        rotate(vault)
        assert not opened_by_his(folder, his)
    with opener.open(folder, passphrase) as vault:
        # The way that was spoilt is gone; whoever it belonged to is told until a new one is made.
        assert f"{opened_by}-changed" in {item.code for item in vault.notices}
        if opened_by == "sheet":
            with_sheet_of_hers(vault)
        else:
            made = new_shares()
            recovering.make_shares(vault, made, slots.derive_new(vault.header, made.secret))
        assert check(vault).findings == ()
    with opener.open(folder, passphrase) as vault:
        assert vault.notices == []


def test_a_passphrase_whose_public_half_was_swapped_opens_nothing_and_says_why(
    folder: Path, opener: Opener, passphrase: str
) -> None:
    with opener.open(folder, passphrase) as vault:
        add_mo(vault)
    swap_public_half(folder, opener, "passphrase")
    with pytest.raises(ForeignHeaderError, match="changed outside CSA Desk"):
        opener.open(folder, passphrase)


def test_a_colleague_cannot_enter_anothers_way_in_as_their_own(
    folder: Path, opener: Opener, passphrase: str
) -> None:
    with opener.open(folder, passphrase) as vault:
        mo = add_mo(vault)
        with_sheet_of_hers(vault)
        letter = slots.letters_of(vault, vault.practitioner)["sheet"]
    his = swap_public_half(folder, opener, "sheet")
    with opener.open(folder, HIS) as vault:
        with vault.write() as writing:
            slots.enter_slot(writing, letter, vault.header.slots[letter], mo)
        # and out of the table again, so that his removal does not look for it
        vault.writing_connection().execute("DELETE FROM slot WHERE letter = ?", (letter,))
    with opener.open(folder, passphrase) as vault:
        assert "forged-key" in {item.code for item in vault.notices}
        slots.take_away(vault, mo)
        rotate(vault)
    assert not opened_by_his(folder, his)


def test_keys_put_into_a_slot_by_somebody_else_are_noticed_when_it_opens(
    folder: Path, opener: Opener, passphrase: str
) -> None:
    with opener.open(folder, passphrase) as vault:
        add_mo(vault)
        words, me = with_sheet_of_hers(vault), vault.practitioner
        made = new_shares()
        recovering.make_shares(vault, made, slots.derive_new(vault.header, made.secret))
    with opener.open(folder, HIS) as vault:
        mine = set(slots.letters_of(vault, vault.practitioner).values())

        def spoilt(slot: header.Slot) -> header.Slot:
            whose = "" if slot.opened_by == "shares" else me
            return replace(slot, private_keys=keys.seal_to(slot.recipient, PrivateKeys.new(whose).packed()))

        changed = {
            letter: slot if letter in mine else spoilt(slot) for letter, slot in vault.header.slots.items()
        }
        slots.change_header(vault, changed, "")
    with opener.open(folder, passphrase) as vault:
        assert "other-keys" in {item.code for item in vault.notices}
        assert vault.read_only
    for opened in (
        recovering.rehearse_sheet(vault.header, me, words),
        recovering.rehearse_shares(vault.header, list(made.papers[:2])),
    ):
        with (
            opener.open(folder, HIS) as his,
            pytest.raises(VaultError, match="not the ones that history knows"),
        ):
            recovering.prove(his, opened, "2026-11-24")


def test_a_sheet_whose_entry_was_cut_off_counts_again_once_it_was_tried_out(
    folder: Path, opener: Opener, passphrase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opener.open(folder, passphrase) as vault:
        with_sheet_of_hers(vault)
        words = new_sheet()
        root = slots.derive_new(vault.header, words)
        with monkeypatch.context() as patch:
            patch.setattr(slots, "enter_slot", cut)
            with pytest.raises(KeyboardInterrupt):
                slots.set_way(vault, slots.SHEET, root)
    with opener.open(folder, passphrase) as vault:
        assert [item.code for item in vault.notices] == ["sheet-changed"]
        opened = recovering.rehearse_sheet(vault.header, vault.practitioner, words)
        recovering.prove(vault, opened, "2026-11-24")
        rotate(vault)
    with opener.open(folder, passphrase) as vault:
        assert vault.notices == []
        assert check(vault).findings == ()
    assert opener.unlock_by_sheet(folder, words).opened.letter == opened.letter


def cut(*_: object) -> None:
    raise KeyboardInterrupt
