"""Choosing from options.

    Option(key, words, hint="")
    OneOf(options, inline=False)      value "" or a key; radio rows, two columns from five options
    ManyOf(options, inline=False)     value: tuple of keys in the order of the options
    ButtonRow(options)                value "" or a key; radio buttons drawn as a row of buttons
    YES_NO: the three options yes, no, not_known

One Tab stop for a radio group, arrows inside. A click, Space or Enter says ``chosen()`` at once; arrows move
the choice, which counts when the group is left.
"""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QVBoxLayout,
    QWidget,
)

from csa_desk.ui.look import px
from csa_desk.ui.widgets.control import Control
from csa_desk.ui.widgets.flow import FlowLayout
from csa_desk.ui.widgets.options import YES_NO, CheckOption, Option, RadioOption, Shape

__all__ = ["YES_NO", "ButtonRow", "CheckOption", "ManyOf", "OneOf", "Option", "RadioOption"]


class _Grid(QWidget):
    """Options in one column, or in two from five options where the width allows."""

    def __init__(self, buttons: Sequence[QWidget]) -> None:
        super().__init__()
        self._buttons = list(buttons)
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(px(8))
        self._arrange(2 if len(self._buttons) >= 5 else 1)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for button in self._buttons:
            self._grid.removeWidget(button)
        for place, button in enumerate(self._buttons):
            self._grid.addWidget(button, place // columns, place % columns)
        for column in (0, 1):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def minimumSizeHint(self) -> QSize:
        """One column is always possible."""
        wide = max((button.minimumSizeHint().width() for button in self._buttons), default=0)
        return QSize(wide, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Go to one column where two would be cramped."""
        super().resizeEvent(event)
        self._arrange(2 if len(self._buttons) >= 5 and self.width() >= px(480) else 1)


class _Choices(Control):
    """Shared by the groups: laying the buttons out and naming them."""

    _buttons: "Sequence[RadioOption] | Sequence[CheckOption]"

    def name_stops(self, label: str, description: str) -> None:
        """The group has the question's name; each button has its own words, and the question as description."""
        self.setAccessibleName(label)
        self.setAccessibleDescription(description)
        for button in self._buttons:
            about = (label, button.option.hint, description)
            button.setAccessibleDescription(". ".join(part for part in about if part))

    def set_wrong(self, wrong: bool) -> None:
        """A missing choice is told by bar and sentence; the rows stay as they are."""

    def _place(self, buttons: Sequence[QWidget], *, inline: bool) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        if inline:
            holder = QWidget()
            flow = FlowLayout(holder, 8, 8)
            for button in buttons:
                flow.addWidget(button)
            outer.addWidget(holder)
        else:
            outer.addWidget(_Grid(buttons))


class OneOf(_Choices):
    """Radio rows; the value is the key of the chosen option, or empty."""

    def __init__(self, options: Sequence[Option], *, inline: bool = False, shape: Shape = "row") -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._buttons = [RadioOption(option, shape) for option in options]
        for button in self._buttons:
            self._group.addButton(button)
            button.moved.connect(self._move)
            button.clicked.connect(self.chosen)
        self._place(self._buttons, inline=inline or shape != "row")
        self._one_stop()

    def draft(self) -> tuple[str, int]:
        """The key of the chosen option."""
        return next((button.option.key for button in self._buttons if button.isChecked()), ""), 0

    def restore(self, text: str, cursor: int) -> None:
        """Choose by key."""
        self._choose(text)

    def value(self) -> object:
        """The key, or empty."""
        return self.draft()[0]

    def set_value(self, value: object) -> None:
        """Choose by key; an empty or unknown key chooses nothing."""
        self._choose(value)

    def _choose(self, key: object) -> None:
        self._group.setExclusive(False)
        for button in self._buttons:
            button.setChecked(button.option.key == key)
        self._group.setExclusive(True)
        self._one_stop()

    def stops(self) -> list[QWidget]:
        """All buttons, the chosen one first."""
        chosen: list[QWidget] = [button for button in self._buttons if button.isChecked()]
        return chosen + [button for button in self._buttons if not button.isChecked()]

    def _one_stop(self) -> None:
        chosen = next((button for button in self._buttons if button.isChecked()), self._buttons[0])
        for button in self._buttons:
            stop = Qt.FocusPolicy.StrongFocus if button is chosen else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(stop)

    def _move(self, step: int) -> None:
        here = next((place for place, button in enumerate(self._buttons) if button.hasFocus()), 0)
        self._go(here if self.value() == "" and not step else (here + step) % len(self._buttons))

    def _go(self, place: int) -> None:
        button = self._buttons[place]
        button.setChecked(True)
        self._one_stop()
        button.setFocus(Qt.FocusReason.TabFocusReason)


class ButtonRow(OneOf):
    """Radio buttons drawn as buttons: who is telling you, map or table, services or roles."""

    def __init__(self, options: Sequence[Option]) -> None:
        super().__init__(options, shape="button")


class ManyOf(_Choices):
    """Check rows; the value is a tuple of the ticked keys, in the order of the options."""

    def __init__(self, options: Sequence[Option], *, inline: bool = False) -> None:
        super().__init__()
        self._buttons = [CheckOption(option) for option in options]
        for button in self._buttons:
            button.clicked.connect(self.chosen)
        self._place(self._buttons, inline=inline)

    def value(self) -> object:
        """The ticked keys."""
        return tuple(button.option.key for button in self._buttons if button.isChecked())

    def set_value(self, value: object) -> None:
        """Tick by keys; unknown keys are left out."""
        keys = set(value) if isinstance(value, tuple | list | set | frozenset) else set()
        for button in self._buttons:
            button.setChecked(button.option.key in keys)

    def draft(self) -> tuple[str, int]:
        """The ticked keys, one on a line; the cursor is the number of the box with the focus."""
        here = next((place for place, button in enumerate(self._buttons) if button.hasFocus()), 0)
        return "\n".join(button.option.key for button in self._buttons if button.isChecked()), here

    def restore(self, text: str, cursor: int) -> None:
        """Tick by keys; typing goes on at the same box."""
        self.set_value(text.split("\n"))
        self.setFocusProxy(self._buttons[max(0, min(cursor, len(self._buttons) - 1))])

    def stops(self) -> list[QWidget]:
        """All check boxes."""
        return list(self._buttons)
