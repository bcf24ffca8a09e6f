"""An open question: title, input, source, the three other answers, and what stands in its place when one is chosen."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from csa_desk.casework.answers import QuestionView
from csa_desk.casework.asking import Asking, Origin
from csa_desk.content.models import Kind
from csa_desk.records.assessment import AnswerState
from csa_desk.ui.look import px
from csa_desk.ui.pages.assessment.inputs import names_of, on_screen, spec_of
from csa_desk.ui.pages.assessment.origin import ALT, OriginButton, OriginPanel
from csa_desk.ui.widgets.boxes import QuietBox, Rule
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.flow import FlowLayout
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.marks import IconMark
from csa_desk.ui.widgets.messages import Saved
from csa_desk.ui.widgets.text import Words, set_tip
from csa_desk.ui.widgets.text_fields import GrowingText, LineText, PersonText

OTHERS = (
    (AnswerState.CHOSE_NOT, "Chose not to say", "hand-palm", "C"),
    (AnswerState.NOT_KNOWN, "Not known yet", "question", "K"),
    (AnswerState.NOT_ASKED, "Not asked", "minus-circle", "A"),
)
UNDO, ANEW, ORIGIN, CANCEL = "undo", "anew", "origin", "cancel"


class _Silence(QuietBox):
    """What stands in the place of the input when there is no answer in words."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout()
        row.setSpacing(px(12))
        self._icon = IconMark("hand-palm")
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(px(2))
        self._first = Words("", "strong")
        self._rest = Words("", "body", "muted")
        column.addWidget(self._first)
        column.addWidget(self._rest)
        row.addLayout(column, 1)
        self.button = Button("Undo", "quiet", small=True)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(row)

    def say(self, icon: str, first: str, rest: str, button: str, about: str) -> None:
        """Show a state and what can be done about it."""
        self._icon.set_icon(icon, "text")
        self._first.set_words(first)
        self._rest.set_words(rest)
        self.button.set_words(button)
        self.button.setAccessibleDescription(f"{about} {first}")


class _Reason(QuietBox):
    """Why it was not asked: one short line."""

    def __init__(self, form: Form, key: str) -> None:
        super().__init__()
        self.key = f"{key}/reason"
        self._form = form
        self.body.setSpacing(px(10))
        self.field = form.add(
            FieldSpec(
                self.key,
                "Why was it not asked?",
                hint="A few words, such as: the door was open, or too tired today.",
                width="full",
            ),
            self.body,
        )
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self.keep = Button("Keep the reason", small=True)
        self.cancel = Button("Cancel", "quiet", small=True)
        row.addWidget(self.keep)
        row.addWidget(self.cancel)
        row.addStretch(1)
        # Within the field, so that going to Cancel does not count as leaving it, which would save.
        inside = self.field.layout()
        if isinstance(inside, QVBoxLayout):
            inside.addSpacing(px(8))
            inside.addLayout(row)
        self.keep.clicked.connect(self._keep)

    def _keep(self) -> None:
        if not self._form.value(self.key):
            self._form.set_error(self.key, "Say why in a few words, or press Cancel")
            self._form.focus_on(self.key)
            return
        self.field.leave()


