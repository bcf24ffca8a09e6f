"""Making a vault, opening it, and each way in which it does not open, with its own plain sentence."""

import os
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from csa_desk.errors import (
    DamagedVaultError,
    NotAVaultError,
    VaultError,
    VaultInUseError,
    WrongPassphraseError,
)
from csa_desk.records import cases
from csa_desk.records import vault as own
from csa_desk.records.ids import new_id
from csa_desk.store import header
from csa_desk.store.check import check
from csa_desk.store.founding import Founder
from csa_desk.store.header import VaultKind
from csa_desk.store.keys import KdfLimits, KdfParameters
from csa_desk.store.opening import Opener
from csa_desk.store.sheet import WORDLIST

Make = Callable[..., Path]


def test_a_new_vault_opens_with_its_passphrase_and_is_clean(vault, passphrase: str) -> None:
    assert vault.notices == []
    assert check(vault).findings == ()
    assert not vault.read_only
    assert vault.kind is VaultKind.LIVE


def test_the_founder_their_service_and_both_slots_are_the_first_records(
    make_vault: Make, opener: Opener, passphrase: str
) -> None:
    service = own.OwnService(id=new_id(), name="Eastmere Children’s Support")
    folder = make_vault(founder=Founder("Priya Nair", "ch-isva", service), kind=VaultKind.TRAINING)
    with opener.open(folder, passphrase) as vault:
        assert vault.kind is VaultKind.TRAINING
        me = vault.read.get(own.Practitioner, vault.practitioner)
        assert me is not None
        assert (me.name, me.profession, me.administrator) == ("Priya Nair", "ch-isva", True)
        assert vault.read.find(own.OwnService) == [service]
        slots = vault.read.find(own.Slot)
        assert {(slot.letter, slot.opened_by) for slot in slots} == {("A", "passphrase"), ("B", "sheet")}
        [key] = vault.read.find(own.PractitionerKey)
        assert key.sign_key == vault.opened.own.signer.public_hex
        [replica] = vault.read.find(own.Replica)
        assert (replica.id, replica.why) == (vault.replica, "created")


def test_the_header_holds_nothing_personal(make_vault: Make) -> None:
    folder = make_vault(founder=Founder("Priya Nair", service=own.OwnService(id=new_id(), name="Eastmere")))
    words = (folder / header.NAME).read_text()
    assert "Priya" not in words
    assert "Eastmere" not in words


def test_only_the_owner_may_read_a_vault_s_files(folder: Path) -> None:
    assert folder.stat().st_mode & 0o777 == 0o700
    for file in folder.iterdir():
        assert file.stat().st_mode & 0o777 == 0o600, file.name


def test_records_are_there_again_after_closing_and_opening(
    folder: Path, opener: Opener, passphrase: str
) -> None:
    person = cases.Person(id=new_id(), name="Rowan <b>&amp;</b> {{ x }} 🦦 \u200fשלום " + "x" * 10_000)
    with opener.open(folder, passphrase) as vault, vault.write() as writing:
        writing.put(person)
    with opener.open(folder, passphrase) as vault:
        assert vault.read.get(cases.Person, person.id) == person
        vault.close()
        vault.close()


@pytest.mark.process
def test_a_vault_with_the_keys_of_real_life_is_made_and_opened(tmp_path: Path) -> None:
    opener = Opener(tmp_path / "local")
    opener.create(tmp_path / "real.csadesk", "seven quiet otters paddle", sheet=False)
    found, from_copy = header.read_header(tmp_path / "real.csadesk", KdfLimits())
    assert not from_copy
    assert (found.cost.time, found.cost.memory_kib, found.cost.lanes) == (3, 256 * 1024, 4)
    with opener.open(tmp_path / "real.csadesk", "seven quiet otters paddle") as vault:
        assert check(vault).findings == ()


