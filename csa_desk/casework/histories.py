"""History as a person reads it: what was changed, from what to what, by whom, when and why; and who looked."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from csa_desk.casework.answers import shown_value
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.compartments import TITLES
from csa_desk.casework.desk import Desk
from csa_desk.casework.history_sealed import LOCKS, READERS, lock_title, reader_title
from csa_desk.casework.history_words import ACTIONS, REASONS, RECORDS, How, plainly
from csa_desk.casework.rights import REFUSED, Right, needs, right_words
from csa_desk.casework.wording import Speech
from csa_desk.content.models import say
from csa_desk.records.assessment import Answer, AnswerState
from csa_desk.records.cases import Person
from csa_desk.records.dates import spoken
from csa_desk.records.fields import defaults
from csa_desk.records.kinds import KINDS
from csa_desk.records.vault import Practitioner

LONG = 200
"""More letters than this are folded on the screen."""
KEPT_OUT = f"{REFUSED}kept-out"
STRUCK = "Taken out"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field: its name, what stood before (empty where nothing did) and what stands since."""

    label: str
    before: str
    after: str

    @property
    def long(self) -> bool:
        """Whether it is better folded."""
        return len(self.before) > LONG or len(self.after) > LONG


@dataclass(frozen=True, slots=True)
class Change:
    """One change to one record. ``at`` is a moment; ``kind``, ``record`` and ``revision`` (hex) are never shown."""

    at: str
    who: str
    verb: str
    title: str
    reason: str
    fields: tuple[FieldChange, ...]
    kind: str
    record: str
    revision: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """Who opened, added or printed the file, how often on that day, and when last."""

    at: str
    who: str
    words: str
    times: int


def local(moment: str) -> datetime:
    """A moment as the clock on the wall shows it."""
    return datetime.fromisoformat(moment).astimezone()


@needs(Right.OPEN_FILES)
def changes(desk: Desk, file: CaseFile) -> list[Change]:
    """Everything that was ever recorded in this file, newest first."""
    return _Teller(desk, file).tell()


@needs(Right.OPEN_FILES)
def looks(desk: Desk, file: CaseFile) -> list[Looked]:
    """Who opened the file, newest first; the same person doing the same on one day is one line."""
    found: list[Looked] = []
    names = _Workers(desk)
    for row in desk.vault.read.accesses(file.scope):
        who = names.name(row["practitioner"])
        words = _action(desk, row["action"])
        last = found[-1] if found else None
        same_day = last is not None and local(last.at).date() == local(row["time"]).date()
        if last is not None and same_day and (last.who, last.words) == (who, words):
            found[-1] = Looked(last.at, who, words, last.times + 1)
        else:
            found.append(Looked(row["time"], who, words, 1))
    return found


@needs(Right.PRACTITIONERS)
def refusals(desk: Desk, limit: int = 50) -> list[Looked]:
    """What was refused to whom in the whole vault, newest first, each once."""
    names = _Workers(desk)
    return [
        Looked(row["time"], names.name(row["practitioner"]), _action(desk, row["action"]), 1)
        for row in desk.vault.read.accesses_like(f"{REFUSED}%", limit)
    ]


def _action(desk: Desk, action: str) -> str:
    """An action of the access log in words."""
    if action == KEPT_OUT:
        return "Was refused: the service keeps this file from them"
    if action.startswith(REFUSED):
        return f"Was refused: {right_words(desk.packs.rights, action.removeprefix(REFUSED))}"
    return ACTIONS.get(action, plainly(action))


