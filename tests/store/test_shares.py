"""The service's shares and the recovery sheet: what opens, what is said where it does not, and who is told."""

from collections.abc import Callable
from pathlib import Path

import pytest

from csa_desk.errors import DeskError, InputError, RefusedError, VaultError, WrongPassphraseError
from csa_desk.records import vault as own
from csa_desk.records.ids import new_id
from csa_desk.store import recovering, slots, wrapping
from csa_desk.store.check import check
from csa_desk.store.keys import Signer
from csa_desk.store.opening import Opener
from csa_desk.store.recovering import ServiceEntry
from csa_desk.store.shares import NewShares, new_shares, read_shares, share_text
from csa_desk.store.sheet import WORDLIST, new_sheet, sheet_text
from csa_desk.store.vault import OpenVault
from csa_desk.store.vouching import vouch
from tests.conftest import SetClock

NEW = "nine patient herons wade at dusk"


def with_shares(vault: OpenVault) -> NewShares:
    made = new_shares()
    recovering.make_shares(vault, made, slots.derive_new(vault.header, made.secret))
    return made


def another(word: str) -> str:
    return WORDLIST[0] if word != WORDLIST[0] else WORDLIST[1]


def changed(words: str, *places: int) -> str:
    said = words.split()
    for place in places:
        said[place - 1] = another(said[place - 1])
    return " ".join(said)


@pytest.mark.parametrize("pair", [(0, 1), (0, 2), (2, 1)])
def test_any_two_shares_give_the_secret_typed_or_from_their_files(pair: tuple[int, int]) -> None:
    made = new_shares()
    first, second = (made.papers[place] for place in pair)
    assert read_shares([first, second]) == made.secret
    assert read_shares([first.upper().replace(" ", "\n"), share_text("eastmere 2", 2, second)]) == made.secret


@pytest.mark.parametrize("place", [1, 2, 7, 20])
def test_a_mistyped_word_of_a_share_is_named(place: int) -> None:
    made = new_shares()
    right = made.papers[1].split()[place - 1]
    with pytest.raises(InputError, match=f"Word {place} of share 2 was mistyped: it should be “{right}”"):
        read_shares([made.papers[0], changed(made.papers[1], place)])
    no_word = made.papers[1].split()
    no_word[place - 1] = "xyzzy"
    with pytest.raises(InputError, match=f"Word {place} of share 2 .*“{right}”"):
        read_shares([made.papers[0], " ".join(no_word)])


def test_what_else_can_be_wrong_with_shares_is_said_plainly() -> None:
    made, other = new_shares(), new_shares()
    for given, said in (
        ([], "Two of the three"),
        ([made.papers[0]], "Two of the three"),
        ([made.papers[0], ""], "Two of the three"),
        ([made.papers[0], made.papers[0]], "the same share twice"),
        ([made.papers[0], other.papers[1]], "do not belong together"),
        ([made.papers[0], made.papers[1] + " acid"], "there are 21"),
        ([changed(made.papers[0], 3, 9), made.papers[1]], "More than one word of share 1"),
    ):
        with pytest.raises(InputError, match=said):
            read_shares(given)


def test_shares_bring_a_practitioner_back_and_everybody_is_told_once(
    folder: Path, opener: Opener, passphrase: str
) -> None:
    with opener.open(folder, passphrase) as vault:
        mine, made = vault.practitioner, with_shares(vault)
        jo = own.Practitioner(id=new_id(), name="Jo Adeyemi")
        slots.add(
            vault, jo, {"passphrase": slots.derive_new(vault.header, "copper lantern drifts over moors")}
        )
        with vault.write() as writing:
            service = writing.find(own.ServiceKey)[0]
            entry = writing.find(own.PractitionerKey, practitioner=jo.id)[0]
            wrapping.put(writing, "compartment", service.recipient, "its key")
            wrapping.put(writing, "compartment", entry.recipient, "its key")
            wrapping.put(writing, "not hers", service.recipient, "another key")
        assert check(vault).findings == ()
    unlocked = opener.unlock_by_shares(folder, [made.papers[2], made.papers[0]])
    with ServiceEntry(opener.attach(unlocked)) as entry_by_shares:
        assert {person.id for person in entry_by_shares.people()} == {mine, jo.id}
        root = slots.derive_new(entry_by_shares.made, NEW)
        entry_by_shares.bring_back(jo.id, {"passphrase": root})
    with pytest.raises(WrongPassphraseError):
        opener.unlock(folder, "copper lantern drifts over moors")
    with opener.open(folder, NEW) as vault:
        assert vault.practitioner == jo.id
        assert [notice.code for notice in vault.notices] == ["service-recovery"]
        assert "give you a new way" in vault.notices[0].sentence
        assert wrapping.get(vault.whole, "compartment", vault.opened.own.identity) == "its key"
        assert wrapping.get(vault.whole, "not hers", vault.opened.own.identity) is None
        assert "service-recovery" in {row["action"] for row in vault.whole.accesses("vault")}
        codes = [item.code for item in check(vault).findings]
        assert codes == ["service-recovery"] or codes == []
    with opener.open(folder, passphrase) as vault:
        assert ["Jo Adeyemi" in notice.sentence for notice in vault.notices] == [True]
    for way in (passphrase, NEW):
        with opener.open(folder, way) as vault:
            assert vault.notices == []
            assert check(vault).findings == ()


