"""The window as a person works it: by the names things have and by keys."""

import re

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from csa_desk.casework.desk import Desk
from csa_desk.ui.shell.inside import Inside
from csa_desk.ui.shell.place import Place

ODD_NAMES = ("<b>Bold</b> & {{ x }}", "😀 Emoji 🧡", "אורי כהן", "Ŵynne Łukaš")


class Screen:
    """The inside of the window, worked like a person would: by name and by key."""

    def __init__(self, inside: Inside, qtbot: QtBot) -> None:
        self.inside = inside
        self.qtbot = qtbot

    @property
    def desk(self) -> Desk:
        """The desk behind the screen."""
        return self.inside.session.desk

    @property
    def page(self) -> QWidget:
        """The page that is shown."""
        assert self.inside.page is not None
        return self.inside.page

    def go(self, page: str, case: str = "", item: str = "") -> None:
        """Go to a page."""
        self.inside.go(Place(page, case, item))
        self.settle()

    def settle(self) -> None:
        """Let what was asked for happen: deleted rows go, layouts are made."""
        QApplication.sendPostedEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def named(self, name: str, kind: type[QWidget] = QWidget) -> QWidget:
        """The one visible widget of this page or of the window whose accessible name is this, else begins so."""
        found = [
            widget
            for widget in self.inside.findChildren(kind)
            if widget.isVisible()
            and widget.accessibleName().startswith(name)
            and (isinstance(widget, QLabel) is issubclass(kind, QLabel))
        ]
        exact = [widget for widget in found if widget.accessibleName() == name]
        found = exact or found
        assert found, f"Nothing on the screen is called {name!r}"
        return found[0]

    def buttons(self, name: str) -> list[QAbstractButton]:
        """Every button of this name in the window, shown or not."""
        return [made for made in self.inside.findChildren(QAbstractButton) if made.accessibleName() == name]

    def press(self, name: str) -> None:
        """Click the button, link, row or option of this name."""
        button = self.named(name, QAbstractButton)
        assert isinstance(button, QAbstractButton)
        button.click()
        self.settle()

    def write(self, text: str, into: str = "") -> None:
        """Type at the focus, or in the field of this name."""
        if into:
            field = (
                self.named(into, QLineEdit)
                if self._has(into, QLineEdit)
                else self.named(into, QPlainTextEdit)
            )
            field.setFocus()
        target = QApplication.focusWidget()
        assert target is not None
        if text.isascii() and len(text) < 100:
            QTest.keyClicks(target, text)
        elif isinstance(target, QLineEdit):
            target.insert(text)
            target.textEdited.emit(target.text())
        elif isinstance(target, QPlainTextEdit):
            target.insertPlainText(text)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key at the focus."""
        QTest.keyClick(QApplication.focusWidget() or self.inside, key, modifier)
        self.settle()

    def _has(self, name: str, kind: type[QWidget]) -> bool:
        return any(
            widget.isVisible() and widget.accessibleName().startswith(name)
            for widget in self.inside.findChildren(kind)
        )

    def words(self) -> str:
        """Everything that can be read on the page, in no order that counts."""
        said = [
            label.accessibleName() or label.text()
            for label in self.page.findChildren(QLabel)
            if label.isVisible()
        ]
        said += [
            button.accessibleName()
            for button in self.page.findChildren(QAbstractButton)
            if button.isVisible()
        ]
        return re.sub("\u200b", "", "\n".join(said))
