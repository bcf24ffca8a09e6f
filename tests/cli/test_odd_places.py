"""Names and folders that nobody meant: one plain sentence, and nothing is taken for what it is not."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from csa_desk.store.manifest import BACKUPS, MANIFEST


def common(folder: Path, secret: Path) -> tuple[Any, ...]:
    return ("--vault", folder, "--passphrase-file", secret)


@pytest.mark.parametrize("words", [("vault", "check", "--vault"), ("vault", "restore")])
def test_a_name_too_long_for_the_disk_is_said_to_be_so(
    run: Any, desk_folder: Path, secret: Path, words: tuple[str, ...]
) -> None:
    more = (desk_folder.with_name("new"),) if words[-1] == "restore" else ()
    refused = run(*words, "x" * 10_000, *more, "--passphrase-file", secret)
    assert (refused.code, refused.out) == (1, "")
    assert refused.err == "A name in the command is too long for this disk. Give a shorter one.\n"


def test_a_practitioners_name_stands_on_one_line(
    run: Any, desk_folder: Path, secret: Path, tmp_path: Path
) -> None:
    hers = tmp_path / "hers.txt"
    hers.write_text("copper lantern drifts over moorland\n")
    given = common(desk_folder, secret)
    name = "Bo\n1234abcd  Priya Nair  (you)"
    assert run("practitioner", "add", "--name", name, "--new-passphrase-file", hers, *given).code == 0
    assert run("practitioner", "list", *given).out.count("\n") == 2


def test_a_backup_of_another_vault_is_named_and_neither_proved_nor_removed(
    run: Any, desk_folder: Path, secret: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.csadesk"
    assert run("vault", "create", other, "--training", "--passphrase-file", secret).code == 0
    assert run("vault", "backup", *common(other, secret)).code == 0
    (theirs,) = (other / BACKUPS).iterdir()
    strange = desk_folder / BACKUPS / "20200101T000000Z"
    shutil.copytree(theirs, strange)
    (strange / "case.db").write_bytes(bytes(4096))
    given = common(desk_folder, secret)
    for _ in range(2):
        assert run("vault", "backup", *given).code == 0
    deep = run("vault", "check", "--deep", *given)
    assert "20200101T000000Z among the backups is of another vault" in deep.out
    assert strange.is_dir()


def test_a_backup_under_an_earlier_key_without_its_database_is_damaged(
    run: Any, desk_folder: Path, secret: Path
) -> None:
    given = common(desk_folder, secret)
    assert run("vault", "backup", *given).code == 0
    (made,) = (desk_folder / BACKUPS).iterdir()
    told = json.loads((made / MANIFEST).read_text())
    (made / MANIFEST).write_text(json.dumps({**told, "seal": "0" * 64}))
    (made / "case.db").unlink()
    deep = run("vault", "check", "--deep", *given)
    assert deep.code == 1
    assert f"the folder {made.name}" in deep.out
