"""Who can open what is sealed: holders, authors, those who came later and those who left."""

from collections.abc import Callable

import pytest

from csa_desk.casework import compartments, notes
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.desk import Desk
from csa_desk.casework.notes import State
from csa_desk.errors import InputError, RefusedError, SealedError
from csa_desk.records.sealed import CompartmentName, Holder, SealedEntry, SealOpened
from csa_desk.store import check, sealing
from tests.conftest import SetClock
from tests.sealed.conftest import Service

THERAPY, DISCLOSURE = CompartmentName.THERAPY, CompartmentName.DISCLOSURE
RESTRICTED = CompartmentName.SAFEGUARDING
Child = Callable[[Desk], CaseFile]
WORDS = {"words": "She drew a lighthouse"}


def note(service: Service, child: Child, who: str, words: str = "She drew a lighthouse") -> str:
    """A signed therapy note of this practitioner."""
    with service.at(who) as desk:
        return notes.write_note(desk, child(desk), {"words": words}).id


def told(service: Service, child: Child, who: str) -> str:
    """A sealed disclosure of this practitioner."""
    with service.at(who) as desk:
        said = {"words": "the exact words", "asked_before": "How are you?", "time": "14:05", "place": "car"}
        return notes.seal_disclosure(desk, child(desk), said).id


def read(service: Service, child: Child, who: str, entry: str, reason: str = "") -> str:
    """The words of an entry, as this practitioner opens it."""
    with service.at(who) as desk:
        return notes.open_entry(desk, child(desk), entry, reason)["words"]


def states(service: Service, child: Child, who: str, name: str) -> list[State]:
    """How the entries of a compartment stand to a practitioner."""
    with service.at(who) as desk:
        return [item.state for item in notes.entries(desk, child(desk), name)]


def clean(service: Service, who: str = "Ada") -> list[str]:
    """What the check and the trial of every sealed value find."""
    with service.at(who) as desk:
        found = [*check.check(desk.vault).findings, *sealing.verify_held(desk.vault)]
    # A removal leaves the data key to be changed, which is not what is looked at here.
    return [item.code for item in found if item.code != "rotation-due"]


def test_a_therapist_holds_therapy_notes_by_the_rights_of_her_profession(
    service: Service, child: Child
) -> None:
    entry = note(service, child, "Bo", "Bo wrote this")
    assert read(service, child, "Ada", entry) == "Bo wrote this"


def test_the_author_reads_her_own_therapy_note_although_she_does_not_hold_the_compartment(
    service: Service, child: Child, clock: SetClock
) -> None:
    entry = note(service, child, "Bo")
    clock.advance(days=400)
    assert read(service, child, "Bo", entry) == WORDS["words"]


def test_an_administrator_who_holds_nothing_sees_that_it_is_there_by_whom_and_when(
    service: Service, child: Child
) -> None:
    entry = told(service, child, "Bo")
    with service.at("Ada") as desk:
        assert desk.practitioner().administrator
        (seen,) = notes.entries(desk, child(desk), DISCLOSURE)
        assert (seen.author_name, seen.written, seen.state) == ("Bo", desk.clock.moment(), State.SEALED)
        with pytest.raises(SealedError, match="Written by Bo"):
            notes.open_entry(desk, child(desk), entry, "curious")


def test_without_a_profession_that_holds_it_the_author_does(service: Service, child: Child) -> None:
    service.leave("Mo")
    with service.at("Bo") as desk:
        notes.restrict(desk, child(desk), WORDS)
        here = compartments.place(desk, child(desk), RESTRICTED)
    assert [row.name for row in here.holders] == ["Bo"]
    assert here.yours


def test_a_disclosure_is_open_to_its_author_for_the_hours_of_the_pack_and_then_closed(
    service: Service, child: Child, clock: SetClock
) -> None:
    entry = told(service, child, "Ada")
    with service.at("Ada") as desk:
        (seen,) = notes.entries(desk, child(desk), DISCLOSURE)
        assert (seen.state, seen.hours_left) == (State.OPEN, 24)
        assert notes.open_entry(desk, child(desk), entry)["place"] == "car"
        clock.advance(hours=23, minutes=59)
        assert notes.open_entry(desk, child(desk), entry)["time"] == "14:05"
        clock.advance(minutes=1)
        with pytest.raises(SealedError, match="closed"):
            notes.open_entry(desk, child(desk), entry)


