"""Who agrees with the plan, in their words, and when it is looked at again."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csa_desk.casework import planning
from csa_desk.casework.casefile import CaseFile
from csa_desk.records.assessment import CHILD_SUBJECT
from csa_desk.records.dates import short, spoken
from csa_desk.records.plan import PlanView
from csa_desk.ui.look import px
from csa_desk.ui.pages.half_typed import give_up, half_typed
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Card
from csa_desk.ui.widgets.buttons import Button, LinkButton
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
_CHOICES = (
    Option("agreed", "Agreed"),
    Option("agreed-in-part", "Agreed in part"),
    Option("did-not-agree", "Did not agree"),
    Option("not-asked", "Was not asked"),
)


class AgreementCard(Card):
    """A side card. ``changed``: a view or the review day was saved."""

    changed = Signal()

    def __init__(self, session: Session, file: CaseFile) -> None:
        super().__init__("Agreement", level="h3")
        self.session = session
        self.file = file
        self.body.setSpacing(px(10))
        self._holder: QWidget | None = None
        self._panel: QWidget | None = None
        self._form: Form | None = None
        self._ask = LinkButton("Record what somebody said")
        self._ask.clicked.connect(self.open_view)
        self._review = LinkButton("Change the review day")
        self._review.clicked.connect(self.open_review)
        self.show_views()
        for link in (self._ask, self._review):
            self.body.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        if half_typed(session, f"{file.case.id}/plan-view"):
            self.open_view()

    def show_views(self) -> None:
        """Show the latest view of the child, of each carer and of everybody else who spoke."""
        if self._holder is not None:
            self._holder.hide()
            self.body.removeWidget(self._holder)
            self._holder.deleteLater()
        self._holder = QWidget()
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
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
        self.body.insertWidget(0, self._holder)

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
        self._open(form, "Record it", "Do not record", self._record)
        self.session.watch_form(form, f"{self.file.case.id}/plan-view/new")
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
        self._open(form, "Set this day", "Leave it", self._set_review)
        form.focus_on("review")

    def _open(self, form: Form, yes: str, no: str, slot: object) -> None:
        self.close_form()
        self._form = form
        self._panel = QWidget()
        column = QVBoxLayout(self._panel)
        column.setContentsMargins(0, px(8), 0, 0)
        column.setSpacing(px(12))
        column.addWidget(form)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        save = Button(yes, small=True)
        save.clicked.connect(slot)
        stop = Button(no, "quiet", small=True)
        stop.clicked.connect(self._give_up)
        row.addWidget(save)
        row.addWidget(stop)
        row.addStretch(1)
        column.addLayout(row)
        self._ask.hide()
        self._review.hide()
        self.add(self._panel)
        self._panel.show()

    def close_form(self) -> None:
        """Take the form away; what was typed is given up."""
        if self._panel is None or self._form is None:
            return
        give_up(self.session, self._form)
        self._panel.hide()
        self.body.removeWidget(self._panel)
        self._panel.deleteLater()
        self._panel = self._form = None
        self._ask.show()
        self._review.show()

    def _give_up(self) -> None:
        self.close_form()
        self._ask.setFocus()

    def _record(self) -> None:
        form = self._form
        if form is None:
            return
        form.flush()
        who, view, words = form.value("who"), str(form.value("view")), str(form.value("words"))
        name = who.name if isinstance(who, PersonChoice) else ""
        for key, there, sentence in (
            ("who", name, "Write who said it"),
            ("view", view, "Choose what they think"),
        ):
            form.set_error(key, "" if there else sentence)
        if not name or not view:
            form.focus_on("who" if not name else "view")
            return
        whose = CHILD_SUBJECT if name == self.file.called else name
        made = self.session.attempt(planning.say_view, self.session.desk, self.file, whose, view, words)
        if made is not None:
            self._saved()

    def _set_review(self) -> None:
        form = self._form
        if form is None:
            return
        form.flush()
        day = str(form.value("review"))
        if form.check() or not day:
            if not form.field("review").error:
                form.set_error("review", "Write day, month and year")
            form.focus_on("review")
            return
        if self.session.attempt(planning.set_review, self.session.desk, self.file, day) is not None:
            self._saved()

    def _saved(self) -> None:
        self._give_up()
        self.show_views()
        self.changed.emit()
