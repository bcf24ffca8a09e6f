"""House rules of the whole package that no linter knows (design §3, §12)."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "csa_desk"
SOURCES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 450
FORBIDDEN_NAMES = ("utils", "helpers", "common", "manager", "base")


def name_of(path: Path) -> str:
    """A file as the tests name it."""
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_every_module_says_what_it_holds_and_is_short(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= LONGEST, "split it by what it is about"
    if text.strip():
        assert ast.get_docstring(ast.parse(text)), "say in one line what it holds"
    assert path.stem not in FORBIDDEN_NAMES


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_no_fault_is_swallowed_whole(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            caught = ast.unparse(node.type) if node.type is not None else ""
            assert node.type is not None, f"line {node.lineno}: a bare except"
            assert caught != "Exception", f"line {node.lineno}: names no fault in particular"
            if caught == "BaseException":
                raises = [part for part in ast.walk(node) if isinstance(part, ast.Raise)]
                assert raises, f"line {node.lineno}: catches everything and lets it go"


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_nothing_is_printed_but_by_the_command_line(path: Path) -> None:
    if name_of(path) in ("cli.py", "content/__main__.py"):
        return
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id != "print", f"line {node.lineno}"


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_nothing_is_left_to_do_later(path: Path) -> None:
    text = path.read_text("utf-8")
    for mark in ("TO" + "DO", "FIX" + "ME", "XX" + "X", "NotImplemented" + "Error"):
        assert mark not in text
