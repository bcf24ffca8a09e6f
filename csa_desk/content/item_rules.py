"""What every item of every pack must keep: its ground, its words, its id."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from csa_desk.content.drafts import Draft
from csa_desk.content.faults import Fault
from csa_desk.content.items import Basis, Line, Pack, Sourced
from csa_desk.content.models import Edition, Fact, Facts, Read, Sources, Wording

OWN_DESIGN = "csa-desk"
"""The source of what rests on no fact but is the project's own design."""

_PRINT_PLACES = frozenset({"name", "practitioner", "date", "agency", "service", "number"})
_CHILD_PLACES = frozenset({"name", "they", "them", "their"})
_NAMES = ("also_called", "formerly")
_NOT_FOR_A_CHILD = re.compile(r"\bvictim", re.IGNORECASE)


def header(draft: Draft[Pack]) -> Iterator[Fault]:
    """The dates of the pack, and the words of its title."""
    pack = draft.pack.pack
    if pack.review_by <= pack.as_at:
        yield Fault(draft.name, "pack", f"review_by {pack.review_by} is not after as_at {pack.as_at}")
    for where, text in texts(pack):
        yield from (Fault(draft.name, "pack", what) for what in _words(where, text, _CHILD_PLACES))


def ids(draft: Draft[Pack]) -> Iterator[Fault]:
    """Ids are unique: in their table, and items, which answers name by pack and id, in the whole pack."""
    for table, known in draft.ids.items():
        for one, times in known.items():
            if times > 1:
                yield Fault(draft.name, one, f"the id stands {times} times in [[{table}]]")
    tables: dict[str, str] = {}
    for table, item in draft.items():
        other = tables.setdefault(item.id, table)
        if other != table:
            yield draft.fault(item, f"the id stands in [[{other}]] and in [[{table}]]")
    earlier = Counter(old for _, item in draft.items() for old in item.same_as)
    for _, item in draft.items():
        for old in item.same_as:
            if old in tables:
                yield draft.fault(item, f"same_as names “{old}”, which is an item of today")
            elif earlier[old] > 1:
                yield draft.fault(item, f"same_as names “{old}”, as another item does")


def grounds(
    draft: Draft[Pack], sources: Draft[Sources] | None, facts: Draft[Facts] | None
) -> Iterator[Fault]:
    """Every item and line has a source that is listed and facts that bear it."""
    known_sources = sources.ids["source"] if sources else None
    known_facts = {fact.id: fact for fact in facts.pack.fact} if facts else None
    for _, item in draft.items():
        for where, part in _sourced(item):
            listed = known_sources is None or part.source in known_sources
            found = list(_facts(part, known_facts, listed=listed))
            if not listed:
                found.insert(0, f"the source “{part.source}” is not in sources.toml")
            yield from (draft.fault(item, f"in {where}: {what}" if where else what) for what in found)
        nations = set(item.jurisdictions) - set(draft.pack.pack.jurisdictions)
        for nation in sorted(nations):
            yield draft.fault(item, f"“{nation}” is not among the jurisdictions of the pack")


def words(draft: Draft[Pack]) -> Iterator[Fault]:
    """All text is there in English, with known placeholders, and kind where a child may read it."""
    places = _PRINT_PLACES if draft.name == "print" else _CHILD_PLACES
    for _, row in draft.rows():
        for where, text in texts(row):
            yield from (draft.fault(row, what) for what in _words(where, text, places))
            if _child_reads(row, where) and any(_NOT_FOR_A_CHILD.search(one) for one in text.values()):
                yield draft.fault(row, f"in {where}: “victim” where a child may read it")


def same_text(draft: Draft[Pack]) -> Iterator[Fault]:
    """No two items say the same."""
    seen: dict[tuple[str, ...], str] = {}
    for table, item in draft.items():
        for kind, text in _said(table, item):
            said = (*kind, _normal(text.get("en", "")))
            other = seen.setdefault(said, item.id)
            if said[-1] and other != item.id:
                yield draft.fault(item, f"says the same as “{other}”: {text.get('en', '')}")
        lines = Counter(_normal(line.text.get("en", "")) for _, line in _lines(item))
        for said_twice in (one for one, times in lines.items() if times > 1):
            yield draft.fault(item, f"says twice: {said_twice}")


def listed_facts(facts: Draft[Facts], sources: Draft[Sources] | None) -> Iterator[Fault]:
    """Each fact names sources that are listed."""
    for fact in facts.pack.fact:
        if not fact.sources:
            yield facts.fault(fact, "names no source")
        for one in fact.sources:
            if sources and one not in sources.ids["source"]:
                yield facts.fault(fact, f"the source “{one}” is not in sources.toml")


