"""Adding a child: sent at once, problems named and linked, nothing typed is lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QRadioButton

from csa_desk.casework.casefile import open_file
from csa_desk.casework.intake import add_child
from csa_desk.casework.service import change_service
from csa_desk.casework.shapes import CaseShape, ChildShape
from csa_desk.records.cases import Case
from tests.ui.pages.screen import ODD_NAMES, Screen

SEND = (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def cases(screen: Screen) -> list[Case]:
    return screen.desk.vault.read.find(Case)


def least(screen: Screen, name: str = "Rowan") -> None:
    screen.write(name, into="Name to use on screen")
    screen.press("Not known")
    screen.press("Wales")


def test_three_answers_are_enough(screen: Screen) -> None:
    screen.go("add-child")
    assert QApplication.focusWidget() is screen.named("Name to use on screen")
    least(screen)
    screen.key(*SEND)
    made = cases(screen)
    assert len(made) == 1
    file = open_file(screen.desk, made[0].code)
    assert (file.child.name, file.child.birth_date, file.nation(screen.desk.today)) == ("Rowan", "", "wales")
    assert screen.inside.page is not None
    assert (screen.inside.page.place.page, screen.inside.page.place.case) == ("overview", made[0].code)
    assert screen.desk.vault.drafts("add-child/") == {}


def test_everything_that_is_written_is_recorded(screen: Screen) -> None:
    screen.go("add-child")
    screen.write("Rowan Bramley", into="Name to use on screen")
    screen.write("Ro", into="What they like to be called")
    screen.write("3", into="Birth date, month")
    screen.write("2016", into="Birth date, year")
    screen.press("She, her")
    screen.press("England")
    screen.write("Holly Bramley", into="Their name")
    screen.write("mum", into="Who they are to the child")
    screen.write("07700 900123", into="Their phone number")
    screen.write("mum", into="Who may we call?")
    screen.write("07700 900123", into="On which number?")
    screen.write("Kit Marlow", into="Who asked us to help?")
    screen.write("Oakridge Primary", into="Their agency")
    screen.write("Sleep, and going back to school", into="What help was asked for?")
    screen.press("Add another carer")
    assert QApplication.focusWidget().accessibleName() == "Their name"
    screen.write("Sam Bramley")
    screen.press("Add this child")
    file = open_file(screen.desk, cases(screen)[0].code)
    assert (file.child.preferred_name, file.child.birth_date, file.child.pronoun) == ("Ro", "2016-03", "she")
    assert [file.person_name(item.person) for item in file.carers] == ["Holly Bramley", "Sam Bramley"]
    assert file.contact_points[0].value == "07700 900123"
    rule = file.safe_contact(screen.desk.today)
    assert rule is not None
    assert (rule.who, rule.number) == ("mum", "07700 900123")
    assert (file.referrals[0].from_name, file.referrals[0].why) == (
        "Kit Marlow",
        "Sleep, and going back to school",
    )
    assert "she, her" in screen.words()


def test_problems_are_listed_and_each_leads_to_its_field(screen: Screen) -> None:
    screen.go("add-child")
    screen.write("14", into="Birth date, day")
    screen.write("13", into="Birth date, month")
    screen.write("2017", into="Birth date, year")
    screen.write("07700 900123", into="Their phone number")
    screen.press("Add this child")
    words = screen.words()
    for sentence in (
        "There is a problem",
        "Write a name, or something to call the child by",
        "Month must be between 1 and 12",
        "Choose England or Wales",
        "Write the carer’s name, or something to call them by",
    ):
        assert sentence in words
    assert QApplication.focusWidget().accessibleName().startswith("There is a problem")
    assert cases(screen) == []
    screen.press("Month must be between 1 and 12")
    assert QApplication.focusWidget() is screen.named("Birth date, month")


@pytest.mark.parametrize(
    ("year", "sentence"),
    [("2027", "The birth date lies in the future"), ("1066", "Year must be 1900 or later")],
)
def test_a_birth_date_in_the_future_or_long_ago_is_refused(year: str, sentence: str, screen: Screen) -> None:
    screen.go("add-child")
    screen.write("Rowan", into="Name to use on screen")
    screen.write(year, into="Birth date, year")
    screen.press("England")
    screen.press("Add this child")
    assert sentence in screen.words()
    assert cases(screen) == []


def test_what_was_typed_and_chosen_is_there_again(screen: Screen) -> None:
    screen.go("add-child")
    screen.write("Row", into="Name to use on screen")
    screen.press("Not known")
    screen.press("Wales")
    screen.press("Add another carer")
    screen.write("Sam")
    screen.press("Leave it for now")
    assert cases(screen) == []
    screen.go("add-child")
    assert screen.named("Name to use on screen").text() == "Row"  # type: ignore[attr-defined]
    assert screen.named("Wales").isChecked()  # type: ignore[attr-defined]
    screen.write("an", into="Name to use on screen")
    screen.key(*SEND)
    file = open_file(screen.desk, cases(screen)[0].code)
    assert file.child.name == "Rowan"
    assert [file.person_name(item.person) for item in file.carers] == ["Sam"]


def test_a_child_of_the_same_name_is_said_not_refused(screen: Screen) -> None:
    first = add_child(screen.desk, CaseShape(child=ChildShape(name="Rówan Bramley")))
    screen.go("add-child")
    screen.write("rowan bramley", into="Name to use on screen")
    screen.named("What they like to be called").setFocus()
    screen.settle()
    assert "There is a child called Rówan Bramley already." in screen.words()
    screen.press("Open their file")
    assert screen.inside.page is not None
    assert screen.inside.page.place.case == first.code


def test_any_words_are_taken_as_they_are(screen: Screen) -> None:
    for name in ODD_NAMES:
        screen.go("add-child")
        least(screen, name)
        screen.key(*SEND)
        assert name in screen.words()
    long = "so much " * 1250
    screen.go("add-child")
    least(screen, "Long")
    screen.write(long, into="What help was asked for?")
    screen.key(*SEND)
    names = {open_file(screen.desk, case.code).child.name for case in cases(screen)}
    assert names == {*ODD_NAMES, "Long"}
    whys = [item.why for case in cases(screen) for item in open_file(screen.desk, case.code).referrals]
    assert whys == [long.strip()]


def test_a_link_of_the_summary_brings_its_field_into_sight(screen: Screen) -> None:
    screen.go("add-child")
    screen.write("x", into="Their phone number")
    screen.press("Add this child")
    screen.press("Write the carer’s name, or something to call them by")
    field = screen.named("Their name")
    assert QApplication.focusWidget() is field
    body = screen.page.body  # type: ignore[attr-defined]
    screen.qtbot.waitUntil(
        lambda: body.viewport().rect().contains(field.mapTo(body.viewport(), field.rect().center()))
    )


def test_a_child_starts_with_where_most_children_of_the_service_live(screen: Screen) -> None:
    change_service(screen.desk, name="Eastmere Harbour", nation="wales")
    screen.go("add-child")
    assert screen.named("Wales", QRadioButton).isChecked()
    screen.press("England")
    screen.go("today")
    screen.go("add-child")
    assert screen.named("England", QRadioButton).isChecked()
