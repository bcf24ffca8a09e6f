"""The support plan: needs as headings, goals in the child's words, actions that somebody leads, agreement."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QSizePolicy, QVBoxLayout, QWidget

from csa_desk.casework import plan_needs, planning
from csa_desk.casework.rights import Right
from csa_desk.content.models import say
from csa_desk.records.dates import spoken
from csa_desk.records.plan import Action, Goal
from csa_desk.ui.look import px
from csa_desk.ui.pages.child.header import ShortHeader
from csa_desk.ui.pages.editing import NEW
from csa_desk.ui.pages.half_typed import half_typed
from csa_desk.ui.pages.plan.agreement import AgreementCard
from csa_desk.ui.pages.plan.editors import GoalEditor
from csa_desk.ui.pages.plan.goal_card import GoalCard
from csa_desk.ui.pages.revealing import Revealing
from csa_desk.ui.pages.rights.told import role_banner
from csa_desk.ui.shell.page import Page
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.buttons import Button, LinkButton
from csa_desk.ui.widgets.flow import FlowLayout, PairLayout
from csa_desk.ui.widgets.marks import Chip, IconMark
from csa_desk.ui.widgets.messages import Empty
from csa_desk.ui.widgets.page import PageBody, PageTitle
from csa_desk.ui.widgets.text import Words

_TONES = {"in-plan": "ok", "nobody-yet": "warn", "need": "warn"}


class PlanPage(Page):
    """The plan tab."""

    rail = "children"

    def __init__(self, session: Session, place: Place) -> None:
        super().__init__(session, place)
        self.file = session.file(place.case, fresh=True)
        self.header = ShortHeader(session, self.file, "plan")
        self.column.addWidget(self.header)
        self.body = PageBody(side_width=272)
        self.column.addWidget(self.body, 1)
        self.cards: dict[str, GoalCard] = {}
        self._holder: QWidget | None = None
        self._editor: GoalEditor | None = None
        self._gone: list[Goal | Action] = []
        self._may = session.may(Right.PLAN)
        banner = role_banner(session, Right.PLAN)
        if banner is not None:
            self.body.add_top(banner)
        self._title()
        self._show_goals()
        self.agreement = AgreementCard(session, self.file)
        self.agreement.changed.connect(self._changed)
        self.body.add_side(self.agreement)
        self.body.finish()
        self._keys()
        self._open_again()

    def _keys(self) -> None:
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        self._print_key = QShortcut(QKeySequence("Ctrl+P"), self, context=context)
        self._print_key.activated.connect(self._to_print)
        self._escape = QShortcut(QKeySequence("Esc"), self, context=context)
        self._escape.activated.connect(self._close_all)

    def focus_first(self) -> None:
        """The tabs."""
        self.header.tabs.setFocus()

    def primary(self) -> QWidget | None:
        """What adds the thing that is being added, else the agreement."""
        if self._editor is not None:
            return self._editor.add_button
        for card in self.cards.values():
            if card.adding is not None:
                return card.adding.add_button
        if not self._may:
            return None
        return self.agree_button if self.file.goals else self.add_button

    def add_thing(self) -> None:
        """An action where the keyboard is in a goal, else a goal."""
        if not self._may:
            return
        focus = QApplication.focusWidget()
        for card in self.cards.values():
            if focus is not None and card.isAncestorOf(focus):
                card.add_action()
                return
        self._add_goal("")

    # --- building -------------------------------------------------------------------------------------------

    def _title(self) -> None:
        self.title = PageTitle("Support plan", self._standing())
        self.preview_button = Button("Preview and print", "secondary", "printer")
        self.preview_button.clicked.connect(self._to_print)
        self.agree_button = Button("Agree this plan", "primary")
        self.agree_button.clicked.connect(self._agree)
        self.title.trailing.addWidget(self.preview_button)
        self.title.trailing.addWidget(self.agree_button)
        self.body.add(self.title)

    def _standing(self) -> str:
        """Which draft this is, and which version was agreed when."""
        agreed = [item for item in self.file.sign_offs if item.what == "plan"]
        if not agreed:
            return "Draft 1. Not agreed yet." if self.file.goals else "Not begun yet."
        last = agreed[-1]
        if planning.changed_since_agreed(self.session.desk, self.file):
            return f"Draft {int(last.version) + 1}. Changed since it was agreed on {spoken(last.on)}."
        return f"Version {last.version}, agreed on {spoken(last.on)}. Nothing has changed since."

    def _show_goals(self) -> None:
        """Build the needs with their goals."""
        if self._holder is not None:
            self._holder.hide()
            self.body.main.removeWidget(self._holder)
            self._holder.deleteLater()
        self._editor = None
        self.cards = {}
        self._holder = QWidget()
        self._holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        self._column = column
        self._empty: Empty | None = None
        for state in plan_needs.needs(self.session.desk, self.file):
            goals = [item for item in self.file.goals if item.need == state.need.id]
            if not goals and state.state != "need":
                continue
            column.addLayout(self._need(state))
            if not goals:
                column.addWidget(Words("No goal yet for this need.", "body", "muted"))
            for goal in goals:
                card = GoalCard(self.session, self.file, goal)
                card.changed.connect(self._changed)
                card.opening.connect(self._opening)
                card.gone.connect(self._removed)
                self.cards[goal.id] = card
                column.addWidget(card)
            column.addSpacing(px(8))
        if column.count():
            self.add_button = Button("Add a goal for another need", "secondary", "plus")
            self.add_button.clicked.connect(self._add_any_goal)
            column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            empty = Empty(
                "No goals yet",
                f"A plan holds what {self.file.called} wants, in {self.file.called}’s own words, "
                "and who does what by when.",
                "flag",
            )
            self.add_button = Button("Add the first goal", "primary", "plus")
            self.add_button.clicked.connect(self._add_any_goal)
            if self._may:
                empty.add(self.add_button)
            column.addWidget(empty)
            self._empty = empty
        self.add_button.setVisible(self._may)
        self.preview_button.setVisible(bool(self.file.goals) and self.session.may(Right.PRINT))
        self.agree_button.setVisible(bool(self.file.goals) and self._may)
        self.body.main.insertWidget(1, self._holder)

    def _need(self, state: plan_needs.NeedState) -> PairLayout:
        row = PairLayout(row_gap=0)
        named = FlowLayout(gap=10, row_gap=4)
        named.addWidget(IconMark(state.need.icon, "text", 24))
        named.addWidget(Words(say(state.need.short), "h2", wrap=False))
        named.addWidget(Chip(state.words, _TONES.get(state.state, "plain")))  # type: ignore[arg-type]
        row.addLayout(named)
        link = LinkButton("Add a goal")
        link.setAccessibleDescription(say(state.need.short))
        link.setProperty("need", state.need.id)
        link.clicked.connect(self._add_for_need)
        if self._may:
            row.addWidget(link)
        return row

    def _changed(self) -> None:
        self.title.set_about(self._standing())

    # --- goals ----------------------------------------------------------------------------------------------

    def _add_any_goal(self) -> None:
        self._add_goal("")

    def _add_for_need(self) -> None:
        link = self.sender()
        self._add_goal(str(link.property("need")) if link is not None else "")

    def _add_goal(self, need: str) -> None:
        self._close_all()
        editor = GoalEditor(self.session, self.file, None, need)
        editor.saved.connect(self._goal_added)
        editor.closed.connect(self._goal_closed)
        self._editor = editor
        self.add_button.hide()
        if self._empty is not None:
            self._empty.hide()
        self._column.addWidget(editor)
        editor.show()
        editor.focus()
        Revealing(self.body, editor)

    def _goal_added(self, goal: Goal) -> None:
        self._show_goals()
        self._changed()
        card = self.cards[goal.id]
        card.add_button.setFocus()
        Revealing(self.body, card)

    def _goal_closed(self) -> None:
        editor, self._editor = self._editor, None
        if editor is not None:
            editor.hide()
            self._column.removeWidget(editor)
            editor.deleteLater()
            if self._empty is not None:
                self._empty.show()
            self.add_button.show()
            self.add_button.setFocus()

    def _opening(self, card: GoalCard) -> None:
        """One editor at a time."""
        self._close_all()
        Revealing(self.body, card)

    def _close_all(self) -> None:
        if self._editor is not None:
            self._editor.put_away()
        for card in self.cards.values():
            card.close_all()

    def _removed(self, gone: list[Goal | Action]) -> None:
        self._gone = gone
        if isinstance(gone[0], Goal):
            self._show_goals()
            self.add_button.setFocus()
        self._changed()
        self.session.toast("Goal removed" if isinstance(gone[0], Goal) else "Action removed", self._undo)

    def _undo(self) -> None:
        gone, self._gone = self._gone, []
        if gone:
            self.session.attempt(planning.put_back, self.session.desk, self.file, gone)
            self._show_goals()
            self._changed()

    def _open_again(self) -> None:
        """Go on where words were half typed."""
        if not self._may:
            return
        case = self.file.case.id
        goal = half_typed(self.session, f"{case}/goal")
        action = half_typed(self.session, f"{case}/action")
        if goal == NEW:
            self._add_goal("")
        elif goal in self.cards:
            self.cards[goal].open_goal()
        elif action.removeprefix(f"{NEW}-") in self.cards:
            self.cards[action.removeprefix(f"{NEW}-")].add_action()
        for card in self.cards.values():
            if action in card.blocks:
                card.open_action(action)
            elif not action and self.place.item in card.blocks:
                card.open_action(self.place.item)
                Revealing(self.body, card.blocks[self.place.item])

    # --- agreeing and printing ------------------------------------------------------------------------------

    def _agree(self) -> None:
        self._close_all()
        if self.session.attempt(planning.agree, self.session.desk, self.file) is not None:
            self._changed()

    def _to_print(self) -> None:
        if self.session.may(Right.PRINT):
            self.session.go(Place("print", self.file.code))
