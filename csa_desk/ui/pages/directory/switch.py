"""The head of the directory: its name, services or roles, and what can be done here."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csa_desk.ui.look import px
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.page import PageTitle
from csa_desk.ui.widgets.panes import WIDEST, side_margin

SERVICES, ROLES, MAPS = "services", "roles", "maps"
_PAGES = {SERVICES: "directory", ROLES: "role-card", MAPS: "maps"}
_WORDS = (Option(SERVICES, "Services"), Option(ROLES, "Roles"), Option(MAPS, "Maps"))


class DirectoryHead(QWidget):
    """Title row with the switch; ``trailing`` takes a button, ``below`` a search line."""

    def __init__(self, session: Session, showing: str) -> None:
        super().__init__()
        self.session = session
        self._showing = showing
        self._outer = QHBoxLayout(self)
        content = QWidget()
        self._content = content
        self._outer.addWidget(content, 1)
        self._outer.addStretch(0)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        self.title = PageTitle("Directory")
        self.trailing = self.title.trailing
        self.switch = Form()
        field = self.switch.add(FieldSpec("show", "Show", "row", options=_WORDS))
        field.label.hide()
        self.switch.set_value("show", showing)
        # A row that wraps asks for no more than its widest button; here all stand side by side.
        stops = [stop.sizeHint().width() for stop in field.control.stops()]
        self.switch.setMinimumWidth(sum(stops) + px(8) * (len(stops) - 1))
        self.switch.answered.connect(self._go)
        self.trailing.addWidget(self.switch)
        column.addWidget(self.title)
        self.below = QVBoxLayout()
        self.below.setSpacing(px(8))
        column.addLayout(self.below)
        self.fit(px(WIDEST))

    def minimumSizeHint(self) -> QSize:
        """Its height follows from its width and never makes the window taller."""
        return QSize(super().minimumSizeHint().width(), px(48))

    def fit(self, width: int) -> None:
        """Keep to the margins of a page that is this wide."""
        margin = side_margin(width)
        self._outer.setContentsMargins(margin, px(20), margin, px(8))
        self._content.setMaximumWidth(px(WIDEST))

    def _go(self, _key: str, value: object) -> None:
        if value in _PAGES and value != self._showing:
            self.session.go(Place(_PAGES[str(value)]))
