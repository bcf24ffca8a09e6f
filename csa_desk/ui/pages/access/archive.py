"""An archive of a child's file: what it is for, its own passphrase, and where it is saved."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from csa_desk.casework import archiving
from csa_desk.casework.copies import Prepared
from csa_desk.casework.wording import counted
from csa_desk.errors import DeskError
from csa_desk.ui.pages.access.saving import SaveAs
from csa_desk.ui.pages.child.header import StripHeader
from csa_desk.ui.pages.settings.panels import AGAIN, NEW, new_passphrase
from csa_desk.ui.shell.offered_words import OfferedWords
from csa_desk.ui.shell.page import Page
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Card
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.page import PageBody, PageTitle
from csa_desk.ui.widgets.text import Words

ABOUT = (
    "Everything that is held, for the service’s own keeping: PDFs to read, and every change in plain files that can "
    "be checked without this program. Nothing about other people is taken out of it."
)
KEEP_IT = (
    "Whoever opens it in thirty years needs this passphrase and nothing else. Keep it apart from the file, where the "
    "service keeps such things. Nobody can make it anew."
)


class ArchivePage(Page):
    """Inside the history tab."""

    rail = "children"

    def __init__(self, session: Session, place: Place) -> None:
        super().__init__(session, place)
        self.file = session.file(place.case, fresh=True)
        self.column.addWidget(StripHeader(session, self.file, "History", Place("history", self.file.code)))
        self.body = PageBody(widest=760)
        self.column.addWidget(self.body, 1)
        self.body.add_top(PageTitle("Make an archive"))
        self._shut = 0
        card = Card()
        card.add(Words(ABOUT))
        self.sealed = Form()
        options = (
            Option("in", "Put them in", "As far as you hold them. That you opened them is noted."),
            Option("out", "Leave them sealed", "They are counted, and nobody can read them in the archive."),
        )
        self.sealed.add(FieldSpec("sealed", "What about sealed notes?", "one_of", options=options))
        self.sealed.set_value("sealed", "in")
        card.add(self.sealed)
        self.body.add(card)
        own = Card("Its own passphrase")
        own.add(Words(KEEP_IT, "body", "muted"))
        offer = OfferedWords()
        offer.taken.connect(self._take)
        offer.draw()
        own.add(offer)
        self.form = Form()
        for spec in new_passphrase("Passphrase of the archive"):
            self.form.add(spec)
        own.add(self.form)
        self.body.add(own)
        last = Card("Where to")
        self.saving = SaveAs("Encrypted with its passphrase", archiving.ENDING)
        self.saving.offer(archiving.archive_name(session.desk, self.file))
        self.saving.keep(session, f"{self.file.case.id}/archive")
        last.add(self.saving)
        self.make = Button("Make the archive", "primary", "lock-key")
        self.make.clicked.connect(self._make)
        last.add(self.make)
        self.body.add(last)
        self.body.finish()

    def focus_first(self) -> None:
        """The first question: the passphrase comes after it."""
        self.sealed.focus_on("sealed")

    def primary(self) -> QWidget | None:
        """Making it."""
        return self.make

    def _take(self, words: str) -> None:
        self.form.set_value(NEW, words)
        self.form.set_value(AGAIN, "")
        self.form.focus_on(AGAIN)

    def _make(self) -> None:
        passphrase = str(self.form.value(NEW))
        self.form.clear_errors()
        weak = archiving.passphrase_fault(self.session.desk, self.file, passphrase)
        twice = (
            "" if passphrase == str(self.form.value(AGAIN)) else "The two are not the same. Type it once more"
        )
        for key, fault in ((NEW, weak), (AGAIN, twice)):
            if fault:
                self.form.set_error(key, fault)
                self.form.focus_on(key)
                return
        out = self.saving.path()
        if out is None:
            return
        with_sealed = self.sealed.value("sealed") == "in"
        gathered = self.session.attempt(
            archiving.gather, self.session.desk, self.file, with_sealed=with_sealed
        )
        if gathered is None:
            return
        self._shut, self._out = gathered.shut, out
        self.make.setEnabled(False)
        self.make.set_words("Locking it …")
        self.session.runner.run(partial(archiving.lock, gathered, passphrase), self._locked)

    def _locked(self, prepared: Prepared | None, fault: DeskError | None) -> None:
        self.make.setEnabled(True)
        self.make.set_words("Make the archive")
        if prepared is None:
            self.saving.say("danger", str(fault))
            return
        self._save(prepared, self._out)

    def _save(self, prepared: Prepared, out: Path) -> None:
        made = self.session.attempt(archiving.save_archive, self.session.desk, self.file, prepared, out)
        if made is None:
            return
        for key in (NEW, AGAIN):
            self.form.set_value(key, "")
        shut = f" {counted(self._shut, 'sealed note')} in it nobody can read." if self._shut else ""
        self.saving.say("ok", f"The archive is saved as copy {made.copy_number}.", f"{out}.{shut}")
