"""What gives way where it is narrow: tabs go under *More*, words and buttons one under the other, nothing is lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from csa_desk.ui.look import apply_look
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.flow import FlowLayout, PairLayout
from csa_desk.ui.widgets.marks import LongChip
from csa_desk.ui.widgets.page import PageBody
from csa_desk.ui.widgets.table import Cell, Column, Row, Table
from csa_desk.ui.widgets.tabs import Tabs
from csa_desk.ui.widgets.text import Words

FIVE = [("a", "Overview"), ("b", "Assessment"), ("c", "Therapy & more"), ("d", "Plan"), ("e", "History")]
LONG = (
    "Safe contact: call mum, weekdays from ten to two. No voicemail. No letters home. Ask for the code word."
)


@pytest.fixture(autouse=True)
def usual_look(qapp: QApplication) -> None:
    """The lengths here are those of text at 100 %."""
    apply_look(qapp, "light")


def tabs_in(qtbot: QtBot, width: int) -> Tabs:
    """Five tabs in a bar this wide."""
    tabs = Tabs(FIVE)
    qtbot.addWidget(tabs)
    tabs.resize(width, 44)
    with qtbot.waitExposed(tabs):
        tabs.show()
    return tabs


def shown(tabs: Tabs) -> list[str]:
    """The words of the tabs that stand in the bar."""
    return [tabs.accessibleTabName(place) for place in range(tabs.count()) if tabs.isTabVisible(place)]


def test_tabs_that_do_not_fit_are_under_more_and_the_one_in_use_stays(qtbot: QtBot) -> None:
    tabs = tabs_in(qtbot, 900)
    assert len(shown(tabs)) == 5
    assert tabs.more.isHidden()
    tabs.resize(360, 44)
    assert shown(tabs)[0] == "Overview"
    assert "History" not in shown(tabs)
    assert tabs.more.geometry().right() <= tabs.width()
    assert "History" in tabs.more.accessibleDescription()
    tabs.choose("e")
    assert "History" in shown(tabs)
    assert tabs.more.geometry().right() <= tabs.width()
    tabs.resize(900, 44)
    assert len(shown(tabs)) == 5


def test_more_opens_by_keyboard_and_its_first_line_is_ready(qtbot: QtBot) -> None:
    tabs = tabs_in(qtbot, 360)
    tabs.more.setFocus()
    QTest.keyClick(tabs.more, Qt.Key.Key_Return)
    menu = tabs.findChild(QMenu)
    assert menu is not None
    qtbot.waitUntil(menu.isVisible)
    words = [action.text() for action in menu.actions()]
    assert "Therapy && more" in words
    assert menu.activeAction() is menu.actions()[0]
    with qtbot.waitSignal(tabs.chosen) as said:
        QTest.keyClick(menu, Qt.Key.Key_Down)
        QTest.keyClick(menu, Qt.Key.Key_Return)
    assert said.args == ["d"]
    assert "Plan" in shown(tabs)


def test_arrows_go_through_all_tabs_also_those_under_more(qtbot: QtBot) -> None:
    tabs = tabs_in(qtbot, 360)
    tabs.setFocus()
    seen: list[str] = []
    tabs.chosen.connect(seen.append)
    for _ in range(5):
        QTest.keyClick(tabs, Qt.Key.Key_Right)
    assert seen == ["b", "c", "d", "e"]
    QTest.keyClick(tabs, Qt.Key.Key_Left)
    assert seen[-1] == "d"


def test_a_long_chip_has_as_many_lines_as_its_words_need(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder)
    chip = LongChip(LONG, "warn", "shield-warning")
    flow.addWidget(chip)
    holder.resize(chip.sizeHint().width() + 10, 300)
    holder.show()
    assert chip.height() == chip.sizeHint().height()
    holder.resize(300, 300)
    QApplication.sendPostedEvents()
    assert chip.width() <= 300
    assert chip.height() >= 3 * chip.fontMetrics().height() - 12
    assert chip.accessibleName() == LONG


def test_a_pair_stands_beside_each_other_where_the_words_keep_their_room(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    pair = PairLayout(holder, least=200)
    words, button = Words(LONG), Button("Mark as done")
    pair.addWidget(words)
    pair.addWidget(button)
    holder.resize(600, 200)
    holder.show()
    assert button.x() >= words.x() + words.width()
    assert button.y() == 0
    holder.resize(300, 400)
    QApplication.sendPostedEvents()
    assert button.y() >= words.y() + words.height()
    assert button.width() == button.sizeHint().width()
    button.hide()
    assert pair.heightForWidth(300) == words.heightForWidth(300)


def test_no_height_of_a_page_makes_its_scroll_bar_come_and_go_for_ever(qtbot: QtBot) -> None:
    body = PageBody()
    qtbot.addWidget(body)
    folding = QWidget()
    column = QVBoxLayout(folding)
    for _ in range(4):
        column.addWidget(Words(LONG))
    body.add(folding)
    body.finish()
    body.resize(500, 200)
    body.show()
    page = body.widget()
    assert page is not None
    needed = page.heightForWidth(body.viewport().width())
    for high in range(needed - 30, needed + 30):
        body.resize(500, high)
        QApplication.sendPostedEvents()
        assert body.verticalScrollBar().isVisible() == (page.heightForWidth(500) > high)


def test_a_page_is_never_wider_than_its_window(qtbot: QtBot) -> None:
    body = PageBody()
    qtbot.addWidget(body)
    wide = QWidget()
    row = QHBoxLayout(wide)
    for number in range(6):
        row.addWidget(Button(f"Button {number}"))
    body.add(wide)
    body.finish()
    body.resize(400, 300)
    body.show()
    page = body.widget()
    assert page is not None
    assert page.width() == body.viewport().width()


def test_rows_of_a_table_grow_with_their_words_and_shrink_again(qtbot: QtBot) -> None:
    table = Table("Team", [Column("Who", 170), Column("Role"), Column("Shared", 190)])
    qtbot.addWidget(table)
    cells = [Cell("Ann"), Cell("Single coordinator of all services and a navigator", "helps"), Cell("Yes")]
    table.set_rows([Row("a", cells), Row("b", [Cell("Bo"), Cell("School"), Cell("No")])])
    table.resize(1000, 300)
    table.show()
    wide = table.view.rowHeight(0)
    table.resize(480, 300)
    assert table.view.rowHeight(0) > wide
    assert table.view.rowHeight(1) == 44
    assert table.sizeHint().height() > table.view.rowHeight(0) + table.view.rowHeight(1)
    table.resize(240, 300)
    assert table.view.horizontalHeader().length() <= table.view.viewport().width()
    table.resize(1000, 300)
    assert table.view.rowHeight(0) == wide
