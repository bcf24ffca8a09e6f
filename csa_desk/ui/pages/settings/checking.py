"""Settings: looking this vault through, what was found in plain words, and saving what can be read."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from csa_desk.casework import backups, mending
from csa_desk.casework.founding import folder_fault, vault_folder
from csa_desk.casework.mending import Looked
from csa_desk.casework.rights import Right
from csa_desk.errors import DeskError
from csa_desk.store.salvage import Salvaged
from csa_desk.ui.look import px
from csa_desk.ui.pages.settings.backups import line
from csa_desk.ui.pages.settings.panels import PanelCard, SecretForm
from csa_desk.ui.shell.session import Session
from csa_desk.ui.shell.watched_work import WorkPanel
from csa_desk.ui.widgets.form import FieldSpec
from csa_desk.ui.widgets.messages import announce

MOST_SHOWN = 8
STEPS = {
    mending.MAKE_BACKUP: "Make a backup now, under Backups above.",
    mending.RESTORE: "Restore the latest backup beside this vault, under Backups above. Keep this vault as it is.",
    mending.SALVAGE: "Or save what can be read into a new vault: it may hold more than the backup.",
    mending.TELL: "Tell whoever looks after your data protection: it may have been changed by somebody.",
}


class CheckCard(PanelCard):
    """Two links to look the vault through; after damage a third one to save what can be read."""

    restore_asked = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session, "Vault check", note="Whether all is as it was written")
        self._deep = False
        self._form: SecretForm | None = None
        self._result = QWidget()
        self._column = QVBoxLayout(self._result)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(12))
        self._column.addWidget(
            line(
                "info",
                "muted",
                "Every page, every change and its signature, and the search index",
                "It only reads. You can go on working meanwhile.",
            )
        )
        self.add(self._result)
        self.check = self.add_link("Check this vault", self._check)
        self.deep = self.add_link("Check the backups and what is sealed as well", self._check_deep)
        self.salvage = self.add_link("Save what can be read into a new vault", self._ask_salvage)
        self._damaged = False
        self._offer()

    def _offer(self) -> None:
        offered = {
            self.check: self.session.may(Right.CHECK),
            self.deep: self.session.may(Right.CHECK),
            self.salvage: self._damaged
            and self.session.may(Right.RESTORE)
            and self.session.opener is not None,
        }
        self._links = [link for link, wanted in offered.items() if wanted]
        # After damage the way on is said in words, a backup first: no button here is louder than that.
        self.lead(self.salvage if self.salvage in self._links else self.check, "secondary")
        for link, wanted in offered.items():
            link.setVisible(wanted and self.panel is None)

    def close_panel(self) -> None:
        """The links that fit how it stands now."""
        self._form = None
        super().close_panel()
        self._offer()

    # --- looking --------------------------------------------------------------------------------------------

    def _check(self) -> None:
        self._look(deep=False)

    def _check_deep(self) -> None:
        self._look(deep=True)

    def _look(self, *, deep: bool) -> None:
        self._deep = deep
        try:
            work = mending.prepare_check(self.session.desk, deep=deep)
        except DeskError as fault:
            self.tell("danger", "Nothing was checked.", str(fault))
            return
        self._run(WorkPanel("Checking the vault", ""), work, self._looked)

    def _run(self, bar: WorkPanel, work: Callable[..., object], done: Callable[..., None]) -> None:
        if bar.run(self.session.long_work, work, done):
            self._form = None
            self.open_panel(bar)
        else:
            bar.deleteLater()
            self.tell(
                "danger", "Not just now.", "Something else of this kind is running. Wait until it is done."
            )

    def _looked(self, found: object, fault: DeskError | None) -> None:
        looked: Looked | None = None
        if fault is None:
            try:
                looked = mending.finish_check(self.session.desk, found, deep=self._deep)  # type: ignore[arg-type]
            except DeskError as refused:
                fault = refused
        self._damaged = looked is not None and mending.SALVAGE in looked.steps
        self.close_panel()
        if looked is None:
            self.tell("danger", "The check could not be finished.", str(fault))
        else:
            self._show(looked)

    def _show(self, looked: Looked) -> None:
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for made in _lines(looked, deep=self._deep):
            self._column.addWidget(made)
        count = len(looked.findings)
        announce(self, "All is as it was written." if not count else f"{count} things are wrong.")

    # --- saving what can be read ----------------------------------------------------------------------------

    def _ask_salvage(self) -> None:
        folder = self.session.desk.vault.folder
        specs = (
            FieldSpec(
                "target",
                "Folder for the new vault",
                hint="A new folder whose name ends in .csadesk",
                width="full",
                check=_target_fault,
            ),
            FieldSpec("passphrase", "Your passphrase", "secret"),
        )
        about = (
            "The damaged pages are passed over, gaps are filled from backups, and everything that is kept is checked. "
            "This vault stays as it is. You are told what is missing."
        )
        self._form = SecretForm(
            about, specs, "Save what can be read", "Not now", needed={"passphrase": "Type your passphrase"}
        )
        self._form.form.set_value("target", str(backups.offered_target(folder, "saved")))
        self._form.left.connect(self.close_panel)
        self._form.sent.connect(self._salvage)
        self.open_panel(self._form)

    def _salvage(self) -> None:
        form, opener = self._form, self.session.opener
        if form is None or opener is None:
            return
        try:
            work = mending.prepare_salvage(
                self.session.desk, opener, vault_folder(form.text("target")), form.text("passphrase")
            )
        except DeskError as fault:
            form.refuse("target", str(fault))
            return
        self._run(WorkPanel("Saving what can be read", ""), work, self._salvaged)

    def _salvaged(self, done: Salvaged | None, fault: DeskError | None) -> None:
        self.close_panel()
        if done is None:
            self.tell("danger", "Nothing was saved.", str(fault))
            return
        self.session.settings = self.session.settings.with_further_vault(done.folder)
        self.session.changed.emit()
        said = " ".join(mending.salvage_words(done))
        self.tell("ok", f"The new vault is in {done.folder}.", f"{said} To open it, lock this vault first.")


def _target_fault(value: object) -> str:
    return folder_fault(str(value))


def _lines(looked: Looked, *, deep: bool) -> list[QWidget]:
    proved = looked.backups_proved
    also = f" {'1 backup was' if proved == 1 else f'{proved} backups were'} read and proved." if deep else ""
    about = also.strip()
    if looked.records:
        about = f"{looked.revisions} changes of {looked.records} records were looked at.{also}"
    count = len(looked.findings)
    if not count:
        made = [line("check-circle", "ok", "All is as it was written", about)]
    else:
        title = "1 thing is wrong" if count == 1 else f"{count} things are wrong"
        made = [line("warning-circle", "danger", title, about)]
        made += [
            line("dot-outline", "muted", item.sentence, "", "body") for item in looked.findings[:MOST_SHOWN]
        ]
        if count > MOST_SHOWN:
            made.append(line("dot-outline", "muted", f"And {count - MOST_SHOWN} more.", "", "body"))
        made += [line("arrow-right", "link", STEPS[step], "") for step in looked.steps]
    return [*made, *(line("info", "muted", note, "", "body") for note in looked.notes)]
