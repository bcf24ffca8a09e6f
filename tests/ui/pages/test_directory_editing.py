"""The directory by hand in the window: add, change, take out, put back; agreements; ring these five; export."""

from pathlib import Path

import pytest

from csa_desk.casework.casefile import open_file
from csa_desk.casework.desk import Desk
from csa_desk.casework.intake import add_child
from csa_desk.casework.planning import add_goal
from csa_desk.casework.shapes import ActionShape, CaseShape, ChildShape, GoalShape
from csa_desk.records.directory import Agency, Location, Service
from csa_desk.records.directory_facts import Agreement, Criterion, EscalationRoute
from csa_desk.records.fields import Record
from csa_desk.ui.pages.directory.agreements import AgreementsPage
from csa_desk.ui.pages.directory.editing import EntryForm
from csa_desk.ui.pages.directory.page import DirectoryPage
from csa_desk.ui.pages.directory.ring import RingPage
from csa_desk.ui.shell.place import Place
from tests.ui.pages.screen import ODD_NAMES, Screen

TRUST = Agency(id="a1", name="Linden Trust")
HOUSE = Location(id="l1", name="Quiet house", address="1 Secret Street", postcode="EM9 9ZZ", withheld=True)
THERAPY = Service(
    id="s1", agency="a1", name="Linden therapy", phone="01632 960118", locations=("l1",), status="active"
)


def put(desk: Desk, *records: Record) -> None:
    with desk.vault.write() as writing:
        for record in records:
            writing.put(record, "imported")


def page(screen: Screen) -> DirectoryPage:
    assert isinstance(screen.page, DirectoryPage)
    return screen.page


def form(screen: Screen) -> EntryForm:
    found = page(screen).doing.editing
    assert found is not None
    return found


def test_a_first_service_is_entered_in_an_empty_directory(screen: Screen, desk: Desk) -> None:
    screen.go("directory")
    screen.press("Add")
    screen.press("A service")
    assert form(screen).form.field("name").control.stops()[0].hasFocus()
    screen.write("Alder play", into="Name")
    screen.write("4.5", into="From age")
    screen.press("I rang them")
    screen.press("Save")
    made = desk.vault.read.find(Service)
    assert [(item.name, item.minimum_age, item.checked_on) for item in made] == [
        ("Alder play", "4.5", desk.today)
    ]
    assert page(screen).shown == made[0].id
    assert "Alder play" in screen.words()


def test_what_does_not_go_together_is_said_at_the_field_and_nothing_typed_is_lost(
    screen: Screen, desk: Desk
) -> None:
    put(desk, TRUST, THERAPY)
    screen.inside.go(Place("directory", item="s1"))
    screen.press("Change Linden therapy")
    screen.write("lots", into="From age")
    screen.press("Save")
    assert "has to be years" in screen.words()
    assert form(screen).form.value("minimum_age") == "lots"
    assert desk.vault.read.find(Service)[0].minimum_age == ""


def test_a_correction_changes_only_what_was_changed(screen: Screen, desk: Desk) -> None:
    put(desk, TRUST, HOUSE, THERAPY)
    screen.inside.go(Place("directory", item="s1"))
    screen.press("Change Linden therapy")
    form(screen).form.set_value("phone", "01632 960999")
    screen.press("Save")
    kept = desk.vault.read.find(Service)[0]
    assert (kept.phone, kept.agency, kept.locations, kept.status) == ("01632 960999", "a1", ("l1",), "active")


def test_a_rule_of_access_is_added_and_stands_on_the_card(screen: Screen, desk: Desk) -> None:
    put(desk, TRUST, THERAPY)
    screen.inside.go(Place("directory", item="s1"))
    screen.press("Add a rule of access")
    form(screen).form.set_value("about", "police-report")
    form(screen).form.set_value("rule", "either")
    screen.press("Save")
    assert [item.service for item in desk.vault.read.find(Criterion)] == ["s1"]
    assert "A report to police: it makes no difference" in screen.words()


def test_a_withheld_address_stands_in_its_form_alone(screen: Screen, desk: Desk) -> None:
    put(desk, TRUST, HOUSE, THERAPY)
    screen.inside.go(Place("directory", item="s1"))
    assert "Withheld address" in screen.words()
    assert "Secret" not in screen.words()


