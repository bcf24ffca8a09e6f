"""Who could help a child: every service of the directory held against what is known of the child.

None is left out: those that do not fit stand there too, each with why.
"""

import json
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple

from csa_desk.casework import directory_freshness, stages
from csa_desk.casework.atlas import atlas
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.desk import Desk
from csa_desk.casework.many import no_tidying
from csa_desk.casework.match_lines import (
    Asked,
    Judge,
    Line,
    Once,
    Outcome,
    Rules,
    Seeking,
    Verdict,
    weight_of,
)
from csa_desk.casework.rights import Right, needs
from csa_desk.casework.same_entries import same_as
from csa_desk.casework.service_kinds import kinds_of
from csa_desk.content.models import Unit
from csa_desk.records.dates import age_range
from csa_desk.records.directory import Agency, Service
from csa_desk.records.directory_facts import Criterion, ReferralRoute, SameEntry

__all__ = ["Fit", "Matched", "Outcome", "Verdict", "match", "seeking"]

ORDER = tuple(Verdict)
_MOST_ASKED = 1000
_PLAIN = slice(6, 11)
_ID = '"id":"'
_FRESHEST = ("fresh", "ageing", "unproven")


class Candidate(NamedTuple):
    """A service as matching reads it, many at once: lists as JSON, without its long words."""

    service: str
    agency: str
    name: str
    types: str
    needs: str
    checked_on: str
    status: str
    referrals: str
    minimum_age: str
    maximum_age: str
    areas: str


@dataclass(frozen=True, slots=True)
class Field:
    """Every service by name, and what belongs to some: names of agencies, rules, who may refer.

    ``own_words``: service id → for whom it is in its own words, read when it is asked for.
    """

    services: tuple[Candidate, ...]
    agencies: Mapping[str, str]
    rules: Mapping[str, tuple[Rules, ...]]
    who_may_refer: Mapping[str, tuple[str, ...]]
    own_words: Callable[[str], str]

    def asked(self, item: Candidate, *, whole: bool = True) -> Asked:
        """What a service asks for; without its own words where they do not matter, as for its weight."""
        return Asked(
            item.status,
            item.referrals,
            item.minimum_age,
            item.maximum_age,
            item.areas,
            self.own_words(item.service) if whole else "",
            self.rules.get(item.service, ()),
            self.who_may_refer.get(item.service, ()),
        )


@dataclass(slots=True)
class Fit:
    """A service held against a child. ``freshness`` says how sure its entry is."""

    candidate: Candidate
    verdict: Verdict
    freshness: str
    _field: Field
    _judge: Judge

    @property
    def agency(self) -> str:
        """The name of the agency it belongs to, or empty."""
        return self._field.agencies.get(self.candidate.agency, "")

    @property
    def lines(self) -> tuple[Line, ...]:
        """Each criterion."""
        return self._judge.lines(self._field.asked(self.candidate))

    @property
    def questions(self) -> tuple[str, ...]:
        """What to ask on the phone; no name stands in it."""
        return tuple(dict.fromkeys(line.question for line in self.lines if line.question))

    @property
    def because(self) -> str:
        """The first thing that does not fit or is to be asked; empty where all fits."""
        for outcome in (Outcome.NOT, Outcome.ASK):
            for line in self.lines:
                if line.outcome == outcome:
                    return line.words
        return ""


@dataclass(frozen=True, slots=True)
class Matched:
    """Every service asked about, best first. The counts of the verdicts add up to all."""

    child: Seeking
    fits: tuple[Fit, ...]

    @property
    def counts(self) -> Counter[Verdict]:
        """How many services there are of each verdict."""
        return Counter(item.verdict for item in self.fits)

    def of(self, verdict: Verdict) -> list[Fit]:
        """The services of this verdict, best first."""
        return [item for item in self.fits if item.verdict == verdict]

    @property
    def in_words(self) -> str:
        """``fit: 2, ask first: 3, nearly fit: 1, do not fit: 9``."""
        found = self.counts
        return (
            f"fit: {found[Verdict.FITS]}, ask first: {found[Verdict.ASK]}, "
            f"nearly fit: {found[Verdict.NEARLY]}, do not fit: {found[Verdict.NOT]}"
        )


@needs(Right.OPEN_FILES)
def seeking(desk: Desk, file: CaseFile) -> Seeking:
    """What matching knows of a child today."""
    today = date.fromisoformat(desk.today)
    home = file.home_area(desk.today)
    now = file.stage_now()
    first = min(desk.packs.stages.point, key=lambda item: item.order).id
    return Seeking(
        called=file.called,
        span=age_range(file.child.birth_date, today),
        area=home.area if home is not None else "",
        area_name=home.area_name if home is not None else "",
        reported=None if now is None else stages.stage_named(desk, now.stage).point != first,
        near=desk.packs.settings.value("near-miss-age", Unit.YEARS),
    )


