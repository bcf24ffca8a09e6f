"""Widgets: names, keys, wrapping, the ring, and text that stays text."""

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from csa_desk.ui.look import apply_look
from csa_desk.ui.widgets.boxes import Banner, FoldedText
from csa_desk.ui.widgets.buttons import Button, FilterButton, LinkButton, PaintedButton
from csa_desk.ui.widgets.choices import CheckOption, RadioOption
from csa_desk.ui.widgets.marks import Chip
from csa_desk.ui.widgets.messages import ErrorSummary, Toast
from csa_desk.ui.widgets.page import PageBody
from csa_desk.ui.widgets.progress import ProgressBar
from csa_desk.ui.widgets.rail_item import RailItem
from csa_desk.ui.widgets.ring import FocusRing
from csa_desk.ui.widgets.rows import TaskRow
from csa_desk.ui.widgets.table import Cell, Column, Row, Table
from csa_desk.ui.widgets.tabs import Tabs
from csa_desk.ui.widgets.text import Words, breakable
from csa_desk.ui.widgets.timeline import Stage, Timeline
from tests.ui.specimens import form_page, widgets_page

ODD = "<b>x</b> & {{ y }} 😀 שלום"


WINDOWS: list[QWidget] = []


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> Iterator[None]:
    apply_look(qapp, "light")
    yield
    apply_look(qapp, "light")
    WINDOWS.clear()


def shown(qtbot: QtBot, *widgets: QWidget) -> QWidget:
    window = QWidget()
    WINDOWS.append(window)
    column = QVBoxLayout(window)
    for widget in widgets:
        column.addWidget(widget)
    qtbot.addWidget(window)
    window.resize(700, 500)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
@pytest.mark.parametrize("make", [Button, LinkButton, FilterButton, TaskRow])
def test_buttons_take_space_and_enter_and_show_what_they_are_given(
    qtbot: QtBot, make: type[PaintedButton], key: Qt.Key
) -> None:
    button = make(ODD)
    shown(qtbot, button)
    button.setFocus()
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, key)
    assert ODD in button.accessibleName()
    assert button.words == ODD


def test_labels_of_records_are_plain_and_long_words_break(qtbot: QtBot) -> None:
    words = Words("x" * 300 + " " + ODD)
    shown(qtbot, words)
    assert words.textFormat() == Qt.TextFormat.PlainText
    assert words.minimumSizeHint().width() < 300
    assert words.accessibleName().startswith("x" * 300)
    assert breakable("short words stay") == "short words stay"
    assert breakable("e\u0301" * 30).replace("\u200b", "") == "e\u0301" * 30


def test_tooltips_escape_markup(qtbot: QtBot) -> None:
    chip = Chip("<i>" + "long " * 60)
    shown(qtbot, chip)
    chip.resize(120, 24)
    chip.grab()
    assert "&lt;i&gt;" in chip.toolTip()


def test_folded_text_opens_by_choice_and_folds_on_leaving(qtbot: QtBot) -> None:
    folded = FoldedText("A note", "May be hard to read", "The words")
    window = shown(qtbot, folded)
    assert "The words" not in [label.text() for label in folded.findChildren(QLabel)]
    QTest.mouseClick(folded.findChild(Button), Qt.MouseButton.LeftButton)
    assert folded.is_open
    window.hide()
    assert not folded.is_open
    assert "The words" not in [label.text() for label in folded.findChildren(QLabel)]


def test_tabs_go_by_arrows(qtbot: QtBot) -> None:
    tabs = Tabs([("a", "One & two"), ("b", "Three")])
    shown(qtbot, tabs)
    tabs.setFocus()
    with qtbot.waitSignal(tabs.chosen) as said:
        QTest.keyClick(tabs, Qt.Key.Key_Right)
    assert said.args == ["b"]
    assert tabs.accessibleTabName(0) == "One & two"


def test_a_table_reads_aloud_opens_by_enter_and_drops_columns(qtbot: QtBot) -> None:
    table = Table("Children", [Column("Child"), Column("Age", 60, drop=1), Column("Next", 200, drop=2)])
    table.set_rows(
        [
            Row("r1", [Cell("Ann", bold=True), Cell("9"), Cell()]),
            Row("r2", [Cell("Bo"), Cell("7"), Cell("x")]),
        ]
    )
    window = shown(qtbot, table)
    model = table.view.model()
    role = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(0, 0).data(role) == "Child: Ann"
    assert model.index(0, 2).data(role) == "Next: none"
    table.choose("r1")
    table.view.setFocus()
    QTest.keyClick(table.view, Qt.Key.Key_Down)
    with qtbot.waitSignal(table.opened) as said:
        QTest.keyClick(table.view, Qt.Key.Key_Return)
    assert said.args == ["r2"]
    table.set_rows([Row("r2", [Cell("Bo"), Cell("7"), Cell("x")])])
    assert table.key == "r2"
    window.resize(380, 300)
    qtbot.waitUntil(lambda: table.hidden_columns == ["Next"])


