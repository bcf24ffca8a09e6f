"""Open Referral UK 1.0 turned into the shape of 3.0, so that one mapping reads both.

Each function takes one object and gives it back in the newer shape, with a sentence for what was left out. A property
is told by its own name, so documents that mix both versions are read too, and what is new already stays as it is.
What 3.0 has no home for stays where it stood.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from csa_desk.exchange import oruk_identity, repairs
from csa_desk.exchange.documents import Json
from csa_desk.exchange.entry import is_empty

Raw = dict[str, Json]
Say = Callable[[str], None]

_BANDS = ("eligibilitys", "eligibilities", "eligibility")
_MARKS = (
    *("service_taxonomys", "service_taxonomies", "service_taxonomy"),
    *("link_taxonomys", "link_taxonomies", "link_taxonomy"),
)
_HOURS = ("regular_schedules", "regular_schedule")
_HOLIDAYS = ("holiday_schedules", "holiday_schedule")
_PHYSICAL = ("physical_addresses", "physical_address")
_POSTAL = ("postal_addresses", "postal_address")
_ACCESS = ("accessibility_for_disabilities", "accessibility_for_disability")
_FLAGS = ("personal_data", "sensitive_data")
_OWNERS = frozenset("id service_id serviceId linkId link_id location_id service_at_location_id".split())
_BAND_KNOWN = _OWNERS | {"eligibility", "minimum_age", "maximum_age", "taxonomys", "taxonomies", *_MARKS}

ROUTES = {
    "referral": "By referral.",
    "appointment": "By appointment.",
    "membership": "For members.",
    "dropin": "Drop in.",
}
"""``attending_access`` of 1.0, folded → the same as a sentence."""
_DAYS = {
    "monday": "MO",
    "tuesday": "TU",
    "wednesday": "WE",
    "thursday": "TH",
    "friday": "FR",
    "saturday": "SA",
    "sunday": "SU",
}


def service(raw: Raw, say: Say) -> Raw:
    """A service with what stands inside it, in the shape of 3.0."""
    new = _shared(raw, say)
    _bands(new, say)
    _routes(new)
    for name in ("attending_type", "deliverable_type"):
        marks = [_mark(name.replace("_", "-"), words) for words in _words(new.get(name))]
        if marks:
            del new[name]
            _append(new, "attributes", marks)
    _append(new, "funding", _taken(new, "fundings"))
    for part in _objects(new.get("service_areas")):
        if is_empty(part.get("name")) and isinstance(part.get("service_area"), str):
            _replace(
                new, "service_areas", part, {**_without(part, "service_area"), "name": part["service_area"]}
            )
    if not is_empty(new.pop("reviews", None)):
        say("It came with what visitors wrote about it. That was left out.")
    sites = new.get("service_at_locations")
    if sites is not None:
        new["service_at_locations"] = _each(sites, lambda part: site(part, say))
    return new


def site(raw: Raw, say: Say) -> Raw:
    """A service at a location, in the shape of 3.0; the service in it stays as it is."""
    new = _shared(raw, say)
    if isinstance(new.get("location"), (dict, list)):
        new["location"] = _each(new["location"], lambda part: location(part, say))
    return new


def location(raw: Raw, say: Say) -> Raw:
    """A location, in the shape of 3.0: its physical address first."""
    new = _shared(raw, say)
    found: list[Json] = []
    for names, kind in ((_PHYSICAL, "physical"), (_POSTAL, "postal")):
        for part in _list(_taken(new, *names)):
            if isinstance(part, str) and part.strip():
                part = {"address_1": part}
            if isinstance(part, dict):
                part = {**part, "address_type": part.get("address_type") or kind}
            if not is_empty(part):
                found.append(part)
    _append(new, "addresses", found)
    _append(new, "accessibility", _list(_taken(new, *_ACCESS)))
    return new


def agency(raw: Raw, say: Say) -> Raw:
    """An organisation, in the shape of 3.0. What stands inside it stays as it is."""
    new = _shared(raw, say)
    _move(new, "url", "website")
    _append(new, "funding", _taken(new, "fundings"))
    if not is_empty(new.pop("reviews", None)):
        say("It came with what visitors wrote about it. That was left out.")
    return new


def term(raw: Raw) -> Raw:
    """A term of a taxonomy; 1.0 calls a term a taxonomy, and the taxonomy a vocabulary."""
    if "vocabulary" not in raw:
        return raw
    new = dict(raw)
    _move(new, "vocabulary", "taxonomy")
    return new


def _shared(raw: Raw, say: Say) -> Raw:
    """What services, sites, locations and organisations have alike."""
    new = dict(raw)
    marks = [mark for part in _list(_taken(new, *_MARKS)) for mark in _marks(part)]
    _append(new, "attributes", marks)
    hours = [_hours(part, say) for part in _list(_taken(new, *_HOURS))]
    _append(new, "schedules", hours + [_holiday(part) for part in _list(_taken(new, *_HOLIDAYS))])
    languages = new.get("languages")
    if any("language" in part for part in _objects(languages)):
        new["languages"] = _each(languages, _language)
    for name, what in (("contacts", "contact"), ("phones", "phone number")):
        _leave_out_private(new, name, what, say)
    return new


def private(value: Json) -> set[str]:
    """Ids of the contacts in a document that are marked as personal or sensitive, at any depth."""
    found: set[str] = set()
    if isinstance(value, dict):
        for part in _objects(value.get("contacts")):
            if _is_private(part):
                found.add(oruk_identity.foreign_id(part.get("id")))
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        found |= private(part)
    return found - {""}


def _is_private(part: Json) -> bool:
    return isinstance(part, dict) and any(_yes(part.get(flag)) for flag in _FLAGS)


def _leave_out_private(new: Raw, name: str, what: str, say: Say) -> None:
    held = _list(new.get(name))
    kept = [part for part in held if not _is_private(part)]
    gone = len(held) - len(kept)
    if gone:
        new[name] = kept
        many = f"A {what} is" if gone == 1 else f"{gone} {what}s are"
        say(f"{many} marked as personal or sensitive. Left out.")
    if any(flag in part for part in _objects(kept) for flag in _FLAGS):
        new[name] = [_without(part, *_FLAGS) if isinstance(part, dict) else part for part in kept]


def _yes(value: Json) -> bool:
    """Whether a flag is up. One that cannot be read is: what may be private is not taken."""
    if is_empty(value) or value is False or value == 0:
        return False
    return not (isinstance(value, str) and value.strip().lower() in ("", "false", "no", "n", "0"))


def _bands(new: Raw, say: Say) -> None:
    """Ages, words and marks of eligibility: one band of ages is the service's, each further one a mark of its own."""
    held: list[Json] = []
    for name in _BANDS:
        if name != "eligibility" or _objects(new.get(name)):
            held += _list(_taken(new, name))
    words: list[str] = []
    bands: dict[tuple[str, str], Raw] = {}
    rest: list[Json] = []
    for part in held:
        if not isinstance(part, dict):
            words += _words(part)
            continue
        words += _words(part.get("eligibility"))
        for name in ("taxonomys", "taxonomies", *_MARKS):
            linked = [mark for link in _list(part.get(name)) for mark in _marks(link)]
            _append(new, "attributes", [{**mark, "link_type": "eligibility"} for mark in linked])
        ages = repairs.ages(part.get("minimum_age"), part.get("maximum_age"))
        given = any(not is_empty(part.get(name)) for name in ("minimum_age", "maximum_age"))
        if given:
            known = bands.setdefault(ages[:2], part)
            if not is_empty(part.get("eligibility")) and is_empty(known.get("eligibility")):
                bands[ages[:2]] = part
        unknown = {
            name: item for name, item in part.items() if name not in _BAND_KNOWN and not is_empty(item)
        }
        if unknown:
            rest.append(unknown)
    if words:
        own = _words(new.get("eligibility_description"))
        new["eligibility_description"] = "\n".join(dict.fromkeys([*own, *words]))
    if rest:
        new["eligibilitys"] = rest
    _ages(new, bands, say)


