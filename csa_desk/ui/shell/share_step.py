"""Nearly the last step of making a vault: a way back for the service, three papers for three people."""

from pathlib import Path

from csa_desk.casework import recovery
from csa_desk.casework.recovery import NewShares
from csa_desk.errors import InputError
from csa_desk.ui.shell.first_steps import Problems, Step, needed
from csa_desk.ui.widgets.boxes import Banner
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.messages import announce
from csa_desk.ui.widgets.text import Words
from csa_desk.ui.widgets.word_grid import WordGrid

NOW, LATER = "now", "later"


class ShareStep(Step):
    """Whether to make the papers now; then the papers, one after the other."""

    title = "A way back for your service"
    about = (
        "Your own words help only you. Three papers for three people, called shares and kept apart, help your service: "
        "any two of them together bring a colleague back in, one alone opens nothing."
    )

    def build(self) -> None:
        """The choice; paper and file are shown when there are papers."""
        options = [
            Option(NOW, "Make the three papers now"),
            Option(LATER, "Not now", "You can make them in Settings, under Recovery"),
        ]
        self.form.add(
            FieldSpec(
                "when", "When?", "one_of", options=options, check=needed("Choose whether to make them now")
            )
        )
        self.column.addWidget(self.form)
        self._shares: NewShares | None = None
        self._folder = Path()
        self._now = 0
        self._which = Words("", "h3")
        self.grid = WordGrid("Words of a share")
        self.file = Form()
        self.file.add(
            FieldSpec(
                "file",
                "Save as a text file instead: where?",
                hint="Best on a stick you can lock away. Print it, then delete it",
                width="full",
                optional=True,
            )
        )
        self.save_button = Button("Save the words", "secondary", small=True)
        self.save_button.clicked.connect(self.save)
        self.said = Banner("ok", "The words are saved.", " ", icon="check-circle")
        for widget in (self._which, self.grid, self.file, self.save_button, self.said):
            widget.hide()
            self.column.addWidget(widget)

    @property
    def wanted(self) -> bool:
        """Whether papers are to be made that are not there yet."""
        return self._shares is None and self.text("when") == NOW

    def show_papers(self, made: NewShares, folder: Path) -> None:
        """Show the first paper."""
        self._shares, self._folder, self._now = made, folder, 0
        self.form.hide()
        for widget in (self._which, self.grid, self.file, self.save_button):
            widget.show()
        self._show()

    def next_paper(self) -> bool:
        """Go on to the next paper; False after the last."""
        if self._shares is None or self._now + 1 >= len(self._shares.papers):
            return False
        self._now += 1
        self._show()
        return True

    def problems(self) -> Problems:
        """The choice is needed; papers ask for nothing."""
        return self.form.check() if self._shares is None else []

    def focus_first(self) -> None:
        """The choice, or the words."""
        if self._shares is None:
            super().focus_first()
        else:
            self.grid.setFocus()

    def save(self) -> None:
        """Write the paper that is shown where it was typed."""
        typed = str(self.file.value("file")).strip()
        fault = "" if typed else "Say where, and the name of the file"
        if typed and self._shares is not None:
            try:
                recovery.save_share(self._shares, self._now + 1, self._folder, Path(typed).expanduser())
            except InputError as refused:
                fault = str(refused)
        self.file.set_error("file", fault)
        if fault:
            self.file.focus_on("file")
            return
        self.said.set("The words are saved.", typed)
        self.said.show()
        announce(self, "The words are saved")

    def _show(self) -> None:
        if self._shares is None:
            return
        papers = self._shares.papers
        self._which.set_words(f"Share {self._now + 1} of {len(papers)}")
        self.grid.show_words(papers[self._now].split())
        self.file.set_value("file", "")
        self.said.hide()
        announce(self, self._which.words)
        self.grid.setFocus()