def listed_sources(sources: Draft[Sources]) -> Iterator[Fault]:
    """A source that was not read whole says what was not."""
    for source in sources.pack.source:
        if source.read is not Read.FULL and not source.note:
            yield sources.fault(
                source, f"is read “{source.read}” and has no note that says what was not read"
            )


def texts(row: Struct, where: str = "") -> Iterator[tuple[str, Mapping[str, str]]]:
    """Every text within a row and where it stands, as ``does 3, text``; of several names, each."""
    for key in row.__struct_fields__:
        value: Any = getattr(row, key)
        place = f"{where}, {key}" if where else key
        if isinstance(value, Mapping) and any(isinstance(said, tuple) for said in value.values()):
            yield from (
                (place, {"en": name, language: name}) for language in value for name in value[language]
            )
        elif isinstance(value, Mapping) and (value or key not in _NAMES):
            yield place, value
        elif isinstance(value, tuple):
            for number, part in enumerate(value, 1):
                if isinstance(part, Struct):
                    yield from texts(part, f"{place} {number}")


def _sourced(item: Sourced) -> Iterator[tuple[str, Sourced]]:
    yield "", item
    for name in item.__struct_fields__:
        part = getattr(item, name)
        if isinstance(part, Sourced):
            yield name, part
    yield from _lines(item)


def _lines(item: Struct) -> Iterator[tuple[str, Line]]:
    for name in item.__struct_fields__:
        value = getattr(item, name)
        for number, part in enumerate(value if isinstance(value, tuple) else (), 1):
            if isinstance(part, Line):
                yield f"{name} {number}", part


def _facts(part: Sourced, known: Mapping[str, Fact] | None, *, listed: bool) -> Iterator[str]:
    """Faults of the facts that a part names; `listed` says whether its source is in sources.toml."""
    if not part.facts:
        if part.basis is not Basis.OURS or part.source != OWN_DESIGN:
            yield f"names no fact, so its basis must be “ours” and its source “{OWN_DESIGN}”"
        return
    for one, times in Counter(part.facts).items():
        if times > 1:
            yield f"names the fact {one} {times} times"
    if known is None:
        return
    found = [known[one] for one in part.facts if one in known]
    yield from (f"the fact {one} is not in facts.toml" for one in part.facts if one not in known)
    drawn_on = {source for fact in found for source in fact.sources}
    if listed and len(found) == len(part.facts) and not _drawn(part, drawn_on):
        yield f"the source “{part.source}” is none of those its facts come from: {', '.join(sorted(drawn_on))}"
    weakest = min(found, key=lambda fact: fact.basis.strength, default=None)
    if weakest and part.basis.strength > weakest.basis.strength:
        yield f"the basis “{part.basis}” is stronger than the fact {weakest.id}, which is “{weakest.basis}”"


def _drawn(part: Sourced, sources: set[str]) -> bool:
    """Whether the source is one of these or a page of one (f50c of f50); our own reasoning may be ours."""
    own = part.basis is Basis.OURS and part.source == OWN_DESIGN
    return own or part.source in sources or part.source.rstrip("abcdef") in sources


def _words(where: str, text: Mapping[str, str], places: frozenset[str]) -> Iterator[str]:
    if "en" not in text:
        yield f"in {where}: there are no English words"
    for said in text.values():
        for found in re.findall(r"\{([^{}]*)\}", said):
            if found not in places:
                yield f"in {where}: the placeholder {{{found}}} is not one of {', '.join(sorted(places))}"
        if re.search(r"[{}]", re.sub(r"\{[^{}]*\}", "", said)):
            yield f"in {where}: a brace has no partner"


def _child_reads(row: Struct, where: str) -> bool:
    if isinstance(row, Wording):
        return row.edition is not Edition.PROFESSIONAL
    return where == "child" or where.startswith("ask_as")


def _said(table: str, item: Any) -> Iterator[tuple[tuple[str, ...], Mapping[str, str]]]:
    """What an item says that no other may say again, with the kind of saying it is."""
    if isinstance(item, Wording):
        yield (table, item.edition, item.slot), item.text
    elif hasattr(item, "title"):
        yield (table, "title"), item.title
    elif table == "question":
        yield (table, "text"), item.text
    for _, line in _lines(item):
        yield ("line",), line.text


def _normal(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
