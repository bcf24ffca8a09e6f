"""Therapy notes that were left unsigned: at the author's next unlock, or taken in by a holder."""

from collections.abc import Callable

import pytest

from csa_desk.casework import compartments, notes
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.desk import Desk
from csa_desk.errors import InputError
from csa_desk.records.sealed import CompartmentName, SealedEntry
from csa_desk.store import sealed_drafts, sealing
from tests.conftest import SetClock
from tests.sealed.conftest import PACKS, Service

THERAPY, DISCLOSURE = CompartmentName.THERAPY, CompartmentName.DISCLOSURE
Child = Callable[[Desk], CaseFile]


def typed(service: Service, child: Child, who: str, name: str = THERAPY, words: str = "half a note") -> None:
    """This practitioner typed something and left it."""
    with service.at(who) as desk:
        key = sealed_drafts.prefix(child(desk).case.id, name, notes.NEW)
        compartments.SealedDrafts(desk).keep(f"{key}/words", words, 4)


def test_a_note_left_for_longer_than_the_pack_says_is_a_record_at_its_authors_next_unlock(
    service: Service, child: Child, clock: SetClock
) -> None:
    typed(service, child, "Ada")
    begun = clock.moment()
    clock.advance(hours=24)
    with service.at("Ada") as desk:
        (entry,) = notes.entries(desk, child(desk), THERAPY)
        assert (entry.written, entry.signed, entry.taken_in_by) == (begun, True, "")
        assert notes.open_entry(desk, child(desk), entry.id)["words"] == "half a note"
        assert not desk.vault.drafts(child(desk).case.id)


def test_the_author_is_told_without_the_childs_name(service: Service, child: Child, clock: SetClock) -> None:
    typed(service, child, "Ada")
    clock.advance(hours=25)
    with service.opener.open(service.folder, service.secret("Ada")) as vault:
        (sentence,) = notes.at_unlock(Desk(vault, PACKS))
    assert "part of the record" in sentence
    assert "Rowan" not in sentence
    assert "half" not in sentence


@pytest.mark.parametrize("hours", [0, 1, 23])
def test_before_that_it_stays_a_draft(service: Service, child: Child, clock: SetClock, hours: int) -> None:
    typed(service, child, "Ada")
    clock.advance(hours=hours)
    with service.at("Ada") as desk:
        assert not desk.vault.read.find(SealedEntry)
        assert desk.vault.drafts(child(desk).case.id)


@pytest.mark.parametrize("words", ["", "  \n "])
def test_a_note_without_words_never_becomes_a_record(
    service: Service, child: Child, clock: SetClock, words: str
) -> None:
    typed(service, child, "Ada", words=words)
    clock.advance(days=3)
    with service.at("Ada") as desk:
        assert not desk.vault.read.find(SealedEntry)


def test_a_holder_takes_in_what_an_absent_author_left_marked_as_not_signed(
    service: Service, child: Child, clock: SetClock
) -> None:
    typed(service, child, "Bo", words="Bo was here")
    with service.at("Ada") as desk:
        assert notes.left_behind(desk, child(desk), THERAPY) == []
    clock.advance(hours=24)
    with service.at("Ada") as desk:
        (left,) = notes.left_behind(desk, child(desk), THERAPY)
        assert left.author_name == "Bo"
        notes.take_in(desk, child(desk), THERAPY, left)
        (entry,) = notes.entries(desk, child(desk), THERAPY)
        assert (entry.author_name, entry.signed, entry.taken_in_by) == ("Bo", False, "Ada")
        assert notes.open_entry(desk, child(desk), entry.id)["words"] == "Bo was here"
        assert notes.left_behind(desk, child(desk), THERAPY) == []
        assert not list(sealing.verify_held(desk.vault))
    with service.at("Bo") as desk:
        assert not desk.vault.drafts(child(desk).case.id)


def test_who_holds_nothing_is_not_even_told_that_something_was_left(
    service: Service, child: Child, clock: SetClock
) -> None:
    typed(service, child, "Bo")
    clock.advance(days=2)
    with service.at("Ada") as desk:
        (left,) = notes.left_behind(desk, child(desk), THERAPY)
    with service.at("Mo") as desk:
        assert notes.left_behind(desk, child(desk), THERAPY) == []
        with pytest.raises(InputError):
            notes.take_in(desk, child(desk), THERAPY, left)


def test_what_a_child_told_is_never_signed_by_itself(service: Service, child: Child, clock: SetClock) -> None:
    typed(service, child, "Bo", DISCLOSURE)
    clock.advance(days=2)
    with service.at("Bo") as desk:
        assert not desk.vault.read.find(SealedEntry)
        assert desk.vault.drafts(child(desk).case.id)
    with service.at("Mo") as desk:
        (left,) = notes.left_behind(desk, child(desk), DISCLOSURE)
        entry = notes.take_in(desk, child(desk), DISCLOSURE, left)
        assert entry.closes <= desk.clock.moment()


def test_after_a_new_version_drafts_can_still_be_taken_in_and_gone_on_with(
    service: Service, child: Child, clock: SetClock
) -> None:
    service.join("Di", "therapist")
    typed(service, child, "Bo", words="begun before")
    service.leave("Di")
    with service.at("Ada") as desk:
        assert len(compartments.Trust(desk.vault.whole).standing(child(desk).case.id, THERAPY).versions) == 2
    with service.at("Bo") as desk:
        found = compartments.SealedDrafts(desk).found(child(desk).case.id)
        assert [draft.text for draft in found.values()] == ["begun before"]
    clock.advance(days=2)
    with service.at("Ada") as desk:
        (left,) = notes.left_behind(desk, child(desk), THERAPY)
        assert notes.take_in(desk, child(desk), THERAPY, left).taken_in_by == service.ids["Ada"]
