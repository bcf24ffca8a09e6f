"""The main job by keys alone: add a child, assess, lock in mid-word, go on, sign off, agree a plan, print it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from csa_desk import settings
from csa_desk.casework.casefile import open_file
from csa_desk.casework.children import children
from csa_desk.casework.desk import Desk
from csa_desk.content.reading import Packs
from csa_desk.paths import resource
from csa_desk.settings import Settings
from csa_desk.store.check import check
from csa_desk.store.founding import Founder
from csa_desk.store.opening import Opener
from csa_desk.ui.look import apply_look
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.window import DeskWindow
from tests.conftest import PASSPHRASE
from tests.journeys.hands import CTRL, Hands

NAME = "<b>Rowan</b> & {{ x }} 🦉 רוואן"
HALF, REST = "a hand on the cush", "ion"


class Sitting:
    """A computer with one vault: locking throws the window away and shows a new one, as a new process would."""

    def __init__(self, opener: Opener, folder: Path, qtbot: QtBot) -> None:
        self.opener, self.folder, self.qtbot = opener, folder, qtbot
        self.locks: list[str] = []
        self.window = self._new("")

    def _new(self, why: str) -> DeskWindow:
        window = DeskWindow(
            self.opener.local_data,
            self._opener,
            self._relaunch,
            chosen=self.folder,
            locked_since="10:42" if why else "",
            why=why,
        )
        # A small laptop's: larger text leaves less room, not a larger screen.
        window.resize(1280, 800)
        self.qtbot.addWidget(window)
        with self.qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        self.qtbot.waitUntil(window.isActiveWindow)
        return window

    def _opener(self) -> Opener:
        return self.opener

    def _relaunch(self, _folder: Path | None, why: str) -> None:
        self.locks.append(why)
        old = self.window
        old.hide()
        self.window = self._new(why)
        old.deleteLater()

    def unlock(self) -> Hands:
        """Type the passphrase."""
        hands = Hands(self.window, self.qtbot)
        with self.qtbot.waitSignal(self.window.unlocked, timeout=20_000):
            hands.type(PASSPHRASE)
            hands.key(Qt.Key.Key_Return)
        return hands


@pytest.fixture(params=[100, 200], ids=["text 100 %", "text 200 %"])
def sitting(
    request: pytest.FixtureRequest, opener: Opener, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> Iterator[Sitting]:
    """A new training-free vault on a computer of its own, whose text is of this size."""
    settings.write(opener.local_data, Settings(text_size=request.param))
    folder = tmp_path / "eastmere.csadesk"
    opener.create(folder, PASSPHRASE, founder=Founder("Priya Nair"), sheet=False)
    found = Sitting(opener, folder, qtbot)
    yield found
    found.window.close()
    qtbot.waitUntil(lambda: found.window.inside is None)
    apply_look(qapp)


def paste(hands: Hands, text: str) -> None:
    """Put what no keyboard here can type on the clipboard and paste it, by keys."""
    QApplication.clipboard().setText(text)
    hands.key(Qt.Key.Key_V, CTRL)
    QApplication.clipboard().clear()


def answer_open_questions(hands: Hands, number: int) -> None:
    """Go from one open question to the next and choose not to say, as a child may."""
    for _ in range(number):
        hands.key(Qt.Key.Key_Down, CTRL)
        hands.key(Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)


def test_the_main_job_is_done_by_keys_alone_and_no_word_is_lost(sitting: Sitting, tmp_path: Path) -> None:
    hands = sitting.unlock()

    # A child is added.
    hands.key(Qt.Key.Key_2, CTRL)
    hands.key(Qt.Key.Key_N, CTRL)
    hands.tab_to("Name")
    paste(hands, NAME)
    hands.press("Not known")
    hands.press("England")
    hands.key(Qt.Key.Key_Return, CTRL)
    assert sitting.window.inside is not None
    assert sitting.window.inside.page is not None
    place = sitting.window.inside.page.place
    assert place.page == "overview"

    # The assessment is opened at its first open question, and answered.
    hands.key(Qt.Key.Key_PageDown, CTRL)
    assert sitting.window.inside.page.place.page == "assessment"
    hands.key(Qt.Key.Key_Return, CTRL)
    assert sitting.window.inside.page.place.page == "section"
    answer_open_questions(hands, 3)

    # Locked in mid-word, and back at the same field and the same place in the word.
    sitting.window.inside.go(_at("section", place.case, "about"))
    hands.tab_to("What sign will")
    hands.type(HALF)
    hands.key(Qt.Key.Key_Left)
    before = hands.name
    hands.key(Qt.Key.Key_L, CTRL)
    assert sitting.locks == ["key"]
    hands = sitting.unlock()
    assert hands.name == before
    hands.key(Qt.Key.Key_End)
    hands.type(REST)
    hands.key(Qt.Key.Key_Tab)
    hands.key(Qt.Key.Key_Tab)

    # Signed off.
    inside = sitting.window.inside
    assert inside is not None
    inside.go(_at("check-answers", place.case))
    hands.key(Qt.Key.Key_Return, CTRL)

    # A goal and an action are agreed.
    inside.go(_at("plan", place.case))
    hands.key(Qt.Key.Key_N, CTRL)
    hands.tab_to("Which need")
    hands.type("Sch")
    hands.fill("The goal", "Go to art club again")
    hands.press("Add this goal")
    hands.press("Add an action")
    hands.fill("What will be done", "Agree a safe adult for art club")
    hands.fill("Who leads", "Beth Lyle")
    hands.press("Add this action")
    hands.key(Qt.Key.Key_Return, CTRL)

    # Printed: the child is not at risk from paper in hand.
    hands.key(Qt.Key.Key_P, CTRL)
    target = tmp_path / "plan.pdf"
    hands.tab_to("Save it as")
    hands.key(Qt.Key.Key_A, CTRL)
    hands.type(str(target))
    hands.key(Qt.Key.Key_Return, CTRL)
    sitting.qtbot.waitUntil(target.exists)

    sitting.window.close()
    sitting.qtbot.waitUntil(lambda: sitting.window.inside is None)
    with sitting.opener.open(sitting.folder, PASSPHRASE) as vault:
        desk = Desk(vault, Packs(resource("content")))
        rows = children(desk)
        assert [row.name for row in rows] == [NAME]
        file = open_file(desk, rows[0].code)
        answers = {item.question: item for item in file.answers.values()}
        assert answers["stop-sign"].value == HALF + REST
        assert sum(item.state == "chose-not-to-say" for item in answers.values()) == 3
        assert [item.what for item in file.sign_offs] == ["assessment", "plan"]
        assert [(item.what, item.lead_name) for item in file.actions] == [
            ("Agree a safe adult for art club", "Beth Lyle")
        ]
        assert [item.edition for item in file.releases] == ["professional"]
        assert check(vault).findings == ()
    words = "".join(page.extract_text() for page in PdfReader(target).pages)
    assert "Go to art club again" in words
    assert "<b>Rowan</b> & {{ x }}" in words


def _at(page: str, case: str, item: str = "") -> Place:
    return Place(page, case, item)
