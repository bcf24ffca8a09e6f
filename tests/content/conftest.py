"""A folder of small sound packs, and a way to spoil one of them."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from csa_desk.content.checking import check

SOUND = Path(__file__).parent / "sound"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one small pack of every kind, none of which has a fault."""
    return Path(shutil.copytree(SOUND, tmp_path / "packs"))


@pytest.fixture
def change(folder: Path) -> Callable[[str, str, str], None]:
    """Put other words in the place of the first that read so in a pack."""

    def put(pack: str, old: str, new: str) -> None:
        file = folder / f"{pack}.toml"
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")

    return put


@pytest.fixture
def faults_after(
    folder: Path, change: Callable[[str, str, str], None]
) -> Callable[[str, str, str], list[str]]:
    """Change a pack, and read all faults of the folder, without the name of that pack."""

    def read(pack: str, old: str, new: str) -> list[str]:
        change(pack, old, new)
        return [
            str(fault).removeprefix(f"{pack}.toml, ").removeprefix(f"{pack}.toml") for fault in check(folder)
        ]

    return read
