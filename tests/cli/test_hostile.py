"""What is handed in is text: kept as it is or refused in a sentence, never obeyed, never a crash."""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from pypdf import PdfReader

Write = Callable[..., Path]

ODD = {
    "markup": "<b>Ro</b> & <script>alert(1)</script>",
    "template": "{{ 7*7 }} {name} {% if x %} %s ${HOME}",
    "emoji": "Ro 🌈👩‍👧 end",
    "right to left": "رُوان بن سارة",
    "override": "Ro\u202egnitar\u202c end",
    "welsh and polish": "Tŷ-Gŵyr Łubinek",
    "quotes": 'Ro\'; DROP TABLE "case"; --',
    "long": "long " * 2000,
    "one long word": "w" * 10_000,
    "lines": "one\ntwo\r\nthree\ttab",
    "formula": '=HYPERLINK("http://example.org")',
}


def test_odd_text_is_kept_and_shown_as_it_is(do: Any, write: Write) -> None:
    for text in ODD.values():
        said = {
            "child": {"name": text, "preferred_name": text[:200]},
            "carers": [{"name": text, "relation": text}],
            "team": [{"name": text, "role": text, "agency": text, "outcome": text}],
            "tasks": [{"what": text}],
        }
        code = do("case", "add", write(said), "--json").json["code"]
        shown = do("case", "show", code, "--json").json
        assert shown["name"] == text.strip()
        assert (shown["team"][0]["name"], shown["tasks"][0]["what"]) == (text, text)
        assert do("case", "show", code).code == 0
    listed = do("case", "list", "--json").json
    assert {one["name"] for one in listed} == {text.strip() for text in ODD.values()}
    checked = do("vault", "check", "--json").json
    assert checked["clean"], checked["findings"]


def test_odd_text_is_planned_exported_and_printed_as_text(do: Any, write: Write, tmp_path: Path) -> None:
    texts = list(ODD.values())
    said = {
        "child": {"name": ODD["markup"], "preferred_name": ODD["template"]},
        "safe_contact": {"who": ODD["right to left"], "times": ODD["quotes"], "number": ODD["override"]},
        "team": [
            {"name": text, "role": text, "agency": text, "outcome": text} for text in texts if len(text) < 200
        ],
        "consents": [
            {"recipient": ODD["markup"], "categories": ["needs-and-plan", "education"], "by": ODD["lines"]}
        ],
    }
    code = do("case", "add", write(said), "--json").json["code"]
    goals = [
        {
            "need": "school",
            "words": text,
            "actions": [{"what": text, "child_words": text, "lead": text[:500]}],
        }
        for text in texts
    ]
    assert do("plan", "import", code, write({"goals": goals})).code == 0
    assert [one["words"] for one in do("plan", "show", code, "--json").json["goals"]] == [
        one.strip() for one in texts
    ]
    for text in texts:
        answers = [
            {"question": question, "value": text} for question in ("stop-sign", "culture", "matters-most")
        ]
        assert do("assessment", "import", code, write({"answers": answers})).code == 0
        exported = {one["question"]: one["value"] for one in do("assessment", "export", code).json["answers"]}
        assert exported["culture"] == exported["stop-sign"] == text
    for edition, more in (
        ("professional", []),
        ("child", ["--home-safe", "yes"]),
        ("professional", ["--for", ODD["markup"]]),
    ):
        out = tmp_path / "plan.pdf"
        ran = do("plan", "print", code, "--edition", edition, *more, "--out", out)
        assert (ran.code, ran.err) == (0, ""), edition
        whole = "".join(page.extract_text() for page in PdfReader(BytesIO(out.read_bytes())).pages)
        assert "<b>Ro</b>" in whole
        assert "{{ 7*7 }}" in whole
    checked = do("vault", "check", "--json").json
    assert checked["clean"], checked["findings"]


def test_nul_characters_go_and_the_rest_stays(do: Any, write: Write) -> None:
    code = do("case", "add", write(b'{"child": {"name": "Ro\\u0000bin"}}'), "--json").json["code"]
    assert do("case", "show", code, "--json").json["name"] == "Robin"
    answers = write(b'{"answers": [{"question": "culture", "value": "a\\u0000b"}]}')
    assert do("assessment", "import", code, answers, "--json").json == {"recorded": 1, "same": 0}
    assert do("assessment", "import", code, answers, "--json").json == {"recorded": 0, "same": 1}
    assert do("vault", "check").code == 0


