"""Text tables: in which letters they are written, what stands between the cells, and where a cell ends."""

import codecs
import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Iterator

from charset_normalizer import from_bytes

from csa_desk.exchange import grids
from csa_desk.exchange.documents import UnfitError
from csa_desk.exchange.report import Report
from csa_desk.exchange.tables import Table, Watch

DELIMITERS = (",", ";", "\t", "|")
SAMPLE = 64 * 1024
_END = "\x1e"  # a last line that only an open quotation mark can swallow
# Letters in which British and Welsh offices write, newest habits first.
_WRITTEN = {
    "cp1252": "Windows-1252",
    "mac_roman": "Mac Roman",
    "iso8859_14": "ISO 8859-14",
    "cp850": "DOS 850",
}
_ODD = re.compile("[\x00-\x08\x0e-\x1b\x7f]")


def parse(data: bytes, name: str, report: Report, watch: Watch) -> list[Table]:
    """The one table of a text file; UnfitError if it is no good."""
    text = _decoded(data, name, report)
    if text.lstrip()[:15].lower().startswith(("<!doctype", "<html", "<?xml")):
        raise UnfitError("This is a web page, not a table. Save the table itself.")
    if "\x00" in text:
        text = text.replace("\x00", "")
        report.repaired(name, "Characters that no text can hold were taken out.")
    if len(_ODD.findall(text[:SAMPLE])) * 20 > len(text[:SAMPLE]):
        raise UnfitError("This file does not hold text. Save the table as .csv in UTF-8.")
    told = re.match(r"sep=(.)\r?\n", text)
    if told:
        text = text[told.end() :]
    delimiter = told[1] if told else _delimiter(text)
    return [grids.table(name, _lines(text, delimiter), report, watch)]


def _decoded(data: bytes, name: str, report: Report) -> str:
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16")
        zeros = (data[:2000:2].count(0), data[1:2000:2].count(0))
        if max(zeros) * 4 > len(data[:2000:2]) and min(zeros) * 8 < max(zeros):
            return data.decode("utf-16-be" if zeros[0] > zeros[1] else "utf-16-le")
    except UnicodeDecodeError:
        raise UnfitError("This file is broken UTF-16 text. Save it as UTF-8.") from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    marked = b"\n".join(line for line in data.split(b"\n") if not line.isascii())[:SAMPLE]
    best = from_bytes(marked, cp_isolation=list(_WRITTEN)).best()
    encoding = best.encoding if best is not None and best.encoding in _WRITTEN else "cp1252"
    text = data.decode(encoding, errors="replace")
    lost = text.count("\ufffd")
    if lost * 50 > len(text):
        raise UnfitError("It is not clear in which letters this file is written. Save it as UTF-8.")
    report.repaired(
        name,
        f"This file is not written as UTF-8. It was read as {_WRITTEN[encoding]}. Look whether £, ’ and letters "
        "with accents are right." + (" Some could not be read and show as \ufffd." if lost else ""),
    )
    return text


def _delimiter(text: str) -> str:
    """What stands between the cells: that by which most rows get the same number of cells, and more than one."""
    best, chosen = (0.0, 0), ","
    for mark in DELIMITERS:
        reader = csv.reader(io.StringIO(text[:SAMPLE], newline=""), delimiter=mark)
        try:
            widths = Counter(len(line) for line in itertools.islice(reader, 200) if any(line))
        except csv.Error:
            continue
        several = {width: count for width, count in widths.items() if width > 1}
        if several:
            width, count = max(several.items(), key=lambda item: (item[1], item[0]))
            score = (round(count / widths.total(), 2), width)
            if score > best:
                best, chosen = score, mark
    return chosen


def _lines(text: str, delimiter: str) -> Iterator[list[str]]:
    closed = text if text.endswith(("\n", "\r")) else text + "\n"
    reader = csv.reader(io.StringIO(closed + _END + "\n", newline=""), delimiter=delimiter)
    last: list[str] = []
    try:
        for line in reader:
            if last:
                yield list(last)
            last = line or [""]
    except csv.Error:
        raise UnfitError(
            f"The rows cannot be told apart near line {reader.line_num}. A quotation mark may be missing, or a cell "
            "is longer than 131,000 characters."
        ) from None
    if last != [_END]:
        raise UnfitError(
            "A quotation mark is opened and never closed, so the rows after it cannot be told apart. The file may "
            "have been cut off."
        )
