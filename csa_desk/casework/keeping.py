"""How long a child's file is kept: closing and opening again, retention decisions, holds (design §5)."""

from dataclasses import dataclass
from datetime import date

from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.dates import end_or_empty, past_day_or
from csa_desk.casework.desk import Desk
from csa_desk.casework.rights import Right, needs
from csa_desk.content.models import Unit
from csa_desk.errors import InputError, RefusedError
from csa_desk.records.cases import Case, Episode
from csa_desk.records.ids import new_id
from csa_desk.records.keeping import Hold, Retention
from csa_desk.records.vault import Practitioner
from csa_desk.store.reading import Reading

BY_DEFAULT = "The service’s usual time. People often ask for their records decades later."
"""Why a file is kept, where nobody said otherwise (guidance G8.4)."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """How a file stands. Days are ISO days, empty where there is none; names are of practitioners."""

    closed: str
    why_closed: str
    keep_until: str
    review: str
    reason: str
    decided: str
    decided_by: str
    held_since: str
    held_by: str
    held_because: str
    review_due: bool
    time_over: bool


@needs(Right.OPEN_FILES)
def keeping(desk: Desk, file: CaseFile) -> Keeping:
    """How the file of this child stands today."""
    reading = desk.vault.read
    latest = retention_of(reading, file.case.id)
    hold = hold_on(reading, file.case.id)
    episode = file.episode
    found = latest or Retention(id="")
    return Keeping(
        closed=episode.closed if episode is not None else "",
        why_closed=episode.why_closed if episode is not None else "",
        keep_until=found.keep_until,
        review=found.review,
        reason=found.reason,
        decided=found.decided,
        decided_by=worker(reading, found.by),
        held_since=hold.since if hold is not None else "",
        held_by=worker(reading, hold.by) if hold is not None else "",
        held_because=hold.reason if hold is not None else "",
        review_due=bool(found.review) and found.review <= desk.today,
        time_over=time_over(desk, latest),
    )


def worker(reading: Reading, number: str) -> str:
    """A practitioner's name; empty for nobody."""
    found = reading.get(Practitioner, number) if number else None
    return (found.name or "Somebody without a name") if found is not None else ""


def retention_of(reading: Reading, case: str) -> Retention | None:
    """The decision that holds: the last one made."""
    found = reading.find(Retention, case=case)
    return found[-1] if found else None


def hold_on(reading: Reading, case: str) -> Hold | None:
    """The hold that stands on a case, the oldest of several; ``None`` where none does."""
    told = reading.find(Hold, case=case)
    ended = {item.ends for item in told if item.ends}
    return next((item for item in told if not item.ends and item.id not in ended), None)


@needs(Right.LOOK_UP)
def time_over(desk: Desk, decision: Retention | None) -> bool:
    """Whether the time decided for a file's keeping is over."""
    return decision is not None and bool(decision.keep_until) and decision.keep_until <= desk.today


def years_after(day: str, years: int) -> str:
    """The same day so many years later; the 28th for a 29th of February."""
    found = date.fromisoformat(day)
    try:
        return found.replace(year=found.year + years).isoformat()
    except ValueError:
        return found.replace(year=found.year + years, day=28).isoformat()


@needs(Right.OPEN_FILES)
def usual_days(desk: Desk, closed: str) -> tuple[str, str]:
    """Until when a file closed on that day is kept by default, and when that is looked at again."""
    years = desk.packs.settings.value("record-retention", Unit.YEARS)
    review = desk.packs.settings.value("retention-review", Unit.YEARS)
    return years_after(closed, years), years_after(desk.today, review)


@needs(Right.CLOSE_FILES)
def close_case(
    desk: Desk,
    file: CaseFile,
    why: str,
    *,
    on: str = "",
    keep_until: str = "",
    review: str = "",
    reason: str = "",
) -> Retention:
    """End the current period of support and decide how long the file is kept; by default the service's usual time.

    Another time needs the right to decide it. Raises :class:`InputError`, :class:`RefusedError` where it is closed.
    """
    if (keep_until or review) and not desk.may(Right.RETENTION):
        desk.refuse(Right.RETENTION, (file,))
    if not why.strip():
        raise InputError("Say why the file is closed. Nothing was changed.")
    episode = file.episode
    if episode is not None and episode.closed:
        raise RefusedError(f"This file is closed already, since {episode.closed}. Nothing was changed.")
    day = past_day_or(on, desk.today, "closed")
    if episode is not None:
        end_or_empty(day, episode.opened, "closed")
    usual = usual_days(desk, day)
    decision = _decision(
        desk,
        file,
        episode.id if episode is not None else "",
        end_or_empty(keep_until, day, "keep until") or usual[0],
        end_or_empty(review, desk.today, "review") or usual[1],
        reason.strip() or BY_DEFAULT,
    )
    with desk.vault.write() as writing:
        made = episode or Episode(id=new_id(), case=file.case.id, opened=file.case.opened)
        writing.put(_closed(made, day, why.strip()), "closed")
        writing.put(decision, "decided")
    return decision


