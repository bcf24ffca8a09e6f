"""The maps page and the cards for a room: by keyboard, aloud, larger and smaller, on paper."""

from pathlib import Path

from PySide6.QtCore import Qt

from csa_desk.casework.desk import Desk
from csa_desk.records.directory import Agency, AgencyRole, Service
from csa_desk.records.directory_facts import Area
from csa_desk.ui.pages.guidance.full_screen import FullScreenCards
from csa_desk.ui.pages.maps.page import MapsPage
from csa_desk.ui.shell.place import Place
from tests.ui.pages.screen import Screen


def fill(desk: Desk) -> None:
    with desk.vault.write() as writing:
        for record in (
            Area(id="e", code="E06000001", what="council", name="Eastmere"),
            Agency(id="a", name="Eastmere Council"),
            AgencyRole(
                id="r", agency="a", role="childrens-social-care", area="E06000001", checked_on="2026-11-01"
            ),
            Service(id="s", name="Linden", agency="a", types=("therapy",), minimum_age="4", maximum_age="10"),
        ):
            writing.put(record, "imported")


def page(screen: Screen) -> MapsPage:
    assert isinstance(screen.page, MapsPage)
    return screen.page


def spoken(screen: Screen) -> str:
    grid = page(screen).grid
    return str(grid.model().data(grid.currentIndex(), Qt.ItemDataRole.AccessibleTextRole))


def test_a_directory_without_roles_says_what_to_do(screen: Screen) -> None:
    screen.go("maps")
    assert "Nobody has a role here yet" in screen.words()


def test_arrows_walk_the_map_and_each_cell_says_what_it_means(screen: Screen, desk: Desk) -> None:
    fill(desk)
    screen.go("maps")
    grid = page(screen).grid
    assert grid.hasFocus()
    assert spoken(screen).startswith("Somebody notices, or is told")
    for _ in range(2):
        screen.key(Qt.Key.Key_Down)
    assert spoken(screen) == (
        "Strategy discussion: Eastmere Council leads. Children’s social care in Eastmere, checked 1 November 2026"
    )
    assert grid.model().headerData(5, Qt.Orientation.Vertical) == "Recorded interview. nobody leads"
    screen.key(Qt.Key.Key_Return)
    assert screen.page.place == Place("directory", item="a")


def test_the_map_is_made_larger_and_smaller_by_key_and_button(screen: Screen, desk: Desk) -> None:
    fill(desk)
    screen.go("maps")
    grid = page(screen).grid
    wide = grid.columnWidth(0)
    screen.key(Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert (grid.zoom, grid.columnWidth(0) > wide) == (125, True)
    page(screen).smaller.click()
    page(screen).smaller.click()
    assert (grid.zoom, grid.columnWidth(0) < wide) == (80, True)
    grid.setFocus()
    screen.key(Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert (grid.zoom, grid.columnWidth(0)) == (100, wide)
    for _ in range(20):
        grid.zoom_in()
    assert grid.zoom == 200


def test_the_other_map_says_nobody_in_words(screen: Screen, desk: Desk) -> None:
    fill(desk)
    screen.go("maps")
    screen.press("What there is")
    grid = page(screen).grid
    model = grid.model()
    assert str(model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)) == (
        "Therapy after sexual abuse, Under 5, Everywhere here: 1"
    )
    assert str(model.data(model.index(0, 2), Qt.ItemDataRole.AccessibleTextRole)).endswith("nobody")
    assert model.headerData(1, Qt.Orientation.Vertical) == "CH-ISVA and advocacy. nobody at any age"


def test_areas_stand_beside_each_other(screen: Screen, desk: Desk) -> None:
    fill(desk)
    with desk.vault.write() as writing:
        writing.put(Area(id="w", code="E06000002", what="council", name="Wrenfield"), "imported")
        writing.put(
            Service(id="s2", types=("housing",), minimum_age="16", areas=[{"name": "Wrenfield"}]), "imported"
        )
    screen.inside.go(Place("maps", item="what/each"))
    model = page(screen).grid.model()
    titles = [str(model.headerData(place, Qt.Orientation.Horizontal)) for place in range(model.columnCount())]
    assert [title for title in titles if title.startswith("Under 5")] == [
        "Under 5. Eastmere",
        "Under 5. Wrenfield",
        "Under 5. Area not stated",
    ]
    screen.press("Who does what")
    assert page(screen).area == ""


def test_a_map_is_saved_as_a_pdf(screen: Screen, desk: Desk, tmp_path: Path) -> None:
    fill(desk)
    screen.inside.go(Place("maps", item="what/E06000001"))
    screen.press("Save as PDF")
    form = page(screen).path
    assert form is not None
    form.set_value("path", str(tmp_path / "map.pdf"))
    screen.press("Save the map")
    assert (tmp_path / "map.pdf").read_bytes().startswith(b"%PDF")
    assert page(screen).path is None


# --- cards for a room -------------------------------------------------------------------------------------------


def cards(screen: Screen) -> FullScreenCards:
    assert isinstance(screen.page, FullScreenCards)
    return screen.page


def test_a_room_guesses_first_and_keys_show_part_after_part(screen: Screen) -> None:
    screen.go("role-card", item="ch-isva")
    screen.press("Show to a room")
    assert not screen.inside.rail.isVisible()
    assert screen.words().count("What do you think?") == 3
    line = cards(screen).card.does[0].text
    assert line not in screen.words()
    screen.key(Qt.Key.Key_Space)
    assert line in screen.words()
    assert screen.words().count("What do you think?") == 2
    screen.key(Qt.Key.Key_Right)
    assert cards(screen).number == 1
    assert "What do you think?" in screen.words()
    screen.key(Qt.Key.Key_End)
    assert cards(screen).number == len(cards(screen).cards) - 1
    screen.key(Qt.Key.Key_Home)
    screen.key(Qt.Key.Key_Left)
    assert cards(screen).number == 0
    screen.key(Qt.Key.Key_Escape)
    assert screen.page.place == Place("role-card", item="ch-isva")
    assert screen.inside.rail.isVisible()


def test_who_has_the_role_here_stands_on_the_card(screen: Screen, desk: Desk) -> None:
    fill(desk)
    screen.go("full-cards", item="childrens-social-care")
    for _ in range(4):
        screen.key(Qt.Key.Key_Space)
    assert "Eastmere Council" in screen.words()


def test_of_many_agencies_the_busiest_are_drawn_and_the_rest_are_counted(screen: Screen, desk: Desk) -> None:
    with desk.vault.write() as writing:
        for number in range(70):
            writing.put(Agency(id=f"a{number}", name=f"Agency {number}"), "imported")
            writing.put(AgencyRole(id=f"r{number}", agency=f"a{number}", role="gp"), "imported")
        writing.put(AgencyRole(id="busy", agency="a69", role="school"), "imported")
    screen.go("maps")
    model = page(screen).grid.model()
    assert model.columnCount() == 60
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Agency 69"
    assert "10 more agencies have fewer parts" in screen.words()
