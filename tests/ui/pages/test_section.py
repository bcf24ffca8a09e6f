"""A page of the assessment: known first, saved at once, only the cards that change are touched."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from csa_desk.casework.answers import Standing
from csa_desk.casework.desk import Desk
from csa_desk.content.models import Kind
from csa_desk.records.assessment import AnswerState, Source
from csa_desk.ui.pages.assessment.slots import in_sight
from csa_desk.ui.widgets.boxes import FoldedText
from tests.ui.pages.screen import Screen
from tests.ui.pages.sitting import (
    ALT,
    CTRL,
    add_rowan,
    focused,
    focused_slot,
    hit,
    item_of,
    letters,
    open_section,
    page_of,
    say,
    slot_of,
    standing_of,
    value_of,
)

# --- by keyboard alone --------------------------------------------------------------------------------------


def answer_by_keys(kind: Kind) -> None:
    """Answer the question that has the focus."""
    match kind:
        case Kind.SHORT_TEXT | Kind.LONG_TEXT | Kind.PERSON | Kind.AGENCY:
            letters("Fern & co")
        case Kind.ONE_OF | Kind.YES_NO | Kind.MANY_OF:
            hit(Qt.Key.Key_Space)
        case Kind.SCALE:
            hit(Qt.Key.Key_7)
        case Kind.DATE:
            for part, after in (("24", Qt.Key.Key_Tab), ("11", Qt.Key.Key_Tab), ("2026", None)):
                letters(part)
                if after is not None:
                    hit(after)


def test_every_type_of_question_is_answered_by_keyboard_alone(screen: Screen, desk: Desk) -> None:
    file = add_rowan(desk, carer=True)
    done: dict[str, Kind] = {}
    for section in ("referral", "carers", "need-school"):
        open_section(screen, file.code, section)
        slot = focused_slot(screen.inside)
        while slot is not None and slot.key not in done:
            done[slot.key] = slot.item.question.type
            answer_by_keys(slot.item.question.type)
            hit(Qt.Key.Key_Down, CTRL)
            slot = focused_slot(screen.inside)
        assert focused().accessibleName().startswith("Next: "), "after the last question comes the way on"
        hit(Qt.Key.Key_Return)
    assert set(done.values()) == set(Kind)
    for key, kind in done.items():
        assert value_of(desk, file.code, key) is not None, key
        if kind == Kind.DATE:
            assert value_of(desk, file.code, key) == "2026-11-24"
        if kind == Kind.SCALE:
            assert value_of(desk, file.code, key) == 7


def test_tab_goes_from_top_to_bottom_also_through_cards_that_came_later(screen: Screen, desk: Desk) -> None:
    file = add_rowan(desk)
    open_section(screen, file.code, "need-school")
    screen.press("Primary school")
    order = page_of(screen.inside).questions.in_sight()
    assert len(order) > 5
    order[0].focus()
    met = [order[0]]
    for _ in range(200):
        hit(Qt.Key.Key_Tab)
        slot = focused_slot(screen.inside)
        if slot is None:
            break
        if slot is not met[-1]:
            met.append(slot)
    assert met == order
    assert focused().accessibleName().startswith("Next: ")


def test_the_keys_for_who_is_telling_set_the_source_of_new_answers(screen: Screen, desk: Desk) -> None:
    file = add_rowan(desk)
    open_section(screen, file.code, "need-school", "child/learning-place")
    for digit, source in (
        (Qt.Key.Key_2, Source.CARER),
        (Qt.Key.Key_5, Source.MY_VIEW),
        (Qt.Key.Key_1, Source.CHILD),
    ):
        hit(digit, ALT)
        hit(Qt.Key.Key_Down)
        hit(Qt.Key.Key_Space)
        found = item_of(desk, file.code, "child/learning-place").answer
        assert found is not None
        assert found.source == source


def test_who_is_telling_stays_the_same_on_the_next_page(screen: Screen, desk: Desk) -> None:
    file = add_rowan(desk)
    open_section(screen, file.code, "need-home")
    hit(Qt.Key.Key_2, ALT)
    hit(Qt.Key.Key_Return, CTRL)
    assert page_of(screen.inside).place.item == "need-family"
    assert "Carer · today · you" in screen.words()


# --- the three other answers --------------------------------------------------------------------------------


def test_chose_not_to_say_is_an_answer_and_can_be_undone(screen: Screen, desk: Desk) -> None:
    file = add_rowan(desk)
    open_section(screen, file.code, "need-school", "child/learning-place")
    hit(Qt.Key.Key_C, ALT)
    found = item_of(desk, file.code, "child/learning-place")
    assert found.answer is not None
    assert found.answer.state == AnswerState.CHOSE_NOT
    assert found.standing == Standing.KNOWN
    assert "Rowan chose not to say" in screen.words()
    assert "That is an answer." in screen.words()
    assert focused().accessibleName() == "Undo"
    hit(Qt.Key.Key_Return)
    assert standing_of(desk, file.code, "child/learning-place") == Standing.OPEN
    assert focused_slot(screen.inside) is slot_of(screen.inside, "child/learning-place")


def test_undo_brings_back_the_answer_that_stood_there_before(screen: Screen, desk: Desk) -> None:
    file = add_rowan(desk)
    open_section(screen, file.code, "strengths", "child/good-at")
    letters("Drawing foxes")
    hit(Qt.Key.Key_K, ALT)
    assert standing_of(desk, file.code, "child/good-at") == Standing.TO_CHECK
    hit(Qt.Key.Key_Space)
    assert value_of(desk, file.code, "child/good-at") == "Drawing foxes"
    field = focused()
    assert isinstance(field, QPlainTextEdit)
    assert field.toPlainText() == "Drawing foxes"


def test_not_asked_wants_a_reason(screen: Screen, desk: Desk) -> None:
    file = add_rowan(desk)
    open_section(screen, file.code, "strengths", "child/good-at")
    hit(Qt.Key.Key_A, ALT)
    assert focused().accessibleName() == "Why was it not asked?"
    screen.press("Keep the reason")
    assert "Say why in a few words, or press Cancel" in screen.words()
    assert item_of(desk, file.code, "child/good-at").answer is None
    letters("The door was open")
    hit(Qt.Key.Key_Return)
    found = item_of(desk, file.code, "child/good-at").answer
    assert found is not None
    assert (found.state, found.reason) == (AnswerState.NOT_ASKED, "The door was open")
    assert "Not asked: The door was open" in screen.words()


def test_cancel_and_escape_leave_a_question_open(screen: Screen, desk: Desk) -> None:
    file = add_rowan(desk)
    open_section(screen, file.code, "strengths", "child/good-at")
    hit(Qt.Key.Key_A, ALT)
    letters("Never mi")
    screen.named("Cancel").setFocus()
    hit(Qt.Key.Key_Space)
    hit(Qt.Key.Key_A, ALT)
    letters("W")
    hit(Qt.Key.Key_Escape)
    assert focused().accessibleName() == "Why was it not asked?", "Escape never drops text"
    hit(Qt.Key.Key_Backspace)
    hit(Qt.Key.Key_Escape)
    assert item_of(desk, file.code, "child/good-at").answer is None
    assert focused_slot(screen.inside) is slot_of(screen.inside, "child/good-at")


# --- known and to check -------------------------------------------------------------------------------------


def test_known_answers_are_rows_and_open_ones_are_cards(screen: Screen, desk: Desk) -> None:
    file = add_rowan(desk)
    say(
        desk,
        file,
        "learning-place",
        "primary",
        source="file",
        source_name="school letter",
        told_on="2026-11-12",
    )
    open_section(screen, file.code, "need-school")
    slot = slot_of(screen.inside, "child/learning-place")
    assert slot.row is not None
    assert slot.panel is None
    words = screen.words()
    assert "Known, do not ask again" in words
    assert "File: school letter · 12 Nov 2026 · you" in words
    assert page_of(screen.inside).questions.in_sight()[0] is slot
    assert focused_slot(screen.inside) is not slot


def test_change_opens_the_answer_in_place_and_saves_it(screen: Screen, desk: Desk) -> None:
    file = add_rowan(desk)
    say(desk, file, "good-at", "Swimming")
    open_section(screen, file.code, "strengths")
    slot = slot_of(screen.inside, "child/good-at")
    assert slot.row is not None
    slot.row.change.setFocus()
    hit(Qt.Key.Key_Return)
    field = focused()
    assert isinstance(field, QPlainTextEdit)
    assert field.toPlainText() == "Swimming"
    hit(Qt.Key.Key_End)
    letters(" and singing")
    hit(Qt.Key.Key_Tab)
    assert value_of(desk, file.code, "child/good-at") == "Swimming and singing"
    assert slot_of(screen.inside, "child/good-at") is slot


def test_still_right_dates_an_old_answer_today(screen: Screen, desk: Desk) -> None:
    file = add_rowan(desk)
    say(desk, file, "sleep", 4, told_on="2026-09-01")
    open_section(screen, file.code, "need-health")
    assert "To check: told 12 weeks ago" in screen.words()
    slot_of(screen.inside, "child/sleep").focus()
    hit(Qt.Key.Key_R, ALT)
    found = item_of(desk, file.code, "child/sleep")
    assert found.answer is not None
    assert (found.answer.value, found.answer.told_on, found.standing) == (4, "2026-11-24", Standing.KNOWN)
    assert "To check: told" not in screen.words()
    assert focused_slot(screen.inside) is slot_of(screen.inside, "child/sleep")


def test_hard_text_stays_folded_until_somebody_opens_it(screen: Screen, desk: Desk) -> None:
    file = add_rowan(desk)
    say(desk, file, "worry", "That school finds out.", told_on="2026-11-20")
    open_section(screen, file.code, "wishes")
    assert "That school finds out." not in screen.words()
    assert "May be hard to read, so it is folded. 1 line, 20 November 2026, source: Rowan." in screen.words()
    screen.press("Open it")
    assert "That school finds out." in screen.words()
    folded = screen.page.findChild(FoldedText)
    assert isinstance(folded, FoldedText)
    open_section(screen, file.code, "wishes")
    assert "That school finds out." not in screen.words()


# --- conditions ---------------------------------------------------------------------------------------------


def test_a_question_comes_and_goes_with_the_answer_it_hangs_on(screen: Screen, desk: Desk) -> None:
    file = add_rowan(desk)
    open_section(screen, file.code, "need-school")
    page = page_of(screen.inside)
    first = slot_of(screen.inside, "child/learning-place")
    assert page.questions.find("child/school-safe")[0] is None
    screen.press("Primary school")
    safe = slot_of(screen.inside, "child/school-safe")
    assert in_sight(safe)
    assert slot_of(screen.inside, "child/learning-place") is first, "the card that was answered is left alone"
    places = [slot.key for slot in page.questions.in_sight()]
    assert (
        places.index("child/school-name")
        < places.index("child/school-safe")
        < places.index("child/school-trust")
    )
    safe.focus()
    hit(Qt.Key.Key_6)
    screen.press("At work")
    assert not in_sight(safe)
    assert value_of(desk, file.code, "child/school-safe") == 6, "a hidden answer is kept"
    assert standing_of(desk, file.code, "child/school-safe") == Standing.HIDDEN
    screen.press("Primary school")
    assert in_sight(safe)
    assert standing_of(desk, file.code, "child/school-safe") == Standing.KNOWN


def test_the_focus_and_the_place_of_the_page_stay_when_cards_come_in(screen: Screen, desk: Desk) -> None:
    file = add_rowan(desk)
    open_section(screen, file.code, "need-school", "child/learning-place")
    page = page_of(screen.inside)
    before = focused()
    top = before.mapTo(page.body.viewport(), before.rect().topLeft()).y()
    hit(Qt.Key.Key_Space)
    screen.settle()
    assert focused() is before
    assert before.mapTo(page.body.viewport(), before.rect().topLeft()).y() == top
    assert len(page.questions.in_sight()) > 4


def test_a_name_that_changes_changes_the_questions(screen: Screen, desk: Desk) -> None:
    file = add_rowan(desk)
    open_section(screen, file.code, "about", "child/preferred-name")
    letters("Ro")
    hit(Qt.Key.Key_Tab)
    assert "Which way of talking fits Ro best now?" in screen.words()
    assert page_of(screen.inside).title.title.words == "Ro and how we talk"


def test_the_safe_contact_rule_in_the_header_follows_the_answers(screen: Screen, desk: Desk) -> None:
    file = add_rowan(desk)
    open_section(screen, file.code, "contact")
    assert "No safe contact set" in screen.words()
    slot_of(screen.inside, "child/safe-call").focus()
    hit(Qt.Key.Key_Down)
    hit(Qt.Key.Key_Space)
    assert value_of(desk, file.code, "child/safe-call") == "no"
    assert "Do not call" in screen.words()


# --- source -------------------------------------------------------------------------------------------------


def test_the_chip_of_one_answer_changes_its_source_and_nothing_else(screen: Screen, desk: Desk) -> None:
    file = add_rowan(desk)
    open_section(screen, file.code, "need-home")
    slot = focused_slot(screen.inside)
    assert slot is not None
    assert slot.panel is not None
    hit(Qt.Key.Key_3)
    slot.panel.chip.setFocus()
    hit(Qt.Key.Key_Return)
    assert focused().accessibleDescription().startswith("Who said it?")
    hit(Qt.Key.Key_Down)
    hit(Qt.Key.Key_Down)
    hit(Qt.Key.Key_Space)
    page_of(screen.inside).form.focus_on(f"{slot.key}/source-name")
    letters("Sam Okafor")
    hit(Qt.Key.Key_Tab)
    screen.press("By drawing")
    found = item_of(desk, file.code, slot.key).answer
    assert found is not None
    assert (found.value, found.source_name, found.given) == (3, "Sam Okafor", "drawing")
    assert found.source == Source.WORKER
    assert "Another worker: Sam Okafor, by drawing · today · you" in screen.words()


# --- going on -----------------------------------------------------------------------------------------------


def test_the_help_follows_the_question_and_says_how_to_ask_this_child(screen: Screen, desk: Desk) -> None:
    file = add_rowan(desk)
    say(desk, file, "learning-place", "primary")
    open_section(screen, file.code, "need-school", "child/school-safe")
    assert "If school was a place on this line, where is it today?" in screen.words()
    assert "Feeling safe at school often changes" in screen.words()
    slot_of(screen.inside, "child/learning-plan").focus()
    assert "Feeling safe at school often changes" not in screen.words()


def test_help_is_a_button_where_the_window_is_narrow(screen: Screen, desk: Desk) -> None:
    file = add_rowan(desk)
    screen.inside.resize(960, 540)
    open_section(screen, file.code, "need-school")
    assert "Why we ask" not in screen.words()
    hit(Qt.Key.Key_F1)
    assert "Why we ask" in screen.words()
    hit(Qt.Key.Key_Escape)
    assert "Why we ask" not in screen.words()
    assert focused_slot(screen.inside) is not None
    screen.press("Help with this question")
    assert "Why we ask" in screen.words()
    screen.press("Help with this question")
    assert "Why we ask" not in screen.words()
    screen.inside.resize(1280, 800)
    screen.settle()
    assert "Why we ask" in screen.words()


def test_the_way_on_names_the_next_page_with_something_to_ask(screen: Screen, desk: Desk) -> None:
    file = add_rowan(desk)
    open_section(screen, file.code, "need-school")
    assert screen.named("Next: ").accessibleName() == "Next: alcohol and drugs"
    hit(Qt.Key.Key_Return, CTRL)
    assert page_of(screen.inside).place.item == "need-substances"
    screen.press("Stop here for now")
    assert screen.page.place.page == "assessment"