def _ages(new: Raw, bands: dict[tuple[str, str], Raw], say: Say) -> None:
    own = (new.get("minimum_age"), new.get("maximum_age"))
    real = sorted((key for key in bands if any(key)), key=_youngest)
    if all(map(is_empty, own)):
        leading = real[0] if real else next(iter(bands), None)
        if leading is not None:
            for name in ("minimum_age", "maximum_age"):
                new[name] = bands[leading].get(name)
    else:
        leading = repairs.ages(*own)[:2]
    for key, part in bands.items():
        if key != leading:
            for sentence in repairs.ages(part.get("minimum_age"), part.get("maximum_age"))[2]:
                say(sentence)
    for key in real:
        if key != leading:
            mark = _mark("age-band", "-".join(key))
            _append(new, "attributes", [{**mark, "label": " ".join(_words(bands[key].get("eligibility")))}])


def _youngest(band: tuple[str, str]) -> tuple[Decimal, Decimal]:
    return Decimal(band[0] or "0"), Decimal(band[1] or str(repairs.OLDEST))


def _routes(new: Raw) -> None:
    """How one gets in, as words and as marks. Nothing is said of who may ask, because 1.0 does not say it."""
    held = _words(new.get("attending_access"))
    if not held:
        return
    listed = [word.strip() for words in held for word in words.split(",") if word.strip()]
    held = listed if all(map(_route, listed)) else held
    del new["attending_access"]
    said = []
    for words in held:
        sentence = _route(words) or words
        said.append(sentence)
        mark = _mark("referral-route", "visit" if sentence == ROUTES["dropin"] else words)
        _append(new, "attributes", [{**mark, "label": sentence}])
    own = _words(new.get("application_process"))
    new["application_process"] = "\n".join(dict.fromkeys([*own, *said]))


