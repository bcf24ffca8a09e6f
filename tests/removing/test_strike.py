"""Text in the wrong child's file: hidden at once, gone when it was decided, answered anew, moved to the right file."""

from collections.abc import Callable

import pytest

from csa_desk.casework import histories, removals, removals_waiting
from csa_desk.casework.answers import answer_id
from csa_desk.casework.assessing import Said, answer
from csa_desk.casework.assessment_files import export_answers
from csa_desk.casework.casefile import CaseFile, open_file
from csa_desk.casework.children import as_json, find_children
from csa_desk.casework.desk import Desk
from csa_desk.errors import InputError, NotAllowedError, RefusedError
from csa_desk.records.assessment import Answer
from csa_desk.records.cases import Task, TeamMember
from csa_desk.records.vault import Profession
from tests.conftest import SetClock
from tests.removing.conftest import QUESTION, WORD
from tests.sealed.conftest import Service

Add = Callable[..., CaseFile]
Findings = Callable[[Desk], list[str]]
Latest = Callable[..., str]

ASKED = "What sign will the child use to stop?"


def value(desk: Desk, file: CaseFile) -> object:
    found = open_file(desk, file.code, log="").answers.get(answer_id(file.case.id, "child", QUESTION))
    return found.value if found is not None else None


def test_it_is_hidden_at_once_everywhere(
    service: Service, add_small: Add, revision_of: Latest, findings: Findings
) -> None:
    with service.at("Ada") as desk:
        file = add_small(desk, team=[{"name": f"Priya {WORD}", "role": "ch-isva", "agency": f"{WORD} House"}])
        answer(desk, file.case.id, "child", QUESTION, Said(f"{WORD} hand"))
        file = open_file(desk, file.code)
        member = desk.vault.read.heads(TeamMember, file.team[0].id)[0]
        assert find_children(desk, WORD)
        removals.strike(desk, file, [revision_of(desk, file)], "Wrong file")
        removals.strike(desk, file, [member], "Wrong file")
        now = open_file(desk, file.code)
        assert value(desk, file) is None
        assert find_children(desk, WORD) == []
        assert WORD not in str(as_json(desk, now))
        assert WORD not in str(histories.changes(desk, now))
        assert WORD not in export_answers(desk, now).decode()
        assert WORD not in str(list(desk.vault.read.changes(now.scope)))
        assert findings(desk) == []


def test_it_goes_when_two_practitioners_have_agreed_and_not_before(
    service: Service, add_small: Add, revision_of: Latest, clock: SetClock, findings: Findings
) -> None:
    with service.at("Ada") as desk:
        file = add_small(desk)
        answer(desk, file.case.id, "child", QUESTION, Said(f"{WORD} hand"))
        made = removals.strike(desk, file, [revision_of(desk, file)], "Wrong file")
        assert made.waits_until == ""
        with pytest.raises(RefusedError, match="agreed already"):
            removals.agree(desk, made.id)
        clock.advance(days=60)
        assert removals.carry_out_due(desk) == 0
    with service.at("Mo") as desk:
        found = removals_waiting.waiting(desk)
        assert [(item.signed, item.may_agree) for item in found] == [(("Ada",), True)]
        assert removals_waiting.words(desk, made.id)[0] == (ASKED, f"{WORD} hand")
        assert removals.agree(desk, made.id)
        assert removals_waiting.waiting(desk) == []
        assert [item.values for item in removals_waiting.gone(desk, file.case.id)] == [6]
        assert findings(desk) == []
        with pytest.raises(RefusedError, match="already"):
            removals.stop(desk, made.id, "Too late")


def test_where_one_practitioner_works_it_goes_after_the_days_of_the_pack(
    alone: Service, add_small: Add, revision_of: Latest, clock: SetClock, findings: Findings
) -> None:
    with alone.at("Ada") as desk:
        file = add_small(desk)
        answer(desk, file.case.id, "child", QUESTION, Said(f"{WORD} hand"))
        removals.strike(desk, file, [revision_of(desk, file)], "Wrong file")
        (waits,) = removals_waiting.waiting(desk)
        assert waits.day == desk.day_after(desk.days("removal-wait"))
        assert "1 December 2026" in waits.waits_for
        clock.advance(days=6)
        assert removals.carry_out_due(desk) == 0
        clock.advance(days=1)
        assert removals.carry_out_due(desk) == 1
        assert findings(desk) == []


