"""JSON files are read with care: what cannot be trusted whole is refused whole."""

import json
import os
from pathlib import Path

import pytest

from csa_desk.exchange import documents
from csa_desk.exchange.documents import Passed, Source, UnfitError, find, parse


def test_utf8_with_and_without_mark_and_utf16_are_read() -> None:
    text = '{"name": "Tŷ Gobaith"}'
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"):
        assert parse(text.encode(encoding)) == ({"name": "Tŷ Gobaith"}, False)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b'{"a": 1', "too early"),
        (b'{"a": "cut off in the mid', "too early"),
        (b'{"a": 1,\n "b" 2}', "line 2"),
        (b"<!doctype html><p>Not found", "web page"),
        ('{"name": "café"}'.encode("latin-1"), "UTF-8"),
        (b'{"a": NaN}', "NaN"),
        (b'{"a": -Infinity}', "-Infinity"),
        (b'{"a": 1e999}', "too large"),
        (b'{"a": ' + b"9" * 5000 + b"}", "too large"),
        (b'{"id": 1, "id": 2}', "“id” twice"),
        (b"[" * 100_000 + b"]" * 100_000, "too deep"),
        (b"[" * 65 + b"]" * 65, "too deep"),
        (b'{"a":' * 70 + b"1" + b"}" * 70, "too deep"),
    ],
)
def test_broken_bytes_are_refused_with_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(UnfitError, match=words):
        parse(data)


def test_sixty_levels_are_not_too_deep() -> None:
    value, _ = parse(b"[" * 60 + b"]" * 60)
    assert isinstance(value, list)


def test_characters_that_no_text_can_hold_are_taken_out_of_words_and_names() -> None:
    value, marred = parse(rb'{"a\u0000b": ["x\ud800y", {"c": "\u0000"}], "fine": "\ud83d\ude00"}')
    assert marred
    assert value == {"ab": ["xy", {"c": ""}], "fine": "😀"}
    json.dumps(value, ensure_ascii=False).encode()


def test_a_file_over_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "LARGEST_FILE", 10)
    (tmp_path / "a.json").write_text('{"name": "long enough"}')
    with pytest.raises(UnfitError, match="64 MB"):
        documents.read(Source("a.json", tmp_path / "a.json"))


def test_a_folder_gives_its_json_files_in_order_and_no_hidden_ones(tmp_path: Path) -> None:
    for name in ("b.json", "A.JSON", "in/c.json", ".git/d.json", ".hidden.json", "notes.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("{}")
    assert [item.name for item in find([tmp_path])] == ["A.JSON", "b.json", "in/c.json"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}")
    assert len(find([tmp_path, tmp_path / "a.json", tmp_path])) == 1


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    inside = tmp_path / "inside"
    for place in (outside, inside):
        place.mkdir()
    (outside / "secret.json").write_text("{}")
    (inside / "file.json").symlink_to(outside / "secret.json")
    (inside / "folder").symlink_to(outside, target_is_directory=True)
    found = find([inside])
    assert {item.name for item in found} == {"file.json", "folder"}
    assert all(isinstance(item, Passed) and not item.broken for item in found)


def test_what_is_not_there_or_is_no_file_is_broken(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "empty").mkdir()
    found = find([tmp_path / "missing.json", tmp_path / "pipe", tmp_path / "empty"])
    assert [(item.name, isinstance(item, Passed) and item.broken) for item in found] == [
        ("empty", True),
        ("missing.json", True),
        ("pipe", True),
    ]


def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnfitError, match="cannot be opened"):
        documents.read(Source("gone.json", tmp_path / "gone.json"))