def test_the_timeline_becomes_a_list_and_reads_as_one(qtbot: QtBot) -> None:
    stages = [
        Stage("a", "Reported", "2 Oct", "done"),
        Stage("b", "Interview", "now", "now"),
        Stage("c", "Court"),
    ]
    line = Timeline(stages, "Journey", choosing=True)
    window = shown(qtbot, line)
    assert line.key == "b"
    wide = line.heightForWidth(600)
    window.resize(200, 600)
    qtbot.waitUntil(lambda: line.heightForWidth(180) > wide)
    names = [child.accessibleName() for child in line.findChildren(QWidget) if child.accessibleName()]
    assert names == ["Reported, done, 2 Oct", "Interview, now", "Court, still ahead"]


def test_progress_is_a_sentence(qtbot: QtBot) -> None:
    bar = ProgressBar(legend=True)
    bar.set_parts(23, 6, 12)
    assert "23 of 41 known, 6 to check, 12 open" in [
        label.accessibleName() for label in bar.findChildren(QLabel)
    ]


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(qtbot: QtBot) -> None:
    summary = ErrorSummary()
    shown(qtbot, summary)
    summary.show_problems([("birth", "Month must be between 1 and 12")])
    assert summary.hasFocus()
    link = summary.findChild(LinkButton)
    with qtbot.waitSignal(summary.asked) as said:
        QTest.keyClick(link, Qt.Key.Key_Return)
    assert said.args == ["birth"]
    summary.show_problems([])
    assert summary.isHidden()


def test_a_toast_undoes_and_ends_when_the_focus_leaves_it(qtbot: QtBot) -> None:
    other = Button("Other")
    window = shown(qtbot, other)
    toast = Toast(window)
    toast.say("Action added to the plan")
    undo = toast.findChild(LinkButton)
    undo.setFocus()
    other.setFocus()
    assert toast.isHidden()
    toast.say("Action added to the plan")
    with qtbot.waitSignal(toast.undone):
        QTest.keyClick(undo, Qt.Key.Key_Return)


def test_the_ring_follows_the_keyboard_and_hides_on_a_press(qtbot: QtBot) -> None:
    one, two = Button("One"), Button("Two")
    window = shown(qtbot, one, two)
    ring = FocusRing(window)
    two.setFocus()
    one.setFocus()
    assert ring.target is one
    QTest.keyClick(one, Qt.Key.Key_Tab)
    assert ring.target is two
    QTest.mouseClick(two, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert ring.target is None


@pytest.mark.parametrize("page", [widgets_page, form_page])
def test_every_stop_of_the_gallery_shows_the_ring_and_has_a_name(qtbot: QtBot, page: object) -> None:
    body = page()  # type: ignore[operator]
    window = shown(qtbot, body)
    ring = FocusRing(window)
    seen: list[QWidget] = []
    while True:
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        assert here is not None
        if here in seen:
            break
        seen.append(here)
        assert ring.target is here, here
        assert here.accessibleName(), here
    assert len(seen) > 10


@pytest.mark.parametrize("size", [100, 200])
@pytest.mark.parametrize("width", [520, 960, 1280])
@pytest.mark.parametrize("page", [widgets_page, form_page])
def test_no_label_is_cut(qapp: QApplication, qtbot: QtBot, page: object, width: int, size: int) -> None:
    apply_look(qapp, "light", False, size)
    body: PageBody = page()  # type: ignore[operator]
    window = shown(qtbot, body)
    window.resize(width * size // 100, 900)
    for _ in range(3):
        qapp.sendPostedEvents()
        QTest.qWait(0)
    cut = []
    for label in body.findChildren(Words):
        if label.isVisible() and type(label) is Words:
            need = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
            if label.height() < need or (not label.wordWrap() and label.width() < label.sizeHint().width()):
                cut.append((label.words, label.size(), need))
    for row in [*body.findChildren(RadioOption), *body.findChildren(CheckOption)]:
        if row.isVisible() and row.hasHeightForWidth() and row.height() < row.heightForWidth(row.width()):
            cut.append((row.text(), row.size(), row.heightForWidth(row.width())))
    assert cut == []
    assert body.widget().width() <= body.viewport().width()


def test_the_page_keeps_its_side_column_only_where_there_is_room(qtbot: QtBot) -> None:
    body = PageBody(side_width=290)
    body.add(Words("Main"))
    side = Words("Side")
    body.add_side(side)
    body.finish()
    body.resize(1200, 600)
    qtbot.addWidget(body)
    with qtbot.waitExposed(body):
        body.show()
    assert not body.narrow
    with qtbot.waitSignal(body.narrowed):
        body.resize(700, 600)
    assert body.narrow
    assert side.isVisible()


def test_banner_and_rail_item_are_named(qtbot: QtBot) -> None:
    banner = Banner("warn", "Safe contact.", "No voicemail.", outlined=True)
    item = RailItem("Today", "sun-horizon", "Ctrl+1", 3)
    shown(qtbot, banner, item)
    assert banner.accessibleName() == "Safe contact. No voicemail."
    assert item.accessibleName() == "Today, 3"
    item.set_current(True)
    assert item.accessibleDescription() == "You are here"


def test_nothing_keeps_a_form_alive(qtbot: QtBot) -> None:
    page = form_page()
    kept = weakref.ref(page)
    page.deleteLater()
    del page
    QTest.qWait(1)
    gc.collect()
    assert kept() is None
