"""Text from feeds made plain: no formatting marks, no odd spaces, line breaks kept."""

import html
import re
import unicodedata
from html.parser import HTMLParser

LONGEST = 100_000  # characters of one text

_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form "
    "header hr html legend main nav section summary table tbody tfoot thead tr".split()
)
_PARAGRAPHS = frozenset("h1 h2 h3 h4 h5 h6 ol p pre ul".split())
_INLINE = frozenset(
    "a abbr acronym b big bdi bdo button caption cite code col colgroup del dfn em embed font i iframe img input ins "
    "kbd label link mark meta o:p object option path q s samp select small span strike strong sub sup svg td th time "
    "tt u var video audio source picture".split()
)
_SILENT = frozenset(("script", "style", "head", "template"))
_KNOWN = _BLOCKS | _PARAGRAPHS | _INLINE | _SILENT | {"br", "li", "wbr"}

_TAG = re.compile(r"<!--|</?(?:" + "|".join(sorted(map(re.escape, _KNOWN))) + r")(?=[\s/>])", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")
_ODD = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_SPACES = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_EMPTY_LINES = re.compile(r"\n{3,}")


def plain(text: str) -> str:
    """The text without HTML, with single spaces, and at most one empty line in a row.

    Feeds escape HTML once or twice over, so up to three layers are taken off. A link keeps its address in brackets
    unless the words are the address.
    """
    text = text[:LONGEST]
    if text.isascii() and text.isprintable() and not ("<" in text or "&" in text or "  " in text):
        return text.strip()  # nearly all texts
    for _ in range(3):
        if _TAG.search(text):
            text = _without_tags(text)
        elif _ENTITY.search(text):
            text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
        else:
            break
    text = _BREAKS.sub("\n", text)
    text = _ODD.sub("", unicodedata.normalize("NFC", text))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


def one_line(text: str) -> str:
    """The text as ``plain`` gives it, with line breaks become spaces."""
    found = plain(text)
    return " ".join(filter(None, found.split("\n"))) if "\n" in found else found


_DECLARATION = re.compile(r"<[!?][^<>]*>")
_NO_TAG = re.compile(r"<(?![a-zA-Z/][^<>]*>)")


def _without_tags(text: str) -> str:
    reader = _Reader()
    # The parser sees only tags that end: over unending ones its time would grow with the square of the length.
    reader.feed(_NO_TAG.sub("&lt;", _DECLARATION.sub("", _without_comments(text))))
    reader.close()
    return "".join(reader.out)


def _without_comments(text: str) -> str:
    first, *parts = text.split("<!--")
    return first + "".join(part.split("-->", 1)[-1] for part in parts)


class _Reader(HTMLParser):
    """Turns HTML into text. What only looks like a tag, such as ``<name@place>``, stays as it is."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self._silent = 0
        self._links: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag not in _KNOWN:
            self.handle_data(self.get_starttag_text() or "")
        elif tag == "a":
            self._links.append((dict(attrs).get("href") or "", len(self.out)))
        elif tag == "li":
            self.out.append("\n• ")
        elif tag in ("td", "th"):
            self.out.append(" ")
        else:
            self._break(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _KNOWN:
            self.handle_data(self.get_starttag_text() or "")
        else:
            self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag not in _KNOWN:
            self.handle_data(f"</{tag}>")
        elif tag == "a":
            self._end_link()
        else:
            self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.out.append(data)

    def _break(self, tag: str) -> None:
        if tag in _PARAGRAPHS:
            self.out.append("\n\n")
        elif tag in _BLOCKS or tag == "br":
            self.out.append("\n")

    def _end_link(self) -> None:
        if not self._links:
            return
        address, start = self._links.pop()
        address = address.strip()
        if not address.lower().startswith(("http://", "https://", "mailto:", "tel:")):
            return
        words = "".join(self.out[start:])
        if not _bare(words) or _bare(address) not in _bare(words):
            shown = re.sub(r"^(?:mailto|tel):", "", address, flags=re.IGNORECASE)
            self.out.append(f" ({shown})" if words.strip() else shown)


def _bare(address: str) -> str:
    """An address without what people leave off when they write it."""
    text = re.sub(r"^(?:https?://|mailto:|tel:)(?:www\.)?|\s", "", address.strip().lower())
    return text.removeprefix("www.").rstrip("/")
