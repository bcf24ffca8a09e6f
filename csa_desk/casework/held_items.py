"""Everything a file holds, record by record, with what led there; and which records tell of other people.

For whoever asks to see the records: an item that names somebody else, is about them, or came from them is marked, and
a person decides whether it stays. Names are found by words, so a mark is a help and never a proof that there is none.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.compartments import TITLES, name_of
from csa_desk.casework.desk import Desk
from csa_desk.casework.histories import STRUCK, Change, changes, local
from csa_desk.casework.other_people import People
from csa_desk.casework.rights import Right, needs
from csa_desk.errors import SealedError
from csa_desk.records.cases import Case, Person
from csa_desk.records.dates import spoken
from csa_desk.records.sealed import SealedEntry
from csa_desk.records.vault import Practitioner
from csa_desk.store import sealing
from csa_desk.store.decisions import links_of
from csa_desk.store.sealing import reader_of
from csa_desk.store.trust import Trust


class Sealed(StrEnum):
    """Whether an item is sealed, and to whom."""

    NO = ""
    YOURS = "yours"
    CLOSED = "closed"


GROUPS: dict[str, tuple[str, ...]] = {
    "child": ("person", "case", "episode", "jurisdiction", "home-area", "referral-in"),
    "family": ("carer", "sibling", "contact-point", "parental-responsibility", "same-as"),
    "safety": ("safe-contact", "protective-fact", "home-safety", "risk-judgement"),
    "told": ("answer", "sign-off", "need-view"),
    "plan": ("plan", "goal", "action", "plan-view", "outcome-rating"),
    "justice": ("proceeding", "in-proceeding", "stage-instance", "checklist-mark", "therapy-date"),
    "sharing": ("consent-decision", "sharing-decision", "release", "access-request"),
    "team": ("team-member", "task"),
    "sealed": ("sealed-entry", "seal-opened", "compartment", "holder"),
    "kept": (),
}
"""Heading → kinds of records under it; every other kind stands under the last."""

_SEALED_WORDS = {
    "words": "Words",
    "asked_before": "What was asked before",
    "day": "Day",
    "time": "Time",
    "place": "Place",
    "told_to": "Told to",
    "told_when": "Told on",
}


@dataclass(frozen=True, slots=True)
class Held:
    """One thing that is held: its label, what stands now, and each change: moment, worker, what stood before."""

    label: str
    value: str
    trail: tuple[tuple[str, str, str], ...] = ()
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One record. ``others`` names the people it tells of besides the child; ``why`` says so in a sentence.

    ``plain_title`` names nobody. ``keeps``: it may stay although it is marked. ``entry`` is set for a
    sealed entry, whose words are in ``fields`` only where it is yours to open.
    """

    key: str
    kind: str
    group: str
    title: str
    plain_title: str
    fields: tuple[Held, ...]
    others: tuple[str, ...] = ()
    why: str = ""
    keeps: bool = False
    sealed: Sealed = Sealed.NO
    entry: SealedEntry | None = None

    @property
    def marked(self) -> bool:
        """Whether somebody has to decide about it."""
        return bool(self.why) or self.sealed == Sealed.YOURS

    @property
    def gist(self) -> str:
        """What it says, in one line; of sealed words nothing."""
        if self.sealed:
            return ""
        return ". ".join(f"{one.label}: {one.value}" for one in self.fields if not one.struck)

    @property
    def suggested(self) -> bool:
        """Whether it is taken out unless somebody decides otherwise."""
        return self.sealed == Sealed.CLOSED or (bool(self.why) and not self.keeps)


