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


def test_maps_and_cards_are_told_and_written(do: Any, tmp_path: Any) -> None:
    agency = do("directory", "add", "agency", "name=Eastmere Council", "--json").json["id"]
    do("directory", "add", "agency-role", "role=childrens-social-care", "--to", agency)
    do(
        "directory",
        "add",
        "service",
        "name=Play",
        "agency=Eastmere Council",
        "types=therapy",
        "minimum_age=4",
    )
    told = do("directory", "map", "--json").json["maps"][0]
    assert next(step for step in told["steps"] if step["id"] == "strategy")["agencies"][0]["part"] == "leads"
    assert "Recorded interview | nobody" in do("directory", "map").out
    gaps = do("directory", "map", "--gaps", "--area", "Eastmere", "--json").json
    assert gaps["services"] == 1
    assert do("directory", "map", "--gaps", "--out", tmp_path / "map.pdf").code == 0
    assert (tmp_path / "map.pdf").read_bytes().startswith(b"%PDF")
    cards = do("directory", "cards", "--role", "gp", "--out", tmp_path / "cards.pdf", "--json").json
    assert cards["cards"] == ["gp"]
    assert do("directory", "cards", "--role", "dragon", "--out", tmp_path / "x.pdf").code == 1


def test_two_that_are_one_are_suggested_linked_and_parted(do: Any) -> None:
    one, two = (do("directory", "add", "agency", "name=Alder Trust", "--json").json["id"] for _ in range(2))
    assert [item["reasons"] for item in do("directory", "same", "--json").json["suggested"]] == [
        ["the same name"]
    ]
    assert len(do("directory", "same", "--link", one, two, "--json").json["linked"]) == 1
    parted = do("directory", "same", "--part", two, one, "--json").json
    assert parted == {"suggested": [], "linked": []}


def test_the_columns_of_a_table_are_shown_put_right_and_forgotten(do: Any, tmp_path: Any) -> None:
    table = tmp_path / "odd.csv"
    table.write_text("service name,ring us\nAlder play,01632 960118\n", "utf-8")
    (told,) = do("directory", "columns", table, "--json").json
    assert told["row"] == "service"
    assert do("directory", "columns", table, "--set", "ring us=phone").code == 0
    assert do("directory", "import", table, "--format", "csv", "--json").json["new"] == 1
    assert do("directory", "columns", table, "--set", "nothing=phone").code == 1
    assert do("directory", "columns", table, "--forget", "--json").json[0]["columns"]["ring us"] != "phone"


def test_a_search_is_narrowed_by_kind_and_area_and_needs_something_to_go_by(do: Any) -> None:
    do("directory", "add", "service", "name=Alder play", "types=counselling", "areas=Eastmere")
    do("directory", "add", "service", "name=Alder house", "types=housing", "areas=Wrenfield")

    def found(*words: str) -> list[str]:
        return [row["name"] for row in do("directory", "search", *words, "--json").json]

    assert sorted(found("alder")) == ["Alder house", "Alder play"]
    assert found("alder", "--type", "therapy") == ["Alder play"]
    assert found("--area", "wrenfield") == ["Alder house"]
    assert found("--need", "health") == []
    assert do("directory", "search").code == 1
