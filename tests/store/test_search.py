"""Finding as somebody types: exact first, beginnings of words, slips forgiven, never an error."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csa_desk.records import cases, directory
from csa_desk.store.check import check
from csa_desk.store.vault import OpenVault

KINDS = ["person", "agency", "service", "location", "case", "team-member"]


@pytest.fixture
def found_in(vault: OpenVault) -> OpenVault:
    """A vault with people and places of many alphabets."""
    names = [
        "Rowan Bramley",
        "Łucja Żółw",
        "Tŷ Gwŷdd",
        "Strauß",
        "Siobhán O’Neill",
        "עדי כהן",
        "李小龍",
        "Ray",
    ]
    with vault.write() as writing:
        for number, name in enumerate(names):
            writing.put(cases.Person(id=f"p{number}", name=name))
        writing.put(cases.Case(id="11111111-1111-4111-8111-111111111111", code="4F7K2M"))
        writing.put(
            directory.Service(
                id="s", name="Linden House", needs=("sleep",), areas=[{"name": "Eastmere"}, "odd", {"no": 1}]
            )
        )
        writing.put(directory.Location(id="l", name="Old Library", postcode="EX1 1AA"))
    return vault


@pytest.mark.parametrize(
    ("typed", "record"),
    [
        ("rowan", "p0"),
        ("ROW", "p0"),
        ("bramley rowan", "p0"),
        ("rowna", "p0"),
        ("bramly", "p0"),
        ("lucja", "p1"),
        ("żółw", "p1"),
        ("zolw", "p1"),
        ("gwydd", "p2"),
        ("Tŷ", "p2"),
        ("strauß", "p3"),
        ("STRAUSS", "p3"),
        ("strauss", "p3"),
        ("siobhan oneill", "p4"),
        ("o'neill", "p4"),
        ("כהן", "p5"),
        ("李小", "p6"),
        ("4f7k", "11111111-1111-4111-8111-111111111111"),
        ("eastmere", "s"),
        ("sleep", "s"),
        ("EX1", "l"),
        ("library old", "l"),
    ],
)
def test_it_is_found_however_it_is_typed(found_in: OpenVault, typed: str, record: str) -> None:
    assert [hit.record for hit in found_in.finder.find(typed, KINDS)][:1] == [record]


def test_only_the_kinds_asked_for_are_found(found_in: OpenVault) -> None:
    assert found_in.finder.find("linden", ["person"]) == []
    assert [hit.kind for hit in found_in.finder.find("linden", ["service"])] == ["service"]


def test_a_hit_says_whether_a_slip_was_forgiven(found_in: OpenVault) -> None:
    assert [hit.forgiven for hit in found_in.finder.find("bramley", KINDS)] == [False]
    assert [hit.forgiven for hit in found_in.finder.find("brmaley", KINDS)] == [True]


def test_a_changed_name_is_found_at_once_and_the_old_one_no_more(found_in: OpenVault) -> None:
    found_in.finder.find("wrne", KINDS)
    with found_in.write() as writing:
        writing.put(cases.Person(id="p0", name="Wren Bramley"), "corrected")
    assert [hit.record for hit in found_in.finder.find("wrne", KINDS)] == ["p0"]
    assert found_in.finder.find("rowan", KINDS) == []
    assert check(found_in).findings == ()


def test_an_agency_and_a_service_of_one_imported_id_are_both_found(vault: OpenVault) -> None:
    one = "0d9c2a4e-0000-4000-8000-000000000000"
    with vault.write() as writing:
        writing.put(directory.Agency(id=one, name="Eastmere Trust"))
        writing.put(directory.Service(id=one, name="Linden House"))
        writing.put(directory.Location(id=one, name="Old Library"))
    for words, kind in (("eastmere", "agency"), ("linden", "service"), ("library", "location")):
        assert [(hit.kind, hit.record) for hit in vault.finder.find(words, KINDS)] == [(kind, one)]
    assert check(vault).findings == ()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=30) | st.text("\"*():^-+{}[]_ANDORNEAR'; \x00", max_size=20))
def test_nothing_that_is_typed_ends_in_an_error(found_in: OpenVault, words: str) -> None:
    found_in.finder.find(words, KINDS)


@pytest.mark.parametrize("typed", ["", "   ", "---", "_", "\u0301", "²"])
def test_what_holds_no_word_finds_nothing(found_in: OpenVault, typed: str) -> None:
    assert found_in.finder.find(typed, KINDS) == []
