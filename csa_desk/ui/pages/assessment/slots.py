"""The places of a page: one slot for each question of each subject, grouped by subject.

A slot holds a known row or an open question, and turns from one into the other without touching its neighbours.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from csa_desk.casework.answers import QuestionView, Standing
from csa_desk.casework.asking import Asking, Group, Origin
from csa_desk.content.models import Subject as WhoseAnswer
from csa_desk.records.assessment import Answer, AnswerState
from csa_desk.ui.look import color, px
from csa_desk.ui.pages.assessment.known import KnownAnswer
from csa_desk.ui.pages.assessment.question import QuestionPanel
from csa_desk.ui.stylesheet import polish_again
from csa_desk.ui.widgets.boxes import Rule, frame
from csa_desk.ui.widgets.form import Form
from csa_desk.ui.widgets.marks import IconMark
from csa_desk.ui.widgets.text import Words

_ICONS = {WhoseAnswer.CARER: "house-line", WhoseAnswer.SIBLING: "users", WhoseAnswer.FAMILY: "users-three"}


def in_sight(widget: QWidget) -> bool:
    """Whether a widget shows as soon as its page does."""
    told = widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
    return not (told and widget.isHidden())


def put_in_sight(widget: QWidget, on: bool) -> None:
    """Show or hide; a widget that is as it should be is not touched, which would lay it out on its own."""
    if in_sight(widget) != on:
        widget.setVisible(on)


class Slot(QFrame):
    """The place of one question about one subject."""

    pressed = Signal(str, str)  # key, what: an AnswerState, or one of the words of known.py and question.py

    def __init__(self, form: Form, item: QuestionView, place: int, *, as_row: bool) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._form = form
        self.item = item
        self.place = place
        self.as_row = as_row
        self.before: Answer | None = None
        self.can_undo = False
        self.anew = False
        self.said_by: tuple[str, str, str] | None = None
        self.told_on = ""
        self.panel: QuestionPanel | None = None
        self.row: KnownAnswer | None = None
        self._current = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.rule = Rule()
        self._column.addWidget(self.rule)
        self.rule.hide()
        if not as_row:
            self.setProperty("box", "card")

    @property
    def key(self) -> str:
        """Subject and question."""
        return self.item.key

    @property
    def wants_asking(self) -> bool:
        """Whether it applies now and is open or to be checked."""
        return in_sight(self) and self.item.standing in (Standing.OPEN, Standing.TO_CHECK)

    def origin(self, asking: Asking, source: str) -> Origin:
        """Where its answer comes from, or would come from now."""
        if self.item.answer is not None:
            return asking.origin(self.item.answer)
        return asking.origin_now(*(self.said_by or (source, "", "")))

    def show_item(self, asking: Asking, item: QuestionView, source: str) -> None:
        """Show the question as it stands."""
        changed = item != self.item
        self.item = item
        put_in_sight(self, item.standing != Standing.HIDDEN)
        if self.panel is not None:
            origin = self.origin(asking, source)
            self.panel.refresh(asking, item, origin, undo=self.can_undo, anew=self.anew)
        elif self.row is None or changed:
            self._make_row(asking)

    def _make_row(self, asking: Asking) -> None:
        old = self.row
        had_focus = old is not None and old.isAncestorOf(old.window().focusWidget() or old)
        self.row = KnownAnswer(asking, self.item)
        self.row.pressed.connect(self._pressed)
        self._column.addWidget(self.row)
        if old is not None:
            if had_focus:
                self.row.change.setFocus(Qt.FocusReason.OtherFocusReason)
            old.hide()
            old.deleteLater()

    def open_panel(self, asking: Asking, source: str) -> QuestionPanel:
        """Turn into an open question, in the same place."""
        if self.panel is None:
            origin = self.origin(asking, source)
            self.panel = QuestionPanel(self._form, asking, self.item, origin)
            self.panel.pressed.connect(self._pressed)
            self._column.addWidget(self.panel)
            if self.row is not None:
                self.row.hide()
                self.row.deleteLater()
                self.row = None
            silent = self.item.answer is not None and self.item.answer.state != AnswerState.ANSWERED
            if silent or self.anew:
                self.panel.refresh(asking, self.item, origin, undo=self.can_undo, anew=self.anew)
        return self.panel

    def set_current(self, on: bool) -> None:
        """Mark it as the question that is being asked."""
        if on != self._current:
            self._current = on
            self.update()

    def focus(self) -> None:
        """Go to its input, or to what can be done with its answer."""
        if self.panel is not None:
            self.panel.focus()
        elif self.row is not None:
            self.row.focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes a panel; it never drops text."""
        if event.key() == Qt.Key.Key_Escape and self.panel is not None and self.panel.close_panels():
            self.panel.focus()
            return
        super().keyPressEvent(event)

    def _pressed(self, what: str) -> None:
        self.pressed.emit(self.key, what)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the mark of the current question."""
        super().paintEvent(event)
        if self._current:
            painter = QPainter(self)
            top = px(18)
            painter.fillRect(px(10), top, px(4), px(26), color("primary"))
            painter.end()


class GroupBox(QWidget):
    """The questions about one subject: known ones as rows of one card, open ones as cards of their own."""

    def __init__(self, group: Group) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.key = group.key
        self.heading_words = group.heading
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        self.heading = QWidget()
        self.heading.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self.heading)
        row.setContentsMargins(0, px(12), 0, 0)
        row.setSpacing(px(10))
        icon = _ICONS.get(group.kind, "user")
        row.addWidget(IconMark(icon, "primary", 24), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Words(group.heading, "h2"), 1)
        column.addWidget(self.heading)
        self._rows_card = frame("card")
        self._rows_card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._rows = QVBoxLayout(self._rows_card)
        self._rows.setContentsMargins(1, 1, 1, 1)
        self._rows.setSpacing(0)
        column.addWidget(self._rows_card)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(px(12))
        column.addLayout(self._cards)
        self.slots: list[Slot] = []

    def add(self, slot: Slot) -> None:
        """Put a slot where its place in the pack's order is."""
        layout = self._rows if slot.as_row else self._cards
        before = sum(1 for other in self.slots if other.as_row == slot.as_row and other.place < slot.place)
        layout.insertWidget(before, slot)
        self.slots.append(slot)
        if not slot.as_row:
            polish_again(slot)

    def in_sight(self) -> list[Slot]:
        """The slots from top to bottom: rows first."""
        ordered = sorted(self.slots, key=lambda slot: (not slot.as_row, slot.place))
        return [slot for slot in ordered if in_sight(slot)]

    def settle(self, *, heading: bool) -> None:
        """Show only what has something in it, with hairlines between rows."""
        shown = self.in_sight()
        rows = [slot for slot in shown if slot.as_row]
        for number, slot in enumerate(rows):
            put_in_sight(slot.rule, number > 0)
        put_in_sight(self._rows_card, bool(rows))
        put_in_sight(self.heading, heading and bool(self.heading_words))
        put_in_sight(self, bool(shown))
