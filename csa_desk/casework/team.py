"""The team around the child: who, in what role, for what outcome, from when to when; gaps and overlaps."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.consenting import allowed
from csa_desk.casework.dates import day_or, end_or_empty
from csa_desk.casework.desk import Desk
from csa_desk.casework.recipients import Recipient, name_key, recipient_named
from csa_desk.casework.rights import Right, needs
from csa_desk.casework.unknown import unknown
from csa_desk.content.models import Role, say
from csa_desk.errors import InputError
from csa_desk.records.assessment import CHILD_SUBJECT
from csa_desk.records.cases import TeamMember
from csa_desk.records.consent import Purpose
from csa_desk.records.dates import spoken
from csa_desk.records.ids import new_id


@dataclass(frozen=True, slots=True)
class Member:
    """A team member as shown: ``may_share`` comes from consent, not from a tick.

    ``share`` is ``own``, ``some``, ``nothing`` or ``undecided``; ``may_share`` says it in words.
    """

    record: TeamMember
    role: str
    may_share: str
    share: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something worth talking about: ``gap``, ``overlap`` or ``no-date``; what about, a sentence.

    ``need`` is the need it is about, ``member`` the id of the team member where a first step starts with one.
    """

    kind: str
    about: str
    sentence: str
    need: str = ""
    member: str = ""


@needs(Right.OPEN_FILES)
def present(desk: Desk, file: CaseFile) -> list[TeamMember]:
    """Who works with the child today."""
    return [item for item in file.team if not item.until or item.until >= desk.today]


@needs(Right.LOOK_UP)
def role_named(desk: Desk, role: str) -> Role | None:
    """The role of the pack with this id or title; ``None`` for a role in the user's own words."""
    key = name_key(role)
    keys = ((item, name_key(item.id), name_key(say(item.title))) for item in desk.packs.roles.role)
    return next((item for item, number, title in keys if key in (number, title)), None)


@needs(Right.LOOK_UP)
def role_title(desk: Desk, role: str) -> str:
    """The title of a role of the pack; a role in the user's own words stands for itself."""
    known = role_named(desk, role)
    return say(known.title) if known is not None else role


@needs(Right.OPEN_FILES)
def members(desk: Desk, file: CaseFile) -> list[Member]:
    """The present team with what may be shared with each."""
    found = []
    own = desk.own_service().name
    for item in present(desk, file):
        if item.practitioner == desk.vault.practitioner or (
            own and name_key(item.agency_name) == name_key(own)
        ):
            key, share = "own", "Our own service"
        elif item.agency_name:
            who = (
                Recipient(item.agency, item.agency_name) if item.agency else _by_name(desk, item.agency_name)
            )
            agreed = allowed(desk, file, who, Purpose.SUPPORT, CHILD_SUBJECT).categories
            kinds = "1 kind agreed" if len(agreed) == 1 else f"{len(agreed)} kinds agreed"
            key, share = ("some", kinds) if agreed else ("nothing", "Nothing agreed")
        else:
            key, share = "undecided", "Not decided"
        found.append(Member(item, role_title(desk, item.role), share, key))
    return found


def _by_name(desk: Desk, name: str) -> Recipient:
    return recipient_named(desk.vault.read, name)


@needs(Right.TEAM)
def add(desk: Desk, file: CaseFile, member: TeamMember) -> TeamMember:
    """Add somebody to the team, or save a change to them."""
    if not (member.name.strip() or member.agency_name.strip()):
        raise InputError("Say who it is: a name, or at least the agency. Nothing was changed.")
    needs_named(desk, member.helps_with)
    agency = recipient_named(desk.vault.read, member.agency_name) if member.agency_name.strip() else None
    since = day_or(member.since, desk.today, "since")
    made = replace(
        member,
        id=member.id or new_id(),
        case=file.case.id,
        agency=agency.id if agency is not None else "",
        agency_name=agency.name if agency is not None else "",
        since=since,
        until=end_or_empty(member.until, since, "until"),
        next_contact=day_or(member.next_contact, "", "next contact"),
    )
    with desk.vault.write() as writing:
        writing.put(made)
    file.team[:] = [item for item in file.team if item.id != made.id] + [made]
    return made


@needs(Right.LOOK_UP)
def needs_named(desk: Desk, names: Iterable[str]) -> None:
    """Raise :class:`InputError` where one of these is not the id of a need."""
    known = [item.id for item in desk.packs.needs.need]
    for name in names:
        if name not in known:
            raise unknown("need", name, known)


@needs(Right.TEAM)
def end(desk: Desk, file: CaseFile, member: TeamMember, until: str = "") -> TeamMember:
    """Somebody stops working with the child on that day."""
    return add(desk, file, replace(member, until=day_or(until, desk.today, "until")))


@needs(Right.OPEN_FILES)
def remarks(desk: Desk, file: CaseFile) -> Iterator[Remark]:
    """Needs with nobody, needs with several who lead, contacts that are past: pointed out, never scored."""
    working = present(desk, file)
    wanted = {item.need for item in file.goals} | {
        item.need for item in file.need_views if item.state == "need"
    }
    for need in sorted(desk.packs.needs.need, key=lambda item: item.order):
        title = say(need.short)
        helping = [item for item in working if need.id in item.helps_with]
        leading = [item for item in helping if item.part == "leads"]
        if need.id in wanted and not helping:
            yield Remark(
                "gap", title, f"{file.called} needs someone for this and nobody is named.", need=need.id
            )
        if len(leading) > 1:
            names = " and ".join(item.name or item.agency_name for item in leading)
            yield Remark("overlap", title, f"{names} both lead. Agree who does what.", need.id, leading[1].id)
    for item in working:
        if item.next_contact and item.next_contact < desk.today:
            yield Remark(
                "no-date",
                item.name or item.agency_name,
                f"The next contact was to be on {spoken(item.next_contact)}. Set a new date.",
                member=item.id,
            )
