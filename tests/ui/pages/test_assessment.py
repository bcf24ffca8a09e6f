"""The list of pages of the assessment, and checking and signing off the answers."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from csa_desk.casework.answers import Standing, view
from csa_desk.casework.casefile import open_file
from csa_desk.casework.desk import Desk
from csa_desk.ui.pages.assessment.check import CheckAnswersPage
from csa_desk.ui.pages.assessment.checked import oddities
from csa_desk.ui.pages.assessment.tasks import AssessmentPage, minutes
from tests.ui.pages.screen import Screen
from tests.ui.pages.sitting import (
    CTRL,
    add_rowan,
    focused,
    focused_slot,
    hit,
    letters,
    page_of,
    say,
    value_of,
)


def rows(screen: Screen) -> list[str]:
    """What the rows and buttons of the page are called."""
    return [one.accessibleName() for one in screen.page.findChildren(QAbstractButton) if one.isVisible()]


# --- the list -----------------------------------------------------------------------------------------------


def test_the_list_counts_what_is_known_to_check_and_open(screen: Screen, desk: Desk) -> None:
    file = add_rowan(desk)
    say(desk, file, "learning-place", "work")
    say(desk, file, "learning-plan", "no")
    say(desk, file, "sleep", 4, told_on="2026-09-01")
    screen.go("assessment", file.code)
    shown = view(desk, open_file(desk, file.code))
    known, check, open_ = (shown.count(one) for one in (Standing.KNOWN, Standing.TO_CHECK, Standing.OPEN))
    assert (
        f"You already know {known} of {shown.total} things. {check} to check, {open_} open." in screen.words()
    )
    assert check == 1
    assert "School and learning. 1 known. 1 open" in rows(screen)
    assert "Health and feelings. 1 to check. 4 open" in rows(screen)
    assert "Not signed off yet" in screen.words()


def test_continue_goes_to_the_first_open_question_itself(screen: Screen, desk: Desk) -> None:
    file = add_rowan(desk)
    say(desk, file, "referral-from", "Oakridge Primary")
    screen.go("assessment", file.code)
    assert focused().accessibleName().startswith("Continue")
    hit(Qt.Key.Key_Return, CTRL)
    slot = focused_slot(screen.inside)
    assert slot is not None
    assert slot.key == "child/referral-date"


def test_a_row_opens_its_page(screen: Screen, desk: Desk) -> None:
    file = add_rowan(desk)
    screen.go("assessment", file.code)
    screen.press("Home. ")
    assert page_of(screen.inside).place.item == "need-home"


def test_before_you_start_repeats_what_helps_this_child(screen: Screen, desk: Desk) -> None:
    file = add_rowan(desk)
    screen.go("assessment", file.code)
    assert "What helps Rowan while talking is not known yet. Ask that first." in screen.words()
    say(desk, file, "stop-sign", "A cushion on her lap")
    say(desk, file, "breaks", "twenty")
    say(desk, file, "talk-helps", state="chose-not-to-say")
    screen.go("assessment", file.code)
    assert "Stop sign: A cushion on her lap" in screen.words()
    assert "Breaks: " in screen.words()
    assert "It helps: " not in screen.words()
    screen.press("Change what helps")
    slot = focused_slot(screen.inside)
    assert slot is not None
    assert slot.key == "child/talk-helps"


def test_minutes_are_told_roughly() -> None:
    assert [minutes(one) for one in (1, 4, 18)] == ["about a minute", "about 3 minutes", "about 15 minutes"]


# --- checking -----------------------------------------------------------------------------------------------


def test_what_is_odd_comes_first_and_leads_to_its_row(screen: Screen, desk: Desk) -> None:
    file = add_rowan(desk)
    say(desk, file, "learning-place", "primary")
    say(desk, file, "school-name", "Oakridge Primary")
    say(desk, file, "learning-place", "work")
    say(desk, file, "sleep", 4, told_on="2026-09-01")
    shown = view(desk, open_file(desk, file.code))
    first, *rest = [one.sentence for one in oddities(shown)]
    assert first.startswith("Rowan and how we talk: "), "the pronoun is known since the child was added"
    assert rest == [
        "Health and feelings: 4 questions are still open",
        "School and learning: 1 question is still open",
        "How well does Rowan sleep? Told 12 weeks ago, not checked",
        "Which school or college does Rowan go to? Answered, but it does not apply now",
    ]
    screen.go("check-answers", file.code)
    assert "Five things to look at before you sign off" in screen.words()
    screen.press("How well does Rowan sleep?")
    assert focused().accessibleName() == "Change"
    assert focused().accessibleDescription() == "How well does Rowan sleep?"
    assert "Does not apply now. The answer is kept" in screen.words()


def test_many_of_one_kind_are_told_as_a_number(desk: Desk) -> None:
    file = add_rowan(desk)
    for name in ("sleep", "money-managing", "listened-to", "safe-call", "safe-text", "safe-email"):
        subject = "family" if name == "money-managing" else "child"
        value = "yes" if name.startswith("safe") else 3
        say(desk, file, name, value, subject=subject, told_on="2025-01-01")
    found = [
        one.sentence for one in oddities(view(desk, open_file(desk, file.code))) if "open" not in one.sentence
    ]
    assert len(found) == 4
    assert found[-1] == "And 3 more to check, marked below"


def test_change_comes_back_to_the_same_row(screen: Screen, desk: Desk) -> None:
    file = add_rowan(desk)
    say(desk, file, "good-at", "Swimming")
    screen.go("check-answers", file.code, "child/good-at")
    assert focused().accessibleDescription() == "What is Rowan good at or proud of?"
    hit(Qt.Key.Key_Return)
    assert focused().accessibleName() == "What is Rowan good at or proud of?"
    hit(Qt.Key.Key_End, CTRL)
    letters(" and singing")
    hit(Qt.Key.Key_Return, CTRL)
    assert isinstance(screen.page, CheckAnswersPage)
    assert value_of(desk, file.code, "child/good-at") == "Swimming and singing"
    assert "Swimming and singing" in screen.words()
    assert focused().accessibleDescription() == "What is Rowan good at or proud of?"


def test_folded_answers_stay_folded(screen: Screen, desk: Desk) -> None:
    file = add_rowan(desk)
    say(desk, file, "worry", "That school finds out.")
    screen.go("check-answers", file.code)
    assert "That school finds out." not in screen.words()
    assert "Folded away" in screen.words()


def test_signing_off_with_open_things_is_allowed_and_says_how_many(screen: Screen, desk: Desk) -> None:
    file = add_rowan(desk)
    say(desk, file, "good-at", "Swimming")
    screen.go("check-answers", file.code)
    shown = view(desk, open_file(desk, file.code))
    left = shown.count(Standing.OPEN) + shown.count(Standing.TO_CHECK)
    assert f"Now: {left} things open or to check." in screen.words()
    hit(Qt.Key.Key_Return, CTRL)
    signed = [one for one in open_file(desk, file.code).sign_offs if one.what == "assessment"]
    assert [(one.version, one.open_things) for one in signed] == [("1", str(left))]
    assert "Version 1 is signed off." in screen.words()
    assert "Version 1, 24 November 2026" in screen.words()
    hit(Qt.Key.Key_Return, CTRL)
    assert len(open_file(desk, file.code).sign_offs) == 1, "the button is gone: a second press signs nothing"
    screen.go("assessment", file.code)
    assert isinstance(screen.page, AssessmentPage)
    assert "Version 1 signed off 24 November 2026" in screen.words()


def test_a_section_nobody_has_started_is_one_line_with_a_way_in(screen: Screen, desk: Desk) -> None:
    file = add_rowan(desk)
    screen.go("check-answers", file.code)
    assert "Nothing here yet" in screen.words()
    screen.press("Start")
    assert page_of(screen.inside).place.item == "referral"
