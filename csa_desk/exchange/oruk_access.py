"""Who may come to a service and how, what it takes on and whether it takes anybody: only where a property says so.

Nothing here is read out of prose. Marks are those that our own export writes; ``capacities`` is HSDS 3.1.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import cast

from csa_desk.exchange import oruk_identity, repairs
from csa_desk.exchange.entry import Entry, is_empty
from csa_desk.exchange.oruk_attributes import Attribute
from csa_desk.exchange.oruk_discretion import ORIGIN
from csa_desk.exchange.oruk_reading import Reading, inner
from csa_desk.records import ids
from csa_desk.records.directory import Referrals
from csa_desk.records.directory_facts import About, Criterion, ReferralRoute, Rule
from csa_desk.records.fields import Record, Value

_WHO = ("self", "carer", "professional", "police")
_HOW = ("phone", "email", "form", "letter", "visit")
_BAND = re.compile(
    r"\s*(\d{1,3}(?:\.\d+)?)?\s*(?:[-–]|\bto\b)\s*(\d{1,3}(?:\.\d+)?)?\s*|\s*(\d{1,3}(?:\.\d+)?)\s*\+\s*"
)


@dataclass(frozen=True, slots=True)
class Told:
    """What the record of a service says of its room, kinds and referrals; ``capacities`` as they came."""

    types: tuple[str, ...]
    referrals: str
    sessions: str
    capacity: str
    capacity_as_at: str
    capacities: list[Value]


def facts(
    reading: Reading, entry: Entry, marks: list[Attribute], *, agency: str, service: str
) -> tuple[list[Attribute], list[Record], Told]:
    """The marks that say something else, the facts that are records of their own, and those of the service."""
    marks, ways = routes(marks, agency=agency, service=service)
    marks, further = bands(entry, marks, service=service)
    marks, open_ = referrals(entry, marks)
    marks, kinds = types(marks)
    marks, meetings = sessions(marks)
    room, as_at, capacities = capacity(entry, reading.today)
    told = Told(kinds, open_, meetings, room, as_at, capacities)
    return marks, [*ways, *further], told


def link_of(mark: Attribute) -> tuple[str, str]:
    """What a mark is about, and its words: the end of ``link_type``, or the name of the term."""
    link, _, tail = str(mark.get("link_type", "")).partition("/")
    return link.lower().replace("_", "-"), tail or str(mark.get("name") or "")


def routes(
    marks: list[Attribute], *, agency: str, service: str
) -> tuple[list[Attribute], list[ReferralRoute]]:
    """The other marks, and the ways to get to a service: ``who`` and ``how`` in the name, where to in ``value``."""
    others: list[Attribute] = []
    found: dict[str, ReferralRoute] = {}
    for mark in marks:
        link, text = link_of(mark)
        if link != "referral-route" or not text:
            others.append(mark)
            continue
        words = [word for word in re.split(r"[,;+/\s]+", text.lower()) if word]
        how = [word for word in words if word in _HOW]
        known = len(how) <= 1 and all(word in (*_WHO, *_HOW) for word in words)
        label, to = str(mark.get("label", "")), str(mark.get("value", ""))
        note = label or ("" if known else text)
        made = ids.same_id(ReferralRoute.KIND, agency, service, text.lower(), to)
        if made in found:
            note = "; ".join(dict.fromkeys(filter(None, [found[made].note, note])))
        found[made] = ReferralRoute(
            id=made,
            origin=ORIGIN,
            origin_id=str(mark.get("id", "")),
            agency=agency,
            service=service,
            who=tuple(word for word in _WHO if word in words) if known else (),
            how=how[0] if known and how else "",
            to=to,
            note=note,
        )
    return others, list(found.values())


def bands(entry: Entry, marks: list[Attribute], *, service: str) -> tuple[list[Attribute], list[Criterion]]:
    """The other marks, and the further bands of ages that a service is for."""
    others: list[Attribute] = []
    found: list[Criterion] = []
    for mark in marks:
        link, name = link_of(mark)
        texts = [str(mark.get("value", "")), name]
        band = next((hit for hit in map(_BAND.fullmatch, texts) if hit), None) if link == "age-band" else None
        low, high, said = repairs.ages(band[1] or band[3], band[2]) if band else ("", "", [])
        if not (low or high):
            others.append(mark)
            if said:
                entry.say(said[0])
            continue
        found.append(
            Criterion(
                id=ids.same_id(Criterion.KIND, service, About.AGE, low, high),
                origin=ORIGIN,
                origin_id=str(mark.get("id", "")),
                service=service,
                about=About.AGE,
                rule=Rule.ONLY,
                lowest=low,
                highest=high,
                note=str(mark.get("label", "")),
            )
        )
    return others, found


def referrals(entry: Entry, marks: list[Attribute]) -> tuple[list[Attribute], str]:
    """The other marks, and whether the service takes new people; empty where no mark says it in a known word."""
    told = {word.value.replace(" ", ""): word.value for word in Referrals}
    others: list[Attribute] = []
    found: set[str] = set()
    for mark in marks:
        link, text = link_of(mark)
        word = told.get(re.sub(r"[\s_-]", "", text.lower()), "") if link == "referral-status" else ""
        if word:
            found.add(word)
        else:
            others.append(mark)
    if len(found) > 1:
        entry.say("Its marks differ on whether it takes new people. That was left out. Ask the service.")
        return marks, ""
    return others, next(iter(found), "")


def types(marks: list[Attribute]) -> tuple[list[Attribute], tuple[str, ...]]:
    """The other marks, and the kinds of service as ids."""
    others = [mark for mark in marks if not _type(mark)]
    return others, tuple(sorted({_type(mark) for mark in marks} - {""}))


def _type(mark: Attribute) -> str:
    link, text = link_of(mark)
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") if link == "service-type" else ""


def sessions(marks: list[Attribute]) -> tuple[list[Attribute], str]:
    """The other marks, and how many sessions there are, in the words of the mark."""
    held = [mark for mark in marks if link_of(mark)[0] == "sessions"]
    told = [str(mark.get("value") or mark.get("label") or link_of(mark)[1]) for mark in held]
    words = "; ".join(dict.fromkeys(word for word in told if word))
    return [mark for mark in marks if not words or mark not in held], words


def capacity(entry: Entry, today: date) -> tuple[str, str, list[Value]]:
    """What a service has room for, in lines; the oldest day that was told for; the entries as they came.

    A line that has no day would make the others look as fresh as they are not: then there is no day at all.
    """
    lines: list[str] = []
    days: list[str] = []
    kept: list[Value] = []
    for raw in entry.objects("capacities", text_as="description"):
        part = entry.part(raw, "a capacity")
        unit = raw.get("unit")
        named = oruk_identity.name_of(unit) if isinstance(unit, dict) else part.line("unit")
        line = _line(part, named)
        moment, said = repairs.moment(part.take("updated"), today)
        entry.say(said.replace("time of the last change", "time the capacity was told"))
        if line:
            lines.append(line)
            days.append(moment[:10])
        held = inner(entry, raw)
        if set(held) - {"id"}:
            kept.append(cast("Value", held))
    # No day sorts before every day.
    return "\n".join(dict.fromkeys(lines)), min(days, default=""), kept


def _line(part: Entry, unit: str) -> str:
    free, most = (_amount(part, name) for name in ("available", "maximum"))
    figures = f"{free} of {most} available" if free and most else f"{free} available" if free else ""
    figures = figures or (f"{most} at most" if most else "")
    words = ": ".join(filter(None, [unit, figures])) if figures else ""
    return ". ".join(filter(None, [words, part.line("description")]))


def _amount(part: Entry, name: str) -> str:
    value = part.take(name)
    if is_empty(value):
        return ""
    found = repairs.number(value)
    if found is None or found < 0:
        part.say(f"The capacity “{name}” was {repairs.shown(value)}, which is no amount. It was left out.")
        return ""
    return repairs.decimal_text(found)
