"""The only way to make a field: label, hint, error, input, names for readers, drafts, saving on leaving.

    FieldSpec(key, label, kind="line", hint="", options=(), width="name", optional=False, partial=True,
              not_known=True, lines=3, low=…, high=…, inline=False, read_only=False, check=None)
        kind and value:  line str · lines str · secret str · number int|None · date ""|NOT_KNOWN|"2016-03"
                         one_of "" or key · many_of tuple of keys · yes_no "" yes no not_known · row "" or key
                         scale int|None · person PersonChoice · pick "" or key
        check: a function of the value that returns a sentence, or "" if all is well
    form = Form()
    form.add(spec) -> Field           form.field(key)   form.fields   form.values() -> {key: value}
    form.set_value(key, value)        form.value(key)   form.set_error(key, sentence)   form.clear_errors()
    form.check() -> [(key, sentence)] shows every fault beside its field; feed ErrorSummary
    form.drafts() -> {key: (text, cursor)}   form.restore_draft(key, text, cursor)
    form.focus_on(key, cursor=None)   form.flush() on leaving, .keep() at lock
    form.set_read_only(bool)
Signals, the same of Form and of each Field:
    answered(str key, object value)   a field was left after a change, or an option was chosen
    typed(str key, str text, int cursor)   on each keystroke and choice; the shell keeps it as a draft
A value with a fault is not answered: the sentence shows, what was typed stays.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from csa_desk.ui.look import color, px
from csa_desk.ui.widgets.choices import YES_NO, ButtonRow, ManyOf, OneOf, Option
from csa_desk.ui.widgets.control import Control
from csa_desk.ui.widgets.marks import IconMark
from csa_desk.ui.widgets.scale import Scale
from csa_desk.ui.widgets.text import Words
from csa_desk.ui.widgets.text_fields import GrowingText, LineText, PersonText, PickOne

Kind = Literal[
    "line", "lines", "secret", "number", "date", "one_of", "many_of", "yes_no", "row", "scale", "person", "pick"
]  # fmt: skip
Width = Literal["full", "name", "code", "year", "day"]


@dataclass(frozen=True)
class FieldSpec:
    """What a field asks and how; see the module's list of kinds."""

    key: str
    label: str
    kind: Kind = "line"
    hint: str = ""
    options: Sequence[Option] = ()
    width: Width = "name"
    optional: bool = False
    partial: bool = True
    not_known: bool = True
    lines: int = 3
    low: str = "Not at all"
    high: str = "Completely"
    inline: bool = False
    read_only: bool = False
    label_role: str = "strong"
    check: Callable[[object], str] | None = None
    kept: bool = (
        True  # False for what opens the vault and is no passphrase field: no draft of it is ever made
    )

    @property
    def drafted(self) -> bool:
        """Whether what is typed is kept as a draft."""
        return self.kept and self.kind != "secret"


def _control(spec: FieldSpec) -> Control:
    match spec.kind:
        case "line" | "secret" | "number":
            return LineText(spec.width, secret=spec.kind == "secret", figures=spec.kind == "number")
        case "lines":
            return GrowingText(spec.lines)
        case "date":
            from csa_desk.ui.widgets.dates import DateFields

            return DateFields(partial=spec.partial, not_known=spec.not_known)
        case "one_of":
            return OneOf(spec.options, inline=spec.inline)
        case "yes_no":
            return OneOf(spec.options or YES_NO, inline=True)
        case "many_of":
            return ManyOf(spec.options, inline=spec.inline)
        case "row":
            return ButtonRow(spec.options)
        case "scale":
            return Scale(spec.low, spec.high)
        case "person":
            return PersonText(spec.options, spec.width)
        case "pick":
            return PickOne(spec.options, spec.width)


