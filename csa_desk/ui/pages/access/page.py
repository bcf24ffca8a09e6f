"""Somebody asked to see the records: who, by when, what was weighed, who else is in it, and on to the copy."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from csa_desk.casework import access_request
from csa_desk.casework.access_request import CHILD, Decision
from csa_desk.casework.compartments import name_of
from csa_desk.casework.rights import Right
from csa_desk.content.models import DutyTopic, say
from csa_desk.records.dates import spoken
from csa_desk.records.keeping import AccessRequest
from csa_desk.ui.pages.access.items import ItemsCard
from csa_desk.ui.pages.access.reminders import RemindersCard
from csa_desk.ui.pages.asking_card import WHOLE_DAY, AskingCard
from csa_desk.ui.pages.child.header import StripHeader
from csa_desk.ui.shell.page import Page
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Banner, Card
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.page import PageBody, PageTitle
from csa_desk.ui.widgets.rows import FactRow
from csa_desk.ui.widgets.tab_order import stops_in
from csa_desk.ui.widgets.text import Words

_WEIGHED = (
    "What would seeing this do for the child, and what to them? What do they want? Write what you weighed, and repeat "
    "nothing of what the file tells."
)

ABOUT = (
    "A child, or somebody for them, may ask for everything you hold. Note the day: it says when to answer by."
)


class AccessPage(Page):
    """A page inside the history tab. What is done here builds it anew."""

    rail = "children"

    def __init__(self, session: Session, place: Place) -> None:
        super().__init__(session, place)
        self.file = session.file(place.case, fresh=True)
        self.column.addWidget(StripHeader(session, self.file, "History", Place("history", self.file.code)))
        self.body = PageBody(side_width=320)
        self.column.addWidget(self.body, 1)
        self.body.add_top(PageTitle("Somebody asked to see the records", ABOUT))
        self.request = access_request.open_request(session.desk, self.file)
        self.items: ItemsCard | None = None
        self.to_copy: Button | None = None
        self.asking = AskingCard(session, f"{self.file.case.id}/access/asking", "The request")
        self.weighing = AskingCard(
            session, f"{self.file.case.id}/access/weighing", "The child’s best interests"
        )
        self.body.add(self.asking)
        if self.request is None:
            self._none()
        else:
            self._show(self.request)
        self._past()
        self._remind()
        self.body.finish()

    def focus_first(self) -> None:
        """The next thing to do: the first record to decide about before the copy at the foot of them all."""
        links = [*self.weighing.links, *self.asking.links]
        choices = list(stops_in(self.items)) if self.items is not None else []
        target: QWidget = next(iter(choices), None) or self.to_copy or (links[0] if links else self.body)
        if self.asking.asks is not None:
            self.asking.asks.focus_on("standing")
        else:
            target.setFocus()

    def primary(self) -> QWidget | None:
        """On to the copy."""
        return self.to_copy

    def _again(self) -> None:
        # The button that was pressed goes with the page: let its click end first.
        QTimer.singleShot(0, self, self._reload)

    def _reload(self) -> None:
        self.session.go(Place("access", self.file.code))

    # --- a new request --------------------------------------------------------------------------------------

    def _none(self) -> None:
        self.weighing.setParent(None)
        self.weighing.deleteLater()
        column = self.asking.anew(6)
        column.addWidget(Words("No request waits for an answer.", "body", "muted"))
        self.asking.lead(self.asking.add_link("Record a request", self._ask, Right.ANSWER_ACCESS))
        if self.asking.half_asked == "new":
            self._ask()

    def _ask(self) -> None:
        form = Form()
        options = [
            Option(item.id, say(item.title), say(item.text))
            for item in access_request.standings(self.session.desk)
        ]
        form.add(FieldSpec("standing", "Who asks?", "one_of", options=options))
        form.add(FieldSpec("name", "Their name", "line", "Left out for the child", optional=True))
        form.add(FieldSpec("received", "When did they ask?", "date", partial=False, not_known=False))
        form.set_value("received", self.session.desk.today)
        self.asking.ask(form, "new", "Record the request", "Leave it", self._record)
        form.focus_on("standing")

    def _record(self) -> None:
        form = self.asking.asks
        if form is None or not self.asking.complete({"standing": "Choose who asks", "received": WHOLE_DAY}):
            return
        said = {key: str(value) for key, value in form.values().items()}
        if said["standing"] != CHILD and not said["name"].strip():
            form.set_error("name", "Write who asks")
            form.focus_on("name")
            return
        made = self.session.attempt(
            access_request.ask,
            self.session.desk,
            self.file,
            asked_by=said["name"],
            standing=said["standing"],
            received=said["received"],
        )
        if made is not None:
            self.asking.close_form()
            self._again()

    # --- a request that waits -------------------------------------------------------------------------------

    def _show(self, request: AccessRequest) -> None:
        desk = self.session.desk
        column = self.asking.anew(2)
        column.addWidget(Words(f"{request.asked_by}, {self._standing(request)}", "strong"))
        column.addWidget(
            Words(f"Asked on {spoken(request.received)}. An answer is due on {spoken(request.due)}.")
        )
        self.asking.add_link("It is complex: answer later", self._ask_longer, Right.ANSWER_ACCESS)
        if access_request.weighs_best_interests(desk, request) or request.decided:
            self.body.add(self.weighing)
            self._weigh(request)
        else:
            self.weighing.setParent(None)
            self.weighing.deleteLater()
            self.asking.add_link("Do not give the records", self._ask_refuse, Right.ANSWER_ACCESS)
        if request.decision != Decision.GIVE:
            return
        self.items = ItemsCard(
            self.session, self.file, request, access_request.items(desk, self.file, request)
        )
        self.body.add(self.items)
        on = Card()
        on.add(Words("Then look at the copy as it will be handed over, page by page.", "body", "muted"))
        self.to_copy = Button("Look at the copy", "primary", "file-text")
        self.to_copy.clicked.connect(self._to_copy)
        on.add(self.to_copy)
        self.body.add(on)

    def _standing(self, request: AccessRequest) -> str:
        found = [item for item in access_request.standings(self.session.desk) if item.id == request.standing]
        words = say(found[0].title) if found else request.standing
        return words[:1].lower() + words[1:]

    def _ask_longer(self) -> None:
        note = "Tell them within the first month that it takes longer, and why."
        self.asking.ask(Form(), "longer", "Move the day", "Leave it", self._longer, note)

    def _longer(self) -> None:
        if self.request is None:
            return
        if (
            self.session.attempt(access_request.lengthen, self.session.desk, self.file, self.request)
            is not None
        ):
            self._again()

    def _weigh(self, request: AccessRequest) -> None:
        column = self.weighing.anew(6)
        if request.decided:
            who = name_of(self.session.desk.vault.read, request.decided_by)
            words = "The records are given." if request.decision == Decision.GIVE else "Not given."
            column.addWidget(Banner("ok", words, request.best_interests, icon="scales"))
            column.addWidget(Words(f"Decided by {who} on {spoken(request.decided)}.", "small", "muted"))
        else:
            column.addWidget(
                Words("Decide this before anything is given: is it in the child’s best interests?", "body")
            )
        decide = self.weighing.add_link(
            "Decide anew" if request.decided else "Decide", self._ask_weigh, Right.ANSWER_ACCESS
        )
        if not request.decided:
            self.weighing.lead(decide)
        if self.weighing.half_asked == "weighed":
            self._ask_weigh()

    def _ask_weigh(self) -> None:
        form = Form()
        form.add(FieldSpec("weighed", "What did you weigh?", "lines", _WEIGHED, width="full"))
        options = (Option(Decision.GIVE, "Give the records"), Option(Decision.REFUSE, "Do not give them"))
        form.add(FieldSpec("decision", "What is decided?", "one_of", options=options))
        self.weighing.ask(form, "weighed", "Record the decision", "Leave it", self._weighed, kind="primary")
        form.focus_on("weighed")

    def _weighed(self) -> None:
        form = self.weighing.asks
        needed = {"weighed": "Write what you weighed", "decision": "Choose one"}
        if form is not None and self.weighing.complete(needed):
            self._decide(self.weighing, str(form.value("decision")), str(form.value("weighed")))

    def _ask_refuse(self) -> None:
        form = Form()
        form.add(FieldSpec("weighed", "Why not?", "lines", _WEIGHED, width="full"))
        self.asking.ask(form, "refuse", "Do not give them", "Leave it", self._refuse)
        form.focus_on("weighed")

    def _refuse(self) -> None:
        form = self.asking.asks
        if form is not None and self.asking.complete({"weighed": "Write why"}):
            self._decide(self.asking, Decision.REFUSE, str(form.value("weighed")))

    def _decide(self, card: AskingCard, decision: str, weighed: str) -> None:
        if self.request is None:
            return
        made = self.session.attempt(
            access_request.decide, self.session.desk, self.file, self.request, decision, weighed=weighed
        )
        if made is not None:
            card.close_form()
            self._again()

    def _to_copy(self) -> None:
        self.session.go(Place("access-copy", self.file.code))

    # --- beside ---------------------------------------------------------------------------------------------

    def _past(self) -> None:
        settled = [
            item
            for item in access_request.requests(self.session.desk, self.file)
            if item.answered or item.decision == Decision.REFUSE
        ]
        if not settled:
            return
        card = Card("Earlier requests", flush=True)
        for item in settled:
            how = f"answered on {spoken(item.answered)}" if item.answered else "not given"
            card.add_row(FactRow(item.asked_by, f"Asked on {spoken(item.received)}, {how}."))
        self.body.add(card)

    def _remind(self) -> None:
        desk = self.session.desk
        weigh = self.request is not None and access_request.weighs_best_interests(desk, self.request)
        topics = [DutyTopic.BEST_INTERESTS] if weigh else []
        topics += [DutyTopic.THIRD_PARTY, DutyTopic.ACCESS]
        told = [one for topic in topics for one in access_request.reminders(desk, topic)]
        self.body.add_side(RemindersCard("To keep in mind", told))
