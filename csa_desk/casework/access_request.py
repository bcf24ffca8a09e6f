"""Somebody asks to see what is held on a child: when it is due, what is weighed, what is decided, and the answer.

What the law asks stands in the ``duties`` pack and the days in ``settings``; the service decides, the program reminds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.consenting import recipient_of, refuse_unsafe
from csa_desk.casework.copies import Prepared, save
from csa_desk.casework.dates import past_day_or
from csa_desk.casework.desk import Desk
from csa_desk.casework.disclosing import access_copy
from csa_desk.casework.ground import Ground, ground
from csa_desk.casework.held_items import Item, Sealed, held_items
from csa_desk.casework.imprint import next_copy_number
from csa_desk.casework.recipients import Recipient
from csa_desk.casework.rights import Right, needs
from csa_desk.content.models import AskedAs, DutyTopic, Unit, say
from csa_desk.errors import InputError, RefusedError
from csa_desk.records.cases import Task
from csa_desk.records.dates import months_after, spoken
from csa_desk.records.ids import new_id
from csa_desk.records.keeping import AccessRequest
from csa_desk.records.register import Release
from csa_desk.records.sealed import SealOpened
from csa_desk.store.writing import Writing

CHILD = "child"
RULE = "access-request"
"""The rule of the task that a request raises."""


class Decision(StrEnum):
    """What was decided."""

    GIVE = "give"
    REFUSE = "refuse"


class Choice(StrEnum):
    """What becomes of an item in the copy."""

    KEEP = "keep"
    TAKE_OUT = "take-out"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One line of the duties pack with where it comes from and how well it is known."""

    title: str
    text: str
    ground: Ground


@needs(Right.LOOK_UP)
def reminders(desk: Desk, topic: str) -> list[Reminder]:
    """What to keep in mind, in the pack's order."""
    pack = desk.packs.duties
    found = [item for item in pack.duty if item.shown and item.topic == topic]
    return [
        Reminder(say(item.title), say(item.text), ground(desk, item, pack.pack))
        for item in sorted(found, key=lambda item: item.order)
    ]


@needs(Right.LOOK_UP)
def standings(desk: Desk) -> list[AskedAs]:
    """As whom somebody can ask, in the pack's order."""
    return sorted((item for item in desk.packs.duties.standing if item.shown), key=lambda item: item.order)


@needs(Right.OPEN_FILES)
def requests(desk: Desk, file: CaseFile) -> list[AccessRequest]:
    """Every request about this child, the newest first."""
    return desk.vault.read.find(AccessRequest, case=file.case.id)[::-1]


@needs(Right.OPEN_FILES)
def open_request(desk: Desk, file: CaseFile) -> AccessRequest | None:
    """The newest request that was neither answered nor refused."""
    waiting = [
        item for item in requests(desk, file) if not item.answered and item.decision != Decision.REFUSE
    ]
    return waiting[0] if waiting else None


@needs(Right.LOOK_UP)
def weighs_best_interests(desk: Desk, request: AccessRequest) -> bool:
    """Whether the child's best interests are weighed before anything is given."""
    return any(item.id == request.standing and item.best_interests for item in standings(desk))


@needs(Right.ANSWER_ACCESS)
def ask(
    desk: Desk, file: CaseFile, *, asked_by: str = "", standing: str = CHILD, received: str = ""
) -> AccessRequest:
    """Record that somebody asked; its due day and a task come with it. Raises :class:`InputError`."""
    made = _asked(desk, file, asked_by, standing, received)
    task = Task(
        id=new_id(),
        case=file.case.id,
        what="Answer the request to see the records",
        due=made.due,
        owner=desk.vault.practitioner,
        rule=RULE,
        raised_by=made.id,
        state="open",
    )
    with desk.vault.write() as writing:
        writing.put(made)
        writing.put(task)
        writing.log_access("asked-for-records", file.scope)
    return made


