"""``case close``, ``strike`` and ``erase`` from a shell."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from csa_desk.records.dates import Clock


@pytest.fixture
def case(run: Callable, desk_folder: Path, secret: Path, tmp_path: Path) -> str:
    """The code of a child with one answer."""
    (tmp_path / "case.json").write_text(json.dumps({"child": {"name": "Wren Oakley"}}), "utf-8")
    answers = {"answers": [{"question": "stop-sign", "value": "Quillifer hand"}]}
    (tmp_path / "answers.json").write_text(json.dumps(answers), "utf-8")
    where = ("--vault", desk_folder, "--passphrase-file", secret)
    code = run("case", "add", tmp_path / "case.json", *where, "--json").json["code"]
    assert run("assessment", "import", code, tmp_path / "answers.json", *where).code == 0
    return str(code)


def test_a_change_is_listed_struck_stopped_and_taken_out(
    run: Callable, desk_folder: Path, secret: Path, case: str, clock: Clock
) -> None:
    where = ("--vault", desk_folder, "--passphrase-file", secret)
    listed = run("case", "strike", case, *where, "--json").json
    assert listed["waiting"] == []
    change = next(item for item in listed["changes"] if item["kind"] == "answer")
    refused = run("case", "strike", case, "--revision", change["revision"], *where)
    assert (refused.code, refused.out) == (1, "")
    assert "Say why" in refused.err
    asked = run(
        "case", "strike", case, "--revision", change["revision"], "--reason", "Wrong file", *where, "--json"
    )
    assert asked.json["goes_on"] == "2026-12-01"
    exported = run("assessment", "export", case, *where)
    assert "Quillifer" not in exported.out
    stopped = run("case", "strike", case, "--stop", asked.json["removal"], "--reason", "It was right", *where)
    assert stopped.code == 0
    assert "Quillifer" in run("assessment", "export", case, *where).out
    again = run(
        "case", "strike", case, "--revision", change["revision"], "--reason", "Wrong file", *where, "--json"
    )
    assert again.code == 0
    clock.advance(days=7)  # type: ignore[attr-defined]
    assert run("case", "strike", case, *where, "--json").json["waiting"] == []
    assert run("vault", "check", *where).code == 0


def test_a_file_is_closed_and_erased_when_its_time_is_over(
    run: Callable, desk_folder: Path, secret: Path, case: str, clock: Clock
) -> None:
    where = ("--vault", desk_folder, "--passphrase-file", secret)
    closed = run("case", "close", case, "--why", "Support has ended", *where, "--json")
    assert closed.json == {"keep_until": "2101-11-24", "review": "2031-11-24"}
    early = run("case", "erase", case, "--reason", "Asked for", *where)
    assert (early.code, early.out) == (1, "")
    assert "kept until 24 November 2101" in early.err
    asked = run(
        "case", "erase", case, "--keep-until", "2026-11-24", "--reason", "Asked for", *where, "--json"
    )
    assert asked.json["whole_file"]
    assert run("case", "list", *where, "--json").json == []
    agreed = run("case", "erase", case, "--agree", asked.json["removal"], *where)
    assert (agreed.code, agreed.out) == (1, "")
    clock.advance(days=7)  # type: ignore[attr-defined]
    assert run("case", "list", *where, "--json").json == []
    nothing = run("case", "erase", case, "--stop", asked.json["removal"], "--reason", "x", *where)
    assert nothing.code == 1
    assert run("vault", "check", *where).code == 0
