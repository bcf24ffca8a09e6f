"""Which services are listed: a card with the ways to narrow, each with its choices."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from csa_desk.casework.directory_filter import RUNS, SURE, Filter, counts
from csa_desk.casework.role_map import map_areas
from csa_desk.casework.service_kinds import kind_choices
from csa_desk.content.models import say
from csa_desk.ui.look import px
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Card
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import FieldSpec, Form

_KEYS = ("kind", "need", "area", "runs", "sure")


class FilterCard(Card):
    """``changed`` carries the filter with each choice; ``closed`` puts the card away."""

    changed = Signal(object)
    closed = Signal()

    def __init__(self, session: Session, wanted: Filter) -> None:
        super().__init__("Which services are listed")
        desk = session.desk
        self.form = Form()
        held = counts(desk)
        needs = [(item.id, say(item.short)) for item in desk.packs.needs.need]
        for key, label, choices in (
            ("kind", "Kind of service", kind_choices(desk)),
            ("need", "Helps with", needs),
            ("area", "Area", map_areas(desk)),
            ("runs", "Does it run?", list(RUNS)),
            ("sure", "How sure is it?", list(SURE)),
        ):
            of_each = held.get(key)
            options = [
                Option(value, words if of_each is None else f"{words} ({of_each[value]:,})")
                for value, words in choices
                if of_each is None or of_each[value] or value == getattr(wanted, key)
            ]
            self.form.add(FieldSpec(key, label, "pick", options=options))
            self.form.set_value(key, getattr(wanted, key))
        self.form.answered.connect(self._changed)
        self.add(self.form)
        row = QHBoxLayout()
        row.setSpacing(px(12))
        self.done_button = Button("Show the list", "primary", "check")
        self.done_button.clicked.connect(self.closed)
        self.all_button = Button("List all again", "quiet")
        self.all_button.clicked.connect(self._all)
        row.addWidget(self.done_button)
        row.addWidget(self.all_button)
        row.addStretch(1)
        self.body.addSpacing(px(8))
        self.body.addLayout(row)

    def _changed(self, _key: str, _value: object) -> None:
        self.changed.emit(Filter(**{key: str(self.form.value(key) or "") for key in _KEYS}))

    def _all(self) -> None:
        for key in _KEYS:
            self.form.set_value(key, "")
        self.changed.emit(Filter())

    def focus_first(self) -> None:
        """The first choice."""
        self.form.focus_on("kind")
