"""Spoils sound files the way the world and an enemy do, from one seeded ``Random``, so that a case returns."""

import copy
import io
import json
import warnings
import zipfile
from random import Random
from typing import Any

from tests.fuzz.sound_files import Files

_WORDS: tuple[Any, ...] = (
    None, "", " ", "-1", -1, 0, 1e9, 1e308, 10**40, True, False, [], {}, [[]], [{}], [None], {"id": []}, {"": ""},
    "2031-02-30", "0000-00-00", "9999-12-31T23:59:60Z", "31/12/1899", "<p onclick=x>y</p>", "&#0;&#x110000;&nbsp",
    "<" * 300, "&lt;" * 300, "a\x00b", "\ud800", "\u202eabc", "e\u0301" * 30, "../../etc/passwd", "C:\\x",
    "=cmd|'/c x'!A1",
    "@SUM(1)", "active", "defunct", "PT0S", "RRULE:FREQ=SECONDLY", "tel:+44 (0) 117 496 0001 ext 9", "999" * 200,
    "a@b" * 100, "jo@x.example, sam@y.example", "http://[::1", "https://x.example/" + "y" * 3000, "javascript:x()",
    "E06000990", "0-0", "18-11", "1.5 - 2.75", "under -3", "from birth to 150", "ZZ99 3VZ", "é" * 5000, "1,5", "٣",
)  # fmt: skip
_BYTES = (
    b"", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xfe\xff", b"\xed\xa0\x80", b'"', b"'", b",", b";", b"\t", b"\r",
    b"\n", b"[" * 40, b"{" * 40, b"]", b"}", b"NaN", b"-Infinity", b"1e999", b"9" * 400, b"\\u0000", b"\\ud800",
    b"null", b"<",
    b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]>", b"&a;", b"PK\x03\x04", b"\x1e", b"=1+1", b"\xc3", b"%PDF", b" " * 200,
)  # fmt: skip
_DEEP = 70
_MOST_TWICE = (
    20_000  # bytes: lines twice, thirty times over and again, become a table that rightly takes seconds
)


def spoilt(files: Files, chance: Random) -> Files:
    """The files with one to six things wrong, or now and then as they are."""
    found = dict(files)
    for _ in range(chance.randint(0, 6)):
        name = chance.choice(sorted(found))
        how = chance.random()
        if name.endswith(".json") and how < 0.75:
            found[name] = _of_json(found[name], chance)
        elif name.endswith(".xlsx") and how < 0.8:
            found[name] = _of_sheet(found[name], chance)
        elif name.endswith(".csv") and how < 0.7:
            found[name] = _of_lines(found[name], chance)
        elif how < 0.95:
            found[name] = _of_bytes(found[name], chance)
        else:
            found = _of_names(found, name, chance)
    return found


def _of_names(files: Files, name: str, chance: Random) -> Files:
    """A file under another name, twice, or gone."""
    found = dict(files)
    ending = chance.choice([".json", ".csv", ".xlsx", ".txt", "", ".JSON"])
    other = chance.choice(["same", "x" * 90, "é", "a b", "-rf", "..x", "con", "list"]) + ending
    if "/" not in name:
        found[other] = found[name]
    if chance.random() < 0.3 and len(found) > 1:
        del found[name]
    return found


# --- documents -----------------------------------------------------------------------------------------------------


def _of_json(data: bytes, chance: Random) -> bytes:
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return _of_bytes(data, chance)
    document = {"": document} if not isinstance(document, dict | list) else document
    ways = _ways(document)
    if not ways:
        return _of_bytes(data, chance)
    *way, last = chance.choice(ways)
    holder = document
    for step in way:
        holder = holder[step]
    _spoil(holder, last, document, ways, chance)
    text = json.dumps(document, ensure_ascii=chance.random() < 0.5)
    if chance.random() < 0.03:
        text = text.replace('{"', '{"id": 1, "id": 2, "', 1)  # one thing said twice
    return text.encode(
        chance.choice(["utf-8"] * 12 + ["utf-16", "utf-16-be", "utf-8-sig", "cp1252"]), "replace"
    )


def _spoil(holder: Any, last: Any, document: Any, ways: list[tuple[Any, ...]], chance: Random) -> None:
    how = chance.choice(["gone", "word", "word", "word", "listed", "moved", "deep", "many", "key"])
    if how == "gone":
        del holder[last]
    elif how == "word":
        holder[last] = copy.deepcopy(chance.choice(_WORDS))
    elif how == "listed":
        holder[last] = [holder[last]]
    elif how == "moved":
        other = document
        for step in chance.choice(ways):
            other = other[step]
        holder[last] = copy.deepcopy(other)
    elif how == "deep":
        for _ in range(chance.choice([2, 5, _DEEP])):
            holder[last] = chance.choice([[holder[last]], {"id": holder[last]}, {"location": holder[last]}])
    elif how == "many":
        holder[last] = [copy.deepcopy(holder[last]) for _ in range(chance.randint(2, 40))]
    elif isinstance(holder, dict):
        holder[str(chance.choice(_WORDS))[:40]] = holder.pop(last)


