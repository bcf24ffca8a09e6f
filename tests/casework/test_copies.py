"""The register of what left: every copy once, with its own number, hash and what it lacked."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from csa_desk.casework.assessing import Said, answer
from csa_desk.casework.casefile import CaseFile, open_file
from csa_desk.casework.consenting import share_without_consent
from csa_desk.casework.copies import (
    answer_home_safety,
    band_for,
    file_name,
    prepare_checklist,
    prepare_plan,
    release,
    save,
)
from csa_desk.casework.desk import Desk
from csa_desk.casework.disclosing import NothingAgreedError
from csa_desk.casework.planning import add_goal
from csa_desk.casework.shapes import ActionShape, GoalShape
from csa_desk.errors import DeskError, InputError, RefusedError
from csa_desk.store.writing import Writing

ONE_VAULT = True
Add = Callable[..., CaseFile]
Reread = Callable[[Desk, CaseFile], CaseFile]


@pytest.fixture
def file(desk: Desk, add: Add) -> CaseFile:
    """A child with a plan of one goal."""
    made = add(consents=[{"recipient": "Eastmere School", "categories": ["education", "needs-and-plan"]}])
    ask = ActionShape(what="Ask", child_words="Kit asks", lead="Kit")
    add_goal(desk, made, GoalShape(need="school", words="Art", actions=[ask]))
    return made


def test_every_copy_is_registered_with_hash_number_and_what_it_lacked(
    desk: Desk, file: CaseFile, tmp_path: Path, reread: Reread
) -> None:
    out = tmp_path / "plan.pdf"
    prepared = prepare_plan(desk, file, "professional", recipient="Eastmere School", reason="For the meeting")
    assert reread(desk, file).releases == [], "looking at a copy is not letting it go"
    made = save(desk, file, prepared, out)
    entry = reread(desk, file).releases[0]
    assert entry == made
    assert entry.content_hash == hashlib.sha256(out.read_bytes()).hexdigest()
    assert (entry.what, entry.edition, entry.recipient_name) == ("plan", "professional", "Eastmere School")
    assert (entry.purpose, entry.reason, entry.by) == ("support", "For the meeting", desk.vault.practitioner)
    assert entry.held_back == {
        "identity-and-contact": 1,
        "safeguarding": 2,
        "wishes-and-feelings": 3,
        "justice": 1,
        "health": 2,
        "family": 1,
    }
    assert list(out.parent.iterdir()) == [out]
    assert file_name(file, prepared) == f"{file.code}-{prepared.copy_number}.pdf"
    own = save(desk, file, prepare_plan(desk, file, "professional"), tmp_path / "own.pdf")
    assert (own.recipient, own.held_back) == ("own-file", None)


def test_copy_numbers_never_repeat_in_a_vault(desk: Desk, add: Add, file: CaseFile, tmp_path: Path) -> None:
    other = add("Sky")
    add_goal(desk, other, GoalShape(need="health", words="Sleep"))
    numbers = []
    for number, whose in enumerate((file, other, file)):
        made = save(desk, whose, prepare_plan(desk, whose, "professional"), tmp_path / f"{number}.pdf")
        numbers.append(made.copy_number)
    numbers.append(release(desk, other, prepare_checklist(desk, other)).copy_number)
    assert len(set(numbers)) == 4
    assert {one.split("-")[0] for one in numbers} == {desk.vault.replica_code}


def test_a_number_given_to_another_copy_meanwhile_is_not_given_again(
    desk: Desk, add: Add, file: CaseFile, tmp_path: Path, census: Any
) -> None:
    other = add("Sky")
    add_goal(desk, other, GoalShape(need="health", words="Sleep"))
    first, second = prepare_plan(desk, file, "professional"), prepare_plan(desk, other, "professional")
    assert first.copy_number == second.copy_number
    save(desk, file, first, tmp_path / "first.pdf")
    before = census(desk)
    for whose, again in ((other, second), (file, first)):
        with pytest.raises(RefusedError):
            save(desk, whose, again, tmp_path / "second.pdf")
    assert census(desk) == before
    assert [path.name for path in tmp_path.glob("*.pdf*")] == ["first.pdf"]


def test_a_copy_that_cannot_be_written_is_not_in_the_register(
    desk: Desk, file: CaseFile, tmp_path: Path, census: Any
) -> None:
    (tmp_path / "a-file").write_text("x")
    before = census(desk)
    for out in (
        tmp_path,
        tmp_path / "a-file" / "plan.pdf",
        tmp_path / ("n" * 300),
        desk.vault.folder / "case.db",
        desk.vault.folder / "backups" / "plan.pdf",
    ):
        with pytest.raises(InputError):
            save(desk, file, prepare_plan(desk, file, "professional"), out)
    assert census(desk) == before
    assert file.releases == []


def test_a_copy_that_cannot_be_registered_is_not_written(
    desk: Desk, file: CaseFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared = prepare_plan(desk, file, "professional")

    def refuse(*_: Any) -> None:
        raise OSError("pulled stick")

    monkeypatch.setattr(Writing, "log_access", refuse)
    with pytest.raises(DeskError):
        save(desk, file, prepared, tmp_path / "plan.pdf")
    assert [path for path in tmp_path.iterdir() if path.name.startswith("plan")] == []


def test_an_answer_about_home_is_recorded_with_the_copy_and_only_then(
    desk: Desk, file: CaseFile, tmp_path: Path, reread: Reread, clock: Any
) -> None:
    prepared = prepare_plan(desk, file, "child", at_home="yes")
    assert prepared.held_back == {}
    assert reread(desk, file).home_safety == []
    save(desk, file, prepared, tmp_path / "one.pdf")
    assert [one.answer for one in reread(desk, file).home_safety] == ["yes"]
    save(desk, file, prepare_plan(desk, file, "child", at_home="yes"), tmp_path / "two.pdf")
    assert len(reread(desk, file).home_safety) == 1
    clock.advance(days=30)
    answer_home_safety(desk, file, "yes")
    assert [one.on for one in reread(desk, file).home_safety] == ["2026-11-24", "2026-12-24"]
    with pytest.raises(InputError):
        save(desk, file, prepare_plan(desk, file, "child", at_home="perhaps"), tmp_path / "three.pdf")


def test_what_cannot_be_printed_is_refused(desk: Desk, add: Add, file: CaseFile) -> None:
    for edition, more in (
        ("carer", {}),
        ("easy-read", {}),
        ("large-print", {}),
        ("child", {"recipient": "Eastmere School"}),
        ("child", {"band": "4-8"}),
        ("professional", {"recipient": " "}),
    ):
        with pytest.raises(DeskError):
            prepare_plan(desk, file, edition, **more)
    with pytest.raises(RefusedError):
        prepare_plan(desk, add("Sky"), "professional")


def test_a_lawful_decision_reaches_the_copy_made_for_its_purpose(
    desk: Desk, file: CaseFile, reread: Reread
) -> None:
    kinds = ["identity-and-contact", "safeguarding", "needs-and-plan", "wishes-and-feelings", "justice"]
    kinds += ["education", "family", "health"]
    share_without_consent(desk, file, "Council", kinds, basis="vital interests", reason="Safe today")
    again = reread(desk, file)
    assert (
        prepare_plan(desk, again, "professional", recipient="Council", purpose="safeguarding").held_back == {}
    )
    with pytest.raises(NothingAgreedError):
        prepare_plan(desk, again, "professional", recipient="Council")


def test_the_band_comes_from_how_the_child_communicates_then_from_the_age(desk: Desk, add: Add) -> None:
    for birth, band in (
        ("2020-01", "4-7"),
        ("2018-11-25", "4-7"),
        ("2018-11", "4-7"),
        ("2012-11-24", "13-17"),
        ("", "8-12"),
    ):
        born = add(child={"name": "Ro", "birth_date": birth})
        assert band_for(desk, born) == band, birth
    answer(desk, born.case.id, "child", "talk-band", Said("4-7"))
    assert band_for(desk, open_file(desk, born.code)) == "4-7"
