"""Forms that are sent as a whole keep everything that was chosen in them over a lock, on the page they stand on."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from csa_desk.casework import consenting, planning
from csa_desk.casework.casefile import CaseFile, open_file
from csa_desk.casework.desk import Desk
from csa_desk.casework.shapes import ConsentShape, GoalShape
from csa_desk.settings import Settings
from csa_desk.store.opening import Opener
from csa_desk.ui.shell.inside import Inside
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.choices import CheckOption, RadioOption
from csa_desk.ui.widgets.dates import DateFields
from csa_desk.ui.widgets.form import Form
from csa_desk.ui.widgets.text_fields import LineText, PickOne
from tests.ui.pages.screen import Screen
from tests.ui.pages.sitting import add_rowan, slot_of

Relock = Callable[[], Screen]


@pytest.fixture
def relock(screen: Screen, opener: Opener, qtbot: QtBot) -> Iterator[Relock]:
    """Lock where one is, and come back: another session and window over the same vault."""
    made: list[Session] = []

    def again() -> Screen:
        assert screen.inside.page is not None
        place = screen.inside.page.place
        screen.inside.session.flush_for_lock()
        screen.inside.hide()
        session = Session(screen.desk, Settings(), opener.local_data)
        made.append(session)
        inside = Inside(session)
        qtbot.addWidget(inside)
        inside.resize(1280, 800)
        with qtbot.waitExposed(inside):
            inside.show()
        inside.activateWindow()
        qtbot.waitUntil(inside.isActiveWindow)
        inside.go(place)
        found = Screen(inside, qtbot)
        found.settle()
        return found

    yield again
    for session in made:
        session.drafts.rest()
        session.runner.close()


@pytest.fixture
def rowan(desk: Desk) -> CaseFile:
    """A child with a carer, a goal and one decision about sharing."""
    file = add_rowan(desk, carer=True)
    planning.add_goal(desk, file, GoalShape(need="school", words="Go to art club"))
    consenting.decide(
        desk,
        file,
        ConsentShape(recipient="Oakridge", categories=["education", "needs-and-plan"], by="Holly Bramley"),
    )
    return open_file(desk, file.code)


def fill(form: Form) -> None:
    """Choose and type something in every field of a form, as a person does."""
    for field in form.fields:
        for stop in field.control.stops():
            if isinstance(stop, CheckOption | RadioOption) and not stop.isChecked():
                stop.click()
                break
        if isinstance(field.control, PickOne):
            field.control.drop.setFocus()
            field.control.drop.setCurrentIndex(2)
            field.control.drop.activated.emit(2)
        elif isinstance(field.control, DateFields):
            year = field.control.stops()[2]
            assert isinstance(year, QLineEdit)
            year.setFocus()
            year.selectAll()
            QTest.keyClicks(year, "2027")
        elif isinstance(field.control, LineText):
            field.control.line.setFocus()
            field.control.line.insert("Some words")
            field.control.line.textEdited.emit(field.control.line.text())


def the_form(screen: Screen, holding: str) -> Form:
    """The form that shows and has a field of this key."""
    forms = [form for form in screen.page.findChildren(Form) if form.isVisible()]
    return next(form for form in forms if holding in {field.key for field in form.fields})


WHOLE = [
    ("add-child", "nation", ""),
    ("today", "contact", "Add a task"),
    ("overview", "contact", "Add a task"),
    ("team", "helps_with", "Add someone"),
    ("plan", "subject", "Add a goal"),
    ("plan", "category", "Add an action"),
    ("plan", "view", "Record what somebody said"),
    ("plan", "review", "Change the review day"),
    ("consent", "capacity", "Record a decision"),
    ("consent", "told", "Share without consent"),
    ("consent", "reason", "Withdraw"),
    ("therapy", "step", "Record a step"),
    ("therapy", "since", "Move to another stage"),
]


@pytest.mark.parametrize(
    ("page", "holding", "button"), WHOLE, ids=[f"{page}-{key}" for page, key, _ in WHOLE]
)
def test_what_was_chosen_and_not_sent_is_there_after_a_lock(
    screen: Screen, relock: Relock, rowan: CaseFile, page: str, holding: str, button: str
) -> None:
    child = "" if page in ("add-child", "today") else rowan.code
    screen.go(page, child)
    if button:
        screen.press(button)
    form = the_form(screen, holding)
    fill(form)
    before = form.values()
    again = relock()
    assert the_form(again, holding).values() == before


def test_giving_a_form_up_gives_its_choices_up_too(screen: Screen, relock: Relock, rowan: CaseFile) -> None:
    screen.go("team", rowan.code)
    screen.press("Add someone")
    fill(the_form(screen, "helps_with"))
    screen.press("Do not add")
    assert screen.desk.vault.drafts(f"{rowan.case.id}/") == {}
    again = relock()
    assert not [form for form in again.page.findChildren(Form) if "helps_with" in form.values()]


def test_who_said_it_chosen_before_the_answer_goes_with_the_answer_after_a_lock(
    screen: Screen, relock: Relock, rowan: CaseFile
) -> None:
    key = "child/stop-sign"
    screen.go("section", rowan.code, "about")
    panel = slot_of(screen.inside, key).panel
    assert panel is not None
    panel.chip.click()
    screen.settle()
    form = the_form(screen, f"{key}/source")
    other = form.field(f"{key}/source").control.stops()[-1]
    assert isinstance(other, RadioOption)
    other.click()
    chosen = form.value(f"{key}/source")
    again = relock()
    form = the_form(again, f"{key}/source")
    assert form.value(f"{key}/source") == chosen
    form.focus_on(key)
    again.write("a hand up")
    again.inside.session.leave_forms()
    answers = open_file(screen.desk, rowan.code).answers.values()
    answer = next(item for item in answers if item.question == "stop-sign")
    assert (answer.value, answer.source) == ("a hand up", chosen)
    assert screen.desk.vault.drafts(f"{rowan.case.id}/answer/") == {}
