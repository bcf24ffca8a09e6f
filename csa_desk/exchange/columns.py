"""Which field a column holds: told by its heading, in the words publishers use; a person's own mapping goes first.

A heading is taken for what it says about whom: *provider name* is the name of the agency, *name* that of the row.
The words are general; no publisher's file is known here.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping

from csa_desk.exchange import column_words as words

GSS = re.compile(r"[A-Z]\d{8}")
UNUSED = ""
"""The field of a column that is kept with what no field was found for."""


def split(heading: str) -> tuple[str, ...]:
    """The words of a heading: small, in one spelling, without accents and marks."""
    text = re.sub(r"\(\d+\)$", "", heading.strip())
    text = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", text)
    text = "".join(part for part in unicodedata.normalize("NFD", text) if not unicodedata.combining(part))
    found = " ".join(re.findall(r"[a-z0-9&]+", text.lower().replace("'s", "").replace("’s", "")))
    for written, meant in words.SPELLINGS:
        found = re.sub(rf"\b{written}\b", meant, found)
    return tuple(words.SINGULAR.get(word, word) for word in found.split())


def shape(headings: Iterable[str]) -> str:
    """The same for all tables with these headings, however they are ordered or written."""
    text = "\x1f".join(sorted({" ".join(split(heading)) for heading in headings}))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def knows(heading: str) -> bool:
    """Whether a heading is one that tables of a directory have."""
    return bool(_meant(split(heading))[0]) or ons(heading) is not None


_ONS = re.compile(r"([A-Z]{2,8})(\d{2})(CD|NM|NMW)")


def ons(heading: str) -> tuple[str, str, str] | None:
    """Kind, year and ``code``, ``name`` or ``alternate_name`` of a heading such as LAD24CD."""
    found = _ONS.fullmatch(heading.strip().upper())
    if found is None:
        return None
    return found[1], f"20{found[2]}", {"CD": "code", "NM": "name", "NMW": "alternate_name"}[found[3]]


def guess(headings: Iterable[str], target: str, examples: Mapping[str, list[str]]) -> dict[str, str]:
    """Heading → field for every heading of a table whose rows are ``target``; UNUSED where none is known.

    Of several columns for one field the plainest heading wins, then the first, but for fields that may stand twice.
    """
    ranked: list[tuple[int, int, str, str]] = []
    found = dict.fromkeys(headings, UNUSED)
    for place, heading in enumerate(found):
        field, rank = _field(heading, target, examples.get(heading, []))
        if field:
            ranked.append((rank, place, heading, field))
    taken: set[str] = set()
    for _, _, heading, field in sorted(ranked):
        if field not in taken or field in words.REPEATED:
            found[heading] = field
            taken.add(field)
    if target == "area":  # beside the code a list is about, other codes are those of areas it lies in
        for heading in found:
            if found[heading] == UNUSED and (told := ons(heading)) and told[2] == "code":
                found[heading] = "within"
    if target in ("service", "location", "agency") and taken & {
        "address",
        "address_1",
        "city",
        "postal_code",
    }:
        for (
            heading
        ) in found:  # beside an address, a county is a line of it and not where a service is offered
            line = {"county": "state_province", "region": "region"}.get(" ".join(split(heading)), "")
            if line and line not in taken and found[heading] in ("area.name", UNUSED):
                found[heading] = line
    return found


def _field(heading: str, target: str, examples: list[str]) -> tuple[str, int]:
    if target == "area":
        from csa_desk.exchange.area_columns import area_field

        return area_field(heading, examples)
    field, rank = _meant(split(heading))
    owner, _, own = field.partition(".")
    here = owner == "location" and field not in words.FIELDS[target]  # where the row's own thing stands
    if own and (here or owner == words.OWNER_OF_TARGET.get(target)):
        field = own
    elif field in ("id", "code") and target in words.CHILDREN and rank > 1:
        return UNUSED, rank
    if field == "code":
        field = "area.code" if _mostly_gss(examples) else "id"
    if field.startswith("area.") and field != "area.name" and not _mostly_gss(examples):
        return UNUSED, rank
    if field not in words.FIELDS[target]:
        return words.INSTEAD.get((target, field), UNUSED), rank
    return field, rank


def _mostly_gss(examples: list[str]) -> bool:
    held = [text for text in examples if text.strip()]
    return bool(held) and sum(GSS.fullmatch(text.strip()) is not None for text in held) * 2 > len(held)


def _meant(found: tuple[str, ...]) -> tuple[str, int]:
    """The field that these words mean, and how far they had to be bent: 0 not at all."""
    whole = " ".join(found)
    if whole in words.PHRASES:
        return words.PHRASES[whole], 0
    kept = [word for word in found if word not in words.FILLERS]
    bare = tuple(word for place, word in enumerate(kept) if not place or word != kept[place - 1])
    text = " ".join(bare)
    if text in words.PHRASES:
        return words.PHRASES[text], 1
    for start, word in enumerate(bare):
        if (owner := words.OWNERS.get(word)) and (own := _of_owner(owner, bare[:start], bare[start + 1 :])):
            return f"{owner}.{own}", 2 + start
    for start in (1, 2, 3):
        tail = " ".join(bare[start:])
        if tail in words.PHRASES and (words.PHRASES[tail] in words.STRONG or " " in tail):
            return words.PHRASES[tail], 10 + start
    for end in range(len(bare) - 1, 0, -1):
        field = words.PHRASES.get(" ".join(bare[:end]), UNUSED)
        if field and (end > 1 or field in words.REACHED):
            return field, 20 - end
    return UNUSED, 0


def _of_owner(owner: str, before: tuple[str, ...], after: tuple[str, ...]) -> str:
    """What a heading says of the owner it names: *provider code*, *name of provider*, *host organisation*."""
    said = " ".join(after or before) or "name"
    own = words.OWN_WORDS.get(said, words.PHRASES.get(said, ""))
    if own and "." not in own:
        return own
    plain = not after and len(before) < 2 and said not in words.PHRASES  # *host organisation*, *ISVA service*
    return "name" if plain and owner in ("organization", "service") else ""


def meaning(heading: str) -> str:
    """The field a heading means by its words alone; empty where they mean none."""
    return _meant(split(heading))[0]
