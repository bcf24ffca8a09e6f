"""Editors of a goal and of an action, in the place of what they change.

    GoalEditor(session, file, goal or None, need="")      .saved(goal)  .closed()  .removed()   .add_button
    ActionEditor(session, file, goal, action or None)     .saved(action)  .closed()  .removed()  .moved(int)
With something that is there, each field saves when it is left; something new is added as a whole.
"""

from dataclasses import replace
from typing import Literal, cast

from PySide6.QtCore import Signal

from csa_desk.casework import planning
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.category_words import CATEGORY_WORDS
from csa_desk.casework.shapes import ActionShape, GoalShape
from csa_desk.content.models import say
from csa_desk.records.assessment import CHILD_SUBJECT, FAMILY_SUBJECT, Source
from csa_desk.records.directory import Service
from csa_desk.records.plan import Action, ActionStatus, Goal
from csa_desk.ui.pages.completing import Completing
from csa_desk.ui.pages.editing import NEW, Editor
from csa_desk.ui.pages.plan.pair import Pair
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import FieldSpec
from csa_desk.ui.widgets.text_fields import PersonChoice

SourceName = Literal["child", "carer", "another-worker", "file", "my-view"]


def _sources(file: CaseFile) -> tuple[Option, ...]:
    return (
        Option(Source.CHILD, file.called),
        Option(Source.CARER, "A carer"),
        Option(Source.WORKER, "Another worker"),
        Option(Source.FILE, "The file"),
        Option(Source.MY_VIEW, "My own view"),
    )


class GoalEditor(Editor):
    """A goal: for which need, whose, in whose words."""

    def __init__(self, session: Session, file: CaseFile, goal: Goal | None, need: str = "") -> None:
        super().__init__(session, file, "card" if goal is None else "sunken")
        self.goal = goal
        form = self.form
        needs = sorted(session.desk.packs.needs.need, key=lambda item: item.order)
        if goal is None:
            options = tuple(Option(item.id, say(item.short)) for item in needs)
            form.add(FieldSpec("need", "Which need", "pick", options=options))
            form.set_value("need", need)
            whose = [Option(CHILD_SUBJECT, file.called)]
            whose += [Option(item.id, file.person_name(item.person) or item.relation) for item in file.carers]
            whose += [Option(item.id, file.person_name(item.person)) for item in file.siblings]
            whose.append(Option(FAMILY_SUBJECT, "The whole family"))
            form.add(FieldSpec("subject", "Whose goal", "row", options=tuple(whose)))
            form.set_value("subject", CHILD_SUBJECT)
        hint = "What they want, as they said it. One thing"
        form.add(FieldSpec("words", "The goal", "lines", hint, lines=2))
        form.add(FieldSpec("source", "Whose words are these?", "row", options=_sources(file)))
        form.set_value("words", goal.words if goal is not None else "")
        form.set_value("source", goal.source if goal is not None else Source.CHILD)
        self._buttons("Add this goal")
        if goal is not None:
            remove = Button("Remove this goal", "danger", small=True)
            remove.clicked.connect(self._remove)
            self.danger.addWidget(remove)
        self._watch(f"{file.case.id}/goal/{goal.id if goal is not None else NEW}")
        if need:
            # Asked for on the page: it goes before what was half filled in.
            form.set_value("need", need)

    @property
    def adding(self) -> bool:
        """Whether this is for a new goal."""
        return self.goal is None

    def focus(self) -> None:
        """Start at the need, or at the words where the need is known."""
        self.form.focus_on("need" if self.adding and not self.form.value("need") else "words")

    def _answered(self, key: str, value: object) -> None:
        if self.goal is None:
            return
        words, source = (str(value), self.goal.source) if key == "words" else (self.goal.words, str(value))
        if not words:
            self.form.set_error("words", "A goal needs words. To take it out, remove it")
            return
        changed = replace(self.goal, words=words, source=source)
        made = self.session.attempt(planning.change_goal, self.session.desk, self.file, changed)
        if made is not None:
            self.goal = made
            self._changed(key, made)

    def add_it(self) -> None:
        """Add the goal."""
        form = self.form
        form.flush()
        form.clear_errors()
        values = {key: str(value) for key, value in form.values().items()}
        for key, sentence in (("need", "Choose the need"), ("words", "Write what is wanted")):
            if not values[key]:
                form.set_error(key, sentence)
                form.focus_on(key)
                return
        shape = GoalShape(
            need=values["need"],
            words=values["words"],
            subject=values["subject"] or CHILD_SUBJECT,
            source=cast("SourceName", values["source"] or "child"),
        )
        made = self.session.attempt(planning.add_goal, self.session.desk, self.file, shape)
        if made is not None:
            self._added(made)


_STATUS = tuple(Option(key, words) for key, words in planning.STATUS_WORDS.items())
_SERVICE_MISSING = "This is not in the directory. Choose from the list, or leave it empty"


