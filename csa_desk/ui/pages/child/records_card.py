"""Everything that is held, beside the history: somebody asked to see it, or an archive is to be made."""

from PySide6.QtCore import Qt

from csa_desk.casework import access_request
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.rights import Right
from csa_desk.records.dates import spoken
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Card
from csa_desk.ui.widgets.buttons import LinkButton
from csa_desk.ui.widgets.text import Words


class RecordsCard(Card):
    """A side card with two ways on, for who may go there."""

    def __init__(self, session: Session, file: CaseFile) -> None:
        super().__init__("Everything that is held", level="h3")
        self.session, self.file = session, file
        waiting = access_request.open_request(session.desk, file)
        if waiting is not None:
            self.add(Words(f"{waiting.asked_by} asked to see it. An answer is due on {spoken(waiting.due)}."))
        else:
            self.add(Words("All of it in one copy, with who wrote what and when.", "body", "muted"))
        self.asked = LinkButton("Somebody asked to see the records")
        self.asked.clicked.connect(self._to_asked)
        self.archive = LinkButton("Make an archive")
        self.archive.clicked.connect(self._to_archive)
        for link, right in ((self.asked, Right.ANSWER_ACCESS), (self.archive, Right.ARCHIVE)):
            if session.may(right):
                self.body.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
            else:
                link.setParent(None)
                link.deleteLater()

    def _to_asked(self) -> None:
        self.session.go(Place("access", self.file.code))

    def _to_archive(self) -> None:
        self.session.go(Place("archive", self.file.code))
