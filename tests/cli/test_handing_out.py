"""``case access-request``, ``case archive``, ``doctor`` as a script meets them; SECURITY.md against the doctor."""

import json
import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pyrage
import pytest

from csa_desk.casework.desk import Desk
from csa_desk.casework.doctor import examined
from csa_desk.content.reading import Packs
from csa_desk.store.inspecting import kdf_words
from csa_desk.store.keys import KdfParameters
from csa_desk.store.opening import Opener

ROOT = Path(__file__).parents[2]
SECURITY = (ROOT / "SECURITY.md").read_text("utf-8")


def text_of(pdf: Path) -> str:
    """Every word on the pages of a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def table_of(heading: str) -> dict[str, str]:
    """The first table under a heading of SECURITY.md: first column → second."""
    section = SECURITY.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = re.findall(r"^\| ([^|]+?) \| ([^|]+?) \|$", section, re.MULTILINE)
    return dict(rows[1:])  # the heading row of the table is none


def test_an_access_request_is_written_registered_and_closed(do: Any, child: str, tmp_path: Path) -> None:
    out = tmp_path / "held.pdf"
    said = do("case", "access-request", child, "--out", out, "--json").json
    assert (said["standing"], said["sealed"]) == ("child", 0)
    assert said["due"] == "2026-12-24"
    assert said["taken_out"] >= 2
    words = text_of(out)
    assert "Robin Fernhill" in words
    assert "[taken out: about another person]" in words
    assert "Dana" not in words
    copy = do("case", "show", child, "--json").json["copies"][-1]
    assert (copy["what"], copy["copy_number"]) == ("records", said["copy_number"])
    assert copy["held_back"] == {"another-person": said["taken_out"]}


def test_an_archive_tells_its_passphrase_once_or_takes_one(
    do: Any, child: str, tmp_path: Path, write: Callable[..., Path]
) -> None:
    out = tmp_path / "a.zip.age"
    said = do("case", "archive", child, "--out", out, "--json").json
    inside = zipfile.ZipFile(BytesIO(pyrage.passphrase.decrypt(out.read_bytes(), said["passphrase"])))
    assert json.loads(inside.read("archive.json"))["case"] == child
    weak = write(b"password1\n", "weak.txt")
    ran = do("case", "archive", child, "--out", tmp_path / "b.age", "--new-passphrase-file", weak)
    assert (ran.code, ran.out) == (1, "")
    assert "too easy to guess" in ran.err
    assert not (tmp_path / "b.age").exists()


def test_neither_writes_where_it_must_not(
    do: Any, child: str, tmp_path: Path, state: Callable[[], tuple[int, int, int]]
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear", "utf-8")
    before = state()
    for place in (tmp_path, tmp_path / "nowhere" / "x.pdf", tmp_path / "practice.csadesk" / "x.pdf", letter):
        ran = do("case", "access-request", child, "--out", place)
        assert (ran.code, ran.out) == (1, ""), place
        assert ran.err.count("\n") == 1
    assert state() == before
    assert letter.read_text("utf-8") == "Dear"


def test_the_doctor_answers_without_a_vault_and_with_one(run: Any, do: Any, child: str) -> None:
    alone = run("doctor", "--json").json
    assert alone["network"]["Internet sockets"] == "none"
    assert "protection" not in alone
    said = do("doctor", "--json").json
    assert set(said) >= {
        "network",
        "open",
        "protection",
        "connection",
        "slots",
        "vault_files",
        "place",
        "computer",
    }
    assert set(said) >= {"versions", "packs", "lost_held", "lost_who", "lost_duties"}
    assert said["lost_held"]["Children"] == "1"
    assert said["lost_duties"]["Hours to tell the Information Commissioner"].startswith("72")
    assert "Fernhill" not in json.dumps(said)
    assert any(str(one).endswith("case.db") for one in said["open"]["File"])
    assert "Internet sockets: none" in do("doctor").out


def test_security_md_names_what_is_in_force(
    opener: Opener, desk_folder: Path, passphrase: str, packs: Packs
) -> None:
    with opener.open(desk_folder, passphrase) as vault:
        sections = {one.key: one for one in examined(Desk(vault, packs), opener.local_data)}
    found = {row.name: row.value for row in sections["protection"].rows}
    # Vaults of tests cost less to open; the document tells of every other one.
    assert found["Passphrase to root key"] == kdf_words(opener.cost)
    found["Passphrase to root key"] = kdf_words(KdfParameters())
    assert table_of(sections["protection"].title) == found
    assert table_of(sections["connection"].title) == {
        row.name: row.value for row in sections["connection"].rows
    }


def test_security_md_has_a_part_for_each_of_the_doctors(
    opener: Opener, desk_folder: Path, passphrase: str, packs: Packs
) -> None:
    with opener.open(desk_folder, passphrase) as vault:
        titles = {one.title for one in examined(Desk(vault, packs), opener.local_data)}
    headings = set(re.findall(r"^## (.+)$", SECURITY, re.MULTILINE))
    assert titles - headings == {"Open now", "Versions", "Guidance in this program"}


@pytest.mark.parametrize("named", sorted(set(re.findall(r"`((?:tests|docs)/[\w./-]+)`", SECURITY))))
def test_what_security_md_points_to_is_there(named: str) -> None:
    assert (ROOT / named).exists()


def test_the_readme_leads_to_security_md() -> None:
    assert "(SECURITY.md)" in (ROOT / "README.md").read_text("utf-8")
