"""Every icon that is named is there: in the screens' source, in the packs, and at once where one is not."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from csa_desk.content.reading import Packs
from csa_desk.paths import resource
from csa_desk.ui import icons
from csa_desk.ui.widgets.boxes import Banner
from csa_desk.ui.widgets.buttons import Button, IconButton, LinkButton
from csa_desk.ui.widgets.marks import Chip, Disc, IconMark
from csa_desk.ui.widgets.pick_list import Pick
from csa_desk.ui.widgets.rail_item import RailItem
from csa_desk.ui.widgets.table_rows import Cell

SCREENS = Path(icons.__file__).parent
SOURCES = sorted(SCREENS.rglob("*.py"))
THERE = {path.stem for path in resource("icons").glob("*.svg")}
# What is called → the place of the icon among its arguments.
PLACES = {
    "Button": 2,
    "LinkButton": 3,
    "IconButton": 0,
    "IconMark": 0,
    "Disc": 0,
    "Chip": 2,
    "LongChip": 2,
    "RailItem": 1,
    "TintCard": 1,
    "Empty": 2,
    "set_icon": 0,
    "set_chevron": 0,
    "draw": 1,
    "line": 0,
    "_line": 0,
    "known": 0,
}


def literals(node: ast.expr | None) -> Iterator[str]:
    """The words an expression can be: a literal, or either side of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)


def columns(rows: list[ast.expr]) -> Iterator[list[str]]:
    """Of a table written down as tuples: the words of each column; of a plain list, its words."""
    tuples = [row.elts for row in rows if isinstance(row, ast.Tuple)]
    if not tuples:
        yield [word for row in rows for word in literals(row)]
        return
    for place in range(max(map(len, tuples))):
        yield [word for row in tuples if place < len(row) for word in literals(row[place])]


def named(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and name of each icon that a module names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
            place = PLACES.get(called)
            given = [item.value for item in node.keywords if item.arg == "icon"]
            if place is not None and place < len(node.args):
                given.append(node.args[place])
            for word in (word for item in given for word in literals(item)):
                yield node.lineno, word
        tables: list[ast.expr] = []
        if isinstance(node, ast.Dict):
            tables = node.values
        elif isinstance(node, (ast.Tuple, ast.List)):
            tables = node.elts
        for column in columns(tables) if tables else ():
            # A column of icons: most of what stands in it are hyphenated names of drawings.
            sure = [word for word in column if word in THERE and "-" in word]
            if len(column) > 1 and len(sure) * 2 > len(column):
                yield from ((getattr(node, "lineno", 0), word) for word in column)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(SCREENS)))
def test_every_icon_that_a_screen_names_is_there(path: Path) -> None:
    missing = [
        (line, name) for line, name in named(ast.parse(path.read_text("utf-8"))) if name and name not in THERE
    ]
    assert not missing


def test_the_reading_of_source_finds_icons_where_they_stand() -> None:
    source = (
        'Button("Go", "primary", "lock-key")\nBanner("ok", "x", icon="no-such" if a else "check")\n'
        'MARKS = {"a": ("check-circle", "ok"), "b": ("circle-half", "no"), "c": ("not-drawn", "x")}\n'
    )
    assert {name for _, name in named(ast.parse(source))} == {
        "lock-key", "no-such", "check", "check-circle", "circle-half", "not-drawn",
    }  # fmt: skip
    assert sum(len(list(named(ast.parse(path.read_text("utf-8"))))) for path in SOURCES) > 200


def test_every_icon_of_the_needs_is_there() -> None:
    assert all(need.icon in THERE for need in Packs(resource("content")).needs.need)


def test_every_drawing_comes_in_all_three_weights() -> None:
    plain = {name for name in THERE if not name.endswith(("-bold", "-fill"))}
    assert plain
    for name in plain:
        assert icons.known(name) == name
    assert icons.known("") == ""


@pytest.mark.parametrize(
    "make",
    [
        lambda: Button("Go", icon="no-such"),
        lambda: LinkButton("Go", icon="no-such"),
        lambda: IconButton("no-such", "Go"),
        lambda: IconMark("no-such"),
        lambda: Chip("Go", icon="no-such"),
        lambda: Disc("no-such"),
        lambda: RailItem("Go", "no-such"),
        lambda: Banner("ok", "Go", icon="no-such"),
        lambda: Cell("Go", chip=("Go", "ok", "no-such")),
        lambda: Pick("go", "Go", mark=("no-such", "Go", "ok")),
        lambda: IconMark("check").set_icon("no-such", "ok"),
        lambda: Button("Go").set_icon("no-such"),
    ],
)
def test_an_unknown_icon_is_an_error_where_it_is_named_not_where_it_is_painted(
    qapp: QApplication, make: Callable[[], object]
) -> None:
    with pytest.raises(FileNotFoundError, match="no icon called “no-such”"):
        make()
