"""What else can be done with the directory, each as one row: add, take in, hand out, ring, put back."""

from PySide6.QtCore import Signal

from csa_desk.casework.directory_editing import put_back_entry, taken_out
from csa_desk.casework.rights import Right
from csa_desk.records.directory import Agency, Service
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Card
from csa_desk.ui.widgets.messages import Empty
from csa_desk.ui.widgets.rows import TaskRow

# key → title, about, icon, the right it needs
_MORE = (
    (
        "filter",
        "Filter the list",
        "By kind, need, area, and how sure it is",
        "magnifying-glass",
        Right.LOOK_UP,
    ),
    ("ring", "Ring these five", "The stalest entries that open plans rest on", "phone", Right.OPEN_FILES),
    (
        "agreements",
        "When it is stuck, and what was agreed",
        "Ways to escalate, and agreements between agencies",
        "lifebuoy",
        Right.LOOK_UP,
    ),
    (
        "import",
        "Import",
        "Take in what a council or a partner publishes",
        "download-simple",
        Right.LOAD_DIRECTORY,
    ),
    ("export", "Export", "Write the directory out for others", "export", Right.LOOK_UP),
    ("same", "Perhaps the same", "Entries that may be one agency or service", "git-merge", Right.LOOK_UP),
    (
        "taken-out",
        "Taken out",
        "Entries that can be put back",
        "clock-counter-clockwise",
        Right.LOAD_DIRECTORY,
    ),
)
_ADD = (
    (Service.KIND, "A service", "What is offered, to whom, and how one gets there", "hand-heart"),
    (Agency.KIND, "An agency", "Who runs services or plays a role", "buildings"),
    ("import", "What somebody publishes", "Files of a council or a partner", "download-simple"),
)


class _Choices(Card):
    """Rows that each lead somewhere; ``chosen`` carries the key."""

    chosen = Signal(str)

    def __init__(self, title: str) -> None:
        super().__init__(title, flush=True)
        self._choices: list[TaskRow] = []

    def row(self, key: str, title: str, about: str, icon: str) -> None:
        """One more row."""
        made = TaskRow(title, about, icon=icon)
        made.setProperty("key", key)
        made.clicked.connect(self._choose)
        self._choices.append(made)
        self.add_row(made)

    def _choose(self) -> None:
        row = self.sender()
        if row is not None:
            self.chosen.emit(str(row.property("key")))

    def focus_first(self) -> None:
        """The first row."""
        if self._choices:
            self._choices[0].setFocus()


class MoreCard(_Choices):
    """What the head has no room for."""

    def __init__(self, session: Session) -> None:
        super().__init__("More")
        for key, title, about, icon, right in _MORE:
            if session.may(right):
                self.row(key, title, about, icon)


class AddCard(_Choices):
    """What is to be added."""

    def __init__(self, session: Session) -> None:
        super().__init__("Add to the directory")
        for key, title, about, icon in _ADD:
            if session.may(Right.LOAD_DIRECTORY):
                self.row(key, title, about, icon)


class TakenOutCard(_Choices):
    """Agencies and services that were taken out; ``put_back`` carries the id of one that came back."""

    put_back = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__("Taken out of the directory")
        self.session = session
        self._held = {item.id: item for item in taken_out(session.desk)}
        for number, item in self._held.items():
            kind = "Agency" if isinstance(item, Agency) else "Service"
            self.row(number, item.name or "No name", f"{kind}. Put it back", "clock-counter-clockwise")
        if not self._held:
            self.add_row(
                Empty("Nothing was taken out", "What is taken out of the directory can be put back here.")
            )
        self.chosen.connect(self._back)

    def _back(self, number: str) -> None:
        done = self.session.attempt(lambda: (put_back_entry(self.session.desk, self._held[number]), True)[1])
        if done:
            self.put_back.emit(number)
