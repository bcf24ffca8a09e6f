"""Entries that may be one: suggested with reasons, linked, parted, and nothing re-pointed."""

from typing import Any

import pytest

from csa_desk.casework.desk import Desk
from csa_desk.casework.directory import entries
from csa_desk.casework.matching import field_of
from csa_desk.casework.same_entries import (
    also_listed,
    link_entries,
    linked_pairs,
    listed_once,
    part_entries,
    suggestions,
)
from csa_desk.errors import InputError
from csa_desk.records.directory import Agency, Location, Service
from tests.fuzz.running import alarm


def put(desk: Desk, *records: Any) -> None:
    with desk.vault.write() as writing:
        for record in records:
            writing.put(record, "imported")


def pairs(desk: Desk) -> dict[tuple[str, str], tuple[str, ...]]:
    return {(item.entry, item.other): item.reasons for item in suggestions(desk)}


def test_one_charity_number_is_one_agency_whatever_it_is_called(desk: Desk) -> None:
    put(
        desk,
        Agency(id="a1", name="Linden Trust", identifiers=[{"scheme": "GB-CHC", "identifier": "0123 456"}]),
        Agency(id="a2", name="The Lime Tree", identifiers=[{"scheme": "GB-CHC", "identifier": "123456"}]),
        Agency(id="a3", name="Rowan Trust", identifiers=[{"scheme": "GB-COH", "identifier": "123456"}]),
    )
    assert pairs(desk) == {("a1", "a2"): ("the same registered number",)}


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({"name": "Linden House Therapy"}, {"name": "Linden House therapy"}),
        ({"name": "Linden House Therapy"}, {"name": "Linden Hous Therapy"}),
        ({"name": "Therapy at Linden House"}, {"name": "Linden House therapy at"}),
    ],
)
def test_nearly_one_name_at_one_agency_is_suggested(
    desk: Desk, one: dict[str, str], two: dict[str, str]
) -> None:
    put(
        desk,
        Agency(id="a", name="Trust"),
        Service(id="s1", agency="a", **one),
        Service(id="s2", agency="a", **two),
    )
    (reasons,) = pairs(desk).values()
    assert "the same agency" in reasons


def test_a_common_name_of_different_agencies_is_no_reason_but_a_shared_number_with_it_is(desk: Desk) -> None:
    put(
        desk,
        Agency(id="a", name="Alder Trust"),
        Agency(id="b", name="Birch Trust"),
        Service(id="s1", agency="a", name="Counselling"),
        Service(id="s2", agency="b", name="Counselling"),
    )
    assert pairs(desk) == {}
    put(
        desk,
        Service(id="s1", agency="a", name="Counselling", phone="01632 960 118"),
        Service(id="s2", agency="b", name="Counselling", phone="+44 1632 960118"),
    )
    assert pairs(desk) == {("s1", "s2"): ("the same phone number", "the same name")}


def test_what_many_share_and_a_withheld_place_are_no_reason(desk: Desk) -> None:
    put(
        desk,
        *(
            Agency(id=f"a{n}", name=f"Council office {word}", phone="01632 960000")
            for n, word in enumerate(WORDS)
        ),
        Location(id="l", postcode="EM9 9ZZ", withheld=True),
        Service(id="s1", name="Alder group", locations=("l",)),
        Service(id="s2", name="Alder groups", locations=("l",)),
    )
    assert pairs(desk) == {}


WORDS = "alder birch cedar damson elder fir gorse".split()


def test_linked_entries_are_listed_and_matched_once_and_parting_brings_both_back(desk: Desk) -> None:
    put(
        desk,
        Agency(id="a", name="Trust"),
        Service(id="s1", agency="a", name="Linden therapy", checked_on="2025-01-01"),
        Service(id="s2", agency="a", name="Linden Therapy", checked_on="2026-11-01"),
        Service(id="s3", agency="a", name="Other"),
    )
    link_entries(desk, "s2", "s1", "one house")
    assert pairs(desk) == {}
    assert [entry.record.id for entry in listed_once(desk, entries(desk))] == ["s1", "s3"]
    assert [item.service for item in field_of(desk).services] == ["s2", "s3"]
    assert [entry.record.id for entry in also_listed(desk, "s1")] == ["s2"]
    assert [(link.reason, one.name, two.name) for link, one, two in linked_pairs(desk)] == [
        ("one house", "Linden therapy", "Linden Therapy")
    ]
    assert desk.vault.read.get(Service, "s1") is not None
    part_entries(desk, "s1", "s2")
    assert len(listed_once(desk, entries(desk))) == 3
    assert len(field_of(desk).services) == 3
    assert also_listed(desk, "s1") == []


def test_what_was_decided_against_is_not_suggested_again_and_can_still_be_linked(desk: Desk) -> None:
    put(desk, Agency(id="a1", name="Linden Trust"), Agency(id="a2", name="Linden Trust"))
    assert list(pairs(desk)) == [("a1", "a2")]
    part_entries(desk, "a2", "a1")
    assert pairs(desk) == {}
    link_entries(desk, "a1", "a2")
    assert len(linked_pairs(desk)) == 1


def test_three_linked_in_a_chain_are_one_and_an_entry_taken_out_hides_nothing(desk: Desk) -> None:
    put(desk, *(Service(id=f"s{n}", name=f"Linden {n}") for n in range(3)))
    link_entries(desk, "s0", "s1")
    link_entries(desk, "s1", "s2")
    assert len(listed_once(desk, entries(desk))) == 1
    put(desk, Service(id="s2", name="Linden 2", removed=True))
    assert [entry.record.id for entry in listed_once(desk, entries(desk))] == ["s0"]
    put(desk, Service(id="s0", name="Linden 0", removed=True))
    assert [entry.record.id for entry in listed_once(desk, entries(desk))] == ["s1"]


def test_an_entry_is_not_linked_with_itself_nor_a_service_with_an_agency(desk: Desk) -> None:
    put(desk, Agency(id="a", name="Trust"), Service(id="s", name="Trust"))
    for two, sentence in (
        ("a", "with itself"),
        ("s", "cannot be one entry"),
        ("nowhere", "not in the directory"),
    ):
        with pytest.raises(InputError, match=sentence):
            link_entries(desk, "a", two)


def test_thousands_of_entries_do_not_make_millions_of_pairs(desk: Desk) -> None:
    words = "alder birch cedar damson elder fir gorse hazel ivy juniper".split()
    put(
        desk,
        *(
            Service(
                id=f"s{n:05}",
                agency="a",
                name=f"{words[n % 10]} {words[n // 10 % 10]} group {n}",
                phone="01632 960000",
            )
            for n in range(3000)
        ),
    )
    with alarm(20):
        assert len(suggestions(desk)) < 3000
