"""A page under the directory: the way back, a title, and a column below it."""

from PySide6.QtWidgets import QWidget

from csa_desk.ui.shell.page import Page
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.buttons import LinkButton
from csa_desk.ui.widgets.flow import FlowLayout
from csa_desk.ui.widgets.page import PageBody, PageTitle


class UnderDirectory(Page):
    """What is added goes to ``body``; call ``body.finish()`` at the end."""

    rail = "directory"

    def __init__(self, session: Session, place: Place, title: str) -> None:
        super().__init__(session, place)
        self.body = PageBody()
        self.column.addWidget(self.body, 1)
        self.back = LinkButton("Directory", icon="arrow-left")
        self.back.clicked.connect(self._to_directory)
        holder = QWidget()
        FlowLayout(holder, 0, 0).addWidget(self.back)
        self.body.add(holder)
        self.body.add(PageTitle(title))

    def _to_directory(self) -> None:
        self.session.go(Place("directory"))
