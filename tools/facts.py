"""Write facts.toml: how well each fact of the project's facts file is known, and from which sources.

    python tools/facts.py ../shared/reference/guidance.md > resources/content/facts.toml

A fact is a line or table row that starts with an id such as `G1.7-4`. How well it is known is read from the tags on
it: what stands in backticks, the cell of a column named Tag, and the words "memory-unverified" wherever they stand.
Where it carries no tag, the tag of its section counts. The weakest tag on a fact decides.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ORDER = ("seed", "statute", "official", "secondary", "unverified", "ours")
"""From the strongest down; between equals the more modest comes later, so that `max` of places is the weakest."""

ACTS = frozenset("f14 f15 f16 f26 f29 f34 f41 f49 f57 f67 f70".split())
"""Sources that are Acts or regulations."""

SECTIONS = {
    "5.7": "inference",  # the heading's policy line: what the app itself does
    "6.1": "seed S2",  # the heading says that the list is the seed's
    "11.1": "seed S1; inference",  # §11: the left column is seed, the right column our proposal
    "11.2": "seed S1; inference",
    "11.3": "seed S2; inference",
    "11.4": "seed S2; inference",
}
"""The tag of a section where it is said in words, not in a tag of its own."""

FACT = re.compile(r"(?:- |\d+\. |\| )`(G\d+(?:\.\d+)?-\d+)`")
TOKEN = re.compile(
    r"found-2nd|found|seed|statute|memory-unverified|inference|confirmed|;"
    r"|F\d+[a-e]?(?:,[a-e](?![a-z]))*|S1/S2|S[12]\b"
)
TAGS = ("found-2nd", "found", "seed", "statute", "memory-unverified", "inference")


@dataclass(frozen=True)
class Fact:
    """A fact's id, how well it is known, and the keys of its sources in the order they are named."""

    id: str
    basis: str
    sources: tuple[str, ...]


def facts(guidance: str) -> list[Fact]:
    """Every fact of the facts file, in its order."""
    tagged = list(_tagged(guidance))
    strengths = _strengths(tag for _, tag in tagged)
    return [_fact(one, tag or "memory-unverified", strengths) for one, tag in tagged]


def toml(found: list[Fact], as_at: str, review_by: str) -> str:
    """The whole of facts.toml."""
    lines = [
        "# Written by tools/facts.py from the project's facts file. Do not edit: change the facts and run it again.",
        "",
        "[pack]",
        'id = "facts"',
        "version = 1",
        'title.en = "How well each fact is known"',
        'jurisdictions = ["england", "wales"]',
        f"as_at = {as_at}",
        f"review_by = {review_by}",
    ]
    for fact in found:
        sources = ", ".join(f'"{source}"' for source in fact.sources)
        lines += ["", "[[fact]]", f'id = "{fact.id}"', f'basis = "{fact.basis}"', f"sources = [{sources}]"]
    return "\n".join(lines) + "\n"


def _tagged(guidance: str) -> Iterator[tuple[str, str]]:
    """Each fact with its tags, joined by semicolons; with those of its section where it has none."""
    for number, lines in _sections(guidance):
        shared = SECTIONS.get(number, "")
        for line in lines:
            if re.fullmatch(r"`seed [^`]*`", line):
                shared = line.strip("`")
        tag_column = False
        for line in lines:
            if not FACT.match(line):  # a head, the rule below it, or what ends a table
                tag_column = line.endswith("| Tag |") or (tag_column and line.startswith("|--"))
            match = FACT.match(line)
            if match:
                yield match[1], _tag(line[match.end() :], tag_column) or shared


def _sections(guidance: str) -> Iterator[tuple[str, list[str]]]:
    """The number of each section and its lines."""
    number, lines = "", list[str]()
    for line in guidance.splitlines():
        heading = re.match(r"#+ (\d+(?:\.\d+)?)", line)
        if heading:
            yield number, lines
            number, lines = heading[1], []
        else:
            lines.append(line)
    yield number, lines


def _tag(rest: str, tag_column: bool) -> str:
    """The tags in what follows the id of a fact; empty if there are none."""
    parts = [part for part in re.findall(r"`([^`]*)`", rest) if _says(part)]
    if tag_column:
        parts.append(rest.rstrip(" |").rsplit("|", 1)[-1].replace("`", ""))
    outside = re.sub(r"`[^`]*`", "", rest.rstrip(" |").rsplit("|", 1)[0] if tag_column else rest)
    if "memory-unverified" in outside:
        parts.append("memory-unverified")
    joined = "; ".join(parts)
    return joined if TOKEN.search(joined.replace(";", "")) else ""


def _says(part: str) -> bool:
    return part.startswith(TAGS) or any(tag in part.split() for tag in TAGS)


def _strengths(tags: Iterator[str]) -> dict[str, str]:
    """How a source is read where a tag says so: for the places that name it without saying."""
    known: dict[str, str] = {}
    for tag in tags:
        for mode, key in _tokens(tag):
            basis = _read(mode, key) if key.startswith("f") else ""
            if basis:
                known[key] = max(known.get(key, "seed"), basis, key=ORDER.index)
    return known


def _tokens(tag: str) -> Iterator[tuple[str, str]]:
    """The words of a tag in order, as (how it is read, key of the source); the key is empty for the word alone."""
    mode = ""
    for token in TOKEN.findall(tag):
        if token == ";":
            mode = ""
        elif token[0] in "FS":
            for key in _keys(token):
                yield mode, key
        else:
            mode = token
            yield mode, ""


def _keys(token: str) -> list[str]:
    if token == "S1/S2":
        return ["s1", "s2"]
    first, *letters = token.lower().split(",")
    return [first, *(first[:-1] + letter for letter in letters)]


def _read(mode: str, key: str) -> str:
    """The basis of a source read in this way; empty where the tag does not say."""
    if key[:1] == "s":
        return "seed"
    if mode == "found-2nd":
        return "secondary"
    if mode in ("found", "statute"):
        return "statute" if key in ACTS or mode == "statute" else "official"
    return ""


def _fact(one: str, tag: str, strengths: dict[str, str]) -> Fact:
    bases: list[str] = []
    sources: list[str] = []
    for mode, key in _tokens(tag):
        if key:
            sources.append(key)
            if mode not in ("inference", "memory-unverified"):  # there the key is what was reasoned from
                bases.append(_read(mode, key) or strengths.get(key) or (bases or ["unverified"])[-1])
        elif mode == "memory-unverified":
            bases.append("unverified")
            sources.append("professional-knowledge")
        elif mode == "inference":
            bases.append("ours")
            sources.append("csa-desk")
        elif mode == "confirmed" and "unverified" in bases:  # what was only known is then named as found
            bases.remove("unverified")
            sources.remove("professional-knowledge")
    return Fact(one, max(bases, key=ORDER.index), tuple(dict.fromkeys(sources)))


def main(argv: list[str]) -> int:
    """Print facts.toml for the facts file named."""
    if len(argv) != 1:
        print("usage: python tools/facts.py GUIDANCE.md", file=sys.stderr)
        return 2
    sys.stdout.write(toml(facts(Path(argv[0]).read_text("utf-8")), "2026-11-22", "2027-05-22"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
