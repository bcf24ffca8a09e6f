"""A few commands as they are really started."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.process


def start(
    *words: str, home: Path, given: bytes = b"", **environment: str
) -> "subprocess.CompletedProcess[bytes]":
    surroundings = {**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home / "data"), **environment}
    return subprocess.run(
        [sys.executable, "-m", "csa_desk.cli", *words],
        input=given,
        capture_output=True,
        env=surroundings,
        timeout=120,
        check=False,
    )


def test_a_real_process_makes_a_vault_and_answers_in_any_encoding(tmp_path: Path) -> None:
    vault = str(tmp_path / "real.csadesk")
    secret = "saith dyfrgi tawel ŵ".encode()
    made = start(
        "vault", "create", vault, "--training", "--passphrase-file", "-", home=tmp_path, given=secret
    )
    assert (made.returncode, made.stderr) == (0, b"")
    case = tmp_path / "case.json"
    case.write_text('{"child": {"name": "Enfys Tŷ-Gwyn Łubinek 🌈"}}', "utf-8")
    common = ("--vault", vault, "--passphrase-file", "-")
    added = start(
        "case",
        "add",
        str(case),
        *common,
        home=tmp_path,
        given=secret,
        PYTHONIOENCODING="ascii",
        PYTHONUTF8="0",
    )
    assert (added.returncode, added.stderr) == (0, b"")
    listed = start(
        "case", "list", *common, home=tmp_path, given=secret, PYTHONIOENCODING="cp1252", PYTHONUTF8="0"
    )
    assert (listed.returncode, listed.stderr) == (0, b"")
    assert "Enfys Tŷ-Gwyn Łubinek 🌈" in listed.stdout.decode("utf-8")


def test_a_real_process_refuses_with_one_sentence_and_no_traceback(tmp_path: Path) -> None:
    ran = start(
        "case", "list", "--vault", str(tmp_path), "--passphrase-file", "-", home=tmp_path, given=b"x\n"
    )
    assert (ran.returncode, ran.stdout) == (1, b"")
    assert ran.stderr.count(b"\n") == 1
    assert start("nonsense", home=tmp_path).returncode == 2


def test_words_that_are_no_utf_8_are_refused_by_a_real_process(tmp_path: Path) -> None:
    if os.name != "posix":
        pytest.skip("other systems hand over words as Unicode")
    ran = start("case", "show", os.fsdecode(b"Ro\x80bin"), "--vault", str(tmp_path), home=tmp_path)
    assert (ran.returncode, ran.stderr.count(b"\n")) == (1, 1)
    assert b"Traceback" not in ran.stderr
