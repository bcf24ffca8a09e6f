"""The one window: the entrance while locked, the inside while a vault is open."""

import json
import threading
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from csa_desk import settings as stored
from csa_desk.errors import DeskError
from csa_desk.ui.look import apply_look, px
from csa_desk.ui.shell.runner import Runner
from csa_desk.ui.shell.unlock import UnlockPage
from csa_desk.ui.widgets.ring import FocusRing

if TYPE_CHECKING:
    from csa_desk.store.opening import Opener, Unlocked
    from csa_desk.ui.shell.capture import CaptureGuard
    from csa_desk.ui.shell.computer import Computer
    from csa_desk.ui.shell.inside import Inside

Relaunch = Callable[[Path | None, str], None]


class DeskWindow(QWidget):
    """Shows the unlock page at once; everything heavy is loaded while the passphrase is typed and the key made.

    ``make_opener`` makes the opener on first use; ``relaunch(folder, why)`` replaces the process after a lock;
    ``make_computer`` gives what tells of the whole computer, once a vault is open (without it nothing is told).
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
        make_computer: "Callable[[], Computer] | None" = None,
    ) -> None:
        super().__init__()
        self.setObjectName("deskWindow")
        self._make_computer = make_computer
        self._capture: CaptureGuard | None = None
        self._loading = _Loading()
        self._local_data = local_data
        self._make_opener = make_opener
        self._relaunch = relaunch
        self.settings = stored.read(local_data)
        self.runner = Runner(self)
        self.inside: Inside | None = None
        self._folder: Path | None = chosen
        self._training = False
        self._say_inside = ""  # how somebody came in, to be said once they are
        self._rehearse = False  # whether the new sheet is to be tried out first of all
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

    def showEvent(self, event: QShowEvent) -> None:
        """The window stands: load the rest while the passphrase is typed."""
        super().showEvent(event)
        QTimer.singleShot(LOAD_AFTER_MS, self._loading.begin)

    # --- locked ---------------------------------------------------------------------------------------------

    def show_unlock(
        self,
        *,
        chosen: Path | None = None,
        locked_since: str = "",
        why: str = "",
        made: bool = False,
        told: tuple[str, str] = ("", ""),
    ) -> None:
        """The unlock page; with no vault known yet it offers to make one. ``made``: the chosen one is new."""
        page = UnlockPage(
            self.settings,
            _is_training,
            chosen=chosen,
            locked_since=locked_since,
            why=why,
            made=made,
            told=told,
        )
        page.mend_asked.connect(self._mend)
        page.unlock_asked.connect(self._unlock)
        page.create_asked.connect(self.show_first_run)
        page.recover_asked.connect(self.show_recover)
        page.vault_chosen.connect(self._kind_chosen)
        self._swap(page)
        page.start()

    def show_recover(self, folder: Path) -> None:
        """Come back in with a recovery sheet or two shares."""
        from csa_desk.ui.shell.recover import RecoverPage

        self._folder = folder
        page = RecoverPage(self._make_opener, self.runner, folder)
        page.recovered.connect(self._recovered)
        page.given_up.connect(self._back_to_unlock)
        self._swap(page)
        page.start()

    def _recovered(self, folder: Path, passphrase: str, said: str) -> None:
        self._say_inside = said
        self._unlock(folder, passphrase)

    def _back_to_unlock(self) -> None:
        self.show_unlock(chosen=self._folder)

    def show_first_run(self) -> None:
        """Make a new vault."""
        from csa_desk.ui.shell.first_run import FirstRunPage

        page = FirstRunPage(self._make_opener, self.runner, self._local_data)
        page.made.connect(self._made)
        page.given_up.connect(self.show_unlock)
        page.kind_chosen.connect(self._kind_chosen)
        self._swap(page)
        page.start()

    def _made(self, folder: Path, passphrase: str, rehearse: bool) -> None:
        self._rehearse = rehearse
        self._unlock(folder, passphrase)

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
        self.runner.run(partial(_derive, self._make_opener, self._loading, folder, passphrase), self._derived)

    def _derived(self, result: "tuple[Opener, Unlocked] | None", fault: DeskError | None) -> None:
        if fault is None and result is not None:
            try:
                self._enter(*result)
            except DeskError as refusal:
                fault = refusal
        if fault is not None:
            if not isinstance(self.entrance, UnlockPage):
                from csa_desk.ui.shell.first_run import FirstRunPage

                made = isinstance(self.entrance, FirstRunPage)
                self.show_unlock(chosen=self._folder, made=made)
            if isinstance(self.entrance, UnlockPage):
                self._offer_way_out(self.entrance, fault)
                self.entrance.refuse(str(fault))
            self.refused.emit(str(fault))

    # --- a damaged vault --------------------------------------------------------------------------------------

    def _offer_way_out(self, page: UnlockPage, fault: DeskError) -> None:
        from csa_desk.casework.mending import way_out

        page.offer_way_out(way_out(self._folder, fault) if self._folder is not None else None)

    def _mend(self, folder: Path, passphrase: str, salvage: bool) -> None:
        self._folder = folder
        self.runner.run(partial(_mend, self._make_opener, folder, passphrase, salvage=salvage), self._mended)

    def _mended(self, result: tuple[Path, str] | None, fault: DeskError | None) -> None:
        if result is None:
            if isinstance(self.entrance, UnlockPage):
                self.entrance.refuse(str(fault))
            return
        folder, said = result
        self.settings = self.settings.with_vault(folder)
        stored.write(self._local_data, self.settings)
        self.show_unlock(chosen=folder, told=(f"The new vault is in {folder}.", said))

    def _enter(self, opener: "Opener", unlocked: "Unlocked") -> None:
        from csa_desk.casework.desk import Desk
        from csa_desk.casework.notes import at_unlock
        from csa_desk.casework.rights import Right
        from csa_desk.content.reading import Packs
        from csa_desk.paths import resource
        from csa_desk.ui.pages.settings.page import REHEARSE
        from csa_desk.ui.shell.capture import CaptureGuard
        from csa_desk.ui.shell.computer import Computer
        from csa_desk.ui.shell.inside import Inside
        from csa_desk.ui.shell.place import Place
        from csa_desk.ui.shell.session import Session

        vault = opener.attach(unlocked)
        desk = Desk(vault, Packs(resource("content")))
        self.settings = self.settings.with_vault(vault.folder)
        stored.write(self._local_data, self.settings)
        self._training = desk.training
        self._look()
        computer = self._make_computer() if self._make_computer is not None else Computer()
        computer.setParent(self)
        computer.watch(self)
        self._capture = CaptureGuard(computer, self)
        session = Session(desk, self.settings, self._local_data, self, computer=computer)
        session.opener = opener
        session.take_back()
        told = at_unlock(desk) if desk.may(Right.OWN_KEYS) else []
        session.changed.connect(self._settings_changed)
        inside = Inside(session)
        for sentence in (*filter(None, (self._say_inside,)), *told):
            inside.notice(sentence)
        self._say_inside = ""
        inside.locked.connect(self._locked)
        inside.hidden_changed.connect(self._hidden)
        self.inside = inside
        self._swap(inside)
        self.setWindowTitle(self._title())
        inside.start()
        if self._rehearse:
            self._rehearse = False
            inside.go(Place("settings", item=REHEARSE))
        self._apply_capture()
        self.unlocked.emit()

    def _apply_capture(self) -> None:
        """Training is shown to whole rooms; a live vault is not."""
        if self._capture is not None:
            self._capture.set_on(self.settings.hide_from_capture and not self._training)

    def _title(self) -> str:
        return "Desk – Training: invented data" if self._training else "Desk"

    def _hidden(self, hidden: bool) -> None:
        self.setWindowTitle("Desk" if hidden else self._title())

    def _settings_changed(self) -> None:
        if self.inside is None or self.inside.session.settings == self.settings:
            return
        before, self.settings = self.settings, self.inside.session.settings
        stored.write(self._local_data, self.settings)
        self._apply_capture()
        if (before.scheme, before.text_size) == (self.settings.scheme, self.settings.text_size):
            # Another vault that is known, or minutes: the page stays, with what it has just told.
            return
        self._look()
        page = self.inside.page
        if page is not None:
            self.inside.go(page.place)

    # --- locking --------------------------------------------------------------------------------------------

    def _locked(self, why: str) -> None:
        self.inside = None
        self.runner.close()
        if why in ("close", "leave"):
            self.close()
        else:
            self._relaunch(self._folder, why)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing locks: words kept, vault closed; then the program ends.

        Where the lock must wait, for long work, a backup or words that nothing takes, so does the end.
        """
        if self.inside is not None:
            # A second wish to close waits for no backup.
            session = self.inside.session
            waits = (
                not self.inside.leaving
                and not session.long_work.words
                and session.backups.start_before_closing()
            )
            self.inside.lock("leave" if waits else "close")
        if self.inside is not None:
            event.ignore()
            return
        self.runner.close()
        event.accept()


