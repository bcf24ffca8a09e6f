"""The keys of a page of the assessment: from question to question, who is telling, the other answers, help."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from csa_desk.ui.pages.assessment.origin import ALT
from csa_desk.ui.pages.assessment.question import OTHERS


class SectionKeys(QObject):
    """Shortcuts that work wherever the focus is on the page."""

    stepped = Signal(int)  # 1: the next open question, -1: the one before
    teller = Signal(int)  # who is telling, from 0
    other = Signal(str)  # an AnswerState for the current question
    still_right = Signal()
    help_asked = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        for keys, way in (("Ctrl+Down", 1), ("Ctrl+Up", -1)):
            self._key(keys, way).activated.connect(self._step)
        for number in range(5):
            self._key(f"{ALT}+{number + 1}", number).activated.connect(self._tell)
        for state, _, _, letter in OTHERS:
            self._key(f"{ALT}+{letter}", state.value).activated.connect(self._other)
        self._key(f"{ALT}+R", 0).activated.connect(self.still_right)
        self._key("F1", 0).activated.connect(self.help_asked)

    def _key(self, keys: str, what: object) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), self._page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.setProperty("what", what)
        return shortcut

    def _what(self) -> object:
        key = self.sender()
        return key.property("what") if key is not None else None

    def _step(self) -> None:
        self.stepped.emit(self._what())

    def _tell(self) -> None:
        self.teller.emit(self._what())

    def _other(self) -> None:
        self.other.emit(self._what())
