"""How a command gets into a vault: named, with its own passphrase, from a file or standard input, or by sheet."""

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

# Design §11, as far as the main job covers it: noun → verb → positional words and options of its own.


def test_a_vault_must_be_named_and_opened_with_its_own_passphrase(
    run: Any, desk_folder: Path, secret: Path, tmp_path: Path, write: Callable[..., Path]
) -> None:
    wrong = write(b"another passphrase entirely\n", "wrong.txt")
    for words in (
        ("--passphrase-file", secret),
        ("--vault", desk_folder),
        ("--vault", desk_folder, "--passphrase-file", tmp_path / "nowhere.txt"),
        ("--vault", desk_folder, "--passphrase-file", wrong),
        ("--vault", desk_folder, "--passphrase-file", write(b"\xff\xfe\x00", "u16.txt")),
        ("--vault", tmp_path, "--passphrase-file", secret),
        ("--vault", tmp_path / "nowhere", "--passphrase-file", secret),
    ):
        ran = run("case", "list", *words)
        assert (ran.code, ran.out) == (1, ""), words
        assert ran.err.count("\n") == 1, (words, ran.err)
        assert "otters" not in ran.err


FORMS = ("{}", "{}\n", "{}\r\n", "\ufeff{}\r\n", "{}\nsecond line\n")


def test_the_passphrase_is_the_first_line_of_a_file_or_of_standard_input(
    run: Any,
    desk_folder: Path,
    passphrase: str,
    write: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for form in FORMS:
        content = form.format(passphrase).encode()
        given = write(content, "pass")
        assert run("case", "list", "--vault", desk_folder, "--passphrase-file", given).code == 0, form
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="cp1252"))
        assert run("case", "list", "--vault", desk_folder, "--passphrase-file", "-").code == 0, form


def test_a_recovery_sheet_opens_the_vault_and_is_kept_apart_from_it(
    run: Any, tmp_path: Path, secret: Path
) -> None:
    sheet = tmp_path / "sheet.txt"
    folder = tmp_path / "new.csadesk"
    common = ("--passphrase-file", secret)
    for place in (tmp_path / "nowhere" / "sheet.txt", folder / "vault.json", folder / "sheet.txt", secret):
        ran = run("vault", "create", folder, "--recovery-out", place, *common)
        assert (ran.code, folder.exists()) == (1, False), place
        assert ran.err.count("\n") == 1
    made = run("vault", "create", folder, "--recovery-out", sheet, "--json", *common)
    shares = [str(tmp_path / f"sheet-share-{number}.txt") for number in (1, 2, 3)]
    assert made.json == {
        "folder": str(folder),
        "kind": "live",
        "recovery_sheet": str(sheet),
        "recovery_shares": shares,
    }
    words = [
        line.split(". ")[1]
        for line in sheet.read_text().splitlines()
        if ". " in line and line[:2].strip().isdigit()
    ]
    key = tmp_path / "words.txt"
    key.write_text(" ".join(words))
    assert run("case", "list", "--vault", folder, "--passphrase-file", key).code == 0
    assert run("vault", "create", folder, *common).code == 1, "there is something at that place"
