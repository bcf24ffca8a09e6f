"""Settings: the ways back in, made and tried out in the program."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csa_desk.casework import founding, passphrases, recovery
from csa_desk.casework.recovery import SHARES, SHEET, Opened, Way
from csa_desk.casework.rights import Right
from csa_desk.errors import DeskError
from csa_desk.records.dates import spoken
from csa_desk.ui.look import px
from csa_desk.ui.pages.settings.panels import PanelCard, SecretForm, WordsPanel
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.actions import Action
from csa_desk.ui.widgets.form import FieldSpec
from csa_desk.ui.widgets.marks import IconMark
from csa_desk.ui.widgets.text import Words

_NAMES = {SHEET: "Your recovery sheet", SHARES: "The service’s three shares"}
_ABOUT = {
    SHEET: "Sixteen words that open the vault for you if you forget your passphrase.",
    SHARES: "Three papers for three people. Any two of them bring a colleague back in.",
}


class RecoveryCard(PanelCard):
    """Sheet and shares: made, tried out, and made anew."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "Recovery", note="The way back in")
        self._state = QWidget()
        self._column = QVBoxLayout(self._state)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(12))
        self.add(self._state)
        self._kind = SHEET
        self._form: SecretForm | None = None
        self._words = ""
        self._shares: recovery.NewShares | None = None
        self.try_sheet = self.add_link("Try out your recovery sheet", self._rehearse_sheet)
        self.make_sheet = self.add_link("Make a recovery sheet", self._ask_sheet)
        self._service = session.may(Right.SERVICE_KEYS)
        self.try_shares = self.add_link("Try out two shares", self._rehearse_shares)
        self.make_shares = self.add_link("Make the service’s shares", self._ask_shares)
        self._show()

    # --- how it stands --------------------------------------------------------------------------------------

    def _show(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        ways = {way.kind: way for way in recovery.ways_back(self.session.desk)}
        for way in ways.values():
            self._column.addWidget(_line(way))
        sheet, shares = ways[SHEET], ways[SHARES]
        self.make_sheet.set_words("Make a new recovery sheet" if sheet.made else "Make a recovery sheet")
        self.make_shares.set_words("Make new shares" if shares.made else "Make the service’s shares")
        offered = {
            self.try_sheet: sheet.made,
            self.try_shares: shares.made,
            self.make_sheet: True,
            self.make_shares: self._service,
        }
        self._links = [link for link, wanted in offered.items() if wanted]
        step = self._next_step(sheet, shares)
        self.lead(step or next(iter(self._links), None), "primary" if step is not None else "secondary")
        for link, wanted in offered.items():
            link.setVisible(wanted and self.panel is None)

    def _next_step(self, sheet: Way, shares: Way) -> Action | None:
        """What is to be done, one's own sheet first: make what is not there, try out what was not tried for long."""
        steps = (
            (self.make_sheet, not sheet.made),
            (self.try_sheet, sheet.due),
            (self.make_shares, not shares.made and self._service),
            (self.try_shares, shares.due),
        )
        return next((step for step, due in steps if due), None)

    def refresh(self) -> None:
        """Say how it stands now, such as after the sheet was replaced elsewhere."""
        self._show()

    def close_panel(self) -> None:
        """The links that fit how it stands now."""
        self._words, self._shares = "", None
        super().close_panel()
        self._show()

    def start(self) -> None:
        """Go to the next step, or to what can be done first."""
        if self._links:
            next((link for link in self._links if link.kind == "primary"), self._links[0]).setFocus()

    def rehearse(self) -> None:
        """Ask for the words of the sheet at once, where there is one."""
        if self.try_sheet in self._links:
            self.try_sheet.click()

    # --- trying out -----------------------------------------------------------------------------------------

    def _rehearse_sheet(self) -> None:
        self._kind = SHEET
        spec = FieldSpec(
            "first", "The words on your paper", "lines", lines=3, hint="Spaces between them", kept=False
        )
        self._ask_words("Fetch the paper and type its sixteen words. Nothing is changed by it.", spec)

    def _rehearse_shares(self) -> None:
        self._kind = SHARES
        specs = (
            FieldSpec("first", "The words of one share", "lines", lines=3, hint="Twenty words", kept=False),
            FieldSpec(
                "second", "The words of another share", "lines", lines=3, hint="Twenty words", kept=False
            ),
        )
        about = "Ask two of the people who keep a share for their words. Nothing is changed by it."
        self._ask_words(about, *specs)

    def _ask_words(self, about: str, *specs: FieldSpec) -> None:
        needed = {spec.key: "Type the words that stand on the paper" for spec in specs}
        self._open(SecretForm(about, specs, "Try them out", "Not now", needed=needed))
        if self._form is not None:
            self._form.sent.connect(self._try)

    def _try(self) -> None:
        form = self._form
        if form is not None:
            papers = [form.text(field.key) for field in form.form.fields]
            form.set_busy(True, "Trying …")
            work = recovery.rehearsing(self.session.desk, self._kind, papers)
            self.session.runner.run(work, self._tried)

    def _tried(self, opened: Opened | None, fault: DeskError | None) -> None:
        if fault is not None or opened is None:
            if self._form is not None:
                second = self._kind == SHARES and "share 1" not in str(fault)
                self._form.refuse("second" if second else "first", str(fault))
            return
        if self.session.attempt(recovery.proved, self.session.desk, opened) is not None:
            what = "Your recovery sheet opens" if self._kind == SHEET else "The two shares open"
            self.close_panel()
            self.tell("ok", "It works.", f"{what} this vault. Lock the paper away again.")

    # --- making ---------------------------------------------------------------------------------------------

    def _ask_sheet(self) -> None:
        about = (
            "Sixteen new words will be shown once, for you to write on paper. An older sheet of yours opens nothing "
            "any more from then on."
        )
        self._open(SecretForm(about, (), "Make the sheet", "Not now", needed={}))
        if self._form is not None:
            self._form.sent.connect(self._derive_sheet)

    def _ask_shares(self) -> None:
        about = (
            "Three papers of twenty words will be shown once. Give them to three people who are not likely to be away "
            "at the same time; any two together bring a colleague back in, one alone opens nothing. Older shares open "
            "nothing any more from then on."
        )
        self._open(SecretForm(about, (), "Make the shares", "Not now", needed={}))
        if self._form is not None:
            self._form.sent.connect(self._derive_shares)

    def _open(self, form: SecretForm) -> None:
        self._form = form
        form.left.connect(self.close_panel)
        self.open_panel(form)

    def _derive_sheet(self) -> None:
        self._words = passphrases.new_words()
        self._busy()
        self.session.runner.run(
            passphrases.deriving(self.session.desk, {SHEET: self._words}), self._sheet_derived
        )

    def _derive_shares(self) -> None:
        self._shares = recovery.new_shares()
        self._busy()
        self.session.runner.run(
            recovery.deriving_shares(self.session.desk, self._shares), self._shares_derived
        )

    def _busy(self) -> None:
        if self._form is not None:
            self._form.set_busy(True, "One moment …")

    def _sheet_derived(self, roots: dict[str, bytes] | None, fault: DeskError | None) -> None:
        if self._taken(fault) and roots is not None and self._attempt_sheet(roots):
            about = "Write these words on paper and lock it away, apart from this computer. They are not shown again."
            panel = WordsPanel([(about, self._words)], self._save_sheet, "Now try it out")
            panel.done.connect(self._rehearse_sheet)
            self.open_panel(panel)

    def _attempt_sheet(self, roots: dict[str, bytes]) -> bool:
        try:
            passphrases.take_sheet(self.session.desk, roots)
        except DeskError as fault:
            return self._taken(fault)
        self._show()
        self.ways_changed.emit()
        return True

    def _shares_derived(self, roots: dict[str, bytes] | None, fault: DeskError | None) -> None:
        made = self._shares
        if not self._taken(fault) or roots is None or made is None:
            return
        try:
            recovery.make_shares(self.session.desk, made, roots)
        except DeskError as refused:
            self._taken(refused)
            return
        self._show()
        papers = [
            (f"Share {number} of 3. Write it on a paper of its own, for one person.", words)
            for number, words in enumerate(made.papers, start=1)
        ]
        panel = WordsPanel(papers, self._save_share, "Now try two of them out")
        panel.done.connect(self._rehearse_shares)
        self.open_panel(panel)

    def _taken(self, fault: DeskError | None) -> bool:
        if fault is not None:
            self.close_panel()
            self.tell("danger", "Nothing was changed.", str(fault))
        return fault is None

    def _save_sheet(self, _number: int, out: Path) -> None:
        founding.save_sheet(self._words, self.session.desk.vault.folder, out)

    def _save_share(self, number: int, out: Path) -> None:
        if self._shares is not None:
            recovery.save_share(self._shares, number + 1, self.session.desk.vault.folder, out)


def _line(way: Way) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(px(12))
    sound = way.made and not way.due
    mark = IconMark("check-circle" if sound else "warning", "ok" if sound else "warn")
    row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(px(2))
    words.addWidget(Words(f"{_NAMES[way.kind]}: {_standing(way)}", "strong"))
    words.addWidget(Words(_ABOUT[way.kind], "small", "muted"))
    row.addLayout(words, 1)
    return line


def _standing(way: Way) -> str:
    if not way.made:
        return "not made"
    if not way.proved_on:
        return "made, not tried out yet"
    said = f"recovery proved on {spoken(way.proved_on)}"
    return f"{said}, time to try again" if way.due else said