def _asked(desk: Desk, file: CaseFile, asked_by: str, standing: str, received: str) -> AccessRequest:
    if standing not in {item.id for item in standings(desk)}:
        raise InputError("Say as whom they ask: one of the list. Nothing was changed.")
    who = asked_by.strip() or (file.child.name or file.called if standing == CHILD else "")
    if not who:
        raise InputError("Say who asks. Nothing was changed.")
    refuse_unsafe(file, _recipient(desk, file, who, standing), desk.today)
    day = past_day_or(received, desk.today, "received")
    return AccessRequest(
        id=new_id(),
        case=file.case.id,
        received=day,
        asked_by=who,
        standing=standing,
        due=months_after(day, _months(desk, "access-answer")),
        decision="" if _is_weighed(desk, standing) else Decision.GIVE,
    )


def _months(desk: Desk, figure: str) -> int:
    return desk.packs.settings.value(figure, Unit.MONTHS)


def _is_weighed(desk: Desk, standing: str) -> bool:
    return any(item.id == standing and item.best_interests for item in standings(desk))


def _recipient(desk: Desk, file: CaseFile, asked_by: str, standing: str) -> Recipient:
    if standing == CHILD:
        return Recipient(file.child.id, file.child.name or file.called)
    return recipient_of(desk.vault.read, file, asked_by)


@needs(Right.ANSWER_ACCESS)
def lengthen(desk: Desk, file: CaseFile, request: AccessRequest) -> AccessRequest:
    """The request is complex: its answer is due later, by the months of the pack. Tell whoever asked, and why."""
    _refuse_settled(desk, request)
    months = _months(desk, "access-answer") + _months(desk, "access-longer")
    made = replace(request, due=months_after(request.received, months))
    with desk.vault.write() as writing:
        writing.put(made, "changed")
        for task in writing.find(Task, raised_by=request.id):
            writing.put(replace(task, due=made.due), "changed")
    return made


@needs(Right.ANSWER_ACCESS)
def decide(
    desk: Desk, file: CaseFile, request: AccessRequest, decision: str, *, weighed: str = ""
) -> AccessRequest:
    """Give, or refuse. ``weighed`` says what was weighed for the child, without repeating what the file tells.

    Raises :class:`InputError` where it is missing: for a refusal, and where the best interests must be weighed.
    """
    if decision not in set(Decision):
        raise InputError("Say whether it is given or refused. Nothing was changed.")
    _refuse_settled(desk, request)
    if not weighed.strip() and (decision == Decision.REFUSE or weighs_best_interests(desk, request)):
        raise InputError(
            "Write what you weighed: is it in the child’s best interests that they see it? Nothing was changed."
        )
    made = replace(
        request,
        decision=decision,
        best_interests=weighed.strip(),
        decided=desk.today,
        decided_by=desk.vault.practitioner,
    )
    with desk.vault.write() as writing:
        writing.put(made, "changed")
        if decision == Decision.REFUSE:
            for task in writing.find(Task, raised_by=request.id, state="open"):
                writing.put(replace(task, state="done", state_on=desk.today), "done")
    return made


def _refuse_settled(desk: Desk, request: AccessRequest) -> None:
    now = desk.vault.read.get(AccessRequest, request.id)
    if now is not None and now.answered:
        raise RefusedError("This request is answered already. Record a new one if they ask again.")


# --- the answer ---------------------------------------------------------------------------------------------------


@needs(Right.ANSWER_ACCESS)
def draft_prefix(desk: Desk, file: CaseFile, request: AccessRequest) -> str:
    """Under which name the practitioner's choices about items are kept until the request is answered."""
    return f"{file.case.id}/access/{request.id}"


@needs(Right.ANSWER_ACCESS)
def items(desk: Desk, file: CaseFile, request: AccessRequest) -> list[Item]:
    """Everything that is held, each item marked where it tells of somebody else."""
    asker = "" if request.standing == CHILD else request.asked_by
    return held_items(desk, file, asker)


@needs(Right.ANSWER_ACCESS)
def chosen(desk: Desk, file: CaseFile, request: AccessRequest) -> dict[str, str]:
    """The practitioner's own choices so far: record id → :class:`Choice`."""
    prefix = f"{draft_prefix(desk, file, request)}/"
    found = {key.removeprefix(prefix): draft.text for key, draft in desk.vault.drafts(prefix).items()}
    return {key: text for key, text in found.items() if text in set(Choice)}


