"""What the columns of a list of areas hold: codes, names, when they held, what came after, what they lie in."""

import re

from csa_desk.exchange import columns

_LARGER = frozenset(
    "county region country nation combined parent within upper police force icb board icp subicb nhs".split()
)
_FORMER = frozenset("former formerly old older previous past archaic".split())
_NEXT = frozenset("replaced superseded successor successors replacement".split())
_CODED = frozenset("code codes id gss ons identifier reference key".split())
_OTHER_NAME = frozenset("nice short alternate other welsh also aka friendly common".split())
_BEGAN = frozenset(("start", "began", "begin", "from", "established", "operative", "opened", "created"))
_ENDED = frozenset(("end", "ended", "until", "terminated", "abolished", "closed"))


def area_field(heading: str, examples: list[str]) -> tuple[str, int]:
    """The field of a list of areas that this heading names, and how plainly; the plainest has the lowest number."""
    told = columns.ons(heading)
    if told:
        return told[2], 0
    found = set(columns.split(heading))
    coded = bool(found & _CODED)
    gss = coded_values(examples)
    if found & _NEXT:
        return "successors", 0
    if found & _FORMER:
        if coded and gss:
            return "former", 0
        return ("former_name", 0) if "name" in found else ("", 0)
    if "vintage" in found:
        return "vintage", 0
    if found & {"date", "day", "from", "on", "began", "ended", "start", "end"}:
        if found & _BEGAN:
            return "began", len(found)
        if found & _ENDED:
            return "ended", len(found)
        return "", 0
    if found & _LARGER and not found <= {
        "police",
        "force",
        "name",
        "code",
        "area",
        "icb",
        "nhs",
        "board",
        "id",
    }:
        return ("within", 0) if coded or gss or not _wordy(examples) else ("", 0)
    if coded:
        return ("code" if gss else "local_code"), _plainness(found)
    if gss:
        return "code", 5
    if (
        "name" in found
        or len(found) == 1
        or found <= {"local", "authority", "area", "police", "force", "council"}
    ):
        if found & _OTHER_NAME:
            return "alternate_name", 0
        named = "name" in found or found & {
            "area",
            "council",
            "authority",
            "district",
            "title",
            "force",
            "icb",
        }
        return ("name", _plainness(found)) if named else ("", 0)
    return "", 0


def _plainness(found: set[str]) -> int:
    if found & {"gss", "ons"}:
        return 0
    return 1 if found & {"official", "local", "authority", "area"} or len(found) == 1 else 2


def coded_values(examples: list[str]) -> bool:
    """Whether most of these values are published area codes."""
    parts = [part.strip() for text in examples for part in re.split(r"[,;|]", text) if part.strip()]
    return bool(parts) and sum(columns.GSS.fullmatch(part) is not None for part in parts) * 2 > len(parts)


def _wordy(examples: list[str]) -> bool:
    """Whether the values are names, not short codes."""
    held = [text for text in examples if text.strip()]
    return any(len(text) > 4 and not text.isupper() for text in held)
