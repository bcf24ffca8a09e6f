"""Adding a carer, a brother or a sister where the page asks about one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from csa_desk.casework.shapes import CarerShape, SiblingShape
from csa_desk.content.models import Subject as WhoseAnswer
from csa_desk.ui.look import px
from csa_desk.ui.widgets.boxes import Card
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.text import Words

_LIVES = (Option("yes", "Yes"), Option("no", "No"), Option("not-known", "Not known"))
WORDS: dict[WhoseAnswer, tuple[str, str, str, str, str]] = {
    WhoseAnswer.CARER: (
        "Add a carer first",
        "These questions are asked once for each safe carer, with their name above them.",
        "Add a carer",
        "Add another carer",
        "Mum, dad, foster carer, gran …",
    ),
    WhoseAnswer.SIBLING: (
        "Add a brother or sister first",
        "These questions are asked once for each brother, sister or other child close by.",
        "Add a brother or sister",
        "Add another brother or sister",
        "Brother, sister, cousin …",
    ),
}
"""Whom → title where there is nobody, why, the button, the button for one more, examples of the relation."""


class AddPerson(QWidget):
    """A button that opens three fields in the page. ``asked`` gives the shape of the person to add."""

    asked = Signal(object)  # CarerShape or SiblingShape
    made = Signal(object)  # this widget, once its form is there: for whoever keeps drafts
    given_up = Signal(object)  # this widget: nothing of what was typed is to be kept

    def __init__(self, kind: WhoseAnswer, called: str) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.kind = kind
        self._called = called
        self.form: Form | None = None
        self._panel: Card | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(12))
        first, why, *_ = WORDS[kind]
        self._first = Card()
        self._first.add(Words(first, "h2"))
        self._first.add(Words(why, "body", "muted"))
        self._column.addWidget(self._first)
        self.button = Button("", "secondary", "plus")
        self.button.clicked.connect(self.open)
        self._column.addWidget(self.button)
        self.show_nobody(nobody=True)

    def show_nobody(self, *, nobody: bool) -> None:
        """Say that somebody must be added first, or offer one more."""
        self.nobody = nobody
        _, _, add, another, _ = WORDS[self.kind]
        self._first.setVisible(nobody)
        self.button.set_words(add if nobody else another)

    @property
    def prefix(self) -> str:
        """Names its drafts within the case."""
        return f"add-{self.kind.value}"

    def open(self) -> Form:
        """Open the fields and go to the first."""
        if self._panel is None or self.form is None:
            self._panel, self.form = self._made()
            self._column.addWidget(self._panel)
            self.made.emit(self)
        self._panel.show()
        self.button.hide()
        self.form.focus_on("name")
        return self.form

    def _made(self) -> tuple[Card, Form]:
        panel = Card(WORDS[self.kind][2])
        form = Form()
        relation = WORDS[self.kind][4]
        form.add(FieldSpec("name", "Name"))
        form.add(FieldSpec("relation", f"Who is that to {self._called}?", hint=relation))
        form.add(FieldSpec("lives_with", f"Do they live with {self._called}?", "yes_no", options=_LIVES))
        panel.add(form)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        save = Button("Add this person", small=True)
        save.clicked.connect(self._save)
        cancel = Button("Cancel", "quiet", small=True)
        cancel.clicked.connect(self._cancel)
        row.addWidget(save)
        row.addWidget(cancel)
        row.addStretch(1)
        panel.body.addSpacing(px(8))
        panel.body.addLayout(row)
        return panel, form

    def close_panel(self) -> None:
        """Close the fields."""
        if self._panel is not None:
            self._panel.hide()
        self.button.show()
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _cancel(self) -> None:
        self.empty()
        self.given_up.emit(self)

    def empty(self) -> None:
        """Ready for another person, or for none."""
        if self.form is not None:
            for key, value in (("name", ""), ("relation", ""), ("lives_with", "")):
                self.form.set_value(key, value)
        self.close_panel()

    def _save(self) -> None:
        if self.form is None:
            return
        values = {key: str(value) for key, value in self.form.values().items()}
        if not values["name"] and not values["relation"]:
            self.form.set_error("name", "Write a name, or who it is, such as mum or brother")
            self.form.focus_on("name")
            return
        if self.kind == WhoseAnswer.CARER:
            self.asked.emit(CarerShape(**values))  # type: ignore[arg-type]
        else:
            self.asked.emit(SiblingShape(**values))  # type: ignore[arg-type]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the fields; what is typed stays in them."""
        if event.key() == Qt.Key.Key_Escape and self._panel is not None and not self._panel.isHidden():
            self.close_panel()
            return
        super().keyPressEvent(event)
