"""The parts of a professional copy of the plan: each item passes the sieve or is absent."""

import re
from collections.abc import Iterable, Iterator

from csa_desk.casework import rights
from csa_desk.casework.answers import QuestionView, Standing, view
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.desk import Desk
from csa_desk.casework.directory_freshness import print_words, wait_words
from csa_desk.casework.plan_needs import by_need
from csa_desk.casework.plan_needs import needs as need_states
from csa_desk.casework.planning import NEEDS_A_LEAD, actions_of, status_words
from csa_desk.casework.rights import Right
from csa_desk.casework.sieve import Sieve
from csa_desk.casework.stages import timeline
from csa_desk.casework.team import present, role_named, role_title
from csa_desk.content.models import say
from csa_desk.records.assessment import CHILD_SUBJECT, AnswerState, Source
from csa_desk.records.cases import TeamMember
from csa_desk.records.categories import Category
from csa_desk.records.dates import spoken
from csa_desk.records.directory import Service, ServiceStatus
from csa_desk.records.disclosure import ActionCopy, FactCopy, GoalCopy, SectionCopy, StageCopy, TeamCopy
from csa_desk.records.plan import Action, Goal
from csa_desk.records.safety import ProtectiveFact, Protects

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
# What a role in the user's own words may tell: nobody can sort it, so it is told to those who may have all of this.
OWN_WORDS_TELL = (
    Category.THERAPY_ATTENDANCE,
    Category.JUSTICE,
    Category.HEALTH,
    Category.EDUCATION,
    Category.SAFEGUARDING,
)
# Sections of answers a professional plan shows, by information category, with the print slot of their title.
_ANSWERS_SHOWN = ((Category.COMMUNICATION, "communication-title"), (Category.WISHES, "wishes-title"))
_PERMISSIONS = {"yes": "Yes", "no": "No", "not-known": "Not known: ask first"}


@rights.needs(Right.OPEN_FILES)
def goals(desk: Desk, file: CaseFile, sieve: Sieve) -> Iterator[GoalCopy]:
    """Goals under the needs that may be told of; under a need that may not, nothing."""
    for need, goals in by_need(desk, file):
        for goal in goals:
            if not sieve.passes(Category.NEEDS, need.tells.category, subject=goal.subject):
                continue
            worded = sieve.passes(Category.WISHES, subject=goal.subject)
            actions = tuple(
                _action(desk, action, named=sieve.passes(*lead_tells(desk, file, action)))
                for action in actions_of(file, goal)
                if sieve.passes(Category.NEEDS, _about(desk, file, action), subject=goal.subject)
            )
            if worded or actions:
                yield GoalCopy(
                    need=say(need.short),
                    words=goal.words if worded else "",
                    said=_said(file, goal) if worded else "",
                    actions=actions,
                )


def _about(desk: Desk, file: CaseFile, action: Action) -> str:
    """What kind of information an action is: as it was given, else therapy where a therapist leads it."""
    if action.category:
        return action.category
    therapy = (Category.THERAPY_ATTENDANCE,)
    return therapy[0] if lead_tells(desk, file, action) == therapy else ""


def _said(file: CaseFile, goal: Goal) -> str:
    carers = {item.id for item in file.carers}
    who = {
        Source.CHILD: file.called,
        Source.CARER: file.subject_name(goal.subject) if goal.subject in carers else "Carer",
        Source.WORKER: "Another worker",
        Source.FILE: "From the file",
        Source.MY_VIEW: "Practitioner’s view",
    }
    return f"{who.get(Source(goal.source), '') if goal.source else ''}, {spoken(goal.told_on)}".strip(", ")


@rights.needs(Right.OPEN_FILES)
def lead_tells(desk: Desk, file: CaseFile, action: Action) -> tuple[str, ...]:
    """The categories that the name of an action's lead tells, as a member of the team."""
    lead = next((item for item in file.team if item.id == action.lead), None)
    return member_tells(desk, lead) if lead is not None else ()


def _service_words(desk: Desk, service: Service) -> str:
    """A service of the directory on paper: its name and number, how long one waits, and how sure that is."""
    wait = wait_words(desk, service)
    if service.status in (ServiceStatus.DEFUNCT, ServiceStatus.INACTIVE):
        sure = "it does not run any more"
    else:
        sure = print_words(desk, service)
    reach = f"{service.name}, {service.phone}" if service.phone else service.name
    known = f"{reach}; waiting time {wait}" if wait else reach
    return f"{known} ({sure})"


def _action(desk: Desk, action: Action, *, named: bool) -> ActionCopy:
    service = desk.vault.read.get(Service, action.service) if action.service else None
    return ActionCopy(
        what=action.what,
        lead=(action.lead_name or NEEDS_A_LEAD) if named else "",
        by_when=spoken(action.by_when) if action.by_when else "Ongoing",
        status=status_words(action.status),
        service=_service_words(desk, service) if service is not None and not service.removed else "",
    )


