"""The fonts of print, all embedded, and which of them has a character.

Desk Sans in three weights; DeskFallback for other alphabets and signs; DeskEmoji for single emoji. A character that
none of them has is set as ``MISSING``, so that a reader sees that something stood there.
"""

import re
import unicodedata
from functools import cache
from threading import Lock
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from csa_desk.paths import resource
from csa_desk.printing.scripts import joined

REGULAR = "DeskSans-Regular"
SEMIBOLD = "DeskSans-SemiBold"
BOLD = "DeskSans-Bold"
FALLBACK = "DeskFallback-Regular"
EMOJI = "DeskEmoji-Regular"
MARKS = FALLBACK  # its ticks and squares are plain, those of Desk Sans cast a shadow
MISSING = "□"

_BREAKS = str.maketrans(
    dict.fromkeys("\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", "\n") | {"\t": " ", "\x1f": " "}
)
_FAR = re.compile("<([0-9A-F]{5,6})>")
_registering = Lock()


class _Embedded(TTFont):  # type: ignore[misc]
    """A font whose far characters (emoji) can be read back: ReportLab writes their code, PDF wants UTF-16."""

    def addObjects(self, doc: Any) -> None:
        """Add the font's objects to the document."""
        super().addObjects(doc)
        for name, held in doc.idToObject.items():
            if name.startswith("toUnicodeCMap:"):
                held.content = _FAR.sub(_in_utf_16, held.content)


def _in_utf_16(code: re.Match[str]) -> str:
    return f"<{chr(int(code[1], 16)).encode('utf-16-be').hex().upper()}>"


@cache
def _glyphs(name: str) -> frozenset[int]:
    """The characters a font draws; registers it with ReportLab."""
    with _registering:
        font = _Embedded(name, str(resource("fonts", f"{name}.ttf")))
        pdfmetrics.registerFont(font)
    return frozenset(code for code, glyph in font.face.charToGlyph.items() if glyph)


def load() -> None:
    """Register the fonts every print uses. Emoji are registered when a character asks for them."""
    for name in (REGULAR, SEMIBOLD, BOLD, MARKS):
        _glyphs(name)


def plain(text: str) -> str:
    """Text as it can be set: composed, Arabic letters joined, one kind of line end, nothing invisible.

    Line ends stay as ``\\n``. Soft hyphens, joiners, direction marks and variation selectors go, as they draw
    nothing; other control characters become ``MISSING``.
    """
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").translate(_BREAKS)
    if text.isascii() and text.replace("\n", "").isprintable():
        return text
    return "".join(_drawn(character) for character in joined(text))


def _drawn(character: str) -> str:
    kind = unicodedata.category(character)
    if kind == "Cf" and unicodedata.bidirectional(character) != "AN":
        return ""
    if "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef":
        return ""
    return MISSING if kind in ("Cc", "Cs", "Cn", "Co") and character != "\n" else character


@cache
def _font_for(character: str, wanted: str) -> tuple[str, str]:
    """The font that sets a character, and what it sets: the character, its plain equivalent, or ``MISSING``."""
    fonts = (wanted, FALLBACK, EMOJI, SEMIBOLD)
    for form in (character, unicodedata.normalize("NFKC", character)):
        for font in fonts:
            if all(ord(part) in _glyphs(font) for part in form):
                return font, form
    return wanted, MISSING


def runs(text: str, wanted: str) -> list[tuple[str, str]]:
    """Pieces of a ``plain`` text without line ends, each with the font that has all its characters."""
    if text.isascii() and wanted != FALLBACK:  # the fallback has no Latin letters
        return [(wanted, text)] if text else []
    pieces: list[tuple[str, str]] = []
    for character in text:
        if character.isspace() and character != "\u00a0":
            font, form = FALLBACK if pieces and pieces[-1][0] == FALLBACK else wanted, " "
        else:
            font, form = _font_for(character, wanted)
        if pieces and pieces[-1][0] == font:
            pieces[-1] = (font, pieces[-1][1] + form)
        else:
            pieces.append((font, form))
    return pieces
