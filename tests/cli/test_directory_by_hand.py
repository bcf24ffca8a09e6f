"""The directory by hand on the command line: add, correct, check, take out, put back, ring, match."""

from typing import Any


def test_a_service_is_entered_corrected_checked_taken_out_and_put_back(do: Any) -> None:
    agency = do("directory", "add", "agency", "name=Alder Trust", "--json").json["id"]
    made = do(
        *(
            "directory",
            "add",
            "service",
            "name=Alder play",
            "agency=Alder Trust",
            "minimum_age=4.5",
            "maximum_age=12",
        ),
        *("types=csa-therapy; knitting", "--checked", "rang", "--json"),
    ).json
    assert made["kind"] == "service"
    rule = do(
        "directory", "add", "criterion", "about=police-report", "rule=either", "--to", made["id"], "--json"
    ).json
    assert rule["kind"] == "criterion"
    assert do("directory", "set", made["id"], "phone=01632 960118").code == 0
    assert do("directory", "check", made["id"], "--how", "visited", "--json").json["id"] == made["id"]
    assert [row["name"] for row in do("directory", "search", "alder", "--json").json][:1] == ["Alder Trust"]
    assert do("directory", "take-out", made["id"]).code == 0
    assert do("directory", "list", "--json").json == []
    assert do("directory", "put-back", made["id"]).code == 0
    assert [row["id"] for row in do("directory", "list", "--json").json] == [made["id"]]
    assert agency


def test_what_cannot_be_entered_is_one_sentence_and_changes_nothing(do: Any, state: Any) -> None:
    before = state()
    for words in (
        ("add", "dragon", "name=Smaug"),
        ("add", "service", "name"),
        ("add", "service", "shoe=42"),
        ("add", "criterion", "about=age", "rule=either"),
        ("set", "nowhere", "name=X"),
        ("check", "nowhere", "--how", "rang"),
        ("take-out", "nowhere"),
    ):
        done = do("directory", *words)
        assert done.code == 1, words
        assert len(done.err.strip().splitlines()) == 1
    assert state() == before


def test_matching_a_child_says_each_criterion_and_counts_what_does_not_fit(do: Any, child: str) -> None:
    do(
        "directory",
        "add",
        "service",
        "name=Alder play",
        "areas=Eastmere",
        "minimum_age=0",
        "maximum_age=25",
        "--json",
    )
    do("directory", "add", "service", "name=Closed lodge", "status=defunct", "--json")
    assert do("case", "area", child, "Eastmere").code == 0
    told = do("directory", "match", "--case", child, "--json").json
    assert told["case"] == child
    assert sum(told["counts"].values()) == 2 == len(told["services"])
    assert told["services"][0]["name"] == "Alder play"
    assert {"about", "outcome", "near", "words"} == set(told["services"][0]["criteria"][0])
    plain = do("directory", "match", "--case", child).out
    assert "Alder play" in plain
    assert "Closed lodge" not in plain
    assert "does not fit: It has closed." in do("directory", "match", "--case", child, "--all").out
    only = do("directory", "match", "--case", child, "--type", "housing", "--json").json
    assert only["services"] == []


def test_nothing_to_ring_is_said(do: Any) -> None:
    assert do("directory", "ring", "--json").json == []
    assert "needs a ring" in do("directory", "ring").out
