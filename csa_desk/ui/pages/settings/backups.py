"""Settings: copies of this vault, where they are, making one, restoring one beside the vault."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csa_desk.casework import backups, mending
from csa_desk.casework.backups import Made, Standing
from csa_desk.casework.founding import folder_fault, vault_folder
from csa_desk.casework.rights import Right
from csa_desk.errors import DeskError
from csa_desk.store.manifest import when
from csa_desk.store.restoring import Restored
from csa_desk.ui.look import px
from csa_desk.ui.pages.settings.panels import PanelCard, SecretForm
from csa_desk.ui.shell.session import Session
from csa_desk.ui.shell.watched_work import WorkPanel
from csa_desk.ui.widgets.actions import Action
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import FieldSpec
from csa_desk.ui.widgets.marks import IconMark
from csa_desk.ui.widgets.text import Words

MOST_OFFERED = 12


class BackupsCard(PanelCard):
    """How it stands in three lines, and what can be done about it."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "Backups", note="Copies of this vault")
        self._state = QWidget()
        self._column = QVBoxLayout(self._state)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(12))
        self.add(self._state)
        self._form: SecretForm | None = None
        self._bar: WorkPanel | None = None
        self.make = self.add_link("Back up now", self._back_up)
        self.second = self.add_link("Choose a second folder", self._ask_second)
        self.restore = self.add_link("Restore a backup beside this vault", self.ask_restore)
        session.backups.ended.connect(self._made)
        session.backups.progressed.connect(self._progress)
        self._show()
        if session.backups.words:
            self._show_bar()

    def focus_on_backup(self) -> None:
        """To the first thing that can be done."""
        self.make.setFocus()

    # --- how it stands --------------------------------------------------------------------------------------

    def _show(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        now = backups.standing(self.session.desk)
        self._column.addWidget(_latest(now))
        self._column.addWidget(_second(now))
        self.second.set_words(
            "Choose another second folder, or none" if now.second else "Choose a second folder"
        )
        offered = {
            self.make: self.session.may(Right.BACK_UP) and not self.session.desk.vault.read_only,
            self.second: self.session.may(Right.BACKUPS),
            self.restore: self.session.may(Right.RESTORE)
            and bool(now.backups)
            and self.session.opener is not None,
        }
        self._links = [link for link, wanted in offered.items() if wanted]
        step = self._next_step(now)
        self.lead(step or next(iter(self._links), None), "primary" if step is not None else "secondary")
        for link, wanted in offered.items():
            link.setVisible(wanted and self.panel is None)

    def _next_step(self, now: Standing) -> Action | None:
        """What is to be done: a first backup, a folder away from this computer, a backup on the stick put in again."""
        if not now.latest or (now.second and not now.second_there):
            step = self.make
        elif not now.second:
            step = self.second
        else:
            return None
        return step if step in self._links else None

    def close_panel(self) -> None:
        """The links that fit how it stands now."""
        self._form = self._bar = None
        super().close_panel()
        self._show()

    # --- making one -----------------------------------------------------------------------------------------

    def _back_up(self) -> None:
        fault = self.session.backups.start()
        if fault:
            self.tell("danger", "No backup was made.", fault)
        else:
            self._show_bar()

    def _show_bar(self) -> None:
        self._bar = WorkPanel(
            "Making a backup", "You can go on working meanwhile. It is read back before it counts."
        )
        self._bar.bar.cancelled.connect(self.session.backups.stop)
        self._progress(*self.session.backups.last)
        self.open_panel(self._bar)

    def _progress(self, done: int, whole: int) -> None:
        if self._bar is not None:
            self._bar.show_progress(done, whole)

    def _made(self, made: Made | None, fault: str) -> None:
        asked = self._bar is not None
        if asked:
            self.close_panel()
        else:
            self._show()
        if fault:
            self.tell("danger", "No backup was made.", fault)
        elif asked and made is not None:
            tone = "danger" if made.second == "failed" else "ok"
            rest = (
                "In the vault’s folder and in the second one." if made.second == "copied" else made.sentence
            )
            self.tell(tone, "The backup is made and proved.", rest)

    # --- the second folder ----------------------------------------------------------------------------------

    def _ask_second(self) -> None:
        folder = self.session.desk.vault.folder
        spec = FieldSpec(
            "folder",
            "Second folder",
            hint="A folder on a stick or another disk. Leave it empty for none",
            width="full",
            optional=True,
            check=partial(_second_fault, folder),
        )
        about = (
            "Each new backup is copied there too, and read back. Backups are encrypted like the vault. "
            "If the stick is not in, the backup in the vault’s folder is made all the same."
        )
        self._open(SecretForm(about, (spec,), "Use this folder", "Leave it as it is", needed={}))
        if self._form is not None:
            self._form.form.set_value("folder", backups.standing(self.session.desk).second)
            self._form.sent.connect(self._choose_second)

    def _choose_second(self) -> None:
        form = self._form
        if form is None:
            return
        typed = form.text("folder")
        try:
            kept = backups.choose_second(self.session.desk, typed)
        except DeskError as fault:
            form.refuse("folder", str(fault))
            return
        risk = backups.second_risk(self.session.desk.vault.folder, typed)
        self.close_panel()
        self.tell(
            "ok", "The second folder is remembered." if kept else "There is no second folder now.", risk
        )
        self.session.changed.emit()

    # --- restoring ------------------------------------------------------------------------------------------

    def ask_restore(self) -> None:
        """Which backup, where to, and the passphrase of its time."""
        now = backups.standing(self.session.desk)
        folder = self.session.desk.vault.folder
        options = [
            Option(str(number), shown.when, shown.where)
            for number, shown in enumerate(now.backups[:MOST_OFFERED])
        ]
        specs = (
            FieldSpec("backup", "Which backup?", "one_of", options=options),
            FieldSpec(
                "target",
                "Folder for the restored vault",
                hint="A new folder whose name ends in .csadesk",
                width="full",
                check=_target_fault,
            ),
            FieldSpec("passphrase", "Passphrase", "secret", hint="The one you had when the backup was made"),
        )
        about = (
            "A new vault is made from the backup. This vault stays as it is, and you go on in it until you open the "
            "other one. What was taken out or erased since is taken out of the new one again."
        )
        needed = {"passphrase": "Type the passphrase you had when the backup was made"}
        self._open(SecretForm(about, specs, "Restore it", "Not now", needed=needed))
        if self._form is not None:
            self._form.form.set_value("backup", "0")
            self._form.form.set_value("target", str(backups.offered_target(folder)))
            self._form.sent.connect(self._restore)

    def _restore(self) -> None:
        form, opener = self._form, self.session.opener
        if form is None or opener is None:
            return
        chosen = backups.standing(self.session.desk).backups[int(form.text("backup"))]
        try:
            work = backups.prepare_restore(
                self.session.desk,
                opener,
                chosen.folder,
                vault_folder(form.text("target")),
                form.text("passphrase"),
            )
        except DeskError as fault:
            form.refuse("target", str(fault))
            return
        bar = WorkPanel("Restoring a backup", "You can go on working meanwhile.")
        if bar.run(self.session.long_work, work, self._restored):
            self._form = None
            self.open_panel(bar)
        else:
            form.refuse("target", "Something else of this kind is running. Wait until it is done.")

    def _restored(self, done: Restored | None, fault: DeskError | None) -> None:
        self.close_panel()
        if done is None:
            self.tell("danger", "Nothing was restored.", str(fault))
            return
        self.session.settings = self.session.settings.with_further_vault(done.folder)
        self.session.changed.emit()
        said = " ".join(mending.restore_words(done))
        self.tell(
            "ok", f"The restored vault is in {done.folder}.", f"{said} To open it, lock this vault first."
        )

    def _open(self, form: SecretForm) -> None:
        self._form = form
        form.left.connect(self.close_panel)
        self.open_panel(form)


def _second_fault(folder: Path, value: object) -> str:
    return backups.second_fault(folder, str(value))


def _target_fault(value: object) -> str:
    return folder_fault(str(value))


def _latest(now: Standing) -> QWidget:
    count = len(now.backups)
    if not now.latest:
        return line(
            "warning", "warn", "No backup yet", "One is made when you close the window, and once a day."
        )
    since = "Nothing was added since." if now.current else "What was added since is in the next one."
    return line(
        "check-circle",
        "ok",
        f"Last proved backup: {now.latest_words}",
        f"{since} {'1 backup is' if count == 1 else f'{count} backups are'} kept. Each is read back before it counts; "
        "older ones are kept by the day, the week and the month.",
    )


def _second(now: Standing) -> QWidget:
    if not now.second:
        return line(
            "warning",
            "warn",
            "No second folder",
            "If this computer is lost or breaks, its backups go with it. A USB stick you lock away will do.",
        )
    last = (
        f"Last proved there: {when(now.second_latest)}." if now.second_latest else "No backup is there yet."
    )
    if now.second_there:
        return line("check-circle", "ok", f"Second folder: {now.second}", last)
    return line(
        "warning",
        "warn",
        f"The second folder is not there just now: {now.second}",
        f"{last} Put the stick in.",
    )


def line(icon: str, tone: str, first: str, rest: str, role: str = "strong") -> QWidget:
    """A mark, a sentence, and a smaller one under it, where there is one."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(px(12))
    row.addWidget(IconMark(icon, tone), 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(px(2))
    words.addWidget(Words(first, role))
    if rest:
        words.addWidget(Words(rest, "small", "muted"))
    row.addLayout(words, 1)
    return made
