"""What is sealed into a case: therapy notes, what a child told, restricted safeguarding notes.

Anybody may seal; who holds the compartment opens it. Nothing is edited out: a correction adds. No verb here puts
sealed words anywhere but into its answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.compartments import founded, missing_fields, name_of, odd_holders, put_in_order
from csa_desk.casework.dates import past_day_or
from csa_desk.casework.desk import Desk
from csa_desk.casework.rights import Right, needs
from csa_desk.content.models import Unit
from csa_desk.errors import DeskError, InputError, RefusedError, SealedError
from csa_desk.records.cases import Case
from csa_desk.records.dates import is_ahead, is_date
from csa_desk.records.ids import new_id
from csa_desk.records.sealed import SEALED_FIELDS, CompartmentName, SealedEntry, SealOpened
from csa_desk.store import compartment_keys, sealed_drafts, sealing, wrapping
from csa_desk.store.keys import Identity
from csa_desk.store.sealed_drafts import Kept
from csa_desk.store.sealing import reader_of
from csa_desk.store.trust import Trust
from csa_desk.store.writing import Writing

NEW = "new"
_CORRECTS = "to-"


class State(StrEnum):
    """Whether the practitioner can open an entry."""

    OPEN = "open"
    WITH_REASON = "with-reason"
    SEALED = "sealed"


@dataclass(frozen=True, slots=True)
class Entry:
    """A sealed entry as everybody may see it: that it is there, by whom and when; and whether you can open it.

    ``hours_left``: until it closes to you as its author; ``None`` where it does not. ``corrects`` is an entry's id.
    """

    id: str
    name: str
    author: str
    author_name: str
    written: str
    state: State
    hours_left: int | None
    signed: bool
    taken_in_by: str
    corrects: str


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """Words that an author began, and neither signed nor came back to. For holders."""

    author: str
    author_name: str
    editor: str
    since: str


def editor_for(corrects: str = "") -> str:
    """The editor's part of the drafts' keys: for something new, or for a correction of an entry."""
    return f"{_CORRECTS}{corrects}" if corrects else NEW


def corrected_by(editor: str) -> str:
    """The entry that an editor puts right; empty for something new."""
    return editor.removeprefix(_CORRECTS) if editor.startswith(_CORRECTS) else ""


# --- writing ------------------------------------------------------------------------------------------------------


@needs(Right.SEAL)
def write_note(desk: Desk, file: CaseFile, words: Mapping[str, str], *, corrects: str = "") -> SealedEntry:
    """Sign a therapy note: ``day`` (today unless said) and ``words``. It stays open to its author."""
    return _sealed(desk, file, CompartmentName.THERAPY, words, corrects)


@needs(Right.SEAL)
def seal_disclosure(
    desk: Desk, file: CaseFile, words: Mapping[str, str], *, corrects: str = ""
) -> SealedEntry:
    """Seal what a child told: the exact ``words``, ``asked_before``, ``day``, ``time``, ``place``, ``told_to``,
    ``told_when``. It closes to its author after the hours of the settings pack.
    """
    return _sealed(desk, file, CompartmentName.DISCLOSURE, words, corrects)


@needs(Right.SEAL)
def restrict(desk: Desk, file: CaseFile, words: Mapping[str, str], *, corrects: str = "") -> SealedEntry:
    """Seal a restricted safeguarding note: ``day`` (today unless said) and ``words``."""
    return _sealed(desk, file, CompartmentName.SAFEGUARDING, words, corrects)


WRITERS = {
    CompartmentName.THERAPY: write_note,
    CompartmentName.DISCLOSURE: seal_disclosure,
    CompartmentName.SAFEGUARDING: restrict,
}
"""Compartment → the verb that seals into it."""


def _sealed(desk: Desk, file: CaseFile, name: str, said: Mapping[str, str], corrects: str) -> SealedEntry:
    words = _checked(desk, name, said)
    if corrects:
        found = desk.vault.read.get(SealedEntry, corrects)
        if found is None or (found.case, found.name) != (file.case.id, name):
            raise InputError("What is to be put right is not there. Nothing was changed.")
    moment, own = desk.clock.moment(), desk.vault.practitioner
    entry = SealedEntry(
        id=new_id(),
        author=own,
        written=moment,
        closes=_closes(desk, name, moment),
        signed=True,
        corrects=corrects,
    )
    with desk.vault.write() as writing:
        made = _into(desk, writing, file.case.id, name, entry, words, moment)
        sealed_drafts.drop(writing, own, f"{sealed_drafts.prefix(file.case.id, name, editor_for(corrects))}/")
    return made


def _into(
    desk: Desk, writing: Writing, case: str, name: str, entry: SealedEntry, words: dict[str, str], moment: str
) -> SealedEntry:
    trust, standing = founded(desk, writing, case, name)
    # Nothing more is sealed to a key that somebody gone may hold: a holder makes the new version first.
    compartment_keys.mend(writing, trust, reader_of(desk.vault), standing, moment)
    made = sealing.seal(writing, trust, standing, entry, words, moment)
    writing.log_access("sealed", f"case:{case}")
    return made


def _checked(desk: Desk, name: str, said: Mapping[str, str]) -> dict[str, str]:
    """Every field of the compartment. Raises :class:`InputError` whose sentence repeats nothing of what was said."""
    known = SEALED_FIELDS[name]
    if not set(said) <= set(known):
        raise InputError("This has fields that such an entry does not have. Nothing was changed.")
    words = missing_fields(dict(said), known)
    if not words["words"].strip():
        raise InputError("There are no words in it yet. Nothing was changed.")
    words["day"] = past_day_or(words["day"], desk.today, "day")
    return words


def _closes(desk: Desk, name: str, moment: str) -> str:
    if name != CompartmentName.DISCLOSURE:
        return ""
    return _later(moment, desk.packs.settings.value("disclosure-closes", Unit.HOURS))


def _later(moment: str, hours: int) -> str:
    return (datetime.fromisoformat(moment) + timedelta(hours=hours)).isoformat(timespec="seconds")


# --- reading ------------------------------------------------------------------------------------------------------


@needs(Right.OPEN_FILES)
def entries(desk: Desk, file: CaseFile, name: str) -> list[Entry]:
    """What is sealed in a compartment, newest first: that it is there, by whom, when, and whether you can open it."""
    reading = desk.vault.whole
    standing = Trust(reading).standing(file.case.id, name)
    reader, moment = reader_of(desk.vault), desk.clock.moment()
    halves = {half.recipient for half in reader.halves(reading, standing)}
    shown = []
    for item in desk.vault.read.find(SealedEntry, case=file.case.id, name=name):
        mine = item.author == reader.practitioner
        closed = sealing.is_closed(item, moment)
        keyed = wrapping.recipients(reading, item.id)
        held = bool(halves & keyed)
        as_author = mine and not closed and not keyed.isdisjoint(item.recipient for item in reader.identities)
        shown.append(
            Entry(
                item.id,
                item.name,
                item.author,
                name_of(desk.vault.whole, item.author),
                item.written,
                State.OPEN if as_author or (held and not _asks_why(item)) else _with_reason(held),
                _hours_left(item, moment) if mine and item.closes and not closed else None,
                item.signed,
                name_of(desk.vault.whole, item.taken_in_by) if item.taken_in_by else "",
                item.corrects,
            )
        )
    return sorted(shown, key=_written, reverse=True)


def _with_reason(held: bool) -> State:
    return State.WITH_REASON if held else State.SEALED


def _asks_why(entry: SealedEntry) -> bool:
    """Whether opening it needs a reason, of everybody but its author while it is open to them."""
    return entry.name == CompartmentName.DISCLOSURE


def _written(entry: Entry) -> str:
    return entry.written


def _hours_left(entry: SealedEntry, moment: str) -> int:
    """Whole hours, the last one begun counts."""
    left = datetime.fromisoformat(entry.closes) - datetime.fromisoformat(moment)
    return -(-int(left.total_seconds()) // 3600)


@needs(Right.OPEN_SEALED)
def open_entry(desk: Desk, file: CaseFile, entry: str, reason: str = "") -> dict[str, str]:
    """The words of an entry, by field; the opening is logged.

    What a child told asks for a reason once it has closed, and of anybody but its author: it stands in history.
    Raises :class:`SealedError` where it is not yours to open, :class:`InputError` without a reason that is needed.
    """
    found = desk.vault.read.get(SealedEntry, entry)
    if found is None or found.case != file.case.id:
        raise InputError("There is no such entry in this file.")
    reader, moment, reading = reader_of(desk.vault), desk.clock.moment(), desk.vault.whole
    standing = Trust(reading).standing(file.case.id, found.name)
    key = sealing.key_of(reading, reader, standing, found, moment)
    if key is None:
        if not desk.vault.read_only:
            with desk.vault.write() as writing:
                writing.log_access("refused-sealed", file.scope)
        raise _stays_closed(desk, found)
    as_author = found.author == reader.practitioner and not sealing.is_closed(found, moment)
    told_why = _asks_why(found) and not as_author
    if told_why and not reason.strip():
        raise InputError("Say why it is opened: it has closed, and your reason stands in the history.")
    if told_why and desk.vault.read_only:
        raise RefusedError("This vault is open for reading only, so the opening cannot be recorded.")
    words = sealing.unsealed(found, key)
    if not desk.vault.read_only:
        with desk.vault.write() as writing:
            writing.log_access("opened-sealed", file.scope)
            if told_why:
                writing.put(
                    SealOpened(
                        id=new_id(),
                        case=found.case,
                        entry=found.id,
                        practitioner=reader.practitioner,
                        on=moment,
                        reason=reason.strip(),
                    )
                )
    return words


def _stays_closed(desk: Desk, entry: SealedEntry) -> SealedError:
    """Why it stays closed, and whom to ask."""
    if entry.author == desk.vault.practitioner:
        return SealedError("This has closed. Ask somebody who holds it if you need to know.")
    return SealedError(
        f"Sealed. Written by {name_of(desk.vault.whole, entry.author)}. Ask somebody who holds it if you need to know."
    )


# --- what was left behind -----------------------------------------------------------------------------------------


@needs(Right.OPEN_SEALED)
def left_behind(desk: Desk, file: CaseFile, name: str) -> list[LeftBehind]:
    """What others began here and left for longer than the hours of the settings pack, if you hold the compartment."""
    reading = desk.vault.whole
    standing = Trust(reading).standing(file.case.id, name)
    if not reader_of(desk.vault).halves(reading, standing):
        return []
    return [
        LeftBehind(author, name_of(desk.vault.whole, author), editor, max(item.time for item in kept))
        for (_, _, author, editor), kept in _left(desk, file.case.id, name).items()
        if author != desk.vault.practitioner
    ]


@needs(Right.OPEN_SEALED)
def take_in(desk: Desk, file: CaseFile, name: str, left: LeftBehind) -> SealedEntry:
    """A holder takes in what an absent author left: it becomes part of the record, not signed by its author."""
    kept = _left(desk, file.case.id, name).get((file.case.id, name, left.author, left.editor))
    standing = Trust(desk.vault.whole).standing(file.case.id, name)
    halves = reader_of(desk.vault).halves(desk.vault.whole, standing)
    if not kept or not halves:
        raise InputError("There is nothing left here that you can take in.")
    made = _become_record(desk, file.case.id, name, left.author, left.editor, kept, halves)
    if made is None:
        raise InputError("There are no words in it that could be taken in.")
    return made


Left = dict[tuple[str, str, str, str], list[Kept]]


def _left(desk: Desk, case: str = "", name: str = "", *, author: str = "") -> Left:
    """Sealed drafts that nobody typed in for the hours of the pack: by case, compartment, author and editor."""
    groups: Left = {}
    for item in sealed_drafts.kept(desk.vault.whole, case, name):
        parts = item.key.split("/")
        if not author or item.author == author:
            groups.setdefault((parts[0], parts[2], item.author, parts[3]), []).append(item)
    hours = desk.packs.settings.value("therapy-note-record", Unit.HOURS)
    now = desk.clock.moment()
    return {key: kept for key, kept in groups.items() if _later(max(i.time for i in kept), hours) <= now}


def _become_record(
    desk: Desk,
    case: str,
    name: str,
    author: str,
    editor: str,
    kept: list[Kept],
    identities: tuple[Identity, ...],
) -> SealedEntry | None:
    said = {item.key.rpartition("/")[2]: sealed_drafts.opened(item.sealed, identities) or "" for item in kept}
    known = SEALED_FIELDS[name]
    words = missing_fields({key: text for key, text in said.items() if key in known}, known)
    if not words["words"].strip():
        return None
    own, moment = desk.vault.practitioner, desk.clock.moment()
    written = max(item.time for item in kept)
    words["day"] = words["day"] if _is_past(words["day"], desk.today) else written[:10]
    corrected = desk.vault.whole.get(SealedEntry, corrected_by(editor))
    fits = corrected is not None and (corrected.case, corrected.name) == (case, name)
    entry = SealedEntry(
        id=new_id(),
        author=author,
        written=written,
        closes=_closes(desk, name, written),
        signed=author == own,
        taken_in_by="" if author == own else own,
        corrects=corrected.id if corrected is not None and fits else "",
    )
    with desk.vault.write() as writing:
        made = _into(desk, writing, case, name, entry, words, moment)
        sealed_drafts.drop(writing, author, f"{sealed_drafts.prefix(case, name, editor)}/")
    return made


def _is_past(day: str, today: str) -> bool:
    return is_date(day) and not is_ahead(day, today)


@needs(Right.OWN_KEYS)
def at_unlock(desk: Desk) -> list[str]:
    """What unlocking does by itself: entries close, keys are renewed, and one's own notes left too long are taken in.

    Returns a sentence for each thing the practitioner is to know; none names a child. A fault here never keeps
    anybody out of the vault.
    """
    if desk.vault.read_only:
        return []
    told = []
    try:
        put_in_order(desk)
        odd = odd_holders(desk)
        if odd:
            told.append(odd)
        own = desk.vault.practitioner
        for (case, name, author, editor), kept in _left(desk, author=own).items():
            if name != CompartmentName.THERAPY:
                continue
            identities = reader_of(desk.vault).identities
            if _become_record(desk, case, name, author, editor, kept, identities) is not None:
                found = desk.vault.whole.get(Case, case)
                which = found.code if found is not None else "a child"
                told.append(
                    f"Your therapy note for {which} is now part of the record. "
                    "It was left unsigned for longer than a note may be."
                )
    except DeskError as fault:
        told.append(str(fault))
    return told
