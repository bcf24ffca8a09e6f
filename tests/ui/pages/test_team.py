"""The team page: map and table in one order, adding, changing and ending somebody, what is worth talking about."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from csa_desk.casework import plan_needs, team
from csa_desk.casework.casefile import CaseFile, open_file
from csa_desk.casework.consenting import decide
from csa_desk.casework.desk import Desk
from csa_desk.casework.intake import add_child
from csa_desk.casework.shapes import CarerShape, CaseShape, ChildShape, ConsentShape, TeamShape
from csa_desk.records.cases import TeamMember
from csa_desk.ui.pages.team.page import TeamPage
from csa_desk.ui.widgets.buttons import Button
from tests.ui.pages.screen import ODD_NAMES, Screen

CTRL = Qt.KeyboardModifier.ControlModifier
TEAM = (
    TeamShape(
        name="Jo Adeyemi", role="therapist", agency="Linden House", part="helps", helps_with=["health"]
    ),
    TeamShape(name="Beth Lyle", role="school", agency="Oakridge", part="leads", outcome="Back in class"),
)


def rowan(desk: Desk, *members: TeamShape) -> CaseFile:
    shape = CaseShape(
        child=ChildShape(name="Rowan Bramley", birth_date="2017-03-04"),
        carers=[CarerShape(name="Holly Bramley", relation="mum")],
        team=list(members),
    )
    return open_file(desk, add_child(desk, shape).code)


def page_of(screen: Screen) -> TeamPage:
    assert isinstance(screen.page, TeamPage)
    return screen.page


def saved(desk: Desk, file: CaseFile) -> list[TeamMember]:
    return open_file(desk, file.code).team


def test_an_empty_team_says_what_the_page_is_for_and_offers_one_button(screen: Screen, desk: Desk) -> None:
    file = rowan(desk)
    screen.go("team", file.code)
    assert "Nobody is named yet" in screen.words()
    filled = [
        made for made in screen.page.findChildren(Button) if made.isVisible() and made.kind == "primary"
    ]
    assert filled == [page_of(screen).add_button]
    assert page_of(screen).primary() is page_of(screen).add_button


def test_somebody_is_added_by_keys_alone(screen: Screen, desk: Desk) -> None:
    file = rowan(desk)
    screen.go("team", file.code)
    screen.key(Qt.Key.Key_N, CTRL)
    screen.write("Beth Lyle", "Who")
    screen.write("Oakridge Primary", "Agency or service")
    screen.write("School or college", "Role")
    screen.press("Helps")
    screen.write("Back in class every day", "Outcome they work for")
    screen.key(Qt.Key.Key_Return, CTRL)
    (made,) = saved(desk, file)
    assert (made.name, made.agency_name, made.role) == ("Beth Lyle", "Oakridge Primary", "school")
    assert (made.part, made.outcome, made.since) == ("helps", "Back in class every day", desk.today)
    assert page_of(screen).table.key == made.id
    assert page_of(screen).map.box(made.id) is not None


def test_boxes_stand_in_the_order_of_the_rows_leaders_first(screen: Screen, desk: Desk) -> None:
    file = rowan(desk, *TEAM)
    screen.go("team", file.code)
    page = page_of(screen)
    boxes = [box.spot.name for box in page.map.findChildren(QPushButton) if box.isVisible()]
    model = page.table.view.model()
    rows = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert boxes == rows == ["Beth Lyle", "Jo Adeyemi"]
    box = page.map.box(file.team[1].id)
    assert box is not None
    box.setFocus()
    screen.key(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page.map.box(file.team[0].id)
    assert "Leads" in box.accessibleName()
    assert "Nothing agreed" in box.accessibleName()


def test_a_changed_field_saves_when_it_is_left_and_only_the_row_changes(screen: Screen, desk: Desk) -> None:
    file = rowan(desk, *TEAM)
    screen.go("team", file.code)
    page = page_of(screen)
    page.table.choose(file.team[0].id)
    page.table.view.setFocus()
    screen.key(Qt.Key.Key_Return)
    outcome = screen.named("Outcome they work for")
    screen.write("Fewer bad nights", "Outcome they work for")
    assert saved(desk, file)[0].outcome == ""
    screen.key(Qt.Key.Key_Tab)
    assert next(item for item in saved(desk, file) if item.name == "Jo Adeyemi").outcome == "Fewer bad nights"
    assert page_of(screen) is page
    assert outcome.isVisible()
    assert not desk.vault.drafts(f"{file.case.id}/team/")


def test_neither_name_nor_agency_is_refused_beside_the_field(screen: Screen, desk: Desk) -> None:
    file = rowan(desk)
    screen.go("team", file.code)
    screen.press("Add someone")
    screen.press("Add to the team")
    assert "Write a name, or at least the agency" in screen.words()
    assert not saved(desk, file)


def test_ending_asks_for_the_last_day_and_keeps_the_record(screen: Screen, desk: Desk) -> None:
    file = rowan(desk, *TEAM)
    screen.go("team", file.code)
    box = page_of(screen).map.box(file.team[0].id)
    assert box is not None
    box.click()
    screen.press("No longer works with Rowan")
    screen.press("Keep Jo Adeyemi")
    assert not saved(desk, file)[0].until
    screen.press("No longer works with Rowan")
    screen.press("End on this day")
    ended = next(item for item in saved(desk, file) if item.name == "Jo Adeyemi")
    assert ended.until == desk.today
    assert not ended.removed


def test_the_last_day_is_not_before_the_first(screen: Screen, desk: Desk) -> None:
    file = rowan(desk, *TEAM)
    screen.go("team", file.code)
    page_of(screen)._open(file.team[0].id)
    screen.press("No longer works with Rowan")
    year = screen.named("Last day, year")
    year.setFocus()
    year.selectAll()  # type: ignore[attr-defined]
    screen.write("2020")
    screen.press("End on this day")
    assert "The last day is before the first" in screen.words()
    assert not saved(desk, file)[0].until


def test_gap_overlap_and_past_contact_have_one_next_step_each(screen: Screen, desk: Desk) -> None:
    both = [TeamShape(name=name, part="leads", helps_with=["home"]) for name in ("Ana", "Bo")]
    file = rowan(desk, *both)
    plan_needs.set_need(desk, file, "school", "need")
    team.add(desk, file, replace(file.team[0], next_contact="2026-11-03"))
    screen.go("team", file.code)
    words = screen.words()
    for said in ("Gap: school and learning", "Overlap: home", "No date: Ana"):
        assert said in words
    screen.press("Name someone")
    page = page_of(screen)
    assert page._editor is not None
    assert page._editor.form.value("helps_with") == ("school",)
    screen.press("Do not add")
    screen.press("Set a new date")
    assert page._editor is not None
    assert page._editor.member.name == "Ana"


def test_sharing_comes_from_consent(screen: Screen, desk: Desk) -> None:
    file = rowan(desk, *TEAM)
    decide(
        desk,
        file,
        ConsentShape(recipient="Linden House", categories=["health", "needs-and-plan"], by="Rowan"),
    )
    screen.go("team", file.code)
    box = page_of(screen).map.box(file.team[0].id)
    assert box is not None
    assert box.spot.share == "some"
    assert "2 kinds agreed" in box.accessibleName()


def test_half_typed_words_come_back_and_not_adding_drops_them(screen: Screen, desk: Desk) -> None:
    file = rowan(desk)
    screen.go("team", file.code)
    screen.key(Qt.Key.Key_N, CTRL)
    screen.write("Half a na", "Who")
    screen.go("plan", file.code)
    screen.go("team", file.code)
    assert page_of(screen)._editor is not None
    assert page_of(screen)._editor.form.value("name").name == "Half a na"  # type: ignore[union-attr, attr-defined]
    screen.key(Qt.Key.Key_Escape)
    assert page_of(screen)._editor is None
    screen.press("Add someone")
    assert page_of(screen)._editor.form.value("name").name == "Half a na"  # type: ignore[attr-defined]
    screen.press("Do not add")
    assert not desk.vault.drafts(f"{file.case.id}/team/")
    assert not saved(desk, file)


def test_every_name_shows_as_text(screen: Screen, desk: Desk) -> None:
    names = (*ODD_NAMES, "x" * 10_000)
    file = rowan(desk, *(TeamShape(name=name, agency=name, outcome=name, part="helps") for name in names))
    screen.go("team", file.code)
    page = page_of(screen)
    for member in file.team:
        box = page.map.box(member.id)
        assert box is not None
        assert member.name in box.accessibleName()
        box.click()
        screen.settle()
        assert page._editor is not None
        assert page._editor.form.value("outcome") == member.name
    assert page.width() <= screen.inside.width()


def test_table_only_hides_the_map(screen: Screen, desk: Desk) -> None:
    file = rowan(desk, *TEAM)
    screen.go("team", file.code)
    screen.press("Table only")
    assert not page_of(screen).map.isVisible()
    assert page_of(screen).table.isVisible()
    screen.press("Map and table")
    assert page_of(screen).map.isVisible()
