"""Each verb names its right; the pack says who has it; a refusal changes nothing and stands in the access log."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

import csa_desk.casework
from csa_desk.casework import histories, keeping_out
from csa_desk.casework.assessing import Said, answer
from csa_desk.casework.casefile import CaseFile, open_file
from csa_desk.casework.children import children
from csa_desk.casework.desk import Desk
from csa_desk.casework.intake import add_child
from csa_desk.casework.rights import Right, granted, held_by_default, needs, right_of, right_words
from csa_desk.casework.service import change_profile, change_service
from csa_desk.casework.tasks import add_task
from csa_desk.content.reading import Packs
from csa_desk.errors import NotAllowedError, RefusedError
from csa_desk.records.assessment import Answer
from csa_desk.records.sealed import CompartmentName
from csa_desk.records.vault import Practitioner, Profession
from csa_desk.store.opening import Opener
from tests.casework.colleagues import add_colleague, at_work


def become(desk: Desk, profession: str, *, administrator: bool = False) -> None:
    """Let who is at work be somebody else, as a colleague with the right to it would."""
    with desk.vault.write() as writing:
        writing.put(replace(desk.practitioner(), profession=profession, administrator=administrator))


def verbs() -> Iterator[tuple[str, Callable[..., object]]]:
    """Every public function of casework whose first argument is a desk."""
    for found in pkgutil.iter_modules(csa_desk.casework.__path__):
        module = importlib.import_module(f"csa_desk.casework.{found.name}")
        for name, made in inspect.getmembers(module, inspect.isfunction):
            if name.startswith("_") or made.__module__ != module.__name__:
                continue
            first = next(iter(inspect.signature(made).parameters.values()), None)
            if first is not None and first.annotation in (Desk, "Desk"):
                yield f"{found.name}.{name}", made


def test_every_verb_of_casework_names_its_right() -> None:
    found = dict(verbs())
    assert len(found) > 130
    assert [name for name, verb in found.items() if right_of(verb) is None] == []


def test_a_verb_keeps_its_name_and_its_signature() -> None:
    assert add_child.__name__ == "add_child"
    assert list(inspect.signature(add_child).parameters) == ["desk", "shape"]


@pytest.mark.parametrize("profession", [*Profession, ""])
def test_a_profession_has_exactly_the_rights_the_pack_gives_it(desk: Desk, profession: str) -> None:
    become(desk, profession)
    pack = desk.packs.rights
    row = next(item for item in pack.profession if item.id == (profession or "none"))
    everybody = {item.id for item in pack.right if item.everybody}
    assert {str(item) for item in desk.rights} == everybody | {*row.rights, *row.in_training}


def test_being_administrator_adds_rights_and_gives_and_takes_no_compartment(packs: Packs) -> None:
    for profession in [*Profession, ""]:
        plain = granted(packs.rights, Practitioner(id="1", profession=profession), training=False)
        more = granted(
            packs.rights, Practitioner(id="1", profession=profession, administrator=True), training=False
        )
        assert plain < more
        assert {
            Right.PRACTITIONERS,
            Right.SERVICE_KEYS,
            Right.BACKUPS,
            Right.RESTORE,
            Right.SIGN_REMOVAL,
        } <= more
        assert Right.OPEN_FILES in plain or Right.OPEN_FILES not in more
    assert held_by_default(packs.rights, Profession.THERAPIST) == (CompartmentName.THERAPY,)
    assert held_by_default(packs.rights, "") == ()
    holders = {
        name: {row.id for row in packs.rights.profession if name in row.holds} for name in CompartmentName
    }
    assert holders == {
        CompartmentName.THERAPY: {"therapist"},
        CompartmentName.DISCLOSURE: {"ch-isva", "manager"},
        CompartmentName.SAFEGUARDING: {"manager"},
    }


def test_a_practitioner_without_a_profession_or_one_who_left_opens_no_file(packs: Packs) -> None:
    nobody = granted(packs.rights, Practitioner(id="1"), training=False)
    assert Right.LOOK_UP in nobody
    assert Right.OPEN_FILES not in nobody
    left = Practitioner(id="1", profession="ch-isva", administrator=True, left_on="2026-11-01")
    assert granted(packs.rights, left, training=False) == frozenset()


def test_a_trainer_does_casework_in_a_training_vault_and_in_no_live_one(packs: Packs) -> None:
    trainer = Practitioner(id="1", profession=Profession.TRAINER)
    casework = granted(packs.rights, Practitioner(id="2", profession=Profession.CH_ISVA), training=False)
    assert casework <= granted(packs.rights, trainer, training=True)
    assert Right.OPEN_FILES not in granted(packs.rights, trainer, training=False)


def test_a_refusal_is_one_plain_sentence_changes_nothing_and_is_logged_in_the_childs_file(
    desk: Desk, add: Callable[..., CaseFile]
) -> None:
    file = add()
    become(desk, Profession.MANAGER)
    with pytest.raises(NotAllowedError) as refused:
        answer(desk, file.case.id, "child", "talk-helps", Said("A hum"))
    assert str(refused.value) == (
        "Your role in this service does not let you record and sign what a child or family told."
    )
    assert [
        item for item in desk.vault.read.find(Answer, case=file.case.id) if item.question == "talk-helps"
    ] == []
    assert desk.vault.read.accesses(file.scope)[0]["action"] == "refused:assess"
    assert histories.looks(desk, file)[0].words == (
        "Was refused: record and sign what a child or family told"
    )


def test_what_is_refused_inside_a_transaction_undoes_it_and_is_logged_all_the_same(
    desk: Desk, add: Callable[..., CaseFile]
) -> None:
    file = add()

    @needs(Right.PLAN)
    def inner(desk: Desk, file: CaseFile) -> None:
        raise AssertionError("was not refused")

    @needs(Right.OPEN_FILES)
    def outer(desk: Desk, file: CaseFile) -> None:
        with desk.vault.write() as writing:
            writing.put(replace(file.child, preferred_name="Never"))
            inner(desk, file)

    become(desk, Profession.MANAGER)
    with pytest.raises(NotAllowedError):
        outer(desk, file)
    assert desk.vault.read.get(type(file.child), file.child.id) == file.child
    assert [row["action"] for row in desk.vault.read.accesses(file.scope)].count("refused:plan") == 1


def test_a_refusal_in_a_vault_that_is_open_for_reading_only_is_the_same_sentence(
    desk: Desk, add: Callable[..., CaseFile]
) -> None:
    file = add()
    become(desk, "")
    desk.vault.read_only = True
    with pytest.raises(NotAllowedError, match="does not let you open children’s files"):
        children(desk)
    with pytest.raises(NotAllowedError):
        add_task(desk, file.case.id, "Ring")


def test_what_was_refused_is_listed_for_who_looks_after_the_vault(
    desk: Desk, add: Callable[..., CaseFile], opener: Opener
) -> None:
    add()
    add_colleague(desk, "Bryn Aldersey")
    folder = desk.vault.folder
    with at_work(opener, desk) as bryn:
        with pytest.raises(NotAllowedError):
            change_service(bryn, name="Mine")
        with pytest.raises(NotAllowedError):
            histories.refusals(bryn)
    with opener.open(folder, "seven quiet otters paddle") as vault:
        told = [(item.who, item.words) for item in histories.refusals(Desk(vault, desk.packs))]
    assert told == [
        ("Bryn Aldersey", "Was refused: add, change and remove practitioners"),
        ("Bryn Aldersey", "Was refused: change the details of your service"),
    ]


def test_nobody_gives_themselves_rights_by_their_own_profile(desk: Desk) -> None:
    become(desk, "")
    for changed in ({"profession": "ch-isva"}, {"administrator": True}):
        with pytest.raises(NotAllowedError):
            change_profile(desk, **changed)
    assert change_profile(desk, name="Bryn", profession="").name == "Bryn"


def test_the_only_administrator_stays_administrator(desk: Desk) -> None:
    with pytest.raises(RefusedError, match="only administrator"):
        change_profile(desk, administrator=False)
    assert change_profile(desk, profession=Profession.THERAPIST).profession == Profession.THERAPIST
    assert desk.may(Right.CHECKLIST)


def test_rights_follow_a_changed_profile_at_once(desk: Desk) -> None:
    assert desk.may(Right.ASSESS)
    become(desk, Profession.MANAGER)
    assert not desk.may(Right.ASSESS)
    become(desk, Profession.CH_ISVA)
    assert desk.may(Right.ASSESS)


def test_every_right_has_words_that_stand_in_a_sentence(packs: Packs) -> None:
    for right in Right:
        words = right_words(packs.rights, right)
        assert words[0].islower(), words
        assert not words.endswith(".")
    assert keeping_out.HIDDEN_NOT_LOCKED.count("second vault") == 1


def test_history_says_which_of_two_practitioners_changed_and_opened_what(
    desk: Desk, add: Callable[..., CaseFile], opener: Opener
) -> None:
    change_profile(desk, name="Priya Nair")
    file = add()
    add_colleague(desk, "Bryn Aldersey", Profession.THERAPIST)
    with at_work(opener, desk) as theirs:
        opened = open_file(theirs, file.code)
        answer(theirs, file.case.id, "child", "breaks", Said("twenty"))
        told = histories.changes(theirs, opened)
        assert (told[0].who, told[0].kind) == ("Bryn Aldersey", "answer")
        assert {item.who for item in told if item.kind in ("case", "person")} == {"Priya Nair"}
        assert {item.who for item in histories.looks(theirs, opened)} == {"Priya Nair", "Bryn Aldersey"}
