"""Practitioners, passphrases, keys and recovery from the command line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from csa_desk.store.opening import Opener
from csa_desk.store.sheet import WORDLIST

HERS = "copper lantern drifts over moorland"
NEW = "nine patient herons wade at dusk"


@pytest.fixture
def file_of(tmp_path: Path) -> Callable[[str, str], Path]:
    def make(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text + "\n", "utf-8")
        return path

    return make


@pytest.fixture
def made(run: Any, tmp_path: Path, secret: Path) -> Path:
    """A live vault with a recovery sheet and shares beside it."""
    folder, sheet = tmp_path / "eastmere.csadesk", tmp_path / "sheet.txt"
    ran = run(
        "vault", "create", folder, "--name", "Priya Nair", "--passphrase-file", secret,
        "--recovery-out", sheet, "--json",
    )  # fmt: skip
    assert (ran.code, ran.err) == (0, "")
    assert ran.json["recovery_shares"] == [
        str(tmp_path / f"sheet-share-{number}.txt") for number in (1, 2, 3)
    ]
    return folder


def check_clean(run: Any, folder: Path, secret: Path) -> None:
    ran = run("vault", "check", "--vault", folder, "--passphrase-file", secret)
    assert ran.code == 0, ran.out


def test_a_practitioner_is_added_listed_and_removed(
    do: Any, file_of: Callable, run: Any, desk_folder: Path
) -> None:
    hers = file_of("hers.txt", HERS)
    added = do("practitioner", "add", "--name", "Jo Adeyemi", "--new-passphrase-file", hers, "--json").json
    assert added["name"] == "Jo Adeyemi"
    as_jo = run("practitioner", "list", "--vault", desk_folder, "--passphrase-file", hers, "--json").json
    assert [(row["name"], row["you"], row["administrator"]) for row in as_jo] == [
        ("Jo Adeyemi", True, False),
        ("Priya Nair", False, True),
    ]
    refused = run("practitioner", "remove", "Priya Nair", "--vault", desk_folder, "--passphrase-file", hers)
    assert (refused.code, refused.err.count("\n")) == (1, 1)
    assert "does not let you" in refused.err
    gone = do("practitioner", "remove", "jo adeyemi")
    assert gone.code == 0
    assert "copies" in gone.err.lower()
    assert do("practitioner", "list", "--json").json[-1]["left"]
    assert run("case", "list", "--vault", desk_folder, "--passphrase-file", hers).code == 1
    assert do("vault", "check").code == 0
    assert do("practitioner", "remove", "Priya Nair").code == 1
    assert do("practitioner", "remove", "nobody").code == 1


def test_a_passphrase_of_a_colleague_is_refused_without_saying_whose(do: Any, file_of: Callable) -> None:
    hers = file_of("hers.txt", HERS)
    assert do("practitioner", "add", "--name", "Jo Adeyemi", "--new-passphrase-file", hers).code == 0
    for words in (("vault", "passphrase"), ("practitioner", "add", "--name", "Kit Lowe")):
        ran = do(*words, "--new-passphrase-file", hers)
        assert ran.code == 1
        assert "cannot be used" in ran.err
        assert "Jo" not in ran.err


@pytest.mark.parametrize("weak", ["Priya Nair practice", "password password", "Practice2026!", "short"])
def test_a_weak_passphrase_is_refused(do: Any, file_of: Callable, weak: str) -> None:
    ran = do("vault", "passphrase", "--new-passphrase-file", file_of("weak.txt", weak))
    assert ran.code == 1
    assert "too easy to guess" in ran.err or "too short" in ran.err


def test_a_new_passphrase_and_a_new_key(run: Any, made: Path, secret: Path, file_of: Callable) -> None:
    new = file_of("new.txt", NEW)
    opens = ("--vault", made, "--passphrase-file")
    assert run("vault", "passphrase", "--new-passphrase-file", new, *opens, secret).code == 0
    assert run("vault", "check", *opens, secret).code == 1
    salt = (made / "case.db").read_bytes()[:16]
    assert run("vault", "rotate", *opens, new).code == 0
    assert (made / "case.db").read_bytes()[:16] != salt
    check_clean(run, made, new)
    assert not (made / "case.db.new").exists()


def test_a_sheet_brings_its_owner_back(
    run: Any, made: Path, secret: Path, tmp_path: Path, file_of: Callable, opener: Opener
) -> None:
    new = file_of("new.txt", NEW)
    ran = run(
        "vault", "recover", "--vault", made, "--sheet", tmp_path / "sheet.txt", "--new-passphrase-file", new
    )
    assert (ran.code, ran.err) == (0, "")
    assert run("vault", "check", "--vault", made, "--passphrase-file", secret).code == 1
    check_clean(run, made, new)
    opener.unlock(made, (tmp_path / "sheet.txt").read_text("utf-8").split("\n\n")[2])


def test_two_shares_bring_a_practitioner_back_or_add_one(
    run: Any, made: Path, tmp_path: Path, file_of: Callable
) -> None:
    new, other = file_of("new.txt", NEW), file_of("other.txt", HERS)
    first, second, third = (tmp_path / f"sheet-share-{number}.txt" for number in (1, 2, 3))
    recover = ("vault", "recover", "--vault", made)
    ran = run(*recover, "--share", first, "--share", third, "--new-passphrase-file", new, "--json")
    assert ran.json == {"recovered": True, "name": "Priya Nair"}
    told = run("case", "list", "--vault", made, "--passphrase-file", new)
    assert "recovery shares" in told.err
    check_clean(run, made, new)
    ran = run(
        *recover, "--share", second, "--share", third, "--name", "Sam Okafor", "--new-passphrase-file", other
    )
    assert ran.code == 0, ran.err
    rows = run("practitioner", "list", "--vault", made, "--passphrase-file", other, "--json").json
    assert [(row["name"], row["you"]) for row in rows] == [("Sam Okafor", True), ("Priya Nair", False)]
    ran = run(
        *recover, "--share", second, "--share", third, "--new-passphrase-file", file_of("x.txt", NEW + " x")
    )
    assert "--name" in ran.err


def test_what_does_not_bring_anybody_back_says_why_and_changes_nothing(
    run: Any, made: Path, tmp_path: Path, secret: Path, file_of: Callable
) -> None:
    new = file_of("new.txt", NEW)
    first = tmp_path / "sheet-share-1.txt"
    words = [
        line.split()[1]
        for line in first.read_text("utf-8").splitlines()
        if line[:1].isdigit() or line[:2].strip().isdigit()
    ]
    right = words[3]
    words[3] = WORDLIST[0] if right != WORDLIST[0] else WORDLIST[1]
    slip = file_of("slip.txt", " ".join(words))
    before = {path.name: path.read_bytes() for path in made.iterdir() if path.is_file()}
    for given, said in (
        (("--share", first), "Two of the three"),
        (("--share", first, "--share", first), "the same share twice"),
        (
            ("--share", tmp_path / "sheet-share-2.txt", "--share", slip),
            f"Word 4 of share 2 was mistyped: it should be “{right}”",
        ),
        (("--sheet", first), "A recovery sheet has 16 words; there are 20"),
        (("--sheet", tmp_path / "none.txt"), "cannot be read"),
        ((), "either --sheet"),
    ):
        ran = run("vault", "recover", "--vault", made, *given, "--new-passphrase-file", new)
        assert (ran.code, ran.err.count("\n")) == (1, 1)
        assert said in ran.err
    assert before == {path.name: path.read_bytes() for path in made.iterdir() if path.is_file()}
