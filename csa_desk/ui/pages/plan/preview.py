"""Print preview: the copy's own pages, for whom it is, what is left out, what to look at, and saving it."""

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csa_desk.casework import consenting, copies, team
from csa_desk.casework.consent_words import PURPOSE_WORDS
from csa_desk.casework.copies import Prepared
from csa_desk.casework.disclosing import NothingAgreedError
from csa_desk.errors import DeskError
from csa_desk.records.consent import Purpose
from csa_desk.records.disclosure import Band, Edition
from csa_desk.ui.look import px
from csa_desk.ui.pages.child.header import StripHeader
from csa_desk.ui.pages.pages_beside import PagesBeside
from csa_desk.ui.pages.plan.checks import BeforeYouPrint, LeftOut
from csa_desk.ui.pages.plan.sheets import Sheets
from csa_desk.ui.shell.page import Page
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Banner, Foot
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.messages import Empty, announce
from csa_desk.ui.widgets.page import PageBody
from csa_desk.ui.widgets.text import Words

CHECKLIST = "checklist"
OWN_FILE = "own"
_EDITIONS = (
    Option(Edition.PROFESSIONAL, "Professional", "Needs, goals, leads, dates"),
    Option(Edition.CHILD, "Child", "Short words, my plan"),
)
_BANDS = (
    Option(Band.YOUNGER, "4 to 7"),
    Option(Band.MIDDLE, "8 to 12"),
    Option(Band.OLDER, "13 to 17"),
)


def default_folder() -> Path:
    """Where copies are saved unless somebody says otherwise."""
    documents = Path.home() / "Documents"
    return documents if documents.is_dir() else Path.home()


