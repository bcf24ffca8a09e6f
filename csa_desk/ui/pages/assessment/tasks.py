"""The assessment as a list of pages: what is known first, then the next open thing."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from csa_desk.casework.answers import SectionView, Standing, view
from csa_desk.casework.asking import Asking
from csa_desk.content.models import Subject as WhoseAnswer
from csa_desk.records.dates import spoken
from csa_desk.ui.look import px
from csa_desk.ui.pages.assessment.places import mid_sentence, place_of
from csa_desk.ui.pages.child.header import ShortHeader
from csa_desk.ui.shell.page import Page
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Card, TintCard
from csa_desk.ui.widgets.buttons import Button, LinkButton
from csa_desk.ui.widgets.page import PageBody, PageTitle
from csa_desk.ui.widgets.progress import ProgressBar
from csa_desk.ui.widgets.rows import ChipSpec, TaskRow
from csa_desk.ui.widgets.text import Words

SIDE = 304
# Minutes a question takes, asked without hurry.
_MINUTES = 0.8


def chips_of(section: SectionView) -> list[ChipSpec]:
    """How far a section is, for its row."""
    known, check = section.count(Standing.KNOWN), section.count(Standing.TO_CHECK)
    open_ = section.count(Standing.OPEN)
    if not (known or check or open_):
        return [("Nothing to ask", "plain", "")]
    if not (check or open_):
        return [("Known", "ok", "check")]
    chips: list[ChipSpec] = []
    if known:
        chips.append((f"{known} known", "words", ""))
    if check:
        chips.append((f"{check} to check", "warn", ""))
    if open_:
        chips.append((f"{open_} open", "tint", ""))
    return chips


def minutes(questions: int) -> str:
    """``about 5 minutes``: to the next five above ten."""
    found = max(1, round(questions * _MINUTES))
    if found > 10:
        found = -(-found // 5) * 5
    return "about a minute" if found == 1 else f"about {found} minutes"


class AssessmentPage(Page):
    """The assessment tab."""

    rail = "children"

    def __init__(self, session: Session, place: Place) -> None:
        super().__init__(session, place)
        self.file = session.file(place.case, fresh=True)
        self.view = view(session.desk, self.file)
        self.header = ShortHeader(session, self.file, "assessment")
        self.column.addWidget(self.header)
        self.body = PageBody(side_width=SIDE)
        self.column.addWidget(self.body, 1)
        self._known = self.view.count(Standing.KNOWN)
        self._check = self.view.count(Standing.TO_CHECK)
        self._open = self.view.count(Standing.OPEN)
        self._head()
        self._rows()
        self._go_on()
        self._pace()
        self._also()
        self.body.finish()

    def _head(self) -> None:
        title = PageTitle("Assessment")
        title.trailing.addWidget(
            Words(self._signed(), "small", "muted", wrap=False), 0, Qt.AlignmentFlag.AlignVCenter
        )
        self.body.add(title)
        self.body.main.addSpacing(-px(8))
        self.body.add(Words(self._count_sentence(), "lead"))
        self.body.main.addSpacing(-px(4))
        bar = ProgressBar(legend=True)
        bar.set_parts(self._known, self._check, self._open)
        self.body.add(bar)
        self._bar = bar

    def _count_sentence(self) -> str:
        total = self.view.total
        if not (self._known or self._check):
            return f"Nothing is known yet. {self._open} things are open."
        if not (self._check or self._open):
            return f"You know all {total} things. Nothing is open."
        return f"You already know {self._known} of {total} things. {self._check} to check, {self._open} open."

    def _signed(self) -> str:
        versions = [item for item in self.file.sign_offs if item.what == "assessment"]
        if not versions:
            return "Not signed off yet"
        last = versions[-1]
        return f"Version {last.version} signed off {spoken(last.on)}"

    def _rows(self) -> None:
        card = Card(flush=True)
        for section in self.view.sections:
            row = TaskRow(section.title, self._about(section), chips=chips_of(section))
            row.setProperty("section", section.section.id)
            row.clicked.connect(self._to_section)
            card.add_row(row)
        self.body.add(card)

    def _about(self, section: SectionView) -> str:
        """A page that asks several things of each carer says so while there is none."""
        pack = self.session.desk.packs.assessment
        mine = [one.subject for one in pack.question if one.section == section.section.id]
        if not self.file.carers and mine.count(WhoseAnswer.CARER) > 1:
            return "No carer is recorded yet. Add one here."
        return ""

    def _go_on(self) -> None:
        card = Card("Ask only what is open", level="h3")
        wanted = self._check + self._open
        first = self.view.first_open()
        if first is not None:
            questions = "1 question" if wanted == 1 else f"{wanted} questions"
            card.add(
                Words(
                    f"{questions}, {minutes(wanted)}. You can stop at any point; every answer is kept.",
                    "body",
                    "muted",
                )
            )
            section, item = first
            self._next_place = place_of(self.file.code, section.section.id, item)
            words = f"Continue: {mid_sentence(section.title, self.file.called)}"
        else:
            card.add(Words("Nothing needs asking now. Look it all over and sign it off.", "body", "muted"))
            self._next_place = Place("check-answers", self.file.code)
            words = "Check your answers"
        self.next = Button(words, "primary")
        if first is not None and self.next.sizeHint().width() > px(SIDE - 44):
            # A long title stands above the button, so that neither is cut.
            card.add(Words(first[0].title, "strong"))
            self.next.set_words("Continue")
            self.next.setAccessibleDescription(first[0].title)
        self.next.clicked.connect(self._continue)
        card.body.addSpacing(px(4))
        card.body.addWidget(self.next, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.add_side(card)
        self._go_on_card = card
        self.body.narrowed.connect(self._narrowed)
        self._narrowed(self.body.narrow)

    def _narrowed(self, narrow: bool) -> None:
        """Without a side column the way on stands above the list, not below it."""
        main, side = self.body.main, self.body.side
        if narrow:
            main.insertWidget(main.indexOf(self._bar) + 1, self._go_on_card)
        elif side is not None:
            main.removeWidget(self._go_on_card)
            side.insertWidget(0, self._go_on_card)

    def _pace(self) -> None:
        card = TintCard("Before you start", "coffee")
        found = Asking(self.session.desk, self.file).pace()
        for name, words in found:
            card.add(Words(f"{name}: {words}"))
        if not found:
            card.add(Words(f"What helps {self.file.called} while talking is not known yet. Ask that first."))
        link = LinkButton("Change what helps" if found else "Ask what helps", tone="on_tint")
        link.clicked.connect(self._to_pace)
        card.body.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.add_side(card)

    def _also(self) -> None:
        card = Card("Also here", level="h3")
        link = LinkButton("Check your answers", "body", icon="check-square")
        link.clicked.connect(self._to_check)
        card.body.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        if any(item.what == "assessment" for item in self.file.sign_offs):
            earlier = LinkButton("Signed versions", "body", icon="clock-counter-clockwise")
            earlier.clicked.connect(self._to_check)
            card.body.addWidget(earlier, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.add_side(card)

    def _to_section(self) -> None:
        row = self.sender()
        if row is not None:
            self.session.go(Place("section", self.file.code, str(row.property("section"))))

    def _continue(self) -> None:
        self.session.go(self._next_place)

    def _to_pace(self) -> None:
        self.session.go(Place("section", self.file.code, "about", "child/talk-helps"))

    def _to_check(self) -> None:
        self.session.go(Place("check-answers", self.file.code))

    def focus_first(self) -> None:
        """The one button."""
        self.next.setFocus()

    def primary(self) -> QWidget | None:
        """Continue."""
        return self.next
