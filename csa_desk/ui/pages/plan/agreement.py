"""Who agrees with the plan, in their words, and when it is looked at again."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from csa_desk.casework import planning
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.rights import Right
from csa_desk.records.assessment import CHILD_SUBJECT
from csa_desk.records.dates import short, spoken
from csa_desk.records.plan import PlanView
from csa_desk.ui.look import px
from csa_desk.ui.pages.asking_card import WHOLE_DAY, AskingCard
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.marks import IconMark
from csa_desk.ui.widgets.text import Words
from csa_desk.ui.widgets.text_fields import PersonChoice

# view: words, icon, token, weight
_VIEWS = {
    "agreed": ("agreed", "check-circle", "ok", "fill"),
    "agreed-in-part": ("agreed in part", "circle-half", "info", "regular"),
    "did-not-agree": ("did not agree", "hand-palm", "warn", "regular"),
    "not-asked": ("was not asked", "circle-dashed", "muted", "regular"),
}
_REVIEW = "review"
_CHOICES = (
    Option("agreed", "Agreed"),
    Option("agreed-in-part", "Agreed in part"),
    Option("did-not-agree", "Did not agree"),
    Option("not-asked", "Was not asked"),
)


class AgreementCard(AskingCard):
    """A side card. ``changed``: a view or the review day was saved."""

    changed = Signal()

    def __init__(self, session: Session, file: CaseFile) -> None:
        super().__init__(session, f"{file.case.id}/plan-view", "Agreement", level="h3")
        self.file = file
        self.body.setSpacing(px(10))
        self.show_views()
        self.add_link("Record what somebody said", self.open_view, Right.PLAN)
        self.add_link("Change the review day", self.open_review, Right.PLAN)
        half = self.half_asked if session.may(Right.PLAN) else ""
        if half == _REVIEW:
            self.open_review()
        elif half:
            self.open_view()

    def show_views(self) -> None:
        """Show the latest view of the child, of each carer and of everybody else who spoke."""
        column = self.anew(8)
        said: dict[str, PlanView] = {}
        for view in self.file.plan_views:
            said[self.file.called if view.who == CHILD_SUBJECT else view.who_name] = view
        for name in dict.fromkeys([*self._asked_first(), *said]):
            column.addLayout(self._row(name, said.get(name)))
        plan = self.file.plan
        review = (
            f"Review by {spoken(plan.review_on)}"
            if plan is not None and plan.review_on
            else "No review day yet"
        )
        column.addLayout(self._line("calendar-blank", "muted", "regular", review, ""))

    def _asked_first(self) -> list[str]:
        carers = [self.file.person_name(item.person) for item in self.file.carers]
        return [self.file.called, *(name for name in carers if name)]

    def _row(self, name: str, view: PlanView | None) -> QHBoxLayout:
        if view is None:
            return self._line("circle", "muted", "regular", f"{name}: not asked yet", "")
        words, icon, token, weight = _VIEWS.get(view.view, (view.view, "circle", "muted", "regular"))
        quote = f"“{view.words}”" if view.words else ""
        return self._line(icon, token, weight, f"{name} {words}, {short(view.on)}", quote)

    @staticmethod
    def _line(icon: str, token: str, weight: str, words: str, quote: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(IconMark(icon, token, 20, weight), 0, Qt.AlignmentFlag.AlignTop)  # type: ignore[arg-type]
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(Words(words))
        if quote:
            column.addWidget(Words(quote, "small", "muted"))
        row.addLayout(column, 1)
        return row

    # --- recording ------------------------------------------------------------------------------------------

    def open_view(self) -> None:
        """Record what somebody said about the plan."""
        names = [
            *self._asked_first(),
            *(item.name for item in self.file.team if item.name and not item.until),
        ]
        form = Form()
        people = tuple(Option(name, name) for name in dict.fromkeys(names))
        form.add(FieldSpec("who", "Who", "person", options=people))
        form.add(FieldSpec("view", "What they think of the plan", "one_of", options=_CHOICES))
        form.add(FieldSpec("words", "In their words", "lines", lines=2, optional=True))
        waiting = next((name for name in self._asked_first() if not self._spoke(name)), "")
        form.set_value("who", waiting)
        self.ask(form, "new", "Record it", "Do not record", self._record)
        form.focus_on("view" if waiting else "who")

    def _spoke(self, name: str) -> bool:
        return any(
            (self.file.called if view.who == CHILD_SUBJECT else view.who_name) == name
            for view in self.file.plan_views
        )

    def open_review(self) -> None:
        """Choose another day for the review."""
        form = Form()
        form.add(FieldSpec("review", "Review by", "date", partial=False, not_known=False))
        plan = self.file.plan
        form.set_value("review", plan.review_on if plan is not None else "")
        self.ask(form, _REVIEW, "Set this day", "Leave it", self._set_review)
        form.focus_on("review")

    def _record(self) -> None:
        form = self.asks
        needed = {"who": "Write who said it", "view": "Choose what they think"}
        if form is None or not self.complete(needed):
            return
        who, view, words = form.value("who"), str(form.value("view")), str(form.value("words"))
        name = who.name if isinstance(who, PersonChoice) else ""
        whose = CHILD_SUBJECT if name == self.file.called else name
        made = self.session.attempt(planning.say_view, self.session.desk, self.file, whose, view, words)
        if made is not None:
            self._saved()

    def _set_review(self) -> None:
        form = self.asks
        if form is None or not self.complete({"review": WHOLE_DAY}):
            return
        day = str(form.value("review"))
        if self.session.attempt(planning.set_review, self.session.desk, self.file, day) is not None:
            self._saved()

    def _saved(self) -> None:
        self.close_form()
        self.show_views()
        self.changed.emit()
