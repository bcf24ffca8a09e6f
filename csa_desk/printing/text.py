"""Paragraphs from plain text. Nothing here reads markup: what a person typed is what is printed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph
from reportlab.platypus.paraparser import ParaFrag

from csa_desk.printing import scripts
from csa_desk.printing.fonts import plain, runs

_LINE_END = re.compile(" *\n *")
_BLANK_LINES = re.compile("\n{3,}")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a paragraph that differs from its style; empty fields are the style's."""

    text: str
    font: str = ""
    colour: Color | None = None
    size: float = 0
    behind: Color | None = None


class Text(Paragraph):  # type: ignore[misc]
    """A paragraph made of runs of one font each, its lines put in the order of their scripts.

    ``split`` of the base class makes its parts with this class, so a part is set by the same rules.
    """

    def breakLines(self, width: Any) -> Any:
        """Break into lines in reading order, then put right-to-left lines in the order of paper."""
        broken = super().breakLines(width)
        if broken.kind == 1:
            for line in broken.lines:
                if any(scripts.has_right_to_left(word.text) for word in line.words):
                    line.words = _on_paper(line.words)
        return broken


def _on_paper(words: Sequence[Any]) -> list[Any]:
    letters = [(word, letter) for word in words for letter in word.text]
    order = scripts.visual("".join(letter for _, letter in letters), from_right=words[0].from_right)
    placed = [
        letters[i] if i >= 0 else (letters[-1 - i][0], scripts.mirrored(letters[-1 - i][1])) for i in order
    ]
    return [
        pieces[0][0].clone(text="".join(letter for _, letter in pieces))
        for _, group in groupby(placed, key=lambda pair: id(pair[0]))
        if (pieces := list(group))
    ]


def stacked(*pieces: Run) -> list[Run]:
    """The pieces that hold anything, each beginning on a line of its own."""
    kept = [replace(piece, text=piece.text.strip()) for piece in pieces if piece.text.strip()]
    return [replace(piece, text="\n" + piece.text) if number else piece for number, piece in enumerate(kept)]


def paragraph(content: str | Sequence[Run], style: ParagraphStyle, mark: str = "") -> Text:
    """A paragraph of plain text, or of differing runs one after the other.

    Line ends in the text are kept, more than one blank line becomes one. ``mark`` stands before the first line, at
    the style's ``bulletIndent``; the text begins at its ``leftIndent``.
    """
    pieces = [Run(content.strip())] if isinstance(content, str) else content
    pieces = [replace(piece, text=_tidy(plain(piece.text))) for piece in pieces]
    whole = "".join(piece.text for piece in pieces)
    from_right = scripts.starts_right_to_left(whole)
    frags = [frag for piece in pieces for frag in _frags(piece, style, from_right)]
    if scripts.has_right_to_left(whole) or not frags:
        # a second fragment makes ReportLab keep its lines as fragments, which can be put in order
        frags.append(_frag("", style.fontName, Run(""), style, from_right))
    return Text(None, style, bulletText=_mark(mark, style) if mark else None, frags=frags)


def _tidy(text: str) -> str:
    return _BLANK_LINES.sub("\n\n", _LINE_END.sub("\n", text)) if "\n" in text else text


def _frags(piece: Run, style: ParagraphStyle, from_right: bool) -> list[Any]:
    frags = []
    for number, line in enumerate(piece.text.split("\n")):
        if number:
            end = _frag("", piece.font or style.fontName, piece, style, from_right)
            end.lineBreak = True
            frags.append(end)
        frags += [
            _frag(text, font, piece, style, from_right)
            for font, text in runs(line, piece.font or style.fontName)
        ]
    return frags


def _frag(text: str, font: str, piece: Run, style: ParagraphStyle, from_right: bool) -> Any:
    frag = ParaFrag(
        text=text,
        fontName=font,
        fontSize=piece.size or style.fontSize,
        textColor=piece.colour or style.textColor,
        rise=0,
        us_lines=[],
        link=[],
        from_right=from_right,
    )
    if piece.behind is not None:
        frag.backColor = piece.behind
    return frag


def _mark(mark: str, style: ParagraphStyle) -> list[Any]:
    piece = Run(mark, style.bulletFontName, style.bulletColor, style.bulletFontSize)
    return [_frag(text, font, piece, style, False) for font, text in runs(plain(mark), style.bulletFontName)]