class _Workers:
    """Names of practitioners, read once each."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._names: dict[str, str] = {}

    def name(self, worker: str) -> str:
        if worker not in self._names:
            found = self._desk.vault.read.get(Practitioner, worker)
            self._names[worker] = (found.name if found is not None else "") or "Somebody no longer here"
        return self._names[worker]


class _Teller:
    """Walks the scopes of a file from the oldest revision on, so that *before* is known for each."""

    def __init__(self, desk: Desk, file: CaseFile) -> None:
        self._desk, self._file = desk, file
        self._workers = _Workers(desk)
        self._speech = Speech.of(file)
        self._questions = {
            name: item for item in desk.packs.assessment.question for name in (item.id, *item.same_as)
        }
        self._needs = {item.id: say(item.short) for item in desk.packs.needs.need}
        self._stages = {item.id: say(item.title) for item in desk.packs.stages.stage}
        self._items = {item.id: say(item.title) for item in desk.packs.pretrial_therapy.item}
        self._outcomes = {item.id: say(item.title) for item in desk.packs.outcomes.outcome}
        self._people: dict[str, str] = {}
        self._state: dict[str, dict[str, Any]] = {}

    def tell(self) -> list[Change]:
        reading = self._desk.vault.read
        rows = list(reading.changes(self._file.scope))
        people, matters = {self._file.case.child}, set()
        for row in rows:
            values = row["values"]
            if isinstance(values.get("person"), str):
                people.add(values["person"])
            if isinstance(values.get("proceeding"), str):
                matters.add(values["proceeding"])
        for person in sorted(filter(None, people)):
            rows.extend(reading.changes(f"person:{person}"))
        for matter in sorted(filter(None, matters)):
            rows.extend(reading.changes(f"proceeding:{matter}"))
        found = reading.by_ids(Person, sorted(filter(None, people)))
        self._people = {key: item.name or item.preferred_name for key, item in found.items()}
        told = [self._change(row) for row in sorted(rows, key=_number)]
        return told[::-1]

    def _change(self, row: Mapping[str, Any]) -> Change:
        kind, values = row["kind"], row["values"]
        first = row["record"] not in self._state
        before = self._state.setdefault(row["record"], dict(defaults(KINDS[kind])) if kind in KINDS else {})
        now = {**before, **values}
        struck = bool(set(json.loads(row["commitments"])) - set(values))
        fields = tuple(self._fields(kind, row["record"], before, now, values))
        if struck:
            fields = (*fields, FieldChange(STRUCK, "", "What this said was taken out, or waits to be"))
        made = Change(
            at=row["time"],
            who=self._workers.name(row["practitioner"]),
            verb="Taken out" if values.get("removed") is True else "New" if first else "Changed",
            title=self._title(kind, now),
            reason=REASONS.get(row["reason"], plainly(row["reason"]).lower()),
            fields=fields,
            kind=kind,
            record=row["record"],
            revision=row["id"].hex(),
        )
        self._state[row["record"]] = now
        return made

    def _title(self, kind: str, now: dict[str, Any]) -> str:
        known = RECORDS.get(kind)
        if known is None:
            return plainly(kind)
        if kind == "answer":
            question = self._questions.get(now["question"])
            words = say(question.text) if question is not None else plainly(str(now["question"]))
            whose = self._file.subject_name(now["subject"])
            return self._speech.fill(words, subject_name=whose)
        name = self._named(known.named_by, now) if known.named_by else ""
        if kind == "compartment":
            return lock_title(now)
        if kind == "holder":
            return reader_title(now, self._workers.name(str(now.get("practitioner"))))
        if kind == "kept-out":
            name = self._workers.name(str(now.get("practitioner")))
            return f"Let into this file again: {name}" if now.get("ends") else f"{known.title}: {name}"
        return f"{known.title}: {name}" if name else known.title

    def _named(self, field: str, now: dict[str, Any]) -> str:
        value = str(now.get(field) or "")
        known: dict[str, dict[str, str]] = {
            "person": self._people,
            "stage": self._stages,
            "need": self._needs,
            "outcome": self._outcomes,
        }
        if field == "name" and value in TITLES:
            return TITLES[value]
        if field in known:
            return known[field].get(value, "")
        if field == "item":
            # pack/item@version
            name = value.rpartition("/")[2].partition("@")[0]
            return self._items.get(name, plainly(name))
        return plainly(value) if field in ("track", "step", "what") and "-" in value else value

    def _fields(
        self, kind: str, record: str, before: dict[str, Any], now: dict[str, Any], values: Mapping[str, Any]
    ) -> Iterator[FieldChange]:
        known = RECORDS.get(kind)
        if known is None:
            return
        if kind == "answer" and not set(values).isdisjoint({"value", "state", "reason", "removed"}):
            yield FieldChange(
                "Answer", self._answer(record, before), self._answer(record, now) or "Taken back"
            )
        for name, (label, how) in known.fields.items():
            if name in values:
                was, is_now = self._said(before.get(name), how), self._said(values[name], how)
                if was != is_now:
                    yield FieldChange(label, was, is_now or "Nothing")

    def _answer(self, record: str, state: dict[str, Any]) -> str:
        if not state.get("state") or state.get("removed"):
            return ""
        question = self._questions.get(state["question"])
        if question is None:
            return (
                plainly(str(state["state"]))
                if state["state"] != AnswerState.ANSWERED
                else str(state["value"])
            )
        return shown_value(question, Answer(id=record, **state), self._speech)

    def _said(self, value: Any, how: How) -> str:
        if value in (None, "", [], (), {}):
            return ""
        match how:
            case "flag":
                return "Yes" if value else ""
            case "day":
                return spoken(str(value))
            case "moment":
                then = local(str(value))
                return f"{spoken(then.date().isoformat())}, {then:%H:%M}"
            case "worker":
                return self._workers.name(str(value))
            case "need":
                return self._needs.get(str(value), plainly(str(value)))
            case "needs":
                return ", ".join(self._needs.get(str(one), plainly(str(one))) for one in value)
            case "categories":
                return ", ".join(plainly(str(one)) for one in value)
            case "subject":
                return self._file.subject_name(str(value)) or "Somebody else in the file"
            case "offers":
                return "; ".join(_offer(one) for one in value if isinstance(one, dict))
            case "lock":
                return LOCKS.get(str(value), str(value))
            case "reader":
                return READERS.get(str(value), str(value))
            case "place":
                return TITLES.get(str(value), plainly(str(value)))
            case "yes-no" | "code":
                return plainly(str(value))
            case _:
                return str(value)


def _number(row: Mapping[str, Any]) -> int:
    return int(row["seq"])


def _offer(offer: dict[str, Any]) -> str:
    parts = [str(offer.get("what", "")), spoken(offer["on"]) if offer.get("on") else ""]
    parts += [str(offer.get("answer", "")), str(offer.get("reason", ""))]
    return ", ".join(part for part in parts if part)
