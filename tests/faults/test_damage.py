"""A database that disk or copying spoiled: never a wrong answer, always the same plain sentence."""

import contextlib
import random
from pathlib import Path

import pytest

from csa_desk.errors import DamagedVaultError, DeskError, ForeignHeaderError
from csa_desk.records import assessment, cases
from csa_desk.records.ids import new_id
from csa_desk.store.check import check
from csa_desk.store.opening import Opener

PAGE = 4096
SAID = [f"what was said {number} " + "and more " * 60 for number in range(60)]


@pytest.fixture
def filled(folder: Path, opener: Opener, passphrase: str) -> Path:
    """A closed vault with a case and sixty long answers."""
    with opener.open(folder, passphrase) as vault, vault.write() as writing:
        writing.put(cases.Case(id="c", code="4F7K2M"))
        for number, value in enumerate(SAID):
            writing.put(assessment.Answer(id=f"a{number:02}", case="c", value=value))
    return folder


@pytest.mark.parametrize("seed", range(6))
def test_flipped_bytes_in_any_pages_are_found_and_never_read_as_something_else(
    filled: Path, opener: Opener, passphrase: str, seed: int, capfd: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(seed)
    content = bytearray((filled / "case.db").read_bytes())
    for _ in range(1 if seed < 4 else 8):
        content[chance.randrange(PAGE, len(content))] ^= 1 << chance.randrange(8)
    (filled / "case.db").write_bytes(content)
    with contextlib.suppress(DamagedVaultError), opener.open(filled, passphrase) as vault:
        assert {finding.code for finding in check(vault).findings} >= {"page"}
        read = {item.id: item.value for item in vault.read.find(assessment.Answer)}
        assert [read[f"a{number:02}"] for number in range(60)] == SAID
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("where", [0.2, 0.5, 0.9])
def test_writing_into_a_damaged_vault_says_damaged_or_saves(
    filled: Path, opener: Opener, passphrase: str, where: float
) -> None:
    content = bytearray((filled / "case.db").read_bytes())
    start = int(len(content) * where) // PAGE * PAGE
    for page in range(start, min(start + 12 * PAGE, len(content)), PAGE):
        content[page + 99] ^= 0xFF
    (filled / "case.db").write_bytes(content)
    person = cases.Person(id=new_id(), name="Rowan")
    with contextlib.suppress(DamagedVaultError), opener.open(filled, passphrase) as vault:
        with contextlib.suppress(DamagedVaultError):
            with vault.write() as writing:
                writing.put(person)
            assert vault.read.get(cases.Person, person.id) == person
        vault.finder.find("rowan", ["person"])
    assert (filled / "case.db").stat().st_size >= len(content)


@pytest.mark.parametrize("length", [0, 7, 15])
def test_a_database_cut_off_in_its_first_bytes_is_damaged(
    filled: Path, opener: Opener, passphrase: str, length: int
) -> None:
    content = (filled / "case.db").read_bytes()
    (filled / "case.db").write_bytes(content[:length])
    with pytest.raises(DamagedVaultError, match="damaged"):
        opener.open(filled, passphrase)
    assert (filled / "case.db").read_bytes() == content[:length]


@pytest.mark.parametrize("pages", [0.01, 1, 5, -1])
def test_a_database_cut_off_later_is_damaged_and_is_left_as_it_is(
    filled: Path, opener: Opener, passphrase: str, pages: float
) -> None:
    content = (filled / "case.db").read_bytes()
    short = content[: int(pages * PAGE)]
    (filled / "case.db").write_bytes(short)
    with pytest.raises(DamagedVaultError, match="damaged"):
        opener.open(filled, passphrase)
    assert (filled / "case.db").read_bytes() == short


def test_a_missing_database_is_told_from_a_damaged_one(filled: Path, opener: Opener, passphrase: str) -> None:
    (filled / "case.db").rename(filled / "gone.db")
    with pytest.raises(DamagedVaultError, match="missing"):
        opener.open(filled, passphrase)
    assert not (filled / "case.db").exists()


def test_damaged_first_bytes_say_that_header_and_database_do_not_fit(
    filled: Path, opener: Opener, passphrase: str
) -> None:
    content = bytearray((filled / "case.db").read_bytes())
    content[3] ^= 1
    (filled / "case.db").write_bytes(content)
    with pytest.raises(ForeignHeaderError, match="its beginning is damaged"):
        opener.open(filled, passphrase)


def test_another_file_in_the_place_of_the_database_is_refused(
    filled: Path, opener: Opener, passphrase: str
) -> None:
    (filled / "case.db").write_bytes(b"SQLite format 3\x00" + b"\x00" * 8192)
    with pytest.raises(DeskError, match="do not belong together"):
        opener.open(filled, passphrase)
