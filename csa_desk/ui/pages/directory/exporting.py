"""Writing the directory out for others: the kind of file, where to, and what it never carries."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from csa_desk.casework.directory_out import (
    DirectoryForm,
    DirectoryOut,
    never_carried,
    prepare_directory,
    save_directory,
)
from csa_desk.ui.look import px
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Banner, Card, QuietBox
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.messages import announce
from csa_desk.ui.widgets.text import Words

_FORMS = (
    Option(DirectoryForm.ORUK, "Open Referral UK folder", "For other programs"),
    Option(DirectoryForm.XLSX, "Spreadsheet", "For reading and printing"),
    Option(DirectoryForm.CSV, "CSV table", "For any program that reads tables"),
)
_ENDING = {DirectoryForm.ORUK: "", DirectoryForm.XLSX: ".xlsx", DirectoryForm.CSV: ".csv"}
_MOST = 40


class ExportCard(Card):
    """Asks for kind and place and writes; ``closed`` puts it away."""

    closed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__("Export the directory")
        self.session = session
        self.body.setSpacing(px(12))
        self.form = Form()
        self.form.add(FieldSpec("form", "What kind of file?", "one_of", options=_FORMS))
        self.form.add(
            FieldSpec(
                "path",
                "Where to?",
                "line",
                hint="A new file, or for Open Referral a new folder, on this computer or a stick",
                width="full",
            )
        )
        self.form.set_value("form", DirectoryForm.ORUK)
        self.add(self.form)
        session.watch_form(self.form, "directory/export")
        box = QuietBox()
        box.body.setSpacing(px(6))
        box.add(Words("It never carries", "h3"))
        for line in never_carried(session.desk):
            box.add(Words(f"•  {line}", "small"))
        self.add(box)
        row = QHBoxLayout()
        row.setSpacing(px(12))
        self.save_button = Button("Export", "primary", "export")
        self.save_button.clicked.connect(self.save)
        row.addWidget(self.save_button)
        leave = Button("Leave it", "quiet")
        leave.clicked.connect(self._leave)
        row.addWidget(leave)
        row.addStretch(1)
        self.body.addLayout(row)

    def focus_first(self) -> None:
        """The place."""
        self.form.focus_on("path")

    def save(self) -> None:
        """Write it, and say what is in it."""
        typed = str(self.form.value("path")).strip().strip('"')
        if not typed:
            self._refuse("Say where the file or folder is to be")
            return
        form = DirectoryForm(str(self.form.value("form") or DirectoryForm.ORUK))
        path = Path(typed).expanduser()
        if _ENDING[form] and path.suffix.lower() != _ENDING[form]:
            path = path.with_name(path.name + _ENDING[form])
        made = self.session.attempt(self._write, form, path)
        if made is not None:
            self.session.drop_draft(self.form, "path")
            self._told(made, path)

    def _write(self, form: str, path: Path) -> DirectoryOut:
        made = prepare_directory(self.session.desk, form)
        save_directory(self.session.desk, made, path)
        return made

    def _told(self, made: DirectoryOut, path: Path) -> None:
        self.form.hide()
        self.save_button.hide()
        number = made.counts.get("service", 0)
        services = "1 service" if number == 1 else f"{number:,} services"
        said = f"Written to {path}: {services}."
        self.body.insertWidget(1, Banner("ok", "Exported.", said, icon="check-circle"))
        for line in made.report[:_MOST]:
            self.body.insertWidget(2, Words(line, "small", "muted"))
        announce(self, said)

    def _refuse(self, sentence: str) -> None:
        self.form.set_error("path", sentence)
        self.form.focus_on("path")
        announce(self, sentence)

    def _leave(self) -> None:
        # Hiding says the last of the typing, so the draft is dropped after it.
        self.form.hide()
        for key in ("path", "form"):
            self.session.drop_draft(self.form, key)
        self.closed.emit()
