"""Each criterion of a service held against one child: *fits*, *does not fit because*, *not known: ask*.

Pure rules, in words. What a service asks for is its own; kinds of abuse are never a threshold of this program, so a
service's words on them are passed on and asked about, and nothing is left out for them (design §2, issue 4).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeVar

from csa_desk.casework.atlas import Atlas, Covers, areas_in, words_of
from csa_desk.records.directory import Referrals, ServiceStatus
from csa_desk.records.directory_facts import About, Rule

K = TypeVar("K")
V = TypeVar("V")
Span = tuple[float, float]
"""Between which ages somebody is, in decimal years."""


class Outcome(StrEnum):
    """What holding one criterion against a child gave. ``READ``: words that only a person can judge."""

    FITS = "fits"
    NOT = "does-not-fit"
    ASK = "ask"
    READ = "read"


class Verdict(StrEnum):
    """What all criteria of a service give together, best first."""

    FITS = "fits"
    ASK = "ask-first"
    NEARLY = "nearly-fits"
    NOT = "does-not-fit"


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion. ``near``: it does not fit, but nearly. ``question``: what to ask on the phone, without a name."""

    about: str
    outcome: Outcome
    words: str
    near: bool = False
    question: str = ""


@dataclass(frozen=True, slots=True)
class Seeking:
    """What matching knows of a child. ``span``: the youngest and oldest it can be, in decimal years.

    ``reported``: whether police were told; ``None`` where nobody recorded it. ``near``: how many years beside a limit
    of age still count as near.
    """

    called: str
    span: Span | None
    area: str
    area_name: str
    reported: bool | None
    near: float

    @property
    def age(self) -> str:
        """The age in words that stand after *is*; empty where it is unknown."""
        if self.span is None:
            return ""
        low, high = int(self.span[0]), int(self.span[1])
        return str(low) if low == high else f"{low} or {high}" if high == low + 1 else f"{low} to {high}"


