"""What waits to be taken out of children's files, and what is gone: for who decides, and for who asks."""

from collections import Counter
from dataclasses import dataclass
from itertools import islice

from csa_desk.casework import keeping
from csa_desk.casework.copies_left import CopyLeft, copies_left
from csa_desk.casework.desk import Desk
from csa_desk.casework.hidden_words import hidden_words
from csa_desk.casework.history_words import RECORDS, plainly
from csa_desk.casework.rights import Right, needs
from csa_desk.errors import InputError, RefusedError
from csa_desk.records.cases import Case, Task
from csa_desk.records.dates import spoken
from csa_desk.records.ids import case_code
from csa_desk.records.keeping import RemovalKind
from csa_desk.store import decisions
from csa_desk.store.decisions import Decision
from csa_desk.store.engine import plain_words

MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that is hidden and waits to go for good, or to be stopped.

    ``day``: when it goes without a second practitioner, or empty. ``held``: a hold stands on the file.
    """

    id: str
    case: str
    code: str
    how: str
    title: str
    reason: str
    asked_by: str
    asked: str
    signed: tuple[str, ...]
    day: str
    held: bool
    whole_case: bool
    may_agree: bool
    may_stop: bool
    copies: tuple[CopyLeft, ...]

    @property
    def waits_for(self) -> str:
        """What it waits for, in one sentence."""
        if self.held:
            return "It waits: a hold stands on this file."
        if self.day:
            return f"It goes for good on {spoken(self.day)}, unless somebody stops it."
        left = decisions.SIGNATURES - len(self.signed)
        return (
            "It waits for one more practitioner to agree."
            if left == 1
            else "It waits for two practitioners to agree."
        )


@dataclass(frozen=True, slots=True)
class Gone:
    """Something that was taken out for good. ``left``: tasks about copies of it that are still to be done."""

    id: str
    code: str
    title: str
    reason: str
    on: str
    values: int
    left: int


@needs(Right.LOOK_UP)
def standing(desk: Desk, removal: str) -> Decision:
    """A removal that waits. Raises :class:`InputError`, :class:`RefusedError` where it is over."""
    found = decisions.read(desk.vault.whole.raw).all.get(removal)
    if found is None or found.case in desk.vault.hidden:
        raise InputError("There is no such removal in this vault. Nothing was changed.")
    if found.stopped or found.done or found.carried:
        raise RefusedError("That was stopped or carried out already. Nothing was changed.")
    return found


@needs(Right.LOOK_UP)
def waiting(desk: Desk, case: str = "") -> list[Waiting]:
    """What waits to be taken out for good: of one case (id) or of the whole vault, the oldest first."""
    if not decisions.anything_waits(desk.vault.whole.raw):
        return []
    return [
        _waiting(desk, found)
        for found in decisions.read(desk.vault.whole.raw).waiting()
        if found.case not in desk.vault.hidden and case in ("", found.case)
    ]


def _waiting(desk: Desk, found: Decision) -> Waiting:
    me, code = desk.vault.practitioner, code_of(desk, found.case)
    may = desk.may(Right.SIGN_REMOVAL)
    return Waiting(
        id=found.id,
        case=found.case,
        code=code,
        how=found.how,
        title=_title(found, code),
        reason=found.reason,
        asked_by=keeping.worker(desk.vault.whole, found.asked_by),
        asked=found.asked,
        signed=tuple(keeping.worker(desk.vault.whole, item) for item in sorted(found.signers)),
        day=found.waits_until if found.alone else "",
        held=found.held,
        whole_case=found.whole_case,
        may_agree=may and me not in found.signers,
        may_stop=may,
        copies=tuple(copies_left(desk, found, code)),
    )


@needs(Right.LOOK_UP)
@plain_words()
def gone(desk: Desk, case: str = "") -> list[Gone]:
    """What was taken out for good, of a case (id) or of the whole vault, the latest first."""
    standing_ones = decisions.read(desk.vault.whole.raw).standing()
    done = sorted((item for item in standing_ones if item.done and case in ("", item.case)), key=_done)
    tasks = Counter(task.raised_by for task in desk.vault.read.find(Task, state="open") if task.raised_by)
    counts = desk.vault.whole.raw.execute("SELECT removal, count(*) FROM permit GROUP BY removal").fetchall()
    values = dict(counts)
    return [
        Gone(
            item.id,
            code,
            _title(item, code),
            item.reason,
            item.done,
            int(values.get(item.id, 0)),
            tasks[item.id],
        )
        for item in reversed(done)
        if item.case not in desk.vault.hidden
        for code in (code_of(desk, item.case),)
    ]


def _done(found: Decision) -> str:
    return found.done


def _title(found: Decision, code: str) -> str:
    if found.whole_case:
        return f"The whole file {code}"
    known = RECORDS.get(found.record_kind)
    what = known.title if known is not None else plainly(found.record_kind)
    return f"{what} in {code}" if found.how == RemovalKind.STRIKE else f"Everything of “{what}” in {code}"


@needs(Right.LOOK_UP)
def code_of(desk: Desk, case: str) -> str:
    """The code of a case that may be hidden or gone: it is made of the case's own number."""
    found = desk.vault.whole.get(Case, case)
    return (found.code if found is not None else "") or case_code(case)


@needs(Right.OPEN_FILES)
def named(desk: Desk, code: str) -> list[Waiting]:
    """What waits in the case of this code or id, whether the case itself is hidden or not."""
    wanted = code.strip()
    return [item for item in waiting(desk) if wanted.upper() == item.code or wanted.lower() == item.case]


@needs(Right.OPEN_FILES)
def words(desk: Desk, removal: str) -> list[tuple[str, str]]:
    """What was hidden, for who decides about it: field and words. The looking is logged.

    Raises :class:`NotAllowedError` for who neither asked nor may agree.
    """
    found = standing(desk, removal)
    if not desk.may(Right.SIGN_REMOVAL) and found.asked_by != desk.vault.practitioner:
        desk.refuse(Right.SIGN_REMOVAL, (found.case,))
    if not desk.vault.read_only:
        with desk.vault.write() as writing:
            writing.log_access("looked-at-removal", f"case:{found.case}")
    return list(islice(hidden_words(desk, found), MOST_SHOWN))
