"""The list of commands is a contract (design §11): what is there, how it answers, how it refuses."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from csa_desk import cli
from csa_desk.casework.shapes import PUBLISHED
from csa_desk.paths import resource

# Design §11, as far as the main job covers it: noun → verb → positional words and options of its own.
COMMON = {"--vault", "--passphrase-file", "--json"}
OFFERED: dict[str, dict[str, set[str]]] = {
    "run": {"": {"--exit-after-first-window"}},
    "demo": {"": {"--out"}},
    "vault": {
        "create": {"dir", "--training", "--name", "--recovery-out"},
        "check": {"--deep"},
        "backup": set(),
        "restore": {"backup", "dir", "--salvage"},
        "rotate": set(),
        "passphrase": {"--new-passphrase-file"},
        "recover": {"--sheet", "--share", "--name", "--new-passphrase-file"},
    },
    "practitioner": {
        "add": {"--name", "--new-passphrase-file"},
        "list": set(),
        "remove": {"practitioner"},
    },
    "directory": {
        "export": {"path", "--format"},
        "import": {"paths", "--format", "--dry-run", "--accept", "--only"},
        "list": set(),
        "match": {"--case", "--type", "--need", "--all"},
        "search": {"words", "--type", "--need", "--area", "--runs", "--sure"},
    },
    "case": {
        "add": {"file"},
        "list": set(),
        "show": {"case"},
        "access-request": {"case", "--out"},
        "archive": {"case", "--out", "--new-passphrase-file"},
        "close": {"case", "--why", "--on", "--keep-until", "--review", "--reason"},
        "strike": {"case", "--revision", "--field", "--later", "--into", "--reason", "--agree", "--stop"},
        "erase": {"case", "--record", "--keep-until", "--reason", "--agree", "--stop"},
    },
    "assessment": {"import": {"case", "file"}, "export": {"case", "--out"}, "sign": {"case"}},
    "consent": {
        "set": {
            "case",
            "--for",
            "--category",
            "--purpose",
            "--subject",
            "--decision",
            "--by",
            "--capacity",
            "--how",
            "--on",
            "--until",
            "--reason",
        },
        "withdraw": {
            "case",
            "--for",
            "--category",
            "--purpose",
            "--subject",
            "--by",
            "--how",
            "--on",
            "--reason",
        },
        "show": {"case"},
    },
    "checklist": {
        "show": {"case", "--stage", "--role"},
        "set": {"case", "item", "state", "--stage", "--on", "--reason"},
    },
    "plan": {
        "show": {"case"},
        "import": {"case", "file"},
        "agree": {"case"},
        "print": {"case", "--edition", "--age-band", "--for", "--home-safe", "--reason", "--out"},
    },
    "content": {"check": {"dir"}},
    "doctor": {"": set()},
}


def children(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def own(parser: argparse.ArgumentParser) -> set[str]:
    names = set()
    for action in parser._actions:
        if isinstance(action, argparse._HelpAction):
            continue
        names.add(action.option_strings[0] if action.option_strings else action.dest)
    return names


def test_the_parser_offers_exactly_the_list() -> None:
    found = {
        noun: {verb: own(leaf) - COMMON for verb, leaf in children(parser).items()}
        or {"": own(parser) - COMMON}
        for noun, parser in children(cli.make_parser()).items()
    }
    assert found == OFFERED
    for noun, parser in children(cli.make_parser()).items():
        for leaf in children(parser).values() or [parser]:
            assert own(leaf) >= COMMON, noun


def test_one_noun_alone_is_read_as_the_whole_list_reads_it() -> None:
    for noun, verbs in OFFERED.items():
        alone = children(cli.make_parser(noun))[noun]
        assert set(children(alone)) == {verb for verb in verbs if verb}


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["vault", "nonsense"],
        ["vault"],
        ["case", "show"],
        ["case", "list", "--nonsense"],
        ["plan", "print", "ABC", "--edition", "glossy", "--out", "x.pdf"],
        ["plan", "print", "ABC", "--edition", "professional"],
        ["consent", "set", "ABC"],
        ["directory", "import"],
        ["directory", "export"],
        ["directory", "export", "x", "--format", "pdf"],
        ["demo"],
    ],
)
def test_wrong_usage_exits_with_2_and_says_where_help_is(words: list[str], run: Any) -> None:
    ran = run(*words)
    assert (ran.code, ran.out) == (2, "")
    assert "--help" in ran.err
    assert ran.err.count("\n") == 1


def test_help_and_version_exit_with_0(run: Any) -> None:
    assert run("--version").out.startswith("CSA Desk ")
    assert run("--help").code == 0
    assert "--out" in run("plan", "print", "--help").out


def test_every_command_that_answers_answers_in_json(
    do: Any, planned: str, write: Callable[..., Path], tmp_path: Path, run: Any
) -> None:
    code = planned
    listed = do("case", "list", "--json").json
    assert [(one["code"], one["name"], one["age"]) for one in listed] == [(code, "Robin Fernhill", 11)]
    assert set(listed[0]) >= {"code", "name", "stage", "age", "id", "opened", "next", "due"}
    shown = do("case", "show", code, "--json").json
    assert [(one["name"], one["relation"]) for one in shown["carers"]] == [("Dana Fernhill", "mother")]
    assert shown["carers"][0]["id"]
    assert (shown["stage"], shown["nation"], shown["preferred_name"]) == ("report", "england", "Rob")
    assert set(shown["needs"]) == {
        "health",
        "home",
        "family",
        "school",
        "substances",
        "money",
        "outlook",
        "others",
    }
    answers = write(
        {"answers": [{"question": "sleep", "value": 4}, {"question": "stop-sign", "value": "hand"}]}
    )
    assert do("assessment", "import", code, answers, "--json").json == {"recorded": 2, "same": 0}
    assert do("assessment", "import", code, answers, "--json").json == {"recorded": 0, "same": 2}
    signed = do("assessment", "sign", code, "--json").json
    assert signed["version"] == "1"
    assert isinstance(signed["open"], int)
    exported = do("assessment", "export", code).json
    assert {one["question"] for one in exported["answers"]} >= {"sleep", "stop-sign"}
    assert exported["signed"] == ["1"]
    out = tmp_path / "answers.json"
    assert do("assessment", "export", code, "--out", out, "--json").json == {"file": str(out)}
    assert msgspec.json.decode(out.read_bytes(), type=PUBLISHED["assessment"])
    given = do(
        "consent", "set", code, "--for", "Linden", "--category", "health", "--category", "family", "--json"
    )
    assert set(given.json) == {"id", "recipient", "on"}
    rows = {one["recipient"]: one for one in do("consent", "show", code, "--json").json}
    assert rows["Linden"]["categories"] == ["family", "health"]
    assert rows["Linden"]["by_consent"] == ["family", "health"]
    assert rows["Linden"]["without_consent"] == []
    assert set(do("consent", "withdraw", code, "--for", "Linden", "--json").json) == {"id", "categories"}
    rows = {one["recipient"]: one for one in do("consent", "show", code, "--json").json}
    assert rows["Linden"]["categories"] == []
    checklist = do("checklist", "show", code, "--json").json
    assert (checklist["stage"], checklist["role"]) == ("report", "ch-isva")
    first = checklist["items"][0]
    assert set(first) >= {
        "id",
        "title",
        "why",
        "state",
        "source",
        "basis",
        "as_at",
        "note",
        "older_rule",
        "done",
    }
    assert do("checklist", "set", code, first["id"], "done", "--on", "2026-11-20", "--json").json == {
        "item": first["id"],
        "state": "done",
        "on": "2026-11-20",
    }
    plan = do("plan", "show", code, "--json").json
    assert [(one["need"], one["words"]) for one in plan["goals"]] == [("school", "Art club")]
    assert plan["goals"][0]["actions"][0]["lead"] == "Kit"
    assert do("plan", "agree", code, "--json").json["version"] == "1"
    pdf = tmp_path / "plan.pdf"
    printed = do(
        "plan", "print", code, "--edition", "professional", "--for", "Eastmere School", "--out", pdf, "--json"
    ).json
    assert set(printed) == {"file", "copy_number", "content_hash"}
    assert pdf.read_bytes().startswith(b"%PDF-")
    copies = do("case", "show", code, "--json").json["copies"]
    assert copies[-1]["content_hash"] == printed["content_hash"]
    assert copies[-1]["held_back"]
    assert do("directory", "list", "--json").json == []
    assert do("directory", "search", "linden", "--json").json == []
    checked = do("vault", "check", "--json").json
    assert checked["clean"] is True
    assert checked["findings"] == []
    assert checked["revisions"] >= checked["records"] > 0
    assert run("content", "check", "--json").json == []


def test_a_childs_copy_names_what_has_no_words_for_the_child(do: Any, planned: str, tmp_path: Path) -> None:
    words = (
        "plan",
        "print",
        planned,
        "--edition",
        "child",
        "--home-safe",
        "yes",
        "--out",
        tmp_path / "a.pdf",
    )
    assert do(*words, "--json").json["without_child_words"] == ["Ask at art club"]
    said = do(*words).out.splitlines()
    assert "no words for the child" in said[1]
    assert said[2] == "  Ask at art club"


def test_a_copy_of_nothing_is_refused_with_what_to_agree_first(
    do: Any, planned: str, tmp_path: Path, state: Any
) -> None:
    before = state()
    out = tmp_path / "a.pdf"
    ran = do("plan", "print", planned, "--edition", "professional", "--for", "Linden", "--out", out)
    assert ran.code == 1
    assert "under Consent" in ran.err
    assert ran.err.count("\n") == 1
    assert not out.exists()
    assert state() == before


def test_every_answer_can_be_had_in_words_too(do: Any, planned: str) -> None:
    for words in (
        ("case", "list"),
        ("case", "show", planned),
        ("consent", "show", planned),
        ("checklist", "show", planned),
        ("plan", "show", planned),
        ("vault", "check"),
        ("directory", "search", "linden"),
        ("assessment", "sign", planned),
        ("consent", "withdraw", planned, "--for", "Eastmere School"),
    ):
        ran = do(*words)
        assert ran.code == 0, words
        assert ran.out.strip(), words
        assert ran.err == "", words


def test_a_refusal_is_one_sentence_exit_1_and_changes_nothing(
    do: Any, planned: str, write: Callable[..., Path], tmp_path: Path, state: Any
) -> None:
    before = state()
    afile = write(b"x", "a-file")
    misfit = write({"answers": [{"question": "sleep", "value": 40}]}, "misfit.json")
    for words in (
        ("case", "show", "ZZZZZZ"),
        ("case", "show", "Robin Fernhill"),
        ("case", "add", tmp_path / "nowhere.json"),
        ("case", "add", tmp_path),
        ("case", "add", write({"child": {}}, "b.json")),
        ("case", "add", write(b"{", "c.json")),
        ("assessment", "import", planned, misfit),
        ("assessment", "import", "ZZZZZZ", misfit),
        ("assessment", "export", planned, "--out", tmp_path),
        ("assessment", "export", planned, "--out", afile / "x.json"),
        ("consent", "set", planned, "--for", "Linden"),
        ("consent", "set", planned, "--for", "Linden", "--category", "gossip"),
        ("consent", "set", planned, "--for", " ", "--category", "health"),
        ("consent", "set", planned, "--for", "Linden", "--category", "health", "--on", "soon"),
        ("consent", "set", planned, "--for", "Linden", "--category", "health", "--subject", "Nobody"),
        ("consent", "withdraw", planned, "--for", "Linden"),
        ("checklist", "show", planned, "--stage", "interrogation"),
        ("checklist", "set", planned, "nothing-like-it", "done"),
        ("checklist", "set", planned, "report-ch-isva-early", "finished"),
        ("checklist", "set", planned, "report-ch-isva-early", "not-needed"),
        ("checklist", "set", planned, "trial-ch-isva-in-place", "done"),
        ("plan", "import", planned, misfit),
        ("plan", "print", planned, "--edition", "carer", "--for", "Dana", "--out", tmp_path / "x.pdf"),
        (
            "plan",
            "print",
            planned,
            "--edition",
            "professional",
            "--age-band",
            "4-7",
            "--out",
            tmp_path / "x.pdf",
        ),
        (
            "plan",
            "print",
            planned,
            "--edition",
            "child",
            "--for",
            "Linden",
            "--home-safe",
            "yes",
            "--out",
            tmp_path / "x.pdf",
        ),
        ("plan", "print", planned, "--edition", "child", "--home-safe", "yes", "--out", afile / "x.pdf"),
        ("plan", "print", planned, "--edition", "professional", "--out", tmp_path),
        (
            "plan",
            "print",
            planned,
            "--edition",
            "professional",
            "--out",
            tmp_path / "practice.csadesk" / "case.db",
        ),
        ("directory", "import", tmp_path / "nowhere"),
        ("directory", "import", afile),
        ("directory", "export", afile, "--format", "csv"),
        ("directory", "export", tmp_path),
        ("directory", "export", tmp_path / "no" / "folder"),
        ("directory", "export", tmp_path / "practice.csadesk" / "out"),
    ):
        ran = do(*words)
        assert ran.code == 1, words
        assert ran.err.count("\n") == 1, (words, ran.err)
        assert ran.err.strip().endswith("."), (words, ran.err)
        assert "Traceback" not in ran.err
        assert "Robin" not in ran.err
        assert "Dana" not in ran.err
        assert not (tmp_path / "x.pdf").exists()
    assert state() == before


def test_an_empty_plan_is_neither_agreed_nor_printed(do: Any, child: str, tmp_path: Path, state: Any) -> None:
    before = state()
    assert do("plan", "agree", child).code == 1
    out = tmp_path / "x.pdf"
    assert do("plan", "print", child, "--edition", "child", "--home-safe", "yes", "--out", out).code == 1
    assert state() == before
    assert not out.exists()


def test_the_published_schemas_are_those_of_the_code() -> None:
    for name, shape in PUBLISHED.items():
        schema = msgspec.json.schema(shape)
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        written = resource("schemas", f"{name}.json").read_text("utf-8")
        assert written == json.dumps(schema, indent=1, ensure_ascii=False) + "\n", "run tools/schemas.py"
    assert {path.stem for path in resource("schemas").glob("*.json")} == set(PUBLISHED)
