"""First run: making a vault, step by step, and writing the recovery words down before anything is put into it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit

from csa_desk.casework.founding import NewVault, make_vault
from csa_desk.casework.recovery import NewShares, make_first_shares
from csa_desk.errors import DeskError
from csa_desk.records.ids import new_id
from csa_desk.records.vault import OwnService
from csa_desk.ui.look import px
from csa_desk.ui.shell.entrance import Entrance
from csa_desk.ui.shell.first_steps import (
    TRAINING,
    KindStep,
    PassphraseStep,
    PlaceStep,
    ProveStep,
    ServiceStep,
    Step,
    WordsStep,
    YouStep,
)
from csa_desk.ui.shell.going_on import GoingOn
from csa_desk.ui.shell.rehearse_step import RehearseStep
from csa_desk.ui.shell.runner import Runner
from csa_desk.ui.shell.share_step import ShareStep
from csa_desk.ui.widgets.messages import ErrorSummary, announce
from csa_desk.ui.widgets.text import Words

if TYPE_CHECKING:
    from csa_desk.store.opening import Opener


class _Making:
    """The slow part, for the thread beside: it holds no widget."""

    def __init__(self, make_opener: "Callable[[], Opener]", wanted: NewVault, passphrase: str) -> None:
        self._make_opener, self._wanted, self._passphrase = make_opener, wanted, passphrase

    def __call__(self) -> str:
        return make_vault(self._make_opener(), self._wanted, self._passphrase)


def _make_shares(make_opener: "Callable[[], Opener]", folder: Path, passphrase: str) -> NewShares:
    return make_first_shares(make_opener(), folder, passphrase)


class FirstRunPage(Entrance):
    """Asks one thing at a time. ``made`` carries folder, passphrase and whether to try the whole sheet out at once."""

    made = Signal(Path, str, bool)
    given_up = Signal()
    kind_chosen = Signal(bool)  # whether it is a training vault

    def __init__(self, make_opener: "Callable[[], Opener]", runner: Runner, local_data: Path) -> None:
        super().__init__("A new vault", "On this computer, and opened only by the people you choose.")
        self._make_opener = make_opener
        self._runner = runner
        self._local_data = local_data
        self._folder = Path()
        self._passphrase = ""
        self.kind, self.you, self.service = KindStep(), YouStep(), ServiceStep()
        self.where, self.phrase = PlaceStep(), PassphraseStep()
        self.words, self.prove, self.shares, self.rehearse = (
            WordsStep(),
            ProveStep(),
            ShareStep(),
            RehearseStep(),
        )
        self.steps: list[Step] = [
            self.kind,
            self.you,
            self.service,
            self.where,
            self.phrase,
            self.words,
            self.prove,
            self.shares,
            self.rehearse,
        ]
        self._now = 0
        self._build()

    def _build(self) -> None:
        main = self.body.main
        main.addSpacing(px(28))
        self._number = Words("", "small-strong", "muted")
        self.body.add(self._number)
        self._title = Words("", "h1")
        self.body.add(self._title)
        self.summary = ErrorSummary()
        self.summary.asked.connect(self._to_field)
        self.body.add(self.summary)
        for step in self.steps:
            step.hide()
            self.body.add(step)
        going = GoingOn(self.go_on, self.go_back)
        self.button, self.back_button = going.on, going.back
        self.body.add(going)
        self.body.finish()
        self.kind.form.answered.connect(self._kind_answered)
        self._watch_enter()
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.go_on)

    def _watch_enter(self) -> None:
        for step in self.steps:
            for field in step.form.fields:
                for stop in field.control.stops():
                    if isinstance(stop, QLineEdit):
                        stop.installEventFilter(self)

    def start(self) -> None:
        """Show the first step."""
        self._show(0)

    @property
    def step(self) -> Step:
        """The step that is asked now."""
        return self.steps[self._now]

    def _show(self, number: int) -> None:
        self.step.hide()
        self._now = number
        step = self.step
        self.summary.show_problems([])
        asked = self._asked()
        self._number.set_words(f"Step {asked.index(step) + 1} of {len(asked)}")
        self._title.set_words(step.title)
        self.button.set_words(step.go_on)
        self.back_button.set_words(self._back_words())
        # The vault is made: what was asked before that cannot be changed here, and papers are not shown twice.
        self.back_button.setVisible(step not in (self.words, self.rehearse))
        step.shown()
        step.show()
        self.body.verticalScrollBar().setValue(0)
        step.focus_first()
        announce(self, f"{self._number.words}. {step.title}")

    def _asked(self) -> list[Step]:
        """The steps of this kind of vault: who learns needs no shares."""
        training = self.kind.text("kind") == TRAINING
        return [step for step in self.steps if not (training and step is self.shares)]

    def _back_words(self) -> str:
        if self.step is self.kind:
            return "I have a vault already"
        return "Show the words again" if self.step is self.prove else "Back"

    # --- going on and back ----------------------------------------------------------------------------------

    def go_on(self) -> None:
        """To the next step, or say what is missing."""
        if not self.isEnabled():
            return
        problems = self.step.problems()
        self.summary.show_problems(problems)
        if problems:
            self.body.verticalScrollBar().setValue(0)
            return
        if self.step is self.phrase:
            self._make()
        elif self.step is self.prove and self.kind.text("kind") == TRAINING:
            self._show(self.steps.index(self.rehearse))
        elif self.step is self.shares:
            self._share_or_go_on()
        elif self.step is self.rehearse:
            self._open()
        else:
            if self.step is self.service:
                self.where.offer(self.service.text("name"))
            if self.step is self.where:
                names = (self.you.text("name"), self.service.text("name"), self.where.folder().stem)
                self.phrase.known = names
            self._show(self._now + 1)

    def go_back(self) -> None:
        """To the step before, or away."""
        if self.step is self.kind:
            self.kind_chosen.emit(False)
            self.given_up.emit()
        else:
            self._show(self._now - 1)

    def _to_field(self, key: str) -> None:
        self.step.form.focus_on(key)

    def _kind_answered(self, _key: str, value: object) -> None:
        self.kind_chosen.emit(value == TRAINING)

    # --- making ---------------------------------------------------------------------------------------------

    def wanted(self) -> NewVault:
        """Everything that was asked, for the vault to be made."""
        said = {field.key: self.service.text(field.key) for field in self.service.form.fields}
        return NewVault(
            folder=self.where.folder(),
            training=self.kind.text("kind") == TRAINING,
            name=self.you.text("name"),
            profession=self.you.text("profession"),
            service=OwnService(id=new_id(), **said),  # type: ignore[arg-type]
        )

    def _make(self) -> None:
        wanted = self.wanted()
        self._folder, self._passphrase = wanted.folder, self.phrase.passphrase
        self.button.set_words("Making the vault …")
        self.setEnabled(False)
        announce(self, "Making the vault. It takes a few seconds")
        self._runner.run(_Making(self._make_opener, wanted, self._passphrase), self._made)

    def _made(self, words: str | None, fault: DeskError | None) -> None:
        self.setEnabled(True)
        if fault is not None or words is None:
            self._passphrase = ""
            self._show(self.steps.index(self.where))
            self.where.form.set_error("folder", str(fault))
            self.summary.show_problems([("folder", str(fault))])
            return
        self.phrase.forget()
        self.words.show_words(words, self._folder)
        self.prove.ask(self.words.words)
        self._watch_enter()
        self._show(self.steps.index(self.words))

    def _share_or_go_on(self) -> None:
        if self.shares.wanted:
            self.button.set_words("Making the papers …")
            self.setEnabled(False)
            announce(self, "Making the papers. It takes a few seconds")
            work = partial(_make_shares, self._make_opener, self._folder, self._passphrase)
            self._runner.run(work, self._shared)
        elif not self.shares.next_paper():
            self._show(self.steps.index(self.rehearse))

    def _shared(self, made: NewShares | None, fault: DeskError | None) -> None:
        self.setEnabled(True)
        if fault is not None or made is None:
            self.button.set_words(self.shares.go_on)
            self.shares.form.set_error("when", str(fault))
            self.summary.show_problems([("when", str(fault))])
            return
        self.button.set_words("I have written it down")
        self.back_button.hide()
        self.shares.show_papers(made, self._folder)

    def _open(self) -> None:
        self.button.set_words("Opening …")
        self.setEnabled(False)
        passphrase, self._passphrase = self._passphrase, ""
        self.made.emit(self._folder, passphrase, self.rehearse.now)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in a field goes on; beside the file of the words it saves them."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self.step is self.words:
                    self.words.save()
                elif self.step is self.shares:
                    self.shares.save()
                else:
                    self.go_on()
                return True
        return super().eventFilter(watched, event)