class Field(QWidget):
    """One question with its input. Made by :meth:`Form.add`."""

    answered = Signal(str, object)
    typed = Signal(str, str, int)

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__()
        self.spec = spec
        self.control = _control(spec)
        self._error = ""
        self._pending = False
        self._known: object = None
        self._said = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(2))
        title = f"{spec.label} (optional)" if spec.optional else spec.label
        self.label = Words(title, spec.label_role)
        head = QHBoxLayout()
        head.setSpacing(px(12))
        head.addWidget(self.label, 1)
        self.trailing = QHBoxLayout()
        head.addLayout(self.trailing)
        self._column.addLayout(head)
        self.hint = Words(spec.hint, "small", "muted")
        self._column.addWidget(self.hint)
        if not spec.hint:
            self.hint.hide()
        self._error_row = QWidget()
        row = QHBoxLayout(self._error_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(6))
        row.addWidget(IconMark("warning-circle", "danger", 18, "bold"))
        self._error_words = Words("", "strong", "danger")
        row.addWidget(self._error_words, 1)
        self._error_row.hide()
        self._column.addWidget(self._error_row)
        # A heading without a hint needs room of its own.
        self._column.addSpacing(px(10 if spec.label_role == "h2" and not spec.hint else 4))
        self._column.addWidget(self.control)
        self.label.setBuddy(self.control.stops()[0])
        self._name()
        self.control.typed.connect(self._typed)
        self.control.chosen.connect(self._chosen)
        self._known = self.control.value()
        self._said = self.control.draft()[0]
        if spec.read_only:
            self.set_read_only(True)

    @property
    def key(self) -> str:
        """The key of the field."""
        return self.spec.key

    @property
    def error(self) -> str:
        """The sentence shown beside it, or empty."""
        return self._error

    def say(self, label: str, hint: str) -> None:
        """Ask the same thing in other words: a name in the question has changed."""
        self.label.set_words(f"{label} (optional)" if self.spec.optional else label)
        self.hint.set_words(hint)
        self.hint.setVisible(bool(hint))
        self._name()

    def value(self) -> object:
        """What is answered now."""
        found = self.control.value()
        if self.spec.kind == "number":
            return int(str(found)) if found and not self.control.fault() else None
        return found

    def set_value(self, value: object) -> None:
        """Show an answer that is already saved; nothing is said about it."""
        self.control.set_value(value)
        self.control.forget_typing()
        self._known = self.control.value()
        self._said = self.control.draft()[0]
        self._pending = False
        self.set_error("")

    def set_error(self, sentence: str) -> None:
        """Show what is wrong beside the field, or nothing."""
        self._error = sentence
        self._error_words.set_words(sentence)
        self._error_row.setVisible(bool(sentence))
        self._column.setContentsMargins(px(20) if sentence else 0, 0, 0, 0)
        self.control.set_wrong(bool(sentence))
        self._name()
        self.update()

    def fault(self) -> str:
        """What cannot be right about the value now: the input's own sentence, else the check's."""
        found = self.control.fault()
        if not found and self.spec.check is not None:
            found = self.spec.check(self.value())
        return found

    def set_read_only(self, on: bool) -> None:
        """Show without letting it be changed."""
        self.control.set_read_only(on)

    def restore_draft(self, text: str, cursor: int) -> None:
        """Put back what was being typed; it counts as not yet saved."""
        self.control.restore(text, cursor)
        self._said = text
        self._pending = True

    def focus(self, cursor: int | None = None) -> None:
        """Go to the first input, or to the one with the wrong part; with ``cursor``, to where it stood."""
        stops = self.control.stops()
        target = next((stop for stop in stops if stop.property("wrong")), stops[0])
        if cursor is not None:
            self.control.restore(self.control.draft()[0], cursor)
            target = self.control.focusProxy() or target
        target.setFocus()

    def leave(self) -> None:
        """The focus went elsewhere: save what changed, if it can be right."""
        if not self._pending and self.control.value() == self._known:
            return
        self._settle()

    def keep(self) -> None:
        """At lock: say the last of the typing or choosing. Nothing is saved: the field was not left."""
        if self._pending or self.control.value() != self._known:
            self._say()

    def flush(self) -> None:
        """On leaving the page: say the last of the typing, and save what can be saved."""
        self.keep()
        self.leave()
        self.control.forget_typing()

    def _settle(self) -> None:
        sentence = self.fault()
        if sentence != self._error:
            self.set_error(sentence)
        if sentence:
            return
        self._pending = False
        now = self.control.value()
        if now != self._known:
            # What is chosen is a draft like what is typed, until whoever hears the answer has saved it.
            if self.control.draft()[0] != self._said:
                self._say()
            self._known = now
            self.control.forget_typing()
            self.answered.emit(self.spec.key, self.value())

    def _typed(self, text: str, cursor: int) -> None:
        self._pending = True
        self._say()

    def _say(self) -> None:
        if self.spec.drafted:
            self._said, cursor = self.control.draft()
            self.typed.emit(self.spec.key, self._said, cursor)

    def _chosen(self) -> None:
        self._settle()

    def _name(self) -> None:
        about = ". ".join(part.rstrip(".") for part in (self._error, self.hint.words) if part)
        self.control.name_stops(self.label.words, about)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the red bar beside a field with an error."""
        super().paintEvent(event)
        if self._error:
            painter = QPainter(self)
            painter.fillRect(0, 0, px(4), self.height(), color("danger"))
            painter.end()


class Form(QWidget):
    """Fields one under another."""

    answered = Signal(str, object)
    typed = Signal(str, str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._fields: dict[str, Field] = {}
        self._resting = False
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(px(18))
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    @property
    def fields(self) -> list[Field]:
        """All fields in order."""
        return list(self._fields.values())

    def add(self, spec: FieldSpec, into: QVBoxLayout | QHBoxLayout | None = None) -> Field:
        """Make a field, at the end of the form or in another layout of the page.

        Raises ``ValueError`` for a key that is there already.
        """
        if spec.key in self._fields:
            raise ValueError(f"The form has a field {spec.key} already")
        field = Field(spec)
        self._fields[spec.key] = field
        field.answered.connect(self.answered)
        field.typed.connect(self.typed)
        (self.column if into is None else into).addWidget(field)
        return field

    def field(self, key: str) -> Field:
        """One field; ``KeyError`` if there is none."""
        return self._fields[key]

    def value(self, key: str) -> object:
        """What one field holds now."""
        return self._fields[key].value()

    def values(self) -> dict[str, object]:
        """What every field holds now."""
        return {key: field.value() for key, field in self._fields.items()}

    def set_value(self, key: str, value: object) -> None:
        """Show a saved answer."""
        self._fields[key].set_value(value)

    def set_error(self, key: str, sentence: str) -> None:
        """Show what is wrong beside one field."""
        self._fields[key].set_error(sentence)

    def clear_errors(self) -> None:
        """Take every error away."""
        for field in self._fields.values():
            field.set_error("")

    def check(self) -> list[tuple[str, str]]:
        """Show every fault beside its field and return them in order, for an ``ErrorSummary``."""
        found: list[tuple[str, str]] = []
        for key, field in self._fields.items():
            sentence = field.fault()
            field.set_error(sentence)
            if sentence:
                found.append((key, sentence))
        return found

    def drafts(self) -> dict[str, tuple[str, int]]:
        """What stands in every field as a draft: text and cursor by key; secrets never."""
        return {key: field.control.draft() for key, field in self._fields.items() if field.spec.drafted}

    def restore_draft(self, key: str, text: str, cursor: int) -> None:
        """Put back what was being typed or chosen in one field."""
        self._fields[key].restore_draft(text, cursor)

    def focus_on(self, key: str, cursor: int | None = None) -> None:
        """Go to a field."""
        self._fields[key].focus(cursor)

    def set_read_only(self, on: bool) -> None:
        """Show everything without letting it be changed."""
        for field in self._fields.values():
            field.set_read_only(on)

    def keep(self) -> None:
        """At lock: say everything that was typed and not saved, then say nothing more."""
        for field in self._fields.values():
            field.keep()
        self._resting = True
        self.blockSignals(True)

    def wake(self) -> None:
        """The lock could not be finished and its owner is back: say and save again."""
        self._resting = False
        self.blockSignals(False)

    def flush(self) -> None:
        """Say and save everything that waits: on hiding and on leaving the page."""
        for field in self._fields.values():
            field.flush()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leaving the page saves."""
        super().hideEvent(event)
        if not event.spontaneous() and not self._resting:
            self.flush()

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        # No new focus means another window is in front: what is half written stays a draft.
        if old is None or new is None or self._resting:
            return
        left = self._owner(old)
        if left is not None and left is not self._owner(new):
            left.leave()

    def _owner(self, widget: QWidget) -> Field | None:
        for field in self._fields.values():
            if field is widget or field.isAncestorOf(widget):
                return field
        return None
