"""Somebody asked to see the records; an archive; the doctor; what was on a lost laptop: by names and keys."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication

from csa_desk.casework import access_request, notes
from csa_desk.casework.access_request import Choice, Decision
from csa_desk.casework.assessing import Said, answer
from csa_desk.casework.casefile import CaseFile, open_file
from csa_desk.casework.intake import add_child
from csa_desk.casework.service import change_profile
from csa_desk.casework.shapes import CarerShape, CaseShape, ChildShape
from csa_desk.exchange import archive as exchange_archive
from csa_desk.records.register import Release
from csa_desk.ui.pages.access.archive import ArchivePage
from csa_desk.ui.pages.access.copy import AccessCopyPage
from csa_desk.ui.pages.access.items import ItemsCard
from csa_desk.ui.pages.access.page import AccessPage
from csa_desk.ui.pages.doctor.loss import LossPage
from csa_desk.ui.pages.doctor.page import DoctorPage, ReportPage
from csa_desk.ui.widgets.actions import Action
from tests.ui.pages.screen import ODD_NAMES, Screen

PASSPHRASE = "umbrella thirteen copper walrus sideways"


@pytest.fixture
def file(screen: Screen) -> CaseFile:
    """A child with a mother."""
    change_profile(screen.desk, profession="ch-isva")
    shape = CaseShape(
        child=ChildShape(name="Rowan Bramley", birth_date="2015-03-04"),
        carers=[CarerShape(name="Holly Bramley", relation="mum")],
    )
    made = open_file(screen.desk, add_child(screen.desk, shape).code)
    answer(screen.desk, made.case.id, "child", "good-at", Said("Cooking with Holly"))
    return made


def access(screen: Screen) -> AccessPage:
    assert isinstance(screen.page, AccessPage)
    return screen.page


def items(screen: Screen) -> ItemsCard:
    card = access(screen).items
    assert card is not None
    return card


def test_history_leads_to_the_request_and_to_the_archive(screen: Screen, file: CaseFile) -> None:
    screen.go("history", file.code)
    screen.press("Somebody asked to see the records")
    assert isinstance(screen.page, AccessPage)
    screen.go("history", file.code)
    screen.press("Make an archive")
    assert isinstance(screen.page, ArchivePage)


def test_a_childs_request_is_recorded_looked_at_and_answered(
    screen: Screen, file: CaseFile, tmp_path: Path
) -> None:
    screen.go("access", file.code)
    screen.press("Record a request")
    asks = access(screen).asking.asks
    assert asks is not None
    asks.set_value("standing", "child")
    screen.press("Record the request")
    screen.qtbot.waitUntil(lambda: access_request.open_request(screen.desk, file) is not None)
    screen.qtbot.waitUntil(lambda: "An answer is due on 24 December 2026." in screen.words())
    assert "Answer within one month" in screen.words()
    screen.press("Look at the copy")
    page = screen.page
    assert isinstance(page, AccessCopyPage)
    assert page.sheets.pages > 0
    # Enter does not save it unread: saving answers the request.
    assert QApplication.focusWidget() is page.sheets.forth
    out = tmp_path / "held.pdf"
    page.saving.form.set_value("path", str(out))
    screen.press("Save copy")
    assert out.read_bytes().startswith(b"%PDF-")
    assert screen.desk.vault.read.find(Release)[-1].what == "records"
    assert access_request.open_request(screen.desk, file) is None
    screen.press("Back to the history")
    assert screen.inside.page is not None
    assert screen.inside.page.place.page == "history"
    screen.go("access", file.code)
    assert "answered on 24 November 2026" in screen.words()


def test_a_parents_request_shows_nothing_before_the_best_interests_were_weighed(
    screen: Screen, file: CaseFile
) -> None:
    access_request.ask(screen.desk, file, asked_by="Holly Bramley", standing="parental-responsibility")
    screen.go("access", file.code)
    assert access(screen).items is None
    assert "Is it in the child’s best interests?" in screen.words()
    screen.go("access-copy", file.code)
    assert "First decide whether it is in the child’s best interests" in screen.words()
    screen.press("Open the request")
    screen.press("Decide")
    form = access(screen).weighing.asks
    assert form is not None
    screen.press("Record the decision")
    assert access_request.requests(screen.desk, file)[0].decision == ""
    screen.write("Rowan wants mum to read it", "What did you weigh?")
    form.set_value("decision", Decision.GIVE)
    assert [made.words for made in access(screen).findChildren(Action) if made.kind == "primary"] == [
        "Decide"
    ]
    screen.press("Record the decision")
    screen.qtbot.waitUntil(lambda: isinstance(screen.page, AccessPage) and access(screen).items is not None)
    assert access_request.requests(screen.desk, file)[0].best_interests == "Rowan wants mum to read it"
    assert "The records are given." in screen.words()


def test_what_was_typed_about_the_best_interests_is_there_again(screen: Screen, file: CaseFile) -> None:
    access_request.ask(screen.desk, file, asked_by="Holly Bramley", standing="parental-responsibility")
    screen.go("access", file.code)
    screen.press("Decide")
    screen.write("Half a tho", "What did you weigh?")
    screen.go("today")
    screen.go("access", file.code)
    form = access(screen).weighing.asks
    assert form is not None
    assert form.value("weighed") == "Half a tho"


def test_a_choice_about_an_item_outlasts_the_page_and_shapes_the_copy(screen: Screen, file: CaseFile) -> None:
    request = access_request.ask(screen.desk, file)
    found = access_request.items(screen.desk, file, request)
    carer = next(item for item in found if item.kind == "carer")
    screen.go("access", file.code)
    assert items(screen).choices[carer.key] == Choice.TAKE_OUT
    form = next(form for form in items(screen)._forms if carer.key in {field.key for field in form.fields})
    assert "It is about somebody else." in form.field(carer.key).hint.words
    field = form.field(carer.key)
    next(button for button in field.findChildren(QAbstractButton) if button.text() == "Keep").click()
    screen.settle()
    assert items(screen).choices[carer.key] == Choice.KEEP
    screen.go("today")
    assert access_request.chosen(screen.desk, file, request) == {carer.key: Choice.KEEP}
    screen.go("access", file.code)
    assert items(screen).choices[carer.key] == Choice.KEEP


def test_every_item_can_be_chosen_also_where_nothing_was_found(screen: Screen, file: CaseFile) -> None:
    request = access_request.ask(screen.desk, file)
    screen.go("access", file.code)
    card = items(screen)
    for drawer in (card.kept, card.others):
        drawer.set_open(True)
        screen.settle()
    asked = {field.key for form in card._forms for field in form.fields}
    assert asked == {item.key for item in access_request.items(screen.desk, file, request)}


def test_sealed_words_are_on_no_page_before_the_copy(screen: Screen, file: CaseFile) -> None:
    notes.seal_disclosure(screen.desk, file, {"words": "quincunx"})
    access_request.ask(screen.desk, file)
    screen.go("access", file.code)
    assert "quincunx" not in screen.words()
    assert "Sealed, and you hold it: you decide." in screen.words()


def test_an_archive_is_made_with_a_passphrase_of_its_own(
    screen: Screen, file: CaseFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange_archive, "locked", lambda content, _passphrase: content)
    screen.go("archive", file.code)
    page = screen.page
    assert isinstance(page, ArchivePage)
    out = tmp_path / "kept.zip.age"
    page.saving.form.set_value("path", str(out))
    for first, second, said in (
        ("password1", "password1", "too easy to guess"),
        (PASSPHRASE, "another", "The two are not the same"),
    ):
        page.form.set_value("new", first)
        page.form.set_value("again", second)
        screen.press("Make the archive")
        assert any(said in field.error for field in page.form.fields)
        assert not out.exists()
    page.form.set_value("new", PASSPHRASE)
    page.form.set_value("again", PASSPHRASE)
    screen.press("Make the archive")
    screen.qtbot.waitUntil(out.exists)
    screen.qtbot.waitUntil(lambda: "The archive is saved as copy" in screen.words())
    assert page.form.value("new") == ""
    assert screen.desk.vault.read.find(Release)[-1].what == "archive"
    assert [key for key in screen.desk.vault.drafts() if PASSPHRASE in key] == []


def test_who_may_not_answer_finds_neither_link_nor_page(screen: Screen, file: CaseFile) -> None:
    change_profile(screen.desk, profession="navigator")
    screen.go("history", file.code)
    assert "Somebody asked to see the records" not in screen.words()
    screen.go("access", file.code)
    assert not isinstance(screen.page, AccessPage)


@pytest.mark.parametrize("name", ODD_NAMES)
def test_odd_names_stand_as_text(screen: Screen, name: str) -> None:
    change_profile(screen.desk, profession="ch-isva")
    shape = CaseShape(child=ChildShape(name=name), carers=[CarerShape(name=f"{name} Elder", relation="mum")])
    made = open_file(screen.desk, add_child(screen.desk, shape).code)
    access_request.ask(screen.desk, made)
    screen.go("access", made.code)
    assert name in screen.words()


def test_settings_lead_to_the_doctor_and_back(screen: Screen, file: CaseFile, tmp_path: Path) -> None:
    screen.go("settings")
    assert "Open to the internet: nothing." in screen.words()
    screen.press("Everything the doctor says")
    page = screen.page
    assert isinstance(page, DoctorPage)
    words = screen.words()
    assert "What protects the records, as in force now" in words
    assert "AES-256-CBC" in words
    saved = save(screen, page, tmp_path / "doctor.txt")
    assert "Internet sockets: none" in saved
    assert "Rowan" not in saved
    screen.press("Settings")
    assert "Everything the doctor says" in screen.words()


def save(screen: Screen, page: ReportPage, out: Path) -> str:
    """What is written by *Save as text*."""
    page.saving.form.set_value("path", str(out))
    screen.press("Save as text")
    return out.read_text("utf-8")


def test_a_loss_report_counts_children_and_names_them_only_where_that_is_chosen(
    screen: Screen, file: CaseFile, tmp_path: Path
) -> None:
    screen.go("loss")
    page = screen.page
    assert isinstance(page, LossPage)
    assert "Rowan" not in save(screen, page, tmp_path / "plain.txt")
    assert "Hours to tell the Information Commissioner" in screen.words()
    screen.press("Put them in")
    assert "Rowan Bramley" in save(screen, page, tmp_path / "named.txt")
    assert (tmp_path / "named.txt").stat().st_mode & 0o077 == 0
