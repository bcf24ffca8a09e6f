"""People on a page of the assessment: added where they are asked about, half-written ones kept."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from csa_desk.casework.casefile import open_file
from csa_desk.casework.desk import Desk
from tests.ui.pages.screen import Screen
from tests.ui.pages.sitting import (
    CTRL,
    add_rowan,
    focused_slot,
    hit,
    letters,
    open_section,
    slot_of,
    value_of,
)


def test_a_page_about_carers_offers_to_add_one_and_then_asks_about_them(screen: Screen, desk: Desk) -> None:
    file = add_rowan(desk)
    open_section(screen, file.code, "carers")
    assert "Add a carer first" in screen.words()
    assert "How is this carer managing at the moment?" not in screen.words()
    hit(Qt.Key.Key_N, CTRL)
    letters("Holly Bramley")
    hit(Qt.Key.Key_Tab)
    letters("mum")
    screen.press("Add this person")
    carers = open_file(desk, file.code).carers
    assert len(carers) == 1
    assert "Holly Bramley, mum" in screen.words()
    assert "Add a carer first" not in screen.words()
    slot = focused_slot(screen.inside)
    assert slot is not None
    assert slot.key == f"{carers[0].id}/carer-managing"
    hit(Qt.Key.Key_5)
    assert value_of(desk, file.code, f"{carers[0].id}/carer-managing") == 5


def test_a_carer_who_is_half_written_is_there_again_until_cancelled(screen: Screen, desk: Desk) -> None:
    file = add_rowan(desk)
    open_section(screen, file.code, "carers")
    screen.press("Add a carer")
    letters("Hol")
    open_section(screen, file.code, "need-home")
    open_section(screen, file.code, "carers")
    field = screen.named("Name", QLineEdit)
    assert isinstance(field, QLineEdit)
    assert field.text() == "Hol"
    screen.press("Cancel")
    open_section(screen, file.code, "carers")
    assert "Add this person" not in screen.words()
    assert open_file(desk, file.code).carers == []


def test_a_brother_is_asked_for_only_where_there_is_one(screen: Screen, desk: Desk) -> None:
    file = add_rowan(desk, carer=True)
    open_section(screen, file.code, "carers", "family/siblings")
    assert "Add a brother or sister first" not in screen.words()
    hit(Qt.Key.Key_Space)
    assert value_of(desk, file.code, "family/siblings") == "yes"
    assert "Add a brother or sister first" in screen.words()
    screen.press("Add a brother or sister")
    letters("Ash")
    screen.press("Add this person")
    assert "What might help this brother or sister?" in screen.words()
    slot_of(screen.inside, "family/siblings").focus()
    hit(Qt.Key.Key_Down)
    hit(Qt.Key.Key_Space)
    assert "What might help this brother or sister?" not in screen.words()