def _closed(episode: Episode, day: str, why: str) -> Episode:
    return Episode(id=episode.id, case=episode.case, opened=episode.opened, closed=day, why_closed=why)


@needs(Right.CLOSE_FILES)
def reopen_case(desk: Desk, file: CaseFile) -> Episode:
    """A new period of support for a child whose file was closed."""
    episode = file.episode
    if episode is None or not episode.closed:
        raise RefusedError("This file is open. Nothing was changed.")
    made = Episode(id=new_id(), case=file.case.id, opened=desk.today)
    with desk.vault.write() as writing:
        writing.put(made, "reopened")
    return made


@needs(Right.RETENTION)
def decide(desk: Desk, file: CaseFile, keep_until: str, reason: str, *, review: str = "") -> Retention:
    """Decide how long the file is kept, and why. Raises :class:`InputError`."""
    if not reason.strip():
        raise InputError("Say why. Nothing was changed.")
    if not keep_until:
        raise InputError("Say until which day the file is kept. Nothing was changed.")
    episode = file.episode
    made = _decision(
        desk,
        file,
        episode.id if episode is not None else "",
        end_or_empty(keep_until, "", "keep until"),
        end_or_empty(review, desk.today, "review") or usual_days(desk, desk.today)[1],
        reason.strip(),
    )
    with desk.vault.write() as writing:
        writing.put(made, "decided")
    return made


def _decision(
    desk: Desk, file: CaseFile, episode: str, keep_until: str, review: str, reason: str
) -> Retention:
    return Retention(
        id=new_id(),
        case=file.case.id,
        episode=episode,
        decided=desk.today,
        by=desk.vault.practitioner,
        keep_until=keep_until,
        review=min(review, keep_until) if keep_until > desk.today else review,
        reason=reason,
    )


@needs(Right.HOLD)
def hold(desk: Desk, file: CaseFile, reason: str) -> Hold:
    """From now on nothing of this file may be taken out for good. Raises :class:`InputError`, :class:`RefusedError`."""
    if hold_on(desk.vault.read, file.case.id) is not None:
        raise RefusedError("A hold stands on this file already. Nothing was changed.")
    return _enter(desk, file, reason, "")


@needs(Right.HOLD)
def lift_hold(desk: Desk, file: CaseFile, reason: str) -> Hold:
    """End the hold. Raises :class:`InputError`, :class:`RefusedError` where none stands."""
    standing = hold_on(desk.vault.read, file.case.id)
    if standing is None:
        raise RefusedError("No hold stands on this file. Nothing was changed.")
    return _enter(desk, file, reason, standing.id)


def _enter(desk: Desk, file: CaseFile, reason: str, ends: str) -> Hold:
    if not reason.strip():
        raise InputError("Say why. Nothing was changed.")
    made = Hold(
        id=new_id(),
        case=file.case.id,
        since=desk.today,
        by=desk.vault.practitioner,
        reason=reason.strip(),
        ends=ends,
    )
    with desk.vault.write() as writing:
        writing.put(made)
    return made


@needs(Right.LOOK_UP)
def reviews_due(desk: Desk) -> list[Case]:
    """Closed files whose keeping is to be looked at again by now; nobody's for who cannot decide it."""
    if not desk.may(Right.RETENTION):
        return []
    reading = desk.vault.read
    latest = {item.case: item for item in reading.find(Retention)}
    still_open = {item.case for item in reading.find(Episode, closed="")}
    due = [
        number
        for number, item in latest.items()
        if item.review and item.review <= desk.today and number not in still_open
    ]
    return [case for case in reading.by_ids(Case, due).values() if not case.removed]