class Apart(QWidget):
    """One thing at the left, one at the right; one under the other where there is no room."""

    def __init__(self, left: QWidget, right: QWidget) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._left, self._right = left, right
        self._alone = False
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(px(8))
        self._row.addWidget(left)
        self._row.addStretch(1)
        self._row.addWidget(right)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold where the width is too small for both."""
        super().resizeEvent(event)
        self.fit(alone=self._alone)

    def fit(self, *, alone: bool) -> None:
        """Choose the direction for the width there is; ``alone`` where only the left one shows."""
        self._alone = alone
        right = 0 if alone else self._right.sizeHint().width() + px(8)
        beside = self._left.sizeHint().width() + right <= self.width()
        self._row.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )


class QuestionPanel(QWidget):
    """One open question. It says what was pressed; the page records it and shows it again."""

    pressed = Signal(str)  # an AnswerState, UNDO, ANEW, ORIGIN or CANCEL

    def __init__(self, form: Form, asking: Asking, item: QuestionView, origin: Origin) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._form, self._asking, self.item = form, asking, item
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(px(24), px(16), px(20), px(12))
        self.column.setSpacing(px(12))
        self.field = form.add(spec_of(asking, item), self.column)
        self.show_value()
        self._draft: Saved | None = None
        self._silence: _Silence | None = None
        self._reason: _Reason | None = None
        self.origin_panel: OriginPanel | None = None
        self.silent = False  # whether a silence stands in the place of the input
        self.column.addWidget(Rule())
        self.chip = OriginButton(origin)
        self.chip.clicked.connect(self._origin_pressed)
        self._others = QWidget()
        flow = FlowLayout(self._others, 2, 2)
        for state, words, icon, key in OTHERS:
            button = Button(words, "quiet", icon, small=True)
            button.setAccessibleDescription(item.text)
            button.setProperty("state", state.value)
            set_tip(button, f"{words} ({ALT}+{key})")
            button.clicked.connect(self._other_pressed)
            flow.addWidget(button)
        self._foot = Apart(self.chip, self._others)
        self.column.addWidget(self._foot)

    # --- showing --------------------------------------------------------------------------------------------

    def refresh(self, asking: Asking, item: QuestionView, origin: Origin, *, undo: bool, anew: bool) -> None:
        """Show the question as it stands; ``anew`` shows the input whatever stands there now."""
        self._asking = asking
        if (item.text, item.hint) != (self.item.text, self.item.hint):
            self.field.say(item.text, item.hint)
        self.item = item
        self.chip.show_origin(origin)
        answer = item.answer
        self.silent = answer is not None and answer.state != AnswerState.ANSWERED and not anew
        if self.silent:
            self._show_silence(undo=undo)
        if self._silence is not None:
            self._silence.setVisible(self.silent)
        self.field.control.setVisible(not self.silent)
        self._others.setVisible(not self.silent)
        self._foot.fit(alone=self.silent)

    def _show_silence(self, *, undo: bool) -> None:
        answer = self.item.answer
        if answer is None:
            return
        if self._silence is None:
            self._silence = _Silence()
            self._silence.button.clicked.connect(self._silence_pressed)
            self.column.insertWidget(1, self._silence)
        self._silence.button.setProperty("undo", undo)
        button = "Undo" if undo else "Ask it now"
        if answer.state == AnswerState.CHOSE_NOT:
            who = self._asking.kept_back(self.item, answer.source)
            later = f"{who[:1].lower()}{who[1:]}" if who.startswith("The ") else who
            self._silence.say(
                "hand-palm",
                f"{who} chose not to say",
                f"That is an answer. Nobody needs to ask again unless {later} brings it up.",
                button,
                self.item.text,
            )
        elif answer.state == AnswerState.NOT_KNOWN:
            rest = "It stays in sight as a thing to check."
            self._silence.say("question", "Not known yet", rest, button, self.item.text)
        else:
            rest = "It stays open. Ask it whenever it fits."
            self._silence.say("minus-circle", self.item.shown, rest, button, self.item.text)

    def show_draft(self, kept: bool) -> None:
        """Say that half-written words are kept, or no longer."""
        if kept and self._draft is None:
            self._draft = Saved()
            self.field.trailing.addWidget(self._draft, 0, Qt.AlignmentFlag.AlignTop)
        if self._draft is not None:
            if kept:
                self._draft.set_draft()
            self._draft.setVisible(kept)

    def offer(self) -> None:
        """Offer names of agencies that fit what is being typed."""
        control = self.field.control
        if isinstance(control, PersonText) and self.item.question.type == Kind.AGENCY:
            control.offer(names_of(self._asking, Kind.AGENCY, control.words))

    def show_value(self) -> None:
        """Show the recorded value in the input; words are gone on with at their end."""
        self.field.set_value(on_screen(self.item))
        control = self.field.control
        if isinstance(control, GrowingText | LineText):
            text, _ = control.draft()
            control.restore(text, len(text))

    # --- panels ---------------------------------------------------------------------------------------------

    def ask_reason(self) -> None:
        """Open the line that asks why it was not asked."""
        if self._reason is None:
            self._reason = _Reason(self._form, self.item.key)
            self._reason.cancel.clicked.connect(self._reason_cancelled)
            self.column.insertWidget(self.column.indexOf(self._foot) - 1, self._reason)
        self._form.set_value(self._reason.key, "")
        self._reason.show()

    def open_origin(self, parts: tuple[str, str, str, str]) -> OriginPanel:
        """Open what changes the source: source, name, how, when."""
        if self.origin_panel is None:
            self.origin_panel = OriginPanel(self._form, self.item.key, self._asking)
            self.column.addWidget(self.origin_panel)
        self.origin_panel.show_parts(*parts)
        self.origin_panel.show()
        return self.origin_panel

    @property
    def reason_open(self) -> bool:
        """Whether it asks why it was not asked."""
        return self._reason is not None and not self._reason.isHidden()

    @property
    def origin_open(self) -> bool:
        """Whether the source can be changed."""
        return self.origin_panel is not None and not self.origin_panel.isHidden()

    def close_panels(self) -> bool:
        """Close what is open, but not over a reason that is half written; whether anything was."""
        was = self.reason_open or self.origin_open
        if self._reason is not None and not self._form.value(self._reason.key):
            self._reason.hide()
        if self.origin_panel is not None:
            self.origin_panel.hide()
        return was

    def focus(self) -> None:
        """Go to the input, the reason that is asked for, or what undoes a silence."""
        if self.reason_open and self._reason is not None:
            self._form.focus_on(self._reason.key)
        elif self.silent and self._silence is not None:
            self._silence.button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            stop = self.field.control.stops()[0]
            stop.setFocus(Qt.FocusReason.TabFocusReason)

    # --- pressed --------------------------------------------------------------------------------------------

    def _other_pressed(self) -> None:
        button = self.sender()
        if button is not None:
            self.pressed.emit(str(button.property("state")))

    def _silence_pressed(self) -> None:
        if self._silence is not None:
            self.pressed.emit(UNDO if self._silence.button.property("undo") else ANEW)

    def _origin_pressed(self) -> None:
        self.pressed.emit(ORIGIN)

    def _reason_cancelled(self) -> None:
        # Emptied before it is hidden: a field that loses the focus with words in it is saved.
        if self._reason is not None:
            self._form.set_value(self._reason.key, "")
        self.pressed.emit(CANCEL)
        self.close_panels()
        self.focus()
