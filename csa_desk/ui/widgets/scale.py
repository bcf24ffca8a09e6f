"""The scale from 0 to 10.

Scale(low="Not at all", high="Completely")   value None or int; arrows, and digits (1 then 0 is ten)
"""

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csa_desk.ui.look import px
from csa_desk.ui.widgets.choices import OneOf, Option
from csa_desk.ui.widgets.flow import FlowLayout
from csa_desk.ui.widgets.text import Words

_SOON = 900  # milliseconds in which 1 and 0 make ten


class Scale(OneOf):
    """Eleven square radio buttons with words at both ends."""

    def __init__(self, low: str = "Not at all", high: str = "Completely") -> None:
        self._ends = (low, high)
        self._since_one = QElapsedTimer()
        super().__init__([Option(str(number), str(number)) for number in range(11)], shape="square")

    def _place(self, buttons: object, *, inline: bool) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(px(4))
        holder = QWidget()
        flow = FlowLayout(holder, 6, 6)
        for button in self._buttons:
            flow.addWidget(button)
        outer.addWidget(holder)
        ends = QWidget()
        ends.setMaximumWidth(px(11 * 46 + 10 * 6))
        row = QHBoxLayout(ends)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Words(self._ends[0], "small", "muted"), 1)
        high = Words(self._ends[1], "small", "muted")
        high.setAlignment(Qt.AlignmentFlag.AlignRight)
        row.addWidget(high, 1)
        outer.addWidget(ends)

    def value(self) -> object:
        """The number, or ``None``."""
        key = self.draft()[0]
        return int(key) if key else None

    def set_value(self, value: object) -> None:
        """Choose a number; anything else chooses none."""
        super().set_value(str(value) if isinstance(value, int) and not isinstance(value, bool) else "")

    def name_stops(self, label: str, description: str) -> None:
        """Say the meaning of both ends with the question."""
        low, high = self._ends
        ends = f"0 is {low.lower()}, 10 is {high.lower()}"
        super().name_stops(label, f"{description}. {ends}" if description else ends)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose; a button hands on the keys it does not use."""
        figure = event.text()
        if (
            len(figure) == 1
            and figure in "0123456789"
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            ten = figure == "0" and self._since_one.isValid() and self._since_one.elapsed() < _SOON
            self._since_one.invalidate()
            if figure == "1":
                self._since_one.start()
            self._go(10 if ten else int(figure))
            if figure != "1":
                self.chosen.emit()
            return
        super().keyPressEvent(event)
