"""The beginning of ``make fuzz``: whatever files hold, an import ends in a report, in time, whole or not at all."""

from pathlib import Path

import pytest

from csa_desk.casework.desk import Desk
from csa_desk.store.vault import OpenVault
from tests.fuzz import running
from tests.fuzz.running import alarm, files_of, run_many
from tests.fuzz.sound_files import IMPORTERS
from tests.ui.pages.conftest import PACKS

CASES = 60
"""CI runs a thousand for each importer besides, on all cores: ``make fuzz CASES=1000``."""


@pytest.mark.parametrize("importer", IMPORTERS)
def test_spoilt_files_end_in_a_report_or_a_sentence(importer: str, vault: OpenVault) -> None:
    assert run_many(importer, range(CASES), Desk(vault, PACKS)) == []


@pytest.mark.parametrize("importer", IMPORTERS)
def test_a_case_returns_by_its_seed(importer: str) -> None:
    assert files_of(importer, 7) == files_of(importer, 7)
    assert any(files_of(importer, seed) != files_of(importer, 0) for seed in range(1, 9))


def test_a_hang_and_a_crash_are_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def hang(*_: object, **__: object) -> None:
        while True:
            pass

    def crash(*_: object, **__: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr(running, "LONGEST", 0.05)
    monkeypatch.setattr(running, "read_tables", hang)
    monkeypatch.setattr(running, "read_oruk", crash)
    assert [fault for _, fault in run_many("csv", range(1, 2))] == ["took more than 0.05 s"]
    assert run_many("hsds", range(1, 2))[0][1].startswith("KeyError at test_importers.py")


def test_the_alarm_is_off_afterwards() -> None:
    with alarm(0.01):
        pass
    assert sum(range(2_000_000)) > 0
