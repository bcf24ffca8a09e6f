"""Which letters of a name match what is being typed: accents and capitals do not count, as in the index."""

import unicodedata


def matches(name: str, typed: str) -> list[tuple[int, int]]:
    """Start and length in ``name`` of what the typed words match, at the beginning of a word of the name."""
    plain, places = _folded(name)
    found: set[int] = set()
    for word in _folded(typed)[0].split():
        start = plain.find(word)
        while start >= 0:
            if start == 0 or not plain[start - 1].isalnum():
                found.update(places[start : start + len(word)])
            start = plain.find(word, start + 1)
    return _runs(sorted(found))


def _folded(words: str) -> tuple[str, list[int]]:
    """The words without accents and in small letters, and for each letter where it stood."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(words):
        for part in unicodedata.normalize("NFD", letter.casefold()):
            if not unicodedata.combining(part):
                letters.append(part)
                places.append(place)
    return "".join(letters), places


def _runs(places: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and place == runs[-1][0] + runs[-1][1]:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((place, 1))
    return runs