@needs(Right.ANSWER_ACCESS)
def held_items(desk: Desk, file: CaseFile, asked_by: str = "") -> list[Item]:
    """Every record of a file in the order of the headings. What the asker said of themselves does not mark an item."""
    reading, told = desk.vault.read, dict[str, list[Change]]()
    for change in reversed(changes(desk, file)):
        told.setdefault(change.record, []).append(change)
    known = People.of(file, asked_by, [who.name for who in reading.find(Practitioner)], _once(desk, file))
    for child in reading.by_ids(Person, [case.child for case in reading.find(Case)]).values():
        known.add_child(child.name)
    sealed = _Seals(desk, file)
    found = []
    for record, made in told.items():
        item = sealed.opened(_item(file, record, made))
        mark = known.mark(file, item.kind, item.key, item.title, _texts(item))
        found.append(replace(item, others=mark.others, why=mark.why, keeps=mark.keeps))
    order = list(GROUPS)
    return sorted(found, key=lambda item: order.index(item.group))


def _once(desk: Desk, file: CaseFile) -> Iterator[tuple[str, str, Any]]:
    """Kind, field and value of everything that was ever recorded in a file and of the people it names."""
    reading = desk.vault.read
    for scope in (file.scope, *links_of(reading.raw, file.case.id)):
        for row in reading.changes(scope):
            for name, value in row["values"].items():
                yield row["kind"], name, value


def _item(file: CaseFile, record: str, made: list[Change]) -> Item:
    last = made[-1]
    values: dict[str, str] = {}
    trails: dict[str, list[tuple[str, str, str]]] = {}
    for change in made:
        for one in change.fields:
            values[one.label] = one.after
            trails.setdefault(one.label, []).append((change.at, change.who, one.before))
    fields = [Held(label, value, tuple(trails[label]), label == STRUCK) for label, value in values.items()]
    if last.verb == "Taken out":
        fields.append(
            Held("Taken back", spoken(local(last.at).date().isoformat()), ((last.at, last.who, ""),))
        )
    if not fields:
        fields.append(Held("Recorded", spoken(local(last.at).date().isoformat()), ((last.at, last.who, ""),)))
    kind = last.kind
    group = next((name for name, kinds in GROUPS.items() if kind in kinds), "kept")
    if kind == "person" and record != file.case.child:
        group = "family"
    plain = last.title.partition(":")[0] if kind not in ("answer", "task", "goal", "action") else _PLAIN[kind]
    return Item(record, kind, group, last.title, plain, tuple(fields))


_PLAIN = {"answer": "Answer", "task": "Task", "goal": "Goal", "action": "Action"}


def moment_words(moment: str) -> str:
    """``24 November 2026, 10:42`` on the clock on the wall."""
    then = local(moment)
    return f"{spoken(then.date().isoformat())}, {then:%H:%M}"


@dataclass(slots=True)
class _Seals:
    """Opens what the practitioner at work holds; that somebody saw it is logged where it is put into a copy."""

    desk: Desk
    file: CaseFile

    def opened(self, item: Item) -> Item:
        if item.kind != SealedEntry.KIND:
            return item
        entry = self.desk.vault.read.get(SealedEntry, item.key)
        if entry is None or entry.removed or not entry.content:
            return item
        words = self._words(entry)
        title = (
            f"{TITLES.get(entry.name, 'Sealed')}: written by {name_of(self.desk.vault.whole, entry.author)}"
        )
        if words is None:
            return replace(item, title=title, sealed=Sealed.CLOSED, entry=entry)
        known = [Held(_SEALED_WORDS.get(name, name), text) for name, text in words.items() if text.strip()]
        return replace(item, title=title, sealed=Sealed.YOURS, entry=entry, fields=(*known, *item.fields))

    def _words(self, entry: SealedEntry) -> dict[str, str] | None:
        if not self.desk.may(Right.OPEN_SEALED):
            return None
        reading = self.desk.vault.whole
        standing = Trust(reading).standing(self.file.case.id, entry.name)
        key = sealing.key_of(reading, reader_of(self.desk.vault), standing, entry, self.desk.clock.moment())
        try:
            return sealing.unsealed(entry, key) if key is not None else None
        except SealedError:
            return None


def _texts(item: Item) -> list[str]:
    return [
        item.title,
        *(text for one in item.fields for text in (one.value, *(was for _, _, was in one.trail))),
    ]
