"""Each thing that can be wrong with a vault's files has a sentence of its own that says what to do."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from csa_desk.casework.mending import way_out, with_way_out
from csa_desk.errors import DeskError
from csa_desk.records import assessment, cases
from csa_desk.store import backing_up, header, places
from csa_desk.store.engine import connect
from csa_desk.store.opening import Opener
from csa_desk.store.vault import database_key

PAGE = 4096


@pytest.fixture
def filled(folder: Path, opener: Opener, passphrase: str) -> Path:
    """A closed vault with something in it, and a backup."""
    with opener.open(folder, passphrase) as vault:
        with vault.write() as writing:
            writing.put(cases.Case(id="c", code="4F7K2M"))
            for number in range(30):
                writing.put(assessment.Answer(id=f"a{number}", case="c", value="said " * 300))
        backing_up.make(vault)
    return folder


def refused(opener: Opener, folder: Path, passphrase: str) -> str:
    with pytest.raises(DeskError) as caught:
        opener.open(folder, passphrase)
    return with_way_out(folder, caught.value)


def older_header(folder: Path, opener: Opener, passphrase: str) -> None:
    unlocked = opener.unlock(folder, passphrase)
    key = unlocked.opened.data_keys[0]
    old = (folder / "vault.json").read_bytes()
    from dataclasses import replace

    header.write_header(folder, replace(unlocked.header, generation=9), key)
    opener.open(folder, passphrase).close()
    for name in ("vault.json", "vault.json.bak"):
        (folder / name).write_bytes(old)


def every_page(folder: Path, *_: object) -> None:
    path = folder / "case.db"
    content = bytearray(path.read_bytes())
    for start in range(PAGE, len(content), PAGE):
        content[start + 7] ^= 1
    path.write_bytes(content)


def cut_off(folder: Path, *_: object) -> None:
    content = (folder / "case.db").read_bytes()
    (folder / "case.db").write_bytes(content[: 3 * PAGE])


def first_bytes(folder: Path, *_: object) -> None:
    content = bytearray((folder / "case.db").read_bytes())
    content[2] ^= 1
    (folder / "case.db").write_bytes(content)


def missing(folder: Path, *_: object) -> None:
    (folder / "case.db").unlink()


def both_headers(folder: Path, *_: object) -> None:
    for name in ("vault.json", "vault.json.bak"):
        (folder / name).write_bytes(b'{"format": "csa-desk vau')


def weakened(folder: Path, *_: object) -> None:
    for name in ("vault.json", "vault.json.bak"):
        found = json.loads((folder / name).read_bytes())
        found["kdf"]["memory_kib"] = 8
        del found["checksum"]
        import hashlib

        found["checksum"] = hashlib.sha256(
            json.dumps(found, sort_keys=True, separators=(",", ":")).encode()
        ).hexdigest()
        (folder / name).write_text(json.dumps(found))


def newer(folder: Path, opener: Opener, passphrase: str) -> None:
    unlocked = opener.unlock(folder, passphrase)
    raw = connect(folder / "case.db", database_key(folder, unlocked.header, unlocked.opened))
    raw.execute("PRAGMA user_version = 999")
    raw.close()


WRONG = {
    older_header: ("older than its database", "Use the latest header"),
    every_page: ("damaged", "Restore the latest backup"),
    cut_off: ("damaged", "Restore the latest backup"),
    first_bytes: ("its beginning is damaged", "Put both back from one backup"),
    missing: ("missing from its folder", "Look for it in the bin"),
    both_headers: ("header (vault.json) is missing or damaged, and so is its copy", "from a backup"),
    weakened: ("", ""),
    newer: ("A newer version", "Install that version"),
}


@pytest.mark.parametrize("spoil", WRONG)
def test_what_is_wrong_and_what_to_do_stand_in_one_sentence_of_its_own(
    filled: Path, opener: Opener, passphrase: str, spoil: Callable
) -> None:
    spoil(filled, opener, passphrase)
    said = refused(opener, filled, passphrase)
    for words in WRONG[spoil]:
        assert words in said
    others = {
        words[0] for other, words in WRONG.items() if other is not spoil and words[0] not in ("", "damaged")
    }
    assert not [words for words in others if words in said and words not in WRONG[spoil][0]]
    if spoil is not newer:
        assert "vault restore" in said, "the latest backup is named"


def test_a_wrong_passphrase_is_never_taken_for_damage(filled: Path, opener: Opener) -> None:
    said = refused(opener, filled, "another long passphrase")
    assert said == "That passphrase does not open this vault. Capital letters and spaces count."


def test_a_damaged_header_with_a_good_copy_opens_and_says_so(
    filled: Path, opener: Opener, passphrase: str
) -> None:
    (filled / "vault.json").write_bytes(b"\x00" * 50)
    with opener.open(filled, passphrase) as vault:
        assert [notice.code for notice in vault.notices] == ["header-copy"]
        assert "Make a backup now" in vault.notices[0].sentence
        assert len(vault.read.find(assessment.Answer)) == 30


def test_the_way_out_of_damage_names_the_latest_backup_and_of_anything_else_there_is_none(
    filled: Path, opener: Opener, passphrase: str
) -> None:
    for secret, spoil in (("another long passphrase", None), (passphrase, both_headers)):
        if spoil is not None:
            spoil(filled)
        with pytest.raises(DeskError) as caught:
            opener.open(filled, secret)
        found = way_out(filled, caught.value)
        if spoil is None:
            assert found is None
        else:
            assert found is not None
            assert (found.made.startswith("24 November 2026"), found.salvage) == (True, True)


def test_a_network_and_a_synced_folder_have_sentences_of_their_own(tmp_path: Path) -> None:
    synced = tmp_path / "OneDrive" / "v.csadesk"
    assert places.risk_of(synced) == places.SYNCED_SENTENCE
    assert places.risk_of(Path("//server/share/v.csadesk")) == places.NETWORK_SENTENCE
    assert places.SYNCED_SENTENCE != places.NETWORK_SENTENCE
