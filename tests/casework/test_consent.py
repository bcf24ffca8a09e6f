"""Consent is recorded as it is decided, never overwritten, and what is in force is worked out."""

from collections.abc import Callable
from typing import Any

import pytest

from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.consenting import (
    allowed,
    decide,
    set_home_safety,
    share_without_consent,
    shared_with,
    withdraw,
)
from csa_desk.casework.desk import Desk
from csa_desk.casework.recipients import recipient_named
from csa_desk.casework.shapes import ConsentShape
from csa_desk.errors import InputError
from csa_desk.records.directory import Agency
from csa_desk.records.ids import new_id

ONE_VAULT = True
Add = Callable[..., CaseFile]
Reread = Callable[[Desk, CaseFile], CaseFile]
SCHOOL = "Eastmere School"


def consent(*categories: str, **more: Any) -> ConsentShape:
    return ConsentShape(recipient=more.pop("recipient", SCHOOL), categories=list(categories), **more)


def may(
    desk: Desk, file: CaseFile, purpose: str = "support", subject: str = "child", who: str = SCHOOL
) -> set[str]:
    return set(allowed(desk, file, recipient_named(desk.vault.read, who), purpose, subject).categories)


def test_consent_holds_for_its_recipient_category_purpose_and_subject_alone(
    desk: Desk, add: Add, reread: Reread
) -> None:
    file = add(carers=[{"name": "Dana"}])
    decide(desk, file, consent("education", "health", by="Dana", capacity="parental responsibility"))
    file = reread(desk, file)
    assert may(desk, file) == {"education", "health"}
    assert may(desk, file, purpose="justice") == set()
    assert may(desk, file, subject=file.carers[0].id) == set()
    assert may(desk, file, subject="family") == set()
    assert may(desk, file, who="Another School") == set()


def test_some_or_all_of_it_can_be_withdrawn(desk: Desk, add: Add, reread: Reread, clock: Any) -> None:
    file = add()
    decide(desk, file, consent("education", "health", "family"))
    decide(desk, file, consent("justice", "health", purpose="justice"))
    clock.advance(days=1)
    withdraw(desk, reread(desk, file), SCHOOL, ["health"], consent())
    assert may(desk, reread(desk, file)) == {"education", "family"}
    assert may(desk, reread(desk, file), "justice") == {"justice", "health"}
    withdraw(desk, reread(desk, file), SCHOOL, [], consent())
    assert may(desk, reread(desk, file)) == set()
    assert may(desk, reread(desk, file), "justice") == {"justice", "health"}, "one purpose was named"


def test_withdrawing_without_naming_a_purpose_leaves_none_in_force(
    desk: Desk, add: Add, reread: Reread, census: Any
) -> None:
    file = add()
    decide(desk, file, consent("education", "health"))
    decide(desk, file, consent("justice", purpose="justice"))
    decide(desk, file, consent("health", purpose="research", decision="refused"))
    withdraw(desk, reread(desk, file), SCHOOL, [], consent(purpose=""))
    file = reread(desk, file)
    for purpose in ("support", "justice", "research"):
        assert may(desk, file, purpose) == set()
    assert [one.decision for one in file.consents[:3]] == ["given", "given", "refused"], (
        "nothing is overwritten"
    )
    assert census(desk)["faults"] == 0


def test_consent_can_be_given_anew_after_a_withdrawal(
    desk: Desk, add: Add, reread: Reread, clock: Any
) -> None:
    file = add()
    decide(desk, file, consent("education"))
    withdraw(desk, reread(desk, file), SCHOOL, [], consent())
    decide(desk, file, consent("education"))
    assert may(desk, reread(desk, file)) == set(), "of two decisions on one day the one that protects speaks"
    clock.advance(days=1)
    decide(desk, file, consent("education"))
    assert may(desk, reread(desk, file)) == {"education"}


def test_consent_ends_with_its_last_day(desk: Desk, add: Add, reread: Reread, clock: Any) -> None:
    file = add()
    decide(desk, file, consent("education", until="2026-11-30"))
    clock.set(2026, 11, 30)
    assert may(desk, reread(desk, file)) == {"education"}
    clock.set(2026, 12, 1)
    assert may(desk, reread(desk, file)) == set()


