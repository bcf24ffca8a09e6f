"""An unlocked vault on the screen: what pages use to read, save, keep drafts and go elsewhere."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from csa_desk.casework.casefile import CaseFile, load, open_file
from csa_desk.casework.compartments import SealedDrafts
from csa_desk.casework.desk import Desk
from csa_desk.casework.rights import Right
from csa_desk.errors import DeskError
from csa_desk.settings import Settings
from csa_desk.store import stash
from csa_desk.store.header import Header, open_slot
from csa_desk.store.opening import Opener
from csa_desk.store.sheet import read_sheet
from csa_desk.ui.shell.backup_keeper import BackupKeeper
from csa_desk.ui.shell.computer import Computer
from csa_desk.ui.shell.drafting import DraftKeeper
from csa_desk.ui.shell.key_change import KeyChange
from csa_desk.ui.shell.long_work import LongWork
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.runner import Runner
from csa_desk.ui.widgets.form import Field, Form

P = ParamSpec("P")
T = TypeVar("T")
PLACE_DRAFT = "place"


class Session(QObject):
    """One practitioner at work in one vault."""

    went = Signal(object)  # Place: go there
    saved = Signal(str)  # the time, as 10:42
    draft_kept = Signal()
    failed = Signal(str)  # one sentence, shown on the page
    toasted = Signal(str, object)  # words, what undoes it (a callable) or None
    changed = Signal()  # settings or counts: the rail looks again
    lock_asked = Signal(str)  # why

    def __init__(
        self,
        desk: Desk,
        settings: Settings,
        local_data: Path,
        parent: QObject | None = None,
        *,
        computer: Computer | None = None,
    ) -> None:
        super().__init__(parent)
        self.computer = computer if computer is not None else Computer(self)
        self.desk = desk
        self.settings = settings
        self.local_data = local_data
        self.runner = Runner(self)
        self.long_work = LongWork(self.runner, self)
        self.key_change = KeyChange(desk.vault, self.long_work, self)
        self.opener: Opener | None = None
        self._kept = SealedDrafts(desk)
        self.drafts = DraftKeeper(self._kept, self)
        self.drafts.kept.connect(self.draft_kept)
        self.drafts.failed.connect(self.failed)
        self.backups = BackupKeeper(desk, self._is_quiet, self)
        self._forms: list[tuple[Form, str]] = []
        self._untouched: set[str] = set()
        self._file: CaseFile | None = None
        self._stashed = False
        self.returning = (
            ""  # the draft key of the field one comes back to after a lock, while its page is built
        )
        self.telling = ("", "")  # case id, and who is telling in its assessment until another is chosen

    def go(self, place: Place) -> None:
        """Go to another place; what is typed here is saved or kept first."""
        self.went.emit(place)

    def file(self, case: str, *, fresh: bool = False) -> CaseFile:
        """The child's file. Opening another child's is logged; the same one is read anew with ``fresh``."""
        if self._file is None or self._file.code != case:
            self._file = open_file(self.desk, case)
        elif fresh:
            self._file = load(self.desk.vault.read, self._file.case)
        return self._file

    def forget_file(self) -> None:
        """The next page reads the child's file anew."""
        if self._file is not None:
            self._file = load(self.desk.vault.read, self._file.case)

    def leave_file(self) -> None:
        """The file that is open is not to be seen any more: forget it and go to the children."""
        self._file = None
        self.go(Place("children"))

    def attempt(self, verb: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Run a verb of casework. Shows *Saved* with the time; a refusal is shown as its sentence, and gives None."""
        try:
            result = verb(*args, **kwargs)
        except DeskError as fault:
            self.failed.emit(str(fault))
            return None
        self.saved.emit(self.desk.clock.now().astimezone().strftime("%H:%M"))
        return result

    def may(self, right: Right) -> bool:
        """Whether who is at work has this right: what pages offer goes by it."""
        return self.desk.may(right)

    def offer(self, widget: QWidget, right: Right) -> bool:
        """Hide a widget that does what this practitioner has no right to; whether it is offered.

        Nothing is ever shown by this: a widget that stands nowhere yet would become a window.
        """
        allowed = self.may(right)
        if not allowed:
            widget.hide()
        return allowed

    def attempt_quietly(self, verb: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Run a verb that nobody asked for: only a refusal is told, as its sentence."""
        try:
            return verb(*args, **kwargs)
        except DeskError as fault:
            self.failed.emit(str(fault))
            return None

    def toast(self, words: str, undo: Callable[[], None] | None = None) -> None:
        """Say something for a few seconds, in which ``undo`` takes it back. Going elsewhere ends it: go first."""
        self.toasted.emit(words, undo)

    # --- forms and drafts -----------------------------------------------------------------------------------

    def watch_form(self, form: Form, prefix: str, *, whole: bool = False) -> None:
        """Keep what is typed and chosen in a form as drafts ``prefix/KEY`` and put back what was kept before.

        ``whole`` is for a form that is sent at once: with its first change everything that stands in it is kept,
        also what stood there from the start.
        """
        self._forms = [(known, name) for known, name in self._forms if known is not form]
        self._forms.append((form, prefix))
        form.typed.connect(self._typed)
        found = {key: (draft.text, draft.cursor) for key, draft in self._kept.found(f"{prefix}/").items()}
        # Newer than what the vault has: it could not take them yet.
        found |= {key: kept for key, kept in self.drafts.waiting.items() if key.startswith(f"{prefix}/")}
        self._untouched.discard(prefix)
        if whole and not found:
            self._untouched.add(prefix)
        for key, (text, cursor) in found.items():
            name = key.removeprefix(f"{prefix}/")
            if name in {field.key for field in form.fields}:
                form.restore_draft(name, text, cursor)
                self.draft_kept.emit()

    def draft_key(self, form: Form, key: str) -> str:
        """The key of a field's draft, to be dropped with its saving; also forgets what waits to be written."""
        prefix = next((name for known, name in self._forms if known is form), "")
        full = f"{prefix}/{key}"
        self.drafts.forget(full)
        return full

    def drop_draft(self, form: Form, key: str) -> None:
        """What was typed is saved or given up: no draft of it is kept."""
        full = self.draft_key(form, key)
        if not self.desk.vault.read_only and self.desk.vault.drafts(full):
            self.desk.vault.drop_draft(full)

    def _typed(self, key: str, text: str, cursor: int) -> None:
        form = self.sender()
        prefix = next((name for known, name in self._forms if known is form), None)
        if prefix is None:
            return
        if prefix in self._untouched and isinstance(form, Form):
            self._untouched.discard(prefix)
            for name, (stands, place) in form.drafts().items():
                if stands:
                    self.drafts.keep(f"{prefix}/{name}", stands, place)
        self.drafts.keep(f"{prefix}/{key}", text, cursor)

    def _standing(self) -> list[tuple[Form, str]]:
        """The forms that still stand: one that was put away with its card is forgotten."""
        self._forms = [(form, name) for form, name in self._forms if isValid(form)]
        return list(self._forms)

    def leave_forms(self) -> None:
        """Leaving a page: say and save everything that waits, then forget the forms."""
        for form, _ in self._standing():
            form.flush()
        self.drafts.flush()
        self._forms.clear()

    def flush_for_lock(self) -> None:
        """Keep every unsaved word as a draft; save nothing that was not left, ask nothing."""
        for form, _ in self._standing():
            form.keep()
        self.drafts.flush()

    def wake_forms(self) -> None:
        """The lock was given up before its end: typing goes on where it stopped."""
        for form, _ in self._standing():
            form.wake()

    def focused(self, widget: QWidget | None = None) -> tuple[str, int]:
        """Key and cursor of the field that a widget is in, or empty; of the one that has the focus unless told."""
        widget = widget if widget is not None else QApplication.focusWidget()
        while widget is not None:
            if isinstance(widget, Field):
                return widget.key, widget.control.draft()[1]
            widget = widget.parentWidget()
        return "", 0

    def draft_of(self, widget: QWidget) -> str:
        """The draft key of the field a widget is in; empty where its form is not watched."""
        key, _ = self.focused(widget)
        for form, prefix in self._standing():
            if key in {field.key for field in form.fields} and form.isAncestorOf(widget):
                return f"{prefix}/{key}"
        return ""

    def focus_field(self, key: str, cursor: int) -> bool:
        """Go back to a field and cursor; False where this page has no such field. ``key`` may be its draft's."""
        for form, prefix in self._standing():
            for field in form.fields:
                if key == f"{prefix}/{field.key}":
                    form.focus_on(field.key, cursor)
                    return True
        for form, _ in self._standing():
            if key in {field.key for field in form.fields}:
                form.focus_on(key, cursor)
                return True
        return False

    def close(self) -> None:
        """End the work of this session and let go of the vault. A copy that runs stops at its next safe point."""
        self.drafts.rest()
        self.desk.vault.stopping.set()
        self.backups.close()
        self.runner.close()
        self.desk.vault.close()

    def _is_quiet(self) -> bool:
        """Whether nothing waits to be written and no other long work runs."""
        return not self.drafts.waiting and not self.long_work.words and not self.key_change.running

    def recognise(self, typed: str, done: Callable[[bool | None, DeskError | None], None]) -> None:
        """Whether a passphrase or sheet is this practitioner's own. Slow, so beside; the vault's folder may be gone."""
        vault = self.desk.vault
        self.runner.run(partial(_is_own, vault.header, vault.practitioner, typed), done)

    def stash(self, place: Place) -> bool:
        """The vault cannot take the last words: seal them to their author on this computer."""
        vault = self.desk.vault
        words = {**self.drafts.waiting, PLACE_DRAFT: (place.packed(), 0)}
        return stash.put(
            self.local_data, vault.vault_id, vault.practitioner, vault.opened.own.identity.recipient, words
        )

    def take_back(self) -> None:
        """Bring words that were sealed outside at the last lock into the vault.

        What it still cannot take waits with what is typed, and stays sealed outside until it is written.
        """
        vault = self.desk.vault
        found = stash.take(self.local_data, vault.vault_id, vault.practitioner, vault.opened.own.identity)
        self._stashed = bool(found)
        if found and self.drafts.take_up(found):
            self.drop_stash()

    def drop_stash(self) -> None:
        """The vault has every word that was sealed outside."""
        if self._stashed:
            stash.drop(self.local_data, self.desk.vault.vault_id, self.desk.vault.practitioner)
            self._stashed = False


def _is_own(header: Header, practitioner: str, typed: str) -> bool:
    opened = open_slot(header, read_sheet(typed).secret or typed)
    return opened is not None and opened.own.practitioner == practitioner
