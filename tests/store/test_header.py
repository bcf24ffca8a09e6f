"""The header: damaged, weakened, swapped, older, newer; each told apart and none of it opened."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csa_desk.errors import (
    DamagedVaultError,
    DeskError,
    ForeignHeaderError,
    NewerVersionError,
    NotAVaultError,
)
from csa_desk.records import vault as own
from csa_desk.store import header, keys
from csa_desk.store.check import check
from csa_desk.store.opening import Opener
from csa_desk.store.vault import OpenVault

Rewrite = Callable[[Path, Callable[[dict[str, Any]], object]], None]


def codes(vault: OpenVault) -> list[str]:
    return [notice.code for notice in vault.notices]


@pytest.mark.parametrize("damage", ["cut", "flipped", "gone", "empty", "list", "huge"])
def test_a_damaged_header_is_read_from_its_copy_and_the_user_is_told(
    folder: Path, opener: Opener, passphrase: str, damage: str
) -> None:
    file = folder / header.NAME
    whole = file.read_bytes()
    if damage == "gone":
        file.unlink()
    else:
        file.write_bytes(
            {
                "cut": whole[:-20],
                "flipped": whole.replace(b'"time": 1', b'"time": 2'),
                "empty": b"",
                "list": b"[" * 100_000,
                "huge": b" " * 2_000_000,
            }[damage]
        )
    with opener.open(folder, passphrase) as vault:
        assert codes(vault) == ["header-copy"]
        assert "header-copy" in {finding.code for finding in check(vault).findings}


def test_a_header_and_a_copy_both_damaged_say_where_to_find_another(
    folder: Path, opener: Opener, passphrase: str
) -> None:
    for name in (header.NAME, header.BACKUP_NAME):
        (folder / name).write_bytes(b"{")
    with pytest.raises(DamagedVaultError, match="backup of this vault"):
        opener.open(folder, passphrase)


def test_a_missing_copy_of_the_header_is_found_by_check(vault: OpenVault, folder: Path) -> None:
    (folder / header.BACKUP_NAME).unlink()
    assert {finding.code for finding in check(vault).findings} == {"header-copy"}


def test_a_foreign_file_of_the_same_name_is_no_vault(folder: Path, opener: Opener, rewrite: Rewrite) -> None:
    rewrite(folder, lambda found: found.update(format="somebody else's"))
    with pytest.raises(NotAVaultError, match="does not belong"):
        opener.open(folder, "seven quiet otters paddle")


@pytest.mark.parametrize("version", [2, 999, "2", None])
def test_a_newer_header_asks_for_the_newer_program(
    folder: Path, opener: Opener, passphrase: str, rewrite: Rewrite, version: object
) -> None:
    rewrite(folder, lambda found: found.update(version=version))
    with pytest.raises(NewerVersionError, match="newer version"):
        opener.open(folder, passphrase)


@pytest.mark.parametrize(
    "cost",
    [
        {"time": 0},
        {"memory_kib": 8},
        {"lanes": 0},
        {"time": 10**9},
        {"memory_kib": 2**40},
        {"lanes": 10**6},
        {"time": -3},
        {"time": 1e309},
        {"time": "many"},
        {"memory_kib": None},
        {"time": [1]},
    ],
)
def test_a_weakened_or_absurd_cost_is_refused_before_anything_is_derived(
    folder: Path, opener: Opener, passphrase: str, rewrite: Rewrite, cost: dict[str, object]
) -> None:
    rewrite(folder, lambda found: found["kdf"].update(cost))
    with pytest.raises(ForeignHeaderError, match="nothing was opened"):
        opener.open(folder, passphrase)


def swap_letters(found: dict[str, Any]) -> None:
    found["slots"]["A"], found["slots"]["B"] = found["slots"]["B"], found["slots"]["A"]


CHANGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "kind": lambda found: found.update(kind="training"),
    "mac": lambda found: found.update(mac="0" * 64),
    "mac gone": lambda found: found.pop("mac"),
    "generation": lambda found: found.update(generation=7),
    "slot taken out": lambda found: found["slots"].pop("B"),
    "slot added": lambda found: found["slots"].update(C=found["slots"]["B"]),
    "opened by": lambda found: found["slots"]["B"].update(opened_by="passphrase"),
    "recipient": lambda found: found["slots"]["B"].update(recipient=found["slots"]["A"]["recipient"]),
    "data key": lambda found: found["slots"]["A"].update(data_keys=found["slots"]["B"]["data_keys"]),
    "data key not age": lambda found: found["slots"]["A"].update(data_keys=["AAAA"]),
    "no data key": lambda found: found["slots"]["A"].update(data_keys=[]),
    "private keys": lambda found: found["slots"]["A"].update(private_keys="AAAA"),
    "databases": lambda found: found.update(databases=["00" * 16, *found["databases"]]),
    "database salt": lambda found: found.update(databases=["00" * 16]),
    "kind unknown": lambda found: found.update(kind="secret"),
    "kdf unknown": lambda found: found["kdf"].update(name="md5"),
    "salt short": lambda found: found["kdf"].update(salt=""),
    "salt not base64": lambda found: found["kdf"].update(salt="*"),
    "letter not a letter": lambda found: found["slots"].update({"\ud800": found["slots"]["A"]}),
    "slots a list": lambda found: found.update(slots=[]),
    "vault id a number": lambda found: found.update(vault_id=5),
    "older version": lambda found: found.update(version=0),
}


@pytest.mark.parametrize("change", [pytest.param(edit, id=name) for name, edit in CHANGES.items()])
def test_a_header_changed_by_somebody_without_the_key_is_refused(
    folder: Path,
    opener: Opener,
    passphrase: str,
    rewrite: Rewrite,
    change: Callable[[dict[str, Any]], object],
) -> None:
    rewrite(folder, change)
    with pytest.raises(ForeignHeaderError, match="nothing was opened"):
        opener.open(folder, passphrase)


def test_swapped_slots_open_nothing(folder: Path, opener: Opener, passphrase: str, rewrite: Rewrite) -> None:
    rewrite(folder, swap_letters)
    with pytest.raises(DeskError, match=r"does not open|nothing was opened"):
        opener.open(folder, passphrase)


def test_a_changed_slot_identity_cost_or_salt_does_not_open(
    folder: Path, opener: Opener, passphrase: str, rewrite: Rewrite
) -> None:
    rewrite(folder, lambda found: found["slots"]["A"].update(identity="AAAA"))
    with pytest.raises(DeskError, match="does not open"):
        opener.open(folder, passphrase)
    rewrite(folder, lambda found: found["kdf"].update(time=2))
    with pytest.raises(DeskError, match="does not open"):
        opener.open(folder, passphrase)
    rewrite(folder, lambda found: found["kdf"].update(salt="AAAAAAAAAAAAAAAAAAAAAA=="))
    with pytest.raises(DeskError, match="does not open"):
        opener.open(folder, passphrase)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_json_in_any_place_of_the_header_ends_in_anything_but_a_plain_sentence(
    folder: Path, opener: Opener, passphrase: str, rewrite: Rewrite, data: st.DataObject
) -> None:
    good = {name: (folder / name).read_bytes() for name in (header.NAME, header.BACKUP_NAME)}
    junk = data.draw(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats()
        | st.text(max_size=8)
        | st.just([])
        | st.just({})
    )

    def spoil(found: dict[str, Any]) -> None:
        place: Any = found
        while True:
            key = data.draw(
                st.sampled_from(sorted(place) if isinstance(place, dict) else list(range(len(place))))
            )
            if isinstance(place[key], dict | list) and place[key] and data.draw(st.booleans()):
                place = place[key]
                continue
            place[key] = junk
            return

    try:
        rewrite(folder, spoil)
        try:
            opener.open(folder, passphrase).close()
        except DeskError:
            pass
    finally:
        for name, content in good.items():
            (folder / name).write_bytes(content)


def test_another_vault_s_header_does_not_open_this_database(
    folder: Path, make_vault: Callable[..., Path], opener: Opener, passphrase: str
) -> None:
    other = make_vault("other")
    for name in (header.NAME, header.BACKUP_NAME):
        (folder / name).write_bytes((other / name).read_bytes())
    with pytest.raises(ForeignHeaderError, match="do not belong together"):
        opener.open(folder, passphrase)


def at_generation(opener: Opener, folder: Path, passphrase: str, generation: int) -> bytes:
    """Write the header again, rightly sealed, with this generation; returns it as it stood before."""
    before = (folder / header.NAME).read_bytes()
    unlocked = opener.unlock(folder, passphrase)
    changed = replace(unlocked.header, generation=generation)
    header.write_header(folder, changed, unlocked.opened.data_keys[-1])
    return before


def test_a_newer_header_is_accepted_recorded_and_the_older_one_refused_from_then_on(
    folder: Path, opener: Opener, passphrase: str
) -> None:
    before = at_generation(opener, folder, passphrase, 2)
    with opener.open(folder, passphrase) as vault:
        [seen] = vault.read.find(own.HeaderSeen)
        assert seen.generation == "2"
        assert check(vault).findings == ()
    with opener.open(folder, passphrase) as vault:
        assert len(vault.read.find(own.HeaderSeen)) == 1
    for name in (header.NAME, header.BACKUP_NAME):
        (folder / name).write_bytes(before)
    with pytest.raises(ForeignHeaderError, match="older than its database"):
        opener.open(folder, passphrase)


def test_a_copy_left_behind_by_a_kill_is_brought_up_to_date_and_a_damaged_one_is_left_for_the_check(
    folder: Path, opener: Opener, passphrase: str
) -> None:
    before = at_generation(opener, folder, passphrase, 2)
    copy, half = folder / header.BACKUP_NAME, folder / f"{header.NAME}.new"
    copy.write_bytes(before)
    half.write_bytes(before[:100])
    with opener.open(folder, passphrase) as vault:
        assert check(vault).findings == ()
    assert copy.read_bytes() == (folder / header.NAME).read_bytes()
    assert not half.exists()
    for spoilt in (before[:-9], before.replace(b'"live"', b'"live!"')):
        copy.write_bytes(spoilt)
        with opener.open(folder, passphrase) as vault:
            assert {finding.code for finding in check(vault).findings} == {"header-copy"}
        assert copy.read_bytes() == spoilt


def test_a_header_of_a_rotation_underway_opens_either_database(
    folder: Path, opener: Opener, passphrase: str
) -> None:
    unlocked = opener.unlock(folder, passphrase)
    first, [key] = unlocked.header, unlocked.opened.data_keys
    coming, salt = keys.new_data_key(), b"s" * 16
    both = replace(
        first,
        generation=2,
        databases=(*first.databases, salt),
        slots={
            letter: replace(slot, data_keys=(*slot.data_keys, keys.seal_to(slot.recipient, coming)))
            for letter, slot in first.slots.items()
        },
    )
    header.write_header(folder, both, coming)
    with opener.open(folder, passphrase) as vault:
        assert vault.opened.data_keys == (key,)
        assert (vault.header.databases, vault.header.generation) == (first.databases, 3)
        assert check(vault).findings == ()


def test_a_header_is_whole_json_with_its_checksum_and_its_copy_is_the_same(folder: Path) -> None:
    content = json.loads((folder / header.NAME).read_bytes())
    assert set(content) == {"format", "version", "vault_id", "generation", "kind", "kdf"} | {
        "databases",
        "slots",
        "mac",
        "checksum",
    }
    assert set(content["kdf"]) == {"name", "salt", "time", "memory_kib", "lanes"}
    assert (folder / header.NAME).read_bytes() == (folder / header.BACKUP_NAME).read_bytes()
    assert (folder / "case.db").read_bytes()[:16].hex() == content["databases"][0]
