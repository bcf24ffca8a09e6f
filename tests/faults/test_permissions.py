"""Another user of the computer: what may only be read opens for reading, what may not be read says so."""

import os
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from csa_desk.records import cases
from csa_desk.store.opening import Opener

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(
        not hasattr(os, "setuid") or os.geteuid() != 0, reason="only root can become another user"
    ),
]

# What is loaded only when it is needed is loaded first: another user may not be able to read this checkout.
NOBODY = """
import zxcvbn
os.setgid(65534); os.setuid(65534)
"""


def run(program: Callable, folder: Path, lines: str, local: Path) -> tuple[str, str]:
    with program(folder, lines, local) as running:
        out, err = running.communicate(timeout=60)
    return out.strip(), err


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """Outside pytest's own folders: a test run that starts meanwhile closes those to other users."""
    with tempfile.TemporaryDirectory(prefix="csa-desk-permissions-") as name:
        place = Path(name)
        place.chmod(0o755)
        yield place


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder of the other user's."""
    place = tmp_path / "nobody"
    place.mkdir()
    os.chown(place, 65534, 65534)
    return place


def let_read(folder: Path) -> None:
    folder.chmod(0o755)
    for file in folder.iterdir():
        file.chmod(0o644)


def test_a_vault_that_cannot_be_written_opens_for_reading_only(
    folder: Path, opener: Opener, passphrase: str, program: Callable, elsewhere: Path
) -> None:
    with opener.open(folder, passphrase) as vault, vault.write() as writing:
        writing.put(cases.Person(id="p", name="Rowan"))
    let_read(folder)
    before = (folder / "case.db").read_bytes()
    lines = """
with opener.open(folder, passphrase) as vault:
    print(vault.read_only, [n.code for n in vault.notices], vault.read.get(cases.Person, "p").name)
    print({f.code for f in check(vault).findings} == {n.code for n in vault.notices})
    try:
        vault.keep_draft("k", "t", 0)
    except DeskError as fault:
        print(fault)
"""
    out, err = run(program, folder, NOBODY + lines, elsewhere)
    assert err == ""
    first, clean, refused = out.splitlines()
    assert first == "True ['new-computer', 'read-only'] Rowan"
    assert clean == "True"
    assert "reading only" in refused
    assert (folder / "case.db").read_bytes() == before
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("what", ["folder", "header", "database"])
def test_a_vault_of_somebody_else_says_that_it_may_not_be_read(
    folder: Path, program: Callable, elsewhere: Path, what: str
) -> None:
    let_read(folder)
    {"folder": folder, "header": folder / "vault.json", "database": folder / "case.db"}[what].chmod(0o600)
    lines = """
try:
    opener.open(folder, passphrase)
except DeskError as fault:
    print(fault)
"""
    out, err = run(program, folder, NOBODY + lines, elsewhere)
    assert err == ""
    assert out.startswith("You are not allowed to read this vault's files.")


def test_a_vault_cannot_be_made_where_nothing_may_be_written(
    tmp_path: Path, program: Callable, elsewhere: Path
) -> None:
    (tmp_path / "theirs").mkdir(mode=0o755)
    (tmp_path / "closed").mkdir(mode=0o700)
    lines = """
try:
    opener.create(folder, passphrase)
except DeskError as fault:
    print(fault)
"""
    for place in ("theirs", "closed"):
        out, err = run(program, tmp_path / place / "deep" / "v.csadesk", NOBODY + lines, elsewhere)
        assert err == ""
        assert "could not be written" in out
        assert list((tmp_path / place).iterdir()) == []


def test_words_that_this_computer_may_not_keep_are_refused_without_a_fault(
    folder: Path, tmp_path: Path, program: Callable, elsewhere: Path
) -> None:
    (tmp_path / "theirs").mkdir(mode=0o755)
    lines = """
from csa_desk.store import stash
from csa_desk.store.keys import Identity
author = Identity.new()
for place in (local, local.parent / "theirs"):
    print(stash.put(place, "vault", "me", author.recipient, {"k": ("words", 2)}))
    print(stash.take(place, "vault", "me", author))
    stash.drop(place, "vault", "me")
(local / "vaults").chmod(0o500)
print(stash.put(local, "vault", "me", author.recipient, {"k": ("words", 2)}))
"""
    out, err = run(program, folder, NOBODY + lines, elsewhere)
    assert err == ""
    assert out.splitlines() == ["True", "{'k': ('words', 2)}", "False", "{}", "False"]
    assert list((tmp_path / "theirs").iterdir()) == []


def test_a_vault_left_half_written_by_somebody_else_says_who_must_open_it_first(
    folder: Path, program: Callable, elsewhere: Path
) -> None:
    lines = """
vault = opener.open(folder, passphrase)
with vault.write() as writing:
    writing._connection.exec_driver_sql("PRAGMA cache_size = 10")
    for number in range(200):
        writing.put(assessment.Answer(id=f"a{number}", value="x" * 3000))
    os.kill(os.getpid(), 9)
"""
    with program(folder, lines) as running:
        running.communicate(timeout=60)
    assert running.returncode == -signal.SIGKILL
    let_read(folder)
    out, err = run(
        program,
        folder,
        NOBODY
        + "\ntry:\n    opener.open(folder, passphrase)\nexcept DeskError as fault:\n    print(fault)\n",
        elsewhere,
    )
    assert err == ""
    assert "where it can be written" in out


def test_the_program_s_files_are_not_for_other_users(
    folder: Path, program: Callable, elsewhere: Path
) -> None:
    done = subprocess.run(
        ["cat", str(folder / "case.db")], capture_output=True, check=False, user=65534, group=65534
    )
    assert done.returncode != 0
    assert done.stdout == b""
