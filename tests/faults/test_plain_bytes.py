"""Nothing that was typed stands anywhere as plain bytes: not in the vault, not beside it, not in temporary files."""

import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from csa_desk.records import assessment, cases
from csa_desk.records import vault as own
from csa_desk.records.ids import new_id
from csa_desk.store.check import check
from csa_desk.store.founding import Founder
from csa_desk.store.migrate import Step, migrate
from csa_desk.store.opening import Opener
from csa_desk.store.schema import VERSION

PLANTED = {
    "name": "Zebedee Quillfeather",
    "answer": "the heron sleeps badly",
    "draft": "half a sentence about the heron",
    "service": "Eastmere Childrens Support",
    "practitioner": "Priya Marigold Nair",
    "passphrase": "nine purple lanterns hum",
}


def as_bytes(words: str) -> Iterator[bytes]:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le"):
        yield words.encode(encoding)
        yield words.lower().encode(encoding)
    yield json.dumps(words).encode()[1:-1]
    yield words.encode().hex().encode()


def traces(places: list[Path], words: list[str]) -> list[str]:
    found = []
    for place in places:
        for file in [place, *place.rglob("*")]:
            for planted in words:
                if planted.split()[0].lower() in file.name.lower():
                    found.append(f"{planted!r} in the name {file}")
                if file.is_file() and any(part in file.read_bytes() for part in as_bytes(planted)):
                    found.append(f"{planted!r} in {file}")
    return found


def test_the_search_for_traces_finds_what_is_there(tmp_path: Path) -> None:
    place = tmp_path.parent / "traces"
    place.mkdir()
    planted = list(as_bytes(PLANTED["name"]))
    for number, content in enumerate(planted):
        (place / f"{number}").write_bytes(b"\x00\x01" + content + b"\x02")
    assert len(traces([place], [PLANTED["name"]])) == len(planted)
    assert traces([place], [PLANTED["answer"]]) == []
    (place / "Zebedee.pdf").write_bytes(b"")
    assert len(traces([place], [PLANTED["name"]])) == len(planted) + 1


def test_nothing_that_was_typed_stands_anywhere_as_plain_bytes(
    tmp_path: Path, opener: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    for name in ("TMPDIR", "TMP", "TEMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(scratch))
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    places = [tmp_path / "vaults", opener.local_data, scratch]
    folder = places[0] / "v.csadesk"
    service = own.OwnService(id=new_id(), name=PLANTED["service"])
    sheet = opener.create(
        folder, PLANTED["passphrase"], founder=Founder(PLANTED["practitioner"], "ch-isva", service)
    )
    words = [*PLANTED.values(), sheet]
    with opener.open(folder, PLANTED["passphrase"]) as vault:
        key = vault.opened.data_keys[0]
        with vault.write() as writing:
            writing.put(cases.Case(id="c", code="4F7K2M"))
            for number in range(50):
                writing.put(cases.Person(id=f"p{number}", name=f"{PLANTED['name']} {number}"))
                writing.put(assessment.Answer(id=f"a{number}", case="c", value=PLANTED["answer"] * 20))
            assert traces(places, words) == []
        vault.keep_draft("c/child/sleep", PLANTED["draft"], 5)
        assert vault.finder.find("Zebedee Quilfeather", ["person"])
        assert traces(places, words) == []
        writing = vault.write()
        with writing as open_one:
            open_one._connection.exec_driver_sql("PRAGMA cache_size = 5")
            for number in range(50):
                open_one.put(assessment.Answer(id=f"b{number}", case="c", value=PLANTED["answer"] * 50))
            assert (folder / "case.db-journal").stat().st_size > 0
            assert traces(places, words) == []
        vault.drop_draft("c/child/sleep")
        with vault.write() as other:
            other.remove(cases.Person(id="p0", name=f"{PLANTED['name']} 0"))
        assert check(vault).findings == ()
        secret = vault._secret
    migrate(
        folder / "case.db",
        secret,
        folder / "backups",
        [Step(VERSION + 1, lambda raw: raw.execute("SELECT 1"))],
    )
    assert (folder / "backups" / f"before-schema-{VERSION + 1}.db").is_file()
    assert traces(places, words) == []
    for place in places:
        for file in place.rglob("*"):
            assert not file.is_file() or not any(
                part in file.read_bytes() for part in (key, key.hex().encode())
            )


def decrypted(file: Path, key: bytes) -> bytes:
    """Every page as it stands in the file, free ones too (SQLCipher 4: AES-256-CBC, 80 bytes kept at the end)."""
    content, plain = file.read_bytes(), []
    for start in range(0, len(content), 4096):
        page = content[start : start + 4096]
        body, nonce = page[16 if start == 0 else 0 : 4016], page[4016:4032]
        reader = Cipher(algorithms.AES(key), modes.CBC(nonce)).decryptor()
        plain.append(reader.update(body) + reader.finalize())
    return b"".join(plain)


def test_what_was_dropped_is_wiped_from_the_pages_themselves(
    folder: Path, opener: Opener, passphrase: str
) -> None:
    person = cases.Person(id="p", name="Wolfgang")
    with opener.open(folder, passphrase) as vault:
        key = vault.opened.data_keys[0]
        vault.keep_draft("c/child/sleep", PLANTED["draft"] * 200, 5)
        with vault.write() as writing:
            writing.put(person)
        before = decrypted(folder / "case.db", key)
        assert PLANTED["draft"].encode() in before
        assert b"wolfgang" in before
        vault.drop_draft("c/child/sleep")
        with vault.write() as writing:
            writing.remove(person)
        after = decrypted(folder / "case.db", key)
        assert PLANTED["draft"].encode() not in after
        # The index wipes the folded word; the name itself stays in history, which is never wiped here.
        assert b"wolfgang" not in after
        assert b"Wolfgang" in after


def test_a_vault_s_file_names_say_nothing_of_who_is_in_it(
    make_vault: Callable[..., Path], opener: Opener, passphrase: str
) -> None:
    folder = make_vault(founder=Founder(PLANTED["practitioner"]))
    with opener.open(folder, passphrase):
        names = {file.name for file in folder.rglob("*")}
        assert names == {"case.db", "lock", "vault.json", "vault.json.bak"}
