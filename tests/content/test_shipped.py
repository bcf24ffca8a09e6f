"""The packs that come with the program."""

import re
from pathlib import Path

import pytest

from csa_desk.content.checking import check
from csa_desk.content.models import SHAPES, Line
from csa_desk.content.reading import Packs
from csa_desk.paths import resource

FOLDER = resource("content")
GUIDANCE = Path(__file__).resolve().parents[3] / "shared" / "reference" / "guidance.md"
MUST_BE_CITED = re.compile(r"G(1\.[234569]|4|5\.[12345]|6\.\d|7\.[1234])-")


def promised() -> list[str]:
    """The packs that README.md lists."""
    return re.findall(r"^\| `(\w+)\.toml` \|", (FOLDER / "README.md").read_text("utf-8"), re.MULTILINE)


def test_the_packs_listed_are_those_the_program_reads() -> None:
    assert sorted(promised()) == sorted(SHAPES)


@pytest.mark.parametrize("name", promised())
def test_a_shipped_pack_has_no_fault(name: str) -> None:
    assert [str(fault) for fault in check(FOLDER) if fault.pack == name] == []


def test_every_fact_of_practice_is_cited_by_an_item(capsys: pytest.CaptureFixture[str]) -> None:
    if not GUIDANCE.exists():
        pytest.skip("the facts file is not on this computer")
    facts = re.findall(r"^(?:- |\d+\. |\| )`(G\d+(?:\.\d+)?-\d+)`", GUIDANCE.read_text("utf-8"), re.MULTILINE)
    packs = Packs(FOLDER)
    cited: set[str] = set()
    for name in SHAPES:
        if name not in ("sources", "facts"):
            pack = getattr(packs, name)
            for table in pack.__struct_fields__[1:]:
                for item in getattr(pack, table):
                    cited.update(getattr(item, "facts", ()))
                    cited.update(fact for lines in _lines(item) for line in lines for fact in line.facts)
    rest = [fact for fact in facts if fact not in cited]
    with capsys.disabled():
        print(f"\n{len(facts) - len(rest)} of {len(facts)} facts are cited; not cited: {' '.join(rest)}")
    assert [fact for fact in rest if MUST_BE_CITED.match(fact)] == []
    assert sorted(cited - set(facts)) == []


def _lines(item: object) -> list[tuple[Line, ...]]:
    held = (getattr(item, name) for name in getattr(item, "__struct_fields__", ()))
    return [value for value in held if isinstance(value, tuple) and value and isinstance(value[0], Line)]