class PrintPage(Page):
    """``place.item`` is empty for the plan, or ``checklist/STAGE/ROLE``."""

    rail = "children"
    beside: PagesBeside | None = None

    def __init__(self, session: Session, place: Place) -> None:
        super().__init__(session, place)
        self.file = session.file(place.case, fresh=True)
        what, _, rest = place.item.partition("/")
        self.stage, _, self.role = rest.partition("/") if what == CHECKLIST else ("", "", "")
        self.checklist = what == CHECKLIST
        back = ("Pre-trial therapy", "therapy") if self.checklist else ("Plan", "plan")
        self.header = StripHeader(session, self.file, back[0], Place(back[1], self.file.code, self.stage))
        self.column.addWidget(self.header)
        self.prepared: Prepared | None = None
        self.saved: Banner | None = None
        self._folder = default_folder()
        if not self.checklist and not self.file.goals:
            self._nothing()
            return
        holder = QWidget()
        self._row = QHBoxLayout(holder)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self.sheets = Sheets()
        self._panel = QWidget()
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(self.sheets, 1)
        self._refusal: QWidget | None = None
        self._consent_button: Button | None = None
        self._row.addWidget(self._left, 1)
        self._row.addWidget(self._panel)
        self.beside = PagesBeside(
            self.column,
            self._left,
            self._panel,
            other=Option("choices", "Choices"),
            first="choices",
            owner=self,
        )
        self.column.addWidget(holder, 1)
        self._fill()
        self._prepare()

    def focus_first(self) -> None:
        """The edition, or what saves."""
        if not self.checklist and not self.file.goals:
            self._to_plan_button.setFocus()
        elif self.checklist:
            self.save_button.setFocus()
        else:
            self.form.focus_on("edition")

    @property
    def _path_prefix(self) -> str:
        return f"{self.file.case.id}/print"

    def return_to(self, key: str) -> None:
        """The place that was typed stands instead of the one that is offered."""
        if key.startswith(f"{self._path_prefix}/") and self.file.goals:
            self.session.watch_form(self.path_form, self._path_prefix)

    def primary(self) -> QWidget | None:
        """Saving the copy, or what has to be done first."""
        if not self.checklist and not self.file.goals:
            return self._to_plan_button
        return self.save_button if self.prepared is not None else self._consent_button

    # --- building -------------------------------------------------------------------------------------------

    def _nothing(self) -> None:
        empty = Empty(
            "There is no plan to print yet",
            "Here you see a plan as it will be printed, for the child or for an agency.",
            "printer",
        )
        self._to_plan_button = Button("Write the first goal", "primary")
        self._to_plan_button.clicked.connect(self._to_plan)
        empty.add(self._to_plan_button)
        self.column.addWidget(empty)
        self.column.addStretch(1)

    def _fill(self) -> None:
        column = QVBoxLayout(self._panel)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.body = PageBody()
        column.addWidget(self.body, 1)
        self.body.main.setSpacing(px(20))
        self.body.add(Words("Print the checklist" if self.checklist else "Print the plan", "h2"))
        self.form = Form()
        if not self.checklist:
            self._choices()
            self.body.add(self.form)
        self.left_out = LeftOut()
        self.left_out.words_asked.connect(self._to_words)
        self.body.add(self.left_out)
        self.before = BeforeYouPrint(self.session, self.file)
        self.before.changed.connect(self._prepare)
        self.before.consent_asked.connect(self._to_consent)
        self.body.add(self.before)
        self.path_form = Form()
        self.path_field = self.path_form.add(
            FieldSpec(
                "path",
                "Save it as",
                "line",
                "Not encrypted: anybody who gets the file can read it",
                width="full",
            )
        )
        self.path_form.answered.connect(self._path_said)
        self.session.watch_form(self.path_form, self._path_prefix)
        self.body.add(self.path_form)
        self._messages = QVBoxLayout()
        self.body.main.addLayout(self._messages)
        self.body.finish()
        foot = self._foot = Foot()
        foot.row.setContentsMargins(px(24), px(12), px(24), px(12))
        self.save_button = Button("Save as PDF", "primary", "download-simple")
        self.save_button.clicked.connect(self._save)
        foot.row.addWidget(self.save_button)
        foot.row.addStretch(1)
        column.addWidget(foot)

    def _choices(self) -> None:
        form = self.form
        form.add(FieldSpec("edition", "Edition", "one_of", options=_EDITIONS, label_role="h3"))
        form.add(
            FieldSpec(
                "band", "Words for the age of", "row", "How they understand, not their birthday", _BANDS
            )
        )
        form.add(FieldSpec("recipient", "Who is it for?", "pick", options=self._recipients(), width="full"))
        purposes = tuple(Option(key, words) for key, words in PURPOSE_WORDS.items())
        form.add(FieldSpec("purpose", "For what?", "pick", options=purposes, width="full"))
        form.set_value("purpose", Purpose.SUPPORT)
        form.set_value("edition", Edition.PROFESSIONAL)
        form.set_value("band", copies.band_for(self.session.desk, self.file))
        form.set_value("recipient", OWN_FILE)
        form.answered.connect(self._answered)

    def _recipients(self) -> tuple[Option, ...]:
        known = {item.id: item.name for item in consenting.recipients(self.file)}
        for member in team.present(self.session.desk, self.file):
            if member.agency_name:
                known.setdefault(member.agency, member.agency_name)
        agencies = [Option(name, name) for name in dict.fromkeys(known.values())]
        return (Option(OWN_FILE, "Our own file"), *agencies)

    # --- the copy -------------------------------------------------------------------------------------------

    def _answered(self, _key: str, _value: object) -> None:
        self._prepare()

    def _prepare(self) -> None:
        """Make the copy anew and show everything about it."""
        desk, file = self.session.desk, self.file
        try:
            if self.checklist:
                made = copies.prepare_checklist(desk, file, stage=self.stage, role=self.role)
            else:
                edition = str(self.form.value("edition"))
                child = edition == Edition.CHILD
                self.form.field("band").setVisible(child)
                self.form.field("recipient").setVisible(not child)
                recipient = str(self.form.value("recipient"))
                self.form.field("purpose").setVisible(not child and recipient not in ("", OWN_FILE))
                made = copies.prepare_plan(
                    desk,
                    file,
                    edition,
                    recipient="" if child or recipient in ("", OWN_FILE) else recipient,
                    band=str(self.form.value("band")) if child else "",
                    purpose=str(self.form.value("purpose")) or Purpose.SUPPORT,
                )
        except DeskError as fault:
            self._refuse(fault)
            return
        self.prepared = made
        self._show_refusal(None)
        self.sheets.show_copy(made)
        if made.unworded:
            self.left_out.show_unworded(file.called, made.unworded)
        else:
            self.left_out.show_counts(made.held_back, own_file=made.recipient.id == "own-file")
        self.before.show_for(made)
        self.save_button.set_words(f"Save copy {made.copy_number} as PDF")
        self.path_form.set_value("path", str(self._folder / copies.file_name(file, made)))

    def _refuse(self, fault: DeskError) -> None:
        """There is no copy: say why where the pages would be and beside it, and offer the way on."""
        self.prepared = None
        consent = isinstance(fault, NothingAgreedError)
        recipient = str(self.form.value("recipient")) if not self.checklist else ""
        title = f"Nothing is agreed with {recipient}" if consent else "There is no copy to show"
        empty = Empty(title, str(fault), "printer")
        self._consent_button = None
        if consent:
            self._consent_button = Button("Go to Consent", "primary")
            self._consent_button.clicked.connect(self._to_consent)
            empty.add(self._consent_button)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.addWidget(empty)
        column.addStretch(1)
        self._show_refusal(holder)
        self.before.show_refused(title, "" if consent else str(fault), consent=consent)
        announce(self, f"{title}. {fault}")

    def _show_refusal(self, refusal: QWidget | None) -> None:
        """Pages, left out and saving stand only where there is a copy."""
        column = self._left.layout()
        if self._refusal is not None and column is not None:
            self._refusal.hide()
            column.removeWidget(self._refusal)
            self._refusal.deleteLater()
        self._refusal = refusal
        if refusal is not None and column is not None:
            column.addWidget(refusal)
        for widget in (self.sheets, self.left_out, self.path_form, self._foot):
            widget.setVisible(refusal is None)

    def _path_said(self, _key: str, value: object) -> None:
        path = Path(str(value)).expanduser()
        if path.is_absolute():
            self._folder = path.parent

    def _path_fault(self, path: Path) -> str:
        if not str(self.path_form.value("path")):
            return "Write where to save it"
        if not path.is_absolute():
            return "Write the whole path, from the disk or from /"
        if path.is_dir():
            return "That is a folder. Add the name of the file"
        if path.exists():
            return "There is a file of this name. Choose another name"
        return ""

    def _save(self) -> None:
        if self.prepared is None:
            return
        self._say(None)
        waiting = self.before.unseen()
        if waiting is not None:
            words, target = waiting
            self._say(Banner("warn", f"{words}.", icon="warning-circle"))
            target.setFocus()
            return
        path = Path(str(self.path_form.value("path"))).expanduser()
        if path.name and path.suffix.casefold() != ".pdf":
            path = path.with_name(f"{path.name}.pdf")
        fault = self._path_fault(path)
        self.path_form.set_error("path", fault)
        if fault:
            self.path_form.focus_on("path")
            return
        prepared = self.prepared
        made = self.session.attempt(copies.save, self.session.desk, self.file, prepared, path)
        if made is not None:
            self.session.drop_draft(self.path_form, "path")
        if made is None:
            self._prepare()
            return
        self._folder = path.parent
        pages = "1 page" if self.sheets.pages == 1 else f"{self.sheets.pages} pages"
        who = "our own file" if prepared.recipient.id == "own-file" else prepared.recipient.name
        words = f"In the register: {prepared.what}, {prepared.edition} edition, {pages}, for {who}. {path}"
        self._say(Banner("ok", f"Copy {made.copy_number} is saved.", words, icon="check-circle"))
        self._prepare()

    def _say(self, banner: Banner | None) -> None:
        if self.saved is not None:
            self.saved.hide()
            self._messages.removeWidget(self.saved)
            self.saved.deleteLater()
        self.saved = banner
        if banner is not None:
            self._messages.addWidget(banner)
            announce(banner, banner.accessibleName())

    # --- room and ways on -----------------------------------------------------------------------------------

    def resizeEvent(self, event: object) -> None:
        """Pages and choices beside each other, or one of them."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        if self.beside is not None:
            self.beside.fit(self.width())

    def _to_plan(self) -> None:
        self.session.go(Place("plan", self.file.code))

    def _to_words(self, action: str) -> None:
        self.session.go(Place("plan", self.file.code, action, "child_words"))

    def _to_consent(self) -> None:
        self.session.go(Place("consent", self.file.code))