def test_who_was_added_after_a_recovery_is_not_told_of_it(
    folder: Path, opener: Opener, passphrase: str, clock: SetClock
) -> None:
    with opener.open(folder, passphrase) as vault:
        mine, made = vault.practitioner, with_shares(vault)
        early = own.Practitioner(id=new_id(), name="Jo Adeyemi")
        slots.add(vault, early, {"passphrase": slots.derive_new(vault.header, "copper lantern over moors")})
    # Whoever used the shares may have set the clock back: that hides nothing from who was there.
    clock.advance(days=-400)
    with ServiceEntry(opener.attach(opener.unlock_by_shares(folder, list(made.papers)))) as entry:
        entry.bring_back(mine, {"passphrase": slots.derive_new(entry.made, NEW)})
    clock.advance(days=400)
    with opener.open(folder, NEW) as vault:
        late = own.Practitioner(id=new_id(), name="Sam Okafor")
        slots.add(vault, late, {"passphrase": slots.derive_new(vault.header, "amber kettle under bridges")})
    with opener.open(folder, "amber kettle under bridges") as vault:
        assert vault.practitioner == late.id
        assert vault.notices == []
    with opener.open(folder, "copper lantern over moors") as vault:
        assert [notice.code for notice in vault.notices] == ["service-recovery", "added"]
        assert "Sam Okafor (by " in vault.notices[1].sentence


def test_shares_can_add_somebody_who_was_not_there(folder: Path, opener: Opener, passphrase: str) -> None:
    with opener.open(folder, passphrase) as vault:
        made = with_shares(vault)
    with ServiceEntry(opener.attach(opener.unlock_by_shares(folder, list(made.papers)))) as entry:
        new = own.Practitioner(id=new_id(), name="Sam Okafor", profession="manager", administrator=True)
        entry.bring_back("", {"passphrase": slots.derive_new(entry.made, NEW)}, new=new)
    with opener.open(folder, NEW) as vault:
        assert vault.practitioner == new.id
    with opener.open(folder, NEW) as vault:
        assert check(vault).findings == ()


def test_shares_alone_write_nothing_and_open_no_window(folder: Path, opener: Opener, passphrase: str) -> None:
    with opener.open(folder, passphrase) as vault:
        made = with_shares(vault)
        with pytest.raises(RefusedError):
            ServiceEntry(vault)
    with pytest.raises(WrongPassphraseError):
        opener.unlock(folder, made.secret)
    with (
        opener.attach(opener.unlock_by_shares(folder, list(made.papers))) as vault,
        pytest.raises(RefusedError, match="alone change nothing"),
        vault.write(),
    ):
        pass


def test_older_shares_and_those_of_another_vault_are_told_apart_from_slips(
    folder: Path, opener: Opener, passphrase: str
) -> None:
    with pytest.raises(WrongPassphraseError, match="No service shares were made"):
        opener.unlock_by_shares(folder, list(new_shares().papers))
    with opener.open(folder, passphrase) as vault:
        older, newer = with_shares(vault), with_shares(vault)
        assert len(vault.whole.find(own.ServiceKey)) == 1
        assert check(vault).findings == ()
    for papers in (older.papers, new_shares().papers):
        with pytest.raises(WrongPassphraseError, match="belong to another vault, or newer shares"):
            opener.unlock_by_shares(folder, list(papers))
    assert opener.unlock_by_shares(folder, list(newer.papers)).opened.own.practitioner == ""


