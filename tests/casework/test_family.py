"""Adding a carer, a brother or a sister while the assessment goes on; groups of questions; help with asking."""

import pytest

from csa_desk.casework import asking as asking_module
from csa_desk.casework.answers import view
from csa_desk.casework.asking import Asking, ago
from csa_desk.casework.assessing import Said, answer
from csa_desk.casework.casefile import CaseFile, open_file
from csa_desk.casework.desk import Desk
from csa_desk.casework.family import add_carer, add_sibling
from csa_desk.casework.intake import add_child
from csa_desk.casework.shapes import CarerShape, CaseShape, ChildShape, SiblingShape
from csa_desk.content.reading import Packs
from csa_desk.errors import InputError
from csa_desk.paths import resource
from csa_desk.records.assessment import Source
from csa_desk.store.vault import OpenVault


@pytest.fixture
def desk(vault: OpenVault) -> Desk:
    return Desk(vault, Packs(resource("content")))


@pytest.fixture
def file(desk: Desk) -> CaseFile:
    return open_file(
        desk, add_child(desk, CaseShape(child=ChildShape(name="Rowan Bramley", birth_date="2017-03"))).code
    )


def groups(desk: Desk, file: CaseFile, section: str) -> list[asking_module.Group]:
    file = open_file(desk, file.code)
    found = view(desk, file).section(section)
    assert found is not None
    return Asking(desk, file).groups(found)


def test_a_carer_who_was_added_is_asked_about_by_name(desk: Desk, file: CaseFile) -> None:
    assert [one.nobody for one in groups(desk, file, "carers") if one.kind == "carer"] == [True]
    carer = add_carer(desk, file, CarerShape(name=" Holly Bramley ", relation="mum", phone="07700 900123"))
    found = [one for one in groups(desk, file, "carers") if one.kind == "carer"]
    assert [one.heading for one in found] == ["Holly Bramley, mum"]
    assert {item.subject for item in found[0].asked} == {carer.id}
    again = open_file(desk, file.code)
    assert again.subject_name(carer.id) == "Holly Bramley"
    assert [point.value for point in again.contact_points] == ["07700 900123"]


def test_a_carer_without_any_name_is_refused_and_nothing_is_kept(desk: Desk, file: CaseFile) -> None:
    with pytest.raises(InputError, match="Say who it is"):
        add_carer(desk, file, CarerShape(name="  "))
    assert open_file(desk, file.code).carers == []


def test_brothers_and_sisters_are_asked_for_only_where_there_are_any(desk: Desk, file: CaseFile) -> None:
    assert not [one for one in groups(desk, file, "carers") if one.kind == "sibling"]
    answer(desk, file.case.id, "family", "siblings", Said("yes", source=Source.CARER))
    assert [one.nobody for one in groups(desk, file, "carers") if one.kind == "sibling"] == [True]
    add_sibling(desk, file, SiblingShape(name="Ash", relation="brother", birth_date="2019"))
    found = [one for one in groups(desk, file, "carers") if one.kind == "sibling"]
    assert [(one.heading, one.nobody) for one in found] == [("Ash, brother", False)]


def test_a_birth_date_that_is_none_is_refused(desk: Desk, file: CaseFile) -> None:
    with pytest.raises(InputError):
        add_sibling(desk, file, SiblingShape(name="Ash", birth_date="2019-13"))
    assert open_file(desk, file.code).siblings == []


def test_ways_to_ask_follow_the_way_of_talking_not_only_the_age(desk: Desk, file: CaseFile) -> None:
    def ways() -> tuple[str, ...]:
        now = open_file(desk, file.code)
        section = view(desk, now).section("need-school")
        assert section is not None
        item = next(one for one in section.asked if one.question.id == "school-safe")
        return Asking(desk, now).help(item).ways

    assert "on this line" in ways()[0]  # nine years old
    answer(desk, file.case.id, "child", "talk-band", Said("4-7", source=Source.MY_VIEW))
    assert "with your hands" in ways()[0]
    assert any("Rowan can draw" in one for one in ways()), "names are filled in"


SPANS = {
    0: "today",
    1: "yesterday",
    5: "5 days ago",
    43: "6 weeks ago",
    250: "8 months ago",
    800: "2 years ago",
}


@pytest.mark.parametrize(("days", "words"), SPANS.items())
def test_how_long_ago_is_said_in_words(days: int, words: str) -> None:
    assert ago(days) == words
