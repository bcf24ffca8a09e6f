"""Lock in mid-word on every page and in every form that can be opened there: the same words, field and cursor after.

Nothing is listed by hand: pages come from the program's own list, forms are found by pressing every button of a page.
"""

import random
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from csa_desk.casework.bringing_in import bring_in
from csa_desk.casework.desk import Desk
from csa_desk.demo.made import demo_file
from csa_desk.records.ids import new_id
from csa_desk.records.vault import OwnService
from csa_desk.settings import Settings
from csa_desk.store.founding import Founder
from csa_desk.store.header import VaultKind
from csa_desk.store.keys import KdfLimits
from csa_desk.store.opening import Opener
from csa_desk.ui.look import apply_look
from csa_desk.ui.pages import PAGES
from csa_desk.ui.shell.inside import Inside
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.choices import CheckOption, RadioOption
from csa_desk.ui.widgets.form import Field, Form
from csa_desk.ui.widgets.text_fields import GrowingText, LineText, PersonText
from tests.conftest import CHEAP, PASSPHRASE, SetClock
from tests.ui.pages.conftest import PACKS
from tests.ui.pages.test_fit import bring_demo, places

WORDS = "An owl by the canal, half wri"
TEXT = (LineText, GrowingText, PersonText)
# Fields that the walk must at least meet, so that it cannot go quiet by finding nothing.
LEAST = {
    "plan": 6,
    "add-child": 3,
    "section": 1,
    "settings": 10,
    "consent": 3,
    "directory": 2,
    "today": 1,
    "team": 3,
}
MOST_ROWS = 2
"""Buttons that are called alike stand in rows that are alike: so many of them are pressed."""


class Desktop:
    """A vault and the window over it; ``relock`` locks by the key and unlocks again."""

    def __init__(self, opener: Opener, folder: Path, qtbot: QtBot) -> None:
        self.opener, self.folder, self.qtbot = opener, folder, qtbot
        self.inside: Inside
        self.past: list[Inside] = []
        self.locked = 0
        self.code = ""

    def unlock(self) -> None:
        """Open the vault and show the window over it."""
        vault = self.opener.open(self.folder, PASSPHRASE)
        session = Session(Desk(vault, PACKS), Settings(), self.opener.local_data)
        session.take_back()
        self.inside = Inside(session)
        self.inside.locked.connect(self._count)
        self.qtbot.addWidget(self.inside)
        self.inside.resize(1280, 800)
        with self.qtbot.waitExposed(self.inside):
            self.inside.show()
        self.inside.activateWindow()
        self.qtbot.waitUntil(self.inside.isActiveWindow)
        self.inside.start()
        settle()

    def relock(self) -> None:
        """The Lock key, and the passphrase."""
        before = self.locked
        old = self.inside
        old.lock("key")
        assert self.locked == before + 1
        old.hide()
        self.past.append(old)
        self.unlock()

    def go(self, place: Place) -> None:
        """Go to a page."""
        self.inside.go(place)
        settle()

    @property
    def page(self) -> QWidget:
        assert self.inside.page is not None
        return self.inside.page

    def fields(self) -> dict[str, Field]:
        """The fields that can be typed into now, by what they ask and where they stand; secrets are never kept."""
        found: dict[str, Field] = {}
        for field in self.page.findChildren(Field):
            if field.isVisible() and isinstance(field.control, TEXT) and field.spec.drafted:
                stop = field.control.stops()[0]
                if stop.isEnabled() and not stop.property("readOnly"):
                    same = sum(key.startswith(f"{field.key}: {field.label.words}") for key in found)
                    found[f"{field.key}: {field.label.words} {same}"] = field
        return found

    def buttons(self) -> list[tuple[str, int, str]]:
        """The name of every button of the page, which of those that are called so, and the list of rows it is in."""
        found: list[tuple[str, int, str]] = []
        for button in self._pressable():
            name = button.accessibleName()
            rows = f"{type(button).__name__} in {id(button.parentWidget())}"
            found.append((name, sum(name == known for known, *_ in found), rows))
        return [item for item in found if item[1] < MOST_ROWS]

    def _pressable(self) -> list[QAbstractButton]:
        return [
            button
            for button in self.page.findChildren(QAbstractButton)
            if button.isVisible() and button.isEnabled() and not isinstance(button, CheckOption | RadioOption)
        ]

    def press(self, name: str, number: int) -> bool:
        """Press a button; whether it was still there."""
        found = [button for button in self._pressable() if button.accessibleName() == name]
        if number >= len(found):
            return False
        found[number].click()
        settle()
        return True

    def _count(self, _why: str) -> None:
        self.locked += 1


