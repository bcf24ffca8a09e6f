"""``vault backup``, ``vault restore`` and ``vault check --deep`` as a script meets them."""

import shutil
from pathlib import Path
from typing import Any

from csa_desk.store.manifest import BACKUPS


def backup_of(folder: Path) -> Path:
    return max((folder / BACKUPS).iterdir())


def test_a_backup_is_made_checked_and_restored_beside(
    run: Any, desk_folder: Path, secret: Path, tmp_path: Path
) -> None:
    common = ("--vault", desk_folder, "--passphrase-file", secret, "--json")
    made = run("vault", "backup", *common)
    assert (made.code, made.json["proved"], made.json["second"]) == (0, True, "none")
    assert Path(made.json["folder"]) == backup_of(desk_folder)
    deep = run("vault", "check", "--deep", *common)
    assert (deep.code, deep.json["clean"], deep.json["backups_proved"]) == (0, True, 1)
    target = tmp_path / "new.csadesk"
    done = run("vault", "restore", backup_of(desk_folder), target, "--passphrase-file", secret, "--json")
    assert (done.code, done.json["folder"]) == (0, str(target))
    assert run("vault", "check", "--vault", target, "--passphrase-file", secret).code == 0
    again = run("vault", "restore", backup_of(desk_folder), target, "--passphrase-file", secret)
    assert (again.code, again.out) == (1, "")
    assert "already something at that place" in again.err
    assert again.err.count("\n") == 1


def test_a_damaged_backup_is_named_by_the_deep_check_and_not_restored(
    run: Any, desk_folder: Path, secret: Path, tmp_path: Path
) -> None:
    common = ("--vault", desk_folder, "--passphrase-file", secret)
    assert run("vault", "backup", *common).code == 0
    database = backup_of(desk_folder) / "case.db"
    content = bytearray(database.read_bytes())
    content[9000] ^= 1
    database.write_bytes(content)
    assert run("vault", "check", *common).code == 0
    deep = run("vault", "check", "--deep", *common)
    assert deep.code == 1
    assert f"the folder {backup_of(desk_folder).name}" in deep.out
    assert "Make a backup now." in deep.err
    refused = run("vault", "restore", backup_of(desk_folder), tmp_path / "new", "--passphrase-file", secret)
    assert (refused.code, refused.out) == (1, "")
    assert "nothing was restored" in refused.err
    assert not (tmp_path / "new").exists()


def test_a_backup_made_before_the_key_was_changed_is_proved_and_restored_by_its_own_passphrase(
    run: Any, desk_folder: Path, secret: Path, tmp_path: Path
) -> None:
    common = ("--vault", desk_folder, "--passphrase-file", secret)
    assert run("vault", "backup", *common).code == 0
    older = backup_of(desk_folder)
    assert run("vault", "rotate", *common).code == 0
    new = tmp_path / "new.txt"
    new.write_text("nine patient herons wade at dusk\n")
    assert run("vault", "passphrase", *common, "--new-passphrase-file", new).code == 0
    deep = run("vault", "check", "--deep", "--vault", desk_folder, "--passphrase-file", new, "--json")
    assert (deep.code, deep.json["backups_proved"]) == (0, 0)
    assert "an earlier key" in deep.json["notes"][0]
    refused = run("vault", "restore", older, tmp_path / "a.csadesk", "--passphrase-file", new)
    assert "the passphrase you had when it was made" in refused.err
    assert run("vault", "restore", older, tmp_path / "a.csadesk", "--passphrase-file", secret).code == 0


def test_a_vault_whose_headers_are_lost_names_its_backup_and_can_be_salvaged(
    run: Any, desk_folder: Path, secret: Path, tmp_path: Path
) -> None:
    common = ("--vault", desk_folder, "--passphrase-file", secret)
    assert run("vault", "backup", *common).code == 0
    for name in ("vault.json", "vault.json.bak"):
        (desk_folder / name).write_bytes(b"{")
    refused = run("vault", "check", *common)
    assert refused.code == 1
    assert f"csa-desk vault restore {backup_of(desk_folder)}" in refused.err
    target = tmp_path / "saved.csadesk"
    saved = run("vault", "restore", "--salvage", desk_folder, target, "--passphrase-file", secret, "--json")
    assert (saved.code, saved.json["missing"]) == (0, {})
    assert run("vault", "check", "--vault", target, "--passphrase-file", secret).code == 0
    shutil.rmtree(desk_folder / BACKUPS)
    assert "There is no backup in its folder" in run("vault", "check", *common).err


def test_a_folder_that_is_no_backup_is_refused_in_a_sentence(
    run: Any, desk_folder: Path, secret: Path, tmp_path: Path
) -> None:
    for folder in (desk_folder, tmp_path, tmp_path / "nowhere"):
        refused = run("vault", "restore", folder, tmp_path / "new", "--passphrase-file", secret)
        assert (refused.code, refused.out) == (1, "")
        assert "backup" in refused.err
    assert not (tmp_path / "new").exists()
