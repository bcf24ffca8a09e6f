"""A task in a list: one row, and what can be done with it opens under it."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csa_desk.casework.tasks import TaskRow as Due
from csa_desk.ui.look import px
from csa_desk.ui.pages.today.days import away, short_day
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.flow import FlowLayout
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.rows import TaskRow

REASON = "reason"


class TaskLine(QWidget):
    """``done(id)``, ``dropped(id, reason)``, ``file_asked(case code)``; Escape closes what is open."""

    done = Signal(str)
    dropped = Signal(str, str)
    file_asked = Signal(str)

    def __init__(self, due: Due, today: date, *, whose: bool = True, settles: bool = True) -> None:
        super().__init__()
        self._settles = settles
        self.due = due
        task = due.task
        about = (_about(due) if whose else "") if due.case is not None else "For yourself"
        if due.whose:
            about = " · ".join(part for part in (about, f"{due.whose} took this on") if part)
        late = bool(task.due) and task.due < today.isoformat()
        when, note = _when(task.due, today)
        icon = "phone" if task.contact else "clock-countdown" if late else "check-circle"
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.row = TaskRow(
            task.what,
            about,
            warning=due.contact_rule,
            icon=icon,
            tone="warn" if late else "tint",
            when=when,
            when_note=note,
            when_tone="warn" if late or task.due == today.isoformat() else "text",
        )
        self.row.set_chevron("caret-down")
        self.row.setAccessibleDescription("Opens what can be done with it")
        self.row.clicked.connect(self.turn)
        column.addWidget(self.row)
        self._panel: QWidget | None = None
        self._form: Form | None = None
        self._why: QWidget | None = None
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.close_panel)

    @property
    def is_open(self) -> bool:
        """Whether the choices show."""
        return self._panel is not None and not self._panel.isHidden()

    def turn(self) -> None:
        """Open or close what can be done."""
        if self.is_open:
            self.close_panel()
            return
        if self._panel is None:
            self._panel = self._make_panel()
            layout = self.layout()
            if layout is not None:
                layout.addWidget(self._panel)
        self._panel.show()
        self.row.set_chevron("caret-up")
        if self._settles:
            self._done.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_panel(self) -> None:
        """Fold the choices away; a reason half typed stays in its field."""
        if self._panel is not None and self.is_open:
            self._panel.hide()
            self.row.set_chevron("caret-down")
            self.row.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_panel(self) -> QWidget:
        panel = QWidget()
        column = QVBoxLayout(panel)
        column.setContentsMargins(px(74), 0, px(20), px(16))
        column.setSpacing(px(12))
        buttons = QWidget()
        flow = FlowLayout(buttons, 8, 8)
        self._done = Button("Done", icon="check", small=True)
        self._done.setAccessibleDescription(self.due.task.what)
        self._done.clicked.connect(self._say_done)
        self._drop = Button("It will not be done", small=True)
        self._drop.setAccessibleDescription(self.due.task.what)
        self._drop.clicked.connect(self._ask_why)
        flow.addWidget(self._done)
        flow.addWidget(self._drop)
        self._done.setVisible(self._settles)
        self._drop.setVisible(self._settles)
        if self.due.case is not None:
            name = self.due.child or self.due.case.code
            opens = Button(f"Open {name}’s file", "quiet", small=True)
            opens.clicked.connect(self._open_file)
            flow.addWidget(opens)
        column.addWidget(buttons)
        return panel

    def _ask_why(self) -> None:
        if self._why is None and self._panel is not None:
            self._why = QWidget()
            column = QVBoxLayout(self._why)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(px(12))
            self._form = Form()
            self._form.add(FieldSpec(REASON, "Why will it not be done?", width="full"))
            self._form.field(REASON).control.stops()[0].setAccessibleDescription(self.due.task.what)
            column.addWidget(self._form)
            row = QHBoxLayout()
            drop = Button("Take it off the list", small=True)
            drop.clicked.connect(self._say_dropped)
            keep = Button("Keep it", "quiet", small=True)
            keep.clicked.connect(self.close_panel)
            row.addWidget(drop)
            row.addWidget(keep)
            row.addStretch(1)
            column.addLayout(row)
            layout = self._panel.layout()
            if layout is not None:
                layout.addWidget(self._why)
        if self._form is not None:
            self._form.focus_on(REASON)

    def _say_done(self) -> None:
        self.done.emit(self.due.task.id)

    def _say_dropped(self) -> None:
        if self._form is None:
            return
        reason = str(self._form.value(REASON))
        if not reason:
            self._form.set_error(REASON, "Say why, in a word or two")
            self._form.focus_on(REASON)
            return
        self.dropped.emit(self.due.task.id, reason)

    def _open_file(self) -> None:
        if self.due.case is not None:
            self.file_asked.emit(self.due.case.code)


def _about(due: Due) -> str:
    code = due.case.code if due.case is not None else ""
    return f"{due.child}, {code}" if due.child else code


def _when(due: str, today: date) -> tuple[str, str]:
    if not due:
        return "Any time", ""
    days = (date.fromisoformat(due) - today).days
    if days == 0:
        return "Due today", ""
    if days < 0:
        return away(days), short_day(due)
    return short_day(due), away(days)
