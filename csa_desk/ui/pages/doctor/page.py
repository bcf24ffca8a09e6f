"""Doctor: what the running program really does, to be held against SECURITY.md."""

from PySide6.QtWidgets import QWidget

from csa_desk.casework import doctor
from csa_desk.casework.doctor import Section
from csa_desk.errors import InputError
from csa_desk.ui.pages.access.saving import SaveAs
from csa_desk.ui.pages.doctor.sections import SectionCard, save_text
from csa_desk.ui.shell.page import Page
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Card
from csa_desk.ui.widgets.buttons import Button, LinkButton
from csa_desk.ui.widgets.page import PageBody, PageTitle
from csa_desk.ui.widgets.text import Words


class ReportPage(Page):
    """Sections as cards, and a way to save them as plain text."""

    rail = "settings"
    title = ""
    about = ""
    file_name = ""

    def __init__(self, session: Session, place: Place) -> None:
        super().__init__(session, place)
        self.body = PageBody(widest=960)
        self.column.addWidget(self.body, 1)
        self.back = LinkButton("Settings", icon="arrow-left")
        self.back.clicked.connect(self._to_settings)
        self.body.add_top(self.back)
        self.body.add_top(PageTitle(self.title, self.about))
        self._sections: list[Section] = []
        self._cards: list[QWidget] = []
        self._at = 0
        self.show_report()
        self.below()
        card = Card("Keep it")
        card.add(
            Words(
                "As plain text, to send or to print. Not encrypted: save it where it is safe.",
                "body",
                "muted",
            )
        )
        self.saving = SaveAs("Plain text", ".txt")
        self.saving.offer(self.file_name)
        self.saving.keep(session, self.file_name)
        card.add(self.saving)
        self.save_button = Button("Save as text", icon="download-simple")
        self.save_button.clicked.connect(self._save)
        card.add(self.save_button)
        self.body.add(card)
        self.body.finish()

    def focus_first(self) -> None:
        """The way back."""
        self.back.setFocus()

    def below(self) -> None:
        """What stands between the sections and the way to keep them."""

    def sections(self) -> list[Section]:
        """What is told now: each report says its own."""
        return []

    def show_report(self) -> None:
        """Look, and show what was found, in the place of what stood there."""
        for old in self._cards:
            old.hide()
            self.body.main.removeWidget(old)
            old.deleteLater()
        if not self._cards:
            self._at = self.body.main.count()
        self._sections = self.sections()
        self._cards = []
        for number, section in enumerate(self._sections):
            card = SectionCard(section)
            self.body.main.insertWidget(self._at + number, card)
            self._cards.append(card)

    def _save(self) -> None:
        out = self.saving.path()
        if out is None:
            return
        try:
            save_text(self._sections, out)
        except InputError as fault:
            self.saving.say("danger", str(fault))
            return
        self.saving.say("ok", "It is saved.", str(out))

    def _to_settings(self) -> None:
        self.session.go(Place("settings", item="doctor"))


class DoctorPage(ReportPage):
    """Everything ``csa-desk doctor`` says."""

    title = "Doctor"
    about = "What this program does right now. SECURITY.md says what each line means."
    file_name = "csa-desk-doctor.txt"

    def sections(self) -> list[Section]:
        """Of this computer and the open vault."""
        return doctor.examined(self.session.desk, self.session.local_data)
