"""Children: the list, instant search, and the way to a child by keys."""

import pytest
from PySide6.QtCore import Qt

from csa_desk.casework.desk import Desk
from csa_desk.casework.intake import add_child
from csa_desk.casework.shapes import (
    CarerShape,
    CaseShape,
    ChildShape,
    SafeContactShape,
    TeamShape,
    TherapyShape,
)
from csa_desk.records.cases import Case
from csa_desk.ui.pages.children.marking import matches
from csa_desk.ui.pages.children.page import ChildrenPage
from csa_desk.ui.widgets.buttons import LinkButton
from tests.ui.pages.screen import ODD_NAMES, Screen


def child(desk: Desk, name: str, preferred: str = "", **more: object) -> Case:
    return add_child(
        desk,
        CaseShape(child=ChildShape(name=name, preferred_name=preferred), nation="wales", **more),  # type: ignore[arg-type]
    )


def page(screen: Screen) -> ChildrenPage:
    assert isinstance(screen.page, ChildrenPage)
    return screen.page


def shown(screen: Screen) -> list[str]:
    return [row.name for row in page(screen)._rows]


def cell(screen: Screen, row: int, column: int) -> str:
    model = page(screen).table.view.model()
    return str(model.data(model.index(row, column), Qt.ItemDataRole.AccessibleTextRole))


def test_an_empty_vault_says_what_this_place_is_for(screen: Screen) -> None:
    screen.go("children")
    assert "No children in this vault yet" in screen.words()
    assert screen.inside.focusWidget() is screen.named("Add a child")
    screen.key(Qt.Key.Key_Return)
    assert screen.inside.page is not None
    assert screen.inside.page.place.page == "add-child"


