"""JSON documents from files and folders, read with care: nothing in a file can harm or hold up the program.

A file that cannot be trusted whole is refused whole: it is not JSON, cut short, too large, nested too deep, holds a
number JSON does not know, or says the same thing twice.
"""

import codecs
import json
import math
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

Json: TypeAlias = Any
"""What ``json`` gives: dicts with text keys, lists, text, whole numbers, finite floats, booleans, ``None``."""

LARGEST_FILE = 64 * 1024 * 1024  # bytes
DEEPEST = 64  # lists and objects inside one another

_UNSTORABLE = re.compile("[\ud800-\udfff\x00]")
_ESCAPED_UNSTORABLE = re.compile(r"\\u(?:[dD][89a-fA-F]|0000)")


class UnfitError(Exception):
    """A file cannot be taken; ``str()`` is the sentence that says why."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read. ``name`` is its path below the folder that was named, or its own name."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Passed:
    """A file that is not read. ``broken`` where that is a fault, not a choice."""

    name: str
    why: str
    broken: bool


def find(paths: Sequence[Path]) -> list[Source | Passed]:
    """The files that these paths name, sorted by name; in a folder, all ``*.json`` at any depth.

    Links inside a folder are not followed, so nothing outside the folder is read.
    """
    found: list[Source | Passed] = []
    seen: set[Path] = set()
    for path in paths:
        for item in _below(path) if path.is_dir() else [_single(path)]:
            if isinstance(item, Source):
                real = item.path.resolve()
                if real in seen:
                    continue
                seen.add(real)
            found.append(item)
    return sorted(found, key=lambda item: item.name)


def _single(path: Path) -> Source | Passed:
    if path.is_file():
        return Source(path.name, path)
    if path.exists():
        return Passed(path.name, "This is not a file or a folder.", broken=True)
    return Passed(path.name, "There is no such file. Look at its name and where it is.", broken=True)


def _below(folder: Path) -> Iterator[Source | Passed]:
    empty = True
    closed: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=closed.append):
        here = Path(place)
        linked = [name for name in folders if (here / name).is_symlink()]
        folders[:] = sorted(name for name in folders if name not in linked and not name.startswith("."))
        for name in sorted(linked + [name for name in files if name.lower().endswith(".json")]):
            if name.startswith("."):
                continue
            path = here / name
            shown = path.relative_to(folder).as_posix()
            empty = False
            if path.is_symlink():
                yield Passed(shown, "This is a link to another place. Links are not followed.", broken=False)
            elif path.is_file():
                yield Source(shown, path)
            else:
                yield Passed(shown, "This is not a file.", broken=False)
    for fault in closed:
        name = Path(fault.filename).relative_to(folder).as_posix() if fault.filename else folder.name
        yield Passed(name, "This folder cannot be opened.", broken=True)
    if empty and not closed:
        yield Passed(folder.name or str(folder), "There is no .json file in this folder.", broken=True)


def read(source: Source) -> tuple[Json, bool]:
    """The document, and whether characters that no text can hold were taken out; UnfitError if it is no good."""
    try:
        with source.path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError:
        raise UnfitError("This file cannot be opened.") from None
    if len(data) > LARGEST_FILE:
        raise UnfitError("This file is larger than 64 MB. Split it into smaller files.")
    return parse(data)


def parse(data: bytes) -> tuple[Json, bool]:
    """The document in these bytes, as ``read`` gives it."""
    text = _decode(data)
    if not text.strip():
        raise UnfitError("This file is empty.")
    try:
        value = json.loads(
            text, object_pairs_hook=_object, parse_constant=_constant, parse_float=_float, parse_int=_int
        )
    except RecursionError:
        raise UnfitError(_TOO_DEEP) from None
    except json.JSONDecodeError as fault:
        raise UnfitError(_no_json(text, fault)) from None
    marred = _ESCAPED_UNSTORABLE.search(text) is not None or "\x00" in text
    return _checked(value, 1, marred)


_TOO_DEEP = "This file holds lists inside lists too deep to be a directory."


def _decode(data: bytes) -> str:
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16")
        if data[1:2] == b"\x00" and data[:1] != b"\x00":
            return data.decode("utf-16-le")
        if data[:1] == b"\x00" and data[1:2] != b"\x00":
            return data.decode("utf-16-be")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnfitError("This file is not written as UTF-8 or UTF-16 text. Save it as UTF-8.") from None


def _no_json(text: str, fault: json.JSONDecodeError) -> str:
    if text.lstrip()[:1] == "<":
        return "This is a web page, not JSON. Save the feed itself."
    if fault.pos >= len(text.rstrip()) or fault.msg.startswith("Unterminated string"):
        return "This file ends too early. It may have been cut off when it was copied. Fetch it again."
    return f"This file is not JSON. The fault is at line {fault.lineno}."


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        twice = _UNSTORABLE.sub("", twice)[:60]
        raise UnfitError(f"One record says “{twice}” twice, so it is not clear which is meant.")
    return found


def _constant(name: str) -> Json:
    raise UnfitError(f"This file holds {name}, which is not a number.")


def _float(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise UnfitError("This file holds a number that is too large.")
    return value


def _int(digits: str) -> int:
    if len(digits) > 300:
        raise UnfitError("This file holds a number that is too large.")
    return int(digits)


def _checked(value: Json, depth: int, marred: bool) -> tuple[Json, bool]:
    """The value without lone surrogates and NUL, and whether there were any; UnfitError if nested too deep."""
    if depth > DEEPEST:
        raise UnfitError(_TOO_DEEP)
    if isinstance(value, str):
        if not marred or not _UNSTORABLE.search(value):
            return value, False
        return _UNSTORABLE.sub("", value), True
    changed = False
    if isinstance(value, list):
        for place, part in enumerate(value):
            if isinstance(part, (list, dict)) or marred:
                value[place], spoilt = _checked(part, depth + 1, marred)
                changed |= spoilt
    elif isinstance(value, dict):
        for key in list(value):
            part = value[key]
            if isinstance(part, (list, dict)) or marred:
                value[key], spoilt = _checked(part, depth + 1, marred)
                changed |= spoilt
                if _UNSTORABLE.search(key):
                    value[_UNSTORABLE.sub("", key)] = value.pop(key)
                    changed = True
    return value, changed