def _route(words: str) -> str:
    """The sentence for one of the words 1.0 has for it; empty for any other."""
    return ROUTES.get("".join(letter for letter in words.lower() if letter.isalpha()), "")


def _mark(link: str, words: str) -> Raw:
    return {"link_type": link, "taxonomy_term": {"name": words}}


def _marks(part: Json) -> list[Raw]:
    """A link to terms as attributes of 3.0."""
    if isinstance(part, str):
        return [{"label": part}] if part.strip() else []
    if not isinstance(part, dict) or is_empty(part):
        return []
    held = [item for item in _list(part.get("taxonomy")) if isinstance(item, dict) and item]
    rest = {
        name: item
        for name, item in part.items()
        if name not in ("taxonomy", "taxonomy_id", "link_id", "linkId")
    }
    if held:
        return [{**rest, "taxonomy_term": term(item)} for item in held]
    if "vocabulary" in part:
        return [{"taxonomy_term": term(part)}]
    named = part.get("taxonomy")
    if isinstance(named, str) and named.strip():
        return [{**rest, "taxonomy_term": {"id": part.get("taxonomy_id"), "name": named}}]
    known = oruk_identity.foreign_id(part.get("taxonomy_id"))
    return [{**rest, "taxonomy_term_id": known}] if known else [dict(part)]


def _hours(part: Json, say: Say) -> Json:
    """Hours that come again, with the name of a day as its code."""
    if not isinstance(part, dict) or is_empty(part.get("weekday")):
        return part
    if not is_empty(part.get("byday")):
        return part
    days = [_day(day) for words in _words(part["weekday"]) for day in words.split(",")]
    if not days or not all(days):
        say(
            f"The day of its hours was {repairs.shown(part['weekday'])}, which does not name one. "
            "It was kept as it came. Ask which day is meant."
        )
        return part
    often = part.get("freq") if not is_empty(part.get("freq")) else "WEEKLY"
    return {**_without(part, "weekday", "byday"), "freq": often, "byday": ",".join(days)}


def _day(words: str) -> str:
    """``Monday``, ``mon`` or ``MO`` as ``MO``; empty where it is no day. Feeds do not agree on which day is 1."""
    text = words.strip().lower()
    return next((code for name, code in _DAYS.items() if len(text) >= 2 and name.startswith(text)), "")


def _holiday(part: Json) -> Json:
    """Other hours, or none, on some days: hours that hold for these days only and say so."""
    if not isinstance(part, dict):
        return part
    new = _without(part, "closed")
    _move(new, "start_date", "valid_from")
    _move(new, "end_date", "valid_to")
    if not {name for name, value in new.items() if not is_empty(value)} - _OWNERS and is_empty(
        part.get("closed")
    ):
        return {}
    closed = "closed" in part and _yes(part["closed"])
    told = "Closed on these days." if closed else "On these days only, instead of the usual hours."
    if closed:
        new = _without(new, "opens_at", "closes_at")
    new["description"] = "\n".join([told, *_words(part.get("description"))])
    return new


def _language(part: Raw) -> Raw:
    new = dict(part)
    _move(new, "language", "name")
    return new


def _words(value: Json) -> list[str]:
    """Texts of a value that is text, a list written as text, a number or a list of these."""
    if isinstance(value, list):
        return [words for part in value for words in _words(part)]
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return []
    text = str(value).strip()
    return [text] if text else []


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [] if is_empty(value) else [value]


def _objects(value: Json) -> list[Raw]:
    return [part for part in _list(value) if isinstance(part, dict)]


def _each(value: Json, change: Callable[[Raw], Raw]) -> Json:
    if isinstance(value, list):
        return [change(part) if isinstance(part, dict) else part for part in value]
    return change(value) if isinstance(value, dict) else value


def _without(raw: Raw, *names: str) -> Raw:
    return {name: value for name, value in raw.items() if name not in names}


def _taken(new: Raw, *names: str) -> Json:
    """What these properties hold, as one list; they are taken off the object."""
    return [part for name in names if name in new for part in _list(new.pop(name))]


def _move(new: Raw, old: str, name: str) -> None:
    """Give a property its newer name, unless that one says something else already."""
    if is_empty(new.get(name)) and not is_empty(new.get(old)):
        new[name] = new.pop(old)
    elif new.get(old) == new.get(name):
        new.pop(old, None)


def _append(new: Raw, name: str, more: Iterable[Any]) -> None:
    found = [part for part in more if not is_empty(part)]
    if found:
        new[name] = [*_list(new.get(name)), *found]


def _replace(new: Raw, name: str, old: Raw, changed: Raw) -> None:
    held = _list(new[name])
    new[name] = [changed if part is old else part for part in held]
