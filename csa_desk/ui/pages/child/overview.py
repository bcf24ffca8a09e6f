"""A child's first page: their words, where the case is, the next three things, the eight needs, what helps."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from csa_desk.casework import plan_needs, stages
from csa_desk.casework.answers import QuestionView, Standing, view
from csa_desk.content.models import Kind
from csa_desk.records.assessment import AnswerState, Source
from csa_desk.records.categories import Category
from csa_desk.records.dates import spoken
from csa_desk.ui.look import px
from csa_desk.ui.pages.child.file_card import FileCard
from csa_desk.ui.pages.child.header import TallHeader
from csa_desk.ui.pages.child.next_card import NextCard
from csa_desk.ui.shell.page import Page
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Card, TintCard
from csa_desk.ui.widgets.marks import Chip, IconMark, Tone
from csa_desk.ui.widgets.page import PageBody
from csa_desk.ui.widgets.text import Words
from csa_desk.ui.widgets.timeline import Stage, Timeline

NEED_TONES: dict[str, Tone] = {
    "in-plan": "ok",
    "no-need-now": "plain",
    "nobody-yet": "warn",
    "need": "warn",
    "asked": "info",
    "not-asked": "outline",
}
# Questions whose answers say how to be with this child, and the icon before each.
HELPS = {
    "talk-helps": "chat-circle-text",
    "stop-sign": "hand-palm",
    "breaks": "coffee",
    "what-helps": "hand-heart",
}


class OverviewPage(Page):
    """The overview tab."""

    rail = "children"

    def __init__(self, session: Session, place: Place) -> None:
        super().__init__(session, place)
        self.file = session.file(place.case, fresh=True)
        self.header = TallHeader(session, self.file)
        self.column.addWidget(self.header)
        self.body = PageBody(side_width=368)
        self.column.addWidget(self.body, 1)
        self.view = view(session.desk, self.file)
        self._words()
        self._journey()
        self.next = NextCard(session, self.file)
        self.body.add(self.next)
        self._needs()
        self._helps()
        self.body.add_side(FileCard(session, self.file))
        self.body.finish()

    def focus_first(self) -> None:
        """The tabs."""
        self.header.tabs.setFocus()

    def search_field(self) -> QWidget | None:
        """Nothing to search here."""
        return None

    def add_thing(self) -> None:
        """A new task for this child."""
        self.next.add_thing()

    def _words(self) -> None:
        said = self._own_words()
        card = TintCard(f"In {self.file.called}’s words", "chat-teardrop")
        if said is None:
            card.add(Words(f"{self.file.called} has not told us in their own words yet.", "body", "muted"))
        else:
            text, when = said
            card.add(Words(f"“{text}”", "lead"))
            card.add(Words(f"{self.file.called} told us, {when}.", "small", "muted"))
        self.body.add(card)

    def _own_words(self) -> tuple[str, str] | None:
        """The latest wish the child told at length, else the latest goal they said, else a short wish."""
        wishes = [
            item
            for section in self.view.sections
            for item in section.asked
            if _is_wish(item) and item.answer is not None
        ]
        for kind in (Kind.LONG_TEXT, Kind.SHORT_TEXT):
            told = [item.answer for item in wishes if item.question.type == kind and item.answer is not None]
            if told:
                latest = max(told, key=lambda item: item.told_on)
                return str(latest.value), spoken(latest.told_on)
            goals = [item for item in self.file.goals if item.source == Source.CHILD]
            if goals:
                latest_goal = max(goals, key=lambda item: item.told_on)
                return latest_goal.words, spoken(latest_goal.told_on)
        return None

    def _journey(self) -> None:
        card = Card("Justice journey", link="Open")
        if card.link is not None:
            card.link.setAccessibleName("Open pre-trial therapy")
            card.link.clicked.connect(self._to_therapy)
        points = stages.timeline(self.session.desk, self.file)
        # Once it is reported, that it was not is no step of the journey.
        if points and points[0].state == "done":
            points = points[1:]
        card.add(
            Timeline(
                [Stage(item.id, item.title, item.when, item.state) for item in points],  # type: ignore[arg-type]
                "Justice journey",
            )
        )
        self.body.add(card)

    def _needs(self) -> None:
        card = Card("Eight areas of need", link="See answers")
        if card.link is not None:
            card.link.clicked.connect(self._to_answers)
        for item in plan_needs.needs(self.session.desk, self.file):
            card.add(_Line(item.need.icon, item.title, Chip(item.words, NEED_TONES[item.state])))
        self.body.add_side(card)

    def _helps(self) -> None:
        helps = [
            item
            for section in self.view.sections
            for item in section.asked
            if item.question.id in HELPS
            and item.standing != Standing.HIDDEN
            and item.answer is not None
            and item.answer.state == AnswerState.ANSWERED
        ]
        if helps:
            card = Card(f"What helps {self.file.called}", level="h3")
            for item in helps:
                card.add(_Line(HELPS[item.question.id], item.shown))
            self.body.add_side(card)

    def _to_therapy(self) -> None:
        self.session.go(Place("therapy", self.file.code))

    def _to_answers(self) -> None:
        self.session.go(Place("check-answers", self.file.code))


def _is_wish(item: QuestionView) -> bool:
    answer = item.answer
    return (
        answer is not None
        and item.standing != Standing.HIDDEN
        and answer.category == Category.WISHES
        and answer.source == Source.CHILD
        and answer.state == AnswerState.ANSWERED
        and isinstance(answer.value, str)
    )


class _Line(QWidget):
    """An icon, words, and perhaps a chip at the right."""

    def __init__(self, icon: str, words: str, chip: Chip | None = None) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(12))
        row.addWidget(IconMark(icon, "muted"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Words(words), 1)
        if chip is not None:
            holder = QVBoxLayout()
            holder.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
            row.addLayout(holder)