def _derive(make_opener: "Callable[[], Opener]", loading: "_Loading", folder: Path, passphrase: str) -> Any:
    """The slow part, off the interface thread; what the inside needs is loaded by then, or beside."""
    loading.begin()
    opener = make_opener()
    try:
        return opener, opener.unlock(folder, passphrase)
    finally:
        loading.finish()


def _mend(
    make_opener: "Callable[[], Opener]", folder: Path, passphrase: str, *, salvage: bool
) -> tuple[Path, str]:
    """A new vault beside a damaged one, off the interface thread."""
    from csa_desk.casework.mending import mend_beside

    return mend_beside(make_opener(), folder, passphrase, salvage=salvage)


class _Loading:
    """Brings in what an open vault needs, on a thread of its own, while the passphrase is typed or tried."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """Begin, once."""
        if self._thread is None:
            # A window that is closed before it was unlocked does not wait for it.
            self._thread = threading.Thread(target=_load_inside, name="load-inside", daemon=True)
            self._thread.start()

    def finish(self) -> None:
        """Wait for the rest."""
        if self._thread is not None:
            self._thread.join()


def _load_inside() -> None:
    for name in _OF_THE_INSIDE:
        import_module(name)


LOAD_AFTER_MS = 200
"""After the first window stands, so that it is not kept waiting."""
_OF_THE_INSIDE = (
    "csa_desk.store.opening",
    "csa_desk.casework.desk",
    "csa_desk.content.reading",
    "csa_desk.ui.shell.inside",
    "csa_desk.ui.shell.capture",
    "csa_desk.ui.pages.today.page",
)


def _is_training(folder: Path) -> bool:
    """What a vault's header says of its kind, before anything is opened; only for colour."""
    try:
        found = json.loads((folder / "vault.json").read_bytes())
        return isinstance(found, dict) and found.get("kind") == "training"
    except (OSError, ValueError):
        return False
