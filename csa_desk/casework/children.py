"""The list of children, finding one as somebody types, and a case as JSON."""

from dataclasses import dataclass
from typing import Any

from csa_desk.casework import rights
from csa_desk.casework.answers import Standing, view
from csa_desk.casework.casefile import NOT_BEGUN, CaseFile, in_force
from csa_desk.casework.desk import Desk
from csa_desk.casework.plan_needs import needs
from csa_desk.casework.planning import actions_of, status_words
from csa_desk.casework.rights import Right
from csa_desk.casework.stages import stage_named
from csa_desk.casework.tasks import rule_in_words
from csa_desk.casework.team import present
from csa_desk.content.models import say
from csa_desk.records.cases import Carer, Case, Person, Task, TeamMember
from csa_desk.records.dates import age_on
from csa_desk.records.justice import InProceeding, StageInstance
from csa_desk.records.safety import SafeContact
from csa_desk.store.search import folded


@dataclass(frozen=True, slots=True)
class ChildRow:
    """One child in the list. ``because`` says why a row was found, where it is not the child's own name.

    ``called`` is the preferred name, where there is one.
    """

    case: Case
    name: str
    age: int | None
    stage: str
    next_task: Task | None
    contact: str
    because: str = ""
    called: str = ""

    @property
    def code(self) -> str:
        """The case code."""
        return self.case.code


@rights.needs(Right.OPEN_FILES)
def children(desk: Desk) -> list[ChildRow]:
    """Every child in the vault, by name."""
    rows = rows_of(desk, desk.vault.read.find(Case))
    return sorted(rows, key=lambda item: (item.name.casefold(), item.code))


@rights.needs(Right.OPEN_FILES)
def by_name(desk: Desk, cases: list[Case]) -> list[Case]:
    """The cases in the order of the children's names."""
    people = desk.vault.read.by_ids(Person, [item.child for item in cases])

    def key(case: Case) -> tuple[str, str]:
        child = people.get(case.child)
        return ((child.name or child.preferred_name).casefold() if child is not None else "", case.code)

    return sorted(cases, key=key)


@rights.needs(Right.OPEN_FILES)
def called_names(desk: Desk, cases: list[Case]) -> list[str]:
    """What each child is called, in the order of the cases; the code where there is no name."""
    people = desk.vault.read.by_ids(Person, [item.child for item in cases])
    names = []
    for case in cases:
        child = people.get(case.child)
        name = (child.preferred_name or child.name.split(" ")[0]) if child is not None else ""
        names.append(name or case.code)
    return names


@rights.needs(Right.OPEN_FILES)
def child_choices(desk: Desk) -> list[tuple[str, str]]:
    """Case id and *name, code* of every child, by name: to choose whom something is about."""
    cases = by_name(desk, desk.vault.read.find(Case))
    people = desk.vault.read.by_ids(Person, [item.child for item in cases])
    found = []
    for case in cases:
        child = people.get(case.child)
        name = (child.name or child.preferred_name) if child is not None else ""
        found.append((case.id, f"{name}, {case.code}" if name else case.code))
    return found


@rights.needs(Right.OPEN_FILES)
def find_children(desk: Desk, words: str, limit: int = 50) -> list[ChildRow]:
    """Children that fit the words: their own names and codes before carers, carers before agencies."""
    if not words.strip():
        return children(desk)
    reading = desk.vault.read
    found: dict[str, str] = {}
    hits = desk.vault.finder.find(words, ("person", "case", "team-member"), limit)
    people = [hit.record for hit in hits if hit.kind == "person"]
    files: dict[str, list[Case]] = {}
    for case in reading.any_of(Case, "child", people):
        files.setdefault(case.child, []).append(case)
    cared_for: dict[str, list[Carer]] = {}
    for carer in reading.any_of(Carer, "person", people):
        cared_for.setdefault(carer.person, []).append(carer)
    members = reading.by_ids(TeamMember, [hit.record for hit in hits if hit.kind == "team-member"])
    for hit in hits:
        if hit.kind == "case":
            found.setdefault(hit.record, "")
        for case in files.get(hit.record, []):
            found[case.id] = "A name spelt nearly so" if hit.forgiven else ""
    for hit in hits:
        for carer in cared_for.get(hit.record, []):
            found.setdefault(carer.case, f"{carer.relation or 'Carer'}: {hit.title}")
    for hit in hits:
        member = members.get(hit.record)
        if member is not None and not member.removed:
            found.setdefault(member.case, f"Team: {hit.title or hit.also}")
    cases = reading.by_ids(Case, list(found))
    ordered = [cases[number] for number in found if number in cases and not cases[number].removed]
    return rows_of(desk, ordered[:limit], found)