@rights.needs(Right.OPEN_FILES)
def team(desk: Desk, file: CaseFile, sieve: Sieve) -> Iterator[TeamCopy]:
    for member in present(desk, file):
        if sieve.passes(Category.NEEDS, *member_tells(desk, member)):
            yield TeamCopy(
                name=member.name,
                role=role_title(desk, member.role),
                agency=member.agency_name,
                outcome=member.outcome,
                since=spoken(member.since) if member.since else "",
            )


@rights.needs(Right.OPEN_FILES)
def member_tells(desk: Desk, member: TeamMember) -> tuple[str, ...]:
    """The categories that somebody's very presence in the team tells."""
    if not member.role.strip():
        return ()
    known = role_named(desk, member.role)
    if known is None:
        return OWN_WORDS_TELL
    tells = _ROLE_TELLS.get(known.id) or _GROUP_TELLS.get(known.group)
    return (tells,) if tells is not None else ()


@rights.needs(Right.OPEN_FILES)
def safe_contact(desk: Desk, file: CaseFile, wording: dict[str, str]) -> Iterator[SectionCopy]:
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
                ("School pick-up", _PERMISSIONS.get(rule.school_pick_up, rule.school_pick_up)),
            )
            if value
        ]
    in_force = file.protective_in_force(desk.today)
    facts.extend(_must_not_know(rule.must_not_know if rule is not None else "", in_force))
    facts.extend(
        FactCopy(_PROTECTS.get(item.protects, item.protects), item.person_name, item.source)
        for item in in_force
        if item.protects != Protects.MUST_NOT_KNOW
    )
    title = wording.get("safe-contact-title", "Safe contact")
    yield SectionCopy(title, tuple(facts) or (FactCopy(wording.get("safe-contact-none", "None set"), ""),))


def _must_not_know(rule: str, in_force: Iterable[ProtectiveFact]) -> Iterator[FactCopy]:
    """Who must not know, in one line: the words of the safe contact, and whom a protective fact names beside them."""
    told, sources = [rule] if rule else [], []
    for fact in in_force:
        if fact.protects == Protects.MUST_NOT_KNOW:
            name = re.compile(rf"(?<!\w){re.escape(fact.person_name.strip())}(?!\w)", re.IGNORECASE)
            if not any(name.search(words) for words in told):
                told.append(fact.person_name)
            sources.append(fact.source)
    if told:
        yield FactCopy("Must not know", "; ".join(told), "; ".join(dict.fromkeys(filter(None, sources))))


_PROTECTS = {
    "unsafe-to-contact": "Unsafe to contact",
    "order-in-force": "Order in force",
    "bail-condition-in-force": "Bail condition in force",
}


@rights.needs(Right.OPEN_FILES)
def needs(desk: Desk, file: CaseFile, sieve: Sieve, wording: dict[str, str]) -> Iterator[SectionCopy]:
    """The needs of the child, each by what kind of information it tells."""
    if sieve.passes(Category.NEEDS):
        told = [item for item in need_states(desk, file) if sieve.passes(item.need.tells.category)]
        if told:
            title = wording.get("needs-title", "Needs")
            yield SectionCopy(title, tuple(FactCopy(item.title, item.words) for item in told))


@rights.needs(Right.OPEN_FILES)
def answers(desk: Desk, file: CaseFile, sieve: Sieve, wording: dict[str, str]) -> Iterator[SectionCopy]:
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


@rights.needs(Right.OPEN_FILES)
def journey(desk: Desk, file: CaseFile) -> Iterator[StageCopy]:
    for point in timeline(desk, file):
        yield StageCopy(point.title, point.when, point.state)


@rights.needs(Right.OPEN_FILES)
def agreement(desk: Desk, file: CaseFile, sieve: Sieve) -> Iterator[FactCopy]:
    """Who agreed and when. What somebody said of the plan are their wishes; who of the family said it is family."""
    agreed = [item for item in file.sign_offs if item.what == "plan"]
    if agreed:
        yield FactCopy(f"Version {agreed[-1].version}", f"agreed on {spoken(agreed[-1].on)}")
    tells = {item.name: member_tells(desk, item) for item in file.team}
    for said in file.plan_views:
        if said.who != CHILD_SUBJECT and not sieve.passes(*tells.get(said.who_name, (Category.FAMILY,))):
            continue
        name = file.called if said.who == CHILD_SUBJECT else said.who_name
        quote = f" “{said.words}”" if said.words and sieve.passes(Category.WISHES) else ""
        yield FactCopy(name, f"{VIEW_WORDS.get(said.view, said.view)}, {spoken(said.on)}.{quote}")


VIEW_WORDS = {
    "agreed": "agreed",
    "agreed-in-part": "agreed in part",
    "did-not-agree": "did not agree",
    "not-asked": "was not asked",
}
