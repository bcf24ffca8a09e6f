"""The one door (design §8): what one recipient may have for one purpose, computed here and nowhere else.

An item passes when its information category is agreed, or lawfully shared, for this recipient, this purpose and this
subject. What is held back is absent; how many items and why is told to the register only.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from csa_desk.casework.answers import QuestionView, Standing, view
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.consenting import Recipient, allowed
from csa_desk.casework.desk import Desk
from csa_desk.casework.ground import ground
from csa_desk.casework.imprint import imprint_of
from csa_desk.casework.planning import NEEDS_A_LEAD, actions_of, by_need, needs, status_words
from csa_desk.casework.print_words import PrintWords
from csa_desk.casework.stages import timeline
from csa_desk.casework.team import present, role_title
from csa_desk.casework.therapy import Checklist, checklist
from csa_desk.content.models import say
from csa_desk.errors import RefusedError
from csa_desk.records.assessment import CHILD_SUBJECT, AnswerState, Source
from csa_desk.records.cases import TeamMember
from csa_desk.records.categories import Category
from csa_desk.records.consent import Purpose
from csa_desk.records.dates import spoken
from csa_desk.records.directory import Service
from csa_desk.records.disclosure import (
    DOOR,
    ActionCopy,
    Band,
    Disclosure,
    Edition,
    FactCopy,
    GoalCopy,
    LineCopy,
    LineGroup,
    SectionCopy,
    StageCopy,
    TeamCopy,
    What,
)
from csa_desk.records.justice import MarkState
from csa_desk.records.plan import Action, Goal
from csa_desk.records.safety import AtHome

# Team roles whose very presence tells something about the child, by group of the roles pack and by role.
_ROLE_TELLS = {
    "therapist": Category.THERAPY_ATTENDANCE,
    "independent-therapist": Category.THERAPY_ATTENDANCE,
    "therapeutic-service": Category.THERAPY_ATTENDANCE,
}
_GROUP_TELLS = {
    "justice": Category.JUSTICE,
    "health": Category.HEALTH,
    "learning": Category.EDUCATION,
    "safety": Category.SAFEGUARDING,
}
# Sections of answers a professional plan shows, by information category, with the print slot of their title.
_ANSWERS_SHOWN = ((Category.COMMUNICATION, "communication-title"), (Category.WISHES, "wishes-title"))
_PERMISSIONS = {"yes": "Yes", "no": "No", "not-known": "Not known: ask first"}
OWN_FILE = Recipient("own-file", "own file")


@dataclass(slots=True)
class Sieve:
    """Decides item by item, and counts by category what was held back."""

    everything: bool
    by_subject: dict[str, frozenset[str]]
    held_back: Counter[str] = field(default_factory=Counter)

    def passes(self, *categories: str, subject: str = CHILD_SUBJECT) -> bool:
        """Whether an item of these categories about this subject may leave; if not, it is counted."""
        if self.everything:
            return True
        agreed = self.by_subject.get(subject, frozenset())
        missing = [item for item in categories if item and item not in agreed]
        if missing:
            self.held_back[missing[0]] += 1
        return not missing


@dataclass(frozen=True, slots=True)
class Computed:
    """A disclosure and, for the register alone, how many items of which category were held back."""

    disclosure: Disclosure
    held_back: dict[str, int]


def sieve_for(desk: Desk, file: CaseFile, recipient: Recipient, purpose: str) -> Sieve:
    """What this recipient may have about the child and about each carer, brother and sister."""
    if recipient == OWN_FILE:
        return Sieve(everything=True, by_subject={})
    subjects = [
        CHILD_SUBJECT,
        "family",
        *(item.id for item in file.carers),
        *(item.id for item in file.siblings),
    ]
    return Sieve(
        everything=False,
        by_subject={
            subject: allowed(desk, file, recipient, purpose, subject).categories for subject in subjects
        },
    )


def professional_plan(
    desk: Desk, file: CaseFile, recipient: Recipient, *, purpose: str = Purpose.SUPPORT, copy: str = ""
) -> Computed:
    """The plan for an agency, or, for :data:`OWN_FILE`, the service's own whole copy."""
    own = recipient == OWN_FILE
    sieve = sieve_for(desk, file, recipient, purpose)
    named = sieve.passes(Category.IDENTITY)
    child = file.child.name if named else file.code
    words = PrintWords(desk, Edition.PROFESSIONAL, None)
    called = file.called if named else file.code
    wording = words.filled(
        name=called,
        practitioner=desk.practitioner().name,
        service=desk.own_service().name,
        agency=recipient.name,
        date=spoken(desk.today),
        number=copy,
        review=spoken(file.plan.review_on) if file.plan is not None and file.plan.review_on else "",
    )
    wording["copy-sentence"] = wording.get("own-file-copy-sentence" if own else "agreed-copy-sentence", "")
    safe = tuple(_safe_contact(desk, file, wording)) if sieve.passes(Category.SAFEGUARDING) else ()
    plan = file.plan
    disclosure = Disclosure(
        door=DOOR,
        what=What.PLAN,
        edition=Edition.PROFESSIONAL,
        band=None,
        recipient=recipient.id,
        recipient_name="" if own else recipient.name,
        purpose=purpose,
        own_file=own,
        child_name=child,
        imprint=imprint_of(desk, file, copy),
        wording=wording,
        goals=tuple(_goals(desk, file, sieve)),
        team=tuple(_team(desk, file, sieve)),
        sections=(*safe, *_needs(desk, file, sieve, wording), *_answers(desk, file, sieve, wording)),
        journey=tuple(_journey(desk, file)) if sieve.passes(Category.JUSTICE) else (),
        agreement=tuple(_agreement(desk, file)) if sieve.passes(Category.NEEDS) else (),
        review_on=spoken(plan.review_on)
        if plan is not None and plan.review_on and sieve.passes(Category.NEEDS)
        else "",
    )
    return Computed(disclosure, dict(sieve.held_back))


