"""``directory export``: written whole or not at all, over nothing, and taken in by another vault as it was."""

import errno
import json
from pathlib import Path
from typing import Any

import pytest

FEED = {
    "id": "0d0a4f0e-7a55-4c1e-8d57-2f5a6f1b0001",
    "name": "Larchwood young people's counselling",
    "description": "Counselling for young people.",
    "status": "active",
    "vendor": {"kept": True},
    "organization": {
        "id": "0d0a4f0e-7a55-4c1e-8d57-2f5a6f1b0002",
        "name": "Larchwood Trust",
        "description": "A small charity.",
    },
    "service_at_locations": [
        {
            "location": {
                "id": "0d0a4f0e-7a55-4c1e-8d57-2f5a6f1b0003",
                "name": "Hall",
                "location_type": "physical",
            }
        }
    ],
}


@pytest.fixture
def filled(do: Any, write: Any) -> Any:
    """Runs commands on a vault with a small directory."""
    assert do("directory", "import", write(FEED, "feed.json")).code == 0
    return do


def test_a_folder_is_written_and_nothing_changes_when_it_is_taken_in(
    filled: Any, tmp_path: Path, state: Any
) -> None:
    out = tmp_path / "open data"
    before = state()
    told = filled("directory", "export", out, "--json").json
    assert state() == before
    assert told["counts"] == {"agency": 1, "location": 1, "service": 1}
    assert told["report"] == []
    assert any("withheld" in line for line in told["never_carries"])
    assert {path.name for path in out.iterdir()} >= {"index.json", "services.json", "README.txt"}
    assert json.loads((out / "services.json").read_bytes())["contents"][0]["vendor"] == {"kept": True}
    again = filled("directory", "import", out, "--dry-run", "--json").json
    assert (again["new"], again["changed"], again["same"]) == (0, 0, 3)
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize(("form", "begins"), [("csv", b"\xef\xbb\xbfService,"), ("xlsx", b"PK")])
def test_sheets_are_written(filled: Any, tmp_path: Path, form: str, begins: bytes) -> None:
    out = tmp_path / f"directory.{form}"
    ran = filled("directory", "export", out, "--format", form)
    assert (ran.code, ran.err) == (0, "")
    assert out.read_bytes().startswith(begins)
    assert "It never carries:" in ran.out
    assert "1 service." in ran.out


@pytest.mark.parametrize("form", ["oruk", "csv", "xlsx"])
def test_nothing_that_is_there_is_replaced(filled: Any, tmp_path: Path, form: str) -> None:
    out = tmp_path / "mine"
    out.write_text("mine", "utf-8")
    ran = filled("directory", "export", out, "--format", form)
    assert ran.code == 1
    assert "replaces nothing" in ran.err
    assert out.read_text("utf-8") == "mine"


@pytest.mark.parametrize(("form", "ending"), [("oruk", "part"), ("csv", "new"), ("xlsx", "new")])
def test_what_stands_beside_it_is_left_alone(filled: Any, tmp_path: Path, form: str, ending: str) -> None:
    beside = tmp_path / f"out.{ending}"
    beside.write_text("mine", "utf-8")
    ran = filled("directory", "export", tmp_path / "out", "--format", form)
    assert ran.code == 1
    assert beside.name in ran.err
    assert beside.read_text("utf-8") == "mine"
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("form", ["oruk", "csv", "xlsx"])
def test_on_a_full_disk_nothing_is_left(
    filled: Any, tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: Any) -> None:
        raise OSError(errno.ENOSPC, "no space")

    place = tmp_path / "full"
    place.mkdir()
    with monkeypatch.context() as patched:
        patched.setattr(
            "csa_desk.store.files.os.fsync" if form != "oruk" else "csa_desk.casework.directory_out.os.sync",
            full,
        )
        ran = filled("directory", "export", place / "out", "--format", form)
    assert ran.code == 1
    assert ran.err.count("\n") == 1
    assert "disk is full" in ran.err
    assert list(place.iterdir()) == []
