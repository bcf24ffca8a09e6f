"""Case codes, ids that every laptop makes alike, and positions that always leave room."""

import uuid

from hypothesis import given
from hypothesis import strategies as st

from csa_desk.records.ids import CROCKFORD, case_code, new_id, position_between, same_id

MOVES = st.lists(st.integers(0, 1_000_000), max_size=60)


def test_a_case_code_is_the_beginning_of_the_id_in_crockford_base32() -> None:
    assert case_code("00000000-0000-4000-8000-000000000000") == "000000"
    assert case_code("ffffffff-ffff-4fff-bfff-ffffffffffff") == "ZZZZZZ"
    assert case_code("08864298-0000-4000-8000-000000000000") == "123456"


@given(st.uuids(version=4), st.integers(6, 25))
def test_a_longer_code_only_adds_to_a_shorter_one(number: uuid.UUID, length: int) -> None:
    code = case_code(str(number), length)
    assert len(code) == length
    assert code.startswith(case_code(str(number)))
    assert set(code) <= set(CROCKFORD)


@given(st.uuids(version=4))
def test_a_code_can_be_read_back_as_the_first_thirty_bits_of_the_id(number: uuid.UUID) -> None:
    bits = 0
    for letter in case_code(str(number)):
        bits = bits << 5 | CROCKFORD.index(letter)
    assert bits == number.int >> 98


def test_the_same_words_name_the_same_thing_on_every_laptop() -> None:
    assert same_id("answer", "case", "child", "sleep") == same_id("answer", "case", "child", "sleep")
    assert same_id("answer", "a", "bc") != same_id("answer", "ab", "c")
    assert same_id("agency", "Eastmere") == "864434d3-13e0-524d-aa7a-89625d6d8e15"


def test_new_ids_are_random_uuids() -> None:
    made = {new_id() for _ in range(100)}
    assert len(made) == 100
    assert {uuid.UUID(number).version for number in made} == {4}


@given(MOVES)
def test_a_position_always_stands_between_its_neighbours(moves: list[int]) -> None:
    places: list[str] = []
    for move in moves:
        at = move % (len(places) + 1)
        before = places[at - 1] if at else ""
        after = places[at] if at < len(places) else ""
        made = position_between(before, after)
        assert made > before
        assert not after or made < after
        places.insert(at, made)
    assert places == sorted(places)
    assert len(set(places)) == len(places)


@given(st.sampled_from(["front", "back", "middle"]))
def test_a_position_grows_slowly_however_often_one_place_is_used(where: str) -> None:
    before, after = position_between("", ""), ""
    after = position_between(before, "")
    for _ in range(200):
        if where == "front":
            after = position_between("", after)
            made = after
        elif where == "back":
            before = made = position_between(before, "")
        else:
            before = made = position_between(before, after)
    assert len(made) < 100