def child_plan(desk: Desk, file: CaseFile, band: Band, *, at_home: str, copy: str = "") -> Computed:
    """The child's own copy. Unless the paper is safe where they live it holds topics only and stays here."""
    words = PrintWords(desk, Edition.CHILD, band)
    safe = at_home in (AtHome.YES, AtHome.IN_PERSON)
    plan = file.plan
    wording = words.filled(
        name=file.called,
        practitioner=desk.practitioner().name.split(" ")[0] or desk.own_service().name,
        service=desk.own_service().name,
        date=spoken(desk.today),
        number=copy,
        review=spoken(plan.review_on) if plan is not None and plan.review_on else "",
    )
    if at_home == AtHome.YES:
        wording.pop("paper-stays", None)
    goals = tuple(_child_goals(desk, file, topics_only=not safe))
    disclosure = Disclosure(
        door=DOOR,
        what=What.PLAN,
        edition=Edition.CHILD,
        band=band,
        recipient=file.child.id,
        recipient_name=file.called,
        purpose=Purpose.SUPPORT,
        own_file=False,
        child_name=file.called,
        imprint=imprint_of(desk, file, copy, neutral=file.case.neutral_header or at_home != AtHome.YES),
        wording=wording,
        goals=goals,
        team=tuple(_child_team(desk, file)) if safe else (),
        review_on=spoken(plan.review_on) if plan is not None and plan.review_on and safe else "",
    )
    return Computed(disclosure, {} if safe else {"home-safety": len(file.goals)})


def checklist_copy(
    desk: Desk, file: CaseFile, *, stage: str = "", role: str = "", copy: str = ""
) -> Computed:
    """The checklist of a stage as worked in this case: an own-file copy."""
    shown = checklist(desk, file, stage=stage, role=role)
    words = PrintWords(desk, Edition.PROFESSIONAL, None)
    wording = words.filled(
        name=file.called,
        practitioner=desk.practitioner().name,
        service=desk.own_service().name,
        date=spoken(desk.today),
        number=copy,
    )
    wording["copy-sentence"] = wording.get("own-file-copy-sentence", "")
    disclosure = Disclosure(
        door=DOOR,
        what=What.CHECKLIST,
        edition=Edition.PROFESSIONAL,
        band=None,
        recipient=OWN_FILE.id,
        recipient_name="",
        purpose=Purpose.SUPPORT,
        own_file=True,
        child_name=file.child.name,
        imprint=imprint_of(desk, file, copy),
        wording=wording,
        groups=tuple(checklist_groups(desk, shown)),
        journey=tuple(_journey(desk, file)),
    )
    return Computed(disclosure, {})


