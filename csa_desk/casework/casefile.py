"""One child's file, read whole: what every page and print of a case starts from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from csa_desk.casework.desk import Desk
from csa_desk.casework.recipients import Linking
from csa_desk.casework.rights import Right, needs
from csa_desk.errors import InputError
from csa_desk.records import assessment, cases, consent, justice, plan, register, safety
from csa_desk.records.dates import age_on
from csa_desk.records.fields import Record
from csa_desk.store.reading import Reading

NOT_BEGUN = ("planned", "vacated")
"""States of a stage that the case is not, or was never, at."""

KEPT_FROM_YOU = (
    "Your service keeps this child’s file from you, so it does not open here. If you think that is a mistake, ask the "
    "person who looks after this vault."
)

Dated = TypeVar("Dated", cases.Jurisdiction, cases.HomeArea, safety.SafeContact)


@dataclass(slots=True)
class CaseFile:
    """Everything recorded about one case, removed records left out, each list in the order it was recorded."""

    case: cases.Case
    child: cases.Person
    people: dict[str, cases.Person]
    jurisdictions: list[cases.Jurisdiction]
    home_areas: list[cases.HomeArea]
    episodes: list[cases.Episode]
    carers: list[cases.Carer]
    siblings: list[cases.Sibling]
    contact_points: list[cases.ContactPoint]
    responsibilities: list[cases.ParentalResponsibility]
    team: list[cases.TeamMember]
    referrals: list[cases.ReferralIn]
    tasks: list[cases.Task]
    safe_contacts: list[safety.SafeContact]
    protective: list[safety.ProtectiveFact]
    home_safety: list[safety.HomeSafety]
    risks: list[safety.RiskJudgement]
    consents: list[consent.ConsentDecision]
    sharing: list[consent.SharingDecision]
    proceedings: list[justice.Proceeding]
    stages: list[justice.StageInstance]
    marks: list[justice.ChecklistMark]
    therapy_dates: list[justice.TherapyDate]
    answers: dict[str, assessment.Answer]
    need_views: list[assessment.NeedView]
    sign_offs: list[assessment.SignOff]
    plans: list[plan.Plan]
    goals: list[plan.Goal]
    actions: list[plan.Action]
    plan_views: list[plan.PlanView]
    releases: list[register.Release]

    @property
    def code(self) -> str:
        """The case code."""
        return self.case.code

    @property
    def scope(self) -> str:
        """The case's scope in history."""
        return f"case:{self.case.id}"

    @property
    def called(self) -> str:
        """What the child is called: preferred name, else the first of their names, else the code."""
        return self.child.preferred_name or self.child.name.split(" ")[0] or self.case.code

    @property
    def episode(self) -> cases.Episode | None:
        """The open period of support, or the last one."""
        still = [item for item in self.episodes if not item.closed]
        ordered = still or self.episodes
        return ordered[-1] if ordered else None

    @property
    def plan(self) -> plan.Plan | None:
        """The plan of the current episode."""
        episode = self.episode
        own = [item for item in self.plans if episode is None or item.episode == episode.id]
        return own[-1] if own else None

    def age(self, day: date) -> int | None:
        """The child's age on that day, where it can be told."""
        return age_on(self.child.birth_date, day)

    def nation(self, day: str) -> str:
        """The nation whose law the case stands under on that day."""
        found = in_force(self.jurisdictions, day)
        return found.nation if found is not None else cases.Nation.ENGLAND

    def home_area(self, day: str) -> cases.HomeArea | None:
        """Where the child lives on that day, as told; ``None`` where nobody said."""
        return in_force(self.home_areas, day)

    def person_name(self, person: str) -> str:
        """The name of a person in this file, or empty."""
        found = self.people.get(person)
        return (found.preferred_name or found.name) if found is not None else ""

    def subject_name(self, subject: str) -> str:
        """Whose answer, need or goal: the child, a carer, a brother or sister, the family."""
        if subject == assessment.CHILD_SUBJECT:
            return self.called
        if subject == assessment.FAMILY_SUBJECT:
            return "The family"
        for carer in self.carers:
            if carer.id == subject:
                return self.person_name(carer.person) or carer.relation
        for sibling in self.siblings:
            if sibling.id == subject:
                return self.person_name(sibling.person) or sibling.relation
        return ""

    def safe_contact(self, day: str) -> safety.SafeContact | None:
        """The rule for reaching the family that is in force on that day."""
        return in_force(self.safe_contacts, day)

    def protective_in_force(self, day: str) -> list[safety.ProtectiveFact]:
        """Protective facts that hold on that day."""
        ended = {item.ends for item in self.protective if item.ends and item.since <= day}
        return [
            item
            for item in self.protective
            if not item.ends
            and item.id not in ended
            and item.since <= day
            and (not item.until or day <= item.until)
        ]

    def at_home(self, day: str) -> str:
        """The last answer to the home-safety question, or empty."""
        past = sorted((item for item in self.home_safety if item.on <= day), key=_on)
        return past[-1].answer if past else ""

    def stage_now(self, day: str = "") -> justice.StageInstance | None:
        """The stage the criminal track is at (on that day, if given): the last one begun, planned ones left out."""
        criminal = {item.id for item in self.proceedings if item.track == justice.Track.CRIMINAL}
        begun = [
            item
            for item in self.stages
            if item.proceeding in criminal
            and item.state not in NOT_BEGUN
            and item.since
            and (not day or item.since <= day)
        ]
        return sorted(begun, key=_since)[-1] if begun else None

    def heads_of(self, reading: Reading, records: list[Record]) -> dict[str, list[str]]:
        """Record id → its latest revisions, for what a sign-off freezes."""
        return {item.id: list(reading.heads(type(item), item.id)) for item in records}


