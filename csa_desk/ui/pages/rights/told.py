"""What the practitioner's role does not allow is not offered; where that would puzzle somebody, the page says so."""

from PySide6.QtWidgets import QWidget

from csa_desk.casework.rights import Right
from csa_desk.ui.shell.page import Page
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Banner, Card
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.messages import Empty
from csa_desk.ui.widgets.page import PageBody

ASK = "Somebody who looks after this vault can change your role."


def role_banner(session: Session, right: Right) -> Banner | None:
    """One line at the top of a page that can be read and not changed; nothing where the right is there."""
    if session.may(right):
        return None
    return Banner("info", session.desk.why_not(right), ASK, icon="info")


class NotYoursPage(Page):
    """In the place of a page that somebody's role does not open. Nothing was refused, so nothing is logged."""

    def __init__(self, session: Session, place: Place, right: Right, rail: str) -> None:
        super().__init__(session, place)
        self.rail = rail
        body = PageBody()
        self.column.addWidget(body)
        card = Card()
        empty = Empty("This is not part of your role", f"{session.desk.why_not(right)} {ASK}", "shield-check")
        self.button = Button("Go to Today")
        self.button.clicked.connect(self._to_today)
        empty.add(self.button)
        card.add(empty)
        body.add(card)
        body.finish()

    def focus_first(self) -> None:
        """The one way on."""
        self.button.setFocus()

    def primary(self) -> QWidget | None:
        """The one way on."""
        return self.button

    def _to_today(self) -> None:
        self.session.go(Place("today"))
