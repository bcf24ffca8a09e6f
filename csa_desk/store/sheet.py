"""The practitioner's recovery sheet: sixteen plain words that open their slot, with a check against slips.

Twelve words and a bit carry 128 random bits; the remaining 32 are a check, so that a mistyped word is told from
a sheet of another vault. Words are those of SLIP-39 (no two share their first four letters).
"""

import hashlib
import os
import re
from dataclasses import dataclass

from shamir_mnemonic.wordlist import WORDLIST

WORDS_ON_SHEET = 16
_SECRET_BYTES = 16
SECRET_BITS = 8 * _SECRET_BYTES
_CHECK_BYTES = 4
_BITS_PER_WORD = 10


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """What was read: the secret if the words agree; else the place and word that a single slip explains.

    ``wrong_place`` counts from 1; 0 where no single word explains it. ``meant`` is the word that fits there.
    """

    secret: str = ""
    wrong_place: int = 0
    meant: str = ""


def new_sheet() -> str:
    """Sixteen words, parted by spaces. They are the secret of the sheet's slot."""
    secret = os.urandom(_SECRET_BYTES)
    return " ".join(_words(secret + _check(secret)))


def read_sheet(typed: str) -> ReadSheet:
    """Read typed words: case, line breaks, numbers and full stops do not matter."""
    words = words_in(typed)
    if len(words) != WORDS_ON_SHEET:
        return ReadSheet()
    if _agrees(words):
        return ReadSheet(secret=" ".join(words))
    for place in range(WORDS_ON_SHEET):
        for candidate in WORDLIST:
            tried = [*words[:place], candidate, *words[place + 1 :]]
            if _agrees(tried):
                return ReadSheet(wrong_place=place + 1, meant=candidate)
    return ReadSheet()


def words_in(text: str) -> list[str]:
    """The words of a sheet or share as typed, or of its file: there only the numbered lines count."""
    numbered = _NUMBERED.findall(text.lower())
    if len(numbered) > 1:
        return [str(word) for word in numbered]
    return "".join(c if c.isalpha() else " " for c in text.lower()).split()


_NUMBERED = re.compile(r"^[ \t]*\d{1,2}[.):]?[ \t]+([a-z]+)[ \t]*\r?$", re.MULTILINE)


def sheet_text(name: str, words: str) -> str:
    """The recovery sheet of the vault of this name as plain text, to print or to copy by hand."""
    lines = [
        "CSA Desk recovery sheet",
        f"Vault: {name}",
        "",
        "These words open the vault like the passphrase. Whoever has them can read everything in it.",
        "Keep this paper locked away, apart from the laptop. Do not photograph it.",
        "",
        *(f"{number:2}. {word}" for number, word in enumerate(words.split(), start=1)),
    ]
    return "\n".join(lines) + "\n"


_PLACE = {word: number for number, word in enumerate(WORDLIST)}


def _check(secret: bytes) -> bytes:
    return hashlib.sha256(b"csa-desk recovery sheet" + secret).digest()[:_CHECK_BYTES]


def _words(content: bytes) -> list[str]:
    bits = int.from_bytes(content, "big")
    return [
        WORDLIST[(bits >> (_BITS_PER_WORD * (WORDS_ON_SHEET - 1 - place))) & 1023]
        for place in range(WORDS_ON_SHEET)
    ]


def _agrees(words: list[str]) -> bool:
    bits = 0
    for word in words:
        number = _PLACE.get(word)
        if number is None:
            return False
        bits = bits << _BITS_PER_WORD | number
    content = bits.to_bytes(_SECRET_BYTES + _CHECK_BYTES, "big")
    return _check(content[:_SECRET_BYTES]) == content[_SECRET_BYTES:]