def test_a_cheap_vault_of_the_tests_is_refused_by_the_real_program(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(VaultError, match="weaker or heavier"):
        Opener(tmp_path / "local").open(folder, "seven quiet otters paddle")


@pytest.mark.parametrize("wrong", ["", "Seven quiet otters paddle", "seven quiet otters paddle ", "x" * 5000])
def test_a_wrong_passphrase_opens_nothing_and_says_so(folder: Path, opener: Opener, wrong: str) -> None:
    with pytest.raises(WrongPassphraseError, match="Capital letters and spaces count"):
        opener.open(folder, wrong)


def test_a_passphrase_is_the_same_however_a_keyboard_composes_its_letters(
    tmp_path: Path, opener: Opener
) -> None:
    composed = unicodedata.normalize("NFC", "tŷ gwŷdd à Łódź")
    opener.create(tmp_path / "w.csadesk", composed)
    opener.open(tmp_path / "w.csadesk", unicodedata.normalize("NFD", composed)).close()


@pytest.fixture
def with_sheet(tmp_path: Path, opener: Opener, passphrase: str) -> tuple[Path, str]:
    folder = tmp_path / "sheet.csadesk"
    return folder, opener.create(folder, passphrase)


def test_the_recovery_sheet_opens_the_vault_as_the_same_practitioner(
    with_sheet: tuple[Path, str], opener: Opener, passphrase: str
) -> None:
    folder, words = with_sheet
    assert len(words.split()) == 16
    with opener.open(folder, passphrase) as vault:
        practitioner = vault.practitioner
    with opener.open(folder, words) as vault:
        assert vault.opened.letter == "B"
        assert vault.practitioner == practitioner
        with vault.write() as writing:
            writing.put(cases.Person(id=new_id(), name="Rowan"))
        assert check(vault).findings == ()


@pytest.mark.parametrize("typing", ["upper", "lines", "numbered"])
def test_the_sheet_opens_however_its_words_are_typed(
    with_sheet: tuple[Path, str], opener: Opener, typing: str
) -> None:
    folder, words = with_sheet
    typed = {
        "upper": words.upper(),
        "lines": "  " + words.replace(" ", "\n") + " \n",
        "numbered": " ".join(f"{place}. {word}," for place, word in enumerate(words.split(), 1)),
    }[typing]
    opener.open(folder, typed).close()


@pytest.mark.parametrize("place", [1, 9, 16])
def test_a_mistyped_word_of_the_sheet_is_named_with_the_word_that_belongs_there(
    with_sheet: tuple[Path, str], opener: Opener, place: int
) -> None:
    folder, words = with_sheet
    typed = words.split()
    meant = typed[place - 1]
    typed[place - 1] = "acedemic" if meant != "academic" else "academia"
    with pytest.raises(WrongPassphraseError, match=f"Word {place} .*“{meant}”"):
        opener.open(folder, " ".join(typed))
    typed[place - 1] = next(word for word in WORDLIST if word != meant)
    with pytest.raises(WrongPassphraseError, match=f"Word {place} .*“{meant}”"):
        opener.open(folder, " ".join(typed))


def test_another_vault_s_sheet_is_told_from_a_mistyped_one(
    with_sheet: tuple[Path, str], tmp_path: Path, opener: Opener, passphrase: str
) -> None:
    other = opener.create(tmp_path / "other.csadesk", passphrase)
    with pytest.raises(WrongPassphraseError, match="belongs to another vault"):
        opener.open(with_sheet[0], other.upper())


def test_a_vault_can_be_made_without_a_sheet(tmp_path: Path, opener: Opener, passphrase: str) -> None:
    assert opener.create(tmp_path / "n.csadesk", passphrase, sheet=False) == ""
    assert list(header.read_header(tmp_path / "n.csadesk", opener.limits)[0].slots) == ["A"]


@pytest.mark.parametrize("short", ["", "otter", "1234567", "        ", "  otter   "])
def test_a_passphrase_too_short_to_protect_is_refused_and_nothing_is_made(
    tmp_path: Path, opener: Opener, short: str
) -> None:
    with pytest.raises(VaultError, match="too short"):
        opener.create(tmp_path / "deep" / "v.csadesk", short)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_can_become_a_vault(tmp_path: Path, opener: Opener, passphrase: str) -> None:
    (tmp_path / "v.csadesk").mkdir()
    opener.create(tmp_path / "v.csadesk", passphrase)
    opener.open(tmp_path / "v.csadesk", passphrase).close()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, opener: Opener, passphrase: str) -> None:
    (tmp_path / "v.csadesk").mkdir()
    (tmp_path / "v.csadesk" / "letter.txt").write_text("mine")
    with pytest.raises(VaultError, match="already something"):
        opener.create(tmp_path / "v.csadesk", passphrase)
    assert [file.name for file in (tmp_path / "v.csadesk").iterdir()] == ["letter.txt"]
    (tmp_path / "file").write_text("mine")
    with pytest.raises(VaultError, match="already something"):
        opener.create(tmp_path / "file", passphrase)


@pytest.mark.parametrize("name", ["v" * 300, "short/" + "v" * 300])
def test_a_name_that_no_disk_takes_is_said_to_be_too_long(
    tmp_path: Path, opener: Opener, passphrase: str, name: str
) -> None:
    with pytest.raises(VaultError, match="too long"):
        opener.create(tmp_path / name, passphrase)
    assert list(tmp_path.glob("v*")) + list(tmp_path.glob("short/*")) == []