def test_there_is_nothing_to_withdraw_where_nothing_was_decided(desk: Desk, add: Add, census: Any) -> None:
    file = add()
    before = census(desk)
    with pytest.raises(InputError):
        withdraw(desk, file, SCHOOL, [], consent())
    with pytest.raises(InputError):
        withdraw(desk, file, SCHOOL, ["education"], consent())
    assert census(desk) == before


def test_an_agency_is_the_same_by_id_and_by_name_in_any_case(desk: Desk, add: Add, reread: Reread) -> None:
    agency = Agency(id=new_id(), name="Linden House")
    with desk.vault.write() as writing:
        writing.put(agency)
    file = add()
    decide(desk, file, consent("health", recipient=" linden HOUSE "))
    assert may(desk, reread(desk, file), who=agency.id) == {"health"}
    assert may(desk, reread(desk, file), who="Linden House") == {"health"}


def test_sharing_without_consent_needs_a_basis_and_a_reason(
    desk: Desk, add: Add, reread: Reread, census: Any
) -> None:
    file = add()
    before = census(desk)
    for basis, reason in (("", "why"), ("vital interests", " "), ("", "")):
        with pytest.raises(InputError):
            share_without_consent(desk, file, SCHOOL, ["safeguarding"], basis=basis, reason=reason)
    with pytest.raises(InputError):
        share_without_consent(desk, file, SCHOOL, ["gossip"], basis="x", reason="y")
    with pytest.raises(InputError):
        share_without_consent(desk, file, SCHOOL, [], basis="x", reason="y")
    with pytest.raises(InputError):
        share_without_consent(desk, file, SCHOOL, ["health"], basis="x", reason="y", purpose="fun")
    assert census(desk) == before
    made = share_without_consent(
        desk, file, SCHOOL, ["safeguarding"], basis="vital interests", reason="Safe today", consulted="Lead"
    )
    file = reread(desk, file)
    assert (made.share, made.lawful_basis, made.reason, made.consulted) == (
        "yes",
        "vital interests",
        "Safe today",
        "Lead",
    )
    assert may(desk, file, "safeguarding") == {"safeguarding"}
    assert may(desk, file, "support") == set()
    share_without_consent(desk, file, SCHOOL, ["safeguarding"], basis="", reason="", share=False)
    assert may(desk, reread(desk, file), "safeguarding") == set()


def test_a_consent_that_does_not_fit_changes_nothing_and_repeats_no_name(
    desk: Desk, add: Add, census: Any
) -> None:
    file = add()
    before = census(desk)
    for wrong in (
        consent("Robin Fernhill"),
        consent(),
        consent("health", purpose="Robin Fernhill"),
        consent("health", recipient="  "),
        consent("health", on="Robin Fernhill"),
        consent("health", until="2026"),
        consent("health", subject="Robin Fernhill"),
    ):
        with pytest.raises(InputError) as fault:
            decide(desk, file, wrong)
        assert "Robin" not in str(fault.value)
    assert census(desk) == before


def test_what_each_recipient_may_have_is_listed_with_how(desk: Desk, add: Add, reread: Reread) -> None:
    file = add()
    decide(desk, file, consent("education"))
    share_without_consent(desk, file, "Police", ["justice"], basis="law", reason="order", purpose="justice")
    rows = {(one.recipient.name, one.purpose): one for one in shared_with(desk, reread(desk, file))}
    assert set(rows) == {(SCHOOL, "support"), ("Police", "justice")}
    assert (rows[SCHOOL, "support"].agreed, rows[SCHOOL, "support"].lawful) == ({"education"}, set())
    assert (rows["Police", "justice"].agreed, rows["Police", "justice"].lawful) == (set(), {"justice"})


def test_home_safety_is_asked_in_three_words_and_dated(desk: Desk, add: Add, reread: Reread) -> None:
    file = add()
    assert file.at_home(desk.today) == ""
    for answer in ("yes", "no", "in-person"):
        set_home_safety(desk, file, answer)
        assert reread(desk, file).at_home(desk.today) == answer
    with pytest.raises(InputError):
        set_home_safety(desk, file, "perhaps")
    assert {one.on for one in reread(desk, file).home_safety} == {desk.today}