class ActionEditor(Editor):
    """An action: what, who leads, by when, how far; how to say it to the child; the service it points to."""

    moved = Signal(int)

    def __init__(self, session: Session, file: CaseFile, goal: Goal, action: Action | None) -> None:
        super().__init__(session, file, "flush")
        self.goal = goal
        self.action = action
        self._fields()
        self._buttons("Add this action")
        if action is not None:
            self._show(action)
            for words, icon, slot in (
                ("Move up", "arrow-up", self._up),
                ("Move down", "arrow-down", self._down),
            ):
                button = Button(words, "quiet", icon, small=True)
                button.clicked.connect(slot)
                self.foot.addWidget(button)
            remove = Button("Remove", "danger", small=True)
            remove.setAccessibleDescription(action.what)
            remove.clicked.connect(self._remove)
            self.danger.addWidget(remove)
        name = action.id if action is not None else f"{NEW}-{goal.id}"
        self._watch(f"{file.case.id}/action/{name}")

    @property
    def adding(self) -> bool:
        """Whether this is for a new action."""
        return self.action is None

    def _fields(self) -> None:
        form = self.form
        form.add(FieldSpec("what", "What will be done", "lines", lines=1))
        team = [item.name for item in self.file.team if item.name and not item.until]
        people = tuple(Option(name, name) for name in dict.fromkeys(team))
        pair = Pair()
        form.column.addWidget(pair)
        form.add(
            FieldSpec("lead", "Who leads", "person", "One person, so that everybody knows", people), pair.left
        )
        hint = "Empty means it goes on"
        form.add(FieldSpec("by_when", "By when", "date", hint, partial=False, not_known=False), pair.right)
        pair.finish()
        form.add(FieldSpec("status", "How far", "row", options=_STATUS))
        form.set_value("status", ActionStatus.NOT_STARTED)
        hint = "For their own copy: short, kind words"
        form.add(
            FieldSpec(
                "child_words", f"How to say it to {self.file.called}", hint=hint, width="full", optional=True
            )
        )
        pair = Pair()
        form.column.addWidget(pair)
        hint = "Leave it empty if there is none"
        service = form.add(FieldSpec("service", "Service from the directory", "person", hint), pair.left)
        Completing(self.session, service, "service")
        kinds = tuple(Option(key, words) for key, words in CATEGORY_WORDS.items())
        hint = "Others get it only if this is agreed"
        form.add(FieldSpec("category", "What kind of information", "pick", hint, kinds), pair.right)
        pair.finish()

    def _show(self, action: Action) -> None:
        values: dict[str, object] = {
            "what": action.what,
            "lead": action.lead_name,
            "by_when": action.by_when,
            "status": action.status,
            "child_words": action.child_words,
            "service": service_name(self.session, action.service),
            "category": action.category,
        }
        for key, value in values.items():
            self.form.set_value(key, value)

    def focus(self) -> None:
        """Start with what is missing first: the words, else who leads."""
        led = self.action is not None and self.action.lead_name
        self.form.focus_on("what" if self.adding or led else "lead")

    def _service(self) -> str | None:
        """The id of the service named; ``None`` where the directory has no such one."""
        found = self.form.value("service")
        if not isinstance(found, PersonChoice) or not found.name:
            return ""
        if found.key:
            return found.key
        if self.action is not None and found.name == service_name(self.session, self.action.service):
            return self.action.service
        return None

    def _with(self, action: Action, key: str, value: object) -> Action:
        match key:
            case "lead" if isinstance(value, PersonChoice):
                return replace(action, lead_name=value.name)
            case "service":
                return replace(action, service=self._service() or "")
            case "what":
                return replace(action, what=str(value))
            case "by_when":
                return replace(action, by_when=str(value))
            case "status":
                return replace(action, status=str(value))
            case "category":
                return replace(action, category=str(value))
            case _:
                return replace(action, child_words=str(value))

    def _answered(self, key: str, value: object) -> None:
        if self.action is None:
            return
        if key == "what" and not value:
            self.form.set_error("what", "An action needs words. To take it out, remove it")
            return
        if key == "service" and self._service() is None:
            self.form.set_error("service", _SERVICE_MISSING)
            return
        changed = self._with(self.action, key, value)
        made = self.session.attempt(planning.change_action, self.session.desk, self.file, changed)
        if made is not None:
            self.action = made
            self._changed(key, made)

    def add_it(self) -> None:
        """Add the action."""
        form = self.form
        form.flush()
        faults = form.check()
        if not form.value("what"):
            form.set_error("what", "Write what will be done")
            faults.insert(0, ("what", ""))
        service = self._service()
        if service is None:
            form.set_error("service", _SERVICE_MISSING)
            faults.append(("service", ""))
        if faults:
            form.focus_on(faults[0][0])
            return
        blank = Action(id="", case=self.file.case.id, goal=self.goal.id)
        for key, value in form.values().items():
            blank = self._with(blank, key, value)
        shape = ActionShape(
            what=blank.what,
            child_words=blank.child_words,
            lead=blank.lead_name,
            by_when=blank.by_when,
            status=ActionStatus(blank.status or ActionStatus.NOT_STARTED).value,
            service=service or "",
            category=blank.category,
        )
        made = self.session.attempt(planning.add_action, self.session.desk, self.file, self.goal, shape)
        if made is not None:
            self._added(made)

    def _up(self) -> None:
        self.moved.emit(-1)

    def _down(self) -> None:
        self.moved.emit(1)


def service_name(session: Session, service: str) -> str:
    """The name of a directory service; empty where it is not there any more."""
    found = session.desk.vault.read.get(Service, service) if service else None
    return found.name if found is not None and not found.removed else ""
