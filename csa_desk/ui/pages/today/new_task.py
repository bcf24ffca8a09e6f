"""Adding a task where one is: on Today for any child or oneself, on a child's page for that child."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csa_desk.casework.tasks import add_task
from csa_desk.records.cases import Task
from csa_desk.ui.look import px
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.text import Words
from csa_desk.ui.widgets.text_fields import PersonChoice

CONTACT = "contact"


class NewTask(QWidget):
    """A small form that is sent at once. ``added(Task)`` after saving, ``closed`` when it was left."""

    added = Signal(object)
    closed = Signal()

    def __init__(
        self, session: Session, prefix: str, *, case: str = "", children: Sequence[tuple[str, str]] = ()
    ) -> None:
        super().__init__()
        self._session = session
        self._case = case
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addWidget(Words("A new task", "h3"))
        self.form = Form()
        self.form.add(FieldSpec("what", "What is to be done?", width="full"))
        if not case:
            self.form.add(
                FieldSpec(
                    "child",
                    "For which child?",
                    "person",
                    hint="Leave it empty for something of your own.",
                    options=[Option(key, words) for key, words in children],
                    check=_child_fault if children else None,
                )
            )
        self.form.add(FieldSpec("due", "By when?", "date", partial=False, not_known=False, optional=True))
        self.form.add(
            FieldSpec(
                CONTACT,
                "Does it mean phoning or writing to the family?",
                "many_of",
                options=[Option(CONTACT, "Yes, show the safe contact rule beside it")],
            )
        )
        column.addWidget(self.form)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self.save = Button("Add this task", icon="plus")
        self.save.clicked.connect(self.send)
        leave = Button("Leave it", "quiet")
        leave.clicked.connect(self.leave)
        row.addWidget(self.save)
        row.addWidget(leave)
        row.addStretch(1)
        column.addLayout(row)
        session.watch_form(self.form, prefix, whole=True)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.closed)

    def start(self) -> None:
        """Go to the first field."""
        self.form.focus_on("what")

    def send(self) -> None:
        """Add the task; what cannot be right is said beside its field."""
        problems = self.form.check()
        if not str(self.form.value("what")):
            self.form.set_error("what", "Say what is to be done")
            problems.insert(0, ("what", ""))
        if problems:
            self.form.focus_on(problems[0][0])
            return
        child = "" if self._case else self.form.value("child")
        case = self._case or (child.key if isinstance(child, PersonChoice) else "")
        made = self._session.attempt(
            add_task,
            self._session.desk,
            case,
            str(self.form.value("what")),
            due=str(self.form.value("due")),
            contact=bool(self.form.value(CONTACT)),
        )
        if isinstance(made, Task):
            self._forget()
            self.added.emit(made)

    def leave(self) -> None:
        """Give up what was typed."""
        self._forget()
        self.closed.emit()

    def _forget(self) -> None:
        # Nothing of it may come back as a draft when the page is left.
        self.form.blockSignals(True)
        for field in self.form.fields:
            self._session.drop_draft(self.form, field.key)
        for field in self.form.fields:
            field.set_value(() if field.key == CONTACT else "")
        self.form.blockSignals(False)


def _child_fault(value: object) -> str:
    named = isinstance(value, PersonChoice) and bool(value.name) and not value.key
    return "Choose a child from the list, or leave it empty" if named else ""