def in_force(events: Iterable[Dated], day: str) -> Dated | None:
    """The event in force on that day: the one that began last; of two that began on one day, the later recorded."""
    past = sorted((item for item in events if item.since <= day), key=_since)
    return past[-1] if past else None


def _since(item: cases.Jurisdiction | cases.HomeArea | safety.SafeContact | justice.StageInstance) -> str:
    return item.since


def _on(item: safety.HomeSafety) -> str:
    return item.on


def subject_named(file: CaseFile, named: str) -> str:
    """``child``, ``family``, or the id of the carer, brother or sister with this id or name."""
    if named in (assessment.CHILD_SUBJECT, assessment.FAMILY_SUBJECT, ""):
        return named or assessment.CHILD_SUBJECT
    names = {person: item.name.casefold() for person, item in file.people.items()}
    people: list[cases.Carer | cases.Sibling] = [*file.carers, *file.siblings]
    family = {item.id: names.get(item.person) for item in people}
    if named in family:
        return named
    fitting = [number for number, name in family.items() if name == named.casefold()]
    if len(fitting) > 1:
        raise InputError("More than one person in this case has that name: give the id. Nothing was changed.")
    if not fitting:
        raise InputError(
            "There is no such child, carer, brother or sister in this case. Nothing was changed."
        )
    return fitting[0]


@needs(Right.OPEN_FILES)
def find_case(desk: Desk, named: str) -> cases.Case:
    """The case with this code or id. Raises :class:`InputError`, or ``NotAllowedError`` where it is kept from them."""
    wanted = named.strip()
    reading = desk.vault.whole
    found = reading.find(cases.Case, code=wanted.upper()) or [
        item for item in [reading.get(cases.Case, wanted.lower())] if item is not None and not item.removed
    ]
    if not found:
        raise InputError("There is no child with that code in this vault. See “csa-desk case list”.")
    if found[0].id in desk.vault.hidden:
        desk.refuse_because(KEPT_FROM_YOU, "kept-out", f"case:{found[0].id}")
    return found[0]


@needs(Right.OPEN_FILES)
def open_file(desk: Desk, named: str, *, log: str = "opened") -> CaseFile:
    """Read a case whole; the reading is logged under this code, unless it is empty or the vault is read-only."""
    case = find_case(desk, named)
    if log and not desk.vault.read_only:
        with desk.vault.write() as writing:
            writing.log_access(log, f"case:{case.id}")
    return load(desk.vault.read, case)


def load(reading: Reading, case: cases.Case) -> CaseFile:
    """Everything of a case over one connection, also inside a transaction."""
    at = case.id
    carers = reading.find(cases.Carer, case=at)
    siblings = reading.find(cases.Sibling, case=at)
    protective = reading.find(safety.ProtectiveFact, case=at)
    links = reading.find(justice.InProceeding, case=at)
    numbers = [item.proceeding for item in links]
    proceedings = list(reading.by_ids(justice.Proceeding, numbers).values())
    stages = [item for number in numbers for item in reading.find(justice.StageInstance, proceeding=number)]
    wanted = [case.child, *(item.person for item in carers), *(item.person for item in siblings)]
    people = reading.by_ids(cases.Person, list(dict.fromkeys(wanted)))
    plans = reading.find(plan.Plan, case=at)
    consents = reading.find(consent.ConsentDecision, case=at)
    sharing = reading.find(consent.SharingDecision, case=at)
    linking = Linking(
        reading, [*(item.recipient for item in consents), *(item.recipient for item in sharing)]
    )
    return CaseFile(
        case=case,
        child=people.get(case.child, cases.Person(id=case.child)),
        people=people,
        jurisdictions=reading.find(cases.Jurisdiction, case=at),
        home_areas=reading.find(cases.HomeArea, case=at),
        episodes=reading.find(cases.Episode, case=at),
        carers=carers,
        siblings=siblings,
        contact_points=reading.find(cases.ContactPoint, case=at),
        responsibilities=reading.find(cases.ParentalResponsibility, case=at),
        team=linking.team(reading.find(cases.TeamMember, case=at)),
        referrals=reading.find(cases.ReferralIn, case=at),
        tasks=reading.find(cases.Task, case=at),
        safe_contacts=reading.find(safety.SafeContact, case=at),
        protective=protective,
        home_safety=reading.find(safety.HomeSafety, case=at),
        risks=reading.find(safety.RiskJudgement, case=at),
        consents=linking.decisions(consents),
        sharing=linking.decisions(sharing),
        proceedings=proceedings,
        stages=sorted(stages, key=_since),
        marks=reading.find(justice.ChecklistMark, case=at),
        therapy_dates=reading.find(justice.TherapyDate, case=at),
        answers={item.id: item for item in reading.find(assessment.Answer, case=at)},
        need_views=reading.find(assessment.NeedView, case=at),
        sign_offs=reading.find(assessment.SignOff, case=at),
        plans=plans,
        goals=sorted(reading.find(plan.Goal, case=at), key=_place),
        actions=sorted(reading.find(plan.Action, case=at), key=_place),
        plan_views=reading.find(plan.PlanView, case=at),
        releases=reading.find(register.Release, case=at),
    )


def _place(item: plan.Goal | plan.Action) -> str:
    return item.place
