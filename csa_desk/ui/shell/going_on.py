"""The two buttons under a step: on, and back."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from csa_desk.ui.look import px
from csa_desk.ui.widgets.buttons import Button


class GoingOn(QWidget):
    """``on`` leads to the next step, ``back`` to the one before; both are bound methods of the page."""

    def __init__(self, on: Callable[[], object], back: Callable[[], object]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, px(8), 0, 0)
        row.setSpacing(px(12))
        self.on = Button("Continue", "primary")
        self.on.clicked.connect(on)
        row.addWidget(self.on)
        self.back = Button("Back", "quiet")
        self.back.clicked.connect(back)
        row.addWidget(self.back)
        row.addStretch(1)
