"""Rows taken from single pages of a database, without its tables: a page that is lost takes only its own rows along.

SQLite's file format: a page of a table holds rows under their numbers, a page of an index (and of a table without row
numbers) holds rows alone; what does not fit goes on in a chain of further pages.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from csa_desk.store.pages import USABLE, Pages

_TABLE, _INDEX, _INDEX_INNER = 0x0D, 0x0A, 0x02
_MOST_TABLE = USABLE - 35
_MOST_INDEX = (USABLE - 12) * 64 // 255 - 23
_LEAST = (USABLE - 12) * 32 // 255 - 23
_ON_FIRST_PAGE = 100
_WHOLE_NUMBERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}


@dataclass(frozen=True, slots=True)
class Row:
    """The values of a row; ``number`` is its row number, ``None`` in what has none."""

    number: int | None
    values: tuple[Any, ...]


def rows_of(pages: Pages, number: int, seal_key: bytes) -> Iterator[Row] | None:
    """The rows that begin on a page; ``None`` where the page is damaged. What cannot be made out is passed over."""
    page = pages.plain(number, seal_key)
    if page is None:
        return None
    return _rows(pages, page, _ON_FIRST_PAGE if number == 1 else 0, seal_key)


def _rows(pages: Pages, page: bytes, start: int, seal_key: bytes) -> Iterator[Row]:
    kind = page[start]
    if kind not in (_TABLE, _INDEX, _INDEX_INNER):
        return
    count = int.from_bytes(page[start + 3 : start + 5], "big")
    first = start + (12 if kind == _INDEX_INNER else 8)
    for place in range(first, min(first + 2 * count, USABLE - 1), 2):
        at = int.from_bytes(page[place : place + 2], "big")
        try:
            row = _row(pages, page, at + (4 if kind == _INDEX_INNER else 0), kind, seal_key)
        except (IndexError, struct.error, UnicodeDecodeError):
            continue
        if row is not None:
            yield row


def _row(pages: Pages, page: bytes, at: int, kind: int, seal_key: bytes) -> Row | None:
    size, at = _varint(page, at)
    number = None
    if kind == _TABLE:
        number, at = _varint(page, at)
    payload = _payload(pages, page, at, size, _MOST_TABLE if kind == _TABLE else _MOST_INDEX, seal_key)
    return Row(number, tuple(_values(payload))) if payload is not None else None


def _payload(pages: Pages, page: bytes, at: int, size: int, most: int, seal_key: bytes) -> bytes | None:
    """All bytes of a row, its further pages included; ``None`` where one of them is damaged."""
    if size <= most:
        here = size
    else:
        here = _LEAST + (size - _LEAST) % (USABLE - 4)
        if here > most:
            here = _LEAST
    found = bytearray(page[at : at + here])
    after = int.from_bytes(page[at + here : at + here + 4], "big") if size > here else 0
    for _ in range(pages.count):
        if len(found) >= size or not 1 < after <= pages.count:
            break
        further = pages.plain(after, seal_key)
        if further is None:
            return None
        after = int.from_bytes(further[:4], "big")
        found += further[4 : 4 + min(USABLE - 4, size - len(found))]
    return bytes(found) if len(found) == size else None


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for step in range(8):
        byte = data[at + step]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + step + 1
    return value << 8 | data[at + 8], at + 9


def _values(payload: bytes) -> Iterator[Any]:
    size, at = _varint(payload, 0)
    kinds = []
    while at < size:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    at = size
    for kind in kinds:
        value, at = _value(payload, at, kind)
        yield value


def _value(payload: bytes, at: int, kind: int) -> tuple[Any, int]:
    if kind == 0:
        return None, at
    if kind in (8, 9):
        return kind - 8, at
    if kind in _WHOLE_NUMBERS:
        end = at + _WHOLE_NUMBERS[kind]
        return int.from_bytes(payload[at:end], "big", signed=True), end
    if kind == 7:
        return struct.unpack(">d", payload[at : at + 8])[0], at + 8
    end = at + (kind - 12) // 2
    if kind < 12 or end > len(payload):
        raise IndexError(kind)
    return (payload[at:end] if kind % 2 == 0 else payload[at:end].decode("utf-8")), end
