"""Settings: who works in this vault, and the vault's key."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from csa_desk.casework import passphrases, practitioners
from csa_desk.casework.practitioners import PractitionerRow
from csa_desk.casework.rights import Right
from csa_desk.casework.service import PROFESSIONS
from csa_desk.errors import DeskError, RefusedError
from csa_desk.records.dates import spoken
from csa_desk.store.rotating import Rotation
from csa_desk.ui.look import px
from csa_desk.ui.pages.settings.panels import AGAIN, NEW, PanelCard, SecretForm, new_passphrase
from csa_desk.ui.pages.settings.running import KeyBar
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.buttons import LinkButton
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.flow import FlowLayout
from csa_desk.ui.widgets.form import FieldSpec
from csa_desk.ui.widgets.marks import Chip
from csa_desk.ui.widgets.tab_order import tab_through
from csa_desk.ui.widgets.text import Words

_ROLES = tuple(Option(key, words) for key, words in PROFESSIONS)
_ADMIN = FieldSpec(
    "administrator",
    "Looks after the vault",
    "yes_no",
    options=(Option("yes", "Yes"), Option("no", "No")),
    hint="Adds and removes colleagues, and changes the vault’s key. It opens no sealed notes",
)


class PractitionersCard(PanelCard):
    """The list; adding, changing and removing for who looks after the vault."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "Practitioners", note="Everybody who can open this vault")
        self._may = session.may(Right.PRACTITIONERS)
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(14))
        self.add(self._list)
        if self._may:
            self.add_link("Add a practitioner", self._ask_add)
        if session.may(Right.SERVICE_KEYS):
            self.add_link("Change the vault’s key", self._ask_key)
        self._form: SecretForm | None = None
        self._whom: PractitionerRow | None = None
        self._told = ("", "")
        self._people: dict[str, PractitionerRow] = {}
        self._show()
        if session.key_change.running:
            self._watch("The vault’s key is changed.", "")

    def refresh(self) -> None:
        """The list as it is now."""
        self._show()

    def _show(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        rows = practitioners.practitioners(self.session.desk, left=True)
        self._people = {row.person.id: row for row in rows}
        for row in rows:
            self._column.addWidget(self._line(row))
        tab_through(self._list, self._list)

    def _line(self, row: PractitionerRow) -> QWidget:
        line = QWidget()
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        top = QWidget()
        flow = FlowLayout(top, 10, 4)
        flow.addWidget(
            Words(row.name, "strong", wrap=False) if len(row.name) < 40 else Words(row.name, "strong")
        )
        if row.me:
            flow.addWidget(Chip("You", "tint"))
        if row.person.administrator and not row.person.left_on:
            flow.addWidget(Chip("Looks after the vault", "plain"))
        if self._may and not row.person.left_on:
            flow.addWidget(self._link("Change", row, self._ask_change))
            if not row.me:
                flow.addWidget(self._link("Remove", row, self._ask_remove))
        column.addWidget(top)
        left = f"Left on {spoken(row.person.left_on)}" if row.person.left_on else ""
        sheet = "" if left else "has a recovery sheet" if "sheet" in row.ways else "no recovery sheet"
        column.addWidget(
            Words(" · ".join(part for part in (row.profession, sheet, left) if part), "small", "muted")
        )
        return line

    def _link(self, words: str, row: PractitionerRow, slot: Callable[[], None]) -> LinkButton:
        link = LinkButton(words)
        link.setAccessibleName(f"{words} {row.name}")
        link.setProperty("who", row.person.id)
        link.clicked.connect(slot)
        return link

    def _chosen(self) -> PractitionerRow | None:
        link = self.sender()
        self._whom = self._people.get(str(link.property("who"))) if link is not None else None
        return self._whom

    def _open(self, form: SecretForm) -> SecretForm:
        self._form = form
        form.left.connect(self.close_panel)
        self._list.setEnabled(False)
        self.open_panel(form)
        return form

    def close_panel(self) -> None:
        """The list can be worked with again."""
        self._list.setEnabled(True)
        super().close_panel()

    # --- adding ---------------------------------------------------------------------------------------------

    def _ask_add(self) -> None:
        specs = (
            FieldSpec("name", "Their name", hint="As colleagues know them"),
            FieldSpec("profession", "What they are", "one_of", options=_ROLES),
            _ADMIN,
            *new_passphrase("Their passphrase"),
        )
        needed = {
            "name": "Give their name",
            "profession": "Choose what they are",
            NEW: "Let them choose a passphrase",
            AGAIN: "Let them type it once more",
        }
        about = "Let your colleague choose and type the passphrase, while you look away."
        form = SecretForm(about, specs, "Add them", "Leave it", needed=needed, fault=self._fault)
        form.form.set_value("administrator", "no")
        self._open(form).sent.connect(self._derive)

    def _fault(self, passphrase: str) -> str:
        return passphrases.fault(self.session.desk, passphrase)

    def _derive(self) -> None:
        form = self._form
        if form is not None:
            form.set_busy(True, "One moment …")
            work = practitioners.deriving_for(self.session.desk, form.text(NEW), form.text("name"))
            self.session.runner.run(work, self._derived)

    def _derived(self, roots: dict[str, bytes] | None, fault: DeskError | None) -> None:
        form = self._form
        if form is None:
            return
        if fault is None and roots is not None:
            try:
                who = practitioners.add_practitioner(
                    self.session.desk,
                    form.text("name"),
                    roots,
                    profession=form.text("profession"),
                    administrator=form.text("administrator") == "yes",
                )
            except DeskError as refused:
                fault = refused
            else:
                self.close_panel()
                self._show()
                self.tell(
                    "ok",
                    f"{who.name} can open this vault now.",
                    "Ask them to make a recovery sheet in their Settings.",
                )
                return
        form.refuse(NEW if isinstance(fault, RefusedError) else "name", str(fault))

    # --- changing -------------------------------------------------------------------------------------------

    def _ask_change(self) -> None:
        row = self._chosen()
        if row is None:
            return
        specs = (FieldSpec("profession", f"What {row.name} is", "one_of", options=_ROLES), _ADMIN)
        form = SecretForm(
            "", specs, "Save", "Leave it as it is", needed={"profession": "Choose what they are"}
        )
        form.form.set_value("profession", row.person.profession)
        form.form.set_value("administrator", "yes" if row.person.administrator else "no")
        self._open(form).sent.connect(self._change)

    def _change(self) -> None:
        form, row = self._form, self._whom
        if form is None or row is None:
            return
        try:
            practitioners.change_practitioner(
                self.session.desk,
                row.person.id,
                profession=form.text("profession"),
                administrator=form.text("administrator") == "yes",
            )
        except DeskError as fault:
            form.refuse("administrator", str(fault))
            return
        self.close_panel()
        self._show()
        self.session.changed.emit()
        self.tell("ok", "Saved.", f"What {row.name} may do goes by it from now on.")

    # --- removing, and the vault's key ----------------------------------------------------------------------

    def _ask_remove(self) -> None:
        row = self._chosen()
        if row is None:
            return
        about = (
            f"{row.name} will not open this vault any more, and its key will change; everybody else’s passphrase "
            "stays. What they wrote stays in the records. "
            "Copies of the vault that they took before stay readable to them."
        )
        form = SecretForm(about, (), f"Remove {row.name}", "Keep them", needed={}, danger=True)
        self._open(form).sent.connect(self._remove)

    def _remove(self) -> None:
        row = self._whom
        if row is None or self.session.key_change.running:
            return
        try:
            rotation = practitioners.remove_practitioner(self.session.desk, row.person.id)
        except DeskError as fault:
            self.close_panel()
            self.tell("danger", "Nothing was changed.", str(fault))
            return
        self._show()
        self._run(rotation, f"{row.name} is removed.", "The vault has a new key.")

    def _ask_key(self) -> None:
        about = (
            "The vault is written anew under a new key. Everybody’s passphrase stays as it is, and you can go on "
            "working. Copies that were taken before stay readable with the key they were made with."
        )
        self._open(SecretForm(about, (), "Change the key", "Leave it as it is", needed={})).sent.connect(
            self._rotate
        )

    def _rotate(self) -> None:
        if self.session.key_change.running:
            return
        try:
            rotation = passphrases.key_change(self.session.desk)
        except DeskError as fault:
            self.close_panel()
            self.tell("danger", "Nothing was changed.", str(fault))
            return
        self._run(rotation, "The vault’s key is changed.", "Everybody’s passphrase opens it as before.")

    def _run(self, rotation: Rotation, first: str, rest: str) -> None:
        self._watch(first, rest)
        self.session.key_change.start(rotation)

    def _watch(self, first: str, rest: str) -> None:
        self._told = (first, rest)
        bar = KeyBar(self.session.key_change)
        bar.ended.connect(self._ended)
        self.open_panel(bar)

    def _ended(self, fault: str) -> None:
        self.close_panel()
        if fault:
            self.tell("danger", "The key was not changed.", fault)
        else:
            self.tell("ok", *self._told)
