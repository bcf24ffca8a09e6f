"""Who could help a child: the list with why, what it goes by, and what to ask on the phone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from csa_desk.casework.casefile import open_file
from csa_desk.casework.desk import Desk
from csa_desk.casework.intake import add_child
from csa_desk.casework.shapes import CaseShape, ChildShape
from csa_desk.records.cases import Task
from csa_desk.records.directory import Agency, Service
from csa_desk.records.directory_facts import Area
from csa_desk.ui.pages.match.page import MatchPage
from csa_desk.ui.shell.place import Place
from tests.ui.pages.screen import ODD_NAMES, Screen

EASTMERE = {"name": "Eastmere"}


def service(number: str, name: str, **said: object) -> Service:
    fits = {"status": "active", "minimum_age": "0", "maximum_age": "25", "areas": [EASTMERE]}
    return Service(id=number, name=name, agency="a1", checked_on="2026-11-01", **{**fits, **said})  # type: ignore[arg-type]


def fill(desk: Desk) -> str:
    """A child of unknown area, three services; returns the case code."""
    case = add_child(desk, CaseShape(child=ChildShape(name="Rowan Bramley", birth_date="2015-04-02")))
    with desk.vault.write() as writing:
        for record in (
            Agency(id="a1", name="Linden Trust"),
            Area(id="e1", code="E06000001", what="council", name="Eastmere"),
            service("s1", "Linden House therapy", types=("therapy",), phone="01632 960118"),
            service("s2", "Larch Lodge", areas=None),
            service("s3", "Brook End", status="defunct", types=("housing",)),
        ):
            writing.put(record, "imported")
    return case.code


def page(screen: Screen) -> MatchPage:
    assert isinstance(screen.page, MatchPage)
    return screen.page


def listed(screen: Screen) -> list[str]:
    model = page(screen).results.model()
    spoken = Qt.ItemDataRole.AccessibleTextRole
    return [str(model.data(model.index(row, 0), spoken)) for row in range(model.rowCount())]


def lives(screen: Screen, area: str) -> None:
    screen.write(area, "Which council area does Rowan live in?")
    screen.press("Save where they live")


def test_without_an_area_everything_is_asked_and_the_page_says_what_to_enter(
    screen: Screen, desk: Desk
) -> None:
    screen.go("match", fill(desk))
    assert "Where Rowan lives is not entered." in screen.words()
    assert "Fit: 0, ask first: 2, nearly fit: 0, do not fit: 1" in screen.words()


def test_once_it_is_entered_what_fits_stands_first_and_why_beside_it(screen: Screen, desk: Desk) -> None:
    code = fill(desk)
    screen.go("match", code)
    lives(screen, "Eastmere")
    home = open_file(desk, code).home_area(desk.today)
    assert home is not None
    assert (home.area, home.area_name) == ("E06000001", "Eastmere")
    rows = listed(screen)
    assert [row.split(",")[0] for row in rows] == [
        "What this goes by",
        "Fits (1)",
        "Linden House therapy",
        "Ask first (1)",
        "Larch Lodge",
    ]
    page(screen).results.choose("s2")
    screen.qtbot.waitUntil(lambda: page(screen).service_card is not None)
    said = screen.words()
    assert "Not known: which areas they serve." in said
    assert "•  Do you serve Eastmere?" in said


def test_what_does_not_fit_is_counted_and_shown_on_demand(screen: Screen, desk: Desk) -> None:
    screen.go("match", fill(desk))
    assert not any("Brook End" in row for row in listed(screen))
    screen.press("All, also those that do not fit")
    assert any("Brook End, It has closed." in row for row in listed(screen))


def test_a_search_finds_also_what_does_not_fit(screen: Screen, desk: Desk) -> None:
    screen.go("match", fill(desk))
    page(screen).search.setText("brook")
    page(screen).search.textEdited.emit("brook")
    assert any("Brook End" in row for row in listed(screen))
    assert not any("Larch" in row for row in listed(screen))


def test_only_one_kind_of_service_is_shown_where_asked(screen: Screen, desk: Desk) -> None:
    screen.go("match", fill(desk))
    card = page(screen).goes_by
    assert card is not None
    card.only.set_value("kind", "csa-therapy")
    card.only.answered.emit("kind", "csa-therapy")
    assert "Fit: 0, ask first: 1, nearly fit: 0, do not fit: 0" in screen.words()


def test_a_task_to_ring_stands_in_the_file_and_what_is_copied_names_nobody(
    screen: Screen, desk: Desk
) -> None:
    code = fill(desk)
    screen.inside.go(Place("match", code, "s2"))
    screen.press("Copy what to ask")
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Larch Lodge, Linden Trust\n- ")
    assert "Rowan" not in copied
    screen.press("Add a task to ring them")
    assert [item.what for item in desk.vault.read.find(Task)] == ["Ring Larch Lodge: 1 thing to ask"]


def test_the_directory_is_one_press_away(screen: Screen, desk: Desk) -> None:
    screen.inside.go(Place("match", fill(desk), "s1"))
    screen.press("Open in the directory")
    assert screen.inside.page.place == Place("directory", item="s1")


@pytest.mark.parametrize("name", ODD_NAMES)
def test_any_name_shows_as_it_is(screen: Screen, desk: Desk, name: str) -> None:
    code = fill(desk)
    with desk.vault.write() as writing:
        writing.put(service("s1", name, eligibility=name))
    screen.inside.go(Place("match", code, "s1"))
    assert name in screen.words()