def test_what_is_stopped_shows_again(
    service: Service, add_small: Add, revision_of: Latest, findings: Findings
) -> None:
    with service.at("Ada") as desk:
        file = add_small(desk)
        answer(desk, file.case.id, "child", QUESTION, Said("A raised hand"))
        made = removals.strike(desk, file, [revision_of(desk, file)], "Wrong file")
        with pytest.raises(InputError, match="why"):
            removals.stop(desk, made.id, " ")
        removals.stop(desk, made.id, "It was the right file after all")
        assert value(desk, file) == "A raised hand"
        assert removals_waiting.waiting(desk) == []
        assert findings(desk) == []


def test_the_question_can_be_answered_anew_before_and_after_it_went(
    service: Service, add_small: Add, revision_of: Latest, findings: Findings
) -> None:
    with service.at("Ada") as desk:
        file = add_small(desk)
        answer(desk, file.case.id, "child", QUESTION, Said(f"{WORD} hand"))
        made = removals.strike(desk, file, [revision_of(desk, file)], "Wrong file")
        answer(desk, file.case.id, "child", QUESTION, Said("A red card"))
        assert value(desk, file) == "A red card"
        assert findings(desk) == []
    with service.at("Mo") as desk:
        removals.agree(desk, made.id)
        assert value(desk, file) == "A red card"
        assert findings(desk) == []
    with service.at("Ada") as desk:
        answer(desk, file.case.id, "child", QUESTION, Said("A green card"))
        assert value(desk, file) == "A green card"
        assert findings(desk) == []


def test_only_the_misfiled_change_goes_and_what_stood_before_stands_again(
    service: Service, add_small: Add, revision_of: Latest, findings: Findings
) -> None:
    with service.at("Ada") as desk:
        file = add_small(desk)
        answer(desk, file.case.id, "child", QUESTION, Said("A raised hand"))
        answer(desk, file.case.id, "child", QUESTION, Said(f"{WORD} hand"))
        removals.strike(desk, file, [revision_of(desk, file)], "Wrong file")
        assert value(desk, file) == "A raised hand"
        assert findings(desk) == []


def test_later_changes_that_rest_on_it_are_named(
    service: Service, add_small: Add, revision_of: Latest
) -> None:
    with service.at("Ada") as desk:
        file = add_small(desk)
        answer(desk, file.case.id, "child", QUESTION, Said("one"))
        first = revision_of(desk, file)
        answer(desk, file.case.id, "child", QUESTION, Said("two"))
        second = revision_of(desk, file)
        answer(desk, file.case.id, "child", QUESTION, Said("three"))
        third = revision_of(desk, file)
        assert removals.later_changes(desk, file, first) == (second, third)
        removals.strike(desk, file, [first, second, third], "Wrong file")
        assert value(desk, file) is None


def test_moved_text_stands_in_the_right_file_and_neither_file_names_the_other_child(
    service: Service, add_small: Add, revision_of: Latest, findings: Findings
) -> None:
    with service.at("Ada") as desk:
        wrong, right = add_small(desk, "Wren Oakley"), add_small(desk, "Rowan Bramley")
        answer(desk, wrong.case.id, "child", QUESTION, Said("A raised hand"))
        removals.strike(desk, wrong, [revision_of(desk, wrong)], "Wrong file", into=right)
        assert value(desk, wrong) is None
        assert value(desk, right) == "A raised hand"
        (moved,) = [row for row in desk.vault.read.changes(right.scope) if row["reason"] == "moved"]
        assert moved["kind"] == Answer.KIND
        written = str([list(desk.vault.read.changes(item.scope)) for item in (wrong,)])
        assert right.case.id not in written
        assert wrong.case.id not in str(list(desk.vault.read.changes(right.scope)))
        assert findings(desk) == []


