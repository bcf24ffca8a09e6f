"""The notes tab: sealing, reading, what stays folded, and what a lock in mid-word gives back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QPlainTextEdit

from csa_desk.casework import notes
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.service import change_service
from csa_desk.casework.tasks import open_tasks
from csa_desk.records.sealed import CompartmentName, SealedEntry, SealOpened
from csa_desk.ui.pages.notes.page import NotesPage
from csa_desk.ui.shell.inside import Inside
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import PLACE_DRAFT, Session
from tests.conftest import SetClock
from tests.ui.pages.screen import ODD_NAMES, Screen
from tests.ui.pages.sitting import add_rowan, focused, hit, letters

THERAPY, DISCLOSURE = CompartmentName.THERAPY, CompartmentName.DISCLOSURE
PLANTED = "zephyrine"


@pytest.fixture
def rowan(screen: Screen) -> CaseFile:
    """A child of nine."""
    return add_rowan(screen.desk)


def shown(screen: Screen) -> NotesPage:
    """The page that is shown."""
    assert isinstance(screen.page, NotesPage)
    return screen.page


def everything(screen: Screen) -> str:
    """What can be read on the page, in fields too."""
    typed = [edit.toPlainText() for edit in screen.page.findChildren(QPlainTextEdit)]
    return screen.words() + "\n".join(typed)


def test_a_therapy_note_is_written_signed_and_read_by_choice(screen: Screen, rowan: CaseFile) -> None:
    screen.go("notes", rowan.code)
    screen.press("Write a therapy note")
    letters(f"We built a den, {PLANTED}")
    screen.press("Sign this note")
    (entry,) = screen.desk.vault.read.find(SealedEntry)
    assert (entry.name, entry.signed) == (THERAPY, True)
    assert PLANTED not in everything(screen)
    screen.press("Open what is sealed")
    assert PLANTED in everything(screen)
    screen.press("Fold it away")
    assert PLANTED not in everything(screen)


def test_leaving_the_page_folds_what_was_opened(screen: Screen, rowan: CaseFile) -> None:
    notes.write_note(screen.desk, rowan, {"words": PLANTED})
    screen.go("notes", rowan.code)
    screen.press("Open what is sealed")
    screen.go("plan", rowan.code)
    screen.inside._back_key()
    screen.settle()
    assert PLANTED not in everything(screen)


@pytest.mark.parametrize("page", ["overview", "assessment", "team", "therapy", "plan", "consent", "history"])
def test_from_any_page_of_a_child_one_press_leads_to_what_was_told(
    screen: Screen, rowan: CaseFile, page: str
) -> None:
    screen.go(page, rowan.code)
    screen.press("A child told you something")
    assert shown(screen).primary() is not None
    assert focused().accessibleName().startswith("The exact words")


@pytest.mark.parametrize("item", ["need-school", ""])
def test_from_a_page_inside_a_tab_it_is_one_key(screen: Screen, rowan: CaseFile, item: str) -> None:
    screen.go("section" if item else "check-answers", rowan.code, item)
    screen.key(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert focused().accessibleName().startswith("The exact words")


def test_what_was_told_asks_for_words_question_time_place_and_who_was_told(
    screen: Screen, rowan: CaseFile, clock: SetClock
) -> None:
    change_service(screen.desk, safeguarding_lead="Ines Marlow", out_of_hours="01632 960 300")
    screen.go("notes", rowan.code, DISCLOSURE)
    assert "Ines Marlow" in screen.words()
    said = {
        "The exact words": "it was the summer",
        "What was asked just before?": "What did you do in the holidays?",
        "At what time?": "14:05",
        "Where were you?": "in the car",
        "Who have you told?": "Ines",
        "When did you tell them?": "14:30",
    }
    for name, words in said.items():
        screen.write(words, name)
    screen.press("Seal it")
    (entry,) = notes.entries(screen.desk, rowan, DISCLOSURE)
    words = notes.open_entry(screen.desk, rowan, entry.id)
    assert set(said.values()) <= set(words.values())
    assert words["day"] == screen.desk.today
    assert "Talk to your safeguarding lead today: Ines Marlow. Out of hours: 01632 960 300." in screen.words()
    assert "Closes to you in 24 hours" in screen.words()
    screen.press("Put it on Today")
    (row,) = open_tasks(screen.desk)
    assert "summer" not in row.task.what


def test_a_holder_opens_what_was_told_only_with_a_reason(
    screen: Screen, rowan: CaseFile, clock: SetClock
) -> None:
    notes.seal_disclosure(screen.desk, rowan, {"words": PLANTED})
    clock.advance(hours=25)
    screen.go("notes", rowan.code)
    screen.press("Open what is sealed")
    screen.press("Open it with this reason")
    assert "Say why it is opened" in screen.words()
    assert PLANTED not in everything(screen)
    screen.write("Police asked", "Why is it opened?")
    screen.press("Open it with this reason")
    assert PLANTED in everything(screen)
    assert [item.reason for item in screen.desk.vault.read.find(SealOpened)] == ["Police asked"]


def test_nothing_is_sealed_without_words(screen: Screen, rowan: CaseFile) -> None:
    screen.go("notes", rowan.code, DISCLOSURE)
    screen.press("Seal it")
    assert "Write the words" in screen.words()
    assert not screen.desk.vault.read.find(SealedEntry)


@pytest.mark.parametrize(
    ("press", "name", "field"),
    [
        ("Write a therapy note", THERAPY, "Note"),
        ("Rowan told me something", DISCLOSURE, "What was asked just before?"),
        ("Write a restricted note", CompartmentName.SAFEGUARDING, "Note"),
    ],
)
def test_a_lock_in_mid_word_comes_back_to_the_same_field_and_cursor_and_leaves_no_clear_text(
    screen: Screen, rowan: CaseFile, press: str, name: str, field: str
) -> None:
    screen.go("notes", rowan.code)
    screen.press(press)
    screen.write(f"half {PLANTED} wo", field)
    hit(Qt.Key.Key_Left)
    session = screen.inside.session
    place, (key, cursor) = shown(screen).place, session.focused()
    session.flush_for_lock()
    session.desk.vault.keep_draft(
        PLACE_DRAFT, Place(place.page, place.case, place.item, key, cursor).packed(), 0
    )
    rows = session.desk.vault.whole.raw.execute("SELECT key, text FROM draft").fetchall()
    assert any(key.split("/")[2:3] == [name] for key, _ in rows)
    assert PLANTED not in str(rows)
    again = Inside(Session(session.desk, session.settings, session.local_data))
    screen.qtbot.addWidget(again)
    again.resize(1280, 800)
    with screen.qtbot.waitExposed(again):
        again.show()
    again.activateWindow()
    screen.qtbot.waitUntil(again.isActiveWindow)
    again.start()
    came_back = focused()
    assert isinstance(came_back, QPlainTextEdit)
    assert came_back.accessibleName().startswith(field)
    assert came_back.toPlainText() == f"half {PLANTED} wo"
    assert came_back.textCursor().position() == cursor == len(f"half {PLANTED} wo") - 1
    again.session.leave_forms()
    again.session.drafts.rest()
    again.session.runner.close()


def test_what_was_kept_for_later_is_offered_again(screen: Screen, rowan: CaseFile) -> None:
    screen.go("notes", rowan.code)
    screen.press("Write a therapy note")
    letters(PLANTED)
    screen.press("Keep it for later")
    assert PLANTED not in everything(screen)
    screen.press("Go on writing")
    assert PLANTED in everything(screen)
    screen.press("Throw it away")
    assert not screen.desk.vault.drafts(rowan.case.id)
    assert "half written" not in screen.words()


def test_carry_on_on_today_leads_to_the_half_written_note_and_says_nothing_of_it(
    screen: Screen, rowan: CaseFile
) -> None:
    screen.go("notes", rowan.code)
    screen.press("Write a restricted note")
    letters(PLANTED)
    screen.go("today")
    assert PLANTED not in everything(screen)
    assert "Something is half written" in screen.words()
    screen.press("Continue")
    assert focused().accessibleName().startswith("Note")
    assert PLANTED in everything(screen)


def test_what_puts_an_entry_right_stands_beside_it(screen: Screen, rowan: CaseFile) -> None:
    first = notes.write_note(screen.desk, rowan, {"words": "Monday"}).id
    screen.go("notes", rowan.code)
    screen.press("Put it right")
    letters("It was Tuesday")
    screen.press("Sign this note")
    assert {item.corrects for item in notes.entries(screen.desk, rowan, THERAPY)} == {"", first}
    assert "Puts an earlier one right" in screen.words()


@pytest.mark.parametrize("words", [*ODD_NAMES, "<img src=x>" * 10, "w" * 10_000])
def test_odd_words_are_shown_as_they_are(screen: Screen, rowan: CaseFile, words: str) -> None:
    notes.write_note(screen.desk, rowan, {"words": words})
    screen.go("notes", rowan.code)
    screen.press("Open what is sealed")
    assert words in screen.words()


def test_who_holds_a_compartment_is_said_before_anything_is_sealed(screen: Screen, rowan: CaseFile) -> None:
    screen.go("notes", rowan.code)
    assert "could open it" in screen.words()
    notes.write_note(screen.desk, rowan, {"words": "x"})
    screen.go("notes", rowan.code)
    assert "can open them" in screen.words()
    assert isinstance(screen.named("Let somebody else open: Therapy notes", QAbstractButton), QAbstractButton)
    assert QApplication.focusWidget() is not None
