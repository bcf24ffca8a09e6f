"""Settings: the doctor in three lines, and the ways to all of it."""

from PySide6.QtCore import Qt

from csa_desk.casework import doctor
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Card
from csa_desk.ui.widgets.buttons import LinkButton
from csa_desk.ui.widgets.text import Words


class DoctorCard(Card):
    """Whether anything is open to the internet, and what somebody should look at."""

    def __init__(self, session: Session) -> None:
        super().__init__("Doctor", note="What this program really does")
        self.session = session
        for words in doctor.brief(session.desk):
            self.add(Words(words))
        self.all = LinkButton("Everything the doctor says")
        self.all.clicked.connect(self._to_doctor)
        self.lost = LinkButton("A laptop is lost: what was on it")
        self.lost.clicked.connect(self._to_loss)
        self.gone = LinkButton("What was taken out for good")
        self.gone.clicked.connect(self._to_gone)
        for link in (self.all, self.lost, self.gone):
            self.body.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)

    def start(self) -> None:
        """The first way on."""
        self.all.setFocus()

    def _to_doctor(self) -> None:
        self.session.go(Place("doctor"))

    def _to_gone(self) -> None:
        self.session.go(Place("removals"))

    def _to_loss(self) -> None:
        self.session.go(Place("loss"))