def _ways(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    if len(way) > _DEEP:
        return []
    return [found for key, part in parts for found in [(*way, key), *_ways(part, (*way, key))]]


# --- tables --------------------------------------------------------------------------------------------------------


def _of_lines(data: bytes, chance: Random) -> bytes:
    lines = data.split(b"\r\n")
    place = chance.randrange(len(lines))
    how = chance.choice(["gone", "twice", "cell", "cell", "cell", "wide", "mark", "head", "letters"])
    if how == "gone":
        del lines[place]
    elif how == "twice" and len(data) < _MOST_TWICE:
        lines[place:place] = [lines[place]] * chance.randint(1, 30)
    elif how == "cell":
        cells = lines[place].split(b",")
        cells[chance.randrange(len(cells))] = _as_cell(chance.choice(_WORDS))
        lines[place] = b",".join(cells)
    elif how == "wide":
        lines[place] += b",x" * chance.choice([1, 9, 600])
    elif how == "mark":
        lines = [line.replace(b",", chance.choice([b";", b"\t", b"|", b":"])) for line in lines]
    elif how == "head":
        lines[:0] = [b"Our list of services", b"", b"sep=;"][: chance.randint(1, 3)]
    else:
        return (
            b"\n".join(lines)
            .decode("utf-8", "replace")
            .encode(chance.choice(["utf-16", "cp1252", "cp850"]), "replace")
        )
    return chance.choice([b"\r\n", b"\n", b"\r"]).join(lines)


def _as_cell(word: Any) -> bytes:
    text = word if isinstance(word, str) else json.dumps(word)
    return text.encode("utf-8", "replace")


def _of_sheet(data: bytes, chance: Random) -> bytes:
    """One part of the spreadsheet changed inside its wrapping, or a part more, twice or gone."""
    held = io.BytesIO()
    try:
        with (
            zipfile.ZipFile(io.BytesIO(data)) as old,
            zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            warnings.simplefilter("ignore")  # a part that is there twice is what is wanted
            names = old.namelist()
            spoil = chance.choice(names)
            drop = chance.choice(names) if chance.random() < 0.08 else ""
            for name in names:
                content = old.read(name)
                if name == spoil:
                    content = _of_xml(content, chance)
                if name != drop:
                    new.writestr(name, content)
            if chance.random() < 0.05:
                new.writestr(
                    chance.choice(["../x.xml", "xl/vbaProject.bin", "xl/externalLinks/e.xml", "a" * 200]),
                    b"x",
                )
            if chance.random() < 0.01:
                new.writestr("xl/worksheets/sheet9.xml", b"<" + b" " * 8_000_000)
    except (
        zipfile.BadZipFile,
        OSError,
        EOFError,
        ValueError,
        RuntimeError,
        NotImplementedError,
        UnicodeError,
    ):
        return _of_bytes(data, chance)
    except Exception as fault:  # noqa: BLE001 - whatever zlib and zipfile say of a part that is spoilt already
        assert type(fault).__module__ in ("zlib", "zipfile", "struct"), fault  # noqa: PT017
        return _of_bytes(data, chance)
    return held.getvalue()


_XML = (
    b"", b"9", b"99999999", b"<", b"-1", b"x", b'"', b"ZZZZ", b" ", b"</row>", b't="s"', b't="d"', b't="e"', b't="b"',
    b"<f>1+1</f>", b'<mergeCell ref="A1:XFD1048576"/>', b'r="XFD1048576"', b"1e400", b"-99999", b"&#0;", b"&amp;amp;",
    b"2026-13-45", b'<!ENTITY x "y">', b"_x0000_", b"<v></v>", b'count="999999999"',
)  # fmt: skip


def _of_xml(content: bytes, chance: Random) -> bytes:
    found = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(found) + 1)
        if chance.random() < 0.5 and (mark := bytes(found).find(b">", place)) >= 0:
            place = mark + 1
        found[place : place + chance.randrange(4)] = chance.choice(_XML)
    return bytes(found)


# --- bytes ---------------------------------------------------------------------------------------------------------


def _of_bytes(data: bytes, chance: Random) -> bytes:
    if not data:
        return chance.choice(_BYTES)
    found = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(found) + 1)
        how = chance.randrange(4)
        if how == 0:
            found[place : place + 1] = bytes([chance.randrange(256)])
        elif how == 1:
            found[place:place] = chance.choice(_BYTES)
        elif how == 2:
            del found[place : place + chance.choice([1, 2, 20, 400])]
        else:
            other = chance.randrange(len(found) + 1)
            found[place:place] = found[other : other + chance.choice([3, 40])]
    return bytes(found[: chance.randrange(len(found) + 1)] if chance.random() < 0.1 else found)
