"""The steps of making a vault. Each says what is wrong with it; the page decides when to go on."""

import secrets
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from csa_desk.casework import founding
from csa_desk.casework.service import PROFESSIONS
from csa_desk.errors import InputError
from csa_desk.records.cases import Nation
from csa_desk.ui.look import px
from csa_desk.ui.shell.offered_words import OfferedWords
from csa_desk.ui.widgets.boxes import Banner
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.messages import announce
from csa_desk.ui.widgets.text import Words
from csa_desk.ui.widgets.word_grid import WordGrid

LIVE, TRAINING = "live", "training"
Problems = list[tuple[str, str]]


class Step(QWidget):
    """A title, what it is about, and a form."""

    title = ""
    about = ""
    go_on = "Continue"

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(px(18))
        self.form = Form()
        if self.about:
            self.column.addWidget(Words(self.about, "body", "muted"))
        self.build()

    def build(self) -> None:
        """Put fields into the form and both into the column."""
        self.column.addWidget(self.form)

    def shown(self) -> None:
        """The step comes into sight."""

    def problems(self) -> Problems:
        """What is wrong, each beside its field; empty to go on."""
        return self.form.check()

    def text(self, key: str) -> str:
        """What one field holds."""
        return str(self.form.value(key)).strip()

    def focus_first(self) -> None:
        """The first field."""
        if self.form.fields:
            self.form.focus_on(self.form.fields[0].key)


def needed(sentence: str) -> Callable[[object], str]:
    """A check that says this sentence where nothing is given."""

    def check(value: object) -> str:
        return "" if str(value).strip() else sentence

    return check


class KindStep(Step):
    """Live or training."""

    title = "Make a vault"
    about = (
        "A vault is one locked folder for the children you support, their plans and your directory. It opens with your "
        "passphrase, with the recovery papers you make, and for colleagues you add. It stays where you put it, and "
        "nothing is sent anywhere."
    )

    def build(self) -> None:
        """One choice."""
        options = [
            Option(LIVE, "Real work", "For children you support"),
            Option(
                TRAINING,
                "Training",
                "For invented children only. Everything is plum, and nothing can go from it into a live vault",
            ),
        ]
        self.form.add(
            FieldSpec(
                "kind",
                "What is it for?",
                "one_of",
                options=options,
                check=needed("Choose real work or training"),
            )
        )
        self.column.addWidget(self.form)


class YouStep(Step):
    """Who makes the vault."""

    title = "About you"

    def build(self) -> None:
        """Name and profession."""
        self.form.add(
            FieldSpec(
                "name",
                "Your name",
                hint="As colleagues know it. It stands beside what you write",
                check=needed("Give your name"),
            )
        )
        options = [Option(key, words) for key, words in PROFESSIONS]
        self.form.add(
            FieldSpec(
                "profession", "What you are", "one_of", options=options, check=needed("Choose what you are")
            )
        )
        self.column.addWidget(self.form)


class ServiceStep(Step):
    """The own service."""

    title = "Your service"
    about = "It stands in prints. You can change all of it later, in Settings."

    def build(self) -> None:
        """Name and nation are needed; the rest can wait."""
        nations = [Option(Nation.ENGLAND, "England"), Option(Nation.WALES, "Wales")]
        for spec in (
            FieldSpec(
                "name", "Name of your service", width="full", check=needed("Give the name of your service")
            ),
            FieldSpec(
                "nation",
                "Where most of your children live",
                "row",
                options=nations,
                check=needed("Choose England or Wales"),
            ),
            FieldSpec("phone", "Phone", optional=True),
            FieldSpec("safeguarding_lead", "Who leads on safeguarding", hint="Name and phone", optional=True),
            FieldSpec(
                "data_protection_lead", "Who leads on data protection", hint="Name and phone", optional=True
            ),
            FieldSpec("out_of_hours", "Who to call out of hours", optional=True),
        ):
            self.form.add(spec)
        self.column.addWidget(self.form)


class PlaceStep(Step):
    """Where the vault is kept."""

    title = "Where to keep it"
    about = "Best is a folder on this computer’s own disk. You can move the whole folder later."

    def build(self) -> None:
        """The folder, and what speaks against it."""
        self._offered = ""
        self.form.add(
            FieldSpec(
                "folder",
                "Folder",
                hint="A new folder whose name ends in .csadesk",
                width="full",
                check=_folder_fault,
            )
        )
        self.column.addWidget(self.form)
        self.risk = Banner("warn", "Think about this place.", " ", icon="warning")
        self.column.addWidget(self.risk)
        self.form.typed.connect(self._typed)
        self._weigh()

    def offer(self, service: str) -> None:
        """Offer a folder named after the service, unless another was typed."""
        if self.text("folder") in ("", self._offered):
            self._offered = str(founding.offered_folder(service))
            self.form.set_value("folder", self._offered)

    def shown(self) -> None:
        """Look at the place anew."""
        self._weigh()

    def folder(self) -> Path:
        """The folder as typed, with the ending it needs."""
        return founding.vault_folder(self.text("folder"))

    def _typed(self, _key: str, _text: str, _cursor: int) -> None:
        self._weigh()

    def _weigh(self) -> None:
        risk = founding.folder_risk(self.text("folder"))
        if risk:
            self.risk.set("Think about this place.", risk)
        self.risk.setVisible(bool(risk))


