"""Settings: one's own passphrase, and what to do where somebody may know it."""

from pathlib import Path

from csa_desk.casework import founding, passphrases
from csa_desk.casework.passphrases import PASSPHRASE, SHEET
from csa_desk.errors import DeskError, WrongPassphraseError
from csa_desk.ui.pages.settings.panels import AGAIN, NEW, PanelCard, SecretForm, WordsPanel, new_passphrase
from csa_desk.ui.pages.settings.running import KeyBar
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.form import FieldSpec
from csa_desk.ui.widgets.text import Words

CURRENT = "current"
_NEEDED = {
    CURRENT: "Type the passphrase you have now",
    NEW: "Choose a new passphrase",
    AGAIN: "Type it once more",
}
_MAY_BE_KNOWN = (
    "This makes everything new that your passphrase opens: your keys, your passphrase, your recovery sheet and the "
    "key of the vault. Your colleagues notice nothing. It cannot reach copies of the vault that somebody took before: "
    "those stay readable with the old passphrase, so tell whoever looks after your data protection."
)


class PassphraseCard(PanelCard):
    """A new passphrase; or new keys altogether."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "Your passphrase", note="Nobody else has it, and nobody can look it up")
        self.add(
            Words(
                "Choose a new one whenever you want. There is no need to do it by the calendar.",
                "body",
                "muted",
            )
        )
        self.change = self.add_link("Choose a new passphrase", self._ask_change)
        self.known = self.add_link("My passphrase may be known to somebody", self._ask_renewal)
        self._words = ""
        self._form: SecretForm | None = None

    def _ask_change(self) -> None:
        self._words = ""
        self._ask("", "Change the passphrase", "Keep the one I have")

    def _ask_renewal(self) -> None:
        self._words = passphrases.new_words()
        self._ask(_MAY_BE_KNOWN, "Make everything new", "Leave it as it is")

    def _ask(self, about: str, yes: str, no: str) -> None:
        specs = (FieldSpec(CURRENT, "Your passphrase now", "secret"), *new_passphrase())
        self._form = SecretForm(about, specs, yes, no, needed=_NEEDED, fault=self._fault)
        self._form.sent.connect(self._derive)
        self._form.left.connect(self.close_panel)
        self.open_panel(self._form)

    def _fault(self, passphrase: str) -> str:
        return passphrases.fault(self.session.desk, passphrase)

    def _derive(self) -> None:
        form = self._form
        if form is None or self.session.key_change.running:
            return
        wanted = {PASSPHRASE: form.text(NEW)} | ({SHEET: self._words} if self._words else {})
        work = passphrases.deriving(self.session.desk, wanted, current=form.text(CURRENT))
        form.set_busy(True, "One moment …")
        self.session.runner.run(work, self._derived)

    def _derived(self, roots: dict[str, bytes] | None, fault: DeskError | None) -> None:
        form = self._form
        if fault is not None or roots is None:
            if form is not None:
                form.refuse(CURRENT if isinstance(fault, WrongPassphraseError) else NEW, str(fault))
            return
        desk = self.session.desk
        if not self._words:
            try:
                passphrases.change_passphrase(desk, roots)
            except DeskError as refused:
                if form is not None:
                    form.refuse(NEW, str(refused))
                return
            self.close_panel()
            self.tell("ok", "Your passphrase is changed.", "The old one opens nothing any more.")
            return
        bar = KeyBar(self.session.key_change)
        bar.ended.connect(self._renewed)
        self.open_panel(bar)
        self.session.key_change.start(passphrases.renewal(desk, roots))

    def _renewed(self, fault: str) -> None:
        if fault:
            self.close_panel()
            self.tell("danger", "Nothing was changed.", fault)
            return
        about = (
            "Your keys and the key of the vault are new. These are the words of your new recovery sheet; the old sheet "
            "opens nothing any more. Write them on paper and lock it away. They are not shown again."
        )
        panel = WordsPanel([(about, self._words)], self._save, "I have written them down")
        panel.done.connect(self._written)
        self.open_panel(panel)
        self.ways_changed.emit()

    def _save(self, _number: int, out: Path) -> None:
        founding.save_sheet(self._words, self.session.desk.vault.folder, out)

    def _written(self) -> None:
        self._words = ""
        self.close_panel()
        self.tell("ok", "Everything is new.", "Try out the new sheet under Recovery.")