@dataclass(frozen=True, slots=True)
class Rules:
    """One criterion of a service as recorded: see :class:`csa_desk.records.directory_facts.Criterion`."""

    about: str
    rule: str
    lowest: str = ""
    highest: str = ""
    values: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a service asks for, as recorded: the fields of its record and its criteria and referral routes."""

    status: str = ""
    referrals: str = ""
    minimum_age: str = ""
    maximum_age: str = ""
    areas: str = ""
    eligibility: str = ""
    rules: tuple[Rules, ...] = ()
    who_may_refer: tuple[str, ...] = ()


def weight_of(lines: Iterable[Line]) -> tuple[int, int]:
    """The place of the verdict that lines give together among all verdicts, and how many things are to be asked.

    The worst line counts: nothing that does not fit and nothing to ask fits, and what nearly fits is never counted
    with what does not.
    """
    worst = asks = 0
    for line in lines:
        if line.outcome == Outcome.NOT:
            worst = max(worst, _NEARLY if line.near else _NOT)
        elif line.outcome == Outcome.ASK:
            worst, asks = max(worst, _ASK), asks + 1
    return worst, asks


def verdict_of(lines: Iterable[Line]) -> Verdict:
    """What lines give together."""
    return tuple(Verdict)[weight_of(lines)[0]]


_, _ASK, _NEARLY, _NOT = range(len(Verdict))


def number(said: str) -> float | None:
    """A decimal age; ``None`` for none, and for a minus that a publisher means as none."""
    try:
        found = float(said)
    except ValueError:
        return None
    return found if 0 <= found < 200 else None


def upper_end(said: str) -> float | None:
    """Up to which age somebody counts: *17* is until the 18th birthday, *17.5* means what it says."""
    found = number(said)
    return None if found is None else found + 1 if found == int(found) else found


def ages_words(low: str, high: str) -> str:
    """``4 to 17``, ``12 and over``, ``up to 25``."""
    bounds = number(low) is not None, number(high) is not None
    if all(bounds):
        return f"{low} to {high}"
    return f"{low} and over" if bounds[0] else f"up to {high}"


class Once(dict[K, V]):
    """What many services say alike, worked out once."""

    def __init__(self, work: Callable[[K], V]) -> None:
        super().__init__()
        self._work = work

    def __missing__(self, said: K) -> V:
        found = self[said] = self._work(said)
        return found


class _Judged(NamedTuple):
    lines: tuple[Line, ...]
    weight: tuple[int, int]


def _judged(*lines: Line) -> _Judged:
    return _Judged(lines, weight_of(lines))


class Judge:
    """Holds services against one child; what many services say alike is judged once."""

    def __init__(self, child: Seeking, atlas: Atlas) -> None:
        self.child = child
        self.atlas = atlas
        self._running: Once[tuple[str, str], _Judged] = Once(lambda said: _judged(*_running(*said)))
        self._ages: Once[tuple[str, str], _Judged] = Once(lambda said: _judged(self._age_line(*said, ())))
        self._areas: Once[str, _Judged] = Once(lambda said: _judged(self._area_line(said, ())))

    def lines(self, asked: Asked) -> tuple[Line, ...]:
        """A line for each criterion: whether it takes people, ages, area, who may refer, then its own words."""
        ages = [item for item in asked.rules if item.about == About.AGE and item.rule != Rule.EITHER]
        areas = [item for item in asked.rules if item.about == About.AREA and item.rule != Rule.EITHER]
        found = [
            *self._running[asked.status, asked.referrals].lines,
            self._age_line(asked.minimum_age, asked.maximum_age, ages),
            self._area_line(asked.areas, areas),
        ]
        if asked.who_may_refer and not any(item.about == About.REFERRER for item in asked.rules):
            found.append(self._referrer(Rules(About.REFERRER, Rule.ONLY, values=asked.who_may_refer)))
        found.extend(
            self._rule(item)
            for item in asked.rules
            if item.about not in (About.AGE, About.AREA) or item.rule == Rule.EITHER
        )
        if asked.eligibility:
            found.append(Line("who-it-is-for", Outcome.READ, f"In their words: {asked.eligibility}"))
        return tuple(found)

    def plain_weight(self, status: str, referrals: str, low: str, high: str, areas: str) -> tuple[int, int]:
        """As :func:`weight_of` its lines, for a service with neither rules nor routes: no line is made anew."""
        runs, run_asks = self._running[status, referrals].weight
        age, age_asks = self._ages[low, high].weight
        area, area_asks = self._areas[areas].weight
        return max(runs, age, area), run_asks + age_asks + area_asks

    def _age_line(self, low: str, high: str, rules: Sequence[Rules]) -> Line:
        child = self.child
        bands = [(low, high)] if number(low) is not None or number(high) is not None else []
        bands += [(item.lowest, item.highest) for item in rules if item.rule == Rule.ONLY]
        left_out = [(item.lowest, item.highest) for item in rules if item.rule == Rule.NOT]
        question = f"Do you see somebody of {child.age}?" if child.age else "Which ages do you see?"
        if not bands and not left_out:
            return Line("age", Outcome.ASK, "Not known: which ages they see.", question=question)
        said = "For ages " + ", and ".join(ages_words(*band) for band in bands) if bands else "For every age"
        if left_out:
            said += " but not " + ", nor ".join(ages_words(*band) for band in left_out)
        if child.span is None:
            return Line(
                "age", Outcome.ASK, f"{said}. How old {child.called} is, is not entered.", question=question
            )
        within = [_within(child.span, band) for band in bands] or [True]
        outside = [_within(child.span, band) for band in left_out]
        if True in within and not any(item is not False for item in outside):
            return Line("age", Outcome.FITS, f"{said}.")
        is_now = f"{child.called} is {child.age}"
        if (True in within or None in within) and True not in outside:
            return Line("age", Outcome.ASK, f"{said}. {is_now}: ask.", question=question)
        if True in outside:
            near = any(_near_the_edge(child.span, band, child.near) for band in left_out)
        else:
            near = any(_distance(child.span, band) <= child.near for band in bands)
        so_near = ", which is near. Ask." if near else "."
        return Line("age", Outcome.NOT, f"{said}. {is_now}{so_near}", near, question if near else "")

    def _area_line(self, said: str, rules: Sequence[Rules]) -> Line:
        child = self.child
        serves: list[Mapping[str, object]] = list(areas_in(said))
        serves += [{"name": one} for item in rules if item.rule == Rule.ONLY for one in item.values]
        left_out: list[Mapping[str, object]] = [
            {"name": one} for item in rules if item.rule == Rule.NOT for one in item.values
        ]
        home = child.area_name or child.area
        question = f"Do you serve {home}?" if home else "Which areas do you serve?"
        if not serves and not left_out:
            return Line("area", Outcome.ASK, "Not known: which areas they serve.", question=question)
        names = list(dict.fromkeys(self._area_words(item) for item in serves))
        words = f"Serves {_listed(names)}" if names else "Serves every area"
        if left_out:
            words += f" but not {_listed([self._area_words(item) for item in left_out])}"
        if not home:
            return Line(
                "area", Outcome.ASK, f"{words}. Where {child.called} lives is not entered.", question=question
            )
        covers = {self._covers(item) for item in serves} or {Covers.YES}
        beyond = {self._covers(item) for item in left_out}
        if Covers.YES in covers and beyond <= {Covers.NO}:
            return Line("area", Outcome.FITS, f"{words}.")
        lives = f"{child.called} lives in {home}"
        if Covers.YES in beyond:
            return Line("area", Outcome.NOT, f"{words}. {lives}.")
        if covers - {Covers.NO}:
            part = " a part of it" if covers == {Covers.PART} or covers == {Covers.PART, Covers.NO} else ""
            why = f"{lives}: they serve{part}. Ask." if part else f"{lives}: ask whether that is within."
            return Line("area", Outcome.ASK, f"{words}. {why}", question=question)
        return Line("area", Outcome.NOT, f"{words}. {lives}.")

    def _area_words(self, area: Mapping[str, object]) -> str:
        words = words_of(area)
        codes = self.atlas.codes_of(area)
        return self.atlas.title(codes[0]) if codes and words in (*codes, "") else words

    def _covers(self, area: Mapping[str, object]) -> Covers:
        child = self.child
        words = words_of(area)
        codes = self.atlas.codes_of(area)
        if child.area and codes:
            found = {self.atlas.covers(code, child.area) for code in codes}
            best = (Covers.YES, Covers.PART, Covers.UNKNOWN, Covers.NO)
            return next(item for item in best if item in found)
        several = child.area and len(self.atlas.named(words)) > 1
        alike = " ".join(words.casefold().split()) == " ".join(child.area_name.casefold().split())
        return Covers.YES if alike and child.area_name and not several else Covers.UNKNOWN

    # --- the rest -------------------------------------------------------------------------------------------

    def _rule(self, rule: Rules) -> Line:
        if rule.about == About.POLICE:
            return self._police(rule)
        if rule.about == About.REFERRER:
            return self._referrer(rule)
        noted = f" In their words: {rule.note}" if rule.note else ""
        if rule.rule == Rule.EITHER:
            return Line(
                rule.about, Outcome.FITS, f"{_EITHER.get(rule.about, 'It makes no difference.')}{noted}"
            )
        named = _listed(list(rule.values))
        if rule.about == About.ABUSE:
            whom = "for" if rule.rule == Rule.ONLY else "not for"
            what = f"{whom} {named}" if named else "for some kinds of abuse only"
            words = f"They say they are {what}. That is their rule, never ours: ask.{noted}"
            return Line(rule.about, Outcome.ASK, words, question="Which kinds of abuse do you work with?")
        if rule.about == About.GENDER:
            words = f"{'For' if rule.rule == Rule.ONLY else 'Not for'} {named or 'some only'}. Ask.{noted}"
            return Line(rule.about, Outcome.ASK, words, question="Whom do you see?")
        said = rule.note or named
        before = "Only" if rule.rule == Rule.ONLY else "Not"
        return Line(
            About.OTHER,
            Outcome.ASK,
            f"{before}: {said}. Ask." if said else "Something else is asked for. Ask.",
            question=f"Is this so: {before.lower()} {said}?" if said else "What else do you ask for?",
        )

    def _police(self, rule: Rules) -> Line:
        noted = f" In their words: {rule.note}" if rule.note else ""
        question = "Do you need a report to police?"
        if rule.rule == Rule.EITHER:
            return Line(rule.about, Outcome.FITS, f"No report to police is needed.{noted}")
        wanted = rule.rule == Rule.ONLY
        said = "Only after a report to police" if wanted else "Only where police were not told"
        if self.child.reported is None:
            return Line(
                rule.about,
                Outcome.ASK,
                f"{said}. Whether police were told is not entered.{noted}",
                question=question,
            )
        if self.child.reported == wanted:
            return Line(rule.about, Outcome.FITS, f"{said}.{noted}")
        now = "Police were told" if self.child.reported else "Police were not told, and nobody has to"
        return Line(
            rule.about, Outcome.NOT, f"{said}. {now}: ask what else they can do.{noted}", True, question
        )

    def _referrer(self, rule: Rules) -> Line:
        noted = f" In their words: {rule.note}" if rule.note else ""
        who = {one.strip().casefold() for one in rule.values}
        if rule.rule == Rule.EITHER:
            return Line(rule.about, Outcome.FITS, f"Anybody may ask.{noted}")
        if not who:
            return Line(rule.about, Outcome.ASK, f"Not known: who may ask.{noted}", question="Who may refer?")
        named = _listed([_WHO.get(one, one) for one in rule.values], last="or")
        ours = bool(who & {"professional", "anyone", "any"})
        if rule.rule == Rule.NOT:
            if ours:
                return Line(rule.about, Outcome.NOT, f"Not by {named}.{noted}", True, "Who may refer?")
            return Line(rule.about, Outcome.FITS, f"Not by {named}. You may.{noted}")
        if ours:
            return Line(rule.about, Outcome.FITS, f"You may refer.{noted}")
        if who & {"self", "carer"}:
            return Line(
                rule.about,
                Outcome.FITS,
                f"{named[:1].upper()}{named[1:]} has to ask. You can help with that.{noted}",
            )
        return Line(
            rule.about, Outcome.ASK, f"Only by {named}. Ask who can refer.{noted}", question="Who may refer?"
        )


_WHO = {
    "self": "the young person",
    "carer": "a carer",
    "professional": "a professional",
    "police": "police",
    "gp": "a GP",
    "school": "a school",
}
_EITHER: dict[str, str] = {
    About.ABUSE: "They work with every kind of abuse.",
    About.GENDER: "For everybody.",
    About.AGE: "For every age.",
    About.AREA: "They serve every area.",
}


def _running(status: str, referrals: str) -> Iterable[Line]:
    if status in (ServiceStatus.INACTIVE, ServiceStatus.DEFUNCT):
        yield Line("open", Outcome.NOT, "It has closed.")
        return
    if status == ServiceStatus.PAUSED:
        question = "When do you open again?"
        yield Line("open", Outcome.NOT, "It is closed for a while. Ask when it opens again.", True, question)
    elif status:
        yield Line("open", Outcome.FITS, "It runs.")
    if referrals == Referrals.CLOSED:
        question = "When do you take new people again?"
        yield Line("open", Outcome.NOT, "It takes nobody new just now. Ask when it does.", True, question)
    elif referrals == Referrals.WAITING:
        yield Line("open", Outcome.FITS, "It has a waiting list.")
    elif referrals == Referrals.OPEN:
        yield Line("open", Outcome.FITS, "It takes new people.")


def _within(span: Span, band: tuple[str, str]) -> bool | None:
    """Whether the child is certainly within a band of ages; ``None`` where only perhaps."""
    low, high = number(band[0]), upper_end(band[1])
    exact = high is not None and number(band[1]) == high

    def holds(age: float) -> bool:
        return (low is None or age >= low) and (high is None or age < high or (exact and age == high))

    youngest, oldest = holds(span[0]), holds(span[1])
    if youngest and oldest:
        return True
    between = low is not None and span[0] < low <= span[1]
    return None if youngest or oldest or between else False


def _distance(span: Span, band: tuple[str, str]) -> float:
    """How many years lie between the child's age and a band."""
    low, high = number(band[0]), upper_end(band[1])
    too_young = 0.0 if low is None else max(0.0, low - span[1])
    too_old = 0.0 if high is None else max(0.0, span[0] - high)
    return max(too_young, too_old)


def _near_the_edge(span: Span, band: tuple[str, str], near: float) -> bool:
    """Whether the child, who is within a band that is left out, will soon leave it or has just come into it."""
    low, high = number(band[0]), upper_end(band[1])
    before = low is not None and span[1] - low <= near
    after = high is not None and high - span[0] <= near
    return before or after


def _listed(names: Sequence[str], most: int = 6, last: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and 9 more``."""
    if len(names) > most:
        return f"{', '.join(names[: most - 1])} and {len(names) - most + 1} more"
    return f"{', '.join(names[:-1])} {last} {names[-1]}" if len(names) > 1 else "".join(names)
