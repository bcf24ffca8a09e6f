"""Pictures of every widget: ``python -m tests.ui.gallery OUTDIR``, offscreen.

One page of widgets in light, dark, high contrast and training, at 100 % and 200 %, and one of forms.
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from csa_desk.ui.look import apply_look, color, px
from csa_desk.ui.widgets.boxes import Strip
from csa_desk.ui.widgets.buttons import LinkButton
from csa_desk.ui.widgets.marks import Chip
from csa_desk.ui.widgets.messages import ErrorSummary, Saved, Toast
from csa_desk.ui.widgets.page import PageBody
from csa_desk.ui.widgets.rail_item import Brand, Plate, RailItem, RailRule
from csa_desk.ui.widgets.ring import FocusRing
from csa_desk.ui.widgets.table import Table
from csa_desk.ui.widgets.tabs import Tabs
from csa_desk.ui.widgets.text import Elided
from csa_desk.ui.widgets.text_fields import SearchLine
from tests.ui.specimens import form_page, widgets_page


class Rail(QWidget):
    """A rail with its colours, as the shell will build one."""

    def __init__(self, training: bool) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(16), px(12), px(12))
        column.setSpacing(px(2))
        column.addWidget(Brand("Desk", "Practice set A" if training else "Eastmere"))
        column.addWidget(Plate(training))
        column.addSpacing(px(16))
        today = RailItem("Today", "sun-horizon", "Ctrl+1", 3)
        today.set_current(True)
        column.addWidget(today)
        column.addWidget(RailItem("Children", "users", "Ctrl+2"))
        column.addWidget(RailItem("Directory", "address-book", "Ctrl+3"))
        column.addWidget(RailItem("Guidance", "book-open-text", "Ctrl+4"))
        column.addWidget(RailItem("Exchange", "arrows-left-right", "Ctrl+5", 2))
        column.addStretch(1)
        column.addWidget(RailItem("Settings", "gear-six", "Ctrl+,"))
        column.addWidget(RailRule())
        hide = RailItem("Hide", "eye-slash", "F12")
        hide.set_side_words("F12")
        column.addWidget(hide)
        lock = RailItem("Lock", "lock-simple", "Ctrl+L")
        lock.set_side_words("Ctrl+L")
        column.addWidget(lock)
        self.setMinimumWidth(px(216))
        self.setMaximumWidth(px(216))

    def paintEvent(self, event: object) -> None:
        """The rail's ground."""
        from PySide6.QtGui import QPainter

        painter = QPainter(self)
        painter.fillRect(self.rect(), color("rail"))
        painter.end()


class Window(QWidget):
    """Rail, header strip, tabs and a page."""

    def __init__(self, page: PageBody, training: bool, *, rail: bool = True) -> None:
        super().__init__()
        self.setObjectName("page")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        if rail:
            row.addWidget(Rail(training))
        column = QVBoxLayout()
        column.setSpacing(0)
        strip = Strip()
        back = LinkButton("Assessment", icon="arrow-left")
        strip.row.addWidget(back)
        strip.row.addWidget(Elided("Rowan Bramley", "strong"))
        strip.row.addWidget(Chip("C-0417"))
        strip.row.addWidget(
            Chip(
                "Safe contact: mum’s mobile, weekdays 10 to 2. No voicemail, no letters",
                "warn",
                "shield-warning",
            )
        )
        strip.row.addStretch(1)
        saved = Saved()
        saved.set_saved("10:42")
        strip.row.addWidget(saved)
        column.addWidget(strip)
        head = QFrame()
        head.setProperty("box", "strip")
        tabs = QHBoxLayout(head)
        tabs.setContentsMargins(px(24), 0, px(24), 0)
        names = ["Overview", "Assessment", "Team", "Pre-trial therapy", "Plan", "Consent", "History"]
        tabs.addWidget(Tabs([(name.lower(), name) for name in names]), 1)
        column.addWidget(head)
        self.page = page
        search = QWidget()
        line = QVBoxLayout(search)
        line.setContentsMargins(px(36), px(8), px(36), 0)
        box = SearchLine("Search children")
        box.setText("br")
        line.addWidget(box)
        column.addWidget(search)
        column.addWidget(page, 1)
        row.addLayout(column, 1)
        self.ring = FocusRing(self)


def shoot(
    app: QApplication, out: Path, name: str, window: Window, size: tuple[int, int], focus: QWidget | None
) -> None:
    """Show the window at a size, let it settle, and keep the picture."""
    window.resize(*size)
    window.show()
    window.activateWindow()
    app.sendPostedEvents()
    app.processEvents()
    if focus is not None:
        focus.setFocus(Qt.FocusReason.TabFocusReason)
    app.processEvents()
    window.grab().save(str(out / f"{name}.png"))
    window.hide()
    window.deleteLater()
    app.processEvents()


def main(out: Path) -> None:
    """Make all the pictures."""
    app = QApplication(sys.argv[:1])
    out.mkdir(parents=True, exist_ok=True)
    looks = [
        ("light", "light", False, 100),
        ("dark", "dark", False, 100),
        ("contrast", "contrast", False, 100),
        ("training", "light", True, 100),
        ("training-dark", "dark", True, 100),
        ("light-200", "light", False, 200),
    ]
    for name, scheme, training, size in looks:
        apply_look(app, scheme, training, size)  # type: ignore[arg-type]
        width = 1920 if size == 200 else 1280
        page = widgets_page()
        window = Window(page, training)
        toast = Toast(page)
        toast.say("Action added to the plan")
        shoot(app, out, f"widgets-{name}", window, (width, 5000 if size == 200 else 2600), None)
        page = form_page()
        focus = page.findChild(ErrorSummary)
        shoot(app, out, f"form-{name}", Window(page, training), (width, 4300 if size == 200 else 2150), focus)
    apply_look(app, "light", False, 100)
    page = widgets_page()
    shoot(
        app, out, "widgets-narrow", Window(page, False, rail=False), (640, 2900), page.findChild(Table).view
    )
    page = form_page()
    shoot(app, out, "form-narrow", Window(page, False, rail=False), (480, 2700), page.findChild(SearchLine))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
