"""What is wrong with a JSON file, in a sentence that names the place and says what should stand there.

No value of the file is repeated, and a field that we do not know only where its name has the form of one.
"""

import json
import math
import re
from collections.abc import Iterator
from enum import Enum
from typing import Annotated, Any, Literal, NoReturn, get_args, get_origin, get_type_hints

from msgspec import NODEFAULT, Struct
from msgspec.structs import fields

from csa_desk.errors import InputError
from csa_desk.records.dates import is_date


class Written(Enum):
    """How a text field is written, where it is not free text."""

    DAY = "a date such as 2026-03-01"
    PARTIAL_DAY = "a date such as 2016-04-09, 2016-04 or 2016"


_FIELD = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_LONGEST_FIELD = 40
_LONGEST_NUMBER = 18  # digits
_SURROGATE = re.compile("[\ud800-\udfff]")
_TOO_DEEP = "The file holds brackets inside brackets too deep. Check that it is the right file."


class _Twice(dict[str, Any]):
    """An object that names a field twice: ``field``."""

    field = ""


def fault_of(content: bytes, shape: type[Struct]) -> str:
    """The first fault of JSON bytes that should have this shape, as sentences; empty where there is none."""
    try:
        text = _decoded(content)
        value = json.loads(
            text, object_pairs_hook=_object, parse_constant=_no_number, parse_int=_whole, parse_float=_decimal
        )
        if not isinstance(value, dict):
            return "The file should hold one set of fields in curly brackets { }."
        return next(_of_fields(value, shape, ""), "") or next(_of_any(value), "")
    except InputError as fault:
        return str(fault)
    except json.JSONDecodeError as fault:
        return _no_json(text, fault)
    except RecursionError:
        return _TOO_DEEP


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise InputError("The file is not saved as UTF-8 text. Save it again as UTF-8.")
    if not text.strip():
        raise InputError("The file is empty. Check that it is the right one.")
    return text


def _no_json(text: str, fault: json.JSONDecodeError) -> str:
    if text.lstrip().startswith("<"):
        return "The file is a web page, not JSON. Save the file itself."
    if fault.pos >= len(text.rstrip()) or fault.msg.startswith("Unterminated"):
        return "The file is not complete JSON: it ends too early. Fetch or save it again."
    return f"The file is not complete JSON. Look at line {fault.lineno}."


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    names = [name for name, _ in pairs]
    marked = _Twice(found)
    marked.field = next(name for name in names if names.count(name) > 1)
    return marked


def _no_number(_written: str) -> NoReturn:
    raise InputError("The file holds a number that is none. Write a number in digits, or leave it out.")


def _whole(written: str) -> int:
    if len(written) > _LONGEST_NUMBER:
        raise InputError("The file holds a number that is too large. Check its digits.")
    return int(written)


def _decimal(written: str) -> float:
    found = float(written)
    if not math.isfinite(found):
        raise InputError("The file holds a number that is too large. Check its digits.")
    return found


def _of_fields(value: dict[str, Any], shape: type[Struct], place: str) -> Iterator[str]:
    """Faults of an object, in the order in which its fields are declared."""
    kinds = get_type_hints(shape, include_extras=True)
    if isinstance(value, _Twice):
        named = f"“{value.field}”" if value.field in kinds else "a field"
        yield _at(place, f"{named} is given twice. Keep one of them.")
    for name in value:
        if name not in kinds:
            fits = _FIELD.fullmatch(name) and len(name) <= _LONGEST_FIELD
            which = f"the field “{name}” is not known" if fits else "there is a field that is not known"
            yield _at(place, f"{which}. Check its spelling, or take it out.")
    for field in fields(shape):
        if field.name in value:
            yield from _of_value(value[field.name], kinds[field.name], field.name, place)
        elif field.default is NODEFAULT and field.default_factory is NODEFAULT:
            yield _at(place, f"`{field.name}` is missing. Add it.")


def _of_value(value: Any, kind: Any, name: str, place: str) -> Iterator[str]:
    """Faults of what stands in a field; ``name`` is empty for an item of a list."""
    what = f"`{name}`" if name else "it"
    inside = ", ".join(part for part in (place, what if name else "") if part)
    choices = _choices(kind)
    if choices:
        if not isinstance(value, str) or value not in choices:
            offered = ", ".join(one for one in choices if one)
            yield _at(place, f"{what} should be one of: {offered}.")
    elif get_origin(kind) is Annotated:
        yield from _of_day(value, get_args(kind)[1], what, place)
    elif kind is str:
        if not isinstance(value, str):
            yield _at(place, f"{what} should be text in quotation marks.")
    elif kind is bool:
        if not isinstance(value, bool):
            yield _at(place, f"{what} should be true or false, without quotation marks.")
    elif get_origin(kind) is list:
        if not isinstance(value, list):
            yield _at(place, f"{what} should be in square brackets [ ], also where there is only one.")
            return
        for number, item in enumerate(value, start=1):
            yield from _of_value(item, get_args(kind)[0], "", f"{inside}, item {number}")
    elif kind is not Any:
        yield from _of_object(value, kind, what, inside, place)


def _of_day(value: Any, written: Written, what: str, place: str) -> Iterator[str]:
    if not isinstance(value, str) or (value and not is_date(value, partial=written is Written.PARTIAL_DAY)):
        yield _at(place, f"{what} should be {written.value}.")


def _of_object(value: Any, kind: Any, what: str, inside: str, place: str) -> Iterator[str]:
    """Faults of an object, or of one that may be ``null``."""
    choices = get_args(kind)
    shape = next((one for one in choices if one is not type(None)), kind)
    if value is None and choices:
        return
    if isinstance(value, dict):
        yield from _of_fields(value, shape, inside)
    else:
        yield _at(place, f"{what} should be a set of fields in curly brackets {{ }}.")


def _choices(kind: Any) -> list[str]:
    """The words a field is chosen from; empty where it is not chosen."""
    if get_origin(kind) is Literal:
        return list(get_args(kind))
    found = [_choices(one) for one in get_args(kind)]
    return [word for one in found for word in one] if found and all(found) else []


def _of_any(value: Any) -> Iterator[str]:
    """What no file may hold anywhere: a field given twice, half of a character."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, _Twice):
            yield "The file gives one field twice in one place. Keep one of them."
        if isinstance(one, dict):
            waiting.extend([*one, *one.values()])
        elif isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, str) and _SURROGATE.search(one):
            yield "The file holds half of a character, which is no text. Save it again as UTF-8."


def _at(place: str, what: str) -> str:
    return f"In {place}: {what}" if place else f"{what[:1].upper()}{what[1:]}"
