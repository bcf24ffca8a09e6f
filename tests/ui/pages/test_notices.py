"""Windows that are low for their text: notices fold to a line, the page keeps its head, the lock cover scrolls."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from csa_desk.casework.desk import Desk
from csa_desk.ui.look import apply_look, px
from csa_desk.ui.widgets.rail_item import RailItem
from tests.ui.pages.screen import Screen
from tests.ui.pages.sitting import add_rowan
from tests.ui.pages.test_fit import faults

SAID = "This is a second copy of a vault. What you write here is kept apart, and the two can be brought together."


@pytest.fixture
def low(screen: Screen, desk: Desk, qapp: QApplication) -> Iterator[Screen]:
    """A child's overview at 960 × 540 with text of 200 %, after something was noticed."""
    apply_look(qapp, "light", text_size=200)
    screen.inside.notice(SAID)
    screen.inside.resize(960, 540)
    screen.go("overview", add_rowan(desk).code)
    for _ in range(3):
        screen.settle()
    yield screen
    apply_look(qapp, "light")


def test_the_head_of_a_childs_page_is_whole_beside_a_notice(low: Screen) -> None:
    assert list(faults(low.inside)) == []
    assert not _shows(low, SAID)
    assert _shows(low, "1 thing to read")


def test_it_is_read_in_the_whole_window_and_set_aside(low: Screen) -> None:
    low.press("Read it")
    assert _shows(low, SAID)
    assert not low.page.isVisible()
    low.press("Back to the page")
    assert low.page.isVisible()
    assert _shows(low, "1 thing to read")
    low.press("Read it")
    low.press("I have read this")
    assert low.page.isVisible()
    assert not _shows(low, "1 thing to read")
    assert low.page.isAncestorOf(QApplication.focusWidget())


def test_what_could_not_be_done_is_read_at_once(low: Screen) -> None:
    low.inside.fail("It could not be saved. Try again.")
    low.settle()
    assert _shows(low, "It could not be saved. Try again.")
    low.press("Back to the page")
    assert low.page.isVisible()


def test_a_window_made_higher_shows_all_of_it(low: Screen) -> None:
    low.inside.resize(1920, 1080)
    low.settle()
    assert _shows(low, SAID)
    assert low.page.isVisible()


def _shows(screen: Screen, words: str) -> bool:
    """Whether anything that can be seen in the window is called so."""
    found = screen.inside.findChildren(QWidget)
    return any(
        made.isVisible() and words in (made.accessibleName(), made.text() if isinstance(made, QLabel) else "")
        for made in found
    )


@pytest.mark.parametrize("count", [8, 60, 120])
@pytest.mark.parametrize("height", [20, 30, 44])
def test_the_count_on_a_low_rail_is_whole(qapp: QApplication, count: int, height: int) -> None:
    item = RailItem("Today", "sun-horizon", "Ctrl+1", count)
    item.set_narrow(True)
    item.resize(px(44), px(height))
    side = px(22)
    icon = QRect((item.width() - side) // 2, (item.height() - side) // 2, side, side)
    assert item.rect().contains(item.corner(icon))


@pytest.mark.parametrize("size", [(960, 540), (1280, 800)])
def test_the_cover_over_words_that_nothing_takes_is_whole(
    low: Screen, qapp: QApplication, size: tuple[int, int]
) -> None:
    low.inside.resize(*size)
    cover = low.inside._lock_cover
    cover.hold()
    for _ in range(3):
        low.settle()
    assert [fault for fault in faults(cover) if "Scroll" not in fault] == []
    shown = cover.form.field("passphrase").control.stops()[0]
    assert shown.height() >= px(40)
    assert cover.rect().contains(QRect(shown.mapTo(cover, shown.rect().topLeft()), shown.size()))
