"""What comes next for one child: the next few tasks, done or dropped in place, and a new one."""

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from csa_desk.casework import tasks
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.rights import Right
from csa_desk.records.cases import Task
from csa_desk.ui.look import px
from csa_desk.ui.pages.today.new_task import NewTask
from csa_desk.ui.pages.today.task_line import TaskLine
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Card
from csa_desk.ui.widgets.buttons import LinkButton
from csa_desk.ui.widgets.text import Words

MOST = 3


class NextCard(QWidget):
    """Three things, not all; the rest is one click away."""

    def __init__(self, session: Session, file: CaseFile) -> None:
        super().__init__()
        self._session = session
        self._file = file
        self._all = False
        self._may = session.may(Right.TASKS)
        self._lines: dict[str, TaskLine] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(16))
        self._card: Card | None = None
        self._new_card = Card()
        self._new_card.hide()
        self._new: NewTask | None = None
        self._column.addWidget(self._new_card)
        self._show()
        if self._may and session.desk.vault.drafts(f"{self._drafts}/"):
            self._open_new()

    @property
    def _drafts(self) -> str:
        return f"{self._file.case.id}/task"

    def add_thing(self) -> None:
        """Open the form for a new task of this child."""
        if not self._may:
            return
        self._open_new()
        if self._new is not None:
            self._new.start()

    def _open_new(self) -> None:
        if self._new is None:
            self._new = NewTask(self._session, self._drafts, case=self._file.case.id)
            self._new.added.connect(self._added)
            self._new.closed.connect(self._close_new)
            self._new_card.add(self._new)
        self._new_card.show()

    def _close_new(self) -> None:
        self._new_card.hide()
        self._focus(0)

    def _added(self, task: Task) -> None:
        self._new_card.hide()
        self._again()
        self._focus(list(self._lines).index(task.id) if task.id in self._lines else 0)

    def _show(self) -> None:
        if self._card is not None:
            self._column.removeWidget(self._card)
            self._card.hide()
            self._card.deleteLater()
        card = self._card = Card("Next", link="Add" if self._may else "", flush=True)
        if card.link is not None:
            card.link.setAccessibleName("Add a task")
            card.link.clicked.connect(self.add_thing)
        desk = self._session.desk
        rule = tasks.rule_in_words(self._file.safe_contact(desk.today))
        found = list(tasks.tasks_of(self._file))
        shown = found if self._all else found[:MOST]
        self._lines = {}
        colleagues = tasks.taken_on_by(desk, shown)
        for task in shown:
            late = desk.days_since(task.due) or 0
            said, whose = rule if task.contact else "", colleagues.get(task.id, "")
            due = tasks.TaskRow(task, self._file.case, self._file.called, late, said, whose)
            line = TaskLine(due, desk.clock.today(), whose=False, settles=self._may)
            line.done.connect(self._done)
            line.dropped.connect(self._dropped)
            self._lines[task.id] = line
            card.add_row(line)
        if len(shown) < len(found):
            card.add_row(_padded(self._more(len(found))))
        if not found:
            card.add_row(_padded(Words(f"Nothing is waiting for {self._file.called}.", "body", "muted")))
        self._column.addWidget(card)
        card.show()

    def _more(self, count: int) -> LinkButton:
        link = LinkButton(f"Show all {count} tasks")
        link.clicked.connect(self._show_all)
        return link

    def _show_all(self) -> None:
        self._all = True
        self._show()
        self._focus(MOST)

    def _done(self, task_id: str) -> None:
        settled = self._session.attempt(tasks.finish, self._session.desk, self._lines[task_id].due.task)
        self._settled(task_id, settled, "Done")

    def _dropped(self, task_id: str, reason: str) -> None:
        task = self._lines[task_id].due.task
        settled = self._session.attempt(tasks.drop, self._session.desk, task, reason)
        self._settled(task_id, settled, "Taken off the list")

    def _settled(self, task_id: str, settled: Task | None, words: str) -> None:
        if settled is None:
            return
        place = list(self._lines).index(task_id)
        # The button that was pressed is inside the row that goes: let its click end first.
        QTimer.singleShot(0, self, partial(self._after, place))
        self._session.toast(words, partial(self._undo, settled))

    def _after(self, place: int) -> None:
        self._again()
        self._focus(place)

    def _undo(self, task: Task) -> None:
        if self._session.attempt(tasks.reopen, self._session.desk, task) is not None:
            self._again()
            self._focus(list(self._lines).index(task.id) if task.id in self._lines else 0)

    def _again(self) -> None:
        self._file = self._session.file(self._file.code, fresh=True)
        self._show()
        self._session.changed.emit()

    def _focus(self, place: int) -> None:
        lines = list(self._lines.values())
        if lines:
            lines[min(place, len(lines) - 1)].row.setFocus()
        elif self._card is not None and self._card.link is not None:
            self._card.link.setFocus()


def _padded(widget: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(px(20), px(12), px(20), px(14))
    column.addWidget(widget)
    return holder
