"""What stands at the right of *who could help*: what it goes by, or one service with each of its criteria."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.directory_entry import entry_of, view_entry
from csa_desk.casework.home_area import area_choices, say_home_area
from csa_desk.casework.match_lines import Line, Outcome, Seeking
from csa_desk.casework.match_words import HEADINGS, OUTCOMES, phone_list
from csa_desk.casework.matching import Fit, Verdict
from csa_desk.casework.rights import Right
from csa_desk.casework.service_kinds import kind_choices
from csa_desk.casework.tasks import add_task
from csa_desk.content.models import say
from csa_desk.ui.look import px
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Banner, Card, QuietBox, Rule
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.flow import FlowLayout
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.marks import Chip, IconMark, Tone
from csa_desk.ui.widgets.messages import announce
from csa_desk.ui.widgets.text import Words
from csa_desk.ui.widgets.text_fields import PersonChoice

_TONES: dict[Verdict, Tone] = {
    Verdict.FITS: "ok",
    Verdict.ASK: "info",
    Verdict.NEARLY: "warn",
    Verdict.NOT: "outline",
}
# outcome → icon, ink
_SIGNS = {
    Outcome.FITS: ("check", "ok"),
    Outcome.NOT: ("x", "danger"),
    Outcome.ASK: ("question", "info"),
    Outcome.READ: ("book-open-text", "muted"),
}
_ALL = "all"


class GoesByCard(Card):
    """What is known of the child, where they live, and which services are wanted."""

    lives_said = Signal()
    narrowed = Signal(str, str, bool)

    def __init__(self, session: Session, file: CaseFile, child: Seeking) -> None:
        super().__init__("What this goes by")
        self.session = session
        self.file = file
        self.body.setSpacing(px(12))
        reported = {True: "yes", False: "no", None: "not entered"}[child.reported]
        self.add(
            Words(
                f"{child.called} is {child.age or 'of an age that is not entered'}. "
                f"Police were told: {reported}. What kind of abuse it was is never asked for here.",
            )
        )
        if not (child.area or child.area_name):
            self.add(
                Banner(
                    "info",
                    f"Where {child.called} lives is not entered.",
                    "Enter the council area below: without it, every service has to be asked.",
                    icon="map-pin",
                )
            )
        self.form = Form()
        areas = [Option(item.code, item.name, item.code) for item in area_choices(session.desk)]
        self.form.add(
            FieldSpec(
                "area",
                f"Which council area does {child.called} live in?",
                "person",
                "The council’s name, or its code. It stays in this file, and is on no copy",
                areas,
            )
        )
        self.form.set_value("area", PersonChoice(child.area, child.area_name or child.area))
        self.save_button = Button("Save where they live", "primary", "check")
        self.save_button.clicked.connect(self.save)
        may = session.offer(self.save_button, Right.ASSESS)
        self.form.set_read_only(not may)
        self.add(self.form)
        session.watch_form(self.form, f"{file.case.id}/home-area")
        row = QHBoxLayout()
        row.addWidget(self.save_button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(Rule())
        self.add(Words("Show only", "h3"))
        self.only = Form()
        kinds = [Option(key, words) for key, words in kind_choices(session.desk)]
        self.only.add(FieldSpec("kind", "Kind of service", "pick", options=kinds, optional=True))
        wants = [Option(item.id, say(item.short)) for item in session.desk.packs.needs.need]
        self.only.add(FieldSpec("need", "Helps with", "pick", options=wants, optional=True))
        shown = [Option("", "Who could help"), Option(_ALL, "All, also those that do not fit")]
        self.only.add(FieldSpec("misfits", "Which services", "row", options=shown))
        self.only.answered.connect(self._narrow)
        self.add(self.only)

    def focus_first(self) -> None:
        """The area."""
        self.form.focus_on("area")

    def show_only(self, kind: str, need: str, *, misfits: bool) -> None:
        """What stands in the choices."""
        for key, value in (("kind", kind), ("need", need), ("misfits", _ALL if misfits else "")):
            self.only.set_value(key, value)

    def _narrow(self, _key: str, _value: object) -> None:
        only = self.only
        self.narrowed.emit(
            str(only.value("kind") or ""), str(only.value("need") or ""), only.value("misfits") == _ALL
        )

    def save(self) -> None:
        """Enter where the child lives from today."""
        said = self.form.value("area")
        area = (said.key or said.name) if isinstance(said, PersonChoice) else ""
        if not area.strip():
            self.form.set_error("area", "Say which area, by the council’s name or its code")
            self.form.focus_on("area")
            return
        made = self.session.attempt(say_home_area, self.session.desk, self.file, area)
        if made is not None:
            self.session.drop_draft(self.form, "area")
            self.lives_said.emit()


class CriterionLine(QWidget):
    """One criterion: a sign, what came of it in a word, and the sentence."""

    def __init__(self, line: Line) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, px(8), 0, px(8))
        row.setSpacing(px(10))
        icon, ink = ("arrows-left-right", "warn") if line.near else _SIGNS[line.outcome]
        row.addWidget(IconMark(icon, ink), 0, Qt.AlignmentFlag.AlignTop)
        said = "nearly" if line.near else OUTCOMES[line.outcome]
        word = Words(said[:1].upper() + said[1:], "small-strong", wrap=False)
        word.setMinimumWidth(px(92))
        row.addWidget(word, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Words(line.words), 1, Qt.AlignmentFlag.AlignTop)


class ServiceCard(Card):
    """One service held against the child."""

    def __init__(self, session: Session, file: CaseFile, fit: Fit) -> None:
        super().__init__()
        self.session = session
        self.file = file
        self.fit = fit
        self.body.setSpacing(px(4))
        self.setAccessibleName(fit.candidate.name)
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(Words(fit.candidate.name or "No name", "h2"), 1)
        row.addWidget(Chip(HEADINGS[fit.verdict], _TONES[fit.verdict]), 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        self.add(Words(fit.agency or "No agency named", "body", "muted"))
        view = view_entry(session.desk, entry_of(session.desk, fit.candidate.service))
        facts = {fact.name: fact.words for fact in view.facts}
        waits = facts.get("Waiting time") or "not known: ask"
        self.add(Words(f"Waiting time: {waits}. {view.checked}", "small", "muted"))
        self.body.addSpacing(px(6))
        for line in fit.lines:
            self.body.addWidget(Rule())
            self.add(CriterionLine(line))
        self._asks(facts)
        self.body.addSpacing(px(8))
        holder = QWidget()
        buttons = FlowLayout(holder, 12, 8)
        self.task_button = Button("Add a task to ring them", "primary", "phone")
        self.task_button.clicked.connect(self.add_ringing)
        session.offer(self.task_button, Right.TASKS)
        buttons.addWidget(self.task_button)
        self.open_button = Button("Open in the directory", "secondary", "address-book")
        self.open_button.clicked.connect(self._open)
        buttons.addWidget(self.open_button)
        self.add(holder)

    def _asks(self, facts: dict[str, str]) -> None:
        questions = self.fit.questions
        if not questions:
            return
        box = QuietBox()
        box.body.setSpacing(px(6))
        box.add(Words("To ask when you ring", "h3"))
        if facts.get("Phone"):
            box.add(Words(facts["Phone"], "strong"))
        for question in questions:
            box.add(Words(f"•  {question}"))
        self.copy_button = Button("Copy what to ask", "quiet", "copy", small=True)
        self.copy_button.clicked.connect(self._copy)
        row = QHBoxLayout()
        row.addWidget(self.copy_button)
        row.addStretch(1)
        box.body.addLayout(row)
        self.add(box)

    def add_ringing(self) -> None:
        """A task of this child: ring the service."""
        name = self.fit.candidate.name or "the service"
        many = len(self.fit.questions)
        about = f": {many} {'thing' if many == 1 else 'things'} to ask" if many else ""
        made = self.session.attempt(add_task, self.session.desk, self.file.case.id, f"Ring {name}{about}")
        if made is not None:
            self.task_button.setEnabled(False)
            self.session.toast(f"{name} is on the list of tasks.")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(phone_list([self.fit]))
        announce(self, "What to ask is copied. No name is in it.")
        self.session.toast("What to ask is copied. No name is in it.")

    def _open(self) -> None:
        self.session.go(Place("directory", item=self.fit.candidate.service))
