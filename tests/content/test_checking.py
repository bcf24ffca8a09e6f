"""All faults of a folder at once, and what is not a fault."""

from collections.abc import Callable
from pathlib import Path

from csa_desk.content.checking import Fault, check

Change = Callable[[str, str, str], None]


def test_sound_packs_have_no_fault(folder: Path) -> None:
    assert check(folder) == []


def test_all_faults_of_all_packs_are_named_at_once(folder: Path, change: Change) -> None:
    change("needs", 'icon = "graduation-cap"\n', "")
    change("needs", "Where you live", "Where victims live")
    change("settings", "value = 84", "value = 0")
    change("outcomes", "[[outcome]]", "[[outcome]")
    assert check(folder) == [
        Fault("outcomes", "line 9", "Expected ']]' at the end of an array declaration"),
        Fault("needs", "school", "the key “icon” is missing"),
        Fault("needs", "home", "in child: “victim” where a child may read it"),
        Fault("settings", "review", "the value is 0; it must be 1 or more"),
    ]


def test_a_broken_item_makes_no_faults_in_what_refers_to_it(folder: Path, change: Change) -> None:
    change("stages", 'short.en = "Interview"\n', "")
    change("assessment", 'why.en = "It decides what is asked next."\n', "")
    assert [fault.item for fault in check(folder)] == ["at-school", "interview"]


def test_a_pack_that_is_not_there_is_a_fault_and_what_refers_to_it_is_not(folder: Path) -> None:
    for name in ("facts", "needs", "sources", "stages"):
        (folder / f"{name}.toml").unlink()
    assert [str(fault) for fault in check(folder)] == [
        "sources.toml: the file is not there",
        "facts.toml: the file is not there",
        "needs.toml: the file is not there",
        "stages.toml: the file is not there",
    ]


def test_a_services_own_pack_is_held_against_ours(folder: Path, change: Change, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    change("assessment", 'need = "school"', 'need = "work"')
    (folder / "assessment.toml").rename(own / "assessment.toml")
    change("outcomes", 'basis = "seed"', 'basis = "sure"')
    assert check(own, beside=folder) == [
        Fault("assessment", "learning", "need names the need “work”, which is not there")
    ]
