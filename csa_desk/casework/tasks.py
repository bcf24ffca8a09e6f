"""Tasks: due today, coming up, done or dropped with a reason."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from csa_desk.casework.casefile import CaseFile, in_force
from csa_desk.casework.dates import day_or
from csa_desk.casework.desk import Desk
from csa_desk.casework.rights import Right, needs
from csa_desk.errors import InputError
from csa_desk.records.cases import Case, Person, Task
from csa_desk.records.ids import new_id
from csa_desk.records.safety import SafeContact
from csa_desk.records.vault import Practitioner


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task as Today shows it. ``contact_rule`` stands in the row of any task that means phoning or writing.

    ``whose``: the colleague who took it on; empty for one's own.
    """

    task: Task
    case: Case | None
    child: str
    late_days: int
    contact_rule: str
    whose: str = ""


def rule_in_words(rule: SafeContact | None) -> str:
    """The safe-contact rule in one line; a warning where there is none."""
    if rule is None:
        return "No safe contact set. Ask before you call or write"
    parts = [part for part in (_reach(rule), rule.times) if part]
    parts += [f"No {what}" for what, said in _forbidden(rule) if said == "no"]
    if rule.code_word:
        parts.append("Code word set")
    return ". ".join(parts) or "Safe contact set without details"


def _reach(rule: SafeContact) -> str:
    if rule.call == "no":
        return f"Do not call. Contact {rule.who}" if rule.who else "Do not call"
    who = " ".join(part for part in (rule.who, rule.number) if part)
    return f"Call {who}" if who else ""


def _forbidden(rule: SafeContact) -> tuple[tuple[str, str], ...]:
    return (
        ("voicemail", rule.voicemail),
        ("texts", rule.text_message),
        ("letters home", rule.letter),
        ("email", rule.email),
    )


@needs(Right.LOOK_UP)
def open_tasks(desk: Desk) -> list[TaskRow]:
    """Every open task about a child, and one's own about none; the earliest due first, without a date last.

    Tasks about a child are left out for who may open no child's file.
    """
    reading = desk.vault.read
    tasks = sorted(reading.find(Task, state="open"), key=_due)
    tasks = [task for task in tasks if task.case or task.owner in ("", desk.vault.practitioner)]
    if not desk.may(Right.OPEN_FILES):
        tasks = [task for task in tasks if not task.case]
    cases = reading.by_ids(Case, list({item.case for item in tasks if item.case}))
    people = reading.by_ids(Person, [item.child for item in cases.values()])
    colleagues = taken_on_by(desk, tasks)
    rules: dict[str, str] = {}
    rows = []
    for task in tasks:
        case = cases.get(task.case)
        child = people.get(case.child) if case is not None else None
        rule = ""
        if task.contact and case is not None:
            if case.id not in rules:
                found = reading.find(SafeContact, case=case.id)
                rules[case.id] = rule_in_words(in_force(found, desk.today))
            rule = rules[case.id]
        name = (child.preferred_name or child.name) if child is not None else ""
        late = (desk.days_since(task.due) or 0) if task.due else 0
        rows.append(TaskRow(task, case, name, late, rule, colleagues.get(task.id, "")))
    return rows


@needs(Right.LOOK_UP)
def taken_on_by(desk: Desk, tasks: Sequence[Task]) -> dict[str, str]:
    """Task id → the colleague who took it on; one's own tasks are left out."""
    theirs = {task.id: task.owner for task in tasks if task.owner not in ("", desk.vault.practitioner)}
    people = desk.vault.read.by_ids(Practitioner, sorted(set(theirs.values())))
    return {task: people[owner].name for task, owner in theirs.items() if owner in people}


def _due(task: Task) -> str:
    return task.due or "9999"


def tasks_of(file: CaseFile) -> Iterator[Task]:
    """The case's open tasks, the earliest due first."""
    yield from sorted((item for item in file.tasks if item.state == "open"), key=_due)


@needs(Right.TASKS)
def add_task(desk: Desk, case: str, what: str, *, due: str = "", contact: bool = False) -> Task:
    """Something to do, for a case or, with an empty case, for oneself."""
    if not what.strip():
        raise InputError("Say what is to be done. Nothing was changed.")
    made = Task(
        id=new_id(),
        case=case,
        what=what.strip(),
        due=day_or(due, "", "due"),
        contact=contact,
        owner=desk.vault.practitioner,
        state="open",
    )
    with desk.vault.write() as writing:
        writing.put(made)
    return made


@needs(Right.TASKS)
def finish(desk: Desk, task: Task) -> Task:
    """It is done."""
    return _settle(desk, task, "done", "")


@needs(Right.TASKS)
def drop(desk: Desk, task: Task, reason: str) -> Task:
    """It will not be done, and why."""
    if not reason.strip():
        raise InputError("Say why it will not be done. Nothing was changed.")
    return _settle(desk, task, "dropped", reason.strip())


@needs(Right.TASKS)
def reopen(desk: Desk, task: Task) -> Task:
    """It is to be done after all."""
    return _settle(desk, task, "open", "")


def _settle(desk: Desk, task: Task, state: str, reason: str) -> Task:
    made = replace(task, state=state, state_on=desk.today, reason=reason)
    with desk.vault.write() as writing:
        writing.put(made, state)
    return made