@needs(Right.ANSWER_ACCESS)
def prepare_answer(
    desk: Desk,
    file: CaseFile,
    request: AccessRequest,
    choices: Mapping[str, str] | None = None,
    known: list[Item] | None = None,
) -> Prepared:
    """The answer's bytes: nothing has left yet. What nobody chose about goes by what is suggested.

    ``known`` are the items where they were read already. Raises :class:`RefusedError` before it is decided to give.
    """
    from csa_desk.printing.held import held_pdf

    _refuse_undecided(desk, request)
    who = _recipient(desk, file, request.asked_by, request.standing)
    refuse_unsafe(file, who, desk.today)
    found = known if known is not None else items(desk, file, request)
    said = chosen(desk, file, request) if choices is None else choices
    out = frozenset(item.key for item in found if _goes_out(item, said.get(item.key, "")))
    _log_openings(desk, file, request, [item for item in found if item.key not in out])
    copy = next_copy_number(desk)
    computed = access_copy(desk, file, found, out, recipient=who, asked_by=request.asked_by, copy=copy)
    disclosure = computed.disclosure
    return Prepared(
        pdf=held_pdf(disclosure),
        what=disclosure.what,
        edition="everything held",
        recipient=who,
        purpose=disclosure.purpose,
        copy_number=copy,
        head=disclosure.imprint.head,
        held_back=computed.held_back,
        reason=_reason(request),
    )


def _reason(request: AccessRequest) -> str:
    return f"To answer the request to see the records of {spoken(request.received)}"


def _log_openings(desk: Desk, file: CaseFile, request: AccessRequest, told: list[Item]) -> None:
    """Each sealed entry that can be read in the copy is logged as opened, once for a request and who answers it."""
    own, reason = desk.vault.practitioner, _reason(request)
    known = {
        item.entry
        for item in desk.vault.read.find(SealOpened, case=file.case.id, practitioner=own)
        if item.reason == reason
    }
    fresh = [item.entry.id for item in told if item.entry is not None and item.entry.id not in known]
    if not fresh:
        return
    with desk.vault.write() as writing:
        for entry in fresh:
            writing.log_access("opened-sealed", file.scope)
            writing.put(
                SealOpened(
                    id=new_id(),
                    case=file.case.id,
                    entry=entry,
                    practitioner=own,
                    on=desk.clock.moment(),
                    reason=reason,
                )
            )


def _goes_out(item: Item, choice: str) -> bool:
    if item.sealed == Sealed.CLOSED:
        return True
    return item.suggested if choice not in set(Choice) else choice == Choice.TAKE_OUT


def _refuse_undecided(desk: Desk, request: AccessRequest) -> None:
    if request.decision == Decision.REFUSE:
        raise RefusedError("It was decided not to give these records. Nothing is printed.")
    if request.decision != Decision.GIVE:
        raise RefusedError(
            "First decide whether it is in the child’s best interests to give these records: open the child’s "
            "History, “Somebody asked to see the records”. Nothing was printed."
        )


@needs(Right.ANSWER_ACCESS)
def answer(desk: Desk, file: CaseFile, request: AccessRequest, prepared: Prepared, out: Path) -> Release:
    """Write the file, enter it in the register, and close the request and its task."""
    _refuse_settled(desk, request)
    request = desk.vault.read.get(AccessRequest, request.id) or request
    _refuse_undecided(desk, request)
    drafts = list(desk.vault.drafts(f"{draft_prefix(desk, file, request)}/"))

    def close(writing: Writing) -> None:
        writing.put(replace(request, answered=desk.today), "changed")
        for task in writing.find(Task, raised_by=request.id, state="open"):
            writing.put(replace(task, state="done", state_on=desk.today), "done")
        for key in drafts:
            writing.drop_draft(key)

    return save(desk, file, prepared, out, close)


@needs(Right.ANSWER_ACCESS)
def answer_now(desk: Desk, file: CaseFile, out: Path) -> tuple[AccessRequest, Prepared]:
    """The whole answer at once, for the command line: to the open request, else as if the child asked today.

    What was chosen in the window counts; for the rest, what is suggested.
    """
    request = open_request(desk, file) or _asked(desk, file, "", CHILD, "")
    prepared = prepare_answer(desk, file, request)
    answer(desk, file, request, prepared, out)
    return request, prepared


TOPICS = (DutyTopic.ACCESS, DutyTopic.BEST_INTERESTS, DutyTopic.THIRD_PARTY)
"""What a page about a request reminds of."""
