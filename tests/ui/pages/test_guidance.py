"""Guidance and role cards: what was not read comes first, every line has its ground, cards page and save."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QRadioButton, QWidget

from csa_desk.casework import guidance
from csa_desk.casework.desk import Desk
from csa_desk.content.models import Read
from csa_desk.errors import InputError
from csa_desk.ui.pages.guidance.lines import GroundedLine
from csa_desk.ui.pages.guidance.page import GuidancePage
from csa_desk.ui.pages.guidance.role import RoleCardPage
from csa_desk.ui.widgets.marks import Chip
from csa_desk.ui.widgets.text import Words
from tests.conftest import SetClock
from tests.ui.pages.screen import Screen


def role_page(screen: Screen) -> RoleCardPage:
    assert isinstance(screen.page, RoleCardPage)
    return screen.page


def guidance_page(screen: Screen) -> GuidancePage:
    assert isinstance(screen.page, GuidancePage)
    return screen.page


def test_the_page_says_first_what_was_not_read(screen: Screen) -> None:
    screen.go("guidance")
    counts = guidance.how_read(screen.desk)
    unread = counts[Read.OPENING] + counts[Read.SECOND_HAND] + counts[Read.NOT_READ]
    said = screen.words()
    first = f"{unread} of the {sum(counts.values())} texts behind this guidance were not read"
    assert first in said
    assert said.index(first) < said.index("Therapy before a trial")
    assert "Crown Prosecution Service, Pre-Trial Therapy, legal guidance, 2022" in said


def test_texts_not_read_stand_in_groups_that_open(screen: Screen) -> None:
    screen.go("guidance")
    texts = guidance.not_read(screen.desk)
    opening = [item for item in texts if item.read is Read.OPENING]
    assert opening[0].title not in screen.words()
    screen.press("Only the opening was read")
    assert all(item.title in screen.words() for item in opening)
    screen.press("Only the opening was read")
    assert opening[0].title not in screen.words()


def test_every_line_has_source_basis_and_as_at_and_its_mark(screen: Screen) -> None:
    screen.go("guidance")
    lines = [line for line in screen.page.findChildren(GroundedLine) if line.isVisible()]
    current = [item.lines for item in guidance.positions(screen.desk) if not item.superseded]
    assert len(lines) == sum(map(len, current))
    words = screen.words()
    for line in current[0]:
        assert line.text in words
        assert line.ground.line in words
    marks = [chip.text() for line in lines for chip in line.findChildren(Chip)]
    assert marks == [line.ground.note for line in current[0] if line.ground.note]
    assert "Check before quoting" in marks


def test_an_older_rule_is_shut_marked_and_grey(screen: Screen) -> None:
    screen.go("guidance")
    older = next(item for item in guidance.positions(screen.desk) if item.superseded)
    assert older.lines[0].text not in screen.words()
    assert "Superseded" in screen.words()
    screen.press(older.title)
    assert older.lines[0].text in screen.words()
    line = next(
        row
        for row in screen.page.findChildren(GroundedLine)
        if older.lines[0].text in [label.words for label in row.findChildren(Words)]
    )
    assert {label.property("tone") for label in line.findChildren(Words)} == {"muted"}


def test_a_stage_opens_with_what_to_know_and_what_to_offer(screen: Screen) -> None:
    screen.go("guidance")
    stage = next(item for item in guidance.stage_cards(screen.desk) if item.hold and item.offer)
    screen.press(stage.title)
    for line in (*stage.hold, *stage.offer):
        assert line.text in screen.words()


def test_a_part_past_its_review_is_named(screen: Screen, clock: SetClock) -> None:
    screen.go("guidance")
    assert "No part is past its review date." in screen.words()
    clock.set(2029, 1, 1)
    screen.go("guidance")
    assert "past the review date" in screen.words()
    assert "Review was due by" in screen.words()


def test_a_role_is_found_by_an_earlier_name_and_opens(screen: Screen) -> None:
    screen.go("guidance")
    screen.key(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    screen.write("psychotherapist")
    shown = [row for key, row in guidance_page(screen)._rows if row.isVisible()]
    assert len(shown) < 10
    screen.press("Therapist")
    assert role_page(screen).place.item == "therapist"


def test_words_no_role_has_are_answered(screen: Screen) -> None:
    screen.go("guidance")
    screen.write("<b>no such role</b>", into="Find a role")
    assert "No role has these words" in screen.words()


# --- role cards -------------------------------------------------------------------------------------------------


def test_a_card_says_what_i_do_and_what_i_do_not_in_the_same_size(screen: Screen) -> None:
    screen.go("role-card", item="therapist")
    card = guidance.role_card(screen.desk, "therapist")
    words = screen.words()
    for line in (*card.does, *card.does_not, *card.reach, *card.notes):
        assert line.text in words
    for ground in {line.ground.line for line in card.does}:
        assert ground in words
    halves = role_page(screen).view.halves
    assert abs(halves.does.width() - halves.does_not.width()) <= 1
    assert "Check before relying" in words


def test_arrows_page_through_the_cards(screen: Screen) -> None:
    screen.go("role-card")
    cards = guidance.role_cards(screen.desk)
    assert role_page(screen).place.item == cards[0].role.id
    screen.key(Qt.Key.Key_Left)
    assert role_page(screen).place.item == cards[0].role.id
    screen.key(Qt.Key.Key_Right)
    assert role_page(screen).place.item == cards[1].role.id
    assert f"Card 2 of {len(cards)}" in screen.words()
    screen.key(Qt.Key.Key_Down)
    assert role_page(screen).place.item == cards[2].role.id
    screen.press("Back")
    assert role_page(screen).place.item == cards[1].role.id


def test_arrows_in_a_field_and_in_the_switch_do_not_turn_the_card(screen: Screen) -> None:
    screen.go("role-card", item="therapist")
    screen.press("Save as PDF")
    field = screen.named("Where should the PDF be saved?", QLineEdit)
    assert isinstance(field, QLineEdit)
    end = field.cursorPosition()
    screen.key(Qt.Key.Key_Left)
    assert field.cursorPosition() == end - 1
    assert role_page(screen).form is not None
    screen.named("Roles", QRadioButton).setFocus()
    screen.key(Qt.Key.Key_Left)
    assert role_page(screen).place.item == "therapist"


def test_arrows_in_the_list_pass_over_headings(screen: Screen) -> None:
    screen.go("role-card")
    seen = []
    for card in guidance.role_cards(screen.desk):
        assert role_page(screen).view.head.title.words == card.title
        seen.append(role_page(screen).place.item)
        screen.key(Qt.Key.Key_Down)
    assert seen == [card.role.id for card in guidance.role_cards(screen.desk)]


def test_finding_a_role_leaves_the_others_out_until_a_card_is_turned(screen: Screen) -> None:
    screen.go("role-card")
    screen.write("therapist", into="Find a role")
    assert role_page(screen).roles.first_key == "therapist"
    screen.key(Qt.Key.Key_Return)
    assert role_page(screen).place.item == "therapist"
    screen.press("Next")
    assert role_page(screen).search.text() == ""
    assert role_page(screen).place.item != "therapist"


def test_a_card_is_saved_as_pdf_where_it_was_asked(screen: Screen, tmp_path: Path) -> None:
    screen.go("role-card", item="therapist")
    screen.press("Save as PDF")
    field = screen.named("Where should the PDF be saved?", QLineEdit)
    assert isinstance(field, QLineEdit)
    assert field.text().endswith("role-card-therapist.pdf")
    field.selectAll()
    out = tmp_path / "cards" / "therapist.pdf"
    screen.write(str(out))
    screen.press("Save this card")
    assert out.read_bytes().startswith(b"%PDF")
    assert "The card is saved." in screen.words()
    screen.inside.session.drafts.flush()
    assert not screen.desk.vault.drafts("role-card/")


def test_a_place_that_cannot_be_written_is_refused_beside_the_field(screen: Screen, tmp_path: Path) -> None:
    screen.go("role-card", item="therapist")
    screen.press("Save as PDF")
    field = screen.named("Where should the PDF be saved?", QLineEdit)
    assert isinstance(field, QLineEdit)
    field.selectAll()
    screen.write(str(tmp_path))
    screen.press("Save this card")
    assert "That is a folder" in screen.words()


def test_a_role_there_is_no_card_for_is_refused(desk: Desk) -> None:
    with pytest.raises(InputError, match="no role card"):
        guidance.role_card(desk, "astronaut")


def test_services_are_one_choice_away(screen: Screen) -> None:
    screen.go("role-card")
    screen.press("Services")
    assert screen.inside.page is not None
    assert screen.inside.page.place.page == "directory"


def in_sight(screen: Screen, widget: QWidget) -> bool:
    """Whether the whole of it shows in the page's viewport."""
    port = guidance_page(screen).body.viewport()
    return port.rect().contains(QRect(widget.mapTo(port, QPoint(0, 0)), widget.size()))


