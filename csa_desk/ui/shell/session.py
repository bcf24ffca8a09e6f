"""An unlocked vault on the screen: what pages use to read, save, keep drafts and go elsewhere."""

from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from csa_desk.casework.casefile import CaseFile, load, open_file
from csa_desk.casework.desk import Desk
from csa_desk.errors import DeskError
from csa_desk.settings import Settings
from csa_desk.store import stash
from csa_desk.ui.shell.drafting import DraftKeeper
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
        self, desk: Desk, settings: Settings, local_data: Path, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.settings = settings
        self.local_data = local_data
        self.runner = Runner(self)
        self.drafts = DraftKeeper(desk.vault, self)
        self.drafts.kept.connect(self.draft_kept)
        self.drafts.failed.connect(self.failed)
        self._forms: list[tuple[Form, str]] = []
        self._file: CaseFile | None = None

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

    def attempt(self, verb: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Run a verb of casework. Shows *Saved* with the time; a refusal is shown as its sentence, and gives None."""
        try:
            result = verb(*args, **kwargs)
        except DeskError as fault:
            self.failed.emit(str(fault))
            return None
        self.saved.emit(self.desk.clock.now().astimezone().strftime("%H:%M"))
        return result

    def toast(self, words: str, undo: Callable[[], None] | None = None) -> None:
        """Say something that can be undone for a few seconds."""
        self.toasted.emit(words, undo)

    # --- forms and drafts -----------------------------------------------------------------------------------

    def watch_form(self, form: Form, prefix: str) -> None:
        """Keep what is typed in a form as drafts ``prefix/KEY`` and put back what was kept before."""
        self._forms = [(known, name) for known, name in self._forms if known is not form]
        self._forms.append((form, prefix))
        form.typed.connect(self._typed)
        for key, draft in self.desk.vault.drafts(f"{prefix}/").items():
            name = key.removeprefix(f"{prefix}/")
            if name in {field.key for field in form.fields}:
                form.restore_draft(name, draft.text, draft.cursor)
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
        if prefix is not None:
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

    def focused(self) -> tuple[str, int]:
        """Key and cursor of the field that has the focus, or empty."""
        widget: QWidget | None = QApplication.focusWidget()
        while widget is not None:
            if isinstance(widget, Field):
                return widget.key, widget.control.draft()[1]
            widget = widget.parentWidget()
        return "", 0

    def focus_field(self, key: str, cursor: int) -> bool:
        """Go back to a field and cursor; False where this page has no such field."""
        for form, _ in self._standing():
            if key in {field.key for field in form.fields}:
                form.focus_on(key, cursor)
                return True
        return False

    def close(self) -> None:
        """End the work of this session and let go of the vault."""
        self.runner.close()
        self.desk.vault.close()

    def stash(self, place: Place) -> bool:
        """The vault cannot take the last words: seal them to their author on this computer."""
        vault = self.desk.vault
        words = {**self.drafts.waiting, PLACE_DRAFT: (place.packed(), 0)}
        return stash.put(
            self.local_data, vault.vault_id, vault.practitioner, vault.opened.own.identity.recipient, words
        )

    def take_back(self) -> None:
        """Bring words that were sealed outside at the last lock into the vault."""
        vault = self.desk.vault
        if vault.read_only:
            return
        found = stash.take(self.local_data, vault.vault_id, vault.practitioner, vault.opened.own.identity)
        for key, (text, cursor) in found.items():
            vault.keep_draft(key, text, cursor)
        if found:
            stash.drop(self.local_data, vault.vault_id, vault.practitioner)