@needs(Right.OPEN_FILES)
def match(
    desk: Desk, file: CaseFile, *, types: Collection[str] = (), needs_met: Collection[str] = ()
) -> Matched:
    """Hold every service against the child. ``types`` and ``needs_met`` leave only services that say one of them."""
    child = seeking(desk, file)
    judge = Judge(child, atlas(desk))
    ground = field_of(desk)
    freshness: Once[str, str] = Once(lambda day: directory_freshness.freshness(desk, day))
    wanted = set(kinds_of(desk, types))
    right_type: Once[str, bool] = Once(
        lambda said: not wanted or not wanted.isdisjoint(kinds_of(desk, json.loads(said)))
    )
    right_need: Once[str, bool] = Once(
        lambda said: not needs_met or not set(needs_met).isdisjoint(json.loads(said))
    )
    found: list[tuple[int, Fit]] = []
    with no_tidying():
        for item in ground.services:
            if right_type[item.types] and right_need[item.needs]:
                if item.service in ground.rules or item.service in ground.who_may_refer:
                    rank, asks = weight_of(judge.lines(ground.asked(item, whole=False)))
                else:
                    rank, asks = judge.plain_weight(*item[_PLAIN])
                fresh = freshness[item.checked_on]
                # Within a verdict, fewest things to ask, then freshest; then by name, as they stand.
                place = (rank * _MOST_ASKED + asks) * len(_FRESHEST) + _FRESHEST.index(fresh)
                found.append((place, Fit(item, ORDER[rank], fresh, ground, judge)))
    found.sort(key=itemgetter(0))
    return Matched(child, tuple(fit for _, fit in found))


@needs(Right.LOOK_UP)
def field_of(desk: Desk) -> Field:
    """Every service with what it asks for."""
    kinds = (Service, Agency, Criterion, ReferralRoute, SameEntry)
    with no_tidying():
        return desk.worked_out("matching", kinds, lambda: _field(desk))


def _field(desk: Desk) -> Field:
    reading = desk.vault.read
    rules: dict[str, list[Rules]] = {}
    of_rule = ("service", "about", "rule", "lowest", "highest", "values", "note")
    for service, about, rule, low, high, values, note in reading.columns(Criterion, *of_rule):
        rules.setdefault(service, []).append(Rules(about, rule, low, high, tuple(json.loads(values)), note))
    routes: dict[str, dict[str, None]] = {}
    for service, who in reading.columns(ReferralRoute, "service", "who"):
        routes.setdefault(service, {}).update(dict.fromkeys(json.loads(who)))
    stands_for = same_as(desk)
    services = [
        Candidate._make((*first, without_ids(areas)))
        for *first, areas in reading.columns(Service, "id", *Candidate._fields[1:])
        if stands_for.get(first[0], first[0]) == first[0]  # linked entries stand here once
    ]
    services.sort(key=lambda item: (item.name.casefold(), item.service))
    return Field(
        tuple(services),
        dict(reading.columns(Agency, "id", "name")),
        {service: tuple(found) for service, found in rules.items()},
        {service: tuple(found) for service, found in routes.items() if found},
        lambda number: held.eligibility if (held := desk.vault.read.get(Service, number)) is not None else "",
    )


def without_ids(areas: str) -> str:
    """Areas as a column holds them, without the id that a feed gives each: what many say alike is the same text."""
    begin = -1 if "\\" in areas else areas.find(_ID)  # with anything escaped, a quote may not end the id
    while begin >= 0:
        end = areas.find('"', begin + len(_ID)) + 1
        if areas[end : end + 1] == ",":
            end += 1
        elif areas[begin - 1 : begin] == ",":
            begin -= 1
        areas = areas[:begin] + areas[end:]
        begin = areas.find(_ID)
    return areas


@needs(Right.OPEN_FILES)
def as_json(desk: Desk, file: CaseFile, matched: Matched) -> dict[str, Any]:
    """What ``directory match --json`` answers."""
    child = matched.child
    # All of them are told here: their own words are read at once.
    words = dict(desk.vault.read.columns(Service, "id", "eligibility"))
    ground = replace(field_of(desk), own_words=lambda number: words.get(number, ""))
    return {
        "case": file.code,
        "age": child.age,
        "area": {"code": child.area, "name": child.area_name},
        "counts": {str(verdict): matched.counts[verdict] for verdict in ORDER},
        "services": [_fit_json(replace(item, _field=ground)) for item in matched.fits],
    }


def _fit_json(fit: Fit) -> Mapping[str, Any]:
    return {
        "id": fit.candidate.service,
        "name": fit.candidate.name,
        "agency": fit.agency,
        "verdict": str(fit.verdict),
        "checked_on": fit.candidate.checked_on,
        "freshness": fit.freshness,
        "criteria": [
            {"about": line.about, "outcome": str(line.outcome), "near": line.near, "words": line.words}
            for line in fit.lines
        ],
        "ask": list(fit.questions),
    }