def test_an_entry_is_taken_out_undone_and_put_back_later(screen: Screen, desk: Desk) -> None:
    put(desk, TRUST, THERAPY)
    screen.inside.go(Place("directory", item="s1"))
    screen.press("Change Linden therapy")
    screen.press("Take this service out of the directory")
    assert desk.vault.read.find(Service) == []
    screen.press("Undo")
    assert [item.id for item in desk.vault.read.find(Service)] == ["s1"]
    screen.press("Change Linden therapy")
    screen.press("Take this service out of the directory")
    screen.press("More")
    screen.press("Taken out")
    screen.press("Linden therapy")
    assert [item.id for item in desk.vault.read.find(Service)] == ["s1"]


def test_leaving_the_form_gives_up_what_was_typed(screen: Screen, desk: Desk) -> None:
    put(desk, TRUST, THERAPY)
    screen.inside.go(Place("directory", item="s1"))
    screen.press("Change Linden therapy")
    screen.write("Something else", into="Name")
    screen.press("Leave it")
    assert desk.vault.read.find(Service)[0].name == "Linden therapy"
    assert not desk.vault.drafts("directory/edit/")


@pytest.mark.parametrize("name", ODD_NAMES)
def test_any_name_is_kept_as_it_was_typed(screen: Screen, desk: Desk, name: str) -> None:
    screen.go("directory")
    screen.press("Add")
    screen.press("An agency")
    form(screen).form.set_value("name", name)
    screen.press("Save")
    assert [item.name for item in desk.vault.read.find(Agency)] == [" ".join(name.split())]


# --- when it is stuck, and what was agreed ----------------------------------------------------------------------


def test_a_way_to_escalate_is_entered_and_stands_in_the_list(screen: Screen, desk: Desk) -> None:
    screen.go("agreements")
    assert "No way to escalate is entered." in screen.words()
    screen.press("Add a way to escalate")
    assert isinstance(screen.page, AgreementsPage)
    editing = screen.page.editing
    assert editing is not None
    editing.form.set_value("level", "lado")
    screen.write("01632 960700", into="Phone")
    screen.press("Save")
    assert [item.level for item in desk.vault.read.find(EscalationRoute)] == ["lado"]
    assert "LADO" in screen.words()
    assert "01632 960700" in screen.words()


def test_an_agreement_past_its_review_is_said_there_and_on_today(screen: Screen, desk: Desk) -> None:
    put(
        desk,
        TRUST,
        Agreement(
            id="g", what="information-sharing", title="Who tells whom", parties=("a1",), review="2026-11-01"
        ),
    )
    screen.go("agreements")
    assert "It is time to look at this again." in screen.words()
    assert "Information sharing between Linden Trust." in screen.words()
    screen.go("today")
    screen.press("1 agreement to look at again")
    assert isinstance(screen.page, AgreementsPage)


# --- ring these five --------------------------------------------------------------------------------------------


def test_one_press_checks_an_entry_and_the_next_comes_up(screen: Screen, desk: Desk) -> None:
    put(desk, TRUST, THERAPY, Service(id="s2", name="Larch", checked_on="2024-01-09"))
    case = add_child(desk, CaseShape(child=ChildShape(name="Rowan Bramley")))
    actions = [ActionShape(what="Go", service="s1"), ActionShape(what="Come", service="s2")]
    add_goal(desk, open_file(desk, case.code), GoalShape(need="health", words="Sleep", actions=actions))
    screen.go("ring")
    assert isinstance(screen.page, RingPage)
    assert [card.item.entry.name for card in screen.page.cards] == ["Linden therapy", "Larch"]
    assert "01632 960118" in screen.words()
    screen.press("Linden therapy: all is as it stands, checked by phone today")
    kept = desk.vault.read.get(Service, "s1")
    assert kept is not None
    assert (kept.checked_on, kept.checked_how) == (desk.today, "I rang them.")
    screen.press("Larch: something changed, open it")
    assert screen.page.place == Place("directory", item="s2")


def test_nothing_to_ring_is_said(screen: Screen) -> None:
    screen.go("ring")
    assert "Nothing to ring today" in screen.words()


# --- export -----------------------------------------------------------------------------------------------------


def test_the_directory_is_written_out_and_what_never_leaves_is_said_before(
    screen: Screen, desk: Desk, tmp_path: Path
) -> None:
    put(desk, TRUST, HOUSE, THERAPY)
    screen.go("directory")
    screen.press("More")
    screen.press("Export")
    assert "It never carries" in screen.words()
    screen.press("CSV table")
    screen.write(str(tmp_path / "out"), into="Where to?")
    exporting = page(screen).doing.exporting
    assert exporting is not None
    exporting.save()
    written = (tmp_path / "out.csv").read_text("utf-8-sig")
    assert "Linden therapy" in written
    assert "Secret" not in written
    assert "1 service" in screen.words()
