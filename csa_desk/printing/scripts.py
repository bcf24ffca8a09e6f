"""Right-to-left writing: joined Arabic letters, and the order in which a line's characters stand on paper.

ReportLab sets characters one after the other from the left. Before a paragraph is broken into lines, ``joined``
puts the form of each Arabic letter that its neighbours ask for; after it is broken, ``visual`` gives the order of
one line. The implicit rules of the Unicode Bidirectional Algorithm are followed, the explicit ones (embeddings,
overrides, isolates, paired brackets) are not: their control characters are taken out before.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_LAM = "\u0644"
_FORMS = ("isolated", "final", "initial", "medial")


def has_right_to_left(text: str) -> bool:
    """Whether any character belongs to a script written from the right."""
    return _RIGHT.search(text) is not None


def starts_right_to_left(text: str) -> bool:
    """The direction of a paragraph: that of its first letter."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False


def mirrored(character: str) -> str:
    """The same bracket facing the other way; any other character as it is."""
    return character.translate(_MIRRORED)


@cache
def _letter_forms() -> dict[str, dict[str, str]]:
    """Base letters (or lam with alef) to their presentation forms by name, read from the Unicode database."""
    forms: dict[str, dict[str, str]] = {}
    for code in (*range(0xFB50, 0xFC00), *range(0xFE80, 0xFEFD)):
        name, *bases = unicodedata.decomposition(chr(code)).split(" ")
        letters = "".join(chr(int(base, 16)) for base in bases)
        if name.strip("<>") in _FORMS and letters[:1] != " " and (len(letters) == 1 or letters[0] == _LAM):
            forms.setdefault(letters, {})[name.strip("<>")] = chr(code)
    return forms


def _joins_on(character: str) -> bool:
    return character in "\u0640\u200d" or "initial" in _letter_forms().get(character, {})


def _joins_back(character: str) -> bool:
    return character in "\u0640\u200d" or "final" in _letter_forms().get(character, {})


def joined(text: str) -> str:
    """The text, still in reading order, with Arabic letters in their isolated, initial, medial or final form."""
    if not has_right_to_left(text):
        return text
    forms = _letter_forms()
    letters: list[str] = []
    for character in text:
        if letters and letters[-1] + character in forms:
            letters[-1] += character
        else:
            letters.append(character)
    solid = [i for i, letter in enumerate(letters) if unicodedata.bidirectional(letter[0]) != "NSM"]
    shaped = list(letters)
    for place, i in enumerate(solid):
        known = forms.get(letters[i])
        if not known:
            continue
        before = letters[solid[place - 1]] if place else ""
        after = letters[solid[place + 1]] if place + 1 < len(solid) else ""
        back = bool(before) and _joins_on(before) and "final" in known
        on = bool(after) and _joins_back(after[0]) and "initial" in known
        shaped[i] = known.get(_FORMS[back + 2 * on], letters[i])
    return "".join(shaped)


def visual(line: str, *, from_right: bool) -> list[int]:
    """Indices of the characters of one line in the order they stand on paper, from the left.

    ``from_right`` is the direction of the paragraph. A character at an odd level is to be mirrored: it is given
    as ``-1 - index``.
    """
    levels = _levels([unicodedata.bidirectional(character) for character in line], int(from_right))
    for i in reversed(range(len(line))):  # what trails the line stays at its end
        if not line[i].isspace():
            break
        levels[i] = int(from_right)
    order = list(range(len(line)))
    for level in range(max(levels, default=0), 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = end + 1
    return [-1 - i if levels[i] % 2 else i for i in _marks_after_letters(line, order, levels)]


def _marks_after_letters(line: str, order: list[int], levels: Sequence[int]) -> list[int]:
    """A reversed run has its accents before their letter; fonts want them after."""
    placed: list[int] = []
    marks: list[int] = []
    for i in order:
        if levels[i] % 2 and unicodedata.bidirectional(line[i]) == "NSM":
            marks.append(i)
            continue
        placed.append(i)
        placed.extend(reversed(marks))
        marks.clear()
    return placed + marks


def _levels(kinds: list[str], base: int) -> list[int]:
    """Embedding levels by the weak, neutral and implicit rules (W1 to W7, N1, N2, I1, I2)."""
    edge = "R" if base else "L"
    _weak(kinds, edge)
    _neutral(kinds, edge)
    raised = {("L", 0): 0, ("R", 0): 1, ("EN", 0): 2, ("AN", 0): 2}
    raised |= {("L", 1): 2, ("R", 1): 1, ("EN", 1): 2, ("AN", 1): 2}
    return [raised[kind, base] for kind in kinds]


def _weak(kinds: list[str], edge: str) -> None:
    strong = before = edge
    for i, kind in enumerate(kinds):
        if kind == "NSM":
            kind = before
        if kind in ("L", "R", "AL"):
            strong = kind
        if kind == "EN" and strong == "AL":
            kind = "AN"
        kinds[i] = before = kind
    for i, kind in enumerate(kinds):
        if kind in ("ES", "CS") and 0 < i < len(kinds) - 1:  # a separator inside a number
            before, after = kinds[i - 1], kinds[i + 1]
            if before == after and (before == "EN" or (before == "AN" and kind == "CS")):
                kinds[i] = before
    for way in (1, -1):  # currency and per cent go with the number they touch
        for i in range(len(kinds))[::way]:
            if kinds[i] == "ET" and 0 <= i - way < len(kinds) and kinds[i - way] == "EN":
                kinds[i] = "EN"
    strong = edge
    for i, kind in enumerate(kinds):
        if kind in ("L", "R", "AL"):
            strong = kinds[i] = "L" if kind == "L" else "R"
        elif kind == "EN" and strong == "L":
            kinds[i] = "L"
        elif kind not in ("EN", "AN"):
            kinds[i] = "ON"


def _neutral(kinds: list[str], edge: str) -> None:
    start = 0
    while start < len(kinds):
        if kinds[start] != "ON":
            start += 1
            continue
        end = start
        while end < len(kinds) and kinds[end] == "ON":
            end += 1
        left = edge if start == 0 else ("L" if kinds[start - 1] == "L" else "R")
        right = edge if end == len(kinds) else ("L" if kinds[end] == "L" else "R")
        kinds[start:end] = [left if left == right else edge] * (end - start)
        start = end
