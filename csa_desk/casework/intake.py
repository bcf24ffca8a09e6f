"""A new child: everything that is known on the day, in one transaction."""

from collections.abc import Iterator

from csa_desk.casework.assessing import Said, question_named, record_answer
from csa_desk.casework.casefile import load
from csa_desk.casework.consenting import consent_record
from csa_desk.casework.dates import birth_date_or_empty, day_or, end_or_empty, past_day_or
from csa_desk.casework.desk import Desk
from csa_desk.casework.following import PERSON, SAFE_CONTACT
from csa_desk.casework.home_area import home_area_record
from csa_desk.casework.rights import Right, needs
from csa_desk.casework.shapes import CarerShape, CaseShape, SafeContactShape
from csa_desk.casework.stages import planned, stage_named, step_day
from csa_desk.casework.team import needs_named
from csa_desk.errors import InputError
from csa_desk.records import cases, justice, safety
from csa_desk.records.assessment import CHILD_SUBJECT, Source
from csa_desk.records.fields import Record
from csa_desk.records.ids import SHORTEST_CODE, case_code, new_id
from csa_desk.store.writing import Writing


@needs(Right.ADD_CHILDREN)
def add_child(desk: Desk, shape: CaseShape) -> cases.Case:
    """Open a case for a child. Raises :class:`InputError` where something does not fit; then nothing is kept."""
    if not shape.child.name.strip():
        raise InputError("The child needs a name, or something to be called by. Nothing was changed.")
    birth = birth_date_or_empty(shape.child.birth_date, desk.today, "birth_date")
    opened = past_day_or(shape.opened, desk.today, "opened")
    with desk.vault.write() as writing:
        case = _new_case(desk, writing, opened)
        writing.put(
            cases.Person(
                id=case.child,
                name=shape.child.name.strip(),
                preferred_name=shape.child.preferred_name.strip(),
                birth_date=birth,
                pronoun=shape.child.pronoun.strip(),
            )
        )
        writing.put(case)
        for record in _records(desk, case, shape, opened):
            writing.put(record)
        file = load(writing, case)
        for consent in shape.consents:
            writing.put(consent_record(desk, writing, file, consent))
        _answers(desk, writing, case, shape)
        desk.keep_packs(writing)
        writing.log_access("added", f"case:{case.id}")
    return case


def _new_case(desk: Desk, writing: Writing, opened: str) -> cases.Case:
    """A case whose code no other case of this vault has."""
    number = new_id()
    length = SHORTEST_CODE
    while writing.find(cases.Case, removed=True, code=case_code(number, length)):
        length += 1
    return cases.Case(
        id=number,
        code=case_code(number, length),
        child=new_id(),
        opened=opened,
        owner=desk.vault.practitioner,
    )


def _records(desk: Desk, case: cases.Case, shape: CaseShape, opened: str) -> Iterator[Record]:
    at = case.id
    yield cases.Jurisdiction(id=new_id(), case=at, nation=shape.nation or desk.default_nation(), since=opened)
    if shape.home_area.strip():
        yield home_area_record(desk, at, shape.home_area, opened)
    episode = cases.Episode(id=new_id(), case=at, opened=opened)
    yield episode
    for carer in shape.carers:
        yield from carer_records(desk, at, carer, opened)
    for sibling in shape.siblings:
        _somebody("sibling", sibling.name, sibling.relation)
        person = cases.Person(
            id=new_id(),
            name=sibling.name,
            birth_date=birth_date_or_empty(sibling.birth_date, desk.today, "sibling"),
        )
        yield person
        yield cases.Sibling(
            id=new_id(), case=at, person=person.id, relation=sibling.relation, lives_with=sibling.lives_with
        )
    if shape.referral is not None:
        referral = shape.referral
        yield cases.ReferralIn(
            id=new_id(),
            case=at,
            episode=episode.id,
            received=past_day_or(referral.received, desk.today, "referral", opened),
            from_name=referral.from_name,
            from_agency=referral.from_agency,
            why=referral.why,
            offers=[
                {
                    "what": item.what,
                    "on": past_day_or(item.on, desk.today, "offers") if item.on else "",
                    "answer": item.answer,
                    "reason": item.reason,
                }
                for item in referral.offers
            ]
            or None,
        )
    if shape.safe_contact is not None:
        yield safe_contact_record(at, shape.safe_contact, opened)
    for fact in shape.protective_facts:
        since = day_or(fact.since, opened, "protective_facts")
        yield safety.ProtectiveFact(
            id=new_id(),
            case=at,
            person_name=fact.person,
            protects=fact.protects,
            source=fact.source,
            since=since,
            until=end_or_empty(fact.until, since, "protective_facts"),
        )
    if shape.home_safe:
        yield safety.HomeSafety(
            id=new_id(), case=at, answer=shape.home_safe, on=opened, by=desk.vault.practitioner
        )
    yield from _journey(desk, at, shape, opened)
    for member in shape.team:
        _somebody("team member", member.name, member.agency)
        needs_named(desk, member.helps_with)
        since = day_or(member.since, opened, "team")
        yield cases.TeamMember(
            id=new_id(),
            case=at,
            name=member.name,
            practitioner=desk.vault.practitioner
            if member.name and member.name == desk.practitioner().name
            else "",
            role=member.role,
            agency_name=member.agency,
            outcome=member.outcome,
            helps_with=tuple(member.helps_with),
            part=member.part,
            coordinator=member.coordinator,
            since=since,
            until=end_or_empty(member.until, since, "team"),
        )
    for task in shape.tasks:
        if not task.what.strip():
            raise InputError("A task needs words: what is to be done. Nothing was changed.")
        yield cases.Task(
            id=new_id(),
            case=at,
            what=task.what,
            due=day_or(task.due, "", "tasks"),
            contact=task.contact,
            owner=desk.vault.practitioner,
            state="open",
        )