def test_a_link_to_a_source_opens_marks_and_shows_it(screen: Screen) -> None:
    every = (*guidance.texts(screen.desk), *guidance.not_texts(screen.desk))
    for text in (
        *every[::9],
        every[-1],
    ):  # that each has its place is held below; a sample shows that it is gone to
        screen.go("guidance", item=text.id)
        here = QApplication.focusWidget()
        assert here is not None
        assert here.accessibleName() == text.title
        assert here.property("box") == "tint"
        screen.qtbot.waitUntil(partial(in_sight, screen, here))


def test_a_link_to_a_position_opens_marks_and_shows_it(screen: Screen) -> None:
    for position in guidance.positions(screen.desk):
        screen.go("guidance", item=position.id)
        here = QApplication.focusWidget()
        assert here is not None
        assert here.accessibleName().startswith(position.title)
        assert "What you asked for" in here.accessibleName()
        assert position.lines[0].text in screen.words()
        screen.qtbot.waitUntil(partial(in_sight, screen, here))


def test_every_source_a_checklist_names_has_a_place_on_the_page(screen: Screen) -> None:
    shown = {text.id for text in (*guidance.texts(screen.desk), *guidance.not_texts(screen.desk))}
    assert {item.id for item in screen.desk.packs.sources.source} == shown


def test_a_place_that_is_not_there_any_more_opens_the_page_from_its_top(screen: Screen) -> None:
    screen.go("guidance", item="gone")
    assert guidance_page(screen).body.verticalScrollBar().value() == 0
    assert QApplication.focusWidget() is not None
