"""Check your answers: what is odd first, each a link; then key, value, source and Change; sign off beside it."""

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from csa_desk.casework.answers import QuestionView, SectionView, Standing, view
from csa_desk.casework.asking import Asking
from csa_desk.casework.assessing import sign
from csa_desk.casework.rights import Right
from csa_desk.records.assessment import AnswerState, SignOff
from csa_desk.records.dates import spoken
from csa_desk.ui.look import px
from csa_desk.ui.pages.assessment.checked import CheckRow, Oddities, Oddity, oddities
from csa_desk.ui.pages.assessment.places import CHECK
from csa_desk.ui.pages.child.header import ShortHeader, StripHeader
from csa_desk.ui.pages.rights.told import role_banner
from csa_desk.ui.shell.page import Page
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Banner, Card
from csa_desk.ui.widgets.buttons import Button, LinkButton
from csa_desk.ui.widgets.marks import Chip, Count
from csa_desk.ui.widgets.messages import announce
from csa_desk.ui.widgets.page import PageBody, PageTitle
from csa_desk.ui.widgets.rows import FactRow
from csa_desk.ui.widgets.text import Words


class CheckAnswersPage(Page):
    """All answers on one page; ``place.item`` is the key of the row to go back to."""

    rail = "children"

    def __init__(self, session: Session, place: Place) -> None:
        super().__init__(session, place)
        self.file = session.file(place.case, fresh=True)
        self.view = view(session.desk, self.file)
        self.asking = Asking(session.desk, self.file)
        back = Place("assessment", self.file.code)
        self._may = session.may(Right.ASSESS)
        header = (
            StripHeader(session, self.file, "Assessment", back)
            if self._may
            else ShortHeader(session, self.file, "assessment")
        )
        self.column.addWidget(header)
        self.body = PageBody(side_width=288)
        self.column.addWidget(self.body, 1)
        self._rows: dict[str, CheckRow] = {}
        self._cards: dict[str, Card] = {}
        self._wanted: QWidget | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._bring)
        banner = role_banner(session, Right.ASSESS)
        if banner is not None:
            self.body.add(banner)
        self.body.add(PageTitle("Check your answers" if self._may else "Answers", self._about()))
        found = oddities(self.view) if self._may else []
        self._odd = Oddities(found) if found else None
        if self._odd is not None:
            self._odd.asked.connect(self._go_to_oddity)
            self.body.add(self._odd)
        for section in self.view.sections:
            self._section(section)
        self._sign_card()
        session.offer(self._sign, Right.ASSESS)
        self._sections_card()
        self._versions = Card("Signed versions", level="h3")
        self.body.add_side(self._versions)
        self._show_versions()
        self.body.finish()

    # --- the answers ----------------------------------------------------------------------------------------

    def _about(self) -> str:
        asked = [item for section in self.view.sections for item in section.standing_now]
        answered = sum(
            item.answer is not None and item.answer.state in (AnswerState.ANSWERED, AnswerState.CHOSE_NOT)
            for item in asked
        )
        reasons = sum(
            item.answer is not None and item.answer.state == AnswerState.NOT_ASKED for item in asked
        )
        words = f"{answered} of {len(asked)} answered."
        return f"{words} {reasons} not asked, each with a reason." if reasons else words

    def _section(self, section: SectionView) -> None:
        kept = [
            item for item in section.asked if item.standing == Standing.HIDDEN and item.answer is not None
        ]
        shown = [*section.standing_now, *kept]
        if not shown:
            return
        whole = len(section.standing_now)
        started = any(item.answer is not None for item in shown)
        note = f"{section.count(Standing.KNOWN)} of {whole}"
        card = Card(section.title, note=note, flush=True)
        self._cards[section.section.id] = card
        if not started:
            start = LinkButton("Start")
            start.setAccessibleDescription(section.title)
            start.clicked.connect(partial(self._start, section.section.id))
            things = "1 question" if whole == 1 else f"{whole} questions"
            offered = [start] if self._may else []
            card.add_row(FactRow("Nothing here yet", f"{things} to ask.", *offered, strong=False))
        else:
            for item in shown:
                row = CheckRow(self.asking, item)
                row.change.clicked.connect(partial(self._change, section.section.id, item))
                self.session.offer(row.change, Right.ASSESS)
                card.add_row(row)
                self._rows[item.key] = row
        self.body.add(card)

    def _start(self, section: str) -> None:
        self.session.go(Place("section", self.file.code, section))

    def _change(self, section: str, item: QuestionView) -> None:
        value = item.answer.value if item.answer is not None else None
        end = len(value) if isinstance(value, str) else 0
        self.session.go(Place("section", self.file.code, f"{section}{CHECK}", item.key, end))

    # --- beside ---------------------------------------------------------------------------------------------

    def _sign_card(self) -> None:
        self._sign = Card("Sign off")
        self._sign.add(
            Words(
                "Keeps this version with today’s date and your name. You can go on changing answers, "
                "and sign off again.",
                "body",
                "muted",
            )
        )
        self.button = Button("Sign off this assessment", "primary")
        self.button.clicked.connect(self._sign_off)
        self._sign.body.addSpacing(px(4))
        self._sign.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self._left = Words(self._left_words(), "small", "muted")
        self._sign.add(self._left)
        self.body.add_side(self._sign)

    def _left_words(self) -> str:
        left = self.view.count(Standing.OPEN) + self.view.count(Standing.TO_CHECK)
        if not left:
            return "Nothing is open or to check."
        things = "1 thing" if left == 1 else f"{left} things"
        return f"You can sign off with things still open. Now: {things} open or to check."

    def _sign_off(self) -> None:
        signed = self.session.attempt(sign, self.session.desk, self.file)
        if signed is None:
            return
        self.file = self.session.file(self.place.case, fresh=True)
        done = Banner(
            "ok", f"Version {signed.version} is signed off.", _open_words(signed), icon="seal-check"
        )
        self._sign.body.insertWidget(0, done)
        self.button.hide()
        self._left.hide()
        self._show_versions()
        announce(done, f"Version {signed.version} is signed off. {_open_words(signed)}")

    def _sections_card(self) -> None:
        card = Card("Sections", level="h3")
        for section in self.view.sections:
            if section.section.id not in self._cards:
                continue
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            link = LinkButton(section.title, underline=False)
            link.clicked.connect(partial(self._to_card, section.section.id))
            row.addWidget(link, 100)
            row.addStretch(1)
            check, open_ = section.count(Standing.TO_CHECK), section.count(Standing.OPEN)
            if check:
                row.addWidget(Chip(f"{check} to check", "warn"))
            elif open_:
                row.addWidget(Chip(f"{open_} open", "tint"))
            else:
                row.addWidget(Count(section.count(Standing.KNOWN)))
            card.add(line)
        card.body.setSpacing(px(2))
        self.body.add_side(card)

    def _show_versions(self) -> None:
        body = self._versions.body
        while (item := body.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        versions = [item for item in self.file.sign_offs if item.what == "assessment"]
        for signed in reversed(versions):
            body.addWidget(Words(f"Version {signed.version}, {spoken(signed.on)}", "strong"))
            by = self.asking.practitioner(signed.by)
            body.addWidget(
                Words(" · ".join(part for part in (by, _open_words(signed)) if part), "small", "muted")
            )
        if not versions:
            body.addWidget(Words("None yet.", "body", "muted"))

    # --- going about ----------------------------------------------------------------------------------------

    def _go_to_oddity(self, oddity: Oddity) -> None:
        row = self._rows.get(oddity.key)
        if row is not None:
            self._go_to(row)
        else:
            self._to_card(oddity.section)

    def _to_card(self, section: str) -> None:
        card = self._cards.get(section)
        if card is None:
            return
        self._wanted = card
        first = next((one for one in card.findChildren(LinkButton)), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._later.start()

    def _go_to(self, row: CheckRow) -> None:
        row.change.setFocus(Qt.FocusReason.OtherFocusReason)
        self._wanted = row
        self._later.start()

    def _bring(self) -> None:
        widget, self._wanted = self._wanted, None
        page = self.body.widget()
        if widget is None or page is None:
            return
        top = widget.mapTo(page, widget.rect().topLeft()).y()
        self.body.verticalScrollBar().setValue(max(0, top - px(48)))

    def focus_first(self) -> None:
        """The row somebody comes back to, else what is odd, else signing off."""
        row = self._rows.get(self.place.item)
        if row is not None:
            self._go_to(row)
        else:
            (self.button if self._odd is None else self._odd.first).setFocus()

    def primary(self) -> QWidget | None:
        """Sign off."""
        return self.button if not self.button.isHidden() else None


def _open_words(signed: SignOff) -> str:
    count = signed.open_things
    if count in ("", "0"):
        return "Nothing was open."
    return "1 thing was open or to check." if count == "1" else f"{count} things were open or to check."
