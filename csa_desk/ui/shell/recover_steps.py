"""The steps of coming back in: what one has, its words, who comes back."""

from collections.abc import Sequence

from csa_desk.casework import recovery
from csa_desk.casework.recovery import SHARES, SHEET, Back, Person
from csa_desk.casework.service import PROFESSIONS
from csa_desk.ui.shell.first_steps import PassphraseStep, Problems, Step, needed
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import FieldSpec

SOMEBODY_NEW = "new"


class HaveStep(Step):
    """A sheet or two shares."""

    title = "Come back in"
    about = "Nobody can look up a passphrase. What was made for this day opens the vault in its place."

    def build(self) -> None:
        """One choice."""
        options = [
            Option(SHEET, "My recovery sheet", "Sixteen words on paper, made for me"),
            Option(SHARES, "Two of the service’s shares", "Twenty words each, kept by two people"),
        ]
        self.form.add(
            FieldSpec(
                "have", "What do you have?", "one_of", options=options, check=needed("Choose what you have")
            )
        )
        self.column.addWidget(self.form)


class SheetStep(Step):
    """The words of the sheet."""

    title = "Your recovery words"
    about = "Type all sixteen words, with spaces between them. Capital letters and numbers do not matter."

    def build(self) -> None:
        """One field."""
        self.form.add(FieldSpec("words", "The words on your sheet", "lines", lines=3, check=_sheet_fault))
        self.column.addWidget(self.form)


class SharesStep(Step):
    """The words of two shares."""

    title = "Two shares"
    about = "Type the twenty words of each. The people who keep them can type them themselves."

    def build(self) -> None:
        """Two fields."""
        for key, label in (("first", "The words of one share"), ("second", "The words of another share")):
            self.form.add(FieldSpec(key, label, "lines", lines=3))
        self.column.addWidget(self.form)

    @property
    def papers(self) -> list[str]:
        """The words of both."""
        return [self.text("first"), self.text("second")]

    def problems(self) -> Problems:
        """What is wrong with the words in themselves, beside the share it is about."""
        said = recovery.shares_fault(self.papers)
        key = "first" if "share 1" in said else "second"
        for known in ("first", "second"):
            self.form.set_error(known, said if known == key else "")
        return [(key, said)] if said else []


class WhoStep(Step):
    """Who comes back."""

    title = "Who comes back?"
    about = (
        "They get new keys and a new passphrase, and what they used before opens nothing any more. It is written into "
        "the vault’s history, and everybody is told when they next unlock."
    )

    def build(self) -> None:
        """Filled when the shares have opened the vault."""

    def offer(self, people: Sequence[Person]) -> None:
        """The people of the vault, and somebody new."""
        words = dict(PROFESSIONS)
        options = [
            Option(person.id, person.name or "No name given", str(words.get(person.profession, "")))
            for person in people
        ]
        options.append(Option(SOMEBODY_NEW, "Somebody who is not here yet", "They will look after the vault"))
        self.form.add(
            FieldSpec(
                "who", "Who comes back?", "one_of", options=options, check=needed("Choose who comes back")
            )
        )
        self.form.add(FieldSpec("name", "Their name", hint="As colleagues know them"))
        roles = [Option(key, said) for key, said in PROFESSIONS]
        self.form.add(FieldSpec("profession", "What they are", "one_of", options=roles))
        self.column.addWidget(self.form)
        self.form.answered.connect(self._answered)
        self._answered("who", "")

    def _answered(self, key: str, _value: object) -> None:
        if key == "who":
            for name in ("name", "profession"):
                self.form.field(name).setVisible(self.text("who") == SOMEBODY_NEW)

    def problems(self) -> Problems:
        """A name and a profession for somebody new."""
        found = self.form.check()
        if self.text("who") == SOMEBODY_NEW:
            for key, said in (("name", "Give their name"), ("profession", "Choose what they are")):
                self.form.set_error(key, "" if self.text(key) else said)
                if not self.text(key):
                    found.append((key, said))
        return found

    @property
    def back(self) -> Back:
        """Who was chosen."""
        if self.text("who") == SOMEBODY_NEW:
            return Back("", self.text("name"), self.text("profession"))
        return Back(self.text("who"))


class NewPassphraseStep(PassphraseStep):
    """The new passphrase."""

    title = "Choose a new passphrase"
    go_on = "Open the vault"


def _sheet_fault(value: object) -> str:
    return recovery.sheet_fault(str(value))
