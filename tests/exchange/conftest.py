"""Feeds written by hand: objects become files in a folder, are read, and the result is easy to ask."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from csa_desk.exchange.oruk import read_oruk
from csa_desk.exchange.report import ImportResult
from csa_desk.records.fields import Record

TODAY = date(2026, 11, 24)


class Read:
    """The result of an import, with its records by kind and its sentences by outcome."""

    def __init__(self, result: ImportResult) -> None:
        self.result = result

    def all(self, kind: type[Record]) -> list[Any]:
        """All records of a kind."""
        return [record for record in self.result.records if isinstance(record, kind)]

    def one(self, kind: type[Record]) -> Any:
        """The only record of a kind."""
        found = self.all(kind)
        assert len(found) == 1, found
        return found[0]

    def said(self, outcome: str) -> list[str]:
        """The sentences with this outcome."""
        return [line.what for line in self.result.report if line.kind == outcome]

    def repaired(self, words: str) -> bool:
        """Whether a repair was reported with these words in it."""
        return any(words in sentence for sentence in self.said("repaired"))


@pytest.fixture
def feed(tmp_path: Path) -> Callable[..., Read]:
    """Write each document into a file of one folder, import the folder, and give what came of it."""

    def read(*documents: Any, **named: Any) -> Read:
        folder = tmp_path / "feed"
        folder.mkdir(exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        for number, document in enumerate(documents, start=1):
            (folder / f"{number}.json").write_text(json.dumps(document), "utf-8")
        for name, document in named.items():
            (folder / f"{name}.json").write_text(json.dumps(document), "utf-8")
        return Read(read_oruk([folder], today=TODAY))

    return read


@pytest.fixture
def read_twice() -> Callable[..., Read]:
    """Import these paths twice, make sure that nothing differs and nothing came twice, and give what came."""

    def read(*paths: Path) -> Read:
        first, second = (read_oruk(list(paths), today=TODAY) for _ in range(2))
        assert first == second
        assert len({(record.KIND, record.id) for record in first.records}) == first.accepted
        return Read(first)

    return read


@pytest.fixture
def service() -> Callable[..., dict[str, Any]]:
    """A sound small service of an invented agency; keyword arguments replace or add properties."""

    def make(**changed: Any) -> dict[str, Any]:
        return {
            "id": "0d0a4f0e-7a55-4c1e-8d57-2f5a6f1b0001",
            "name": "Larchwood young people's counselling",
            "description": "Counselling for young people.",
            "status": "active",
            "organization": {
                "id": "0d0a4f0e-7a55-4c1e-8d57-2f5a6f1b0002",
                "name": "Larchwood Trust",
                "description": "A small charity.",
            },
            **changed,
        }

    return make