def test_a_rehearsal_opens_and_changes_nothing(vault: OpenVault, folder: Path) -> None:
    made, words = with_shares(vault), new_sheet()
    slots.set_way(vault, slots.SHEET, slots.derive_new(vault.header, words))
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    opened = recovering.rehearse_sheet(vault.header, vault.practitioner, sheet_text("desk", words))
    assert vault.header.slots[opened.letter].opened_by == "sheet"
    opened = recovering.rehearse_shares(vault.header, list(made.papers[1:]))
    assert vault.header.slots[opened.letter].opened_by == "shares"
    for typed, said in (
        (new_sheet(), "belongs to another vault"),
        (changed(words, 5), f"Word 5 .* “{words.split()[4]}”"),
        (words + " acid", "there are 17"),
        (changed(words, 5, 6), "More than one word"),
    ):
        with pytest.raises(WrongPassphraseError, match=said):
            recovering.rehearse_sheet(vault.header, vault.practitioner, typed)
    with pytest.raises(WrongPassphraseError, match="not your own"):
        recovering.rehearse_sheet(vault.header, "somebody else", words)
    assert before == {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize(
    "voucher", ["none", "by another key", "of another entry", "by an unsigned service key"]
)
def test_a_key_that_signs_itself_counts_only_with_the_services_voucher(
    vault: OpenVault, voucher: str, codes: Callable
) -> None:
    with_shares(vault)
    service = vault.whole.find(own.ServiceKey)[0]
    me, stranger = vault.opened, slots.PrivateKeys.new(new_id())
    vault.speak_as(stranger)
    entry, own_service = slots.key_entry(vault, stranger), Signer.new()
    with vault.write() as writing:
        writing.put(entry, "service-recovery")
        signed, by = entry, service.id
        if voucher == "of another entry":
            signed = own.PractitionerKey(id=new_id(), practitioner="x", sign_key="y", recipient="z")
        if voucher == "by an unsigned service key":
            by = new_id()
            writing.put(own.ServiceKey(id=by, sign_key=own_service.public_hex, recipient="age1x", letter="C"))
        if voucher != "none":
            writing.put(
                own.KeyVoucher(
                    id=new_id(), key=entry.id, service_key=by, signature=vouch(own_service, by, signed)
                )
            )
    vault.opened = me
    assert "signature" in codes(vault)


def test_shares_whose_entry_was_cut_off_are_told_and_no_longer_count_as_proved(
    folder: Path, opener: Opener, passphrase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    with opener.open(folder, passphrase) as vault:
        older = with_shares(vault)
        recovering.prove(
            vault, recovering.rehearse_shares(vault.header, list(older.papers[:2])), "2026-11-24"
        )
        newer = new_shares()
        root = slots.derive_new(vault.header, newer.secret)
        with monkeypatch.context() as patch:
            patch.setattr(slots, "enter_slot", cut_off)
            with pytest.raises(KeyboardInterrupt):
                recovering.make_shares(vault, newer, root)
    with opener.open(folder, passphrase) as vault:
        assert [notice.code for notice in vault.notices] == ["shares-changed"]
        assert not slots.is_entered(vault, recovering.service_slot(vault.header), "")
        opened = recovering.rehearse_shares(vault.header, list(newer.papers[:2]))
        with pytest.raises(VaultError, match="not the ones that history knows"):
            recovering.prove(vault, opened, "2026-11-24")
        made = with_shares(vault)
        recovering.prove(vault, recovering.rehearse_shares(vault.header, list(made.papers[1:])), "2026-11-24")
    with opener.open(folder, passphrase) as vault:
        assert vault.notices == []
        assert check(vault).findings == ()


@pytest.mark.parametrize("mixed", ["old and new", "twice the same", "another vault"])
def test_shares_that_do_not_belong_together_open_nothing_and_say_so(vault: OpenVault, mixed: str) -> None:
    older, newer = with_shares(vault), with_shares(vault)
    papers = {
        "old and new": [older.papers[0], newer.papers[1]],
        "twice the same": [newer.papers[0], newer.papers[0]],
        "another vault": list(new_shares().papers[:2]),
    }[mixed]
    with pytest.raises(DeskError) as refused:
        recovering.rehearse_shares(vault.header, papers)
    assert "share" in str(refused.value)
