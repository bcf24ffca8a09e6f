"""From a change in History to words taken out; closing, keeping, a hold and erasing; and what Today says of it."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt

from csa_desk.casework import keeping, removals, removals_waiting
from csa_desk.casework.casefile import open_file
from csa_desk.casework.desk import Desk
from csa_desk.casework.histories import changes
from tests.conftest import SetClock
from tests.ui.pages.screen import ODD_NAMES, Screen
from tests.ui.pages.sitting import add_rowan, say, value_of

CTRL = Qt.KeyboardModifier.ControlModifier


def revision_of(desk: Desk, code: str) -> str:
    """The latest answer of the child."""
    told = changes(desk, open_file(desk, code, log=""))
    return next(item.revision for item in told if item.kind == "answer")


def settled(screen: Screen, page: str) -> None:
    """Wait until the page that was asked for stands."""
    screen.qtbot.waitUntil(lambda: screen.inside.page is not None and screen.inside.page.place.page == page)
    screen.settle()


def test_a_change_in_the_wrong_file_is_taken_out_from_history(screen: Screen, desk: Desk) -> None:
    file = add_rowan(desk)
    say(desk, file, "stop-sign", "A raised hand")
    screen.go("history", file.code)
    screen.press("This is in the wrong child’s file")
    settled(screen, "strike")
    assert "A raised hand" in screen.words()
    assert "after 7 days" in screen.words()
    screen.press("Take it out of this file")
    assert "Say why it is taken out" in screen.words()
    screen.write("It was told by somebody else", into="Why is it taken out?")
    screen.key(Qt.Key.Key_Return, CTRL)
    settled(screen, "keeping")
    assert value_of(desk, file.code, "child/stop-sign") is None
    said = screen.words()
    assert "It goes for good on 1 December 2026, unless somebody stops it." in said
    assert "A raised hand" not in said
    screen.go("history", file.code)
    assert "A raised hand" not in screen.words()
    assert "1 thing waits to be taken out." in screen.words()


def test_what_was_hidden_can_be_looked_at_and_shown_again(screen: Screen, desk: Desk) -> None:
    file = add_rowan(desk)
    said = f"{ODD_NAMES[0]} {ODD_NAMES[2]}"
    say(desk, file, "stop-sign", said)
    removals.strike(desk, file, [revision_of(desk, file.code)], "Wrong file")
    screen.go("removals")
    screen.press("Show what was hidden")
    assert said not in screen.words()
    screen.press("Open it")
    assert said in screen.words()
    screen.press("Stop this and show it again")
    screen.press("Stop it")
    assert "Say why it is stopped" in screen.words()
    screen.write("It was right", into="Why is it stopped?")
    screen.press("Stop it")
    screen.qtbot.waitUntil(lambda: "Nothing waits" in screen.words())
    # How it ended is still told once the page was made anew, and offers no undo that would do nothing.
    assert screen.named("Stopped. It shows again").isVisible()
    assert not any(button.isVisible() for button in screen.buttons("Undo"))
    assert screen.inside.focusWidget() is screen.named("Go to Today")
    assert value_of(desk, file.code, "child/stop-sign") == said


def test_it_can_be_moved_to_the_right_childs_file(screen: Screen, desk: Desk) -> None:
    wrong, right = add_rowan(desk), add_rowan(desk, "Wren Oakley")
    say(desk, wrong, "stop-sign", "A raised hand")
    screen.go("strike", wrong.code, revision_of(desk, wrong.code))
    form = screen.page.form  # type: ignore[attr-defined]
    form.set_value("into", right.case.id)
    screen.write("It was told by somebody else", into="Why is it taken out?")
    screen.press("Take it out of this file")
    settled(screen, "keeping")
    assert value_of(desk, wrong.code, "child/stop-sign") is None
    assert value_of(desk, right.code, "child/stop-sign") == "A raised hand"


def test_what_is_typed_on_the_way_is_kept_at_lock(screen: Screen, desk: Desk) -> None:
    file = add_rowan(desk)
    say(desk, file, "stop-sign", "A raised hand")
    revision = revision_of(desk, file.code)
    screen.go("strike", file.code, revision)
    screen.write("Half a reason", into="Why is it taken out?")
    screen.inside.session.flush_for_lock()
    screen.go("today")
    screen.go("strike", file.code, revision)
    assert screen.page.form.value("reason") == "Half a reason"  # type: ignore[attr-defined]


def test_a_change_that_is_gone_leads_back(screen: Screen, desk: Desk) -> None:
    file = add_rowan(desk)
    screen.go("strike", file.code, "0" * 64)
    assert "not in this child’s file any more" in screen.words()


def test_a_file_is_closed_held_and_erased(screen: Screen, desk: Desk, clock: SetClock) -> None:
    file = add_rowan(desk)
    screen.go("overview", file.code)
    screen.press("Closing and keeping")
    settled(screen, "keeping")
    screen.press("Close this file")
    screen.write("Support has ended", into="Why does the support end?")
    screen.press("Close this file")
    screen.qtbot.waitUntil(lambda: "Closed on 24 November 2026." in screen.words())
    assert screen.named("The file is closed").isVisible()
    assert "Kept until 24 November 2101." in screen.words()
    assert "Not before 24 November 2101." in screen.words()
    screen.press("Put a hold on this file")
    screen.write("A claim is open", into="Why must nothing be taken out?")
    screen.press("Put the hold on")
    screen.qtbot.waitUntil(lambda: "Not while a hold stands." in screen.words())
    screen.press("End the hold")
    screen.write("It is settled", into="Why is it over?")
    screen.press("End the hold")
    screen.qtbot.waitUntil(lambda: "Put a hold on this file" in screen.words())
    keeping.decide(desk, open_file(desk, file.code), desk.today, "The time is over")
    screen.go("keeping", file.code)
    screen.press("Erase this file")
    screen.write("The time is over", into="Why is it erased?")
    screen.press("Erase this file")
    settled(screen, "removals")
    assert f"the whole file {file.code}" in screen.words()
    screen.go("today")
    assert "1 thing waits to be taken out for good" in screen.words()
    clock.moment_now = datetime(2026, 12, 1, 9, tzinfo=UTC)
    screen.go("today")
    # It happens by itself where somebody works alone, so it is said when it has happened.
    assert "Something was taken out for good just now" in screen.words()
    screen.press("See what is gone")
    settled(screen, "removals")
    screen.go("today")
    assert "taken out for good just now" not in screen.words()
    assert "waits to be taken out" not in screen.words()
    assert removals_waiting.waiting(desk) == []
    assert [item.title for item in removals_waiting.gone(desk, file.case.id)] == [
        f"The whole file {file.code}"
    ]
    screen.go("settings", item="doctor")
    screen.press("What was taken out for good")
    settled(screen, "removals")
    assert f"The whole file {file.code}, 1 December 2026. The time is over" in screen.words()


@pytest.mark.parametrize("page", ["keeping", "strike"])
def test_the_keyboard_starts_on_something_to_do(screen: Screen, desk: Desk, page: str) -> None:
    file = add_rowan(desk)
    say(desk, file, "stop-sign", "A raised hand")
    screen.go(page, file.code, revision_of(desk, file.code) if page == "strike" else "")
    screen.inside.page.focus_first()  # type: ignore[union-attr]
    assert screen.page.isAncestorOf(screen.inside.focusWidget())
