"""What every input has in common, so that a form can hold any of them. Used by form.py, not by pages.

A control says ``typed(text, cursor)`` while being typed in and ``chosen()`` when an option is picked; the
field asks ``value()`` when it is left.
"""

from abc import abstractmethod

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from csa_desk.ui.stylesheet import polish_again


class Control(QWidget):
    """The base of all inputs."""

    typed = Signal(str, int)
    chosen = Signal()

    @abstractmethod
    def value(self) -> object:
        """What is answered now; the empty value of its kind if nothing is."""

    @abstractmethod
    def set_value(self, value: object) -> None:
        """Show an answer without saying that anything was chosen."""

    @abstractmethod
    def draft(self) -> tuple[str, int]:
        """What stands in it, typed or chosen, as text; and where the cursor is. A secret is never a draft."""

    @abstractmethod
    def restore(self, text: str, cursor: int) -> None:
        """Put a draft back, so that the value is what it was; a focus proxy says where typing goes on."""

    def fault(self) -> str:
        """One sentence on what cannot be right, or empty."""
        return ""

    @abstractmethod
    def stops(self) -> list[QWidget]:
        """The widgets that take the focus, first one first."""

    def name_stops(self, label: str, description: str) -> None:
        """Give each of them its accessible name and description."""
        for stop in self.stops():
            stop.setAccessibleName(label)
            stop.setAccessibleDescription(description)

    def set_wrong(self, wrong: bool) -> None:
        """Mark or unmark it as the place of an error."""
        for stop in self.stops():
            mark_wrong(stop, wrong)

    def set_read_only(self, on: bool) -> None:
        """Show without letting it be changed."""
        for stop in self.stops():
            if isinstance(stop, QLineEdit | QPlainTextEdit):
                stop.setReadOnly(on)
                polish_again(stop)
            else:
                stop.setEnabled(not on)

    def forget_typing(self) -> None:
        """Drop what undo would bring back."""


def mark_wrong(widget: QWidget, wrong: bool) -> None:
    """Give one input the red border, or take it away."""
    if bool(widget.property("wrong")) != wrong:
        widget.setProperty("wrong", wrong)
        polish_again(widget)


def keep_private(widget: QWidget) -> None:
    """Tell input methods not to learn what is typed here."""
    widget.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