def test_once_closed_its_key_is_sealed_to_the_compartment_alone(
    service: Service, child: Child, clock: SetClock
) -> None:
    entry = told(service, child, "Ada")
    clock.advance(hours=24)
    with service.at("Ada") as desk:
        rows = desk.vault.whole.raw.execute(
            "SELECT recipient FROM wrapped_key WHERE of = ?", (entry,)
        ).fetchall()
        own = desk.vault.opened.own.identity.recipient
    assert len(rows) == 1
    assert own not in rows[0]


def test_a_holder_opens_a_disclosure_with_a_reason_that_stands_in_history(
    service: Service, child: Child
) -> None:
    entry = told(service, child, "Ada")
    with service.at("Bo") as desk:
        assert [item.state for item in notes.entries(desk, child(desk), DISCLOSURE)] == [State.WITH_REASON]
        with pytest.raises(InputError, match="Say why"):
            notes.open_entry(desk, child(desk), entry)
        assert not desk.vault.read.find(SealOpened)
        words = notes.open_entry(desk, child(desk), entry, "Police asked for it")
        (opened,) = desk.vault.read.find(SealOpened)
        assert words["words"] == "the exact words"
        assert (opened.entry, opened.practitioner, opened.reason) == (
            entry,
            service.ids["Bo"],
            "Police asked for it",
        )
        assert "opened-sealed" in {row["action"] for row in desk.vault.read.accesses(child(desk).scope)}


def test_an_absent_colleague_is_granted_a_compartment_and_opens_it_when_she_is_back(
    service: Service, child: Child
) -> None:
    entry = note(service, child, "Ada")
    assert states(service, child, "Mo", THERAPY) == [State.SEALED]
    with service.at("Ada") as desk:
        compartments.grant(desk, child(desk), THERAPY, service.ids["Mo"], "Covers my leave")
    assert states(service, child, "Mo", THERAPY) == [State.OPEN]
    assert read(service, child, "Mo", entry) == WORDS["words"]
    assert clean(service, "Mo") == []


def test_who_does_not_hold_a_compartment_cannot_grant_it(service: Service, child: Child) -> None:
    note(service, child, "Ada")
    with service.at("Mo") as desk, pytest.raises(SealedError):
        compartments.grant(desk, child(desk), THERAPY, service.ids["Mo"], "I would like to")
    assert states(service, child, "Mo", THERAPY) == [State.SEALED]


def test_after_somebody_stops_holding_a_compartment_it_has_a_new_version_that_they_cannot_open(
    service: Service, child: Child
) -> None:
    entry = note(service, child, "Ada")
    with service.at("Ada") as desk:
        compartments.grant(desk, child(desk), THERAPY, service.ids["Mo"], "Covers my leave")
    with service.at("Mo") as desk:
        kept = sealing.reader_of(desk.vault).halves(
            desk.vault.whole, compartments.Trust(desk.vault.whole).standing(child(desk).case.id, THERAPY)
        )
    with service.at("Ada") as desk:
        compartments.end_holding(desk, child(desk), THERAPY, service.ids["Mo"], "I am back")
    later = note(service, child, "Ada", "after that")
    with service.at("Mo") as desk:
        assert [item.state for item in notes.entries(desk, child(desk), THERAPY)] == [State.SEALED] * 2
        # Not even with the key they kept: what is sealed is sealed to another pair now.
        assert all(compartments.wrapping.get(desk.vault.whole, entry, half) is None for half in kept)
    assert read(service, child, "Ada", entry) == WORDS["words"]
    assert read(service, child, "Ada", later) == "after that"
    assert clean(service) == []


def test_the_last_holder_stays(service: Service, child: Child) -> None:
    note(service, child, "Ada")
    with service.at("Ada") as desk:
        with pytest.raises(RefusedError, match="somebody must"):
            compartments.end_holding(desk, child(desk), THERAPY, service.ids["Ada"], "I do not want it")
        assert compartments.held_alone(desk, service.ids["Ada"]) == 1


