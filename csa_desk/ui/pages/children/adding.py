"""Add a child: a form that is sent at once. Nothing is asked that can wait; what is typed is kept until it is sent."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from csa_desk.casework.assessing import question_named
from csa_desk.casework.children import same_named
from csa_desk.casework.intake import add_child
from csa_desk.content.models import say
from csa_desk.records.cases import Case
from csa_desk.ui.look import px
from csa_desk.ui.pages.children import intake_form as asked
from csa_desk.ui.shell.page import Page
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Banner, Card, Foot, Rule
from csa_desk.ui.widgets.buttons import Button, LinkButton
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.messages import ErrorSummary, Saved
from csa_desk.ui.widgets.page import PageBody, PageTitle
from csa_desk.ui.widgets.text import Words

DRAFTS = "add-child"


class AddChildPage(Page):
    """The form for a new child."""

    rail = "children"

    def __init__(self, session: Session, place: Place) -> None:
        super().__init__(session, place)
        self.body = PageBody(widest=720)
        self.column.addWidget(self.body, 1)
        back = LinkButton("Children", icon="arrow-left")
        back.clicked.connect(self._leave)
        self.body.add(back)
        self.body.add(
            PageTitle(
                "Add a child",
                "A name, a birth date and where they live are enough to begin. The rest can wait.",
            )
        )
        self.summary = ErrorSummary()
        self.body.add(self.summary)
        self.form = Form()
        self.form.column.setSpacing(px(16))
        self.body.add(self.form)
        self.summary.asked.connect(self.form.focus_on)
        pronouns = [
            Option(item.id, say(item.text)) for item in question_named(session.desk, "pronoun").option
        ]
        child = self._card("The child")
        self._fields(child, asked.child_specs(pronouns))
        self._same = Banner("info", "", "", icon="info", link="Open their file")
        self._same.followed.connect(self._open_same)
        self._same.hide()
        self._same_code = ""
        child.insertWidget(1, self._same)
        self._carers = self._card("Safe parents and carers", "Leave this empty if you do not know yet.")
        self._carers_shown = 0
        self._another = Button("Add another carer", icon="plus", small=True)
        self._another.clicked.connect(self._add_carer)
        self._more_carers()
        kept = session.desk.vault.drafts(f"{DRAFTS}/")
        while self._carers_shown < asked.MOST_CARERS and any(
            key.startswith(f"{DRAFTS}/carer{self._carers_shown}-") for key in kept
        ):
            self._more_carers()
        safe = self._card(
            "How the family can be reached safely",
            "It stands on every page of this child. The assessment asks the rest.",
        )
        self._fields(safe, asked.safe_specs())
        self._fields(self._card("How the child came to you"), asked.referral_specs())
        self.body.finish()
        self._foot()
        # As Settings say: new children start with where most of the service's children live.
        usual = session.desk.own_service().nation
        if usual:
            self.form.set_value("nation", usual)
        session.watch_form(self.form, DRAFTS, whole=True)
        self.form.answered.connect(self._answered)

    # --- building -------------------------------------------------------------------------------------------

    def _card(self, title: str, about: str = "") -> QVBoxLayout:
        card = Card(title)
        if about:
            card.add(Words(about, "small", "muted"))
        column = QVBoxLayout()
        column.setSpacing(px(18))
        column.setContentsMargins(0, px(4), 0, 0)
        card.body.addLayout(column)
        self.form.column.addWidget(card)
        return column

    def _fields(self, column: QVBoxLayout, specs: list[FieldSpec]) -> None:
        for spec in specs:
            self.form.add(spec, column)

    def _more_carers(self) -> None:
        if self._carers_shown:
            self._carers.removeWidget(self._another)
            self._carers.addWidget(Rule())
        self._fields(self._carers, asked.carer_specs(self._carers_shown))
        self._carers_shown += 1
        if self._carers_shown < asked.MOST_CARERS:
            self._carers.addWidget(self._another)
        self._another.setVisible(self._carers_shown < asked.MOST_CARERS)

    def _add_carer(self) -> None:
        self._more_carers()
        self.form.focus_on(f"carer{self._carers_shown - 1}-name")

    def _foot(self) -> None:
        foot = Foot()
        self._save = Button("Add this child", "primary")
        self._save.clicked.connect(self.send)
        leave = Button("Leave it for now", "quiet")
        leave.clicked.connect(self._leave)
        foot.row.addWidget(self._save)
        foot.row.addWidget(leave)
        foot.row.addStretch(1)
        self._kept = Saved()
        self.session.draft_kept.connect(self._kept.set_draft)
        foot.row.addWidget(self._kept)
        self.column.addWidget(foot)

    # --- keyboard -------------------------------------------------------------------------------------------

    def focus_first(self) -> None:
        """The name."""
        self.form.focus_on("name")

    def primary(self) -> QWidget | None:
        """*Add this child*."""
        return self._save

    # --- another of the same name ---------------------------------------------------------------------------

    def _answered(self, key: str, value: object) -> None:
        if key == "name":
            self._look_for_same(str(value))

    def _look_for_same(self, name: str) -> None:
        """Another child of this name is said, never refused: names are not unique."""
        found = same_named(self.session.desk, name)
        self._same_code = found.code if found is not None else ""
        if found is not None:
            self._same.set(
                f"There is a child called {' '.join(found.name.split())} already.",
                f"Code {found.code}. Is it the same child?",
            )
        self._same.setVisible(found is not None)

    def _open_same(self) -> None:
        self.session.go(Place("overview", self._same_code))

    # --- sending --------------------------------------------------------------------------------------------

    def send(self) -> None:
        """Add the child, or say what is missing."""
        problems = asked.problems_of(self.form, self.session.desk.today)
        self.summary.show_problems(problems)
        if problems:
            self.body.ensureVisible(0, 0)
            self.body.verticalScrollBar().setValue(0)
            return
        made = self.session.attempt(add_child, self.session.desk, asked.shape_of(self.form))
        if isinstance(made, Case):
            self._forget()
            self.session.changed.emit()
            self.session.go(Place("overview", made.code))

    def _leave(self) -> None:
        """What was typed is kept: the form is as it was left when it is opened again."""
        self.session.go(Place("children"))

    def _forget(self) -> None:
        # Nothing of it may come back as a draft while the page is being left.
        self.form.blockSignals(True)
        for field in self.form.fields:
            self.session.drop_draft(self.form, field.key)