@rights.needs(Right.OPEN_FILES)
def same_named(desk: Desk, name: str) -> ChildRow | None:
    """A child of this vault with exactly this name, accents and capitals aside; ``None`` where there is none."""
    wanted = folded(name)
    if not wanted:
        return None
    rows = find_children(desk, name, 10)
    return next((row for row in rows if folded(row.name) == wanted), None)


@rights.needs(Right.OPEN_FILES)
def rows_of(desk: Desk, cases: list[Case], because: dict[str, str] | None = None) -> list[ChildRow]:
    """These cases as rows of the list, in the same order."""
    reading = desk.vault.read
    people = reading.by_ids(Person, [item.child for item in cases])
    few = len(cases) <= 50
    tasks = _first_tasks(desk, cases if few else None)
    stages = _stages_now(desk, cases if few else None)
    rules = _rules(desk, cases if few else None)
    rows = []
    for case in cases:
        child = people.get(case.child)
        name = (child.name or child.preferred_name) if child is not None else ""
        rows.append(
            ChildRow(
                case=case,
                name=name,
                age=age_on(child.birth_date, desk.clock.today()) if child is not None else None,
                stage=stages.get(case.id, ""),
                next_task=tasks.get(case.id),
                contact=rules.get(case.id, ""),
                because=(because or {}).get(case.id, ""),
                called=child.preferred_name if child is not None else "",
            )
        )
    return rows


def _first_tasks(desk: Desk, cases: list[Case] | None) -> dict[str, Task]:
    reading = desk.vault.read
    if cases is None:
        tasks = reading.find(Task, state="open")
    else:
        tasks = [item for case in cases for item in reading.find(Task, case=case.id, state="open")]
    first: dict[str, Task] = {}
    for task in tasks:
        known = first.get(task.case)
        if known is None or (task.due or "9999") < (known.due or "9999"):
            first[task.case] = task
    return first


def _stages_now(desk: Desk, cases: list[Case] | None) -> dict[str, str]:
    """Case id → short title of the stage it is at."""
    reading = desk.vault.read
    if cases is None:
        links = reading.find(InProceeding)
        instances = reading.find(StageInstance)
    else:
        links = [item for case in cases for item in reading.find(InProceeding, case=case.id)]
        instances = [
            item for link in links for item in reading.find(StageInstance, proceeding=link.proceeding)
        ]
    latest: dict[str, StageInstance] = {}
    for item in instances:
        known = latest.get(item.proceeding)
        if item.state not in NOT_BEGUN and (known is None or item.since >= known.since):
            latest[item.proceeding] = item
    titles = {item.id: say(item.short) for item in desk.packs.stages.stage}
    return {
        link.case: titles.get(latest[link.proceeding].stage, latest[link.proceeding].stage)
        for link in links
        if link.proceeding in latest
    }


def _rules(desk: Desk, cases: list[Case] | None) -> dict[str, str]:
    reading = desk.vault.read
    if cases is None:
        rules = reading.find(SafeContact)
    else:
        rules = [item for case in cases for item in reading.find(SafeContact, case=case.id)]
    by_case: dict[str, list[SafeContact]] = {}
    for item in rules:
        by_case.setdefault(item.case, []).append(item)
    return {
        case: rule_in_words(rule)
        for case, said in by_case.items()
        if (rule := in_force(said, desk.today)) is not None
    }


