"""Where a copy is saved: a path in the page, what is wrong with it, and what was done."""

from pathlib import Path

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from csa_desk.ui.look import px
from csa_desk.ui.pages.plan.preview import default_folder
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Banner
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.messages import announce


class SaveAs(QWidget):
    """A field for the path, and a message under it."""

    def __init__(self, hint: str, ending: str) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._ending = ending
        self._said: Banner | None = None
        self._session: Session | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(12))
        self.form = Form()
        self.form.add(FieldSpec("path", "Save it as", "line", hint, width="full"))
        self._column.addWidget(self.form)

    def offer(self, name: str) -> None:
        """Offer a file of this name."""
        self.form.set_value("path", str(default_folder() / name))

    def keep(self, session: Session, prefix: str) -> None:
        """Keep what is typed over the offer, over a lock too; to be called after it."""
        self._session = session
        session.watch_form(self.form, f"{prefix}/save-as")

    def path(self) -> Path | None:
        """Where to, if it can be written there; else the fault stands beside the field."""
        typed = str(self.form.value("path")).strip()
        path = Path(typed).expanduser()
        if path.name and not path.name.casefold().endswith(self._ending):
            path = path.with_name(f"{path.name}{self._ending}")
        fault = ""
        if not typed:
            fault = "Write where to save it"
        elif not path.is_absolute():
            fault = "Write the whole path, from the disk or from /"
        elif path.exists():
            fault = "There is a file of this name. Choose another name"
        self.form.set_error("path", fault)
        if fault:
            self.form.focus_on("path")
            return None
        return path

    def say(self, tone: str, first: str, rest: str = "") -> None:
        """Say how it ended."""
        if self._said is not None:
            self._said.hide()
            self._column.removeWidget(self._said)
            self._said.deleteLater()
        good = tone == "ok"
        if good and self._session is not None:
            self._session.drop_draft(self.form, "path")
        self._said = Banner(
            "ok" if good else "danger", first, rest, icon="check-circle" if good else "warning-circle"
        )
        self._column.addWidget(self._said)
        announce(self._said, self._said.accessibleName())
