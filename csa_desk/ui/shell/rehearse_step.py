"""The last step of making a vault: trying the whole recovery sheet out at once, or later."""

from csa_desk.ui.shell.first_steps import Step, needed
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import FieldSpec

NOW, LATER = "now", "later"


class RehearseStep(Step):
    """Two words were checked; all sixteen, typed once from the paper, prove that it opens the vault."""

    title = "Try your recovery sheet out"
    about = (
        "You checked two of its words. Typing all sixteen from your paper proves that the sheet opens this vault, on a "
        "day when nothing hangs on it. It takes about three minutes."
    )
    go_on = "Open the vault"

    def build(self) -> None:
        """One choice."""
        options = [
            Option(NOW, "Try the whole sheet out now", "The vault opens, and asks for the sixteen words"),
            Option(LATER, "Later", "Today reminds you. It stands in Settings, under Recovery"),
        ]
        self.form.add(
            FieldSpec("rehearse", "When?", "one_of", options=options, check=needed("Choose now or later"))
        )
        self.column.addWidget(self.form)

    @property
    def now(self) -> bool:
        """Whether it is to be tried out as soon as the vault is open."""
        return self.text("rehearse") == NOW