def checklist_groups(desk: Desk, shown: Checklist) -> Iterator[LineGroup]:
    """The position in force, then the stage's lines."""
    for position in desk.packs.pretrial_therapy.position:
        if position.shown and position.line:
            first = position.line[0]
            known = ground(desk, first, desk.packs.pretrial_therapy.pack)
            yield LineGroup(
                say(position.title),
                (LineCopy(text=say(first.text), source=known.line, note=known.note),),
            )
    lines = tuple(
        LineCopy(
            text=line.title,
            why=line.why,
            source=line.ground.line,
            note=line.ground.note,
            state=_line_state(line.state, care=line.care),
            done=line.done,
            older=line.older,
        )
        for line in shown.lines
    )
    yield LineGroup(shown.title, lines, shown.nothing)


def _line_state(state: str, *, care: bool) -> str:
    if state == MarkState.OPEN and care:
        return MarkState.CARE
    return state


def _goals(desk: Desk, file: CaseFile, sieve: Sieve) -> Iterator[GoalCopy]:
    for need, goals in by_need(desk, file):
        for goal in goals:
            if not sieve.passes(Category.NEEDS, subject=goal.subject):
                continue
            worded = sieve.passes(Category.WISHES, subject=goal.subject)
            yield GoalCopy(
                need=say(need.short),
                words=goal.words if worded else "",
                said=_said(file, goal) if worded else "",
                actions=tuple(
                    _action(desk, action)
                    for action in actions_of(file, goal)
                    if sieve.passes(Category.NEEDS, action.category, subject=goal.subject)
                ),
            )


def _said(file: CaseFile, goal: Goal) -> str:
    who = {
        Source.CHILD: file.called,
        Source.CARER: file.subject_name(goal.subject) if goal.subject != CHILD_SUBJECT else "Carer",
        Source.WORKER: "Another worker",
        Source.FILE: "From the file",
        Source.MY_VIEW: "Practitioner’s view",
    }
    return f"{who.get(Source(goal.source), '') if goal.source else ''}, {spoken(goal.told_on)}".strip(", ")


def _action(desk: Desk, action: Action) -> ActionCopy:
    service = desk.vault.read.get(Service, action.service) if action.service else None
    return ActionCopy(
        what=action.what,
        lead=action.lead_name or NEEDS_A_LEAD,
        by_when=spoken(action.by_when) if action.by_when else "Ongoing",
        status=status_words(action.status),
        service=service.name if service is not None and not service.removed else "",
    )


def _team(desk: Desk, file: CaseFile, sieve: Sieve) -> Iterator[TeamCopy]:
    for member in present(desk, file):
        if sieve.passes(Category.NEEDS, _member_tells(desk, member)):
            yield TeamCopy(
                name=member.name,
                role=role_title(desk, member.role),
                agency=member.agency_name,
                outcome=member.outcome,
                since=spoken(member.since) if member.since else "",
            )


def _member_tells(desk: Desk, member: TeamMember) -> str:
    """The category that somebody's very presence in the team tells, or empty."""
    if member.role in _ROLE_TELLS:
        return _ROLE_TELLS[member.role]
    known = next((item for item in desk.packs.roles.role if item.id == member.role), None)
    if known is None:
        return Category.SAFEGUARDING if member.role else ""
    return _GROUP_TELLS.get(known.group, "")


def _safe_contact(desk: Desk, file: CaseFile, wording: dict[str, str]) -> Iterator[SectionCopy]:
    rule = file.safe_contact(desk.today)
    facts: list[FactCopy] = []
    if rule is not None:
        facts = [
            FactCopy(label, value)
            for label, value in (
                ("Who to contact", rule.who),
                ("Number", rule.number),
                ("Phone call", _PERMISSIONS.get(rule.call, "")),
                ("Voicemail", _PERMISSIONS.get(rule.voicemail, "")),
                ("Text message", _PERMISSIONS.get(rule.text_message, "")),
                ("Email", _PERMISSIONS.get(rule.email, "")),
                ("Letter", _PERMISSIONS.get(rule.letter, "")),
                ("Unmarked envelope", _PERMISSIONS.get(rule.unmarked_envelope, "")),
                ("Times", rule.times),
                ("Code word", "Set: ask the practitioner" if rule.code_word else ""),
                ("Must not know", rule.must_not_know),
                ("School pick-up", rule.school_pick_up),
            )
            if value
        ]
    facts.extend(
        FactCopy(_PROTECTS.get(item.protects, item.protects), item.person_name, item.source)
        for item in file.protective_in_force(desk.today)
    )
    title = wording.get("safe-contact-title", "Safe contact")
    yield SectionCopy(title, tuple(facts) or (FactCopy(wording.get("safe-contact-none", "None set"), ""),))


