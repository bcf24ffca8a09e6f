"""What was on this laptop: what a service has to know, and whom to tell, when one is lost or stolen.

Made from an open vault, so on another computer that has a copy of it, or beforehand. Children are counted and not
named, unless somebody chooses that for the service's own eyes.
"""

from collections import Counter
from pathlib import Path

from csa_desk.casework import backups
from csa_desk.casework.access_request import reminders
from csa_desk.casework.category_words import in_words
from csa_desk.casework.desk import Desk
from csa_desk.casework.doctor import Row, Section
from csa_desk.casework.rights import Right, needs
from csa_desk.content.models import DutyTopic, Unit
from csa_desk.records.assessment import Answer
from csa_desk.records.cases import Case, Person
from csa_desk.records.dates import short, spoken
from csa_desk.records.fields import Scope, rules
from csa_desk.records.kinds import KINDS
from csa_desk.records.register import Release
from csa_desk.records.vault import Practitioner, Slot
from csa_desk.store import inspecting, slots

MOST_COPIES = 50


@needs(Right.LOOK_UP)
def loss_report(desk: Desk, local_data: Path, *, names: bool = False) -> list[Section]:
    """Everything a loss report asks for, what to do now first.

    ``names``: with the children's names, for who may open files.
    """
    return [
        _duties(desk),
        _held(desk, names=names and desk.may(Right.OPEN_FILES)),
        _who(desk),
        _protected(desk),
        _backups(desk),
        _copies(desk),
        _known(desk, local_data),
    ]


def _held(desk: Desk, *, names: bool) -> Section:
    reading = desk.vault.whole
    cases = reading.find(Case)
    opened = sorted(item.opened for item in cases if item.opened)
    categories: set[str] = {
        rule.category
        for kind in KINDS.values()
        if _is_of_a_child(kind) and reading.count(kind)
        for rule in rules(kind).values()
    }
    categories |= {answer.category for answer in reading.find(Answer) if answer.category}
    rows = [
        Row("Kind of vault", "training: every child in it is invented" if desk.training else "live"),
        Row("Service", desk.own_service().name or "not entered"),
        Row("Children", str(len(cases))),
        Row("First file opened", spoken(opened[0]) if opened else "none"),
        Row("Last file opened", spoken(opened[-1]) if opened else "none"),
        Row("Kinds of information", in_words(categories) or "none"),
    ]
    if names:
        people = reading.by_ids(Person, [item.child for item in cases if item.id not in desk.vault.hidden])
        rows += [Row("Child", person.name) for person in people.values()]
    return Section("lost_held", "What was on this laptop", tuple(rows))


def _is_of_a_child(kind: type) -> bool:
    return (
        getattr(kind, "SCOPE", None) in (Scope.CASE, Scope.PERSON, Scope.PROCEEDING)
        and kind is not KINDS["answer"]
    )


def _who(desk: Desk) -> Section:
    people = {item.id: item for item in desk.vault.whole.find(Practitioner)}
    here = set(desk.vault.header.slots)
    ways: dict[str, list[str]] = {}
    for slot in desk.vault.whole.find(Slot):
        if slot.letter in here:
            ways.setdefault(slot.practitioner, []).append(slots.WAYS.get(slot.opened_by, slot.opened_by))
    rows = [
        Row(people[who].name if who in people else "The service itself", ", ".join(sorted(found)))
        for who, found in ways.items()
    ]
    return Section("lost_who", "Who can open it, and with what", tuple(rows))


def _protected(desk: Desk) -> Section:
    found = inspecting.protection(desk.vault)
    wanted = ("Passphrase to root key", "Data key", "Database", "Seal of each page", "Sealed notes")
    return Section("lost_protected", "What protects it", tuple(Row(name, found[name]) for name in wanted))


def _backups(desk: Desk) -> Section:
    standing = backups.standing(desk)
    rows = [Row("Last proved backup", standing.latest_words, "" if standing.latest else "look")]
    where = Counter(item.where for item in standing.backups)
    rows += [Row(f"Backups {place}", str(number)) for place, number in sorted(where.items())]
    if standing.second:
        rows.append(Row("Second folder", standing.second))
    return Section("lost_backups", "What the service still has", tuple(rows))


def _copies(desk: Desk) -> Section:
    releases = desk.vault.whole.find(Release)
    children = {item.child for item in desk.vault.whole.find(Case)}
    rows = [Row("Copies handed out, in all", str(len(releases)))]
    for item in releases[::-1][:MOST_COPIES]:
        whose = (
            "own file"
            if item.recipient == "own-file"
            else "for the child"
            if item.recipient in children
            else "for somebody outside"
        )
        rows.append(
            Row(f"{short(item.on)}, copy {item.copy_number}", f"{item.what}, {item.edition}, {whose}")
        )
    if len(releases) > MOST_COPIES:
        rows.append(Row("Older ones", f"{len(releases) - MOST_COPIES} more, in each child’s history"))
    return Section("lost_copies", "Paper and files that left, which may have been with it", tuple(rows))


def _known(desk: Desk, local_data: Path) -> Section:
    rows = []
    for item in inspecting.known_vaults(local_data):
        this = " (this vault)" if item.vault_id == desk.vault.vault_id else ""
        where = ", ".join(item.folders) or "place not known"
        rows.append(Row(f"Vault {item.vault_id[:8]}{this}", where))
    return Section(
        "lost_vaults", "Vaults this computer has written to", tuple(rows) or (Row("Vaults", "none"),)
    )


def _duties(desk: Desk) -> Section:
    hours = desk.packs.settings.value("loss-report", Unit.HOURS)
    figure = next(item for item in desk.packs.settings.figure if item.id == "loss-report")
    lead = desk.own_service().data_protection_lead
    rows = [
        Row("Data-protection lead", lead or "not entered: write it down in Settings", "" if lead else "look"),
        Row(
            "Hours to tell the Information Commissioner",
            f"{hours}, where it puts anybody at risk. {_note(figure.basis)}".strip(),
        ),
    ]
    for one in reminders(desk, DutyTopic.LOSS):
        rows.append(
            Row(one.title, f"{one.text} {one.ground.note}".strip() + ("." if one.ground.note else ""))
        )
    return Section("lost_duties", "What to do now", tuple(rows))


def _note(basis: str) -> str:
    return "Check before relying." if basis in ("ours", "unverified") else ""
