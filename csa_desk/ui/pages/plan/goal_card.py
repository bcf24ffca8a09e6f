"""A goal with its actions: each row opens for changing in its place, one at a time on the page."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csa_desk.casework import planning
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.rights import Right
from csa_desk.records.assessment import CHILD_SUBJECT, Source
from csa_desk.records.dates import short
from csa_desk.records.plan import Action, Goal
from csa_desk.ui.look import px
from csa_desk.ui.pages.plan.action_row import ActionBlock, ActionHead, ActionRow
from csa_desk.ui.pages.plan.editors import ActionEditor, GoalEditor, service_name
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Card
from csa_desk.ui.widgets.buttons import Button, LinkButton
from csa_desk.ui.widgets.flow import PairLayout
from csa_desk.ui.widgets.marks import IconMark, SourceChip, SourceKind
from csa_desk.ui.widgets.text import Words

_KINDS: dict[str, SourceKind] = {
    Source.CHILD: "child",
    Source.CARER: "carer",
    Source.WORKER: "worker",
    Source.FILE: "file",
    Source.MY_VIEW: "view",
}


def goal_title(file: CaseFile, goal: Goal) -> str:
    """Whose words the goal stands in: ``Goal, in Rowan’s words``."""
    about = "Goal" if goal.subject == CHILD_SUBJECT else f"Goal for {file.subject_name(goal.subject)}"
    said = {
        Source.CHILD: f"in {file.called}’s words",
        Source.CARER: "in a carer’s words",
        Source.WORKER: "from another worker",
        Source.FILE: "from the file",
        Source.MY_VIEW: "in our words",
    }
    whose = said.get(Source(goal.source), "") if goal.source else ""
    return f"{about}, {whose}" if whose else about


class GoalCard(Card):
    """``changed``: something was saved. ``opening(widget)``: an editor opens. ``gone(list)``: was removed."""

    changed = Signal()
    opening = Signal(object)
    gone = Signal(list)

    def __init__(self, session: Session, file: CaseFile, goal: Goal) -> None:
        super().__init__(flush=True)
        self.session = session
        self.file = file
        self.goal = goal
        self._may = session.may(Right.PLAN)
        self.setAccessibleName(goal.words)
        self._goal_head()
        self._goal_editor: GoalEditor | None = None
        self._new_editor: ActionEditor | None = None
        self._columns = ActionHead()
        self.add(self._columns)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.body.addLayout(self._list)
        self.blocks: dict[str, ActionBlock] = {}
        for action in planning.actions_of(file, goal):
            self._add_block(action)
        self._columns.setVisible(bool(self.blocks))
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(px(12), px(6), px(12), px(6))
        self.add_button = Button("Add an action", "quiet", "plus", small=True)
        self.add_button.setAccessibleDescription(goal.words)
        self.add_button.clicked.connect(self.add_action)
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        session.offer(self._foot, Right.PLAN)
        self.add(self._foot)

    def _goal_head(self) -> None:
        holder = QWidget()
        self._top = QVBoxLayout(holder)
        self._top.setContentsMargins(px(16), px(12), px(16), px(14))
        self._top.setSpacing(px(12))
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(IconMark("flag", "primary"), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(px(2))
        self._title = Words("", "small", "muted")
        self._said = Words("", "lead")
        column.addWidget(self._title)
        column.addWidget(self._said)
        column.addStretch(1)
        pair = PairLayout(gap=12, row_gap=4)
        pair.addLayout(column)
        row.addLayout(pair, 1)
        right = QVBoxLayout()
        right.setSpacing(0)
        self._source = QHBoxLayout()
        right.addLayout(self._source)
        self._change = LinkButton("Change")
        self._change.clicked.connect(self.open_goal)
        self.session.offer(self._change, Right.PLAN)
        right.addWidget(self._change, 0, Qt.AlignmentFlag.AlignRight)
        right.addStretch(1)
        pair.addLayout(right)
        self._top.addLayout(row)
        self.add(holder)
        self._chip: SourceChip | None = None
        self._show_goal()

    def _show_goal(self) -> None:
        goal = self.goal
        self._title.set_words(goal_title(self.file, goal))
        quoted = goal.source in (Source.CHILD, Source.CARER)
        self._said.set_words(f"“{goal.words}”" if quoted else goal.words)
        self._change.setAccessibleDescription(goal.words)
        if self._chip is not None:
            self._chip.hide()
            self._chip.deleteLater()
        who = {
            Source.CHILD: self.file.called,
            Source.CARER: "Carer",
            Source.WORKER: "Another worker",
            Source.FILE: "File",
            Source.MY_VIEW: "Our view",
        }
        source = Source(goal.source) if goal.source else Source.CHILD
        self._chip = SourceChip(who[source], short(goal.told_on), kind=_KINDS[source])
        self._source.addWidget(self._chip)

    def _add_block(self, action: Action) -> ActionBlock:
        row = ActionRow(action, service_name(self.session, action.service))
        row.setProperty("action", action.id)
        row.clicked.connect(self._row_pressed)
        row.moved.connect(self._row_moved)
        if not self._may:
            row.only_read()
        block = ActionBlock(row)
        self.blocks[action.id] = block
        self._list.addWidget(block)
        return block

    # --- one editor at a time -------------------------------------------------------------------------------

    def close_all(self) -> None:
        """Close what is open; changes are saved, what was not added is kept as a draft."""
        if self._goal_editor is not None:
            self._goal_editor.put_away()
        if self._new_editor is not None:
            self._new_editor.put_away()
        for block in self.blocks.values():
            if isinstance(block.editor, ActionEditor):
                block.editor.put_away()

    @property
    def adding(self) -> ActionEditor | None:
        """The editor of a new action, if it is open."""
        return self._new_editor

    def open_goal(self) -> None:
        """Change the goal's words, or remove it."""
        if self._goal_editor is not None:
            return
        editor = GoalEditor(self.session, self.file, self.goal)
        self.opening.emit(self)
        self._goal_editor = editor
        editor.saved.connect(self._goal_saved)
        editor.closed.connect(self._goal_closed)
        editor.removed.connect(self._goal_removed)
        self._top.addWidget(editor)
        editor.show()
        editor.focus()

    def _goal_saved(self, goal: Goal) -> None:
        self.goal = goal
        self._show_goal()
        self.changed.emit()

    def _goal_closed(self) -> None:
        editor, self._goal_editor = self._goal_editor, None
        if editor is not None:
            self._dispose(editor)
        self._change.setFocus()

    def _goal_removed(self) -> None:
        gone = self.session.attempt(planning.remove, self.session.desk, self.file, self.goal)
        if gone is not None:
            self.gone.emit(gone)

    def add_action(self) -> None:
        """Begin a new action."""
        if self._new_editor is not None:
            return
        self.opening.emit(self)
        editor = ActionEditor(self.session, self.file, self.goal, None)
        self._new_editor = editor
        editor.saved.connect(self._action_added)
        editor.closed.connect(self._new_closed)
        self.body.insertWidget(self.body.indexOf(self._foot), editor)
        self._foot.hide()
        editor.show()
        editor.focus()

    def _action_added(self, action: Action) -> None:
        self._add_block(action)
        self._columns.show()
        self.changed.emit()

    def _new_closed(self) -> None:
        editor, self._new_editor = self._new_editor, None
        if editor is not None:
            self._dispose(editor)
        self._foot.show()
        self.add_button.setFocus()

    def open_action(self, key: str) -> None:
        """Open one action for changing, or close it again."""
        block = self.blocks[key]
        if isinstance(block.editor, ActionEditor):
            block.editor.close_editor()
            return
        self.opening.emit(self)
        editor = ActionEditor(self.session, self.file, self.goal, block.row.action)
        editor.saved.connect(self._action_saved)
        editor.closed.connect(self._action_closed)
        editor.removed.connect(self._action_removed)
        editor.moved.connect(self._editor_moved)
        editor.setProperty("action", key)
        block.open_editor(editor)
        editor.focus()

    def _row_pressed(self) -> None:
        row = self.sender()
        if row is not None:
            self.open_action(str(row.property("action")))

    def _action_saved(self, action: Action) -> None:
        row = self.blocks[action.id].row
        row.show_action(action, service_name(self.session, action.service))
        self.changed.emit()

    def _action_closed(self) -> None:
        block = self._block_of_sender()
        if block is not None:
            block.close_editor()
            block.row.setFocus()

    def _action_removed(self) -> None:
        block = self._block_of_sender()
        if block is None:
            return
        gone = self.session.attempt(planning.remove, self.session.desk, self.file, block.row.action)
        if gone is None:
            return
        del self.blocks[block.row.action.id]
        block.close_editor()
        self._dispose(block)
        self._columns.setVisible(bool(self.blocks))
        self.add_button.setFocus()
        self.gone.emit(gone)

    def _block_of_sender(self) -> ActionBlock | None:
        sender = self.sender()
        return self.blocks.get(str(sender.property("action"))) if sender is not None else None

    def _row_moved(self, steps: int) -> None:
        self._move(self._block_of_sender(), steps)

    def _editor_moved(self, steps: int) -> None:
        self._move(self._block_of_sender(), steps)

    def _move(self, block: ActionBlock | None, steps: int) -> None:
        if block is None:
            return
        verb = planning.move_action
        made = self.session.attempt(verb, self.session.desk, self.file, block.row.action, steps)
        if made is None:
            return
        block.row.action = made
        if isinstance(block.editor, ActionEditor):
            block.editor.action = made
        order = [item.id for item in planning.actions_of(self.file, self.goal)]
        focus = self.window().focusWidget()
        self._list.removeWidget(block)
        self._list.insertWidget(order.index(made.id), block)
        if focus is not None and block.isAncestorOf(focus):
            focus.setFocus()
        self.changed.emit()

    @staticmethod
    def _dispose(widget: QWidget) -> None:
        widget.hide()
        widget.deleteLater()
