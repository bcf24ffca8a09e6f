"""``content check DIR`` names pack, item and fault."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from csa_desk.paths import resource


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """A copy of our packs to break."""
    return Path(shutil.copytree(resource("content"), tmp_path / "packs"))


def broken(folder: Path, pack: str, old: str, new: str) -> None:
    path = folder / f"{pack}.toml"
    content = path.read_text("utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), "utf-8")


def test_our_own_packs_have_no_fault(run: Any, packs: Path) -> None:
    assert run("content", "check", packs, "--json").json == []
    ran = run("content", "check", packs)
    assert (ran.code, ran.out, ran.err) == (0, "No fault found.\n", "")


@pytest.mark.parametrize(
    ("pack", "old", "new", "item"),
    [
        ("assessment", 'category = "communication"', 'category = "gossip"', "talk-band"),
        ("assessment", 'question = "safe-call"', 'question = "safe-cal"', "safe-voicemail"),
        ("stages", 'id = "police-decision"', 'id = "police decision"', ""),
        ("needs", 'source = "', 'source = "not-', ""),
    ],
)
def test_a_fault_is_named_by_pack_item_and_what_is_wrong(
    pack: str, old: str, new: str, item: str, run: Any, packs: Path
) -> None:
    broken(packs, pack, old, new)
    ran = run("content", "check", packs, "--json")
    assert ran.code == 1
    assert ran.err.count("\n") == 1
    assert any(one["pack"] == pack and item in one["item"] and one["what"] for one in ran.json), ran.json
    assert pack in run("content", "check", packs).out


def test_a_file_that_is_no_toml_is_named_by_its_line(run: Any, packs: Path) -> None:
    path = packs / "roles.toml"
    path.write_text("[pack\n" + path.read_text("utf-8"), "utf-8")
    found = run("content", "check", packs, "--json").json
    assert any(one["pack"] == "roles" and "line" in one["item"] for one in found)


def test_a_folder_without_any_pack_is_not_called_sound(run: Any, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "asessment.toml").write_text("[pack]\n")
    for place in ("empty", "nowhere"):
        ran = run("content", "check", tmp_path / place)
        assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
