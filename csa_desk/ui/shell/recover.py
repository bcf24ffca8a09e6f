"""Coming back in with a recovery sheet or two shares, step by step, from the unlock page."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from csa_desk.casework import recovery
from csa_desk.casework.recovery import SHEET, Person
from csa_desk.errors import DeskError, InputError, WrongPassphraseError
from csa_desk.ui.look import px
from csa_desk.ui.shell.entrance import Entrance
from csa_desk.ui.shell.first_steps import Step
from csa_desk.ui.shell.going_on import GoingOn
from csa_desk.ui.shell.recover_steps import HaveStep, NewPassphraseStep, SharesStep, SheetStep, WhoStep
from csa_desk.ui.shell.runner import Runner
from csa_desk.ui.widgets.messages import ErrorSummary, announce
from csa_desk.ui.widgets.text import Words

if TYPE_CHECKING:
    from csa_desk.store.opening import Opener


class RecoverPage(Entrance):
    """``recovered`` carries folder, new passphrase and what holds from now on; ``given_up`` goes back to unlocking."""

    recovered = Signal(Path, str, str)
    given_up = Signal()

    def __init__(self, make_opener: "Callable[[], Opener]", runner: Runner, folder: Path) -> None:
        super().__init__("Take your time.", "Nothing in the vault is lost.")
        self._make_opener, self._runner, self._folder = make_opener, runner, folder
        self.have, self.sheet, self.shares = HaveStep(), SheetStep(), SharesStep()
        self.who, self.phrase = WhoStep(), NewPassphraseStep()
        self.phrase.known = (folder.stem,)
        self._way: list[Step] = [self.have]
        main = self.body.main
        main.addSpacing(px(28))
        self._title = Words("", "h1")
        self.body.add(self._title)
        self.summary = ErrorSummary()
        self.summary.asked.connect(self._to_field)
        self.body.add(self.summary)
        for step in (self.have, self.sheet, self.shares, self.who, self.phrase):
            step.hide()
            self.body.add(step)
        going = GoingOn(self.go_on, self.go_back)
        self.button, self.back_button = going.on, going.back
        self.body.add(going)
        self.body.finish()

    def start(self) -> None:
        """The first step."""
        self._show()

    @property
    def step(self) -> Step:
        """The step that is asked now."""
        return self._way[-1]

    def _show(self) -> None:
        for step in (self.have, self.sheet, self.shares, self.who, self.phrase):
            step.setVisible(step is self.step)
        self.setEnabled(True)
        self.summary.show_problems([])
        self._title.set_words(self.step.title)
        self.button.set_words(self.step.go_on)
        self.step.shown()
        self.body.verticalScrollBar().setValue(0)
        self.step.focus_first()
        announce(self, self.step.title)

    def go_on(self) -> None:
        """To the next step, or say what is missing."""
        if not self.isEnabled():
            return
        problems = self.step.problems()
        self.summary.show_problems(problems)
        if problems:
            self.body.verticalScrollBar().setValue(0)
        elif self.step is self.have:
            self._go(self.sheet if self.have.text("have") == SHEET else self.shares)
        elif self.step is self.shares:
            self._busy("Opening …")
            work = partial(_people, self._make_opener, self._folder, self.shares.papers)
            self._runner.run(work, self._opened)
        elif self.step is self.phrase:
            self._come_back()
        else:
            self._go(self.phrase)

    def go_back(self) -> None:
        """To the step before, or back to the unlock page."""
        if len(self._way) == 1:
            self.given_up.emit()
            return
        self._way.pop()
        self._show()

    def _go(self, step: Step) -> None:
        self._way.append(step)
        self._show()

    def _to_field(self, key: str) -> None:
        self.step.form.focus_on(key)

    def _busy(self, words: str) -> None:
        self.button.set_words(words)
        self.setEnabled(False)
        announce(self, f"{words} It takes a few seconds")

    def _opened(self, people: list[Person] | None, fault: DeskError | None) -> None:
        if fault is not None or people is None:
            self._refuse(self.shares, "second", str(fault))
            return
        if not self.who.form.fields:
            self.who.offer(people)
        self.phrase.known = (self._folder.stem, *(person.name for person in people))
        self._go(self.who)

    def _come_back(self) -> None:
        passphrase = self.phrase.passphrase
        self._busy("Opening …")
        if self.sheet in self._way:
            work = partial(_by_sheet, self._make_opener, self._folder, self.sheet.text("words"), passphrase)
        else:
            work = partial(
                _by_shares, self._make_opener, self._folder, self.shares.papers, self.who.back, passphrase
            )
        self._runner.run(work, self._back)

    def _back(self, _nothing: object, fault: DeskError | None) -> None:
        if fault is None:
            passphrase = self.phrase.passphrase
            self.phrase.forget()
            said = recovery.BACK_BY_SHEET if self.sheet in self._way else recovery.BACK_BY_SHARES
            self.recovered.emit(self._folder, passphrase, said)
            return
        if not isinstance(fault, (WrongPassphraseError, InputError)):
            self._refuse(self.phrase, "passphrase", str(fault))
        elif self.sheet in self._way:
            self._refuse(self.sheet, "words", str(fault))
        else:
            self._refuse(self.shares, "second", str(fault))

    def _refuse(self, step: Step, key: str, sentence: str) -> None:
        while self.step is not step:
            self._way.pop()
        self._show()
        step.form.set_error(key, sentence)
        self.summary.show_problems([(key, sentence)])


def _people(make_opener: "Callable[[], Opener]", folder: Path, papers: list[str]) -> list[Person]:
    return recovery.people_behind_shares(make_opener(), folder, papers)


def _by_sheet(make_opener: "Callable[[], Opener]", folder: Path, words: str, passphrase: str) -> None:
    recovery.come_back_by_sheet(make_opener(), folder, words, passphrase)


def _by_shares(
    make_opener: "Callable[[], Opener]", folder: Path, papers: list[str], who: recovery.Back, passphrase: str
) -> None:
    recovery.come_back_by_shares(make_opener(), folder, papers, who, passphrase)
