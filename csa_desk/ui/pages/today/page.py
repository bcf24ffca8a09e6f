"""Today: what is due, what comes, the week, where to carry on, what needs a look."""

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from csa_desk.casework import tasks
from csa_desk.casework.children import child_choices
from csa_desk.casework.noticing import needs_a_look
from csa_desk.casework.removals import carry_out_due
from csa_desk.casework.resuming import carry_on
from csa_desk.casework.rights import Right
from csa_desk.casework.service_changes import raise_tasks
from csa_desk.records.cases import Case, Task
from csa_desk.ui.look import px
from csa_desk.ui.pages.today import days
from csa_desk.ui.pages.today.new_task import NewTask
from csa_desk.ui.pages.today.side import CarryOnCard, NeedsALook
from csa_desk.ui.pages.today.task_line import TaskLine
from csa_desk.ui.pages.today.week import WeekStrip
from csa_desk.ui.shell.page import Page
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Banner, Card
from csa_desk.ui.widgets.buttons import Button, LinkButton
from csa_desk.ui.widgets.messages import Empty
from csa_desk.ui.widgets.page import PageBody, PageTitle
from csa_desk.ui.widgets.text import Words

MOST_DUE = 7
MOST_COMING = 4
DRAFTS = "today/new-task"


class TodayPage(Page):
    """The first page of a day."""

    rail = "today"

    def __init__(self, session: Session, place: Place) -> None:
        super().__init__(session, place)
        gone = session.attempt_quietly(carry_out_due, session.desk) or 0
        session.attempt_quietly(raise_tasks, session.desk)
        self._day = session.desk.clock.today()
        self.body = PageBody(side_width=304)
        self.column.addWidget(self.body)
        self._title = PageTitle(days.long_day(self._day))
        self._add = Button("Add a task", icon="plus")
        self._add.clicked.connect(self.add_thing)
        self._may = session.offer(self._add, Right.TASKS)
        self._files = session.may(Right.OPEN_FILES)
        self._title.trailing.addWidget(self._add)
        self.body.add_top(self._title)
        if gone:
            self.body.add_top(self._taken_out(gone))
        self._new: NewTask | None = None
        self._new_card = Card()
        self._new_card.hide()
        self.body.add(self._new_card)
        self._lists = QWidget()
        self._lists_column = QVBoxLayout(self._lists)
        self._lists_column.setContentsMargins(0, 0, 0, 0)
        self._lists_column.setSpacing(px(16))
        self.body.add(self._lists)
        self._all_due = self._all_coming = False
        self._lines: dict[str, TaskLine] = {}
        self._carry: CarryOnCard | None = None
        self._first: Button | None = None
        self._empty = session.desk.vault.read.count(Case) == 0
        self._show_lists()
        self._side()
        self.body.finish()
        if self._may and session.desk.vault.drafts(f"{DRAFTS}/"):
            self._open_new()

    def _taken_out(self, number: int) -> Banner:
        what = "Something was" if number == 1 else f"{number} things were"
        told = Banner(
            "info",
            f"{what} taken out for good just now: the waiting time was over and nobody stopped it.",
            "Copies may remain elsewhere; what is left to do about them is listed.",
            link="See what is gone",
        )
        told.followed.connect(self._see_gone)
        return told

    def _see_gone(self) -> None:
        self.session.go(Place("removals"))

    # --- keyboard -------------------------------------------------------------------------------------------

    def focus_first(self) -> None:
        """The first task; on a quiet day the way on."""
        first = next(iter(self._lines.values()), None)
        target: QWidget = first.row if first is not None else self.primary() or self._add
        target.setFocus()

    def primary(self) -> QWidget | None:
        """The new task's own button while it is open, else *Continue*, else *Add a child*."""
        if self._new is not None and not self._new_card.isHidden():
            return self._new.save
        if self._first is not None:
            return self._first
        return self._carry.button if self._carry is not None else None

    def add_thing(self) -> None:
        """Open the form for a new task."""
        if not self._may:
            return
        self._open_new()
        if self._new is not None:
            self._new.start()

    # --- a new task -----------------------------------------------------------------------------------------

    def _open_new(self) -> None:
        if self._new is None:
            self._new = NewTask(
                self.session, DRAFTS, children=child_choices(self.session.desk) if self._files else []
            )
            self._new.added.connect(self._added)
            self._new.closed.connect(self._close_new)
            self._new_card.add(self._new)
        self._new_card.show()

    def _close_new(self) -> None:
        self._new_card.hide()
        self._add.setFocus()

    def _added(self, task: Task) -> None:
        self._new_card.hide()
        self._refresh()
        line = self._lines.get(task.id)
        (line.row if line is not None else self._add).setFocus()

    # --- the lists ------------------------------------------------------------------------------------------

    def _refresh(self) -> None:
        """The lists and the week again, after a task was added or settled."""
        self._show_lists()
        self.session.changed.emit()

    def _show_lists(self) -> None:
        while (item := self._lists_column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._lines = {}
        today = self.session.desk.today
        rows = tasks.open_tasks(self.session.desk)
        due = [row for row in rows if row.task.due and row.task.due <= today]
        coming = [row for row in rows if not row.task.due or row.task.due > today]
        self._title.set_about(self._sentence(due, coming))
        if self._empty and not rows:
            self._put(self._nobody_yet())
            return
        if due:
            self._put(self._due_card(due))
        if coming:
            self._put(self._coming_card(coming, len(rows)))
        by_day: dict[str, list[str]] = {}
        for row in rows:
            by_day.setdefault(row.task.due, []).append(row.task.what)
        self._put(WeekStrip(days.working_week(self._day), self._day, by_day))

    def _put(self, card: Card) -> None:
        """A card that can take the focus at once: a layout alone would show it only later."""
        self._lists_column.addWidget(card)
        card.show()

    def _sentence(self, due: list[tasks.TaskRow], coming: list[tasks.TaskRow]) -> str:
        if due:
            count = len(due)
            if any(row.whose for row in due):
                return f"{days.number(count)} {'thing is' if count == 1 else 'things are'} due today."
            return f"{days.number(count)} {'thing needs' if count == 1 else 'things need'} you today."
        dated = next((row for row in coming if row.task.due), None)
        if dated is None:
            return "Nothing is due."
        return f"Nothing is due. Next: {dated.task.what.rstrip('.')}, {days.short_day(dated.task.due)}."

    def _due_card(self, rows: list[tasks.TaskRow]) -> Card:
        card = Card("Due today", count=len(rows), flush=True)
        shown = rows if self._all_due else rows[:MOST_DUE]
        for row in shown:
            card.add_row(self._line(row))
        if len(shown) < len(rows):
            card.add_row(self._more(f"Show all {len(rows)} that are due", self._show_all_due))
        return card

    def _coming_card(self, rows: list[tasks.TaskRow], total: int) -> Card:
        shown = rows if self._all_coming else rows[:MOST_COMING]
        more = len(shown) < len(rows)
        card = Card("Coming up", link=f"All {total} tasks" if more else "", flush=True)
        if card.link is not None:
            card.link.clicked.connect(self._show_all_coming)
        for row in shown:
            card.add_row(self._line(row))
        return card

    def _line(self, row: tasks.TaskRow) -> TaskLine:
        line = TaskLine(row, self._day, settles=self._may)
        line.done.connect(self._done)
        line.dropped.connect(self._dropped)
        line.file_asked.connect(self._open_file)
        self._lines[row.task.id] = line
        return line

    def _more(self, words: str, slot: object) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(px(20), px(8), px(20), px(8))
        link = LinkButton(words)
        link.clicked.connect(slot)
        column.addWidget(link)
        return holder

    def _show_all_due(self) -> None:
        self._all_due = True
        self._refresh_and_stay(MOST_DUE)

    def _show_all_coming(self) -> None:
        self._all_coming = True
        self._refresh_and_stay(len(self._lines))

    def _refresh_and_stay(self, place: int) -> None:
        self._show_lists()
        lines = list(self._lines.values())
        if lines:
            lines[min(place, len(lines) - 1)].row.setFocus()

    def _nobody_yet(self) -> Card:
        card = Card()
        if not self.session.may(Right.ADD_CHILDREN):
            why = self.session.desk.why_not(Right.OPEN_FILES if not self._files else Right.ADD_CHILDREN)
            card.add(Empty("A quiet desk", why, "sun-horizon"))
            return card
        empty = Empty(
            "A quiet desk",
            "Here you will see what is due, for each child you work with. Begin by adding the first one.",
            "sun-horizon",
        )
        self._first = Button("Add a child", "primary", "plus")
        self._first.clicked.connect(self._add_child)
        empty.add(self._first)
        card.add(empty)
        return card

    # --- settling a task ------------------------------------------------------------------------------------

    def _task(self, task_id: str) -> Task | None:
        line = self._lines.get(task_id)
        return line.due.task if line is not None else None

    def _done(self, task_id: str) -> None:
        task = self._task(task_id)
        if task is not None:
            settled = self.session.attempt(tasks.finish, self.session.desk, task)
            self._settled(task_id, settled, "Done")

    def _dropped(self, task_id: str, reason: str) -> None:
        task = self._task(task_id)
        if task is not None:
            settled = self.session.attempt(tasks.drop, self.session.desk, task, reason)
            self._settled(task_id, settled, "Taken off the list")

    def _settled(self, task_id: str, settled: Task | None, words: str) -> None:
        if settled is None:
            return
        place = list(self._lines).index(task_id)
        # The button that was pressed is inside the row that goes: let its click end first.
        QTimer.singleShot(0, self, partial(self._after, place))
        self.session.toast(f"{words}: {_cut(settled.what)}", partial(self._undo, settled))

    def _after(self, place: int) -> None:
        self._refresh()
        lines = list(self._lines.values())
        target: QWidget = lines[min(place, len(lines) - 1)].row if lines else self._add
        target.setFocus()

    def _undo(self, task: Task) -> None:
        if self.session.attempt(tasks.reopen, self.session.desk, task) is None:
            return
        self._refresh()
        line = self._lines.get(task.id)
        (line.row if line is not None else self._add).setFocus()

    # --- at the side ----------------------------------------------------------------------------------------

    def _side(self) -> None:
        desk = self.session.desk
        where = carry_on(desk) if self._files else None
        if where is not None:
            self._carry = CarryOnCard(where)
            self._carry.asked.connect(self.session.go)
            self.body.add_side(self._carry)
        look = NeedsALook(needs_a_look(desk))
        look.asked.connect(self.session.go)
        self.body.add_side(look)
        if not self._empty and where is None and self._files:
            card = Card("Begin", level="h3")
            card.add(Words("Open a child from the list, or add a new one.", "body", "muted"))
            link = LinkButton("Go to Children")
            link.clicked.connect(self._to_children)
            card.add(link)
            self.body.add_side(card)

    def _open_file(self, code: str) -> None:
        self.session.go(Place("overview", code))

    def _to_children(self) -> None:
        self.session.go(Place("children"))

    def _add_child(self) -> None:
        self.session.go(Place("add-child"))


def _cut(words: str, most: int = 60) -> str:
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
