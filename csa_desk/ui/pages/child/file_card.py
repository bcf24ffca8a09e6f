"""How a file stands, beside other things: open or closed, how long it is kept, a hold, what waits to be taken out."""

from PySide6.QtCore import Qt

from csa_desk.casework import keeping, removals_waiting
from csa_desk.casework.casefile import CaseFile
from csa_desk.records.dates import spoken
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Card
from csa_desk.ui.widgets.buttons import LinkButton
from csa_desk.ui.widgets.text import Words


class FileCard(Card):
    """A side card with one way on."""

    def __init__(self, session: Session, file: CaseFile) -> None:
        super().__init__("This file", level="h3")
        self.session, self.file = session, file
        for words in self._lines():
            self.add(Words(words))
        self.go_on = LinkButton("Closing and keeping")
        self.go_on.clicked.connect(self._go)
        self.body.addWidget(self.go_on, 0, Qt.AlignmentFlag.AlignLeft)

    def _lines(self) -> list[str]:
        desk = self.session.desk
        stands = keeping.keeping(desk, self.file)
        episode = self.file.episode
        lines = []
        if stands.closed:
            lines.append(f"Closed on {spoken(stands.closed)}.")
        elif episode is not None and episode.opened:
            lines.append(f"Open since {spoken(episode.opened)}.")
        if stands.held_since:
            lines.append("A hold stands: nothing may be taken out for good.")
        if stands.keep_until:
            lines.append(f"Kept until {spoken(stands.keep_until)}.")
        if stands.closed and stands.review_due:
            lines.append("It is time to look at that again.")
        count = len(removals_waiting.waiting(desk, self.file.case.id))
        if count:
            lines.append(
                "1 thing waits to be taken out." if count == 1 else f"{count} things wait to be taken out."
            )
        return lines

    def _go(self) -> None:
        self.session.go(Place("keeping", self.file.code))
