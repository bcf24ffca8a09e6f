"""One form for whatever is entered by hand in the directory: its fields come from the table of casework."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from csa_desk.casework.directory_editing import (
    add_entry,
    area_names,
    change_entry,
    identifier_words,
    put_back_entry,
    take_out_entry,
)
from csa_desk.casework.directory_fields import CALLED, FIELDS, Entered, How, choices_of
from csa_desk.casework.directory_freshness import HOW_CHECKED
from csa_desk.errors import DeskError
from csa_desk.records.directory import Agency, InDirectory
from csa_desk.records.fields import Merge, rules
from csa_desk.ui.look import px
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Card, Rule
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.messages import announce
from csa_desk.ui.widgets.text import Words
from csa_desk.ui.widgets.text_fields import PersonChoice

NEW = "new"
_CHECK = "made-sure"
_KINDS = {
    How.LINE: "line",
    How.LINES: "lines",
    How.DAY: "date",
    How.AGE: "line",
    How.WORDS: "lines",
    How.ONE: "pick",
    How.MANY: "many_of",
    How.FLAG: "yes_no",
    How.AREA: "line",
    How.AREAS: "lines",
    How.AGENCY: "person",
    How.AGENCIES: "lines",
    How.IDENTIFIERS: "lines",
}
_YES_NO = (Option("yes", "Yes"), Option("no", "No"))


def edit_prefix(kind: type[InDirectory], record: InDirectory | None, owner: InDirectory | None) -> str:
    """What the drafts of such a form are kept under."""
    return f"directory/edit/{kind.KIND}/{record.id if record else NEW}/{owner.id if owner else NEW}"


class EntryForm(Card):
    """Add or change one record. ``saved`` carries it, ``closed`` puts the form away, ``gone`` says it was taken out."""

    saved = Signal(object)
    gone = Signal(object)
    closed = Signal()

    def __init__(
        self,
        session: Session,
        kind: type[InDirectory],
        record: InDirectory | None = None,
        owner: InDirectory | None = None,
    ) -> None:
        called = CALLED[kind]
        an = "an" if called[0] in "aeiou" else "a"
        super().__init__(f"Change this {called}" if record is not None else f"Add {an} {called}")
        self.session = session
        self.kind = kind
        self.record = record
        self.owner = owner
        self.body.setSpacing(px(14))
        self.form = Form()
        self._began: dict[str, object] = {}
        group = ""
        merges = {name: rule.merge for name, rule in rules(kind).items()}
        for field in FIELDS[kind]:
            if field.group != group:
                group = field.group
                self._heading(group)
            spec = self._spec(field, fixed=record is not None and merges[field.name] is Merge.FIXED)
            self.form.add(spec)
            if record is not None:
                self.form.set_value(field.name, self._shown(field, getattr(record, field.name)))
            self._began[field.name] = self.form.value(field.name)
        self.form.add(
            FieldSpec(
                _CHECK,
                "Have you just made sure of this?",
                "row",
                "Then the day and your name stand beside it",
                [Option("", "Not now"), *(Option(key, words) for key, words in HOW_CHECKED)],
            )
        )
        self.form.set_value(_CHECK, "")
        self.add(self.form)
        session.watch_form(self.form, edit_prefix(kind, record, owner), whole=True)
        row = QHBoxLayout()
        row.setSpacing(px(12))
        self.save_button = Button("Save", "primary", "check")
        self.save_button.clicked.connect(self.save)
        row.addWidget(self.save_button)
        self.leave_button = Button("Leave it", "quiet")
        self.leave_button.clicked.connect(self.leave)
        row.addWidget(self.leave_button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.out_button: Button | None = None
        if record is not None:
            self.add(Rule())
            self.out_button = Button(f"Take this {called} out of the directory", "quiet", "trash", small=True)
            self.out_button.clicked.connect(self.take_out)
            out = QHBoxLayout()
            out.addWidget(self.out_button)
            out.addStretch(1)
            self.body.addLayout(out)

    def _heading(self, words: str) -> None:
        column = self.form.layout()
        if words and column is not None:
            column.addWidget(Words(words, "h3"))

    def _spec(self, field: Entered, *, fixed: bool) -> FieldSpec:
        options: Sequence[Option] = ()
        if field.how in (How.ONE, How.MANY):
            options = [
                Option(str(key), words) for key, words in choices_of(self.session.desk, self.kind, field)
            ]
        elif field.how == How.FLAG:
            options = _YES_NO
        elif field.how == How.AGENCY:
            options = self._agencies()
        return FieldSpec(
            field.name,
            field.label,
            _KINDS[field.how],  # type: ignore[arg-type]
            "It stays as it was first entered" if fixed else field.hint,
            options,
            optional=not field.needed and field.how != How.FLAG,
            lines=2,
            read_only=fixed,
            partial=False,
            width="year" if field.how == How.AGE else "full",
        )

    def _agencies(self) -> list[Option]:
        rows = self.session.desk.vault.read.columns(Agency, "id", "name")
        return [
            Option(number, name) for number, name in sorted(rows, key=lambda row: row[1].casefold()) if name
        ]

    def _name(self, number: str) -> str:
        held = self.session.desk.vault.read.get(Agency, number) if number else None
        return held.name if held is not None else ""

    def _shown(self, field: Entered, value: object) -> object:
        """A record's value as the field holds it."""
        items = list(value) if isinstance(value, list | tuple) else []
        match field.how:
            case How.WORDS:
                return "\n".join(str(item) for item in items)
            case How.AREAS:
                return "\n".join(names[0] for item in items if (names := area_names(item)))
            case How.IDENTIFIERS:
                return "\n".join(identifier_words(item) for item in items)
            case How.AGENCIES:
                return "\n".join(self._name(str(item)) for item in items)
            case How.AGENCY:
                return PersonChoice(str(value or ""), self._name(str(value or "")))
            case How.FLAG:
                return "yes" if value else "no"
            case How.MANY:
                return tuple(str(item) for item in items)
        return value

    def _said(self) -> dict[str, object]:
        """What was changed, as casework takes it."""
        found: dict[str, object] = {}
        for field in FIELDS[self.kind]:
            value = self.form.value(field.name)
            if value == self._began[field.name]:
                continue
            if isinstance(value, PersonChoice):
                value = value.key or value.name
            found[field.name] = value == "yes" if field.how == How.FLAG else value
        return found

    def focus_first(self) -> None:
        """The first field."""
        self.form.focus_on(FIELDS[self.kind][0].name)

    def save(self) -> None:
        """Add or change it; a fault stands at the field it names, else on top."""
        self.form.clear_errors()
        desk, how = self.session.desk, str(self.form.value(_CHECK) or "")
        said = self._said()
        missing = next(
            (item for item in FIELDS[self.kind] if item.needed and not self.form.value(item.name)), None
        )
        if missing is not None:
            self._refuse(missing.name, "This has to be said")
            return
        try:
            if self.record is None:
                made = add_entry(desk, self.kind, said, owner=self.owner, how=how)
            else:
                made = change_entry(desk, self.record, said, how=how)
        except DeskError as fault:
            named = next((item.name for item in FIELDS[self.kind] if f"“{item.label}”" in str(fault)), "")
            self._refuse(named or next(iter(said), FIELDS[self.kind][0].name), str(fault))
            return
        self._drop()
        self.session.saved.emit(desk.clock.now().astimezone().strftime("%H:%M"))
        self.saved.emit(made)

    def _refuse(self, name: str, sentence: str) -> None:
        self.form.set_error(name, sentence)
        self.form.focus_on(name)
        announce(self, sentence)

    def _drop(self) -> None:
        # Hiding says the last of the typing, so the drafts are dropped after it.
        self.form.hide()
        for field in self.form.fields:
            self.session.drop_draft(self.form, field.key)

    def leave(self) -> None:
        """Put the form away; what was typed is given up."""
        self._drop()
        self.closed.emit()

    def take_out(self) -> None:
        """Take the record out; a moment's undo, and *Taken out* afterwards."""
        record = self.record
        if record is None:
            return
        done = self.session.attempt(lambda: (take_out_entry(self.session.desk, record), True)[1])
        if done:
            self._drop()
            self.gone.emit(record)

    def put_back(self) -> None:
        """Undo of taking out."""
        if self.record is not None:
            self.session.attempt(put_back_entry, self.session.desk, self.record)
