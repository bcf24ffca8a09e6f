"""The check as a command."""

from collections.abc import Callable
from pathlib import Path

import pytest

from csa_desk.content.__main__ import main


def test_sound_packs_say_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(folder)]) == 0
    assert capsys.readouterr().out == ""


def test_faults_are_printed_one_a_line(
    folder: Path, change: Callable[[str, str, str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    change("settings", "value = 84", "value = 0")
    change("needs", 'icon = "house-line"', 'icon = "House"')
    assert main([str(folder)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "needs.toml, home: in icon: “House” is not lower-case letters, digits and single hyphens",
        "settings.toml, review: the value is 0; it must be 1 or more",
    ]
