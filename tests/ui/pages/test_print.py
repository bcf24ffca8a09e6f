"""Print preview: the copy's own bytes, what is left out by count alone, checks before saving, the register."""

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from csa_desk.casework import consenting, planning
from csa_desk.casework.casefile import CaseFile, open_file
from csa_desk.casework.desk import Desk
from csa_desk.casework.intake import add_child
from csa_desk.casework.shapes import (
    ActionShape,
    CaseShape,
    ChildShape,
    ConsentShape,
    GoalShape,
    PlanShape,
    SafeContactShape,
    StageShape,
)
from csa_desk.ui.pages.plan import preview
from csa_desk.ui.pages.plan.preview import PrintPage
from tests.ui.pages.screen import ODD_NAMES, Screen

CTRL = Qt.KeyboardModifier.ControlModifier
GOAL = GoalShape(
    need="school", words="Go to art club again", actions=[ActionShape(what="Agree a safe adult")]
)


@pytest.fixture(autouse=True)
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Nothing is written into the home of whoever runs the tests."""
    monkeypatch.setattr(preview, "default_folder", _folder(tmp_path).absolute)
    return tmp_path


def _folder(tmp_path: Path) -> Path:
    made = tmp_path / "copies"
    made.mkdir()
    return made


def rowan(desk: Desk, *goals: GoalShape, letter: str = "no") -> CaseFile:
    rule = SafeContactShape(who="mum", number="07700 900123", letter=letter)  # type: ignore[arg-type]
    shape = CaseShape(
        child=ChildShape(name="Rowan Bramley", birth_date="2017-03-04"),
        safe_contact=rule,
        stages=[StageShape(stage="investigation", since="2026-10-20")],
    )
    file = open_file(desk, add_child(desk, shape).code)
    planning.import_plan(desk, file, PlanShape(goals=list(goals)))
    return open_file(desk, file.code)


def page_of(screen: Screen) -> PrintPage:
    assert isinstance(screen.page, PrintPage)
    return screen.page


def choose(screen: Screen, key: str, value: str) -> None:
    page_of(screen).form.set_value(key, value)
    page_of(screen)._prepare()
    screen.settle()


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_without_a_goal_there_is_nothing_to_print_and_a_way_on(screen: Screen, desk: Desk) -> None:
    file = rowan(desk)
    screen.go("print", file.code)
    assert "There is no plan to print yet" in screen.words()
    screen.key(Qt.Key.Key_Return, CTRL)
    assert screen.inside.page is not None
    assert screen.inside.page.place.page == "plan"


def test_what_is_saved_is_what_was_shown_and_it_is_in_the_register(
    screen: Screen, desk: Desk, own_folder: Path
) -> None:
    file = rowan(desk, GOAL)
    screen.go("print", file.code)
    shown = page_of(screen).prepared
    assert shown is not None
    screen.key(Qt.Key.Key_Return, CTRL)
    (saved,) = (own_folder / "copies").iterdir()
    assert saved.name == f"{file.code}-{shown.copy_number}.pdf"
    assert saved.read_bytes() == shown.pdf
    (release,) = open_file(desk, file.code).releases
    assert (release.copy_number, release.edition, release.recipient_name) == (
        shown.copy_number,
        "professional",
        "own file",
    )
    assert f"Copy {shown.copy_number} is saved." in screen.words()
    assert "In the register" in screen.words()
    now = page_of(screen).prepared
    assert now is not None
    assert now.copy_number != shown.copy_number
    assert f"Save copy {now.copy_number} as PDF" in screen.words()


def test_a_childs_copy_asks_first_whether_paper_is_safe_at_home(
    screen: Screen, desk: Desk, own_folder: Path
) -> None:
    file = rowan(desk, GOAL, letter="yes")
    screen.go("print", file.code)
    screen.press("Child")
    assert "Is it safe for this paper to be where Rowan lives?" in screen.words()
    shown = page_of(screen).prepared
    assert shown is not None
    assert "Go to art club again" not in text_of(shown.pdf)
    screen.key(Qt.Key.Key_Return, CTRL)
    assert "Answer whether the paper is safe at home." in screen.words()
    assert not list((own_folder / "copies").iterdir())
    screen.press("Yes")
    assert open_file(desk, file.code).at_home(desk.today) == "yes"
    shown = page_of(screen).prepared
    assert shown is not None
    assert "Go to art club again" in text_of(shown.pdf)
    screen.key(Qt.Key.Key_Return, CTRL)
    assert len(list((own_folder / "copies").iterdir())) == 1


def test_no_letters_home_must_be_seen_before_saving(screen: Screen, desk: Desk, own_folder: Path) -> None:
    file = rowan(desk, GOAL)
    consenting.set_home_safety(desk, file, "yes")
    screen.go("print", file.code)
    screen.press("Child")
    assert "No letters home" in screen.words()
    screen.key(Qt.Key.Key_Return, CTRL)
    assert "Look at “No letters home” first." in screen.words()
    assert not list((own_folder / "copies").iterdir())
    screen.key(Qt.Key.Key_Return)
    screen.key(Qt.Key.Key_Return, CTRL)
    assert len(list((own_folder / "copies").iterdir())) == 1


def test_an_agencys_copy_counts_what_is_left_out_by_kind_and_never_shows_it(
    screen: Screen, desk: Desk
) -> None:
    file = rowan(desk, GOAL)
    shape = ConsentShape(recipient="Oakridge", categories=["needs-and-plan"], by="Rowan")
    consenting.decide(desk, file, shape)
    screen.go("print", file.code)
    choose(screen, "recipient", "Oakridge")
    words = screen.words()
    shown = page_of(screen).prepared
    assert shown is not None
    assert shown.held_back["wishes-and-feelings"] == 2
    assert "Wishes and feelings (2)" in words
    assert "Go to art club again" not in words
    assert "Go to art club again" not in text_of(shown.pdf)
    assert "Holds what Oakridge may have: 1 kind of information" in words


def test_a_file_is_never_written_over_and_a_relative_path_is_refused(
    screen: Screen, desk: Desk, own_folder: Path
) -> None:
    file = rowan(desk, GOAL)
    screen.go("print", file.code)
    there = own_folder / "copies" / "there.pdf"
    there.write_bytes(b"precious")
    page = page_of(screen)
    page.path_form.set_value("path", str(there))
    screen.key(Qt.Key.Key_Return, CTRL)
    assert "There is a file of this name. Choose another name" in screen.words()
    assert there.read_bytes() == b"precious"
    page.path_form.set_value("path", "plan.pdf")
    screen.key(Qt.Key.Key_Return, CTRL)
    assert "Write the whole path, from the disk or from /" in screen.words()
    assert not open_file(desk, file.code).releases


def test_pages_turn_and_zoom_by_keys(screen: Screen, desk: Desk, qtbot: QtBot) -> None:
    goals = [
        GoalShape(need="school", words=f"Goal {n} " + "word " * 80, actions=[ActionShape(what="a " * 90)] * 4)
        for n in range(6)
    ]
    file = rowan(desk, *goals)
    screen.go("print", file.code)
    sheets = page_of(screen).sheets
    assert sheets.pages > 1
    sheets.forth.setFocus()
    screen.key(Qt.Key.Key_PageDown)
    assert sheets.page == 1
    assert f"Page 2 of {sheets.pages}" in screen.words()
    before = sheets._sheet.height()
    screen.key(Qt.Key.Key_Plus, CTRL)
    assert sheets._sheet.height() > before
    screen.key(Qt.Key.Key_0, CTRL)
    qtbot.waitUntil(_fits(sheets))


def _fits(sheets: preview.Sheets) -> object:
    def fits() -> bool:
        return sheets._sheet.height() <= sheets.area.viewport().height()

    return fits


def test_the_checklist_prints_for_the_own_file(screen: Screen, desk: Desk) -> None:
    file = rowan(desk)
    screen.go("print", file.code, "checklist/investigation/ch-isva")
    shown = page_of(screen).prepared
    assert shown is not None
    assert shown.what == "checklist"
    assert "Print the checklist" in screen.words()
    assert "This is the whole copy for your own file." in screen.words()


def test_a_narrow_window_shows_choices_or_pages(screen: Screen, desk: Desk) -> None:
    file = rowan(desk, GOAL)
    screen.inside.resize(800, 600)
    screen.go("print", file.code)
    page = page_of(screen)
    assert page._panel.isVisible()
    assert not page.sheets.isVisible()
    screen.press("Pages")
    assert page.sheets.isVisible()
    assert page.width() <= 800


def test_every_word_is_printed_as_text(screen: Screen, desk: Desk) -> None:
    file = rowan(desk, *(GoalShape(need="school", words=name) for name in (*ODD_NAMES, "z" * 10_000)))
    screen.go("print", file.code)
    shown = page_of(screen).prepared
    assert shown is not None
    assert ODD_NAMES[0] in text_of(shown.pdf)
    assert page_of(screen).sheets.pages >= 1


def test_with_nothing_agreed_the_preview_says_so_and_leads_to_consent(
    screen: Screen, desk: Desk, own_folder: Path
) -> None:
    file = rowan(desk, GOAL)
    consenting.decide(desk, file, ConsentShape(recipient="Oakridge", categories=["identity-and-contact"]))
    screen.go("print", file.code)
    page = page_of(screen)
    assert page.prepared is not None
    number = page.prepared.copy_number
    choose(screen, "recipient", "Oakridge")
    words = screen.words()
    assert "Nothing is agreed with Oakridge" in words
    assert "“Needs and plan”" in words
    assert page.prepared is None
    assert not page.sheets.isVisible()
    assert not page.save_button.isVisible()
    page._save()
    assert not list((own_folder / "copies").iterdir())
    assert not open_file(desk, file.code).releases
    choose(screen, "recipient", preview.OWN_FILE)
    assert page.prepared is not None
    assert page.prepared.copy_number == number
    assert page.sheets.isVisible()
    choose(screen, "recipient", "Oakridge")
    screen.key(Qt.Key.Key_Return, CTRL)
    assert screen.inside.page is not None
    assert screen.inside.page.place.page == "consent"


def test_actions_without_words_for_the_child_are_named_beside_the_copy_with_the_way_to_write_them(
    screen: Screen, desk: Desk
) -> None:
    file = rowan(desk, GOAL)
    consenting.set_home_safety(desk, file, "yes")
    screen.go("print", file.code)
    screen.press("Child")
    shown = page_of(screen).prepared
    assert shown is not None
    assert "No words for Rowan yet (1)" in screen.words()
    assert "Agree a safe adult" in screen.words()
    assert "Agree a safe adult" not in text_of(shown.pdf)
    screen.press("Write them")
    assert screen.inside.page is not None
    assert screen.inside.page.place.page == "plan"
    assert "How to say it to Rowan" in screen.words()
