"""A colleague is kept out of a child's file: it is in no list, search, count, task, hint or place to go on."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from csa_desk import cli
from csa_desk.casework import (
    caseload,
    children,
    histories,
    keeping_out,
    noticing,
    resuming,
    tasks,
)
from csa_desk.casework.casefile import CaseFile, find_case, open_file
from csa_desk.casework.desk import Desk
from csa_desk.casework.imprint import next_copy_number
from csa_desk.casework.intake import add_child
from csa_desk.errors import InputError, NotAllowedError, RefusedError
from csa_desk.records import assessment, cases, safety
from csa_desk.records.fields import Scope
from csa_desk.records.kinds import KINDS
from csa_desk.records.register import Release
from csa_desk.records.vault import Practitioner, Profession
from csa_desk.store.opening import Opener
from csa_desk.store.reading import Reading
from csa_desk.store.tables.projections import scope_of
from tests.casework.colleagues import PASSPHRASE, add_colleague, at_work

WHY = "Is the carer’s sister"


@pytest.fixture
def two(desk: Desk, add: Callable[..., CaseFile], full: dict[str, Any]) -> tuple[CaseFile, CaseFile]:
    """A child with everything in the file, and one with a task only."""
    child = full.pop("child")
    hidden = add(child.pop("name"), **{**full, "answers": []} if "answers" in full else full)
    seen = add("Sorrel Hartley", tasks=[{"what": "Ring school", "due": "2026-11-26"}])
    return hidden, seen


@pytest.fixture
def bryn(desk: Desk) -> str:
    """A second CH-ISVA."""
    return add_colleague(desk, "Bryn Aldersey", Profession.CH_ISVA)


@pytest.fixture
def kept(
    desk: Desk, two: tuple[CaseFile, CaseFile], bryn: str, opener: Opener
) -> Iterator[tuple[Desk, CaseFile, CaseFile]]:
    """Bryn's desk: the first file is kept from them, after they had worked in it."""
    hidden, seen = two
    folder = desk.vault.folder
    with at_work(opener, desk) as theirs:
        open_file(theirs, hidden.code)
        theirs.vault.keep_draft(f"{hidden.case.id}/assessment/child/talk-helps", "half a word", 4)
        open_file(theirs, seen.code)
    with opener.open(folder, "seven quiet otters paddle") as vault:
        keeping_out.keep_out(Desk(vault, desk.packs), hidden.code, bryn, WHY)
    with opener.open(folder, PASSPHRASE) as vault:
        yield Desk(vault, desk.packs), hidden, seen


WAYS: dict[str, Callable[[Desk], object]] = {
    "the list of children": children.children,
    "the list on the command line": children.case_list,
    "the choice of a child": children.child_choices,
    "finding by name": lambda desk: children.find_children(desk, "Robin"),
    "finding by a name spelt nearly so": lambda desk: children.find_children(desk, "Robbin Fernhil"),
    "finding by a carer": lambda desk: children.find_children(desk, "Dana"),
    "finding by a helper": lambda desk: children.find_children(desk, "Priya"),
    "finding with no words": lambda desk: children.find_children(desk, ""),
    "the hint that a child may be there already": lambda desk: children.same_named(desk, "Robin Fernhill"),
    "the groups of children": caseload.caseload,
    "tasks": tasks.open_tasks,
    "what needs a look": noticing.needs_a_look,
    "where to go on": resuming.carry_on,
    "the files opened last": resuming.recent_cases,
    "drafts": lambda desk: desk.vault.drafts(),
    "the search index": lambda desk: desk.vault.finder.find(
        "Robin", ("person", "case", "team-member", "task", "goal")
    ),
    "the search index, among every person": lambda desk: desk.vault.finder.find(
        "Robin", ("person",), 50, [row[0] for row in Reading.columns(desk.vault.read, cases.Person, "id")]
    ),
    "fields of every person": lambda desk: desk.vault.read.columns(cases.Person, "name"),
    "fields of every rule for reaching a family": lambda desk: desk.vault.read.columns(
        safety.SafeContact, "case", "who"
    ),
    "records with one of some values": lambda desk: desk.vault.read.any_of(
        cases.Person, "name", ["Robin Fernhill", "Dana Fernhill", "Sorrel Hartley"]
    ),
    "records with this title": lambda desk: desk.vault.read.titled(cases.Person, "Robin Fernhill"),
}


def tells(hidden: CaseFile, found: object) -> bool:
    """Whether anything of the hidden file stands in what was found."""
    said = repr(found)
    marks = (hidden.code, hidden.case.id, hidden.child.id, "Fernhill", "Ring Dana", "Priya")
    return any(mark in said for mark in marks)


@pytest.mark.parametrize("way", WAYS)
def test_the_file_is_not_in(way: str, kept: tuple[Desk, CaseFile, CaseFile]) -> None:
    desk, hidden, seen = kept
    assert not tells(hidden, WAYS[way](desk))
    assert [row.code for row in children.children(desk)] == [seen.code]


