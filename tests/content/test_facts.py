"""How well each fact is known: facts.toml against the facts file, and against what was read by eye."""

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from csa_desk.content.reading import Packs
from csa_desk.paths import resource

ROOT = Path(__file__).resolve().parents[2]
GUIDANCE = ROOT.parent / "shared" / "reference" / "guidance.md"

BY_EYE = {
    "seed": """G1.1-6 G1.2-5 G1.2-6 G1.2-7 G1.3-5 G1.9-1 G1.9-5 G1.10-4 G2.2-1 G2.2-3 G4-1 G4-4 G4-20 G5.1-8 G5.2-3
        G5.3-1 G5.3-4 G5.4-5 G6.1-1 G6.1-12 G6.2-1 G6.3-7 G7.1-5 G7.1-7 G7.1-13 G7.2-8 G7.3-1 G7.4-10 G10-9""",
    "statute": """G1.5-4 G1.5-5 G1.7-1 G1.7-3 G1.7-5 G1.7-12 G3.4-2 G3.4-13 G3.4-17 G3.5-5 G4-12 G8.1-2 G8.3-4""",
    "official": """G1.1-2 G1.6-3 G1.8-1 G1.9-4 G1.10-3 G2.1-1 G2.1-2 G2.4-2 G3.4-1 G4-3 G4-5 G4-8 G4-11 G5.1-9
        G5.7-4 G8.2-2 G10-2 G10-6""",
    "secondary": """G1.1-1 G1.2-1 G1.2-8 G1.3-1 G1.3-3 G1.4-1 G1.5-9 G1.7-14 G1.7-17 G1.8-2 G1.10-2 G3.1-2 G3.3-6
        G3.3-12 G3.5-1 G3.5-2 G4-2 G4-6 G4-17 G4-18 G4-19 G5.3-7 G5.4-1 G5.4-2 G5.4-7 G5.5-1 G5.5-3 G5.7-3 G7.6-5
        G7.6-7 G8.3-1 G8.4-2 G9-1 G10-5""",
    "unverified": """G1.3-2 G1.3-4 G1.4-2 G1.5-2 G1.5-8 G1.6-1 G1.9-2 G1.9-6 G2.4-1 G3.3-7 G3.3-13 G3.5-3 G3.5-4 G4-9
        G4-10 G4-15 G5.1-10 G5.2-8 G5.3-5 G5.4-3 G5.7-1 G7.6-1 G8.3-6 G8.4-1 G10-1""",
    "ours": """G1.3-6 G1.4-4 G1.6-2 G1.6-4 G1.7-13 G1.7-15 G1.7-18 G1.8-3 G5.3-6 G5.4-8 G5.5-4 G5.6-1 G5.7-8 G5.7-9
        G6.4-4 G8.3-2 G8.4-3 G11.1-18 G11.4-5""",
}
"""Read in the facts file, one by one."""

SOURCES_BY_EYE = {
    "G1.3-3": "f04 f07 f08 f14 f11",
    "G1.6-2": "csa-desk f22 f24",
    "G1.9-4": "f50",
    "G2.4-1": "f27 f32 s1 s2 f33 professional-knowledge",
    "G3.4-1": "f41 f42b",
    "G4-6": "f36 f50b f50c",
    "G4-15": "f36 professional-knowledge",
    "G5.4-1": "f52 s1 s2",
    "G7.3-2": "s2 s1",
    "G7.4-3": "s2",
    "G8.3-6": "professional-knowledge f70",
}


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """``tools/facts.py``."""
    spec = importlib.util.spec_from_file_location("facts_tool", ROOT / "tools" / "facts.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["facts_tool"] = module  # dataclasses look their module up by name
    spec.loader.exec_module(module)
    return module


def test_facts_are_as_well_known_as_was_read_by_eye() -> None:
    known = {fact.id: fact for fact in Packs(resource("content")).facts.fact}
    assert sum(len(ids.split()) for ids in BY_EYE.values()) > 60
    wrong = {
        one: known[one].basis
        for basis, ids in BY_EYE.items()
        for one in ids.split()
        if known[one].basis != basis
    }
    assert wrong == {}
    assert {one: " ".join(known[one].sources) for one in SOURCES_BY_EYE} == SOURCES_BY_EYE


def test_facts_toml_is_what_the_tool_writes(tool: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    if not GUIDANCE.exists():
        pytest.skip("the facts file is not on this computer")
    assert tool.main([str(GUIDANCE)]) == 0
    assert capsys.readouterr().out == resource("content", "facts.toml").read_text("utf-8")


def test_every_id_of_the_facts_file_is_listed_once() -> None:
    if not GUIDANCE.exists():
        pytest.skip("the facts file is not on this computer")
    text = GUIDANCE.read_text("utf-8").split("## 1. ", 1)[1]
    named = re.findall(r"`(G\d+(?:\.\d+)?-\d+)`", text)
    assert [fact.id for fact in Packs(resource("content")).facts.fact] == named


def test_the_tool_reads_tags_where_they_stand(tool: ModuleType) -> None:
    guidance = """# Facts
### 1.1 Bullets
- `G1.1-1` Read in an Act. `found F14 s.1`
- `G1.1-2` Read in an Act, and more. `found F14; found-2nd F04` Or so. `inference`
- `G1.1-3` Not read, **all memory-unverified**: a rule.
- `G1.1-4` No tag, as §2.
1. `G1.1-5` Said twice. `seed S1 §1; S2 "Two"`
### 1.2 A table
| What | Tag |
|---|---|
| `G1.2-1` I found nothing in it. | F04 |
| `G1.2-2` Two pages | found F50b,c |
| `G1.2-3` Known, then found | memory-unverified, confirmed found F42 |
### 1.3 One tag for all
- `G1.3-1` First.
- `G1.3-2` Second. `memory-unverified (a page F37c agrees)`
`seed S2 Annex C`
"""
    assert [(fact.id, fact.basis, *fact.sources) for fact in tool.facts(guidance)] == [
        ("G1.1-1", "statute", "f14"),
        ("G1.1-2", "ours", "f14", "f04", "csa-desk"),
        ("G1.1-3", "unverified", "professional-knowledge"),
        ("G1.1-4", "unverified", "professional-knowledge"),
        ("G1.1-5", "seed", "s1", "s2"),
        ("G1.2-1", "secondary", "f04"),
        ("G1.2-2", "official", "f50b", "f50c"),
        ("G1.2-3", "official", "f42"),
        ("G1.3-1", "seed", "s2"),
        ("G1.3-2", "unverified", "professional-knowledge", "f37c"),
    ]


def test_the_tool_without_a_file_says_how_it_is_used(
    tool: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tool.main([]) == 2
    assert capsys.readouterr().err == "usage: python tools/facts.py GUIDANCE.md\n"
