"""What a newcomer who had not seen the code found: each began as a failing test."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from csa_desk.casework.casefile import open_file
from csa_desk.casework.consenting import decide, shared_with, withdraw
from csa_desk.casework.copies import prepare_plan, save
from csa_desk.casework.desk import Desk
from csa_desk.casework.intake import add_child
from csa_desk.casework.planning import import_plan
from csa_desk.casework.shapes import (
    ActionShape,
    CaseShape,
    ChildShape,
    ConsentShape,
    GoalShape,
    PlanShape,
    ProtectiveShape,
    TeamShape,
    ViewShape,
)
from csa_desk.errors import InputError, RefusedError

PLAN = PlanShape(
    goals=[GoalShape(need="school", words="Go to art club", actions=[ActionShape(what="Ask Beth")])],
    views=[ViewShape(who="Ewa Jar", view="agreed")],
)


def words_of(pdf: bytes) -> str:
    """What is read on the paper."""
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


@pytest.fixture
def planned(desk: Desk) -> Callable[..., object]:
    """A child with a plan, and whatever else the case shape says."""

    def make(name: str = "Rowan Bramley", **more: object) -> object:
        case = add_child(desk, CaseShape(child=ChildShape(name=name), **more))  # type: ignore[arg-type]
        file = open_file(desk, case.code)
        import_plan(desk, file, PLAN)
        return open_file(desk, case.code)

    return make


def test_who_agreed_names_nobody_whose_place_in_the_team_is_held_back(desk: Desk, planned: Callable) -> None:
    therapist = TeamShape(name="Ewa Jar", role="therapist", agency="Linden")
    file = planned(team=[therapist])
    decide(desk, file, ConsentShape(recipient="School", categories=["needs-and-plan"]))
    file = open_file(desk, file.code)
    assert "Ewa Jar" not in words_of(prepare_plan(desk, file, "professional", recipient="School").pdf)
    assert "Ewa Jar" in words_of(prepare_plan(desk, file, "professional").pdf)


def test_nothing_is_agreed_for_or_printed_for_somebody_unsafe(desk: Desk, planned: Callable) -> None:
    unsafe = ProtectiveShape(person="Uncle Ver", protects="unsafe-to-contact")
    file = planned(protective_facts=[unsafe])
    with pytest.raises(RefusedError):
        decide(desk, file, ConsentShape(recipient="uncle ver", categories=["needs-and-plan"]))
    with pytest.raises(RefusedError):
        prepare_plan(desk, file, "professional", recipient="Uncle Ver")


def test_a_withdrawal_dated_before_the_consent_is_refused_rather_than_useless(
    desk: Desk, planned: Callable
) -> None:
    file = planned()
    decide(desk, file, ConsentShape(recipient="Kappa", categories=["health"], on="2026-11-20"))
    file = open_file(desk, file.code)
    with pytest.raises(InputError):
        withdraw(
            desk,
            file,
            "Kappa",
            [],
            ConsentShape(recipient="Kappa", categories=[], purpose="", on="2020-01-01"),
        )
    withdraw(desk, file, "Kappa", [], ConsentShape(recipient="Kappa", categories=[], purpose=""))
    assert all(not one.categories for one in shared_with(desk, open_file(desk, file.code)))


@pytest.mark.parametrize(("part", "times"), [("Z", 10_000), ("word ", 2_000)])
def test_a_name_of_ten_thousand_letters_is_printed_whole_and_breaks_nothing(
    part: str, times: int, desk: Desk, planned: Callable
) -> None:
    file = planned(part * times)
    text = words_of(prepare_plan(desk, file, "professional").pdf)
    assert text.count(part.strip()) >= times
    assert prepare_plan(desk, file, "child", at_home="yes").pdf.startswith(b"%PDF")


def test_a_copy_replaces_only_an_earlier_copy(desk: Desk, planned: Callable, tmp_path: Path) -> None:
    file = planned()
    precious = tmp_path / "passphrase.txt"
    precious.write_text("seven quiet otters", "utf-8")
    with pytest.raises(InputError):
        save(desk, file, prepare_plan(desk, file, "professional"), precious)
    assert precious.read_text("utf-8") == "seven quiet otters"
    with pytest.raises(InputError):
        save(desk, file, prepare_plan(desk, file, "professional"), tmp_path / "nowhere" / "plan.pdf")
    assert open_file(desk, file.code).releases == []
    for _ in range(2):
        save(desk, file, prepare_plan(desk, file, "professional"), tmp_path / "plan.pdf")
    assert len(open_file(desk, file.code).releases) == 2
    assert (tmp_path / "plan.pdf").stat().st_mode & 0o077 == 0


def test_an_action_led_by_the_therapist_tells_of_therapy_unless_it_says_otherwise(
    desk: Desk, planned: Callable
) -> None:
    file = planned(team=[TeamShape(name="Ewa Jar", role="therapist", agency="Linden")])
    goal = GoalShape(
        need="health",
        words="Sleep all night",
        actions=[ActionShape(what="Meet on Mondays", lead="Ewa Jar"), ActionShape(what="Ask about lunch")],
    )
    import_plan(desk, file, PlanShape(goals=[goal]))
    decide(desk, file, ConsentShape(recipient="School", categories=["needs-and-plan", "health"]))
    text = words_of(prepare_plan(desk, open_file(desk, file.code), "professional", recipient="School").pdf)
    assert "Meet on Mondays" not in text
    assert "Ask about lunch" in text


def test_without_a_name_the_child_is_the_child(desk: Desk, planned: Callable) -> None:
    file = planned("Quill Ferry")
    decide(desk, file, ConsentShape(recipient="School", categories=["needs-and-plan"]))
    text = words_of(prepare_plan(desk, open_file(desk, file.code), "professional", recipient="School").pdf)
    assert "Quill" not in text
    assert "If the child needs someone" in text
    assert "The child can say stop" in text
