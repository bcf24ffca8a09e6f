"""House rules of the window, over every source file of csa_desk/ui."""

import ast
import re
from pathlib import Path

import pytest

UI = Path(__file__).resolve().parents[2] / "csa_desk" / "ui"
FILES = sorted(UI.rglob("*.py"))
IDS = [str(path.relative_to(UI)) for path in FILES]
# An id selector of the style sheet has a word after #, not six or eight figures and letters to F.
COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})\b|\brgba?\(\s*\d")


def faults(source: str, *, palette: bool = False, type_owner: bool = False) -> list[str]:
    """What a source file does that the house rules forbid."""
    found: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            found += _call(node, palette=palette, type_owner=type_owner)
        if isinstance(node, ast.ExceptHandler):
            names = (
                [name.id for name in ast.walk(node.type) if isinstance(name, ast.Name)] if node.type else [""]
            )
            if not set(names).isdisjoint({"", "Exception", "BaseException"}):
                found.append(f"{node.lineno}: catches everything")
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and not palette
            and COLOUR.search(node.value)
        ):
            found.append(f"{node.lineno}: a colour outside the palette")
        if isinstance(node, ast.Attribute) and node.attr in {"RichText", "MarkdownText", "AutoText"}:
            found.append(f"{node.lineno}: text that is not plain")
        if isinstance(node, ast.ClassDef) and _is_label(node) and "PlainText" not in source:
            found.append(f"{node.lineno}: a label that is not plain")
    return found


def _is_label(node: ast.ClassDef) -> bool:
    return any(isinstance(base, ast.Name) and base.id == "QLabel" for base in node.bases)


def _call(node: ast.Call, *, palette: bool, type_owner: bool) -> list[str]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    line = node.lineno
    bad: list[str] = []
    if name == "connect" and any(isinstance(part, ast.Lambda) for arg in node.args for part in ast.walk(arg)):
        bad.append(f"{line}: a lambda in connect")
    if name in {"processEvents", "exec", "exec_", "QEventLoop", "print", "setFixedSize", "setFixedHeight"}:
        bad.append(f"{line}: {name}")
    if name in {"setPointSize", "setPointSizeF"} or (name in {"setPixelSize", "QFont"} and not type_owner):
        bad.append(f"{line}: {name} outside fonts")
    if name == "QColor" and not palette and any(isinstance(arg, ast.Constant) for arg in node.args):
        bad.append(f"{line}: a colour literal")
    if name == "QLabel":
        bad.append(f"{line}: a bare QLabel; use Words")
    return bad


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_source_keeps_the_house_rules(path: Path) -> None:
    owner = path.name in {"fonts.py", "stylesheet.py"}
    assert faults(path.read_text("utf-8"), palette=path.name == "palette.py", type_owner=owner) == []


@pytest.mark.parametrize(
    "source",
    [
        "b.clicked.connect(lambda: 1)",
        "app.processEvents()",
        "dialog.exec()",
        "x = '#FF0000'",
        "x = QColor('red')",
        "label.setFixedSize(3, 4)",
        "f = QFont('a', 12)",
        "print(1)",
        "QLabel('x')",
        "label.setTextFormat(Qt.TextFormat.RichText)",
        "try:\n    pass\nexcept Exception:\n    pass",
        "try:\n    pass\nexcept:\n    pass",
        "class A(QLabel):\n    pass",
    ],
)
def test_the_rules_catch_what_they_name(source: str) -> None:
    assert faults(source)


def test_no_file_is_too_long() -> None:
    long = {path.name: lines for path in FILES if (lines := len(path.read_text("utf-8").splitlines())) > 440}
    assert long == {}