def test_after_a_removal_the_next_holder_to_unlock_makes_a_new_version(
    service: Service, child: Child
) -> None:
    service.join("Di", "therapist")
    entry = note(service, child, "Di")
    with service.at("Ada") as desk:
        before = compartments.Trust(desk.vault.whole).standing(child(desk).case.id, THERAPY)
        gone = compartments.Trust(desk.vault.whole).people[service.ids["Di"]]
        assert set(before.holders) == {service.ids["Ada"], service.ids["Di"]}
    service.leave("Di")
    with service.at("Ada") as desk:
        now = compartments.Trust(desk.vault.whole).standing(child(desk).case.id, THERAPY)
        assert len(now.versions) == len(before.versions) + 1
        assert now.current is not None
        assert gone not in compartments.wrapping.recipients(desk.vault.whole, now.current.id)
        old = before.versions[-1].id
        assert compartments.wrapping.recipients(desk.vault.whole, old) == set()
        (seen,) = notes.entries(desk, child(desk), THERAPY)
        assert seen.author_name == "Di"
    assert read(service, child, "Ada", entry) == WORDS["words"]
    assert clean(service) == []


def test_a_new_version_is_made_once_and_not_at_every_unlock(service: Service, child: Child) -> None:
    service.join("Di", "therapist")
    note(service, child, "Di")
    service.leave("Di")
    for _ in range(3):
        with service.at("Ada") as desk:
            standing = compartments.Trust(desk.vault.whole).standing(child(desk).case.id, THERAPY)
            assert len(standing.versions) == 2
            assert compartments.put_in_order(desk) == 0


def test_a_colleague_cannot_make_himself_a_holder_by_writing_it_into_history(
    service: Service, child: Child
) -> None:
    entry = note(service, child, "Ada")
    with service.at("Mo") as desk:
        case = child(desk).case.id
        with desk.vault.write() as writing:
            writing.put(
                Holder(
                    id=sealing.keys.os.urandom(16).hex(),
                    case=case,
                    name=THERAPY,
                    practitioner=service.ids["Mo"],
                )
            )
            trust = compartments.Trust(writing)
            forged = compartments.Standing(case, THERAPY)
            compartments.compartment_keys.found(
                writing, trust, forged, [service.ids["Mo"]], by=service.ids["Mo"], why="author", moment="2026"
            )
    later = note(service, child, "Ada", "still between us")
    with service.at("Mo") as desk:
        assert {item.state for item in notes.entries(desk, child(desk), THERAPY)} == {State.SEALED}
        for number in (entry, later):
            with pytest.raises(SealedError):
                notes.open_entry(desk, child(desk), number)
    assert clean(service) == ["sealed-key"]


def test_when_every_holder_left_what_is_sealed_next_is_held_by_its_author(
    service: Service, child: Child
) -> None:
    told(service, child, "Bo")
    service.leave("Bo")
    service.leave("Mo")
    later = told(service, child, "Ada")
    with service.at("Ada") as desk:
        here = compartments.place(desk, child(desk), DISCLOSURE)
        assert [row.name for row in here.holders] == ["Ada"]
        assert [item.state for item in notes.entries(desk, child(desk), DISCLOSURE)].count(State.SEALED) == 1
        assert notes.open_entry(desk, child(desk), later)["words"] == "the exact words"


def test_a_correction_adds_and_takes_nothing_out(service: Service, child: Child) -> None:
    first = note(service, child, "Ada", "It was Monday")
    with service.at("Ada") as desk:
        notes.write_note(desk, child(desk), {"words": "It was Tuesday"}, corrects=first)
        later, earlier = sorted(notes.entries(desk, child(desk), THERAPY), key=lambda item: not item.corrects)
        assert (later.corrects, earlier.id) == (first, first)
        assert notes.open_entry(desk, child(desk), first)["words"] == "It was Monday"
        with pytest.raises(InputError, match="not there"):
            notes.restrict(desk, child(desk), WORDS, corrects=first)


@pytest.mark.parametrize(
    "said", [{}, {"words": "  "}, {"words": "x", "day": "31 June"}, {"words": "x", "day": "2027-01-01"}]
)
def test_what_cannot_be_sealed_is_refused_in_a_sentence_that_repeats_none_of_it(
    service: Service, child: Child, said: dict[str, str]
) -> None:
    with service.at("Ada") as desk:
        with pytest.raises(InputError) as refused:
            notes.write_note(desk, child(desk), said)
        assert "31 June" not in str(refused.value)
        assert not desk.vault.read.find(SealedEntry)
