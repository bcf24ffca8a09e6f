"""Unlocking: which vault, the passphrase, and plain words where it does not open."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csa_desk.settings import Settings
from csa_desk.ui.look import px
from csa_desk.ui.shell.entrance import Entrance
from csa_desk.ui.widgets.boxes import Banner, Card
from csa_desk.ui.widgets.buttons import Button, LinkButton
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.flow import FlowLayout
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.marks import IconMark
from csa_desk.ui.widgets.text import Words

if TYPE_CHECKING:
    from csa_desk.casework.mending import WayOut
    from csa_desk.ui.shell.way_out import WayOutCard

ANOTHER = "another"
WHY_LOCKED = {
    "key": "because you locked it",
    "idle": "after a while with nobody at the keyboard",
    "hidden": "after it was hidden for a while",
    "close": "when the window was closed",
    "screen": "because the computer’s screen was locked",
    "sleep": "because the computer went to sleep",
    "lid": "because the lid was closed",
    "user": "because somebody else took the screen",
}


class UnlockPage(Entrance):
    """Unlock, first time or after a lock. ``unlock_asked`` carries folder and passphrase."""

    unlock_asked = Signal(Path, str)
    create_asked = Signal()
    recover_asked = Signal(Path)
    vault_chosen = Signal(bool)  # whether it is a training vault
    mend_asked = Signal(Path, str, bool)  # folder, passphrase, whether to salvage rather than restore

    def __init__(
        self,
        settings: Settings,
        is_training: Callable[[Path], bool],
        *,
        chosen: Path | None = None,
        locked_since: str = "",
        why: str = "",
        made: bool = False,
        told: tuple[str, str] = ("", ""),
    ) -> None:
        super().__init__("Take your time." if locked_since else _greeting())
        self._is_training = is_training
        vaults = [Path(name) for name in settings.vaults]
        if chosen is not None and chosen not in vaults:
            vaults.insert(0, chosen)
        self._vaults = {str(number): folder for number, folder in enumerate(vaults)}
        self._way_out: WayOutCard | None = None
        self._make: Button | None = None
        self._build(chosen, locked_since, why, made=made, told=told)

    def _build(
        self, chosen: Path | None, locked_since: str, why: str, *, made: bool, told: tuple[str, str]
    ) -> None:
        body = self.body
        body.main.addStretch(1)
        if self._vaults:
            body.add(Words("Locked" if locked_since else "Unlock your vault", "h1"))
        else:
            self._offer_first()
        if locked_since:
            said = WHY_LOCKED.get(why, "")
            body.add(Words(f"Since {locked_since}{f', {said}' if said else ''}.", "body", "muted"))
            body.add(
                Banner(
                    "ok",
                    "Nothing you typed is lost",
                    "You will come back to the same place.",
                    icon="check-circle",
                )
            )
        if made:
            body.add(
                Banner(
                    "ok",
                    "Your vault is made",
                    "It is not open yet. Type the passphrase you chose for it.",
                    icon="check-circle",
                )
            )
        if told[0]:
            body.add(Banner("ok", *told, icon="check-circle"))
        self.form = Form()
        options = [
            Option(key, vault_name(folder), f"{self._kind(folder)} · {place_words(folder)}")
            for key, folder in self._vaults.items()
        ]
        options.append(Option(ANOTHER, "A vault from somewhere else"))
        first = next((key for key, folder in self._vaults.items() if folder == chosen), options[0].key)
        self._choice = self.form.add(FieldSpec("vault", "Which vault?", "one_of", options=options))
        self.form.set_value("vault", first)
        self._choice.setVisible(bool(self._vaults))
        self.form.add(
            FieldSpec(
                "folder", "Where is it?", "line", hint="The folder whose name ends in .csadesk", width="full"
            )
        )
        self.form.add(
            FieldSpec("passphrase", "Passphrase", "secret", hint="Capital letters and spaces count.")
        )
        self._card: Card | None = None
        if locked_since and chosen is not None:
            self._card = self._vault_card(chosen)
            body.add(self._card)
            self._choice.hide()
        body.add(self.form)
        self._caps = Words("Caps Lock is on", "small-strong", "warn")
        self._caps.hide()
        body.add(self._caps)
        body.add(self._buttons())
        holder = QWidget()
        self._ways = QVBoxLayout(holder)
        self._ways.setContentsMargins(0, 0, 0, 0)
        body.add(holder)
        body.main.addStretch(2)
        self.form.answered.connect(self._answered)
        for stop in self.form.field("passphrase").control.stops():
            stop.installEventFilter(self)
        self._show_folder()

    def _offer_first(self) -> None:
        """No vault is known here yet: making one is the next step, opening one that is somewhere stands below it."""
        self.body.add(Words("There is no vault here yet", "h1"))
        about = (
            "A vault is the locked folder that everything is kept in. Make one now, in about five minutes. "
            "To look around first, make a training vault: it holds invented children only."
        )
        self.body.add(Words(about, "body", "muted"))
        self._make = Button("Make a new vault", "primary", "plus")
        self._make.clicked.connect(self.create_asked)
        self.body.add(self._make)
        self.body.main.addSpacing(px(12))
        self.body.add(Words("You have one already?", "h2"))

    def _buttons(self) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, 20, 8)
        self.button = Button("Unlock", "primary" if self._vaults else "secondary", "lock-simple-open")
        self.button.clicked.connect(self._unlock)
        flow.addWidget(self.button)
        self._forgotten = LinkButton("Forgotten it? Use your recovery sheet or shares", "body")
        self._forgotten.clicked.connect(self._recover)
        flow.addWidget(self._forgotten)
        if self._vaults:
            make = LinkButton("Make a new vault", "body")
            make.clicked.connect(self.create_asked)
            flow.addWidget(make)
        return holder

    def _vault_card(self, folder: Path) -> Card:
        """Which vault is locked; another one is a click away."""
        card = Card()
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(14))
        row.addWidget(IconMark("student" if self._is_training(folder) else "lock-key", "link", 24))
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(Words(vault_name(folder), "h3"))
        words.addWidget(Words(self._kind(folder), "small", "muted"))
        row.addLayout(words, 1)
        other = LinkButton("Open another vault")
        other.clicked.connect(self._offer_others)
        row.addWidget(other, 0, Qt.AlignmentFlag.AlignVCenter)
        card.add(line)
        return card

    def _offer_others(self) -> None:
        if self._card is not None:
            self._card.hide()
        self._choice.show()
        self.form.focus_on("vault")

    def _kind(self, folder: Path) -> str:
        if not folder.is_dir():
            return "Not found just now"
        return "Training vault" if self._is_training(folder) else "Live vault"

    def start(self) -> None:
        """Focus starts in the passphrase; on making a vault where none is known."""
        if self._make is not None:
            self._make.setFocus()
        else:
            self.form.focus_on("passphrase")
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
        from csa_desk.ui.widgets.messages import announce

        self.set_busy(False)
        self.form.set_value("passphrase", "")
        self.form.set_error("passphrase", sentence)
        self.form.focus_on("passphrase")
        announce(self, sentence)

    def offer_way_out(self, way: "WayOut | None") -> None:
        """The vault is damaged: what can be done stands under the passphrase; ``None`` takes that away."""
        if self._way_out is not None:
            self._way_out.hide()
            self._way_out.deleteLater()
            self._way_out = None
        if way is not None:
            from csa_desk.ui.shell.way_out import WayOutCard

            self._way_out = WayOutCard(way)
            self._way_out.restore_asked.connect(self._restore)
            self._way_out.salvage_asked.connect(self._salvage)
            self._ways.addWidget(self._way_out)
            self._way_out.show()

    def _restore(self) -> None:
        self._mend(salvage=False)

    def _salvage(self) -> None:
        self._mend(salvage=True)

    def _mend(self, *, salvage: bool) -> None:
        folder, passphrase = self.folder(), str(self.form.value("passphrase"))
        if not passphrase:
            self.form.set_error("passphrase", "Type the passphrase of this vault")
            self.form.focus_on("passphrase")
        elif folder is not None:
            self.set_busy(True, "Saving …" if salvage else "Restoring …")
            self.mend_asked.emit(folder, passphrase, salvage)

    def set_busy(self, busy: bool, words: str = "Opening …") -> None:
        """While the key is being made."""
        self.button.set_words(words if busy else "Unlock")
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
        training = folder is not None and self._is_training(folder)
        self.set_training(training)
        self.vault_chosen.emit(training)

    def _recover(self) -> None:
        folder = self.folder()
        if folder is None:
            self.form.set_error("folder", "Say where the vault is: a folder that ends in .csadesk")
            self.form.focus_on("folder")
        else:
            self.recover_asked.emit(folder)

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


def vault_name(folder: Path) -> str:
    """``eastmere.csadesk`` → *Eastmere*."""
    name = folder.name.removesuffix(".csadesk").replace("_", " ") or str(folder)
    return f"{name[:1].upper()}{name[1:]}"


def place_words(folder: Path) -> str:
    """Where a vault is, in few words: its folder's name and its own."""
    return f"{folder.parent.name} / {folder.name}" if folder.parent.name else folder.name
