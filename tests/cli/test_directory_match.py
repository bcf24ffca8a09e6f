"""``directory match`` and ``search`` narrowed: each criterion told, what does not fit counted, nothing shown twice."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

TABLE = """name,organisation,minimum age,maximum age,area,category,status
Alder play,Alder Trust,0,25,Eastmere,,active
Closed lodge,Alder Trust,0,25,Eastmere,,inactive
Wren house,Wren Trust,0,25,Wrenfield,,active
"""


@pytest.fixture
def filled(do: Any, tmp_path: Path, write: Callable[..., Path]) -> str:
    """Three services from a table and a child of eleven who lives in Eastmere; returns the case code."""
    table = tmp_path / "services.csv"
    table.write_text(TABLE, "utf-8")
    assert do("directory", "import", table, "--format", "csv").code == 0
    child = tmp_path / "child.json"
    child.write_text(
        json.dumps({"child": {"name": "Rowan Bramley", "birth_date": "2015-04-02"}, "home_area": "Eastmere"}),
        "utf-8",
    )
    code: str = do("case", "add", child, "--json").json["code"]
    return code


def test_each_criterion_is_told_and_what_does_not_fit_is_counted(do: Any, filled: str) -> None:
    told = do("directory", "match", "--case", filled, "--json").json
    assert (told["case"], told["age"], told["area"]["name"]) == (filled, "11", "Eastmere")
    assert told["counts"] == {"fits": 1, "ask-first": 1, "nearly-fits": 0, "does-not-fit": 1}
    assert [one["name"] for one in told["services"]] == ["Alder play", "Wren house", "Closed lodge"]
    assert {"about", "outcome", "near", "words"} == set(told["services"][0]["criteria"][0])
    plain = do("directory", "match", "--case", filled).out
    assert "fits: For ages 0 to 25." in plain
    assert "Closed lodge" not in plain
    assert "does not fit: It has closed." in do("directory", "match", "--case", filled, "--all").out
    assert do("directory", "match", "--case", filled, "--type", "housing", "--json").json["services"] == []
    assert do("directory", "match", "--case", "NOBODY").code == 1
    assert do("directory", "match").code == 2


def test_a_search_is_narrowed_and_needs_something_to_go_by(do: Any, filled: str) -> None:
    def found(*words: str) -> list[str]:
        return [row["name"] for row in do("directory", "search", *words, "--json").json]

    assert found("--area", "eastmere", "--runs", "runs") == ["Alder play"]
    assert found("lodge", "--runs", "stopped") == ["Closed lodge"]
    assert found("--need", "health") == []
    assert do("directory", "search").code == 1


def test_a_dry_run_tells_each_line_and_a_line_can_be_taken_alone(
    do: Any, filled: str, tmp_path: Path
) -> None:
    table = tmp_path / "services.csv"
    table.write_text(
        TABLE.replace("Wrenfield", "Eastmere").replace(
            "Alder play,Alder Trust,0", "Alder play,Alder Trust,4"
        ),
        "utf-8",
    )
    told = do("directory", "import", table, "--format", "csv", "--dry-run", "--json").json
    lines = {line["name"]: line for line in told["difference"]}
    assert lines["Alder play"]["changes"] == [{"field": "minimum_age", "stands": "0", "says": "4"}]
    done = do(
        "directory", "import", table, "--format", "csv", "--only", lines["Alder play"]["id"], "--json"
    ).json
    assert (done["changed"], done["left"]) == (1, 1)
    assert do("directory", "import", table, "--format", "csv", "--accept", "nothing").code == 1
