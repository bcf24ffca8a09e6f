"""The open archive is read back by its documented format alone, and says so where anything in it was changed.

Locking and unlocking an age file takes a second each, on purpose: two tests do it for real, the others look inside.
"""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyrage
import pytest

from csa_desk.casework import archiving, notes
from csa_desk.casework.assessing import Said, answer
from csa_desk.casework.casefile import CaseFile, open_file
from csa_desk.casework.desk import Desk
from csa_desk.errors import InputError, VaultError
from csa_desk.exchange import archive as exchange_archive
from csa_desk.exchange.archive import packed
from csa_desk.records.register import Release
from csa_desk.records.sealed import SealOpened
from csa_desk.store.opening import Opener
from tests.casework.colleagues import add_colleague, at_work
from tests.casework.test_rights import become

ROOT = Path(__file__).parents[2]
PASSPHRASE = "umbrella thirteen copper walrus sideways"
WORD = "quincunx"


def documented() -> dict[str, Any]:
    """The program that docs/archive-format.md prints, run as it stands there."""
    page = (ROOT / "docs" / "archive-format.md").read_text("utf-8")
    found = re.search(r"```python\n(.*?)```", page, re.DOTALL)
    assert found is not None
    assert "csa_desk" not in found[1]
    space: dict[str, Any] = {"__name__": "documented"}
    exec(compile(found[1], "archive-format.md", "exec"), space)
    return space


class OpenAge:
    """In the place of age in the documented program: for what was left unlocked."""

    class passphrase:
        """Its one function."""

        @staticmethod
        def decrypt(content: bytes, _passphrase: str) -> bytes:
            """As it is."""
            return content


def faults(content: bytes) -> list[str]:
    """What the documented program finds wrong with an archive that was left unlocked."""
    space = documented()
    space["pyrage"] = OpenAge
    found: list[str] = space["verify"](content, "")
    return found


def opened(content: bytes) -> dict[str, bytes]:
    """Name → content of what is in the zip file."""
    with zipfile.ZipFile(io.BytesIO(content)) as inside:
        return {name: inside.read(name) for name in inside.namelist()}


def sealed_again(files: dict[str, bytes], *, honest: bool) -> bytes:
    """The archive of somebody who changed a file; ``honest`` leaves its fingerprint as it was."""
    about = json.loads(files["archive.json"])
    if not honest:
        about["files"] = {name: hashlib.sha256(files[name]).hexdigest() for name in about["files"]}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as made:
        for name, content in {**files, "archive.json": json.dumps(about).encode()}.items():
            made.writestr(name, content)
    return written.getvalue()


