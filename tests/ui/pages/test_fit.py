"""Every page fits every window: nothing is cut, nothing sticks out at the right, only up and down is scrolled."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLabel, QWidget

from csa_desk.casework import planning, therapy
from csa_desk.casework.assessment_files import bring_answers
from csa_desk.casework.bringing_in import bring_in
from csa_desk.casework.casefile import open_file
from csa_desk.casework.desk import Desk
from csa_desk.casework.intake import add_child
from csa_desk.casework.shapes import AssessmentShape, CaseShape, PlanShape, read_shape
from csa_desk.paths import resource
from csa_desk.records.ids import new_id
from csa_desk.records.vault import OwnService
from csa_desk.store.founding import Founder
from csa_desk.store.header import VaultKind
from csa_desk.store.opening import Opener
from csa_desk.ui.look import apply_look
from csa_desk.ui.pages import PAGES
from csa_desk.ui.pictures import OF_A_CHILD
from csa_desk.ui.shell.inside import Inside
from csa_desk.ui.shell.place import Place
from csa_desk.ui.widgets.grid_map import GridMap
from csa_desk.ui.widgets.marks import Chip, LongChip
from csa_desk.ui.widgets.page import Sheet
from csa_desk.ui.widgets.text import Elided, Words
from tests.conftest import PASSPHRASE
from tests.ui.pages.conftest import PACKS
from tests.ui.pages.screen import Screen

# text size in per cent: windows
WINDOWS = {100: ((1280, 800), (1024, 700)), 200: ((960, 540), (1280, 800))}


def bring_demo(desk: Desk, name: str) -> str:
    """One child of the invented data, whole; its code."""
    code = add_child(desk, read_shape(resource("demo", f"{name}-case.json"), CaseShape)).code
    bring_answers(
        desk, open_file(desk, code), read_shape(resource("demo", f"{name}-assessment.json"), AssessmentShape)
    )
    file = open_file(desk, code)
    for mark in json.loads(resource("demo", f"{name}-marks.json").read_bytes()):
        therapy.set_mark(desk, file, mark.pop("item"), mark.pop("state"), **mark)
    planning.import_plan(desk, file, read_shape(resource("demo", f"{name}-plan.json"), PlanShape))
    return code


def places(code: str) -> list[Place]:
    """One place for every page."""
    items = {"section": "need-school"}
    return [Place(page, code if page in OF_A_CHILD else "", items.get(page, "")) for page in PAGES]


def said(widget: QWidget) -> str:
    """A widget by its class and its words, for the report of a fault."""
    words = widget.text() if isinstance(widget, QLabel) else widget.accessibleName()
    return f"{type(widget).__name__} {words[:60]!r}"


def is_cut(label: QLabel) -> bool:
    """Whether a label has less room than its words need."""
    if isinstance(label, Elided) or (isinstance(label, Chip) and not isinstance(label, LongChip)):
        return label.width() < label.sizeHint().width()
    if not label.text():
        return False
    if label.hasHeightForWidth() and label.height() < label.heightForWidth(label.width()):
        return True
    if label.hasHeightForWidth():
        metrics = QFontMetrics(label.font())
        longest = max(
            metrics.horizontalAdvance(word) for word in re.split(r"[\s\u200b]+|(?<=[-/])", label.text())
        )
        return label.width() < longest
    return label.width() < label.sizeHint().width()


def faults(window: QWidget) -> Iterator[str]:
    """What does not fit its place."""
    for widget in window.findChildren(QWidget):
        holder = widget.parentWidget()
        if not widget.isVisible() or widget.isWindow() or holder is None:
            continue
        # A map is wider than a window: its titles stay in sight while it is moved.
        scrolls = isinstance(widget, QAbstractScrollArea) and not isinstance(widget, GridMap)
        if scrolls and widget.horizontalScrollBar().maximum() > 0:
            yield f"{said(widget)} scrolls sideways by {widget.horizontalScrollBar().maximum()}"
        over = widget.x() + widget.width() - holder.width()
        if over > 0 or widget.x() < 0:
            yield f"{said(widget)} sticks out of {said(holder)} by {max(over, -widget.x())}"
        below = widget.y() + widget.height() - holder.height()
        if below > 0 and widget.height() and not isinstance(holder.parentWidget(), QAbstractScrollArea):
            yield f"{said(widget)} is under the lower edge of {said(holder)} by {below}"
        if isinstance(widget, Words | Chip) and is_cut(widget):
            yield f"{said(widget)} is cut: {widget.size().toTuple()}"


@pytest.fixture
def desk(make_vault: Callable[..., Path], opener: Opener) -> Iterator[Desk]:
    """A desk over a training vault: the invented data is for those only."""
    founder = Founder("Priya Nair", "ch-isva", OwnService(id=new_id(), name="Eastmere Harbour"))
    with opener.open(make_vault(kind=VaultKind.TRAINING, founder=founder), PASSPHRASE) as vault:
        yield Desk(vault, PACKS)


@pytest.fixture
def cut_lines(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every line that was painted with … since the list was last cleared."""
    lines: list[str] = []
    whole = QFontMetrics.elidedText

    def watched(self: QFontMetrics, text: str, mode: Qt.TextElideMode, width: int) -> str:
        shown = whole(self, text, mode, width)
        if shown != text:
            lines.append(text)
        return shown

    monkeypatch.setattr(QFontMetrics, "elidedText", watched)
    return lines


def show(screen: Screen, width: int, height: int) -> Inside:
    """Give the window this size and let every layout settle."""
    screen.inside.resize(width, height)
    for _ in range(3):
        screen.settle()
    return screen.inside


def test_every_page_fits_every_window_and_every_text_size(
    screen: Screen, qapp: QApplication, cut_lines: list[str]
) -> None:
    bring_in(screen.desk, [resource("demo", "directory.json")])
    code = bring_demo(screen.desk, "rowan-bramley")
    bring_demo(screen.desk, "jakub-lubinek")
    found: list[str] = []
    for text_size, sizes in WINDOWS.items():
        apply_look(qapp, "light", text_size=text_size)
        for place in places(code):
            # Built in the first size, then changed to the other: both ways to get there.
            screen.inside.resize(*sizes[0])
            screen.inside.go(place)
            for width, height in sizes:
                window = show(screen, width, height)
                cut_lines.clear()
                window.grab()
                for sheet in window.findChildren(Sheet):
                    if sheet.isVisible() and (width, height) == min(sizes):
                        sheet.grab()
                wrong = [*faults(window), *(f"painted cut: {line}" for line in sorted(set(cut_lines)))]
                if (window.width(), window.height()) != (width, height):
                    wrong.append(f"the window is forced to {window.width()}x{window.height()}")
                where = f"{place.page} at {width}x{height}, text {text_size} %"
                found += [f"{where}: {fault}" for fault in wrong]
    apply_look(qapp, "light")
    assert not found, "\n".join(found)
