"""Vaults kept from every schema version still open, check clean and hold what was written."""

import shutil
from pathlib import Path

import pytest

from csa_desk.records.assessment import Answer
from csa_desk.records.cases import Person
from csa_desk.records.plan import Goal
from csa_desk.store.check import check
from csa_desk.store.opening import Opener
from csa_desk.store.schema import VERSION

KEPT = Path(__file__).parent.parent / "vaults"
VAULTS = sorted(KEPT.glob("schema-*.csadesk"))


def test_there_is_a_vault_of_this_schema_version() -> None:
    assert (KEPT / f"schema-{VERSION}.csadesk").is_dir()


@pytest.mark.parametrize("kept", VAULTS, ids=lambda path: path.stem)
def test_a_kept_vault_opens_and_holds_what_was_written(
    kept: Path, tmp_path: Path, opener: Opener, passphrase: str
) -> None:
    folder = tmp_path / kept.name
    shutil.copytree(kept, folder)
    with opener.open(folder, passphrase) as vault:
        assert [item.code for item in check(vault).findings] == ["new-computer"]
        assert {item.name for item in vault.read.find(Person)} == {"Rowan Bramley", "Holly Bramley"}
        assert [item.value for item in vault.read.find(Answer, question="school-safe")] == [6]
        assert [item.words for item in vault.read.find(Goal)] == ["Go to art club again"]
