"""One computer with one vault that is locked and unlocked, and each thing that locks it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from csa_desk.store.opening import Opener
from csa_desk.ui.shell.computer import Leaving
from csa_desk.ui.shell.inside import Inside
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.window import DeskWindow
from tests.conftest import PASSPHRASE
from tests.ui.pages.sitting import CTRL, focused, hit, letters
from tests.ui.shell.told import ToldComputer

WORDS = "She draws fo"
FIELD = "What is Rowan good at or proud of?"


class Sitting:
    """One computer, one vault with one child. A lock throws the window away; ``unlock`` makes the next."""

    def __init__(self, opener: Opener, folder: Path, qtbot: QtBot, code: str) -> None:
        self.opener, self.folder, self.qtbot, self.code = opener, folder, qtbot, code
        self.locks: list[str] = []
        self.computer = ToldComputer()
        self.window: DeskWindow

    def unlock(self) -> None:
        """Type the passphrase into a new window."""
        self.computer = ToldComputer()
        self.window = DeskWindow(
            self.opener.local_data,
            self._opener,
            self._relaunch,
            chosen=self.folder,
            make_computer=self._computer,
        )
        self.qtbot.addWidget(self.window)
        with self.qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        with self.qtbot.waitSignal(self.window.unlocked, timeout=20_000):
            letters(PASSPHRASE)
            hit(Qt.Key.Key_Return)

    def end(self) -> None:
        """Close the window, also one that holds words."""
        if self.window.inside is not None and not self.window.close():
            self.inside.session.close()
            self.window.inside = None

    def write(self) -> None:
        """Half a word into a question, the cursor two letters before its end."""
        self.inside.go(Place("section", self.code, "strengths", "child/good-at"))
        letters(WORDS)
        hit(Qt.Key.Key_Left)
        hit(Qt.Key.Key_Left)
        letters("x")

    def is_as_before(self) -> bool:
        """The same words, the same field, the same cursor."""
        field = focused()
        return (
            isinstance(field, QPlainTextEdit)
            and field.accessibleName() == FIELD
            and field.toPlainText() == "She draws xfo"
            and field.textCursor().position() == len("She draws x")
        )

    @property
    def inside(self) -> Inside:
        assert self.window.inside is not None
        return self.window.inside

    def words(self) -> str:
        """What can be read over everything else."""
        cover = self.inside._lock_cover
        found = [label for label in cover.findChildren(QLabel) if label.isVisible()]
        return "\n".join(label.accessibleName() or label.text() for label in found)

    def _opener(self) -> Opener:
        return self.opener

    def _computer(self) -> ToldComputer:
        return self.computer

    def _relaunch(self, _folder: Path | None, why: str) -> None:
        self.locks.append(why)
        self.window.hide()


def press_lock_key(sitting: Sitting) -> None:
    hit(Qt.Key.Key_L, CTRL)


def click_lock(sitting: Sitting) -> None:
    item = sitting.inside.rail._lock
    QTest.mouseClick(item, Qt.MouseButton.LeftButton)


def nobody_there(sitting: Sitting) -> None:
    sitting.computer.idle = 300.0
    sitting.inside._idle._clock = _long_after
    sitting.inside._idle.tick()


def _long_after() -> float:
    return 10.0**9


def hidden_too_long(sitting: Sitting) -> None:
    hit(Qt.Key.Key_F12)
    sitting.inside._cover.too_long.emit()


def close_window(sitting: Sitting) -> None:
    sitting.window.close()


def screen(sitting: Sitting) -> None:
    sitting.computer.left.emit(Leaving.SCREEN)


def sleep(sitting: Sitting) -> None:
    sitting.computer.left.emit(Leaving.SLEEP)


def lid(sitting: Sitting) -> None:
    sitting.computer.left.emit(Leaving.LID)


def user(sitting: Sitting) -> None:
    sitting.computer.left.emit(Leaving.USER)


Trigger = Callable[[Sitting], None]
TRIGGERS: tuple[Trigger, ...] = (
    press_lock_key, click_lock, nobody_there, hidden_too_long, close_window, screen, sleep, lid, user,
)  # fmt: skip
