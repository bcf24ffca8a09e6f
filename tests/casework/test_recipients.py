"""A name that was typed means the same somebody however it is spelt, and the agency once the directory knows it."""

from collections.abc import Callable
from typing import Any

import pytest

from csa_desk.casework import team
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.consenting import allowed, decide, recipient_of, share_without_consent, withdraw
from csa_desk.casework.copies import prepare_plan
from csa_desk.casework.desk import Desk
from csa_desk.casework.planning import add_goal
from csa_desk.casework.professional_parts import member_tells
from csa_desk.casework.recipients import name_key, recipient_named
from csa_desk.casework.shapes import ConsentShape, GoalShape
from csa_desk.errors import RefusedError
from csa_desk.records.cases import TeamMember
from csa_desk.records.consent import About, ConsentDecision
from csa_desk.records.directory import Agency
from csa_desk.records.ids import new_id, same_id

Add = Callable[..., CaseFile]
Reread = Callable[[Desk, CaseFile], CaseFile]
SPELT = ["canolfan ty gwyr", "CANOLFAN TŶ GŴYR", "  Canolfan  Tŷ Gŵyr ", "Canolfan Tŷ-Gŵyr."]


def consent(who: str, *kinds: str, **more: Any) -> ConsentShape:
    return ConsentShape(recipient=who, categories=list(kinds), **more)


def may(desk: Desk, file: CaseFile, who: str) -> set[str]:
    named = recipient_of(desk.vault.read, file, who)
    return set(allowed(desk, file, named, "support", "child").categories)


def enter(desk: Desk, name: str) -> Agency:
    made = Agency(id=new_id(), name=name)
    with desk.vault.write() as writing:
        writing.put(made)
    return made


@pytest.mark.parametrize("spelt", SPELT)
def test_consent_holds_for_its_recipient_in_any_spelling(
    spelt: str, desk: Desk, add: Add, reread: Reread
) -> None:
    file = add(consents=[{"recipient": "Canolfan Tŷ Gŵyr", "categories": ["health", "needs-and-plan"]}])
    assert may(desk, file, spelt) == {"health", "needs-and-plan"}
    assert may(desk, file, "Canolfan Arall") == set()
    withdraw(desk, file, spelt, ["health"], consent(spelt, purpose=""))
    assert may(desk, reread(desk, file), "Canolfan Tŷ Gŵyr") == {"needs-and-plan"}


def test_a_name_typed_before_an_import_means_the_agency_that_was_imported(
    desk: Desk, add: Add, reread: Reread
) -> None:
    file = add(
        consents=[{"recipient": "eastmere  school", "categories": ["education"]}],
        team=[{"name": "Beth Lyle", "agency": "eastmere school"}],
    )
    before = team.members(desk, file)[0]
    assert before.share == "some"
    school = enter(desk, "Eastmere School")
    file = reread(desk, file)
    assert file.consents[0].recipient == file.team[0].agency == school.id
    for named in (school.id, "Eastmere School", "EASTMERE SCHOOL"):
        assert may(desk, file, named) == {"education"}, named
    after = team.members(desk, file)[0]
    assert (after.share, after.may_share) == (before.share, before.may_share)
    withdraw(desk, file, "Eastmere School", [], consent("Eastmere School", purpose=""))
    assert may(desk, reread(desk, file), "eastmere  school") == set()


def test_what_was_decided_without_consent_also_follows_the_name(desk: Desk, add: Add, reread: Reread) -> None:
    file = add()
    share_without_consent(
        desk, file, "Eastmere Council", ["education"], basis="a basis", reason="a reason", purpose="support"
    )
    council = enter(desk, "EASTMERE COUNCIL")
    assert may(desk, reread(desk, file), council.id) == {"education"}


def test_a_name_that_two_agencies_share_opens_nothing_to_either(desk: Desk, add: Add, reread: Reread) -> None:
    file = add(consents=[{"recipient": "Linden", "categories": ["health"]}])
    two = [enter(desk, "Linden"), enter(desk, "LINDEN")]
    file = reread(desk, file)
    assert [may(desk, file, one.id) for one in two] == [set(), set()]
    assert may(desk, file, "Linden") == {"health"}, "the name itself still means whom it meant"


def test_a_withdrawal_holds_also_when_a_second_agency_of_the_name_is_imported_later(
    desk: Desk, add: Add, reread: Reread
) -> None:
    file = add(consents=[{"recipient": "Linden", "categories": ["health"]}])
    enter(desk, "Linden")
    file = reread(desk, file)
    withdraw(desk, file, "Linden", [], consent("Linden", purpose=""))
    enter(desk, "Linden")
    assert may(desk, reread(desk, file), "linden") == set()


def test_decisions_recorded_before_spellings_were_brought_together_still_hold(
    desk: Desk, add: Add, reread: Reread
) -> None:
    file = add()
    with desk.vault.write() as writing:
        writing.put(
            ConsentDecision(
                id=new_id(),
                case=file.case.id,
                about=About.SHARING,
                subject="child",
                recipient=same_id("recipient", "tŷ  gŵyr."),
                recipient_name="Tŷ  Gŵyr.",
                categories=("health",),
                purpose="support",
                decision="given",
                on=desk.today,
            )
        )
    assert may(desk, reread(desk, file), "ty gwyr") == {"health"}


def test_somebody_unsafe_is_refused_in_any_spelling(desk: Desk, add: Add) -> None:
    file = add(protective_facts=[{"person": "Zoë Ash", "protects": "must-not-know"}])
    with pytest.raises(RefusedError):
        decide(desk, file, consent(" zoe  ASH", "health"))


def test_a_name_without_letters_is_still_a_name(desk: Desk) -> None:
    assert name_key(" 🦉 ") == "🦉"
    assert recipient_named(desk.vault.read, "🦉").id != recipient_named(desk.vault.read, "🐢").id


@pytest.mark.parametrize("agreed", [("safeguarding",), ("health",), ()])
def test_a_role_in_own_words_gives_nobody_a_place_by_a_safeguarding_basis(
    agreed: tuple[str, ...], desk: Desk, add: Add, reread: Reread
) -> None:
    file = add(team=[{"name": "Lee Moss", "role": "Drama therapy on Mondays", "agency": "Studio"}])
    add_goal(desk, file, GoalShape(need="school", words="Art club"))
    decide(desk, file, consent("Council", "needs-and-plan", "identity-and-contact", "education", *agreed))
    computed = prepare_plan(desk, reread(desk, file), "professional", recipient="Council")
    assert computed.held_back.get("therapy-attendance") == 1


def test_a_role_typed_as_the_list_has_it_is_that_role(desk: Desk) -> None:
    def tells(role: str) -> tuple[str, ...]:
        return member_tells(desk, TeamMember(id="x", role=role))

    assert tells("therapist") == tells("Therapist") == tells(" therapist ") == ("therapy-attendance",)
    assert tells("school nurse") == ("health",)
    assert tells("") == ()
    assert len(tells("Football coach")) > 1
