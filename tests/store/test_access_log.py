"""What was signed for at a lock cannot be taken out of the access log again without being noticed."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from csa_desk.records.ids import new_id
from csa_desk.records.vault import AccessKept, PackKept
from csa_desk.store import access_log
from csa_desk.store.check import check
from csa_desk.store.opening import Opener
from csa_desk.store.vault import OpenVault
from tests.store.conftest import Tamper


def look(vault: OpenVault, *scopes: str) -> None:
    """Open files, and write something."""
    with vault.write() as writing:
        writing.put(PackKept(id=new_id(), pack="x"))
        for scope in scopes:
            writing.log_access("opened", scope)


@pytest.fixture
def looked_at(folder: Path, opener: Opener, passphrase: str) -> Path:
    """Two sessions in which files were opened."""
    for scopes in (("case:a", "case:b"), ("case:c", "case:d")):
        with opener.open(folder, passphrase) as vault:
            look(vault, *scopes)
    return folder


CUTS: dict[str, Callable[[Any], object]] = {
    "the end was cut": lambda raw: raw.execute("DELETE FROM access WHERE scope = 'case:d'"),
    "all of it was cut": lambda raw: raw.execute("DELETE FROM access"),
    "somebody else stands there": lambda raw: raw.execute(
        "UPDATE access SET practitioner = 'x' WHERE seq = 1"
    ),
    "the last was cut and another put in": lambda raw: (
        raw.execute("DELETE FROM access WHERE scope = 'case:d'"),
        raw.execute(
            "INSERT INTO access(time, practitioner, replica, action, scope) VALUES ('t','p','r','o','s')"
        ),
    ),
}


@pytest.mark.parametrize("cut", [pytest.param(cut, id=name) for name, cut in CUTS.items()])
def test_entries_that_were_signed_for_are_missed(
    looked_at: Path, opener: Opener, passphrase: str, tamper: Tamper, cut: Callable[[Any], object]
) -> None:
    with opener.open(looked_at, passphrase) as vault:
        assert check(vault).findings == ()
    with tamper(looked_at) as raw:
        cut(raw)
    with opener.open(looked_at, passphrase) as vault:
        assert "access" in {item.code for item in check(vault).findings}


def test_each_lock_signs_for_what_came_since_the_one_before(
    looked_at: Path, opener: Opener, passphrase: str
) -> None:
    with opener.open(looked_at, passphrase) as vault:
        kept = sorted(vault.whole.find(AccessKept), key=lambda item: item.first)
        assert kept[0].first == 1
        assert all(after.first == before.last + 1 for before, after in pairwise(kept))
        number = len(kept)
    with opener.open(looked_at, passphrase) as vault:
        # Nothing was opened in between, so there was nothing to sign for.
        assert len(vault.whole.find(AccessKept)) == number


def test_what_a_crash_left_unsigned_is_signed_for_at_the_next_lock(
    looked_at: Path, opener: Opener, passphrase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(OpenVault, "_keep_access_log", lambda _: None)
        with opener.open(looked_at, passphrase) as vault:
            look(vault, "case:e")
            assert access_log.to_keep(vault.whole.raw)
    with opener.open(looked_at, passphrase) as vault:
        look(vault, "case:f")
    with opener.open(looked_at, passphrase) as vault:
        assert not access_log.to_keep(vault.whole.raw)
        assert check(vault).findings == ()


def test_a_lock_signs_for_no_more_than_it_can_in_a_moment(
    looked_at: Path, opener: Opener, passphrase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access_log, "MOST_AT_ONCE", 2)
    for number in range(3):
        with opener.open(looked_at, passphrase) as vault:
            look(vault, *(f"case:{number}{which}" for which in range(3)))
    with opener.open(looked_at, passphrase) as vault:
        assert access_log.to_keep(vault.whole.raw)
        assert check(vault).findings == ()


def test_who_only_looked_adds_nothing_to_history_and_the_next_who_writes_signs_for_it(
    looked_at: Path, opener: Opener, passphrase: str
) -> None:
    with opener.open(looked_at, passphrase) as vault:
        number = check(vault).revisions
        with vault.write() as writing:
            writing.log_access("opened", "case:e")
    with opener.open(looked_at, passphrase) as vault:
        assert check(vault).revisions == number
        assert access_log.to_keep(vault.whole.raw)
        look(vault)
    with opener.open(looked_at, passphrase) as vault:
        assert not access_log.to_keep(vault.whole.raw)