@pytest.mark.parametrize(
    "way", [way for way in WAYS if way not in ("drafts", "where to go on", "what needs a look")]
)
def test_the_same_way_finds_it_for_whom_it_is_not_kept_from(
    way: str, desk: Desk, two: tuple[CaseFile, CaseFile]
) -> None:
    open_file(desk, two[0].code)
    assert tells(two[0], WAYS[way](desk))


def test_no_record_of_the_file_is_read_or_counted_and_every_record_of_the_others_is(
    kept: tuple[Desk, CaseFile, CaseFile],
) -> None:
    desk, hidden, seen = kept
    whole, read = desk.vault.whole, desk.vault.read
    some_hidden = 0
    for kind in KINDS.values():
        held = whole.find(kind)
        in_hidden = [item for item in held if scope_of(item) == hidden.scope]
        some_hidden += len(in_hidden)
        for item in in_hidden:
            assert read.get(kind, item.id) is None
        assert not any(tells(hidden, item) for item in read.find(kind))
        if kind.SCOPE == Scope.CASE:
            assert read.count(kind) == len(held) - len(in_hidden)
    assert some_hidden > 20
    assert read.count(cases.Case) == 1
    assert read.count(cases.Person) == 1
    assert list(read.changes(hidden.scope)) == []
    assert read.accesses(hidden.scope) == []
    assert list(read.changes(f"person:{hidden.child.id}")) == []
    assert list(read.changes(seen.scope)) != []


@pytest.mark.parametrize("by", ["code", "lower code", "id"])
def test_opening_it_by_its_code_is_told_honestly_and_logged_for_the_others(
    by: str, kept: tuple[Desk, CaseFile, CaseFile], opener: Opener
) -> None:
    desk, hidden, _ = kept
    named = {"code": hidden.code, "lower code": hidden.code.lower(), "id": hidden.case.id}[by]
    for verb in (open_file, find_case):
        with pytest.raises(NotAllowedError, match="Your service keeps this child’s file from you") as refused:
            verb(desk, named)
        assert "Robin" not in str(refused.value)
    folder = desk.vault.folder
    desk.vault.close()
    with opener.open(folder, "seven quiet otters paddle") as vault:
        mine = Desk(vault, desk.packs)
        looked = histories.looks(mine, open_file(mine, hidden.code))
    told = [(item.who, item.words) for item in looked]
    assert ("Bryn Aldersey", "Was refused: the service keeps this file from them") in told


def test_a_person_who_stands_in_another_file_too_is_seen_there(
    desk: Desk, add: Callable[..., CaseFile], bryn: str, opener: Opener
) -> None:
    hidden, seen = add("Robin Fernhill"), add("Sorrel Hartley")
    with desk.vault.write() as writing:
        writing.put(cases.Sibling(id=hidden.child.id[:-1] + "0", case=seen.case.id, person=hidden.child.id))
    keeping_out.keep_out(desk, hidden.code, bryn, WHY)
    with at_work(opener, desk) as theirs:
        file = open_file(theirs, seen.code)
        assert file.person_name(hidden.child.id) == "Robin Fernhill"
        assert [row.code for row in children.find_children(theirs, "Robin")] == []


def test_letting_in_again_shows_everything_as_before(
    desk: Desk, two: tuple[CaseFile, CaseFile], bryn: str, opener: Opener
) -> None:
    hidden, _ = two
    keeping_out.keep_out(desk, hidden.code, bryn, WHY)
    assert [(item.name, item.reason) for item in keeping_out.outside(desk, hidden)] == [
        ("Bryn Aldersey", WHY)
    ]
    assert "Bryn Aldersey" not in [name for _, name in keeping_out.who_sees(desk, hidden)]
    keeping_out.let_in(desk, hidden.code, bryn, "It was somebody else")
    assert keeping_out.outside(desk, hidden) == []
    keeping_out.keep_out(desk, hidden.code, bryn, "It was them after all")
    keeping_out.let_in(desk, hidden.code, bryn, "And is over")
    titles = [
        item.title
        for item in histories.changes(desk, open_file(desk, hidden.code))
        if item.kind == "kept-out"
    ]
    assert titles == ["Let into this file again: Bryn Aldersey", "Kept out of this file: Bryn Aldersey"] * 2
    with at_work(opener, desk) as theirs:
        assert open_file(theirs, hidden.code).child.name == "Robin Fernhill"
        assert len(children.find_children(theirs, "Robin")) == 1


