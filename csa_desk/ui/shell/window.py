"""The one window: the entrance while locked, the inside while a vault is open."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from csa_desk import settings as stored
from csa_desk.errors import DeskError
from csa_desk.ui.look import apply_look, px
from csa_desk.ui.shell.runner import Runner
from csa_desk.ui.shell.unlock import UnlockPage
from csa_desk.ui.widgets.ring import FocusRing

if TYPE_CHECKING:
    from csa_desk.store.opening import Opener, Unlocked
    from csa_desk.ui.shell.inside import Inside

Relaunch = Callable[[Path | None, str], None]


class DeskWindow(QWidget):
    """Shows the unlock page at once; everything heavy is loaded while the key is being made.

    ``make_opener`` makes the opener on first use; ``relaunch(folder, why)`` replaces the process after a lock.
    """

    unlocked = Signal()
    refused = Signal(str)

    def __init__(
        self,
        local_data: Path,
        make_opener: "Callable[[], Opener]",
        relaunch: Relaunch,
        *,
        chosen: Path | None = None,
        locked_since: str = "",
        why: str = "",
    ) -> None:
        super().__init__()
        self.setObjectName("deskWindow")
        self._local_data = local_data
        self._make_opener = make_opener
        self._relaunch = relaunch
        self.settings = stored.read(local_data)
        self.runner = Runner(self)
        self.inside: Inside | None = None
        self._folder: Path | None = chosen
        self._training = False
        self._look()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._stack = QStackedWidget()
        column.addWidget(self._stack)
        self._ring = FocusRing(self)
        self.setWindowTitle("CSA Desk")
        self.resize(px(1280), px(800))
        self.setMinimumSize(640, 480)
        self.entrance: QWidget
        self.show_unlock(chosen=chosen, locked_since=locked_since, why=why)

    # --- locked ---------------------------------------------------------------------------------------------

    def show_unlock(self, *, chosen: Path | None = None, locked_since: str = "", why: str = "") -> None:
        """The unlock page; with no vault known yet it offers to make one."""
        page = UnlockPage(self.settings, _is_training, chosen=chosen, locked_since=locked_since, why=why)
        page.unlock_asked.connect(self._unlock)
        page.create_asked.connect(self.show_first_run)
        page.vault_chosen.connect(self._kind_chosen)
        self._swap(page)
        page.start()

    def show_first_run(self) -> None:
        """Make a new vault."""
        from csa_desk.ui.shell.first_run import FirstRunPage

        page = FirstRunPage(self._make_opener, self.runner, self._local_data)
        page.made.connect(self._unlock)
        page.given_up.connect(self.show_unlock)
        page.kind_chosen.connect(self._kind_chosen)
        self._swap(page)
        page.start()

    def _swap(self, page: QWidget) -> None:
        old = self._stack.currentWidget()
        self.entrance = page
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        if old is not None:
            self._stack.removeWidget(old)
            old.deleteLater()

    def _kind_chosen(self, training: bool) -> None:
        if training != self._training:
            self._training = training
            self._look()

    def _look(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            chosen = self.settings
            apply_look(app, chosen.scheme, training=self._training, text_size=chosen.text_size)  # type: ignore[arg-type]

    # --- unlocking ------------------------------------------------------------------------------------------

    def _unlock(self, folder: Path, passphrase: str) -> None:
        self._folder = folder
        self.runner.run(partial(_derive, self._make_opener, folder, passphrase), self._derived)

    def _derived(self, result: "tuple[Opener, Unlocked] | None", fault: DeskError | None) -> None:
        if fault is None and result is not None:
            try:
                self._enter(*result)
            except DeskError as refusal:
                fault = refusal
        if fault is not None:
            if isinstance(self.entrance, UnlockPage):
                self.entrance.refuse(str(fault))
            else:
                self.show_unlock(chosen=self._folder)
            self.refused.emit(str(fault))

    def _enter(self, opener: "Opener", unlocked: "Unlocked") -> None:
        from csa_desk.casework.desk import Desk
        from csa_desk.content.reading import Packs
        from csa_desk.paths import resource
        from csa_desk.ui.shell.inside import Inside
        from csa_desk.ui.shell.session import Session

        vault = opener.attach(unlocked)
        desk = Desk(vault, Packs(resource("content")))
        self.settings = self.settings.with_vault(vault.folder)
        stored.write(self._local_data, self.settings)
        self._training = desk.training
        self._look()
        session = Session(desk, self.settings, self._local_data, self)
        session.take_back()
        session.changed.connect(self._settings_changed)
        inside = Inside(session)
        inside.locked.connect(self._locked)
        inside.hidden_changed.connect(self._hidden)
        self.inside = inside
        self._swap(inside)
        self.setWindowTitle(self._title())
        inside.start()
        self.unlocked.emit()

    def _title(self) -> str:
        return "Desk – Training: invented data" if self._training else "Desk"

    def _hidden(self, hidden: bool) -> None:
        self.setWindowTitle("Desk" if hidden else self._title())

    def _settings_changed(self) -> None:
        if self.inside is None or self.inside.session.settings == self.settings:
            return
        self.settings = self.inside.session.settings
        stored.write(self._local_data, self.settings)
        self._look()
        page = self.inside.page
        if page is not None:
            self.inside.go(page.place)

    # --- locking --------------------------------------------------------------------------------------------

    def _locked(self, why: str) -> None:
        self.inside = None
        self.runner.close()
        self._relaunch(self._folder, why)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing locks: words kept, vault closed; then the program ends."""
        if self.inside is not None:
            inside, self.inside = self.inside, None
            inside.locked.disconnect(self._locked)
            inside.lock("close")
        self.runner.close()
        event.accept()


def _derive(make_opener: "Callable[[], Opener]", folder: Path, passphrase: str) -> Any:
    """The slow part, off the interface thread; what the inside needs is loaded meanwhile."""
    opener = make_opener()
    unlocked = opener.unlock(folder, passphrase)
    import csa_desk.ui.shell.inside  # noqa: F401

    return opener, unlocked


def _is_training(folder: Path) -> bool:
    """What a vault's header says of its kind, before anything is opened; only for colour."""
    try:
        found = json.loads((folder / "vault.json").read_bytes())
        return isinstance(found, dict) and found.get("kind") == "training"
    except (OSError, ValueError):
        return False
