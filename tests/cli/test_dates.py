"""A date that cannot be true is refused from the command line as everywhere: one answer, nothing changed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


def test_dates_that_cannot_be_true_end_with_1_and_a_sentence(
    do: Any, planned: str, write: Callable[..., Path], state: Callable[[], tuple[int, int, int]]
) -> None:
    born = write({"child": {"name": "Ro", "birth_date": "2099"}}, "born.json")
    stage = {"stage": "report", "since": "2026-10-02", "until": "2026-10-01"}
    staged = write({"child": {"name": "Ro"}, "stages": [stage]}, "staged.json")
    view = write(
        {"goals": [], "views": [{"who": "child", "view": "agreed", "on": "2027-01-01"}]}, "view.json"
    )
    told = write({"answers": [{"question": "culture", "value": "x", "told_on": "2027-01-01"}]}, "told.json")
    for words in (
        ("case", "add", born),
        ("case", "add", staged),
        ("plan", "import", planned, view),
        ("assessment", "import", planned, told),
        ("consent", "set", planned, "--for", "School", "--category", "health", "--until", "2026-11-01"),
        ("consent", "set", planned, "--for", "School", "--category", "health", "--on", "2027-01-01"),
    ):
        before = state()[1]
        ran = do(*words)
        assert (ran.code, ran.out) == (1, ""), words
        assert ran.err.count("\n") == 1
        assert "Nothing was changed." in ran.err
        assert state()[1] == before


@pytest.mark.parametrize("day", ["2026-11-01"])
def test_a_plan_whose_review_is_past_is_kept_as_a_draft_and_not_agreed(
    day: str, do: Any, planned: str, write: Callable[..., Path]
) -> None:
    assert do("plan", "import", planned, write({"goals": [], "review_on": day}, "plan2.json")).code == 0
    refused = do("plan", "agree", planned)
    assert refused.code == 1
    assert "Set the day it is looked at again" in refused.err
    assert do("plan", "show", planned, "--json").json["agreed"] == []
