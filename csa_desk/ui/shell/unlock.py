"""Unlocking: which vault, the passphrase, and plain words where it does not open."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from csa_desk.settings import Settings
from csa_desk.ui.shell.entrance import Entrance
from csa_desk.ui.widgets.buttons import Button, LinkButton
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.messages import announce
from csa_desk.ui.widgets.text import Words

ANOTHER = "another"
WHY_LOCKED = {
    "key": "You locked it.",
    "idle": "Nobody used the computer for a while.",
    "hidden": "It was hidden for a while.",
    "close": "The window was closed.",
}


class UnlockPage(Entrance):
    """Unlock, first time or after a lock. ``unlock_asked`` carries folder and passphrase."""

    unlock_asked = Signal(Path, str)
    create_asked = Signal()
    vault_chosen = Signal(bool)  # whether it is a training vault

    def __init__(
        self,
        settings: Settings,
        is_training: Callable[[Path], bool],
        *,
        chosen: Path | None = None,
        locked_since: str = "",
        why: str = "",
    ) -> None:
        super().__init__(
            "Locked" if locked_since else _greeting(),
            "Nothing you typed is lost." if locked_since else "Support, side by side, told once.",
        )
        self._is_training = is_training
        vaults = [Path(name) for name in settings.vaults]
        if chosen is not None and chosen not in vaults:
            vaults.insert(0, chosen)
        self._vaults = {str(number): folder for number, folder in enumerate(vaults)}
        self._build(chosen, locked_since, why)

    def _build(self, chosen: Path | None, locked_since: str, why: str) -> None:
        body = self.body
        body.main.addStretch(1)
        body.add(Words("Locked" if locked_since else "Unlock your vault", "h1"))
        if locked_since:
            body.add(
                Words(
                    f"Since {locked_since}. {WHY_LOCKED.get(why, '')} Nothing you typed is lost.",
                    "body",
                    "muted",
                )
            )
        self.form = Form()
        options = [
            Option(key, _vault_name(folder), str(folder.parent)) for key, folder in self._vaults.items()
        ]
        options.append(Option(ANOTHER, "Another vault on this computer"))
        first = next((key for key, folder in self._vaults.items() if folder == chosen), options[0].key)
        self.form.add(FieldSpec("vault", "Which vault?", "one_of", options=options))
        self.form.set_value("vault", first)
        self.form.add(
            FieldSpec("folder", "Where is it?", "line", hint="The folder that ends in .csadesk", width="full")
        )
        self.form.add(
            FieldSpec("passphrase", "Passphrase", "secret", hint="Capital letters and spaces count")
        )
        body.add(self.form)
        self._caps = Words("Caps Lock is on", "small", "warn")
        self._caps.hide()
        body.add(self._caps)
        row = QHBoxLayout()
        self.button = Button("Unlock", "primary", "lock-simple-open")
        self.button.clicked.connect(self._unlock)
        row.addWidget(self.button)
        self._forgotten = LinkButton("Forgotten it?")
        self._forgotten.clicked.connect(self._show_recovery)
        row.addWidget(self._forgotten)
        row.addStretch(1)
        holder = QWidget()
        holder.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        body.add(holder)
        self._recovery = Words(
            "Type the sixteen words of your recovery sheet in place of the passphrase, with spaces between them. "
            "Capital letters and numbers do not matter there.",
            "body",
            "muted",
        )
        self._recovery.hide()
        body.add(self._recovery)
        make = LinkButton("Make a new vault")
        make.clicked.connect(self.create_asked)
        body.add(make)
        body.add(Words("This program opens no connection to the internet.", "small", "muted"))
        body.main.addStretch(2)
        self.form.answered.connect(self._answered)
        for stop in self.form.field("passphrase").control.stops():
            stop.installEventFilter(self)
        self._show_folder()

    def start(self) -> None:
        """Focus starts in the passphrase."""
        self.form.focus_on("passphrase" if self._vaults else "folder")
        self._tell_kind()

    def folder(self) -> Path | None:
        """The vault that is chosen, or None where no folder was given."""
        key = str(self.form.value("vault"))
        if key in self._vaults:
            return self._vaults[key]
        typed = str(self.form.value("folder")).strip()
        return Path(typed).expanduser() if typed else None

    def refuse(self, sentence: str) -> None:
        """It did not open: say why beside the field, and let it be typed again."""
        self.set_busy(False)
        self.form.set_value("passphrase", "")
        self.form.set_error("passphrase", sentence)
        self.form.focus_on("passphrase")
        announce(self, sentence)

    def set_busy(self, busy: bool) -> None:
        """While the key is being made."""
        self.button.set_words("Opening …" if busy else "Unlock")
        self.setEnabled(not busy)

    def _unlock(self) -> None:
        folder = self.folder()
        passphrase = str(self.form.value("passphrase"))
        if folder is None:
            self.form.set_error("folder", "Say where the vault is: a folder that ends in .csadesk")
            self.form.focus_on("folder")
        elif not passphrase:
            self.form.set_error("passphrase", "Type the passphrase of this vault")
            self.form.focus_on("passphrase")
        else:
            self.set_busy(True)
            self.unlock_asked.emit(folder, passphrase)

    def _answered(self, key: str, _value: object) -> None:
        if key in ("vault", "folder"):
            self._show_folder()
            self._tell_kind()

    def _show_folder(self) -> None:
        self.form.field("folder").setVisible(str(self.form.value("vault")) == ANOTHER)

    def _tell_kind(self) -> None:
        folder = self.folder()
        self.vault_chosen.emit(folder is not None and self._is_training(folder))

    def _show_recovery(self) -> None:
        self._recovery.show()
        self.form.focus_on("passphrase")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the passphrase unlocks."""
        if event.type() == QEvent.Type.KeyPress:
            key = event.key()  # type: ignore[attr-defined]
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._unlock()
                return True
            if key == Qt.Key.Key_CapsLock:
                self._caps.setVisible(not self._caps.isVisible())
        return super().eventFilter(watched, event)


def _greeting() -> str:
    hour = datetime.now().astimezone().hour
    return "Good morning" if hour < 12 else "Good afternoon" if hour < 18 else "Good evening"


def _vault_name(folder: Path) -> str:
    return folder.name.removesuffix(".csadesk") or str(folder)