@pytest.mark.parametrize("existed", [True, False])
@pytest.mark.parametrize("step", ["make", "records"])
def test_a_failed_creation_leaves_nothing_behind(
    tmp_path: Path, opener: Opener, passphrase: str, step: str, existed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "deep" / "deeper" / "v.csadesk"
    if existed:
        folder.mkdir(parents=True)
    before = sorted(tmp_path.rglob("*"))
    target = {"make": "csa_desk.store.header.write_whole", "records": "csa_desk.store.founding.first_records"}

    def no_room(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(target[step], no_room)
    with pytest.raises(VaultError, match="disk is full"):
        opener.create(folder, passphrase)
    assert sorted(path for path in tmp_path.rglob("*") if "local" not in path.parts) == before


def test_a_place_without_a_vault_says_so(tmp_path: Path, opener: Opener, passphrase: str) -> None:
    for place in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(NotAVaultError, match="no CSA Desk vault"):
            opener.open(place, passphrase)
    (tmp_path / "case.db").write_bytes(b"")
    (tmp_path / "vault.json").write_text("{}")
    with pytest.raises(DamagedVaultError):
        opener.open(tmp_path, passphrase)


def test_a_folder_name_of_any_letters_works(tmp_path: Path, opener: Opener, passphrase: str) -> None:
    folder = tmp_path / "a b#c?d%41 é’ 🦦" / "vault?mode=ro.csadesk"
    opener.create(folder, passphrase)
    with opener.open(folder, passphrase) as vault, vault.write() as writing:
        writing.put(cases.Person(id=new_id(), name="Rowan"))
    assert (folder / "case.db").is_file()


def test_a_vault_opens_once_only_in_one_program(folder: Path, opener: Opener, passphrase: str) -> None:
    with opener.open(folder, passphrase):
        with pytest.raises(VaultInUseError, match="already open"):
            opener.open(folder, passphrase)
        link = folder.parent / "link.csadesk"
        link.symlink_to(folder)
        with pytest.raises(VaultInUseError, match="already open"):
            opener.open(link, passphrase)
    opener.open(folder, passphrase).close()


@pytest.mark.process
def test_a_vault_opens_once_only_on_one_computer(folder: Path, opener: Opener, passphrase: str) -> None:
    other = (
        "import sys; from pathlib import Path; from csa_desk.store.opening import Opener;"
        "from csa_desk.store.keys import KdfLimits, KdfParameters as P; c = P(1, 64, 1);"
        "v = Opener(Path(sys.argv[2]), c, KdfLimits(floor=c)).open(Path(sys.argv[1]), sys.argv[3]);"
        "print('open', flush=True); sys.stdin.read(); v.close()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", other, str(folder), str(opener.local_data), passphrase],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "open\n"
        with pytest.raises(VaultInUseError, match="already open"):
            opener.open(folder, passphrase)
        program.communicate("", timeout=30)
    opener.open(folder, passphrase).close()


def test_the_slow_part_of_opening_may_run_on_another_thread(
    folder: Path, opener: Opener, passphrase: str
) -> None:
    found = []
    worker = threading.Thread(target=lambda: found.append(opener.unlock(folder, passphrase)))
    worker.start()
    worker.join()
    with opener.attach(found[0]) as vault:
        assert check(vault).findings == ()


def test_a_vault_that_could_not_be_opened_is_not_left_locked(
    folder: Path, opener: Opener, passphrase: str
) -> None:
    good = (folder / "case.db").read_bytes()
    (folder / "case.db").write_bytes(good[:8192])
    with pytest.raises(DamagedVaultError):
        opener.open(folder, passphrase)
    (folder / "case.db").write_bytes(good)
    opener.open(folder, passphrase).close()


def test_keys_do_not_show_when_an_open_vault_is_shown(vault) -> None:
    shown = repr(vault) + str(vault) + repr(vault._secret) + repr(vault.opened)
    held = vault.opened
    assert repr(held.data_keys[0])[2:12] not in shown
    assert held.data_keys[0].hex() not in shown
    assert held.own.identity.private not in shown
    assert repr(held.own.signer.private)[2:12] not in shown


def test_costs_below_the_floor_cannot_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if "CSA" in name:
            monkeypatch.delenv(name)
    assert KdfLimits().floor == KdfParameters() == KdfParameters(time=3, memory_kib=262_144, lanes=4)
