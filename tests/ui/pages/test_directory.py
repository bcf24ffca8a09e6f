"""The directory page: search on each key, every fact with its freshness, checking an entry, importing."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit

from csa_desk.casework.desk import Desk
from csa_desk.casework.directory_editing import change_entry
from csa_desk.casework.directory_entry import check_entry, entries_for_role, entry_of, view_entry
from csa_desk.errors import InputError
from csa_desk.records.directory import Agency, AgencyRole, Contact, Location, Service
from csa_desk.records.directory_facts import ColumnMapping
from csa_desk.records.fields import Record
from csa_desk.records.ids import new_id
from csa_desk.ui.pages.directory.filtering import FilterCard
from csa_desk.ui.pages.directory.freshness import sign
from csa_desk.ui.pages.directory.importing import ImportCard
from csa_desk.ui.pages.directory.page import DirectoryPage
from tests.ui.pages.screen import ODD_NAMES, Screen

TRUST = Agency(id=new_id(), name="Linden Trust", phone="01632 960100", checked_on="2026-11-03")
HOUSE = Location(id=new_id(), name="Linden House", address="4 Mill Lane\nEastmere", checked_on="2026-11-03")
HIDDEN = Location(
    id=new_id(), name="Quiet house", address="1 Secret Street", postcode="EM9 9ZZ", withheld=True
)
THERAPY = Service(
    id=new_id(),
    agency=TRUST.id,
    name="Linden House therapy",
    phone="01632 960118",
    minimum_age="4",
    maximum_age="17",
    wait="About 6 weeks",
    areas=[{"name": "Eastmere"}],
    locations=(HOUSE.id, HIDDEN.id),
    checked_on="2026-10-02",
    commissioner="Police and crime commissioner",
)
PLAY = Service(id=new_id(), agency=TRUST.id, name="Brookside play therapy", checked_on="2024-01-09")
PERSON = Contact(id=new_id(), service=THERAPY.id, name="Jo Adeyemi", title="Team lead", phone="01632 960119")
MAILBOX = Contact(
    id=new_id(), service=THERAPY.id, name="Referrals", email="refer@linden.example", role_mailbox=True
)


def put(desk: Desk, *records: Record) -> None:
    with desk.vault.write() as writing:
        for record in records:
            writing.put(record, "imported")


def fill(desk: Desk) -> None:
    put(desk, TRUST, HOUSE, HIDDEN, THERAPY, PLAY, PERSON, MAILBOX)


def page(screen: Screen) -> DirectoryPage:
    assert isinstance(screen.page, DirectoryPage)
    return screen.page


def listed(screen: Screen) -> list[str]:
    model = page(screen).results.model()
    spoken = Qt.ItemDataRole.AccessibleTextRole
    return [str(model.data(model.index(row, 0), spoken)) for row in range(model.rowCount())]


def shown_entry(screen: Screen, name: str) -> None:
    """Wait until the entry of this name stands at the right."""
    screen.qtbot.waitUntil(lambda: _there(screen, name))


def _there(screen: Screen, name: str) -> bool:
    card = page(screen).card
    return card is not None and card.accessibleName() == name


def test_an_empty_directory_says_what_it_is_for_and_offers_the_import(screen: Screen) -> None:
    screen.go("directory")
    assert "The directory is empty" in screen.words()
    assert screen.inside.focusWidget() is screen.named("Import a directory")
    screen.key(Qt.Key.Key_Return)
    assert screen.inside.focusWidget() is screen.named("Where are the files?", QLineEdit)


def test_search_on_each_key_over_services_and_agencies(screen: Screen) -> None:
    fill(screen.desk)
    screen.go("directory")
    assert screen.inside.focusWidget() is page(screen).search
    assert listed(screen) == [
        "Brookside play therapy, Linden Trust, Unproven, 9 January 2024",
        "Linden House therapy, Linden Trust, Fresh, 2 Oct",
    ]
    screen.write("lind")
    assert {line.split(",")[0] for line in listed(screen)} == {"Linden House therapy", "Linden Trust"}
    screen.write("en house")
    assert [line.split(",")[0] for line in listed(screen)] == ["Linden House therapy"]
    screen.key(Qt.Key.Key_Return)
    assert screen.inside.focusWidget() is page(screen).results
    shown_entry(screen, "Linden House therapy")


def test_nothing_that_fits_is_said_and_escape_brings_everything_back(screen: Screen) -> None:
    fill(screen.desk)
    screen.go("directory")
    screen.write("zzzzqqqq")
    screen.settle()
    assert "Nothing fits these words" in screen.words()
    screen.key(Qt.Key.Key_Escape)
    assert page(screen).search.text() == ""
    assert len(listed(screen)) == 2


def test_every_fact_has_its_freshness_and_a_withheld_address_says_so(screen: Screen) -> None:
    fill(screen.desk)
    screen.go("directory", item=THERAPY.id)
    words = screen.words()
    for part in (
        "01632 960118",
        "4 to 17",
        "Linden House\n4 Mill Lane\nEastmere",
        "Withheld. Never printed.",
        "Police and crime commissioner",
        "Fresh, 2 Oct",
        "Not known: how to refer, waiting time, opening times. Ask when you are in touch.",
    ):
        assert part in words
    assert "Secret Street" not in words
    assert "EM9" not in words
    assert "Quiet house" not in words
    view = view_entry(screen.desk, entry_of(screen.desk, THERAPY.id))
    assert [person.name for person in view.people] == ["Referrals", "Jo Adeyemi"]
    assert {fact.name: fact.freshness for fact in view.facts}["Phone"] == "fresh"


@pytest.mark.parametrize(
    ("as_at", "checked", "how", "shown"),
    [
        ("", "2026-11-03", "checked by the publisher", "About 6 weeks (as at 3 November 2026)"),
        ("", "2026-10-02", "checked by the publisher", ""),
        ("", "", "", ""),
        ("2026-11-10", "", "", "About 6 weeks (as at 10 November 2026)"),
        ("2026-08-10", "2026-11-03", "checked by the publisher", ""),
        ("2026-08-10", "2026-11-03", "rang", "About 6 weeks (as at 3 November 2026)"),
    ],
)
def test_a_waiting_time_past_its_age_disappears_rather_than_lie(
    screen: Screen, as_at: str, checked: str, how: str, shown: str
) -> None:
    service = replace(THERAPY, wait_as_at=as_at, checked_on=checked, checked_how=how)
    put(screen.desk, TRUST, HOUSE, HIDDEN, service)
    screen.go("directory", item=service.id)
    assert ("About 6 weeks" in screen.words()) == bool(shown)
    assert (shown or "Not known") in screen.words()


def test_an_agency_shows_what_it_offers_and_leads_there(screen: Screen) -> None:
    fill(screen.desk)
    screen.go("directory", item=TRUST.id)
    screen.press("Brookside play therapy")
    shown_entry(screen, "Brookside play therapy")


def test_i_checked_this_today_writes_who_when_and_how_and_shows_it_at_once(screen: Screen) -> None:
    fill(screen.desk)
    screen.go("directory", item=THERAPY.id)
    screen.press("I checked this today")
    screen.press("Save this check")
    assert "Say how you checked it" in screen.words()
    screen.press("I rang them")
    screen.write("The wait is 8 weeks now", into="What has changed? (optional)")
    screen.press("Save this check")
    read = screen.desk.vault.read
    kept = read.get(Service, THERAPY.id)
    assert kept is not None
    assert (kept.checked_on, kept.checked_by) == ("2026-11-24", screen.desk.vault.practitioner)
    assert kept.checked_how == "I rang them. What changed: The wait is 8 weeks now"
    assert kept.wait == THERAPY.wait
    person, hidden = read.get(Contact, PERSON.id), read.get(Location, HIDDEN.id)
    assert person is not None
    assert hidden is not None
    assert person.checked_on == hidden.checked_on == "2026-11-24"
    assert (hidden.address, hidden.withheld) == (HIDDEN.address, True)
    assert "The wait is 8 weeks now" in screen.words()
    assert "Linden House therapy, Linden Trust, Fresh, 24 Nov" in listed(screen)
    assert not screen.desk.vault.drafts("directory/")


def test_leaving_the_check_keeps_nothing(screen: Screen) -> None:
    fill(screen.desk)
    screen.go("directory", item=THERAPY.id)
    screen.press("I checked this today")
    screen.write("Half a word", into="What has changed? (optional)")
    screen.press("Leave it")
    screen.inside.session.drafts.flush()
    assert not screen.desk.vault.drafts("directory/")
    kept = screen.desk.vault.read.get(Service, THERAPY.id)
    assert kept is not None
    assert kept.checked_on == THERAPY.checked_on
    assert screen.inside.focusWidget() is screen.named("I checked this today")


def test_what_is_half_written_about_a_check_is_there_again_after_going_away(screen: Screen) -> None:
    fill(screen.desk)
    screen.go("directory", item=THERAPY.id)
    screen.press("I checked this today")
    screen.write("Half a word", into="What has changed? (optional)")
    screen.go("today")
    screen.go("directory", item=THERAPY.id)
    screen.press("I checked this today")
    field = screen.named("What has changed? (optional)", QPlainTextEdit)
    assert isinstance(field, QPlainTextEdit)
    assert field.toPlainText() == "Half a word"


def test_a_way_of_checking_that_is_none_is_refused(desk: Desk) -> None:
    fill(desk)
    with pytest.raises(InputError, match="how you checked"):
        check_entry(desk, entry_of(desk, THERAPY.id), "guessed")


def oruk(name: str = "Moorside family therapy") -> dict[str, object]:
    return {
        "id": "ac148810-d857-441c-9679-408f346de14b",
        "name": name,
        "status": "active",
        "organization": {"id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610", "name": "Moorside Trust"},
    }


def imports(screen: Screen, path: Path | str) -> None:
    screen.go("directory")
    screen.press("More")
    screen.press("Import")
    screen.write(str(path), into="Where are the files?")
    card = page(screen).importing
    assert card is not None
    card.start()
    if card.columns is not None:
        screen.settle()
        screen.press("Read it so")
    screen.qtbot.waitUntil(lambda: not card.busy or card.difference is not None)
    screen.settle()
    if card.difference is not None:
        screen.press("Take in what is ticked")
    screen.qtbot.waitUntil(lambda: not card.busy)
    screen.settle()


def test_an_import_is_told_record_by_record_and_the_second_time_changes_nothing(
    screen: Screen, tmp_path: Path
) -> None:
    (tmp_path / "feed").mkdir()
    (tmp_path / "feed" / "one.json").write_text(json.dumps(oruk()), "utf-8")
    (tmp_path / "feed" / "broken.json").write_text("{", "utf-8")
    imports(screen, tmp_path / "feed")
    assert "2 records are in the directory." in screen.words()
    assert "2 new, 0 changed, 0 as they were." in screen.words()
    assert "broken.json" in screen.words()
    assert [line.split(",")[0] for line in listed(screen)] == ["Moorside family therapy"]
    imports(screen, tmp_path / "feed")
    assert "0 new, 0 changed, 2 as they were." in screen.words()
    assert screen.desk.vault.read.count(Service) == 1


def test_an_import_keeps_what_people_here_made_sure_of(screen: Screen, tmp_path: Path) -> None:
    feed = tmp_path / "one.json"
    feed.write_text(json.dumps(oruk()), "utf-8")
    imports(screen, feed)
    record = screen.desk.vault.read.find(Service)[0]
    check_entry(screen.desk, entry_of(screen.desk, record.id), "visited")
    feed.write_text(json.dumps(oruk("Moorside therapy for families")), "utf-8")
    imports(screen, feed)
    kept = screen.desk.vault.read.find(Service)[0]
    assert (kept.name, kept.checked_on) == ("Moorside therapy for families", "2026-11-24")


@pytest.mark.parametrize(
    ("typed", "said"), [("", "Say where the files are"), ("/no/such/place", "There is no file or folder")]
)
def test_an_import_without_files_is_refused_beside_the_field(screen: Screen, typed: str, said: str) -> None:
    fill(screen.desk)
    imports(screen, typed)
    assert said in screen.words()
    assert screen.inside.focusWidget() is screen.named("Where are the files?", QLineEdit)


def test_a_file_that_holds_nothing_changes_nothing_and_says_so(screen: Screen, tmp_path: Path) -> None:
    fill(screen.desk)
    (tmp_path / "broken.json").write_text("{", "utf-8")
    imports(screen, tmp_path / "broken.json")
    assert "Nothing could be taken in." in screen.words()
    assert screen.desk.vault.read.count(Service) == 2


@pytest.mark.parametrize("name", ODD_NAMES)
def test_what_records_hold_is_shown_as_text(screen: Screen, name: str) -> None:
    put(screen.desk, TRUST, replace(PLAY, name=name, description=name, phone=name, alert=name))
    screen.go("directory", item=PLAY.id)
    assert screen.words().count(name) >= 4
    assert listed(screen)[0].startswith(name)


def test_ten_thousand_characters_are_shown_and_kept(screen: Screen) -> None:
    fill(screen.desk)
    screen.go("directory", item=THERAPY.id)
    screen.press("I checked this today")
    screen.press("I rang them")
    screen.write("so long " * 1250, into="What has changed? (optional)")
    screen.press("Save this check")
    kept = screen.desk.vault.read.get(Service, THERAPY.id)
    assert kept is not None
    assert len(kept.checked_how) > 9_990


def test_a_narrow_window_shows_list_or_entry(screen: Screen) -> None:
    fill(screen.desk)
    screen.inside.resize(900, 600)
    screen.go("directory")
    assert page(screen).panes.narrow
    assert not page(screen).pane.isVisible()
    page(screen).results.setFocus()
    screen.key(Qt.Key.Key_Down)
    screen.key(Qt.Key.Key_Return)
    assert page(screen).pane.isVisible()
    assert not page(screen).results.isVisible()
    screen.press("All results")
    assert page(screen).results.isVisible()


def test_roles_are_one_choice_away(screen: Screen) -> None:
    fill(screen.desk)
    screen.go("directory")
    screen.press("Roles")
    assert screen.inside.page is not None
    assert screen.inside.page.place.page == "role-card"


def test_who_plays_a_role_is_found_and_a_part_that_outlived_its_entry_is_passed_over(desk: Desk) -> None:
    fill(desk)
    put(
        desk,
        AgencyRole(id=new_id(), agency=TRUST.id, role="therapist", service=THERAPY.id),
        AgencyRole(id=new_id(), agency=new_id(), role="therapist"),
    )
    assert [entry.name for entry in entries_for_role(desk, "therapist")] == ["Linden House therapy"]


def test_the_sign_has_a_word_and_the_year_where_it_is_another() -> None:
    assert sign("fresh", "2026-11-03", "2026") == ("circle", "Fresh, 3 Nov", "ok")
    assert sign("ageing", "2025-11-03", "2026")[1] == "Ageing, 3 November 2025"
    assert sign("unproven", "", "2026")[1] == "Unproven"


def test_an_import_shows_the_difference_first_and_takes_what_is_ticked(
    screen: Screen, tmp_path: Path
) -> None:
    feed = tmp_path / "one.json"
    feed.write_text(json.dumps(oruk()), "utf-8")
    imports(screen, feed)
    record = screen.desk.vault.read.find(Service)[0]
    change_entry(screen.desk, record, {"name": "Moorside, our name"})
    card = begins(screen, feed)
    assert card.difference is not None
    assert "1 corrected here" in card.difference.summary
    option = screen.named("Moorside family therapy, service", QAbstractButton)
    assert (
        "the document says Moorside family therapy"
        in option.accessibleName() + option.accessibleDescription()
    )
    assert card.difference.chosen == set()
    screen.press("Take in what is ticked")
    screen.qtbot.waitUntil(lambda: not card.busy)
    screen.settle()
    assert screen.desk.vault.read.find(Service)[0].name == "Moorside, our name"
    assert "1 left as they stand here." in screen.words()
    card = begins(screen, feed)
    assert card.difference is not None
    screen.press("Tick all: Corrected here")
    screen.press("Take in what is ticked")
    screen.qtbot.waitUntil(lambda: not card.busy)
    screen.settle()
    assert screen.desk.vault.read.find(Service)[0].name == "Moorside family therapy"


def test_changing_nothing_leaves_the_directory_as_it_was(screen: Screen, tmp_path: Path) -> None:
    feed = tmp_path / "one.json"
    feed.write_text(json.dumps(oruk()), "utf-8")
    card = begins(screen, feed)
    assert card.difference is not None
    screen.press("Change nothing")
    assert not card.busy
    assert screen.desk.vault.read.count(Service) == 0
    assert card.form.value("path") == str(feed)


def test_the_columns_of_a_table_are_put_right_once_and_remembered(screen: Screen, tmp_path: Path) -> None:
    table = tmp_path / "odd.csv"
    table.write_text("service name,ring us\nAlder play,01632 960118\n", "utf-8")
    card = begins(screen, table)
    assert card.columns is not None
    assert "01632 960118" in screen.words()
    card.columns.form.set_value("c1", "phone")
    screen.press("Read it so")
    screen.qtbot.waitUntil(lambda: card.difference is not None)
    screen.settle()
    screen.press("Take in what is ticked")
    screen.qtbot.waitUntil(lambda: not card.busy)
    screen.settle()
    assert [(item.name, item.phone) for item in screen.desk.vault.read.find(Service)] == [
        ("Alder play", "01632 960118")
    ]
    card = begins(screen, table)
    assert card.columns is None


def test_what_a_row_is_can_be_said_and_changing_nothing_remembers_nothing(
    screen: Screen, tmp_path: Path
) -> None:
    table = tmp_path / "odd.csv"
    table.write_text("title,code,ring us\nAlder,E06000001,01632 960118\n", "utf-8")
    card = begins(screen, table)
    assert card.columns is not None
    screen.press("An agency")
    assert card.columns.guess.target == "agency"
    screen.press("Change nothing")
    assert not card.busy
    assert screen.desk.vault.read.count(ColumnMapping) == 0


def test_a_table_is_known_by_its_file(screen: Screen, tmp_path: Path) -> None:
    table = tmp_path / "services.csv"
    table.write_text("service name,organisation,phone\nAlder play,Alder Trust,01632 960118\n", "utf-8")
    imports(screen, table)
    assert [item.name for item in screen.desk.vault.read.find(Service)] == ["Alder play"]


def begins(screen: Screen, path: Path) -> ImportCard:
    """Open the import, give it a file, and wait for the difference."""
    screen.go("directory")
    screen.press("More")
    screen.press("Import")
    screen.write(str(path), into="Where are the files?")
    card = page(screen).importing
    assert card is not None
    card.start()
    screen.qtbot.waitUntil(lambda: not card.busy or card.difference is not None or card.columns is not None)
    screen.settle()
    return card


def test_the_list_is_narrowed_by_kind_and_all_is_listed_again(screen: Screen) -> None:
    fill(screen.desk)
    put(screen.desk, replace(PLAY, types=("play therapy",)))
    screen.go("directory")
    screen.press("Filter")
    card = page(screen).pane.findChild(FilterCard)
    assert card is not None
    card.form.set_value("kind", "csa-therapy")
    card.form.answered.emit("kind", "csa-therapy")
    assert "1 service by this filter" in screen.words()
    screen.press("Show the list")
    assert page(screen).results.hasFocus()
    assert [line.split(",")[0] for line in listed(screen)] == ["Brookside play therapy"]
    page(screen).search.setText("linden")
    page(screen).search.textEdited.emit("linden")
    assert "Nothing fits" in screen.words()
    screen.press("Filter (1)")
    screen.press("List all again")
    assert {line.split(",")[0] for line in listed(screen)} == {"Linden Trust", "Linden House therapy"}