_PROTECTS = {
    "unsafe-to-contact": "Unsafe to contact",
    "must-not-know": "Must not know",
    "order-in-force": "Order in force",
    "bail-condition-in-force": "Bail condition in force",
}


def _needs(desk: Desk, file: CaseFile, sieve: Sieve, wording: dict[str, str]) -> Iterator[SectionCopy]:
    if sieve.passes(Category.NEEDS):
        yield SectionCopy(
            wording.get("needs-title", "Needs"),
            tuple(FactCopy(item.title, item.words) for item in needs(desk, file)),
        )


def _answers(desk: Desk, file: CaseFile, sieve: Sieve, wording: dict[str, str]) -> Iterator[SectionCopy]:
    shown = view(desk, file)
    for category, slot in _ANSWERS_SHOWN:
        facts = []
        for section in shown.sections:
            for item in section.asked:
                answer = item.answer
                if answer is None or item.standing == Standing.HIDDEN or answer.category != category:
                    continue
                if answer.state != AnswerState.ANSWERED:
                    continue
                if sieve.passes(category, subject=item.subject):
                    facts.append(FactCopy(item.text, item.shown, _source(file, item)))
        if facts:
            titles = {"communication-title": "How to talk together", "wishes-title": "Wishes and feelings"}
            yield SectionCopy(wording.get(slot, titles[slot]), tuple(facts))


def _source(file: CaseFile, item: QuestionView) -> str:
    answer = item.answer
    if answer is None:
        return ""
    who = {
        Source.CHILD: file.called,
        Source.CARER: "Carer",
        Source.WORKER: "Another worker",
        Source.FILE: "File",
        Source.MY_VIEW: "Practitioner’s view",
    }
    return f"{who.get(Source(answer.source), '') if answer.source else ''}, {spoken(answer.told_on)}".strip(
        ", "
    )


def _journey(desk: Desk, file: CaseFile) -> Iterator[StageCopy]:
    for point in timeline(desk, file):
        yield StageCopy(point.title, point.when, point.state)


def _agreement(desk: Desk, file: CaseFile) -> Iterator[FactCopy]:
    agreed = [item for item in file.sign_offs if item.what == "plan"]
    if agreed:
        yield FactCopy(f"Version {agreed[-1].version}", f"agreed on {spoken(agreed[-1].on)}")
    words = {
        "agreed": "agreed",
        "agreed-in-part": "agreed in part",
        "did-not-agree": "did not agree",
        "not-asked": "was not asked",
    }
    for said in file.plan_views:
        name = file.called if said.who == CHILD_SUBJECT else said.who_name
        quote = f" “{said.words}”" if said.words else ""
        yield FactCopy(name, f"{words.get(said.view, said.view)}, {spoken(said.on)}.{quote}")


def _child_goals(desk: Desk, file: CaseFile, *, topics_only: bool) -> Iterator[GoalCopy]:
    for need, goals in by_need(desk, file):
        mine = [item for item in goals if item.subject == CHILD_SUBJECT]
        if topics_only:
            if mine:
                yield GoalCopy(need=say(need.child), words="", said="", actions=())
            continue
        for goal in mine:
            yield GoalCopy(
                need=say(need.child),
                words=goal.words if goal.source == Source.CHILD else "",
                said="",
                actions=tuple(
                    _child_action(action)
                    for action in actions_of(file, goal)
                    if action.category not in (Category.SAFEGUARDING, Category.JUSTICE)
                    and action.status != "stopped"
                ),
            )


def _child_action(action: Action) -> ActionCopy:
    return ActionCopy(
        what=action.child_words or action.what,
        lead=action.lead_name.split(" ")[0],
        by_when=spoken(action.by_when) if action.by_when else "",
        status="",
    )


def _child_team(desk: Desk, file: CaseFile) -> Iterator[TeamCopy]:
    for member in present(desk, file):
        if _member_tells(desk, member) == Category.SAFEGUARDING:
            continue
        yield TeamCopy(
            name=member.name or member.agency_name,
            role=role_title(desk, member.role),
            agency="",
            outcome="",
            since="",
        )


def refuse_unavailable(edition: str) -> None:
    """Raise :class:`RefusedError` for an edition this version does not print."""
    if edition not in set(Edition):
        raise RefusedError(
            f"The {edition} edition is not in this version. Use professional or child; nothing was printed."
        )