DEEP = 100_000
BROKEN: dict[str, bytes] = {
    "empty": b"",
    "nothing": b"null",
    "list": b"[]",
    "cut": b'{"child": {"name": "Secret Planted',
    "lone surrogate": b'{"child": {"name": "Secret Planted \\ud800"}}',
    "surrogate bytes": b'{"child": {"name": "\xed\xa0\x80"}}',
    "not utf-8": b'{"child": {"name": "\xff\xfe"}}',
    "utf-16": '{"child": {"name": "Secret Planted"}}'.encode("utf-16"),
    "nan": b'{"child": {"name": NaN}}',
    "infinity": b'{"child": {"name": Infinity}}',
    "number for text": b'{"child": {"name": 7}}',
    "text for flag": b'{"child": {"name": "Ro"}, "tasks": [{"what": "x", "contact": "yes"}]}',
    "text for list": b'{"child": {"name": "Ro"}, "team": "Secret Planted"}',
    "word not offered": b'{"child": {"name": "Ro"}, "nation": "Secret Planted"}',
    "deep word not offered": (
        b'{"child": {"name": "Ro"}, "carers": [{"name": "x", "lives_with": "Secret\\n Planted\' - at"}]}'
    ),
    "unknown key": b'{"child": {"name": "Ro"}, "Secret Planted": 1}',
    "key twice": b'{"child": {"name": "Ro"}, "child": {"name": "Secret Planted"}}',
    "deep key twice": b'{"child": {"name": "Ro", "name": "Secret Planted"}}',
    "deep": b'{"child": ' + b'{"name":' * DEEP + b"1" + b"}" * DEEP + b"}",
    "deep list": b'{"child": {"name": "Ro"}, "team": ' + b"[" * DEEP + b"]" * DEEP + b"}",
    "comment": b'{"child": {"name": "Ro"}} // Secret Planted',
    "two documents": b'{"child": {"name": "Ro"}}{"child": {"name": "Secret Planted"}}',
    "name in place of a day": b'{"child": {"name": "Ro"}, "opened": "Secret Planted"}',
    "name in place of a stage": b'{"child": {"name": "Ro"}, "stages": [{"stage": "Secret Planted"}]}',
    "name in place of a need": b'{"child": {"name": "Ro"}, "team": [{"name": "x", "helps_with": ["Secret Planted"]}]}',
    "name in place of a category": (
        b'{"child": {"name": "Ro"}, "consents": [{"recipient": "x", "categories": ["Secret Planted"]}]}'
    ),
    "name in place of a purpose": (
        b'{"child": {"name": "Ro"}, "consents": [{"recipient": "x", "categories": ["health"],'
        b' "purpose": "Secret Planted"}]}'
    ),
}


def test_a_file_that_is_not_right_is_refused_without_repeating_it(do: Any, write: Write, state: Any) -> None:
    before = state()
    for name, content in BROKEN.items():
        ran = do("case", "add", write(content))
        assert (ran.code, ran.out) == (1, ""), name
        assert ran.err.count("\n") == 1, (name, ran.err)
        assert len(ran.err) < 400, name
        for word in ("Secret", "Planted", "Traceback"):
            assert word not in ran.err, (name, ran.err)
    assert state() == before


ANSWERS: dict[str, Any] = {
    "number as text": {"question": "sleep", "value": "4"},
    "deep": {"question": "sensory", "value": json.loads("[" * 400 + "]" * 400)},
    "deep text": {"question": "culture", "value": json.loads("[" * 400 + "]" * 400)},
    "object": {"question": "sensory", "value": [{"light": "Secret Planted"}]},
    "name for question": {"question": "Secret Planted", "value": 1},
    "name for subject": {"question": "sleep", "value": 1, "subject": "Secret Planted"},
    "word for state": {"question": "sleep", "value": 1, "state": "Secret Planted"},
    "huge": {"question": "sleep", "value": 10**40},
}


def test_an_answer_that_is_not_right_is_refused_without_repeating_it(
    do: Any, child: str, write: Write, state: Any
) -> None:
    before = state()
    for name, one in ANSWERS.items():
        ran = do("assessment", "import", child, write({"answers": [one]}))
        assert (ran.code, ran.err.count("\n")) == (1, 1), (name, ran.err)
        assert "Planted" not in ran.err, (name, ran.err)
    nan = b'{"answers": [{"question": "sleep", "value": NaN}]}'
    assert do("assessment", "import", child, write(nan)).code == 1
    assert state() == before


def test_a_file_beyond_the_largest_is_not_read(do: Any, write: Write, tmp_path: Path, state: Any) -> None:
    before = state()
    large = tmp_path / "large.json"
    with large.open("wb") as handle:
        handle.write(b'{"child": {"name": "')
        handle.truncate(40 * 1024 * 1024)
    ran = do("case", "add", large)
    assert (ran.code, ran.err.count("\n")) == (1, 1)
    assert "too large" in ran.err
    assert state() == before
    endless = Path("/dev/zero")
    if endless.exists():
        assert "too large" in do("case", "add", endless).err


def test_words_of_a_command_that_are_no_text_are_refused(
    do: Any, planned: str, tmp_path: Path, state: Any
) -> None:
    before = state()
    for odd in ("Ro\udc80bin", "Ro\x00bin", "\ud800"):
        _refused(odd, do, planned, tmp_path)
    assert state() == before


def _refused(odd: str, do: Any, planned: str, tmp_path: Path) -> None:
    for words in (
        ("case", "show", odd),
        ("case", "add", odd),
        ("consent", "set", planned, "--for", odd, "--category", "health"),
        ("consent", "set", planned, "--for", "Linden", "--category", odd),
        ("consent", "set", planned, "--for", "Linden", "--category", "health", "--reason", odd),
        ("checklist", "set", planned, odd, "done"),
        ("checklist", "show", planned, "--stage", odd),
        ("plan", "print", planned, "--edition", "professional", "--for", odd, "--out", tmp_path / "x.pdf"),
        ("plan", "print", planned, "--edition", "professional", "--out", odd),
        ("directory", "search", odd),
        ("directory", "import", odd),
    ):
        ran = do(*words)
        assert (ran.code, ran.err.count("\n")) == (1, 1), (words, ran.err)


def test_names_that_look_like_options_or_wildcards_are_only_words(do: Any, planned: str) -> None:
    for word in ("%", "*", "_", "' OR 1=1", '"', "NEAR(", "AND", "title:", "^ro", "🌈"):
        assert do("directory", "search", word, "--json").code == 0, word
        assert do("case", "show", word).code == 1
