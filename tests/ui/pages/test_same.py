"""Perhaps the same: two entries side by side, linked or parted, and back again."""

from csa_desk.casework.desk import Desk
from csa_desk.records.directory import Agency, Service
from csa_desk.records.directory_facts import SameEntry
from csa_desk.ui.pages.directory.page import DirectoryPage
from csa_desk.ui.pages.directory.same import SamePage
from csa_desk.ui.shell.place import Place
from tests.ui.pages.screen import Screen


def fill(desk: Desk) -> None:
    with desk.vault.write() as writing:
        writing.put(Agency(id="a", name="Linden Trust"), "imported")
        writing.put(Service(id="s1", agency="a", name="Linden therapy", phone="01632 960118"), "imported")
        writing.put(Service(id="s2", agency="a", name="Linden Therapy", phone="01632 960118"), "imported")


def test_two_that_are_one_are_linked_listed_once_and_parted_again(screen: Screen, desk: Desk) -> None:
    fill(desk)
    screen.go("directory")
    screen.press("More")
    screen.press("Perhaps the same")
    assert isinstance(screen.page, SamePage)
    assert "The same phone number, the same name, the same agency." in screen.words()
    screen.press("The same: Linden therapy and Linden Therapy")
    assert [item.reason for item in desk.vault.read.find(SameEntry)] == [
        "the same phone number, the same name, the same agency"
    ]
    screen.inside.go(Place("directory", item="s1"))
    assert isinstance(screen.page, DirectoryPage)
    assert screen.page.results.model().rowCount() == 1
    screen.press("Also listed as Linden Therapy")
    assert screen.page.place.item == "s2"
    screen.go("same")
    screen.press("Not the same after all: Linden therapy and Linden Therapy")
    assert "No two entries look the same" in screen.words()
    screen.go("directory")
    assert isinstance(screen.page, DirectoryPage)
    assert screen.page.results.model().rowCount() == 2


def test_what_is_different_is_not_asked_about_again(screen: Screen, desk: Desk) -> None:
    fill(desk)
    screen.go("same")
    screen.press("Different: Linden therapy and Linden Therapy")
    assert "No two entries look the same" in screen.words()