def settle() -> None:
    """Let what was asked for happen."""
    for _ in range(2):
        QApplication.sendPostedEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def type_into(field: Field, words: str) -> None:
    """Type at the end of a field, as keys would: the control hears it."""
    stop = field.control.stops()[0]
    stop.setFocus()
    if isinstance(stop, QLineEdit):
        stop.end(False)
        stop.insert(words)
        stop.textEdited.emit(stop.text())
    elif isinstance(stop, QPlainTextEdit):
        stop.moveCursor(stop.textCursor().MoveOperation.End)
        stop.insertPlainText(words)


def stand_back(field: Field, letters: int) -> None:
    """Put the cursor that many letters back."""
    stop = field.control.stops()[0]
    if isinstance(stop, QLineEdit):
        stop.cursorBackward(False, letters)
    elif isinstance(stop, QPlainTextEdit):
        cursor = stop.textCursor()
        cursor.setPosition(cursor.position() - letters)
        stop.setTextCursor(cursor)


def form_of(field: Field) -> QWidget | None:
    """The form a field stands in."""
    above = field.parentWidget()
    while above is not None and not isinstance(above, Form):
        above = above.parentWidget()
    return above


def lock_in_mid_word(desktop: Desktop, where: str, name: str) -> list[str]:
    """Type half a word into a field, lock, unlock; what of its form is not as it was, in words."""
    field = desktop.fields()[name]
    type_into(field, "12" if field.spec.kind == "number" else WORDS)
    stand_back(field, 1)
    if QApplication.focusWidget() not in field.control.stops():
        return [f"{where}: {name} did not take the keyboard"]
    form = form_of(field)
    before = {
        key: one.control.draft()[0]
        for key, one in desktop.fields().items()
        if form_of(one) is form or one is field
    }
    cursor = field.control.draft()[1]
    desktop.relock()
    after = desktop.fields()
    if name not in after:
        return [f"{where}: {name} is not there after the lock"]
    texts = {key: one.control.draft()[0] for key, one in after.items()}
    wrong = [
        f"{where}: {key} held {text!r}, now {texts.get(key)!r}"
        for key, text in before.items()
        if texts.get(key) != text
    ]
    if QApplication.focusWidget() not in after[name].control.stops():
        wrong.append(f"{where}: the keyboard is not in {name}")
    elif after[name].control.draft()[1] != cursor:
        wrong.append(f"{where}: the cursor of {name} was at {cursor}, is at {after[name].control.draft()[1]}")
    return wrong


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A training vault with the invented directory and one invented child; the child's code."""
    base = tmp_path_factory.mktemp("made")
    opener = Opener(base / "local", CHEAP, KdfLimits(floor=CHEAP), SetClock())
    founder = Founder("Priya Nair", "therapist", OwnService(id=new_id(), name="Eastmere Harbour"))
    folder = base / "desk.csadesk"
    opener.create(folder, PASSPHRASE, kind=VaultKind.TRAINING, founder=founder)
    with opener.open(folder, PASSPHRASE) as vault:
        desk = Desk(vault, PACKS)
        bring_in(desk, [demo_file("directory.json")])
        return folder, bring_demo(desk, "rowan-bramley")


@pytest.fixture
def desktop(
    made: tuple[Path, str], opener: Opener, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> Iterator[Desktop]:
    """A copy of that vault, unlocked."""
    apply_look(qapp, "light")
    found = Desktop(opener, Path(shutil.copytree(made[0], tmp_path / "desk.csadesk")), qtbot)
    found.code = made[1]
    found.unlock()
    yield found
    found.inside.lock("key")
    apply_look(qapp)


@pytest.mark.parametrize("page", PAGES)
def test_a_lock_in_mid_word_changes_nothing_anywhere_on_the_page(desktop: Desktop, page: str) -> None:
    place = next(one for one in places(desktop.code) if one.page == page)
    dice = random.Random(page)
    wrong: list[str] = []
    seen: set[str] = set()
    left: Counter[str] = Counter()
    desktop.go(place)
    for name, number, rows in [("", 0, ""), *desktop.buttons()]:
        if left[rows] >= MOST_ROWS:
            continue  # the rows of this list lead to other pages, which have a walk of their own
        desktop.go(place)
        if name and not desktop.press(name, number):
            continue
        assert desktop.inside.page is not None
        left[rows] += desktop.inside.page.place.page != page
        # What stands open for the first time; rows that are alike have forms that are alike.
        new = sorted(key for key in desktop.fields() if key.rpartition(" ")[0] not in seen)
        if desktop.inside.page.place.page != page or not new:
            continue
        seen |= {key.rpartition(" ")[0] for key in desktop.fields()}
        wrong += lock_in_mid_word(desktop, f"{page}, {name or 'as it opens'!r}", dice.choice(new))
    assert not wrong, "\n".join(wrong)
    assert len(seen) >= LEAST.get(page, 0), (
        "fewer fields were found than there are: does the walk still open them?"
    )
