"""The answer to a request as it will be handed over, page by page, and saving it."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csa_desk.casework import access_request, copies
from csa_desk.casework.copies import Prepared
from csa_desk.casework.disclosing import ANOTHER_PERSON, SEALED
from csa_desk.casework.wording import counted
from csa_desk.errors import DeskError
from csa_desk.ui.look import px
from csa_desk.ui.pages.access.saving import SaveAs
from csa_desk.ui.pages.child.header import StripHeader
from csa_desk.ui.pages.pages_beside import PagesBeside
from csa_desk.ui.pages.plan.sheets import Sheets
from csa_desk.ui.shell.page import Page
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Foot
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.messages import Empty
from csa_desk.ui.widgets.page import PageBody
from csa_desk.ui.widgets.text import Words


class AccessCopyPage(Page):
    """Inside the page of the request."""

    rail = "children"
    beside: PagesBeside | None = None

    def __init__(self, session: Session, place: Place) -> None:
        super().__init__(session, place)
        self.file = session.file(place.case, fresh=True)
        back = Place("access", self.file.code)
        self.column.addWidget(StripHeader(session, self.file, "The request", back))
        self.request = access_request.open_request(session.desk, self.file)
        self.save_button: Button | None = None
        self.to_request: Button | None = None
        session.drafts.flush()
        self.prepared, fault = self._prepare()
        if self.prepared is None:
            self._nothing(fault)
        else:
            self._build(self.prepared)

    def focus_first(self) -> None:
        """Turning the pages, for it is read before it is saved; or the way back where there are none."""
        target = self.sheets.forth if self.save_button is not None else self.to_request
        (target or self).setFocus()

    def primary(self) -> QWidget | None:
        """Saving, or what has to be done first."""
        return self.save_button or self.to_request

    def _prepare(self) -> tuple[Prepared | None, str]:
        """The copy, or why there is none."""
        if self.request is None:
            return None, "No request waits for an answer."
        try:
            return access_request.prepare_answer(self.session.desk, self.file, self.request), ""
        except DeskError as fault:
            return None, str(fault)

    def _nothing(self, fault: str) -> None:
        empty = Empty("There is no copy to show", fault, "file-text")
        self.to_request = Button("Open the request", "primary")
        self.to_request.clicked.connect(self._to_request)
        empty.add(self.to_request)
        body = PageBody()
        body.add(empty)
        body.finish()
        self.column.addWidget(body, 1)

    def _build(self, made: Prepared) -> None:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.sheets = Sheets()
        self._panel = QWidget()
        row.addWidget(self.sheets, 1)
        row.addWidget(self._panel)
        self.beside = PagesBeside(
            self.column, self.sheets, self._panel, other=Option("save", "Saving"), first="pages", owner=self
        )
        self.column.addWidget(holder, 1)
        column = QVBoxLayout(self._panel)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        body = PageBody()
        column.addWidget(body, 1)
        body.add(Words("Read all of it before it goes", "h2"))
        body.add(Words(_told(made)))
        body.add(
            Words(
                "Think of where this will be kept and who could find it there. Handing it over in person, with time "
                "to talk, is kinder than the post.",
                "body",
                "muted",
            )
        )
        self.saving = SaveAs("Not encrypted: anybody who gets the file can read it", ".pdf")
        self.saving.offer(copies.file_name(self.file, made))
        self.saving.keep(self.session, f"{self.file.case.id}/access-copy")
        body.add(self.saving)
        body.finish()
        foot = Foot()
        foot.row.setContentsMargins(px(24), px(12), px(24), px(12))
        self.save_button = Button(f"Save copy {made.copy_number} as PDF", "primary", "download-simple")
        self.save_button.clicked.connect(self._save)
        foot.row.addWidget(self.save_button)
        foot.row.addStretch(1)
        self._foot = foot
        column.addWidget(foot)
        self.sheets.show_copy(made)

    def _to_request(self) -> None:
        self.session.go(Place("access", self.file.code))

    def _to_history(self) -> None:
        self.session.go(Place("history", self.file.code))

    def _save(self) -> None:
        out = self.saving.path()
        if out is None or self.prepared is None or self.request is None:
            return
        made = self.session.attempt(
            access_request.answer, self.session.desk, self.file, self.request, self.prepared, out
        )
        if made is None:
            return
        self.saving.say("ok", f"Copy {made.copy_number} is saved, and the request is answered.", str(out))
        if self.save_button is not None:
            self.save_button.hide()
            on = Button("Back to the history", "primary")
            on.clicked.connect(self._to_history)
            self._foot.row.insertWidget(0, on)
            on.setFocus()
            self.save_button = on

    def resizeEvent(self, event: object) -> None:
        """Pages and saving beside each other, or one of them."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        if self.beside is not None:
            self.beside.fit(self.width())


def _told(made: Prepared) -> str:
    others, sealed = made.held_back.get(ANOTHER_PERSON, 0), made.held_back.get(SEALED, 0)
    words = [
        f"Taken out because of other people: {counted(others, 'record')}."
        if others
        else "Nothing was taken out."
    ]
    if sealed:
        words.append(f"Sealed and not in it: {sealed}. The copy says so.")
    return " ".join(words)