def test_ctrl_k_lands_in_the_search_and_each_key_finds(screen: Screen) -> None:
    for name in ("Rowan Bramley", "Bronwen Tŷ-Gwyn", "Imani Cole"):
        child(screen.desk, name)
    screen.go("today")
    screen.key(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert screen.inside.focusWidget() is page(screen).search
    assert sorted(shown(screen)) == ["Bronwen Tŷ-Gwyn", "Imani Cole", "Rowan Bramley"]
    screen.write("b")
    screen.write("r")
    assert sorted(shown(screen)) == ["Bronwen Tŷ-Gwyn", "Rowan Bramley"]
    assert "2 match “br”" in screen.words()
    screen.write("am")
    assert shown(screen) == ["Rowan Bramley"]
    screen.key(Qt.Key.Key_Escape)
    assert len(shown(screen)) == 3


def test_enter_opens_the_chosen_child_and_arrows_choose(screen: Screen) -> None:
    child(screen.desk, "Ada Birch")
    second = child(screen.desk, "Bea Cove")
    screen.go("children")
    screen.key(Qt.Key.Key_Down)
    assert page(screen).table.key == second.code
    screen.key(Qt.Key.Key_Return)
    assert screen.inside.page is not None
    assert (screen.inside.page.place.page, screen.inside.page.place.case) == ("overview", second.code)


def test_the_line_under_the_name_says_why_a_row_is_there(screen: Screen) -> None:
    child(screen.desk, "Imani Cole", carers=[CarerShape(name="Breda Cole", relation="gran")])
    child(screen.desk, "Aled Morris", team=[TeamShape(name="Jo", agency="Brookside Therapy")])
    child(screen.desk, "Robin Fernhill", "Bram")
    screen.go("children")
    screen.write("br")
    said = [cell(screen, row, 0) for row in range(3)]
    assert any("Imani Cole" in text and "gran: Breda Cole" in text for text in said)
    assert any("Aled Morris" in text and "team: Brookside Therapy" in text for text in said)
    assert any("Robin Fernhill" in text and "called Bram" in text for text in said)
    assert shown(screen)[0] == "Robin Fernhill"


def test_a_slip_of_the_finger_is_forgiven_and_said(screen: Screen) -> None:
    child(screen.desk, "Rowan Bramley")
    screen.go("children")
    screen.write("bramlye")
    assert shown(screen) == ["Rowan Bramley"]
    assert "a name spelt nearly so" in cell(screen, 0, 0)


def test_nobody_found_is_said_in_words(screen: Screen) -> None:
    child(screen.desk, "Ada Birch")
    screen.go("children")
    screen.write("zzz")
    assert "No child, carer or agency here is called anything like “zzz”." in screen.words()


def test_groups_hold_whom_they_name(screen: Screen) -> None:
    child(screen.desk, "Ada Birch", therapy=[TherapyShape(step="need-agreed", on="2026-11-01")])
    child(
        screen.desk,
        "Bea Cove",
        therapy=[
            TherapyShape(step="offered", on="2026-11-01"),
            TherapyShape(step="first-session", on="2026-11-09"),
        ],
    )
    screen.go("children")
    screen.press("Waiting for therapy, 1")
    assert shown(screen) == ["Ada Birch"]
    screen.press("Closed, 0")
    assert "Nobody stands under “Closed” just now." in screen.words()


def test_each_row_tells_rule_and_progress(screen: Screen) -> None:
    child(screen.desk, "Ada Birch", safe_contact=SafeContactShape(who="mum", call="yes"))
    child(screen.desk, "Bea Cove")
    screen.go("children")
    assert [cell(screen, row, 5) for row in (0, 1)] == ["Contact: Rule", "Contact: None set"]
    assert "known" in cell(screen, 0, 3)


def test_fifty_at_once_and_the_rest_on_asking(screen: Screen) -> None:
    for number in range(53):
        child(screen.desk, f"Child {number:02}")
    screen.go("children")
    assert len(shown(screen)) == 50
    screen.press("Show 3 more of 53")
    assert shown(screen)[-1] == "Child 52"


@pytest.mark.parametrize("odd", [*ODD_NAMES, "w" * 10_000])
def test_any_name_shows_as_it_is(screen: Screen, odd: str) -> None:
    made = child(screen.desk, odd)
    screen.go("children")
    assert cell(screen, 0, 0) == f"Child: {' '.join(odd.split())}, {made.code}"
    screen.go("overview", made.code)
    assert odd in screen.words()
    assert screen.page.width() <= screen.inside.width()


@pytest.mark.parametrize(
    ("name", "typed", "marks"),
    [
        ("Rowan Bramley", "br", [(6, 2)]),
        ("Bronwen Tŷ-Gwyn", "ty", [(8, 2)]),
        ("Kofi Brew-Mensah", "men br", [(5, 2), (10, 3)]),
        ("Lena Brzezińska", "zez", []),
        ("Æsa", "", []),
    ],
)
def test_matched_letters_are_marked(name: str, typed: str, marks: list[tuple[int, int]]) -> None:
    assert matches(name, typed) == marks


@pytest.mark.parametrize("way", ["key", "link"])
def test_going_back_to_the_list_finds_the_search_and_the_chosen_child_as_they_were(
    desk: Desk, screen: Screen, way: str
) -> None:
    for name in ("Rowan", "Robin", "Roberta", "Kit"):
        child(desk, name)
    screen.go("children")
    screen.write("ro")
    screen.key(Qt.Key.Key_Down)
    chosen = page(screen).table.key
    assert chosen != page(screen)._rows[0].code
    screen.key(Qt.Key.Key_Return)
    assert screen.inside.page is not None
    assert screen.inside.page.place.page == "overview"
    if way == "key":
        screen.key(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    else:
        back = next(link for link in screen.page.findChildren(LinkButton) if link.words == "Children")
        back.click()
        screen.settle()
    assert page(screen).search.text() == "ro"
    assert page(screen).table.key == chosen
    assert sorted(shown(screen)) == ["Roberta", "Robin", "Rowan"]
    assert screen.inside.focusWidget() is page(screen).search


def test_going_back_keeps_the_group_and_how_far_the_list_was_opened(desk: Desk, screen: Screen) -> None:
    for number in range(60):
        child(desk, f"Child {number:03}")
    screen.go("children")
    screen.press("All in this vault")
    screen.press("Show 10 more")
    code = page(screen)._rows[-1].code
    page(screen).table.choose(code)
    screen.go("overview", code)
    screen.key(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert len(shown(screen)) == 60
    assert page(screen).table.key == code


def test_the_rail_begins_anew(desk: Desk, screen: Screen) -> None:
    child(desk, "Rowan")
    screen.go("children")
    screen.write("zz")
    screen.key(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    screen.key(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert page(screen).search.text() == ""
