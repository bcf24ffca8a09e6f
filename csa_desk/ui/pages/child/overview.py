"""A child's first page: their words, where the case is, the next three things, the eight needs, what helps."""

from PySide6.QtWidgets import QWidget

from csa_desk.casework import planning, stages, tasks
from csa_desk.casework.answers import Standing, view
from csa_desk.records.assessment import AnswerState, Source
from csa_desk.records.categories import Category
from csa_desk.records.dates import short, spoken
from csa_desk.ui.pages.child.header import TallHeader
from csa_desk.ui.shell.page import Page
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Card, TintCard
from csa_desk.ui.widgets.marks import Chip
from csa_desk.ui.widgets.page import PageBody
from csa_desk.ui.widgets.rows import FactRow, TaskRow
from csa_desk.ui.widgets.text import Words
from csa_desk.ui.widgets.timeline import Stage, Timeline

NEED_TONES = {
    "in-plan": "ok",
    "no-need-now": "plain",
    "nobody-yet": "warn",
    "need": "warn",
    "asked": "info",
    "not-asked": "outline",
}
MOST_NEXT = 3


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
        self._next()
        self._needs()
        self._helps()
        self.body.finish()

    def focus_first(self) -> None:
        """The tabs."""
        self.header.tabs.setFocus()

    def search_field(self) -> QWidget | None:
        """Nothing to search here."""
        return None

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
        """The latest wish in the child's own words, else the latest goal they said."""
        wishes = [
            item.answer
            for section in self.view.sections
            for item in section.asked
            if item.answer is not None
            and item.standing != Standing.HIDDEN
            and item.answer.category == Category.WISHES
            and item.answer.source == Source.CHILD
            and item.answer.state == AnswerState.ANSWERED
            and isinstance(item.answer.value, str)
            and not item.question.option
        ]
        if wishes:
            latest = max(wishes, key=lambda item: item.told_on)
            return str(latest.value), spoken(latest.told_on)
        goals = [item for item in self.file.goals if item.source == Source.CHILD]
        if goals:
            latest_goal = max(goals, key=lambda item: item.told_on)
            return latest_goal.words, spoken(latest_goal.told_on)
        return None

    def _journey(self) -> None:
        card = Card("Justice journey", link="Open")
        if card.link is not None:
            card.link.clicked.connect(self._to_therapy)
        points = stages.timeline(self.session.desk, self.file)
        card.add(
            Timeline(
                [Stage(item.id, item.title, item.when, item.state) for item in points], "Justice journey"
            )
        )  # type: ignore[arg-type]
        self.body.add(card)

    def _next(self) -> None:
        card = Card("Next", link="Add", flush=True)
        if card.link is not None:
            card.link.clicked.connect(self._to_today)
        rule = tasks.rule_in_words(self.file.safe_contact(self.session.desk.today))
        found = list(tasks.tasks_of(self.file))[:MOST_NEXT]
        for task in found:
            row = TaskRow(
                task.what,
                rule if task.contact else "",
                when="Today" if task.due == self.session.desk.today else short(task.due) if task.due else "",
                chevron=False,
            )
            row.clicked.connect(self._to_today)
            card.add_row(row)
        if not found:
            card.add_row(Words("Nothing is due.", "body", "muted"))
        self.body.add(card)

    def _needs(self) -> None:
        card = Card("Eight areas of need", link="See answers")
        if card.link is not None:
            card.link.clicked.connect(self._to_answers)
        for item in planning.needs(self.session.desk, self.file):
            card.add(FactRow(item.title, "", Chip(item.words, NEED_TONES[item.state])))
        self.body.add_side(card)

    def _helps(self) -> None:
        helps = [
            item
            for section in self.view.sections
            if section.section.id in ("strengths", "about")
            for item in section.asked
            if item.question.id in ("talk-helps", "stop-sign", "breaks", "what-helps")
            and item.answer is not None
            and item.answer.state == AnswerState.ANSWERED
        ]
        if helps:
            card = Card(f"What helps {self.file.called}", level="h3")
            for item in helps:
                card.add(Words(item.shown))
            self.body.add_side(card)

    def _to_therapy(self) -> None:
        self.session.go(Place("therapy", self.file.code))

    def _to_today(self) -> None:
        self.session.go(Place("today", item=self.file.code))

    def _to_answers(self) -> None:
        self.session.go(Place("check-answers", self.file.code))
