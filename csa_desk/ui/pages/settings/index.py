"""What the settings hold, group by group, as links: beside the page where there is room, else at its top."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QSizePolicy, QVBoxLayout, QWidget

from csa_desk.ui.look import px
from csa_desk.ui.widgets.buttons import LinkButton
from csa_desk.ui.widgets.flow import FlowLayout
from csa_desk.ui.widgets.page import PageBody
from csa_desk.ui.widgets.text import Words

WIDE = 200

GROUPS: Sequence[tuple[str, Sequence[tuple[str, str]]]] = (
    ("You", (("you", "About you"), ("passphrase", "Your passphrase"), ("recovery", "Recovery"))),
    ("This computer", (("look", "Text and colours"), ("lock", "Lock"))),
    (
        "Your service",
        (("service", "Your service"), ("practitioners", "Practitioners"), ("roles", "What each role may do")),
    ),
    (
        "The vault",
        (
            ("backups", "Backups"),
            ("check", "Vault check"),
            ("doctor", "Doctor"),
            ("about", "About CSA Desk"),
        ),
    ),
)
"""Group → its sections: key (a :class:`~csa_desk.ui.shell.place.Place`'s item) and words."""

SECTIONS = tuple(key for _, sections in GROUPS for key, _ in sections)


class Index(QWidget):
    """``chosen`` carries the key of a section."""

    chosen = Signal(str)

    def __init__(self, *, across: bool = False) -> None:
        super().__init__()
        self.links: dict[str, LinkButton] = {}
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2 if across else 16))
        for group, sections in GROUPS:
            column.addWidget(self._group(group, sections, across=across))

    def _group(self, title: str, sections: Sequence[tuple[str, str]], *, across: bool) -> QWidget:
        made = QWidget()
        column: QLayout
        if across:
            column = FlowLayout(made, 16, 0)
        else:
            column = QVBoxLayout(made)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
        column.addWidget(Words(title, "small-strong", "muted", wrap=not across))
        for key, words in sections:
            link = LinkButton(words, underline=False)
            link.setAccessibleName(f"Go to {words}")
            link.setProperty("section", key)
            link.clicked.connect(self._go)
            self.links[key] = link
            column.addWidget(link)
        return made

    def _go(self) -> None:
        link = self.sender()
        if link is not None:
            self.chosen.emit(str(link.property("section")))


class InSight(QWidget):
    """The whole height beside the page; the index goes up and down in it, so that it stays in sight."""

    def __init__(self, body: PageBody) -> None:
        super().__init__()
        self._body = body
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.index = Index()
        self.index.setParent(self)
        body.verticalScrollBar().valueChanged.connect(self._follow)

    def minimumSizeHint(self) -> QSize:
        """Room for the index."""
        return self.index.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The index is as wide as there is room."""
        super().resizeEvent(event)
        self._follow()

    def _follow(self) -> None:
        """Under what is above the page; in a window too low for all of it, it scrolls along."""
        size, page = self.index.sizeHint(), self._body.widget()
        low = self._body.viewport().height() < size.height() + px(20)
        gone = 0
        if not low and page is not None:
            top = self.mapTo(page, QPoint(0, 0)).y()
            gone = max(0, self._body.verticalScrollBar().value() + px(20) - top)
        self.index.setGeometry(
            0, min(gone, max(0, self.height() - size.height())), self.width(), size.height()
        )