@pytest.fixture(autouse=True)
def left_unlocked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The zip file alone, unless a test locks it for real."""
    if "really_locked" not in request.fixturenames:
        monkeypatch.setattr(exchange_archive, "locked", lambda content, _passphrase: content)


@pytest.fixture
def really_locked() -> None:
    """The whole of it, as a user gets it."""


@pytest.fixture
def kept(desk: Desk, add: Callable[..., CaseFile], full: dict[str, Any]) -> CaseFile:
    """A child of whom much is known, with an answer that was put right."""
    become(desk, "ch-isva")
    made = add("Robin Fernhill", **{key: value for key, value in full.items() if key != "child"})
    answer(desk, made.case.id, "child", "good-at", Said("A hum"))
    answer(desk, made.case.id, "child", "good-at", Said("A soft hum"))
    return open_file(desk, made.code)


@pytest.fixture
def archive(left_unlocked: None, desk: Desk, kept: CaseFile, tmp_path: Path) -> bytes:
    """Its archive, as it stands on the disk."""
    out = tmp_path / "kept.zip.age"
    archiving.save_archive(desk, kept, archiving.prepare_archive(desk, kept, PASSPHRASE), out)
    return out.read_bytes()


def test_every_change_verifies_by_the_documented_format_alone(really_locked: None, archive: bytes) -> None:
    assert documented()["verify"](archive, PASSPHRASE) == []
    assert b"Fernhill" not in archive
    with pytest.raises(pyrage.DecryptError):
        pyrage.passphrase.decrypt(archive, "something else altogether")


def test_it_holds_every_change_and_every_record_of_the_case_and_no_other_child(
    desk: Desk, add: Callable[..., CaseFile], kept: CaseFile, tmp_path: Path
) -> None:
    add("Otherly Wexcombe")
    out = tmp_path / "kept.zip.age"
    archiving.save_archive(desk, kept, archiving.prepare_archive(desk, kept, PASSPHRASE), out)
    files = opened(out.read_bytes())
    history = json.loads(files["history.json"])
    scopes = {kept.scope, *(f"person:{number}" for number in kept.people)}
    scopes |= {f"proceeding:{item.id}" for item in kept.proceedings}
    assert {one["scope"] for one in history} == scopes
    raw = desk.vault.raw()
    marks = ", ".join("?" for _ in scopes)
    stands = raw.execute(f"SELECT id FROM revision WHERE scope IN ({marks})", sorted(scopes)).fetchall()
    raw.close()
    # What was written by making the archive itself comes after it.
    later = {one["id"] for one in history}
    assert later <= {row[0].hex() for row in stands}
    assert len(stands) - len(later) == 1
    records = json.loads(files["records.json"])
    assert {(item["kind"], item["id"]) for item in records} == {
        (one["kind"], one["record"]) for one in history
    }
    whole = b"".join(files.values())
    assert b"Wexcombe" not in whole
    assert {"A hum", "A soft hum"} <= {
        json.loads(one["values"]["value"]["value"]) for one in history if "value" in one["values"]
    }
    assert files["everything-held.pdf"].startswith(b"%PDF-")
    assert b"age-encryption.org/v1" in files["README.txt"]


@pytest.mark.parametrize("name", ["history.json", "keys.json", "records.json"])
def test_a_changed_file_is_named_by_its_fingerprint(archive: bytes, name: str) -> None:
    files = opened(archive)
    files[name] = files[name].replace(b"e", b"a", 1)
    try:
        wrong = faults(sealed_again(files, honest=True))
    except (ValueError, KeyError):
        return  # what stands there now is no JSON of that shape: it does not pass for whole either
    assert f"{name} was changed" in wrong


@pytest.mark.parametrize("what", ["value", "number", "signature", "left-out"])
def test_a_change_that_was_written_anew_does_not_verify_whoever_packs_it(archive: bytes, what: str) -> None:
    files = opened(archive)
    history = json.loads(files["history.json"])
    place = next(place for place, one in enumerate(history) if one["kind"] == "answer")
    match what:
        case "value":
            name = next(iter(history[place]["values"]))
            history[place]["values"][name]["value"] = '"another"'
        case "number":
            history[place]["number"] += 1
        case "signature":
            history[place]["signature"] = history[place - 1]["signature"]
        case _:
            del history[place]
    files["history.json"] = json.dumps(history).encode()
    wrong = faults(sealed_again(files, honest=False))
    assert any(line.startswith("change ") for line in wrong)


def test_it_is_in_the_register_with_its_hash_and_in_the_access_log(
    desk: Desk, kept: CaseFile, archive: bytes
) -> None:
    made = desk.vault.read.find(Release, case=kept.case.id)[-1]
    assert (made.what, made.recipient) == ("archive", "own-file")
    assert made.content_hash == hashlib.sha256(archive).hexdigest()
    assert "archived" in [row["action"] for row in desk.vault.read.accesses(kept.scope)]


@pytest.mark.parametrize("weak", ["", "short", "password1234", "Robin Fernhill 2015"])
def test_a_passphrase_that_is_easy_to_guess_is_refused_and_nothing_left(
    desk: Desk, kept: CaseFile, weak: str
) -> None:
    with pytest.raises(VaultError):
        archiving.prepare_archive(desk, kept, weak)
    assert desk.vault.read.find(Release, case=kept.case.id) == []


def test_a_file_that_is_no_archive_is_not_replaced(desk: Desk, kept: CaseFile, tmp_path: Path) -> None:
    out = tmp_path / "letter.txt"
    out.write_text("Dear", "utf-8")
    prepared = archiving.prepare_archive(desk, kept, PASSPHRASE)
    with pytest.raises(InputError):
        archiving.save_archive(desk, kept, prepared, out)
    assert out.read_text("utf-8") == "Dear"


def test_an_archive_replaces_no_earlier_one(desk: Desk, kept: CaseFile, tmp_path: Path) -> None:
    out = tmp_path / "file.zip.age"
    archiving.save_archive(desk, kept, archiving.prepare_archive(desk, kept, PASSPHRASE), out)
    first, copies = out.read_bytes(), len(kept.releases)
    with pytest.raises(InputError, match="an archive replaces none"):
        archiving.save_archive(desk, kept, archiving.prepare_archive(desk, kept, PASSPHRASE), out)
    assert (out.read_bytes(), len(kept.releases)) == (first, copies)


def test_only_what_the_maker_holds_is_opened_and_the_rest_is_counted(
    open_desk: Callable[..., Desk], opener: Opener, add: Callable[..., CaseFile]
) -> None:
    desk = open_desk("sealed")
    become(desk, "therapist", administrator=True)
    file = add("Robin Fernhill", desk)
    add_colleague(desk, "Bryn Aldersey", "ch-isva")
    notes.write_note(desk, file, {"words": f"A note of {WORD}"})
    mine = opened(archiving.prepare_archive(desk, file, PASSPHRASE).pdf)
    assert [item["words"]["Words"] for item in json.loads(mine["sealed.json"])] == [f"A note of {WORD}"]
    assert json.loads(mine["archive.json"])["sealed_entries_readable"] == 1
    assert [item.reason for item in desk.vault.read.find(SealOpened)] == [archiving.OPENED_FOR]
    without = archiving.prepare_archive(desk, file, PASSPHRASE, with_sealed=False)
    assert WORD.encode() not in b"".join(opened(without.pdf).values())
    with at_work(opener, desk) as theirs:
        made = archiving.prepare_archive(theirs, open_file(theirs, file.code), PASSPHRASE)
        files = opened(made.pdf)
        assert WORD.encode() not in b"".join(files.values())
        assert json.loads(files["archive.json"])["sealed_entries_not_readable"] == 1
        assert made.held_back == {"sealed": 1}
        assert faults(made.pdf) == []


def test_only_what_came_through_the_door_is_packed(desk: Desk, kept: CaseFile) -> None:
    from csa_desk.casework.disclosing import case_archive

    made = case_archive(desk, kept, {}, {})
    with pytest.raises(TypeError):
        replace(made, door=object())  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        packed({"case": "x"}, PASSPHRASE)  # type: ignore[arg-type]
