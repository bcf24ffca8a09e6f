"""Taking published documents into the directory, inside the page: where they are, how far it is, what came of it."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from csa_desk.casework.bringing_in import (
    TABLES,
    BringingIn,
    Brought,
    ImportResult,
    kind_of,
    read_documents,
)
from csa_desk.casework.column_mappings import remembered_mappings, tables_in
from csa_desk.errors import DeskError
from csa_desk.ui.look import px
from csa_desk.ui.pages.directory.columns import ColumnsCard
from csa_desk.ui.pages.directory.difference import DifferenceCard
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Banner, Card
from csa_desk.ui.widgets.buttons import Button, LinkButton
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.messages import announce
from csa_desk.ui.widgets.progress import WorkBar
from csa_desk.ui.widgets.text import Words

READING = "Reading the documents"
COMPARING = "Comparing them with what stands here"
TAKING = "Taking them in"
AT_A_TIME = 40
_AT_ONCE = 400
_FORMS = (
    Option("", "Find out from the files"),
    Option("oruk", "Open Referral UK", "A feed of services, also older ones"),
    Option("hsds", "Open Referral HSDS", "A feed from elsewhere, or its tables"),
    Option("csv", "A table or list", "CSV, or JSON as a list"),
    Option("xlsx", "A spreadsheet", "Excel"),
)
# kind of a report line → its heading, and what it means
_KINDS = {
    "refused": ("Left out", "These could not be taken. The rest was."),
    "repaired": ("Put right", "These were taken. Look at what was changed."),
    "skipped": ("Passed over", "Sound, but nothing for the directory."),
}


class _Asking:
    """The documents to read, for the thread beside: it holds no widget."""

    def __init__(
        self, path: Path, form: str, remembered: Mapping[str, tuple[str, Mapping[str, str]]]
    ) -> None:
        self._path, self._form, self._remembered = path, form, remembered

    def __call__(self) -> ImportResult:
        return read_documents([self._path], self._form, remembered=self._remembered)


class ImportCard(Card):
    """Asks for the file or folder and takes it in; ``reported`` carries an ImportReport, ``closed`` puts it away."""

    reported = Signal(object)
    closed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__("Import a directory")
        self.session = session
        self.add(
            Words(
                "Take in what a council, a partner or a public body publishes: Open Referral feeds, tables, lists. "
                "You see what would change before anything does, and what was corrected here stays.",
                "body",
                "muted",
            )
        )
        self.form = Form()
        self.form.add(
            FieldSpec(
                "path",
                "Where are the files?",
                "line",
                hint="A file or a folder, on this computer or a stick",
                width="full",
            )
        )
        self.form.add(FieldSpec("kind", "What are they?", "one_of", options=_FORMS))
        self.form.set_value("kind", "")
        self.add(self.form)
        session.watch_form(self.form, "directory/import")
        row = QHBoxLayout()
        row.setSpacing(px(12))
        self.start_button = Button("Import", "primary", "download-simple")
        self.start_button.clicked.connect(self.start)
        row.addWidget(self.start_button)
        self.leave_button = Button("Leave it", "quiet")
        self.leave_button.clicked.connect(self._leave)
        row.addWidget(self.leave_button)
        row.addStretch(1)
        self.body.addSpacing(px(8))
        self.body.addLayout(row)
        self.bar = WorkBar()
        self.bar.cancelled.connect(self.stop)
        self.bar.hide()
        self.add(self.bar)
        self._reading = False
        self._stopped = False
        self._work: BringingIn | None = None
        self.difference: DifferenceCard | None = None
        self.columns: ColumnsCard | None = None
        self._path = Path()
        self._kind = ""
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._step)

    @property
    def busy(self) -> bool:
        """Whether documents are being read or taken in."""
        return self._reading or self._work is not None

    def focus_first(self) -> None:
        """The field."""
        self.form.focus_on("path")

    def start(self) -> None:
        """Read the documents beside the window, then take them in step by step."""
        if self.busy:
            return
        typed = str(self.form.value("path")).strip().strip('"')
        path = Path(typed).expanduser()
        if not typed:
            self._refuse("Say where the files are")
        elif not path.exists():
            self._refuse(
                "There is no file or folder of that name. Check each letter, and that the stick is in"
            )
        else:
            self.form.set_error("path", "")
            self._reading, self._stopped = True, False
            self._busy(True)
            self.bar.set_work(READING, 0, 0)
            self._path = path
            self._kind = str(self.form.value("kind") or "") or kind_of(path)
            if not self._columns():
                self._begin_reading()

    def _columns(self) -> bool:
        """Ask how the columns are read of the first table that nobody settled; False where there is none."""
        if self._kind not in TABLES:
            return False
        known = remembered_mappings(self.session.desk)
        found = self.session.attempt_quietly(tables_in, self.session.desk, [self._path]) or []
        unknown = [item for item in found if item.shape not in known and item.rows and item.columns]
        if not unknown:
            return False
        self.bar.hide()
        self.form.hide()
        self.columns = ColumnsCard(self.session, [self._path], unknown[0])
        self.columns.settled.connect(self._settled)
        self.columns.left.connect(self._leave_columns)
        self.add(self.columns)
        self.columns.focus_first()
        return True

    def _end_columns(self) -> None:
        if self.columns is not None:
            self.columns.hide()
            self.columns.deleteLater()
            self.columns = None
        self.form.show()

    def _settled(self) -> None:
        self._end_columns()
        if not self._columns():
            self.bar.show()
            self._begin_reading()

    def _leave_columns(self) -> None:
        self._end_columns()
        self._reading = False
        self._busy(False)
        self.focus_first()

    def _begin_reading(self) -> None:
        remembered = remembered_mappings(self.session.desk) if self._kind in TABLES else {}
        self.session.runner.run(_Asking(self._path, self._kind, remembered), self._read)

    def _refuse(self, sentence: str) -> None:
        self.form.set_error("path", sentence)
        self.form.focus_on("path")
        announce(self, sentence)

    def _busy(self, on: bool) -> None:
        self.bar.setVisible(on)
        for button in (self.start_button, self.leave_button):
            button.setVisible(not on)
        self.form.set_read_only(on)

    def _read(self, result: ImportResult | None, fault: DeskError | None) -> None:
        self._reading = False
        if self._stopped:
            self._busy(False)
        elif fault is not None or result is None:
            self._busy(False)
            self._refuse(str(fault))
        else:
            self._work = BringingIn(self.session.desk, result)
            self._timer.start()

    def _step(self) -> None:
        work = self._work
        if work is None:
            self._timer.stop()
        elif work.compared < work.total:
            work.compare(_AT_ONCE)
            self.bar.set_work(COMPARING, work.compared, work.total)
        elif work.accepted is None and work.lines:
            self._timer.stop()
            self._ask(work)
        else:
            more = self.session.attempt(work.step)
            self.bar.set_work(TAKING, work.done, work.total)
            if not more:
                self._finish()

    def _ask(self, work: BringingIn) -> None:
        """Show the difference, to take or leave line by line."""
        self.bar.hide()
        for button in (self.start_button, self.leave_button):
            button.hide()
        self.form.hide()
        self.difference = DifferenceCard(work.lines, work.same)
        self.difference.accepted.connect(self.take)
        self.difference.left.connect(self._leave_difference)
        self.add(self.difference)
        self.difference.focus_first()
        announce(self, self.difference.summary)

    def take(self, accepted: set[str]) -> None:
        """Take in the lines that were accepted."""
        self._end_difference()
        if self._work is not None:
            self._work.accepted = accepted
            self._busy(True)
            self._timer.start()

    def _end_difference(self) -> None:
        if self.difference is not None:
            self.difference.hide()
            self.difference.deleteLater()
            self.difference = None
        self.form.show()

    def _leave_difference(self) -> None:
        self._end_difference()
        self._work = None
        self._busy(False)
        self.focus_first()

    def stop(self) -> None:
        """Take in no more; what is in stays."""
        self._stopped = True
        if self._work is not None and self._work.accepted is None and self._work.lines:
            self._timer.stop()
            self._leave_difference()
        elif self._work is not None:
            self._finish()

    def _finish(self) -> None:
        work, self._work = self._work, None
        self._timer.stop()
        self._busy(False)
        if work is None:
            return
        whole = work.done >= work.total
        if whole:
            self.session.drop_draft(self.form, "path")
            self.form.set_value("path", "")
        if whole:
            self.session.drop_draft(self.form, "kind")
            self.form.set_value("kind", "")
        report = ImportReport(work.brought(), whole=whole, total=work.total)
        self.reported.emit(report)
        announce(self, report.summary)

    def _leave(self) -> None:
        # Hiding says the last of the typing, so the draft is dropped after it.
        self.form.hide()
        for key in ("path", "kind"):
            self.session.drop_draft(self.form, key)
        self.closed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leaving the page stops the import after the step it is at."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._timer.stop()
            self._work = None


def counts_in_words(brought: Brought) -> str:
    """``12 new, 3 changed, 40 as they were.``"""
    left = f" {brought.left} left as they stand here." if brought.left else ""
    return f"{brought.new} new, {brought.changed} changed, {brought.same} as they were.{left}"


class ImportReport(Card):
    """What an import did, record by record."""

    def __init__(self, brought: Brought, *, whole: bool, total: int) -> None:
        super().__init__("What was imported")
        if not brought.accepted:
            tone, first = "danger", "Nothing could be taken in."
            rest = "The lines below say why. Nothing was changed."
        elif not whole:
            tone, first = "warn", "Stopped."
            rest = f"{brought.accepted} of {total} records are in. Import the same files again to go on."
        else:
            tone, first, rest = (
                "ok",
                f"{brought.accepted} records are in the directory.",
                counts_in_words(brought),
            )
        self.summary = f"{first} {rest}"
        icon = {"ok": "check-circle", "warn": "warning", "danger": "warning-circle"}[tone]
        self.add(Banner(tone, first, rest, icon=icon))  # type: ignore[arg-type]
        # kind → what is not shown yet: a record and everything said about it
        self._waiting: dict[str, list[tuple[str, list[str]]]] = {}
        self._more: dict[str, tuple[Card, LinkButton]] = {}
        for kind, (title, about) in _KINDS.items():
            records: dict[str, list[str]] = {}
            for said, where, what in brought.lines:
                if said == kind:
                    records.setdefault(where, []).append(what)
            if records:
                self._part(kind, title, about, list(records.items()))
        if not brought.lines:
            self.add(Words("Nothing had to be put right or left out.", "body", "muted"))

    def _part(self, kind: str, title: str, about: str, records: list[tuple[str, list[str]]]) -> None:
        card = Card(title, level="h3", count=len(records), flush=True)
        card.setAccessibleDescription(about)
        self._waiting[kind] = records
        more = LinkButton("")
        more.setProperty("kind", kind)
        more.clicked.connect(self._show_more)
        self._more[kind] = (card, more)
        self.add(Words(about, "small", "muted"))
        self.add(card)
        self.add(more)
        self._show(kind)

    def _show_more(self) -> None:
        link = self.sender()
        if link is not None:
            self._show(str(link.property("kind")))

    def _show(self, kind: str) -> None:
        card, more = self._more[kind]
        lines = self._waiting[kind]
        for where, said in lines[:AT_A_TIME]:
            card.add_row(_record_row(where, said))
        self._waiting[kind] = lines[AT_A_TIME:]
        left = len(self._waiting[kind])
        more.setVisible(bool(left))
        more.set_words(f"Show {min(left, AT_A_TIME)} more of {left}")


def _record_row(where: str, said: list[str]) -> QWidget:
    """One record of the documents, and each sentence about it."""
    row = QWidget()
    row.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    column = QVBoxLayout(row)
    column.setContentsMargins(px(20), px(10), px(20), px(10))
    column.setSpacing(px(2))
    column.addWidget(Words(where, "small", "muted"))
    for what in said:
        column.addWidget(Words(what))
    return row
