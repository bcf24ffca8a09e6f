"""Which decision speaks: the latest by day, the one that protects on a tie, none that is over or still to come."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csa_desk.records.consent import (
    ConsentDecision,
    SharingDecision,
    agreed_categories,
    lawful_categories,
)
from csa_desk.records.ids import new_id

TODAY = "2026-11-24"


def said(decision: str, on: str, **more: object) -> ConsentDecision:
    held = {
        "about": "sharing",
        "subject": "child",
        "recipient": "school",
        "categories": ("health", "family"),
        "purpose": "support",
    } | more
    return ConsentDecision(id=new_id(), case="c", decision=decision, on=on, **held)  # type: ignore[arg-type]


def agreed(*decisions: ConsentDecision, **asked: str) -> frozenset[str]:
    wanted = {"recipient": "school", "purpose": "support", "subject": "child", "today": TODAY} | asked
    return agreed_categories(decisions, **wanted)


def test_nothing_is_agreed_where_nothing_was_said() -> None:
    assert agreed() == frozenset()


def test_what_was_agreed_may_be_shared() -> None:
    assert agreed(said("given", "2026-11-01")) == {"health", "family"}


def test_a_withdrawal_ends_it_for_the_categories_it_names() -> None:
    assert agreed(said("given", "2026-11-01"), said("withdrawn", "2026-11-10", categories=("health",))) == {
        "family"
    }


def test_consent_given_again_after_a_withdrawal_counts() -> None:
    given_again = (said("given", "2026-11-01"), said("withdrawn", "2026-11-10"), said("given", "2026-11-20"))
    assert agreed(*given_again) == {"health", "family"}


@pytest.mark.parametrize("no", ["withdrawn", "refused"])
def test_of_two_decisions_on_one_day_the_one_that_protects_counts_in_either_order(no: str) -> None:
    yes, never = said("given", "2026-11-10"), said(no, "2026-11-10")
    assert agreed(yes, never) == agreed(never, yes) == frozenset()


def test_a_decision_of_a_day_to_come_does_not_count_yet() -> None:
    assert agreed(said("given", "2026-11-25")) == frozenset()
    assert agreed(said("given", "2026-11-01"), said("withdrawn", "2026-11-25")) == {"health", "family"}


def test_consent_counts_on_its_last_day_and_not_after() -> None:
    assert agreed(said("given", "2026-11-01", until=TODAY)) == {"health", "family"}
    assert agreed(said("given", "2026-11-01", until="2026-11-23")) == frozenset()


def test_a_later_consent_that_ran_out_does_not_bring_an_earlier_one_back() -> None:
    assert agreed(said("given", "2026-11-01"), said("given", "2026-11-10", until="2026-11-12")) == frozenset()


@pytest.mark.parametrize("other", [{"recipient": "police"}, {"purpose": "justice"}, {"subject": "carer-1"}])
def test_consent_for_somebody_or_something_else_is_no_consent(other: dict[str, str]) -> None:
    assert agreed(said("given", "2026-11-01", **other)) == frozenset()
    assert agreed(said("given", "2026-11-01"), **other) == frozenset()


@pytest.mark.parametrize("about", ["service", "treatment", ""])
def test_consent_to_a_service_or_to_treatment_shares_nothing(about: str) -> None:
    assert agreed(said("given", "2026-11-01", about=about)) == frozenset()


def test_a_removed_decision_does_not_speak() -> None:
    assert agreed(said("given", "2026-11-01", removed=True)) == frozenset()


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["given", "refused", "withdrawn"]),
            st.integers(1, 28),
            st.sampled_from(["", "2026-11-05", "2026-11-24", "2026-12-31"]),
        ),
        max_size=8,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_in_which_decisions_are_read_changes_nothing(
    decisions: list[tuple[str, int, str]], shuffle: object
) -> None:
    made = [said(what, f"2026-11-{day:02}", until=until) for what, day, until in decisions]
    before = agreed(*made)
    shuffle.shuffle(made)  # type: ignore[attr-defined]
    assert agreed(*made) == before


def decided(share: str, on: str, **more: object) -> SharingDecision:
    held = {"lawful_basis": "public task", "reason": "a child is at risk of harm"} | more
    return SharingDecision(
        id=new_id(),
        case="c",
        subject="child",
        recipient="police",
        categories=("safeguarding",),
        purpose="safeguarding",
        share=share,
        on=on,
        **held,  # type: ignore[arg-type]
    )


def lawful(*decisions: SharingDecision) -> frozenset[str]:
    return lawful_categories(
        decisions, recipient="police", purpose="safeguarding", subject="child", today=TODAY
    )


def test_sharing_without_consent_needs_a_lawful_basis_and_a_reason() -> None:
    assert lawful(decided("yes", "2026-11-01")) == {"safeguarding"}
    assert lawful(decided("yes", "2026-11-01", lawful_basis="")) == frozenset()
    assert lawful(decided("yes", "2026-11-01", reason="")) == frozenset()


def test_a_later_decision_not_to_share_ends_an_earlier_one_to_share() -> None:
    assert lawful(decided("yes", "2026-11-01"), decided("no", "2026-11-02")) == frozenset()
    assert lawful(decided("no", "2026-11-02"), decided("yes", "2026-11-02")) == frozenset()
    assert lawful(decided("yes", "2026-11-01", until="2026-11-20")) == frozenset()
    assert lawful(decided("yes", "2026-11-25")) == frozenset()


def test_a_decision_about_the_child_opens_nothing_about_a_carer() -> None:
    about_the_child = decided("yes", "2026-11-01")
    found = lawful_categories(
        [about_the_child], recipient="police", purpose="safeguarding", subject="holly", today=TODAY
    )
    assert found == frozenset()