def test_keeping_out_wants_a_reason_somebody_known_and_somebody_left(
    desk: Desk, two: tuple[CaseFile, CaseFile], bryn: str
) -> None:
    hidden, _ = two
    me = desk.vault.practitioner
    with pytest.raises(InputError, match="Give a reason"):
        keeping_out.keep_out(desk, hidden.code, bryn, "  ")
    with pytest.raises(InputError, match="Nobody at work"):
        keeping_out.keep_out(desk, hidden.code, "nobody", WHY)
    with pytest.raises(RefusedError, match="let anybody in again"):
        keeping_out.keep_out(desk, hidden.code, me, WHY)
    with pytest.raises(InputError, match="not kept out"):
        keeping_out.let_in(desk, hidden.code, bryn, WHY)
    keeping_out.keep_out(desk, hidden.code, bryn, WHY)
    with pytest.raises(RefusedError, match="already"):
        keeping_out.keep_out(desk, hidden.code, bryn, WHY)
    with pytest.raises(RefusedError, match="open this file"):
        keeping_out.keep_out(desk, hidden.code, me, WHY)


def test_one_can_keep_oneself_out_where_another_can_let_one_in(
    desk: Desk, two: tuple[CaseFile, CaseFile]
) -> None:
    hidden, seen = two
    add_colleague(desk, "Marin Thorley", Profession.MANAGER)
    keeping_out.keep_out(desk, hidden.code, desk.vault.practitioner, WHY)
    assert [row.code for row in children.children(desk)] == [seen.code]
    with pytest.raises(NotAllowedError):
        keeping_out.let_in(desk, hidden.code, desk.vault.practitioner, "I say so")


def test_only_administrators_and_managers_keep_out(
    desk: Desk, two: tuple[CaseFile, CaseFile], bryn: str, opener: Opener
) -> None:
    me = desk.vault.practitioner
    with at_work(opener, desk) as theirs:
        for verb in (keeping_out.keep_out, keeping_out.let_in):
            with pytest.raises(NotAllowedError, match="keep a colleague out"):
                verb(theirs, two[0].code, me, WHY)
        assert keeping_out.outside(theirs, two[0]) == []


def test_a_copy_gets_no_number_that_a_hidden_copy_has(
    desk: Desk, two: tuple[CaseFile, CaseFile], bryn: str, opener: Opener
) -> None:
    with desk.vault.write() as writing:
        writing.put(Release(id=two[0].child.id[:-1] + "1", case=two[0].case.id, copy_number="X-1"))
    keeping_out.keep_out(desk, two[0].code, bryn, WHY)
    with at_work(opener, desk) as theirs:
        assert next_copy_number(theirs).endswith("-2")


def test_a_new_child_of_the_same_code_beginning_gets_another_code(
    desk: Desk, two: tuple[CaseFile, CaseFile], bryn: str, opener: Opener, shaped: Callable[..., Any]
) -> None:
    keeping_out.keep_out(desk, two[0].code, bryn, WHY)
    with at_work(opener, desk) as theirs:
        made = add_child(theirs, shaped({"child": {"name": "Robin Fernhill"}}))
        assert made.code != two[0].code
        assert [row.code for row in children.find_children(theirs, "Robin Fernhill")] == [made.code]


def test_the_command_line_neither_lists_nor_shows_it(
    kept: tuple[Desk, CaseFile, CaseFile], opener: Opener, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk, hidden, seen = kept
    folder = desk.vault.folder
    desk.vault.close()
    secret = tmp_path / "secret"
    secret.write_text(PASSPHRASE)
    common = ["--vault", str(folder), "--passphrase-file", str(secret)]
    assert cli.main(["case", "list", "--json", *common], opener=opener) == 0
    assert [row["code"] for row in json.loads(capsys.readouterr().out)] == [seen.code]
    for command in (
        ["case", "show", hidden.code],
        ["plan", "show", hidden.code],
        ["consent", "show", hidden.code],
    ):
        assert cli.main([*command, *common], opener=opener) == 1
        said = capsys.readouterr()
        assert "Your service keeps this child’s file from you" in said.err
        assert "Robin" not in said.out + said.err


def test_records_of_others_are_untouched_by_the_filter(kept: tuple[Desk, CaseFile, CaseFile]) -> None:
    desk, _, seen = kept
    assert {item.name for item in desk.vault.read.find(Practitioner)} >= {"Bryn Aldersey"}
    assert [row.task.what for row in tasks.open_tasks(desk)] == ["Ring school"]
    assert desk.vault.read.find(assessment.Answer, case=seen.case.id) == []
    assert desk.vault.read.find(safety.SafeContact) == []


def test_what_was_worked_out_is_made_anew_once_such_a_record_is_written(desk: Desk) -> None:
    made: list[int] = []

    def count() -> int:
        made.append(desk.vault.read.count(Practitioner))
        return made[-1]

    assert desk.worked_out("colleagues", (Practitioner,), count) == 1
    assert desk.worked_out("colleagues", (Practitioner,), count) == 1
    add_colleague(desk, "Bryn Aldersey", Profession.CH_ISVA)
    assert desk.worked_out("colleagues", (Practitioner,), count) == 2
    assert made == [1, 2]