@rights.needs(Right.OPEN_FILES)
def case_list(desk: Desk) -> list[dict[str, Any]]:
    """``case list --json``."""
    return [
        {
            "code": row.code,
            "name": row.name,
            "stage": row.stage,
            "age": row.age,
            "id": row.case.id,
            "opened": row.case.opened,
            "next": row.next_task.what if row.next_task is not None else "",
            "due": row.next_task.due if row.next_task is not None else "",
        }
        for row in children(desk)
    ]


@rights.needs(Right.OPEN_FILES)
def as_json(desk: Desk, file: CaseFile) -> dict[str, Any]:
    """``case show --json``: what is recorded, in plain shapes."""
    now = file.stage_now()
    rule = file.safe_contact(desk.today)
    shown = view(desk, file)
    return {
        "code": file.code,
        "id": file.case.id,
        "name": file.child.name,
        "preferred_name": file.child.preferred_name,
        "birth_date": file.child.birth_date,
        "age": file.age(desk.clock.today()),
        "pronoun": file.child.pronoun,
        "nation": file.nation(desk.today),
        "opened": file.case.opened,
        "stage": now.stage if now is not None else "",
        "stage_title": say(stage_named(desk, now.stage).title) if now is not None else "",
        "stages": [
            {
                "id": item.id,
                "stage": item.stage,
                "since": item.since,
                "until": item.until,
                "state": item.state,
            }
            for item in file.stages
        ],
        "carers": [
            {
                "id": item.id,
                "name": file.person_name(item.person),
                "relation": item.relation,
                "lives_with": item.lives_with,
            }
            for item in file.carers
        ],
        "siblings": [
            {"id": item.id, "name": file.person_name(item.person), "relation": item.relation}
            for item in file.siblings
        ],
        "safe_contact": rule_in_words(rule) if rule is not None else "",
        "team": [
            {
                "id": item.id,
                "name": item.name,
                "role": item.role,
                "agency": item.agency_name,
                "outcome": item.outcome,
                "since": item.since,
                "until": item.until,
            }
            for item in present(desk, file)
        ],
        "needs": {item.need.id: item.state for item in needs(desk, file)},
        "assessment": {
            "known": shown.count(Standing.KNOWN),
            "to_check": shown.count(Standing.TO_CHECK),
            "open": shown.count(Standing.OPEN),
            "total": shown.total,
            "signed": [item.version for item in file.sign_offs if item.what == "assessment"],
        },
        "tasks": [{"what": item.what, "due": item.due, "state": item.state} for item in file.tasks],
        "copies": [
            {
                "copy_number": item.copy_number,
                "what": item.what,
                "edition": item.edition,
                "recipient": item.recipient_name,
                "on": item.on,
                "content_hash": item.content_hash,
                "held_back": item.held_back or {},
            }
            for item in file.releases
        ],
    }


def plan_json(file: CaseFile) -> dict[str, Any]:
    """``plan show --json``."""
    plan = file.plan
    return {
        "code": file.code,
        "review_on": plan.review_on if plan is not None else "",
        "agreed": [
            {"version": item.version, "on": item.on} for item in file.sign_offs if item.what == "plan"
        ],
        "goals": [
            {
                "id": goal.id,
                "need": goal.need,
                "words": goal.words,
                "subject": goal.subject,
                "source": goal.source,
                "told_on": goal.told_on,
                "actions": [
                    {
                        "id": item.id,
                        "what": item.what,
                        "lead": item.lead_name,
                        "by_when": item.by_when,
                        "status": item.status,
                        "status_words": status_words(item.status),
                        "service": item.service,
                    }
                    for item in actions_of(file, goal)
                ],
            }
            for goal in file.goals
        ],
        "views": [
            {"who": item.who_name, "view": item.view, "words": item.words, "on": item.on}
            for item in file.plan_views
        ],
    }
