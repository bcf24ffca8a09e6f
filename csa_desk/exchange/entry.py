"""One foreign object read property by property, so that nothing is taken unseen and nothing is lost.

What was not asked for stays, unchanged, in ``rest``; what was put right is said once for the whole record.
"""

import re
from collections.abc import Callable
from typing import cast

from csa_desk.exchange import repairs
from csa_desk.exchange.documents import Json
from csa_desk.exchange.plain_text import one_line, plain
from csa_desk.exchange.report import Report
from csa_desk.records.fields import Value

_SPACES = re.compile(" {2,}")


class Entry:
    """A foreign object, where it stood, and the id of the record it becomes."""

    def __init__(
        self, raw: dict[str, Json], where: str, record: str, report: Report, inside: str = ""
    ) -> None:
        self.raw = raw
        self.where = where
        self.record = record
        self._report = report
        self._inside = inside
        self._taken: set[str] = set()
        self._tidied: list[str] = []

    def say(self, what: str) -> None:
        """Put a sentence about this record in the report, if there is anything to say."""
        if what:
            self._report.repaired(self.where, what, self.record)

    def take(self, *names: str) -> Json:
        """The first of these properties that is not empty, as it stands; all of them count as read."""
        self._taken.update(names)
        for name in names:
            if name in self.raw and not is_empty(value := self.raw[name]):
                return value
        return None

    def line(self, *names: str) -> str:
        """Text on one line, made plain."""
        return self._text(one_line, names)

    def prose(self, *names: str) -> str:
        """Text with its line breaks, made plain."""
        return self._text(plain, names)

    def _text(self, tidy: Callable[[str], str], names: tuple[str, ...]) -> str:
        for name in names:
            if name not in self.raw:
                continue
            value = self.raw[name]
            if is_empty(value):
                self._taken.add(name)
                continue
            if isinstance(value, list) and all(isinstance(part, str) for part in value):
                value = "\n".join(value)
                self._tidied.append(name)
            if isinstance(value, bool) or not isinstance(value, (str, int, float)):
                self.say(f"“{name}” does not hold text. It was kept with what this program does not read.")
                continue
            self._taken.add(name)
            text = str(value)
            found = tidy(text)
            if found != text and found != _SPACES.sub(" ", text).strip(" "):
                self._tidied.append(name)
            if found:
                return found
        return ""

    def web(self, name: str, what: str) -> str:
        """A web address, or empty where it is none."""
        found, said = repairs.web_address(self.line(name), what)
        self.say(said)
        return found

    def objects(self, name: str, text_as: str = "") -> list[dict[str, Json]]:
        """The objects of a list. One object alone is taken as a list; text becomes the property ``text_as``."""
        value = self.take(name)
        if value is None:
            return []
        items = value if isinstance(value, list) else [value]
        found: list[dict[str, Json]] = []
        lost = 0
        for item in items:
            if isinstance(item, dict):
                found.append(item)
            elif text_as and not is_empty(item) and type(item) in (str, int if text_as == "number" else str):
                found.append({text_as: item})
            elif not is_empty(item):
                lost += 1
        if lost:
            self.say(
                f"“{name}” holds {_entries(lost)} that say nothing this program can read. They were left out."
            )
        return found

    def part(self, raw: dict[str, Json], inside: str) -> "Entry":
        """An object inside this one: what is said of it is said of this record."""
        return Entry(raw, self.where, self.record, self._report, inside)

    def rest(self, *ignored: str) -> dict[str, Value]:
        """All properties that were not read and are not empty, unchanged."""
        return {
            name: cast("Value", value)
            for name, value in self.raw.items()
            if name not in self._taken and name not in ignored and not is_empty(value)
        }

    def done(self) -> None:
        """Say which texts were tidied."""
        if self._tidied:
            names = ", ".join(f"“{name}”" for name in dict.fromkeys(self._tidied))
            inside = f" of {self._inside}" if self._inside else ""
            self.say(f"Formatting, tabs or odd spaces were taken out of {names}{inside}.")


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"


def is_empty(value: Json) -> bool:
    """Whether a foreign value says nothing: null, blank text, an empty list or object."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or value == [] or value == {}


def tidy(value: Json) -> Json:
    """A foreign value with plain text, without what is empty; a number with a fraction becomes text."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, float):
        found = repairs.number(value)
        return repairs.decimal_text(found) if found is not None else str(value)
    if isinstance(value, list):
        return [part for part in map(tidy, value) if not is_empty(part)]
    if isinstance(value, dict):
        return {name: part for name, item in value.items() if not is_empty(part := tidy(item))}
    return value