def test_an_answer_the_other_file_has_already_is_not_moved_over_it(
    service: Service, add_small: Add, revision_of: Latest
) -> None:
    with service.at("Ada") as desk:
        wrong, right = add_small(desk, "Wren Oakley"), add_small(desk, "Rowan Bramley")
        answer(desk, wrong.case.id, "child", QUESTION, Said("A raised hand"))
        answer(desk, right.case.id, "child", QUESTION, Said("A red card"))
        with pytest.raises(RefusedError, match="has an answer"):
            removals.strike(desk, wrong, [revision_of(desk, wrong)], "Wrong file", into=right)
        assert (value(desk, wrong), value(desk, right)) == ("A raised hand", "A red card")
        assert removals_waiting.waiting(desk) == []


def test_a_change_of_another_file_and_a_change_that_says_what_happened_are_refused(
    service: Service, add_small: Add, revision_of: Latest
) -> None:
    with service.at("Ada") as desk:
        file, other = add_small(desk, "Wren Oakley"), add_small(desk, "Rowan Bramley")
        answer(desk, other.case.id, "child", QUESTION, Said("A raised hand"))
        elsewhere = revision_of(desk, other)
        with pytest.raises(InputError, match="not in this child"):
            removals.strike(desk, file, [elsewhere], "Wrong file")
        with pytest.raises(InputError, match="Say why"):
            removals.strike(desk, other, [elsewhere], "  ")
        made = removals.strike(desk, other, [elsewhere], "Wrong file")
        proof = next(
            row["id"].hex() for row in desk.vault.read.changes(other.scope) if row["record"] == made.id
        )
        with pytest.raises(RefusedError, match="happened to the file"):
            removals.strike(desk, other, [proof], "Wrong file")
        with pytest.raises(InputError, match="nothing that can be taken out"):
            removals.strike(desk, other, [elsewhere], "Wrong file")


def test_the_copies_that_remain_are_named_and_raise_a_task_each_once(
    service: Service, add_small: Add, revision_of: Latest
) -> None:
    from csa_desk.casework import backups
    from csa_desk.casework.assessment_files import prepare_answers
    from csa_desk.casework.copies import save

    with service.at("Ada") as desk:
        file = add_small(desk)
        answer(desk, file.case.id, "child", QUESTION, Said(f"{WORD} hand"))
        file = open_file(desk, file.code)
        save(desk, file, prepare_answers(desk, file), desk.vault.folder.parent / "out.json")
        backups.back_up(desk)
        made = removals.strike(desk, file, [revision_of(desk, file)], "Wrong file")
        (waits,) = removals_waiting.waiting(desk)
        assert [item.key.partition(":")[0] for item in waits.copies] == ["backups", "release"]
    with service.at("Mo") as desk:
        removals.agree(desk, made.id)
        raised = [
            item for item in desk.vault.read.find(Task, case=file.case.id) if item.rule == removals.RULE
        ]
        assert len(raised) == 2
        assert all(item.raised_by == made.id and file.code in item.what for item in raised)
        assert WORD not in str(raised)


def test_who_may_not_strike_or_agree_is_refused(
    service: Service, add_small: Add, revision_of: Latest
) -> None:
    service.join("Lee", Profession.OTHER)
    service.join("Tam", Profession.TRAINER)
    with service.at("Ada") as desk:
        file = add_small(desk)
        answer(desk, file.case.id, "child", QUESTION, Said(f"{WORD} hand"))
        revision = revision_of(desk, file)
    with service.at("Tam") as desk, pytest.raises(NotAllowedError):
        removals.strike(desk, file, [revision], "Wrong file")
    with service.at("Lee") as desk:
        made = removals.strike(desk, file, [revision], "Wrong file")
        assert removals_waiting.waiting(desk)[0].signed == ()
        assert WORD in str(removals_waiting.words(desk, made.id))
        with pytest.raises(NotAllowedError):
            removals.agree(desk, made.id)
        with pytest.raises(NotAllowedError):
            removals.stop(desk, made.id, "No")
    with service.at("Ada") as desk:
        assert not removals.agree(desk, made.id)
    with service.at("Mo") as desk:
        assert removals.agree(desk, made.id)