def _folder_fault(value: object) -> str:
    return founding.folder_fault(str(value))


class PassphraseStep(Step):
    """The passphrase, twice; five words drawn by chance are offered."""

    title = "Choose a passphrase"
    about = "It is the key to the vault. Nobody else has it and nobody can look it up, so take one you can remember."
    go_on = "Make the vault"
    known: tuple[str, ...] = ()  # names it must not rest on

    def build(self) -> None:
        """The offer, then the two fields."""
        self.offer = OfferedWords()
        self.offer.taken.connect(self.take)
        self.offered = self.offer.words
        self.take_button, self.others_button = self.offer.take_button, self.offer.others_button
        self.column.addWidget(self.offer)
        self.form.add(
            FieldSpec(
                "passphrase",
                "Passphrase",
                "secret",
                hint="Capital letters and spaces count",
                check=self._passphrase_fault,
            )
        )
        self.form.add(
            FieldSpec(
                "again",
                "The same once more",
                "secret",
                hint="Type it yourself, so you know you can",
                check=self._again_fault,
            )
        )
        self.column.addWidget(self.form)
        self.draw()

    def draw(self) -> None:
        """Draw five other words."""
        self.offer.draw()

    def take(self) -> None:
        """Put the words into the first field; the second is typed by hand."""
        self.form.set_value("passphrase", self.offered.words)
        self.form.set_value("again", "")
        self.form.focus_on("again")

    @property
    def passphrase(self) -> str:
        """Exactly as typed."""
        return str(self.form.value("passphrase"))

    def _again_fault(self, value: object) -> str:
        # A passphrase that will not do is said once, at its own field.
        same = value == self.passphrase or bool(self._passphrase_fault(self.passphrase))
        return "" if same else "The two are not the same. Type it once more"

    def _passphrase_fault(self, value: object) -> str:
        return founding.passphrase_fault(str(value), self.known)

    def forget(self) -> None:
        """Take the passphrase out of the fields."""
        self.form.set_value("passphrase", "")
        self.form.set_value("again", "")
        self.offered.set_words("")


class WordsStep(Step):
    """The sixteen words of the recovery sheet."""

    title = "Your recovery words"
    about = (
        "If you forget the passphrase, these sixteen words open the vault. Whoever has them can read everything, "
        "so write them on paper and lock it away, apart from this computer. They are not shown again."
    )
    go_on = "I have written them down"

    def build(self) -> None:
        """The list is filled when the words are there."""
        self.words: list[str] = []
        self._folder = Path()
        self._box = WordGrid("Recovery words")
        self.column.addWidget(self._box)
        self.save_button = Button("Save as a text file instead", "secondary", "download-simple", small=True)
        self.save_button.clicked.connect(self._open_save)
        self.column.addWidget(self.save_button)
        self.form.add(
            FieldSpec(
                "file",
                "Where should the file be saved?",
                hint="Best on a stick you can lock away. Print it, then delete it",
                width="full",
            )
        )
        self.column.addWidget(self.form)
        self.write_button = Button("Save the words", "secondary", small=True)
        self.write_button.clicked.connect(self.save)
        self.column.addWidget(self.write_button)
        self.form.hide()
        self.write_button.hide()
        self.said = Banner("ok", "The words are saved.", " ", icon="check-circle")
        self.said.hide()
        self.column.addWidget(self.said)

    def show_words(self, words: str, folder: Path) -> None:
        """Show the words of the vault in this folder."""
        self.words = words.split()
        self._folder = folder
        self._box.show_words(self.words)

    def problems(self) -> Problems:
        """Nothing is asked here."""
        return []

    def focus_first(self) -> None:
        """The words: the step has nothing to type, and a reader reads them out."""
        self._box.setFocus()

    def _open_save(self) -> None:
        self.form.show()
        self.write_button.show()
        self.save_button.hide()
        self.form.focus_on("file")

    def save(self) -> None:
        """Write the words where it was typed."""
        typed = self.text("file")
        if not typed:
            self.form.set_error("file", "Say where, and the name of the file")
            self.form.focus_on("file")
            return
        out = Path(typed).expanduser()
        try:
            founding.save_sheet(" ".join(self.words), self._folder, out)
        except InputError as fault:
            self.form.set_error("file", str(fault))
            self.form.focus_on("file")
            return
        self.form.set_error("file", "")
        self.said.set("The words are saved.", str(out))
        self.said.show()
        announce(self, "The words are saved")


class ProveStep(Step):
    """Two of the words, typed from what was written down."""

    title = "Check what you wrote"
    about = "Type two of the words from your paper, so that you know it is right."

    def build(self) -> None:
        """Which two is drawn when the words are there."""
        self.column.addWidget(self.form)

    def ask(self, words: list[str]) -> None:
        """Draw two places and ask for them."""
        first = secrets.randbelow(len(words) // 2)
        second = len(words) // 2 + secrets.randbelow(len(words) - len(words) // 2)
        for place in (first, second):
            check = partial(_word_fault, place + 1, words[place])
            self.form.add(FieldSpec(f"word-{place + 1}", f"Word {place + 1}", width="code", check=check))


def _word_fault(number: int, word: str, typed: object) -> str:
    right = str(typed).strip().casefold() == word.casefold()
    return "" if right else f"This is not word {number} of the list. Look at your paper"
