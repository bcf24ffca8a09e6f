"""Whatever a publisher calls a kind of service, it is one of the pack's; what is none stands for itself."""

from csa_desk.casework.desk import Desk
from csa_desk.casework.service_kinds import kind_choices, kind_words, kinds_of
from csa_desk.records.directory import Service


def test_other_names_stand_for_kinds_of_the_pack(desk: Desk) -> None:
    said = ("counselling", "Youth offending", "social-care", "Children’s social care", "YOT", "knitting", " ")
    assert kinds_of(desk, said) == ("csa-therapy", "youth-justice", "social-care", "knitting")


def test_what_is_no_kind_of_the_pack_can_be_chosen_too(desk: Desk) -> None:
    with desk.vault.write() as writing:
        writing.put(Service(id="s", name="Yarn", types=("rope-work", "counselling")), "imported")
    choices = kind_choices(desk)
    assert choices[0] == ("csa-therapy", "Therapy after sexual abuse")
    assert choices[-1] == ("rope-work", "Rope work")
    assert kind_words(desk, "housing") == "Housing"