@needs(Right.OPEN_FILES)
def carer_records(desk: Desk, case: str, carer: CarerShape, since: str) -> Iterator[Record]:
    """A carer: the person, the link, ways to reach them, and what is known of parental responsibility."""
    _somebody("carer", carer.name, carer.relation)
    person = cases.Person(id=new_id(), name=carer.name)
    yield person
    yield cases.Carer(
        id=new_id(), case=case, person=person.id, relation=carer.relation, lives_with=carer.lives_with
    )
    for means, value in (("phone", carer.phone), ("address", carer.address), ("email", carer.email)):
        if value:
            yield cases.ContactPoint(id=new_id(), case=case, person=person.id, means=means, value=value)
    if carer.parental_responsibility:
        yield cases.ParentalResponsibility(
            id=new_id(), case=case, person=person.id, held=carer.parental_responsibility, since=since
        )


def _somebody(who: str, name: str, otherwise: str) -> None:
    """Nobody is recorded without a name or another word that tells who it is."""
    if not (name.strip() or otherwise.strip()):
        raise InputError(f"A {who} needs a name, or another word for who it is. Nothing was changed.")


def safe_contact_record(case: str, rule: SafeContactShape, since: str) -> safety.SafeContact:
    """The rule for reaching the family, from a day on."""
    return safety.SafeContact(
        id=new_id(),
        case=case,
        since=day_or(rule.since, since, "safe_contact"),
        **{name: getattr(rule, name) for name in rule.__struct_fields__ if name != "since"},
    )


def _journey(desk: Desk, case: str, shape: CaseShape, opened: str) -> Iterator[Record]:
    """The criminal track with its stages. A child who has not reported has one too: *not reported* is a stage."""
    proceeding = justice.Proceeding(id=new_id(), track=justice.Track.CRIMINAL, opened=opened)
    yield proceeding
    yield justice.InProceeding(id=new_id(), case=case, proceeding=proceeding.id, since=opened)
    for stage in shape.stages:
        stage_named(desk, stage.stage)
        since = day_or(stage.since, opened, "stages")
        yield justice.StageInstance(
            id=new_id(),
            proceeding=proceeding.id,
            stage=stage.stage,
            since=since,
            until=end_or_empty(stage.until, since, "stages"),
            state=stage.state or planned(desk, since),
        )
    if not shape.stages:
        yield justice.StageInstance(id=new_id(), proceeding=proceeding.id, stage="not-reported", since=opened)
    for step in shape.therapy:
        yield justice.TherapyDate(
            id=new_id(),
            case=case,
            step=step.step,
            on=step_day(desk, step.step, step.on or opened),
            reason=step.reason,
        )


def _answers(desk: Desk, writing: Writing, case: cases.Case, shape: CaseShape) -> None:
    """What intake already says is known: the assessment does not ask it again."""
    known: dict[str, str] = {}
    if shape.safe_contact is not None:
        known.update({name: getattr(shape.safe_contact, field) for name, field in SAFE_CONTACT.items()})
    for name, field in PERSON.items():
        value = getattr(shape.child, field).strip()
        if name == "pronoun":
            value = value.split(",")[0].split("/")[0].strip().lower()
        known[name] = value
    offered = {item.id: item for item in desk.packs.assessment.question}
    for name, value in known.items():
        question = offered.get(name)
        if not value or question is None:
            continue
        if question.option and value not in {option.id for option in question.option}:
            continue
        source = Source.WORKER if shape.referral is not None else Source.FILE
        rule = shape.safe_contact
        told_on = rule.since if rule is not None and rule.since and name in SAFE_CONTACT else case.opened
        said = Said(value=value, source=source, told_on=told_on)
        record_answer(desk, writing, case.id, CHILD_SUBJECT, question_named(desk, name), said)
